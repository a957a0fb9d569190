#include "config.h"

/* What changed in the case since the analyst last looked, and what becomes of the answers. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/base.h"
#include "advisory/item.h"
#include "advisory/refresh.h"

static guint
count_changes(Story *story)
{
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);

	assert_int_equal(changes->len, ps_advisory_count_changes(advisory));
	return changes->len;
}

/* The only change. */
static PsAdvisoryChange *
only_change(GPtrArray *changes)
{
	assert_int_equal(changes->len, 1);
	return changes->pdata[0];
}

static void
answer(Story *story, const char *accept, const char *keep)
{
	const char *accepted[] = {accept, NULL}, *kept[] = {keep, NULL};
	g_autoptr(GError) error = NULL;

	assert_done(ps_advisory_answer(story->store, story->advisory, accept ? accepted : NULL,
				       keep ? kept : NULL, NULL, &error),
		    error);
}

static void
hold(Story *story)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(story->store, "advisory.follow", "no", &error), error);
}

/* ---- what is listed ---- */

static void
changes__after_the_draft__none(void **state)
{
	assert_int_equal(count_changes(STORY(state)), 0);
}

static void
changes__text__names_place_old_and_new(void **state)
{
	Story *story = STORY(state);

	put(story->store, "vulnerability", story->flaw, "title", "Login with any password");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);
	PsAdvisoryChange *change = only_change(changes);
	assert_int_equal(change->kind, PS_CHANGE_CHANGED);
	assert_string_equal(change->pointer, "/vulnerabilities/0/title");
	assert_string_equal(change->old_text, "Login without password");
	assert_string_equal(change->new_text, "Login with any password");
	assert_non_null(strstr(change->label, "CVE-2026-12345"));
	assert_true(change->shown);
	assert_false(change->edited);
	/* shown at once, by default */
	assert_at(story, "/vulnerabilities/0/title", "Login with any password");
}

static void
changes__new_product__is_named_not_its_id(void **state)
{
	Story *story = STORY(state);
	g_autofree char *release = make(story->store, "release", "product", story->product,
					"version", "4.0", "released_on", "2025-12-01", NULL);
	g_autofree char *affected = make(story->store, "affected", "case", story->case_id,
					 "release", release, "status", "known_affected", NULL);
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);
	gboolean named = FALSE;

	/* tree, status, remediation, score */
	assert_int_equal(changes->len, 4);
	for (guint i = 0; i < changes->len; i++) {
		PsAdvisoryChange *change = changes->pdata[i];
		assert_int_equal(change->kind, PS_CHANGE_ADDED);
		assert_string_equal(change->old_text, "");
		assert_non_null(strstr(change->new_text, "4.0"));
		if (strstr(change->field, "product_status"))
			named = strstr(change->label, "4.0") && !strstr(change->new_text, release);
	}
	assert_true(named);
}

static void
changes__of_what_belongs_to_the_advisory__are_none(void **state)
{
	Story *story = STORY(state);

	put(story->store, "advisory", story->advisory, "tlp", "GREEN");
	put(story->store, "advisory", story->advisory, "profile", "csaf_vex");
	assert_int_equal(count_changes(story), 0);
	put(story->store, "advisory", story->advisory, "profile", "csaf_informational_advisory");
	assert_int_equal(count_changes(story), 0);
}

static void
changes__of_an_edited_field__say_that_the_edit_stays(void **state)
{
	Story *story = STORY(state);

	edit(story, "/vulnerabilities/0/title", "Our own title");
	put(story->store, "vulnerability", story->flaw, "title", "Another");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);
	assert_true(only_change(changes)->edited);
	answer(story, "", NULL);
	assert_at(story, "/vulnerabilities/0/title", "Our own title");
	assert_int_equal(count_changes(story), 0);
}

/* ---- answers, where the document follows at once ---- */

static void
accept__one_of_two__leaves_the_other_to_be_answered(void **state)
{
	Story *story = STORY(state);

	put(story->store, "vulnerability", story->flaw, "title", "New title");
	put(story->store, "vulnerability", story->flaw, "description", "New words");
	assert_int_equal(count_changes(story), 2);
	answer(story, "/vulnerabilities/0/title", NULL);
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);
	assert_string_equal(only_change(changes)->new_text, "New words");
}

