#include "config.h"

/* A reply before it is sent: who gets it with which key, what has to be known before sending, and
 * the text. The draft is stored from its first moment on. */

#include <string.h>

#include "base/i18n.h"
#include "mail/compose.h"
#include "mail/inbox.h"
#include "ui/ask.h"
#include "ui/pager.h"
#include "ui/pane.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/reply-view.h"

typedef struct {
	PsPane pane;
	PsPaneLink *link;
	PsPager *pager;
	PsDraft *draft; /* NULL: being read, or it could not be */
	char *case_name;
	char *failure; /* why it could not be read */
	char *refused; /* why sending failed */
	gboolean reading, sending, sent;
	gboolean unlocked;
	gboolean held; /* an action works on the draft: it is not replaced */
} ReplyPane;

/* ---- reading the draft ---- */

typedef struct {
	PsMailWork work;
	char *id;
	PsDraft *draft;
	PsSendOptions options;
	char *remark; /* what has to be known although it was sent; NULL */
} DraftJob;

static void
free_draft_job(gpointer data)
{
	DraftJob *job = data;

	ps_mail_work_clear(&job->work);
	g_clear_pointer(&job->draft, ps_draft_free);
	g_free(job->id);
	g_free(job->remark);
	g_free(job);
}

static DraftJob *
new_draft_job(ReplyPane *self, GError **error)
{
	DraftJob *job = g_new0(DraftJob, 1);

	job->id = g_strdup(self->pane.argument);
	if (ps_mail_work_init(&job->work, self->pane.app, self->link, error))
		return job;
	free_draft_job(job);
	return NULL;
}

static gpointer
run_load(PsProgress *progress, gpointer data, GError **error)
{
	DraftJob *job = data;

	(void)progress;
	job->draft = ps_draft_load(job->work.store, job->work.openpgp, job->id, error);
	return NULL;
}

static void
show(ReplyPane *self)
{
	ps_reply_view_text(self->pager, self->draft, self->refused);
}

static void
read_case_name(ReplyPane *self)
{
	const char *id = self->draft ? self->draft->case_id : NULL;
	g_autoptr(PsRecord) record =
		id ? ps_store_get(self->pane.app->store, "case", id, NULL) : NULL;

	g_free(self->case_name);
	self->case_name = record ? g_strdup(ps_record_name(record)) : NULL;
}

static void
load_done(gpointer unused, gpointer data, const GError *error)
{
	DraftJob *job = data;
	ReplyPane *self = (ReplyPane *)job->work.link->pane;

	(void)unused;
	if (!self)
		return;
	self->reading = FALSE;
	/* The action refreshes when it is through. */
	if (self->held)
		return;
	g_clear_pointer(&self->failure, g_free);
	if (error) {
		self->failure = g_strdup(error->message);
	} else {
		g_clear_pointer(&self->draft, ps_draft_free);
		self->draft = g_steal_pointer(&job->draft);
	}
	read_case_name(self);
	show(self);
	ps_app_redraw(job->work.app);
}

static gboolean
start_reading(ReplyPane *self, GError **error)
{
	DraftJob *job = self->reading || self->sent ? NULL : new_draft_job(self, error);

	if (!job)
		return FALSE;
	self->reading = TRUE;
	ps_app_job(self->pane.app, _("Looking up the keys"), run_load, load_done, job,
		   free_draft_job);
	return TRUE;
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	ReplyPane *self = (ReplyPane *)pane;

	self->link = ps_pane_link_new(pane);
	self->pager = ps_pager_new();
	pane->widget = ps_pager_widget(self->pager);
	if (pane->app->store && argument)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("No draft was named."));
	return FALSE;
}

static void
close_pane(PsPane *pane)
{
	ReplyPane *self = (ReplyPane *)pane;

	ps_pane_link_break(self->link);
	g_clear_pointer(&self->draft, ps_draft_free);
	g_free(self->case_name);
	g_free(self->failure);
	g_free(self->refused);
}

/* Keys may have come or expired, the text may have been edited elsewhere. */
static void
refresh(PsPane *pane)
{
	ReplyPane *self = (ReplyPane *)pane;
	g_autoptr(GError) error = NULL;

	if (ps_pane_was_locked(pane->app, &self->unlocked)) {
		g_clear_pointer(&self->draft, ps_draft_free);
		show(self);
	}
	if (!self->sending && !self->sent)
		start_reading(self, &error);
	if (error)
		self->failure = g_strdup(error->message);
}

