#include "config.h"

/* The next version by what changed (CSAF 2.0 section 3.1.11), and the proposed summary. */

#include "advisory/version.h"

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

/* "1.2.3" and its step and summary behind the changes. */
static void
assert_step(const char *before, const char *after, const char *step, const char *summary)
{
	g_autoptr(cJSON) old = parsed(before);
	g_autoptr(cJSON) new = parsed(after);
	g_autoptr(GPtrArray) changes = ps_diff(old, new, PS_DIFF_CONTENT);
	g_autofree char *text = ps_version_summary("en", changes, old, new);

	assert_string_equal(ps_version_step_token(ps_version_step(changes)), step);
	assert_string_equal(text ? text : "", summary);
}

#define FLAW(inside) "{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\"," inside "}]}"
#define STATUS(inside) FLAW("\"product_status\":{" inside "}")
#define TREE(products) "{\"product_tree\":{\"full_product_names\":[" products "]}}"
#define PRODUCT(id, name) "{\"name\":\"" name "\",\"product_id\":\"" id "\"}"

static void
step__product_tree__is_major(void **state)
{
	(void)state;
	assert_step(TREE(PRODUCT("1", "A")), TREE(PRODUCT("1", "A") "," PRODUCT("2", "B")), "major",
		    "Products added: B.");
	assert_step(TREE(PRODUCT("1", "A") "," PRODUCT("2", "B")), TREE(PRODUCT("1", "A")), "major",
		    "Products removed: B.");
	assert_step(TREE(PRODUCT("1", "A")), TREE(PRODUCT("1", "Aa")), "major",
		    "Details of products changed.");
}

static void
step__vulnerability_added_or_removed__is_major(void **state)
{
	(void)state;
	assert_step("{}", "{\"vulnerabilities\":[{\"cve\":\"CVE-2026-1\"}]}", "major",
		    "Vulnerabilities added: CVE-2026-1.");
	assert_step("{\"vulnerabilities\":[{\"title\":\"T\"}]}", "{}", "major",
		    "Vulnerabilities removed: T.");
}

static void
step__affected_lists__are_major_both_ways(void **state)
{
	static const char *const lists[] = {"first_affected", "known_affected", "last_affected"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autofree char *one =
			g_strdup_printf(STATUS("\"%s\":[\"1\"],\"recommended\":[\"9\"]"), lists[i]);
		g_autofree char *two =
			g_strdup_printf(STATUS("\"%s\":[\"1\",\"2\"],\"recommended\":[\"9\"]"),
					lists[i]);
		g_autoptr(cJSON) old = parsed(one);
		g_autoptr(cJSON) new = parsed(two);
		g_autoptr(GPtrArray) added = ps_diff(old, new, PS_DIFF_CONTENT);
		g_autoptr(GPtrArray) removed = ps_diff(new, old, PS_DIFF_CONTENT);
		assert_int_equal(ps_version_step(added), PS_STEP_MAJOR);
		assert_int_equal(ps_version_step(removed), PS_STEP_MAJOR);
	}
	assert_step(STATUS("\"known_affected\":[\"1\"]"),
		    STATUS("\"known_affected\":[\"1\",\"2\"]"), "major",
		    "Product status changed: 2 (Affected).");
}

static void
step__fixed_lists__are_major_when_something_leaves(void **state)
{
	static const char *const lists[] = {"first_fixed", "fixed", "known_not_affected"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autofree char *one = g_strdup_printf(STATUS("\"%s\":[\"1\"]"), lists[i]);
		g_autofree char *two = g_strdup_printf(STATUS("\"%s\":[\"1\",\"2\"]"), lists[i]);
		g_autoptr(cJSON) old = parsed(one);
		g_autoptr(cJSON) new = parsed(two);
		g_autoptr(GPtrArray) added = ps_diff(old, new, PS_DIFF_CONTENT);
		g_autoptr(GPtrArray) removed = ps_diff(new, old, PS_DIFF_CONTENT);
		assert_int_equal(ps_version_step(added), PS_STEP_MINOR);
		assert_int_equal(ps_version_step(removed), PS_STEP_MAJOR);
	}
}

static void
step__whole_status_that_comes_or_goes__follows_its_lists(void **state)
{
	(void)state;
	assert_step(FLAW("\"title\":\"T\""),
		    FLAW("\"title\":\"T\",\"product_status\":{\"fixed\":[\"1\"]}"), "minor",
		    "Product status changed.");
	assert_step(FLAW("\"title\":\"T\",\"product_status\":{\"fixed\":[\"1\"]}"),
		    FLAW("\"title\":\"T\""), "major", "Product status changed.");
	assert_step(FLAW("\"title\":\"T\""),
		    FLAW("\"title\":\"T\",\"product_status\":{\"known_affected\":[\"1\"]}"),
		    "major", "Product status changed.");
}

