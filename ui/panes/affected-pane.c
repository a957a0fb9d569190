#include "config.h"

/* Which releases are affected: those that the case judges first, then the registry, filtered as one
 * types. Looking for a component or part lists the releases that contain it. */

#include "ui/panes/affected-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "registry/registry.h"
#include "ui/panes/case-common.h"
#include "ui/panes/choices.h"

/* More than anybody reads; typing finds the others. */
#define MOST_FOUND 2000
#define DETAIL_ROWS 5

enum { COLUMN_STATUS, COLUMN_RELEASE, COLUMN_SUPPORT, COLUMN_WHY };
static const PsColumn columns[] = {
	[COLUMN_STATUS] = {N_("Status"), 14, 0, 0, FALSE},
	[COLUMN_RELEASE] = {N_("Release"), 26, 2, 0, FALSE},
	[COLUMN_SUPPORT] = {N_("Support until"), 13, 0, 2, FALSE},
	[COLUMN_WHY] = {N_("Why, contains"), 15, 1, 1, FALSE},
};

/* ---- rows ---- */

static void
free_row(gpointer data)
{
	PsAffectedRow *row = data;

	g_free(row->id);
	g_free(row->label);
	g_free(row->support_end);
	g_free(row->contains);
	g_free(row);
}

const PsAffectedRow *
ps_affected_row(const PsAffected *self, const char *release_id)
{
	for (guint i = 0; i < self->rows->len; i++) {
		const PsAffectedRow *row = g_ptr_array_index(self->rows, i);
		if (g_str_equal(row->id, release_id))
			return row;
	}
	return NULL;
}

/* The entry for the pane's vulnerability wins over one for all of them. */
static void
find_entry(const PsAffected *self, PsAffectedRow *row)
{
	for (guint i = 0; i < self->entries->len; i++) {
		const PsRecord *entry = g_ptr_array_index(self->entries, i);
		const char *vulnerability = ps_record_text(entry, "vulnerability");
		if (g_strcmp0(ps_record_text(entry, "release"), row->id) != 0)
			continue;
		gboolean exact = g_strcmp0(vulnerability, self->vulnerability) == 0;
		if (!exact && (vulnerability || row->entry)) {
			row->others++;
			continue;
		}
		row->others += row->entry != NULL;
		row->entry = entry;
	}
}

static PsAffectedRow *
add_row(PsAffected *self, GHashTable *known, const char *id, const char *label, const char *end)
{
	PsAffectedRow *row = g_new0(PsAffectedRow, 1);

	row->id = g_strdup(id);
	row->label = g_strdup(label);
	row->support_end = g_strdup(end);
	find_entry(self, row);
	g_ptr_array_add(self->rows, row);
	g_hash_table_insert(known, row->id, row);
	return row;
}

static void
add_contents(PsAffectedRow *row, const char *label)
{
	g_autofree char *old = row->contains;

	if (old && strstr(old, label)) {
		row->contains = g_steal_pointer(&old);
		return;
	}
	row->contains = old ? g_strdup_printf("%s, %s", old, label) : g_strdup(label);
}

static void
add_found(PsAffected *self, GHashTable *known, const PsFound *found)
{
	PsAffectedRow *row = g_hash_table_lookup(known, found->release_id);
	gboolean release = g_str_equal(found->kind, "release");

	if (!row) {
		g_autofree char *end = NULL;
		PsSupport state;
		if (!release)
			ps_release_support(self->pane.app->store, found->release_id, self->today,
					   &state, &end, NULL);
		row = add_row(self, known, found->release_id, release ? found->label : found->where,
			      release ? found->support_end : end);
	}
	if (!release)
		add_contents(row, found->label);
}

static void
add_from_registry(PsAffected *self, GHashTable *known)
{
	g_autoptr(GError) error = NULL;
	PsFindKinds kinds = PS_FIND_RELEASES;

	if (self->words && *self->words)
		kinds |= PS_FIND_COMPONENTS | PS_FIND_PARTS;
	g_autoptr(GPtrArray) found =
		ps_registry_find(self->pane.app->store, kinds, self->words, 0, MOST_FOUND, &error);
	if (!found) {
		ps_app_error(self->pane.app, error);
		return;
	}
	self->more = found->len == MOST_FOUND;
	for (guint i = 0; i < found->len; i++)
		add_found(self, known, g_ptr_array_index(found, i));
}

