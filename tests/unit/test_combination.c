#include "config.h"

/* A release in a combination (a firmware on one device): found by what people call it, judged,
 * scored and decided on by itself, and told so by documents of both versions. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/cve-affected.h"
#include "advisory/document-2-1.h"
#include "advisory/openvex.h"
#include "cases/case.h"
#include "registry/own-product.h"

#define V31 "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
#define V40 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
#define PAIRS(...) ((char *const *)(const char *const[]){__VA_ARGS__, NULL})

typedef struct {
	StoryState base;        /* first: the state is freed as one */
	char *box, *rack;       /* releases of hardware */
	char *on_box, *on_rack; /* firmware 4.1 on each */
} State;

static char *
make_hardware(Story *story, const char *name, const char *version)
{
	g_autofree char *product = make(story->store, "product", "name", name, "vendor",
					"Example Gateways GmbH", NULL);

	return make(story->store, "release", "product", product, "version", version, NULL);
}

static int
set_up(void **state)
{
	State *s = g_new0(State, 1);
	void *base = NULL;

	if (story_set_up(&base) != 0)
		return -1;
	s->base = *(StoryState *)base;
	g_free(base);
	Story *story = s->base.story;
	s->box = make_hardware(story, "Edge Box", "rev. B");
	s->rack = make_hardware(story, "Edge Rack", "2+1");
	s->on_box = make(story->store, "relationship", "release", story->old, "category",
			 "installed_on", "relates_to", s->box, "name", "The boxed one", NULL);
	s->on_rack = make(story->store, "relationship", "release", story->old, "category",
			  "installed_on", "relates_to", s->rack, NULL);
	/* the fixed firmware runs on both, too: its product has an affected one beside it */
	g_free(make(story->store, "relationship", "release", story->new, "category", "installed_on",
		    "relates_to", s->box, NULL));
	g_free(make(story->store, "relationship", "release", story->new, "category", "installed_on",
		    "relates_to", s->rack, NULL));
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	State *s = *state;

	g_free(s->box);
	g_free(s->rack);
	g_free(s->on_box);
	g_free(s->on_rack);
	return story_tear_down(state);
}

static void
affect(Story *story, const char *product, const char *status, const char *justification)
{
	const PsAffect what = {.status = status, .justification = justification};
	g_autoptr(GError) error = NULL;

	assert_done(ps_case_affect(story->store, story->case_id,
				   (const char *const[]){product, NULL}, &what, NULL, &error),
		    error);
}

/* The story's own word on 4.1 goes, so that only combinations are judged. */
static void
forget_old(Story *story)
{
	g_autoptr(GPtrArray) entries =
		ps_store_children(story->store, "affected", story->case_id, NULL);
	g_autoptr(PsTxn) txn = ps_txn_begin(story->store, "test", NULL);

	for (guint i = 0; i < entries->len; i++)
		if (g_strcmp0(ps_record_text(entries->pdata[i], "release"), story->old) == 0)
			assert_true(ps_txn_delete(txn, "affected", ps_record_id(entries->pdata[i]),
						  NULL));
	assert_true(ps_txn_commit(txn, NULL));
}

/* The document of the version as text, after its own schema and mandatory tests. */
static char *
checked(Story *story, gboolean newer)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(cJSON) made =
		newer ? ps_advisory_document_2_1(story->store, advisory, NULL, &error) : NULL;
	const cJSON *document = newer ? made : ps_advisory_document(advisory);

	assert_done(document, error);
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(document, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, &error);
	assert_done(report, error);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		fail_msg("%s %s: %s", finding->test, finding->pointer, finding->message);
	}
	char *text = cJSON_PrintUnformatted(document);
	char *copy = g_strdup(text);
	cJSON_free(text);
	return copy;
}

static void
assert_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("“%s” is not in %s", part, text);
}

/* ---- finding ---- */

static void
own_product__find__takes_ids_names_words_and_pairs(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	const struct {
		const char *text, *release, *relationship;
	} rows[] = {
		{story->old, story->old, NULL},
		{"gateway 4.1", story->old, NULL},
		{s->on_box, story->old, s->on_box},
		{"The boxed one", story->old, s->on_box},
		{"gateway 4.1 + edge box", story->old, s->on_box},
		{"edge box+gateway 4.1", story->old, s->on_box},
		/* the device's own version holds a “+” */
		{"edge rack 2+1", s->rack, NULL},
		{"gateway 4.1+edge rack 2+1", story->old, s->on_rack},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(PsOwnProduct) found = {NULL, NULL};
		g_autoptr(GError) error = NULL;
		assert_done(ps_own_product_find(story->store, rows[i].text, &found, &error), error);
		assert_string_equal(found.release, rows[i].release);
		if (g_strcmp0(found.relationship, rows[i].relationship) != 0)
			fail_msg("“%s” gave %s", rows[i].text, found.relationship);
	}
}

