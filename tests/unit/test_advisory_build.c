#include "config.h"

/* The document from a case: what each kind of record gives. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/item.h"

#define BRANCH "/product_tree/branches/0/branches/0/branches/0/branches"

static void
assert_valid(Story *story)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(ps_advisory_document(advisory), PS_CSAF_SCHEMA | PS_CSAF_MANDATORY,
			      NULL, &error);

	assert_done(report, error);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		fail_msg("%s %s: %s", finding->test, finding->pointer, finding->message);
	}
}

/* ---- the whole ---- */

static void
build__whole_case__gives_a_valid_document(void **state)
{
	assert_valid(STORY(state));
}

static void
build__same_records__gives_the_same_bytes(void **state)
{
	g_autoptr(PsAdvisory) one = load(STORY(state)), other = load(STORY(state));
	g_autofree char *a = ps_advisory_print(ps_advisory_document(one));
	g_autofree char *b = ps_advisory_print(ps_advisory_document(other));

	assert_string_equal(a, b);
	assert_true(strstr(a, "\"acknowledgments\"") < strstr(a, "\"category\""));
}

static void
build__draft__names_what_it_is(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/document/title", "Login can be bypassed");
	assert_at(story, "/document/category", "csaf_security_advisory");
	assert_at(story, "/document/tracking/id", story->case_number);
	assert_at(story, "/document/tracking/version", "1");
	assert_at(story, "/document/tracking/status", "draft");
	assert_at(story, "/document/tracking/generator/engine/name", "psirtdesk");
	assert_at(story, "/document/distribution/tlp/label", "WHITE");
	assert_at(story, "/document/publisher/name", "Example Gateways GmbH");
	assert_at(story, "/document/publisher/category", "vendor");
	assert_at(story, "/document/notes/summary/text", "Whoever reaches it can log in.");
	assert_at(story, "/document/notes/legal/text", "Without warranty.");
}

static void
draft__second_time__is_refused_and_names_the_first(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	assert_null(ps_advisory_draft(story->store, story->case_id, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, story->case_number));
}

static void
load__by_case_tracking_id_and_own_id__finds_the_same(void **state)
{
	Story *story = STORY(state);
	const char *const names[] = {story->case_id, story->case_number, story->advisory};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(PsAdvisory) advisory = ps_advisory_load(story->store, names[i], &error);
		assert_done(advisory, error);
		assert_string_equal(ps_advisory_id(advisory), story->advisory);
	}
}

static void
load__locked_store__says_that_it_is_locked(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	ps_store_lock(story->store);
	assert_null(ps_advisory_load(story->store, story->advisory, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LOCKED));
}

static void
build__case_changes__show_at_once(void **state)
{
	Story *story = STORY(state);

	put(story->store, "case", story->case_id, "title", "Another title");
	assert_at(story, "/document/title", "Another title");
	put(story->store, "vulnerability", story->flaw, "description", "Other words.");
	assert_at(story, "/vulnerabilities/0/notes/description/text", "Other words.");
}

/* ---- products ---- */

static void
product__release__stands_below_vendor_line_and_name(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/product_tree/branches/0/category", "vendor");
	assert_at(story, "/product_tree/branches/0/branches/0/name", "Industrial");
	assert_at(story, "/product_tree/branches/0/branches/0/branches/0/name", "Edge Gateway");
	assert_at(story, BRANCH "/1/name", "4.1");
	assert_at(story, BRANCH "/1/product/product_id", story->old);
	assert_at(story, BRANCH "/1/product/name", "Example Gateways GmbH Edge Gateway 4.1");
	assert_at(story, BRANCH "/1/product/product_identification_helper/purl",
		  "pkg:generic/edge@4.1");
	assert_at(story, BRANCH "/1/product/product_identification_helper/model_numbers/0",
		  "EG-100");
	assert_at(story, BRANCH "/1/product/product_identification_helper/skus/0", "1234");
	assert_at(story, BRANCH "/1/product/product_identification_helper/cpe",
		  "cpe:2.3:h:example:edge:-:*:*:*:*:*:*:*");
}

