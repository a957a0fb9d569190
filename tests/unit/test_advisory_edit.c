#include "config.h"

/* Edits by hand over what the case gives. */

#include "tests/unit/advisory-fixture.h"

#include <string.h>

#include "advisory/item.h"

static guint
count_items(Story *story)
{
	g_autoptr(GPtrArray) items =
		ps_store_children(story->store, "advisory_item", story->advisory, NULL);

	return items->len;
}

/* ---- pointers over stable keys ---- */

static void
pointer__to_field_and_back__names_the_same_place(void **state)
{
	Story *story = STORY(state);
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autofree char *wanted =
		g_strdup_printf("/vulnerabilities/%s/notes/description/text", story->flaw);
	g_autofree char *field = ps_advisory_field_of(advisory, "/vulnerabilities/0/notes/0/text");
	g_autofree char *pointer = ps_advisory_pointer_of(advisory, wanted);

	assert_string_equal(field, wanted);
	assert_string_equal(pointer, "/vulnerabilities/0/notes/0/text");
	assert_null(ps_advisory_field_of(advisory, "/vulnerabilities/7/title"));
}

static void
pointer__escapes__are_read_as_rfc_6901_says(void **state)
{
	(void)state;
	g_auto(GStrv) steps = ps_pointer_split("/a~1b/~01/");

	assert_string_equal(steps[0], "a/b");
	assert_string_equal(steps[1], "~1");
	assert_string_equal(steps[2], "");
	assert_null(steps[3]);
	assert_null(ps_pointer_split("a"));
	assert_null(ps_pointer_split("/~2"));
	g_autoptr(GString) pointer = g_string_new(NULL);
	ps_pointer_append(pointer, "x/y~z");
	assert_string_equal(pointer->str, "/x~1y~0z");
	assert_true(ps_pointer_within("/a/b", "/a"));
	assert_false(ps_pointer_within("/ab", "/a"));
}

/* ---- edits ---- */

static void
edit__field__stays_while_the_case_goes_on(void **state)
{
	Story *story = STORY(state);

	edit(story, "/vulnerabilities/0/notes/0/text", "Our own words.");
	put(story->store, "vulnerability", story->flaw, "description", "The case's new words.");
	put(story->store, "vulnerability", story->flaw, "title", "The case's new title");
	assert_at(story, "/vulnerabilities/0/notes/0/text", "Our own words.");
	assert_at(story, "/vulnerabilities/0/title", "The case's new title");
}

static void
edit__by_place__belongs_to_the_record_not_to_the_place(void **state)
{
	Story *story = STORY(state);
	g_autofree char *field =
		g_strdup_printf("/document/references/%s/summary", story->reference);

	edit(story, "/document/references/1/summary", "Edited");
	/* the self reference goes: what was the second is the first now */
	g_autoptr(GError) error = NULL;
	assert_done(ps_store_set_config(story->store, "provider.url", "", &error), error);
	assert_at(story, field, "Edited");
	assert_at(story, "/document/references/0/summary", "Edited");
}

