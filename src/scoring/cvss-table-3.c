#include "config.h"

/* CVSS 3.0 and 3.1: the same metrics, values and weights (thousandths); only the formulas differ.
 */

#include "scoring/cvss-score.h"

#include "base/i18n.h"

#define METRIC(key, letters, name, help, group, values, not_defined)                               \
	{                                                                                          \
		key, name, help, group, values, G_N_ELEMENTS(values), not_defined, letters         \
	}
#define X                                                                                          \
	{                                                                                          \
		"X", N_("Not Defined"), N_("Not judged; does not change the score."), 1000, 0      \
	}
/* A modified metric that is not defined takes the base metric's value. */
#define AS_BASE                                                                                    \
	{                                                                                          \
		"X", N_("Not Defined"), N_("As in the base metrics."), 0, 0                        \
	}

#define ATTACK_VECTOR                                                                              \
	{"N", N_("Network"),                                                                       \
	 N_("Reachable through routers, up to the whole Internet: the attacker can be anywhere."), \
	 850, 0},                                                                                  \
		{"A", N_("Adjacent"),                                                              \
		 N_("Only from the same shared link: one network segment, Bluetooth or Wi-Fi "     \
		    "range, a VPN zone."),                                                         \
		 620, 0},                                                                          \
		{"L", N_("Local"),                                                                 \
		 N_("Not over a network: through a local login or shell, or by making a user "     \
		    "open something that the attacker prepared."),                                 \
		 550, 0},                                                                          \
	{                                                                                          \
		"P", N_("Physical"),                                                               \
			N_("The attacker must touch or handle the device, for a moment or for "    \
			   "long."),                                                               \
			200, 0                                                                     \
	}
#define ATTACK_COMPLEXITY                                                                          \
	{"L", N_("Low"),                                                                           \
	 N_("Nothing beyond the attacker's control is needed; it works again and again."), 770,    \
	 0},                                                                                       \
	{                                                                                          \
		"H", N_("High"),                                                                   \
			N_("Success depends on something the attacker can't control: a race, a "   \
			   "secret to learn first, a place in the middle of the connection."),     \
			440, 0                                                                     \
	}
#define PRIVILEGES_REQUIRED                                                                        \
	{"N", N_("None"), N_("The attacker needs no account and no access to settings or files."), \
	 850, 0},                                                                                  \
		{"L", N_("Low"),                                                                   \
		 N_("An ordinary user's rights, which reach only that user's own things or "       \
		    "nothing sensitive."),                                                         \
		 620, 680},                                                                        \
	{                                                                                          \
		"H", N_("High"),                                                                   \
			N_("Administrative rights over the vulnerable component, reaching "        \
			   "settings and data of all."),                                           \
			270, 500                                                                   \
	}
#define USER_INTERACTION                                                                           \
	{"N", N_("None"), N_("No other person has to do anything."), 850, 0},                      \
	{                                                                                          \
		"R", N_("Required"),                                                               \
			N_("Somebody other than the attacker must act first, such as open a link " \
			   "or install something."),                                               \
			620, 0                                                                     \
	}
#define SCOPE                                                                                      \
	{"U", N_("Unchanged"),                                                                     \
	 N_("The harm stays with what the same security authority manages."), 0, 0},               \
	{                                                                                          \
		"C", N_("Changed"),                                                                \
			N_("The harm reaches beyond: out of a sandbox or virtual machine, from a " \
			   "server into the user's browser."),                                     \
			0, 0                                                                       \
	}
#define CONFIDENTIALITY                                                                            \
	{"H", N_("High"),                                                                          \
	 N_("Everything is disclosed, or something whose disclosure alone is grave, such as an "   \
	    "administrator's password."),                                                          \
	 560, 0},                                                                                  \
		{"L", N_("Low"),                                                                   \
		 N_("Some is disclosed, but the attacker can't choose what, and it does no "       \
		    "direct, grave harm."),                                                        \
		 220, 0},                                                                          \
	{                                                                                          \
		"N", N_("None"), N_("Nothing is disclosed."), 0, 0                                 \
	}
