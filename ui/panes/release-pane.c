#include "config.h"

/* The release day of an advisory: the steps in their order, each with what shows that it is done,
 * and the keys that do it. */

#include "ui/list.h"
#include "ui/panes/pane-table.h"

#include "advisory/push.h"
#include "advisory/release.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"

#define DETAIL_ROWS 5

typedef struct {
	PsPane pane;
	PsList *list;
	PsRelease *release; /* NULL: it can't be read; `reason` says why */
	char *reason;
} ReleasePane;

enum { COLUMN_STEP, COLUMN_STATE, COLUMN_AT, COLUMN_TEXT };

static const PsColumn columns[] = {
	[COLUMN_STEP] = {N_("Step"), 20, 0, 0, FALSE},
	[COLUMN_STATE] = {N_("State"), 10, 0, 0, FALSE},
	[COLUMN_AT] = {N_("When"), 12, 0, 1, FALSE},
	[COLUMN_TEXT] = {N_("What shows it, or what to do"), 20, 1, 0, FALSE},
};

/* ---- list ---- */

static gint64
count(gpointer user)
{
	const ReleasePane *self = user;

	return self->release ? self->release->steps->len : 0;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	const ReleasePane *self = user;

	return self->release ? ps_list_part(self->release->steps, first, limit) : NULL;
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const PsReleaseStep *)row)->id;
}

static PsStyle
state_style(PsReleaseState state)
{
	static const PsStyle styles[] = {[PS_RELEASE_OPEN] = PS_ROLE_NORMAL,
					 [PS_RELEASE_DONE] = PS_ROLE_GOOD,
					 [PS_RELEASE_SKIPPED] = PS_ROLE_DIM,
					 [PS_RELEASE_FAILED] = PS_ROLE_BAD};

	return styles[state];
}

static const char *
state_text(PsReleaseState state)
{
	static const char *const texts[] = {[PS_RELEASE_OPEN] = N_("open"),
					    [PS_RELEASE_DONE] = N_("done"),
					    [PS_RELEASE_SKIPPED] = N_("not needed"),
					    [PS_RELEASE_FAILED] = N_("failed")};

	return _(texts[state]);
}

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	const PsReleaseStep *step = row;
	g_autofree char *at = step->at != PS_NO_TIME ? ps_utc_brief(step->at) : NULL;

	(void)user;
	ps_cell(cells, COLUMN_STEP, PS_ROLE_NORMAL, step->title);
	ps_cell(cells, COLUMN_STATE, state_style(step->state), state_text(step->state));
	ps_cell(cells, COLUMN_AT, PS_ROLE_DIM, at ? at : "");
	ps_cell(cells, COLUMN_TEXT, PS_ROLE_NORMAL, step->advice ? step->advice : step->proof);
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

/* ---- pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	ReleasePane *self = (ReleasePane *)pane;

	if (!argument) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Open an advisory first; its release day is one key away."));
		return FALSE;
	}
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	pane->widget = ps_list_widget(self->list);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	ReleasePane *self = (ReleasePane *)pane;

	ps_release_free(self->release);
	g_free(self->reason);
}

static void
refresh(PsPane *pane)
{
	ReleasePane *self = (ReleasePane *)pane;
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&self->release, ps_release_free);
	g_clear_pointer(&self->reason, g_free);
	if (pane->app->store)
		self->release = ps_release_load(pane->app->store, pane->argument, &error);
	if (!self->release)
		self->reason = g_strdup(error ? error->message : _("No workspace is open."));
	ps_list_set_empty(self->list, self->reason ? self->reason : "");
	ps_list_refresh(self->list);
}

static void
draw_detail(ReleasePane *self, PsView view)
{
	const PsReleaseStep *step = ps_list_row(self->list);
	int row = 1;

	ps_view_rule(view, 0, PS_ROLE_DIM, step ? step->title : NULL);
	if (step && step->proof)
		row += ps_view_wrapped(view, row, PS_ROLE_NORMAL, step->proof);
	if (step && step->advice)
		ps_view_wrapped(view, row, PS_ROLE_NORMAL, step->advice);
}

static void
draw(PsPane *pane, PsView view)
{
	int detail = view.area.rows >= 16 ? DETAIL_ROWS : 0, rows = view.area.rows - detail;

	if (detail)
		draw_detail((ReleasePane *)pane, ps_view_below(view, rows));
	ps_widget_draw(pane->widget, ps_view_part(view, (PsRect){0, 0, rows, view.area.cols}));
}

static char *
subject(PsPane *pane)
{
	ReleasePane *self = (ReleasePane *)pane;
	g_autoptr(PsRecord) record =
		pane->app->store ? ps_store_get(pane->app->store, "advisory", pane->argument, NULL)
				 : NULL;

	return record ? g_strdup_printf(_("%s version %s"), ps_record_text(record, "tracking_id"),
					self->release ? self->release->version : "")
		      : NULL;
}

static char *
status(PsPane *pane)
{
	const PsRelease *release = ((ReleasePane *)pane)->release;

	if (!release)
		return NULL;
	return release->open ? g_strdup_printf(_("%u open"), release->open)
			     : g_strdup(_("all done"));
}

/* ---- notes ---- */

