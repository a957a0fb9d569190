#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "advisory/csaf-tree.h"

/* Sorted, described, with choices sorted: what everybody who reads the table relies on. Branches
 * hold branches, so the walk stops at a depth. */
static void
assert_node(const PsCsafNode *node, int depth)
{
	assert_true(node->label && *node->label && node->help && *node->help);
	assert_true(g_str_has_suffix(node->help, "."));
	for (int i = 1; node->choices && node->choices[i]; i++)
		assert_true(strcmp(node->choices[i - 1], node->choices[i]) < 0);
	if (node->type == PS_CSAF_LIST)
		assert_int_equal(node->n_members, 1);
	if (node->type == PS_CSAF_OBJECT && !(node->flags & PS_CSAF_OPEN))
		assert_true(node->n_members > 0 && node->n_members <= 64);
	for (int i = 0; i < node->n_members && depth < 12; i++) {
		if (i > 0)
			assert_true(strcmp(node->members[i - 1].name, node->members[i].name) < 0);
		assert_node(&node->members[i], depth + 1);
	}
}

static void
csaf_table__every_node__is_described_and_sorted(void **state)
{
	(void)state;
	assert_node(ps_csaf_root("2.0"), 0);
	assert_node(ps_csaf_root("2.1"), 0);
	assert_null(ps_csaf_root("1.2"));
}

static void
csaf_node_at__follows_pointers_over_lists_and_branches(void **state)
{
	const PsCsafNode *root = ps_csaf_root("2.0");
	const PsCsafNode *id = ps_csaf_node_at(
		root, "/product_tree/branches/0/branches/-/branches/key/product/product_id");

	(void)state;
	assert_non_null(id);
	assert_int_equal(id->role, PS_CSAF_PRODUCT_ID);
	assert_ptr_equal(ps_csaf_node_at(root, ""), root);
	assert_string_equal(
		ps_csaf_node_at(root, "/vulnerabilities/3/scores/0/cvss_v3/baseScore")->label,
		"Base score");
	assert_null(ps_csaf_node_at(root, "/document/nothing"));
	assert_null(ps_csaf_node_at(root, "/document/title/deeper"));
	assert_null(ps_csaf_node_at(root, "document"));
}

static void
collect(gpointer user, const char *place, const char *sentence)
{
	g_string_append_printf(user, "%s %s\n", place, sentence);
}

static void
csaf_check_value__sentences_name_field_value_and_what_is_right(void **state)
{
	static const struct {
		const char *pointer, *value, *expected;
	} rows[] = {
		{"/document/tracking/status", "\"done\"",
		 " “Status” can't be “done”; it must be one of draft, final, interim.\n"},
		{"/document/tracking/status", "\"final\"", ""},
		{"/document/title", "\"\"", " “Title” is empty; fill it in or remove it.\n"},
		{"/document/title", "7", " “Title” is a number; it must be a text.\n"},
		{"/document/publisher", "{\"name\":\"x\"}",
		 "/category “Category” (category) is missing; it is required here.\n"
		 "/namespace “Namespace” (namespace) is missing; it is required here.\n"},
		{"/vulnerabilities/0/cve", "\"CVE-1\"",
		 " “CVE” can't be “CVE-1”; it must be a CVE id such as CVE-2026-12345.\n"},
		{"/vulnerabilities/0/flags",
		 "[{\"label\":\"component_not_present\",\"date\":\"2026-01-01T00:00:00Z\"},"
		 "{\"date\":\"2026-01-01T00:00:00Z\",\"label\":\"component_not_present\"}]",
		 "/1 “{\"date\":\"2026-01-01T00:00:00Z\",\"label\":\"component_not_prese…” is "
		 "there "
		 "twice "
		 "in “Justifications”; remove one.\n"},
		{"/product_tree/product_groups/0/product_ids", "[\"a\"]",
		 " “Products” needs 2 items or more, but has 1; add what is missing or remove "
		 "it.\n"},
		{"/document/title", "\"\\u001b[31m\\u202e\"", ""},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const PsCsafNode *node = ps_csaf_node_at(ps_csaf_root("2.0"), rows[i].pointer);
		g_autoptr(cJSON) value =
			ps_json_parse(rows[i].value, strlen(rows[i].value), NULL, NULL);
		g_autoptr(GString) found = g_string_new(NULL);
		guint count = ps_csaf_check_value(node, value, collect, found);
		assert_string_equal(found->str, rows[i].expected);
		assert_int_equal(count > 0, *rows[i].expected != '\0');
	}
}

