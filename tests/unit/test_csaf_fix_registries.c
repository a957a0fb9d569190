#include "config.h"

/* Quick fixes of findings against registries: a good document of CSAF 2.1 is spoiled, the finding's
 * fix is applied, and the finding is gone. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "advisory/csaf-fix.h"
#include "tests/unit/csaf-rows.h"

#define SSVC "/vulnerabilities/0/metrics/0/content/ssvc_v2"
#define VALUES SSVC "/selections/0/values"
#define BRANCH "/product_tree/branches/0/branches/0/branches/0"
#define RANGE                                                                                      \
	{                                                                                          \
		BRANCH "/category", "\"product_version_range\""                                    \
	}

typedef struct {
	PsCsafRow row;
	/* after the fix; NULL: not there */
	const char *pointer, *value;
} Row;

static const Row rows[] = {
	{{"6.1.47", {{SSVC "/target_ids/0", "\"CVE-2026-1\""}}}, SSVC "/target_ids", NULL},
	{{"6.1.47", {{SSVC "/target_ids/1", "\"CVE-2026-1\""}}},
	 SSVC "/target_ids",
	 "[\"CVE-2026-10001\"]"},
	{{"6.1.48", {{VALUES, "[{\"key\":\"A\"},{\"key\":\"N\"},{\"key\":\"A\"}]"}}},
	 VALUES,
	 "[{\"key\":\"N\"},{\"key\":\"A\"}]"},
	{{"6.1.50", {RANGE, {BRANCH "/name", "\"vers:npm/< 2.0.0|>=1.0.0\""}}},
	 BRANCH "/name",
	 "\"vers:npm/>=1.0.0|<2.0.0\""},
	{{"6.1.59", {RANGE, {BRANCH "/name", "\"vers:intdot/2.0\""}}}, BRANCH "/name", "\"2.0\""},
	{{"6.1.59", {RANGE, {BRANCH "/name", "\"vers:intdot/2.0\""}}},
	 BRANCH "/category",
	 "\"product_version\""},
	{{"6.2.24", {{"/vulnerabilities/0/cwes/0/version", "\"4.19\""}}},
	 "/vulnerabilities/0/cwes/0/version",
	 "\"4.20\""},
	{{"6.3.20", {{"/vulnerabilities/0/ids/0/system_name", "\"euvd ids\""}}},
	 "/vulnerabilities/0/ids/0/system_name",
	 "\"https://euvd.enisa.europa.eu\""},
};

/* These have no mechanical repair. */
static const PsCsafRow without[] = {
	{"6.1.48", {{VALUES, "[{\"key\":\"X\"}]"}}},
	{"6.1.50", {RANGE, {BRANCH "/name", "\"vers:npm/<1.0.0|<2.0.0\""}}},
	{"6.3.20", {{"/vulnerabilities/0/ids/0/system_name", "\"House Tracker\""}}},
};

static cJSON *
spoiled(const PsCsafRow *row)
{
	cJSON *document = ps_csaf_fixture("advisory-2-1.json");

	for (int c = 0; c < PS_CSAF_CHANGES && row->changes[c].pointer; c++)
		ps_csaf_change(document, row->changes[c].pointer, row->changes[c].value);
	return document;
}

static const PsCsafFinding *
finding_of(const PsCsafReport *report, const char *test)
{
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (g_str_equal(finding->test, test))
			return finding;
	}
	return NULL;
}

static void
fix__each_row__mends_its_finding(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const PsCsafRow *row = &rows[i].row;
		g_autoptr(cJSON) document = spoiled(row);
		g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
		const PsCsafFinding *finding = finding_of(report, row->test);
		assert_non_null(finding);
		g_autoptr(PsCsafFix) fix = ps_csaf_fix(document, finding, NULL);
		if (!fix)
			fail_msg("row %d: %s at %s has no fix", (int)i, row->test,
				 finding->pointer);
		assert_true(*fix->title);
		assert_true(ps_csaf_fix_apply(document, fix));
		g_autoptr(PsCsafReport) after = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
		if (finding_of(after, row->test))
			fail_msg("row %d: %s still fails", (int)i, row->test);
		g_autoptr(cJSON) wanted = rows[i].value ? cJSON_Parse(rows[i].value) : NULL;
		const cJSON *value = ps_json_at(document, rows[i].pointer);
		assert_true(wanted ? cJSON_Compare(value, wanted, TRUE) : value == NULL);
	}
}

static void
fix__what_needs_a_person__is_not_offered(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(without); i++) {
		g_autoptr(cJSON) document = spoiled(&without[i]);
		g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
		const PsCsafFinding *finding = finding_of(report, without[i].test);
		assert_non_null(finding);
		g_autoptr(PsCsafFix) fix = ps_csaf_fix(document, finding, NULL);
		if (fix)
			fail_msg("row %d: %s", (int)i, fix->title);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fix__each_row__mends_its_finding),
		cmocka_unit_test(fix__what_needs_a_person__is_not_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
