#include "config.h"

/* PsScoring a case: the form of its vector, with what was scored before beside it. */

#include "base/i18n.h"
#include "base/safe-text.h"
#include "registry/own-product.h"
#include "ui/panes/case-common.h"
#include "ui/panes/record-text.h"
#include "ui/panes/scoring-pane.h"

/* From this width on the meaning stands beside the form. */
#define WIDE_CELLS 112
#define FORM_CELLS 84

/* ---- life ---- */

static const char *
reason_of(gpointer user, const char *metric)
{
	const PsScoring *self = user;
	GHashTable *reasons = self->metric_reasons[ps_scoring_form_version(self->form)];

	return reasons ? g_hash_table_lookup(reasons, metric) : NULL;
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;

	self->form = ps_scoring_form_new(PS_CVSS_3_1);
	pane->widget = ps_scoring_form_widget(self->form);
	self->source = "ours";
	ps_scoring_form_set_note(self->form, reason_of, self);
	self->case_id = ps_pane_case(pane, argument, error);
	if (!self->case_id)
		return FALSE;
	ps_scoring_read(self);
	/* The newest version that is scored already, or the one that everybody asks for. */
	if (ps_scoring_saved(self, PS_CVSS_4_0))
		ps_scoring_form_set_version(self->form, PS_CVSS_4_0);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	PsScoring *self = (PsScoring *)pane;

	ps_scoring_clear(self);
	g_clear_pointer(&self->scores, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	g_free(self->vulnerability);
	g_free(self->release);
	g_free(self->case_id);
}

static void
refresh(PsPane *pane)
{
	PsScoring *self = (PsScoring *)pane;

	ps_scoring_read(self);
	ps_scoring_take_all(self, FALSE);
}

/* ---- head line ---- */

/* The terminal goes away with a score that is not saved: the case's log keeps its vector. */
static void
leave(PsPane *pane)
{
	PsScoring *self = (PsScoring *)pane;
	PsApp *app = pane->app;

	if (!app->writer || !ps_store_is_unlocked(app->store))
		return;
	for (int v = 0; v < PS_CVSS_VERSIONS; v++) {
		ps_scoring_form_set_version(self->form, (PsCvssVersion)v);
		if (ps_scoring_is_changed(self))
			ps_scoring_note(self);
	}
}

static char *
subject(PsPane *pane)
{
	PsScoring *self = (PsScoring *)pane;
	g_autofree char *name = ps_pane_case_subject(pane, self->case_id);
	g_autofree char *label = NULL, *release = NULL;
	guint place = 0;

	if (self->release)
		release = ps_own_product_label(pane->app->store, self->release);
	if (self->vulnerability) {
		const PsRecord *record =
			ps_record_with_id(self->vulnerabilities, self->vulnerability);
		g_ptr_array_find(self->vulnerabilities, record, &place);
		label = ps_vulnerability_label(record, place);
	}
	return g_strdup_printf("%s%s%s%s%s", release ? release : "", release ? " · " : "",
			       label ? label : "", label ? " · " : "", name);
}

static char *
status(PsPane *pane)
{
	PsScoring *self = (PsScoring *)pane;
	PsCvssVersion version = ps_scoring_form_version(self->form);
	const char *state = ps_scoring_is_changed(self)       ? _("not saved")
			    : ps_scoring_saved(self, version) ? _("saved")
							      : _("not scored yet");

	return g_strdup_printf("%s · %s", self->source, state);
}

static const char *
record(PsPane *pane, const char **kind)
{
	PsScoring *self = (PsScoring *)pane;
	const PsRecord *score = ps_scoring_saved(self, ps_scoring_form_version(self->form));

	*kind = score ? "score" : "case";
	return score ? ps_record_id(score) : self->case_id;
}

/* ---- drawing ---- */

static void
draw_score(PsScoring *self, PsView view, int row, const PsRecord *score, gboolean open)
{
	const char *product = ps_own_product_of(score), *origin = ps_record_text(score, "origin");
	g_autofree char *caption =
		product ? ps_own_product_label(self->pane.app->store, product) : g_strdup(origin);
	g_autofree char *text =
		g_strdup_printf("%s%s%s", caption ? caption : "", caption ? "  " : "",
				ps_shown_text(score, "vector"));
	const char *severity = ps_shown_text(score, "severity");
	int col = ps_view_format(view, row, 0, PS_ROLE_NORMAL, "%s %-9s %-4s", open ? "›" : " ",
				 ps_score_source(score), ps_shown_text(score, "version"));

	col = ps_view_format(view, row, col + 1, ps_role_of_severity(severity), " %4s %s ",
			     ps_shown_text(score, "score"), severity);
	g_autofree char *fit = ps_text_fit(text, MAX(view.area.cols - MAX(col, 32) - 1, 0));
	ps_view_text(view, row, MAX(col, 31) + 1, PS_ROLE_DIM, fit);
}

static void
draw_scores(PsScoring *self, PsView view)
{
	const PsRecord *open = ps_scoring_saved(self, ps_scoring_form_version(self->form));
	int row = 1;

	if (view.area.rows < 3)
		return;
	ps_view_rule(view, 0, PS_ROLE_LABEL, _("Scores of this case"));
	for (guint i = 0; i < self->scores->len && row < view.area.rows; i++) {
		const PsRecord *score = g_ptr_array_index(self->scores, i);
		draw_score(self, view, row++, score, score == open);
	}
	if (self->scores->len == 0)
		row += ps_view_wrapped(ps_view_below(view, 1), 0, PS_ROLE_DIM,
				       _("None yet: choose values, or paste a vector, and save."));
	const char *reason = self->reasons[ps_scoring_form_version(self->form)];
	if (!reason || row + 3 > view.area.rows)
		return;
	ps_view_rule(view, row + 1, PS_ROLE_LABEL, _("Reason"));
	ps_view_wrapped(ps_view_below(view, row + 2), 0, PS_ROLE_NORMAL, reason);
}

static void
draw_wide(PsScoring *self, PsView view)
{
	int cols = view.area.cols, rows = view.area.rows, split = MAX(cols * 58 / 100, FORM_CELLS);
	PsView left = ps_view_part(view, (PsRect){0, 0, rows, split});
	PsView right = ps_view_part(view, (PsRect){0, split + 2, rows, cols - split - 3});
	int top = ps_scoring_draw_result(left, ps_scoring_form_cvss(self->form)) + 1;

	ps_scoring_form_rows(self->form, rows - top);
	ps_widget_draw(self->pane.widget, ps_view_below(left, top));
	int meaning = ps_scoring_form_draw_meaning(self->form, right);
	/* A fixed place for what follows, as long as the meaning leaves it. */
	draw_scores(self, ps_view_below(right, MAX(meaning + 1, MIN(16, rows / 2))));
}

static void
draw_narrow(PsScoring *self, PsView view)
{
	int rows = view.area.rows, least = rows < 14 ? 2 : 3;
	int top = ps_scoring_draw_result(view, ps_scoring_form_cvss(self->form));
	int form = ps_scoring_form_rows(self->form, MAX(rows - top - least, 1));

	ps_widget_draw(self->pane.widget,
		       ps_view_part(view, (PsRect){top, 0, form, view.area.cols}));
	PsView below = ps_view_below(view, top + form);
	PsView inside =
		ps_view_part(below, (PsRect){0, 1, MIN(below.area.rows, 8), below.area.cols - 2});
	ps_scoring_form_draw_meaning(self->form, inside);
	draw_scores(self, ps_view_below(below, 9));
}

static void
draw(PsPane *pane, PsView view)
{
	PsScoring *self = (PsScoring *)pane;

	if (view.area.cols >= WIDE_CELLS)
		draw_wide(self, view);
	else
		draw_narrow(self, view);
}

static gboolean
paste(PsPane *pane, const char *text)
{
	PsScoring *self = (PsScoring *)pane;
	g_autoptr(GError) error = NULL;

	if (ps_scoring_take_vector(self, text, &error))
		ps_app_say(pane->app, PS_SAY_GOOD, _("The form has the values of the vector."));
	else
		ps_app_error(pane->app, error);
	return TRUE;
}

const PsPaneClass ps_scoring_pane = {
	.name = "scoring",
	.title = N_("Scoring"),
	.size = sizeof(PsScoring),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.leave = leave,
	.draw = draw,
	.paste = paste,
	.subject = subject,
	.status = status,
	.record = record,
	.actions = ps_scoring_actions,
	.n_actions = G_N_ELEMENTS(ps_scoring_actions),
};
