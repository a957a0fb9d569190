#include "config.h"

/* The difference of two CSAF documents. */

#include "advisory/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static cJSON *
parsed(const char *text)
{
	g_autoptr(GError) error = NULL;
	cJSON *value = ps_json_parse(text, strlen(text), NULL, &error);

	if (!value)
		fail_msg("%s", error->message);
	return value;
}

/* "added /pointer before -> after" of each change, a line each. */
static char *
difference(const char *before, const char *after, PsDiffFlags flags)
{
	g_autoptr(cJSON) old = before ? parsed(before) : NULL;
	g_autoptr(cJSON) new = after ? parsed(after) : NULL;
	g_autoptr(GPtrArray) changes = ps_diff(old, new, flags);
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < changes->len; i++) {
		const PsDiffChange *change = changes->pdata[i];
		g_string_append_printf(text, "%s %s %s -> %s\n", ps_diff_token(change->kind),
				       change->pointer, change->before ? change->before : "",
				       change->after ? change->after : "");
	}
	return g_string_free(text, FALSE);
}

static void
assert_difference(const char *before, const char *after, const char *wanted)
{
	g_autofree char *found = difference(before, after, PS_DIFF_ALL);

	assert_string_equal(found, wanted);
}

static void
diff__same__finds_nothing(void **state)
{
	(void)state;
	assert_difference("{\"document\":{\"title\":\"A\",\"lang\":\"en\"}}",
			  "{\"document\":{\"lang\":\"en\",\"title\":\"A\"}}", "");
	assert_difference(NULL, NULL, "");
}

static void
diff__texts__are_named_with_both(void **state)
{
	(void)state;
	assert_difference("{\"document\":{\"title\":\"A\",\"lang\":\"en\"}}",
			  "{\"document\":{\"title\":\"B\",\"source_lang\":\"de\"}}",
			  "changed /document/title A -> B\n"
			  "added /document/source_lang  -> de\n"
			  "removed /document/lang en -> \n");
}

static void
diff__items__are_matched_by_identity_not_by_place(void **state)
{
	(void)state;
	assert_difference("{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"title\":\"A\"},"
			  "{\"cve\":\"CVE-2026-2\",\"title\":\"B\"}]}",
			  "{\"vulnerabilities\":[{\"cve\":\"CVE-2026-3\",\"title\":\"C\"},"
			  "{\"cve\":\"CVE-2026-2\",\"title\":\"X\"}]}",
			  "added /vulnerabilities/0  -> CVE: CVE-2026-3\nTitle: C\n"
			  "changed /vulnerabilities/1/title B -> X\n"
			  "removed /vulnerabilities/0 CVE: CVE-2026-1\nTitle: A -> \n");
}

static void
diff__texts_in_lists__are_added_and_removed(void **state)
{
	(void)state;
	assert_difference("{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"product_status\":"
			  "{\"known_affected\":[\"P1\",\"P2\"]}}]}",
			  "{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"product_status\":"
			  "{\"known_affected\":[\"P2\",\"P3\"],\"fixed\":[\"P9\"]}}]}",
			  "added /vulnerabilities/0/product_status/known_affected/1  -> P3\n"
			  "removed /vulnerabilities/0/product_status/known_affected/0 P1 -> \n"
			  "added /vulnerabilities/0/product_status/fixed/0  -> P9\n");
}

static void
diff__notes_of_one_category__equal_ones_belong_together(void **state)
{
	(void)state;
	assert_difference("{\"document\":{\"notes\":[{\"category\":\"other\",\"text\":\"A\"},"
			  "{\"category\":\"other\",\"text\":\"B\"}]}}",
			  "{\"document\":{\"notes\":[{\"category\":\"other\",\"text\":\"B\"}]}}",
			  "removed /document/notes/0 Category: other\nText: A -> \n");
	assert_difference("{\"document\":{\"notes\":[{\"category\":\"other\",\"text\":\"A\"}]}}",
			  "{\"document\":{\"notes\":[{\"category\":\"other\",\"text\":\"B\"}]}}",
			  "changed /document/notes/0/text A -> B\n");
}

static void
diff__order__is_one_change(void **state)
{
	(void)state;
	assert_difference("{\"document\":{\"references\":[{\"url\":\"a\"},{\"url\":\"b\"}]}}",
			  "{\"document\":{\"references\":[{\"url\":\"b\"},{\"url\":\"a\"}]}}",
			  "reordered /document/references  -> \n");
}

static void
diff__document_that_begins__lists_what_is_new(void **state)
{
	(void)state;
	assert_difference("{\"document\":{\"title\":\"A\"}}",
			  "{\"document\":{\"title\":\"A\"},\"product_tree\":{\"full_product_names\""
			  ":[{\"name\":\"P\",\"product_id\":\"1\"}]}}",
			  "added /product_tree/full_product_names/0  -> Name: P\n"
			  "Product id: 1\n");
}

