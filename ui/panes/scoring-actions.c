#include "config.h"

/* What can be done in the scoring pane. */

#include "ui/panes/scoring-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/ask.h"
#include "ui/clipboard.h"
#include "ui/panes/case-common.h"

/* ---- vectors as text ---- */

/* The vector in a text that may hold more: "CVSS:3.1/… (9.8)". */
static char *
find_vector(const char *text)
{
	const char *start = strstr(text, "CVSS:");
	g_autofree char *safe = ps_safe_text(start ? start : text, -1, PS_SAFE_LINE);

	g_strstrip(safe);
	safe[strcspn(safe, " ,;\"'<>")] = '\0';
	/* Version 2 is written in brackets. */
	const char *vector = *safe == '(' ? safe + 1 : safe;
	return g_strndup(vector, strcspn(vector, "()"));
}

/* Of a release's vector only the environmental metrics are taken. */
static gboolean
keep_vulnerability(PsScoring *self, PsCvss *cvss, GError **error)
{
	const PsCvss *shown = ps_scoring_form_cvss(self->form);
	const PsCvssTable *table = ps_cvss_table(shown->version);

	if (cvss->version != shown->version) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The release is scored with CVSS %s here, the vector is of %s."),
			    table->name, ps_cvss_table(cvss->version)->name);
		return FALSE;
	}
	for (int i = 0; i < table->n_metrics; i++)
		if (table->metrics[i].group != PS_CVSS_ENVIRONMENTAL)
			ps_cvss_set(cvss, i, ps_cvss_get(shown, i));
	return TRUE;
}

gboolean
ps_scoring_take_vector(PsScoring *self, const char *text, GError **error)
{
	g_autofree char *vector = find_vector(text);
	PsCvss cvss;
	PsCvssProblem problem;

	if (!ps_cvss_parse(vector, strlen(vector), PS_CVSS_PARTIAL, &cvss, &problem)) {
		g_autofree char *sentence = ps_cvss_problem_text(&problem, vector);
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, sentence);
		return FALSE;
	}
	if (self->release && !keep_vulnerability(self, &cvss, error))
		return FALSE;
	ps_scoring_form_set(self->form, &cvss);
	return TRUE;
}

static void
vector_typed(gpointer user, const char *text)
{
	PsScoring *self = user;

	if (ps_scoring_take_vector(self, text, NULL))
		ps_app_redraw(self->pane.app);
}

static gboolean
vector_check(gpointer user, const char *text, GError **error)
{
	return ps_scoring_take_vector(user, text, error);
}

static PsChanged
type_vector(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	PsCvss before = *ps_scoring_form_cvss(self->form);
	char vector[PS_CVSS_VECTOR_MAX];

	if (argument) {
		ps_scoring_take_vector(self, argument, error);
		return PS_CHANGED_VIEW;
	}
	ps_cvss_format(&before, vector);
	PsAskLine ask = {.label = _("Vector"),
			 .initial = vector,
			 .begun = ps_cvss_missing(&before, 0) >= 0,
			 .history = "vector",
			 .changed = vector_typed,
			 .check = vector_check,
			 .user = self};
	g_autofree char *text = ps_ask_line(app, &ask);
	if (!text)
		ps_scoring_form_set(self->form, &before);
	return PS_CHANGED_VIEW;
}

/* ---- values ---- */

static const char *
refuse_head(PsApp *app, PsPane *pane)
{
	(void)app;
	return ps_scoring_form_metric(((PsScoring *)pane)->form) < 0
		       ? _("This is the head of a group: Space folds it.")
		       : NULL;
}

static const char *
refuse_change(PsApp *app, PsPane *pane)
{
	return !ps_scoring_form_may_change(((PsScoring *)pane)->form)
		       ? _("The score of a release differs in environmental metrics only: change "
			   "this one in the score of the vulnerability.")
		       : refuse_head(app, pane);
}

static PsChanged
pick(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	gunichar letter = argument ? g_utf8_get_char(argument) : app->last_key;
	int metric = ps_scoring_form_metric(self->form);

	if (ps_scoring_form_pick(self->form, letter))
		return PS_CHANGED_VIEW;
	const PsCvssTable *table = ps_cvss_table(ps_scoring_form_version(self->form));
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("%s (%s) has no value “%c”."),
		    _(table->metrics[metric].name), table->metrics[metric].key,
		    (char)(letter & 0x7F));
	return PS_CHANGED_NOTHING;
}

static PsChanged
unset(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_scoring_form_unset(((PsScoring *)pane)->form);
	return PS_CHANGED_VIEW;
}

static PsChanged
clear(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_scoring_form_clear(((PsScoring *)pane)->form);
	return PS_CHANGED_VIEW;
}

static PsChanged
to_missing(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	(void)error;
	if (!ps_widget_move(pane->widget, PS_MOVE_NEXT))
		ps_app_say(app, PS_SAY_NOTE, _("Every base metric has a value."));
	return PS_CHANGED_VIEW;
}

