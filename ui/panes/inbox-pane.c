#include "config.h"

#include <inttypes.h>

/* The inbox: threads, newest first. The list comes from the database and never waits for the mail
 * index; synchronising and searching are jobs. */

#include "ui/panes/inbox-pane.h"

#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"
#include "ui/panes/inbox-list.h"
#include "ui/panes/mail-case.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/mail-reply.h"

#define SEARCH_LIMIT 500

typedef struct {
	PsPane pane;
	PsPaneLink *link;
	PsInboxList *inbox;
	PsInboxCounts counts;
	gboolean syncing;
	guint search; /* number of the latest search: older results are dropped */
} InboxPane;

/* ---- synchronising ---- */

typedef struct {
	PsMailWork work;
	PsInboxSync result;
} SyncJob;

static void
free_sync(gpointer data)
{
	SyncJob *job = data;

	ps_mail_work_clear(&job->work);
	g_free(job);
}

static gpointer
run_sync(PsProgress *progress, gpointer data, GError **error)
{
	SyncJob *job = data;

	ps_inbox_sync(job->work.store, job->work.openpgp, progress, &job->result, error);
	return NULL;
}

static void
say_sync(PsApp *app, const PsInboxSync *result)
{
	if (result->added > 0)
		ps_app_say(app, PS_SAY_GOOD,
			   ngettext("%" PRId64 " new message.", "%" PRId64 " new messages.",
				    (gulong)result->added),
			   result->added);
	/* Not over something that matters. */
	else if (!app->message)
		ps_app_say(app, PS_SAY_NOTE, _("No new mail."));
}

static void
sync_done(gpointer unused, gpointer data, const GError *error)
{
	SyncJob *job = data;
	PsApp *app = job->work.app;
	InboxPane *self = (InboxPane *)job->work.link->pane;

	(void)unused;
	if (self)
		self->syncing = FALSE;
	ps_app_refresh(app);
	if (error)
		ps_app_error(app, error);
	else
		say_sync(app, &job->result);
}

static gboolean
start_sync(InboxPane *self, GError **error)
{
	PsApp *app = self->pane.app;
	SyncJob *job = g_new0(SyncJob, 1);

	if (!ps_mail_work_init(&job->work, app, self->link, error)) {
		free_sync(job);
		return FALSE;
	}
	self->syncing = TRUE;
	ps_app_job(app, _("Reading new mail"), run_sync, sync_done, job, free_sync);
	return TRUE;
}

/* ---- searching ---- */

typedef struct {
	PsMailWork work;
	char *query;
	guint number;
	GPtrArray *found;
} SearchJob;

static void
free_search(gpointer data)
{
	SearchJob *job = data;

	ps_mail_work_clear(&job->work);
	g_clear_pointer(&job->found, g_ptr_array_unref);
	g_free(job->query);
	g_free(job);
}

static gpointer
run_search(PsProgress *progress, gpointer data, GError **error)
{
	SearchJob *job = data;

	job->found = ps_inbox_search(job->work.store, job->work.openpgp, job->query, SEARCH_LIMIT,
				     progress, error);
	return NULL;
}

static void
say_found(PsApp *app, guint found)
{
	if (found >= SEARCH_LIMIT)
		ps_app_say(app, PS_SAY_NOTE, _("The newest %u messages that match are shown."),
			   found);
	else
		ps_app_say(app, PS_SAY_NOTE,
			   ngettext("%u message matches.", "%u messages match.", found), found);
}

static void
search_done(gpointer unused, gpointer data, const GError *error)
{
	SearchJob *job = data;
	PsApp *app = job->work.app;
	InboxPane *self = (InboxPane *)job->work.link->pane;

	(void)unused;
	if (!self || job->number != self->search)
		return;
	if (error) {
		ps_app_error(app, error);
		return;
	}
	guint found = job->found->len;
	ps_inbox_list_set_found(self->inbox, job->query, g_steal_pointer(&job->found));
	say_found(app, found);
}

static gboolean
start_search(InboxPane *self, const char *query, GError **error)
{
	PsApp *app = self->pane.app;
	SearchJob *job = g_new0(SearchJob, 1);

	if (!ps_mail_work_init(&job->work, app, self->link, error)) {
		free_search(job);
		return FALSE;
	}
	job->query = g_strdup(query);
	job->number = ++self->search;
	ps_app_job(app, _("Searching"), run_search, search_done, job, free_search);
	return TRUE;
}

/* ---- the pane ---- */

