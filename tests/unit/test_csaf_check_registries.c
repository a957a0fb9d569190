#include "config.h"

/* The tests of CSAF 2.1 that look things up in registries or read a language of their own, on a
 * document of our own. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/unit/csaf-rows.h"

#define FIXTURE "advisory-2-1.json"
#define VULNERABILITY "/vulnerabilities/0"
#define STATUS VULNERABILITY "/product_status"
#define PRODUCT "/product_tree/branches/0/branches/0"
#define VERSIONS PRODUCT "/branches"
#define CONTENT VULNERABILITY "/metrics/0/content"
#define SSVC CONTENT "/ssvc_v2"
#define SPACE SSVC "/selections/0/namespace"
#define LICENCE "/document/license_expression"
#define LABEL "/document/distribution/tlp/label"
#define CWE VULNERABILITY "/cwes/0"

#define SCHEMA_OF(n)                                                                               \
	"https://raw.githubusercontent.com/oasis-tcs/csaf/refs/heads/master/csaf_2.1/extension/"   \
	"data/valid/documentation-" n "/documentation-" n "-content_1.0.0.json"
#define SENTENCE                                                                                   \
	"This extension is for documentation and test purposed only. It is valid. It is not "      \
	"allowed to be used in a production CSAF."
#define EXTENSION_WITH(n, category, critical, content)                                             \
	"{\"$schema\":\"" SCHEMA_OF(n) "\",\"category\":\"" category "\",\"content\":" content     \
				       ",\"critical\":" critical "}"
#define EXTENSION(n)                                                                               \
	EXTENSION_WITH(n, "significant", "false", "{\"documentation\":\"" SENTENCE "\"}")
#define UNKNOWN                                                                                    \
	"[{\"$schema\":\"https://example.com/x_1.0.0.json\",\"category\":\"significant\","         \
	"\"content\":{\"a\":1},\"critical\":false}]"
#define ONE "[" EXTENSION("11") "]"

#define RANGE(category, name, id)                                                                  \
	"{\"category\":\"product_version" category "\",\"name\":\"" name "\",\"product\":{"        \
	"\"name\":\"" id "\",\"product_id\":\"" id "\"}}"
#define DIVIDED(category, name, id)                                                                \
	"{\"branches\":[{\"category\":\"language\",\"name\":\"de\",\"product\":{\"name\":\"" id    \
	"\",\"product_id\":\"" id "\"}}],\"category\":\"product_version" category                  \
	"\",\"name\":\"" name "\"}"
/* The three versions of the fixture, of which two are others now. */
#define BESIDE(one, two)                                                                           \
	{                                                                                          \
		VERSIONS, "[" one "," two "," RANGE("", "99", "GW-30") "]"                         \
	}
#define NAME(value)                                                                                \
	{VERSIONS "/0/category", "\"product_version_range\""},                                     \
	{                                                                                          \
		VERSIONS "/0/name", "\"" value "\""                                                \
	}

