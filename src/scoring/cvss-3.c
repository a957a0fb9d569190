#include "config.h"

/* CVSS 3.0 and 3.1 equations (specification section 7). Both round up on integers of 1/100000 (3.1
 * appendix A): the plain ceiling of 3.0 gives a tenth too much where a double is a hair above. */

#include "scoring/cvss-score.h"

#include <math.h>

/* Smallest number of tenths that is not below the value. */
static int
roundup(double value)
{
	int scaled = (int)lround(value * 100000.0);

	return scaled % 10000 == 0 ? scaled / 10000 : scaled / 10000 + 1;
}

static int
half_up(double value)
{
	return value <= 0 ? 0 : (int)floor(value * 10.0 + 0.5);
}

/* pow() differs between C libraries in the last bit. */
static double
power(double value, int exponent)
{
	double result = 1.0;

	while (exponent-- > 0)
		result *= value;
	return result;
}

/* The value that counts: the modified one where it is defined and asked for. */
static const PsCvssValue *
value_of(const PsCvss *cvss, int metric, gboolean modified)
{
	int changed = V3_MAV + metric;

	if (modified && cvss->value[changed] > 0)
		return &ps_cvss_metrics_3[changed].values[cvss->value[changed]];
	return &ps_cvss_metrics_3[metric].values[cvss->value[metric]];
}

static double
weight(const PsCvss *cvss, int metric)
{
	int value = cvss->value[metric];

	return ps_cvss_metrics_3[metric].values[value == PS_CVSS_UNSET ? 0 : value].weight / 1000.0;
}

static gboolean
scope_changed(const PsCvss *cvss, gboolean modified)
{
	return value_of(cvss, V3_S, modified)->key[0] == 'C';
}

static double
exploitability(const PsCvss *cvss, gboolean modified)
{
	const PsCvssValue *rights = value_of(cvss, V3_PR, modified);
	int changed =
		scope_changed(cvss, modified) && rights->changed ? rights->changed : rights->weight;

	return 8.22 * (value_of(cvss, V3_AV, modified)->weight / 1000.0) *
	       (value_of(cvss, V3_AC, modified)->weight / 1000.0) * (changed / 1000.0) *
	       (value_of(cvss, V3_UI, modified)->weight / 1000.0);
}

/* ISS, or MISS with the requirements. */
static double
impact_base(const PsCvss *cvss, gboolean modified)
{
	double rest = 1.0;

	for (int i = 0; i < 3; i++) {
		double one = value_of(cvss, V3_C + i, modified)->weight / 1000.0;
		rest *= 1.0 - (modified ? weight(cvss, V3_CR + i) : 1.0) * one;
	}
	return modified ? fmin(1.0 - rest, 0.915) : 1.0 - rest;
}

static double
impact(const PsCvss *cvss, gboolean modified)
{
	double iss = impact_base(cvss, modified);

	if (!scope_changed(cvss, modified))
		return 6.42 * iss;
	/* the one difference between 3.0 and 3.1 */
	if (modified && cvss->version == PS_CVSS_3_1)
		return 7.52 * (iss - 0.029) - 3.25 * power(iss * 0.9731 - 0.02, 13);
	return 7.52 * (iss - 0.029) - 3.25 * power(iss - 0.02, 15);
}

static int
combine(const PsCvss *cvss, gboolean modified, double harm, double ease)
{
	if (harm <= 0)
		return 0;
	double sum = scope_changed(cvss, modified) ? 1.08 * (harm + ease) : harm + ease;
	return roundup(fmin(sum, 10.0));
}

static int
temporal(const PsCvss *cvss, int tenths)
{
	return roundup(tenths / 10.0 * weight(cvss, V3_E) * weight(cvss, V3_RL) *
		       weight(cvss, V3_RC));
}

void
ps_cvss_score_3(const PsCvss *cvss, PsCvssScores *scores)
{
	double harm = impact(cvss, FALSE), ease = exploitability(cvss, FALSE);
	double modified_harm = impact(cvss, TRUE);

	scores->impact = half_up(harm);
	scores->exploitability = half_up(ease);
	scores->modified_impact = half_up(modified_harm);
	scores->base = combine(cvss, FALSE, harm, ease);
	scores->temporal = temporal(cvss, scores->base);
	scores->environmental =
		temporal(cvss, combine(cvss, TRUE, modified_harm, exploitability(cvss, TRUE)));
}