static gboolean
has_mail_root(PsApp *app)
{
	g_autofree char *root = app->store ? ps_store_config(app->store, "mail.root") : NULL;

	return root && *root;
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	InboxPane *self = (InboxPane *)pane;
	g_autoptr(GError) failure = NULL;

	(void)argument;
	(void)error;
	self->link = ps_pane_link_new(pane);
	self->inbox = ps_inbox_list_new(pane->app->store);
	pane->widget = ps_inbox_list_widget(self->inbox);
	/* What came since the last time is there without asking. */
	if (pane->app->writer && has_mail_root(pane->app) && !start_sync(self, &failure))
		ps_app_error(pane->app, failure);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	ps_pane_link_break(((InboxPane *)pane)->link);
}

static const char *
empty_sentence(InboxPane *self)
{
	const char *failure = ps_inbox_rows_failure(ps_inbox_list_rows(self->inbox));

	if (failure)
		return failure;
	if (!self->pane.app->store)
		return N_("No workspace is open.");
	if (!has_mail_root(self->pane.app))
		return N_("It is not known where the mail lies. “psirtdesk config mail.root DIR” "
			  "names the Maildir; then s reads it.");
	if (self->syncing)
		return N_("Reading the mail for the first time…");
	return N_("No mail yet. s looks for new mail; “psirtdesk inbox import PATH” brings in "
		  "mail from a file.");
}

static void
refresh(PsPane *pane)
{
	InboxPane *self = (InboxPane *)pane;

	self->counts = (PsInboxCounts){.synced_at = PS_NO_TIME};
	if (pane->app->store)
		ps_inbox_counts(pane->app->store, &self->counts, NULL);
	ps_inbox_list_refresh(self->inbox);
	ps_inbox_list_set_empty(self->inbox, empty_sentence(self));
}

static char *
status(PsPane *pane)
{
	const PsInboxCounts *counts = &((InboxPane *)pane)->counts;

	return counts->unread > 0 ? g_strdup_printf(_("%" PRId64 " unread"), counts->unread) : NULL;
}

static const char *
record(PsPane *pane, const char **kind)
{
	const PsInboxRow *row = ps_inbox_list_row(((InboxPane *)pane)->inbox);

	*kind = "mail";
	return row ? row->mail->id : NULL;
}

/* ---- what a line stands for ---- */

/* Of a closed thread the first unread message, else the newest. */
static char *
mail_of_row(InboxPane *self, const PsInboxRow *row)
{
	if (row->thread && !row->open && row->mail->unread > 0) {
		g_autoptr(GPtrArray) thread =
			ps_inbox_thread(self->pane.app->store, row->mail->thread, NULL);
		for (guint i = 0; thread && i < thread->len; i++) {
			const PsMailRow *mail = g_ptr_array_index(thread, i);
			if (mail->marks & PS_MAIL_UNREAD)
				return g_strdup(mail->id);
		}
	}
	return g_strdup(row->mail->id);
}

/* What an answer to the line answers: of a thread the newest message that is not ours. */
static char *
mail_to_answer(InboxPane *self, const PsInboxRow *row)
{
	g_autoptr(GPtrArray) thread =
		row->thread && !row->child
			? ps_inbox_thread(self->pane.app->store, row->mail->thread, NULL)
			: NULL;

	for (guint i = thread ? thread->len : 0; i-- > 0;) {
		const PsMailRow *mail = g_ptr_array_index(thread, i);
		if (!ps_mail_is_ours(mail->tags))
			return g_strdup(mail->id);
	}
	return g_strdup(row->mail->id);
}

/* The marked lines, else that of the cursor; whole threads with all their messages. */
static GPtrArray *
target_mails(InboxPane *self)
{
	g_autoptr(GPtrArray) ids = ps_list_targets(ps_inbox_list_list(self->inbox));

	return ps_inbox_rows_mails(ps_inbox_list_rows(self->inbox), ids);
}

char *
ps_inbox_pane_step(PsPane *pane, int step)
{
	InboxPane *self = (InboxPane *)pane;
	PsList *list = ps_inbox_list_list(self->inbox);
	gint64 before = ps_list_index(list);

	ps_widget_move(ps_list_widget(list), step > 0 ? PS_MOVE_DOWN : PS_MOVE_UP);
	if (ps_list_index(list) == before || !ps_inbox_list_row(self->inbox))
		return NULL;
	return mail_of_row(self, ps_inbox_list_row(self->inbox));
}

/* ---- actions ---- */

