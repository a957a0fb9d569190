#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utc.h"
#include "ui/canvas.h"
#include "ui/panes/timeline-view.h"

#define START (20000 * PS_DAY_MS)

static void
add_mark(PsTimeline *timeline, PsLane lane, PsMarkState state, gint64 from, gint64 to,
	 const char *label, const char *record)
{
	PsMark *mark = g_new0(PsMark, 1);

	*mark = (PsMark){.lane = lane,
			 .state = state,
			 .from = from,
			 .to = to,
			 .label = g_strdup(label),
			 .text = g_strdup("because"),
			 .kind = "case",
			 .record = g_strdup(record),
			 .field = lane == PS_LANE_CLOCKS ? NULL : "at"};
	g_ptr_array_add(timeline->marks, mark);
}

static void
free_mark(gpointer data)
{
	PsMark *mark = data;

	g_free(mark->label);
	g_free(mark->text);
	g_free(mark->record);
	g_free(mark);
}

/* A fact, a clock that is overdue, a task without date, `entries` log entries. */
static PsTimeline *
new_timeline(int entries)
{
	PsTimeline *timeline = g_new0(PsTimeline, 1);

	timeline->marks = g_ptr_array_new_with_free_func(free_mark);
	timeline->from = START;
	timeline->now = START + 20 * PS_DAY_MS;
	timeline->to = START + 30 * PS_DAY_MS;
	add_mark(timeline, PS_LANE_FACTS, PS_MARK_DONE, START, PS_NO_TIME, "Received", "c");
	add_mark(timeline, PS_LANE_CLOCKS, PS_MARK_OVERDUE, START, START + 5 * PS_DAY_MS,
		 "Validate", "c");
	add_mark(timeline, PS_LANE_CLOCKS, PS_MARK_OPEN, START, START + 30 * PS_DAY_MS, "Fix", "c");
	add_mark(timeline, PS_LANE_TASKS, PS_MARK_MISSING, PS_NO_TIME, PS_NO_TIME, "Try", "t");
	for (int i = 0; i < entries; i++) {
		g_autofree char *id = g_strdup_printf("e%d", i);
		add_mark(timeline, PS_LANE_LOG, PS_MARK_DONE, START + i * PS_HOUR_MS, PS_NO_TIME,
			 id, id);
	}
	return timeline;
}

static char *
dump(PsTimelineView *view, int rows, int cols)
{
	g_autoptr(PsCanvas) canvas = ps_canvas_new(rows, cols);

	ps_widget_draw(ps_timeline_view_widget(view), ps_canvas_view(canvas));
	return ps_canvas_dump(canvas);
}

static void
move(PsTimelineView *view, PsMove what, int times)
{
	for (int i = 0; i < times; i++)
		ps_widget_move(ps_timeline_view_widget(view), what);
}

static void
assert_at(PsTimelineView *view, const char *label)
{
	const PsMark *mark = ps_timeline_view_mark(view);

	assert_non_null(mark);
	assert_string_equal(mark->label, label);
}

static void
timeline_view__cursor__goes_through_lanes_into_the_log(void **state)
{
	PsTimelineView *view = ps_timeline_view_new();

	(void)state;
	assert_null(ps_timeline_view_mark(view));
	ps_timeline_view_set(view, new_timeline(2));
	assert_at(view, "Received");
	move(view, PS_MOVE_DOWN, 3);
	assert_at(view, "Try");
	move(view, PS_MOVE_DOWN, 1);
	/* Newest first. */
	assert_at(view, "e1");
	move(view, PS_MOVE_END, 1);
	assert_at(view, "e0");
	move(view, PS_MOVE_DOWN, 1);
	assert_at(view, "e0");
	ps_timeline_view_free(view);
}

