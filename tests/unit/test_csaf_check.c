#include "config.h"

/* The tests of CSAF 2.0 on a document of our own: it passes all of them, and one change each makes
 * one of them fail. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/unit/csaf-rows.h"

#define FIXTURE "advisory.json"
#define VULNERABILITY "/vulnerabilities/0"
#define TRACKING "/document/tracking"
#define VERSIONS "/product_tree/branches/0/branches/0/branches"
#define HELPER VERSIONS "/0/product/product_identification_helper"
#define CVSS VULNERABILITY "/scores/0/cvss_v3"
#define SHA1 "{\"algorithm\":\"sha1\",\"value\":\"e067035314dd8673fe1c9fc6b01414fe0950fdc4\"}"
#define VEX                                                                                        \
	{                                                                                          \
		"/document/category", "\"csaf_vex\""                                               \
	}
#define INFORMATIONAL                                                                              \
	{                                                                                          \
		"/document/category", "\"csaf_informational_advisory\""                            \
	}

static const PsCsafRow rows[] = {
	{"schema", {{"/document/title", NULL}}},
	{"schema", {{"/document/title", "\"\""}}},
	{"schema", {{"/document/title", "[]"}}},
	{"schema", {{"/document/publisher/category", "\"seller\""}}},
	{"schema", {{TRACKING "/version", "\"01\""}}},
	{"schema", {{"/document/notes", "[]"}}},
	{"schema", {{CVSS "/baseScore", "10.1"}}},
	{"schema", {{VULNERABILITY "/product_status/recommended", "[\"GW-21\",\"GW-21\"]"}}},
	{"schema", {{"/product_tree/branches/0/product", "{\"name\":\"x\",\"product_id\":\"x\"}"}}},
	{"6.1.1", {{VULNERABILITY "/threats/0/product_ids/0", "\"GW-99\""}}},
	{"6.1.1", {{VULNERABILITY "/flags/0/product_ids/0", "\"GW-99\""}}},
	{"6.1.2", {{"/product_tree/full_product_names/0/product_id", "\"GW-20\""}}},
	{"6.1.3", {{"/product_tree/relationships/0/product_reference", "\"RACK-GW\""}}},
	{"6.1.4", {{VULNERABILITY "/remediations/0/group_ids/0", "\"NEW\""}}},
	{"6.1.5",
	 {{"/product_tree/product_groups/1",
	   "{\"group_id\":\"OLD\",\"product_ids\":[\"GW-20\",\"GW-21\"]}"}}},
	{"6.1.6", {{VULNERABILITY "/product_status/fixed", "[\"GW-20\"]"}}},
	{"6.1.7",
	 {{VULNERABILITY "/scores/1",
	   "{\"cvss_v3\":{\"baseScore\":7.2,\"baseSeverity\":\"HIGH\",\"vectorString\":\"CVSS:3.1/"
	   "AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/"
	   "A:H\",\"version\":\"3.1\"},\"products\":[\"GW-20\"]}"}}},
	{"6.1.8", {{CVSS "/baseSeverity", NULL}}},
	{"6.1.8", {{CVSS "/version", "\"3.0\""}}},
	{"6.1.9", {{CVSS "/baseScore", "7.3"}}},
	{"6.1.9", {{CVSS "/baseSeverity", "\"MEDIUM\""}}},
	{"6.1.9",
	 {{CVSS "/modifiedAvailabilityImpact", "\"NONE\""}, {CVSS "/environmentalScore", "0"}}},
	{"6.1.9",
	 {{CVSS "/exploitCodeMaturity", "\"UNPROVEN\""},
	  {CVSS "/temporalScore", "6.6"},
	  {CVSS "/temporalSeverity", "\"HIGH\""}}},
	{"6.1.9", {{CVSS "/vectorString", "\"CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H\""}}},
	{"6.1.10", {{CVSS "/attackVector", "\"LOCAL\""}}},
	{"6.1.11", {{VULNERABILITY "/cwe/name", "\"Broken Signature\""}}},
	{"6.1.11", {{VULNERABILITY "/cwe/id", "\"CWE-699\""}}},
	{"6.1.12", {{"/document/lang", "\"en-QQ-abcde\""}}},
	{"6.1.12", {{"/document/lang", "\"EZ\""}}},
	{"6.1.13", {{HELPER "/purl", "\"pkg:maven/no-namespace@1\""}}},
	{"6.1.14", {{TRACKING "/revision_history/0/date", "\"2026-11-02T10:00:01Z\""}}},
	{"6.1.15", {{"/document/publisher/category", "\"translator\""}}},
	{"6.1.16", {{TRACKING "/version", "\"3\""}}},
	{"6.1.17",
	 {{TRACKING "/version", "\"0\""}, {TRACKING "/revision_history/1/number", "\"0\""}}},
	{"6.1.18", {{TRACKING "/revision_history/0/number", "\"0\""}}},
	{"6.1.19", {{TRACKING "/revision_history/0/number", "\"1.0.0-rc.1\""}}},
	{"6.1.20", {{TRACKING "/version", "\"2.0.0-rc.1\""}}},
	{"6.1.21",
	 {{TRACKING "/version", "\"3\""}, {TRACKING "/revision_history/1/number", "\"3\""}}},
	{"6.1.22", {{TRACKING "/revision_history/0/number", "\"2\""}}},
	{"6.1.23", {{VULNERABILITY "/../1", "{\"cve\":\"CVE-2026-10001\"}"}}},
	{"6.1.24",
	 {{VULNERABILITY "/involvements/1", "{\"date\":\"2026-08-02T01:00:00+01:00\",\"party\":"
					    "\"vendor\",\"status\":\"open\"}"}}},
	{"6.1.25",
	 {{HELPER "/hashes/0/file_hashes/1", SHA1}, {HELPER "/hashes/0/file_hashes/2", SHA1}}},
	{"6.1.26", {{"/document/category", "\"Security Advisory\""}}},
	{"6.1.26", {{"/document/category", "\"CSAF_Base\""}}},
	{"6.1.26", {{"/document/category", "\"V_eX\""}}},
	{"6.1.27.1", {INFORMATIONAL, {"/document/notes/0/category", "\"faq\""}}},
	{"6.1.27.2", {INFORMATIONAL, {"/document/references/1/category", "\"self\""}}},
	{"6.1.27.3", {INFORMATIONAL}},
	{"6.1.27.4", {{"/product_tree", NULL}}},
	{"6.1.27.5", {{VULNERABILITY "/notes", NULL}}},
	{"6.1.27.6", {{VULNERABILITY "/product_status", NULL}}},
	{"6.1.27.7", {VEX, {VULNERABILITY "/product_status", "{\"recommended\":[\"GW-21\"]}"}}},
	{"6.1.27.8", {VEX, {VULNERABILITY "/cve", NULL}, {VULNERABILITY "/ids", NULL}}},
	{"6.1.27.9", {VEX, {VULNERABILITY "/flags", NULL}}},
	{"6.1.27.10", {VEX, {VULNERABILITY "/remediations", NULL}}},
	{"6.1.27.11", {{"/vulnerabilities", NULL}}},
	{"6.1.28", {{"/document/source_lang", "\"en-gb\""}}},
	{"6.1.29", {{VULNERABILITY "/remediations/0/group_ids", NULL}}},
	{"6.1.30", {{TRACKING "/revision_history/0/number", "\"1.0.0\""}}},
	{"6.1.31", {{VERSIONS "/0/name", "\"<= 2.0\""}}},
	{"6.1.31", {{VERSIONS "/0/name", "\"2.0 and Earlier\""}}},
	{"6.1.32", {{VULNERABILITY "/flags/0/product_ids", NULL}}},
	{"6.1.33",
	 {{VULNERABILITY "/flags/1",
	   "{\"label\":\"component_not_present\",\"group_ids\":[\"OLD\"]}"},
	  {"/product_tree/product_groups/0/product_ids/1", "\"GW-30\""}}},
	{"6.2.1",
	 {{VULNERABILITY "/product_status/known_not_affected", "[\"RACK\"]"},
	  {VULNERABILITY "/flags", NULL}}},
	{"6.2.2", {{VULNERABILITY "/remediations", NULL}}},
	{"6.2.3", {{VULNERABILITY "/scores/0/products/1", NULL}}},
	{"6.2.4", {{TRACKING "/revision_history/0/number", "\"1.0.0+build\""}}},
	{"6.2.5", {{TRACKING "/initial_release_date", "\"2026-10-01T09:59:59Z\""}}},
	{"6.2.6", {{TRACKING "/current_release_date", "\"2026-11-02T09:59:59.999Z\""}}},
	{"6.2.7", {{VULNERABILITY "/involvements/0/date", NULL}}},
	{"6.2.8",
	 {{HELPER "/hashes/0/file_hashes/0",
	   "{\"algorithm\":\"md5\",\"value\":\"6ae24620ea9656230f49234efd078935\"}"}}},
	{"6.2.9", {{HELPER "/hashes/0/file_hashes/0", SHA1}}},
	{"6.2.10", {{"/document/distribution/tlp", NULL}}},
	{"6.2.11", {{"/document/references/0/url", "\"https://example.com/EXGW-2026-0001.json\""}}},
	{"6.2.12", {{"/document/lang", NULL}}},
	{"6.2.13", {{"/document/aaa", "1"}}},
	{"6.2.14", {{"/document/lang", "\"en-x-house\""}}},
	{"6.2.14", {{"/document/lang", "\"qtx\""}}},
	{"6.2.14", {{"/document/lang", "\"en-XK\""}}},
	{"6.2.15", {{"/document/lang", "\"i-Default\""}}},
	{"6.2.16", {{VERSIONS "/1/product/product_identification_helper", NULL}}},
	{"6.2.17", {{VULNERABILITY "/ids/0/text", "\"CVE-2026-1234\""}}},
	{"6.2.18",
	 {{VERSIONS "/0/category", "\"product_version_range\""}, {VERSIONS "/0/name", "\"<2.1\""}}},
	{"6.2.19", {{VULNERABILITY "/scores/0/products/0", "\"GW-21\""}}},
	{"6.2.20", {{"/document/tracking/x_house", "1"}}},
	{"6.3.1",
	 {{CVSS, NULL},
	  {VULNERABILITY "/scores/0/cvss_v2", "{\"baseScore\":10,\"vectorString\":\"AV:N/AC:L/Au:N/"
					      "C:C/I:C/A:C\",\"version\":\"2.0\"}"}}},
	{"6.3.2",
	 {{CVSS "/version", "\"3.0\""},
	  {CVSS "/vectorString", "\"CVSS:3.0/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H\""}}},
	{"6.3.3", {{VULNERABILITY "/cve", NULL}}},
	{"6.3.4", {{VULNERABILITY "/cwe", NULL}}},
	{"6.3.5", {{HELPER "/hashes/0/file_hashes/1", SHA1}}},
	{"6.3.9", {{"/product_tree/branches/0/category", "\"product_family\""}}},
	{"6.3.10", {{VERSIONS "/0/category", "\"product_version_range\""}}},
	{"6.3.11", {{VERSIONS "/0/name", "\"V2.0\""}}},
};

/* What looks like a fault and is none. */
static const PsCsafRow good_rows[] = {
	/* numbers are compared as such, not as texts */
	{"6.1.14",
	 {{TRACKING "/revision_history/0/number", "\"9\""},
	  {TRACKING "/revision_history/1/number", "\"10\""},
	  {TRACKING "/version", "\"10\""}}},
	/* the properties say more than the vector */
	{"6.1.9",
	 {{CVSS "/modifiedAvailabilityImpact", "\"NONE\""},
	  {CVSS "/exploitCodeMaturity", "\"UNPROVEN\""},
	  {CVSS "/environmentalScore", "6.0"},
	  {CVSS "/temporalScore", "6.6"}}},
	/* one flag, though it reaches the product in two ways */
	{"6.1.33",
	 {{VULNERABILITY "/flags/0/group_ids", "[\"OLD\"]"},
	  {"/product_tree/product_groups/0/product_ids/1", "\"GW-30\""}}},
	/* no environment can raise a score of 0 */
	{"6.2.19",
	 {{VULNERABILITY "/scores/0/products/0", "\"GW-21\""},
	  {CVSS, "{\"baseScore\":0,\"baseSeverity\":\"NONE\",\"vectorString\":"
		 "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N\",\"version\":\"3.1\"}"}}},
	{"6.2.19",
	 {{VULNERABILITY "/scores/0/products/0", "\"GW-21\""},
	  {CVSS, NULL},
	  {VULNERABILITY "/scores/0/cvss_v2", "{\"baseScore\":0,\"vectorString\":\"AV:N/AC:L/Au:N/"
					      "C:N/I:N/A:N\",\"version\":\"2.0\"}"}}},
};

