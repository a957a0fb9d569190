#include "config.h"

#include "tests/unit/case-fixture.h"

#include <string.h>

#include "base/utc.h"
#include "cases/case-list.h"
#include "cases/case.h"
#include "cases/edit.h"

#define NOW CASE_FIXTURE_NOW

static char *
open_received(PsStore *store, const char *title, const char *received)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_case_open(store, PAIRS("title", title, "received_at", received), &error);

	assert_done(id, error);
	return id;
}

/* The titles of a list in their order, parted by "|". */
static char *
titles_of(PsStore *store, PsCaseScope scope, gboolean by_urgency, const char *words)
{
	g_autoptr(GError) error = NULL;
	const PsCaseListQuery query = {scope, by_urgency, words};
	g_autoptr(PsCaseList) list = ps_case_list_new(store, &query, &error);
	GString *text = g_string_new(NULL);

	assert_done(list, error);
	g_autoptr(GPtrArray) lines = ps_case_list_page(list, 0, 100);
	assert_int_equal(lines->len, ps_case_list_length(list));
	for (guint i = 0; i < lines->len; i++) {
		const PsCaseLine *line = g_ptr_array_index(lines, i);
		assert_int_equal(ps_case_list_index(list, line->id), i);
		g_string_append_printf(text, "%s%s", i ? "|" : "", line->title);
	}
	assert_int_equal(ps_case_list_index(list, "no such id"), -1);
	return g_string_free(text, FALSE);
}

static void
assert_titles(PsStore *store, PsCaseScope scope, gboolean by_urgency, const char *words,
	      const char *expected)
{
	g_autofree char *titles = titles_of(store, scope, by_urgency, words);

	assert_string_equal(titles, expected);
}

static void
case_list__scope__open_mine_and_all(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *ada = new_record(store, "person", PAIRS("name", "Ada"));
	g_autofree char *ben = new_record(store, "person", PAIRS("name", "Ben"));
	g_autofree char *one = open_received(store, "One", "-3d"),
			*two = open_received(store, "Two", "-2d");
	g_autofree char *three = open_received(store, "Three", "-1d");

	ps_store_set_person(store, ada);
	assert_done(ps_case_own(store, one, NULL, &error), error);
	assert_done(ps_case_own(store, two, ben, &error), error);
	assert_done(ps_case_move(store, three, PAIRS("rm", "INVALID"), &error), error);
	assert_done(ps_case_move(store, three, PAIRS("rm", "CLOSED"), &error), error);
	assert_titles(store, PS_CASES_ALL, FALSE, NULL, "Three|Two|One");
	assert_titles(store, PS_CASES_OPEN, FALSE, NULL, "Two|One");
	assert_titles(store, PS_CASES_MINE, FALSE, NULL, "One");
	ps_store_set_person(store, ben);
	assert_titles(store, PS_CASES_MINE, FALSE, NULL, "Two");
}

static void
case_list__urgency__clocks_and_tasks_come_in_order(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *late = open_received(store, "Late", "-30d");
	g_autofree char *fresh = open_received(store, "Fresh", "-1h");
	g_autofree char *task = open_received(store, "With a task", "-1h");
	g_autofree char *closed = open_received(store, "Closed", "-30d");

	assert_done(ps_case_move(store, closed, PAIRS("rm", "INVALID"), &error), error);
	assert_done(ps_case_move(store, closed, PAIRS("rm", "CLOSED"), &error), error);
	g_free(ps_case_task(store, task, PAIRS("title", "Try", "due_at", "+1h"), &error));
	assert_titles(store, PS_CASES_ALL, TRUE, NULL, "Late|With a task|Fresh|Closed");
}

static void
case_list__words__are_found_in_sealed_titles(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *one = open_received(store, "Heap overflow", NOW);
	g_autofree char *two = open_received(store, "Weak password", NOW);

	assert_titles(store, PS_CASES_OPEN, FALSE, "OVERFLOW heap", "Heap overflow");
	assert_titles(store, PS_CASES_OPEN, FALSE, "nothing like it", "");
	ps_store_lock(store);
	assert_titles(store, PS_CASES_OPEN, FALSE, NULL, "(sealed)|(sealed)");
}

static void
case_list__line__tells_severity_next_clock_and_owner(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *ada = new_record(store, "person", PAIRS("name", "Ada"));
	g_autofree char *id = open_received(store, "Overflow", "-2d");
	const PsCaseListQuery query = {PS_CASES_OPEN, FALSE, NULL};

	assert_done(ps_case_own(store, id, ada, &error), error);
	g_free(ps_case_score(store, id, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
			     PAIRS("source", "ours"), &error));
	g_autoptr(PsCaseList) list = ps_case_list_new(store, &query, &error);
	assert_done(list, error);
	g_autoptr(GPtrArray) lines = ps_case_list_page(list, 0, 1);
	const PsCaseLine *line = g_ptr_array_index(lines, 0);
	gint64 due;
	assert_string_equal(line->owner, "Ada");
	assert_int_equal(line->severity, PS_SEVERITY_CRITICAL);
	assert_string_equal(line->rm, "RECEIVED");
	assert_string_equal(line->what, ps_clock_label(PS_CLOCK_VALIDATE));
	assert_true(ps_utc_parse("2026-03-13T12:00:00Z", &due, NULL));
	assert_int_equal(line->due_at, due);
	assert_false(line->overdue);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, case_fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(case_list__scope__open_mine_and_all),
		WITH_STORE(case_list__urgency__clocks_and_tasks_come_in_order),
		WITH_STORE(case_list__words__are_found_in_sealed_titles),
		WITH_STORE(case_list__line__tells_severity_next_clock_and_owner),
	};

	return cmocka_run_group_tests_name("case list", tests, NULL, NULL);
}
