#include "config.h"

/* The tests of CSAF 2.1 that follow those of 2.0 or look at the document's own structure, on a
 * document of our own. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "advisory/csaf-node.h"
#include "tests/unit/csaf-rows.h"

#define FIXTURE "advisory-2-1.json"
#define VULNERABILITY "/vulnerabilities/0"
#define STATUS VULNERABILITY "/product_status"
#define TRACKING "/document/tracking"
#define VERSIONS "/product_tree/branches/0/branches/0/branches"
#define HELPER VERSIONS "/0/product/product_identification_helper"
#define PATHS "/product_tree/product_paths"
#define METRICS VULNERABILITY "/metrics"
#define CONTENT METRICS "/0/content"
#define CVSS CONTENT "/cvss_v4"
#define DISTRIBUTION "/document/distribution"
#define SHA1 "{\"algorithm\":\"sha1\",\"value\":\"e067035314dd8673fe1c9fc6b01414fe0950fdc4\"}"
#define MAX_UUID "\"ffffffff-ffff-ffff-ffff-ffffffffffff\""
#define NIL_UUID "\"00000000-0000-0000-0000-000000000000\""
#define OTHER_UUID "\"86c81730-1a06-478d-82d4-978e41eb332f\""
#define SEMVER                                                                                     \
	"[{\"date\":\"2026-10-01T10:00:00Z\",\"number\":\"1.0.0\",\"summary\":\"First.\"},"        \
	"{\"date\":\"2026-11-02T10:00:00Z\",\"number\":\"2.0.0-rc.1+7\",\"summary\":\"Next.\"}]"

#define CVSS_2(version)                                                                            \
	"{\"cvss_v2\":{\"baseScore\":10,\"vectorString\":\"AV:N/AC:L/Au:N/C:C/I:C/A:C\","          \
	"\"version\":\"" version "\"}}"

#define PROFILE(name)                                                                              \
	{                                                                                          \
		"/document/category", "\"csaf_" name "\""                                          \
	}

static const PsCsafRow rows[] = {
	/* what only the schema of 2.1 says */
	{"schema", {{"/$schema", NULL}}},
	{"schema", {{"/document/x_house", "1"}}},
	{"schema", {{"/document/publisher/category", "\"seller\""}}},
	{"schema", {{DISTRIBUTION "/tlp", NULL}}},
	{"schema", {{DISTRIBUTION "/tlp/label", "\"WHITE\""}}},
	{"schema", {{DISTRIBUTION "/sharing_group", "{\"id\":\"x\"}"}}},
	{"schema", {{VERSIONS "/0/category", "\"legacy\""}}},
	{"schema", {{HELPER "/cpe", "\"xcpe:/a:b\""}}},
	{"schema", {{HELPER "/purls/0", "\"pkg:Generic/example@1\""}}},
	{"schema", {{HELPER "/hashes/0/file_hashes/0/algorithm", "\"SHA256\""}}},
	{"schema",
	 {{HELPER "/hashes/0/file_hashes/0/value", "\"ABCDEFABCDEFABCDEFABCDEFABCDEFAB\""}}},
	{"schema", {{PATHS "/0/subpaths", "[]"}}},
	{"schema", {{VULNERABILITY "/cwes/0/version", "\"4\""}}},
	{"schema", {{VULNERABILITY "/first_known_exploitation_dates/0/product_ids", NULL}}},
	{"schema", {{CVSS "/threatScore", "1"}}},
	{"schema", {{CVSS "/baseScore", "3.9"}}},
	{"schema", {{CVSS "/vectorString", "\"CVSS:4.0/AV:N\""}}},
	{"schema", {{CONTENT "/epss/probability", "\"1.5\""}}},
	{"schema", {{CONTENT "/ssvc_v2/selections/0/namespace", "\"SSVC\""}}},
	{"schema", {{CONTENT "/ssvc_v2/selections/0/version", "\"1\""}}},
	{"schema", {{CONTENT, "{}"}}},
	{"schema",
	 {{"/x_extensions",
	   "[{\"$schema\":\"https://example.com/x_1.0.0.json\",\"category\":\"essential\","
	   "\"content\":{\"a\":1},\"critical\":\"no\"}]"}}},
	{"schema",
	 {{"/x_extensions", "[{\"$schema\":\"https://example.com/x.json\",\"category\":"
			    "\"essential\",\"content\":{\"a\":1},\"critical\":true}]"}}},
	/* the numbers of 2.0 */
	{"6.1.1", {{VULNERABILITY "/ids/0/product_ids", "[\"GW-99\"]"}}},
	{"6.1.1", {{"/document/notes/1/product_ids/0", "\"GW-99\""}}},
	{"6.1.1", {{VULNERABILITY "/involvements/0/product_ids", "[\"GW-99\"]"}}},
	{"6.1.1", {{VULNERABILITY "/first_known_exploitation_dates/0/product_ids/0", "\"GW-99\""}}},
	{"6.1.1", {{PATHS "/0/subpaths/0/next_product_reference", "\"GW-99\""}}},
	{"6.1.1", {{METRICS "/0/products/0", "\"GW-99\""}}},
	{"6.1.1", {{STATUS "/unknown", "[\"GW-99\"]"}}},
	{"6.1.2", {{"/product_tree/full_product_names/0/product_id", "\"GW-20\""}}},
	{"6.1.3", {{PATHS "/0/beginning_product_reference", "\"RACK-GW\""}}},
	{"6.1.3",
	 {{PATHS "/0/beginning_product_reference", "\"RACK-GW-21\""},
	  {PATHS "/1/subpaths/0/next_product_reference", "\"RACK-GW\""}}},
	{"6.1.4", {{"/document/notes/1/group_ids", "[\"NONE\"]"}}},
	{"6.1.4", {{VULNERABILITY "/ids/0/group_ids", "[\"NONE\"]"}}},
	{"6.1.5", {{"/product_tree/product_groups/1/group_id", "\"OLD\""}}},
	{"6.1.6", {{STATUS "/unknown", "[\"GW-20\"]"}}},
	{"6.1.7",
	 {{METRICS "/1",
	   "{\"content\":{\"cvss_v4\":{\"baseScore\":8.7,\"baseSeverity\":\"HIGH\",\"vectorString\""
	   ":\"CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\",\"version\":"
	   "\"4.0\"}},\"products\":[\"GW-20\"]}"}}},
	{"6.1.7",
	 {{CONTENT, CVSS_2("2.5")},
	  {METRICS "/1", "{\"content\":" CVSS_2("2.5") ",\"products\":[\"GW-20\"]}"}}},
	{"6.1.8", {{CVSS "/baseSeverity", NULL}}},
	{"6.1.9", {{CVSS "/baseScore", "8.5"}}},
	{"6.1.9", {{CONTENT "/cvss_v3/baseScore", "7.3"}}},
	{"6.1.10", {{CVSS "/attackVector", "\"LOCAL\""}}},
	{"6.1.10",
	 {{CVSS "/Safety", "\"PRESENT\""},
	  {CVSS "/vectorString",
	   "\"CVSS:4.0/AV:N/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/S:N\""}}},
	{"6.1.11", {{VULNERABILITY "/cwes/0/name", "\"Broken Signature\""}}},
	{"6.1.11", {{VULNERABILITY "/cwes/0/id", "\"CWE-699\""}}},
	{"6.1.11", {{VULNERABILITY "/cwes/0/version", "\"1.99\""}}},
	{"6.1.11",
	 {{VULNERABILITY "/cwes/0/version", "\"99.0\""},
	  {TRACKING "/revision_history/1", NULL},
	  {TRACKING "/revision_history/0/date", "\"2025-01-01T00:00:00Z\""}}},
	{"6.1.12", {{"/document/lang", "\"EZ\""}}},
	{"6.1.12", {{"/document/lang", "\"de-1996-1901-1996\""}}},
	{"6.1.12", {{"/document/source_lang", "\"en-u-bb-U-cc\""}}},
	{"6.1.13", {{HELPER "/purls/0", "\"pkg:maven/no-namespace@1\""}}},
	{"6.1.13", {{HELPER "/purls/0", "\"pkg://generic/example/gateway@2.0\""}}},
	{"6.1.14", {{TRACKING "/revision_history/0/date", "\"2026-11-02T10:00:01Z\""}}},
	{"6.1.15", {{"/document/publisher/category", "\"translator\""}}},
	{"6.1.16", {{TRACKING "/version", "\"3\""}}},
	{"6.1.17",
	 {{TRACKING "/version", "\"0\""}, {TRACKING "/revision_history/1/number", "\"0\""}}},
	{"6.1.18", {{TRACKING "/revision_history/0/number", "\"0\""}}},
	{"6.1.19", {{TRACKING "/revision_history", SEMVER}}},
	{"6.1.20", {{TRACKING "/version", "\"2.0.0-rc.1\""}}},
	{"6.1.21",
	 {{TRACKING "/version", "\"3\""}, {TRACKING "/revision_history/1/number", "\"3\""}}},
	{"6.1.22", {{TRACKING "/revision_history/0/number", "\"2\""}}},
	{"6.1.23", {{VULNERABILITY "/../1", "{\"cve\":\"CVE-2026-10001\"}"}}},
	{"6.1.24",
	 {{VULNERABILITY "/involvements/1", "{\"date\":\"2026-08-02T01:00:00+01:00\",\"party\":"
					    "\"vendor\",\"status\":\"open\"}"}}},
	{"6.1.25",
	 {{HELPER "/hashes/0/file_hashes/1", SHA1},
	  {HELPER "/hashes/0/file_hashes/2",
	   "{\"algorithm\":\"sha1\",\"value\":\"f067035314dd8673fe1c9fc6b01414fe0950fdc4\"}"}}},
	{"6.1.26", {{"/document/category", "\"With\u2212drawn\""}}},
	{"6.1.26", {{"/document/category", "\"With\u02d7drawn\""}}},
	{"6.1.26",
	 {{"/document/category", "\"Security\xc2\x85"
				 "Advisory\""}}},
	{"6.1.26", {{"/document/category", "\"csaf_other\""}}},
	{"6.1.27.1",
	 {PROFILE("informational_advisory"),
	  {"/document/notes", "[{\"category\":\"faq\",\"text\":\"x\"}]"}}},
	{"6.1.27.2",
	 {PROFILE("informational_advisory"), {"/document/references/1/category", "\"self\""}}},
	{"6.1.27.3", {PROFILE("withdrawn")}},
	{"6.1.27.3", {PROFILE("superseded")}},
	{"6.1.27.4", {PROFILE("deprecated_security_advisory"), {"/product_tree", NULL}}},
	{"6.1.27.5", {PROFILE("deprecated_security_advisory"), {VULNERABILITY "/notes", NULL}}},
	{"6.1.27.6", {PROFILE("deprecated_security_advisory"), {STATUS, NULL}}},
	{"6.1.27.7", {PROFILE("vex"), {STATUS, "{\"recommended\":[\"GW-21\"]}"}}},
	{"6.1.27.8", {PROFILE("vex"), {VULNERABILITY "/cve", NULL}, {VULNERABILITY "/ids", NULL}}},
	{"6.1.27.8",
	 {PROFILE("vex"),
	  {VULNERABILITY "/cve", NULL},
	  {VULNERABILITY "/ids/0/group_ids", "[\"OLD\"]"}}},
	{"6.1.27.9", {PROFILE("vex"), {VULNERABILITY "/flags", NULL}}},
	{"6.1.27.10", {PROFILE("vex"), {VULNERABILITY "/remediations", NULL}}},
	{"6.1.27.11", {{"/vulnerabilities", NULL}}},
	{"6.1.28", {{"/document/source_lang", "\"en-gb\""}}},
	{"6.1.29", {{VULNERABILITY "/remediations/0/group_ids", NULL}}},
	{"6.1.30", {{TRACKING "/revision_history/0/number", "\"1.0.0\""}}},
	{"6.1.30", {{TRACKING "/version", "\"2.0.0\""}}},
	{"6.1.31", {{VERSIONS "/0/name", "\"2.0 and Earlier\""}}},
	{"6.1.31", {{VERSIONS "/0/name", "\"2.0 and\u00a0earlier\""}}},
	{"6.1.32", {{VULNERABILITY "/flags/0/product_ids", NULL}}},
	{"6.1.33",
	 {{VULNERABILITY "/flags/1",
	   "{\"label\":\"component_not_present\",\"product_ids\":[\"GW-30\"]}"}}},
	/* those that came with 2.1 */
	{"6.1.27.12", {{STATUS "/known_affected", NULL}}},
	{"6.1.27.13", {{STATUS "/known_affected", "[\"RACK-GW\"]"}}},
	{"6.1.27.13", {{STATUS "/known_affected", "[\"GW-20\"]"}}},
	{"6.1.27.14", {PROFILE("withdrawn"), {"/document/notes/1", NULL}}},
	{"6.1.27.15", {PROFILE("withdrawn")}},
	{"6.1.27.16", {PROFILE("superseded"), {TRACKING "/revision_history/0", NULL}}},
	{"6.1.27.17", {PROFILE("withdrawn")}},
	{"6.1.27.17",
	 {PROFILE("withdrawn"), {"/document/notes/0/title", "\"Reasoning for Withdrawal\""}}},
	{"6.1.27.18", {PROFILE("superseded")}},
	{"6.1.27.19", {PROFILE("superseded")}},
	{"6.1.35",
	 {{VULNERABILITY "/remediations/1", "{\"category\":\"no_fix_planned\",\"details\":\"x\","
					    "\"product_ids\":[\"GW-20\"]}"}}},
	{"6.1.36",
	 {{VULNERABILITY "/remediations/1",
	   "{\"category\":\"workaround\",\"details\":\"x\",\"product_ids\":[\"GW-30\"]}"}}},
	{"6.1.37", {{TRACKING "/initial_release_date", "\"2026-10-01t10:00:00Z\""}}},
	{"6.1.37", {{VULNERABILITY "/discovery_date", "\"2016-12-31T23:59:60Z\""}}},
	{"6.1.37", {{CONTENT "/epss/timestamp", "\"2026-11-02 00:00:00Z\""}}},
	{"6.1.38",
	 {{DISTRIBUTION "/sharing_group", "{\"id\":" MAX_UUID ",\"name\":\"Public\"}"},
	  {DISTRIBUTION "/tlp/label", "\"RED\""}}},
	{"6.1.39", {{DISTRIBUTION "/sharing_group", "{\"id\":" OTHER_UUID "}"}}},
	{"6.1.40",
	 {{DISTRIBUTION "/sharing_group", "{\"id\":" OTHER_UUID ",\"name\":\"Public\"}"}}},
	{"6.1.41", {{DISTRIBUTION "/sharing_group", "{\"id\":" MAX_UUID "}"}}},
	{"6.1.42", {{HELPER "/purls/1", "\"pkg:generic/example/gateway@2.1\""}}},
	{"6.1.43", {{HELPER "/model_numbers", "[\"A*B*\"]"}}},
	{"6.1.44", {{HELPER "/serial_numbers", "[\"*\\\\**\"]"}}},
	{"6.1.45", {{VULNERABILITY "/disclosure_date", "\"2026-11-02T10:00:00.1Z\""}}},
	{"6.1.56",
	 {{METRICS "/1", "{\"content\":{\"qualitative_severity_rating\":\"high\"},\"products\":["
			 "\"GW-20\"]}"}}},
	{"6.1.57", {{"/product_tree/branches/0/branches/0/category", "\"vendor\""}}},
	{"6.1.58", {{"/product_tree/branches/0/branches/0/category", "\"product_version_range\""}}},
	{"6.1.61", {{HELPER "/skus", "[\"1*0*\"]"}}},
	{"6.2.1",
	 {{STATUS "/known_not_affected", NULL},
	  {VULNERABILITY "/flags", NULL},
	  {"/document/notes/1/product_ids", "[\"GW-20\"]"}}},
	{"6.2.2", {{VULNERABILITY "/remediations", NULL}}},
	{"6.2.3", {{METRICS "/0/products/1", NULL}}},
	{"6.2.4", {{TRACKING "/revision_history", SEMVER}}},
	{"6.2.5", {{TRACKING "/initial_release_date", "\"2026-10-01T09:59:59Z\""}}},
	{"6.2.6", {{TRACKING "/current_release_date", "\"2026-11-02T09:59:59.999Z\""}}},
	{"6.2.7", {{VULNERABILITY "/involvements/0/date", NULL}}},
	{"6.2.8",
	 {{HELPER "/hashes/0/file_hashes/0",
	   "{\"algorithm\":\"md5\",\"value\":\"6ae24620ea9656230f49234efd078935\"}"}}},
	{"6.2.9", {{HELPER "/hashes/0/file_hashes/0", SHA1}}},
	{"6.2.11", {{"/document/references/0/url", "\"https://example.com/EXGW-2026-0001.json\""}}},
	{"6.2.12", {{"/document/lang", NULL}}},
	{"6.2.13", {{"/document/aaa", "1"}}},
	{"6.2.14", {{"/document/lang", "\"en-x-house\""}}},
	{"6.2.15", {{"/document/lang", "\"i-Default\""}}},
	{"6.2.16", {{VERSIONS "/1/product/product_identification_helper", NULL}}},
	{"6.2.17", {{VULNERABILITY "/ids/0/text", "\"CVE-2026-1234\""}}},
	{"6.2.18",
	 {{VERSIONS "/0/category", "\"product_version_range\""}, {VERSIONS "/0/name", "\"<2.1\""}}},
	{"6.2.19", {{METRICS "/0/products/0", "\"GW-21\""}}},
	{"6.2.20", {{CONTENT "/cvss_v3/house", "1"}}},
	{"6.2.21", {{TRACKING "/revision_history/0/date", "\"2026-11-02T10:00:00.0Z\""}}},
	{"6.2.22", {{"/document/title", "\"About EXGW-2026-0001\""}}},
	{"6.2.27",
	 {{VULNERABILITY "/remediations/1",
	   "{\"category\":\"fix_planned\",\"details\":\"x\",\"product_ids\":[\"GW-30\"]}"}}},
	{"6.2.28", {{DISTRIBUTION "/sharing_group", "{\"id\":" MAX_UUID ",\"name\":\"Public\"}"}}},
	{"6.2.29",
	 {{DISTRIBUTION "/sharing_group",
	   "{\"id\":" NIL_UUID ",\"name\":\"No sharing allowed\"}"}}},
	{"6.2.30", {{DISTRIBUTION "/sharing_group", "{\"id\":" MAX_UUID ",\"name\":\"Public\"}"}}},
	{"6.2.31",
	 {{VERSIONS "/2/product/product_identification_helper/serial_numbers", "[\"7\"]"}}},
	{"6.2.32", {{VERSIONS "/2/product/product_identification_helper/skus", "[\"2002\"]"}}},
	{"6.2.33", {{VULNERABILITY "/disclosure_date", "\"2026-11-03T10:00:00Z\""}}},
	{"6.2.38", {PROFILE("deprecated_security_advisory")}},
	{"6.2.39.1", {{STATUS "/first_fixed", "[\"GW-21\"]"}}},
	{"6.2.39.2", {PROFILE("withdrawn"), {"/document/lang", "\"de-AT\""}}},
	{"6.2.39.3", {PROFILE("superseded"), {"/document/lang", "\"de\""}}},
	{"6.2.39.4", {PROFILE("superseded"), {"/document/lang", "\"de\""}}},
	{"6.2.39.5", {PROFILE("superseded"), {"/document/x_extensions", "[]"}}},
	{"6.2.40", {{"/document/notes/1/product_ids", NULL}}},
	{"6.2.42", {{HELPER "/cpe", "\"cpe:2.3:o:example:gateway:*:*:*:*:*:*:*:*\""}}},
	{"6.2.42", {{HELPER "/cpe", "\"cpe:2.3:o:example:gateway:2.0:sp1:*:*:*:*:*:*\""}}},
	{"6.2.42",
	 {{"/product_tree/branches/0/branches/0/category", "\"architecture\""},
	  {HELPER "/purls/0", "\"pkg:deb/example/gateway@2.0\""}}},
	{"6.2.42", {{HELPER "/purls/0", "\"pkg:generic/gateway@2.0\""}}},
	{"6.2.42", {{HELPER "/purls/0", "\"pkg:generic/example/gateway@2.9\""}}},
	{"6.3.1", {{CONTENT, CVSS_2("2.0")}}},
	{"6.3.2",
	 {{CONTENT "/cvss_v3/version", "\"3.0\""},
	  {CONTENT "/cvss_v3/vectorString", "\"CVSS:3.0/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H\""}}},
	{"6.3.3", {{VULNERABILITY "/cve", NULL}}},
	{"6.3.4", {{VULNERABILITY "/cwes", NULL}}},
	{"6.3.5", {{HELPER "/hashes/0/file_hashes/1", SHA1}}},
	{"6.3.9", {{"/product_tree/branches/0/category", "\"product_family\""}}},
	{"6.3.10", {{VERSIONS "/0/category", "\"product_version_range\""}}},
	{"6.3.11", {{VERSIONS "/0/name", "\"V2.0\""}}},
	{"6.3.12", {{CVSS, NULL}}},
	{"6.3.12", {{METRICS "/0/products/0", NULL}}},
	{"6.3.22", {{PATHS "/0/beginning_product_reference", "\"RACK-GW-21\""}}},
};

