#include "config.h"

/* Product groups: CSAF 2.0 section 3.2.2.3. Where the same many products stand in several
 * remediations, threats or flags, they are listed once and the group is named instead. A group's id
 * follows from what is in it, so that it stays the same while its products do. */

#include "advisory/build.h"

#include "advisory/item.h"
#include "advisory/phrase.h"

#define MANY 5  /* products … */
#define AGAIN 2 /* … in as many lists */

typedef struct {
	char *id;
	guint count;
} Group;

static void
group_free(gpointer data)
{
	Group *group = data;

	g_free(group->id);
	g_free(group);
}

/* The products are in the order of the tree everywhere. NULL: not many. New string. */
static char *
group_id(const cJSON *products)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	const cJSON *id;

	if (cJSON_GetArraySize(products) < MANY)
		return NULL;
	cJSON_ArrayForEach (id, products)
		g_checksum_update(sum, (const guchar *)id->valuestring, -1);
	return g_strdup_printf("group-%.16s", g_checksum_get_string(sum));
}

typedef void (*ListFunc)(gpointer user, cJSON *holder, cJSON *products);

static void
each_list(cJSON *document, ListFunc func, gpointer user)
{
	static const char *const members[] = {"flags", "remediations", "threats"};
	cJSON *flaw, *item;

	cJSON_ArrayForEach (flaw, ps_child(document, "vulnerabilities", NULL))
		for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
			cJSON_ArrayForEach (item, ps_child(flaw, members[i], NULL)) {
				cJSON *products = ps_child(item, "product_ids", NULL);
				if (products)
					func(user, item, products);
			}
}

/* user: GHashTable, id -> Group* */
static void
count_list(gpointer user, cJSON *holder, cJSON *products)
{
	char *id = group_id(products);
	Group *group = id ? g_hash_table_lookup(user, id) : NULL;

	(void)holder;
	if (!id)
		return;
	if (group) {
		g_free(id);
	} else {
		group = g_new0(Group, 1);
		group->id = id;
		g_hash_table_insert(user, id, group);
	}
	group->count++;
}

typedef struct {
	GHashTable *groups;
	cJSON *document;
	const char *lang;
} Replacing;

static void
replace_list(gpointer user, cJSON *holder, cJSON *products)
{
	Replacing *replacing = user;
	g_autofree char *id = group_id(products);
	const Group *group = id ? g_hash_table_lookup(replacing->groups, id) : NULL;

	if (!group || group->count < AGAIN)
		return;
	cJSON *groups = ps_need(ps_need(replacing->document, "product_tree", FALSE),
				"product_groups", TRUE);
	cJSON_DetachItemViaPointer(holder, products);
	ps_item_text(ps_need(holder, "group_ids", TRUE), NULL, id);
	if (ps_child(groups, id, NULL)) {
		cJSON_Delete(products);
		return;
	}
	cJSON *item = ps_item_new(groups, id);
	g_autofree char *summary = g_strdup_printf(ps_phrase(replacing->lang, PS_PHRASE_GROUP),
						   (guint)cJSON_GetArraySize(products));
	ps_put_text(item, "group_id", id);
	ps_put_text(item, "summary", summary);
	ps_put(item, "product_ids", products);
}

void
ps_build_groups(cJSON *document)
{
	g_autoptr(GHashTable) groups =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, group_free);
	Replacing replacing = {groups, document,
			       ps_json_text(ps_child(document, "document", NULL), "lang")};

	each_list(document, count_list, groups);
	each_list(document, replace_list, &replacing);
}
