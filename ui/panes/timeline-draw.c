#include "config.h"

/* The timeline on the screen. */

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "ui/panes/timeline-view-private.h"

/* From this width on lanes are named beside the rows, and marks have their date. */
#define WIDE_CELLS 76
#define DATED_CELLS 100
#define LANE_CELLS 9
#define LEAST_LOG 3

/* Columns of a row: lane, label, axis. */
typedef struct {
	int label, label_cells, axis;
	gboolean dated;
} Columns;

/* ---- what a mark looks like ---- */

static const struct {
	const char *sign;
	PsRole role;
	const char *word; /* N_() */
} looks[] = {
	[PS_MARK_DONE] = {"●", PS_ROLE_GOOD, N_("done")},
	[PS_MARK_DONE_LATE] = {"!", PS_ROLE_WARN, N_("done late")},
	[PS_MARK_OPEN] = {"○", PS_ROLE_STRONG, N_("open")},
	[PS_MARK_OVERDUE] = {"!", PS_ROLE_BAD, N_("overdue")},
	[PS_MARK_MISSING] = {"?", PS_ROLE_DIM, N_("not known")},
};

static gint64
last_time(const PsMark *mark)
{
	return mark->to != PS_NO_TIME ? mark->to : mark->from;
}

/* ---- axis ---- */

static void
put_sign(PsView axis, int row, int cell, PsStyle style, const char *sign)
{
	if (cell < 0)
		ps_view_text(axis, row, 0, style, "‹");
	else if (cell >= axis.area.cols)
		ps_view_text(axis, row, axis.area.cols - 1, style, "›");
	else
		ps_view_text(axis, row, cell, style, sign);
}

static void
put_bar(PsView axis, int row, int from, int to, PsStyle style, const char *sign)
{
	for (int cell = MAX(from, 0); cell < MIN(to, axis.area.cols); cell++)
		ps_view_text(axis, row, cell, style, sign);
}

static void
draw_axis(const PsTimelineView *view, PsView axis)
{
	g_autoptr(GArray) ticks = ps_scale_ticks(&view->scale);
	int now = ps_scale_cell(&view->scale, view->timeline->now);

	for (guint i = 0; i < ticks->len; i++) {
		const PsTick *tick = &g_array_index(ticks, PsTick, i);
		/* Now is more important than the label that it stands in. */
		if (now < tick->cell - 1 || now > tick->cell + ps_text_cells(tick->label))
			ps_view_text(axis, 0, tick->cell, PS_ROLE_HEADING, tick->label);
	}
	if (now >= 0 && now < axis.area.cols)
		ps_view_text(axis, 0, now, PS_ROLE_STRONG, "▼");
}

/* Ticks and today go through all rows, under the marks. */
static void
draw_grid(const PsTimelineView *view, PsView axis, int rows)
{
	g_autoptr(GArray) ticks = ps_scale_ticks(&view->scale);
	int now = ps_scale_cell(&view->scale, view->timeline->now);

	for (int row = 0; row < rows; row++) {
		for (guint i = 0; i < ticks->len; i++)
			ps_view_text(axis, row, g_array_index(ticks, PsTick, i).cell, PS_ROLE_DIM,
				     "·");
		if (now >= 0 && now < axis.area.cols)
			ps_view_text(axis, row, now, PS_ROLE_LINK, "┊");
	}
}

static void
draw_mark_date(PsView axis, int row, int cell, const PsMark *mark)
{
	g_autofree char *date = ps_utc_brief(last_time(mark));
	int cells = ps_text_cells(date), col = cell + 2;

	if (col + cells <= axis.area.cols)
		ps_view_text(axis, row, col, PS_ROLE_DIM, date);
}

static void
draw_mark(const PsTimelineView *view, PsView axis, int row, const PsMark *mark, gboolean dated)
{
	PsStyle style = looks[mark->state].role;
	int now = ps_scale_cell(&view->scale, view->timeline->now);

	if (mark->from == PS_NO_TIME) {
		g_autofree char *text =
			g_strdup_printf("? %s", mark->text && *mark->text ? mark->text
									  : _("not known yet"));
		g_autofree char *fit = ps_text_fit(text, axis.area.cols);
		ps_view_text(axis, row, 0, PS_ROLE_DIM, fit);
		return;
	}
	int from = ps_scale_cell(&view->scale, mark->from);
	int last = ps_scale_cell(&view->scale, last_time(mark));
	put_bar(axis, row, from, last, mark->state == PS_MARK_DONE ? PS_ROLE_DIM : style, "━");
	/* What is overdue goes on until now. */
	if (mark->state == PS_MARK_OVERDUE)
		put_bar(axis, row, last + 1, now, style, "╌");
	put_sign(axis, row, last, style, looks[mark->state].sign);
	if (dated)
		draw_mark_date(axis, row, mark->state == PS_MARK_OVERDUE ? MAX(last, now) : last,
			       mark);
}

