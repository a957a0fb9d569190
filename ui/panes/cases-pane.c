#include "config.h"

/* The tab of cases: their states, severity and next clock, newest or most urgent first. */

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case-list.h"
#include "cases/case.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/pane-table.h"

typedef struct {
	PsPane pane;
	PsList *list;
	PsCaseList *cases; /* NULL: could not be read */
	PsCaseScope scope;
	gboolean by_urgency;
	char *words;
} Cases;

enum {
	COLUMN_NUMBER,
	COLUMN_TITLE,
	COLUMN_RM,
	COLUMN_EM,
	COLUMN_CS,
	COLUMN_SEVERITY,
	COLUMN_DUE,
	COLUMN_WHAT,
	COLUMN_OWNER,
};
static const PsColumn columns[] = {
	[COLUMN_NUMBER] = {N_("Number"), 15, 0, 0, FALSE},
	[COLUMN_TITLE] = {N_("Title"), 20, 1, 0, FALSE},
	[COLUMN_RM] = {N_("Report"), 8, 0, 2, FALSE},
	[COLUMN_EM] = {N_("Embargo"), 8, 0, 4, FALSE},
	[COLUMN_CS] = {N_("State"), 6, 0, 5, FALSE},
	[COLUMN_SEVERITY] = {N_("Severity"), 8, 0, 1, FALSE},
	[COLUMN_DUE] = {N_("Due"), 11, 0, 3, FALSE},
	[COLUMN_WHAT] = {N_("Next"), 21, 0, 7, FALSE},
	[COLUMN_OWNER] = {N_("Owner"), 14, 0, 6, FALSE},
};

static const struct {
	const char *name, *empty; /* N_() */
} scopes[] = {
	[PS_CASES_OPEN] = {N_("open"), N_("No case is open. n opens one; f shows closed ones.")},
	[PS_CASES_MINE] = {N_("mine"), N_("No open case is yours. f shows those of others.")},
	[PS_CASES_ALL] = {N_("all"), N_("There is no case yet. n opens one; a report becomes one "
					"from its mail.")},
};

/* ---- the list's model ---- */

static void
read_cases(Cases *self)
{
	const PsCaseListQuery query = {self->scope, self->by_urgency, self->words};
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&self->cases, ps_case_list_free);
	if (!self->pane.app->store)
		return;
	self->cases = ps_case_list_new(self->pane.app->store, &query, &error);
	if (!self->cases)
		ps_app_error(self->pane.app, error);
}

static gint64
count(gpointer user)
{
	Cases *self = user;

	return self->cases ? ps_case_list_length(self->cases) : 0;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	Cases *self = user;

	return self->cases ? ps_case_list_page(self->cases, first, limit) : NULL;
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const PsCaseLine *)row)->id;
}

static gint64
index_of(gpointer user, const char *id)
{
	Cases *self = user;

	return self->cases ? ps_case_list_index(self->cases, id) : -1;
}

static const char *
severity_word(PsSeverity severity)
{
	static const char *const words[PS_N_SEVERITIES] = {"",       "None", "Low",
							   "Medium", "High", "Critical"};

	return words[severity];
}

static void
draw_due(const PsCaseLine *line, PsCells *cells)
{
	if (line->due_at == PS_NO_TIME)
		return;
	g_autofree char *distance = ps_duration_text(line->due_at - ps_now_ms());
	PsStyle style = ps_due_style(line->due_at, line->overdue);
	if (line->overdue)
		ps_cell_format(cells, COLUMN_DUE, style, _("! %s"), distance);
	else
		ps_cell_format(cells, COLUMN_DUE, style, _("in %s"), distance);
	ps_cell(cells, COLUMN_WHAT, line->overdue ? style : PS_ROLE_NORMAL, line->what);
}

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	const PsCaseLine *line = row;
	const char *severity = severity_word(line->severity);
	gboolean closed = g_strcmp0(line->rm, "CLOSED") == 0;
	gboolean embargo = line->em && !g_str_equal(line->em, "NONE");

	(void)user;
	ps_cell(cells, COLUMN_NUMBER, closed ? PS_ROLE_DIM : PS_ROLE_NORMAL, line->number);
	ps_cell(cells, COLUMN_TITLE, closed ? PS_ROLE_DIM : PS_ROLE_NORMAL, line->title);
	ps_cell(cells, COLUMN_RM, closed ? PS_ROLE_DIM : PS_ROLE_NORMAL, line->rm);
	ps_cell(cells, COLUMN_EM, PS_ROLE_NORMAL, embargo ? line->em : "");
	ps_cell(cells, COLUMN_CS, PS_ROLE_NORMAL, line->cs);
	ps_cell(cells, COLUMN_SEVERITY, ps_role_of_severity(severity), severity);
	draw_due(line, cells);
	ps_cell(cells, COLUMN_OWNER, line->owner ? PS_ROLE_NORMAL : PS_ROLE_WARN,
		line->owner ? line->owner
		: closed    ? ""
			    : _("nobody"));
}

