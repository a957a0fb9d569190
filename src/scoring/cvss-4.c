#include "config.h"

/* CVSS 4.0 scores (specification section 8.2) in integers.
 *
 * A vector belongs to a MacroVector, whose score is its upper bound. From it the mean of what each
 * group of metrics (EQ) would lose down to the next lower MacroVector is taken off, in proportion
 * to how far the vector lies below the worst vector of its MacroVector. All depths of EQs divide
 * 840, so every term is a whole number of 1/840. */

#include "scoring/cvss-score.h"

#include <string.h>

#include "scoring/cvss-macrovector.h"

#define COMMON 840
#define SCORED (V4_AR + 1) /* metrics that count: base, E and the requirements */
#define NO_SCORE (-1)

typedef struct {
	int eq[6];
	/* severity distance below the worst vector of the level: EQ1, EQ2, EQ3 with EQ6, EQ4 */
	int distance[4];
} Macro;

static const int modified_of[] = {V4_AV, V4_AC, V4_AT, V4_PR, V4_UI, V4_VC,
				  V4_VI, V4_VA, V4_SC, V4_SI, V4_SA};

/* The levels that count: modified before base, not defined as the worst. */
static void
effective_levels(const PsCvss *cvss, PsCvssGroup up_to, int level[SCORED])
{
	for (int metric = 0; metric < SCORED; metric++) {
		const PsCvssMetric *row = &ps_cvss_metrics_4[metric];
		int value = row->group <= up_to ? cvss->value[metric] : PS_CVSS_UNSET;
		level[metric] = value == PS_CVSS_UNSET ? 0 : row->values[value].weight;
	}
	if (up_to < PS_CVSS_ENVIRONMENTAL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(modified_of); i++) {
		int metric = V4_MAV + (int)i, value = cvss->value[metric];
		if (value > 0)
			level[modified_of[i]] = ps_cvss_metrics_4[metric].values[value].weight;
	}
}

static int
eq1(const int *level)
{
	gboolean near = level[V4_AV] == 0, free = level[V4_PR] == 0, alone = level[V4_UI] == 0;

	if (near && free && alone)
		return 0;
	return (near || free || alone) && level[V4_AV] != 3 ? 1 : 2;
}

static int
eq3(const int *level)
{
	if (level[V4_VC] == 0 && level[V4_VI] == 0)
		return 0;
	return level[V4_VC] == 0 || level[V4_VI] == 0 || level[V4_VA] == 0 ? 1 : 2;
}

/* Levels of the subsequent system: 0 safety, 1 high, 2 low, 3 none. */
static int
eq4(const int *level)
{
	int worst = MIN(level[V4_SC], MIN(level[V4_SI], level[V4_SA]));

	return MIN(worst, 2);
}

static int
eq6(const int *level)
{
	for (int i = 0; i < 3; i++)
		if (level[V4_CR + i] == 0 && level[V4_VC + i] == 0)
			return 0;
	return 1;
}

/* Worst vectors of each level: the levels of the metrics of that EQ, in the standard's order. */
typedef struct {
	int n;
	gint8 worst[5][6];
} Level;

