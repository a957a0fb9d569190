#include "config.h"

/* Review with real keys: Ada writes, Ben reads. */

#include "advisory/review.h"

#include <string.h>

#include "advisory/comment.h"
#include "base/utc.h"
#include "tests/unit/publish-fixture.h"

static char *ada_key, *ben_key, *stranger_key;

typedef struct {
	State *s;
	char *ada, *ben; /* people */
} Desk;

static int
make_keys(void **state)
{
	int failed = make_home(state);
	PsTestHome *home = ((Signer *)*state)->home;

	ada_key = ps_test_key(home, "Ada <ada@example.com>");
	ben_key = ps_test_key(home, "Ben <ben@example.com>");
	stranger_key = ps_test_key(home, "Stranger <who@example.org>");
	return failed;
}

static int
free_keys(void **state)
{
	g_free(ada_key);
	g_free(ben_key);
	g_free(stranger_key);
	return free_home(state);
}

static PsStore *
store_of(Desk *desk)
{
	return desk->s->fixture->store;
}

static void
sit_down(Desk *desk, const char *person)
{
	ps_store_set_person(store_of(desk), person);
}

static int
make_desk(void **state)
{
	Desk *desk = g_new0(Desk, 1);
	void *inner = *state;

	if (set_up(&inner) != 0)
		return -1;
	desk->s = inner;
	desk->ada = make(store_of(desk), "person", "name", "Ada", "fingerprint", ada_key, NULL);
	desk->ben = make(store_of(desk), "person", "name", "Ben", "fingerprint", ben_key, NULL);
	sit_down(desk, desk->ada);
	edit(desk->s->story, "/document/aggregate_severity/text", "High");
	*state = desk;
	return 0;
}

static int
free_desk(void **state)
{
	Desk *desk = *state;
	void *inner = desk->s;

	g_free(desk->ada);
	g_free(desk->ben);
	g_free(desk);
	*state = NULL;
	return tear_down(&inner);
}

/* ---- helpers ---- */

static void
ask(Desk *desk)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_review_ask(store_of(desk), desk->s->story->advisory, &error), error);
}

static void
approve(Desk *desk, const char *person)
{
	g_autoptr(GError) error = NULL;

	sit_down(desk, person);
	assert_done(ps_advisory_approve(store_of(desk), desk->s->openpgp, desk->s->story->advisory,
					&error),
		    error);
}

static void
approve_wrong(Desk *desk, const char *person, PsErrorCode code, const char *part)
{
	g_autoptr(GError) error = NULL;

	sit_down(desk, person);
	assert_false(ps_advisory_approve(store_of(desk), desk->s->openpgp, desk->s->story->advisory,
					 &error));
	if (!g_error_matches(error, PS_ERROR, (int)code) || !strstr(error->message, part))
		fail_msg("error %d “%s” instead of %d “%s”", error->code, error->message, (int)code,
			 part);
}

static void
assert_state(Desk *desk, const char *wanted)
{
	g_autofree char *state =
		fixture_text(store_of(desk), "advisory", desk->s->story->advisory, "state");

	assert_string_equal(state, wanted);
}

static void
assert_standing(Desk *desk, gboolean holds, const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsAdvisory) advisory = load(desk->s->story);
	g_autoptr(PsReview) review = ps_review(store_of(desk), advisory, &error);

	assert_done(review, error);
	assert_int_equal(review->holds, holds);
	if (!strstr(review->sentence, part))
		fail_msg("“%s” does not say “%s”", review->sentence, part);
}

static gboolean
log_says(Desk *desk, const char *part)
{
	g_autoptr(GPtrArray) events =
		ps_store_children(store_of(desk), "event", desk->s->story->case_id, NULL);

	for (guint i = 0; i < events->len; i++)
		if (strstr(ps_record_text(events->pdata[i], "text"), part))
			return TRUE;
	return FALSE;
}

/* What a second analyst does with nothing but gpg. */
static GBytes *
sign_elsewhere(Desk *desk, const char *with)
{
	g_autoptr(PsAdvisory) advisory = load(desk->s->story);
	g_autofree char *text = ps_review_statement(advisory);
	g_autoptr(GBytes) statement = ps_test_text(text);

	return ps_test_run(desk->s->signer->home, statement, "gpg", "--batch", "--armor",
			   "--local-user", with, "--detach-sign", NULL);
}