static void
keep__a_changed_text__stays_until_it_is_taken_back(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	put(story->store, "vulnerability", story->flaw, "title", "New title");
	answer(story, NULL, "/vulnerabilities/0/title");
	assert_at(story, "/vulnerabilities/0/title", "Login without password");
	assert_int_equal(count_changes(story), 0);
	put(story->store, "vulnerability", story->flaw, "title", "Newer title");
	assert_at(story, "/vulnerabilities/0/title", "Login without password");
	assert_int_equal(count_changes(story), 1);
	assert_done(ps_advisory_reset(story->store, story->advisory, "/vulnerabilities/0/title",
				      &error),
		    error);
	assert_at(story, "/vulnerabilities/0/title", "Newer title");
}

static void
keep__what_is_gone_from_the_case__comes_back_as_it_was(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	assert_at(story, "/document/references/1/summary", "Our news");
	assert_done(ps_store_set(story->store, "test", "reference", story->reference, "summary",
				 "Our old news", PS_ANY, &error),
		    error);
	answer(story, "", NULL);
	g_autoptr(PsTxn) txn = ps_txn_begin(story->store, "test", &error);
	assert_true(ps_txn_delete(txn, "reference", story->reference, &error));
	assert_true(ps_txn_commit(txn, &error));
	g_autofree char *field = g_strdup_printf("/document/references/%s", story->reference);
	answer(story, NULL, field);
	assert_at(story, "/document/references/1/summary", "Our old news");
	assert_int_equal(count_changes(story), 0);
	/* its parts keep their names */
	edit(story, "/document/references/1/summary", "Edited");
	assert_at(story, "/document/references/1/summary", "Edited");
}

static void
keep__what_came_in__leaves_it_out(void **state)
{
	Story *story = STORY(state);

	g_free(make(story->store, "reference", "case", story->case_id, "url",
		    "https://www.example.com/more", "summary", "More", NULL));

	assert_at(story, "/document/references/2/summary", "More");
	answer(story, "", "/document/references");
	assert_at(story, "/document/references/2/summary", "");
	assert_int_equal(count_changes(story), 0);
}

static void
keep__the_title_of_the_case__stands_in_the_advisory(void **state)
{
	Story *story = STORY(state);

	put(story->store, "case", story->case_id, "title", "Another title");
	assert_at(story, "/document/title", "Another title");
	answer(story, NULL, "/document/title");
	assert_at(story, "/document/title", "Login can be bypassed");
	assert_int_equal(count_changes(story), 0);
}

