#include "config.h"

/* Between the scoring form and the case: what is saved, what was seen, what is changed. */

#include "ui/panes/scoring-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/case.h"
#include "registry/own-product.h"
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

static const PsRecord *
score_of(const PsScoring *self, PsCvssVersion version, const char *product)
{
	const char *name = ps_cvss_table(version)->name;

	for (guint i = 0; i < self->scores->len; i++) {
		const PsRecord *score = g_ptr_array_index(self->scores, i);
		if (g_strcmp0(ps_record_text(score, "version"), name) == 0 &&
		    g_strcmp0(ps_score_source(score), self->source) == 0 &&
		    g_strcmp0(ps_record_text(score, "vulnerability"), self->vulnerability) == 0 &&
		    g_strcmp0(ps_own_product_of(score), product) == 0 &&
		    !ps_record_text(score, "origin"))
			return score;
	}
	return NULL;
}

const PsRecord *
ps_scoring_saved(const PsScoring *self, PsCvssVersion version)
{
	return score_of(self, version, self->release);
}

const PsRecord *
ps_scoring_base(const PsScoring *self, PsCvssVersion version)
{
	return score_of(self, version, NULL);
}

/* ---- reasons of metrics ---- */

static GHashTable *
new_reasons(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static GHashTable *
read_reasons(const PsScoring *self, const PsRecord *score)
{
	GHashTable *reasons = new_reasons();
	g_autoptr(GPtrArray) records =
		score ? ps_store_children(self->pane.app->store, "score_reason",
					  ps_record_id(score), NULL)
		      : NULL;

	for (guint i = 0; records && i < records->len; i++) {
		const char *metric = ps_record_text(records->pdata[i], "metric");
		const char *text = ps_record_text(records->pdata[i], "reason");
		if (metric && text)
			g_hash_table_insert(reasons, g_strdup(metric), g_strdup(text));
	}
	return reasons;
}

static GHashTable *
copy_reasons(GHashTable *from)
{
	GHashTable *reasons = new_reasons();
	GHashTableIter iter;
	gpointer metric, text;

	g_hash_table_iter_init(&iter, from);
	while (g_hash_table_iter_next(&iter, &metric, &text))
		g_hash_table_insert(reasons, g_strdup(metric), g_strdup(text));
	return reasons;
}

/* Are all of `a` in `b`, with the same text? */
static gboolean
reasons_in(GHashTable *a, GHashTable *b)
{
	GHashTableIter iter;
	gpointer metric, text;

	g_hash_table_iter_init(&iter, a);
	while (g_hash_table_iter_next(&iter, &metric, &text))
		if (g_strcmp0(g_hash_table_lookup(b, metric), text) != 0)
			return FALSE;
	return TRUE;
}

/* Before the first filling there are none. */
static gboolean
reasons_changed(const PsScoring *self, PsCvssVersion version)
{
	GHashTable *now = self->metric_reasons[version], *seen = self->seen[version].reasons;

	return now && seen && (!reasons_in(now, seen) || !reasons_in(seen, now));
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
	if (seen->start)
		ps_cvss_parse_text(seen->start, &old, NULL);
	ps_cvss_format(cvss, vector);
	ps_cvss_format(&old, before);
	return !g_str_equal(vector, before) ||
	       !same_text(self->reasons[cvss->version], seen->reason) ||
	       reasons_changed(self, cvss->version);
}

static void
clear_version(PsScoring *self, PsCvssVersion version)
{
	PsScoringSeen *seen = &self->seen[version];

	g_clear_pointer(&seen->vector, g_free);
	g_clear_pointer(&seen->reason, g_free);
	g_clear_pointer(&seen->start, g_free);
	g_clear_pointer(&seen->reasons, g_hash_table_unref);
	g_clear_pointer(&self->reasons[version], g_free);
	g_clear_pointer(&self->metric_reasons[version], g_hash_table_unref);
}

void
ps_scoring_clear(PsScoring *self)
{
	for (int v = 0; v < PS_CVSS_VERSIONS; v++)
		clear_version(self, (PsCvssVersion)v);
}

void
ps_scoring_take(PsScoring *self, PsCvssVersion version)
{
	const PsRecord *score = ps_scoring_saved(self, version);
	const PsRecord *start = score ? score : ps_scoring_base(self, version);
	PsScoringSeen *seen = &self->seen[version];
	PsCvss cvss;

	clear_version(self, version);
	seen->vector = g_strdup(score ? ps_record_text(score, "vector") : NULL);
	seen->reason = g_strdup(score ? ps_record_text(score, "reason") : NULL);
	seen->start = g_strdup(start ? ps_record_text(start, "vector") : NULL);
	seen->reasons = read_reasons(self, score);
	self->reasons[version] = g_strdup(seen->reason);
	self->metric_reasons[version] = copy_reasons(seen->reasons);
	ps_cvss_init(&cvss, version);
	if (seen->start)
		ps_cvss_parse_text(seen->start, &cvss, NULL);
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
	g_autoptr(GHashTable) reasons = self->metric_reasons[version]
						? g_hash_table_ref(self->metric_reasons[version])
						: new_reasons();

	ps_scoring_take(self, version);
	if (!changed)
		return;
	ps_scoring_form_set(self->form, &cvss);
	g_free(self->reasons[version]);
	self->reasons[version] = g_steal_pointer(&reason);
	g_hash_table_unref(self->metric_reasons[version]);
	self->metric_reasons[version] = g_steal_pointer(&reasons);
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

/* "reason.AV", text for what was changed; an empty text takes the reason away. */
static void
add_reasons(GStrvBuilder *pairs, const PsScoring *self, PsCvssVersion version)
{
	const PsCvssTable *table = ps_cvss_table(version);
	GHashTable *now = self->metric_reasons[version], *seen = self->seen[version].reasons;

	for (int i = 0; now && i < table->n_metrics; i++) {
		const char *metric = table->metrics[i].key;
		const char *text = g_hash_table_lookup(now, metric);
		const char *before = seen ? g_hash_table_lookup(seen, metric) : NULL;
		if (same_text(text, before))
			continue;
		g_autofree char *name = g_strconcat("reason.", metric, NULL);
		g_strv_builder_add_many(pairs, name, text ? text : "", NULL);
	}
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
	if (self->release)
		g_strv_builder_add_many(pairs, "release", self->release, NULL);
	add_reasons(pairs, self, cvss->version);
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