static void
product__cpe_with_open_version__gets_that_of_the_release(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	g_autoptr(PsRecord) release = ps_store_get(story->store, "release", story->old, &error);

	put(story->store, "product", ps_record_text(release, "product"), "cpe",
	    "cpe:2.3:o:example:edge_firmware:*:*:*:*:*:*:*:*");
	assert_at(story, BRANCH "/1/product/product_identification_helper/cpe",
		  "cpe:2.3:o:example:edge_firmware:4.1:*:*:*:*:*:*:*");
	put(story->store, "release", story->old, "version", "4.1+Beta");
	assert_at(story, BRANCH "/1/product/product_identification_helper/cpe",
		  "cpe:2.3:o:example:edge_firmware:4.1\\+beta:*:*:*:*:*:*:*");
	assert_valid(story);
}

static void
product__hash__needs_the_name_of_the_file(void **state)
{
	Story *story = STORY(state);

	assert_at(story, BRANCH "/2/product/product_identification_helper/hashes/0/filename",
		  "edge-4.2.bin");
	assert_at(story,
		  BRANCH "/2/product/product_identification_helper/hashes/0/file_hashes/0/value",
		  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
	put(story->store, "release", story->new, "url", "");
	assert_at(story, BRANCH "/2/product/product_identification_helper/hashes", "");
}

static void
product__two_vendors__have_a_branch_each(void **state)
{
	Story *story = STORY(state);
	g_autofree char *product =
		make(story->store, "product", "name", "Camera", "vendor", "Another AG", NULL);
	g_autofree char *release =
		make(story->store, "release", "product", product, "version", "1", NULL);

	g_free(make(story->store, "affected", "case", story->case_id, "release", release, "status",
		    "under_investigation", NULL));
	assert_at(story, "/product_tree/branches/0/name", "Another AG");
	/* without a product line the product stands right below the vendor */
	assert_at(story, "/product_tree/branches/0/branches/0/category", "product_name");
	assert_at(story, "/product_tree/branches/1/name", "Example Gateways GmbH");
	assert_valid(story);
}

/* ---- status ---- */

static void
status__releases__are_in_the_lists_of_their_status(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/vulnerabilities/0/product_status/known_affected/0", story->old);
	assert_at(story, "/vulnerabilities/0/product_status/known_not_affected/0", story->other);
	assert_at(story, "/vulnerabilities/0/product_status/fixed/0", story->new);
	assert_at(story, "/vulnerabilities/0/flags/component_not_present/product_ids/0",
		  story->other);
	assert_at(story, "/vulnerabilities/0/threats/1/details", "It has no web page.");
	assert_at(story, "/vulnerabilities/0/threats/1/category", "impact");
}

static void
status__of_one_vulnerability__goes_before_that_of_all(void **state)
{
	Story *story = STORY(state);
	g_autofree char *second = make(story->store, "vulnerability", "case", story->case_id,
				       "title", "Second", "description", "Else.", NULL);

	g_free(make(story->store, "affected", "case", story->case_id, "release", story->old,
		    "vulnerability", second, "status", "known_not_affected", "justification",
		    "vulnerable_code_not_present", NULL));
	assert_at(story, "/vulnerabilities/0/product_status/known_affected/0", story->old);
	assert_at(story, "/vulnerabilities/1/product_status/known_affected", "");
	assert_at(story, "/vulnerabilities/1/flags/vulnerable_code_not_present/product_ids/0",
		  story->old);
	/* without a CVE it has our own number, with its place where there are several */
	g_autofree char *own = g_strconcat(story->case_number, "-2", NULL);
	assert_at(story, "/vulnerabilities/1/ids/own/text", own);
	assert_valid(story);
}

/* ---- scores ---- */

static void
score__of_ours__is_complete(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/baseScore", "9.8");
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/baseSeverity", "CRITICAL");
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/attackVector", "NETWORK");
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/temporalScore", "");
	assert_at(story, "/vulnerabilities/0/scores/0/products/0", story->old);
	assert_at(story, "/vulnerabilities/0/scores/0/products/1", "");
}

static void
score__version_4__becomes_a_note_that_says_so(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "score", "case", story->case_id, "version", "4.0", "vector",
		    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", NULL));
	g_autofree char *text = at(story, "/vulnerabilities/0/notes/cvss4/text");
	assert_non_null(strstr(text, "9.3 (Critical)"));
	assert_non_null(strstr(text, "CVSS:4.0/AV:N"));
	assert_valid(story);
}

static void
score__versions_2_and_3_0__stand_beside_or_behind(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "score", "case", story->case_id, "version", "2.0", "vector",
		    "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:POC/RL:OF/RC:C/CDP:L/TD:H/CR:M/IR:M/AR:H", NULL));
	g_free(make(story->store, "score", "case", story->case_id, "version", "3.0", "vector",
		    "CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", NULL));
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v2/baseScore", "7.5");
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v2/exploitability", "PROOF_OF_CONCEPT");
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/version", "3.1");
	assert_valid(story);
}

