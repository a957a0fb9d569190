#include "config.h"

#include "advisory/cvss-object.h"

#include <string.h>

#include "advisory/item.h"

/* Each table ends with a NULL key. `values`: pairs of the vector's letter and the schema's word. */
typedef struct {
	const char *metric, *property;
	const char *const *values;
} Property;

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const impact_2[] = {"N", "NONE", "P", "PARTIAL", "C", "COMPLETE", NULL};
static const char *const requirement_2[] = {"L",    "LOW", "M",           "MEDIUM", "H",
					    "HIGH", "ND",  "NOT_DEFINED", NULL};

static const Property version_2[] = {
	{"AV", "accessVector", VALUES("N", "NETWORK", "A", "ADJACENT_NETWORK", "L", "LOCAL")},
	{"AC", "accessComplexity", VALUES("H", "HIGH", "M", "MEDIUM", "L", "LOW")},
	{"Au", "authentication", VALUES("M", "MULTIPLE", "S", "SINGLE", "N", "NONE")},
	{"C", "confidentialityImpact", impact_2},
	{"I", "integrityImpact", impact_2},
	{"A", "availabilityImpact", impact_2},
	{"E", "exploitability",
	 VALUES("U", "UNPROVEN", "POC", "PROOF_OF_CONCEPT", "F", "FUNCTIONAL", "H", "HIGH", "ND",
		"NOT_DEFINED")},
	{"RL", "remediationLevel",
	 VALUES("OF", "OFFICIAL_FIX", "TF", "TEMPORARY_FIX", "W", "WORKAROUND", "U", "UNAVAILABLE",
		"ND", "NOT_DEFINED")},
	{"RC", "reportConfidence",
	 VALUES("UC", "UNCONFIRMED", "UR", "UNCORROBORATED", "C", "CONFIRMED", "ND",
		"NOT_DEFINED")},
	{"CDP", "collateralDamagePotential",
	 VALUES("N", "NONE", "L", "LOW", "LM", "LOW_MEDIUM", "MH", "MEDIUM_HIGH", "H", "HIGH", "ND",
		"NOT_DEFINED")},
	{"TD", "targetDistribution",
	 VALUES("N", "NONE", "L", "LOW", "M", "MEDIUM", "H", "HIGH", "ND", "NOT_DEFINED")},
	{"CR", "confidentialityRequirement", requirement_2},
	{"IR", "integrityRequirement", requirement_2},
	{"AR", "availabilityRequirement", requirement_2},
	{NULL, NULL, NULL},
};

static const char *const vector_3[] = {"N", "NETWORK",  "A", "ADJACENT_NETWORK", "L", "LOCAL",
				       "P", "PHYSICAL", "X", "NOT_DEFINED",      NULL};
static const char *const level_3[] = {"N", "NONE", "L", "LOW",         "M", "MEDIUM",
				      "H", "HIGH", "X", "NOT_DEFINED", NULL};
static const char *const interaction_3[] = {"N", "NONE", "R", "REQUIRED", "X", "NOT_DEFINED", NULL};
static const char *const scope_3[] = {"U", "UNCHANGED", "C", "CHANGED", "X", "NOT_DEFINED", NULL};

static const Property version_3[] = {
	{"AV", "attackVector", vector_3},
	{"AC", "attackComplexity", level_3},
	{"PR", "privilegesRequired", level_3},
	{"UI", "userInteraction", interaction_3},
	{"S", "scope", scope_3},
	{"C", "confidentialityImpact", level_3},
	{"I", "integrityImpact", level_3},
	{"A", "availabilityImpact", level_3},
	{"E", "exploitCodeMaturity",
	 VALUES("U", "UNPROVEN", "P", "PROOF_OF_CONCEPT", "F", "FUNCTIONAL", "H", "HIGH", "X",
		"NOT_DEFINED")},
	{"RL", "remediationLevel",
	 VALUES("O", "OFFICIAL_FIX", "T", "TEMPORARY_FIX", "W", "WORKAROUND", "U", "UNAVAILABLE",
		"X", "NOT_DEFINED")},
	{"RC", "reportConfidence",
	 VALUES("U", "UNKNOWN", "R", "REASONABLE", "C", "CONFIRMED", "X", "NOT_DEFINED")},
	{"CR", "confidentialityRequirement", level_3},
	{"IR", "integrityRequirement", level_3},
	{"AR", "availabilityRequirement", level_3},
	{"MAV", "modifiedAttackVector", vector_3},
	{"MAC", "modifiedAttackComplexity", level_3},
	{"MPR", "modifiedPrivilegesRequired", level_3},
	{"MUI", "modifiedUserInteraction", interaction_3},
	{"MS", "modifiedScope", scope_3},
	{"MC", "modifiedConfidentialityImpact", level_3},
	{"MI", "modifiedIntegrityImpact", level_3},
	{"MA", "modifiedAvailabilityImpact", level_3},
	{NULL, NULL, NULL},
};

static const char *const level_4[] = {"N", "NONE", "L", "LOW",         "M", "MEDIUM",
				      "H", "HIGH", "X", "NOT_DEFINED", NULL};
static const char *const vector_4[] = {"N", "NETWORK",  "A", "ADJACENT",    "L", "LOCAL",
				       "P", "PHYSICAL", "X", "NOT_DEFINED", NULL};
static const char *const attack_requirements_4[] = {"N", "NONE",        "P", "PRESENT",
						    "X", "NOT_DEFINED", NULL};
static const char *const interaction_4[] = {"N",      "NONE", "P",           "PASSIVE", "A",
					    "ACTIVE", "X",    "NOT_DEFINED", NULL};