static void
import_wrong(Desk *desk, GBytes *signature, PsErrorCode code, const char *part)
{
	g_autoptr(GError) error = NULL;

	assert_false(ps_review_import(store_of(desk), desk->s->openpgp, desk->s->story->advisory,
				      signature, NULL, &error));
	if (!g_error_matches(error, PS_ERROR, (int)code) || !strstr(error->message, part))
		fail_msg("error %d “%s” instead of %d “%s”", error->code, error->message, (int)code,
			 part);
}

/* ---- tests ---- */

static void
review__author__does_not_approve(void **state)
{
	Desk *desk = *state;

	approve_wrong(desk, desk->ada, PS_ERROR_REFUSED, "somebody else");
	sit_down(desk, desk->ben);
	edit(desk->s->story, "/document/aggregate_severity/text", "Critical");
	approve_wrong(desk, desk->ben, PS_ERROR_REFUSED, "Ben wrote");
	assert_standing(desk, FALSE, "Ada, Ben");
}

static void
review__who_changed_only_the_case__does_not_approve(void **state)
{
	Desk *desk = *state;

	ask(desk);
	approve(desk, desk->ben);
	publish(desk->s);
	sit_down(desk, desk->ben);
	put(store_of(desk), "vulnerability", desk->s->story->flaw, "description", "Quite other.");
	approve_wrong(desk, desk->ben, PS_ERROR_REFUSED, "Ben wrote");
	approve(desk, desk->ada);
}

static void
review__edit_taken_back__was_an_edit(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;

	approve(desk, desk->ben);
	sit_down(desk, desk->ben);
	assert_done(ps_advisory_reset(store_of(desk), desk->s->story->advisory,
				      "/document/aggregate_severity", &error),
		    error);
	approve_wrong(desk, desk->ben, PS_ERROR_REFUSED, "somebody else");
	approve(desk, desk->ada);
}

static void
review__second_person__approves_and_it_is_published(void **state)
{
	Desk *desk = *state;

	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "somebody else");
	ask(desk);
	assert_state(desk, "review");
	assert_standing(desk, FALSE, "Ada asked for the review");
	approve(desk, desk->ben);
	assert_state(desk, "approved");
	assert_standing(desk, TRUE, "Ben approved version 1");
	approve_wrong(desk, desk->ben, PS_ERROR_CONFLICT, "approved already");
	publish(desk->s);
	assert_state(desk, "published");
	g_autofree char *alone =
		fixture_sql(store_of(desk), "SELECT a.alone FROM advisory_version v JOIN "
					    "advisory_approval a ON a.id = v.approval");
	assert_string_equal(alone, "0");
	assert_true(log_says(desk, "Ben approved version 1"));
	assert_verified(store_of(desk));
}

static void
review__statement_signed_with_plain_gpg__counts(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *name = NULL;
	g_autoptr(GBytes) signature = sign_elsewhere(desk, ben_key);

	assert_done(ps_review_import(store_of(desk), desk->s->openpgp, desk->s->story->advisory,
				     signature, &name, &error),
		    error);
	assert_string_equal(name, "Ben");
	assert_standing(desk, TRUE, "Ben approved");
	publish(desk->s);
}

static void
review__signatures_that_do_not_count__say_why(void **state)
{
	Desk *desk = *state;
	g_autoptr(GBytes) of_author = sign_elsewhere(desk, ada_key);
	g_autoptr(GBytes) of_stranger = sign_elsewhere(desk, stranger_key);
	g_autoptr(GBytes) of_ben = sign_elsewhere(desk, ben_key);
	g_autoptr(GBytes) rubbish = ps_test_text("rubbish");
	g_autoptr(GError) error = NULL;

	import_wrong(desk, of_author, PS_ERROR_REFUSED, "Ada wrote");
	import_wrong(desk, of_stranger, PS_ERROR_REFUSED, "nobody who works here");
	assert_false(ps_review_import(store_of(desk), desk->s->openpgp, desk->s->story->advisory,
				      rubbish, NULL, &error));
	assert_non_null(error);
	edit(desk->s->story, "/document/title", "Another title");
	import_wrong(desk, of_ben, PS_ERROR_INVALID, "changed since");
	assert_standing(desk, FALSE, "ask for a review");
}

