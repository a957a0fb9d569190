#include "config.h"

/* CVSS 2.0 metrics, values and weights (thousandths). */

#include "scoring/cvss-score.h"

#include "base/i18n.h"

#define METRIC(key, letters, name, help, group, values, not_defined)                               \
	{                                                                                          \
		key, name, help, group, values, G_N_ELEMENTS(values), not_defined, letters         \
	}
#define ND(weight)                                                                                 \
	{                                                                                          \
		"ND", N_("Not Defined"), N_("Not judged; does not change the score."), weight, 0   \
	}

static const PsCvssValue access_vector[] = {
	{"L", N_("Local"), N_("Needs access to the device itself or a local account."), 395, 0},
	{"A", N_("Adjacent Network"), N_("Works from the same network segment or radio range."),
	 646, 0},
	{"N", N_("Network"), N_("Works across routed networks."), 1000, 0},
};
static const PsCvssValue access_complexity[] = {
	{"H", N_("High"), N_("Needs rare circumstances."), 350, 0},
	{"M", N_("Medium"), N_("Needs somewhat special circumstances."), 610, 0},
	{"L", N_("Low"), N_("Nothing special is needed."), 710, 0},
};
static const PsCvssValue authentication[] = {
	{"M", N_("Multiple"), N_("The attacker logs in two times or more."), 450, 0},
	{"S", N_("Single"), N_("The attacker logs in once."), 560, 0},
	{"N", N_("None"), N_("No login is needed."), 704, 0},
};
static const PsCvssValue impact[] = {
	{"N", N_("None"), N_("No loss."), 0, 0},
	{"P", N_("Partial"), N_("Some loss, which the attacker can't choose freely."), 275, 0},
	{"C", N_("Complete"), N_("Total loss."), 660, 0},
};
static const PsCvssValue exploitability[] = {
	{"U", N_("Unproven"), N_("No exploit is known, or only in theory."), 850, 0},
	{"POC", N_("Proof-of-Concept"), N_("A demonstration exists that needs work."), 900, 0},
	{"F", N_("Functional"), N_("An exploit works in most places."), 950, 0},
	{"H", N_("High"), N_("It works everywhere or by itself."), 1000, 0},
	ND(1000),
};
static const PsCvssValue remediation_level[] = {
	{"OF", N_("Official Fix"), N_("The vendor offers a complete fix."), 870, 0},
	{"TF", N_("Temporary Fix"), N_("The vendor offers an interim fix."), 900, 0},
	{"W", N_("Workaround"), N_("A workaround exists, not from the vendor."), 950, 0},
	{"U", N_("Unavailable"), N_("There is no remedy."), 1000, 0},
	ND(1000),
};
static const PsCvssValue report_confidence[] = {
	{"UC", N_("Unconfirmed"), N_("One source, or reports that contradict each other."), 900, 0},
	{"UR", N_("Uncorroborated"), N_("Several sources that do not fully agree."), 950, 0},
	{"C", N_("Confirmed"), N_("The vendor or an exploit confirms it."), 1000, 0},
	ND(1000),
};
static const PsCvssValue collateral_damage[] = {
	{"N", N_("None"), N_("No damage to life, property or business."), 0, 0},
	{"L", N_("Low"), N_("Slight damage."), 100, 0},
	{"LM", N_("Low-Medium"), N_("Moderate damage."), 300, 0},
	{"MH", N_("Medium-High"), N_("Significant damage."), 400, 0},
	{"H", N_("High"), N_("Catastrophic damage."), 500, 0},
	ND(0),
};
static const PsCvssValue target_distribution[] = {
	{"N", N_("None"), N_("No such system is in use."), 0, 0},
	{"L", N_("Low"), N_("Up to a quarter of the systems."), 250, 0},
	{"M", N_("Medium"), N_("Up to three quarters of the systems."), 750, 0},
	{"H", N_("High"), N_("Most systems."), 1000, 0},
	ND(1000),
};
static const PsCvssValue requirement[] = {
	{"L", N_("Low"), N_("Losing it would hardly matter here."), 500, 0},
	{"M", N_("Medium"), N_("Losing it would be serious here."), 1000, 0},
	{"H", N_("High"), N_("Losing it would be a catastrophe here."), 1510, 0},
	ND(1000),
};

const PsCvssMetric ps_cvss_metrics_2[] = {
	METRIC("AV", "LAN", N_("Access Vector"), N_("From where is it exploited?"), PS_CVSS_BASE,
	       access_vector, -1),
	METRIC("AC", "HML", N_("Access Complexity"), N_("How special are the circumstances?"),
	       PS_CVSS_BASE, access_complexity, -1),
	METRIC("Au", "MSN", N_("Authentication"), N_("How often must the attacker log in?"),
	       PS_CVSS_BASE, authentication, -1),
	METRIC("C", "NPC", N_("Confidentiality Impact"), N_("How much is disclosed?"), PS_CVSS_BASE,
	       impact, -1),
	METRIC("I", "NPC", N_("Integrity Impact"), N_("How much can be altered?"), PS_CVSS_BASE,
	       impact, -1),
	METRIC("A", "NPC", N_("Availability Impact"), N_("How much stops working?"), PS_CVSS_BASE,
	       impact, -1),
	METRIC("E", "U?FH?", N_("Exploitability"), N_("How far have exploits come?"),
	       PS_CVSS_TEMPORAL, exploitability, 4),
	METRIC("RL", "??WU?", N_("Remediation Level"), N_("What remedy is there?"),
	       PS_CVSS_TEMPORAL, remediation_level, 4),
	METRIC("RC", "??C?", N_("Report Confidence"), N_("How sure is it?"), PS_CVSS_TEMPORAL,
	       report_confidence, 3),
	METRIC("CDP", "NL??H?", N_("Collateral Damage Potential"),
	       N_("What else could be damaged?"), PS_CVSS_ENVIRONMENTAL, collateral_damage, 5),
	METRIC("TD", "NLMH?", N_("Target Distribution"), N_("How many systems are vulnerable?"),
	       PS_CVSS_ENVIRONMENTAL, target_distribution, 4),
	METRIC("CR", "LMH?", N_("Confidentiality Requirement"),
	       N_("How much does confidentiality matter?"), PS_CVSS_ENVIRONMENTAL, requirement, 3),
	METRIC("IR", "LMH?", N_("Integrity Requirement"), N_("How much does integrity matter?"),
	       PS_CVSS_ENVIRONMENTAL, requirement, 3),
	METRIC("AR", "LMH?", N_("Availability Requirement"),
	       N_("How much does availability matter?"), PS_CVSS_ENVIRONMENTAL, requirement, 3),
};
const int ps_cvss_count_2 = G_N_ELEMENTS(ps_cvss_metrics_2);
