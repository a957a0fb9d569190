#include "config.h"

/* /product_tree: CSAF 2.0 section 3.2.2. Vendor, product line, product, version; a product id is
 * the id of the release. */

#include "advisory/build.h"

#include <string.h>

#include "advisory/item.h"

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

/* The last step of a download address: the name of the file that the hash belongs to. */
static char *
file_name_of(const char *url)
{
	if (!url)
		return NULL;
	gsize end = strcspn(url, "?#");
	g_autofree char *path = g_strndup(url, end);
	const char *slash = strrchr(path, '/');
	const char *scheme = strstr(path, "://");
	if (!slash || !slash[1] || (scheme && slash < scheme + 3))
		return NULL;
	return g_strdup(slash + 1);
}

static void
add_hashes(cJSON *helper, const PsRecord *release)
{
	const char *sha256 = ps_record_text(release, "sha256");
	g_autofree char *name = file_name_of(ps_record_text(release, "url"));

	/* A hash is of a file, and the standard wants its name. */
	if (!sha256 || !name)
		return;
	cJSON *hashes = ps_item_new(ps_need(helper, "hashes", TRUE), "artefact");
	cJSON *hash = ps_item_new(ps_need(hashes, "file_hashes", TRUE), "sha256");
	g_autofree char *lower = g_ascii_strdown(sha256, -1);
	ps_put_text(hash, "algorithm", "sha256");
	ps_put_text(hash, "value", lower);
	ps_put_text(hashes, "filename", name);
}

static void
add_list_of_one(cJSON *helper, const char *name, const char *key, const char *value)
{
	if (value && *value)
		ps_item_text(ps_need(helper, name, TRUE), key, value);
}

static cJSON *
build_helper(const PsRecord *product, const PsRecord *release)
{
	cJSON *helper = cJSON_CreateObject();
	const char *cpe = ps_record_text(release, "cpe");

	ps_put_text(helper, "cpe", cpe ? cpe : ps_record_text(product, "cpe"));
	ps_put_text(helper, "purl", ps_record_text(release, "purl"));
	add_list_of_one(helper, "model_numbers", "model", ps_record_text(product, "model"));
	add_list_of_one(helper, "skus", "sku", ps_record_text(product, "sku"));
	add_hashes(helper, release);
	return helper;
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
	ps_put_text(branch, "category", "product_version");
	ps_put_text(branch, "name", text_of(release, "version"));
	cJSON *leaf = ps_need(branch, "product", FALSE);
	ps_put_text(leaf, "name", name);
	ps_put_text(leaf, "product_id", ps_record_id(release));
	ps_put(leaf, "product_identification_helper", build_helper(product, release));
}

cJSON *
ps_build_product_tree(const PsFacts *facts, GPtrArray *releases)
{
	cJSON *tree = cJSON_CreateObject();
	cJSON *branches = cJSON_CreateArray();

	for (guint i = 0; i < releases->len; i++)
		add_release(branches, facts, releases->pdata[i]);
	ps_put(tree, "branches", branches);
	return tree;
}
