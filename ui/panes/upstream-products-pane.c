#include "config.h"

/* The products of a document of somebody else, and which release of ours each is. Argument: id of
 * the upstream_advisory. */

#include "ui/ask.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/records-pane.h"

#include "advisory/upstream.h"
#include "base/i18n.h"
#include "registry/registry.h"

#define RELEASES_OFFERED 1000

typedef struct {
	PsRecordsPane records;
	const char *filters[3];
} UpstreamProducts;

enum { COLUMN_NAME, COLUMN_SURE, COLUMN_RELEASE, COLUMN_REASON };

static const PsColumn columns[] = {
	[COLUMN_NAME] = {N_("Their product"), 24, 1, 0, FALSE},
	[COLUMN_SURE] = {N_("Sure"), 8, 0, 0, FALSE},
	[COLUMN_RELEASE] = {N_("Our release"), 24, 1, 0, FALSE},
	[COLUMN_REASON] = {N_("Why"), 20, 1, 1, FALSE},
};

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	UpstreamProducts *self = user;
	const char *release = ps_record_text(row, "release"), *name = ps_record_text(row, "name");
	const char *sure = ps_record_text(row, "confidence");
	g_autofree char *label =
		release ? ps_release_label(self->records.pane.app->store, release, NULL) : NULL;
	PsStyle style = !release                           ? PS_ROLE_DIM
			: g_strcmp0(sure, "possible") == 0 ? PS_ROLE_WARN
							   : PS_ROLE_GOOD;

	ps_cell(cells, COLUMN_NAME, PS_ROLE_NORMAL, name ? name : _("(locked)"));
	ps_cell(cells, COLUMN_SURE, style, sure ? sure : "–");
	ps_cell(cells, COLUMN_RELEASE, style, label ? label : _("not matched"));
	ps_cell(cells, COLUMN_REASON, PS_ROLE_DIM, ps_record_text(row, "reason"));
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	UpstreamProducts *self = (UpstreamProducts *)pane;

	(void)error;
	self->filters[0] = "upstream";
	self->filters[1] = argument ? pane->argument : "";
	const PsQuery query = {.kind = "upstream_product",
			       .filters = self->filters,
			       .order_by = "confidence"};
	ps_records_pane_open(&self->records, &query, columns, G_N_ELEMENTS(columns), draw_row,
			     _("The document names no product."));
	return TRUE;
}

/* ---- actions ---- */

typedef struct {
	const char *id, *release;
} Assignment;

static gboolean
write_assignment(PsStore *store, gpointer data, GError **error)
{
	const Assignment *assignment = data;

	return ps_upstream_assign(store, assignment->id, assignment->release, error);
}

static PsChanged
assign(PsApp *app, PsPane *pane, const char *release, GError **error)
{
	g_autofree char *id = g_strdup(ps_records_pane_id(pane));
	const Assignment assignment = {id, release};

	return ps_app_write(app, write_assignment, (gpointer)&assignment, error)
		       ? PS_CHANGED_DATA
		       : PS_CHANGED_NOTHING;
}

static char *
ask_release(PsApp *app, GError **error)
{
	g_autoptr(GPtrArray) found =
		ps_registry_find(app->store, PS_FIND_RELEASES, "", 0, RELEASES_OFFERED, error);
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));

	for (guint i = 0; found && i < found->len; i++) {
		const PsFound *one = found->pdata[i];
		const PsOption option = {.value = one->id,
					 .label = one->label,
					 .detail = one->detail};
		g_array_append_val(options, option);
	}
	if (!found)
		return NULL;
	PsAskChoice ask = {.title = _("Which release is it?"),
			   .options = (const PsOption *)(void *)options->data,
			   .n_options = options->len};
	return ps_ask_choice(app, &ask);
}

static PsChanged
run_match(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *release = argument ? g_strdup(argument) : ask_release(app, error);

	return release ? assign(app, pane, release, error) : PS_CHANGED_NOTHING;
}

static PsChanged
run_none(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	return assign(app, pane, NULL, error);
}

static const PsAction actions[] = {
	{"upstream-products.match", N_("Say which release of ours the product is"), N_("match"),
	 "Enter m", PS_NEEDS_ROW | PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, run_match},
	{"upstream-products.none", N_("Say that the product is none of ours"), N_("none of ours"),
	 "x", PS_NEEDS_ROW | PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_none},
};

const PsPaneClass ps_upstream_products_pane = {
	.name = "upstream-products",
	.title = N_("Products of the upstream advisory"),
	.size = sizeof(UpstreamProducts),
	.open = open_pane,
	.close = ps_records_pane_close,
	.refresh = ps_records_pane_refresh,
	.record = ps_records_pane_record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
