#include "config.h"

/* The marks of a case's timeline, from facts. */

#include "cases/timeline.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "cases/desk.h"

const char *
ps_lane_label(PsLane lane)
{
	static const char *const labels[PS_N_LANES] = {
		[PS_LANE_FACTS] = N_("Facts"),   [PS_LANE_EMBARGO] = N_("Embargo"),
		[PS_LANE_CLOCKS] = N_("Clocks"), [PS_LANE_TASKS] = N_("Tasks"),
		[PS_LANE_LOG] = N_("Log"),
	};

	return _(labels[lane]);
}

static void
mark_free(gpointer data)
{
	PsMark *mark = data;

	g_free(mark->label);
	g_free(mark->text);
	g_free(mark->record);
	g_free(mark);
}

void
ps_timeline_free(PsTimeline *timeline)
{
	g_ptr_array_unref(timeline->marks);
	g_free(timeline);
}

/* `label` and `text` are copied and made safe. */
static PsMark *
add_mark(PsTimeline *timeline, PsLane lane, PsMarkState state, const char *label, const char *text)
{
	PsMark *mark = g_new0(PsMark, 1);

	*mark = (PsMark){.lane = lane, .state = state, .from = PS_NO_TIME, .to = PS_NO_TIME};
	mark->label = ps_safe_text(label, -1, PS_SAFE_LINE);
	mark->text = ps_safe_text(text ? text : "", -1, PS_SAFE_LINE);
	g_ptr_array_add(timeline->marks, mark);
	return mark;
}

static void
concerns(PsMark *mark, const char *kind, const char *record, const char *field)
{
	mark->kind = kind;
	mark->record = g_strdup(record);
	mark->field = field;
}

/* ---- facts ---- */

static const struct {
	const char *field, *label;
	int clock; /* whether it came in time; -1: no clock */
} fact_rows[] = {
	{"received_at", N_("Received"), -1},
	{"acknowledged_at", N_("Acknowledged"), PS_CLOCK_ACKNOWLEDGE},
	{"validated_at", N_("Validated"), PS_CLOCK_VALIDATE},
	{"fixed_at", N_("Fix available"), PS_CLOCK_FIX},
	{"published_at", N_("Published"), PS_CLOCK_PUBLISH},
	{"closed_at", N_("Closed"), -1},
};

/* What has not happened yet has the time that it is due, or the reason why there is none. */
static char *
fact_text(const PsClock *clock, PsMarkState state)
{
	if (state != PS_MARK_MISSING || clock->due_at == PS_NO_TIME)
		return ps_clock_reason(clock);
	g_autofree char *due = ps_utc_brief(clock->due_at);
	return g_strdup_printf(_("not yet, due %s"), due);
}

static void
add_facts(PsTimeline *timeline, const PsTimelineFacts *facts)
{
	for (gsize i = 0; i < G_N_ELEMENTS(fact_rows); i++) {
		gint64 at = ps_record_time(facts->case_record, fact_rows[i].field);
		PsMarkState state = at == PS_NO_TIME ? PS_MARK_MISSING : PS_MARK_DONE;
		g_autofree char *text = NULL;
		if (fact_rows[i].clock >= 0) {
			PsClock clock;
			ps_clock_compute((PsClockId)fact_rows[i].clock, facts->facts, facts->policy,
					 facts->now, &clock);
			text = fact_text(&clock, state);
			if (clock.state == PS_CLOCK_MET_LATE)
				state = PS_MARK_DONE_LATE;
		}
		PsMark *mark =
			add_mark(timeline, PS_LANE_FACTS, state, _(fact_rows[i].label), text);
		mark->from = at;
		concerns(mark, "case", ps_record_id(facts->case_record), fact_rows[i].field);
	}
}

/* ---- embargo ---- */