static void
score__every_metric_of_3_1__agrees_with_the_vector(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "score", "case", story->case_id, "version", "3.1", "vector",
		    "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:C/C:L/I:L/A:L/E:F/RL:T/RC:R/CR:H/IR:M/AR:L/"
		    "MAV:A/MAC:L/MPR:L/MUI:N/MS:U/MC:H/MI:N/MA:L",
		    NULL));
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/modifiedAttackVector",
		  "ADJACENT_NETWORK");
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/reportConfidence", "REASONABLE");
	/* the tests 6.1.8 to 6.1.10 recompute all of it */
	assert_valid(story);
}

static void
score__of_somebody_else__is_not_ours_to_publish(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "score", "case", story->case_id, "version", "2.0", "vector",
		    "AV:N/AC:L/Au:N/C:P/I:P/A:P", "source", "reporter", NULL));
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v2", "");
}

/* ---- decisions ---- */

static void
decision__vendor_fix__tells_what_to_do(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/vulnerabilities/0/remediations/0/category", "vendor_fix");
	assert_at(story, "/vulnerabilities/0/remediations/0/details",
		  "Update to Example Gateways GmbH Edge Gateway 4.2 or later.");
	assert_at(story, "/vulnerabilities/0/remediations/0/date", "2026-06-01T00:00:00Z");
	assert_at(story, "/vulnerabilities/0/remediations/0/url",
		  "https://dl.example.com/edge-4.2.bin");
	assert_at(story, "/vulnerabilities/0/remediations/0/restart_required/category", "machine");
	assert_at(story, "/vulnerabilities/0/remediations/0/product_ids/0", story->old);
	assert_at(story, "/vulnerabilities/0/remediations/0/product_ids/1", "");
}

static void
decision__later_one__takes_the_place_of_the_earlier(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "decision", "case", story->case_id, "category", "fix_planned",
		    "reason", "Soon.", "decided_at", "2026-11-19T10:00:00Z", NULL));
	assert_at(story, "/vulnerabilities/0/remediations/1", "");
	g_free(make(story->store, "decision", "case", story->case_id, "category", "no_fix_planned",
		    "reason", "No.", "decided_at", "2026-11-21T10:00:00Z", NULL));
	assert_at(story, "/vulnerabilities/0/remediations/0/category", "no_fix_planned");
	assert_at(story, "/vulnerabilities/0/remediations/1", "");
	g_free(make(story->store, "decision", "case", story->case_id, "category", "workaround",
		    "reason", "Yes.", "details", "Close the port.", "decided_at",
		    "2026-11-22T10:00:00Z", NULL));
	assert_at(story, "/vulnerabilities/0/remediations/1/category", "workaround");
	assert_valid(story);
}

static void
decision__planned_fix__has_the_day_that_is_expected(void **state)
{
	Story *story = STORY(state);

	put(story->store, "decision", story->decision, "category", "fix_planned");
	put(story->store, "decision", story->decision, "fixed_in", "");
	put(story->store, "case", story->case_id, "fix_due_at", "2026-12-24T12:00:00Z");
	assert_at(story, "/vulnerabilities/0/remediations/0/category", "none_available");
	assert_at(story, "/vulnerabilities/0/remediations/0/details",
		  "A fix is being prepared; it is expected by 2026-12-24.");
	assert_at(story, "/vulnerabilities/0/remediations/0/date", "2026-12-24T12:00:00Z");
	/* the release is not part of it any more */
	assert_at(story, "/vulnerabilities/0/product_status/fixed", "");
}

