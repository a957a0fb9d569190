#include "config.h"

/* Which releases are affected, and in which combinations: those that the case judges first, then
 * the registry, filtered as one types. Looking for a component or part lists the releases that
 * contain it. */

#include "ui/panes/affected-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "registry/own-product.h"
#include "registry/registry.h"
#include "ui/panes/case-common.h"
#include "ui/panes/choices.h"

#define DETAIL_ROWS 5

enum { COLUMN_STATUS, COLUMN_RELEASE, COLUMN_SUPPORT, COLUMN_WHY };
static const PsColumn columns[] = {
	[COLUMN_STATUS] = {N_("Status"), 14, 0, 0, FALSE},
	[COLUMN_RELEASE] = {N_("Release"), 26, 2, 0, FALSE},
	[COLUMN_SUPPORT] = {N_("Support until"), 13, 0, 2, FALSE},
	[COLUMN_WHY] = {N_("Why, contains"), 15, 1, 1, FALSE},
};

/* ---- the list's model ---- */

static gint64
count(gpointer user)
{
	return ((PsAffected *)user)->rows->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((PsAffected *)user)->rows, first, limit);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const PsAffectedRow *)row)->id;
}

static gint64
index_of(gpointer user, const char *id)
{
	PsAffected *self = user;
	const PsAffectedRow *row = ps_affected_row(self, id);
	guint index = 0;

	return row && g_ptr_array_find(self->rows, row, &index) ? (gint64)index : -1;
}

static void
draw_support(const PsAffected *self, const PsAffectedRow *row, PsCells *cells)
{
	PsSupport state = ps_support_state(NULL, row->support_end, NULL, self->today);

	if (state == PS_SUPPORT_ENDED)
		ps_cell_format(cells, COLUMN_SUPPORT, PS_ROLE_WARN, "! %s", row->support_end);
	else if (state == PS_SUPPORTED)
		ps_cell(cells, COLUMN_SUPPORT, PS_ROLE_NORMAL, row->support_end);
	else
		ps_cell(cells, COLUMN_SUPPORT, PS_ROLE_DIM, _("not known"));
}

/* Where everything is of one manufacturer, its name says nothing. */
static const char *
without_vendor(const PsAffected *self, const char *label)
{
	const char *vendor = self->vendor;

	return vendor && g_str_has_prefix(label, vendor) ? label + strlen(vendor) : label;
}

/* A combination says the part only that it does not stand below. */
static void
draw_name(const PsAffected *self, const PsAffectedRow *row, PsCells *cells)
{
	if (!row->relationship) {
		ps_cell(cells, COLUMN_RELEASE, PS_ROLE_NORMAL, without_vendor(self, row->label));
		return;
	}
	PsStore *store = self->pane.app->store;
	g_autofree char *text = row->below_other ? ps_own_product_label(store, row->release)
						 : ps_combination_short(store, row->relationship);
	g_autoptr(GString) name = g_string_new(text);
	if (self->vendor)
		g_string_replace(name, self->vendor, "", 1);
	ps_cell_format(cells, COLUMN_RELEASE, PS_ROLE_NORMAL, "└ %s", name->str);
}

static void
draw_status(const PsAffectedRow *row, PsCells *cells)
{
	const char *status = row->entry ? ps_record_text(row->entry, "status") : NULL;
	const char *inherited = row->inherited ? ps_record_text(row->inherited, "status") : NULL;

	if (status)
		ps_cell_format(cells, COLUMN_STATUS, ps_token_role(&ps_product_statuses, status),
			       "%s%s", ps_token_word(&ps_product_statuses, status),
			       row->others ? " …" : "");
	else if (inherited)
		ps_cell_format(cells, COLUMN_STATUS, PS_ROLE_DIM, "%s%s",
			       ps_token_word(&ps_product_statuses, inherited),
			       row->others ? " …" : "");
	else
		ps_cell(cells, COLUMN_STATUS, PS_ROLE_DIM, row->others ? "…" : "–");
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	const PsAffectedRow *row = data;
	const char *why = row->entry ? ps_record_text(row->entry, "justification") : NULL;

	draw_status(row, cells);
	draw_name(user, row, cells);
	draw_support(user, row, cells);
	if (row->contains)
		ps_cell(cells, COLUMN_WHY, PS_ROLE_MATCH, row->contains);
	else if (row->inherited)
		ps_cell(cells, COLUMN_WHY, PS_ROLE_DIM, _("as the release"));
	else
		ps_cell(cells, COLUMN_WHY, PS_ROLE_NORMAL, ps_token_word(&ps_justifications, why));
}

static void
filter(gpointer user, const char *text)
{
	PsAffected *self = user;

	g_free(self->words);
	self->words = g_strdup(text);
	ps_affected_read_rows(self);
}

static const PsListModel model = {count, load, row_id, draw_row, filter, index_of};

