#include "config.h"

/* What others published: CSAF documents that came in, newest first. */

#include "ui/ask.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/records-pane.h"
#include "ui/panes/upstream-kit.h"

#include "base/i18n.h"
#include "base/utc.h"

enum {
	COLUMN_RECEIVED,
	COLUMN_STATE,
	COLUMN_PUBLISHER,
	COLUMN_ID,
	COLUMN_VERSION,
	COLUMN_CASE,
	COLUMN_TITLE
};

static const PsColumn columns[] = {
	[COLUMN_RECEIVED] = {N_("Received"), 12, 0, 2, FALSE},
	[COLUMN_STATE] = {N_("State"), 10, 0, 0, FALSE},
	[COLUMN_PUBLISHER] = {N_("Publisher"), 16, 0, 1, FALSE},
	[COLUMN_ID] = {N_("Tracking id"), 16, 0, 0, FALSE},
	[COLUMN_VERSION] = {N_("Version"), 7, 0, 3, TRUE},
	[COLUMN_CASE] = {N_("Case"), 15, 0, 4, FALSE},
	[COLUMN_TITLE] = {N_("Title"), 16, 1, 0, FALSE},
};

static const char *
state_word(const char *state)
{
	static const struct {
		const char *state, *word;
	} words[] = {
		{"new", N_("new")},
		{"read", N_("read")},
		{"taken_over", N_("in a case")},
		{"not_for_us", N_("not for us")},
		{"replaced", N_("replaced")},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_strcmp0(words[i].state, state) == 0)
			return _(words[i].word);
	return state;
}

static PsStyle
state_style(const char *state)
{
	if (g_strcmp0(state, "new") == 0)
		return PS_ROLE_WARN;
	return g_strcmp0(state, "taken_over") == 0 ? PS_ROLE_GOOD : PS_ROLE_DIM;
}

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	PsPane *pane = user;
	const char *state = ps_record_text(row, "state"), *of = ps_record_text(row, "case");
	g_autofree char *received = ps_utc_brief(ps_record_time(row, "received_at"));
	g_autoptr(PsRecord) record = of ? ps_store_get(pane->app->store, "case", of, NULL) : NULL;
	const char *title = ps_record_text(row, "title");

	ps_cell(cells, COLUMN_RECEIVED, PS_ROLE_DIM, received);
	ps_cell(cells, COLUMN_STATE, state_style(state), state_word(state));
	ps_cell(cells, COLUMN_PUBLISHER, PS_ROLE_NORMAL, ps_record_text(row, "publisher"));
	ps_cell(cells, COLUMN_ID, PS_ROLE_NORMAL, ps_record_text(row, "tracking_id"));
	ps_cell(cells, COLUMN_VERSION, PS_ROLE_NORMAL, ps_record_text(row, "version"));
	ps_cell(cells, COLUMN_CASE, PS_ROLE_NORMAL, record ? ps_record_name(record) : "");
	ps_cell(cells, COLUMN_TITLE, PS_ROLE_NORMAL, title ? title : _("(locked)"));
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	const PsQuery query = {.kind = "upstream_advisory"};

	(void)argument;
	(void)error;
	ps_records_pane_open((PsRecordsPane *)pane, &query, columns, G_N_ELEMENTS(columns),
			     draw_row,
			     _("No document of somebody else was taken in yet. n reads a "
			       "CSAF file; attachments are taken in from the inbox."));
	return TRUE;
}

/* ---- actions ---- */

static PsChanged
run_open(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "upstream", ps_records_pane_id(pane), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_import(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAskLine ask = {.label = _("CSAF file"), .history = "csaf-import"};
	g_autofree char *path = argument ? g_strdup(argument) : ps_ask_line(app, &ask);

	(void)pane;
	if (!path || !*path)
		return PS_CHANGED_NOTHING;
	g_autofree char *full = path[0] == '~' && path[1] == '/'
					? g_build_filename(g_get_home_dir(), path + 2, NULL)
					: g_strdup(path);
	return ps_upstream_take_file(app, full, error);
}

static PsChanged
run_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	gconstpointer row = ps_records_pane_row(pane);
	const char *of = ps_record_text(row, "case");
	g_autofree char *id = g_strdup(ps_record_id(row));

	(void)argument;
	if (!of)
		return ps_upstream_to_case(app, id, error);
	ps_app_open(app, "case", of, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"upstreams.open", N_("Read the document"), N_("read"), "Enter",
	 PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_open},
	{"upstreams.import", N_("Take in a CSAF file"), N_("take in"), "n",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL,
	 run_import},
	{"upstreams.case", N_("Open a case from the document, or go to its case"), N_("case"), "c",
	 PS_NEEDS_ROW | PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_case},
};

const PsPaneClass ps_upstreams_pane = {
	.name = "upstreams",
	.title = N_("Upstream advisories"),
	.size = sizeof(PsRecordsPane),
	.open = open_pane,
	.close = ps_records_pane_close,
	.refresh = ps_records_pane_refresh,
	.record = ps_records_pane_record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