static void
draw(PsPane *pane, PsView view)
{
	ReplyPane *self = (ReplyPane *)pane;
	PsView inside = ps_view_part(view, (PsRect){1, 2, view.area.rows - 1, view.area.cols - 4});

	if (self->draft) {
		int rows = ps_reply_view_head(view, self->draft, self->case_name);
		PsView below = ps_view_below(view, rows);
		ps_widget_draw(pane->widget, ps_view_part(below, (PsRect){0, 1, below.area.rows,
									  below.area.cols - 2}));
		return;
	}
	ps_view_wrapped(inside, 0, self->failure ? PS_ROLE_BAD : PS_ROLE_DIM,
			self->failure ? self->failure : _("Looking up the recipients' keys…"));
	ps_view_cursor(inside, 0, 0, FALSE);
}

static char *
subject(PsPane *pane)
{
	const PsDraft *draft = ((ReplyPane *)pane)->draft;

	return draft ? g_strdup(draft->subject) : NULL;
}

static char *
status(PsPane *pane)
{
	return ((ReplyPane *)pane)->sending ? g_strdup(_("sending")) : NULL;
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "message";
	return pane->argument;
}

/* ---- editing ---- */

static const char *
refuse_busy(PsApp *app, PsPane *pane)
{
	const ReplyPane *self = (ReplyPane *)pane;

	(void)app;
	if (self->sending)
		return _("It is being sent.");
	return self->draft ? NULL : _("The draft is not read yet.");
}

typedef struct {
	PsOpenpgp *openpgp;
	PsDraft *draft;
	const char *text;
} Edit;

static gboolean
write_text(PsStore *store, gpointer data, GError **error)
{
	const Edit *edit = data;

	return ps_draft_edit(store, edit->openpgp, edit->draft, edit->text, error);
}

static gboolean
store_text(PsApp *app, const char *text, gpointer user, GError **error)
{
	Edit edit = {ps_pane_openpgp(app), user, text};

	return ps_app_write(app, write_text, &edit, error);
}

static PsChanged
edit_text(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ReplyPane *self = (ReplyPane *)pane;
	g_autofree char *text = ps_draft_editor_text(self->draft);

	(void)argument;
	self->held = TRUE;
	gboolean stored = ps_app_edit(app, ".eml", text, store_text, self->draft, error);
	self->held = FALSE;
	if (!stored)
		return PS_CHANGED_VIEW;
	g_clear_pointer(&self->refused, g_free);
	show(self);
	return PS_CHANGED_DATA;
}

/* ---- sending ---- */

static gboolean
has_send_command(PsApp *app)
{
	g_autofree char *command = ps_store_config(app->store, "mail.send_command");

	return command && *command;
}

static char *
names_of(const PsDraft *draft)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < draft->recipients->len; i++) {
		const PsRecipient *recipient = g_ptr_array_index(draft->recipients, i);
		if (recipient->role != PS_RECIPIENT_SELF)
			g_string_append_printf(names, "%s%s", names->len ? ", " : "",
					       recipient->address);
	}
	return g_string_free(names, FALSE);
}

/* What cannot be undone is asked; what nobody on the way must read is asked twice as hard. */
static gboolean
confirm(PsApp *app, const PsDraft *draft)
{
	g_autofree char *names = names_of(draft);
	g_autofree char *question = NULL;

	if (draft->encrypt) {
		question = g_strdup_printf(
			has_send_command(app)
				? _("Send it, encrypted and signed, to %s? This can't be undone.")
				: _("No send command is set: put it, encrypted and signed, into "
				    "the outbox for %s?"),
			names);
		return ps_ask_yes(app, question);
	}
	/* Why stands in the pane, above the text. */
	return ps_ask_typed(app, _("Send in clear, readable on the way?"), _("yes"));
}

static gpointer
run_send(PsProgress *progress, gpointer data, GError **error)
{
	DraftJob *job = data;
	GPtrArray *warnings = job->draft->warnings;
	guint before = warnings->len;

	if (!ps_draft_send(job->work.store, job->work.openpgp, job->draft, &job->options, progress,
			   error))
		return NULL;
	if (warnings->len > before)
		job->remark = g_strdup(g_ptr_array_index(warnings, warnings->len - 1));
	/* The copy appears in its thread at once; should that fail, the next sync brings it. */
	ps_inbox_sync(job->work.store, job->work.openpgp, progress, NULL, NULL);
	return NULL;
}