/* ---- rows ---- */

static void
draw_label(const PsTimelineView *view, PsView body, int row, guint index, const Columns *columns,
	   gboolean lane_begins)
{
	const PsMark *mark = g_ptr_array_index(view->rows, index);
	gboolean selected = index == view->cursor;
	PsStyle style = selected                         ? PS_ROLE_SELECTED
			: mark->state == PS_MARK_MISSING ? PS_ROLE_DIM
							 : PS_ROLE_NORMAL;

	if (columns->label > 0 && lane_begins)
		ps_view_field(body, row, 0, LANE_CELLS - 1, PS_ROLE_HEADING, FALSE,
			      ps_lane_label(mark->lane));
	ps_view_text(body, row, columns->label, style, selected ? "› " : "  ");
	ps_view_field(body, row, columns->label + 2, columns->label_cells, style, FALSE,
		      mark->label);
	if (selected)
		ps_view_cursor(body, row, columns->label, FALSE);
}

static void
draw_lanes(PsTimelineView *view, PsView body, PsView axis, const Columns *columns)
{
	gint64 selected = MIN(view->cursor, MAX(view->n_lanes, 1) - 1);
	int rows = body.area.rows;

	if (view->cursor < view->n_lanes)
		view->first_lane =
			ps_layout_scroll(view->first_lane, selected, view->n_lanes, MAX(rows, 1));
	view->first_lane = CLAMP(view->first_lane, 0, MAX((gint64)view->n_lanes - rows, 0));
	draw_grid(view, axis, rows);
	for (int row = 0; row < rows && view->first_lane + row < view->n_lanes; row++) {
		guint index = (guint)view->first_lane + (guint)row;
		const PsMark *mark = g_ptr_array_index(view->rows, index);
		const PsMark *above = row > 0 ? g_ptr_array_index(view->rows, index - 1) : NULL;
		draw_label(view, body, row, index, columns, !above || above->lane != mark->lane);
		draw_mark(view, axis, row, mark, columns->dated);
	}
}

