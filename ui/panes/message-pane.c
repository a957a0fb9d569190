#include "config.h"

/* An opened message: decrypted in memory by a job, its text and its parts; a case, a reply, the
 * next message, each one key away. */

#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "mail/inbox.h"
#include "ui/ask.h"
#include "ui/panes/inbox-pane.h"
#include "ui/panes/mail-case.h"
#include "ui/panes/mail-key.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/mail-reply.h"
#include "ui/panes/message-body.h"
#include "ui/panes/message-view.h"
#include "ui/panes/part-pane.h"

typedef struct {
	PsPane pane;
	PsPaneLink *link;
	PsMessageBody *body;
	char *id;           /* of the mail that is shown, or being opened */
	PsMessage *message; /* NULL: being opened, or it failed */
	char *failure;
	guint opening; /* number of the latest job: older results are dropped */
	gboolean busy, unlocked;
	char *case_id, *case_name;
	char *source; /* raw headers; NULL: the few for people */
} MessagePane;

/* ---- showing ---- */

static void
show(MessagePane *self)
{
	g_autofree char *import = ps_app_key_of(self->pane.app, "message.import-key");
	const PsMessageLook look = {self->case_name, self->source, import};

	if (self->message)
		ps_message_view(ps_message_body_pager(self->body), self->message, &look);
}

static void
forget_message(MessagePane *self)
{
	ps_message_parts_set(ps_message_body_parts(self->body), NULL);
	ps_pager_clear(ps_message_body_pager(self->body));
	ps_widget_find(ps_message_body_widget(self->body), NULL);
	g_clear_pointer(&self->message, ps_message_free);
	g_clear_pointer(&self->failure, g_free);
	g_clear_pointer(&self->source, g_free);
}

static void
read_case(MessagePane *self)
{
	PsStore *store = self->pane.app->store;

	g_clear_pointer(&self->case_name, g_free);
	g_free(self->case_id);
	self->case_id = ps_mail_case(self->pane.app, self->id);
	g_autoptr(PsRecord) record =
		self->case_id ? ps_store_get(store, "case", self->case_id, NULL) : NULL;
	if (!record)
		return;
	const char *title = ps_record_text(record, "title");
	self->case_name = g_strdup_printf("%s%s%s", ps_record_name(record), title ? "  " : "",
					  title ? title : "");
}

/* ---- opening ---- */

typedef struct {
	PsMailWork work;
	char *id;
	guint number;
	PsMessage *message;
} OpenJob;

static void
free_open(gpointer data)
{
	OpenJob *job = data;

	ps_mail_work_clear(&job->work);
	g_clear_pointer(&job->message, ps_message_free);
	g_free(job->id);
	g_free(job);
}

static gpointer
run_open(PsProgress *progress, gpointer data, GError **error)
{
	OpenJob *job = data;

	job->message =
		ps_message_open(job->work.store, job->work.openpgp, job->id, progress, error);
	return NULL;
}

static void
take_message(MessagePane *self, PsMessage *message)
{
	self->message = message;
	ps_message_parts_set(ps_message_body_parts(self->body), message);
	ps_message_body_focus(self->body, FALSE);
	ps_pager_top(ps_message_body_pager(self->body));
	read_case(self);
	show(self);
}

static void
open_done(gpointer unused, gpointer data, const GError *error)
{
	OpenJob *job = data;
	MessagePane *self = (MessagePane *)job->work.link->pane;

	(void)unused;
	if (!self || job->number != self->opening)
		return;
	self->busy = FALSE;
	if (error)
		self->failure = g_strdup(error->message);
	else
		take_message(self, g_steal_pointer(&job->message));
	ps_app_redraw(job->work.app);
}

static gboolean
start_opening(MessagePane *self, const char *id, GError **error)
{
	OpenJob *job = g_new0(OpenJob, 1);

	if (!ps_mail_work_init(&job->work, self->pane.app, self->link, error)) {
		free_open(job);
		return FALSE;
	}
	forget_message(self);
	job->id = g_strdup(id);
	g_free(self->id);
	self->id = g_strdup(job->id);
	/* So that “back to this message” finds this pane. */
	g_free(self->pane.argument);
	self->pane.argument = g_strdup(job->id);
	read_case(self);
	job->number = ++self->opening;
	self->busy = TRUE;
	ps_app_job(self->pane.app, _("Opening the message"), run_open, open_done, job, free_open);
	return TRUE;
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;

	self->link = ps_pane_link_new(pane);
	self->body = ps_message_body_new();
	pane->widget = ps_message_body_widget(self->body);
	if (!pane->app->store || !argument) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("No message was named."));
		return FALSE;
	}
	g_autofree char *id = ps_inbox_resolve(pane->app->store, argument, error);
	return id && start_opening(self, id, error);
}