#define INTEGRITY                                                                                  \
	{"H", N_("High"),                                                                          \
	 N_("Anything can be altered, or something whose alteration alone is grave."), 560, 0},    \
		{"L", N_("Low"),                                                                   \
		 N_("Some data can be altered, but without control over the result or without "    \
		    "direct, grave harm."),                                                        \
		 220, 0},                                                                          \
	{                                                                                          \
		"N", N_("None"), N_("Nothing can be altered."), 0, 0                               \
	}
#define AVAILABILITY                                                                               \
	{"H", N_("High"),                                                                          \
	 N_("Access can be denied completely, for as long as the attack lasts or after it, or "    \
	    "the "                                                                                 \
	    "part that fails is vital."),                                                          \
	 560, 0},                                                                                  \
		{"L", N_("Low"),                                                                   \
		 N_("Slower or interrupted at times; legitimate users are never shut out fully."), \
		 220, 0},                                                                          \
	{                                                                                          \
		"N", N_("None"), N_("It keeps working as before."), 0, 0                           \
	}

static const PsCvssValue av[] = {ATTACK_VECTOR}, mav[] = {AS_BASE, ATTACK_VECTOR};
static const PsCvssValue ac[] = {ATTACK_COMPLEXITY}, mac[] = {AS_BASE, ATTACK_COMPLEXITY};
static const PsCvssValue pr[] = {PRIVILEGES_REQUIRED}, mpr[] = {AS_BASE, PRIVILEGES_REQUIRED};
static const PsCvssValue ui[] = {USER_INTERACTION}, mui[] = {AS_BASE, USER_INTERACTION};
static const PsCvssValue s[] = {SCOPE}, ms[] = {AS_BASE, SCOPE};
static const PsCvssValue c[] = {CONFIDENTIALITY}, mc[] = {AS_BASE, CONFIDENTIALITY};
static const PsCvssValue i[] = {INTEGRITY}, mi[] = {AS_BASE, INTEGRITY};
static const PsCvssValue a[] = {AVAILABILITY}, ma[] = {AS_BASE, AVAILABILITY};

static const PsCvssValue exploit_maturity[] = {
	X,
	{"H", N_("High"),
	 N_("It works in every situation or spreads by itself, or no exploit code is needed at "
	    "all."),
	 1000, 0},
	{"F", N_("Functional"), N_("Exploit code is around that works in most situations."), 970,
	 0},
	{"P", N_("Proof-of-Concept"),
	 N_("A demonstration exists; using it against real systems needs a skilled attacker."), 940,
	 0},
	{"U", N_("Unproven"), N_("No exploit code is known, or it is only a theory."), 910, 0},
};
static const PsCvssValue remediation_level[] = {
	X,
	{"U", N_("Unavailable"), N_("There is no remedy, or it can't be applied."), 1000, 0},
	{"W", N_("Workaround"), N_("A way around exists that does not come from the vendor."), 970,
	 0},
	{"T", N_("Temporary Fix"),
	 N_("The vendor offers something for the meantime: a hotfix, a tool, a workaround."), 960,
	 0},
	{"O", N_("Official Fix"), N_("The vendor offers a patch or an update that solves it."), 950,
	 0},
};
static const PsCvssValue report_confidence[] = {
	X,
	{"C", N_("Confirmed"),
	 N_("The vendor confirmed it, or it can be reproduced from detailed reports or source "
	    "code."),
	 1000, 0},
	{"R", N_("Reasonable"),
	 N_("Important details are out, but the cause or the result is not fully verified."), 960,
	 0},
	{"U", N_("Unknown"), N_("There are signs of a flaw; reports differ or the cause is open."),
	 920, 0},
};
#define REQUIREMENT(high, medium, low)                                                             \
	{                                                                                          \
		X, {"H", N_("High"), high, 1500, 0}, {"M", N_("Medium"), medium, 1000, 0},         \
		{                                                                                  \
			"L", N_("Low"), low, 500, 0                                                \
		}                                                                                  \
	}