static void
answer__of_what_did_not_change__is_refused_and_does_nothing(void **state)
{
	Story *story = STORY(state);
	const char *accept[] = {"/vulnerabilities/0/title", "/document/notes", NULL};
	g_autoptr(GError) error = NULL;

	put(story->store, "vulnerability", story->flaw, "title", "New title");
	assert_false(ps_advisory_answer(story->store, story->advisory, accept, NULL, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	assert_non_null(strstr(error->message, "/document/notes"));
	assert_int_equal(count_changes(story), 1);
}

static void
keep__of_what_was_approved__makes_it_a_draft_again(void **state)
{
	Story *story = STORY(state);

	put(story->store, "vulnerability", story->flaw, "title", "New title");
	put(story->store, "advisory", story->advisory, "state", "approved");
	answer(story, NULL, "/vulnerabilities/0/title");
	g_autoptr(PsAdvisory) advisory = load(story);
	assert_string_equal(ps_record_text(ps_advisory_record(advisory), "state"), "draft");
}

/* ---- where it waits ---- */

static void
held__change__shows_when_it_is_accepted(void **state)
{
	Story *story = STORY(state);

	hold(story);
	put(story->store, "vulnerability", story->flaw, "title", "New title");
	put(story->store, "vulnerability", story->flaw, "description", "New words");
	assert_at(story, "/vulnerabilities/0/title", "Login without password");
	assert_at(story, "/vulnerabilities/0/notes/0/text", "An empty password is taken.");
	assert_int_equal(count_changes(story), 2);
	answer(story, "/vulnerabilities/0/title", NULL);
	assert_at(story, "/vulnerabilities/0/title", "New title");
	assert_at(story, "/vulnerabilities/0/notes/0/text", "An empty password is taken.");
	answer(story, "", NULL);
	assert_at(story, "/vulnerabilities/0/notes/0/text", "New words");
	assert_int_equal(count_changes(story), 0);
}

static void
held__accepting_one_by_one__gives_what_following_gives(void **state)
{
	Story *story = STORY(state);
	g_autofree char *release = make(story->store, "release", "product", story->product,
					"version", "4.0", "released_on", "2025-12-01", NULL);
	g_autoptr(GError) error = NULL;

	hold(story);
	g_free(make(story->store, "affected", "case", story->case_id, "release", release, "status",
		    "known_affected", NULL));
	g_free(make(story->store, "reference", "case", story->case_id, "url",
		    "https://www.example.com/more", "summary", "More", NULL));
	put(story->store, "vulnerability", story->flaw, "cwe", NULL);
	for (guint left = count_changes(story); left > 0; left--) {
		g_autoptr(PsAdvisory) advisory = load(story);
		g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);
		PsAdvisoryChange *last = changes->pdata[changes->len - 1];
		answer(story, last->field, NULL);
		assert_int_equal(count_changes(story), left - 1);
	}
	g_autoptr(PsAdvisory) held = load(story);
	assert_done(ps_store_set_config(story->store, "advisory.follow", "yes", &error), error);
	g_autoptr(PsAdvisory) followed = load(story);
	g_autofree char *one = ps_advisory_print(ps_advisory_document(held));
	g_autofree char *other = ps_advisory_print(ps_advisory_document(followed));
	assert_string_equal(one, other);
}

static void
held__what_belongs_to_the_advisory__follows_all_the_same(void **state)
{
	Story *story = STORY(state);

	hold(story);
	put(story->store, "advisory", story->advisory, "tlp", "GREEN");
	assert_at(story, "/document/distribution/tlp/label", "GREEN");
	put(story->store, "advisory", story->advisory, "profile", "csaf_informational_advisory");
	assert_at(story, "/vulnerabilities", "");
	put(story->store, "advisory", story->advisory, "profile", "csaf_base");
	assert_at(story, "/vulnerabilities/0/title", "Login without password");
}

/* ---- how it is kept ---- */

static void
base__round_trip__keeps_values_and_keys(void **state)
{
	Story *story = STORY(state);
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autofree char *text = ps_base_print(ps_advisory_generated(advisory));
	g_autoptr(cJSON) back = ps_base_parse(text);
	g_autofree char *again = ps_base_print(back);
	g_autofree char *field = g_strdup_printf("/vulnerabilities/%s/title", story->flaw);

	assert_string_equal(text, again);
	assert_true(ps_same_content(back, ps_advisory_generated(advisory)));
	assert_non_null(ps_field_at(back, field));
	assert_null(ps_base_parse("{"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)
		TEST(changes__after_the_draft__none),
		TEST(changes__text__names_place_old_and_new),
		TEST(changes__new_product__is_named_not_its_id),
		TEST(changes__of_what_belongs_to_the_advisory__are_none),
		TEST(changes__of_an_edited_field__say_that_the_edit_stays),
		TEST(accept__one_of_two__leaves_the_other_to_be_answered),
		TEST(keep__a_changed_text__stays_until_it_is_taken_back),
		TEST(keep__what_is_gone_from_the_case__comes_back_as_it_was),
		TEST(keep__what_came_in__leaves_it_out),
		TEST(keep__the_title_of_the_case__stands_in_the_advisory),
		TEST(answer__of_what_did_not_change__is_refused_and_does_nothing),
		TEST(keep__of_what_was_approved__makes_it_a_draft_again),
		TEST(held__change__shows_when_it_is_accepted),
		TEST(held__accepting_one_by_one__gives_what_following_gives),
		TEST(held__what_belongs_to_the_advisory__follows_all_the_same),
		TEST(base__round_trip__keeps_values_and_keys),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