/* The test must not fail after these changes. */
static const PsCsafRow passing[] = {
	/* of two versions, be one of them not known */
	{"6.1.7",
	 {{CONTENT, CVSS_2("2.0")},
	  {METRICS "/1", "{\"content\":" CVSS_2("2.5") ",\"products\":[\"GW-20\"]}"}}},
	/* in the catalogue this name ends in a blank */
	{"6.1.11",
	 {{VULNERABILITY "/cwes/0",
	   "{\"id\":\"CWE-280\",\"name\":\"Improper Handling of Insufficient Permissions or "
	   "Privileges\",\"version\":\"4.13\"}"}}},
	{"6.1.12", {{"/document/lang", "\"zh-Xiang\""}}},
	{"6.1.12", {{"/document/lang", "\"de-1996-1901-x-1996\""}}},
	{"6.1.31", {{VERSIONS "/0/name", "\"overall-versions\""}}},
	{"6.2.11",
	 {{"/document/references/0/url", "\"https://example.com/?name=exgw-2026-0001.json\""}}},
	{"6.2.19",
	 {{METRICS "/0/products/0", "\"GW-21\""},
	  {CONTENT, "{\"cvss_v3\":{\"baseScore\":0,\"baseSeverity\":\"NONE\",\"vectorString\":"
		    "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N\",\"version\":\"3.1\"}}"}}},
};

