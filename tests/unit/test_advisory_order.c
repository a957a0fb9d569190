#include "config.h"

/* Items of lists moved and copied by hand: their edits and comments go with them, the case goes on
 * adding and removing. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/comment.h"

#define NOTES "/document/notes/"

static void
add_note(Story *story, const char *title)
{
	g_autofree char *json =
		g_strdup_printf("{\"category\": \"faq\", \"text\": \"%s?\", \"title\": \"%s\"}",
				title, title);

	edit(story, NOTES "-", json);
}

static void
move(Story *story, const char *pointer, int place)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_advisory_move(story->store, story->advisory, pointer, place, &error), error);
}

static guint
count_orders(Story *story)
{
	g_autoptr(GPtrArray) orders =
		ps_store_children(story->store, "advisory_order", story->advisory, NULL);

	return orders->len;
}

/* ---- moving ---- */

static void
move__item__takes_its_edits_and_comments_with_it(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	add_note(story, "First");
	add_note(story, "Second");
	edit(story, NOTES "3/text", "Edited.");
	g_autofree char *id = ps_comment_add(story->store, story->advisory, NOTES "3/text",
					     "Who says so?", &error);
	assert_done(id != NULL, error);
	move(story, NOTES "3", 0);
	assert_at(story, NOTES "0/text", "Edited.");
	assert_at(story, NOTES "3/title", "First");
	edit(story, NOTES "0/title", "Moved");
	assert_at(story, NOTES "0/title", "Moved");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) comments = ps_comments(story->store, advisory, TRUE, &error);
	assert_done(comments != NULL, error);
	const PsComment *comment = comments->pdata[0];
	assert_string_equal(comment->pointer, NOTES "0/text");
}

static void
move__back_to_where_it_was__is_no_edit_any_more(void **state)
{
	Story *story = STORY(state);
	g_autofree char *first = at(story, NOTES "0/title");

	move(story, NOTES "0", 1);
	assert_at(story, NOTES "1/title", first);
	assert_int_equal(count_orders(story), 1);
	move(story, NOTES "1", 0);
	assert_at(story, NOTES "0/title", first);
	assert_int_equal(count_orders(story), 0);
}

static void
move__far_beyond_the_end__is_to_the_end(void **state)
{
	Story *story = STORY(state);
	g_autofree char *first = at(story, NOTES "0/title");

	move(story, NOTES "0", G_MAXINT);
	assert_at(story, NOTES "1/title", first);
}

/* What comes later stands behind its brother, or at the end. */
static void
move__then_the_case_goes_on__keeps_the_order(void **state)
{
	Story *story = STORY(state);
	g_autofree char *reference = NULL;

	move(story, "/document/references/1", 0);
	g_autofree char *summary = at(story, "/document/references/0/summary");
	reference = make(story->store, "reference", "case", story->case_id, "url",
			 "https://example.com/new", "summary", "New", NULL);
	assert_at(story, "/document/references/0/summary", summary);
	assert_at(story, "/document/references/1/summary", "New");
	add_note(story, "Last");
	move(story, NOTES "2", 0);
	add_note(story, "Very last");
	assert_at(story, NOTES "0/title", "Last");
	assert_at(story, NOTES "3/title", "Very last");
}

static void
move__reset_of_the_list__gives_the_order_of_the_case(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	g_autofree char *first = at(story, NOTES "0/title");

	move(story, NOTES "0", 1);
	assert_done(ps_advisory_reset(story->store, story->advisory, "/document/notes", &error),
		    error);
	assert_at(story, NOTES "0/title", first);
	assert_int_equal(count_orders(story), 0);
}

static void
move__fields__tell_the_list_and_keep_removed_items_in_place(void **state)
{
	Story *story = STORY(state);
	gboolean reordered = FALSE, removed = FALSE;

	add_note(story, "Extra");
	move(story, NOTES "2", 0);
	edit(story, NOTES "1", "");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) fields = ps_advisory_fields(advisory);
	for (guint i = 0; i < fields->len; i++) {
		const PsAdvisoryField *field = fields->pdata[i];
		if (field->reordered)
			reordered = g_str_equal(field->pointer, "/document/notes");
		removed = removed || field->origin == PS_ORIGIN_REMOVED;
	}
	assert_true(reordered);
	assert_true(removed);
}

