#include "config.h"

/* The desk's lines, its calendar, and the timeline of a case. */

#include "tests/unit/case-fixture.h"

#include <string.h>

#include "base/utc.h"
#include "cases/case.h"
#include "cases/desk.h"
#include "cases/timeline.h"

static char *
reported_case(PsStore *store, const char *title, const char *received)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_case_open(store, PAIRS("title", title, "received_at", received), &error);

	assert_done(id, error);
	g_autofree char *report =
		new_record(store, "report",
			   PAIRS("case", id, "channel", "email", "received_at", received));
	return id;
}

static void
desk__lines__most_urgent_first_with_the_rule(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *late = reported_case(store, "Late", "2026-03-01T12:00:00Z");
	g_autofree char *fresh = reported_case(store, "Fresh", "2026-03-10T11:00:00Z");
	g_autofree char *loose =
		new_record(store, "report",
			   PAIRS("channel", "phone", "received_at", "2026-03-09T12:00:00Z"));
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);

	assert_done(lines, error);
	assert_int_equal(lines->len, 6);
	const PsDeskLine *first = lines->pdata[0], *second = lines->pdata[1];
	assert_string_equal(first->title, "Late");
	assert_string_equal(first->token, "acknowledge");
	assert_int_equal(first->state, PS_CLOCK_OVERDUE);
	assert_string_equal(first->reason, "Within 2 d after receipt (own policy).");
	assert_string_equal(second->token, "validate");
	assert_int_equal(second->state, PS_CLOCK_OVERDUE);
	const PsDeskLine *third = lines->pdata[2];
	assert_string_equal(third->kind, "report");
	assert_string_equal(third->record, loose);
	g_autoptr(PsDesk) desk = ps_desk_new(store, &query, &error);
	assert_done(desk, error);
	const PsDeskCounts *counts = ps_desk_counted(desk);
	assert_int_equal(counts->overdue, 2);
	assert_int_equal(counts->today, 1);
	assert_int_equal(counts->later, 3);
	assert_int_equal(counts->not_acknowledged, 3);
	assert_int_equal(counts->open_cases, 2);
	assert_true(counts->tightest == first->due_at);
	assert_non_null(late);
	assert_non_null(fresh);
}

static void
desk__lines__pages_and_filters(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 5; i++)
		g_free(reported_case(store, "Case", "2026-03-10T11:00:00Z"));
	const PsDeskQuery page = {.due_before = PS_NO_TIME, .offset = 8, .limit = 4};
	g_autoptr(GPtrArray) last = ps_desk_lines(store, &page, &error);
	assert_done(last, error);
	assert_int_equal(last->len, 2);
	const PsDeskQuery soon = {.due_before = ps_now_ms() + 3 * PS_DAY_MS};
	g_autoptr(GPtrArray) due = ps_desk_lines(store, &soon, &error);
	assert_int_equal(due->len, 5);
	const PsDeskQuery all = {.due_before = PS_NO_TIME, .not_started = TRUE};
	g_autoptr(GPtrArray) waiting = ps_desk_lines(store, &all, &error);
	const PsDeskLine *line = waiting->pdata[waiting->len - 1];
	assert_true(line->due_at == PS_NO_TIME);
	assert_non_null(strstr(line->reason, "because"));
}

static void
desk__lines__closed_cases_and_done_tasks_are_not_due(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Late", "2026-03-01T12:00:00Z");
	const PsDeskQuery query = {.due_before = PS_NO_TIME, .not_started = TRUE};
	g_autoptr(GError) error = NULL;
	g_autofree char *task =
		ps_case_task(store, id, PAIRS("title", "T", "due_at", "2026-03-02"), &error);

	assert_done(task, error);
	assert_done(ps_case_move(store, id, PAIRS("rm", "INVALID"), &error), error);
	assert_done(ps_case_move(store, id, PAIRS("rm", "CLOSED"), &error), error);
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);
	assert_done(lines, error);
	assert_int_equal(lines->len, 0);
}

static void
desk__lines__a_locked_workspace_still_tells_what_is_due(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Secret title", "2026-03-01T12:00:00Z");
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;

	ps_store_lock(store);
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);
	assert_done(lines, error);
	assert_int_equal(lines->len, 2);
	assert_string_equal(((PsDeskLine *)lines->pdata[0])->title, "(sealed)");
	assert_non_null(id);
}

static void
desk__calendar__has_folded_lines_and_no_titles(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Secret title", "2026-03-01T12:00:00Z");
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);
	g_autofree char *calendar = ps_desk_calendar(lines, ps_now_ms());
	g_auto(GStrv) rows = g_strsplit(calendar, "\r\n", -1);

	assert_string_equal(rows[0], "BEGIN:VCALENDAR");
	for (char **row = rows; *row; row++) {
		assert_true(strlen(*row) <= 75);
		assert_null(strchr(*row, '\n'));
	}
	assert_non_null(strstr(calendar, "DTSTART:20260303T120000Z\r\n"));
	assert_null(strstr(calendar, "Secret"));
	assert_non_null(id);
}

static void
desk__policy__a_setting_that_is_no_duration_is_named(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(store, "clocks.acknowledge", "soon", &error), error);
	assert_null(ps_desk_lines(store, &query, &error));
	assert_non_null(strstr(error->message, "clocks.acknowledge"));
}

/* ---- timeline ---- */

static const PsMark *
find_mark(const PsTimeline *timeline, PsLane lane, const char *label)
{
	for (guint i = 0; i < timeline->marks->len; i++) {
		const PsMark *mark = timeline->marks->pdata[i];
		if (mark->lane == lane && g_str_equal(mark->label, label))
			return mark;
	}
	fail_msg("no mark “%s”", label);
	return NULL;
}

