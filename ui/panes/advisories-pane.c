#include "config.h"

/* The tab of advisories: what is drafted, what is out, newest first. */

#include "ui/panes/pane-table.h"
#include "ui/panes/records-pane.h"

#include "advisory/advisory.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "registry/registry.h"

enum { COLUMN_ID, COLUMN_STATE, COLUMN_VERSION, COLUMN_TLP, COLUMN_PUBLISHED, COLUMN_TITLE };

static const PsColumn columns[] = {
	[COLUMN_ID] = {N_("Tracking id"), 16, 0, 0, FALSE},
	[COLUMN_STATE] = {N_("State"), 10, 0, 0, FALSE},
	[COLUMN_VERSION] = {N_("Version"), 7, 0, 2, TRUE},
	[COLUMN_TLP] = {N_("TLP"), 6, 0, 3, FALSE},
	[COLUMN_PUBLISHED] = {N_("Published"), 12, 0, 1, FALSE},
	[COLUMN_TITLE] = {N_("Title"), 24, 1, 0, FALSE},
};

static PsStyle
state_style(const char *state)
{
	if (g_strcmp0(state, "published") == 0)
		return PS_ROLE_GOOD;
	if (g_strcmp0(state, "withdrawn") == 0 || g_strcmp0(state, "superseded") == 0)
		return PS_ROLE_DIM;
	return PS_ROLE_NORMAL;
}

/* An advisory without a title of its own has that of its case. */
static char *
title_of(PsStore *store, const PsRecord *advisory)
{
	const char *own = ps_record_text(advisory, "title");
	g_autoptr(PsRecord) of =
		own ? NULL : ps_store_get(store, "case", ps_record_text(advisory, "case"), NULL);

	return own ? g_strdup(own) : of ? ps_record_title(store, of) : g_strdup("");
}

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	PsPane *pane = user;
	const char *state = ps_record_text(row, "state");
	gboolean armed = ps_record_time(row, "armed_at") != PS_NO_TIME;
	g_autofree char *published = ps_utc_brief(ps_record_time(row, "published_at"));
	g_autofree char *title = title_of(pane->app->store, row);

	ps_cell(cells, COLUMN_ID, PS_ROLE_NORMAL, ps_record_text(row, "tracking_id"));
	ps_cell(cells, COLUMN_STATE, armed ? PS_ROLE_WARN : state_style(state),
		armed ? _("armed") : state);
	ps_cell(cells, COLUMN_VERSION, PS_ROLE_NORMAL, ps_record_text(row, "version"));
	ps_cell(cells, COLUMN_TLP, PS_ROLE_NORMAL, ps_record_text(row, "tlp"));
	ps_cell(cells, COLUMN_PUBLISHED, PS_ROLE_DIM, published);
	ps_cell(cells, COLUMN_TITLE, PS_ROLE_NORMAL, title);
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	const PsQuery query = {.kind = "advisory"};

	(void)argument;
	(void)error;
	ps_records_pane_open((PsRecordsPane *)pane, &query, columns, G_N_ELEMENTS(columns),
			     draw_row,
			     _("No advisory has been drafted yet. Open a case (3) and press "
			       "its advisory key."));
	return TRUE;
}

static PsChanged
run_open(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "advisory", ps_records_pane_id(pane), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_case(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	gconstpointer row = ps_records_pane_row(pane);

	(void)argument;
	ps_app_open(app, "case", ps_record_text(row, "case"), error);
	return PS_CHANGED_VIEW;
}

/* The same letters as in the advisory itself. */
static PsChanged
run_versions(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "advisory-versions", ps_records_pane_id(pane), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_release(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "release", ps_records_pane_id(pane), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_upstream(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_open(app, "upstreams", NULL, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_templates(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_open(app, "list", "advisory_template", error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_cve_ids(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_open(app, "cve-ids", NULL, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"advisories.open", N_("Open the advisory"), N_("open"), "Enter",
	 PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_open},
	{"advisories.case", N_("Open the advisory's case"), N_("case"), "c", PS_NEEDS_ROW,
	 PS_ACTION_HINT, NULL, run_case},
	{"advisories.versions", N_("Versions of the advisory, and what changed between them"),
	 N_("versions"), "V", PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_versions},
	{"advisories.release", N_("The steps of the advisory's release day, with their proof"),
	 N_("release"), "D", PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_release},
	{"advisories.upstream", N_("What others published: documents that came in"), N_("upstream"),
	 "i", PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, run_upstream},
	{"advisories.templates", N_("Templates of advisories"), N_("templates"), "p",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, run_templates},
	{"advisories.cve-ids", N_("Open the register of CVE ids"), N_("CVE ids"), "#",
	 PS_NEEDS_WORKSPACE, PS_ACTION_HINT, NULL, run_cve_ids},
};

const PsPaneClass ps_advisories_pane = {
	.name = "advisories",
	.title = N_("Advisories"),
	.size = sizeof(PsRecordsPane),
	.open = open_pane,
	.close = ps_records_pane_close,
	.refresh = ps_records_pane_refresh,
	.record = ps_records_pane_record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
