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

/* Versions and sources that have a bit; more of them are rare. */
#define KINDS_MAX 30

typedef struct {
	GHashTable *kinds; /* "VERSION SOURCE" -> bit + 1; of the document */
	GHashTable *rare;  /* the same -> set of product + 1; of the vulnerability */
	PsCsafMarks bits;  /* a product: kinds of score that it has; of the vulnerability */
	PsCsafMarks here;  /* products of one score */
} Scored;

/* The kind of score: its bit, or -1 and a set of those that have it. Takes the key. */
static int
kind_of(Scored *scored, char *key, GHashTable **set)
{
	int bit = GPOINTER_TO_INT(g_hash_table_lookup(scored->kinds, key)) - 1;

	if (bit < 0 && g_hash_table_size(scored->kinds) < KINDS_MAX) {
		bit = (int)g_hash_table_size(scored->kinds);
		g_hash_table_insert(scored->kinds, key, GINT_TO_POINTER(bit + 1));
		return bit;
	}
	*set = bit < 0 ? g_hash_table_lookup(scored->rare, key) : NULL;
	if (bit >= 0 || *set) {
		g_free(key);
		return bit;
	}
	*set = g_hash_table_new(NULL, NULL);
	g_hash_table_insert(scored->rare, key, *set);
	return -1;
}

/* FALSE: the product had it. */
static gboolean
add_kind(Scored *scored, int product, int bit, GHashTable *set)
{
	if (bit < 0)
		return g_hash_table_add(set, GINT_TO_POINTER(product + 1));
	int before = ps_csaf_marks_get(&scored->bits, product);
	ps_csaf_marks_set(&scored->bits, product, before | 1 << bit);
	return !(before & 1 << bit);
}

static void
count_products(PsCsafContext *context, const PsCsafMetric *metric, const char *version,
	       Scored *scored)
{
	const PsCsafIdList *ids = &metric->naming->products;
	const int *numbers = ps_csaf_numbers_of(&context->all, ids);
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};

	if (ids->n == 0)
		return;
	GHashTable *set = NULL;
	/* no version holds a blank */
	int bit = kind_of(scored,
			  g_strconcat(version, " ", metric->source ? metric->source : "", NULL),
			  &set);
	ps_csaf_marks_reset(&scored->here);
	for (guint i = 0; i < ids->n; i++) {
		if (numbers[i] < 0 || ps_csaf_marks_set(&scored->here, numbers[i], 1))
			continue;
		at.index = (int)i;
		if (!add_kind(scored, numbers[i], bit, set))
			ps_csaf_found(context, &at,
				      _("The product “%s” has two scores of CVSS %s for this "
					"vulnerability; keep one."),
				      ps_csaf_product_text(&context->all, numbers[i]), version);
	}
}

/* The version of a CVSS object is what it says, be it one that CSAF knows or not. */
static void
count_metric(PsCsafContext *context, const PsCsafMetric *metric, Scored *scored)
{
	for (gsize i = 0; i < n_objects(context); i++) {
		const cJSON *object = ps_csaf_object(metric->content, object_names[i]);
		const char *version = ps_csaf_string(object, "version");
		if (object && !version && i == 0)
			version = "2.0";
		if (version)
			count_products(context, metric, version, scored);
	}
}

void
ps_csaf_test_scores_twice(PsCsafContext *context)
{
	g_autoptr(GHashTable) kinds =
		g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) rare = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free,
							   (GDestroyNotify)g_hash_table_unref);
	Scored scored = {.kinds = kinds, .rare = rare};
	PsCsafMetric metric;

	ps_csaf_marks_init(&scored.bits, context->all.products.ids->len);
	ps_csaf_marks_init(&scored.here, context->all.products.ids->len);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		ps_csaf_marks_reset(&scored.bits);
		g_hash_table_remove_all(rare);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			count_metric(context, &metric, &scored);
	}
	ps_csaf_marks_clear(&scored.bits);
	ps_csaf_marks_clear(&scored.here);
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

/* The score of a group is that of the vector, or of what the properties add to it. */
static void
check_group(PsCsafContext *context, const cJSON *object, const char *score, const char *severity,
	    PsCvssVersion version, const int tenths[2], const PsPlace *place)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(object, score);
	const char *word = ps_csaf_string(object, severity);
	gboolean with_properties =
		cJSON_IsNumber(given)
			? fabs(given->valuedouble * 10 - tenths[1]) < 1e-6
			: word && g_ascii_strcasecmp(word, ps_cvss_severity(version, tenths[1])) ==
					  0;

	check_score(context, object, score, tenths[with_properties], place);
	check_severity(context, object, severity, version, tenths[with_properties], place);
}

static void
check_computation(PsCsafContext *context, const cJSON *object, const char *name,
		  const PsPlace *place)
{
	PsCvss cvss;
	PsCvssScores scores, whole;

	if (!read_vector(context, object, name, place, &cvss))
		return;
	if (cvss.version == PS_CVSS_4_0) {
		check_computation_4(context, object, &cvss, place);
		return;
	}
	ps_cvss_score(&cvss, &scores);
	add_properties(&cvss, object);
	ps_cvss_score(&cvss, &whole);
	check_score(context, object, "baseScore", scores.base, place);
	check_severity(context, object, "baseSeverity", cvss.version, scores.base, place);
	check_group(context, object, "temporalScore", "temporalSeverity", cvss.version,
		    (int[]){scores.temporal, whole.temporal}, place);
	check_group(context, object, "environmentalScore", "environmentalSeverity", cvss.version,
		    (int[]){scores.environmental, whole.environmental}, place);
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

/* In 2.0 the environmental score counts, which without such metrics is the temporal one; in 2.1 the
 * overall score. */
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
	return (ps_csaf_is_2_1(context) ? scores.overall : scores.environmental) == 0;
}

static void
check_fixed(PsCsafContext *context, const PsCsafMetric *metric, const PsCsafCover *fixed)
{
	const PsCsafIdList *ids = &metric->naming->products;
	const int *numbers = ps_csaf_numbers_of(&context->all, ids);
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};

	for (gsize i = 0; i < n_objects(context); i++) {
		const cJSON *object = ps_csaf_object(metric->content, object_names[i]);
		if (!object || is_zero(context, object, object_names[i]))
			continue;
		for (guint k = 0; k < ids->n; k++) {
			if (numbers[k] < 0 || !ps_csaf_cover_has(fixed, numbers[k]))
				continue;
			at.index = (int)k;
			ps_csaf_found(context, &at,
				      _("The product “%s” has the fix, but the score of its "
					"“%s” in this environment is not 0; set the modified "
					"impacts to none or remove the product here."),
				      ps_csaf_product_text(&context->all, numbers[k]),
				      object_names[i]);
		}
	}
}

void
ps_csaf_test_cvss_fixed(PsCsafContext *context)
{
	g_auto(PsCsafCover) fixed = {0};
	PsCsafMetric metric;

	ps_csaf_cover_init(&fixed, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const PsCsafIdList *status = vulnerability->status;
		if (status[PS_CSAF_FIRST_FIXED].n + status[PS_CSAF_FIXED].n == 0)
			continue;
		ps_csaf_metric_first(&metric, context, vulnerability, &place);
		if (!metric.item)
			continue;
		ps_csaf_cover_reset(&fixed);
		ps_csaf_cover_add_list(&fixed, &status[PS_CSAF_FIRST_FIXED]);
		ps_csaf_cover_add_list(&fixed, &status[PS_CSAF_FIXED]);
		for (; metric.item; ps_csaf_metric_next(&metric))
			check_fixed(context, &metric, &fixed);
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
