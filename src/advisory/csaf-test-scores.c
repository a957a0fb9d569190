#include "config.h"

/* Tests over scores: CVSS objects against their schema, their vector and each other. */

#include "advisory/csaf-test.h"

#include <math.h>
#include <string.h>

#include "advisory/csaf-suite.h"
#include "base/i18n.h"
#include "scoring/cvss.h"

/* FIRST's names of the metrics, in the order of the tables in scoring. */
static const char *const properties_2[] = {"accessVector",         "accessComplexity",
					   "authentication",       "confidentialityImpact",
					   "integrityImpact",      "availabilityImpact",
					   "exploitability",       "remediationLevel",
					   "reportConfidence",     "collateralDamagePotential",
					   "targetDistribution",   "confidentialityRequirement",
					   "integrityRequirement", "availabilityRequirement"};
static const char *const properties_3[] = {"attackVector",
					   "attackComplexity",
					   "privilegesRequired",
					   "userInteraction",
					   "scope",
					   "confidentialityImpact",
					   "integrityImpact",
					   "availabilityImpact",
					   "exploitCodeMaturity",
					   "remediationLevel",
					   "reportConfidence",
					   "confidentialityRequirement",
					   "integrityRequirement",
					   "availabilityRequirement",
					   "modifiedAttackVector",
					   "modifiedAttackComplexity",
					   "modifiedPrivilegesRequired",
					   "modifiedUserInteraction",
					   "modifiedScope",
					   "modifiedConfidentialityImpact",
					   "modifiedIntegrityImpact",
					   "modifiedAvailabilityImpact"};

static const char *const properties_4[] = {"attackVector",
					   "attackComplexity",
					   "attackRequirements",
					   "privilegesRequired",
					   "userInteraction",
					   "vulnConfidentialityImpact",
					   "vulnIntegrityImpact",
					   "vulnAvailabilityImpact",
					   "subConfidentialityImpact",
					   "subIntegrityImpact",
					   "subAvailabilityImpact",
					   "exploitMaturity",
					   "confidentialityRequirement",
					   "integrityRequirement",
					   "availabilityRequirement",
					   "modifiedAttackVector",
					   "modifiedAttackComplexity",
					   "modifiedAttackRequirements",
					   "modifiedPrivilegesRequired",
					   "modifiedUserInteraction",
					   "modifiedVulnConfidentialityImpact",
					   "modifiedVulnIntegrityImpact",
					   "modifiedVulnAvailabilityImpact",
					   "modifiedSubConfidentialityImpact",
					   "modifiedSubIntegrityImpact",
					   "modifiedSubAvailabilityImpact",
					   "Safety",
					   "Automatable",
					   "Recovery",
					   "valueDensity",
					   "vulnerabilityResponseEffort",
					   "providerUrgency"};

static const char *const *
properties_of(PsCvssVersion version)
{
	if (version == PS_CVSS_4_0)
		return properties_4;
	return version == PS_CVSS_2_0 ? properties_2 : properties_3;
}

/* FIRST's word for a value: its name in capitals, with underscores. */
static char *
value_word(PsCvssVersion version, const PsCvssValue *value)
{
	if (version != PS_CVSS_4_0 && g_str_equal(value->name, "Adjacent"))
		return g_strdup("ADJACENT_NETWORK");
	char *word = g_ascii_strup(value->name, -1);
	return g_strdelimit(word, " -", '_');
}

/* The same without making it. */
static gboolean
word_is(PsCvssVersion version, const PsCvssValue *value, const char *word)
{
	const char *name = value->name;

	if (version != PS_CVSS_4_0 && g_str_equal(name, "Adjacent"))
		return g_str_equal(word, "ADJACENT_NETWORK");
	for (; *name && *word; name++, word++)
		if (*word != (*name == ' ' || *name == '-' ? '_' : g_ascii_toupper(*name)))
			return FALSE;
	return *name == *word;
}

/* Calls for each CVSS object; `name` is "cvss_v2", "cvss_v3" or (CSAF 2.1) "cvss_v4". */
typedef void (*ObjectFunc)(PsCsafContext *context, const cJSON *object, const char *name,
			   const PsPlace *place);

