#include "config.h"

#include "tests/conformance/csaf-cases.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

static char *
data_folder(const char *version)
{
	const char *folder = g_getenv("PSIRTDESK_SHARED");

	return g_build_filename(folder ? folder : ".", "data", "csaf", version, "test", "validator",
				"data", NULL);
}

static cJSON *
read_cases(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "testcases.json", NULL);

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return ps_json_read_file(path, NULL, NULL);
	print_message("# testcases.json is not here: skipped\n");
	return NULL;
}

static PsCsafReport *
check_file(const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) document = ps_json_read_file(path, &ps_csaf_limits, &error);
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
	return !g_ptr_array_find_with_equal_func(report->not_run, test, g_str_equal, NULL);
}

static void
tell(const PsCsafReport *report)
{
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		print_error("    %s %s %s\n", finding->test, finding->pointer, finding->message);
	}
}

static gboolean
is_exception(const PsCsafCases *cases, const char *test, const char *file, gboolean places)
{
	for (const PsCsafException *row = cases->exceptions; row && row->file; row++)
		if (row->places == places && g_strcmp0(row->test, test) == 0 &&
		    g_str_equal(row->file, file))
			return TRUE;
	return FALSE;
}

/* ---- places ---- */

static GHashTable *
places_found(const PsCsafReport *report, const char *test)
{
	GHashTable *places = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (g_str_equal(finding->test, test))
			g_hash_table_add(places, finding->pointer);
	}
	return places;
}

static int
check_places(const PsCsafCases *cases, const PsCsafReport *report, const char *file,
	     const cJSON *result)
{
	static const char *const lists[] = {"errors", "warnings", "infos"};
	const char *test = ps_json_text(result, "id");
	const cJSON *item;
	int wrong = 0;

	if (!test || !is_run(report, test) || is_exception(cases, test, file, TRUE))
		return 0;
	g_autoptr(GHashTable) places = places_found(report, test);
	g_autoptr(GHashTable) expected = g_hash_table_new(g_str_hash, g_str_equal);
	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(result, lists[i])) {
			const char *place = ps_json_text(item, "instance_path");
			g_hash_table_add(expected, (gpointer)place);
			if (!g_hash_table_contains(places, place)) {
				print_error("%s: %s finds nothing at %s\n", file, test, place);
				wrong++;
			}
		}
	if (g_hash_table_size(places) > g_hash_table_size(expected)) {
		print_error("%s: %s finds more than it should\n", file, test);
		wrong++;
	}
	return wrong;
}

static int
check_result(const PsCsafCases *cases, const char *folder, const cJSON *item,
	     const PsCsafReport *report)
{
	const char *name = ps_json_text(item, "result");
	const cJSON *other;

	if (!name)
		return 0;
	g_autofree char *path = g_build_filename(folder, name, NULL);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return 0;
	g_autoptr(cJSON) result = ps_json_read_file(path, NULL, NULL);
	int wrong = check_places(cases, report, ps_json_text(item, "name"),
				 cJSON_GetObjectItemCaseSensitive(result, "primary_result"));
	cJSON_ArrayForEach (other, cJSON_GetObjectItemCaseSensitive(result, "secondary_results"))
		wrong += check_places(cases, report, ps_json_text(item, "name"), other);
	return wrong;
}

/* ---- cases ---- */

static gboolean
lacks_mandatory(const PsCsafCases *cases, const PsCsafReport *report)
{
	const PsCsafTestInfo *info;

	for (gsize i = 0; (info = ps_csaf_test_info(cases->version, i)); i++)
		if (info->level == PS_CSAF_MANDATORY && !is_run(report, info->id))
			return TRUE;
	return FALSE;
}

/* Number of things that are not as they should be. */
static int
check_case(const PsCsafCases *cases, const char *folder, const char *test, const cJSON *item,
	   gboolean must_fail)
{
	const char *name = ps_json_text(item, "name");
	gboolean valid = ps_json_flag(item, "valid");
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(PsCsafReport) report = check_file(path);
	int wrong = 0;

	if (is_run(report, test) && fails(report, test) != must_fail &&
	    !is_exception(cases, test, name, FALSE)) {
		print_error("%s: %s %s\n", name, test, must_fail ? "passes" : "fails");
		wrong++;
	}
	/* what only a test finds that is not built can't be expected */
	gboolean judged = valid || !lacks_mandatory(cases, report);
	if (judged && ps_csaf_report_is_valid(report) != valid &&
	    !is_exception(cases, NULL, name, FALSE)) {
		print_error("%s: valid should be %d\n", name, valid);
		wrong++;
	}
	wrong += check_result(cases, folder, item, report);
	if (wrong)
		tell(report);
	return wrong;
}

static int
check_list(const PsCsafCases *cases, const char *folder, const cJSON *test, const char *list,
	   int *seen)
{
	const cJSON *item;
	int wrong = 0;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(test, list)) {
		wrong += check_case(cases, folder, ps_json_text(test, "id"), item,
				    g_str_equal(list, "failures"));
		(*seen)++;
	}
	return wrong;
}

static void
tell_not_built(const char *version)
{
	g_autoptr(cJSON) empty = cJSON_CreateObject();
	cJSON *document = cJSON_AddObjectToObject(empty, "document");

	cJSON_AddStringToObject(document, "csaf_version", version);
	g_autoptr(PsCsafReport) report = ps_csaf_check(empty, PS_CSAF_ALL, NULL, NULL);
	assert_non_null(report);
	print_message("# %d tests are not run\n", (int)report->not_run->len);
}

int
ps_csaf_cases_check(const PsCsafCases *cases, int *seen)
{
	g_autofree char *folder = data_folder(cases->version);
	g_autoptr(cJSON) all = read_cases(folder);
	const cJSON *test;
	int wrong = 0;

	*seen = 0;
	cJSON_ArrayForEach (test, cJSON_GetObjectItemCaseSensitive(all, "tests")) {
		wrong += check_list(cases, folder, test, "failures", seen);
		wrong += check_list(cases, folder, test, "valid", seen);
	}
	print_message("# %d cases\n", *seen);
	tell_not_built(cases->version);
	return wrong;
}

gboolean
ps_csaf_cases_are_listed(const char *version)
{
	g_autofree char *folder = data_folder(version);
	g_autoptr(cJSON) cases = read_cases(folder);
	const PsCsafTestInfo *info;
	const cJSON *test;
	gsize i = 0;

	if (!cases)
		return TRUE;
	cJSON_ArrayForEach (test, cJSON_GetObjectItemCaseSensitive(cases, "tests")) {
		info = ps_csaf_test_info(version, i++);
		if (!info || g_strcmp0(info->id, ps_json_text(test, "id")) != 0)
			return FALSE;
	}
	return ps_csaf_test_info(version, i) == NULL;
}