static void
own_product__find__says_what_is_wrong(void **state)
{
	Story *story = ((State *)*state)->base.story;
	static const char *const rows[][2] = {
		{"", "no release or combination"},
		{"++", "no release or combination"},
		{"toaster 9", "no release or combination “toaster 9”"},
		{"gateway", "more than one release"},
		{"gateway 3.9 + edge box", "no combination of"},
		{"gateway + edge box", "“gateway” fits more than one"},
		{"edge box + toaster", "no release or combination"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(PsOwnProduct) found = {NULL, NULL};
		g_autoptr(GError) error = NULL;
		assert_false(ps_own_product_find(story->store, rows[i][0], &found, &error));
		assert_non_null(error);
		assert_null(found.release);
		assert_in(error->message, rows[i][1]);
	}
}

static void
own_product__find__two_ways_of_combining__asks_for_the_id(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	g_auto(PsOwnProduct) found = {NULL, NULL};
	g_autoptr(GError) error = NULL;

	g_free(make(story->store, "relationship", "release", story->old, "category",
		    "default_component_of", "relates_to", s->box, NULL));
	assert_false(ps_own_product_find(story->store, "gateway 4.1 + edge box", &found, &error));
	assert_in(error->message, "more than one way");
}

/* ---- judging ---- */

static void
case__affect__combination_and_release_are_two_entries(void **state)
{
	State *s = *state;
	Story *story = s->base.story;

	affect(story, "gateway 4.1 + edge box", "known_not_affected",
	       "vulnerable_code_not_present");
	affect(story, "gateway 4.1 + edge box", "under_investigation", NULL);
	g_autofree char *count =
		fixture_sql(story->store,
			    "SELECT COUNT(*) FROM affected WHERE relationship IS NOT NULL");
	assert_string_equal(count, "1");
	g_autofree char *status =
		fixture_sql(story->store,
			    "SELECT status FROM affected WHERE relationship IS NOT NULL");
	assert_string_equal(status, "under_investigation");
	assert_at(story, "/vulnerabilities/0/product_status/known_affected/0", s->on_rack);
	assert_at(story, "/vulnerabilities/0/product_status/under_investigation/0", s->on_box);
	g_free(checked(story, FALSE));
	g_free(checked(story, TRUE));
}

static void
case__affect__what_was_seen_counts_for_each_product(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	const PsAffect what = {.status = "fixed",
			       .seen = (const char *const[]){"known_affected", "fixed"}};
	g_autoptr(GError) error = NULL;

	affect(story, s->on_box, "known_not_affected", "component_not_present");
	assert_false(ps_case_affect(story->store, story->case_id,
				    (const char *const[]){s->on_rack, s->on_box, NULL}, &what, NULL,
				    &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	g_autofree char *count =
		fixture_sql(story->store,
			    "SELECT COUNT(*) FROM affected WHERE relationship IS NOT NULL");
	assert_string_equal(count, "1");
}

static void
document__one_combination_judged__leaves_the_others_out(void **state)
{
	State *s = *state;
	Story *story = s->base.story;

	forget_old(story);
	affect(story, s->on_box, "known_affected", NULL);
	g_autofree char *text = checked(story, FALSE);
	assert_in(text, "\"name\":\"The boxed one\"");
	assert_null(strstr(text, s->on_rack));
	/* the fixed one stands for its combinations with both */
	g_autofree char *affected = at(story, "/vulnerabilities/0/product_status/known_affected");
	g_autofree char *only = g_strdup_printf("[\"%s\"]", s->on_box);
	assert_string_equal(affected, only);
}

static void
document_2_1__combination__is_a_product_path(void **state)
{
	State *s = *state;
	Story *story = s->base.story;

	affect(story, s->on_box, "known_not_affected", "vulnerable_code_not_present");
	g_autofree char *text = checked(story, TRUE);
	assert_in(text, "\"product_paths\":[{\"beginning_product_reference\":");
	assert_in(text, "\"category\":\"installed_on\"");
	assert_in(text, "\"name\":\"The boxed one\"");
	assert_null(strstr(text, "\"relationships\""));
}

/* ---- what leaves in other forms ---- */

/* The form of the document that the story has now. */
static char *
printed(Story *story, cJSON *made, const GError *error)
{
	(void)story;
	assert_done(made, error);
	g_autoptr(cJSON) document = made;
	char *text = cJSON_PrintUnformatted(document);
	char *copy = g_strdup(text);
	cJSON_free(text);
	return copy;
}

static void
exports__firmware_affected_on_one_device_only__contradict_nothing(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	g_autoptr(GError) error = NULL;

	affect(story, s->on_box, "known_not_affected", "vulnerable_code_not_present");
	affect(story, s->on_rack, "known_affected", NULL);
	g_autoptr(PsAdvisory) advisory = load(story);
	const cJSON *document = ps_advisory_document(advisory);
	g_autofree char *vex = printed(story, ps_openvex(document, &error), error);
	/* the two together are the product, the firmware is part of it */
	g_autofree char *boxed = g_strdup_printf("#%s\"", s->on_box);
	g_autofree char *racked = g_strdup_printf("#%s\"", s->on_rack);
	assert_in(vex, boxed);
	assert_in(vex, racked);
	assert_in(vex, "\"subcomponents\":[{\"@id\":");
	const cJSON *flaw = ps_json_at(document, "/vulnerabilities/0");
	g_autofree char *cve = printed(story, ps_cve_affected(document, flaw), error);
	assert_in(cve, "\"platforms\":[\"Example Gateways GmbH Edge Box rev. B\"]");
	assert_in(cve, "\"platforms\":[\"Example Gateways GmbH Edge Rack 2+1\"]");
}

/* ---- scores and decisions ---- */

static void
score__of_a_combination__stands_by_itself_in_both_versions(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	g_autoptr(GError) error = NULL;

	g_free(ps_case_score(story->store, story->case_id, V31, PAIRS("source", "ours"), &error));
	assert_null(error);
	g_free(ps_case_score(story->store, story->case_id, V40, PAIRS("source", "ours"), &error));
	assert_null(error);
	g_free(ps_case_score(story->store, story->case_id, V31 "/MAV:P",
			     PAIRS("release", "gateway 4.1 + edge box"), &error));
	assert_null(error);
	g_free(ps_case_score(story->store, story->case_id, V40 "/MAV:P",
			     PAIRS("release", s->on_box), &error));
	assert_null(error);
	g_autofree char *older = checked(story, FALSE), *newer = checked(story, TRUE);
	g_autofree char *one = g_strdup_printf("\"products\":[\"%s\"]", s->on_box);
	g_autofree char *other = g_strdup_printf("\"products\":[\"%s\"]", s->on_rack);
	assert_in(older, V31 "/MAV:P");
	assert_in(older, one);
	assert_in(older, other);
	assert_in(older, V40 "/MAV:P");
	assert_in(newer, V40 "/MAV:P");
	assert_in(newer, V31 "/MAV:P");
	/* the notes that 2.0 needs for CVSS 4.0 are gone from 2.1 */
	assert_null(strstr(newer, "\"title\":\"CVSS 4.0"));
}

static void
decision__of_a_combination__holds_for_it_alone(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	g_autoptr(GError) error = NULL;

	g_free(ps_case_decide(story->store, story->case_id, "workaround",
			      PAIRS("reason", "Has a switch.", "details", "Turn the switch.",
				    "release", "gateway 4.1 + edge rack 2+1"),
			      &error));
	assert_null(error);
	g_autofree char *text = checked(story, FALSE);
	g_autofree char *part =
		g_strdup_printf("\"details\":\"Turn the switch.\",\"product_ids\":[\"%s\"]",
				s->on_rack);
	assert_in(text, part);
}

static void
decision__same_words_for_two_products__are_told_once(void **state)
{
	State *s = *state;
	Story *story = s->base.story;
	const char *products[] = {s->on_box, s->on_rack};
	g_autoptr(GError) error = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(products); i++)
		g_free(ps_case_decide(story->store, story->case_id, "workaround",
				      PAIRS("reason", "Has a switch.", "details",
					    "Turn the switch.", "release", products[i]),
				      &error));
	assert_null(error);
	g_autofree char *text = checked(story, FALSE);
	g_autofree char *part =
		g_strdup_printf("\"details\":\"Turn the switch.\",\"product_ids\":[\"%s\",\"%s\"]",
				s->on_box, s->on_rack);
	assert_in(text, part);
}

static void
decision__proposed_or_for_another_vulnerability__is_left_out(void **state)
{
	Story *story = ((State *)*state)->base.story;
	g_autofree char *flaw = make(story->store, "vulnerability", "case", story->case_id, "title",
				     "Another", "description", "Something else.", NULL);

	g_free(make(story->store, "decision", "case", story->case_id, "category", "workaround",
		    "reason", "They say so.", "details", "Pull the plug.", "proposed", "yes",
		    "decided_at", "2026-03-09T00:00:00Z", NULL));
	g_free(make(story->store, "decision", "case", story->case_id, "category", "mitigation",
		    "reason", "Helps.", "details", "Close port 80.", "vulnerability", flaw, "date",
		    "2026-05-01T00:00:00Z", "decided_at", "2026-03-09T00:00:00Z", NULL));
	affect(story, "gateway 4.1", "known_affected", NULL);
	g_autofree char *text = checked(story, FALSE);
	assert_null(strstr(text, "Pull the plug"));
	const char *first = strstr(text, "Close port 80.");
	assert_non_null(first);
	assert_null(strstr(first + 1, "Close port 80."));
	assert_in(text, "\"date\":\"2026-05-01T00:00:00");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(own_product__find__takes_ids_names_words_and_pairs),
		TEST(own_product__find__says_what_is_wrong),
		TEST(own_product__find__two_ways_of_combining__asks_for_the_id),
		TEST(case__affect__combination_and_release_are_two_entries),
		TEST(case__affect__what_was_seen_counts_for_each_product),
		TEST(document__one_combination_judged__leaves_the_others_out),
		TEST(document_2_1__combination__is_a_product_path),
		TEST(exports__firmware_affected_on_one_device_only__contradict_nothing),
		TEST(score__of_a_combination__stands_by_itself_in_both_versions),
		TEST(decision__of_a_combination__holds_for_it_alone),
		TEST(decision__same_words_for_two_products__are_told_once),
		TEST(decision__proposed_or_for_another_vulnerability__is_left_out),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
