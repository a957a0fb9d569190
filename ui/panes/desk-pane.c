#include "config.h"

/* The desk: what is due, most urgent first. Enter goes to the work. */

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/desk.h"
#include "mail/inbox.h"
#include "ui/ask.h"
#include "ui/list.h"
#include "ui/pane.h"
#include "ui/panes/mail-reply.h"
#include "ui/panes/mail-kit.h"

typedef struct {
	PsPane pane;
	PsList *list;
	PsDesk *desk; /* NULL: no workspace, or it could not be read */
	char *failure;
	gboolean mine, started_only;
} DeskPane;

/* A line with its id in the list, which holds all that an action needs of it. */
typedef struct {
	PsDeskLine *line;
	char *id;
} DeskRow;

enum { COLUMN_STATE, COLUMN_DUE, COLUMN_CASE, COLUMN_WHAT, COLUMN_TITLE, COLUMN_OWNER };
static const PsColumn columns[] = {
	[COLUMN_STATE] = {N_("State"), 13, 0, 0, FALSE},
	[COLUMN_DUE] = {N_("Due"), 12, 0, 3, FALSE},
	[COLUMN_CASE] = {N_("Case"), 15, 0, 2, FALSE},
	[COLUMN_WHAT] = {N_("What"), 25, 2, 0, FALSE},
	[COLUMN_TITLE] = {N_("Title"), 30, 2, 1, FALSE},
	[COLUMN_OWNER] = {N_("Owner"), 14, 0, 4, FALSE},
};

/* From this width on the list has room for the title. */
#define TITLE_SHOWN_FROM 76

/* ---- rows ---- */

static void
free_row(gpointer data)
{
	DeskRow *row = data;

	ps_desk_line_free(row->line);
	g_free(row->id);
	g_free(row);
}

static gint64
count(gpointer user)
{
	const DeskPane *self = user;

	return self->desk ? ps_desk_length(self->desk) : 0;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	DeskPane *self = user;
	g_autoptr(GPtrArray) lines = self->desk ? ps_desk_page(self->desk, first, limit) : NULL;
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);

	if (lines)
		g_ptr_array_set_free_func(lines, NULL);
	for (guint i = 0; lines && i < lines->len; i++) {
		DeskRow *row = g_new0(DeskRow, 1);
		row->line = g_ptr_array_index(lines, i);
		row->id =
			g_strjoin("/", row->line->kind, row->line->record, row->line->token, NULL);
		g_ptr_array_add(rows, row);
	}
	return rows;
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const DeskRow *)row)->id;
}

/* One unit is enough for a glance; the exact time stands beside it. */
static char *
short_duration(gint64 ms)
{
	char *text = ps_duration_text(ms);
	char *unit = strchr(text, ' ');
	char *rest = unit ? strchr(unit + 1, ' ') : NULL;

	if (rest)
		*rest = '\0';
	return text;
}

static char *
state_text(const PsDeskLine *line)
{
	if (line->due_at == PS_NO_TIME)
		return g_strdup(line->state == PS_CLOCK_RUNNING ? _("waits for us")
								: _("not started"));
	g_autofree char *distance = short_duration(line->due_at - ps_now_ms());
	return g_strdup_printf(line->state == PS_CLOCK_OVERDUE ? _("overdue %s") : _("due in %s"),
			       distance);
}