static void
decision__fix_of_one_product__says_nothing_of_another(void **state)
{
	Story *story = STORY(state);
	g_autofree char *product =
		make(story->store, "product", "name", "Camera", "vendor", "Example", NULL);
	g_autofree char *release =
		make(story->store, "release", "product", product, "version", "1", NULL);

	g_free(make(story->store, "affected", "case", story->case_id, "release", release, "status",
		    "known_affected", NULL));
	g_autofree char *ids = at(story, "/vulnerabilities/0/remediations/0/product_ids");
	assert_null(strstr(ids, release));
	assert_non_null(strstr(ids, story->old));
}

/* ---- people, references, words ---- */

static void
credit__as_each_of_them_wished(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/document/acknowledgments/0/names/0", "Rita Reporter");
	put(story->store, "participant", story->finder, "credit_name", "rita");
	put(story->store, "participant", story->finder, "organization", "Lab");
	assert_at(story, "/document/acknowledgments/0/names/0", "rita");
	assert_at(story, "/document/acknowledgments/0/organization", "Lab");
	put(story->store, "participant", story->finder, "credit", "anonymous");
	g_autofree char *anonymous = at(story, "/document/acknowledgments/0");
	assert_null(strstr(anonymous, "ita"));
	assert_null(strstr(anonymous, "Lab"));
	put(story->store, "participant", story->finder, "credit", "no");
	assert_at(story, "/document/acknowledgments", "");
	put(story->store, "participant", story->finder, "credit", "unknown");
	assert_at(story, "/document/acknowledgments", "");
}

static void
reference__self__is_the_canonical_address(void **state)
{
	Story *story = STORY(state);
	g_autofree char *url = at(story, "/document/references/self/url");
	g_autofree char *lower = g_ascii_strdown(story->case_number, -1);

	assert_true(g_str_has_prefix(url, "https://www.example.com/csaf/white/20"));
	assert_non_null(strstr(url, lower));
	assert_at(story, "/document/references/1/url", "https://www.example.com/news");
	assert_at(story, "/document/references/1/category", "external");
}

static void
language__german__has_german_words(void **state)
{
	Story *story = STORY(state);

	put(story->store, "advisory", story->advisory, "lang", "de-AT");
	assert_at(story, "/document/lang", "de-AT");
	assert_at(story, "/document/notes/summary/title", "Zusammenfassung");
	assert_at(story, "/vulnerabilities/0/remediations/0/details",
		  "Auf Example Gateways GmbH Edge Gateway 4.2 oder neuer aktualisieren.");
	assert_valid(story);
}

static void
tlp__amber_strict__is_amber_with_words(void **state)
{
	Story *story = STORY(state);

	put(story->store, "advisory", story->advisory, "tlp", "AMBER+STRICT");
	assert_at(story, "/document/distribution/tlp/label", "AMBER");
	g_autofree char *text = at(story, "/document/distribution/text");
	assert_non_null(strstr(text, "AMBER+STRICT"));
}

static void
weakness__known_id__has_its_name(void **state)
{
	Story *story = STORY(state);

	assert_at(story, "/vulnerabilities/0/cwe/name", "Improper Authentication");
	put(story->store, "vulnerability", story->flaw, "cwe", "CWE-99999999");
	assert_at(story, "/vulnerabilities/0/cwe", "");
}

/* ---- what is missing ---- */

static const PsAdvisoryMissing *
find_missing(GPtrArray *missing, const char *pointer)
{
	for (guint i = 0; i < missing->len; i++) {
		const PsAdvisoryMissing *one = missing->pdata[i];
		if (g_str_equal(one->pointer, pointer))
			return one;
	}
	return NULL;
}

static void
missing__whole_case__is_nothing(void **state)
{
	g_autoptr(PsAdvisory) advisory = load(STORY(state));
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);

	for (guint i = 0; i < missing->len; i++)
		fail_msg("%s", ((PsAdvisoryMissing *)missing->pdata[i])->sentence);
}

