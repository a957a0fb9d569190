#include "config.h"

/* The products of a document that came in: branches, full product names, relationships (2.0) and
 * product paths (2.1). */

#include "advisory/upstream-internal.h"

#include <string.h>

/* Deeper branches than this are passed over: CSAF 2.1 test 6.1.34 allows 30. */
#define BRANCH_DEPTH 30

typedef struct {
	const char *vendor, *product, *version, *range;
	int depth;
} Above;

/* ---- identifiers ---- */

static void
add_text(GPtrArray *identifiers, const char *type, const cJSON *value)
{
	if (cJSON_IsString(value) && *value->valuestring)
		g_ptr_array_add(identifiers, g_strconcat(type, " ", value->valuestring, NULL));
}

static void
add_texts(GPtrArray *identifiers, const char *type, const cJSON *list)
{
	const cJSON *value;

	if (cJSON_IsString(list))
		add_text(identifiers, type, list);
	else
		cJSON_ArrayForEach (value, list)
			add_text(identifiers, type, value);
}

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void
add_hashes(GPtrArray *identifiers, const cJSON *files)
{
	const cJSON *file, *hash;

	cJSON_ArrayForEach (file, files)
		cJSON_ArrayForEach (hash, member(file, "file_hashes")) {
			const char *algorithm = ps_json_text(hash, "algorithm");
			if (algorithm && g_ascii_strcasecmp(algorithm, "sha256") == 0)
				add_text(identifiers, "sha256", member(hash, "value"));
		}
}

static GPtrArray *
read_identifiers(const cJSON *helper)
{
	static const struct {
		const char *member, *type;
	} lists[] = {
		{"purl", "purl"}, {"purls", "purl"},
		{"cpe", "cpe"},   {"model_numbers", "model_number"},
		{"skus", "sku"},  {"serial_numbers", "serial_number"},
	};
	GPtrArray *identifiers = g_ptr_array_new_with_free_func(g_free);

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		add_texts(identifiers, lists[i].type, member(helper, lists[i].member));
	add_hashes(identifiers, member(helper, "hashes"));
	return identifiers;
}

const char *
ps_upstream_identifier(const char *identifier, const char *type)
{
	gsize length = strlen(type);

	return g_str_has_prefix(identifier, type) && identifier[length] == ' '
		       ? identifier + length + 1
		       : NULL;
}

/* ---- products ---- */

static void
match_free(gpointer data)
{
	PsUpstreamMatch *match = data;

	g_free(match->release);
	g_free(match->relationship);
	g_free(match->reason);
	g_free(match);
}

static void
product_free(gpointer data)
{
	PsUpstreamProduct *product = data;
	char **texts[] = {&product->product_id, &product->name,    &product->vendor,
			  &product->product,    &product->version, &product->range,
			  &product->part,       &product->with,    &product->reason};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(*texts[i]);
	g_clear_pointer(&product->identifiers, g_ptr_array_unref);
	g_clear_pointer(&product->matches, g_ptr_array_unref);
	g_free(product);
}

static void
add_product(GPtrArray *products, const cJSON *full_name, const Above *above, const char *part,
	    const char *with)
{
	const char *id = ps_json_text(full_name, "product_id");
	const char *name = ps_json_text(full_name, "name");

	if (!id || !*id)
		return;
	PsUpstreamProduct *product = g_new0(PsUpstreamProduct, 1);
	product->product_id = g_strdup(id);
	product->name = g_strdup(name && *name ? name : id);
	product->part = g_strdup(part);
	product->with = g_strdup(with);
	product->identifiers = read_identifiers(member(full_name, "product_identification_helper"));
	product->matches = g_ptr_array_new_with_free_func(match_free);
	if (above) {
		product->vendor = g_strdup(above->vendor);
		product->product = g_strdup(above->product);
		product->version = g_strdup(above->version);
		product->range = g_strdup(above->range);
	}
	g_ptr_array_add(products, product);
}

static void
walk_branches(GPtrArray *products, const cJSON *branches, const Above *above)
{
	const cJSON *branch;

	if (above->depth >= BRANCH_DEPTH)
		return;
	cJSON_ArrayForEach (branch, branches) {
		const char *category = ps_json_text(branch, "category");
		const char *name = ps_json_text(branch, "name");
		Above here = *above;
		here.depth++;
		if (g_strcmp0(category, "vendor") == 0)
			here.vendor = name;
		else if (g_strcmp0(category, "product_name") == 0)
			here.product = name;
		else if (g_strcmp0(category, "product_version") == 0)
			here.version = name;
		else if (g_strcmp0(category, "product_version_range") == 0)
			here.range = name;
		add_product(products, member(branch, "product"), &here, NULL, NULL);
		walk_branches(products, member(branch, "branches"), &here);
	}
}

/* The other end of a path of one step (2.1); longer ones are found where they begin. */
static const char *
only_step(const cJSON *path)
{
	const cJSON *steps = member(path, "subpaths");

	return cJSON_GetArraySize(steps) == 1 ? ps_json_text(steps->child, "next_product_reference")
					      : NULL;
}

GPtrArray *
ps_upstream_products(const cJSON *document)
{
	const cJSON *tree = member(document, "product_tree"), *item;
	GPtrArray *products = g_ptr_array_new_with_free_func(product_free);
	const Above none = {NULL, NULL, NULL, NULL, 0};

	walk_branches(products, member(tree, "branches"), &none);
	cJSON_ArrayForEach (item, member(tree, "full_product_names"))
		add_product(products, item, NULL, NULL, NULL);
	cJSON_ArrayForEach (item, member(tree, "relationships"))
		add_product(products, member(item, "full_product_name"), NULL,
			    ps_json_text(item, "product_reference"),
			    ps_json_text(item, "relates_to_product_reference"));
	cJSON_ArrayForEach (item, member(tree, "product_paths"))
		add_product(products, member(item, "full_product_name"), NULL,
			    ps_json_text(item, "beginning_product_reference"), only_step(item));
	return products;
}

PsUpstreamProduct *
ps_upstream_product_find(const PsUpstream *upstream, const char *product_id)
{
	return product_id ? g_hash_table_lookup(upstream->by_id, product_id) : NULL;
}

int
ps_upstream_confidence_rank(const char *confidence)
{
	static const char *const words[] = {"possible", "likely", "exact", "analyst"};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_strcmp0(words[i], confidence) == 0)
			return (int)i;
	return -1;
}

void
ps_upstream_add_match(PsUpstreamProduct *product, const char *release, const char *relationship,
		      const char *confidence, char *reason)
{
	for (guint i = 0; i < product->matches->len; i++) {
		PsUpstreamMatch *match = product->matches->pdata[i];
		if (g_str_equal(match->release, release) &&
		    g_strcmp0(match->relationship, relationship) == 0) {
			g_free(reason);
			return;
		}
	}
	PsUpstreamMatch *match = g_new0(PsUpstreamMatch, 1);
	match->release = g_strdup(release);
	match->relationship = g_strdup(relationship);
	match->confidence = confidence;
	match->reason = reason;
	g_ptr_array_add(product->matches, match);
}
