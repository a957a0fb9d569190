#include "config.h"

/* Tests over scores: CVSS objects against their schema, their vector and each other. */

#include "advisory/csaf-test.h"

#include <math.h>
#include <string.h>

#include "advisory/csaf-table.h"
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

static const char *const *
properties_of(PsCvssVersion version)
{
	return version == PS_CVSS_2_0 ? properties_2 : properties_3;
}

/* FIRST's word for a value: its name in capitals, with underscores. */
static char *
value_word(const PsCvssValue *value)
{
	if (g_str_equal(value->name, "Adjacent"))
		return g_strdup("ADJACENT_NETWORK");
	char *word = g_ascii_strup(value->name, -1);
	return g_strdelimit(word, " -", '_');
}

/* Calls for each CVSS object; `name` is "cvss_v2" or "cvss_v3". */
typedef void (*ObjectFunc)(PsCsafContext *context, const cJSON *object, const char *name,
			   const PsPlace *place);

static const char *const object_names[] = {"cvss_v2", "cvss_v3"};

static void
each_object(PsCsafContext *context, ObjectFunc func)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
	     ps_csaf_metric_next(&metric))
		for (gsize i = 0; i < G_N_ELEMENTS(object_names); i++) {
			const cJSON *object = ps_csaf_object(metric.content, object_names[i]);
			PsPlace at = {metric.content_place, object_names[i], 0};
			if (object)
				func(context, object, object_names[i], &at);
		}
}

/* ---- 6.1.7 ---- */

static void
count_products(PsCsafContext *context, const cJSON *score, const char *version, GHashTable *seen,
	       const PsPlace *place)
{
	PsPlace list = {place, "products", 0}, at = {&list, NULL, 0};
	g_autoptr(GHashTable) here = ps_csaf_set_new();

	for (const cJSON *item = ps_csaf_items(score, "products"); item;
	     item = item->next, at.index++) {
		const char *id = ps_csaf_item_string(item);
		if (!id || !g_hash_table_add(here, (gpointer)id))
			continue;
		if (!g_hash_table_add(seen, g_strdup_printf("%s %s", version, id)))
			ps_csaf_found(context, &at,
				      _("The product “%s” has two scores of CVSS %s for this "
					"vulnerability; keep one."),
				      id, version);
	}
}

void
ps_csaf_test_scores_twice(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		PsPlace list = {&place, "scores", 0}, at = {&list, NULL, 0};
		for (const cJSON *score = ps_csaf_items(vulnerability, "scores"); score;
		     score = score->next, at.index++) {
			const char *three =
				ps_csaf_string(ps_csaf_object(score, "cvss_v3"), "version");
			if (ps_csaf_object(score, "cvss_v2"))
				count_products(context, score, "2.0", seen, &at);
			if (three)
				count_products(context, score, three, seen, &at);
		}
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
	PsPlace at = {invalid->place, pointer + 1, 0};

	ps_csaf_found(invalid->context, *pointer ? &at : invalid->place, "%s", sentence);
}

static void
check_invalid(PsCsafContext *context, const cJSON *object, const char *name, const PsPlace *place)
{
	Invalid invalid = {context, place};
	const PsCsafNode *score = ps_csaf_node_at(&ps_csaf_root_2_0, "/vulnerabilities/0/scores/0");

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
read_vector(PsCsafContext *context, const cJSON *object, const PsPlace *place, PsCvss *cvss)
{
	const char *vector = ps_csaf_string(object, "vectorString");
	PsPlace at = {place, "vectorString", 0};
	PsCvssProblem problem;

	if (!vector)
		return FALSE;
	if (ps_cvss_parse(vector, strlen(vector), 0, cvss, &problem))
		return cvss->version != PS_CVSS_4_0;
	if (context) {
		g_autofree char *why = ps_cvss_problem_text(&problem, vector);
		ps_csaf_found(context, &at, "%s", why);
	}
	return FALSE;
}

static void
check_computation(PsCsafContext *context, const cJSON *object, const char *name,
		  const PsPlace *place)
{
	PsCvss cvss;
	PsCvssScores scores;

	(void)name;
	if (!read_vector(context, object, place, &cvss))
		return;
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

	(void)name;
	if (!read_vector(NULL, object, place, &cvss))
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
		g_autofree char *right = value_word(&metric->values[value]);
		PsPlace at = {place, properties[i], 0};
		if (!g_str_equal(given, right))
			ps_csaf_found(context, &at,
				      _("“%s” is “%s”, but the vector says “%s” (%s:%s)."),
				      properties[i], given, right, metric->key,
				      metric->values[value].key);
	}
}

