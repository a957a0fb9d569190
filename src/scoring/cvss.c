#include "config.h"

#include "scoring/cvss.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/cvss-score.h"

#define COUNT(array) ((int)G_N_ELEMENTS(array))

typedef struct {
	int from; /* tenths */
	const char *name;
} Band;

/* 2.0 has no bands of its own: these are NVD's. */
static const Band bands_2[] = {{70, "High"}, {40, "Medium"}, {0, "Low"}};
static const Band bands_3[] = {
	{90, "Critical"}, {70, "High"}, {40, "Medium"}, {1, "Low"}, {0, "None"}};

const PsCvssTable *
ps_cvss_table(PsCvssVersion version)
{
	static const PsCvssTable tables[] = {
		{"2.0", "", TRUE, ps_cvss_metrics_2, 14},
		{"3.0", "CVSS:3.0/", FALSE, ps_cvss_metrics_3, 22},
		{"3.1", "CVSS:3.1/", FALSE, ps_cvss_metrics_3, 22},
		{"4.0", "CVSS:4.0/", TRUE, ps_cvss_metrics_4, 32},
	};

	return &tables[version];
}

gboolean
ps_cvss_version_find(const char *name, PsCvssVersion *version)
{
	for (int i = 0; i < PS_CVSS_VERSIONS; i++) {
		if (g_str_equal(ps_cvss_table((PsCvssVersion)i)->name, name)) {
			*version = (PsCvssVersion)i;
			return TRUE;
		}
	}
	return FALSE;
}

const char *
ps_cvss_group_name(PsCvssVersion version, PsCvssGroup group)
{
	static const char *const names[] = {N_("Base"), N_("Temporal"), N_("Environmental"),
					    N_("Supplemental")};

	return version == PS_CVSS_4_0 && group == PS_CVSS_TEMPORAL ? N_("Threat") : names[group];
}

int
ps_cvss_metric_find(PsCvssVersion version, const char *key)
{
	const PsCvssTable *table = ps_cvss_table(version);

	for (int i = 0; i < table->n_metrics; i++)
		if (g_str_equal(table->metrics[i].key, key))
			return i;
	return -1;
}

void
ps_cvss_init(PsCvss *cvss, PsCvssVersion version)
{
	cvss->version = version;
	memset(cvss->value, PS_CVSS_UNSET, sizeof cvss->value);
}

void
ps_cvss_set(PsCvss *cvss, int metric, int value)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);

	g_return_if_fail(metric >= 0 && metric < table->n_metrics);
	g_return_if_fail(value >= PS_CVSS_UNSET && value < table->metrics[metric].n_values);
	cvss->value[metric] = (gint8)value;
}

int
ps_cvss_get(const PsCvss *cvss, int metric)
{
	return cvss->value[metric];
}

const char *
ps_cvss_value_key(const PsCvss *cvss, const char *metric)
{
	int index = ps_cvss_metric_find(cvss->version, metric);

	if (index < 0 || cvss->value[index] == PS_CVSS_UNSET)
		return NULL;
	return ps_cvss_table(cvss->version)->metrics[index].values[cvss->value[index]].key;
}

/* The base metrics are the first of each table. */
int
ps_cvss_missing(const PsCvss *cvss, int from)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);

	for (int i = from; i < table->n_metrics && table->metrics[i].group == PS_CVSS_BASE; i++)
		if (cvss->value[i] == PS_CVSS_UNSET)
			return i;
	return -1;
}

gboolean
ps_cvss_has_group(const PsCvss *cvss, PsCvssGroup group)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);

	for (int i = 0; i < table->n_metrics; i++)
		if (table->metrics[i].group == group && cvss->value[i] != PS_CVSS_UNSET)
			return TRUE;
	return FALSE;
}

static int
overall_of(const PsCvss *cvss, const PsCvssScores *scores)
{
	if (ps_cvss_has_group(cvss, PS_CVSS_ENVIRONMENTAL))
		return scores->environmental;
	return ps_cvss_has_group(cvss, PS_CVSS_TEMPORAL) ? scores->temporal : scores->base;
}

gboolean
ps_cvss_score(const PsCvss *cvss, PsCvssScores *scores)
{
	static const PsCvssScores none = {-1, -1, -1, -1, -1, -1, -1, -1, NULL, NULL};

	*scores = none;
	if (ps_cvss_missing(cvss, 0) >= 0)
		return FALSE;
	switch (cvss->version) {
	case PS_CVSS_2_0:
		ps_cvss_score_2(cvss, scores);
		break;
	case PS_CVSS_4_0:
		ps_cvss_score_4(cvss, scores);
		break;
	default:
		ps_cvss_score_3(cvss, scores);
	}
	if (cvss->version != PS_CVSS_4_0)
		scores->overall = overall_of(cvss, scores);
	scores->severity = ps_cvss_severity(cvss->version, scores->overall);
	return TRUE;
}

int
ps_cvss_overall(const PsCvss *cvss)
{
	PsCvssScores scores;

	if (cvss->version == PS_CVSS_4_0 && ps_cvss_missing(cvss, 0) < 0)
		return ps_cvss_overall_4(cvss);
	return ps_cvss_score(cvss, &scores) ? scores.overall : -1;
}

const char *
ps_cvss_severity(PsCvssVersion version, int tenths)
{
	const Band *bands = version == PS_CVSS_2_0 ? bands_2 : bands_3;
	int n = version == PS_CVSS_2_0 ? COUNT(bands_2) : COUNT(bands_3);

	for (int i = 0; i < n; i++)
		if (tenths >= bands[i].from)
			return bands[i].name;
	return bands[n - 1].name;
}

char *
ps_cvss_tenths(int tenths, char text[PS_CVSS_TENTHS_MAX])
{
	char *to = text;

	tenths = CLAMP(tenths, 0, 100);
	if (tenths >= 100)
		*to++ = '1';
	*to++ = (char)('0' + tenths / 10 % 10);
	*to++ = '.';
	*to++ = (char)('0' + tenths % 10);
	*to = '\0';
	return text;
}

/* One to five letters: cheaper by hand than by a call. */
static inline char *
put_key(char *to, const char *key)
{
	while (*key)
		*to++ = *key++;
	return to;
}

gsize
ps_cvss_format(const PsCvss *cvss, char text[PS_CVSS_VECTOR_MAX])
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	char *to = g_stpcpy(text, table->prefix);
	char *start = to;

	for (int i = 0; i < table->n_metrics; i++) {
		const PsCvssMetric *metric = &table->metrics[i];
		int value = cvss->value[i];
		if (value == PS_CVSS_UNSET || value == metric->not_defined)
			continue;
		if (to > start)
			*to++ = '/';
		to = put_key(to, metric->key);
		*to++ = ':';
		to = put_key(to, metric->values[value].key);
	}
	*to = '\0';
	return (gsize)(to - text);
}
