#include "config.h"

/* CVSS 4.0 metrics and values. The number of a value is its severity level: 0 the worst, in the
 * steps in which the standard measures distances (section 8.2). */

#include "scoring/cvss-score.h"

#include "base/i18n.h"

#define METRIC(key, letters, name, help, group, values, not_defined)                               \
	{                                                                                          \
		key, name, help, group, values, G_N_ELEMENTS(values), not_defined, letters         \
	}
/* A modified metric that is not defined takes the base metric's value. */
#define AS_BASE                                                                                    \
	{                                                                                          \
		"X", N_("Not Defined"), N_("As in the base metrics."), -1, 0                       \
	}
/* Not defined counts as the worst case. */
#define AS_WORST                                                                                   \
	{                                                                                          \
		"X", N_("Not Defined"), N_("Not judged; counts as the worst case."), 0, 0          \
	}
#define SILENT                                                                                     \
	{                                                                                          \
		"X", N_("Not Defined"), N_("Not judged."), 0, 0                                    \
	}

#define ATTACK_VECTOR                                                                              \
	{"N", N_("Network"),                                                                       \
	 N_("Reachable through routers, up to the whole Internet: the attacker can be anywhere."), \
	 0, 0},                                                                                    \
		{"A", N_("Adjacent"),                                                              \
		 N_("Only from nearby in the network: the same segment, radio range such as "      \
		    "Bluetooth or Wi-Fi, or a closed administrative zone."),                       \
		 1, 0},                                                                            \
		{"L", N_("Local"),                                                                 \
		 N_("Not over a network: with a login, keyboard or shell on the system, or by "    \
		    "making a user open something that the attacker prepared."),                   \
		 2, 0},                                                                            \
	{                                                                                          \
		"P", N_("Physical"), N_("The attacker must touch or handle the device."), 3, 0     \
	}
#define ATTACK_COMPLEXITY                                                                          \
	{"L", N_("Low"),                                                                           \
	 N_("No protection has to be overcome; the same attack works again and again."), 0, 0},    \
	{                                                                                          \
		"H", N_("High"),                                                                   \
			N_("A protection in the target must be got round first, such as address "  \
			   "randomisation or a secret of that target."),                           \
			1, 0                                                                       \
	}
#define ATTACK_REQUIREMENTS                                                                        \
	{"N", N_("None"), N_("It works in practically every installation of the product."), 0, 0}, \
	{                                                                                          \
		"P", N_("Present"),                                                                \
			N_("Something about the deployment must be given: a race to win, a place " \
			   "in the middle of the connection, a special configuration."),           \
			1, 0                                                                       \
	}
#define PRIVILEGES_REQUIRED                                                                        \
	{"N", N_("None"), N_("The attacker needs no account and no access to settings or files."), \
	 0, 0},                                                                                    \
		{"L", N_("Low"),                                                                   \
		 N_("An ordinary user's rights, which reach only that user's own things or "       \
		    "nothing sensitive."),                                                         \
		 1, 0},                                                                            \
	{                                                                                          \
		"H", N_("High"),                                                                   \
			N_("Administrative rights over the vulnerable system, reaching settings "  \
			   "and data of all."),                                                    \
			2, 0                                                                       \
	}
#define USER_INTERACTION                                                                           \
	{"N", N_("None"), N_("No other person has to do anything."), 0, 0},                        \
		{"P", N_("Passive"),                                                               \
		 N_("Somebody uses the system as always and does not override any warning, such "  \
		    "as visiting a page or receiving a message."),                                 \
		 1, 0},                                                                            \
	{                                                                                          \
		"A", N_("Active"),                                                                 \
			N_("Somebody must do something particular: import a file, dismiss a "      \
			   "warning, place an attacker's file in a folder."),                      \
			2, 0                                                                       \
	}
#define VULNERABLE_C                                                                               \
	{"H", N_("High"),                                                                          \
	 N_("Everything in the vulnerable system is disclosed, or something whose disclosure "     \
	    "alone is grave."),                                                                    \
	 0, 0},                                                                                    \
		{"L", N_("Low"),                                                                   \
		 N_("Some is disclosed, but the attacker can't choose what, and it does no "       \
		    "direct, grave harm."),                                                        \
		 1, 0},                                                                            \
	{                                                                                          \
		"N", N_("None"), N_("Nothing in the vulnerable system is disclosed."), 2, 0        \
	}
