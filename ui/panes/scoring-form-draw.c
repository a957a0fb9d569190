#include "config.h"

/* The scoring form on the screen: rows, and what a row means. */

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/panes/scoring-form-private.h"

/* Cursor, missing mark, key of up to three letters, blank. */
#define PREFIX_CELLS 6

/* ---- drawing a row ---- */

/* How values are written, from wide to narrow. */
typedef enum {
	WRITE_NAMES,
	WRITE_SHORT,   /* "not defined" as its letter */
	WRITE_LETTERS, /* all as letters, the chosen one's name behind them */
} Writing;

typedef struct {
	Writing writing;
	int name_cells;
	int values_col;
} RowPlan;

static const char *
value_text(const PsCvssMetric *metric, int value, Writing writing)
{
	gboolean letter = writing == WRITE_LETTERS ||
			  (writing == WRITE_SHORT && value == metric->not_defined);

	return letter ? metric->values[value].key : _(metric->values[value].name);
}

/* Each value has a cell before and behind it, for its brackets. */
static int
values_cells(const PsCvssMetric *metric, Writing writing)
{
	int cells = 0, longest = 0;

	for (int i = 0; i < metric->n_values; i++) {
		cells += ps_text_cells(value_text(metric, i, writing)) + 2;
		longest = MAX(longest, ps_text_cells(_(metric->values[i].name)));
	}
	return writing == WRITE_LETTERS ? cells + 1 + longest : cells;
}

/* The widest writing that leaves room for the names; values of a group stand below each other. */
static RowPlan
plan_group(PsCvssVersion version, PsCvssGroup group, int cells)
{
	const PsCvssTable *table = ps_cvss_table(version);
	RowPlan plan = {WRITE_NAMES, 0, 0};

	for (int writing = WRITE_NAMES; writing <= WRITE_LETTERS; writing++) {
		int values = 0, name = 0;
		for (int i = 0; i < table->n_metrics; i++) {
			if (table->metrics[i].group != group)
				continue;
			values = MAX(values, values_cells(&table->metrics[i], (Writing)writing));
			name = MAX(name, ps_text_cells(_(table->metrics[i].name)));
		}
		int room = cells - PREFIX_CELLS - 1 - values;
		plan.writing = (Writing)writing;
		plan.name_cells = CLAMP(room, 0, name);
		/* Cut names are fine as long as they can be told. */
		if (room >= name || (writing > WRITE_NAMES && room >= MIN(name, 24)))
			break;
	}
	plan.values_col = PREFIX_CELLS + plan.name_cells + 1;
	return plan;
}

static void
draw_values(PsView view, int row, int col, const PsCvss *cvss, int metric, Writing writing)
{
	const PsCvssMetric *data = &ps_cvss_table(cvss->version)->metrics[metric];
	int chosen = ps_scoring_value(cvss, metric);
	gboolean given = ps_cvss_get(cvss, metric) != PS_CVSS_UNSET;

	for (int i = 0; i < data->n_values; i++) {
		const char *text = value_text(data, i, writing);
		PsStyle style = i != chosen ? (chosen < 0 ? PS_ROLE_NORMAL : PS_ROLE_DIM)
				: given     ? PS_ROLE_CHIP
					    : PS_ROLE_NORMAL;
		col = ps_view_format(view, row, col, style, i == chosen ? "[%s]" : " %s ", text);
	}
	if (writing == WRITE_LETTERS && given)
		ps_view_text(view, row, col + 1, PS_ROLE_NORMAL, _(data->values[chosen].name));
}

static void
draw_metric(PsScoringForm *form, PsView view, int row, int metric, gboolean selected,
	    const RowPlan *plan)
{
	const PsCvss *cvss = ps_scoring_form_cvss(form);
	const PsCvssMetric *data = ps_scoring_metric(form, metric);
	gboolean missing =
		data->group == PS_CVSS_BASE && ps_cvss_get(cvss, metric) == PS_CVSS_UNSET;
	PsStyle label = selected ? PS_ROLE_SELECTED : PS_ROLE_NORMAL;

	ps_view_field(view, row, 0, plan->values_col - 1, label, FALSE, selected ? "›" : "");
	if (missing)
		ps_view_text(view, row, 1, selected ? label : PS_ROLE_WARN, "?");
	else if (ps_scoring_note_of(form, metric))
		ps_view_text(view, row, 1, selected ? label : PS_ROLE_LABEL, "*");
	ps_view_field(view, row, 2, 3, selected ? label : PS_ROLE_KEY, FALSE, data->key);
	ps_view_field(view, row, PREFIX_CELLS, plan->name_cells, label, FALSE, _(data->name));
	draw_values(view, row, plan->values_col, cvss, metric, plan->writing);
}

/* What a folded group holds, as the vector has it: "E:P RL:O". */
static char *
group_summary(const PsCvss *cvss, PsCvssGroup group)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	GString *text = g_string_new(NULL);

	for (int i = 0; i < table->n_metrics; i++) {
		const PsCvssMetric *metric = &table->metrics[i];
		int value = ps_cvss_get(cvss, i);
		if (metric->group == group && value != PS_CVSS_UNSET)
			g_string_append_printf(text, "%s%s:%s", text->len ? " " : "", metric->key,
					       metric->values[value].key);
	}
	return g_string_free(text, FALSE);
}

