#include "config.h"

/* The document from a case, in full: combinations, identifiers, groups, scores of single releases,
 * involvements, templates, and every profile. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/item.h"

typedef struct {
	StoryState base;     /* first: the state is freed as one */
	char *device, *pair; /* a release of hardware; the firmware 4.1 on it */
} State;

static int
set_up(void **state)
{
	State *s = g_new0(State, 1);
	void *base = NULL;

	if (story_set_up(&base) != 0)
		return -1;
	s->base = *(StoryState *)base;
	g_free(base);
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	State *s = *state;

	g_free(s->device);
	g_free(s->pair);
	return story_tear_down(state);
}

static void
make_device(State *s)
{
	Story *story = s->base.story;
	g_autofree char *hardware =
		make(story->store, "product", "name", "Edge Box", "vendor", "Example Gateways GmbH",
		     "family", "Industrial", "model", "EB-7", NULL);

	s->device = make(story->store, "release", "product", hardware, "version", "rev. B", NULL);
	s->pair = make(story->store, "relationship", "release", story->old, "category",
		       "installed_on", "relates_to", s->device, NULL);
}

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

static void
assert_holds(Story *story, const char *pointer, const char *part, gboolean holds)
{
	g_autofree char *text = at(story, pointer);

	if ((strstr(text, part) != NULL) != holds)
		fail_msg("%s is %s; “%s” should %sbe there", pointer, text, part,
			 holds ? "" : "not ");
}

/* ---- combinations ---- */

static void
combination__stands_for_its_firmware(void **state)
{
	State *s = *state;
	Story *story = s->base.story;

	make_device(s);
	/* entered twice, there once */
	g_free(make(story->store, "relationship", "release", story->old, "category", "installed_on",
		    "relates_to", s->device, NULL));
	assert_at(story, "/product_tree/relationships/1", "");
	assert_at(story, "/product_tree/relationships/0/category", "installed_on");
	assert_at(story, "/product_tree/relationships/0/product_reference", story->old);
	assert_at(story, "/product_tree/relationships/0/relates_to_product_reference", s->device);
	assert_at(story, "/product_tree/relationships/0/full_product_name/name",
		  "Example Gateways GmbH Edge Gateway 4.1 installed on Example Gateways GmbH Edge "
		  "Box rev. B");
	assert_at(story,
		  "/product_tree/relationships/0/full_product_name/product_identification_helper/"
		  "model_numbers/0",
		  "EB-7");
	assert_at(story, "/vulnerabilities/0/product_status/known_affected/0", s->pair);
	assert_holds(story, "/vulnerabilities/0", story->old, FALSE);
	assert_holds(story, "/vulnerabilities/0/remediations", s->pair, TRUE);
	assert_holds(story, "/vulnerabilities/0/scores", s->pair, TRUE);
	assert_valid(story);
}

static void
combination__judged_by_itself__goes_before_its_firmware(void **state)
{
	State *s = *state;
	Story *story = s->base.story;

	make_device(s);
	g_autofree char *other =
		make(story->store, "relationship", "release", story->old, "category",
		     "installed_with", "relates_to", story->other, "name", "The whole set", NULL);
	g_free(make(story->store, "affected", "case", story->case_id, "release", story->old,
		    "relationship", other, "status", "known_not_affected", "justification",
		    "vulnerable_code_not_present", NULL));
	assert_at(story, "/vulnerabilities/0/product_status/known_affected/0", s->pair);
	assert_holds(story, "/vulnerabilities/0/product_status/known_not_affected", other, TRUE);
	assert_at(story, "/product_tree/relationships/1/full_product_name/name", "The whole set");
	assert_valid(story);
}

static void
combination__with_itself_or_nothing__is_left_out(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "relationship", "release", story->old, "category", "installed_on",
		    "relates_to", story->old, NULL));
	assert_at(story, "/product_tree/relationships", "");
	assert_at(story, "/vulnerabilities/0/product_status/known_affected/0", story->old);
}

/* ---- what products are known by ---- */