static PsChanged
open_message(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	InboxPane *self = (InboxPane *)pane;
	g_autofree char *id = mail_of_row(self, ps_inbox_list_row(self->inbox));

	(void)argument;
	ps_app_open(app, "message", id, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
open_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	InboxPane *self = (InboxPane *)pane;
	g_autoptr(GPtrArray) mails = target_mails(self);

	(void)argument;
	PsChanged changed = ps_mail_open_case(app, mails, NULL, error);
	if (changed & PS_CHANGED_DATA)
		ps_list_unmark(ps_inbox_list_list(self->inbox));
	return changed;
}

static PsChanged
add_to_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	InboxPane *self = (InboxPane *)pane;
	g_autoptr(GPtrArray) mails = target_mails(self);

	(void)argument;
	PsChanged changed = ps_mail_add_to_case(app, mails, error);
	if (changed & PS_CHANGED_DATA)
		ps_list_unmark(ps_inbox_list_list(self->inbox));
	return changed;
}

static PsChanged
reply(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	InboxPane *self = (InboxPane *)pane;
	g_autofree char *id = mail_to_answer(self, ps_inbox_list_row(self->inbox));

	return ps_mail_reply(app, id, argument, error);
}

static PsChanged
search(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	InboxPane *self = (InboxPane *)pane;
	PsAskLine ask = {.label = _("Search mail (as notmuch)"), .history = "inbox.search"};
	g_autofree char *query = argument ? g_strdup(argument) : ps_ask_line(app, &ask);

	if (query && *g_strstrip(query))
		start_search(self, query, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
filter(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	static const PsInboxFilter next[] = {
		[PS_INBOX_ALL] = PS_INBOX_UNREAD,
		[PS_INBOX_UNREAD] = PS_INBOX_NO_CASE,
		[PS_INBOX_NO_CASE] = PS_INBOX_ALL,
	};
	InboxPane *self = (InboxPane *)pane;
	PsInboxRows *rows = ps_inbox_list_rows(self->inbox);

	(void)app;
	(void)argument;
	(void)error;
	if (ps_inbox_rows_is_search(rows))
		ps_inbox_list_set_found(self->inbox, NULL, NULL);
	ps_inbox_list_set_filter(self->inbox, next[ps_inbox_rows_filter(rows)]);
	return PS_CHANGED_VIEW;
}

static const char *
refuse_sync(PsApp *app, PsPane *pane)
{
	if (((InboxPane *)pane)->syncing)
		return _("New mail is being read already.");
	return has_mail_root(app) ? NULL
				  : _("It is not known where the mail lies: “psirtdesk config "
				      "mail.root DIR” names the Maildir.");
}

static PsChanged
sync_mail(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	start_sync((InboxPane *)pane, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
outbox(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_open(app, "outbox", NULL, error);
	return PS_CHANGED_VIEW;
}

/* Going to a case that is there needs nothing. */
static const char *
refuse_case(PsApp *app, PsPane *pane)
{
	const PsInboxRow *row = ps_inbox_list_row(((InboxPane *)pane)->inbox);

	return row && row->mail->marks & PS_MAIL_IN_CASE ? NULL : ps_mail_refuse_edit(app);
}

#define EDITS (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED | PS_NEEDS_ROW)

static const PsAction actions[] = {
	{"inbox.open", N_("Open the message"), N_("open"), "Enter", PS_NEEDS_ROW, PS_ACTION_HINT,
	 NULL, open_message},
	{"inbox.case", N_("Open a case from the message, or go to its case"), N_("case"), "c",
	 PS_NEEDS_ROW, PS_ACTION_HINT, refuse_case, open_case},
	{"inbox.reply", N_("Reply to the message"), N_("reply"), "r", EDITS,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, reply},
	{"inbox.search", N_("Search all mail, in the query language of notmuch"), N_("search"), "/",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, search},
	{"inbox.filter", N_("Show all, unread, or what is in no case"), N_("filter"), "f",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, filter},
	{"inbox.add", N_("Add the message, or those marked, to an existing case"), N_("add"), "a",
	 EDITS, PS_ACTION_HINT, NULL, add_to_case},
	{"inbox.sync", N_("Read new mail"), N_("sync"), "s", PS_NEEDS_WRITABLE, PS_ACTION_HINT,
	 refuse_sync, sync_mail},
	{"inbox.outbox", N_("Drafts, and messages that wait to be sent"), N_("outbox"), "o",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, outbox},
};

const PsPaneClass ps_inbox_pane = {
	.name = "inbox",
	.title = N_("Inbox"),
	.size = sizeof(InboxPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.status = status,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