static void
say_sent(PsApp *app, const DraftJob *job)
{
	g_autoptr(PsRecord) record = ps_store_get(app->store, "message", job->id, NULL);
	const char *state = record ? ps_record_text(record, "state") : NULL;

	if (job->remark)
		ps_app_say(app, PS_SAY_WARN, "%s", job->remark);
	else if (g_strcmp0(state, "queued") == 0)
		ps_app_say(app, PS_SAY_GOOD,
			   _("It waits in the outbox; “psirtdesk outbox export DIR” carries it "
			     "out."));
	else
		ps_app_say(app, PS_SAY_GOOD, _("Sent, and filed."));
}

static void
send_done(gpointer unused, gpointer data, const GError *error)
{
	DraftJob *job = data;
	PsApp *app = job->work.app;
	ReplyPane *self = (ReplyPane *)job->work.link->pane;

	(void)unused;
	if (self) {
		self->sending = FALSE;
		self->sent = error == NULL;
		g_free(self->refused);
		self->refused = error ? g_strdup(error->message) : NULL;
		show(self);
	}
	if (self && !error && ps_app_pane(app) == &self->pane)
		ps_app_back(app);
	ps_app_refresh(app);
	if (error)
		ps_app_say(app, PS_SAY_BAD, _("Not sent: %s"), error->message);
	else
		say_sent(app, job);
}

/* The job sends a draft of its own, read anew: what the pane shows may be replaced meanwhile. */
static gpointer
run_load_and_send(PsProgress *progress, gpointer data, GError **error)
{
	DraftJob *job = data;

	job->draft = ps_draft_load(job->work.store, job->work.openpgp, job->id, error);
	if (!job->draft)
		return NULL;
	if (!job->draft->encrypt && !job->options.clear) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("a key that was usable is not any more. Look at the "
				      "recipients and send again."));
		return NULL;
	}
	return run_send(progress, data, error);
}

static PsChanged
send(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ReplyPane *self = (ReplyPane *)pane;
	gboolean clear = !self->draft->encrypt;

	(void)argument;
	self->held = TRUE;
	gboolean confirmed = confirm(app, self->draft);
	self->held = FALSE;
	if (!confirmed)
		return PS_CHANGED_NOTHING;
	DraftJob *job = new_draft_job(self, error);
	if (!job)
		return PS_CHANGED_NOTHING;
	job->options = (PsSendOptions){.clear = clear};
	self->sending = TRUE;
	ps_app_job(app, _("Sending"), run_load_and_send, send_done, job, free_draft_job);
	return PS_CHANGED_VIEW;
}

static gboolean
write_discard(PsStore *store, gpointer data, GError **error)
{
	return ps_draft_discard(store, data, error);
}

static PsChanged
discard(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ReplyPane *self = (ReplyPane *)pane;
	g_autofree char *id = g_strdup(pane->argument);

	(void)argument;
	if (!ps_app_write(app, write_discard, id, error))
		return PS_CHANGED_NOTHING;
	self->sent = TRUE;
	ps_app_back(app);
	g_autofree char *undo = ps_app_key_of(app, "edit.undo");
	ps_app_say(app, PS_SAY_NOTE, _("The draft is gone; %s brings it back."), undo);
	return PS_CHANGED_DATA;
}

#define EDITS (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED)

static const PsAction actions[] = {
	{"reply.send", N_("Send it"), N_("send"), "s", EDITS,
	 PS_ACTION_HINT | PS_ACTION_IRREVERSIBLE, refuse_busy, send},
	{"reply.edit", N_("Edit subject, recipients and text in the editor"), N_("edit"), "e",
	 EDITS, PS_ACTION_HINT, refuse_busy, edit_text},
	{"reply.discard", N_("Throw the draft away"), N_("discard"), "X", EDITS, PS_ACTION_HINT,
	 refuse_busy, discard},
};

const PsPaneClass ps_reply_pane = {
	.name = "reply",
	.title = N_("Reply"),
	.size = sizeof(ReplyPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.status = status,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