static void
csaf_check_2_1__a_good_document__passes_every_test(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_assert_clean(document);
}

static void
csaf_check_2_1__each_test__fails_on_its_change(void **state)
{
	(void)state;
	ps_csaf_assert_rows(FIXTURE, rows, G_N_ELEMENTS(rows));
}

static void
csaf_check_2_1__each_test__passes_where_it_should(void **state)
{
	(void)state;
	ps_csaf_assert_passes(FIXTURE, passing, G_N_ELEMENTS(passing));
}

/* Numbers up to here mean the same in 2.0, or are about the document's structure. */
static void
csaf_check_2_1__every_number_of_2_0__is_covered(void **state)
{
	const PsCsafTestInfo *info;
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);

	(void)state;
	for (gsize t = 0; (info = ps_csaf_test_info("2.0", t)); t++)
		/* 6.2.10 is void in 2.1 */
		if (!g_str_equal(info->id, "6.2.10") &&
		    !g_ptr_array_find_with_equal_func(report->not_run, info->id, g_str_equal,
						      NULL) &&
		    !ps_csaf_has_row(rows, G_N_ELEMENTS(rows), info->id))
			fail_msg("%s has no row", info->id);
}

static void
csaf_check_2_1__a_title_in_a_language_without_translation__is_not_run(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_change(document, "/document/lang", "\"tlh\"");
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
	assert_true(g_ptr_array_find_with_equal_func(report->not_run, "6.2.40", g_str_equal, NULL));
}

