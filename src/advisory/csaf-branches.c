#include "config.h"

#include "advisory/csaf-branches.h"

#include <string.h>

#include "advisory/csaf-test.h"

static gsize
count(const cJSON *holder, int depth)
{
	gsize n = 0;

	for (const cJSON *branch = ps_csaf_items(holder, "branches");
	     branch && depth < PS_CSAF_BRANCHES_MAX; branch = branch->next)
		n += 1 + count(branch, depth + 1);
	return n;
}

static void
read_members(PsCsafBranch *entry)
{
	entry->category = "";
	if (!cJSON_IsObject(entry->branch))
		return;
	for (const cJSON *member = entry->branch->child; member; member = member->next)
		if (strcmp(member->string, "category") == 0 && cJSON_IsString(member))
			entry->category = member->valuestring;
		else if (strcmp(member->string, "name") == 0 && cJSON_IsString(member))
			entry->name = member->valuestring;
		else if (strcmp(member->string, "product") == 0 && cJSON_IsObject(member))
			entry->product = member;
}

static void
fill(PsCsafBranches *branches, const cJSON *holder, const PsPlace *list, int depth)
{
	int index = 0;

	for (const cJSON *branch = ps_csaf_items(holder, "branches");
	     branch && depth < PS_CSAF_BRANCHES_MAX; branch = branch->next) {
		PsCsafBranch *entry = &branches->items[branches->n++];
		entry->branch = branch;
		entry->depth = depth;
		entry->place = (PsPlace){list, NULL, index++};
		entry->list = (PsPlace){&entry->place, "branches", 0};
		read_members(entry);
		fill(branches, branch, &entry->list, depth + 1);
	}
}

PsCsafBranches *
ps_csaf_branches_new(const cJSON *tree)
{
	static const PsPlace top = {&ps_place_tree, "branches", 0};
	PsCsafBranches *branches = g_new0(PsCsafBranches, 1);

	branches->items = g_new0(PsCsafBranch, count(tree, 0));
	fill(branches, tree, &top, 0);
	return branches;
}

void
ps_csaf_branches_free(PsCsafBranches *branches)
{
	if (!branches)
		return;
	g_free(branches->items);
	g_free(branches);
}