static void
timeline__load__tells_facts_clocks_tasks_and_slips(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Late", "2026-03-01T12:00:00Z");
	g_autoptr(GError) error = NULL;
	g_autofree char *slip = new_record(store, "task",
					   PAIRS("case", id, "title", "Slipped", "due_at",
						 "2026-03-04", "done_at", "2026-03-06"));
	g_autoptr(PsTimeline) timeline = ps_timeline_load(store, id, &error);

	assert_done(timeline, error);
	assert_int_equal(find_mark(timeline, PS_LANE_FACTS, "Received")->state, PS_MARK_DONE);
	assert_int_equal(find_mark(timeline, PS_LANE_FACTS, "Validated")->state, PS_MARK_MISSING);
	const PsMark *clock = find_mark(timeline, PS_LANE_CLOCKS, "Acknowledge the report");
	assert_int_equal(clock->state, PS_MARK_OVERDUE);
	assert_true(clock->to - clock->from == 2 * PS_DAY_MS);
	const PsMark *task = find_mark(timeline, PS_LANE_TASKS, "Slipped");
	assert_int_equal(task->state, PS_MARK_DONE_LATE);
	assert_true(task->to - task->from == 2 * PS_DAY_MS);
	assert_string_equal(task->field, "due_at");
	assert_true(timeline->to >= timeline->now);
	g_autofree char *text = ps_timeline_text(timeline, 80);
	assert_non_null(strstr(text, "Not started, because the flaw is not validated yet."));
	assert_non_null(slip);
}

static void
scale__fit__holds_the_whole_span_with_round_steps(void **state)
{
	(void)state;
	for (gint64 span = PS_MINUTE_MS; span < 4000 * PS_DAY_MS; span = span * 3 / 2) {
		PsTimeline timeline = {.from = 1772323200000, .to = 1772323200000 + span};
		for (int cells = 20; cells < 200; cells += 37) {
			PsScale scale = ps_scale_fit(&timeline, cells, 0, 0);
			assert_true(ps_scale_cell(&scale, timeline.from) >= 0);
			assert_true(ps_scale_cell(&scale, timeline.to) < cells);
			g_autoptr(GArray) ticks = ps_scale_ticks(&scale);
			int end = 0;
			for (guint i = 0; i < ticks->len; i++) {
				const PsTick *tick = &g_array_index(ticks, PsTick, i);
				assert_true(tick->cell >= end);
				end = tick->cell + (int)strlen(tick->label) + 1;
				assert_true(end <= cells + 1);
			}
		}
	}
}

static void
scale__fit__zoom_keeps_the_centre(void **state)
{
	PsTimeline timeline = {.from = 1772323200000, .to = 1772323200000 + 90 * PS_DAY_MS};
	gint64 centre = timeline.from + 30 * PS_DAY_MS;

	(void)state;
	PsScale whole = ps_scale_fit(&timeline, 60, 0, centre);
	for (int zoom = 1; zoom < 12; zoom++) {
		PsScale scale = ps_scale_fit(&timeline, 60, zoom, centre);
		assert_true(scale.step < whole.step);
		assert_in_range(ps_scale_cell(&scale, centre), 28, 32);
	}
}
/* After what has a due time, and not for who asked for it. */
static void
desk__lines__advisory_in_review_waits_for_the_others(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "Overflow");
	g_autofree char *ada = new_record(store, "person", PAIRS("name", "Ada"));
	g_autofree char *ben = new_record(store, "person", PAIRS("name", "Ben"));
	g_autofree char *advisory =
		new_record(store, "advisory",
			   PAIRS("case", id, "title", "A", "tracking_id", "X-1", "profile",
				 "csaf_security_advisory", "state", "review", "version", "1", "tlp",
				 "CLEAR", "drafted_at", CASE_FIXTURE_NOW));
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", NULL);
	assert_true(ps_txn_set(txn, "advisory", advisory, "asked_by", ada, PS_ANY, NULL));
	assert_true(ps_txn_commit(txn, NULL));

	const char *const owners[] = {NULL, ada, ben};
	for (gsize i = 0; i < G_N_ELEMENTS(owners); i++) {
		const PsDeskQuery query = {.due_before = PS_NO_TIME, .owner = owners[i]};
		g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, NULL);
		const PsDeskLine *last = lines->len > 0 ? lines->pdata[lines->len - 1] : NULL;
		gboolean told = last && g_str_equal(last->token, "review");
		assert_int_equal(told, i != 1);
		assert_true(!told ||
			    (g_str_equal(last->record, advisory) && last->due_at == PS_NO_TIME &&
			     last->state == PS_CLOCK_RUNNING));
	}
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, case_fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(desk__lines__most_urgent_first_with_the_rule),
		WITH_STORE(desk__lines__pages_and_filters),
		WITH_STORE(desk__lines__closed_cases_and_done_tasks_are_not_due),
		WITH_STORE(desk__lines__a_locked_workspace_still_tells_what_is_due),
		WITH_STORE(desk__lines__advisory_in_review_waits_for_the_others),
		WITH_STORE(desk__calendar__has_folded_lines_and_no_titles),
		WITH_STORE(desk__policy__a_setting_that_is_no_duration_is_named),
		WITH_STORE(timeline__load__tells_facts_clocks_tasks_and_slips),
		cmocka_unit_test(scale__fit__holds_the_whole_span_with_round_steps),
		cmocka_unit_test(scale__fit__zoom_keeps_the_centre),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