/* A named set runs its tests and nothing else. */
static void
csaf_check_2_1__a_preset__runs_its_tests_alone(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_change(document, "/document/lang", NULL);
	ps_csaf_change(document, TRACKING "/revision_history/0/date", "\"2026-11-02T10:00:00Z\"");
	g_autoptr(PsCsafReport) history = ps_csaf_check_or_fail(document, PS_CSAF_REVISIONS);
	assert_true(history->findings->len > 0);
	for (guint i = 0; i < history->findings->len; i++) {
		const PsCsafFinding *finding = history->findings->pdata[i];
		if (!g_str_equal(finding->test, "6.2.5"))
			assert_string_equal(finding->test, "6.2.21");
	}
	g_autoptr(PsCsafReport) times = ps_csaf_check_or_fail(document, PS_CSAF_TIMES);
	assert_int_equal(times->findings->len, 0);
}

/* What is installed with a fix corresponds to the same without it. */
static void
csaf_check_2_1__a_patch_on_an_affected_version__is_its_fixed_version(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_change(document, PATHS "/2",
		       "{\"beginning_product_reference\":\"GW-20\",\"full_product_name\":{\"name\":"
		       "\"Gateway 2.0 with patch\",\"product_id\":\"PATCHED\"},\"subpaths\":[{"
		       "\"category\":\"installed_with\",\"next_product_reference\":\"RACK\"}]}");
	ps_csaf_change(document, STATUS,
		       "{\"fixed\":[\"PATCHED\"],\"known_affected\":[\"GW-20\"]}");
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		assert_string_not_equal(finding->test, "6.1.27.13");
		assert_string_not_equal(finding->test, "6.2.39.1");
	}
}

