#include "config.h"

/* Scores of a case, with the reasons of their metrics. */

#include "base/error.h"
#include "base/i18n.h"
#include "cases/case.h"
#include "cases/rules.h"
#include "scoring/cvss.h"

/* ---- finding ---- */

/* Which score of a case is meant; source NULL: ours; relationship NULL: the release in every
 * combination; origin NULL: nobody else is named. */
typedef struct {
	const char *version, *source, *vulnerability, *release, *relationship, *origin;
} Which;

static gboolean
is_it(const PsRecord *score, const Which *which)
{
	const char *source = ps_record_text(score, "source");

	return g_strcmp0(ps_record_text(score, "version"), which->version) == 0 &&
	       g_strcmp0(source ? source : "ours", which->source ? which->source : "ours") == 0 &&
	       g_strcmp0(ps_record_text(score, "vulnerability"), which->vulnerability) == 0 &&
	       g_strcmp0(ps_record_text(score, "release"), which->release) == 0 &&
	       g_strcmp0(ps_record_text(score, "relationship"), which->relationship) == 0 &&
	       g_strcmp0(ps_record_text(score, "origin"), which->origin) == 0;
}

static const PsRecord *
find_score(GPtrArray *scores, const Which *which)
{
	for (guint i = 0; i < scores->len; i++)
		if (is_it(scores->pdata[i], which))
			return scores->pdata[i];
	return NULL;
}

static Which
which_of_pairs(char *const *pairs)
{
	return (Which){ps_pair_value(pairs, "version"),       ps_pair_value(pairs, "source"),
		       ps_pair_value(pairs, "vulnerability"), ps_pair_value(pairs, "release"),
		       ps_pair_value(pairs, "relationship"),  ps_pair_value(pairs, "origin")};
}

/* ---- scores of one release ---- */

/* The first metric outside the environmental group that the two do not share; -1: none. */
static int
other_metric(const PsCvss *a, const PsCvss *b)
{
	const PsCvssTable *table = ps_cvss_table(a->version);

	for (int i = 0; i < table->n_metrics; i++)
		if (table->metrics[i].group != PS_CVSS_ENVIRONMENTAL &&
		    ps_cvss_get(a, i) != ps_cvss_get(b, i))
			return i;
	return -1;
}

static const char *
key_or_not_defined(const PsCvss *cvss, const char *metric)
{
	const char *key = ps_cvss_value_key(cvss, metric);

	return key ? key : _("not defined");
}

static gboolean
is_own(const char *source)
{
	return !source || g_str_equal(source, "ours");
}

gboolean
ps_score_check_release(PsStore *store, char *const *pairs, GError **error)
{
	const char *case_id = ps_pair_value(pairs, "case");
	Which which = which_of_pairs(pairs);
	PsCvss own, base;

	/* others score as they like: what they say is kept as they said it */
	if (!which.release || !case_id || !is_own(which.source))
		return TRUE;
	g_autofree char *full = ps_store_resolve(store, "case", case_id, error);
	g_autoptr(GPtrArray) scores = full ? ps_store_children(store, "score", full, error) : NULL;
	if (!scores)
		return FALSE;
	which.release = which.relationship = NULL;
	const PsRecord *of_all = find_score(scores, &which);
	if (!of_all || !ps_cvss_parse_text(ps_record_text(of_all, "vector"), &base, NULL)) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("There is no CVSS %s score of the vulnerability itself yet: score "
			      "that first, then what differs in a release."),
			    which.version);
		return FALSE;
	}
	if (!ps_cvss_parse_text(ps_pair_value(pairs, "vector"), &own, error))
		return FALSE;
	int metric = other_metric(&own, &base);
	if (metric < 0)
		return TRUE;
	const PsCvssMetric *differs = &ps_cvss_table(own.version)->metrics[metric];
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("%s (%s) is %s in the score of the vulnerability and %s here: the score of a "
		      "release may differ in environmental metrics only."),
		    _(differs->name), differs->key, key_or_not_defined(&base, differs->key),
		    key_or_not_defined(&own, differs->key));
	return FALSE;
}