static void
review__change_after_approval__makes_it_void(void **state)
{
	Desk *desk = *state;

	approve(desk, desk->ben);
	edit(desk->s->story, "/document/title", "Another title");
	assert_state(desk, "draft");
	assert_standing(desk, FALSE, "void");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "void");
	approve_wrong(desk, desk->ben, PS_ERROR_REFUSED, "Ben wrote");
	approve(desk, desk->ada);
	publish(desk->s);
}

static void
review__change_of_the_case__makes_it_void(void **state)
{
	Desk *desk = *state;

	approve(desk, desk->ben);
	put(store_of(desk), "vulnerability", desk->s->story->flaw, "description", "Quite other.");
	assert_standing(desk, FALSE, "changed since");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "void");
	put(store_of(desk), "vulnerability", desk->s->story->flaw, "description",
	    "An empty password is taken.");
	assert_standing(desk, TRUE, "Ben approved");
}

static void
review__sent_back__has_a_comment_and_no_approval(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;
	const char *id = desk->s->story->advisory;

	assert_false(ps_review_reject(store_of(desk), id, "No.", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	g_clear_error(&error);
	ask(desk);
	approve(desk, desk->ben);
	assert_done(ps_review_reject(store_of(desk), id, "The title is wrong.", &error), error);
	assert_state(desk, "draft");
	assert_standing(desk, FALSE, "ask for a review");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "ask for a review");
	approve_wrong(desk, desk->ada, PS_ERROR_REFUSED, "Ada wrote");
	g_autoptr(PsAdvisory) advisory = load(desk->s->story);
	g_autoptr(GPtrArray) comments = ps_comments(store_of(desk), advisory, TRUE, NULL);
	assert_int_equal(comments->len, 1);
	assert_string_equal(((PsComment *)comments->pdata[0])->text, "The title is wrong.");
	assert_string_equal(((PsComment *)comments->pdata[0])->by, "Ben");
	assert_true(log_says(desk, "Ben sent version 1"));
}

static void
review__asking_twice__is_a_conflict(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;

	ask(desk);
	assert_false(ps_review_ask(store_of(desk), desk->s->story->advisory, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	g_clear_error(&error);
	put(store_of(desk), "vulnerability", desk->s->story->flaw, "description", "");
	assert_false(ps_review_ask(store_of(desk), desk->s->story->advisory, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INVALID));
}

static void
review__team_of_one__is_recorded_as_alone(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(store_of(desk), "advisory.second_person", "no", &error),
		    error);
	approve(desk, desk->ada);
	assert_standing(desk, TRUE, "alone");
	assert_true(log_says(desk, "alone: no second person looked at it"));
	/* The setting changed meanwhile: it does not suffice any more. */
	assert_done(ps_store_set_config(store_of(desk), "advisory.second_person", "yes", &error),
		    error);
	assert_standing(desk, FALSE, "a second person has to");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "second person");
	approve_wrong(desk, desk->ada, PS_ERROR_REFUSED, "Ada wrote");
	assert_done(ps_store_set_config(store_of(desk), "advisory.second_person", "no", &error),
		    error);
	publish(desk->s);
	g_autofree char *alone =
		fixture_sql(store_of(desk), "SELECT a.alone FROM advisory_version v JOIN "
					    "advisory_approval a ON a.id = v.approval");
	assert_string_equal(alone, "1");
}

static void
review__published_without_asking__is_recorded_as_alone(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(store_of(desk), "advisory.second_person", "no", &error),
		    error);
	publish(desk->s);
	assert_true(log_says(desk, "Ada approved version 1"));
	assert_true(log_says(desk, "alone: no second person looked at it"));
}