static void
close_pane(PsPane *pane)
{
	MessagePane *self = (MessagePane *)pane;

	ps_pane_link_break(self->link);
	g_clear_pointer(&self->message, ps_message_free);
	g_free(self->failure);
	g_free(self->id);
	g_free(self->case_id);
	g_free(self->case_name);
	g_free(self->source);
}

/* The message stays as it was opened; its case may be another now. */
static void
refresh(PsPane *pane)
{
	MessagePane *self = (MessagePane *)pane;
	g_autofree char *before = g_strdup(self->case_name);

	if (ps_pane_was_locked(pane->app, &self->unlocked) && self->message) {
		forget_message(self);
		self->failure = g_strdup(
			_("The workspace was locked; what was decrypted is out of memory."));
	}

	read_case(self);
	if (g_strcmp0(before, self->case_name) != 0)
		show(self);
}

static void
draw(PsPane *pane, PsView view)
{
	MessagePane *self = (MessagePane *)pane;
	PsView inside = ps_view_part(view, (PsRect){1, 2, view.area.rows - 1, view.area.cols - 4});

	if (self->message) {
		ps_widget_draw(pane->widget, view);
		return;
	}
	if (self->failure) {
		int rows = ps_view_wrapped(inside, 0, PS_ROLE_BAD, self->failure);
		ps_view_wrapped(inside, rows + 1, PS_ROLE_DIM, _("Enter tries again."));
	} else {
		ps_view_wrapped(inside, 0, PS_ROLE_DIM,
				_("Opening the message: it is decrypted in memory and its "
				  "signature is checked…"));
	}
	ps_view_cursor(inside, 0, 0, FALSE);
}

static char *
subject(PsPane *pane)
{
	const PsMessage *message = ((MessagePane *)pane)->message;

	return message ? g_strdup(message->subject && *message->subject ? message->subject
									: _("(no subject)"))
		       : NULL;
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "mail";
	return ((MessagePane *)pane)->id;
}

/* ---- the next message ---- */

/* The pane that lies below this one. */
static PsPane *
pane_below(MessagePane *self)
{
	PsTab *tab = g_ptr_array_index(self->pane.app->tabs, self->pane.app->tab);

	for (guint i = tab->panes->len; i-- > 1;)
		if (g_ptr_array_index(tab->panes, i) == &self->pane)
			return g_ptr_array_index(tab->panes, i - 1);
	return NULL;
}

/* Not reached through the inbox: its neighbours are those of its thread. */
static char *
step_in_thread(MessagePane *self, int step)
{
	PsStore *store = self->pane.app->store;
	g_autoptr(PsRecord) mail = ps_store_get(store, "mail", self->id, NULL);
	const char *name = mail ? ps_record_text(mail, "thread") : NULL;
	g_autoptr(GPtrArray) thread = name ? ps_inbox_thread(store, name, NULL) : NULL;

	for (guint i = 0; thread && i < thread->len; i++) {
		const PsMailRow *row = g_ptr_array_index(thread, i);
		if (!g_str_equal(row->id, self->id))
			continue;
		guint next = i + (guint)step;
		return next < thread->len
			       ? g_strdup(((PsMailRow *)g_ptr_array_index(thread, next))->id)
			       : NULL;
	}
	return NULL;
}

static PsChanged
step(MessagePane *self, int by, GError **error)
{
	PsPane *below = pane_below(self);
	g_autofree char *id = below && below->class == &ps_inbox_pane
				      ? ps_inbox_pane_step(below, by)
				      : step_in_thread(self, by);

	if (!id)
		ps_app_say(self->pane.app, PS_SAY_NOTE, "%s",
			   by > 0 ? _("This is the last message here.")
				  : _("This is the first message here."));
	else
		start_opening(self, id, error);
	return PS_CHANGED_VIEW;
}

