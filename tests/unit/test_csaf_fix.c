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

#include "advisory/csaf-mend.h"
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

#define CVSS3 VULNERABILITY "/metrics/0/content/cvss_v3"
#define CVSS4 VULNERABILITY "/metrics/0/content/cvss_v4"

static const Row rows_2_1[] = {
	{"schema",
	 {{"/$schema", NULL}},
	 "/$schema",
	 "\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json\""},
	{"schema", {{"/document/lang", "\"en_GB\""}}, "/document/lang", "\"en-GB\""},
	{"schema",
	 {{"/document/distribution/tlp/label", "\"WHITE\""}},
	 "/document/distribution/tlp/label",
	 "\"CLEAR\""},
	{"schema",
	 {{HELPER "/hashes/0/file_hashes/0/value",
	   "\"026A37919B182EF7C63791E82C9645E2F897A3F0B73C7A6028C7FEBF62E93838\""}},
	 HELPER "/hashes/0/file_hashes/0/value",
	 "\"026a37919b182ef7c63791e82c9645e2f897a3f0b73c7a6028c7febf62e93838\""},
	{"schema",
	 {{HELPER "/purls/0", "\"pkg:Generic/example/gateway@2.0\""}},
	 HELPER "/purls/0",
	 "\"pkg:generic/example/gateway@2.0\""},
	{"schema", {{"/document/x_house", "1"}}, "/document/x_house", NULL},
	{"schema", {{CVSS4 "/baseSeverity", NULL}}, CVSS4 "/baseSeverity", "\"HIGH\""},
	{"6.1.9", {{CVSS4 "/baseScore", "1.0"}}, CVSS4 "/baseScore", "8.6"},
	{"6.1.9", {{CVSS3 "/baseSeverity", "\"LOW\""}}, CVSS3 "/baseSeverity", "\"HIGH\""},
	{"6.1.10", {{CVSS3 "/scope", "\"CHANGED\""}}, CVSS3 "/scope", "\"UNCHANGED\""},
	{"6.1.11",
	 {{VULNERABILITY "/cwes/0/name", "\"Broken Signature\""}},
	 VULNERABILITY "/cwes/0/name",
	 "\"Improper Verification of Cryptographic Signature\""},
	{"6.1.16", {{TRACKING "/version", "\"1\""}}, TRACKING "/version", "\"2\""},
	{"6.1.28", {{"/document/source_lang", "\"en-GB\""}}, "/document/source_lang", NULL},
	{"6.1.37",
	 {{TRACKING "/current_release_date", "\"2026-11-02t10:00:00z\""}},
	 TRACKING "/current_release_date",
	 "\"2026-11-02T10:00:00Z\""},
	{"6.1.40",
	 {{"/document/distribution/sharing_group",
	   "{\"id\":\"6f1ddaa6-6cf7-4ddc-8a9e-bd47a4e5c0b2\",\"name\":\"No sharing allowed\"}"},
	  {"/document/distribution/tlp/label", "\"GREEN\""}},
	 "/document/distribution/sharing_group/name",
	 NULL},
	{"6.1.41",
	 {{"/document/distribution/sharing_group",
	   "{\"id\":\"ffffffff-ffff-ffff-ffff-ffffffffffff\",\"name\":\"All\"}"}},
	 "/document/distribution/sharing_group/name",
	 "\"Public\""},
	{"6.2.24",
	 {{VULNERABILITY "/cwes/0/version", "\"4.12\""}},
	 VULNERABILITY "/cwes/0/version",
	 "\"4.20\""},
	{"6.2.30",
	 {{"/document/distribution/sharing_group",
	   "{\"id\":\"ffffffff-ffff-ffff-ffff-ffffffffffff\",\"name\":\"Public\"}"}},
	 "/document/distribution/sharing_group",
	 NULL},
	{"6.3.11", {{VERSIONS "/0/name", "\"v2.0\""}}, VERSIONS "/0/name", "\"2.0\""},
};