typedef struct {
	const char *advisory, *step, *proof;
	gboolean skipped;
} Note;

static gboolean
write_note(PsStore *store, gpointer data, GError **error)
{
	const Note *note = data;

	return note->proof ? ps_release_note(store, note->advisory, note->step, note->skipped,
					     note->proof, error)
			   : ps_release_forget(store, note->advisory, note->step, error);
}

static PsChanged
note_step(PsPane *pane, gboolean skipped, const char *label, GError **error)
{
	const PsReleaseStep *step = ps_list_row(((ReleasePane *)pane)->list);
	PsAskLine ask = {.label = label, .initial = step->record ? step->proof : NULL};
	g_autofree char *id = g_strdup(step->id), *proof = ps_ask_line(pane->app, &ask);
	Note note = {pane->argument, id, proof, skipped};

	if (!proof)
		return PS_CHANGED_NOTHING;
	return ps_app_write(pane->app, write_note, &note, error) ? PS_CHANGED_DATA
								 : PS_CHANGED_NOTHING;
}

static PsChanged
run_skip(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app, (void)argument;
	return note_step(pane, TRUE, _("Why it is not needed"), error);
}

static PsChanged
run_forget(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Note note = {pane->argument, ps_list_id(((ReleasePane *)pane)->list), NULL, FALSE};

	(void)argument;
	return ps_app_write(app, write_note, &note, error) ? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
}

/* ---- messages as proof ---- */

typedef struct {
	const char *advisory, *step, *message;
} MessageNote;

static gboolean
write_message(PsStore *store, gpointer data, GError **error)
{
	const MessageNote *note = data;

	return ps_release_note_message(store, note->advisory, note->step, note->message, error);
}

/* What was sent in the case, the newest first. */
static GPtrArray *
sent_messages(PsPane *pane, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(pane->app->store, pane->argument, error);
	const char *filters[] = {"case", advisory ? ps_record_id(ps_advisory_case(advisory)) : "",
				 "state", "sent", NULL};
	const PsQuery query = {.kind = "message", .filters = filters};

	return advisory ? ps_store_list(pane->app->store, &query, error) : NULL;
}

/* Id of a message; new string, NULL: given up, or there is none. */
static char *
ask_message(PsPane *pane, GError **error)
{
	g_autoptr(GPtrArray) messages = sent_messages(pane, error);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	guint count = messages ? messages->len : 0;
	g_autofree PsOption *options = g_new0(PsOption, MAX(count, 1));

	for (guint i = 0; i < count; i++) {
		const PsRecord *message = messages->pdata[i];
		const char *to = ps_record_text(message, "to"),
			   *subject = ps_record_text(message, "subject");
		g_autofree char *at = ps_utc_brief(ps_record_time(message, "at"));
		char *line =
			g_strdup_printf("%s  %s  %s", at, to ? to : "?", subject ? subject : "");
		g_ptr_array_add(lines, line);
		options[i] = (PsOption){.value = ps_record_id(message), .label = line};
	}
	if (messages && count == 0)
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_NOT_FOUND,
			_("No message of this case has left yet. Write one in the case, "
			  "and send what waits in the outbox."));
	if (count == 0)
		return NULL;
	PsAskChoice ask = {.title = _("Which message shows it"),
			   .options = options,
			   .n_options = count};
	return ps_ask_choice(pane->app, &ask);
}

static PsChanged
run_message(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *step = g_strdup(ps_list_id(((ReleasePane *)pane)->list));
	g_autofree char *message = argument ? g_strdup(argument) : ask_message(pane, error);
	MessageNote note = {pane->argument, step, message};

	return message && ps_app_write(app, write_message, &note, error) ? PS_CHANGED_DATA
									 : PS_CHANGED_NOTHING;
}

static const char *
refuse_computed(PsApp *app, PsPane *pane)
{
	static const char *const computed[] = {"csaf", "push", "receipt", NULL};
	const char *step = ps_list_id(((ReleasePane *)pane)->list);

	(void)app;
	return step && g_strv_contains(computed, step)
		       ? _("This step is seen by itself; no message shows it.")
		       : NULL;
}

static const char *
refuse_forget(PsApp *app, PsPane *pane)
{
	const PsReleaseStep *step = ps_list_row(((ReleasePane *)pane)->list);

	(void)app;
	return step && step->record ? NULL : _("Nobody noted anything for this step.");
}

/* ---- jobs: uploading, fetching back ---- */

typedef struct {
	PsApp *app;
	PsStore *store; /* of the job's own thread */
	char *advisory, *step;
} Job;

static void
job_free(gpointer data)
{
	Job *job = data;

	ps_store_close(job->store);
	g_free(job->advisory);
	g_free(job->step);
	g_free(job);
}