static const char *
entry_sign(const PsMark *mark)
{
	static const struct {
		const char *type, *sign;
	} signs[] = {
		{"decision", "◆"}, {"published", "★"}, {"lifted", "!"},
		{"sent", "→"},     {"received", "←"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
		if (g_strcmp0(mark->text, signs[i].type) == 0)
			return signs[i].sign;
	return "•";
}

/* All log entries on one row; that of the cursor stands out. */
static void
draw_strip(const PsTimelineView *view, PsView body, PsView axis, int row, const Columns *columns)
{
	if (columns->label > 0)
		ps_view_field(body, row, 0, LANE_CELLS - 1, PS_ROLE_HEADING, FALSE,
			      ps_lane_label(PS_LANE_LOG));
	guint count = view->rows->len - view->n_lanes;
	g_autofree char *label = g_strdup_printf(ngettext("%u entry", "%u entries", count), count);
	ps_view_field(body, row, columns->label + 2, columns->label_cells, PS_ROLE_NORMAL, FALSE,
		      label);
	for (guint i = view->n_lanes; i < view->rows->len; i++) {
		const PsMark *mark = g_ptr_array_index(view->rows, i);
		put_sign(axis, row, ps_scale_cell(&view->scale, mark->from), PS_ROLE_LABEL,
			 entry_sign(mark));
	}
	const PsMark *selected = ps_timeline_view_mark(view);
	if (selected && selected->lane == PS_LANE_LOG)
		put_sign(axis, row, ps_scale_cell(&view->scale, selected->from),
			 PS_ROLE_LABEL | PS_STYLE_REVERSE, entry_sign(selected));
}

/* ---- sentence and log ---- */

static char *
mark_sentence(const PsMark *mark)
{
	GString *text = g_string_new(NULL);
	g_autofree char *from = ps_utc_brief(mark->from), *to = ps_utc_brief(last_time(mark));

	if (mark->lane == PS_LANE_LOG)
		g_string_printf(text, "%s · %s", from, mark->text);
	else if (mark->from == PS_NO_TIME)
		g_string_printf(text, "%s", _("not known yet"));
	else if (mark->to != PS_NO_TIME)
		g_string_printf(text, "%s: %s – %s", _(looks[mark->state].word), from, to);
	else
		g_string_printf(text, "%s: %s", _(looks[mark->state].word), from);
	if (mark->text && *mark->text && mark->lane != PS_LANE_LOG)
		g_string_append_printf(text, ". %s", mark->text);
	return g_string_free(text, FALSE);
}

/* A rule with the mark's name, and what is to be said of it. */
static void
draw_sentence(const PsTimelineView *view, PsView part)
{
	const PsMark *mark = ps_timeline_view_mark(view);

	if (!mark) {
		ps_view_rule(part, 0, PS_ROLE_BORDER, NULL);
		return;
	}
	g_autofree char *sentence = mark_sentence(mark);
	PsView inside = ps_view_part(part, (PsRect){1, 1, part.area.rows - 1, part.area.cols - 2});
	g_autofree char *title = ps_text_fit(mark->label, MAX(part.area.cols - 4, 1));
	ps_view_rule(part, 0, PS_ROLE_LABEL, title);
	ps_view_wrapped(inside, 0, PS_ROLE_NORMAL, sentence);
}

static void
draw_entry(const PsTimelineView *view, PsView part, int row, guint index)
{
	const PsMark *mark = g_ptr_array_index(view->rows, index);
	gboolean selected = index == view->cursor;
	PsStyle style = selected ? PS_ROLE_SELECTED : PS_ROLE_NORMAL;
	g_autofree char *at = ps_utc_brief(mark->from);

	if (selected)
		ps_view_fill_row(part, row, style);
	ps_view_text(part, row, 0, style, selected ? "›" : " ");
	int col = ps_view_field(part, row, 2, 12, selected ? style : PS_ROLE_DIM, FALSE, at);
	col = ps_view_field(part, row, col + 1, 9, selected ? style : PS_ROLE_LABEL, FALSE,
			    mark->text);
	ps_view_field(part, row, col + 1, MAX(part.area.cols - col - 2, 0), style, FALSE,
		      mark->label);
	if (selected)
		ps_view_cursor(part, row, 0, FALSE);
}

static void
draw_log(PsTimelineView *view, PsView part)
{
	gint64 count = (gint64)view->rows->len - view->n_lanes;
	gint64 selected = (gint64)view->cursor - view->n_lanes;
	int rows = part.area.rows;

	if (selected >= 0 && !view->passive)
		view->first_entry =
			ps_layout_scroll(view->first_entry, selected, count, MAX(rows, 1));
	view->first_entry = CLAMP(view->first_entry, 0, MAX(count - rows, 0));
	for (int row = 0; row < rows && view->first_entry + row < count; row++)
		draw_entry(view, part, row, view->n_lanes + (guint)view->first_entry + (guint)row);
	if (count == 0)
		ps_view_text(part, 0, 2, PS_ROLE_DIM, _("Nothing was noted yet."));
}

/* ---- the whole ---- */

/* Rows: axis, lanes, strip, rule and sentence, log. */
typedef struct {
	int lanes, sentence, log;
} Rows;

static Rows
plan_rows(const PsTimelineView *view, int rows)
{
	int entries = (int)(view->rows->len - view->n_lanes), lanes = (int)view->n_lanes;
	Rows plan = {.sentence = view->passive ? 1 : rows < 16 ? 2 : 3};
	int room = MAX(rows - 2 - plan.sentence, 0);

	plan.log = MIN(MAX(entries, 1), MAX(room - lanes, MIN(LEAST_LOG, room / 3)));
	plan.lanes = MIN(lanes, MAX(room - plan.log, 0));
	plan.log = MAX(room - plan.lanes, 0);
	return plan;
}

static Columns
plan_columns(int cols)
{
	Columns columns = {.label = cols >= WIDE_CELLS ? LANE_CELLS : 0,
			   .label_cells = CLAMP(cols / 4, 10, 30),
			   .dated = cols >= DATED_CELLS};

	columns.axis = columns.label + 2 + columns.label_cells + 1;
	return columns;
}

void
ps_timeline_view_draw(PsWidget *widget, PsView body)
{
	PsTimelineView *view = (PsTimelineView *)widget;
	int cols = body.area.cols;

	if (!view->timeline) {
		ps_view_wrapped(body, 1, PS_ROLE_DIM, _("There is no timeline."));
		ps_view_cursor(body, 1, 0, FALSE);
		return;
	}
	Rows rows = plan_rows(view, body.area.rows);
	Columns columns = plan_columns(cols);
	PsView axis = ps_view_part(body, (PsRect){0, columns.axis, body.area.rows,
						  MAX(cols - columns.axis - 1, 1)});
	view->scale = ps_scale_fit(view->timeline, axis.area.cols, view->zoom, view->centre);
	draw_axis(view, axis);
	draw_lanes(view, ps_view_part(body, (PsRect){1, 0, rows.lanes, cols}),
		   ps_view_part(axis, (PsRect){1, 0, rows.lanes, axis.area.cols}), &columns);
	draw_strip(view, body, axis, 1 + rows.lanes, &columns);
	int at = 2 + rows.lanes;
	draw_sentence(view, ps_view_part(body, (PsRect){at, 0, rows.sentence, cols}));
	draw_log(view, ps_view_part(body, (PsRect){at + rows.sentence, 0, rows.log, cols}));
}