static void
csaf_skeleton__has_what_is_required_and_nothing_else(void **state)
{
	g_autoptr(cJSON) value =
		ps_csaf_skeleton(ps_csaf_node_at(ps_csaf_root("2.0"), "/document"));
	g_autofree char *text = ps_json_print(value);

	(void)state;
	assert_string_equal(
		text, "{\"category\":\"\",\"csaf_version\":\"2.0\",\"publisher\":{\"category\":"
		      "\"\",\"name\":\"\",\"namespace\":\"\"},\"title\":\"\",\"tracking\":{"
		      "\"current_release_date\":\"\",\"id\":\"\",\"initial_release_date\":\"\","
		      "\"revision_history\":[{\"date\":\"\",\"number\":\"\",\"summary\":\"\"}],"
		      "\"status\":\"\",\"version\":\"\"}}");
}

/* CSAF 2.1: what has one choice only is filled in. */
static void
csaf_skeleton__of_2_1__names_schema_and_version(void **state)
{
	g_autoptr(cJSON) value = ps_csaf_skeleton(ps_csaf_root("2.1"));

	(void)state;
	assert_string_equal(ps_json_text(value, "$schema"),
			    "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json");
	assert_string_equal(cJSON_GetStringValue(ps_json_at(value, "/document/csaf_version")),
			    "2.1");
	assert_non_null(ps_json_at(value, "/document/distribution/tlp/label"));
	assert_null(ps_json_at(value, "/document/lang"));
}

/* ---- rows for an editor ---- */

static const PsCsafTreeRow *
row_at(const GPtrArray *rows, const char *pointer)
{
	int index = ps_csaf_tree_find(rows, pointer);

	assert_true(index >= 0);
	return rows->pdata[index];
}

static cJSON *
small_document(void)
{
	static const char text[] =
		"{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\",\"house\":1,"
		"\"notes\":[{\"category\":\"summary\",\"text\":\"\\u001b[2Jx\"}],\"title\":\"T\"},"
		"\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\"}]}";

	return ps_json_parse(text, strlen(text), NULL, NULL);
}

static void
csaf_tree__rows__tell_labels_values_and_findings(void **state)
{
	g_autoptr(cJSON) document = small_document();
	g_autoptr(PsCsafReport) report = ps_csaf_check(document, PS_CSAF_ALL, NULL, NULL);
	g_autoptr(GPtrArray) rows = ps_csaf_tree(document, report, 0);

	(void)state;
	const PsCsafTreeRow *top = rows->pdata[0];
	assert_int_equal(top->depth, 0);
	assert_true(top->below == report->findings->len || top->findings > 0);
	assert_int_equal(top->worst, PS_CSAF_SCHEMA);

	const PsCsafTreeRow *note = row_at(rows, "/document/notes/0");
	assert_string_equal(note->label, "Note 1: �[2Jx");
	assert_true(note->container && note->depth == 3);
	assert_string_equal(row_at(rows, "/document/notes")->value, "1 item");
	assert_string_equal(row_at(rows, "/vulnerabilities/0")->label,
			    "Vulnerability 1: CVE-2026-1");
	assert_true(row_at(rows, "/vulnerabilities/0/cve")->findings > 0);

	const PsCsafTreeRow *tracking = row_at(rows, "/document/tracking");
	assert_false(tracking->present);
	assert_true(tracking->required && tracking->findings == 1);
	const PsCsafTreeRow *house = row_at(rows, "/document/house");
	assert_null(house->node);
	assert_string_equal(house->label, "house");
	assert_int_equal(house->worst, PS_CSAF_OPTIONAL);
}