static void
review__setting_of_rubbish__is_refused(void **state)
{
	Desk *desk = *state;
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(store_of(desk), "advisory.second_person", "maybe", &error),
		    error);
	approve_wrong(desk, desk->ben, PS_ERROR_INPUT, "yes, no or auto");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "yes, no or auto");
}

/* Somebody writes the record by hand: what was not signed does not count. */
static void
review__forged_record__is_not_published(void **state)
{
	Desk *desk = *state;
	g_autoptr(PsAdvisory) advisory = load(desk->s->story);
	g_autofree char *digest = ps_review_digest(advisory);
	g_autofree char *statement = ps_review_statement(advisory);
	g_autoptr(GBytes) signed_by_ada = sign_elsewhere(desk, ada_key);
	g_autofree char *armour =
		g_strndup(g_bytes_get_data(signed_by_ada, NULL), g_bytes_get_size(signed_by_ada));
	g_autofree char *id =
		make(store_of(desk), "advisory_approval", "advisory", desk->s->story->advisory,
		     "version", "1", "at", "2026-11-01T00:00:00Z", "person", desk->ben, "alone",
		     "no", "digest", digest, "statement", statement, "signature", armour,
		     "fingerprint", ben_key, NULL);

	assert_standing(desk, TRUE, "Ben approved");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "not signed with the key of Ben");
	edit(desk->s->story, "/document/title", "Another title");
	approve_wrong(desk, desk->ada, PS_ERROR_REFUSED, "Ada wrote");
	edit(desk->s->story, "/document/title", "Login can be bypassed");
	put(store_of(desk), "advisory_approval", id, "signature", "");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "not signed");
}

static void
review__status_alone__needs_no_second_approval(void **state)
{
	Desk *desk = *state;
	const PsPublishOptions interim = {.at = PS_NO_TIME, .interim = TRUE};

	approve(desk, desk->ben);
	publish_with(desk->s, &interim, NULL);
	publish(desk->s);
	assert_at(desk->s->story, "/document/tracking/status", "final");
	assert_int_equal(count_versions(desk->s), 2);
	edit(desk->s->story, "/document/title", "Another title");
	publish_wrong(desk->s, NULL, PS_ERROR_REFUSED, "ask for a review");
}

static void
review__statement__is_as_documented(void **state)
{
	Desk *desk = *state;
	g_autoptr(PsAdvisory) advisory = load(desk->s->story);
	g_autofree char *statement = ps_review_statement(advisory);
	g_autoptr(cJSON) document = ps_review_document(advisory);
	g_autofree char *bytes = ps_advisory_print(document);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, bytes, -1);
	g_autofree char *wanted = g_strdup_printf("psirtdesk-approval: 1\n"
						  "tracking-id: %s\n"
						  "version: 1\n"
						  "publisher: https://www.example.com\n"
						  "sha256: %s\n",
						  desk->s->story->case_number, hash);

	assert_string_equal(statement, wanted);
	assert_null(ps_json_at(document, "/document/tracking/current_release_date"));
	assert_null(ps_json_at(document, "/document/tracking/generator"));
	assert_null(ps_json_at(document, "/document/tracking/status"));
	assert_null(ps_json_at(document, "/document/tracking/revision_history/0/date"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_desk, free_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(review__author__does_not_approve),
		TEST(review__who_changed_only_the_case__does_not_approve),
		TEST(review__edit_taken_back__was_an_edit),
		TEST(review__second_person__approves_and_it_is_published),
		TEST(review__statement_signed_with_plain_gpg__counts),
		TEST(review__signatures_that_do_not_count__say_why),
		TEST(review__change_after_approval__makes_it_void),
		TEST(review__change_of_the_case__makes_it_void),
		TEST(review__sent_back__has_a_comment_and_no_approval),
		TEST(review__asking_twice__is_a_conflict),
		TEST(review__team_of_one__is_recorded_as_alone),
		TEST(review__published_without_asking__is_recorded_as_alone),
		TEST(review__setting_of_rubbish__is_refused),
		TEST(review__forged_record__is_not_published),
		TEST(review__status_alone__needs_no_second_approval),
		TEST(review__statement__is_as_documented),
	};

	return cmocka_run_group_tests(tests, make_keys, free_keys);
}