static const PsCsafRow failing[] = {
	/* SSVC */
	{"6.1.46", {{SSVC "/selections", NULL}}},
	{"6.1.46", {{SSVC, "[]"}}},
	{"6.1.46", {{SSVC "/schemaVersion", "\"1.0.0\""}}},
	{"6.1.47", {{SSVC "/target_ids/0", "\"CVE-2026-1\""}}},
	{"6.1.47",
	 {{SSVC "/target_ids/0", "\"EXGW-2026-0001\""},
	  {VULNERABILITY "/ids/0/text", "\"EXGW-2026-0001\""},
	  {"/vulnerabilities/1", "{\"cve\":\"CVE-2026-10002\"}"}}},
	{"6.1.48", {{SSVC "/selections/0/values/0/key", "\"X\""}}},
	{"6.1.48", {{SSVC "/selections/0/values/0/name", "\"Any\""}}},
	{"6.1.48", {{SSVC "/selections/0/name", "\"Exploitability\""}}},
	{"6.1.48", {{SSVC "/selections/0/key", "\"EX\""}}},
	{"6.1.48", {{SSVC "/selections/0/version", "\"1.9.7\""}}},
	{"6.1.48", {{SSVC "/selections/0/values", "[{\"key\":\"A\"},{\"key\":\"N\"}]"}}},
	{"6.1.48", {{SSVC "/selections/0/values", "[{\"key\":\"N\"},{\"key\":\"N\"}]"}}},
	{"6.1.48", {{SPACE, "\"invalid\""}}},
	{"6.1.48",
	 {{SPACE, "\"ssvc//.example.test$en-GB\""}, {SSVC "/selections/0/values/0/key", "\"X\""}}},
	{"6.1.49", {{SSVC "/timestamp", "\"2026-11-02T10:00:00.001Z\""}}},
	{"6.1.49", {{SSVC "/timestamp", "\"2026-11-02T10:30:00+00:29\""}}},
	{"6.2.34", {{SPACE, "\"x_example.test#points\""}}},
	{"6.2.34", {{SPACE, "\"unheard-of\""}}},
	{"6.2.35", {{SPACE, "\"x_example.test#points\""}}},
	{"6.2.36", {{SPACE, "\"ssvc//.example.test#refined\""}}},
	{"6.2.37", {{SPACE, "\"house\""}}},
	{"6.2.37", {{SPACE, "\"ssvc//.example.test#refined\""}}},
	{"6.2.37",
	 {{SPACE, "\"x_example.test#points\""},
	  {SSVC "/decision_point_resources",
	   "[{\"summary\":\"About x_example.test#other\",\"uri\":\"https://example.com\"}]"}}},
	{"6.3.13", {{SSVC "/selections/0/version", "\"1.0.0\""}}},
	{"6.3.14", {{SPACE, "\"x_example.test#points\""}, {LABEL, "\"GREEN\""}}},
	{"6.3.15", {{SPACE, "\"ssvc/de-DE\""}, {LABEL, "\"GREEN\""}}},
	/* times */
	{"6.1.51", {{CONTENT "/epss/timestamp", "\"2026-11-03T00:00:00Z\""}}},
	{"6.1.52",
	 {{VULNERABILITY "/first_known_exploitation_dates/0/date", "\"2026-11-03T00:00:00Z\""}}},
	{"6.1.52",
	 {{VULNERABILITY "/first_known_exploitation_dates/0/exploitation_date",
	   "\"2026-11-03T00:00:00Z\""}}},
	{"6.1.53",
	 {{VULNERABILITY "/first_known_exploitation_dates/0/exploitation_date",
	   "\"2026-10-20T00:00:00.0001Z\""}}},
	{"6.2.41", {{CONTENT "/epss/timestamp", "\"2026-10-18T09:59:59Z\""}}},
	/* ranges */
	{"6.1.50", {NAME("all versions below 2")}},
	{"6.1.50", {NAME("vers:npm/>=2.0.0|<1.0.0")}},
	{"6.1.50", {NAME("vers:npm/*")}},
	{"6.1.59", {NAME("vers:intdot/2.0")}},
	{"6.1.59", {NAME("2.0")}},
	{"6.2.49", {NAME("vers:intdot/>=2.0")}},
	{"6.2.49", {NAME(">=2.0|!=2.1")}},
	{"6.2.51", {NAME("vers:gateway/<2.0")}},
	{"6.2.51", {NAME("vers:conan/<2.0")}},
	{"6.2.50.1",
	 {BESIDE(RANGE("_range", "vers:intdot/<2.1", "GW-20"),
		 RANGE("_range", "vers:intdot/>=2.0|<3", "GW-21"))}},
	{"6.2.50.1",
	 {BESIDE(DIVIDED("_range", "<2.1", "GW-20"),
		 RANGE("_range", "vers:intdot/>=2.0|<3", "GW-21"))}},
	{"6.2.50.2",
	 {BESIDE(RANGE("_range", "<2.1", "GW-20"), RANGE("_range", ">=2.0|<3", "GW-21"))}},
	{"6.2.50.3",
	 {BESIDE(RANGE("_range", "vers:intdot/<2.1", "GW-20"), RANGE("", "2.0", "GW-21"))}},
	{"6.2.50.3", {BESIDE(RANGE("", "2.0", "GW-21"), RANGE("_range", "<2.1", "GW-20"))}},
	{"6.3.19.1",
	 {BESIDE(RANGE("_range", "vers:intdot/<2.1", "GW-20"),
		 RANGE("_range", "vers:intdot/>=2.0|<3", "GW-21")),
	  {STATUS "/last_affected", "[\"GW-21\"]"}}},
	{"6.3.19.2",
	 {BESIDE(RANGE("_range", "<2.1", "GW-20"), RANGE("_range", ">=2.0|<3", "GW-21")),
	  {STATUS "/first_affected", "[\"GW-21\"]"}}},
	{"6.3.19.3",
	 {BESIDE(RANGE("_range", "<2.1", "GW-20"), RANGE("", "2.0", "GW-21")),
	  {STATUS "/first_affected", "[\"GW-21\"]"}}},
	{"6.3.19.4",
	 {BESIDE(DIVIDED("_range", "<2.1", "GW-20"), DIVIDED("_range", ">=2.0|<3", "GW-21"))}},
	{"6.3.19.5", {BESIDE(DIVIDED("", "2.0", "GW-20"), RANGE("_range", "<2.1", "GW-21"))}},
	/* licences */
	{"6.1.54", {{LICENCE, "\"All rights reserved.\""}}},
	{"6.1.54", {{LICENCE, "\"DocumentRef-a:LicenseRef-b\""}}},
	{"6.1.54", {{LICENCE, "\"licenseref-example.com-house\""}}},
	{"6.1.54", {{LICENCE, "\"(MIT OR Apache-2.0\""}}},
	{"6.1.55", {{LICENCE, "\"LicenseRef-example.com-house\""}}},
	{"6.1.55",
	 {{LICENCE, "\"MIT OR LicenseRef-example.com-house\""},
	  {"/document/notes/0/title", "\"License\""}}},
	{"6.1.55",
	 {{LICENCE, "\"LicenseRef-example.com-house\""},
	  {"/document/notes/2",
	   "{\"category\":\"legal_disclaimer\",\"text\":\"x\",\"title\":\"License\"}"},
	  {"/document/notes/3",
	   "{\"category\":\"legal_disclaimer\",\"text\":\"y\",\"title\":\"License\"}"}}},
	{"6.2.43", {{LICENCE, NULL}}},
	{"6.2.43", {{LICENCE, "\"\""}}},
	{"6.2.44", {{LICENCE, "\"MIT AND GPL-2.0+\""}}},
	{"6.2.44", {{LICENCE, "\"LicenseRef-scancode-aop-pd\""}}},
	{"6.2.45", {{LICENCE, "\"MIT-2\""}}},
	{"6.2.45", {{LICENCE, "\"GPL-2.0-only WITH MIT\""}}},
	{"6.2.45", {{LICENCE, "\"LicenseRef-scancode-no-such\""}}},
	{"6.2.46", {{LICENCE, "\"LicenseRef-example.com-house\""}, {"/document/lang", "\"de\""}}},
	{"6.3.17", {{LICENCE, "\"LicenseRef-example.com-house\""}}},
	/* weaknesses */
	/* the schema of an extension that is known counts, too */
	{"6.2.20",
	 {{"/x_extensions",
	   "[" EXTENSION_WITH("11", "significant", "false",
			      "{\"documentation\":\"" SENTENCE "\",\"other\":1}") "]"}}},
	{"6.2.20", {{"/x_extensions", UNKNOWN}}},
	{"6.2.23", {{CWE "/id", "\"CWE-596\""}}},
	{"6.2.24", {{CWE "/version", "\"4.19\""}}},
	{"6.2.24",
	 {{"/document/tracking/revision_history/1/date", "\"2026-04-29T10:00:00Z\""},
	  {"/document/tracking/revision_history/0/date", "\"2026-04-28T10:00:00Z\""}}},
	{"6.2.25", {{CWE "/id", "\"CWE-20\""}}},
	{"6.2.25", {{CWE "/id", "\"CWE-596\""}}},
	{"6.2.26", {{CWE "/id", "\"CWE-1023\""}}},
	/* words */
	{"6.2.47", {{CONTENT, "{\"qualitative_severity_rating\":\"high\"}"}}},
	{"6.2.47",
	 {{CONTENT, "{\"qualitative_severity_rating\":\"high\"}"},
	  {VULNERABILITY "/metrics/0/source",
	   "\"https://example.com/csaf/clear/2026/exgw-2026-0001.json\""}}},
	{"6.3.18",
	 {{CONTENT, "{\"qualitative_severity_rating\":\"high\"}"},
	  {VULNERABILITY "/metrics/0/source", "\"https://example.net/a\""}}},
	{"6.2.48", {{"/product_tree/branches/0/name", "\" open\\u00a0SOURCE\""}}},
	{"6.2.52",
	 {{VERSIONS "/0/product/product_identification_helper/hashes/0/file_hashes/0/algorithm",
	   "\"house-hash\""}}},
	{"6.2.53", {{VULNERABILITY "/ids/0/text", "\"EUVD-2026-1\""}}},
	{"6.2.53", {{VULNERABILITY "/ids/0/text", "\"EUVD-2026-12345\\n\""}}},
	{"6.3.20", {{VULNERABILITY "/ids/0/system_name", "\"EUVD IDs\""}}},
	{"6.3.20", {{VULNERABILITY "/ids/0/system_name", "\"House Tracker\""}}},
	/* extensions */
	{"6.1.60.1", {{"/x_extensions", "[{\"a\":1}]"}}},
	{"6.1.60.1", {{VULNERABILITY "/x_extensions", "[1]"}}},
	{"6.1.60.2",
	 {{"/x_extensions",
	   "[" EXTENSION_WITH("12", "significant", "false", "{\"notes\":[\"x\"]}") "]"}}},
	{"6.1.60.2",
	 {{"/document/x_extensions",
	   "[" EXTENSION_WITH("12", "significant", "false",
			      "{\"documentation\":\"" SENTENCE "\",\"notes\":[\"\"]}") "]"}}},
	{"6.1.60.2",
	 {{CONTENT "/x_extensions",
	   "[" EXTENSION_WITH("11", "significant", "true", "{\"other\":1}") "]"}}},
	{"6.1.60.2",
	 {{"/x_extensions",
	   "[" EXTENSION_WITH(
		   "13", "essential", "true",
		   "{\"configuration_tree\":{\"configurations\":[{\"configuration_id\":"
		   "\"C\",\"details\":\"d\"}],\"relationships\":[{"
		   "\"configuration_reference\":\"C\",\"full_product_name\":{\"name\":"
		   "\"x\",\"product_id\":\"\"},\"product_reference\":\"GW-20\"}]}}") "]"}}},
	{"6.1.60.3", {{"/x_extensions", "[" EXTENSION("11") "," EXTENSION("11") "]"}}},
	{"6.1.60.3", {{"/x_extensions", "[" EXTENSION("11") "," EXTENSION("12") "]"}}},
	{"6.1.60.3", {{CONTENT "/x_extensions", "[" EXTENSION("12") "]"}}},
	{"6.1.60.3", {{VERSIONS "/0/product/x_extensions", "[" EXTENSION("13") "]"}}},
	{"6.2.54.1", {{"/x_extensions", ONE}}},
	{"6.2.54.1", {{"/x_extensions", UNKNOWN}}},
	{"6.2.54.2", {{"/x_extensions", ONE}}},
	{"6.2.54.3",
	 {{"/x_extensions", "[" EXTENSION_WITH("13", "essential", "true", "{\"a\":1}") "]"}}},
	{"6.2.54.4", {{"/x_extensions", ONE}}},
	{"6.3.21.1",
	 {{"/x_extensions", "[" EXTENSION_WITH("13", "essential", "true", "{\"a\":1}") "]"}}},
	{"6.3.21.2", {{"/x_extensions", ONE}, {LABEL, "\"GREEN\""}}},
	{"6.3.21.3", {{"/document/x_extensions", ONE}}},
	{"6.3.21.4", {{VERSIONS "/0/product/x_extensions", ONE}}},
	{"6.3.21.5", {{"/product_tree/full_product_names/0/x_extensions", ONE}}},
	{"6.3.21.6", {{"/product_tree/product_paths/0/full_product_name/x_extensions", ONE}}},
	{"6.3.21.7", {{CONTENT "/x_extensions", ONE}}},
	{"6.3.21.8", {{VULNERABILITY "/x_extensions", ONE}}},
	{"6.3.21.9", {{"/x_extensions", ONE}}},
};

