#include "config.h"

/* The tables of nodes against the JSON schemas themselves ($PSIRTDESK_SHARED/data/csaf): the same
 * members, types, choices, bounds, required and closed ones. Patterns and formats are covered by
 * the official cases and the unit tests. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "advisory/distribution-table.h"

/* branches hold branches */
#define DEPTH_MAX 24

typedef struct {
	const char *folder;
	const cJSON *root; /* of the schema that "#" means */
	GHashTable *files; /* name -> cJSON * */
	int wrong, nodes;
} Compare;

static void
wrong(Compare *compare, const char *place, const char *what)
{
	print_error("%s: %s\n", place, what);
	compare->wrong++;
}

/* ---- references ---- */

static void
free_json(gpointer json)
{
	cJSON_Delete(json);
}

static const cJSON *
read_schema(Compare *compare, const char *name)
{
	static const char *const folders[] = {"", "first", "ssvc"};
	cJSON *schema = g_hash_table_lookup(compare->files, name);

	for (gsize i = 0; i < G_N_ELEMENTS(folders) && !schema; i++) {
		g_autofree char *path = g_build_filename(compare->folder, folders[i], name, NULL);
		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		schema = ps_json_read_file(path, NULL, NULL);
		g_hash_table_insert(compare->files, g_strdup(name), schema);
	}
	return schema;
}

/* Follows "$ref"; `root` is then the schema that the result belongs to. */
static const cJSON *
resolve(Compare *compare, const cJSON *schema, const cJSON **root)
{
	const char *reference;

	/* CVSS 3.0 or 3.1: they differ in the version only */
	const cJSON *one = cJSON_GetObjectItemCaseSensitive(schema, "oneOf");
	if (one && !cJSON_GetObjectItemCaseSensitive(schema, "type"))
		schema = one->child->next;
	while ((reference = ps_json_text(schema, "$ref"))) {
		const char *inner = strchr(reference, '#');
		if (inner != reference) {
			g_autofree char *file =
				inner ? g_strndup(reference, (gsize)(inner - reference))
				      : g_strdup(reference);
			g_autofree char *name = g_path_get_basename(file);
			*root = read_schema(compare, name);
			assert_non_null(*root);
		}
		schema = inner ? ps_json_at(*root, inner + 1) : *root;
		assert_non_null(schema);
	}
	return schema;
}

/* ---- comparing ---- */

static void compare_node(Compare *compare, const PsCsafNode *node, const cJSON *schema,
			 const cJSON *root, const char *place, int depth);

static gboolean
lists_text(const cJSON *list, const char *text)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		if (g_strcmp0(item->valuestring, text) == 0)
			return TRUE;
	return FALSE;
}

static void
compare_members(Compare *compare, const PsCsafNode *node, const cJSON *schema, const cJSON *root,
		const char *place, int depth)
{
	const cJSON *properties = cJSON_GetObjectItemCaseSensitive(schema, "properties"), *item;
	const cJSON *required = cJSON_GetObjectItemCaseSensitive(schema, "required");
	gboolean banded = cJSON_GetObjectItemCaseSensitive(schema, "allOf") != NULL;

	cJSON_ArrayForEach (item, properties) {
		const PsCsafNode *member = ps_csaf_member(node, item->string);
		g_autofree char *at = g_strdup_printf("%s/%s", place, item->string);
		if (!member) {
			wrong(compare, at, "is not in the table");
			continue;
		}
		if (lists_text(required, item->string) != !!(member->flags & PS_CSAF_REQUIRED))
			wrong(compare, at, "is required in one of the two only");
		compare_node(compare, member, item, root, at, depth + 1);
	}
	/* CVSS 4.0 names two members in its bands only */
	if (node->n_members != cJSON_GetArraySize(properties) + (banded ? 2 : 0))
		wrong(compare, place, "the table has other members too");
}

static gboolean
is_false(const cJSON *schema, const char *name)
{
	return cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(schema, name));
}

static void
compare_object(Compare *compare, const PsCsafNode *node, const cJSON *schema, const cJSON *root,
	       const char *place, int depth)
{
	gboolean closed = is_false(schema, "additionalProperties") ||
			  is_false(schema, "unevaluatedProperties");

	if (node->type != PS_CSAF_OBJECT)
		wrong(compare, place, "is an object");
	if (closed != !!(node->flags & PS_CSAF_CLOSED))
		wrong(compare, place, "is closed in one of the two only");
	if (node->min != (int)ps_json_integer(schema, "minProperties", 0) ||
	    node->max != (int)ps_json_integer(schema, "maxProperties", 0))
		wrong(compare, place, "has other bounds");
	if (!(node->flags & PS_CSAF_OPEN))
		compare_members(compare, node, schema, root, place, depth);
}