static void
csaf_tree__absent__members_that_could_be_added_are_shown_when_asked(void **state)
{
	g_autoptr(cJSON) document = small_document();
	g_autoptr(GPtrArray) some = ps_csaf_tree(document, NULL, 0);
	g_autoptr(GPtrArray) all = ps_csaf_tree(document, NULL, PS_CSAF_TREE_ABSENT);

	(void)state;
	assert_true(all->len > some->len);
	assert_string_equal(row_at(all, "/document/lang")->pointer, "/document/lang");
	assert_string_equal(row_at(some, "/document/lang")->pointer, "/document");
	assert_string_equal(row_at(some, "/nowhere/at/all")->pointer, "");
}

static void
csaf_tree__of_2_1__knows_every_place(void **state)
{
	g_autofree char *path =
		g_build_filename(g_getenv("SRCDIR"), "tests/fixtures/csaf/advisory-2-1.json", NULL);
	g_autoptr(cJSON) document = ps_json_read_file(path, &ps_csaf_limits, NULL);
	g_autoptr(GPtrArray) rows = ps_csaf_tree(document, NULL, PS_CSAF_TREE_ABSENT);

	(void)state;
	assert_true(rows->len > 300);
	for (guint i = 0; i < rows->len; i++) {
		const PsCsafTreeRow *row = rows->pdata[i];
		assert_non_null(row->node);
		assert_true(*row->label);
	}
	assert_string_equal(row_at(rows, "/vulnerabilities/0/metrics/0/content/cvss_v4")->label,
			    "CVSS 4.0");
	assert_false(row_at(rows, "/vulnerabilities/0/x_extensions")->present);
}

static void
list_finding(gpointer user, const char *place, const char *sentence)
{
	g_string_append_printf(user, "%s %s\n", place, sentence);
}

/* Numbers of texts are only a quicker way to the same findings. */
static void
csaf_node__check__numbered_or_not_finds_the_same(void **state)
{
	static const char *const lists[] = {
		"[]",
		"[\"a\",\"b\"]",
		"[\"b\",\"a\"]",
		"[\"b\",\"a\",\"b\"]",
		"[\"a\",\"a\",\"a\"]",
		"[\"a\",1,\"a\"]",
		"[1,1,\"\",\"\"]",
		"[{\"x\":\"a\"},\"a\"]",
		"[null,\"a\"]",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		char *text = g_strdup_printf(
			"{\"document\":{\"category\":\"b\",\"title\":\"a\"},\"vulnerabilities\":[{"
			"\"product_status\":{\"fixed\":%s,\"known_affected\":%s}}]}",
			lists[i], lists[i]);
		g_autoptr(cJSON) value = ps_json_parse(text, strlen(text), NULL, NULL);
		g_autoptr(PsJsonTree) tree = ps_json_tree_new(text, strlen(text), NULL, NULL);
		g_autoptr(GString) one = g_string_new(NULL), other = g_string_new(NULL);
		const PsCsafNode *root = ps_csaf_root("2.0");
		guint count = ps_csaf_check_value(root, value, list_finding, one);
		assert_int_equal(ps_csaf_check_tree(root, tree, list_finding, other, NULL), count);
		assert_string_equal(one->str, other->str);
		gboolean twice = strstr(one->str, "twice") != NULL;
		assert_int_equal(twice, (i >= 3 && i <= 6));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_node__check__numbered_or_not_finds_the_same),
		cmocka_unit_test(csaf_table__every_node__is_described_and_sorted),
		cmocka_unit_test(csaf_node_at__follows_pointers_over_lists_and_branches),
		cmocka_unit_test(csaf_check_value__sentences_name_field_value_and_what_is_right),
		cmocka_unit_test(csaf_skeleton__has_what_is_required_and_nothing_else),
		cmocka_unit_test(csaf_skeleton__of_2_1__names_schema_and_version),
		cmocka_unit_test(csaf_tree__of_2_1__knows_every_place),
		cmocka_unit_test(csaf_tree__rows__tell_labels_values_and_findings),
		cmocka_unit_test(
			csaf_tree__absent__members_that_could_be_added_are_shown_when_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
