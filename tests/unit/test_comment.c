#include "config.h"

/* Comments of reviewers on the fields of an advisory. */

#include "advisory/comment.h"
#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "base/utc.h"

static char *
comment(Story *story, const char *pointer, const char *text)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_comment_add(story->store, story->advisory, pointer, text, &error);

	assert_done(id, error);
	return id;
}

static void
comment_wrong(Story *story, const char *pointer, const char *text, const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *id = ps_comment_add(story->store, story->advisory, pointer, text, &error);

	assert_null(id);
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	assert_non_null(strstr(error->message, part));
}

static GPtrArray *
comments(Story *story, gboolean open_only)
{
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GError) error = NULL;
	GPtrArray *list = ps_comments(story->store, advisory, open_only, &error);

	assert_done(list, error);
	return list;
}

static void
comment__add__is_listed_with_its_place(void **state)
{
	Story *story = STORY(state);
	g_autofree char *id = comment(story, "/vulnerabilities/0/title", " Say which login. ");
	g_autoptr(GPtrArray) list = comments(story, FALSE);
	g_autofree char *field = g_strdup_printf("/vulnerabilities/%s/title", story->flaw);

	assert_int_equal(list->len, 1);
	const PsComment *one = list->pdata[0];
	assert_string_equal(one->id, id);
	assert_string_equal(one->field, field);
	assert_string_equal(one->pointer, "/vulnerabilities/0/title");
	assert_string_equal(one->text, "Say which login.");
	assert_non_null(strstr(one->label, "CVE-2026-12345"));
	assert_false(one->resolved);
	assert_true(one->at != PS_NO_TIME);
}

static void
comment__whole_document__has_an_empty_field(void **state)
{
	Story *story = STORY(state);

	g_free(comment(story, "", "Too long.\nCut it."));
	g_autoptr(GPtrArray) list = comments(story, TRUE);
	const PsComment *one = list->pdata[0];

	assert_string_equal(one->field, "");
	assert_string_equal(one->pointer, "");
	assert_string_equal(one->label, "Whole document");
	assert_string_equal(one->text, "Too long.\nCut it.");
}

static void
comment__place_gone__stays_and_says_so(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	g_free(comment(story, "/vulnerabilities/0/title", "Say which login."));
	assert_done(ps_advisory_set(story->store, story->advisory,
				    (char *[]){"/vulnerabilities/0/title", "", NULL}, &error),
		    error);
	g_autoptr(GPtrArray) list = comments(story, FALSE);
	assert_int_equal(list->len, 1);
	assert_null(((PsComment *)list->pdata[0])->pointer);
}

static void
comment__resolve__leaves_the_open_ones(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	g_autofree char *one = comment(story, "/document/title", "Shorter.");
	g_autofree char *other = comment(story, "/document/notes", "Which note is for whom?");

	assert_done(ps_comment_resolve(story->store, one, TRUE, &error), error);
	g_autoptr(GPtrArray) open = comments(story, TRUE);
	assert_int_equal(open->len, 1);
	assert_string_equal(((PsComment *)open->pdata[0])->id, other);
	g_autoptr(GPtrArray) all = comments(story, FALSE);
	assert_int_equal(all->len, 2);
	assert_true(((PsComment *)all->pdata[0])->resolved);
	assert_int_equal(ps_comments_at(all, ""), 2);
	assert_int_equal(ps_comments_at(all, "/document/notes"), 1);
	assert_false(ps_comment_resolve(story->store, one, TRUE, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	g_clear_error(&error);
	assert_done(ps_comment_resolve(story->store, one, FALSE, &error), error);
	g_autoptr(GPtrArray) again = comments(story, TRUE);
	assert_int_equal(again->len, 2);
}

static void
comment__bad_input__is_refused_with_a_sentence(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	comment_wrong(story, "/document/nothing", "x", "/document/nothing");
	comment_wrong(story, "document/title", "x", "document/title");
	comment_wrong(story, "/vulnerabilities/99", "x", "/vulnerabilities/99");
	comment_wrong(story, "/document/title", "  \n ", "without a text");
	assert_false(ps_comment_resolve(story->store, "00000000-0000-7000-8000-000000000000", TRUE,
					&error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
}

static void
comment__text__is_sealed(void **state)
{
	Story *story = STORY(state);
	g_autofree char *id = comment(story, "/document/title", "Confidential remark");

	ps_store_lock(story->store);
	g_autoptr(PsRecord) record = ps_store_get(story->store, "advisory_comment", id, NULL);
	assert_non_null(record);
	assert_null(ps_record_text(record, "text"));
	assert_true(ps_record_is_sealed(record, "text"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(comment__add__is_listed_with_its_place,
						story_set_up, story_tear_down),
		cmocka_unit_test_setup_teardown(comment__whole_document__has_an_empty_field,
						story_set_up, story_tear_down),
		cmocka_unit_test_setup_teardown(comment__place_gone__stays_and_says_so,
						story_set_up, story_tear_down),
		cmocka_unit_test_setup_teardown(comment__resolve__leaves_the_open_ones,
						story_set_up, story_tear_down),
		cmocka_unit_test_setup_teardown(comment__bad_input__is_refused_with_a_sentence,
						story_set_up, story_tear_down),
		cmocka_unit_test_setup_teardown(comment__text__is_sealed, story_set_up,
						story_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
