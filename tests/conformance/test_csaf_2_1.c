#include "config.h"

/* The official cases of CSAF 2.1. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "advisory/csaf-format.h"
#include "tests/conformance/csaf-cases.h"

#define CASE(folder, number) folder "/oasis_csaf_tc-csaf_2_1-2024-" number ".json"

/* Cases whose flag or result does not agree with the standard's text. */
static const PsCsafException exceptions[] = {
	{"6.1.27.8", CASE("mandatory", "6-1-27-08-02"), TRUE,
	 "the result names the one product of the first vulnerability that has an id, and leaves "
	 "out the two that have none"},
	{NULL, CASE("mandatory", "6-1-10-13"), FALSE,
	 "its baseScore is the temporal score of the CVSS 2.0 vector: 6.1.9"},
	{NULL, CASE("mandatory", "6-1-27-13-16"), FALSE,
	 "one product id is defined twice and another not at all: 6.1.1, 6.1.2"},
	{NULL, CASE("mandatory", "6-1-50-15"), FALSE, "a product id is defined twice: 6.1.2"},
	{NULL, CASE("recommended", "6-2-09-02"), FALSE, "sha1 is there twice for one file: 6.1.25"},
	{NULL, CASE("recommended", "6-2-20-02"), FALSE,
	 "FIRST's schema of CVSS 4.0 forbids other properties, as cases of 6.1.8 want it: schema"},
	{NULL, CASE("recommended", "6-2-21-02"), FALSE,
	 "revision 6 is dated before revision 5: 6.1.14, 6.1.21"},
	{NULL, CASE("recommended", "6-2-39-02-01"), FALSE,
	 "a withdrawn document without a note of category description: 6.1.27.14"},
	{NULL, CASE("recommended", "6-2-42-02"), FALSE,
	 "package URLs of one product differ in name and version, and deb ones have no namespace: "
	 "6.1.13, 6.1.42"},
	{NULL, NULL, FALSE, NULL},
};

static void
official_cases__each__as_testcases_json_says(void **state)
{
	const PsCsafCases cases = {"2.1", exceptions};
	int seen;

	(void)state;
	assert_int_equal(ps_csaf_cases_check(&cases, &seen), 0);
}

/* Every test of the standard is in the table, in its order. */
static void
table__numbers__are_those_of_the_standard(void **state)
{
	(void)state;
	assert_true(ps_csaf_cases_are_listed("2.1"));
}

/* ---- forms of texts ---- */

static char *
shared(const char *name)
{
	const char *folder = g_getenv("PSIRTDESK_SHARED");

	return g_build_filename(folder ? folder : ".", "data", "csaf", "2.1", "test", name, NULL);
}

static void
check_cpe(const char *name, gboolean right)
{
	g_autofree char *path = shared(name);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		print_message("# %s is not here: skipped\n", name);
		return;
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line; line++)
		if (**line && ps_csaf_format_matches(PS_CSAF_CPE_WHOLE, *line) != right)
			fail_msg("%s should be %s", *line, right ? "right" : "wrong");
}

static void
cpe__official_names__are_told_apart(void **state)
{
	(void)state;
	check_cpe("cpe/valid/cpe.txt", TRUE);
	check_cpe("cpe/invalid/cpe.txt", FALSE);
}

static void
check_filenames(const char *name, gboolean right)
{
	g_autofree char *path = shared(name);
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);

	if (!folder)
		print_message("# %s is not here: skipped\n", name);
	for (const char *file; folder && (file = g_dir_read_name(folder));) {
		g_autofree char *whole = g_build_filename(path, file, NULL);
		g_autoptr(cJSON) document = ps_json_read_file(whole, NULL, NULL);
		const cJSON *id = ps_json_at(document, "/document/tracking/id");
		g_autofree char *canonical = ps_csaf_filename(cJSON_GetStringValue(id));
		if (g_str_equal(canonical, file) != right)
			fail_msg("%s should be %s", file, right ? "right" : "wrong");
	}
}

static void
filename__official_names__are_told_apart(void **state)
{
	(void)state;
	check_filenames("filenames/valid", TRUE);
	check_filenames("filenames/invalid", FALSE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(official_cases__each__as_testcases_json_says),
		cmocka_unit_test(cpe__official_names__are_told_apart),
		cmocka_unit_test(filename__official_names__are_told_apart),
		cmocka_unit_test(table__numbers__are_those_of_the_standard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
