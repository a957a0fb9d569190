#include "config.h"

/* What a vector gives: score, severity, bar, parts, and the vector itself. */

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/panes/scoring-form.h"

#define BAR_CELLS 20
#define VECTOR_ROWS 3
/* With fewer rows the parts are cut rather than moved below the score. */
#define ROWS_FOR_PARTS 18

/* A bar needs a role whose foreground is the colour. */
static PsStyle
bar_role(PsStyle severity)
{
	return severity == PS_ROLE_SEVERITY_CRITICAL ? PS_ROLE_BAD : severity;
}

static int
draw_bar(PsView view, int col, int tenths, PsStyle role)
{
	int full = (tenths * BAR_CELLS + 50) / 100;
	g_autoptr(GString) bar = g_string_new(NULL), rest = g_string_new(NULL);

	for (int i = 0; i < BAR_CELLS; i++)
		g_string_append(i < full ? bar : rest, i < full ? "█" : "░");
	col = ps_view_text(view, 0, col, bar_role(role), bar->str);
	return ps_view_text(view, 0, col, PS_ROLE_DIM, rest->str);
}

static void
add_part(GString *text, const char *label, int tenths)
{
	char number[PS_CVSS_TENTHS_MAX];

	if (tenths >= 0)
		g_string_append_printf(text, "%s%s %s", text->len ? "  " : "", label,
				       ps_cvss_tenths(tenths, number));
}

/* 4.0: which groups count, and what they count without the others. */
static void
add_parts_4(GString *text, const PsCvss *cvss, const PsCvssScores *scores)
{
	g_string_append_printf(text, _("%s  macrovector %06d"), scores->nomenclature,
			       scores->macrovector);
	gboolean threat = ps_cvss_has_group(cvss, PS_CVSS_TEMPORAL);
	gboolean environment = ps_cvss_has_group(cvss, PS_CVSS_ENVIRONMENTAL);
	if (threat || environment)
		add_part(text, "B", scores->base);
	if (threat && environment)
		add_part(text, "BT", scores->temporal);
}

/* The parts of the score that tell more than the whole does. */
static char *
parts_text(const PsCvss *cvss, const PsCvssScores *scores)
{
	GString *text = g_string_new(NULL);
	gboolean environment = ps_cvss_has_group(cvss, PS_CVSS_ENVIRONMENTAL);

	if (cvss->version == PS_CVSS_4_0) {
		add_parts_4(text, cvss, scores);
		return g_string_free(text, FALSE);
	}
	add_part(text, _("base"), scores->base);
	if (ps_cvss_has_group(cvss, PS_CVSS_TEMPORAL))
		add_part(text, _("temporal"), scores->temporal);
	if (environment)
		add_part(text, _("environmental"), scores->environmental);
	add_part(text, _("impact"), scores->impact);
	if (environment)
		add_part(text, _("modified"), scores->modified_impact);
	add_part(text, _("exploitability"), scores->exploitability);
	return g_string_free(text, FALSE);
}

/* Beside the bar, or below it where there is no room. Returns the rows that it took. */
static int
draw_complete(PsView view, const PsCvss *cvss, const PsCvssScores *scores)
{
	char tenths[PS_CVSS_TENTHS_MAX];
	PsStyle role = ps_role_of_severity(scores->severity);
	g_autofree char *parts = parts_text(cvss, scores);
	int col = ps_view_format(view, 0, 1, role, " %4s %s ",
				 ps_cvss_tenths(scores->overall, tenths), scores->severity);

	col = draw_bar(view, MAX(col + 1, 17), scores->overall, role);
	int room = view.area.cols - col - 2;
	gboolean beside = view.area.rows < ROWS_FOR_PARTS || ps_text_cells(parts) <= room;
	g_autofree char *fit = ps_text_fit(parts, MAX(beside ? room : view.area.cols - 3, 0));
	ps_view_text(view, beside ? 0 : 1, beside ? col + 2 : 2, PS_ROLE_NORMAL, fit);
	return beside ? 1 : 2;
}

/* "AC, PR and 5 more" is no help: all keys are short enough to be named. */
static void
draw_partial(PsView view, const PsCvss *cvss)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	g_autoptr(GString) keys = g_string_new(NULL);

	for (int i = ps_cvss_missing(cvss, 0); i >= 0; i = ps_cvss_missing(cvss, i + 1))
		g_string_append_printf(keys, "%s%s", keys->len ? " " : "", table->metrics[i].key);
	int col = ps_view_format(view, 0, 1, PS_ROLE_STRONG, "  –.– ");
	ps_view_format(view, 0, col + 1, PS_ROLE_WARN, _("No score yet, missing: %s"), keys->str);
}

static int
draw_vector(PsView view, const PsCvss *cvss)
{
	char text[PS_CVSS_VECTOR_MAX];
	PsView inside =
		ps_view_part(view, (PsRect){0, 2, view.area.rows, MAX(view.area.cols - 3, 1)});

	ps_cvss_format(cvss, text);
	/* A vector has no blanks to wrap at: cut behind a slash. */
	int row = 0;
	for (const char *at = text; *at && row < VECTOR_ROWS; row++) {
		gsize length = strlen(at), cut = MIN(length, (gsize)inside.area.cols);
		while (cut < length && cut > 1 && at[cut - 1] != '/')
			cut--;
		g_autofree char *line = g_strndup(at, cut);
		ps_view_text(inside, row, 0, PS_ROLE_VALUE, line);
		at += cut;
	}
	return row;
}

int
ps_scoring_draw_result(PsView view, const PsCvss *cvss)
{
	PsCvssScores scores;
	int rows = 1;

	if (ps_cvss_score(cvss, &scores))
		rows = draw_complete(view, cvss, &scores);
	else
		draw_partial(view, cvss);
	return rows + MAX(draw_vector(ps_view_below(view, rows), cvss), 1);
}