/* While something is searched for, “next” is the next match. */
static PsChanged
step_or_find(PsPane *pane, int by, GError **error)
{
	MessagePane *self = (MessagePane *)pane;

	if (!ps_message_body_searching(self->body))
		return step(self, by, error);
	if (!ps_widget_move(pane->widget, by > 0 ? PS_MOVE_NEXT : PS_MOVE_PREVIOUS))
		ps_app_say(pane->app, PS_SAY_NOTE, _("Nothing more matches."));
	return PS_CHANGED_VIEW;
}

static PsChanged
next_message(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	return step_or_find(pane, 1, error);
}

static PsChanged
previous_message(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	return step_or_find(pane, -1, error);
}

/* ---- case and reply ---- */

static const char *
refuse_unread(PsApp *app, PsPane *pane)
{
	MessagePane *self = (MessagePane *)pane;

	(void)app;
	if (self->message)
		return NULL;
	return self->busy ? _("The message is still being opened.")
			  : _("The message could not be opened.");
}

static const char *
refuse_case(PsApp *app, PsPane *pane)
{
	if (((MessagePane *)pane)->case_id)
		return NULL;
	const char *refusal = ps_mail_refuse_edit(app);
	return refusal ? refusal : refuse_unread(app, pane);
}

static GPtrArray *
this_mail(MessagePane *self)
{
	GPtrArray *mails = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(mails, g_strdup(self->id));
	return mails;
}

static PsChanged
open_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;
	g_autoptr(GPtrArray) mails = this_mail(self);

	(void)argument;
	return ps_mail_open_case(app, mails, self->message, error);
}

static PsChanged
add_to_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autoptr(GPtrArray) mails = this_mail((MessagePane *)pane);

	(void)argument;
	return ps_mail_add_to_case(app, mails, error);
}

static PsChanged
reply(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = g_strdup(((MessagePane *)pane)->id);

	return ps_mail_reply(app, id, argument, error);
}

/* ---- views ---- */

static PsChanged
switch_half(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;

	(void)app;
	(void)argument;
	(void)error;
	ps_message_body_focus(self->body, !ps_message_body_in_parts(self->body));
	return PS_CHANGED_VIEW;
}

static gpointer
run_source(PsProgress *progress, gpointer data, GError **error)
{
	OpenJob *job = data;

	(void)progress;
	return ps_message_raw(job->work.store, job->work.openpgp, job->id, error);
}

/* The header block of a raw message: up to the first empty line. */
static char *
header_block(GBytes *raw)
{
	gsize length;
	const char *bytes = g_bytes_get_data(raw, &length);
	const char *end = g_strstr_len(bytes, (gssize)length, "\n\n");
	const char *crlf = g_strstr_len(bytes, (gssize)length, "\r\n\r\n");

	if (crlf && (!end || crlf < end))
		end = crlf;
	return g_strndup(bytes, end ? (gsize)(end - bytes) : MIN(length, (gsize)64 * 1024));
}

static PsChanged
all_headers(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;
	OpenJob job = {.id = self->id};

	(void)argument;
	if (self->source) {
		g_clear_pointer(&self->source, g_free);
	} else {
		g_autoptr(GBytes) raw = NULL;
		if (ps_mail_work_init(&job.work, app, NULL, error))
			raw = ps_mail_wait(app, _("Reading the message"), run_source, &job, error);
		ps_mail_work_clear(&job.work);
		if (!raw)
			return PS_CHANGED_NOTHING;
		self->source = header_block(raw);
	}
	show(self);
	ps_pager_top(ps_message_body_pager(self->body));
	return PS_CHANGED_VIEW;
}

static PsChanged
open_source(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "source", ((MessagePane *)pane)->id, error);
	return PS_CHANGED_VIEW;
}

/* ---- parts ---- */

static const char *
refuse_part(PsApp *app, PsPane *pane)
{
	MessagePane *self = (MessagePane *)pane;
	const char *refusal = refuse_unread(app, pane);

	if (refusal)
		return refusal;
	if (!ps_message_body_in_parts(self->body))
		return _("Go to the parts first (Tab).");
	const PsPart *part = ps_message_parts_current(ps_message_body_parts(self->body));
	return part && part->size >= 0 ? NULL : _("This part only holds others.");
}

