#include "config.h"

/* Scores of one vulnerability beside each other: a column a score, a row a metric, what differs
 * marked. Argument: CASE [VERSION [VULNERABILITY]]. */

#include "base/i18n.h"
#include "scoring/cvss.h"
#include "registry/own-product.h"
#include "ui/panes/case-common.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/record-text.h"
#include "ui/panes/scoring-pane.h"

#define METRIC_CELLS 30
#define SCORE_CELLS 14
#define MOST_SHOWN 8

/* A score that takes part. */
typedef struct {
	char *title; /* "NVD", "gateway 4.2" */
	char *score; /* "9.8 Critical" */
	PsStyle style;
	PsCvss cvss;
} Party;

/* A row: the scores themselves, or a metric. */
typedef struct {
	char *id;
	int metric; /* -1: the scores */
	gboolean differs;
} Row;

typedef struct {
	PsPane pane;
	PsList *list;
	char *case_id, *vulnerability;
	char *at; /* the row of the cursor, while the list is made again */
	PsCvssVersion version;
	GPtrArray *parties, *rows;
	gboolean only_differences;
	int first, shown; /* the columns that are on the screen */
	PsColumn columns[1 + MOST_SHOWN];
} ComparePane;

static void
free_party(gpointer data)
{
	Party *party = data;

	g_free(party->title);
	g_free(party->score);
	g_free(party);
}

static void
free_row(gpointer data)
{
	Row *row = data;

	g_free(row->id);
	g_free(row);
}

/* ---- the list ---- */

static gint64
count(gpointer user)
{
	return ((ComparePane *)user)->rows->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((ComparePane *)user)->rows, first, limit);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const Row *)row)->id;
}