static const char *const subsequent_4[] = {"N", "NEGLIGIBLE", "L", "LOW",         "H", "HIGH",
					   "S", "SAFETY",     "X", "NOT_DEFINED", NULL};

static const Property version_4[] = {
	{"AV", "attackVector", vector_4},
	{"AC", "attackComplexity", level_4},
	{"AT", "attackRequirements", attack_requirements_4},
	{"PR", "privilegesRequired", level_4},
	{"UI", "userInteraction", interaction_4},
	{"VC", "vulnConfidentialityImpact", level_4},
	{"VI", "vulnIntegrityImpact", level_4},
	{"VA", "vulnAvailabilityImpact", level_4},
	{"SC", "subConfidentialityImpact", level_4},
	{"SI", "subIntegrityImpact", level_4},
	{"SA", "subAvailabilityImpact", level_4},
	{"E", "exploitMaturity",
	 VALUES("U", "UNREPORTED", "P", "PROOF_OF_CONCEPT", "A", "ATTACKED", "X", "NOT_DEFINED")},
	{"CR", "confidentialityRequirement", level_4},
	{"IR", "integrityRequirement", level_4},
	{"AR", "availabilityRequirement", level_4},
	{"MAV", "modifiedAttackVector", vector_4},
	{"MAC", "modifiedAttackComplexity", level_4},
	{"MAT", "modifiedAttackRequirements", attack_requirements_4},
	{"MPR", "modifiedPrivilegesRequired", level_4},
	{"MUI", "modifiedUserInteraction", interaction_4},
	{"MVC", "modifiedVulnConfidentialityImpact", level_4},
	{"MVI", "modifiedVulnIntegrityImpact", level_4},
	{"MVA", "modifiedVulnAvailabilityImpact", level_4},
	{"MSC", "modifiedSubConfidentialityImpact", subsequent_4},
	{"MSI", "modifiedSubIntegrityImpact", subsequent_4},
	{"MSA", "modifiedSubAvailabilityImpact", subsequent_4},
	{"S", "Safety", VALUES("X", "NOT_DEFINED", "N", "NEGLIGIBLE", "P", "PRESENT")},
	{"AU", "Automatable", VALUES("X", "NOT_DEFINED", "N", "NO", "Y", "YES")},
	{"R", "Recovery",
	 VALUES("X", "NOT_DEFINED", "A", "AUTOMATIC", "U", "USER", "I", "IRRECOVERABLE")},
	{"V", "valueDensity", VALUES("X", "NOT_DEFINED", "D", "DIFFUSE", "C", "CONCENTRATED")},
	{"RE", "vulnerabilityResponseEffort",
	 VALUES("X", "NOT_DEFINED", "L", "LOW", "M", "MODERATE", "H", "HIGH")},
	{"U", "providerUrgency",
	 VALUES("X", "NOT_DEFINED", "Clear", "CLEAR", "Green", "GREEN", "Amber", "AMBER", "Red",
		"RED")},
	{NULL, NULL, NULL},
};

static const Property *const versions[PS_CVSS_VERSIONS] = {
	[PS_CVSS_2_0] = version_2,
	[PS_CVSS_3_0] = version_3,
	[PS_CVSS_3_1] = version_3,
	[PS_CVSS_4_0] = version_4,
};

static const char *
word_of(const Property *property, const char *key)
{
	for (const char *const *value = property->values; *value; value += 2)
		if (g_str_equal(value[0], key))
			return value[1];
	return NULL;
}

static void
put_score(cJSON *object, const PsCvss *cvss, const char *group, int tenths)
{
	g_autofree char *score = g_strconcat(group, "Score", NULL);

	if (tenths < 0)
		return;
	ps_put_tenths(object, score, tenths);
	if (cvss->version == PS_CVSS_2_0)
		return;
	g_autofree char *severity = g_strconcat(group, "Severity", NULL);
	g_autofree char *word = g_ascii_strup(ps_cvss_severity(cvss->version, tenths), -1);
	cJSON_AddStringToObject(object, severity, word);
}

cJSON *
ps_cvss_object(const PsCvss *cvss)
{
	PsCvssScores scores;
	char vector[PS_CVSS_VECTOR_MAX];

	if (!ps_cvss_score(cvss, &scores))
		return NULL;
	cJSON *object = cJSON_CreateObject();
	ps_cvss_format(cvss, vector);
	cJSON_AddStringToObject(object, "version", ps_cvss_table(cvss->version)->name);
	cJSON_AddStringToObject(object, "vectorString", vector);
	for (const Property *property = versions[cvss->version]; property->metric; property++) {
		const char *key = ps_cvss_value_key(cvss, property->metric);
		const char *word = key ? word_of(property, key) : NULL;
		/* What is not defined is not in the canonical vector either. */
		if (word && !g_str_equal(word, "NOT_DEFINED"))
			cJSON_AddStringToObject(object, property->property, word);
	}
	/* 4.0 has one score for all that the vector gives. */
	put_score(object, cvss, "base",
		  cvss->version == PS_CVSS_4_0 ? scores.overall : scores.base);
	if (cvss->version == PS_CVSS_4_0)
		return object;
	if (ps_cvss_has_group(cvss, PS_CVSS_TEMPORAL))
		put_score(object, cvss, "temporal", scores.temporal);
	if (ps_cvss_has_group(cvss, PS_CVSS_ENVIRONMENTAL))
		put_score(object, cvss, "environmental", scores.environmental);
	return object;
}
