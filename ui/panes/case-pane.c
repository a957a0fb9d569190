#include "config.h"

/* The overview of a case: its states and clocks, what is to be done next with the key that does it,
 * and all its parts in sections that fold. */

#include "ui/panes/case-pane.h"

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "cases/state.h"
#include "ui/panes/case-common.h"
#include "ui/panes/pane-table.h"

/* From these sizes on the fields of the row are shown beside or below. */
#define WIDE_CELLS 116
#define TALL_ROWS 30
#define SHORT_ROWS 14
#define DETAIL_ROWS 4

enum { COLUMN_ITEM, COLUMN_TEXT, COLUMN_WHEN };
static const PsColumn columns[] = {
	[COLUMN_ITEM] = {"", 17, 0, 0, FALSE},
	[COLUMN_TEXT] = {"", 30, 1, 0, FALSE},
	[COLUMN_WHEN] = {"", 12, 0, 1, TRUE},
};

/* ---- the tree's model ---- */

static GPtrArray *
children(gpointer user, gpointer data)
{
	PsCasePane *self = user;
	PsCaseNode *node = data;

	if (node)
		return node->children ? g_ptr_array_ref(node->children) : g_ptr_array_new();
	return self->nodes ? g_ptr_array_ref(self->nodes->roots) : g_ptr_array_new();
}

static gboolean
has_children(gpointer user, gpointer data)
{
	PsCaseNode *node = data;

	(void)user;
	return node->children && node->children->len > 0;
}

static const char *
node_id(gpointer user, gpointer node)
{
	(void)user;
	return ((PsCaseNode *)node)->id;
}

static void
draw_node(gpointer user, gpointer data, PsCells *cells)
{
	PsCasePane *self = user;
	const PsCaseNode *node = data;
	const char *action = ps_case_step_action(node->step);
	g_autofree char *key = action ? ps_app_key_of(self->pane.app, action) : NULL;

	ps_cell(cells, COLUMN_ITEM, node->label_style, key ? key : node->label);
	ps_cell(cells, COLUMN_TEXT, node->text_style, node->text);
	ps_cell(cells, COLUMN_WHEN, node->when_style, node->when);
}

static const PsTreeModel model = {children, has_children, node_id, draw_node};

const PsCaseNode *
ps_case_pane_node(PsCasePane *self)
{
	return ps_tree_node(self->tree);
}

/* ---- life ---- */

/* Sections that are open from the start: what is to be done, and on a tall screen what is short. */
static void
open_sections(PsCasePane *self)
{
	static const char *const tall[] = {"head/report", "head/vulnerability", "head/affected",
					   "head/score",  "head/decision",      "head/task",
					   "head/message"};

	ps_tree_open(self->tree, "head/next", TRUE);
	if (ps_canvas_rows(self->pane.app->canvas) < TALL_ROWS)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(tall); i++)
		ps_tree_open(self->tree, tall[i], TRUE);
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	PsCasePane *self = (PsCasePane *)pane;

	self->tree = ps_tree_new(columns, G_N_ELEMENTS(columns), &model, self);
	pane->widget = ps_tree_widget(self->tree);
	self->timeline = ps_timeline_view_new();
	ps_timeline_view_set_passive(self->timeline);
	self->case_id = ps_pane_case(pane, argument, error);
	if (!self->case_id)
		return FALSE;
	open_sections(self);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	PsCasePane *self = (PsCasePane *)pane;

	ps_timeline_view_free(self->timeline);
	g_clear_pointer(&self->nodes, ps_case_nodes_free);
	g_free(self->case_id);
}

static void
refresh(PsPane *pane)
{
	PsCasePane *self = (PsCasePane *)pane;
	g_autoptr(GError) error = NULL;
	/* The tree keeps pointers until it is refreshed. */
	PsCaseNodes *old = self->nodes;

	self->nodes = ps_case_nodes_load(pane->app->store, self->case_id, &error);
	ps_tree_refresh(self->tree);
	g_clear_pointer(&old, ps_case_nodes_free);
	ps_timeline_view_set(self->timeline,
			     ps_timeline_load(pane->app->store, self->case_id, NULL));
	/* Gone by an undo, say: draw() tells it. */
	if (error && !g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND))
		ps_app_error(pane->app, error);
}