static void
draw_value(PsCells *cells, int column, const Party *party, const Row *row)
{
	const PsCvssMetric *metric = &ps_cvss_table(party->cvss.version)->metrics[row->metric];
	int value = ps_cvss_get(&party->cvss, row->metric);

	if (value == PS_CVSS_UNSET || value == metric->not_defined)
		ps_cell(cells, column, row->differs ? PS_ROLE_WARN : PS_ROLE_DIM, "–");
	else
		ps_cell_format(cells, column, row->differs ? PS_ROLE_WARN : PS_ROLE_NORMAL, "%s %s",
			       metric->values[value].key, _(metric->values[value].name));
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	const ComparePane *self = user;
	const Row *row = data;
	const char *mark = row->differs ? "≠" : " ";

	if (row->metric < 0) {
		ps_cell_format(cells, 0, PS_ROLE_LABEL, "%s %s", mark, _("Score"));
	} else {
		const PsCvssMetric *metric = &ps_cvss_table(self->version)->metrics[row->metric];
		ps_cell_format(cells, 0, row->differs ? PS_ROLE_STRONG : PS_ROLE_NORMAL,
			       "%s %-3s %s", mark, metric->key, _(metric->name));
	}
	for (int i = 0; i < self->shown; i++) {
		const Party *party = self->parties->pdata[self->first + i];
		if (row->metric < 0)
			ps_cell(cells, 1 + i, party->style, party->score);
		else
			draw_value(cells, 1 + i, party, row);
	}
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

/* Titles are no texts of ours: the list takes them as they are. */
static void
build_list(ComparePane *self)
{
	self->columns[0] = (PsColumn){N_("Metric"), METRIC_CELLS, 1, 0, FALSE};
	for (int i = 0; i < self->shown; i++) {
		const Party *party = self->parties->pdata[self->first + i];
		self->columns[1 + i] = (PsColumn){party->title, SCORE_CELLS, 1, 0, FALSE};
	}
	if (self->list)
		ps_widget_free(ps_list_widget(self->list));
	self->list = ps_list_new(self->columns, 1 + self->shown, &model, self);
	ps_list_set_empty(self->list, _("There is no score of this CVSS version; v shows the "
					"next one that has any."));
	self->pane.widget = ps_list_widget(self->list);
	ps_list_refresh(self->list);
	if (self->at)
		ps_list_select(self->list, self->at);
}

/* ---- reading ---- */

static char *
party_title(ComparePane *self, const PsRecord *score)
{
	const char *product = ps_own_product_of(score), *origin = ps_record_text(score, "origin");

	if (product)
		return ps_own_product_label(self->pane.app->store, product);
	return g_strdup(origin ? origin : ps_score_source(score));
}

static void
add_party(ComparePane *self, const PsRecord *score)
{
	const char *severity = ps_shown_text(score, "severity");
	PsCvss cvss;

	if (!ps_cvss_parse_text(ps_shown_text(score, "vector"), &cvss, NULL) ||
	    cvss.version != self->version ||
	    g_strcmp0(ps_record_text(score, "vulnerability"), self->vulnerability) != 0)
		return;
	Party *party = g_new0(Party, 1);
	party->title = party_title(self, score);
	party->score = g_strdup_printf("%s %s", ps_shown_text(score, "score"), severity);
	party->style = ps_role_of_severity(severity);
	party->cvss = cvss;
	g_ptr_array_add(self->parties, party);
}

/* What is not chosen is the same as "not defined". */
static int
value_of(const Party *party, int metric)
{
	int value = ps_cvss_get(&party->cvss, metric);

	return value == PS_CVSS_UNSET
		       ? ps_cvss_table(party->cvss.version)->metrics[metric].not_defined
		       : value;
}

static gboolean
metric_differs(const ComparePane *self, int metric)
{
	for (guint i = 1; i < self->parties->len; i++)
		if (value_of(self->parties->pdata[i], metric) !=
		    value_of(self->parties->pdata[0], metric))
			return TRUE;
	return FALSE;
}

static gboolean
score_differs(const ComparePane *self)
{
	for (guint i = 1; i < self->parties->len; i++)
		if (!g_str_equal(((Party *)self->parties->pdata[i])->score,
				 ((Party *)self->parties->pdata[0])->score))
			return TRUE;
	return FALSE;
}

/* A metric that nobody has given is no row. */
static gboolean
is_given(const ComparePane *self, int metric)
{
	for (guint i = 0; i < self->parties->len; i++)
		if (ps_cvss_get(&((Party *)self->parties->pdata[i])->cvss, metric) != PS_CVSS_UNSET)
			return TRUE;
	return FALSE;
}

static void
add_row(ComparePane *self, const char *id, int metric, gboolean differs)
{
	Row *row = g_new0(Row, 1);

	row->id = g_strdup(id);
	row->metric = metric;
	row->differs = differs;
	g_ptr_array_add(self->rows, row);
}

static void
make_rows(ComparePane *self)
{
	const PsCvssTable *table = ps_cvss_table(self->version);

	g_ptr_array_set_size(self->rows, 0);
	if (self->parties->len == 0)
		return;
	add_row(self, "score", -1, score_differs(self));
	for (int i = 0; i < table->n_metrics; i++) {
		gboolean differs = metric_differs(self, i);
		if (is_given(self, i) && (differs || !self->only_differences))
			add_row(self, table->metrics[i].key, i, differs);
	}
}

/* Before the rows change: the list lends its id from them. */
static void
remember_row(ComparePane *self)
{
	g_autofree char *at = g_strdup(ps_list_id(self->list));

	g_free(self->at);
	self->at = g_steal_pointer(&at);
}

static void
fit_columns(ComparePane *self, int cols)
{
	int room = CLAMP((cols - METRIC_CELLS - 4) / (SCORE_CELLS + 1), 1, MOST_SHOWN);
	int most = (int)self->parties->len;

	self->shown = MIN(room, most);
	self->first = CLAMP(self->first, 0, MAX(most - self->shown, 0));
	build_list(self);
}

static void
refresh(PsPane *pane)
{
	ComparePane *self = (ComparePane *)pane;
	g_autoptr(GPtrArray) scores = ps_pane_children(pane, "score", self->case_id);

	remember_row(self);
	g_ptr_array_set_size(self->parties, 0);
	for (guint i = 0; i < scores->len; i++)
		add_party(self, scores->pdata[i]);
	make_rows(self);
	fit_columns(self, ps_canvas_cols(pane->app->canvas));
}

/* ---- life ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	ComparePane *self = (ComparePane *)pane;
	g_auto(GStrv) words = g_strsplit(argument ? argument : "", " ", 3);
	gsize n = g_strv_length(words);

	self->parties = g_ptr_array_new_with_free_func(free_party);
	self->rows = g_ptr_array_new_with_free_func(free_row);
	self->version = PS_CVSS_3_1;
	self->case_id = ps_pane_case(pane, n > 0 ? words[0] : NULL, error);
	if (!self->case_id)
		return FALSE;
	if (n > 1 && !ps_cvss_version_find(words[1], &self->version)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no version of CVSS: 2.0, 3.0, 3.1 or 4.0."), words[1]);
		return FALSE;
	}
	self->vulnerability = g_strdup(n > 2 ? words[2] : NULL);
	build_list(self);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	ComparePane *self = (ComparePane *)pane;

	g_clear_pointer(&self->parties, g_ptr_array_unref);
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_free(self->case_id);
	g_free(self->vulnerability);
	g_free(self->at);
}

static void
draw(PsPane *pane, PsView view)
{
	ComparePane *self = (ComparePane *)pane;
	int most = (int)self->parties->len;
	int room = CLAMP((view.area.cols - METRIC_CELLS - 4) / (SCORE_CELLS + 1), 1, MOST_SHOWN);

	if (MIN(room, most) != self->shown) {
		remember_row(self);
		fit_columns(self, view.area.cols);
	}
	ps_widget_draw(pane->widget, view);
}

static char *
subject(PsPane *pane)
{
	ComparePane *self = (ComparePane *)pane;
	g_autofree char *name = ps_pane_case_subject(pane, self->case_id);

	return g_strdup_printf("CVSS %s · %s", ps_cvss_table(self->version)->name, name);
}

static char *
status(PsPane *pane)
{
	ComparePane *self = (ComparePane *)pane;
	int differing = 0;

	for (int i = 0; i < ps_cvss_table(self->version)->n_metrics; i++)
		differing += metric_differs(self, i);
	g_autofree char *text = g_strdup_printf(ngettext("%d metric differs", "%d metrics differ",
							 (gulong)differing),
						differing);
	if (self->shown < (int)self->parties->len)
		return g_strdup_printf(_("scores %d–%d of %u · %s"), self->first + 1,
				       self->first + self->shown, self->parties->len, text);
	return g_steal_pointer(&text);
}

/* ---- actions ---- */

static const char *
refuse_all_shown(PsApp *app, PsPane *pane)
{
	ComparePane *self = (ComparePane *)pane;

	(void)app;
	return self->shown >= (int)self->parties->len ? _("Every score has its column already.")
						      : NULL;
}

static PsChanged
shift(PsPane *pane, int by)
{
	ComparePane *self = (ComparePane *)pane;

	remember_row(self);
	self->first += by;
	fit_columns(self, ps_canvas_cols(pane->app->canvas));
	return PS_CHANGED_VIEW;
}

static PsChanged
shift_left(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return shift(pane, -1);
}

static PsChanged
shift_right(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	return shift(pane, 1);
}

static PsChanged
toggle_differences(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ComparePane *self = (ComparePane *)pane;

	(void)app;
	(void)argument;
	(void)error;
	self->only_differences = !self->only_differences;
	make_rows(self);
	ps_list_refresh(self->list);
	return PS_CHANGED_VIEW;
}

/* The next version that somebody has scored with. */
static PsChanged
next_version(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ComparePane *self = (ComparePane *)pane;

	(void)argument;
	(void)error;
	for (int step = 1; step < PS_CVSS_VERSIONS; step++) {
		PsCvssVersion before = self->version;
		self->version = (PsCvssVersion)((before + 1) % PS_CVSS_VERSIONS);
		refresh(pane);
		if (self->parties->len > 0)
			return PS_CHANGED_VIEW;
	}
	ps_app_say(app, PS_SAY_NOTE, _("No other CVSS version was scored with."));
	self->version = (PsCvssVersion)((self->version + 1) % PS_CVSS_VERSIONS);
	refresh(pane);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"compare.differences", N_("Show only the metrics that differ, or all"), N_("differences"),
	 "d", 0, PS_ACTION_HINT, NULL, toggle_differences},
	{"compare.version", N_("Go to the next CVSS version that was scored with"), N_("version"),
	 "v", 0, PS_ACTION_HINT, NULL, next_version},
	{"compare.right", N_("Show the scores further to the right"), N_("more scores"), "Right l",
	 0, PS_ACTION_HINT, refuse_all_shown, shift_right},
	{"compare.left", N_("Show the scores further to the left"), NULL, "Left h", 0, 0,
	 refuse_all_shown, shift_left},
};

const PsPaneClass ps_compare_pane = {
	.name = "compare",
	.title = N_("Compare scores"),
	.size = sizeof(ComparePane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.status = status,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
