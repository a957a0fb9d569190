#include "config.h"

/* The official cases of CSAF 2.0 (testcases.json of $PSIRTDESK_SHARED/data/csaf/2.0): a file under
 * "failures" must fail its test, one under "valid" must not, and the flag "valid" says whether
 * schema and mandatory tests pass. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "advisory/csaf-check.h"

static char *
shared(const char *name)
{
	const char *folder = g_getenv("PSIRTDESK_SHARED");
	char *path = g_build_filename(folder ? folder : ".", "data", "csaf", "2.0", name, NULL);

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return path;
	print_message("# %s is not here: skipped\n", name);
	g_free(path);
	return NULL;
}

static PsCsafReport *
check_file(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) document = ps_json_read_file(path, NULL, &error);
	PsCsafReport *report = document ? ps_csaf_check(document, PS_CSAF_ALL, NULL, &error) : NULL;

	if (!report)
		fail_msg("%s: %s", path, error->message);
	return report;
}

static gboolean
fails(const PsCsafReport *report, const char *test)
{
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (g_str_equal(finding->test, test))
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_run(const PsCsafReport *report, const char *test)
{
	for (guint i = 0; i < report->not_run->len; i++)
		if (g_str_equal(report->not_run->pdata[i], test))
			return FALSE;
	return TRUE;
}

static void
tell(const PsCsafReport *report)
{
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		print_error("    %s %s %s\n", finding->test, finding->pointer, finding->message);
	}
}

/* testcases.json calls it valid, but its list of hashes holds sha1 twice, which test 6.1.25 (and
 * its own case) forbids. */
static const char *const wrongly_valid[] = {"optional/oasis_csaf_tc-csaf_2_0-2021-6-2-09-02.json",
					    NULL};

static gboolean
valid_flag(const cJSON *item)
{
	return ps_json_flag(item, "valid") &&
	       !g_strv_contains(wrongly_valid, ps_json_text(item, "name"));
}

/* Number of things that are not as they should be. */
static int
check_case(const char *folder, const char *test, const cJSON *item, gboolean must_fail)
{
	g_autofree char *path = g_build_filename(folder, ps_json_text(item, "name"), NULL);
	g_autoptr(PsCsafReport) report = check_file(path);
	int wrong = 0;

	if (is_run(report, test) && fails(report, test) != must_fail) {
		print_error("%s: %s %s\n", ps_json_text(item, "name"), test,
			    must_fail ? "passes" : "fails");
		wrong++;
	}
	if (ps_csaf_report_is_valid(report) != valid_flag(item)) {
		print_error("%s: valid should be %d\n", ps_json_text(item, "name"),
			    valid_flag(item));
		wrong++;
	}
	if (wrong)
		tell(report);
	return wrong;
}

static void
official_cases__each__as_testcases_json_says(void **state)
{
	g_autofree char *path = shared("test/validator/data/testcases.json");
	g_autofree char *folder = path ? g_path_get_dirname(path) : NULL;
	g_autoptr(cJSON) cases = path ? ps_json_read_file(path, NULL, NULL) : NULL;
	const cJSON *test, *item;
	int wrong = 0, seen = 0;

	(void)state;
	cJSON_ArrayForEach (test, cJSON_GetObjectItemCaseSensitive(cases, "tests")) {
		const char *id = ps_json_text(test, "id");
		cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(test, "failures")) {
			wrong += check_case(folder, id, item, TRUE);
			seen++;
		}
		cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(test, "valid")) {
			wrong += check_case(folder, id, item, FALSE);
			seen++;
		}
	}
	print_message("# %d cases\n", seen);
	assert_int_equal(wrong, 0);
	assert_true(!path || seen > 0);
}

/* Every test of the standard is in the table, in its order. */
static void
table__numbers__are_those_of_the_standard(void **state)
{
	g_autofree char *path = shared("test/validator/data/testcases.json");
	g_autoptr(cJSON) cases = path ? ps_json_read_file(path, NULL, NULL) : NULL;
	const cJSON *test;
	gsize i = 0;

	(void)state;
	cJSON_ArrayForEach (test, cJSON_GetObjectItemCaseSensitive(cases, "tests")) {
		const PsCsafTestInfo *info = ps_csaf_test_info(i++);
		assert_non_null(info);
		assert_string_equal(info->id, ps_json_text(test, "id"));
	}
	if (cases)
		assert_null(ps_csaf_test_info(i));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(official_cases__each__as_testcases_json_says),
		cmocka_unit_test(table__numbers__are_those_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