static void
diff__types_that_differ__are_a_change_of_the_whole(void **state)
{
	(void)state;
	assert_difference("{\"document\":{\"title\":\"A\"}}", "{\"document\":{\"title\":[\"A\"]}}",
			  "changed /document/title A -> A\n");
	assert_difference("{\"document\":{\"x\":1}}", "{\"document\":{\"x\":1.5}}",
			  "changed /document/x 1 -> 1.5\n");
}

static void
diff__content__leaves_out_what_each_version_changes(void **state)
{
	static const char before[] =
		"{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"A\",\"tracking\":{\"id\":"
		"\"1\","
		"\"version\":\"1\",\"status\":\"draft\",\"current_release_date\":\"x\","
		"\"generator\":{\"engine\":{\"name\":\"n\"}},"
		"\"revision_history\":[{\"number\":\"1\"}]}}}";
	static const char after[] =
		"{\"document\":{\"csaf_version\":\"2.0\",\"title\":\"A\",\"tracking\":{\"id\":"
		"\"2\","
		"\"version\":\"2\",\"status\":\"final\",\"current_release_date\":\"y\","
		"\"revision_history\":[{\"number\":\"1\"},{\"number\":\"2\"}]}}}";

	(void)state;
	g_autofree char *found = difference(before, after, PS_DIFF_CONTENT);
	assert_string_equal(found, "changed /document/tracking/id 1 -> 2\n");
}

static void
diff__label__says_where_from_outside_in(void **state)
{
	(void)state;
	g_autoptr(cJSON) old = parsed("{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"notes\":"
				      "[{\"category\":\"summary\",\"text\":\"A\"}]}]}");
	g_autoptr(cJSON) new = parsed("{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"notes\":"
				      "[{\"category\":\"summary\",\"text\":\"B\\u202e\"}]}]}");
	g_autoptr(GPtrArray) changes = ps_diff(old, new, PS_DIFF_ALL);
	assert_int_equal(changes->len, 1);
	const PsDiffChange *change = changes->pdata[0];
	assert_string_equal(change->label, "Vulnerability CVE-2026-1 › Note B\uFFFD › Text");
	assert_string_equal(change->after, "B\uFFFD");
	g_autofree char *line = ps_diff_line(change, 0);
	assert_string_equal(line, "changed: Vulnerability CVE-2026-1 › Note B\uFFFD › Text: “A” → "
				  "“B\uFFFD”");
	g_autofree char *place = ps_place_label(new, "/vulnerabilities/0/notes");
	assert_string_equal(place, "Vulnerability CVE-2026-1 › Notes");
}

static void
add_many(GString *text, const char *prefix, int count)
{
	g_string_append(text, "{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\",\"product_status\":{"
			      "\"fixed\":[\"x\"");
	for (int i = 0; i < count; i++)
		g_string_append_printf(text, ",\"%s%d\"", prefix, i);
	g_string_append(text, "]},\"notes\":[{}");
	for (int i = 0; i < count; i++)
		g_string_append_printf(text, ",{\"category\":\"other\",\"text\":\"%s%d\"}", prefix,
				       i);
	g_string_append(text, "]}]}");
}

/* Nothing is compared with everything: this would take hours else. */
static void
diff__long_lists__are_matched_in_linear_time(void **state)
{
	enum { COUNT = 60000 };
	g_autoptr(GString) before = g_string_new(NULL);
	g_autoptr(GString) after = g_string_new(NULL);

	(void)state;
	add_many(before, "a", COUNT);
	add_many(after, "b", COUNT);
	g_autoptr(cJSON) old = parsed(before->str);
	g_autoptr(cJSON) new = parsed(after->str);
	g_autoptr(GPtrArray) changes = ps_diff(old, new, PS_DIFF_ALL);
	assert_int_equal(changes->len, 3 * COUNT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(diff__same__finds_nothing),
		cmocka_unit_test(diff__texts__are_named_with_both),
		cmocka_unit_test(diff__items__are_matched_by_identity_not_by_place),
		cmocka_unit_test(diff__texts_in_lists__are_added_and_removed),
		cmocka_unit_test(diff__notes_of_one_category__equal_ones_belong_together),
		cmocka_unit_test(diff__order__is_one_change),
		cmocka_unit_test(diff__document_that_begins__lists_what_is_new),
		cmocka_unit_test(diff__types_that_differ__are_a_change_of_the_whole),
		cmocka_unit_test(diff__content__leaves_out_what_each_version_changes),
		cmocka_unit_test(diff__label__says_where_from_outside_in),
		cmocka_unit_test(diff__long_lists__are_matched_in_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