static void
add_embargo(PsTimeline *timeline, const PsTimelineFacts *facts)
{
	const PsClockFacts *f = facts->facts;
	const char *em = ps_record_text(facts->case_record, "em");

	if (f->embargo_until == PS_NO_TIME && f->embargo_over)
		return;
	gboolean missing = f->embargo_until == PS_NO_TIME;
	gboolean over = f->embargo_over || f->published_at != PS_NO_TIME;
	PsMarkState state = missing                         ? PS_MARK_MISSING
			    : over                          ? PS_MARK_DONE
			    : facts->now > f->embargo_until ? PS_MARK_OVERDUE
							    : PS_MARK_OPEN;
	PsMark *mark = add_mark(timeline, PS_LANE_EMBARGO, state, _("Embargo"),
				missing ? _("No end of the embargo is agreed.") : em);
	if (!missing) {
		mark->from = MIN(f->received_at, f->embargo_until);
		mark->to = f->embargo_until;
	}
	concerns(mark, "case", ps_record_id(facts->case_record), "embargo_until");
}

/* ---- clocks ---- */

static const PsMarkState clock_marks[] = {
	[PS_CLOCK_NOT_STARTED] = PS_MARK_MISSING, [PS_CLOCK_RUNNING] = PS_MARK_OPEN,
	[PS_CLOCK_OVERDUE] = PS_MARK_OVERDUE,     [PS_CLOCK_MET] = PS_MARK_DONE,
	[PS_CLOCK_MET_LATE] = PS_MARK_DONE_LATE,
};

/* "late by 2 d", "3 h left" */
static char *
distance_text(const PsClock *clock, gint64 now)
{
	gint64 end = clock->met_at != PS_NO_TIME ? clock->met_at : now;
	gint64 due = clock->due_at != PS_NO_TIME ? clock->due_at : end;
	g_autofree char *distance = ps_duration_text(end - due);

	switch (clock->state) {
	case PS_CLOCK_OVERDUE:
	case PS_CLOCK_MET_LATE:
		return g_strdup_printf(_("late by %s"), distance);
	case PS_CLOCK_RUNNING:
		return g_strdup_printf(_("%s left"), distance);
	default:
		return g_strdup(ps_clock_state_text(clock->state));
	}
}

static void
add_clock(PsTimeline *timeline, const PsTimelineFacts *facts, PsClockId id)
{
	PsClock clock;

	ps_clock_compute(id, facts->facts, facts->policy, facts->now, &clock);
	if (clock.state == PS_CLOCK_NOT_OWED || id == PS_CLOCK_EMBARGO)
		return;
	g_autofree char *reason = ps_clock_reason(&clock);
	g_autofree char *distance = distance_text(&clock, facts->now);
	g_autofree char *text = g_strdup_printf("%s: %s", distance, reason);
	PsMark *mark =
		add_mark(timeline, PS_LANE_CLOCKS, clock_marks[clock.state], ps_clock_label(id),
			 clock.state == PS_CLOCK_NOT_STARTED ? reason : text);
	if (clock.due_at != PS_NO_TIME) {
		mark->from = clock.started_at == PS_NO_TIME ? clock.due_at : clock.started_at;
		mark->to = clock.due_at;
	}
	concerns(mark, "case", ps_record_id(facts->case_record),
		 id == PS_CLOCK_FIX ? "fix_due_at" : NULL);
}

/* ---- tasks and log ---- */

static PsMarkState
task_state(gint64 due, gint64 done, gint64 now)
{
	if (done != PS_NO_TIME)
		return due != PS_NO_TIME && done > due ? PS_MARK_DONE_LATE : PS_MARK_DONE;
	if (due == PS_NO_TIME)
		return PS_MARK_MISSING;
	return now > due ? PS_MARK_OVERDUE : PS_MARK_OPEN;
}