static const PsAdvisoryField *
find_field(const GPtrArray *fields, const PsAdvisoryField *wanted)
{
	for (guint i = 0; i < fields->len; i++) {
		const PsAdvisoryField *field = fields->pdata[i];
		if (g_str_equal(field->field, wanted->field) && field->origin == wanted->origin)
			return field;
	}
	return NULL;
}

/* The short form leaves away only what there is nothing to say of. */
static void
marks__every_field_with_a_mark__is_among_them(void **state)
{
	Story *story = STORY(state);

	add_note(story, "Extra");
	move(story, NOTES "2", 0);
	edit(story, NOTES "1", "");
	edit(story, "/vulnerabilities/0/notes/0/text", "Edited.");
	edit(story, "/vulnerabilities/0/title", "");
	edit(story, "/document/aggregate_severity/text", "Important");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) fields = ps_advisory_fields(advisory);
	g_autoptr(GPtrArray) marks = ps_advisory_marks(advisory);
	assert_true(marks->len < fields->len);
	guint marked = 0;
	for (guint i = 0; i < fields->len; i++) {
		const PsAdvisoryField *field = fields->pdata[i];
		if (field->origin == PS_ORIGIN_CASE && !field->kept && !field->reordered)
			continue;
		const PsAdvisoryField *mark = find_field(marks, field);
		assert_non_null(mark);
		assert_string_equal(mark->pointer, field->pointer);
		assert_int_equal(mark->reordered, field->reordered);
		marked++;
	}
	assert_true(marked > 5);
}

static void
move__what_has_no_order__is_refused(void **state)
{
	static const char *const wrong[] = {
		"/document/title",    "/document",       "",
		"/document/notes/99", "/document/notes", "/document/tracking/revision_history/0",
		"/nowhere/0",
	};
	Story *story = STORY(state);

	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		assert_false(ps_advisory_move(story->store, story->advisory, wrong[i], 0, &error));
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	}
	assert_int_equal(count_orders(story), 0);
}

/* ---- copying ---- */

static void
copy__item__stands_behind_it_and_is_its_own(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;
	g_autofree char *second = at(story, NOTES "1/title");

	edit(story, NOTES "0/text", "Edited before.");
	g_autofree char *copy = ps_advisory_copy(story->store, story->advisory, NOTES "0", &error);
	assert_done(copy != NULL, error);
	assert_at(story, NOTES "1/text", "Edited before.");
	assert_at(story, NOTES "2/title", second);
	edit(story, NOTES "1/text", "Of the copy.");
	assert_at(story, NOTES "0/text", "Edited before.");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autofree char *pointer = ps_advisory_pointer_of(advisory, copy);
	assert_string_equal(pointer, NOTES "1");
}

static void
copy__where_nothing_may_stand_twice__is_refused(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	assert_null(ps_advisory_copy(story->store, story->advisory,
				     "/vulnerabilities/0/product_status/known_affected/0", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	assert_non_null(strstr(error->message, "twice"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(move__item__takes_its_edits_and_comments_with_it),
		TEST(move__back_to_where_it_was__is_no_edit_any_more),
		TEST(move__far_beyond_the_end__is_to_the_end),
		TEST(move__then_the_case_goes_on__keeps_the_order),
		TEST(move__reset_of_the_list__gives_the_order_of_the_case),
		TEST(move__fields__tell_the_list_and_keep_removed_items_in_place),
		TEST(marks__every_field_with_a_mark__is_among_them),
		TEST(move__what_has_no_order__is_refused),
		TEST(copy__item__stands_behind_it_and_is_its_own),
		TEST(copy__where_nothing_may_stand_twice__is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