static void
compare_list(Compare *compare, const PsCsafNode *node, const cJSON *schema, const cJSON *root,
	     const char *place, int depth)
{
	g_autofree char *at = g_strdup_printf("%s/-", place);

	if (node->type != PS_CSAF_LIST)
		wrong(compare, place, "is a list");
	if (node->min != (int)ps_json_integer(schema, "minItems", 0))
		wrong(compare, place, "has other bounds");
	if (ps_json_flag(schema, "uniqueItems") != !!(node->flags & PS_CSAF_UNIQUE))
		wrong(compare, place, "forbids equal items in one of the two only");
	compare_node(compare, &node->members[0], cJSON_GetObjectItemCaseSensitive(schema, "items"),
		     root, at, depth + 1);
}

static void
compare_text(Compare *compare, const PsCsafNode *node, const cJSON *schema, const char *place)
{
	const cJSON *choices = cJSON_GetObjectItemCaseSensitive(schema, "enum");
	const char *single = ps_json_text(schema, "const");
	int n = node->choices ? (int)g_strv_length((char **)node->choices) : 0;

	if (node->type != PS_CSAF_TEXT)
		wrong(compare, place, "is a text");
	/* the table joins the versions of CVSS 3 */
	if (g_str_has_suffix(place, "cvss_v3/version"))
		return;
	if (n != cJSON_GetArraySize(choices) + (single ? 1 : 0))
		wrong(compare, place, "has other choices");
	for (int i = 0; i < n && choices; i++)
		if (!lists_text(choices, node->choices[i]))
			wrong(compare, place, node->choices[i]);
	if (!node->choices && node->max != (int)ps_json_integer(schema, "maxLength", 0))
		wrong(compare, place, "has another length");
}

static void
compare_node(Compare *compare, const PsCsafNode *node, const cJSON *schema, const cJSON *root,
	     const char *place, int depth)
{
	if (depth > DEPTH_MAX)
		return;
	schema = resolve(compare, schema, &root);
	const char *type = ps_json_text(schema, "type");
	compare->nodes++;
	if (g_strcmp0(type, "object") == 0)
		compare_object(compare, node, schema, root, place, depth);
	else if (g_strcmp0(type, "array") == 0)
		compare_list(compare, node, schema, root, place, depth);
	else if (g_strcmp0(type, "string") == 0)
		compare_text(compare, node, schema, place);
	else if (g_strcmp0(type, "boolean") == 0)
		assert_int_equal(node->type, PS_CSAF_BOOLEAN);
	else
		assert_int_equal(node->type, PS_CSAF_NUMBER);
}

static void
compare_version(const char *version, const char *file, const PsCsafNode *table)
{
	const char *shared = g_getenv("PSIRTDESK_SHARED");
	g_autofree char *folder =
		g_build_filename(shared ? shared : ".", "data", "csaf", version, "schema", NULL);
	g_autoptr(GHashTable) files =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_json);
	Compare compare = {.folder = folder, .files = files};
	const cJSON *root = read_schema(&compare, file);

	if (!root) {
		print_message("# %s is not here: skipped\n", file);
		return;
	}
	compare_node(&compare, table, root, root, "", 0);
	print_message("# %d nodes\n", compare.nodes);
	assert_int_equal(compare.wrong, 0);
}

static void
csaf_table__2_0__says_what_the_schema_says(void **state)
{
	(void)state;
	compare_version("2.0", "csaf_json_schema.json", ps_csaf_root("2.0"));
}

static void
csaf_table__2_1__says_what_the_schema_says(void **state)
{
	(void)state;
	compare_version("2.1", "csaf.json", ps_csaf_root("2.1"));
}

static void
distribution_table__2_0__says_what_the_schemas_say(void **state)
{
	(void)state;
	compare_version("2.0", "provider_json_schema.json", ps_distribution_provider("2.0"));
	compare_version("2.0", "aggregator_json_schema.json", ps_distribution_aggregator("2.0"));
}

static void
distribution_table__2_1__says_what_the_schemas_say(void **state)
{
	(void)state;
	compare_version("2.1", "provider.json", ps_distribution_provider("2.1"));
	compare_version("2.1", "aggregator.json", ps_distribution_aggregator("2.1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_table__2_0__says_what_the_schema_says),
		cmocka_unit_test(csaf_table__2_1__says_what_the_schema_says),
		cmocka_unit_test(distribution_table__2_0__says_what_the_schemas_say),
		cmocka_unit_test(distribution_table__2_1__says_what_the_schemas_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
