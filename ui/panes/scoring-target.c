#include "config.h"

/* Whose score it is, of which vulnerability and release, and why a metric has its value. */

#include "base/i18n.h"
#include "registry/own-product.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/record-text.h"
#include "ui/panes/scoring-pane.h"

static const char *const sources[] = {"ours", "reporter", "CNA", "NVD"};

PsChanged
ps_scoring_choose_source(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	const PsOption options[] = {
		{"ours", NULL, _("our own judgement; goes into the advisory"), NULL},
		{"reporter", NULL, _("what the reporter gave"), NULL},
		{"CNA", NULL, _("from the CVE record of the numbering authority"), NULL},
		{"NVD", NULL, _("from the National Vulnerability Database"), NULL},
	};
	PsAskChoice ask = {.title = _("Who scored"),
			   .options = options,
			   .n_options = G_N_ELEMENTS(options),
			   .initial = self->source};
	g_autofree char *source = argument ? g_strdup(argument) : ps_ask_choice(app, &ask);

	if (source && self->release && ps_scoring_is_changed(self)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("The score is not saved: save it or drop the change first."));
		return PS_CHANGED_NOTHING;
	}
	for (gsize i = 0; source && i < G_N_ELEMENTS(sources); i++)
		if (g_ascii_strcasecmp(sources[i], source) == 0) {
			self->source = sources[i];
			g_clear_pointer(&self->release, g_free);
			ps_scoring_form_set_locked(self->form, FALSE);
			ps_scoring_take_source(self);
			return PS_CHANGED_VIEW;
		}
	if (source)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no source: ours, reporter, CNA or NVD."), source);
	return PS_CHANGED_NOTHING;
}

PsChanged
ps_scoring_choose_vulnerability(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	g_autofree char *id = ps_ask_vulnerability(app, self->vulnerabilities, _("Score of"),
						   self->vulnerability, FALSE);

	(void)argument;
	(void)error;
	if (!id)
		return PS_CHANGED_NOTHING;
	g_free(self->vulnerability);
	self->vulnerability = g_steal_pointer(&id);
	g_clear_pointer(&self->release, g_free);
	ps_scoring_form_set_locked(self->form, FALSE);
	ps_scoring_take_all(self, TRUE);
	return PS_CHANGED_VIEW;
}

/* ---- of one release ---- */

/* The releases and combinations that the case speaks of, each once. */
static GPtrArray *
case_releases(PsScoring *self)
{
	g_autoptr(GPtrArray) affected = ps_pane_children(&self->pane, "affected", self->case_id);
	GPtrArray *releases = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < affected->len; i++) {
		const char *id = ps_own_product_of(affected->pdata[i]);
		if (id && !g_ptr_array_find_with_equal_func(releases, id, g_str_equal, NULL))
			g_ptr_array_add(releases, g_strdup(id));
	}
	return releases;
}

/* The score that a release has of its own, with the version that is shown. */
static char *
release_detail(const PsScoring *self, const char *release)
{
	const char *version = ps_cvss_table(ps_scoring_form_version(self->form))->name;

	for (guint i = 0; i < self->scores->len; i++) {
		const PsRecord *score = self->scores->pdata[i];
		if (g_strcmp0(ps_own_product_of(score), release) == 0 &&
		    g_strcmp0(ps_record_text(score, "version"), version) == 0 &&
		    g_strcmp0(ps_score_source(score), self->source) == 0 &&
		    g_strcmp0(ps_record_text(score, "vulnerability"), self->vulnerability) == 0)
			return g_strdup_printf("%s %s", ps_shown_text(score, "score"),
					       ps_shown_text(score, "severity"));
	}
	return g_strdup(_("as the vulnerability"));
}

#define WHOLE "all"

static char *
ask_release(PsApp *app, PsScoring *self, GPtrArray *releases)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	g_autofree PsOption *options = g_new0(PsOption, releases->len + 1);

	options[0] = (PsOption){WHOLE, _("the vulnerability itself"),
				_("for every release without a score of its own"), NULL};
	for (guint i = 0; i < releases->len; i++) {
		const char *id = releases->pdata[i];
		char *label = ps_own_product_brief(app->store, id);
		char *detail = release_detail(self, id);
		g_ptr_array_add(texts, label);
		g_ptr_array_add(texts, detail);
		options[i + 1] = (PsOption){id, label, detail, NULL};
	}
	PsAskChoice ask = {.title = _("Surroundings of"),
			   .options = options,
			   .n_options = releases->len + 1,
			   .initial = self->release ? self->release : WHOLE};
	return ps_ask_choice(app, &ask);
}

void
ps_scoring_refuse_release(PsCvssVersion version, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("There is no CVSS %s score of the vulnerability itself yet: score that "
		      "first, then what differs in a release."),
		    ps_cvss_table(version)->name);
}

/* A release can be scored when the vulnerability is, and nothing waits to be saved. */
static gboolean
refuse_release(PsScoring *self, GPtrArray *releases, GError **error)
{
	PsCvssVersion version = ps_scoring_form_version(self->form);

	if (ps_scoring_is_changed(self))
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("The score is not saved: save it or drop the change first."));
	else if (!ps_scoring_base(self, version))
		ps_scoring_refuse_release(version, error);
	else if (releases->len == 0)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("The case names no releases yet: say in its affected "
				      "products which there are."));
	else
		return FALSE;
	return TRUE;
}

/* The id of a release or combination. New string. */
static char *
find_product(PsStore *store, const char *text, GError **error)
{
	g_auto(PsOwnProduct) found = {NULL, NULL};

	if (!ps_own_product_find(store, text, &found, error))
		return NULL;
	return g_strdup(found.relationship ? found.relationship : found.release);
}

PsChanged
ps_scoring_choose_release(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	g_autoptr(GPtrArray) releases = case_releases(self);

	if (refuse_release(self, releases, error))
		return PS_CHANGED_NOTHING;
	g_autofree char *id = !argument ? ask_release(app, self, releases)
			      : g_str_equal(argument, WHOLE)
				      ? g_strdup(WHOLE)
				      : find_product(app->store, argument, error);
	if (!id)
		return PS_CHANGED_NOTHING;
	g_clear_pointer(&self->release, g_free);
	if (!g_str_equal(id, WHOLE))
		self->release = g_steal_pointer(&id);
	ps_scoring_form_set_locked(self->form, self->release != NULL);
	ps_scoring_take_all(self, TRUE);
	return PS_CHANGED_VIEW;
}

/* ---- why a metric has its value ---- */

PsChanged
ps_scoring_because(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsScoring *self = (PsScoring *)pane;
	PsCvssVersion version = ps_scoring_form_version(self->form);
	const PsCvssMetric *metric =
		&ps_cvss_table(version)->metrics[ps_scoring_form_metric(self->form)];
	GHashTable *reasons = self->metric_reasons[version];
	const char *before = reasons ? g_hash_table_lookup(reasons, metric->key) : NULL;
	g_autofree char *label = g_strdup_printf(_("%s, because"), metric->key);
	PsAskLine ask = {.label = label, .initial = before, .history = "because"};
	g_autofree char *text = argument ? g_strdup(argument) : ps_ask_line(app, &ask);

	(void)error;
	if (!text || !reasons)
		return PS_CHANGED_NOTHING;
	g_strstrip(text);
	if (*text)
		g_hash_table_insert(reasons, g_strdup(metric->key), g_steal_pointer(&text));
	else
		g_hash_table_remove(reasons, metric->key);
	return PS_CHANGED_VIEW;
}