static gboolean
check_stored(PsStore *store, const PsRecord *score, GError **error)
{
	static const char *const fields[] = {"case",          "version", "vector",       "source",
					     "vulnerability", "release", "relationship", "origin"};
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
		ps_pair_add(pairs, fields[i], ps_record_text(score, fields[i]));
	g_ptr_array_add(pairs, NULL);
	return ps_score_check_release(store, (char *const *)pairs->pdata, error);
}

/* The release's score with its own environmental metrics and all others of `base`. */
static gboolean
take_base(PsTxn *txn, const PsRecord *score, const PsCvss *base, GError **error)
{
	const PsCvssTable *table = ps_cvss_table(base->version);
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
	PsCvss own, mixed = *base;
	char vector[PS_CVSS_VECTOR_MAX];

	if (!ps_cvss_parse_text(ps_record_text(score, "vector"), &own, NULL))
		return TRUE;
	for (int i = 0; i < table->n_metrics; i++)
		if (table->metrics[i].group == PS_CVSS_ENVIRONMENTAL)
			ps_cvss_set(&mixed, i, ps_cvss_get(&own, i));
	ps_cvss_format(&mixed, vector);
	if (!ps_score_pairs(vector, NULL, pairs, error))
		return FALSE;
	for (guint i = 0; i < pairs->len; i += 2)
		if (!ps_txn_set(txn, "score", ps_record_id(score), pairs->pdata[i],
				pairs->pdata[i + 1], PS_ANY, error))
			return FALSE;
	return TRUE;
}

gboolean
ps_score_follow(PsTxn *txn, const char *id, GError **error)
{
	g_autoptr(PsRecord) changed = ps_store_get(ps_txn_store(txn), "score", id, error);
	g_autoptr(GPtrArray) scores =
		changed ? ps_store_children(ps_txn_store(txn), "score",
					    ps_record_text(changed, "case"), error)
			: NULL;
	PsCvss base;

	if (!scores)
		return FALSE;
	if (ps_record_text(changed, "release"))
		return check_stored(ps_txn_store(txn), changed, error);
	if (!is_own(ps_record_text(changed, "source")) ||
	    !ps_cvss_parse_text(ps_record_text(changed, "vector"), &base, NULL))
		return TRUE;
	for (guint i = 0; i < scores->len; i++) {
		const PsRecord *score = scores->pdata[i];
		const Which which = {ps_record_text(changed, "version"),
				     ps_record_text(changed, "source"),
				     ps_record_text(changed, "vulnerability"),
				     ps_record_text(score, "release"),
				     ps_record_text(score, "relationship"),
				     ps_record_text(changed, "origin")};
		if (which.release && is_it(score, &which) && !take_base(txn, score, &base, error))
			return FALSE;
	}
	return TRUE;
}

/* ---- making and replacing ---- */

/* What was given for a name, also where it is empty; NULL: nothing was. */
static const char *
given_text(char *const *given, const char *name)
{
	const char *text = NULL;

	for (; *given; given += 2)
		if (g_str_equal(given[0], name))
			text = given[1];
	return text;
}

static gboolean
replace_score(PsTxn *txn, const char *id, char **pairs, char *const *given, GError **error)
{
	const char *seen = given_text(given, "seen"), *reason = given_text(given, "reason");

	for (char **pair = pairs; *pair; pair += 2) {
		gboolean compared = seen && g_str_equal(pair[0], "vector");
		if (!g_str_equal(pair[0], "case") && !ps_txn_set(txn, "score", id, pair[0], pair[1],
								 compared ? seen : PS_ANY, error))
			return FALSE;
	}
	return !reason || *reason || ps_txn_set(txn, "score", id, "reason", NULL, PS_ANY, error);
}

/* A reference that is named like its kind, where one was given. */
static gboolean
add_referred(PsStore *store, const char *kind, char *const *given, GPtrArray *pairs, GError **error)
{
	const char *name = ps_pair_value(given, kind);

	if (!name)
		return TRUE;
	g_autofree char *id = ps_store_resolve(store, kind, name, error);
	ps_pair_add(pairs, kind, id);
	return id != NULL;
}

