#include "config.h"

/* Quick fixes: a good document is spoiled in one place, the finding's fix is applied, and the
 * finding is gone without a new error. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "advisory/csaf-fix.h"
#include "base/error.h"

#define CHANGES 6

typedef struct {
	const char *test;
	struct {
		const char *pointer, *value; /* JSON; NULL: removed */
	} changes[CHANGES];
	/* after the fix; NULL: not there */
	const char *pointer, *value;
} Row;

#define VULNERABILITY "/vulnerabilities/0"
#define TRACKING "/document/tracking"
#define VERSIONS "/product_tree/branches/0/branches/0/branches"
#define HELPER VERSIONS "/0/product/product_identification_helper"
#define CVSS VULNERABILITY "/scores/0/cvss_v3"
#define SAME_FLAG                                                                                  \
	"{\"label\":\"vulnerable_code_not_present\",\"date\":\"2026-09-01T00:00:00Z\","            \
	"\"product_ids\":[\"GW-30\"]}"

static const Row rows[] = {
	{"6.1.9", {{CVSS "/baseScore", "7.3"}}, CVSS "/baseScore", "7.2"},
	{"6.1.9", {{CVSS "/baseSeverity", "\"LOW\""}}, CVSS "/baseSeverity", "\"HIGH\""},
	{"6.1.9", {{CVSS "/temporalScore", "1"}}, CVSS "/temporalScore", "7.2"},
	{"6.1.10", {{CVSS "/attackVector", "\"LOCAL\""}}, CVSS "/attackVector", "\"NETWORK\""},
	{"6.1.11",
	 {{VULNERABILITY "/cwe/name", "\"Broken Signature\""}},
	 VULNERABILITY "/cwe/name",
	 "\"Improper Verification of Cryptographic Signature\""},
	{"6.1.12", {{"/document/lang", "\"en_GB\""}}, "/document/lang", "\"en-GB\""},
	{"6.1.14",
	 {{TRACKING "/revision_history/0/date", "\"2026-11-02T10:00:01Z\""}},
	 TRACKING "/revision_history/1/date",
	 "\"2026-11-02T10:00:01Z\""},
	{"6.1.16",
	 {{TRACKING "/version", "\"3\""}},
	 TRACKING "/revision_history/2",
	 "{\"date\":\"2026-11-02T10:00:00Z\",\"number\":\"3\",\"summary\":\"Changes since version "
	 "2.\"}"},
	{"6.1.16", {{TRACKING "/version", "\"1\""}}, TRACKING "/version", "\"2\""},
	{"6.1.17",
	 {{TRACKING "/version", "\"2.0.0-rc.1\""},
	  {TRACKING "/revision_history/0/number", "\"1.0.0\""},
	  {TRACKING "/revision_history/1/number", "\"2.0.0\""}},
	 TRACKING "/status",
	 "\"draft\""},
	{"6.1.18",
	 {{TRACKING "/revision_history/-",
	   "{\"date\":\"2026-09-01T10:00:00Z\",\"number\":\"0\",\"summary\":\"Draft.\"}"}},
	 TRACKING "/revision_history/2",
	 NULL},
	{"6.1.19",
	 {{TRACKING "/version", "\"2.0.0\""},
	  {TRACKING "/revision_history/0/number", "\"1.0.0-rc.1\""},
	  {TRACKING "/revision_history/1/number", "\"2.0.0\""}},
	 TRACKING "/revision_history/0/number",
	 "\"1.0.0\""},
	{"6.1.20",
	 {{TRACKING "/version", "\"2.0.0-rc.1\""},
	  {TRACKING "/status", "\"draft\""},
	  {TRACKING "/revision_history/0/number", "\"1.0.0\""},
	  {TRACKING "/revision_history/1/number", "\"2.0.0\""},
	  {TRACKING "/status", "\"final\""}},
	 TRACKING "/version",
	 "\"2.0.0\""},
	{"6.1.21",
	 {{TRACKING "/version", "\"4\""}, {TRACKING "/revision_history/1/number", "\"4\""}},
	 TRACKING "/revision_history/3/number",
	 "\"3\""},
	{"6.1.22",
	 {{TRACKING "/revision_history/-",
	   "{\"summary\":\"The fix is available.\",\"number\":\"2\",\"date\":\"2026-11-02T11:00:00+"
	   "01:00\"}"}},
	 TRACKING "/revision_history/2",
	 NULL},
	{"6.1.26",
	 {{"/document/category", "\"CSAF Security-Advisory\""}},
	 "/document/category",
	 "\"csaf_security_advisory\""},
	{"6.1.30",
	 {{TRACKING "/revision_history/0/number", "\"1.0.0\""}},
	 TRACKING "/version",
	 "\"2.0.0\""},
	{"6.1.31",
	 {{VERSIONS "/0/name", "\"<= 2.0\""}},
	 VERSIONS "/0/category",
	 "\"product_version_range\""},
	{"6.1.33", {{VULNERABILITY "/flags/-", SAME_FLAG}}, VULNERABILITY "/flags/1", NULL},
	{"6.1.8", {{CVSS "/baseSeverity", NULL}}, CVSS "/baseSeverity", "\"HIGH\""},
	{"6.1.8", {{CVSS "/baseScore", NULL}}, CVSS "/baseScore", "7.2"},
	{"6.1.8", {{CVSS "/version", NULL}}, CVSS "/version", "\"3.1\""},
	{"6.1.8", {{CVSS "/version", "\"3.0\""}}, CVSS "/version", "\"3.1\""},
	{"6.1.8", {{CVSS "/attackVector", "\"Network\""}}, CVSS "/attackVector", "\"NETWORK\""},
	{"6.1.8",
	 {{CVSS "/vectorString", "\"AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H\""}},
	 CVSS "/vectorString",
	 "\"CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H\""},
	{"6.2.4",
	 {{TRACKING "/version", "\"2.0.0\""},
	  {TRACKING "/revision_history/0/number", "\"1.0.0+build.7\""},
	  {TRACKING "/revision_history/1/number", "\"2.0.0\""}},
	 TRACKING "/revision_history/0/number",
	 "\"1.0.0\""},
	{"6.2.17",
	 {{VULNERABILITY "/cve", NULL}, {VULNERABILITY "/ids/0/text", "\"CVE-2026-10001\""}},
	 VULNERABILITY "/cve",
	 "\"CVE-2026-10001\""},
	{"6.2.17",
	 {{VULNERABILITY "/ids/-", "{\"system_name\":\"MITRE\",\"text\":\"CVE-2026-10001\"}"}},
	 VULNERABILITY "/ids/1",
	 NULL},
	{"6.2.20",
	 {{VULNERABILITY "/discovery_date", NULL},
	  {VULNERABILITY "/discoveryDate", "\"2026-07-01T00:00:00Z\""}},
	 VULNERABILITY "/discovery_date",
	 "\"2026-07-01T00:00:00Z\""},
	{"6.3.2",
	 {{CVSS "/version", "\"3.0\""},
	  {CVSS "/vectorString", "\"CVSS:3.0/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H\""}},
	 CVSS "/vectorString",
	 "\"CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H\""},
	{"schema", {{"/document/csaf_version", NULL}}, "/document/csaf_version", "\"2.0\""},
	{"schema", {{TRACKING "/version", NULL}}, TRACKING "/version", "\"2\""},
	{"schema",
	 {{TRACKING "/initial_release_date", NULL}},
	 TRACKING "/initial_release_date",
	 "\"2026-10-01T10:00:00Z\""},
	{"schema",
	 {{TRACKING "/current_release_date", NULL}},
	 TRACKING "/current_release_date",
	 "\"2026-11-02T11:00:00+01:00\""},
	{"schema",
	 {{VULNERABILITY "/cwe/name", NULL}},
	 VULNERABILITY "/cwe/name",
	 "\"Improper Verification of Cryptographic Signature\""},
	{"schema",
	 {{"/document/publisher/category", "\"Vendor\""}},
	 "/document/publisher/category",
	 "\"vendor\""},
	{"schema",
	 {{"/document/distribution/tlp/label", "\"TLP:CLEAR\""}},
	 "/document/distribution/tlp/label",
	 "\"WHITE\""},
	{"schema", {{"/document/acknowledgments", "[]"}}, "/document/acknowledgments", NULL},
	{"schema",
	 {{VULNERABILITY "/title", "\" \""}, {VULNERABILITY "/title", "\"\""}},
	 VULNERABILITY "/title",
	 NULL},
	{"schema", {{VULNERABILITY "/title", "null"}}, VULNERABILITY "/title", NULL},
	{"schema", {{"/document/lang", "\"en_GB\""}}, "/document/lang", "\"en-GB\""},
	{"schema", {{TRACKING "/id", "\" EXGW-2026-0001\""}}, TRACKING "/id", "\"EXGW-2026-0001\""},
	{"schema", {{TRACKING "/version", "2"}}, TRACKING "/version", "\"2\""},
	{"schema", {{TRACKING "/version", "\"v2\""}}, TRACKING "/version", "\"2\""},
	{"schema", {{CVSS "/baseScore", "\"7.2\""}}, CVSS "/baseScore", "7.2"},
	{"schema", {{TRACKING "/aliases", "\"CASE-17\""}}, TRACKING "/aliases", "[\"CASE-17\"]"},
	{"schema",
	 {{VULNERABILITY "/cve", "\"cve-2026-10001\""}},
	 VULNERABILITY "/cve",
	 "\"CVE-2026-10001\""},
	{"schema", {{VULNERABILITY "/cwe/id", "\"347\""}}, VULNERABILITY "/cwe/id", "\"CWE-347\""},
	{"schema",
	 {{"/document/references/1/url", "\"https://example.com/release notes/2.1\""}},
	 "/document/references/1/url",
	 "\"https://example.com/release%20notes/2.1\""},
	{"schema",
	 {{TRACKING "/current_release_date", "\"2026-11-02 10:00:00Z\""}},
	 TRACKING "/current_release_date",
	 "\"2026-11-02T10:00:00Z\""},
	{"schema",
	 {{VULNERABILITY "/product_status/recommended", "[\"GW-21\",\"GW-21\"]"}},
	 VULNERABILITY "/product_status/recommended",
	 "[\"GW-21\"]"},
	{"6.1.25",
	 {{HELPER "/hashes/0/file_hashes/-",
	   "{\"value\":\"026a37919b182ef7c63791e82c9645e2f897a3f0b73c7a6028c7febf62e93838\","
	   "\"algorithm\":\"sha256\"}"}},
	 HELPER "/hashes/0/file_hashes/1",
	 NULL},
	{"6.1.28", {{"/document/source_lang", "\"en-gb\""}}, "/document/source_lang", NULL},
	{"6.2.5",
	 {{TRACKING "/initial_release_date", "\"2026-09-01T10:00:00Z\""}},
	 TRACKING "/initial_release_date",
	 "\"2026-10-01T10:00:00Z\""},
	{"6.2.6",
	 {{TRACKING "/current_release_date", "\"2026-11-01T10:00:00Z\""}},
	 TRACKING "/current_release_date",
	 "\"2026-11-02T11:00:00+01:00\""},
	{"6.2.11",
	 {{"/document/references/0/url", "\"https://example.com/csaf/white/2026/other.json\""}},
	 "/document/references/2/url",
	 "\"https://example.com/csaf/white/2026/exgw-2026-0001.json\""},
	{"6.2.12", {{"/document/lang", NULL}}, "/document/lang", "\"en\""},
	{"6.2.13", {{"/document/aaa", "1"}}, "/document/aaa", "1"},
	{"6.2.20", {{"/document/zzz", "1"}}, "/document/zzz", NULL},
	{"6.3.11", {{VERSIONS "/0/name", "\"v2.0\""}}, VERSIONS "/0/name", "\"2.0\""},
};