static const char *const object_names[] = {"cvss_v2", "cvss_v3", "cvss_v4"};

static gsize
n_objects(const PsCsafContext *context)
{
	return G_N_ELEMENTS(object_names) - !ps_csaf_is_2_1(context);
}

static void
each_object(PsCsafContext *context, ObjectFunc func)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
	     ps_csaf_metric_next(&metric))
		for (gsize i = 0; i < n_objects(context); i++) {
			const cJSON *object = ps_csaf_object(metric.content, object_names[i]);
			PsPlace at = {metric.content_place, object_names[i], 0};
			if (object)
				func(context, object, object_names[i], &at);
		}
}

/* ---- 6.1.7 ---- */

/* The products that have a score of this version from this source so far. */
static GHashTable *
scored_products(GHashTable *seen, const char *version, const char *source)
{
	/* no version holds a blank */
	g_autofree char *key = g_strconcat(version, " ", source ? source : "", NULL);
	GHashTable *scored = g_hash_table_lookup(seen, key);

	if (scored)
		return scored;
	scored = ps_csaf_set_new();
	g_hash_table_insert(seen, g_steal_pointer(&key), scored);
	return scored;
}

static void
count_products(PsCsafContext *context, const PsCsafMetric *metric, const char *version,
	       GHashTable *seen)
{
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};
	g_autoptr(GHashTable) here = ps_csaf_set_new();
	GHashTable *scored = scored_products(seen, version, metric->source);

	for (const cJSON *item = ps_csaf_items(metric->item, "products"); item;
	     item = item->next, at.index++) {
		const char *id = ps_csaf_item_string(item);
		if (!id || !g_hash_table_add(here, (gpointer)id))
			continue;
		if (!g_hash_table_add(scored, (gpointer)id))
			ps_csaf_found(context, &at,
				      _("The product “%s” has two scores of CVSS %s for this "
					"vulnerability; keep one."),
				      id, version);
	}
}

/* The version of a CVSS object is what it says, be it one that CSAF knows or not. */
static void
count_metric(PsCsafContext *context, const PsCsafMetric *metric, GHashTable *seen)
{
	for (gsize i = 0; i < n_objects(context); i++) {
		const cJSON *object = ps_csaf_object(metric->content, object_names[i]);
		const char *version = ps_csaf_string(object, "version");
		if (object && i == 0)
			version = "2.0";
		if (version)
			count_products(context, metric, version, seen);
	}
}

void
ps_csaf_test_scores_twice(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(ps_text_hash, g_str_equal, g_free,
					      (GDestroyNotify)g_hash_table_unref);
		PsCsafMetric metric;
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			count_metric(context, &metric, seen);
	}
}

/* ---- 6.1.8 ---- */

typedef struct {
	PsCsafContext *context;
	const PsPlace *place;
} Invalid;

static void
found_invalid(gpointer user, const char *pointer, const char *sentence)
{
	Invalid *invalid = user;
	PsPlace at = {invalid->place, pointer, PS_PLACE_POINTER};

	ps_csaf_found(invalid->context, &at, "%s", sentence);
}

static void
check_invalid(PsCsafContext *context, const cJSON *object, const char *name, const PsPlace *place)
{
	Invalid invalid = {context, place};
	const PsCsafNode *score =
		ps_csaf_node_at(context->suite->root,
				ps_csaf_is_2_1(context) ? "/vulnerabilities/0/metrics/0/content"
							: "/vulnerabilities/0/scores/0");

	ps_csaf_check_value(ps_csaf_member(score, name), object, found_invalid, &invalid);
}

void
ps_csaf_test_cvss_invalid(PsCsafContext *context)
{
	each_object(context, check_invalid);
}

/* ---- 6.1.9 ---- */

static void
check_score(PsCsafContext *context, const cJSON *object, const char *member, int tenths,
	    const PsPlace *place)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, member);
	PsPlace at = {place, member, 0};
	char right[PS_CVSS_TENTHS_MAX];

	if (!cJSON_IsNumber(item) || fabs(item->valuedouble * 10 - tenths) < 1e-6)
		return;
	g_autofree char *given = ps_json_print(item);
	ps_csaf_found(context, &at, _("“%s” is %s, but the vector gives %s."), member, given,
		      ps_cvss_tenths(tenths, right));
}

