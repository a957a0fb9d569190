#include "config.h"

/* The walk on the screen: the path, the question with its values or the decision, earlier walks. */

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "cases/ssvc.h"
#include "ui/panes/case-common.h"
#include "ui/panes/ssvc-pane.h"

#define NAME_CELLS 24
/* Steps of a walk that can be listed. */
#define PS_SSVC_STEPS 64

/* ---- the path ---- */

/* The table's own points; parts once they are asked or have a value that counts. */
static gboolean
is_shown(const PsSsvcPane *self, int step)
{
	const PsSsvcStep *at = ps_ssvc_step(self->walk, step);

	if (at->parent < 0)
		return TRUE;
	if (ps_ssvc_step(self->walk, at->parent)->chosen >= 0)
		return FALSE;
	if (ps_ssvc_step_value(self->walk, step) >= 0 || step == self->at)
		return TRUE;
	/* A sibling of the part that is asked. */
	return self->at >= 0 && ps_ssvc_step(self->walk, self->at)->parent == at->parent;
}

static void
draw_step(const PsSsvcPane *self, PsView view, int row, int step)
{
	const PsSsvcStep *at = ps_ssvc_step(self->walk, step);
	int value = ps_ssvc_step_value(self->walk, step), indent = 2 + 2 * at->depth;
	gboolean asked = step == self->at;
	const char *reason = g_hash_table_lookup(self->reasons, at->point->key);

	if (asked)
		ps_view_text(view, row, 0, PS_ROLE_STRONG, "›");
	int col = ps_view_field(view, row, indent, 5, PS_ROLE_KEY, FALSE, at->point->key);
	ps_view_field(view, row, col, NAME_CELLS, asked ? PS_ROLE_STRONG : PS_ROLE_NORMAL, FALSE,
		      at->point->name);
	col = 2 + 5 + NAME_CELLS + 2;
	if (value >= 0) {
		col = ps_view_format(view, row, col, PS_ROLE_CHIP, "[%s]",
				     ps_ssvc_value(at->point, value)->name);
		if (at->chosen < 0)
			col = ps_view_text(view, row, col + 1, PS_ROLE_DIM, _("from its parts"));
	} else {
		col = ps_view_text(view, row, col, PS_ROLE_DIM, asked ? _("asked now") : "…");
	}
	if (!reason || view.area.cols - col < 10)
		return;
	g_autofree char *text = g_strdup_printf(_("because %s"), reason);
	g_autofree char *fit = ps_text_fit(text, view.area.cols - col - 2);
	ps_view_text(view, row, col + 2, PS_ROLE_VALUE, fit);
}

/* As many steps as have room, those around the one that is asked. */
static int
draw_path(const PsSsvcPane *self, PsView view, int row, int room)
{
	int shown[PS_SSVC_STEPS], count = 0, asked = 0;

	for (int i = 0; i < (int)self->walk->steps->len && count < PS_SSVC_STEPS; i++) {
		if (!is_shown(self, i))
			continue;
		if (i == self->at)
			asked = count;
		shown[count++] = i;
	}
	room = CLAMP(room, 1, count);
	int first = CLAMP(asked - room + 2, 0, count - room);
	if (asked < first)
		first = asked;
	for (int i = first; i < first + room; i++)
		draw_step(self, view, row++, shown[i]);
	return row;
}

/* ---- outcomes ---- */

static int
draw_head(const PsSsvcPane *self, PsView view)
{
	const PsSsvcTable *table = self->walk->table;
	guint32 outcomes;
	gsize rows;
	int count = ps_ssvc_possible(self->walk, &outcomes, &rows);
	g_autoptr(GString) names = g_string_new(NULL);

	for (guint i = 0; i < table->outcome->values->len; i++)
		if ((outcomes >> i) & 1)
			g_string_append_printf(names, "%s%s", names->len ? ", " : "",
					       ps_ssvc_value(table->outcome, (int)i)->name);
	ps_view_format(view, 0, 1, PS_ROLE_HEADING, "%s %s", table->name, table->version);
	if (self->at < 0)
		return 1;
	g_autofree char *text =
		g_strdup_printf(ngettext("%d outcome remains (%zu of %zu rows): %s",
					 "%d outcomes remain (%zu of %zu rows): %s", (gulong)count),
				count, rows, table->n_rows, names->str);
	g_autofree char *fit = ps_text_fit(text, view.area.cols - 2);
	ps_view_text(view, 1, 1, PS_ROLE_LABEL, fit);
	return 2;
}

