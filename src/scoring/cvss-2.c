#include "config.h"

/* CVSS 2.0 equations (guide section 3.2) in exact decimals: every weight has at most three, so a
 * fixed-point integer holds each product whole. Rounding to one decimal is half up, at the base and
 * temporal score and again at the adjusted ones inside the environmental score. */

#include "scoring/cvss-score.h"

/* Wide enough for the adjusted equation: 18 decimals, then times 1.176. */
G_GNUC_EXTENSION typedef __int128 Decimal;

static Decimal
power_of_ten(int exponent)
{
	Decimal value = 1;

	while (exponent-- > 0)
		value *= 10;
	return value;
}

/* A number with `decimals` decimals as tenths, half up. A small adjusted impact makes the inner
 * equations negative; only a score that is shown is cut at 0. */
static int
tenths(Decimal value, int decimals)
{
	Decimal unit = 2 * power_of_ten(decimals - 1), sum = 2 * value + unit / 2;

	return (int)(sum >= 0 ? sum / unit : -((unit - 1 - sum) / unit));
}

static int
weight(const PsCvss *cvss, int metric)
{
	const PsCvssMetric *row = &ps_cvss_metrics_2[metric];
	int value = cvss->value[metric];

	return row->values[value == PS_CVSS_UNSET ? row->not_defined : value].weight;
}

/* 1 - (1 - C·CR)(1 - I·IR)(1 - A·AR) times 10.41, with 20 decimals; without requirements
 * (thousandths) they are 1. */
static Decimal
impact(const PsCvss *cvss, gboolean adjusted)
{
	Decimal rest = 1;

	for (int i = 0; i < 3; i++) {
		int requirement = adjusted ? weight(cvss, V2_CR + i) : 1000;
		rest *= 1000000 - (Decimal)weight(cvss, V2_C + i) * requirement;
	}
	return (power_of_ten(18) - rest) * 1041;
}

/* 20·AV·AC·Au with 9 decimals. */
static Decimal
exploitability(const PsCvss *cvss)
{
	return (Decimal)20 * weight(cvss, V2_AV) * weight(cvss, V2_AC) * weight(cvss, V2_AU);
}

/* ((0.6·impact) + (0.4·exploitability) - 1.5)·f(impact) */
static int
base_equation(Decimal impact_20, Decimal exploitability_9)
{
	Decimal sum =
		impact_20 * 6 + exploitability_9 * 4 * power_of_ten(11) - 15 * power_of_ten(20);

	return impact_20 == 0 ? 0 : tenths(sum * 1176, 24);
}

/* score·E·RL·RC */
static int
temporal_equation(const PsCvss *cvss, int base)
{
	return tenths((Decimal)base * weight(cvss, V2_E) * weight(cvss, V2_RL) *
			      weight(cvss, V2_RC),
		      10);
}

void
ps_cvss_score_2(const PsCvss *cvss, PsCvssScores *scores)
{
	Decimal plain = impact(cvss, FALSE), adjusted = impact(cvss, TRUE), full = power_of_ten(21);
	Decimal exploit = exploitability(cvss);

	adjusted = MIN(adjusted, full);
	scores->impact = tenths(plain, 20);
	scores->exploitability = tenths(exploit, 9);
	scores->modified_impact = tenths(adjusted, 20);
	scores->base = base_equation(plain, exploit);
	scores->temporal = temporal_equation(cvss, scores->base);
	int again = temporal_equation(cvss, base_equation(adjusted, exploit));
	/* (t + (10 - t)·CDP)·TD: tenths and two times thousandths */
	int environmental =
		tenths(((Decimal)again * 1000 + (Decimal)(100 - again) * weight(cvss, V2_CDP)) *
			       weight(cvss, V2_TD),
		       7);
	scores->environmental = MAX(environmental, 0);
}
