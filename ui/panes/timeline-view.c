#include "config.h"

#include "ui/panes/timeline-view-private.h"

#include "base/i18n.h"
#include "base/utc.h"

#define MOST_ZOOM 14

static const PsWidgetClass view_class;

/* ---- life ---- */

PsTimelineView *
ps_timeline_view_new(void)
{
	PsTimelineView *view = g_new0(PsTimelineView, 1);

	view->widget.class = &view_class;
	view->rows = g_ptr_array_new();
	view->scale = (PsScale){0, PS_DAY_MS, 1};
	return view;
}

void
ps_timeline_view_free(PsTimelineView *view)
{
	if (!view)
		return;
	g_clear_pointer(&view->timeline, ps_timeline_free);
	g_ptr_array_unref(view->rows);
	g_free(view->cursor_key);
	g_free(view);
}

static void
free_widget(PsWidget *widget)
{
	ps_timeline_view_free((PsTimelineView *)widget);
}

PsWidget *
ps_timeline_view_widget(PsTimelineView *view)
{
	return &view->widget;
}

/* ---- rows ---- */

/* A clock has no record of its own: its label tells it from others. */
static char *
mark_key(const PsMark *mark)
{
	return g_strdup_printf("%d/%s/%s/%s", mark->lane, mark->record, mark->field,
			       mark->kind && mark->lane == PS_LANE_CLOCKS ? mark->label : "");
}

static void
remember_cursor(PsTimelineView *view)
{
	const PsMark *mark = ps_timeline_view_mark(view);

	g_free(view->cursor_key);
	view->cursor_key = mark ? mark_key(mark) : NULL;
}

static void
find_cursor(PsTimelineView *view)
{
	for (guint i = 0; view->cursor_key && i < view->rows->len; i++) {
		g_autofree char *key = mark_key(g_ptr_array_index(view->rows, i));
		if (g_str_equal(key, view->cursor_key)) {
			view->cursor = i;
			return;
		}
	}
	view->cursor = view->passive ? G_MAXUINT : MIN(view->cursor, MAX(view->rows->len, 1) - 1);
}

static void
list_rows(PsTimelineView *view)
{
	GPtrArray *marks = view->timeline->marks;

	for (guint i = 0; i < marks->len; i++)
		if (((PsMark *)g_ptr_array_index(marks, i))->lane != PS_LANE_LOG)
			g_ptr_array_add(view->rows, g_ptr_array_index(marks, i));
	view->n_lanes = view->rows->len;
	for (guint i = marks->len; i > 0; i--)
		if (((PsMark *)g_ptr_array_index(marks, i - 1))->lane == PS_LANE_LOG)
			g_ptr_array_add(view->rows, g_ptr_array_index(marks, i - 1));
}

void
ps_timeline_view_set_passive(PsTimelineView *view)
{
	view->passive = TRUE;
	view->cursor = G_MAXUINT;
}

void
ps_timeline_view_set(PsTimelineView *view, PsTimeline *timeline)
{
	g_ptr_array_set_size(view->rows, 0);
	g_clear_pointer(&view->timeline, ps_timeline_free);
	view->timeline = timeline;
	view->n_lanes = 0;
	if (timeline)
		list_rows(view);
	find_cursor(view);
	remember_cursor(view);
}

const PsMark *
ps_timeline_view_mark(const PsTimelineView *view)
{
	return view->cursor < view->rows->len ? g_ptr_array_index(view->rows, view->cursor) : NULL;
}

/* ---- moving ---- */

static gint64
mark_time(const PsMark *mark)
{
	return mark->to != PS_NO_TIME ? mark->to : mark->from;
}

/* The axis follows the cursor. */
static void
follow(PsTimelineView *view)
{
	const PsMark *mark = ps_timeline_view_mark(view);

	if (view->zoom == 0 || !mark || mark_time(mark) == PS_NO_TIME)
		return;
	int cell = ps_scale_cell(&view->scale, mark_time(mark));
	if (cell < 0 || cell >= view->scale.cells)
		view->centre = mark_time(mark);
}

static gboolean
move_cursor(PsTimelineView *view, gint64 by)
{
	gint64 last = (gint64)view->rows->len - 1, to = CLAMP((gint64)view->cursor + by, 0, last);

	if (last < 0 || to == (gint64)view->cursor)
		return FALSE;
	view->cursor = (guint)to;
	remember_cursor(view);
	follow(view);
	return TRUE;
}

static gboolean
scroll(PsTimelineView *view, int direction)
{
	if (view->zoom == 0)
		return FALSE;
	view->centre += direction * view->scale.step * MAX(view->scale.cells / 4, 1);
	return TRUE;
}

gboolean
ps_timeline_view_zoom(PsTimelineView *view, int by)
{
	const PsMark *mark = ps_timeline_view_mark(view);
	int zoom = by == 0 ? 0 : CLAMP(view->zoom + by, -4, MOST_ZOOM);

	if (!view->timeline || (zoom == view->zoom && by != 0))
		return FALSE;
	if (view->zoom == 0)
		view->centre = mark && mark_time(mark) != PS_NO_TIME ? mark_time(mark)
								     : view->timeline->now;
	view->zoom = zoom;
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsTimelineView *view = (PsTimelineView *)widget;

	switch (what) {
	case PS_MOVE_UP:
		return move_cursor(view, -1);
	case PS_MOVE_DOWN:
		return move_cursor(view, 1);
	case PS_MOVE_PAGE_UP:
		return move_cursor(view, -10);
	case PS_MOVE_PAGE_DOWN:
		return move_cursor(view, 10);
	case PS_MOVE_HOME:
		return move_cursor(view, -(gint64)view->rows->len);
	case PS_MOVE_END:
		return move_cursor(view, view->rows->len);
	case PS_MOVE_LEFT:
		return scroll(view, -1);
	case PS_MOVE_RIGHT:
		return scroll(view, 1);
	case PS_MOVE_CLEAR:
		return view->zoom != 0 && ps_timeline_view_zoom(view, 0);
	default:
		return FALSE;
	}
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	PsTimelineView *view = (PsTimelineView *)widget;

	if (number < 1 || number > (gint64)view->rows->len)
		return FALSE;
	move_cursor(view, number - 1 - (gint64)view->cursor);
	return TRUE;
}

static char *
chip(PsWidget *widget)
{
	PsTimelineView *view = (PsTimelineView *)widget;

	if (view->zoom == 0)
		return NULL;
	return g_strdup(view->zoom > 0 ? _("closer") : _("wider"));
}

static char *
place(PsWidget *widget)
{
	PsTimelineView *view = (PsTimelineView *)widget;

	return g_strdup_printf("%u/%u", view->rows->len ? view->cursor + 1 : 0, view->rows->len);
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsTimelineView *)widget)->rows->len == 0;
}

static const PsWidgetClass view_class = {.draw = ps_timeline_view_draw,
					 .move = move,
					 .go = go,
					 .chip = chip,
					 .place = place,
					 .is_empty = is_empty,
					 .free = free_widget};