/* Releases of the case that the registry does not list (archived products). */
static void
add_from_case(PsAffected *self, GHashTable *known)
{
	for (guint i = 0; i < self->entries->len; i++) {
		const PsRecord *entry = g_ptr_array_index(self->entries, i);
		const char *id = ps_record_text(entry, "release");
		g_autofree char *end = NULL;
		PsSupport state;
		if (!id || g_hash_table_contains(known, id))
			continue;
		g_autofree char *label = ps_release_label(self->pane.app->store, id, NULL);
		ps_release_support(self->pane.app->store, id, self->today, &state, &end, NULL);
		add_row(self, known, id, label ? label : id, end);
	}
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
	const PsAffectedRow *x = *(PsAffectedRow *const *)a, *y = *(PsAffectedRow *const *)b;
	gboolean first = x->entry || x->others, second = y->entry || y->others;

	/* The sort is stable: within each part the registry's order stays. */
	return (int)second - (int)first;
}

static void
read_rows(PsAffected *self)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);

	g_ptr_array_set_size(self->rows, 0);
	self->more = FALSE;
	add_from_registry(self, known);
	if (!self->words || !*self->words)
		add_from_case(self, known);
	g_ptr_array_sort(self->rows, compare_rows);
}

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
short_label(const PsAffected *self, const PsAffectedRow *row)
{
	const char *vendor = self->vendor;

	return vendor && g_str_has_prefix(row->label, vendor) ? row->label + strlen(vendor)
							      : row->label;
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	const PsAffectedRow *row = data;
	const char *status = row->entry ? ps_record_text(row->entry, "status") : NULL;
	const char *why = row->entry ? ps_record_text(row->entry, "justification") : NULL;

	if (status)
		ps_cell_format(cells, COLUMN_STATUS, ps_token_role(&ps_product_statuses, status),
			       "%s%s", ps_token_word(&ps_product_statuses, status),
			       row->others ? " …" : "");
	else
		ps_cell(cells, COLUMN_STATUS, PS_ROLE_DIM, row->others ? "…" : "–");
	ps_cell(cells, COLUMN_RELEASE, PS_ROLE_NORMAL, short_label(user, row));
	draw_support(user, row, cells);
	if (row->contains)
		ps_cell(cells, COLUMN_WHY, PS_ROLE_MATCH, row->contains);
	else
		ps_cell(cells, COLUMN_WHY, PS_ROLE_NORMAL, ps_token_word(&ps_justifications, why));
}

static void
filter(gpointer user, const char *text)
{
	PsAffected *self = user;

	g_free(self->words);
	self->words = g_strdup(text);
	read_rows(self);
}

static const PsListModel model = {count, load, row_id, draw_row, filter, index_of};

/* ---- life ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	PsAffected *self = (PsAffected *)pane;

	self->rows = g_ptr_array_new_with_free_func(free_row);
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

	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_clear_pointer(&self->entries, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	g_free(self->case_id);
	g_free(self->words);
	g_free(self->vulnerability);
	g_free(self->today);
	g_free(self->vendor);
}

/* The only manufacturer of the registry, with a blank; NULL: there are several. */
static char *
only_vendor(PsStore *store)
{
	g_autoptr(GPtrArray) products = ps_store_list(store, &(PsQuery){.kind = "product"}, NULL);
	const char *vendor = NULL;

	for (guint i = 0; products && i < products->len; i++) {
		const char *one = ps_record_text(g_ptr_array_index(products, i), "vendor");
		if (vendor && g_strcmp0(vendor, one) != 0)
			return NULL;
		vendor = one;
	}
	return vendor ? g_strconcat(vendor, " ", NULL) : NULL;
}

static guint
count_judged(GPtrArray *entries)
{
	g_autoptr(GHashTable) releases = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < entries->len; i++)
		g_hash_table_add(releases,
				 (gpointer)ps_shown_text(g_ptr_array_index(entries, i), "release"));
	return g_hash_table_size(releases);
}

static void
refresh(PsPane *pane)
{
	PsAffected *self = (PsAffected *)pane;

	g_free(self->vendor);
	self->vendor = only_vendor(pane->app->store);
	g_ptr_array_set_size(self->rows, 0);
	g_clear_pointer(&self->entries, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	g_free(self->today);
	self->today = ps_date_parse("today", NULL);
	self->entries = ps_pane_children(pane, "affected", self->case_id);
	self->vulnerabilities = ps_pane_children(pane, "vulnerability", self->case_id);
	self->judged = count_judged(self->entries);
	read_rows(self);
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

	*kind = row && row->entry ? "affected" : "release";
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

static void
draw_detail(PsAffected *self, PsView view)
{
	const PsAffectedRow *selected = ps_list_row(self->list);
	int row = 1;

	if (!selected)
		return;
	ps_view_rule(view, 0, PS_ROLE_LABEL, selected->label);
	for (guint i = 0; i < self->entries->len; i++) {
		const PsRecord *entry = g_ptr_array_index(self->entries, i);
		if (g_strcmp0(ps_record_text(entry, "release"), selected->id) == 0)
			row = draw_entry(self, view, row, entry);
	}
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