static const char *
refuse_busy(PsApp *app, PsPane *pane)
{
	return ((MessagePane *)pane)->failure ? NULL : refuse_unread(app, pane);
}

static PsChanged
open_part(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;

	(void)argument;
	if (self->failure)
		return start_opening(self, self->id, error) ? PS_CHANGED_VIEW : PS_CHANGED_NOTHING;
	if (!ps_message_body_in_parts(self->body)) {
		ps_widget_move(pane->widget, PS_MOVE_PAGE_DOWN);
		return PS_CHANGED_VIEW;
	}
	const char *refusal = refuse_part(app, pane);
	if (refusal) {
		ps_app_say(app, PS_SAY_WARN, "%s", refusal);
		return PS_CHANGED_VIEW;
	}
	const PsPart *part = ps_message_parts_current(ps_message_body_parts(self->body));
	g_autofree char *name = g_strdup_printf("%s/%d", self->id, part->number);
	ps_app_open(app, "part", name, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
save_part(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;
	const PsPart *part = ps_message_parts_current(ps_message_body_parts(self->body));
	g_autofree char *name = ps_part_file_name(self->message, part);
	g_autofree char *id = g_strdup(self->id);

	return ps_part_save(app, id, part->number, name, argument, error);
}

/* ---- keys that came along ---- */

static const PsPart *
key_part(const PsMessage *message)
{
	for (guint i = 0; message && i < message->parts->len; i++) {
		const PsPart *part = g_ptr_array_index(message->parts, i);
		if (g_str_equal(part->type, "application/pgp-keys"))
			return part;
	}
	return NULL;
}

static const char *
refuse_import(PsApp *app, PsPane *pane)
{
	const char *refusal = refuse_unread(app, pane);

	if (refusal)
		return refusal;
	return key_part(((MessagePane *)pane)->message) ? NULL
							: _("No key is attached to this message.");
}

static PsChanged
import_key(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	MessagePane *self = (MessagePane *)pane;
	g_autofree char *print =
		ps_mail_import_key(app, self->id, key_part(self->message)->number, error);

	(void)argument;
	/* Opened anew, its signature may be known. */
	if (print && start_opening(self, self->id, error))
		ps_app_say(app, PS_SAY_GOOD,
			   _("Imported: %s. Compare the fingerprint on another way before you "
			     "believe whose it is."),
			   print);
	return PS_CHANGED_VIEW;
}

#define EDITS (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED)

static const PsAction actions[] = {
	{"message.case", N_("Open a case from the message, or go to its case"), N_("case"), "c",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, refuse_case, open_case},
	{"message.reply", N_("Reply to the message"), N_("reply"), "r", EDITS,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, refuse_unread, reply},
	{"message.next", N_("Next message (next match while searching)"), N_("next"), "n",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, next_message},
	{"message.previous", N_("Previous message (previous match while searching)"), NULL, "p N",
	 PS_NEEDS_WORKSPACE, 0, NULL, previous_message},
	{"message.parts", N_("Go to the parts, or back to the text"), N_("parts"), "Tab",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, refuse_unread, switch_half},
	{"message.open-part", N_("Open the part; in the text: a page down"), NULL, "Enter",
	 PS_NEEDS_WORKSPACE, 0, refuse_busy, open_part},
	{"message.add", N_("Add the message to an existing case"), N_("add"), "a", EDITS,
	 PS_ACTION_HINT, refuse_unread, add_to_case},
	{"message.save", N_("Save the part to a file"), N_("save"), "s", PS_NEEDS_WORKSPACE,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, refuse_part, save_part},
	{"message.headers", N_("All headers as they came, or only the important ones"),
	 N_("headers"), "H", PS_NEEDS_WORKSPACE, PS_ACTION_HINT, refuse_unread, all_headers},
	{"message.import-key", N_("Import the key that came with the message"), NULL, "i",
	 PS_NEEDS_WORKSPACE, 0, refuse_import, import_key},
	{"message.source", N_("The raw message"), N_("source"), "S", PS_NEEDS_WORKSPACE,
	 PS_ACTION_HINT, NULL, open_source},
};

const PsPaneClass ps_message_pane = {
	.name = "message",
	.title = N_("Message"),
	.size = sizeof(MessagePane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