static void
draw_head(PsScoringForm *form, PsView view, int row, PsCvssGroup group, gboolean selected)
{
	const PsCvss *cvss = ps_scoring_form_cvss(form);
	gboolean open = ps_scoring_is_open(form, group);
	PsStyle style = selected ? PS_ROLE_SELECTED : PS_ROLE_HEADING;
	int col = ps_view_format(view, row, 0, style, "%s%s %s ", selected ? "›" : " ",
				 open ? "▾" : "▸", _(ps_cvss_group_name(form->version, group)));

	if (open)
		return;
	g_autofree char *summary = group_summary(cvss, group);
	g_autofree char *fit =
		ps_text_fit(*summary ? summary : _("not judged"), MAX(view.area.cols - col - 2, 0));
	ps_view_text(view, row, col + 1, PS_ROLE_DIM, fit);
}

void
ps_scoring_form_draw(PsWidget *widget, PsView view)
{
	PsScoringForm *form = (PsScoringForm *)widget;
	int rows[PS_SCORING_ROWS];
	RowPlan plans[PS_CVSS_GROUPS];

	form->rows = view.area.rows;
	int count = ps_scoring_rows(form, rows), selected = ps_scoring_cursor(form, rows, count);
	for (int group = 0; group < PS_CVSS_GROUPS; group++)
		plans[group] = plan_group(form->version, (PsCvssGroup)group, view.area.cols);
	form->first = ps_layout_scroll(form->first, selected, count, MAX(form->rows, 1));
	for (int row = 0; row < form->rows && form->first + row < count; row++) {
		int index = (int)form->first + row, what = rows[index];
		if (what < 0)
			draw_head(form, view, row, PS_SCORING_GROUP(what), index == selected);
		else
			draw_metric(form, view, row, what, index == selected,
				    &plans[ps_scoring_metric(form, what)->group]);
		if (index == selected)
			ps_view_cursor(view, row, 0, FALSE);
	}
}

/* ---- the meaning of a row ---- */

static int
draw_value_meaning(PsView view, int row, const PsCvssValue *value, gboolean chosen)
{
	PsView rest = ps_view_below(view, row);
	int indent = 3;

	ps_view_format(rest, 0, 0, chosen ? PS_ROLE_CHIP : PS_ROLE_KEY, chosen ? "[%c]" : " %c ",
		       *value->key);
	g_autofree char *text = g_strdup_printf("%s: %s", _(value->name), _(value->meaning));
	PsView beside = ps_view_part(rest, (PsRect){0, indent + 1, rest.area.rows,
						    rest.area.cols - indent - 1});
	return row + ps_view_wrapped(beside, 0, chosen ? PS_ROLE_NORMAL : PS_ROLE_DIM, text);
}

static const char *
group_help(PsCvssGroup group)
{
	static const char *const texts[PS_CVSS_GROUPS] = {
		[PS_CVSS_BASE] = N_("What the flaw is, whoever uses the product and whenever. "
				    "Every row needs a value."),
		[PS_CVSS_TEMPORAL] = N_("What changes as time passes: how far exploits have come."),
		[PS_CVSS_ENVIRONMENTAL] =
			N_("What differs in one user's surroundings. A manufacturer mostly leaves "
			   "it to the user."),
		[PS_CVSS_SUPPLEMENTAL] =
			N_("Further facts for those who respond. They never change the score."),
	};

	return _(texts[group]);
}

static int
draw_all_values(const PsCvssMetric *metric, int chosen, PsView view, int row)
{
	for (int i = 0; i < metric->n_values; i++)
		row = draw_value_meaning(view, row, &metric->values[i], i == chosen);
	return row;
}

static int
draw_note(const PsScoringForm *form, int metric, PsView view)
{
	const char *note = ps_scoring_note_of(form, metric);

	if (!note)
		return 0;
	g_autofree char *text = g_strdup_printf(_("Because: %s"), note);
	return ps_view_wrapped(view, 0, PS_ROLE_VALUE, text);
}

int
ps_scoring_form_draw_meaning(PsScoringForm *form, PsView view)
{
	int cursor = ps_scoring_row(form);

	if (cursor < 0) {
		ps_view_rule(view, 0, PS_ROLE_BORDER, NULL);
		return 1 + ps_view_wrapped(ps_view_below(view, 1), 0, PS_ROLE_NORMAL,
					   group_help(PS_SCORING_GROUP(cursor)));
	}
	const PsCvssMetric *metric = ps_scoring_metric(form, cursor);
	int chosen = ps_scoring_value(ps_scoring_form_cvss(form), cursor);
	PsView measure = view;
	measure.area.rows = 0;
	ps_view_rule(view, 0, PS_ROLE_LABEL, _(metric->help));
	int row = 1 + draw_note(form, cursor, ps_view_below(view, 1));
	if (draw_all_values(metric, chosen, measure, row) <= view.area.rows)
		return draw_all_values(metric, chosen, view, row);
	if (chosen >= 0)
		return draw_value_meaning(view, row, &metric->values[chosen], TRUE);
	return row + ps_view_wrapped(ps_view_below(view, row), 0, PS_ROLE_WARN,
				     _("Not chosen yet: Right takes the first value, a capital "
				       "letter picks one."));
}