static void
edit__removed_field__is_gone_until_reset(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	edit(story, "/document/publisher/contact_details", "");
	assert_at(story, "/document/publisher/contact_details", "");
	assert_done(ps_advisory_reset(story->store, story->advisory,
				      "/document/publisher/contact_details", &error),
		    error);
	assert_at(story, "/document/publisher/contact_details", "psirt@example.com");
	assert_int_equal(count_items(story), 0);
	assert_false(ps_advisory_reset(story->store, story->advisory,
				       "/document/publisher/contact_details", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
}

static void
edit__last_item_of_a_list__takes_the_list_with_it(void **state)
{
	Story *story = STORY(state);

	edit(story, "/document/acknowledgments/0", "");
	assert_at(story, "/document/acknowledgments", "");
}

static void
edit__new_item__stands_at_the_end_of_its_list(void **state)
{
	Story *story = STORY(state);

	edit(story, "/document/notes/-",
	     "{\"category\": \"faq\", \"text\": \"Why?\", \"title\": \"Questions\"}");
	assert_at(story, "/document/notes/2/text", "Why?");
	edit(story, "/document/notes/2/text", "Why not?");
	assert_at(story, "/document/notes/2/text", "Why not?");
	assert_at(story, "/document/notes/2/title", "Questions");
	edit(story, "/document/notes/2", "");
	assert_at(story, "/document/notes/2", "");
	assert_int_equal(count_items(story), 0);
}

static void
edit__field_of_nothing__makes_what_is_around_it(void **state)
{
	Story *story = STORY(state);

	edit(story, "/document/aggregate_severity/text", "Important");
	assert_at(story, "/document/aggregate_severity/text", "Important");
	edit(story, "/document/tracking/aliases/-", "EGW-SA-1");
	assert_at(story, "/document/tracking/aliases/0", "EGW-SA-1");
}

static void
edit__value_of_the_case__is_no_edit_any_more(void **state)
{
	Story *story = STORY(state);

	edit(story, "/vulnerabilities/0/title", "Other");
	edit(story, "/vulnerabilities/0/title", "Login without password");
	assert_int_equal(count_items(story), 0);
}

static void
edit__whole_object__replaces_edits_inside(void **state)
{
	Story *story = STORY(state);

	edit(story, "/document/publisher/name", "Inside");
	edit(story, "/document/publisher",
	     "{\"category\": \"coordinator\", \"name\": \"Whole\", \"namespace\": "
	     "\"https://c.example\"}");
	assert_at(story, "/document/publisher/name", "Whole");
	assert_at(story, "/document/publisher/contact_details", "");
	assert_int_equal(count_items(story), 1);
	edit(story, "/document/publisher/name", "Inside again");
	assert_at(story, "/document/publisher/name", "Inside again");
	assert_at(story, "/document/publisher/category", "coordinator");
}

static void
edit__several__are_one_action_or_none(void **state)
{
	Story *story = STORY(state);
	char *pairs[] = {(char *)"/vulnerabilities/0/title", (char *)"New",
			 (char *)"/document/nonsense", (char *)"x", NULL};
	g_autoptr(GError) error = NULL;

	assert_false(ps_advisory_set(story->store, story->advisory, pairs, &error));
	assert_at(story, "/vulnerabilities/0/title", "Login without password");
	pairs[2] = (char *)"/document/notes/0/title";
	assert_done(ps_advisory_set(story->store, story->advisory, pairs, NULL), error);
	g_autofree char *what = NULL;
	g_clear_error(&error);
	assert_done(ps_store_undo(story->store, &what, &error), error);
	assert_string_equal(what, "advisory.set");
	assert_at(story, "/vulnerabilities/0/title", "Login without password");
	assert_at(story, "/document/notes/0/title", "Summary");
}

/* ---- what the record holds ---- */

static void
edit__record_fields__change_the_record(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	edit(story, "/document/distribution/tlp/label", "GREEN");
	edit(story, "/document/lang", "de");
	edit(story, "/document/category", "csaf_vex");
	edit(story, "/document/title", "A title for the public");
	g_autoptr(PsRecord) record =
		ps_store_get(story->store, "advisory", story->advisory, &error);
	assert_done(record, error);
	assert_string_equal(ps_record_text(record, "tlp"), "GREEN");
	assert_string_equal(ps_record_text(record, "lang"), "de");
	assert_string_equal(ps_record_text(record, "profile"), "csaf_vex");
	assert_at(story, "/document/title", "A title for the public");
	edit(story, "/document/distribution/tlp/label", "WHITE");
	assert_at(story, "/document/distribution/tlp/label", "WHITE");
	assert_done(ps_advisory_reset(story->store, story->advisory, "/document/title", &error),
		    error);
	assert_at(story, "/document/title", "Login can be bypassed");
	assert_int_equal(count_items(story), 0);
}

static void
edit__approved__is_a_draft_again(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	put(story->store, "advisory", story->advisory, "state", "approved");
	edit(story, "/vulnerabilities/0/title", "New");
	g_autoptr(PsRecord) record =
		ps_store_get(story->store, "advisory", story->advisory, &error);
	assert_string_equal(ps_record_text(record, "state"), "draft");
}

/* ---- refusals ---- */

static void
edit__wrong__names_pointer_and_what_is_allowed(void **state)
{
	Story *story = STORY(state);

	edit_wrong(story, "/document/titel", "x", PS_ERROR_INPUT, "aggregate_severity");
	edit_wrong(story, "document/title", "x", PS_ERROR_INPUT, "document/title");
	edit_wrong(story, "/vulnerabilities/0/remediations/0/category", "magic", PS_ERROR_INPUT,
		   "vendor_fix");
	edit_wrong(story, "/vulnerabilities/9/title", "x", PS_ERROR_INPUT, "/vulnerabilities/9");
	edit_wrong(story, "/document/notes/-", "no json", PS_ERROR_INPUT, "/document/notes/-");
	edit_wrong(story, "/document/notes/-", "{\"category\": \"faq\"}", PS_ERROR_INPUT, "text");
	edit_wrong(story, "/document/references/0/url", "not an address", PS_ERROR_INPUT,
		   "/document/references/0/url");
	edit_wrong(story, "/document/distribution/tlp/label", "PURPLE", PS_ERROR_INPUT, "CLEAR");
	edit_wrong(story, "/document/title/x", "x", PS_ERROR_INPUT, "/document/title");
	assert_int_equal(count_items(story), 0);
}

static void
edit__kept_fields__are_refused(void **state)
{
	static const char *const kept[] = {
		"/document/tracking/id",
		"/document/tracking/version",
		"/document/tracking/status",
		"/document/tracking/initial_release_date",
		"/document/tracking/revision_history",
		"/document/tracking/revision_history/0/summary",
		"/document/tracking",
		"/document/distribution/tlp",
		"/document/csaf_version",
		"/document",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
		edit_wrong(STORY(state), kept[i], "{}", PS_ERROR_INPUT, "kept by the program");
}

static void
edit__withdrawn__is_refused(void **state)
{
	Story *story = STORY(state);

	put(story->store, "advisory", story->advisory, "state", "withdrawn");
	edit_wrong(story, "/document/title", "x", PS_ERROR_REFUSED, "withdrawn");
}

static void
edit__seen_value_changed__is_a_conflict_that_names_both(void **state)
{
	Story *story = STORY(state);
	g_autoptr(PsAdvisory) shown = load(story);
	g_autofree char *field = ps_advisory_field_of(shown, "/vulnerabilities/0/title");
	g_autofree char *seen = ps_advisory_seen(shown, field);
	g_autoptr(GError) error = NULL;

	put(story->store, "vulnerability", story->flaw, "title", "Meanwhile");
	assert_false(ps_advisory_edit(story->store, story->advisory, field, "Mine", seen, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "Login without password"));
	assert_non_null(strstr(error->message, "Meanwhile"));
	g_autoptr(PsAdvisory) again = load(story);
	g_autofree char *now = ps_advisory_seen(again, field);
	g_clear_error(&error);
	assert_done(ps_advisory_edit(story->store, story->advisory, field, "Mine", now, &error),
		    error);
	assert_at(story, field, "Mine");
}

/* ---- fields for an editor ---- */

static const PsAdvisoryField *
find_field(GPtrArray *fields, const char *pointer)
{
	for (guint i = 0; i < fields->len; i++) {
		const PsAdvisoryField *field = fields->pdata[i];
		if (g_str_equal(field->pointer, pointer) || g_str_equal(field->field, pointer))
			return field;
	}
	fail_msg("no field %s", pointer);
	return NULL;
}

static void
fields__marks__tell_where_each_comes_from(void **state)
{
	Story *story = STORY(state);

	edit(story, "/vulnerabilities/0/title", "Edited title");
	edit(story, "/document/notes/-", "{\"category\": \"faq\", \"text\": \"Why?\"}");
	edit(story, "/document/publisher/contact_details", "");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) fields = ps_advisory_fields(advisory);

	const PsAdvisoryField *title = find_field(fields, "/vulnerabilities/0/title");
	assert_int_equal(title->origin, PS_ORIGIN_EDITED);
	assert_string_equal(title->value, "Edited title");
	assert_string_equal(title->case_value, "Login without password");
	assert_false(title->container);
	assert_int_equal(find_field(fields, "/document/notes/2/text")->origin, PS_ORIGIN_ADDED);
	assert_int_equal(find_field(fields, "/document/notes/0/text")->origin, PS_ORIGIN_CASE);
	const PsAdvisoryField *gone = find_field(fields, "/document/publisher/contact_details");
	assert_int_equal(gone->origin, PS_ORIGIN_REMOVED);
	assert_string_equal(gone->pointer, "");
	assert_string_equal(gone->case_value, "psirt@example.com");
	assert_true(find_field(fields, "/document/tracking/version")->kept);
	assert_false(find_field(fields, "/document/title")->kept);
	assert_true(find_field(fields, "/document")->container);
	assert_int_equal(find_field(fields, "/document")->depth, 0);
	assert_int_equal(title->depth, 2);
}

static void
fields__every_pointer__leads_to_its_place(void **state)
{
	Story *story = STORY(state);

	edit(story, "/document/acknowledgments/0", "");
	edit(story, "/document/references/0/summary", "Here");
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) fields = ps_advisory_fields(advisory);
	for (guint i = 0; i < fields->len; i++) {
		const PsAdvisoryField *field = fields->pdata[i];
		const cJSON *document = ps_advisory_document(advisory);
		if (field->origin == PS_ORIGIN_REMOVED)
			continue;
		const cJSON *one = ps_json_at(document, field->pointer);
		assert_non_null(one);
		assert_ptr_equal(one, ps_field_at(document, field->field));
	}
}

static void
fields__edit_whose_place_is_gone__is_lost_and_told(void **state)
{
	Story *story = STORY(state);
	g_autoptr(GError) error = NULL;

	edit(story, "/document/references/1/summary", "Edited");
	g_autoptr(PsTxn) txn = ps_txn_begin(story->store, "test.delete", &error);
	assert_done(ps_txn_delete(txn, "reference", story->reference, &error) &&
			    ps_txn_commit(txn, &error),
		    error);
	g_autoptr(PsAdvisory) advisory = load(story);
	g_autoptr(GPtrArray) fields = ps_advisory_fields(advisory);
	const PsAdvisoryField *last = fields->pdata[fields->len - 1];
	assert_int_equal(last->origin, PS_ORIGIN_LOST);
	g_autoptr(GPtrArray) missing = ps_advisory_missing(advisory);
	gboolean told = FALSE;
	for (guint i = 0; i < missing->len; i++)
		told = told ||
		       g_str_equal(((PsAdvisoryMissing *)missing->pdata[i])->place, "advisory");
	assert_true(told);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, story_set_up, story_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(pointer__to_field_and_back__names_the_same_place),
		cmocka_unit_test(pointer__escapes__are_read_as_rfc_6901_says),
		TEST(edit__field__stays_while_the_case_goes_on),
		TEST(edit__by_place__belongs_to_the_record_not_to_the_place),
		TEST(edit__removed_field__is_gone_until_reset),
		TEST(edit__last_item_of_a_list__takes_the_list_with_it),
		TEST(edit__new_item__stands_at_the_end_of_its_list),
		TEST(edit__field_of_nothing__makes_what_is_around_it),
		TEST(edit__value_of_the_case__is_no_edit_any_more),
		TEST(edit__whole_object__replaces_edits_inside),
		TEST(edit__several__are_one_action_or_none),
		TEST(edit__record_fields__change_the_record),
		TEST(edit__approved__is_a_draft_again),
		TEST(edit__wrong__names_pointer_and_what_is_allowed),
		TEST(edit__kept_fields__are_refused),
		TEST(edit__withdrawn__is_refused),
		TEST(edit__seen_value_changed__is_a_conflict_that_names_both),
		TEST(fields__marks__tell_where_each_comes_from),
		TEST(fields__every_pointer__leads_to_its_place),
		TEST(fields__edit_whose_place_is_gone__is_lost_and_told),
	};

	return cmocka_run_group_tests_name("advisory_edit", tests, NULL, NULL);
}