static PsStyle
state_style(const PsDeskLine *line)
{
	if (line->due_at == PS_NO_TIME)
		return line->state == PS_CLOCK_RUNNING ? PS_ROLE_NORMAL : PS_ROLE_DIM;
	if (line->state == PS_CLOCK_OVERDUE)
		return PS_ROLE_BAD;
	return line->due_at - ps_now_ms() < PS_DAY_MS ? PS_ROLE_WARN : PS_ROLE_NORMAL;
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	const PsDeskLine *line = ((const DeskRow *)data)->line;
	gboolean waits = line->state == PS_CLOCK_NOT_STARTED;
	g_autofree char *state = state_text(line);

	(void)user;
	ps_cell(cells, COLUMN_STATE, state_style(line), state);
	if (line->due_at != PS_NO_TIME) {
		g_autofree char *due = ps_utc_brief(line->due_at);
		ps_cell(cells, COLUMN_DUE, PS_ROLE_NORMAL, due);
	}
	ps_cell(cells, COLUMN_CASE, line->case_number ? PS_ROLE_NORMAL : PS_ROLE_DIM,
		line->case_number ? line->case_number : _("no case yet"));
	ps_cell(cells, COLUMN_WHAT, waits ? PS_ROLE_DIM : PS_ROLE_NORMAL, line->what);
	/* What has not started says why in place of what it is about. */
	ps_cell(cells, COLUMN_TITLE, waits ? PS_ROLE_DIM : PS_ROLE_NORMAL,
		waits && line->reason ? line->reason : line->title);
	ps_cell(cells, COLUMN_OWNER, PS_ROLE_DIM, line->owner);
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

static const PsDeskLine *
current(DeskPane *self)
{
	const DeskRow *row = ps_list_row(self->list);

	return row ? row->line : NULL;
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	DeskPane *self = (DeskPane *)pane;

	(void)argument;
	(void)error;
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	pane->widget = ps_list_widget(self->list);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	DeskPane *self = (DeskPane *)pane;

	g_clear_pointer(&self->desk, ps_desk_free);
	g_free(self->failure);
}

static const char *
empty_sentence(const DeskPane *self)
{
	if (!self->pane.app->store)
		return N_("No workspace is open. “psirtdesk init” makes one, “psirtdesk init "
			  "--demo” one to try things out in.");
	if (self->failure)
		return self->failure;
	if (self->mine)
		return N_("Nothing of yours is due. m shows what is due for everybody.");
	return N_("Nothing is due. 2 opens the inbox, where reports become cases; 3 lists the "
		  "cases.");
}

static void
refresh(PsPane *pane)
{
	DeskPane *self = (DeskPane *)pane;
	PsStore *store = pane->app->store;
	g_autoptr(GError) error = NULL;
	const PsDeskQuery query = {.due_before = PS_NO_TIME,
				   .owner = self->mine ? ps_store_person(store) : NULL,
				   .not_started = !self->started_only};

	g_clear_pointer(&self->desk, ps_desk_free);
	g_clear_pointer(&self->failure, g_free);
	if (store)
		self->desk = ps_desk_new(store, &query, &error);
	if (error)
		self->failure = g_strdup(error->message);
	ps_list_set_empty(self->list, empty_sentence(self));
	ps_list_refresh(self->list);
}

/* What the row under the cursor is about, in full, below the list. */
static void
draw_detail(DeskPane *self, PsView view)
{
	const PsDeskLine *line = current(self);

	ps_view_rule(view, 0, PS_ROLE_BORDER, NULL);
	if (!line)
		return;
	PsView text = ps_view_part(view, (PsRect){1, 2, view.area.rows - 1, view.area.cols - 4});
	/* Where the title has room in the list, what is drawn anew at each move is kept short. */
	gboolean titled = view.area.cols < TITLE_SHOWN_FROM || !line->case_number;
	g_autofree char *about =
		g_strdup_printf("%s%s%s%s%s", line->case_number ? line->case_number : "",
				line->case_number && titled ? " " : "", titled ? line->title : "",
				line->reason ? " · " : "", line->reason ? line->reason : "");
	ps_view_wrapped(text, 0, PS_ROLE_DIM, about);
}

static void
draw(PsPane *pane, PsView view)
{
	DeskPane *self = (DeskPane *)pane;
	int detail = view.area.rows >= 10 ? 3 : view.area.rows >= 8 ? 2 : 0;
	int rows = view.area.rows - detail;

	if (detail)
		draw_detail(self, ps_view_below(view, rows));
	ps_widget_draw(pane->widget, ps_view_part(view, (PsRect){0, 0, rows, view.area.cols}));
}

static char *
subject(PsPane *pane)
{
	return ((DeskPane *)pane)->mine ? g_strdup(_("mine")) : NULL;
}

static void
append_count(GString *text, gint64 number, const char *what)
{
	if (number > 0)
		g_string_append_printf(text, "%s%" PRId64 " %s", text->len ? " · " : "", number,
				       what);
}

static char *
status(PsPane *pane)
{
	DeskPane *self = (DeskPane *)pane;
	GString *text = g_string_new(NULL);

	if (!self->desk)
		return g_string_free(text, FALSE);
	const PsDeskCounts *counts = ps_desk_counted(self->desk);
	append_count(text, counts->overdue, _("overdue"));
	append_count(text, counts->today, _("in 24 h"));
	append_count(text, counts->later, _("later"));
	if (ps_canvas_cols(pane->app->canvas) >= 80)
		append_count(text, counts->not_acknowledged, _("not acknowledged"));
	return g_string_free(text, FALSE);
}

static const char *
record(PsPane *pane, const char **kind)
{
	const PsDeskLine *line = current((DeskPane *)pane);

	*kind = line ? line->kind : NULL;
	return line ? line->record : NULL;
}

/* ---- the mail of a report ---- */

/* The mail that a report came with, when it is in the list; NULL: none. */
static char *
mail_of_report(PsStore *store, const PsRecord *report)
{
	const char *message_id = ps_record_text(report, "message_id");
	g_autofree char *id = message_id ? g_strdup_printf("id:%s", message_id) : NULL;

	return id ? ps_inbox_resolve(store, id, NULL) : NULL;
}

static char *
mail_of_case(PsStore *store, const char *case_id)
{
	g_autoptr(GPtrArray) reports = ps_store_children(store, "report", case_id, NULL);
	char *mail = NULL;

	for (guint i = 0; reports && i < reports->len && !mail; i++)
		mail = mail_of_report(store, g_ptr_array_index(reports, i));
	return mail;
}

/* What the reporter wrote last, so that an answer stays in the thread. */
static char *
newest_mail_of_case(PsStore *store, const char *case_id)
{
	g_autoptr(GPtrArray) messages = ps_store_children(store, "message", case_id, NULL);

	for (guint i = messages ? messages->len : 0; i-- > 0;) {
		const PsRecord *message = g_ptr_array_index(messages, i);
		char *mail = g_strcmp0(ps_record_text(message, "direction"), "in") == 0
				     ? mail_of_report(store, message)
				     : NULL;
		if (mail)
			return mail;
	}
	return mail_of_case(store, case_id);
}

static char *
mail_of_line(PsStore *store, const PsDeskLine *line)
{
	if (line->case_id)
		return mail_of_case(store, line->case_id);
	g_autoptr(PsRecord) report = ps_store_get(store, line->kind, line->record, NULL);
	return report ? mail_of_report(store, report) : NULL;
}

/* ---- actions ---- */

/* Which pane of a case the work of a line is done in; others: the case itself. */
static const struct {
	const char *token, *pane;
} works[] = {{"armed", "advisory"}, {"embargo", "timeline"}, {"task", "timeline"}};

static const char *
pane_of_work(const PsDeskLine *line)
{
	for (gsize i = 0; i < G_N_ELEMENTS(works); i++)
		if (g_str_equal(works[i].token, line->token))
			return works[i].pane;
	return "case";
}

static PsChanged
open_work(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsDeskLine *line = current((DeskPane *)pane);

	(void)argument;
	if (line->case_id) {
		ps_app_open(app, pane_of_work(line), line->case_id, error);
		return PS_CHANGED_VIEW;
	}
	g_autofree char *mail = mail_of_line(app->store, line);
	g_autofree char *fields = g_strdup_printf("%s/%s", line->kind, line->record);
	ps_app_open(app, mail ? "message" : "record", mail ? mail : fields, error);
	return PS_CHANGED_VIEW;
}

static const char *
refuse_acknowledge(PsApp *app, PsPane *pane)
{
	const PsDeskLine *line = current((DeskPane *)pane);

	(void)app;
	return line && g_str_equal(line->token, "acknowledge")
		       ? NULL
		       : _("Only a report that waits for its acknowledgement can be acknowledged.");
}

/* It came by telephone, on paper, over the web: somebody told the reporter otherwise. */
static PsChanged
note_acknowledged(PsApp *app, const PsDeskLine *line, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *kind = g_strdup(line->kind);

	g_ptr_array_add(ids, g_strdup(line->record));
	if (!ps_ask_yes(app, _("This report did not come by mail. Has its reporter been told that "
			       "you have it?")))
		return PS_CHANGED_NOTHING;
	return ps_app_set_field(app, "desk.acknowledge", kind, ids, "acknowledged_at", "now", error)
		       ? PS_CHANGED_DATA
		       : PS_CHANGED_NOTHING;
}

static PsChanged
acknowledge(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsDeskLine *line = current((DeskPane *)pane);
	g_autofree char *mail = mail_of_line(app->store, line);

	(void)argument;
	if (!mail)
		return note_acknowledged(app, line, error);
	return ps_mail_reply(app, mail, "acknowledgement", error);
}

static PsChanged
reply(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsDeskLine *line = current((DeskPane *)pane);
	g_autofree char *mail = line->case_id ? newest_mail_of_case(app->store, line->case_id)
					      : mail_of_line(app->store, line);

	if (mail)
		return ps_mail_reply(app, mail, argument, error);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("There is no mail here that could be answered."));
	return PS_CHANGED_NOTHING;
}