static void
identifiers__of_product_and_release__are_all_there(void **state)
{
	Story *story = STORY(state);
	static const char *const rows[][4] = {
		{"model_number", "EG-1??", NULL, NULL},
		{"sku", "12345", NULL, NULL},
		{"serial_number", "SN-*", NULL, NULL},
		{"sbom_url", "https://dl.example.com/sbom.json", NULL, NULL},
		{"uri", "urn:example:9", "https://example.com/ns", NULL},
		{"hash", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		 "sha256", "edge.bin"},
		{"hash",
		 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
		 "sha512", "edge.bin"},
	};
	const char *helper = "/product_tree/branches/0/branches/0/branches/0/branches/1/product/"
			     "product_identification_helper";

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		g_free(make(story->store, "identifier", "product", story->product, "release",
			    story->old, "type", rows[i][0], "value", rows[i][1], "algorithm",
			    rows[i][2] ? rows[i][2] : "", "filename", rows[i][3] ? rows[i][3] : "",
			    NULL));
	assert_holds(story, helper, "\"EG-1??\"", TRUE);
	assert_holds(story, helper, "\"12345\"", TRUE);
	assert_holds(story, helper, "\"serial_numbers\":[\"SN-*\"]", TRUE);
	assert_holds(story, helper, "\"sbom_urls\":[\"https://dl.example.com/sbom.json\"]", TRUE);
	assert_holds(story, helper, "\"namespace\":\"https://example.com/ns\"", TRUE);
	assert_holds(story, helper, "\"filename\":\"edge.bin\"", TRUE);
	assert_holds(story, helper, "\"algorithm\":\"sha512\"", TRUE);
	assert_holds(story, helper, "aaaaaaaa", TRUE);
	/* of another release */
	assert_holds(story, "/product_tree/branches/0/branches/0/branches/0/branches/0", "SN-*",
		     FALSE);
	assert_valid(story);
}

static void
release__of_a_range__is_a_range(void **state)
{
	Story *story = STORY(state);
	const char *branch = "/product_tree/branches/0/branches/0/branches/0/branches/1";
	g_autofree char *category = g_strconcat(branch, "/category", NULL);
	g_autofree char *name = g_strconcat(branch, "/name", NULL);

	put(story->store, "release", story->old, "range", "vers:generic/<4.2");
	assert_at(story, category, "product_version_range");
	assert_at(story, name, "vers:generic/<4.2");
	assert_valid(story);
}

/* ---- groups ---- */

static void
groups__many_products_in_two_places__are_listed_once(void **state)
{
	Story *story = STORY(state);

	for (int i = 0; i < 6; i++) {
		g_autofree char *version = g_strdup_printf("2.%d", i);
		g_autofree char *release = make(story->store, "release", "product", story->product,
						"version", version, NULL);
		g_free(make(story->store, "affected", "case", story->case_id, "release", release,
			    "status", "known_affected", NULL));
	}
	assert_at(story, "/product_tree/product_groups", "");
	g_free(make(story->store, "decision", "case", story->case_id, "category", "workaround",
		    "reason", "r", "details", "Close the port.", "decided_at",
		    "2026-11-20T11:00:00Z", NULL));
	g_autofree char *id = at(story, "/product_tree/product_groups/0/group_id");
	assert_true(g_str_has_prefix(id, "group-"));
	assert_at(story, "/vulnerabilities/0/remediations/0/group_ids/0", id);
	assert_at(story, "/vulnerabilities/0/remediations/1/group_ids/0", id);
	assert_at(story, "/vulnerabilities/0/remediations/0/product_ids", "");
	assert_valid(story);
}

/* ---- scores ---- */

