#include "config.h"

/* The orders of versions against the cases of the VERS specification and of osv-scalibr (lines
 * "A < B"). Fixtures of our own stand in tests/unit/test_version_order.c. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "registry/version-order.h"

static char *folder;
static guint total_wrong;

typedef struct {
	const char *file, *type;
	guint at_most; /* that may differ, for the reason that stands there */
} File;

static const File lines[] = {
	/* texts that are no versions: points without numbers between them, "-r-1" */
	{"alpine-versions.txt", "apk", 8},
	{"alpine-versions-generated.txt", "apk", 0},
	{"cran-versions.txt", "cran", 0},
	{"cran-versions-generated.txt", "cran", 0},
	{"debian-versions.txt", "deb", 0},
	{"debian-versions-generated.txt", "deb", 0},
	{"hackage-versions.txt", "hackage", 0},
	{"maven-versions.txt", "maven", 0},
	{"maven-versions-generated.txt", "maven", 0},
	{"nuget-versions.txt", "nuget", 0},
	{"packagist-versions.txt", "composer", 0},
	/* made with PHP alone, for which "ALPHA" and "BETA" are the same unknown word; Composer
	 * takes capitals for small letters */
	{"packagist-versions-generated.txt", "composer", 8},
	{"pub-versions.txt", "pub", 0},
	{"pypi-versions.txt", "pypi", 0},
	{"pypi-versions-generated.txt", "pypi", 0},
	{"redhat-versions.txt", "rpm", 0},
	{"rubygems-versions.txt", "gem", 0},
	{"rubygems-versions-generated.txt", "gem", 0},
	{"semver-versions.txt", "semver", 0},
};

static guint
judge(const char *file, const PsVersionType *type, const char *a, char sign, const char *b)
{
	int order = type->compare(a, b), back = type->compare(b, a);
	int wanted = sign == '<' ? -1 : sign == '>';

	if ((order > 0) - (order < 0) == wanted && (back > 0) - (back < 0) == -wanted)
		return 0;
	printf("# %s: “%s” %c “%s” came out as %d and %d\n", file, a, sign, b, order, back);
	return 1;
}

static void
run_lines(const File *file)
{
	g_autofree char *path = g_build_filename(folder, "osv-semantic", file->file, NULL);
	g_autofree char *text = NULL;
	guint wrong = 0, run = 0;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
	const PsVersionType *type = ps_version_type(file->type);
	assert_non_null(type);
	for (char **row = rows; *row; row++) {
		g_auto(GStrv) cells = g_strsplit(*row, " ", -1);
		if (**row == '#' || g_str_has_prefix(*row, "//") || g_strv_length(cells) != 3)
			continue;
		run++;
		wrong += judge(file->file, type, cells[0], cells[1][0], cells[2]);
	}
	printf("# %s: %u of %u\n", file->file, run - wrong, run);
	assert_true(run > 5);
	total_wrong += wrong > file->at_most;
}

static void
order__osv_lines__as_they_say(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
		run_lines(&lines[i]);
	assert_int_equal(total_wrong, 0);
}

static guint
run_case(const char *file, const cJSON *test)
{
	const cJSON *input = cJSON_GetObjectItemCaseSensitive(test, "input");
	const cJSON *expected = cJSON_GetObjectItemCaseSensitive(test, "expected_output");
	const cJSON *versions = cJSON_GetObjectItemCaseSensitive(input, "versions");
	const PsVersionType *type = ps_version_type(ps_json_text(input, "input_scheme"));
	guint wrong = 0;

	assert_non_null(type);
	if (cJSON_IsBool(expected)) {
		const char *a = versions->child->valuestring,
			   *b = versions->child->next->valuestring;
		gboolean equal = type->compare(a, b) == 0;
		wrong = equal != cJSON_IsTrue(expected);
		if (wrong)
			printf("# %s: “%s” and “%s” came out as %s\n", file, a, b,
			       equal ? "equal" : "different");
		return wrong;
	}
	for (const cJSON *item = expected->child; item->next; item = item->next) {
		int order = type->compare(item->valuestring, item->next->valuestring);
		if (order > 0)
			printf("# %s: “%s” came out behind “%s”\n", file, item->valuestring,
			       item->next->valuestring);
		wrong += order > 0;
	}
	return wrong;
}

static void
run_cases(const char *file)
{
	g_autofree char *path = g_build_filename(folder, file, NULL);
	g_autoptr(cJSON) root = ps_json_read_file(path, NULL, NULL);
	const cJSON *tests = cJSON_GetObjectItemCaseSensitive(root, "tests"), *test;
	guint wrong = 0, run = 0;

	assert_non_null(tests);
	cJSON_ArrayForEach (test, tests) {
		run++;
		wrong += run_case(file, test);
	}
	printf("# %s: %u of %u\n", file, run - wrong, run);
	assert_int_equal(wrong, 0);
}

static void
order__cases_of_the_specification__as_they_say(void **state)
{
	static const char *const files[] = {
		"alpine_version_cmp_test.json", "alpm_version_cmp_test.json",
		"conan_version_cmp_test.json",  "datetime_version_cmp_test.json",
		"gentoo_version_cmp_test.json", "lexicographic-test.json",
		"maven_version_cmp_test.json",  "nuget_version_cmp_test.json",
		"openssl_version_cmp_test.json"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(files); i++)
		run_cases(files[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order__osv_lines__as_they_say),
		cmocka_unit_test(order__cases_of_the_specification__as_they_say),
	};
	const char *shared = g_getenv("PSIRTDESK_SHARED");

	folder = shared ? g_build_filename(shared, "data", "vers", NULL) : NULL;
	if (!folder || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		printf("1..0 # SKIP the shared cases are not here\n");
		return 0;
	}
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	g_free(folder);
	return failed;
}