/* The test must not fail after these changes. */
static const PsCsafRow passing[] = {
	{"6.1.47",
	 {{SSVC "/target_ids/0", "\"EXGW-2026-0001\""},
	  {VULNERABILITY "/ids/0/text", "\"EXGW-2026-0001\""}}},
	{"6.1.48", {{SSVC "/selections/0/values", "[{\"key\":\"N\"},{\"key\":\"A\"}]"}}},
	{"6.1.48", {{SPACE, "\"x_example.test#points\""}}},
	{"6.1.48", {{SPACE, "\"test\""}, {SSVC "/selections/0/key", "\"ANY\""}}},
	{"6.1.48",
	 {{SPACE, "\"ssvc//.example.test$de-DE\""},
	  {SSVC "/selections/0/name", "\"Ausnutzung\""},
	  {SSVC "/selections/0/values/0/name", "\"Keine\""}}},
	{"6.1.49",
	 {{SSVC "/timestamp", "\"2026-11-03T00:00:00Z\""},
	  {"/document/tracking/status", "\"draft\""}}},
	{"6.1.49", {{SSVC "/timestamp", "\"2026-11-02T10:30:00+00:30\""}}},
	{"6.1.50", {NAME("vers:all/*")}},
	{"6.1.50", {NAME("vers:gateway/<10|>9")}},
	{"6.1.50", {NAME(">10.9a|!=10.9c|<=10.9k")}},
	{"6.1.52",
	 {{VULNERABILITY "/first_known_exploitation_dates/0/date", "\"2026-11-03T00:00:00Z\""},
	  {"/document/tracking/status", "\"draft\""}}},
	{"6.1.54", {{LICENCE, "\"(MIT or (Apache-2.0 AND LicenseRef-a-b))\""}}},
	{"6.1.54", {{LICENCE, "\"(MIT)OR(Apache-2.0)\""}}},
	{"6.1.54", {{LICENCE, "\"GPL-2.0-only+ WITH AdditionRef-a-b\""}}},
	{"6.1.55", {{LICENCE, "\"LicenseRef-scancode-public-domain\""}}},
	{"6.1.55", {{LICENCE, "\"LicenseRef-example.com-house\""}, {"/document/lang", "\"de\""}}},
	{"6.1.59", {NAME("vers:intdot/2.0|2.1")}},
	{"6.1.60.2", {{"/x_extensions", "[" EXTENSION("12") "]"}}},
	{"6.1.60.2", {{"/x_extensions", UNKNOWN}}},
	/* an extension that is known may define products */
	{"6.1.1",
	 {{"/x_extensions",
	   "[" EXTENSION_WITH(
		   "13", "essential", "true",
		   "{\"configuration_tree\":{\"configurations\":[{\"configuration_id\":"
		   "\"C\",\"details\":\"d\"}],\"relationships\":[{"
		   "\"configuration_reference\":\"C\",\"full_product_name\":{\"name\":"
		   "\"x\",\"product_id\":\"GW-20-C\"},\"product_reference\":\"GW-20\"}]}}") "]"},
	  {STATUS "/last_affected", "[\"GW-20-C\"]"}}},
	{"6.1.60.3", {{"/x_extensions", ONE}, {"/document/x_extensions", "[" EXTENSION("12") "]"}}},
	{"6.2.20",
	 {{"/x_extensions",
	   "[" EXTENSION_WITH("12", "significant", "false", "{\"notes\":[\"x\"]}") "]"}}},
	{"6.2.24",
	 {{CWE "/version", "\"4.19.1\""},
	  {"/document/tracking/revision_history/1/date", "\"2026-04-29T10:00:00Z\""},
	  {"/document/tracking/revision_history/0/date", "\"2026-04-28T10:00:00Z\""}}},
	/* it may have come out after our list */
	{"6.2.24", {{CWE "/version", "\"4.21\""}}},
	{"6.2.25", {{CWE "/id", "\"CWE-1023\""}}},
	{"6.2.26", {{CWE "/id", "\"CWE-1023\""}, {CWE "/version", "\"4.11\""}}},
	{"6.2.34", {{SPACE, "\"nist#800-30\""}}},
	{"6.2.34", {{SPACE, "\"example//.example.test#a\""}}},
	{"6.2.35", {{SPACE, "\"x_example.test#points\""}, {LABEL, "\"RED\""}}},
	{"6.2.37",
	 {{SPACE, "\"x_example.test#points\""},
	  {SSVC "/decision_point_resources",
	   "[{\"summary\":\"About x_example.test#points\",\"uri\":\"https://example.com\"}]"}}},
	{"6.2.41", {{CONTENT "/epss/timestamp", "\"2026-10-18T10:00:00Z\""}}},
	{"6.2.45", {{LICENCE, "\"LicenseRef-scancode-asn1cc-exception-gpl-2.0\""}}},
	{"6.2.45", {{LICENCE, "\"mit OR LicenseRef-other.example-licence\""}}},
	{"6.2.47",
	 {{CONTENT, "{\"qualitative_severity_rating\":\"high\"}"},
	  {VULNERABILITY "/metrics/0/source", "\"https://example.net/a\""}}},
	{"6.2.48", {{"/product_tree/branches/0/name", "\"Open Source Ltd.\""}}},
	{"6.2.49", {NAME("<1.2|=4.2")}},
	{"6.2.50.1",
	 {BESIDE(RANGE("_range", "vers:intdot/<2.0", "GW-20"),
		 RANGE("_range", "vers:intdot/>=2.0|<3", "GW-21"))}},
	{"6.2.50.3",
	 {BESIDE(RANGE("_range", "vers:intdot/!=2.0|<2.1", "GW-20"), RANGE("", "2.0", "GW-21"))}},
	{"6.2.51", {NAME("vers:generic/<2")}},
	{"6.2.51", {NAME("<2")}},
	{"6.2.53", {{VULNERABILITY "/ids/0/system_name", "\"House Tracker\""}}},
	{"6.2.54.4", {{"/x_extensions", ONE}, {LABEL, "\"GREEN\""}}},
	{"6.3.19.3",
	 {BESIDE(RANGE("_range", "<2.1", "GW-20"), RANGE("", "2.0", "GW-21")),
	  {STATUS "/first_fixed", "[\"RACK-GW-21\"]"}}},
};