static cJSON *
fixture(void)
{
	g_autofree char *path =
		g_build_filename(g_getenv("SRCDIR"), "tests/fixtures/csaf/advisory.json", NULL);
	g_autoptr(GError) error = NULL;
	cJSON *document = ps_json_read_file(path, NULL, &error);

	if (!document)
		fail_msg("%s", error->message);
	return document;
}

static void
change(cJSON *document, const char *pointer, const char *value)
{
	g_autoptr(GPtrArray) edits = g_ptr_array_new();
	g_autofree char *place = g_strdup(pointer);
	g_autoptr(cJSON) item = value ? cJSON_Parse(value) : NULL;
	PsCsafEdit edit = {place, item};
	PsCsafFix fix = {NULL, edits, FALSE, FALSE};

	g_ptr_array_add(edits, &edit);
	assert_true(ps_csaf_fix_apply(document, &fix));
}

static PsCsafReport *
check(const cJSON *document)
{
	g_autoptr(GError) error = NULL;
	PsCsafReport *report = ps_csaf_check(document, PS_CSAF_ALL, NULL, &error);

	if (!report)
		fail_msg("%s", error->message);
	return report;
}

/* The fix of the first finding of a test that has one. */
static PsCsafFix *
fix_of(const cJSON *document, const PsCsafReport *report, const char *test)
{
	PsCsafFix *fix = NULL;

	for (guint i = 0; i < report->findings->len && !fix; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (g_str_equal(finding->test, test))
			fix = ps_csaf_fix(document, finding, NULL);
	}
	return fix;
}