static void
check_severity(PsCsafContext *context, const cJSON *object, const char *member,
	       PsCvssVersion version, int tenths, const PsPlace *place)
{
	const char *given = ps_csaf_string(object, member);
	PsPlace at = {place, member, 0};

	if (!given || version == PS_CVSS_2_0)
		return;
	g_autofree char *right = g_ascii_strup(ps_cvss_severity(version, tenths), -1);
	if (!g_str_equal(given, right))
		ps_csaf_found(context, &at, _("“%s” is “%s”, but the vector gives “%s”."), member,
			      given, right);
}

/* The vector of an object; a text that follows the schema may still be none. */
static gboolean
read_vector(PsCsafContext *context, const cJSON *object, const char *name, const PsPlace *place,
	    PsCvss *cvss)
{
	const char *vector = ps_csaf_string(object, "vectorString");
	PsPlace at = {place, "vectorString", 0};
	PsCvssProblem problem;

	if (!vector)
		return FALSE;
	if (ps_cvss_parse(vector, strlen(vector), 0, cvss, &problem))
		return g_str_equal(name, "cvss_v4") == (cvss->version == PS_CVSS_4_0);
	if (context) {
		g_autofree char *why = ps_cvss_problem_text(&problem, vector);
		ps_csaf_found(context, &at, "%s", why);
	}
	return FALSE;
}

/* Metrics that the properties define beyond the vector. */
static void
add_properties(PsCvss *cvss, const cJSON *object)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	const char *const *properties = properties_of(cvss->version);

	for (int i = 0; i < table->n_metrics; i++) {
		const char *given = ps_csaf_string(object, properties[i]);
		for (int v = 0; given && v < table->metrics[i].n_values; v++) {
			g_autofree char *word =
				value_word(cvss->version, &table->metrics[i].values[v]);
			if (ps_cvss_get(cvss, i) == PS_CVSS_UNSET && g_str_equal(word, given))
				ps_cvss_set(cvss, i, v);
		}
	}
}

/* The one score of a CVSS 4.0 object is that of the whole vector, or of what the properties add to
 * it. */
static void
check_computation_4(PsCsafContext *context, const cJSON *object, const PsCvss *vector,
		    const PsPlace *place)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(object, "baseScore");
	PsCvss cvss = *vector;
	PsCvssScores scores;

	add_properties(&cvss, object);
	if (!ps_cvss_score(&cvss, &scores) || !cJSON_IsNumber(given) ||
	    fabs(given->valuedouble * 10 - scores.overall) >= 1e-6)
		ps_cvss_score(vector, &scores);
	check_score(context, object, "baseScore", scores.overall, place);
	check_severity(context, object, "baseSeverity", PS_CVSS_4_0, scores.overall, place);
}

static void
check_computation(PsCsafContext *context, const cJSON *object, const char *name,
		  const PsPlace *place)
{
	PsCvss cvss;
	PsCvssScores scores;

	if (!read_vector(context, object, name, place, &cvss))
		return;
	if (cvss.version == PS_CVSS_4_0) {
		check_computation_4(context, object, &cvss, place);
		return;
	}
	ps_cvss_score(&cvss, &scores);
	check_score(context, object, "baseScore", scores.base, place);
	check_severity(context, object, "baseSeverity", cvss.version, scores.base, place);
	check_score(context, object, "temporalScore", scores.temporal, place);
	check_severity(context, object, "temporalSeverity", cvss.version, scores.temporal, place);
	check_score(context, object, "environmentalScore", scores.environmental, place);
	check_severity(context, object, "environmentalSeverity", cvss.version, scores.environmental,
		       place);
}

void
ps_csaf_test_cvss_computation(PsCsafContext *context)
{
	each_object(context, check_computation);
}

/* ---- 6.1.10 ---- */