static cJSON *
fixture(const char *name)
{
	g_autofree char *path =
		g_build_filename(g_getenv("SRCDIR"), "tests/fixtures/csaf", name, NULL);
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
assert_row(const char *name, const Row *row, int i)
{
	g_autoptr(cJSON) document = fixture(name);

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

static void
csaf_fix__each_fix__mends_its_finding_and_brings_no_error(void **state)
{
	(void)state;
	for (int i = 0; i < (int)G_N_ELEMENTS(rows); i++)
		assert_row("advisory.json", &rows[i], i);
	for (int i = 0; i < (int)G_N_ELEMENTS(rows_2_1); i++)
		assert_row("advisory-2-1.json", &rows_2_1[i], 1000 + i);
}

/* What loses something, or could be repaired in another way, waits to be chosen. */
static void
csaf_fix__a_choice__is_marked(void **state)
{
	static const struct {
		const char *test, *pointer, *value;
		gboolean choice;
	} cases[] = {
		{"6.2.20", "/document/x_house", "1", TRUE},
		{"6.2.20", "/document/Source-Lang", "\"de\"", FALSE},
		{"6.2.12", "/document/lang", NULL, TRUE},
		{"6.1.16", TRACKING "/version", "\"3\"", TRUE},
		{"6.1.16", TRACKING "/version", "\"1\"", FALSE},
		{"6.1.9", CVSS "/baseScore", "1", FALSE},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(cJSON) document = fixture("advisory.json");
		change(document, cases[i].pointer, cases[i].value);
		g_autoptr(PsCsafReport) report = check(document);
		g_autoptr(PsCsafFix) fix = fix_of(document, report, cases[i].test);
		assert_non_null(fix);
		assert_int_equal(fix->choice, cases[i].choice);
	}
}

static void
csaf_fix__what_cannot_be_known__has_no_fix(void **state)
{
	static const struct {
		const char *test, *pointer, *value;
	} cases[] = {
		{"6.1.1", VULNERABILITY "/threats/0/product_ids/0", "\"GW-99\""},
		{"6.1.11", VULNERABILITY "/cwe/id", "\"CWE-699\""},
		{"6.1.12", "/document/lang", "\"en-ZY\""},
		{"6.2.11", "/document/references/0/url", "\"http://example.com/other.json\""},
		{"6.1.22", TRACKING "/revision_history/0/number", "\"2\""},
		{"schema", "/document/title", NULL},
		{"schema", TRACKING "/status", "\"done\""},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(cJSON) document = fixture("advisory.json");
		change(document, cases[i].pointer, cases[i].value);
		g_autoptr(PsCsafReport) report = check(document);
		g_autoptr(PsCsafFix) fix = fix_of(document, report, cases[i].test);
		assert_true(count(report, cases[i].test) > 0);
		if (fix)
			fail_msg("%s has the fix “%s”", cases[i].test, fix->title);
	}
}

/* From outside come what the document does not say: its language, where it will be. */
static void
csaf_fix__options__are_used(void **state)
{
	const PsCsafFixOptions options = {"https://psirt.example/csaf/", "de"};
	g_autoptr(cJSON) document = fixture("advisory.json");

	(void)state;
	change(document, "/document/lang", NULL);
	change(document, "/document/references", NULL);
	g_autoptr(PsCsafReport) report = check(document);
	for (guint i = 0; i < report->findings->len; i++) {
		g_autoptr(PsCsafFix) fix =
			ps_csaf_fix(document, report->findings->pdata[i], &options);
		if (fix)
			assert_true(ps_csaf_fix_apply(document, fix));
	}
	assert_value(0, document, "/document/lang", "\"de\"");
	assert_value(0, document, "/document/references/0/url",
		     "\"https://psirt.example/csaf/exgw-2026-0001.json\"");
}

static void
csaf_fix__pairs__are_what_an_advisory_takes(void **state)
{
	g_autoptr(cJSON) document = fixture("advisory.json");

	(void)state;
	change(document, VULNERABILITY "/ids/-",
	       "{\"system_name\":\"MITRE\",\"text\":\"CVE-2026-10001\"}");
	g_autoptr(PsCsafReport) report = check(document);
	g_autoptr(PsCsafFix) fix = fix_of(document, report, "6.2.17");
	g_auto(GStrv) pairs = ps_csaf_fix_pairs(fix);
	assert_string_equal(pairs[0], VULNERABILITY "/ids/1");
	assert_string_equal(pairs[1], "");
	assert_null(pairs[2]);
}

/* Every value of another type, one after the other: fixes are made and applied without a crash. */
static void
spoil(cJSON *document, cJSON *holder)
{
	static const char *const wrong[] = {"null", "1", "\" x\"", "[]", "{}", "[null]"};

	for (cJSON *item = holder->child; item; item = item->next) {
		for (gsize w = 0; w < G_N_ELEMENTS(wrong); w++) {
			cJSON *other = cJSON_Parse(wrong[w]);
			cJSON saved = *item;
			item->type = other->type;
			item->child = other->child;
			item->valuestring = other->valuestring;
			g_autoptr(PsCsafReport) report = check(document);
			g_autoptr(cJSON) copy = cJSON_Duplicate(document, TRUE);
			for (guint i = 0; i < report->findings->len; i++) {
				g_autoptr(PsCsafFix) fix =
					ps_csaf_fix(document, report->findings->pdata[i], NULL);
				if (!fix)
					continue;
				/* on the document that it was made for it always can be */
				g_autoptr(cJSON) own = cJSON_Duplicate(document, TRUE);
				if (!ps_csaf_fix_apply(own, fix))
					fail_msg("“%s” can't be applied", fix->title);
				ps_csaf_fix_apply(copy, fix);
			}
			*item = saved;
			cJSON_Delete(other);
		}
		spoil(document, item);
	}
}

static void
csaf_fix__documents_of_any_form__are_survived(void **state)
{
	g_autoptr(cJSON) document = fixture("advisory.json");

	(void)state;
	spoil(document, document);
}

/* ---- whole documents ---- */

static PsCsafMending *
mend(const cJSON *document, const char *const *tests)
{
	g_autoptr(GError) error = NULL;
	PsCsafMending *mending = ps_csaf_mend(document, tests, NULL, NULL, &error);

	if (!mending)
		fail_msg("%s", error->message);
	return mending;
}

static void
csaf_mend__a_document_with_many_faults__is_valid_after(void **state)
{
	g_autoptr(cJSON) document = fixture("advisory.json");

	(void)state;
	change(document, CVSS "/baseScore", "\"1\"");
	change(document, CVSS "/baseSeverity", NULL);
	change(document, "/document/lang", "\"en_GB\"");
	change(document, "/document/acknowledgments", "[]");
	change(document, TRACKING "/version", "2");
	change(document, TRACKING "/initial_release_date", "\"2026-09-01 10:00:00z\"");
	for (int i = 0; i < 3; i++)
		change(document, VULNERABILITY "/flags/-", SAME_FLAG);
	change(document, "/aaa_last", "{}");
	g_autofree char *before = ps_json_print(document);
	g_autoptr(PsCsafMending) mending = mend(document, NULL);
	g_autofree char *after = ps_json_print(document);
	assert_string_equal(before, after);
	for (guint i = 0; i < mending->report->findings->len; i++) {
		const PsCsafFinding *finding = mending->report->findings->pdata[i];
		/* what would lose something is left */
		if (!g_str_equal(finding->test, "6.2.20"))
			fail_msg("%s: %s", finding->test, finding->message);
	}
	assert_int_equal(mending->choices, 1);
	assert_value(0, mending->document, CVSS "/baseScore", "7.2");
	assert_value(0, mending->document, VULNERABILITY "/flags/1", NULL);
	assert_value(0, mending->document, TRACKING "/version", "\"2\"");
}

static void
csaf_mend__a_test_by_name__mends_only_that_and_choices_too(void **state)
{
	static const char *const tests[] = {"6.2.20", NULL};
	g_autoptr(cJSON) document = fixture("advisory.json");

	(void)state;
	change(document, "/document/zzz", "1");
	change(document, "/document/yyy", "1");
	change(document, CVSS "/baseScore", "1");
	g_autoptr(PsCsafMending) mending = mend(document, tests);
	assert_int_equal(mending->mended->len, 2);
	assert_value(0, mending->document, "/document/zzz", NULL);
	assert_value(0, mending->document, "/document/yyy", NULL);
	assert_value(0, mending->document, CVSS "/baseScore", "1");
}

static void
csaf_mend__a_fix_that_brings_errors__is_not_kept(void **state)
{
	static const char *const tests[] = {"6.1.26", NULL};
	g_autoptr(cJSON) document = fixture("advisory.json");

	(void)state;
	change(document, "/document/category", "\"Informational-Advisory\"");
	g_autoptr(PsCsafMending) mending = mend(document, tests);
	assert_int_equal(mending->mended->len, 1);
	assert_false(((PsCsafMended *)mending->mended->pdata[0])->kept);
	assert_value(0, mending->document, "/document/category", "\"Informational-Advisory\"");
}

/* More findings of one test than a report keeps. */
static void
csaf_mend__more_faults_than_a_report_keeps__mends_them_all(void **state)
{
	g_autoptr(cJSON) document = fixture("advisory.json");
	cJSON *versions = ps_json_at(document, VERSIONS);
	const char *const tests[] = {"6.3.11", NULL};

	(void)state;
	for (int i = 0; i < 2 * PS_CSAF_FINDINGS_MAX; i++) {
		cJSON *version = cJSON_CreateObject(), *product = NULL;
		g_autofree char *id = g_strdup_printf("V-%d", i);
		g_autofree char *name = g_strdup_printf("v%d.0", i);
		cJSON_AddStringToObject(version, "category", "product_version");
		cJSON_AddStringToObject(version, "name", name);
		product = cJSON_AddObjectToObject(version, "product");
		cJSON_AddStringToObject(product, "name", name);
		cJSON_AddStringToObject(product, "product_id", id);
		cJSON_AddItemToArray(versions, version);
	}
	g_autoptr(PsCsafMending) mending = mend(document, tests);
	for (guint i = 0; i < mending->report->findings->len; i++)
		assert_string_not_equal(
			((PsCsafFinding *)mending->report->findings->pdata[i])->test, "6.3.11");
	assert_int_equal(mending->mended->len, 2 * PS_CSAF_FINDINGS_MAX);
	for (guint i = 0; i < mending->mended->len; i++)
		assert_true(((PsCsafMended *)mending->mended->pdata[i])->kept);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_fix__each_fix__mends_its_finding_and_brings_no_error),
		cmocka_unit_test(csaf_fix__a_choice__is_marked),
		cmocka_unit_test(csaf_fix__what_cannot_be_known__has_no_fix),
		cmocka_unit_test(csaf_fix__options__are_used),
		cmocka_unit_test(csaf_fix__pairs__are_what_an_advisory_takes),
		cmocka_unit_test(csaf_fix__documents_of_any_form__are_survived),
		cmocka_unit_test(csaf_mend__a_document_with_many_faults__is_valid_after),
		cmocka_unit_test(csaf_mend__a_test_by_name__mends_only_that_and_choices_too),
		cmocka_unit_test(csaf_mend__a_fix_that_brings_errors__is_not_kept),
		cmocka_unit_test(csaf_mend__more_faults_than_a_report_keeps__mends_them_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
