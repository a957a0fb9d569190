#include "config.h"

/* The CVSS objects in CSAF documents, by FIRST's schemas of CVSS 2.0, 3.0, 3.1 (which differ in the
 * version only) and 4.0. */

#include "advisory/csaf-table-rows.h"

static const char *const access_complexities[] = {"HIGH", "LOW", "MEDIUM", NULL};
static const char *const access_vectors[] = {"ADJACENT_NETWORK", "LOCAL", "NETWORK", NULL};
static const char *const authentications[] = {"MULTIPLE", "NONE", "SINGLE", NULL};
static const char *const impacts_2[] = {"COMPLETE", "NONE", "PARTIAL", NULL};
static const char *const requirements[] = {"HIGH", "LOW", "MEDIUM", "NOT_DEFINED", NULL};
static const char *const collateral_damages[] = {"HIGH", "LOW",         "LOW_MEDIUM", "MEDIUM_HIGH",
						 "NONE", "NOT_DEFINED", NULL};
static const char *const exploit_maturities[] = {"FUNCTIONAL",       "HIGH",     "NOT_DEFINED",
						 "PROOF_OF_CONCEPT", "UNPROVEN", NULL};
static const char *const remediation_levels[] = {"NOT_DEFINED", "OFFICIAL_FIX", "TEMPORARY_FIX",
						 "UNAVAILABLE", "WORKAROUND",   NULL};
static const char *const confidences_2[] = {"CONFIRMED", "NOT_DEFINED", "UNCONFIRMED",
					    "UNCORROBORATED", NULL};
static const char *const target_distributions[] = {"HIGH", "LOW",         "MEDIUM",
						   "NONE", "NOT_DEFINED", NULL};
static const char *const cvss_2_versions[] = {"2.0", NULL};
const PsCsafNode ps_csaf_cvss_2_members[19] = {
	CHOICE("accessComplexity", N_("Access complexity"), N_("As in the vector."), 0,
	       access_complexities),
	CHOICE("accessVector", N_("Access vector"), N_("As in the vector."), 0, access_vectors),
	CHOICE("authentication", N_("Authentication"), N_("As in the vector."), 0, authentications),
	CHOICE("availabilityImpact", N_("Availability impact"), N_("As in the vector."), 0,
	       impacts_2),
	CHOICE("availabilityRequirement", N_("Availability requirement"), N_("As in the vector."),
	       0, requirements),
	NUMBER("baseScore", N_("Base score"), N_("The number that the vector gives."), REQUIRED, 0,
	       10),
	CHOICE("collateralDamagePotential", N_("Collateral damage potential"),
	       N_("As in the vector."), 0, collateral_damages),
	CHOICE("confidentialityImpact", N_("Confidentiality impact"), N_("As in the vector."), 0,
	       impacts_2),
	CHOICE("confidentialityRequirement", N_("Confidentiality requirement"),
	       N_("As in the vector."), 0, requirements),
	NUMBER("environmentalScore", N_("Environmental score"),
	       N_("The number that the vector gives."), 0, 0, 10),
	CHOICE("exploitability", N_("Exploitability"), N_("As in the vector."), 0,
	       exploit_maturities),
	CHOICE("integrityImpact", N_("Integrity impact"), N_("As in the vector."), 0, impacts_2),
	CHOICE("integrityRequirement", N_("Integrity requirement"), N_("As in the vector."), 0,
	       requirements),
	CHOICE("remediationLevel", N_("Remediation level"), N_("As in the vector."), 0,
	       remediation_levels),
	CHOICE("reportConfidence", N_("Report confidence"), N_("As in the vector."), 0,
	       confidences_2),
	CHOICE("targetDistribution", N_("Target distribution"), N_("As in the vector."), 0,
	       target_distributions),
	NUMBER("temporalScore", N_("Temporal score"), N_("The number that the vector gives."), 0, 0,
	       10),
	FORM("vectorString", N_("Vector"), N_("The vector, from which all the rest follows."),
	     REQUIRED, PS_CSAF_VECTOR_2, 0),
	CHOICE("version", N_("CVSS version"), N_("Version of CVSS that the vector is of."),
	       REQUIRED, cvss_2_versions),
};
static const char *const attack_complexities[] = {"HIGH", "LOW", NULL};
static const char *const attack_vectors[] = {"ADJACENT_NETWORK", "LOCAL", "NETWORK", "PHYSICAL",
					     NULL};
