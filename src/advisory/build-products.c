#include "config.h"

/* /product_tree: CSAF 2.0 section 3.2.2. Vendor, product line, product, version; what runs on what.
 * A product id is the id of the release or of the combination. */

#include "advisory/build.h"

#include <string.h>

#include "advisory/item.h"
#include "advisory/phrase.h"

/* ---- which releases, in which order ---- */

static const char *
text_of(const PsRecord *record, const char *field)
{
	const char *text = record ? ps_record_text(record, field) : NULL;

	return text ? text : "";
}

static int
compare_releases(gconstpointer a, gconstpointer b, gpointer user)
{
	const PsFacts *facts = user;
	const PsRecord *one = *(PsRecord *const *)a, *other = *(PsRecord *const *)b;
	const PsRecord *product = ps_facts_product_of(facts, ps_record_id(one));
	const PsRecord *against = ps_facts_product_of(facts, ps_record_id(other));
	static const char *const product_fields[] = {"vendor", "family", "name"};
	int order = 0;

	for (gsize i = 0; order == 0 && i < G_N_ELEMENTS(product_fields); i++)
		order = strcmp(text_of(product, product_fields[i]),
			       text_of(against, product_fields[i]));
	if (order == 0)
		order = strcmp(text_of(one, "product"), text_of(other, "product"));
	if (order == 0)
		order = strcmp(text_of(one, "released_on"), text_of(other, "released_on"));
	return order ? order : strcmp(ps_record_id(one), ps_record_id(other));
}

GPtrArray *
ps_build_releases(const PsFacts *facts)
{
	GPtrArray *releases = g_ptr_array_new();
	GHashTableIter iter;
	gpointer id, release;

	g_hash_table_iter_init(&iter, facts->releases);
	while (g_hash_table_iter_next(&iter, &id, &release))
		if (ps_facts_product_of(facts, id))
			g_ptr_array_add(releases, release);
	g_ptr_array_sort_with_data(releases, compare_releases, (gpointer)facts);
	return releases;
}

/* ---- names and helpers ---- */

char *
ps_build_product_name(const PsFacts *facts, const PsRecord *release)
{
	const PsRecord *product = ps_facts_product_of(facts, ps_record_id(release));

	return g_strdup_printf("%s %s %s", text_of(product, "vendor"), text_of(product, "name"),
			       text_of(release, "version"));
}

char *
ps_build_combination_name(const PsFacts *facts, const PsRecord *relationship)
{
	static const struct {
		const char *category;
		PsPhrase phrase;
	} phrases[] = {
		{"installed_on", PS_PHRASE_INSTALLED_ON},
		{"installed_with", PS_PHRASE_INSTALLED_WITH},
		{"default_component_of", PS_PHRASE_DEFAULT_COMPONENT_OF},
		{"optional_component_of", PS_PHRASE_OPTIONAL_COMPONENT_OF},
		{"external_component_of", PS_PHRASE_EXTERNAL_COMPONENT_OF},
	};
	const char *own = ps_record_text(relationship, "name");
	const char *category = ps_record_text(relationship, "category");
	PsPhrase phrase = PS_PHRASE_INSTALLED_ON;

	if (own)
		return g_strdup(own);
	for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++)
		if (g_strcmp0(category, phrases[i].category) == 0)
			phrase = phrases[i].phrase;
	g_autofree char *one =
		ps_build_product_name(facts, ps_facts_release(facts, ps_record_text(relationship,
										    "release")));
	g_autofree char *other =
		ps_build_product_name(facts, ps_facts_release(facts, ps_record_text(relationship,
										    "relates_to")));
	return g_strdup_printf(ps_phrase(ps_facts_lang(facts), phrase), one, other);
}

