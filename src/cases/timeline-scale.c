#include "config.h"

/* The axis of a timeline: cells, ticks, and the timeline as text. */

#include "cases/timeline.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"

/* ---- scale ---- */

/* Round steps of a cell. */
static const gint64 steps[] = {
	PS_MINUTE_MS,   5 * PS_MINUTE_MS, 15 * PS_MINUTE_MS, 30 * PS_MINUTE_MS, PS_HOUR_MS,
	2 * PS_HOUR_MS, 4 * PS_HOUR_MS,   8 * PS_HOUR_MS,    12 * PS_HOUR_MS,   PS_DAY_MS,
	2 * PS_DAY_MS,  4 * PS_DAY_MS,    7 * PS_DAY_MS,     14 * PS_DAY_MS,    28 * PS_DAY_MS,
	56 * PS_DAY_MS, 112 * PS_DAY_MS,  224 * PS_DAY_MS,
};
#define LAST_STEP ((int)G_N_ELEMENTS(steps) - 1)

static gint64
floor_to(gint64 at, gint64 step)
{
	gint64 rest = at % step;

	return at - (rest < 0 ? rest + step : rest);
}

PsScale
ps_scale_fit(const PsTimeline *timeline, int cells, int zoom, gint64 centre)
{
	gint64 span = timeline->to - timeline->from;
	int fit = 0;

	cells = MAX(cells, 1);
	/* Two cells of room: both ends are floored. */
	while (fit < LAST_STEP && span > steps[fit] * MAX(cells - 2, 1))
		fit++;
	int index = CLAMP(fit - zoom, 0, LAST_STEP);
	gint64 step = steps[index];
	if (index == fit)
		return (PsScale){floor_to(timeline->from, step), step, cells};
	return (PsScale){floor_to(centre - step * cells / 2, step), step, cells};
}

int
ps_scale_cell(const PsScale *scale, gint64 at)
{
	gint64 cell = floor_to(at - scale->from, scale->step) / scale->step;

	return (int)CLAMP(cell, G_MININT / 2, G_MAXINT / 2);
}

/* ---- ticks ---- */

typedef enum {
	UNIT_MINUTES,
	UNIT_HOURS,
	UNIT_DAYS,
	UNIT_MONTHS,
} Unit;

static const struct {
	Unit unit;
	int count;
	gint64 least; /* its shortest length */
	const char *format;
} intervals[] = {
	{UNIT_MINUTES, 10, 10 * PS_MINUTE_MS, "%H:%M"},
	{UNIT_MINUTES, 30, 30 * PS_MINUTE_MS, "%H:%M"},
	{UNIT_HOURS, 1, PS_HOUR_MS, "%H:%M"},
	{UNIT_HOURS, 3, 3 * PS_HOUR_MS, "%H:%M"},
	{UNIT_HOURS, 6, 6 * PS_HOUR_MS, "%H:%M"},
	/* A day of summer time's begin has 23 hours. */
	{UNIT_DAYS, 1, 23 * PS_HOUR_MS, "%d %b"},
	{UNIT_DAYS, 2, 47 * PS_HOUR_MS, "%d %b"},
	{UNIT_DAYS, 7, 167 * PS_HOUR_MS, "%d %b"},
	{UNIT_DAYS, 14, 335 * PS_HOUR_MS, "%d %b"},
	{UNIT_MONTHS, 1, 28 * PS_DAY_MS, "%b %Y"},
	{UNIT_MONTHS, 3, 90 * PS_DAY_MS, "%b %Y"},
	{UNIT_MONTHS, 12, 365 * PS_DAY_MS, "%Y"},
	{UNIT_MONTHS, 60, 1826 * PS_DAY_MS, "%Y"},
};
#define LAST_INTERVAL ((int)G_N_ELEMENTS(intervals) - 1)

/* The longest label and two blanks. */
#define TICK_CELLS 10

/* The beginning of the unit that `time` lies in. */
static GDateTime *
truncate_time(GDateTime *time, Unit unit, int count)
{
	int year, month, day, hour = g_date_time_get_hour(time),
			      minute = g_date_time_get_minute(time);

	g_date_time_get_ymd(time, &year, &month, &day);
	if (unit == UNIT_MONTHS) {
		/* Several years begin at a round one. */
		if (count > 12)
			year -= year % (count / 12);
		month -= (month - 1) % MIN(count, 12);
		day = 1;
	}
	if (unit >= UNIT_DAYS)
		hour = 0;
	if (unit == UNIT_HOURS)
		hour -= hour % count;
	minute = unit == UNIT_MINUTES ? minute - minute % count : 0;
	return g_date_time_new_local(year, month, day, hour, minute, 0);
}