static const gint8 eq1_metrics[] = {V4_AV, V4_PR, V4_UI};
static const Level eq1_levels[] = {
	{1, {{0, 0, 0}}},
	{3, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{2, {{3, 0, 0}, {1, 1, 1}}},
};
static const gint8 eq2_metrics[] = {V4_AC, V4_AT};
static const Level eq2_levels[] = {
	{1, {{0, 0}}},
	{2, {{1, 0}, {0, 1}}},
};
/* EQ3 and EQ6 are measured together. */
static const gint8 eq36_metrics[] = {V4_VC, V4_VI, V4_VA, V4_CR, V4_IR, V4_AR};
static const Level eq36_levels[3][2] = {
	{{1, {{0, 0, 0, 0, 0, 0}}}, {2, {{0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 1}}}},
	{{2, {{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}}},
	 {5,
	  {{1, 0, 1, 0, 1, 0},
	   {1, 0, 0, 0, 1, 1},
	   {0, 1, 0, 1, 0, 1},
	   {0, 1, 1, 1, 0, 0},
	   {1, 1, 0, 0, 0, 1}}}},
	{{0, {{0}}}, {1, {{1, 1, 1, 0, 0, 0}}}},
};
static const gint8 eq4_metrics[] = {V4_SC, V4_SI, V4_SA};
static const Level eq4_levels[] = {
	{1, {{1, 0, 0}}},
	{1, {{1, 1, 1}}},
	{1, {{2, 2, 2}}},
};

/* Depths of the levels, in the same steps. */
static const int depth_1[] = {1, 4, 5}, depth_2[] = {1, 2}, depth_4[] = {6, 5, 4};
static const int depth_36[3][2] = {{7, 6}, {8, 8}, {0, 10}};

/* Steps below the first worst vector that is nowhere better than this one. */
static int
distance(const int *level, const Level *row, const gint8 *metrics, int n)
{
	for (int candidate = 0; candidate < row->n; candidate++) {
		int sum = 0, i;
		for (i = 0; i < n; i++) {
			int steps = level[metrics[i]] - row->worst[candidate][i];
			if (steps < 0)
				break;
			sum += steps;
		}
		if (i == n)
			return sum;
	}
	return 0;
}

static void
classify(const int *level, Macro *macro)
{
	int *eq = macro->eq;

	eq[0] = eq1(level);
	eq[1] = level[V4_AC] == 0 && level[V4_AT] == 0 ? 0 : 1;
	eq[2] = eq3(level);
	eq[3] = eq4(level);
	eq[4] = level[V4_E];
	eq[5] = eq6(level);
	macro->distance[0] = distance(level, &eq1_levels[eq[0]], eq1_metrics, 3);
	macro->distance[1] = distance(level, &eq2_levels[eq[1]], eq2_metrics, 2);
	macro->distance[2] = distance(level, &eq36_levels[eq[2]][eq[5]], eq36_metrics, 6);
	macro->distance[3] = distance(level, &eq4_levels[eq[3]], eq4_metrics, 3);
}

static int
macro_score(int e1, int e2, int e3, int e4, int e5, int e6)
{
	if (e1 > 2 || e2 > 1 || e3 > 2 || e4 > 2 || e5 > 2 || e6 > 1)
		return NO_SCORE;
	guint8 score = ps_cvss_macrovector_scores[e1][e2][e3][e4][e5][e6];
	return score == PS_CVSS_NO_MACROVECTOR ? NO_SCORE : score;
}

/* The next lower MacroVector along EQ3 and EQ6; from (0,0) there are two, the higher counts. */
static int
next_36(const int *eq)
{
	int three = macro_score(eq[0], eq[1], eq[2] + 1, eq[3], eq[4], eq[5]);
	int six = macro_score(eq[0], eq[1], eq[2], eq[3], eq[4], eq[5] + 1);

	if (eq[2] == 1 && eq[5] == 0)
		return six;
	return MAX(three, six);
}

static int
interpolate(const Macro *macro)
{
	const int *eq = macro->eq;
	int score = macro_score(eq[0], eq[1], eq[2], eq[3], eq[4], eq[5]);
	const struct {
		int next, distance, depth;
	} steps[] = {
		{macro_score(eq[0] + 1, eq[1], eq[2], eq[3], eq[4], eq[5]), macro->distance[0],
		 depth_1[eq[0]]},
		{macro_score(eq[0], eq[1] + 1, eq[2], eq[3], eq[4], eq[5]), macro->distance[1],
		 depth_2[eq[1]]},
		{next_36(eq), macro->distance[2], depth_36[eq[2]][eq[5]]},
		{macro_score(eq[0], eq[1], eq[2], eq[3] + 1, eq[4], eq[5]), macro->distance[3],
		 depth_4[eq[3]]},
		/* EQ5 has one metric: its distance is always 0, but it counts in the mean */
		{macro_score(eq[0], eq[1], eq[2], eq[3], eq[4] + 1, eq[5]), 0, 1},
	};
	int n = 0, loss = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
		if (steps[i].next == NO_SCORE)
			continue;
		n++;
		loss += (score - steps[i].next) * steps[i].distance * (COMMON / steps[i].depth);
	}
	if (n == 0)
		return score;
	int unit = COMMON * n, value = score * unit - loss;
	return CLAMP((2 * value + unit) / (2 * unit), 0, 100);
}

/* Of the groups up to `up_to`. */
static int
score_of(const PsCvss *cvss, PsCvssGroup up_to, Macro *macro)
{
	int level[SCORED];

	effective_levels(cvss, up_to, level);
	classify(level, macro);
	gboolean harmless = level[V4_VC] == 2 && level[V4_VI] == 2 && level[V4_VA] == 2 &&
			    level[V4_SC] == 3 && level[V4_SI] == 3 && level[V4_SA] == 3;
	return harmless ? 0 : interpolate(macro);
}

/* Some metric of the group is chosen and not X. */
static gboolean
defined(const PsCvss *cvss, int from, int to)
{
	for (int metric = from; metric < to; metric++)
		if (cvss->value[metric] > 0)
			return TRUE;
	return FALSE;
}

void
ps_cvss_score_4(const PsCvss *cvss, PsCvssScores *scores)
{
	static const char *const names[] = {"CVSS-B", "CVSS-BT", "CVSS-BE", "CVSS-BTE"};
	gboolean threat = defined(cvss, V4_E, V4_E + 1);
	gboolean environment = defined(cvss, V4_CR, V4_MAV + (int)G_N_ELEMENTS(modified_of));
	Macro macro;

	scores->base = score_of(cvss, PS_CVSS_BASE, &macro);
	scores->temporal = threat ? score_of(cvss, PS_CVSS_TEMPORAL, &macro) : scores->base;
	scores->environmental =
		environment ? score_of(cvss, PS_CVSS_ENVIRONMENTAL, &macro) : scores->temporal;
	scores->overall = scores->environmental;
	scores->nomenclature = names[(threat ? 1 : 0) + (environment ? 2 : 0)];
	scores->macrovector = 0;
	for (int i = 0; i < 6; i++)
		scores->macrovector = scores->macrovector * 10 + macro.eq[i];
}

int
ps_cvss_overall_4(const PsCvss *cvss)
{
	Macro macro;

	return score_of(cvss, PS_CVSS_ENVIRONMENTAL, &macro);
}