static const PsCvssValue cr[] =
	REQUIREMENT(N_("Losing confidentiality would be a catastrophe here."),
		    N_("Losing confidentiality would be serious here."),
		    N_("Losing confidentiality would matter little here."));
static const PsCvssValue ir[] = REQUIREMENT(N_("Losing integrity would be a catastrophe here."),
					    N_("Losing integrity would be serious here."),
					    N_("Losing integrity would matter little here."));
static const PsCvssValue ar[] = REQUIREMENT(N_("Losing availability would be a catastrophe here."),
					    N_("Losing availability would be serious here."),
					    N_("Losing availability would matter little here."));

#define BASE(key, letters, name, help, values)                                                     \
	METRIC(key, letters, name, help, PS_CVSS_BASE, values, -1)
#define MODIFIED(key, letters, name, values)                                                       \
	METRIC(key, letters, name, N_("What is different in this environment?"),                   \
	       PS_CVSS_ENVIRONMENTAL, values, 0)

const PsCvssMetric ps_cvss_metrics_3[] = {
	BASE("AV", "NALP", N_("Attack Vector"), N_("How far away can the attacker be?"), av),
	BASE("AC", "LH", N_("Attack Complexity"),
	     N_("What must go right that the attacker can't force?"), ac),
	BASE("PR", "NLH", N_("Privileges Required"),
	     N_("Which rights must the attacker have before?"), pr),
	BASE("UI", "NR", N_("User Interaction"), N_("Must somebody else take part?"), ui),
	BASE("S", "UC", N_("Scope"),
	     N_("Does the harm reach beyond the vulnerable component's own authority?"), s),
	BASE("C", "HLN", N_("Confidentiality"), N_("How much is disclosed?"), c),
	BASE("I", "HLN", N_("Integrity"), N_("How much can be altered?"), i),
	BASE("A", "HLN", N_("Availability"), N_("How much stops working?"), a),
	METRIC("E", "XHFPU", N_("Exploit Code Maturity"), N_("How far have exploits come?"),
	       PS_CVSS_TEMPORAL, exploit_maturity, 0),
	METRIC("RL", "XUWTO", N_("Remediation Level"), N_("What remedy is there today?"),
	       PS_CVSS_TEMPORAL, remediation_level, 0),
	METRIC("RC", "XCRU", N_("Report Confidence"), N_("How sure are the flaw and its details?"),
	       PS_CVSS_TEMPORAL, report_confidence, 0),
	METRIC("CR", "XHML", N_("Confidentiality Requirement"),
	       N_("How much does confidentiality matter to this user?"), PS_CVSS_ENVIRONMENTAL, cr,
	       0),
	METRIC("IR", "XHML", N_("Integrity Requirement"),
	       N_("How much does integrity matter to this user?"), PS_CVSS_ENVIRONMENTAL, ir, 0),
	METRIC("AR", "XHML", N_("Availability Requirement"),
	       N_("How much does availability matter to this user?"), PS_CVSS_ENVIRONMENTAL, ar, 0),
	MODIFIED("MAV", "XNALP", N_("Modified Attack Vector"), mav),
	MODIFIED("MAC", "XLH", N_("Modified Attack Complexity"), mac),
	MODIFIED("MPR", "XNLH", N_("Modified Privileges Required"), mpr),
	MODIFIED("MUI", "XNR", N_("Modified User Interaction"), mui),
	MODIFIED("MS", "XUC", N_("Modified Scope"), ms),
	MODIFIED("MC", "XHLN", N_("Modified Confidentiality"), mc),
	MODIFIED("MI", "XHLN", N_("Modified Integrity"), mi),
	MODIFIED("MA", "XHLN", N_("Modified Availability"), ma),
};
const int ps_cvss_count_3 = G_N_ELEMENTS(ps_cvss_metrics_3);