char *
ps_build_name_of(const PsFacts *facts, const char *product_id)
{
	const PsRecord *release = ps_facts_release(facts, product_id);
	const PsRecord *relationship = release ? NULL : ps_facts_relationship(facts, product_id);

	if (relationship)
		return ps_build_combination_name(facts, relationship);
	return release ? ps_build_product_name(facts, release) : NULL;
}

/* ---- the tree ---- */

static cJSON *
find_branch(cJSON *branches, const char *key)
{
	cJSON *branch;

	/* Releases come sorted, so it is the last one or none. */
	branch = branches->child ? branches->child->prev : NULL;
	return branch && g_str_equal(branch->string, key) ? branch : NULL;
}

/* The list of branches below the branch that is wanted. */
static cJSON *
need_branch(cJSON *branches, const char *key, const char *category, const char *name)
{
	cJSON *branch = find_branch(branches, key);

	if (!branch) {
		branch = ps_item_new(branches, key);
		ps_put_text(branch, "category", category);
		ps_put_text(branch, "name", name);
	}
	return ps_need(branch, "branches", TRUE);
}

static void
add_release(cJSON *branches, const PsFacts *facts, const PsRecord *release)
{
	const PsRecord *product = ps_facts_product_of(facts, ps_record_id(release));
	const char *vendor = text_of(product, "vendor"), *family = text_of(product, "family");
	g_autofree char *vendor_key = g_strconcat("vendor:", vendor, NULL);
	g_autofree char *family_key = g_strconcat("family:", family, NULL);
	g_autofree char *name = ps_build_product_name(facts, release);

	branches = need_branch(branches, vendor_key, "vendor", vendor);
	if (*family)
		branches = need_branch(branches, family_key, "product_family", family);
	branches = need_branch(branches, ps_record_id(product), "product_name",
			       text_of(product, "name"));
	cJSON *branch = ps_item_new(branches, ps_record_id(release));
	const char *range = ps_record_text(release, "range");
	ps_put_text(branch, "category", range ? "product_version_range" : "product_version");
	ps_put_text(branch, "name", range ? range : text_of(release, "version"));
	cJSON *leaf = ps_need(branch, "product", FALSE);
	ps_put_text(leaf, "name", name);
	ps_put_text(leaf, "product_id", ps_record_id(release));
	ps_put(leaf, "product_identification_helper", ps_build_helper(facts, release));
}

/* Section 3.2.2.4; in the order of the releases, then of the combinations. */
static cJSON *
build_relationships(const PsFacts *facts, GPtrArray *releases)
{
	cJSON *list = cJSON_CreateArray();

	for (guint i = 0; i < releases->len; i++)
		for (guint j = 0; j < facts->relationships->len; j++) {
			const PsRecord *pair = facts->relationships->pdata[j];
			if (g_strcmp0(ps_record_text(pair, "release"),
				      ps_record_id(releases->pdata[i])) != 0)
				continue;
			g_autofree char *name = ps_build_combination_name(facts, pair);
			cJSON *item = ps_item_new(list, ps_record_id(pair));
			cJSON *product = ps_need(item, "full_product_name", FALSE);
			ps_put_text(item, "category", ps_record_text(pair, "category"));
			ps_put_text(product, "name", name);
			ps_put_text(product, "product_id", ps_record_id(pair));
			ps_put(product, "product_identification_helper",
			       ps_build_combination_helper(facts, pair));
			ps_put_text(item, "product_reference", ps_record_text(pair, "release"));
			ps_put_text(item, "relates_to_product_reference",
				    ps_record_text(pair, "relates_to"));
		}
	return list;
}

cJSON *
ps_build_product_tree(const PsFacts *facts, GPtrArray *releases)
{
	cJSON *tree = cJSON_CreateObject();
	cJSON *branches = cJSON_CreateArray();

	for (guint i = 0; i < releases->len; i++)
		add_release(branches, facts, releases->pdata[i]);
	ps_put(tree, "branches", branches);
	ps_put(tree, "relationships", build_relationships(facts, releases));
	return tree;
}