#define VULNERABLE_I                                                                               \
	{"H", N_("High"),                                                                          \
	 N_("Anything in the vulnerable system can be altered, or something whose alteration "     \
	    "alone is grave."),                                                                    \
	 0, 0},                                                                                    \
		{"L", N_("Low"),                                                                   \
		 N_("Some can be altered, but without control over the result or without direct, " \
		    "grave harm."),                                                                \
		 1, 0},                                                                            \
	{                                                                                          \
		"N", N_("None"), N_("Nothing in the vulnerable system can be altered."), 2, 0      \
	}
#define VULNERABLE_A                                                                               \
	{"H", N_("High"),                                                                          \
	 N_("The vulnerable system can be stopped completely, or the part that fails is vital."),  \
	 0, 0},                                                                                    \
		{"L", N_("Low"),                                                                   \
		 N_("Slower or interrupted at times; legitimate users are never shut out fully."), \
		 1, 0},                                                                            \
	{                                                                                          \
		"N", N_("None"), N_("The vulnerable system keeps working."), 2, 0                  \
	}
#define SUBSEQUENT_C(none)                                                                         \
	{"H", N_("High"),                                                                          \
	 N_("Everything in other systems behind it is disclosed, or something grave."), 1, 0},     \
		{"L", N_("Low"),                                                                   \
		 N_("Some of other systems is disclosed, without choice or grave harm."), 2, 0},   \
	{                                                                                          \
		"N", none,                                                                         \
			N_("Nothing of other systems is disclosed, or all harm stays in the "      \
			   "vulnerable system."),                                                  \
			3, 0                                                                       \
	}
#define SUBSEQUENT_I(none)                                                                         \
	{"H", N_("High"),                                                                          \
	 N_("Anything in other systems behind it can be altered, or something grave."), 1, 0},     \
		{"L", N_("Low"),                                                                   \
		 N_("Some of other systems can be altered, without control or grave harm."), 2,    \
		 0},                                                                               \
	{                                                                                          \
		"N", none,                                                                         \
			N_("Nothing of other systems can be altered, or all harm stays in the "    \
			   "vulnerable system."),                                                  \
			3, 0                                                                       \
	}
#define SUBSEQUENT_A(none)                                                                         \
	{"H", N_("High"),                                                                          \
	 N_("Other systems behind it can be stopped completely, or a vital part of them."), 1, 0}, \
		{"L", N_("Low"), N_("Other systems get slower or fail at times, never fully."), 2, \
		 0},                                                                               \
	{                                                                                          \
		"N", none,                                                                         \
			N_("Other systems keep working, or all harm stays in the vulnerable "      \
			   "system."),                                                             \
			3, 0                                                                       \
	}
#define SAFETY_VALUE                                                                               \
	{                                                                                          \
		"S", N_("Safety"), N_("People can be injured or worse."), 0, 0                     \
	}

static const PsCvssValue av[] = {ATTACK_VECTOR}, mav[] = {AS_BASE, ATTACK_VECTOR};
static const PsCvssValue ac[] = {ATTACK_COMPLEXITY}, mac[] = {AS_BASE, ATTACK_COMPLEXITY};
static const PsCvssValue at[] = {ATTACK_REQUIREMENTS}, mat[] = {AS_BASE, ATTACK_REQUIREMENTS};
static const PsCvssValue pr[] = {PRIVILEGES_REQUIRED}, mpr[] = {AS_BASE, PRIVILEGES_REQUIRED};
static const PsCvssValue ui[] = {USER_INTERACTION}, mui[] = {AS_BASE, USER_INTERACTION};
static const PsCvssValue vc[] = {VULNERABLE_C}, mvc[] = {AS_BASE, VULNERABLE_C};
static const PsCvssValue vi[] = {VULNERABLE_I}, mvi[] = {AS_BASE, VULNERABLE_I};
static const PsCvssValue va[] = {VULNERABLE_A}, mva[] = {AS_BASE, VULNERABLE_A};
static const PsCvssValue sc[] = {SUBSEQUENT_C(N_("None"))};
static const PsCvssValue si[] = {SUBSEQUENT_I(N_("None"))};
static const PsCvssValue sa[] = {SUBSEQUENT_A(N_("None"))};
static const PsCvssValue msc[] = {AS_BASE, SUBSEQUENT_C(N_("Negligible"))};
static const PsCvssValue msi[] = {AS_BASE, SAFETY_VALUE, SUBSEQUENT_I(N_("Negligible"))};
static const PsCvssValue msa[] = {AS_BASE, SAFETY_VALUE, SUBSEQUENT_A(N_("Negligible"))};