static void
step__other_content__is_minor(void **state)
{
	(void)state;
	assert_step("{\"document\":{\"references\":[]}}",
		    "{\"document\":{\"references\":[{\"url\":\"https://x\"}]}}", "minor",
		    "References changed.");
	assert_step(FLAW("\"remediations\":[{\"category\":\"workaround\",\"details\":\"A\"}]"),
		    FLAW("\"remediations\":[{\"category\":\"workaround\",\"details\":\"Bee\"}]"),
		    "minor", "Remedies changed: CVE-2026-1.");
	assert_step("{\"document\":{\"title\":\"Login is open\"}}",
		    "{\"document\":{\"title\":\"Login was closed\"}}", "minor", "Texts revised.");
}

static void
step__spelling_and_order__are_a_patch(void **state)
{
	(void)state;
	assert_step("{\"document\":{\"title\":\"The pasword is acepted\"}}",
		    "{\"document\":{\"title\":\"The password is accepted.\"}}", "patch",
		    "Spelling corrected.");
	assert_step("{\"document\":{\"references\":[{\"url\":\"a\"},{\"url\":\"b\"}]}}",
		    "{\"document\":{\"references\":[{\"url\":\"b\"},{\"url\":\"a\"}]}}", "patch",
		    "Spelling corrected.");
	assert_step("{\"document\":{\"title\":\"A\"}}", "{\"document\":{\"title\":\"A\"}}", "none",
		    "");
}

static void
spelling__what_changes_the_meaning__is_none(void **state)
{
	(void)state;
	assert_true(ps_version_is_spelling("teh servre", "the server") == FALSE);
	assert_true(ps_version_is_spelling("The servre stops", "The server stops"));
	assert_true(ps_version_is_spelling("Gerät prüffen!", "gerät prüfen"));
	assert_false(ps_version_is_spelling("It is not affected", "It is now affected"));
	assert_false(ps_version_is_spelling("Update to 4.1", "Update to 4.2"));
	assert_false(ps_version_is_spelling("Update to 4.1", "Update to 41"));
	assert_false(ps_version_is_spelling("below <5", "below 5"));
	assert_false(ps_version_is_spelling("Version1000", "Version2000"));
	assert_false(ps_version_is_spelling("Stop it", "Stop it now"));
	assert_false(ps_version_is_spelling("attacker", "administrator"));
	assert_true(ps_version_is_spelling("", ""));
}

static void
version__after__counts_by_the_scheme(void **state)
{
	static const struct {
		const char *last;
		gboolean semantic;
		PsVersionStep step;
		const char *wanted;
	} rows[] = {
		{NULL, FALSE, PS_STEP_NONE, "1"},
		{NULL, TRUE, PS_STEP_NONE, "1.0.0"},
		{"1", FALSE, PS_STEP_PATCH, "2"},
		{"1", TRUE, PS_STEP_MAJOR, "2"},
		{"99", FALSE, PS_STEP_MAJOR, "100"},
		{"99999999999999999999999", FALSE, PS_STEP_MINOR, "100000000000000000000000"},
		{"1.2.3", FALSE, PS_STEP_PATCH, "1.2.4"},
		{"1.2.9", TRUE, PS_STEP_NONE, "1.2.10"},
		{"1.9.3", TRUE, PS_STEP_MINOR, "1.10.0"},
		{"9.2.3", TRUE, PS_STEP_MAJOR, "10.0.0"},
		{"1.2.3+x.5", TRUE, PS_STEP_PATCH, "1.2.4"},
		{"rubbish", FALSE, PS_STEP_PATCH, "1"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *found =
			ps_version_after(rows[i].last, rows[i].semantic, rows[i].step);
		assert_string_equal(found, rows[i].wanted);
	}
}

static void
summary__other_language__is_told_in_it(void **state)
{
	(void)state;
	g_autoptr(cJSON) old = parsed(STATUS("\"fixed\":[\"1\"]"));
	g_autoptr(cJSON) new = parsed(STATUS("\"known_affected\":[\"1\"]"));
	g_autoptr(GPtrArray) changes = ps_diff(old, new, PS_DIFF_CONTENT);
	g_autofree char *text = ps_version_summary("de-AT", changes, old, new);

	assert_string_equal(text, "Produktstatus geändert: 1 (Betroffen).");
}

static void
summary__very_many__names_a_few(void **state)
{
	g_autoptr(GString) products = g_string_new("{\"product_tree\":{\"full_product_names\":[");

	(void)state;
	for (int i = 0; i < 9; i++)
		g_string_append_printf(products, "%s" PRODUCT("%d", "P%d"), i ? "," : "", i, i);
	g_string_append(products, "]}}");
	assert_step("{}", products->str, "major", "Products added: P0, P1, P2, P3, P4, ….");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(step__product_tree__is_major),
		cmocka_unit_test(step__vulnerability_added_or_removed__is_major),
		cmocka_unit_test(step__affected_lists__are_major_both_ways),
		cmocka_unit_test(step__fixed_lists__are_major_when_something_leaves),
		cmocka_unit_test(step__whole_status_that_comes_or_goes__follows_its_lists),
		cmocka_unit_test(step__other_content__is_minor),
		cmocka_unit_test(step__spelling_and_order__are_a_patch),
		cmocka_unit_test(spelling__what_changes_the_meaning__is_none),
		cmocka_unit_test(version__after__counts_by_the_scheme),
		cmocka_unit_test(summary__other_language__is_told_in_it),
		cmocka_unit_test(summary__very_many__names_a_few),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