static PsChanged
revert(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;

	(void)argument;
	(void)error;
	ps_scoring_take(self, ps_scoring_form_version(self->form));
	ps_app_say(app, PS_SAY_NOTE, _("The form shows what is saved."));
	return PS_CHANGED_VIEW;
}

static PsChanged
next_version(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	PsCvssVersion version =
		ps_scoring_form_version(self->form) == PS_CVSS_4_0 ? PS_CVSS_3_1 : PS_CVSS_4_0;

	(void)app;
	if (argument && !ps_cvss_version_find(argument, &version)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no version of CVSS: 2.0, 3.0, 3.1 or 4.0."), argument);
		return PS_CHANGED_NOTHING;
	}
	if (self->release && !ps_scoring_base(self, version)) {
		ps_scoring_refuse_release(version, error);
		return PS_CHANGED_NOTHING;
	}
	ps_scoring_form_set_version(self->form, version);
	return PS_CHANGED_VIEW;
}

/* ---- other scores ---- */

static const char *
refuse_single(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsScoring *)pane)->vulnerabilities->len < 2
		       ? _("The case has one vulnerability: the score is its.")
		       : NULL;
}

static const char *
refuse_no_scores(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsScoring *)pane)->scores->len == 0 ? _("The case has no scores yet.") : NULL;
}

/* Another score's values into the form: to compare, or to start from. */
static PsChanged
load_score(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	guint count = self->scores->len;
	g_autofree PsOption *options = g_new0(PsOption, count);
	g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);

	(void)argument;
	for (guint i = 0; i < count; i++) {
		const PsRecord *score = g_ptr_array_index(self->scores, i);
		g_ptr_array_add(labels, g_strdup_printf("%s %s %s %s", ps_score_source(score),
							ps_shown_text(score, "version"),
							ps_shown_text(score, "score"),
							ps_shown_text(score, "severity")));
		options[i] = (PsOption){ps_record_id(score), g_ptr_array_index(labels, i),
					ps_shown_text(score, "vector"), NULL};
	}
	PsAskChoice ask = {.title = _("Take the values of"),
			   .options = options,
			   .n_options = count};
	g_autofree char *id = ps_ask_choice(app, &ask);
	const PsRecord *score = ps_record_with_id(self->scores, id);
	if (!score || !ps_scoring_take_vector(self, ps_shown_text(score, "vector"), error))
		return PS_CHANGED_NOTHING;
	return PS_CHANGED_VIEW;
}

static PsChanged
edit_reason(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	PsCvssVersion version = ps_scoring_form_version(self->form);

	if (argument) {
		g_free(self->reasons[version]);
		self->reasons[version] = g_strdup(argument);
		return PS_CHANGED_VIEW;
	}
	return ps_pane_edit(app, &self->reasons[version], error) ? PS_CHANGED_VIEW
								 : PS_CHANGED_NOTHING;
}