static int
draw_decision(const PsSsvcPane *self, PsView view, int row)
{
	const PsSsvcPoint *outcome = self->walk->table->outcome;
	const PsSsvcValue *value = ps_ssvc_value(outcome, ps_ssvc_decision(self->walk));

	ps_view_rule(view, row, PS_ROLE_LABEL, _("Decision"));
	ps_view_format(view, row + 1, 1, PS_ROLE_CHIP, " %s ", value->name);
	ps_view_cursor(view, row + 1, 0, FALSE);
	row += 2;
	PsView below = ps_view_below(view, row);
	PsView inside = ps_view_part(below, (PsRect){0, 1, below.area.rows, below.area.cols - 2});
	if (value->meaning)
		row += ps_view_wrapped(inside, 0, PS_ROLE_NORMAL, value->meaning);
	if (self->reason) {
		g_autofree char *text = g_strdup_printf(_("Because %s"), self->reason);
		row += ps_view_wrapped(ps_view_below(inside, row), 0, PS_ROLE_VALUE, text);
	}
	ps_view_text(view, row, 1, PS_ROLE_DIM,
		     self->saved ? _("It is saved in the case. n begins a new walk.")
				 : _("s saves it in the case with the version of the table."));
	return row + 1;
}

/* ---- the question ---- */

/* `brief`: without what the value means. */
static int
draw_value(PsView view, int row, const PsSsvcValue *value, gboolean selected, gboolean brief)
{
	g_autofree char *key = g_strdup_printf("%s%-3s", selected ? "›" : " ", value->key);
	g_autofree char *text = brief || !value->meaning
					? g_strdup(value->name)
					: g_strdup_printf("%s: %s", value->name, value->meaning);
	PsView rest = ps_view_below(view, row);
	PsView beside = ps_view_part(rest, (PsRect){0, 5, rest.area.rows, rest.area.cols - 6});

	ps_view_text(view, row, 0, selected ? PS_ROLE_SELECTED : PS_ROLE_KEY, key);
	if (selected)
		ps_view_cursor(view, row, 0, FALSE);
	return row + ps_view_wrapped(beside, 0, selected ? PS_ROLE_STRONG : PS_ROLE_NORMAL, text);
}

/* `brief`: only the value under the cursor says what it means. Returns the row behind, also where
 * the view ends before. */
static int
draw_question(const PsSsvcPane *self, PsView view, int row, gboolean brief)
{
	const PsSsvcStep *step = ps_ssvc_step(self->walk, self->at);
	const PsSsvcPoint *point = step->point;

	ps_view_rule(view, row++, PS_ROLE_LABEL, point->name);
	PsView below = ps_view_below(view, row);
	PsView inside = ps_view_part(below, (PsRect){0, 1, below.area.rows, below.area.cols - 2});
	if (point->question)
		row += ps_view_wrapped(inside, 0, PS_ROLE_NORMAL, point->question);
	for (int i = 0; i < (int)point->values->len; i++)
		row = draw_value(view, row, ps_ssvc_value(point, i), i == self->value,
				 brief && i != self->value);
	if (self->why)
		ps_view_format(view, row++, 1, PS_ROLE_VALUE, _("Suggested: %s, since %s."),
			       ps_ssvc_value(point, self->suggested)->name, self->why);
	if (step->part)
		ps_view_format(view, row++, 1, PS_ROLE_DIM, _("p asks for its parts instead: %s."),
			       step->part->name);
	return row;
}

/* Rows of the question, drawn nowhere. */
static int
question_rows(const PsSsvcPane *self, PsView view, gboolean brief)
{
	view.area.rows = 0;
	return draw_question(self, view, 0, brief);
}

/* ---- earlier walks ---- */

static void
draw_earlier(const PsSsvcPane *self, PsView view, int row)
{
	if (self->earlier->len == 0 || row + 2 > view.area.rows)
		return;
	ps_view_rule(view, row++, PS_ROLE_LABEL, _("Earlier walks"));
	for (guint i = 0; i < self->earlier->len && row < view.area.rows; i++, row++) {
		const PsRecord *record = self->earlier->pdata[i];
		g_autofree char *when = ps_utc_brief(ps_record_time(record, "decided_at"));
		g_autofree char *table = ps_ssvc_table_text(record);
		g_autofree char *text =
			g_strdup_printf("%s  (%s)", (const char *)self->labels->pdata[i], table);
		ps_view_field(view, row, 1, 12, PS_ROLE_DIM, FALSE, when);
		g_autofree char *fit = ps_text_fit(text, MAX(view.area.cols - 15, 0));
		ps_view_text(view, row, 14, PS_ROLE_NORMAL, fit);
	}
}

void
ps_ssvc_pane_draw(PsSsvcPane *self, PsView view)
{
	int head = draw_head(self, view), row;

	if (self->at >= 0) {
		int room = view.area.rows - head;
		gboolean brief = question_rows(self, view, FALSE) >= room;
		row = draw_path(self, view, head, room - question_rows(self, view, brief));
		row = draw_question(self, view, row, brief);
	} else {
		row = draw_decision(self, view,
				    draw_path(self, view, head, view.area.rows - head - 4));
	}
	draw_earlier(self, view, row + 1);
}