static void
csaf_check_2_1__values_of_any_type__are_survived(void **state)
{
	(void)state;
	ps_csaf_assert_survives(FIXTURE);
}

/* A document of required members only is one step from valid at each place that has to be filled.
 */
static void
csaf_check_2_1__skeleton__has_every_required_member(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_skeleton(ps_csaf_root("2.1"));
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_SCHEMA);

	(void)state;
	assert_string_equal(report->version, "2.1");
	assert_true(report->findings->len > 0);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		const cJSON *at = ps_json_at(document, finding->pointer);
		assert_true(cJSON_IsString(at) && !*at->valuestring);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_check_2_1__a_good_document__passes_every_test),
		cmocka_unit_test(csaf_check_2_1__each_test__fails_on_its_change),
		cmocka_unit_test(csaf_check_2_1__each_test__passes_where_it_should),
		cmocka_unit_test(csaf_check_2_1__every_number_of_2_0__is_covered),
		cmocka_unit_test(
			csaf_check_2_1__a_title_in_a_language_without_translation__is_not_run),
		cmocka_unit_test(csaf_check_2_1__a_preset__runs_its_tests_alone),
		cmocka_unit_test(
			csaf_check_2_1__a_patch_on_an_affected_version__is_its_fixed_version),
		cmocka_unit_test(csaf_check_2_1__values_of_any_type__are_survived),
		cmocka_unit_test(csaf_check_2_1__skeleton__has_every_required_member),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