static void
csaf_check__a_good_document__passes_every_test(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_assert_clean(document);
}

static void
csaf_check__each_test__fails_on_its_change(void **state)
{
	(void)state;
	ps_csaf_assert_rows(FIXTURE, rows, G_N_ELEMENTS(rows));
}

static void
csaf_check__what_only_looks_wrong__passes(void **state)
{
	(void)state;
	ps_csaf_assert_passes(FIXTURE, good_rows, G_N_ELEMENTS(good_rows));
}

/* Each test that can be run has a row above. */
static void
csaf_check__every_test__is_covered(void **state)
{
	const PsCsafTestInfo *info;
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);

	(void)state;
	for (gsize t = 0; (info = ps_csaf_test_info("2.0", t)); t++) {
		gboolean covered = g_ptr_array_find_with_equal_func(report->not_run, info->id,
								    g_str_equal, NULL);
		if (!covered && !ps_csaf_has_row(rows, G_N_ELEMENTS(rows), info->id))
			fail_msg("%s has no row", info->id);
	}
	assert_int_equal(report->not_run->len, 3);
}

static void
csaf_check__levels__run_only_what_is_asked(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_change(document, "/document/lang", NULL);
	g_autoptr(PsCsafReport) basic =
		ps_csaf_check_or_fail(document, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY);
	assert_int_equal(basic->findings->len, 0);
	assert_int_equal(basic->not_run->len, 0);
	g_autoptr(PsCsafReport) optional = ps_csaf_check_or_fail(document, PS_CSAF_OPTIONAL);
	assert_int_equal(ps_csaf_report_count(optional, PS_CSAF_OPTIONAL), 1);
	assert_true(ps_csaf_report_is_valid(optional));
}