static guint
count(const PsCsafReport *report, const char *test)
{
	guint found = 0;

	for (guint i = 0; i < report->findings->len; i++)
		found += g_str_equal(((PsCsafFinding *)report->findings->pdata[i])->test, test);
	return found;
}

static void
assert_value(int row, const cJSON *document, const char *pointer, const char *value)
{
	const cJSON *item = ps_json_at(document, pointer);
	g_autofree char *shown = item ? ps_json_print(item) : NULL;

	if (g_strcmp0(shown, value) != 0)
		fail_msg("row %d: %s is %s, not %s", row, pointer, shown ? shown : "absent",
			 value ? value : "absent");
}

static void
csaf_fix__each_fix__mends_its_finding_and_brings_no_error(void **state)
{
	(void)state;
	for (int i = 0; i < (int)G_N_ELEMENTS(rows); i++) {
		const Row *row = &rows[i];
		g_autoptr(cJSON) document = fixture();
		for (int c = 0; c < CHANGES && row->changes[c].pointer; c++)
			change(document, row->changes[c].pointer, row->changes[c].value);
		g_autoptr(PsCsafReport) before = check(document);
		g_autoptr(PsCsafFix) fix = fix_of(document, before, row->test);
		if (!fix)
			fail_msg("row %d: %s has no fix", i, row->test);
		assert_true(*fix->title);
		assert_true(ps_csaf_fix_is_known(row->test));
		if (!ps_csaf_fix_apply(document, fix))
			fail_msg("row %d: %s can't be applied", i, row->test);
		g_autoptr(PsCsafReport) after = check(document);
		if (count(after, row->test) >= count(before, row->test))
			fail_msg("row %d: %s still fails", i, row->test);
		if (!ps_csaf_report_is_valid(after))
			fail_msg("row %d: %s: now %s", i, row->test,
				 ((PsCsafFinding *)after->findings->pdata[0])->message);
		assert_value(i, document, row->pointer, row->value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_fix__each_fix__mends_its_finding_and_brings_no_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