static PsCsafReport *
check_row(const PsCsafRow *row, int levels)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	for (int c = 0; c < PS_CSAF_CHANGES && row->changes[c].pointer; c++)
		ps_csaf_change(document, row->changes[c].pointer, row->changes[c].value);
	return ps_csaf_check_or_fail(document, levels);
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
registries__each_test__fails_on_its_change(void **state)
{
	(void)state;
	ps_csaf_assert_rows(FIXTURE, failing, G_N_ELEMENTS(failing));
}

static void
registries__each_test__passes_where_it_should(void **state)
{
	(void)state;
	ps_csaf_assert_passes(FIXTURE, passing, G_N_ELEMENTS(passing));
}

/* What the standard wants said about what is not supported, also when only errors are asked for. */
static void
registries__what_is_unknown__is_a_warning_that_names_it(void **state)
{
	static const struct {
		PsCsafRow row;
		const char *name;
	} rows[] = {
		{{"6.1.50", {NAME("vers:gateway/<2.0")}}, "gateway"},
		{{"6.1.60.2", {{"/x_extensions", UNKNOWN}}}, "https://example.com/x_1.0.0.json"},
		{{"6.1.60.3", {{"/x_extensions", UNKNOWN}}}, "https://example.com/x_1.0.0.json"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(PsCsafReport) report =
			check_row(&rows[i].row, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY);
		const PsCsafFinding *finding = finding_of(report, rows[i].row.test);
		assert_non_null(finding);
		assert_int_equal(finding->level, PS_CSAF_OPTIONAL);
		assert_non_null(strstr(finding->message, rows[i].name));
		assert_true(ps_csaf_report_is_valid(report));
	}
}

static void
registries__a_language_without_wording__is_told_and_not_run(void **state)
{
	static const PsCsafRow row = {"6.2.46",
				      {{LICENCE, "\"LicenseRef-example.com-house\""},
				       {"/document/lang", "\"tlh\""}}};
	g_autoptr(PsCsafReport) report = check_row(&row, PS_CSAF_ALL);
	const PsCsafFinding *finding = finding_of(report, "6.2.46");

	(void)state;
	assert_non_null(finding);
	assert_int_equal(finding->level, PS_CSAF_INFORMATIVE);
	assert_true(g_ptr_array_find_with_equal_func(report->not_run, "6.2.46", g_str_equal, NULL));
}

/* Many ranges beside each other: bounded work, and it is told. */
static void
registries__thousands_of_ranges__are_not_all_compared(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);
	cJSON *versions = ps_json_at(document, VERSIONS);

	(void)state;
	for (int i = 0; i < 3000; i++) {
		g_autofree char *text = g_strdup_printf(
			"{\"category\":\"product_version_range\",\"name\":\"vers:intdot/>=%d|<%d\","
			"\"product\":{\"name\":\"R%d\",\"product_id\":\"R%d\"}}",
			i, i + 1, i, i);
		cJSON_AddItemToArray(versions, cJSON_Parse(text));
	}
	gint64 start = g_get_monotonic_time();
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
	const PsCsafFinding *finding = finding_of(report, "6.3.19.4");
	assert_non_null(finding);
	assert_string_equal(finding->pointer, "/product_tree");
	/* not quadratic; far above what it takes */
	assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
}

static void
registries__values_of_any_type__are_survived(void **state)
{
	static const char *const extended[] = {VERSIONS "/0/product", CONTENT, "/document"};
	static const char *const odd[] = {"1",      "\"x\"", "{}",
					  "[null]", "[[]]",  "[{\"$schema\":1}]"};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(extended); i++)
		for (gsize k = 0; k < G_N_ELEMENTS(odd); k++) {
			g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);
			g_autofree char *place = g_strconcat(extended[i], "/x_extensions", NULL);
			ps_csaf_change(document, place, odd[k]);
			g_autoptr(PsCsafReport) report =
				ps_csaf_check_or_fail(document, PS_CSAF_ALL);
			assert_true(ps_csaf_report_count(report, PS_CSAF_SCHEMA) > 0);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registries__each_test__fails_on_its_change),
		cmocka_unit_test(registries__each_test__passes_where_it_should),
		cmocka_unit_test(registries__what_is_unknown__is_a_warning_that_names_it),
		cmocka_unit_test(registries__a_language_without_wording__is_told_and_not_run),
		cmocka_unit_test(registries__thousands_of_ranges__are_not_all_compared),
		cmocka_unit_test(registries__values_of_any_type__are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