/* ---- life ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	PsAffected *self = (PsAffected *)pane;

	self->rows = g_ptr_array_new();
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	ps_list_set_empty(self->list, N_("The registry has no releases yet. Products and their "
					 "releases are made in the tab of products."));
	pane->widget = ps_list_widget(self->list);
	self->case_id = ps_pane_case(pane, argument, error);
	return self->case_id != NULL;
}

static void
close_pane(PsPane *pane)
{
	PsAffected *self = (PsAffected *)pane;

	ps_affected_clear(self);
	g_free(self->case_id);
	g_free(self->words);
	g_free(self->vulnerability);
}

static void
refresh(PsPane *pane)
{
	PsAffected *self = (PsAffected *)pane;

	ps_affected_read(self);
	ps_list_refresh(self->list);
}

static char *
subject(PsPane *pane)
{
	return ps_pane_case_subject(pane, ((PsAffected *)pane)->case_id);
}

static char *
vulnerability_name(const PsAffected *self, const char *id)
{
	for (guint i = 0; id && i < self->vulnerabilities->len; i++) {
		const PsRecord *one = g_ptr_array_index(self->vulnerabilities, i);
		if (g_str_equal(ps_record_id(one), id))
			return ps_vulnerability_label(one, i);
	}
	return g_strdup(_("every vulnerability"));
}

static char *
status(PsPane *pane)
{
	PsAffected *self = (PsAffected *)pane;
	g_autofree char *name = self->vulnerabilities->len > 1
					? vulnerability_name(self, self->vulnerability)
					: NULL;

	return g_strdup_printf(_("%s%s%u judged%s"), name ? name : "", name ? " · " : "",
			       self->judged, self->more ? _(" · more: type to find") : "");
}

static const char *
record(PsPane *pane, const char **kind)
{
	PsAffected *self = (PsAffected *)pane;
	const PsAffectedRow *row = ps_list_row(self->list);

	*kind = row && row->entry          ? "affected"
		: row && row->relationship ? "relationship"
					   : "release";
	return !row ? NULL : row->entry ? ps_record_id(row->entry) : row->id;
}

/* ---- what is known of the row ---- */

static int
draw_entry(const PsAffected *self, PsView view, int row, const PsRecord *entry)
{
	const char *status_token = ps_record_text(entry, "status");
	const PsTokenRow *meaning = ps_token_row(&ps_product_statuses, status_token);
	const PsTokenRow *why =
		ps_token_row(&ps_justifications, ps_record_text(entry, "justification"));
	g_autofree char *name = vulnerability_name(self, ps_record_text(entry, "vulnerability"));
	gboolean several = self->vulnerabilities->len > 1;
	g_autofree char *head =
		g_strdup_printf("%s%s%s. %s", several ? name : "", several ? ": " : "",
				status_token, meaning ? _(meaning->meaning) : "");
	const char *impact = ps_shown_text(entry, "impact"), *note = ps_shown_text(entry, "note");

	row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_NORMAL, head);
	if (why)
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_NORMAL,
				       _(why->meaning));
	if (*impact)
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_VALUE, impact);
	if (!why && !*impact && g_strcmp0(status_token, "known_not_affected") == 0)
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_WARN,
				       _("Still needs a justification or an impact statement."));
	if (*note)
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_DIM, note);
	return row;
}

static int
draw_entries(const PsAffected *self, PsView view, int row, const char *id)
{
	GPtrArray *entries = g_hash_table_lookup(self->entries_of, id);

	for (guint i = 0; entries && i < entries->len; i++)
		row = draw_entry(self, view, row, g_ptr_array_index(entries, i));
	return row;
}

/* How a release and its combinations depend on each other. */
static int
draw_dependence(const PsAffected *self, PsView view, int row, const PsAffectedRow *selected)
{
	gboolean used =
		!selected->relationship && g_hash_table_contains(self->used, selected->release);

	if (selected->inherited)
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_DIM,
				       _("The combination stands as its release does; a status of "
					 "its own goes before that."));
	else if (used && selected->entry)
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_DIM,
				       _("This holds for each combination below that has no status "
					 "of its own."));
	return row;
}

static void
draw_detail(PsAffected *self, PsView view)
{
	const PsAffectedRow *selected = ps_list_row(self->list);
	int row = 1;

	if (!selected)
		return;
	g_autofree char *label = ps_affected_label(self, selected);
	ps_view_rule(view, 0, PS_ROLE_LABEL, label);
	row = draw_entries(self, view, row, selected->id);
	row = draw_dependence(self, view, row, selected);
	if (selected->inherited)
		row = draw_entries(self, view, row, selected->release);
	if (selected->contains) {
		g_autofree char *text = g_strdup_printf(_("Contains %s."), selected->contains);
		row += ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_NORMAL, text);
	}
	if (row == 1)
		ps_view_wrapped(ps_view_below(view, 1), 0, PS_ROLE_DIM,
				_("The case does not say anything of it yet."));
}

static void
draw(PsPane *pane, PsView view)
{
	PsAffected *self = (PsAffected *)pane;
	PsRect whole = {0, 0, view.area.rows, view.area.cols}, list, detail;

	ps_layout_split(whole, FALSE, 25, 8, DETAIL_ROWS, &list, &detail);
	ps_widget_draw(pane->widget, ps_view_part(view, list));
	if (detail.rows == 0)
		return;
	/* The split leaves a row between them: the rule takes it. */
	detail.row--;
	detail.rows++;
	detail.col++;
	detail.cols -= 2;
	draw_detail(self, ps_view_part(view, detail));
}

const PsPaneClass ps_affected_pane = {
	.name = "affected",
	.title = N_("Affected"),
	.size = sizeof(PsAffected),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.status = status,
	.record = record,
	.actions = ps_affected_actions,
	.n_actions = G_N_ELEMENTS(ps_affected_actions),
};