static char *
subject(PsPane *pane)
{
	PsCasePane *self = (PsCasePane *)pane;

	return self->nodes ? g_strdup_printf("%s %s", ps_record_name(self->nodes->record),
					     ps_shown_text(self->nodes->record, "title"))
			   : NULL;
}

static const char *
record(PsPane *pane, const char **kind)
{
	PsCasePane *self = (PsCasePane *)pane;
	const PsCaseNode *node = ps_case_pane_node(self);

	*kind = node && node->kind ? node->kind : "case";
	return node && node->kind ? node->record : self->case_id;
}

/* ---- head ---- */

static int
draw_chip(PsView view, int row, int col, const char *text)
{
	return ps_view_format(view, row, col, PS_ROLE_CHIP, " %s ", text) + 1;
}

/* Label, severity, owner, since when. */
static void
draw_who(const PsCaseNodes *nodes, PsView view, int row)
{
	const PsRecord *record = nodes->record;
	g_autofree char *tlp = g_strconcat("TLP:", ps_shown_text(record, "tlp"), NULL);
	g_autofree char *since = ps_utc_brief(ps_record_time(record, "received_at"));
	int col = draw_chip(view, row, 1, tlp);

	if (nodes->score)
		col = ps_view_format(view, row, col + 1, ps_role_of_severity(nodes->severity),
				     " %s %s ", nodes->score, nodes->severity);
	else
		col = ps_view_text(view, row, col + 1, PS_ROLE_DIM, _("not scored"));
	col = ps_view_text(view, row, col + 2, PS_ROLE_LABEL, _("owner "));
	col = ps_view_text(view, row, col, nodes->owner ? PS_ROLE_NORMAL : PS_ROLE_WARN,
			   nodes->owner ? nodes->owner : _("nobody"));
	col = ps_view_text(view, row, col + 2, PS_ROLE_LABEL, _("received "));
	ps_view_text(view, row, col, PS_ROLE_NORMAL, since);
}

static int
draw_state(const PsRecord *record, PsView view, int row, int col, const char *machine)
{
	const char *state = ps_shown_text(record, machine);
	g_autofree char *text = ps_state_text(machine, state);

	col = draw_chip(view, row, col, state);
	return ps_view_text(view, row, col, PS_ROLE_NORMAL, text) + 2;
}

static void
draw_embargo_end(const PsRecord *record, PsView view, int row, int col)
{
	gint64 until = ps_record_time(record, "embargo_until");
	const char *em = ps_shown_text(record, "em");

	if (until == PS_NO_TIME || g_str_equal(em, "NONE") || g_str_equal(em, "EXITED"))
		return;
	g_autofree char *at = ps_utc_brief(until), *distance = ps_distance_text(until);
	ps_view_format(view, row, col - 1, PS_ROLE_NORMAL, _("until %s, %s"), at, distance);
}

static void
draw_next(const PsCaseNodes *nodes, PsView view, int row, int col)
{
	if (!nodes->next)
		return;
	gboolean overdue = nodes->next->state == PS_CLOCK_OVERDUE;
	g_autofree char *at = ps_utc_brief(nodes->next->due_at);
	g_autofree char *distance = ps_distance_text(nodes->next->due_at);
	g_autofree char *text =
		overdue ? g_strdup_printf(_("%s: overdue since %s (%s)"), nodes->next->what, at,
					  distance)
			: g_strdup_printf(_("%s: due %s (%s)"), nodes->next->what, at, distance);
	PsStyle style = ps_due_style(nodes->next->due_at, overdue);
	g_autofree char *fit = ps_text_fit(text, MAX(view.area.cols - col - 1, 0));
	ps_view_text(view, row, col, style, fit);
}

