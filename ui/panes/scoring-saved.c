#include "config.h"

/* Between the scoring form and the case: what is saved, what was seen, what is changed. */

#include "ui/panes/scoring-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/case.h"
#include "ui/panes/case-common.h"

const char *
ps_score_source(const PsRecord *score)
{
	const char *source = ps_record_text(score, "source");

	return source ? source : "ours";
}

const PsRecord *
ps_record_with_id(GPtrArray *records, const char *id)
{
	for (guint i = 0; id && i < records->len; i++)
		if (g_str_equal(ps_record_id(g_ptr_array_index(records, i)), id))
			return g_ptr_array_index(records, i);
	return NULL;
}

void
ps_scoring_read(PsScoring *self)
{
	g_clear_pointer(&self->scores, g_ptr_array_unref);
	g_clear_pointer(&self->vulnerabilities, g_ptr_array_unref);
	self->scores = ps_pane_children(&self->pane, "score", self->case_id);
	self->vulnerabilities = ps_pane_children(&self->pane, "vulnerability", self->case_id);
	if (!ps_record_with_id(self->vulnerabilities, self->vulnerability))
		g_clear_pointer(&self->vulnerability, g_free);
	if (!self->vulnerability && self->vulnerabilities->len > 1)
		self->vulnerability =
			g_strdup(ps_record_id(g_ptr_array_index(self->vulnerabilities, 0)));
}

const PsRecord *
ps_scoring_saved(const PsScoring *self, PsCvssVersion version)
{
	const char *name = ps_cvss_table(version)->name;

	for (guint i = 0; i < self->scores->len; i++) {
		const PsRecord *score = g_ptr_array_index(self->scores, i);
		if (g_strcmp0(ps_record_text(score, "version"), name) == 0 &&
		    g_strcmp0(ps_score_source(score), self->source) == 0 &&
		    g_strcmp0(ps_record_text(score, "vulnerability"), self->vulnerability) == 0)
			return score;
	}
	return NULL;
}

static gboolean
same_text(const char *a, const char *b)
{
	return g_strcmp0(a ? a : "", b ? b : "") == 0;
}

gboolean
ps_scoring_is_changed(const PsScoring *self)
{
	const PsCvss *cvss = ps_scoring_form_cvss(self->form);
	const PsScoringSeen *seen = &self->seen[cvss->version];
	PsCvss old;
	char vector[PS_CVSS_VECTOR_MAX], before[PS_CVSS_VECTOR_MAX];

	ps_cvss_init(&old, cvss->version);
	if (seen->vector)
		ps_cvss_parse_text(seen->vector, &old, NULL);
	ps_cvss_format(cvss, vector);
	ps_cvss_format(&old, before);
	return !g_str_equal(vector, before) ||
	       !same_text(self->reasons[cvss->version], seen->reason);
}

void
ps_scoring_take(PsScoring *self, PsCvssVersion version)
{
	const PsRecord *score = ps_scoring_saved(self, version);
	PsScoringSeen *seen = &self->seen[version];
	PsCvss cvss;

	g_free(seen->vector);
	g_free(seen->reason);
	seen->vector = g_strdup(score ? ps_record_text(score, "vector") : NULL);
	seen->reason = g_strdup(score ? ps_record_text(score, "reason") : NULL);
	g_free(self->reasons[version]);
	self->reasons[version] = g_strdup(seen->reason);
	ps_cvss_init(&cvss, version);
	if (seen->vector)
		ps_cvss_parse_text(seen->vector, &cvss, NULL);
	ps_scoring_form_set(self->form, &cvss);
}

void
ps_scoring_take_all(PsScoring *self, gboolean changes_too)
{
	PsCvssVersion open = ps_scoring_form_version(self->form);

	for (int v = 0; v < PS_CVSS_VERSIONS; v++) {
		ps_scoring_form_set_version(self->form, (PsCvssVersion)v);
		if (changes_too || !ps_scoring_is_changed(self))
			ps_scoring_take(self, (PsCvssVersion)v);
	}
	ps_scoring_form_set_version(self->form, open);
}