static void
score__of_one_release__stands_by_itself(void **state)
{
	Story *story = STORY(state);

	put(story->store, "decision", story->decision, "fixed_in", NULL);
	put(story->store, "decision", story->decision, "details", "Update.");
	g_free(make(story->store, "affected", "case", story->case_id, "release", story->new,
		    "status", "known_affected", NULL));
	g_autofree char *score =
		make(story->store, "score", "case", story->case_id, "version", "3.1", "vector",
		     "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/MAV:L", "source", "ours",
		     "release", story->new, NULL);
	g_free(make(story->store, "score_reason", "score", score, "metric", "MAV", "reason",
		    "Its web page is on the service port only.", NULL));
	assert_at(story, "/vulnerabilities/0/scores/0/products/0", story->old);
	assert_at(story, "/vulnerabilities/0/scores/0/cvss_v3/baseScore", "9.8");
	assert_at(story, "/vulnerabilities/0/scores/1/products/0", story->new);
	assert_holds(story, "/vulnerabilities/0/scores/1/cvss_v3", "MAV:L", TRUE);
	assert_holds(story, "/vulnerabilities/0/notes", "MAV: Its web page", TRUE);
	assert_valid(story);
}

static void
severity__of_the_whole__is_the_highest(void **state)
{
	assert_at(STORY(state), "/document/aggregate_severity/text", "Critical");
}

/* ---- parties, credit, remedies ---- */

static void
involvement__twice_on_a_day__the_newest_counts(void **state)
{
	Story *story = STORY(state);

	for (int i = 0; i < 2; i++)
		g_free(make(story->store, "involvement", "case", story->case_id, "party", "vendor",
			    "status", i ? "completed" : "in_progress", "date",
			    "2026-11-20T10:00:00Z", "summary", "We made a fix.", NULL));
	assert_at(story, "/vulnerabilities/0/involvements/0/status", "completed");
	assert_at(story, "/vulnerabilities/0/involvements/1", "");
	assert_valid(story);
}

static void
coordinator__gives_their_id__others_do_not(void **state)
{
	Story *story = STORY(state);

	put(story->store, "participant", story->finder, "foreign_id", "secret-7");
	g_free(make(story->store, "participant", "case", story->case_id, "role", "coordinator",
		    "name", "CERT Example", "foreign_id", "VU#123456", "credit", "no", NULL));
	assert_at(story, "/vulnerabilities/0/ids/0/text", "VU#123456");
	assert_at(story, "/vulnerabilities/0/ids/0/system_name", "CERT Example");
	assert_at(story, "/vulnerabilities/0/ids/1", "");
}

static void
credit__link__goes_with_the_name(void **state)
{
	Story *story = STORY(state);

	put(story->store, "participant", story->finder, "credit_url", "https://rita.example.org/");
	assert_at(story, "/document/acknowledgments/0/urls/0", "https://rita.example.org/");
	put(story->store, "participant", story->finder, "credit", "anonymous");
	assert_holds(story, "/document/acknowledgments", "rita", FALSE);
}

static void
remedy__tells_restart_and_entitlements(void **state)
{
	Story *story = STORY(state);

	put(story->store, "decision", story->decision, "restart_details", "Takes two minutes.");
	put(story->store, "decision", story->decision, "entitlements",
	    "Service contract\n\nBuilding pass\n");
	assert_at(story, "/vulnerabilities/0/remediations/0/restart_required/details",
		  "Takes two minutes.");
	assert_at(story, "/vulnerabilities/0/remediations/0/entitlements",
		  "[\"Service contract\",\"Building pass\"]");
	assert_valid(story);
}

/* ---- templates ---- */

static char *
make_template(Story *story, const char *is_default)
{
	char *id =
		make(story->store, "advisory_template", "name", "Brand", "default", is_default,
		     "lang", "de", "profile", "csaf_vex", "tlp", "GREEN", "publisher", "Brand AG",
		     "namespace", "https://brand.example.com", "contact", "psirt@brand.example.com",
		     "legal", "Ohne Gewähr.", "distribution", "Nur an Kunden.", NULL);

	g_free(make(story->store, "template_note", "template", id, "category", "general", "title",
		    "Allgemeines", "text", "Netze trennen.", "audience", "all", NULL));
	g_free(make(story->store, "template_reference", "template", id, "summary", "Unsere Seite",
		    "url", "https://brand.example.com/psirt", NULL));
	return id;
}