static const char *const levels[] = {"HIGH", "LOW", "NONE", NULL};
static const char *const severities[] = {"CRITICAL", "HIGH", "LOW", "MEDIUM", "NONE", NULL};
static const char *const modified_complexities[] = {"HIGH", "LOW", "NOT_DEFINED", NULL};
static const char *const modified_attack_vectors[] = {"ADJACENT_NETWORK", "LOCAL",    "NETWORK",
						      "NOT_DEFINED",      "PHYSICAL", NULL};
static const char *const modified_levels[] = {"HIGH", "LOW", "NONE", "NOT_DEFINED", NULL};
static const char *const modified_scopes[] = {"CHANGED", "NOT_DEFINED", "UNCHANGED", NULL};
static const char *const modified_interactions[] = {"NONE", "NOT_DEFINED", "REQUIRED", NULL};
static const char *const confidences[] = {"CONFIRMED", "NOT_DEFINED", "REASONABLE", "UNKNOWN",
					  NULL};
static const char *const scopes[] = {"CHANGED", "UNCHANGED", NULL};
static const char *const user_interactions[] = {"NONE", "REQUIRED", NULL};
static const char *const cvss_3_versions[] = {"3.0", "3.1", NULL};
const PsCsafNode ps_csaf_cvss_3_members[30] = {
	CHOICE("attackComplexity", N_("Attack complexity"), N_("As in the vector."), 0,
	       attack_complexities),
	CHOICE("attackVector", N_("Attack vector"), N_("As in the vector."), 0, attack_vectors),
	CHOICE("availabilityImpact", N_("Availability impact"), N_("As in the vector."), 0, levels),
	CHOICE("availabilityRequirement", N_("Availability requirement"), N_("As in the vector."),
	       0, requirements),
	NUMBER("baseScore", N_("Base score"), N_("The number that the vector gives."), REQUIRED, 0,
	       10),
	CHOICE("baseSeverity", N_("Base severity"), N_("The word for the score, in capitals."),
	       REQUIRED, severities),
	CHOICE("confidentialityImpact", N_("Confidentiality impact"), N_("As in the vector."), 0,
	       levels),
	CHOICE("confidentialityRequirement", N_("Confidentiality requirement"),
	       N_("As in the vector."), 0, requirements),
	NUMBER("environmentalScore", N_("Environmental score"),
	       N_("The number that the vector gives."), 0, 0, 10),
	CHOICE("environmentalSeverity", N_("Environmental severity"),
	       N_("The word for the score, in capitals."), 0, severities),
	CHOICE("exploitCodeMaturity", N_("Exploit code maturity"), N_("As in the vector."), 0,
	       exploit_maturities),
	CHOICE("integrityImpact", N_("Integrity impact"), N_("As in the vector."), 0, levels),
	CHOICE("integrityRequirement", N_("Integrity requirement"), N_("As in the vector."), 0,
	       requirements),
	CHOICE("modifiedAttackComplexity", N_("Modified attack complexity"),
	       N_("As in the vector."), 0, modified_complexities),
	CHOICE("modifiedAttackVector", N_("Modified attack vector"), N_("As in the vector."), 0,
	       modified_attack_vectors),
	CHOICE("modifiedAvailabilityImpact", N_("Modified availability impact"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedConfidentialityImpact", N_("Modified confidentiality impact"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedIntegrityImpact", N_("Modified integrity impact"), N_("As in the vector."),
	       0, modified_levels),
	CHOICE("modifiedPrivilegesRequired", N_("Modified privileges required"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedScope", N_("Modified scope"), N_("As in the vector."), 0, modified_scopes),
	CHOICE("modifiedUserInteraction", N_("Modified user interaction"), N_("As in the vector."),
	       0, modified_interactions),
	CHOICE("privilegesRequired", N_("Privileges required"), N_("As in the vector."), 0, levels),
	CHOICE("remediationLevel", N_("Remediation level"), N_("As in the vector."), 0,
	       remediation_levels),
	CHOICE("reportConfidence", N_("Report confidence"), N_("As in the vector."), 0,
	       confidences),
	CHOICE("scope", N_("Scope"), N_("As in the vector."), 0, scopes),
	NUMBER("temporalScore", N_("Temporal score"), N_("The number that the vector gives."), 0, 0,
	       10),
	CHOICE("temporalSeverity", N_("Temporal severity"),
	       N_("The word for the score, in capitals."), 0, severities),
	CHOICE("userInteraction", N_("User interaction"), N_("As in the vector."), 0,
	       user_interactions),
	FORM("vectorString", N_("Vector"), N_("The vector, from which all the rest follows."),
	     REQUIRED, PS_CSAF_VECTOR_3, 0),
	CHOICE("version", N_("CVSS version"), N_("Version of CVSS that the vector is of."),
	       REQUIRED, cvss_3_versions),
};
static const char *const automatables[] = {"NO", "NOT_DEFINED", "YES", NULL};
static const char *const recoveries[] = {"AUTOMATIC", "IRRECOVERABLE", "NOT_DEFINED", "USER", NULL};
static const char *const safeties[] = {"NEGLIGIBLE", "NOT_DEFINED", "PRESENT", NULL};
static const char *const attack_requirements[] = {"NONE", "PRESENT", NULL};
static const char *const attack_vectors_4[] = {"ADJACENT", "LOCAL", "NETWORK", "PHYSICAL", NULL};
static const char *const exploit_maturities_4[] = {"ATTACKED", "NOT_DEFINED", "PROOF_OF_CONCEPT",
						   "UNREPORTED", NULL};
static const char *const modified_attack_requirements[] = {"NONE", "NOT_DEFINED", "PRESENT", NULL};
static const char *const modified_attack_vectors_4[] = {"ADJACENT",    "LOCAL",    "NETWORK",
							"NOT_DEFINED", "PHYSICAL", NULL};
static const char *const modified_subsequent_ia[] = {"HIGH",        "LOW",    "NEGLIGIBLE",
						     "NOT_DEFINED", "SAFETY", NULL};
static const char *const modified_subsequent_c[] = {"HIGH", "LOW", "NEGLIGIBLE", "NOT_DEFINED",
						    NULL};
static const char *const modified_interactions_4[] = {"ACTIVE", "NONE", "NOT_DEFINED", "PASSIVE",
						      NULL};
static const char *const urgencies[] = {"AMBER", "CLEAR", "GREEN", "NOT_DEFINED", "RED", NULL};
static const char *const user_interactions_4[] = {"ACTIVE", "NONE", "PASSIVE", NULL};
static const char *const densities[] = {"CONCENTRATED", "DIFFUSE", "NOT_DEFINED", NULL};
static const char *const efforts[] = {"HIGH", "LOW", "MODERATE", "NOT_DEFINED", NULL};
static const char *const cvss_4_versions[] = {"4.0", NULL};
const PsCsafNode ps_csaf_cvss_4_members[36] = {
	CHOICE("Automatable", N_("Automatable"), N_("As in the vector."), 0, automatables),
	CHOICE("Recovery", N_("Recovery"), N_("As in the vector."), 0, recoveries),
	CHOICE("Safety", N_("Safety"), N_("As in the vector."), 0, safeties),
	CHOICE("attackComplexity", N_("Attack complexity"), N_("As in the vector."), 0,
	       attack_complexities),
	CHOICE("attackRequirements", N_("Attack requirements"), N_("As in the vector."), 0,
	       attack_requirements),
	CHOICE("attackVector", N_("Attack vector"), N_("As in the vector."), 0, attack_vectors_4),
	CHOICE("availabilityRequirement", N_("Availability requirement"), N_("As in the vector."),
	       0, requirements),
	NUMBER("baseScore", N_("Base score"), N_("The number that the vector gives."), REQUIRED, 0,
	       10),
	CHOICE("baseSeverity", N_("Base severity"), N_("The word for the score, in capitals."),
	       REQUIRED, severities),
	CHOICE("confidentialityRequirement", N_("Confidentiality requirement"),
	       N_("As in the vector."), 0, requirements),
	CHOICE("exploitMaturity", N_("Exploit maturity"), N_("As in the vector."), 0,
	       exploit_maturities_4),
	CHOICE("integrityRequirement", N_("Integrity requirement"), N_("As in the vector."), 0,
	       requirements),
	CHOICE("modifiedAttackComplexity", N_("Modified attack complexity"),
	       N_("As in the vector."), 0, modified_complexities),
	CHOICE("modifiedAttackRequirements", N_("Modified attack requirements"),
	       N_("As in the vector."), 0, modified_attack_requirements),
	CHOICE("modifiedAttackVector", N_("Modified attack vector"), N_("As in the vector."), 0,
	       modified_attack_vectors_4),
	CHOICE("modifiedPrivilegesRequired", N_("Modified privileges required"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("modifiedSubAvailabilityImpact",
	       N_("Modified subsequent system availability impact"), N_("As in the vector."), 0,
	       modified_subsequent_ia),
	CHOICE("modifiedSubConfidentialityImpact",
	       N_("Modified subsequent system confidentiality impact"), N_("As in the vector."), 0,
	       modified_subsequent_c),
	CHOICE("modifiedSubIntegrityImpact", N_("Modified subsequent system integrity impact"),
	       N_("As in the vector."), 0, modified_subsequent_ia),
	CHOICE("modifiedUserInteraction", N_("Modified user interaction"), N_("As in the vector."),
	       0, modified_interactions_4),
	CHOICE("modifiedVulnAvailabilityImpact",
	       N_("Modified vulnerable system availability impact"), N_("As in the vector."), 0,
	       modified_levels),
	CHOICE("modifiedVulnConfidentialityImpact",
	       N_("Modified vulnerable system confidentiality impact"), N_("As in the vector."), 0,
	       modified_levels),
	CHOICE("modifiedVulnIntegrityImpact", N_("Modified vulnerable system integrity impact"),
	       N_("As in the vector."), 0, modified_levels),
	CHOICE("privilegesRequired", N_("Privileges required"), N_("As in the vector."), 0, levels),
	CHOICE("providerUrgency", N_("Provider urgency"), N_("As in the vector."), 0, urgencies),
	CHOICE("subAvailabilityImpact", N_("Subsequent system availability impact"),
	       N_("As in the vector."), 0, levels),
	CHOICE("subConfidentialityImpact", N_("Subsequent system confidentiality impact"),
	       N_("As in the vector."), 0, levels),
	CHOICE("subIntegrityImpact", N_("Subsequent system integrity impact"),
	       N_("As in the vector."), 0, levels),
	CHOICE("userInteraction", N_("User interaction"), N_("As in the vector."), 0,
	       user_interactions_4),
	CHOICE("valueDensity", N_("Value density"), N_("As in the vector."), 0, densities),
	FORM("vectorString", N_("Vector"), N_("The vector, from which all the rest follows."),
	     REQUIRED, PS_CSAF_VECTOR_4, 0),
	CHOICE("version", N_("CVSS version"), N_("Version of CVSS that the vector is of."),
	       REQUIRED, cvss_4_versions),
	CHOICE("vulnAvailabilityImpact", N_("Vulnerable system availability impact"),
	       N_("As in the vector."), 0, levels),
	CHOICE("vulnConfidentialityImpact", N_("Vulnerable system confidentiality impact"),
	       N_("As in the vector."), 0, levels),
	CHOICE("vulnIntegrityImpact", N_("Vulnerable system integrity impact"),
	       N_("As in the vector."), 0, levels),
	CHOICE("vulnerabilityResponseEffort", N_("Vulnerability response effort"),
	       N_("As in the vector."), 0, efforts),
};