static const PsCvssValue exploit_maturity[] = {
	AS_WORST,
	{"A", N_("Attacked"),
	 N_("Attacks were reported, or ready-made tools make them easy for everybody."), 0, 0},
	{"P", N_("Proof-of-Concept"),
	 N_("A demonstration is public; attacks and ready-made tools are not known."), 1, 0},
	{"U", N_("Unreported"),
	 N_("Neither a public demonstration nor attacks nor tools are known."), 2, 0},
};
#define REQUIREMENT(high, medium, low)                                                             \
	{                                                                                          \
		AS_WORST, {"H", N_("High"), high, 0, 0}, {"M", N_("Medium"), medium, 1, 0},        \
		{                                                                                  \
			"L", N_("Low"), low, 2, 0                                                  \
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

static const PsCvssValue safety[] = {
	SILENT,
	{"N", N_("Negligible"), N_("At worst light injuries, if any."), 0, 0},
	{"P", N_("Present"), N_("People can be injured more than lightly, or worse."), 0, 0},
};
static const PsCvssValue automatable[] = {
	SILENT,
	{"N", N_("No"), N_("Some step of an attack on many targets can't be automated."), 0, 0},
	{"Y", N_("Yes"), N_("Every step of an attack on many targets can be automated."), 0, 0},
};
static const PsCvssValue recovery[] = {
	SILENT,
	{"A", N_("Automatic"), N_("The system recovers by itself after an attack."), 0, 0},
	{"U", N_("User"), N_("Somebody must bring it back by hand."), 0, 0},
	{"I", N_("Irrecoverable"), N_("It can't be brought back."), 0, 0},
};
static const PsCvssValue value_density[] = {
	SILENT,
	{"D", N_("Diffuse"), N_("One attack gains control of little, such as one small device."), 0,
	 0},
	{"C", N_("Concentrated"), N_("One attack gains control of much, such as a central server."),
	 0, 0},
};
static const PsCvssValue response_effort[] = {
	SILENT,
	{"L", N_("Low"), N_("Responding is little work, such as a setting or a simple update."), 0,
	 0},
	{"M", N_("Moderate"), N_("Responding takes some work and may interrupt service a little."),
	 0, 0},
	{"H", N_("High"),
	 N_("Responding is hard: long interruption, work on site or replaced hardware."), 0, 0},
};
static const PsCvssValue urgency[] = {
	SILENT,
	{"Clear", N_("Clear"), N_("We rate it as informational."), 0, 0},
	{"Green", N_("Green"), N_("We rate it as of reduced urgency."), 0, 0},
	{"Amber", N_("Amber"), N_("We rate it as of moderate urgency."), 0, 0},
	{"Red", N_("Red"), N_("We rate it as of the highest urgency."), 0, 0},
};

#define BASE(key, letters, name, help, values)                                                     \
	METRIC(key, letters, name, help, PS_CVSS_BASE, values, -1)
#define MODIFIED(key, letters, name, values)                                                       \
	METRIC(key, letters, name, N_("What is different in this environment?"),                   \
	       PS_CVSS_ENVIRONMENTAL, values, 0)
#define REQUIRED(key, letters, name, help, values)                                                 \
	METRIC(key, letters, name, help, PS_CVSS_ENVIRONMENTAL, values, 0)
#define SUPPLEMENTAL(key, letters, name, help, values)                                             \
	METRIC(key, letters, name, help, PS_CVSS_SUPPLEMENTAL, values, 0)

const PsCvssMetric ps_cvss_metrics_4[] = {
	BASE("AV", "NALP", N_("Attack Vector"), N_("How far away can the attacker be?"), av),
	BASE("AC", "LH", N_("Attack Complexity"), N_("Must a protection be overcome?"), ac),
	BASE("AT", "NP", N_("Attack Requirements"),
	     N_("Must something be given that not every installation has?"), at),
	BASE("PR", "NLH", N_("Privileges Required"),
	     N_("Which rights must the attacker have before?"), pr),
	BASE("UI", "NPA", N_("User Interaction"), N_("Must somebody else take part?"), ui),
	BASE("VC", "HLN", N_("Vulnerable System Confidentiality"),
	     N_("How much of the vulnerable system is disclosed?"), vc),
	BASE("VI", "HLN", N_("Vulnerable System Integrity"),
	     N_("How much of the vulnerable system can be altered?"), vi),
	BASE("VA", "HLN", N_("Vulnerable System Availability"),
	     N_("How much of the vulnerable system stops working?"), va),
	BASE("SC", "HLN", N_("Subsequent System Confidentiality"),
	     N_("How much of other systems is disclosed?"), sc),
	BASE("SI", "HLN", N_("Subsequent System Integrity"),
	     N_("How much of other systems can be altered?"), si),
	BASE("SA", "HLN", N_("Subsequent System Availability"),
	     N_("How much of other systems stops working?"), sa),
	METRIC("E", "XAPU", N_("Exploit Maturity"), N_("How far have exploits come?"),
	       PS_CVSS_TEMPORAL, exploit_maturity, 0),
	REQUIRED("CR", "XHML", N_("Confidentiality Requirement"),
		 N_("How much does confidentiality matter to this user?"), cr),
	REQUIRED("IR", "XHML", N_("Integrity Requirement"),
		 N_("How much does integrity matter to this user?"), ir),
	REQUIRED("AR", "XHML", N_("Availability Requirement"),
		 N_("How much does availability matter to this user?"), ar),
	MODIFIED("MAV", "XNALP", N_("Modified Attack Vector"), mav),
	MODIFIED("MAC", "XLH", N_("Modified Attack Complexity"), mac),
	MODIFIED("MAT", "XNP", N_("Modified Attack Requirements"), mat),
	MODIFIED("MPR", "XNLH", N_("Modified Privileges Required"), mpr),
	MODIFIED("MUI", "XNPA", N_("Modified User Interaction"), mui),
	MODIFIED("MVC", "XHLN", N_("Modified Vulnerable System Confidentiality"), mvc),
	MODIFIED("MVI", "XHLN", N_("Modified Vulnerable System Integrity"), mvi),
	MODIFIED("MVA", "XHLN", N_("Modified Vulnerable System Availability"), mva),
	MODIFIED("MSC", "XHLN", N_("Modified Subsequent System Confidentiality"), msc),
	MODIFIED("MSI", "XSHLN", N_("Modified Subsequent System Integrity"), msi),
	MODIFIED("MSA", "XSHLN", N_("Modified Subsequent System Availability"), msa),
	SUPPLEMENTAL("S", "XNP", N_("Safety"), N_("Can people come to harm?"), safety),
	SUPPLEMENTAL("AU", "XNY", N_("Automatable"),
		     N_("Can attacks on many targets be automated?"), automatable),
	SUPPLEMENTAL("R", "XAUI", N_("Recovery"),
		     N_("How does the system come back after an attack?"), recovery),
	SUPPLEMENTAL("V", "XDC", N_("Value Density"), N_("How much does one attack gain?"),
		     value_density),
	SUPPLEMENTAL("RE", "XLMH", N_("Vulnerability Response Effort"),
		     N_("How hard is it to respond?"), response_effort),
	SUPPLEMENTAL("U", "X????", N_("Provider Urgency"),
		     N_("How urgent do we rate it as the provider?"), urgency),
};
const int ps_cvss_count_4 = G_N_ELEMENTS(ps_cvss_metrics_4);
