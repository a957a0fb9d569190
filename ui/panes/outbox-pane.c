#include "config.h"

#include <inttypes.h>

/* Drafts, and messages that wait to be sent or could not be. */

#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "mail/compose.h"
#include "ui/ask.h"
#include "ui/list.h"
#include "ui/pane.h"
#include "ui/panes/mail-kit.h"
#include "ui/panes/mail-reply.h"

typedef struct {
	PsPane pane;
	PsList *list;
	GPtrArray *rows; /* PsRecord*, newest first */
} OutboxPane;

enum { COLUMN_STATE, COLUMN_TIME, COLUMN_TO, COLUMN_SUBJECT };
static const PsColumn columns[] = {
	[COLUMN_STATE] = {N_("State"), 8, 0, 0, FALSE},
	[COLUMN_TIME] = {N_("Time"), 12, 0, 1, FALSE},
	[COLUMN_TO] = {N_("To"), 20, 1, 0, FALSE},
	[COLUMN_SUBJECT] = {N_("Subject"), 20, 2, 0, FALSE},
};

/* In this order: what needs somebody comes first. */
static const struct {
	const char *token, *label;
	PsStyle style;
} states[] = {
	{"failed", N_("failed"), PS_ROLE_BAD},
	{"draft", N_("draft"), PS_ROLE_NORMAL},
	{"queued", N_("waits"), PS_ROLE_WARN},
};

static gint64
count(gpointer user)
{
	return ((OutboxPane *)user)->rows->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((OutboxPane *)user)->rows, first, limit);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ps_record_id(row);
}

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	g_autofree char *time = ps_utc_brief(ps_record_time(row, "at"));
	const char *state = ps_record_text(row, "state");
	const char *subject = ps_record_text(row, "subject");

	(void)user;
	for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
		if (g_strcmp0(states[i].token, state) == 0)
			ps_cell(cells, COLUMN_STATE, states[i].style, _(states[i].label));
	ps_cell(cells, COLUMN_TIME, PS_ROLE_DIM, time);
	ps_cell(cells, COLUMN_TO, PS_ROLE_NORMAL, ps_record_text(row, "to"));
	ps_cell(cells, COLUMN_SUBJECT, PS_ROLE_NORMAL,
		subject                               ? subject
		: ps_record_is_sealed(row, "subject") ? _("(sealed)")
						      : "");
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	OutboxPane *self = (OutboxPane *)pane;

	(void)argument;
	(void)error;
	self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)ps_record_free);
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	ps_list_set_empty(self->list, N_("Nothing waits: no drafts, and everything was sent."));
	pane->widget = ps_list_widget(self->list);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	g_ptr_array_unref(((OutboxPane *)pane)->rows);
}

static void
add_state(OutboxPane *self, const char *state)
{
	const char *const filters[] = {"direction", "out", "state", state, NULL};
	const PsQuery query = {.kind = "message", .filters = filters};
	g_autoptr(GPtrArray) found = ps_store_list(self->pane.app->store, &query, NULL);

	if (!found)
		return;
	g_ptr_array_set_free_func(found, NULL);
	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(self->rows, g_ptr_array_index(found, i));
}

static void
refresh(PsPane *pane)
{
	OutboxPane *self = (OutboxPane *)pane;

	g_ptr_array_set_size(self->rows, 0);
	for (gsize i = 0; pane->app->store && i < G_N_ELEMENTS(states); i++)
		add_state(self, states[i].token);
	ps_list_refresh(self->list);
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "message";
	return ps_list_id(((OutboxPane *)pane)->list);
}

/* ---- actions ---- */

static PsChanged
open_draft(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = g_strdup(ps_list_id(((OutboxPane *)pane)->list));

	(void)argument;
	return ps_mail_open_draft(app, id, error);
}

static gboolean
write_discard(PsStore *store, gpointer data, GError **error)
{
	const GPtrArray *ids = data;

	for (guint i = 0; i < ids->len; i++)
		if (!ps_draft_discard(store, g_ptr_array_index(ids, i), error))
			return FALSE;
	return TRUE;
}

static PsChanged
discard(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	OutboxPane *self = (OutboxPane *)pane;
	g_autoptr(GPtrArray) ids = ps_list_targets(self->list);

	(void)argument;
	if (!ps_app_write(app, write_discard, ids, error))
		return PS_CHANGED_DATA;
	ps_list_unmark(self->list);
	g_autofree char *undo = ps_app_key_of(app, "edit.undo");
	ps_app_say(app, PS_SAY_NOTE, _("Thrown away; %s brings back what went last."), undo);
	return PS_CHANGED_DATA;
}

typedef struct {
	PsMailWork work;
	const char *dir;
	gint64 count;
} Export;

static gpointer
run_export(PsProgress *progress, gpointer data, GError **error)
{
	Export *export = data;

	ps_outbox_export(export->work.store, export->work.openpgp, export->dir, &export->count,
			 progress, error);
	return NULL;
}

/* For a machine without a way out: the messages go on a stick. */
static PsChanged
export_messages(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAskLine ask = {.label = _("Write the messages that wait to directory"),
			 .history = "outbox.export"};
	g_autofree char *dir = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	Export export = {.dir = dir};
	g_autoptr(GError) failure = NULL;

	(void)pane;
	if (!dir || !*dir)
		return PS_CHANGED_NOTHING;
	if (ps_mail_work_init(&export.work, app, NULL, &failure))
		ps_mail_wait(app, _("Writing messages"), run_export, &export, &failure);
	ps_mail_work_clear(&export.work);
	if (failure)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		ps_app_say(app, PS_SAY_GOOD,
			   ngettext("%" PRId64 " message is in “%s”.",
				    "%" PRId64 " messages are in “%s”.", (gulong) export.count),
			   export.count, dir);
	return PS_CHANGED_DATA;
}

#define EDITS (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED)

static const PsAction actions[] = {
	{"outbox.open", N_("Go on with the draft"), N_("open"), "Enter",
	 PS_NEEDS_UNLOCKED | PS_NEEDS_ROW, PS_ACTION_HINT, NULL, open_draft},
	{"outbox.discard", N_("Throw drafts away"), N_("discard"), "X", EDITS | PS_NEEDS_ROW,
	 PS_ACTION_HINT, NULL, discard},
	{"outbox.export", N_("Write messages that wait to a directory, to carry them out"),
	 N_("export"), "x", EDITS, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, export_messages},
};

const PsPaneClass ps_outbox_pane = {
	.name = "outbox",
	.title = N_("Outbox"),
	.size = sizeof(OutboxPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