static void
timeline_view__set__keeps_the_cursor_on_its_mark(void **state)
{
	PsTimelineView *view = ps_timeline_view_new();

	(void)state;
	ps_timeline_view_set(view, new_timeline(2));
	move(view, PS_MOVE_DOWN, 2);
	assert_at(view, "Fix");
	ps_timeline_view_set(view, new_timeline(5));
	assert_at(view, "Fix");
	move(view, PS_MOVE_END, 1);
	ps_timeline_view_set(view, new_timeline(9));
	assert_at(view, "e0");
	ps_timeline_view_set(view, new_timeline(0));
	assert_at(view, "Try");
	ps_timeline_view_set(view, NULL);
	assert_null(ps_timeline_view_mark(view));
	ps_timeline_view_free(view);
}

static void
timeline_view__draw__shows_marks_bars_now_and_sentence(void **state)
{
	PsTimelineView *view = ps_timeline_view_new();

	(void)state;
	ps_timeline_view_set(view, new_timeline(2));
	move(view, PS_MOVE_DOWN, 1);
	g_autofree char *text = dump(view, 20, 80);
	assert_non_null(strstr(text, "▼"));
	assert_non_null(strstr(text, "Clocks   › Validate"));
	assert_non_null(strstr(text, "━!╌"));
	assert_non_null(strstr(text, "? because"));
	assert_non_null(strstr(text, "─ Validate ─"));
	assert_non_null(strstr(text, "overdue: "));
	assert_non_null(strstr(text, "2 entries"));
	ps_timeline_view_free(view);
}

static void
timeline_view__zoom__scrolls_and_follows_the_cursor(void **state)
{
	PsTimelineView *view = ps_timeline_view_new();

	(void)state;
	ps_timeline_view_set(view, new_timeline(1));
	g_free(dump(view, 20, 80));
	assert_false(ps_widget_move(ps_timeline_view_widget(view), PS_MOVE_RIGHT));
	for (int i = 0; i < 4; i++)
		assert_true(ps_timeline_view_zoom(view, 1));
	g_autofree char *near = dump(view, 20, 80);
	/* Centred on the mark of the cursor; now is off the axis. */
	assert_null(strstr(near, "▼"));
	assert_non_null(strstr(near, "●"));
	move(view, PS_MOVE_RIGHT, 8);
	g_autofree char *right = dump(view, 20, 80);
	assert_null(strstr(right, "●"));
	assert_non_null(strstr(right, "‹"));
	/* The end of this bar lies far right: the axis goes there. */
	move(view, PS_MOVE_DOWN, 2);
	g_autofree char *followed = dump(view, 20, 80);
	assert_non_null(strstr(followed, "○"));
	assert_true(ps_widget_move(ps_timeline_view_widget(view), PS_MOVE_CLEAR));
	assert_false(ps_widget_move(ps_timeline_view_widget(view), PS_MOVE_CLEAR));
	ps_timeline_view_free(view);
}

static void
timeline_view__draw__survives_every_size(void **state)
{
	PsTimelineView *view = ps_timeline_view_new();

	(void)state;
	ps_timeline_view_set(view, new_timeline(30));
	for (int rows = 1; rows < 50; rows += 3)
		for (int cols = 1; cols < 170; cols += 7) {
			g_free(dump(view, rows, cols));
			move(view, rows % 2 ? PS_MOVE_DOWN : PS_MOVE_PAGE_UP, 1);
			ps_timeline_view_zoom(view, cols % 3 - 1);
		}
	ps_timeline_view_free(view);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timeline_view__cursor__goes_through_lanes_into_the_log),
		cmocka_unit_test(timeline_view__set__keeps_the_cursor_on_its_mark),
		cmocka_unit_test(timeline_view__draw__shows_marks_bars_now_and_sentence),
		cmocka_unit_test(timeline_view__zoom__scrolls_and_follows_the_cursor),
		cmocka_unit_test(timeline_view__draw__survives_every_size),
	};

	return cmocka_run_group_tests_name("timeline view", tests, NULL, NULL);
}