static void
check_inconsistent(PsCsafContext *context, const cJSON *object, const char *name,
		   const PsPlace *place)
{
	PsCvss cvss;

	if (!read_vector(NULL, object, name, place, &cvss))
		return;
	const PsCvssTable *table = ps_cvss_table(cvss.version);
	const char *const *properties = properties_of(cvss.version);
	for (int i = 0; i < table->n_metrics; i++) {
		const PsCvssMetric *metric = &table->metrics[i];
		const char *given = ps_csaf_string(object, properties[i]);
		int value = ps_cvss_get(&cvss, i);
		/* a metric that the vector leaves out contradicts nothing */
		if (!given || value == PS_CVSS_UNSET)
			continue;
		if (word_is(cvss.version, &metric->values[value], given))
			continue;
		g_autofree char *right = value_word(cvss.version, &metric->values[value]);
		PsPlace at = {place, properties[i], 0};
		ps_csaf_found(context, &at, _("“%s” is “%s”, but the vector says “%s” (%s:%s)."),
			      properties[i], given, right, metric->key, metric->values[value].key);
	}
}

void
ps_csaf_test_cvss_inconsistent(PsCsafContext *context)
{
	each_object(context, check_inconsistent);
}

/* ---- 6.2.19 ---- */

/* In 2.0 the environment must bring the score down to 0; in 2.1 it is the overall score that
 * counts.
 */
static gboolean
is_zero(const PsCsafContext *context, const cJSON *object, const char *name)
{
	PsCvss cvss;
	PsCvssScores scores;
	double given = ps_json_number(object, "environmentalScore", -1);

	if (given >= 0)
		return given == 0;
	if (!read_vector(NULL, object, name, NULL, &cvss))
		return FALSE;
	add_properties(&cvss, object);
	if (!ps_cvss_score(&cvss, &scores))
		return FALSE;
	if (ps_csaf_is_2_1(context))
		return scores.overall == 0;
	return ps_cvss_has_group(&cvss, PS_CVSS_ENVIRONMENTAL) && scores.environmental == 0;
}

static void
check_fixed(PsCsafContext *context, const PsCsafMetric *metric, GHashTable *fixed)
{
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};

	for (gsize i = 0; i < n_objects(context); i++) {
		const cJSON *object = ps_csaf_object(metric->content, object_names[i]);
		if (!object || is_zero(context, object, object_names[i]))
			continue;
		at.index = 0;
		for (const cJSON *item = ps_csaf_items(metric->item, "products"); item;
		     item = item->next, at.index++) {
			const char *id = ps_csaf_item_string(item);
			if (id && g_hash_table_contains(fixed, id))
				ps_csaf_found(
					context, &at,
					_("The product “%s” has the fix, but the score of its "
					  "“%s” in this environment is not 0; set the modified "
					  "impacts to none or remove the product here."),
					id, object_names[i]);
		}
	}
}

void
ps_csaf_test_cvss_fixed(PsCsafContext *context)
{
	static const char *const lists[] = {"first_fixed", "fixed"};

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsCsafMetric metric;
		ps_csaf_metric_first(&metric, context, vulnerability, &place);
		if (!metric.item)
			continue;
		g_autoptr(GHashTable) fixed = ps_csaf_set_new();
		const cJSON *status = ps_csaf_object(vulnerability, "product_status");
		for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
			ps_csaf_add_texts(ps_csaf_items(status, lists[i]), fixed);
		for (; metric.item; ps_csaf_metric_next(&metric))
			check_fixed(context, &metric, fixed);
	}
}

/* ---- 6.3.2 ---- */

static void
check_3_0(PsCsafContext *context, const cJSON *object, const char *name, const PsPlace *place)
{
	const char *version = ps_csaf_string(object, "version");
	const char *vector = ps_csaf_string(object, "vectorString");
	PsPlace version_at = {place, "version", 0}, vector_at = {place, "vectorString", 0};

	if (!g_str_equal(name, "cvss_v3"))
		return;
	if (g_strcmp0(version, "3.0") == 0)
		ps_csaf_found(context, &version_at, "%s",
			      _("CVSS 3.0 is used; CVSS 3.1 is the better choice."));
	else if (vector && g_str_has_prefix(vector, "CVSS:3.0/"))
		ps_csaf_found(context, &vector_at, "%s",
			      _("The vector is of CVSS 3.0; CVSS 3.1 is the better choice."));
}

void
ps_csaf_test_cvss_3_0(PsCsafContext *context)
{
	each_object(context, check_3_0);
}