static gboolean
write_done(PsStore *store, gpointer data, GError **error)
{
	const GPtrArray *tasks = data;

	for (guint i = 0; i < tasks->len; i++)
		if (!ps_case_task_done(store, g_ptr_array_index(tasks, i), error))
			return FALSE;
	return TRUE;
}

/* The tasks among the marked rows, else that of the cursor. */
static GPtrArray *
target_tasks(DeskPane *self)
{
	g_autoptr(GPtrArray) ids = ps_list_targets(self->list);
	GPtrArray *tasks = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < ids->len; i++) {
		g_auto(GStrv) words = g_strsplit(g_ptr_array_index(ids, i), "/", 3);
		if (g_str_equal(words[0], "task"))
			g_ptr_array_add(tasks, g_strdup(words[1]));
	}
	return tasks;
}

static const char *
refuse_done(PsApp *app, PsPane *pane)
{
	g_autoptr(GPtrArray) tasks = target_tasks((DeskPane *)pane);

	(void)app;
	return tasks->len > 0 ? NULL
			      : _("Only tasks are marked as done; a clock ends when its work is "
				  "done.");
}

static PsChanged
done(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	DeskPane *self = (DeskPane *)pane;
	g_autoptr(GPtrArray) tasks = target_tasks(self);

	(void)argument;
	if (!ps_app_write(app, write_done, tasks, error))
		return PS_CHANGED_NOTHING;
	ps_list_unmark(self->list);
	ps_app_say(app, PS_SAY_GOOD, ngettext("%u task is done.", "%u tasks are done.", tasks->len),
		   tasks->len);
	return PS_CHANGED_DATA;
}

