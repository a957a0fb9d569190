#ifndef PS_SCORING_CVSS_SCORE_H
#define PS_SCORING_CVSS_SCORE_H

/* Inside the scoring room: the tables and formulas of each version. Read through cvss.h. */

#include "scoring/cvss.h"

extern const PsCvssMetric ps_cvss_metrics_2[], ps_cvss_metrics_3[], ps_cvss_metrics_4[];
extern const int ps_cvss_count_2, ps_cvss_count_3, ps_cvss_count_4;

/* Positions of metrics in the tables above; the tables are checked against them. */
enum {
	V2_AV,
	V2_AC,
	V2_AU,
	V2_C,
	V2_I,
	V2_A,
	V2_E,
	V2_RL,
	V2_RC,
	V2_CDP,
	V2_TD,
	V2_CR,
	V2_IR,
	V2_AR
};
enum {
	V3_AV,
	V3_AC,
	V3_PR,
	V3_UI,
	V3_S,
	V3_C,
	V3_I,
	V3_A,
	V3_E,
	V3_RL,
	V3_RC,
	V3_CR,
	V3_IR,
	V3_AR,
	V3_MAV
};
enum {
	V4_AV,
	V4_AC,
	V4_AT,
	V4_PR,
	V4_UI,
	V4_VC,
	V4_VI,
	V4_VA,
	V4_SC,
	V4_SI,
	V4_SA,
	V4_E,
	V4_CR,
	V4_IR,
	V4_AR,
	V4_MAV
};

/* The base is complete when these are called. */
void ps_cvss_score_2(const PsCvss *cvss, PsCvssScores *scores);
void ps_cvss_score_3(const PsCvss *cvss, PsCvssScores *scores);
void ps_cvss_score_4(const PsCvss *cvss, PsCvssScores *scores);
/* Of all groups, without the other scores. */
int ps_cvss_overall_4(const PsCvss *cvss);

#endif