static void
csaf_check__values_of_any_type__are_survived(void **state)
{
	(void)state;
	ps_csaf_assert_survives(FIXTURE);
	g_autoptr(cJSON) list = cJSON_Parse("[]");
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(list, PS_CSAF_ALL);
	assert_false(ps_csaf_report_is_valid(report));
}

static void
csaf_check__another_version__has_its_own_tests(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);

	(void)state;
	ps_csaf_change(document, "/document/csaf_version", "\"2.1\"");
	g_autoptr(PsCsafReport) newer = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
	assert_string_equal(newer->version, "2.1");
	assert_false(ps_csaf_report_is_valid(newer));
	ps_csaf_change(document, "/document/csaf_version", "\"3.0\"");
	g_autoptr(PsCsafReport) unknown = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
	assert_string_equal(unknown->version, "2.0");
	assert_false(ps_csaf_report_is_valid(unknown));
	assert_null(ps_csaf_test_info("3.0", 0));
}

/* A list of a million wrong items must not give a million findings. */
static void
csaf_check__findings__have_a_bound(void **state)
{
	g_autoptr(cJSON) document = ps_csaf_fixture(FIXTURE);
	cJSON *list = ps_json_at(document, VULNERABILITY "/threats/0/product_ids");

	(void)state;
	for (int i = 0; i < 20000; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString("nowhere"));
	g_autoptr(PsCsafReport) report = ps_csaf_check_or_fail(document, PS_CSAF_ALL);
	assert_true(report->findings->len < 5000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csaf_check__a_good_document__passes_every_test),
		cmocka_unit_test(csaf_check__each_test__fails_on_its_change),
		cmocka_unit_test(csaf_check__what_only_looks_wrong__passes),
		cmocka_unit_test(csaf_check__every_test__is_covered),
		cmocka_unit_test(csaf_check__levels__run_only_what_is_asked),
		cmocka_unit_test(csaf_check__values_of_any_type__are_survived),
		cmocka_unit_test(csaf_check__another_version__has_its_own_tests),
		cmocka_unit_test(csaf_check__findings__have_a_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