static const char *
refuse_own(PsApp *app, PsPane *pane)
{
	const PsDeskLine *line = current((DeskPane *)pane);

	if (!line || !line->case_id)
		return _("This is in no case yet: open one from its message first.");
	return ps_store_person(app->store)
		       ? NULL
		       : _("It is not known who you are: “psirtdesk person add” with your account "
			   "says it.");
}

static gboolean
write_own(PsStore *store, gpointer data, GError **error)
{
	return ps_case_own(store, data, NULL, error);
}

static PsChanged
own(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const PsDeskLine *line = current((DeskPane *)pane);
	g_autofree char *case_id = g_strdup(line->case_id);
	g_autofree char *number = g_strdup(line->case_number);

	(void)argument;
	if (!ps_app_write(app, write_own, case_id, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, _("%s is yours now."), number);
	return PS_CHANGED_DATA;
}

static const char *
refuse_mine(PsApp *app, PsPane *pane)
{
	(void)pane;
	return ps_store_person(app->store)
		       ? NULL
		       : _("It is not known who you are: “psirtdesk person add” with your account "
			   "says it.");
}

static PsChanged
mine(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	DeskPane *self = (DeskPane *)pane;

	(void)app;
	(void)argument;
	(void)error;
	self->mine = !self->mine;
	refresh(pane);
	return PS_CHANGED_VIEW;
}

static PsChanged
waiting(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	DeskPane *self = (DeskPane *)pane;

	(void)argument;
	(void)error;
	self->started_only = !self->started_only;
	refresh(pane);
	ps_app_say(app, PS_SAY_NOTE, "%s",
		   self->started_only ? _("Clocks that have not started are left out.")
				      : _("Clocks that have not started stand at the end."));
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"desk.open", N_("Go to the work"), N_("open"), "Enter", PS_NEEDS_ROW, PS_ACTION_HINT, NULL,
	 open_work},
	{"desk.acknowledge", N_("Acknowledge the report: write to its reporter"), N_("acknowledge"),
	 "a", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED | PS_NEEDS_ROW,
	 PS_ACTION_HINT | PS_ACTION_STEADY, refuse_acknowledge, acknowledge},
	{"desk.done", N_("Mark tasks as done"), N_("done"), "d",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED | PS_NEEDS_ROW, PS_ACTION_HINT | PS_ACTION_STEADY,
	 refuse_done, done},
	{"desk.own", N_("Take the case: it is yours"), N_("take"), "o",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED | PS_NEEDS_ROW, PS_ACTION_HINT | PS_ACTION_STEADY,
	 refuse_own, own},
	{"desk.mine", N_("Show only mine, or everybody's"), N_("mine/all"), "m", PS_NEEDS_WORKSPACE,
	 PS_ACTION_HINT, refuse_mine, mine},
	{"desk.waiting", N_("Show or hide clocks that have not started"), N_("waiting"), "w",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, waiting},
	{"desk.reply", N_("Write to the reporter"), N_("write"), "r",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED | PS_NEEDS_ROW, PS_ACTION_HINT | PS_ACTION_ARGUMENT,
	 NULL, reply},
};

const PsPaneClass ps_desk_pane = {
	.name = "desk",
	.title = N_("Desk"),
	.size = sizeof(DeskPane),
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