static void
template__gives_what_its_advisories_have_in_common(void **state)
{
	Story *story = STORY(state);
	g_autofree char *template = make_template(story, "no");

	put(story->store, "advisory", story->advisory, "template", template);
	assert_at(story, "/document/publisher/name", "Brand AG");
	assert_at(story, "/document/publisher/namespace", "https://brand.example.com");
	assert_at(story, "/document/publisher/category", "vendor");
	assert_at(story, "/document/notes/legal/text", "Ohne Gewähr.");
	assert_at(story, "/document/distribution/text", "Nur an Kunden.");
	assert_holds(story, "/document/notes", "Netze trennen.", TRUE);
	assert_holds(story, "/document/references", "https://brand.example.com/psirt", TRUE);
	/* of the record itself, not of a template chosen later */
	assert_at(story, "/document/category", "csaf_security_advisory");
	assert_valid(story);
}

static char *
draft_of(Story *story, const PsDraftOptions *options)
{
	g_autofree char *other = fixture_case(story->store, "Another case");
	g_autoptr(GError) error = NULL;
	g_autofree char *id = ps_advisory_draft_with(story->store, other, options, &error);

	assert_done(id, error);
	g_autoptr(PsRecord) record = ps_store_get(story->store, "advisory", id, NULL);
	return g_strdup_printf("%s %s %s %s", ps_record_text(record, "profile"),
			       ps_record_text(record, "lang"), ps_record_text(record, "tlp"),
			       ps_record_text(record, "template") ? "template" : "none");
}

static void
draft__takes_the_default_template_or_the_named_one(void **state)
{
	Story *story = STORY(state);
	const PsDraftOptions none = {NULL, NULL, NULL}, named = {"Brand", NULL, "fr"};
	const PsDraftOptions wrong = {"Brandt", NULL, NULL};
	g_autofree char *template = make_template(story, "no");
	g_autofree char *without = draft_of(story, &none), *with = draft_of(story, &named);
	g_autoptr(GError) error = NULL;

	assert_string_equal(without, "csaf_security_advisory en CLEAR none");
	assert_string_equal(with, "csaf_vex fr GREEN template");
	put(story->store, "advisory_template", template, "default", "yes");
	g_autofree char *by_default = draft_of(story, &none);
	assert_string_equal(by_default, "csaf_vex de GREEN template");
	g_autofree char *other = fixture_case(story->store, "One more");
	assert_null(ps_advisory_draft_with(story->store, other, &wrong, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	assert_non_null(strstr(error->message, "“Brand”"));
}

/* ---- profiles ---- */

static void
profile__each__passes_its_own_tests(void **state)
{
	static const char *const profiles[] = {"csaf_base", "csaf_security_advisory", "csaf_vex",
					       "csaf_informational_advisory",
					       "csaf_security_incident_response"};
	State *s = *state;

	make_device(s);
	for (gsize i = 0; i < G_N_ELEMENTS(profiles); i++) {
		put(s->base.story->store, "advisory", s->base.story->advisory, "profile",
		    profiles[i]);
		assert_valid(s->base.story);
		assert_at(s->base.story, "/document/category", profiles[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(combination__stands_for_its_firmware),
		TEST(combination__judged_by_itself__goes_before_its_firmware),
		TEST(combination__with_itself_or_nothing__is_left_out),
		TEST(identifiers__of_product_and_release__are_all_there),
		TEST(release__of_a_range__is_a_range),
		TEST(groups__many_products_in_two_places__are_listed_once),
		TEST(score__of_one_release__stands_by_itself),
		TEST(severity__of_the_whole__is_the_highest),
		TEST(involvement__twice_on_a_day__the_newest_counts),
		TEST(coordinator__gives_their_id__others_do_not),
		TEST(credit__link__goes_with_the_name),
		TEST(remedy__tells_restart_and_entitlements),
		TEST(template__gives_what_its_advisories_have_in_common),
		TEST(draft__takes_the_default_template_or_the_named_one),
		TEST(profile__each__passes_its_own_tests),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