/* On a short screen: the states on one row, without their words. */
static void
draw_states(const PsCaseNodes *nodes, PsView view, int row)
{
	static const char *const fields[] = {"rm", "em", "cs"};
	int col = 1;

	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
		col = draw_chip(view, row, col, ps_shown_text(nodes->record, fields[i]));
	draw_who(nodes, ps_view_part(view, (PsRect){0, col, view.area.rows, view.area.cols}), row);
}

/* Returns the rows that it took. */
static int
draw_head(PsCasePane *self, PsView view)
{
	const PsRecord *record = self->nodes->record;
	gboolean brief = view.area.rows < SHORT_ROWS;
	int row = 0, col;

	if (!ps_store_is_unlocked(self->pane.app->store)) {
		g_autofree char *key = ps_app_key_of(self->pane.app, "app.unlock");
		ps_view_format(view, row++, 1, PS_ROLE_WARN,
			       _("Sealed texts can't be read: %s unlocks them."), key);
	}
	if (brief) {
		draw_states(self->nodes, view, row++);
		draw_next(self->nodes, view, row++, 1);
		return row;
	}
	draw_who(self->nodes, view, row++);
	draw_state(record, view, row++, 1, "rm");
	col = draw_state(record, view, row, 1, "em");
	draw_embargo_end(record, view, row++, col);
	draw_state(record, view, row++, 1, "cs");
	draw_next(self->nodes, view, row++, 1);
	return row;
}

/* ---- body ---- */

static void
draw_detail(PsCasePane *self, PsView view)
{
	const PsCaseNode *node = ps_case_pane_node(self);
	const char *text = !node ? "" : node->detail ? node->detail : node->text ? node->text : "";

	ps_view_rule(view, 0, PS_ROLE_LABEL, node && node->label ? node->label : NULL);
	ps_view_wrapped(ps_view_part(view, (PsRect){1, 1, view.area.rows - 1, view.area.cols - 2}),
			0, PS_ROLE_NORMAL, text);
}

/* The fields of the row, and the timeline below where it has room. */
static void
draw_side(PsCasePane *self, PsView view)
{
	int rows = view.area.rows, below = rows >= TALL_ROWS ? rows / 2 : 0;

	draw_detail(self, ps_view_part(view, (PsRect){0, 0, rows - below, view.area.cols}));
	if (below == 0)
		return;
	PsView part = ps_view_part(view, (PsRect){rows - below, 0, below, view.area.cols});
	ps_view_rule(part, 0, PS_ROLE_LABEL, _("Timeline"));
	ps_widget_draw(ps_timeline_view_widget(self->timeline), ps_view_below(part, 1));
}

static void
draw(PsPane *pane, PsView view)
{
	PsCasePane *self = (PsCasePane *)pane;

	if (!self->nodes) {
		ps_view_wrapped(view, 1, PS_ROLE_DIM,
				_("The case is not there (any more). q leads back."));
		return;
	}
	int rows = view.area.rows, cols = view.area.cols;
	gboolean wide = cols >= WIDE_CELLS, below = !wide && rows >= TALL_ROWS;
	int left = wide ? cols * 58 / 100 : cols;
	int detail = below ? DETAIL_ROWS * 2 : 0;
	int top = draw_head(self, ps_view_part(view, (PsRect){0, 0, rows, left}));
	if (wide)
		draw_side(self, ps_view_part(view, (PsRect){0, left + 1, rows, cols - left - 1}));
	else if (below)
		draw_detail(self, ps_view_part(view, (PsRect){rows - detail, 0, detail, cols}));
	/* Last: the cursor is its. */
	ps_widget_draw(pane->widget,
		       ps_view_part(view, (PsRect){top, 0, rows - top - detail, left}));
}

const PsPaneClass ps_case_pane = {
	.name = "case",
	.title = N_("Case"),
	.size = sizeof(PsCasePane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.record = record,
	.actions = ps_case_actions,
	.n_actions = G_N_ELEMENTS(ps_case_actions),
};