static PsChanged
start_job(PsPane *pane, const char *title, PsJobFunc func, PsJobDone done, GError **error)
{
	PsStore *store = ps_store_clone(pane->app->store, error);

	if (!store)
		return PS_CHANGED_NOTHING;
	Job *job = g_new0(Job, 1);
	*job = (Job){pane->app, store, g_strdup(pane->argument),
		     g_strdup(ps_list_id(((ReleasePane *)pane)->list))};
	ps_app_job(pane->app, title, func, done, job, job_free);
	return PS_CHANGED_VIEW;
}

static gpointer
push(PsProgress *progress, gpointer data, GError **error)
{
	Job *job = data;
	const PsPushOptions options = {FALSE, FALSE, FALSE};
	g_auto(PsPushed) pushed = {NULL, NULL, 0};

	if (!ps_provider_push(job->store, &options, progress, &pushed, error))
		return NULL;
	return g_strdup_printf(_("Files that went up: %u. There already: %u."), pushed.placed->len,
			       pushed.unchanged);
}

static gpointer
fetch_back(PsProgress *progress, gpointer data, GError **error)
{
	Job *job = data;
	g_autoptr(PsNet) net = ps_net_new(job->store);
	gboolean same = FALSE;

	if (!ps_release_fetch_back(job->store, net, job->advisory, progress, &same, error))
		return NULL;
	return g_strdup(same ? _("What the web server gives out is what was published.")
			     : _("What the web server gives out is not what was published: see the "
				 "step."));
}

static gpointer
prove(PsProgress *progress, gpointer data, GError **error)
{
	Job *job = data;
	g_autoptr(PsNet) net = ps_net_new(job->store);
	char *said = NULL;

	ps_release_prove(job->store, net, job->advisory, job->step, progress, &said, error);
	return said;
}

static void
said(gpointer result, gpointer data, const GError *error)
{
	Job *job = data;

	if (error)
		ps_app_error(job->app, error);
	else
		ps_app_say(job->app, PS_SAY_NOTE, "%s", (char *)result);
	g_free(result);
	ps_app_refresh(job->app);
}

static PsChanged
run_push(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app, (void)argument;
	return start_job(pane, _("Uploading the provider directory"), push, said, error);
}

static PsChanged
run_fetch(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app, (void)argument;
	return start_job(pane, _("Fetching back"), fetch_back, said, error);
}

static PsChanged
run_prove(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app, (void)argument;
	return start_job(pane, _("Asking whether it is public"), prove, said, error);
}

static const char *
refuse_prove(PsApp *app, PsPane *pane)
{
	(void)app;
	return ps_release_can_prove(ps_list_id(((ReleasePane *)pane)->list))
		       ? NULL
		       : _("The network can show only whether the update's links answer and "
			   "whether "
			   "the CVE records are public: choose one of these steps.");
}

/* What the workspace sees by itself is not noted but done. */
static PsChanged
run_done(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsReleaseStep *step = ps_list_row(((ReleasePane *)pane)->list);

	if (g_str_equal(step->id, "push"))
		return run_push(app, pane, argument, error);
	if (g_str_equal(step->id, "receipt"))
		return run_fetch(app, pane, argument, error);
	if (!g_str_equal(step->id, "csaf"))
		return note_step(pane, FALSE, _("What shows it (a link, a Message-ID, a ticket)"),
				 error);
	ps_app_say(app, PS_SAY_NOTE, "%s",
		   step->state == PS_RELEASE_DONE
			   ? _("It is published; nothing is left to do here.")
			   : _("Publish it in the advisory: this step is seen by itself."));
	return PS_CHANGED_NOTHING;
}

static PsChanged
run_receipts(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *of = g_strdup_printf("receipt advisory=%s", pane->argument);

	(void)argument;
	ps_app_open(app, "list", of, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"release.done", N_("Do the step, or note it as done with what shows it"), N_("done"),
	 "Enter d", PS_NEEDS_WRITABLE | PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL,
	 run_done},
	{"release.skip", N_("Note that the step is not needed, and why"), N_("not needed"), "x",
	 PS_NEEDS_WRITABLE | PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_skip},
	{"release.forget", N_("Take the note of the step back"), NULL, "r",
	 PS_NEEDS_WRITABLE | PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, 0, refuse_forget, run_forget},
	{"release.message", N_("Take a message that left as what shows the step"), N_("message"),
	 "m", PS_NEEDS_WRITABLE | PS_NEEDS_ROW | PS_NEEDS_UNLOCKED,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, refuse_computed, run_message},
	{"release.prove",
	 N_("Ask the network: do the update's links answer, are the CVE records "
	    "public"),
	 N_("ask"), "o", PS_NEEDS_WRITABLE | PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT,
	 refuse_prove, run_prove},
	{"release.push", N_("Upload the provider directory"), N_("upload"), "U",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_push},
	{"release.fetch", N_("Fetch the published files back and compare them"), N_("fetch back"),
	 "F", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_fetch},
	{"release.receipts", N_("List what was fetched back"), NULL, "l", 0, 0, NULL, run_receipts},
};

const PsPaneClass ps_release_pane = {
	.name = "release",
	.title = N_("Release day"),
	.size = sizeof(ReleasePane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.status = status,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
