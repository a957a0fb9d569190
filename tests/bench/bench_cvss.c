#include "config.h"

/* Vectors a second of parsing and scoring, a version at a time, against the bound of one million a
 * second for 4.0. */

#include <stdio.h>
#include <string.h>

#include "scoring/cvss.h"

#define VECTORS 1000
#define ROUNDS 300
#define BOUND 1000000.0

static guint32
next_random(guint32 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void
random_vector(PsCvssVersion version, guint32 *state, char text[PS_CVSS_VECTOR_MAX])
{
	const PsCvssTable *table = ps_cvss_table(version);
	PsCvss cvss;

	ps_cvss_init(&cvss, version);
	for (int metric = 0; metric < table->n_metrics; metric++)
		if (table->metrics[metric].not_defined < 0 || next_random(state) % 2)
			ps_cvss_set(&cvss, metric,
				    (int)(next_random(state) %
					  (guint32)table->metrics[metric].n_values));
	ps_cvss_format(&cvss, text);
}

static void
measure(PsCvssVersion version)
{
	char(*vectors)[PS_CVSS_VECTOR_MAX] = g_malloc(VECTORS * sizeof *vectors);
	guint32 state = 20260;
	gint64 sum = 0;

	for (int i = 0; i < VECTORS; i++)
		random_vector(version, &state, vectors[i]);
	gint64 start = g_get_monotonic_time();
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < VECTORS; i++) {
			PsCvss cvss;
			PsCvssScores scores;
			ps_cvss_parse(vectors[i], strlen(vectors[i]), 0, &cvss, NULL);
			ps_cvss_score(&cvss, &scores);
			sum += scores.overall;
		}
	}
	double seconds = (double)(g_get_monotonic_time() - start) / 1e6;
	double rate = (double)VECTORS * ROUNDS / seconds;
	printf("CVSS %s: %.0f vectors/s, %.2f times the bound (checksum %" G_GINT64_FORMAT ")\n",
	       ps_cvss_table(version)->name, rate, rate / BOUND, sum);
	g_free(vectors);
}

int
main(void)
{
	for (int version = 0; version < PS_CVSS_VERSIONS; version++)
		measure((PsCvssVersion)version);
	return 0;
}