static void
add_task(PsTimeline *timeline, const PsRecord *task, gint64 now)
{
	gint64 due = ps_record_time(task, "due_at"), done = ps_record_time(task, "done_at");
	const char *title = ps_record_text(task, "title");
	PsMarkState state = task_state(due, done, now);
	PsMark *mark = add_mark(timeline, PS_LANE_TASKS, state, title ? title : _("(sealed)"),
				state == PS_MARK_MISSING ? _("The task has no due date.") : NULL);

	mark->from = done != PS_NO_TIME ? done : due;
	/* A slip is a bar from the date that was due to the day it was done. */
	if (state == PS_MARK_DONE_LATE) {
		mark->from = due;
		mark->to = done;
	}
	concerns(mark, "task", ps_record_id(task), "due_at");
}

static void
add_event(PsTimeline *timeline, const PsRecord *event)
{
	const char *text = ps_record_text(event, "text");
	PsMark *mark = add_mark(timeline, PS_LANE_LOG, PS_MARK_DONE, text ? text : _("(sealed)"),
				ps_record_text(event, "type"));

	mark->from = ps_record_time(event, "at");
	concerns(mark, "event", ps_record_id(event), "at");
}

/* ---- all ---- */

static gint64
sort_time(const PsMark *mark)
{
	return mark->from == PS_NO_TIME ? G_MAXINT64 : mark->from;
}

static int
compare_marks(gconstpointer a, gconstpointer b)
{
	const PsMark *x = *(PsMark *const *)a, *y = *(PsMark *const *)b;

	if (x->lane != y->lane)
		return (int)x->lane - (int)y->lane;
	/* Facts stay in the order of the work, as missing ones have no time. */
	if (x->lane == PS_LANE_FACTS)
		return 0;
	return sort_time(x) < sort_time(y) ? -1 : sort_time(x) > sort_time(y);
}

static void
set_span(PsTimeline *timeline)
{
	timeline->from = timeline->to = timeline->now;
	for (guint i = 0; i < timeline->marks->len; i++) {
		const PsMark *mark = timeline->marks->pdata[i];
		if (mark->from == PS_NO_TIME)
			continue;
		timeline->from = MIN(timeline->from, mark->from);
		timeline->to = MAX(timeline->to, mark->to == PS_NO_TIME ? mark->from : mark->to);
	}
}

PsTimeline *
ps_timeline_build(const PsTimelineFacts *facts)
{
	PsTimeline *timeline = g_new0(PsTimeline, 1);

	timeline->now = facts->now;
	timeline->marks = g_ptr_array_new_with_free_func(mark_free);
	add_facts(timeline, facts);
	add_embargo(timeline, facts);
	for (int id = 0; id < PS_N_CLOCKS; id++)
		add_clock(timeline, facts, (PsClockId)id);
	for (guint i = 0; i < facts->tasks->len; i++)
		add_task(timeline, facts->tasks->pdata[i], facts->now);
	for (guint i = 0; i < facts->events->len; i++)
		add_event(timeline, facts->events->pdata[i]);
	/* GLib's sort is stable for pointer arrays since 2.32. */
	g_ptr_array_sort(timeline->marks, compare_marks);
	set_span(timeline);
	return timeline;
}

PsTimeline *
ps_timeline_load(PsStore *store, const char *case_id, GError **error)
{
	PsClockFacts clock_facts;
	PsClockPolicy policy;
	g_autoptr(PsRecord) record = NULL;

	if (!ps_clock_policy_load(store, &policy, error) ||
	    !ps_clock_facts_load(store, case_id, &clock_facts, &record, error))
		return NULL;
	g_autoptr(GPtrArray) tasks = ps_store_children(store, "task", ps_record_id(record), error);
	g_autoptr(GPtrArray) events =
		tasks ? ps_store_children(store, "event", ps_record_id(record), error) : NULL;
	if (!events)
		return NULL;
	const PsTimelineFacts facts = {.case_record = record,
				       .facts = &clock_facts,
				       .policy = &policy,
				       .tasks = tasks,
				       .events = events,
				       .now = ps_now_ms()};
	return ps_timeline_build(&facts);
}