/* One version; what is changed is put back after the new source's score was seen. */
static void
take_source_of(PsScoring *self, PsCvssVersion version)
{
	gboolean changed = ps_scoring_is_changed(self);
	PsCvss cvss = *ps_scoring_form_cvss(self->form);
	g_autofree char *reason = g_strdup(self->reasons[version]);

	ps_scoring_take(self, version);
	if (!changed)
		return;
	ps_scoring_form_set(self->form, &cvss);
	g_free(self->reasons[version]);
	self->reasons[version] = g_steal_pointer(&reason);
}

void
ps_scoring_take_source(PsScoring *self)
{
	PsCvssVersion open = ps_scoring_form_version(self->form);

	for (int v = 0; v < PS_CVSS_VERSIONS; v++) {
		ps_scoring_form_set_version(self->form, (PsCvssVersion)v);
		take_source_of(self, (PsCvssVersion)v);
	}
	ps_scoring_form_set_version(self->form, open);
}

/* ---- saving ---- */

typedef struct {
	const char *case_id, *vector;
	char **pairs;
	char *id;
} Save;

static gboolean
write_score(PsStore *store, gpointer data, GError **error)
{
	Save *save = data;

	save->id = ps_case_score(store, save->case_id, save->vector, save->pairs, error);
	return save->id != NULL;
}

static gboolean
refuse_partial(const PsCvss *cvss, GError **error)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	int missing = ps_cvss_missing(cvss, 0);

	if (missing < 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("%s (%s) has no value yet: a score needs every base metric."),
		    _(table->metrics[missing].name), table->metrics[missing].key);
	return FALSE;
}

gboolean
ps_scoring_save(PsScoring *self, gboolean force, GError **error)
{
	const PsCvss *cvss = ps_scoring_form_cvss(self->form);
	const PsScoringSeen *seen = &self->seen[cvss->version];
	const char *reason = self->reasons[cvss->version];
	char vector[PS_CVSS_VECTOR_MAX];
	g_autoptr(GStrvBuilder) pairs = g_strv_builder_new();

	if (!refuse_partial(cvss, error))
		return FALSE;
	ps_cvss_format(cvss, vector);
	g_strv_builder_add_many(pairs, "source", self->source, NULL);
	/* A reason that could not be read when the form was filled is left alone. */
	if (!same_text(reason, seen->reason))
		g_strv_builder_add_many(pairs, "reason", reason ? reason : "", NULL);
	if (self->vulnerability)
		g_strv_builder_add_many(pairs, "vulnerability", self->vulnerability, NULL);
	if (!force)
		g_strv_builder_add_many(pairs, "seen", seen->vector ? seen->vector : "", NULL);
	g_auto(GStrv) list = g_strv_builder_end(pairs);
	Save save = {.case_id = self->case_id, .vector = vector, .pairs = list};
	gboolean saved = ps_app_write(self->pane.app, write_score, &save, error);
	g_free(save.id);
	if (!saved)
		return FALSE;
	ps_scoring_read(self);
	ps_scoring_take(self, cvss->version);
	return TRUE;
}

static gboolean
write_note(PsStore *store, gpointer data, GError **error)
{
	Save *save = data;
	g_autofree char *text =
		g_strdup_printf(_("A score was not saved when the workstation ended: %s"),
				save->vector);

	save->id = ps_case_log(store, save->case_id, text, error);
	return save->id != NULL;
}

void
ps_scoring_note(PsScoring *self)
{
	char vector[PS_CVSS_VECTOR_MAX];
	Save save = {.case_id = self->case_id, .vector = vector};

	ps_cvss_format(ps_scoring_form_cvss(self->form), vector);
	ps_app_write(self->pane.app, write_note, &save, NULL);
	g_free(save.id);
}