static void
missing__bare_case__names_each_with_its_command(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	g_autofree char *bare = fixture_case(story->store, "Bare");
	g_autofree char *id = ps_advisory_draft(story->store, bare, &error);
	assert_done(id, error);
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(story->store, bare, &error);
	assert_done(advisory, error);
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);

	assert_non_null(find_missing(missing, "/vulnerabilities"));
	const PsAdvisoryMissing *tree = find_missing(missing, "/product_tree");
	assert_non_null(tree);
	assert_true(tree->blocking);
	assert_string_equal(tree->place, "affected");
	assert_true(g_str_has_prefix(tree->command, "case affect "));
	/* those in the way come first */
	gboolean advice = FALSE;
	for (guint i = 0; i < missing->len; i++) {
		const PsAdvisoryMissing *one = missing->pdata[i];
		assert_false(one->blocking && advice);
		advice = !one->blocking;
	}
}

static void
missing__vex__insists_on_statements(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "affected", "case", story->case_id, "release", story->new,
		    "status", "known_not_affected", NULL));
	{
		g_autoptr(PsAdvisory) advisory = load(story);
		g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
		assert_false(find_missing(missing, "/vulnerabilities/0/flags")->blocking);
	}
	put(story->store, "advisory", story->advisory, "profile", "csaf_vex");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	assert_true(find_missing(missing, "/vulnerabilities/0/flags")->blocking);
}

static void
missing__other_profiles__ask_for_what_they_need(void **state)
{
	Story *story = STORY(state);
	static const char *const profiles[] = {"csaf_informational_advisory",
					       "csaf_security_incident_response", "csaf_base"};

	for (gsize i = 0; i < G_N_ELEMENTS(profiles); i++) {
		put(story->store, "advisory", story->advisory, "profile", profiles[i]);
		assert_valid(story);
		g_autoptr(PsAdvisory) advisory = load(story);
		g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
		assert_int_equal(missing->len, 0);
	}
	put(story->store, "advisory", story->advisory, "profile", profiles[0]);
	assert_at(story, "/vulnerabilities", "");
	put(story->store, "case", story->case_id, "summary", "");
	edit(story, "/document/references/1", "");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	assert_true(find_missing(missing, "/document/notes/summary")->blocking);
	assert_true(find_missing(missing, "/document/references")->blocking);
}

static void
missing__hidden_characters__are_told(void **state)
{
	Story *story = STORY(state);

	put(story->store, "vulnerability", story->flaw, "title", "Login \xe2\x80\xae bypass");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	assert_non_null(find_missing(missing, "/vulnerabilities/0/title"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(build__whole_case__gives_a_valid_document),
		TEST(build__same_records__gives_the_same_bytes),
		TEST(build__draft__names_what_it_is),
		TEST(draft__second_time__is_refused_and_names_the_first),
		TEST(load__by_case_tracking_id_and_own_id__finds_the_same),
		TEST(load__locked_store__says_that_it_is_locked),
		TEST(build__case_changes__show_at_once),
		TEST(product__release__stands_below_vendor_line_and_name),
		TEST(product__cpe_with_open_version__gets_that_of_the_release),
		TEST(product__hash__needs_the_name_of_the_file),
		TEST(product__two_vendors__have_a_branch_each),
		TEST(status__releases__are_in_the_lists_of_their_status),
		TEST(status__of_one_vulnerability__goes_before_that_of_all),
		TEST(score__of_ours__is_complete),
		TEST(score__version_4__becomes_a_note_that_says_so),
		TEST(score__versions_2_and_3_0__stand_beside_or_behind),
		TEST(score__every_metric_of_3_1__agrees_with_the_vector),
		TEST(score__of_somebody_else__is_not_ours_to_publish),
		TEST(decision__vendor_fix__tells_what_to_do),
		TEST(decision__later_one__takes_the_place_of_the_earlier),
		TEST(decision__planned_fix__has_the_day_that_is_expected),
		TEST(decision__fix_of_one_product__says_nothing_of_another),
		TEST(credit__as_each_of_them_wished),
		TEST(reference__self__is_the_canonical_address),
		TEST(language__german__has_german_words),
		TEST(tlp__amber_strict__is_amber_with_words),
		TEST(weakness__known_id__has_its_name),
		TEST(missing__whole_case__is_nothing),
		TEST(missing__bare_case__names_each_with_its_command),
		TEST(missing__vex__insists_on_statements),
		TEST(missing__other_profiles__ask_for_what_they_need),
		TEST(missing__hidden_characters__are_told),
	};

	return cmocka_run_group_tests_name("advisory_build", tests, NULL, NULL);
}