static GDateTime *
next_time(GDateTime *time, Unit unit, int count)
{
	switch (unit) {
	case UNIT_MINUTES:
		return g_date_time_add_minutes(time, count);
	case UNIT_HOURS:
		return g_date_time_add_hours(time, count);
	case UNIT_DAYS:
		return g_date_time_add_days(time, count);
	default:
		return g_date_time_add_months(time, count);
	}
}

GArray *
ps_scale_ticks(const PsScale *scale)
{
	GArray *ticks = g_array_new(FALSE, TRUE, sizeof(PsTick));
	int chosen = 0;

	while (chosen < LAST_INTERVAL && intervals[chosen].least < TICK_CELLS * scale->step)
		chosen++;
	Unit unit = intervals[chosen].unit;
	int count = intervals[chosen].count;
	g_autoptr(GDateTime) left = g_date_time_new_from_unix_local(scale->from / 1000);
	g_autoptr(GDateTime) at = left ? truncate_time(left, unit, count) : NULL;
	while (at) {
		int cell = ps_scale_cell(scale, g_date_time_to_unix(at) * 1000);
		if (cell > scale->cells - TICK_CELLS + 2)
			break;
		PsTick tick = {.cell = cell};
		g_autofree char *label = g_date_time_format(at, intervals[chosen].format);
		g_strlcpy(tick.label, label, sizeof tick.label);
		if (cell >= 0)
			g_array_append_val(ticks, tick);
		GDateTime *next = next_time(at, unit, count);
		g_date_time_unref(at);
		at = next;
	}
	return ticks;
}

/* ---- as text ---- */

#define LABEL_CELLS 24

static const char mark_signs[] = {
	[PS_MARK_DONE] = '*',    [PS_MARK_DONE_LATE] = '!', [PS_MARK_OPEN] = 'o',
	[PS_MARK_OVERDUE] = '!', [PS_MARK_MISSING] = '?',
};

static void
put(char *axis, const PsScale *scale, int cell, char sign)
{
	if (cell >= 0 && cell < scale->cells)
		axis[cell] = sign;
}

static void
append_mark(GString *out, const PsMark *mark, const PsScale *scale, gint64 now)
{
	g_autofree char *axis = g_strnfill((gsize)scale->cells, ' ');
	g_autofree char *label = ps_text_fit(mark->label, LABEL_CELLS);
	g_autofree char *when = ps_utc_brief(mark->to == PS_NO_TIME ? mark->from : mark->to);

	put(axis, scale, ps_scale_cell(scale, now), '|');
	if (mark->from != PS_NO_TIME) {
		int first = ps_scale_cell(scale, mark->from);
		int last = mark->to == PS_NO_TIME ? first : ps_scale_cell(scale, mark->to);
		for (int cell = MAX(first, 0); cell < MIN(last, scale->cells); cell++)
			put(axis, scale, cell, '-');
		put(axis, scale, last, mark_signs[mark->state]);
	}
	g_string_append_printf(out, "  %s%*s %s %s", label, LABEL_CELLS - ps_text_cells(label), "",
			       axis, mark->from == PS_NO_TIME ? mark->text : when);
	while (out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static void
append_ticks(GString *out, const PsScale *scale)
{
	g_autoptr(GArray) ticks = ps_scale_ticks(scale);
	int cell = 0;

	g_string_append_printf(out, "  %*s ", LABEL_CELLS, "");
	for (guint i = 0; i < ticks->len; i++) {
		const PsTick *tick = &g_array_index(ticks, PsTick, i);
		g_string_append_printf(out, "%*s%s", tick->cell - cell, "", tick->label);
		cell = tick->cell + ps_text_cells(tick->label);
	}
	g_string_append_c(out, '\n');
}

/* Blanks, label, blank, axis, blank, time. */
#define AROUND_AXIS (2 + LABEL_CELLS + 1 + 1 + 12)

char *
ps_timeline_text(const PsTimeline *timeline, int cells)
{
	PsScale scale = ps_scale_fit(timeline, MAX(cells - AROUND_AXIS, 8), 0, timeline->now);
	GString *out = g_string_new(NULL);
	int lane = -1;

	append_ticks(out, &scale);
	for (guint i = 0; i < timeline->marks->len; i++) {
		const PsMark *mark = timeline->marks->pdata[i];
		if ((int)mark->lane != lane) {
			lane = (int)mark->lane;
			g_string_append_printf(out, "%s\n", ps_lane_label(mark->lane));
		}
		append_mark(out, mark, &scale, timeline->now);
	}
	return g_string_free(out, FALSE);
}
