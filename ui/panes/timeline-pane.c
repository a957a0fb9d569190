#include "config.h"

/* The timeline of a case: when what was done, what is due, and why. */

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/timeline.h"
#include "ui/panes/case-common.h"
#include "ui/panes/case-moves.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/timeline-view.h"

typedef struct {
	PsPane pane;
	PsTimelineView *view;
	char *case_id;
} Timeline;

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	Timeline *self = (Timeline *)pane;

	self->view = ps_timeline_view_new();
	pane->widget = ps_timeline_view_widget(self->view);
	self->case_id = ps_pane_case(pane, argument, error);
	return self->case_id != NULL;
}

static void
close_pane(PsPane *pane)
{
	g_free(((Timeline *)pane)->case_id);
}

static void
refresh(PsPane *pane)
{
	Timeline *self = (Timeline *)pane;
	g_autoptr(GError) error = NULL;
	PsTimeline *timeline = ps_timeline_load(pane->app->store, self->case_id, &error);

	if (!timeline)
		ps_app_error(pane->app, error);
	ps_timeline_view_set(self->view, timeline);
}

static char *
subject(PsPane *pane)
{
	return ps_pane_case_subject(pane, ((Timeline *)pane)->case_id);
}

static const char *
record(PsPane *pane, const char **kind)
{
	Timeline *self = (Timeline *)pane;
	const PsMark *mark = ps_timeline_view_mark(self->view);

	*kind = mark && mark->kind ? mark->kind : "case";
	return mark && mark->kind ? mark->record : self->case_id;
}

/* ---- the mark under the cursor ---- */

static const char *
refuse_fixed(PsApp *app, PsPane *pane)
{
	const PsMark *mark = ps_timeline_view_mark(((Timeline *)pane)->view);

	(void)app;
	if (!mark || !mark->field)
		return _("This time follows from others and can't be edited.");
	return NULL;
}

static PsChanged
edit_time(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsMark *mark = ps_timeline_view_mark(((Timeline *)pane)->view);
	g_autofree char *id = g_strdup(mark->record);

	return ps_case_do_time(app, mark->kind, id, mark->field, argument, error);
}

static const char *
refuse_no_task(PsApp *app, PsPane *pane)
{
	const PsMark *mark = ps_timeline_view_mark(((Timeline *)pane)->view);

	(void)app;
	if (!mark || mark->lane != PS_LANE_TASKS)
		return _("There is no task under the cursor.");
	return NULL;
}

static PsChanged
finish_task(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsMark *mark = ps_timeline_view_mark(((Timeline *)pane)->view);
	g_autofree char *id = g_strdup(mark->record);

	(void)argument;
	return ps_case_do_task_done(app, id, error);
}

/* ---- the case ---- */

static PsChanged
decide(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	return ps_case_do_decide(app, ((Timeline *)pane)->case_id, argument, error);
}

static PsChanged
new_task(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	return ps_case_do_task(app, ((Timeline *)pane)->case_id, argument, error);
}

static PsChanged
write_log(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	return ps_case_do_log(app, ((Timeline *)pane)->case_id, argument, error);
}

/* ---- zoom ---- */

static PsChanged
zoom(PsApp *app, PsPane *pane, int by)
{
	if (!ps_timeline_view_zoom(((Timeline *)pane)->view, by))
		ps_app_say(app, PS_SAY_NOTE, _("It goes no further."));
	return PS_CHANGED_VIEW;
}

#define ZOOM(name, by)                                                                             \
	static PsChanged name(PsApp *app, PsPane *pane, const char *argument, GError **error)      \
	{                                                                                          \
		(void)argument;                                                                    \
		(void)error;                                                                       \
		return zoom(app, pane, by);                                                        \
	}

ZOOM(zoom_in, 1)
ZOOM(zoom_out, -1)
ZOOM(zoom_all, 0)

#define WRITES (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED)

static const PsAction actions[] = {
	{"case.time", N_("Change the time under the cursor"), N_("time"), "Enter e",
	 PS_NEEDS_WRITABLE | PS_NEEDS_ROW, PS_ACTION_HINT | PS_ACTION_ARGUMENT, refuse_fixed,
	 edit_time},
	{"timeline.decide", N_("Decide what to do, with the reason"), N_("decide"), "d", WRITES,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, decide},
	{"timeline.task", N_("Add a task with its due date"), N_("task"), "n", WRITES,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, new_task},
	{"case.task_done", N_("The task is done"), N_("done"), "x", WRITES, PS_ACTION_HINT,
	 refuse_no_task, finish_task},
	{"timeline.log", N_("Write into the log of the case"), N_("log"), "w", WRITES,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, write_log},
	{"timeline.closer", N_("Zoom in; Left and Right then scroll"), N_("closer"), "+ =", 0,
	 PS_ACTION_HINT, NULL, zoom_in},
	{"timeline.wider", N_("Zoom out"), N_("wider"), "-", 0, PS_ACTION_HINT, NULL, zoom_out},
	{"timeline.all", N_("Show the whole time again"), NULL, "0", 0, 0, NULL, zoom_all},
};

const PsPaneClass ps_timeline_pane = {
	.name = "timeline",
	.title = N_("Timeline"),
	.size = sizeof(Timeline),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