static void
filter(gpointer user, const char *text)
{
	Cases *self = user;

	g_autoptr(GError) error = NULL;

	g_free(self->words);
	self->words = g_strdup(text);
	if (self->cases && !ps_case_list_filter(self->cases, text, &error))
		ps_app_error(self->pane.app, error);
}

static const PsListModel model = {count, load, row_id, draw_row, filter, index_of};

/* ---- life ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	Cases *self = (Cases *)pane;

	(void)argument;
	(void)error;
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	ps_list_set_empty(self->list, scopes[self->scope].empty);
	pane->widget = ps_list_widget(self->list);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	Cases *self = (Cases *)pane;

	ps_case_list_free(self->cases);
	g_free(self->words);
}

static void
refresh(PsPane *pane)
{
	Cases *self = (Cases *)pane;

	read_cases(self);
	ps_list_refresh(self->list);
}

static char *
subject(PsPane *pane)
{
	Cases *self = (Cases *)pane;

	return g_strdup_printf("%s, %s", _(scopes[self->scope].name),
			       self->by_urgency ? _("most urgent first") : _("newest first"));
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "case";
	return ps_list_id(((Cases *)pane)->list);
}

/* ---- actions ---- */

static PsChanged
open_row(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const char *id = ps_list_id(((Cases *)pane)->list);

	ps_app_open(app, "case", argument ? argument : id, error);
	return PS_CHANGED_VIEW;
}

typedef struct {
	char *title, *id;
} NewCase;

static gboolean
write_case(PsStore *store, gpointer data, GError **error)
{
	NewCase *made = data;
	char *pairs[] = {(char *)"title", made->title, NULL};

	made->id = ps_case_open(store, pairs, error);
	return made->id != NULL;
}

static gboolean
check_title(gpointer user, const char *text, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));

	(void)user;
	if (*trimmed)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
			    _("A case needs a title: one line that tells it from others."));
	return FALSE;
}

static PsChanged
new_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAskLine ask = {.label = _("Title of the new case"), .check = check_title};
	g_autofree char *title = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	NewCase made = {.title = title};

	(void)pane;
	if (!title || !ps_app_write(app, write_case, &made, error))
		return PS_CHANGED_NOTHING;
	g_autofree char *id = made.id;
	ps_app_refresh(app);
	ps_app_open(app, "case", id, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
set_scope(Cases *self, PsCaseScope scope)
{
	self->scope = scope;
	ps_list_set_empty(self->list, scopes[scope].empty);
	refresh(&self->pane);
	return PS_CHANGED_VIEW;
}

static PsChanged
next_scope(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Cases *self = (Cases *)pane;

	(void)app;
	if (!argument)
		return set_scope(self, (PsCaseScope)((self->scope + 1) % PS_N_CASE_SCOPES));
	for (int scope = 0; scope < PS_N_CASE_SCOPES; scope++)
		if (g_str_equal(scopes[scope].name, argument))
			return set_scope(self, (PsCaseScope)scope);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no choice of cases: open, mine or all."), argument);
	return PS_CHANGED_NOTHING;
}

static PsChanged
change_order(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Cases *self = (Cases *)pane;

	(void)app;
	(void)argument;
	(void)error;
	self->by_urgency = !self->by_urgency;
	refresh(pane);
	ps_widget_move(pane->widget, PS_MOVE_HOME);
	return PS_CHANGED_VIEW;
}

static gboolean
write_owner(PsStore *store, gpointer data, GError **error)
{
	GPtrArray *ids = data;

	for (guint i = 0; i < ids->len; i++)
		if (!ps_case_own(store, g_ptr_array_index(ids, i), NULL, error))
			return FALSE;
	return TRUE;
}

static PsChanged
take_over(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Cases *self = (Cases *)pane;
	g_autoptr(GPtrArray) ids = ps_list_targets(self->list);

	(void)argument;
	if (!ps_app_write(app, write_owner, ids, error))
		return PS_CHANGED_DATA;
	ps_list_unmark(self->list);
	ps_app_say(app, PS_SAY_GOOD, ngettext("%u case is yours.", "%u cases are yours.", ids->len),
		   ids->len);
	return PS_CHANGED_DATA;
}

static const PsAction actions[] = {
	{"cases.open", N_("Open the case"), N_("open"), "Enter", PS_NEEDS_ROW,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, open_row},
	{"case.open", N_("Open a new case"), N_("new"), "n", PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, new_case},
	{"cases.scope", N_("Show open cases, mine, or all"), N_("open/mine/all"), "f",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, next_scope},
	{"cases.order", N_("Newest first, or most urgent first"), N_("order"), "o",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, change_order},
	{"cases.take", N_("The marked cases are mine"), N_("mine"), "M",
	 PS_NEEDS_WRITABLE | PS_NEEDS_ROW, PS_ACTION_HINT, NULL, take_over},
};

const PsPaneClass ps_cases_pane = {
	.name = "cases",
	.title = N_("Cases"),
	.size = sizeof(Cases),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