static gboolean
score_pairs(PsStore *store, const char *case_id, const char *vector, char *const *given,
	    GPtrArray *pairs, GError **error)
{
	const char *source = ps_pair_value(given, "source");

	if (!ps_score_pairs(vector, NULL, pairs, error))
		return FALSE;
	ps_pair_add(pairs, "case", case_id);
	ps_pair_add(pairs, "source", source ? source : "ours");
	ps_pair_add(pairs, "origin", ps_pair_value(given, "origin"));
	ps_pair_add(pairs, "reason", ps_pair_value(given, "reason"));
	return add_referred(store, "vulnerability", given, pairs, error) &&
	       ps_pair_add_product(store, given, pairs, error);
}

/* ---- reasons of metrics ---- */

static const PsRecord *
reason_of(GPtrArray *reasons, const char *metric)
{
	for (guint i = 0; i < reasons->len; i++)
		if (g_strcmp0(ps_record_text(reasons->pdata[i], "metric"), metric) == 0)
			return reasons->pdata[i];
	return NULL;
}

static gboolean
set_reason(PsTxn *txn, const char *id, GPtrArray *reasons, const char *metric, const char *text,
	   GError **error)
{
	const PsRecord *there = reason_of(reasons, metric);

	if (!*text)
		return !there || ps_txn_delete(txn, "score_reason", ps_record_id(there), error);
	if (there)
		return ps_txn_set(txn, "score_reason", ps_record_id(there), "reason", text, PS_ANY,
				  error);
	g_autofree char *made = ps_txn_newv(txn, "score_reason", error, "score", id, "metric",
					    metric, "reason", text, NULL);
	return made != NULL;
}

/* "reason.AV" of what was given, for each metric that the version has; empty: taken away. */
static gboolean
set_reasons(PsTxn *txn, const char *id, const char *version, char *const *given, GError **error)
{
	g_autoptr(GPtrArray) reasons =
		ps_store_children(ps_txn_store(txn), "score_reason", id, error);
	PsCvssVersion number;

	if (!reasons || !ps_cvss_version_find(version, &number))
		return FALSE;
	for (; given && *given; given += 2) {
		const char *key = g_str_has_prefix(given[0], "reason.") ? given[0] + 7 : NULL;
		int metric = key ? ps_cvss_metric_find(number, key) : -1;
		if (!key)
			continue;
		if (metric < 0) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("A reason is given for “%s”, which is no metric of CVSS %s."),
				    key, version);
			return FALSE;
		}
		if (!set_reason(txn, id, reasons, ps_cvss_table(number)->metrics[metric].key,
				given[1], error))
			return FALSE;
	}
	return TRUE;
}

/* A new score, or the one that it takes the place of; gives its id. */
static char *
put_score(PsTxn *txn, const char *case_id, char **pairs, char *const *given, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autoptr(GPtrArray) scores = ps_store_children(store, "score", case_id, error);
	const Which which = which_of_pairs(pairs);

	if (!scores || !ps_score_check_release(store, pairs, error))
		return NULL;
	const PsRecord *there = find_score(scores, &which);
	if (!there)
		return ps_txn_new(txn, "score", (const char *const *)pairs, error);
	return replace_score(txn, ps_record_id(there), pairs, given, error)
		       ? g_strdup(ps_record_id(there))
		       : NULL;
}

char *
ps_case_score(PsStore *store, const char *case_id, const char *vector, char *const *given,
	      GError **error)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.score", error);
	g_autofree char *parent = txn ? ps_store_resolve(store, "case", case_id, error) : NULL;

	if (!parent || !score_pairs(store, parent, vector, given, pairs, error))
		return NULL;
	g_ptr_array_add(pairs, NULL);
	char **plain = (char **)pairs->pdata;
	g_autofree char *id = put_score(txn, parent, plain, given, error);
	g_autofree char *said =
		g_strdup_printf(_("Scored %s %s (%s)."), ps_pair_value(plain, "score"),
				ps_pair_value(plain, "severity"), ps_pair_value(plain, "vector"));
	if (!id || !set_reasons(txn, id, ps_pair_value(plain, "version"), given, error) ||
	    !ps_score_follow(txn, id, error) || !ps_case_event(txn, parent, "other", said, error))
		return NULL;
	return ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}