static PsChanged
compare_scores(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	PsCvssVersion version = ps_scoring_form_version(self->form);
	g_autofree char *what = g_strjoin(" ", self->case_id, ps_cvss_table(version)->name,
					  self->vulnerability ? self->vulnerability : NULL, NULL);

	(void)argument;
	ps_app_open(app, "compare", what, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
copy_vector(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	const PsCvss *cvss = ps_scoring_form_cvss(self->form);
	char vector[PS_CVSS_VECTOR_MAX];

	(void)argument;
	ps_cvss_format(cvss, vector);
	g_autofree char *name = g_strdup_printf("cvss-%s.txt", ps_cvss_table(cvss->version)->name);
	ps_copy_out(app, _("The vector"), vector, name, error);
	return PS_CHANGED_VIEW;
}

/* ---- saving and leaving ---- */

static PsChanged
saved(PsApp *app, PsScoring *self)
{
	PsCvssScores scores;
	char tenths[PS_CVSS_TENTHS_MAX];
	const PsCvss *cvss = ps_scoring_form_cvss(self->form);

	ps_cvss_score(cvss, &scores);
	ps_app_say(app, PS_SAY_GOOD, _("Saved: %s %s (CVSS %s, %s)."),
		   ps_cvss_tenths(scores.overall, tenths), scores.severity,
		   ps_cvss_table(cvss->version)->name, self->source);
	return PS_CHANGED_DATA;
}

/* Somebody else saved another vector since the form was filled: both are shown. */
static PsChanged
solve_conflict(PsApp *app, PsScoring *self, const GError *conflict, GError **error)
{
	g_autofree char *question =
		g_strdup_printf(_("%s m: save mine. t: take theirs."), conflict->message);
	int answer = ps_ask_key(app, question, "mt");

	if (answer == 0 && ps_scoring_save(self, TRUE, error))
		return saved(app, self);
	if (answer == 1) {
		ps_scoring_read(self);
		ps_scoring_take(self, ps_scoring_form_version(self->form));
	}
	return PS_CHANGED_VIEW;
}

static PsChanged
save(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	g_autoptr(GError) problem = NULL;

	(void)argument;
	if (!ps_scoring_is_changed(self)) {
		ps_app_say(app, PS_SAY_NOTE, _("Nothing is changed."));
		return PS_CHANGED_NOTHING;
	}
	if (ps_scoring_save(self, FALSE, &problem))
		return saved(app, self);
	if (g_error_matches(problem, PS_ERROR, PS_ERROR_CONFLICT))
		return solve_conflict(app, self, problem, error);
	g_propagate_error(error, g_steal_pointer(&problem));
	return PS_CHANGED_VIEW;
}

/* The version that has changes: the one that is shown first of all. */
static gboolean
any_changed(PsScoring *self)
{
	PsCvssVersion open = ps_scoring_form_version(self->form);

	if (ps_scoring_is_changed(self))
		return TRUE;
	for (int v = 0; v < PS_CVSS_VERSIONS; v++) {
		ps_scoring_form_set_version(self->form, (PsCvssVersion)v);
		if (ps_scoring_is_changed(self))
			return TRUE;
	}
	ps_scoring_form_set_version(self->form, open);
	return FALSE;
}

static PsChanged
back(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;

	while (any_changed(self)) {
		g_autofree char *question = g_strdup_printf(
			_("The CVSS %s score is not saved. s: save it. d: drop the change."),
			ps_cvss_table(ps_scoring_form_version(self->form))->name);
		int answer = app->readonly ? 1 : ps_ask_key(app, question, "sd");
		if (answer < 0 ||
		    (answer == 0 && !(save(app, pane, NULL, error) & PS_CHANGED_DATA)))
			return PS_CHANGED_VIEW;
		if (answer == 1)
			ps_scoring_take(self, ps_scoring_form_version(self->form));
	}
	(void)argument;
	ps_app_back(app);
	return PS_CHANGED_DATA;
}

/* ---- the table ---- */

/* Letters of values are capitals, so that small letters stay free for actions. */
#define VALUE_KEYS "A C D F G H I L M N O P R S T U W X Y"

const PsAction ps_scoring_actions[PS_SCORING_ACTIONS] = {
	{"case.score", N_("Save the score in the case"), N_("save"), "s",
	 PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, save},
	{"scoring.vector", N_("Type a vector (or paste one at any time)"), N_("vector"), "e", 0,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, type_vector},
	{"scoring.version", N_("Change between CVSS 3.1 and 4.0"), N_("3.1/4.0"), "v", 0,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, next_version},
	{"scoring.pick", N_("Pick the value with this letter, and go to the next row"), N_("value"),
	 VALUE_KEYS, 0, PS_ACTION_ARGUMENT, refuse_change, pick},
	{"scoring.unset", N_("Take the row's value back"), NULL, "x Delete Backspace", 0, 0,
	 refuse_change, unset},
	{"scoring.because", N_("Write why the metric of the row has its value"), N_("because"), "b",
	 PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_ARGUMENT | PS_ACTION_STEADY, refuse_head,
	 ps_scoring_because},
	{"scoring.reason", N_("Write why the score is as it is, as a whole"), N_("reason"), "r",
	 PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, edit_reason},
	{"scoring.compare", N_("Compare the scores of several sources"), N_("compare"), "c", 0,
	 PS_ACTION_HINT, refuse_no_scores, compare_scores},
	{"scoring.copy", N_("Copy the vector out of the workstation"), N_("copy"), "y", 0,
	 PS_ACTION_HINT, NULL, copy_vector},
	{"scoring.release", N_("Choose the release whose surroundings are scored"), N_("release"),
	 "p", 0, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, ps_scoring_choose_release},
	{"scoring.source", N_("Choose whose score it is"), N_("source"), "o", 0,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, ps_scoring_choose_source},
	{"scoring.load", N_("Take the values of a score of the case"), N_("take"), "t", 0,
	 PS_ACTION_HINT, refuse_no_scores, load_score},
	{"scoring.vulnerability", N_("Choose the vulnerability that is scored"), N_("which"), "w",
	 0, PS_ACTION_HINT, refuse_single, ps_scoring_choose_vulnerability},
	{"scoring.missing", N_("To the next base metric without a value"), NULL, "n", 0, 0, NULL,
	 to_missing},
	{"scoring.clear", N_("Take every value back"), NULL, "Ctrl-U", 0, 0, NULL, clear},
	{"scoring.revert", N_("Show again what is saved"), NULL, "Ctrl-R", 0, 0, NULL, revert},
	{"scoring.back", N_("Back; asks where something is not saved"), N_("back"), "q Esc", 0, 0,
	 NULL, back},
};