void
ps_csaf_test_cvss_inconsistent(PsCsafContext *context)
{
	each_object(context, check_inconsistent);
}

/* ---- 6.2.19 ---- */

/* Metrics that the properties define beyond the vector. */
static void
add_properties(PsCvss *cvss, const cJSON *object)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	const char *const *properties = properties_of(cvss->version);

	for (int i = 0; i < table->n_metrics; i++) {
		const char *given = ps_csaf_string(object, properties[i]);
		for (int v = 0; given && v < table->metrics[i].n_values; v++) {
			g_autofree char *word = value_word(&table->metrics[i].values[v]);
			if (ps_cvss_get(cvss, i) == PS_CVSS_UNSET && g_str_equal(word, given))
				ps_cvss_set(cvss, i, v);
		}
	}
}

static gboolean
environment_is_zero(const cJSON *object)
{
	PsCvss cvss;
	PsCvssScores scores;
	double given = ps_json_number(object, "environmentalScore", -1);

	if (given >= 0)
		return given == 0;
	if (!read_vector(NULL, object, NULL, &cvss))
		return FALSE;
	add_properties(&cvss, object);
	return ps_cvss_has_group(&cvss, PS_CVSS_ENVIRONMENTAL) && ps_cvss_score(&cvss, &scores) &&
	       scores.environmental == 0;
}

static void
check_fixed(PsCsafContext *context, const cJSON *score, GHashTable *fixed, const PsPlace *place)
{
	static const char *const names[] = {"cvss_v2", "cvss_v3"};
	PsPlace list = {place, "products", 0}, at = {&list, NULL, 0};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		const cJSON *object = ps_csaf_object(score, names[i]);
		if (!object || environment_is_zero(object))
			continue;
		at.index = 0;
		for (const cJSON *item = ps_csaf_items(score, "products"); item;
		     item = item->next, at.index++) {
			const char *id = ps_csaf_item_string(item);
			if (id && g_hash_table_contains(fixed, id))
				ps_csaf_found(
					context, &at,
					_("The product “%s” has the fix, but the environmental "
					  "score of its “%s” is not 0; set the modified impacts "
					  "to none or remove the product here."),
					id, names[i]);
		}
	}
}

void
ps_csaf_test_cvss_fixed(PsCsafContext *context)
{
	static const char *const lists[] = {"first_fixed", "fixed"};

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) fixed = ps_csaf_set_new();
		const cJSON *status = ps_csaf_object(vulnerability, "product_status");
		for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
			for (const cJSON *id = ps_csaf_items(status, lists[i]); id; id = id->next)
				if (cJSON_IsString(id))
					g_hash_table_add(fixed, id->valuestring);
		PsPlace list = {&place, "scores", 0}, at = {&list, NULL, 0};
		for (const cJSON *score = ps_csaf_items(vulnerability, "scores"); score;
		     score = score->next, at.index++)
			check_fixed(context, score, fixed, &at);
	}
}

/* ---- 6.3.1, 6.3.2 ---- */

void
ps_csaf_test_cvss_2_only(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) newer = ps_csaf_set_new();
		const cJSON *first = ps_csaf_items(vulnerability, "scores");
		for (const cJSON *score = first; score; score = score->next)
			for (const cJSON *id = ps_csaf_object(score, "cvss_v3")
						       ? ps_csaf_items(score, "products")
						       : NULL;
			     id; id = id->next)
				if (cJSON_IsString(id))
					g_hash_table_add(newer, id->valuestring);
		PsPlace scores = {&place, "scores", 0}, at = {&scores, NULL, 0};
		for (const cJSON *score = first; score; score = score->next, at.index++) {
			PsPlace list = {&at, "products", 0}, product = {&list, NULL, 0};
			for (const cJSON *id = ps_csaf_object(score, "cvss_v2")
						       ? ps_csaf_items(score, "products")
						       : NULL;
			     id; id = id->next, product.index++)
				if (cJSON_IsString(id) &&
				    !g_hash_table_contains(newer, id->valuestring))
					ps_csaf_found(
						context, &product,
						_("The product “%s” has a CVSS 2.0 score only; "
						  "add one of CVSS 3.1."),
						id->valuestring);
		}
	}
}

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
