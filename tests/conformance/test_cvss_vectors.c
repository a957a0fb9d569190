#include "config.h"

/* Every vector of the collected sets (folder cvss of $PSIRTDESK_SHARED) and of our own fixtures: no
 * score may differ. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scoring/cvss.h"

#define MAX_SCORES 3

/* A file's lines; NULL with a message when the folder is not here. */
static char **
lines_of(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;

	if (!folder || !g_file_get_contents(path, &text, NULL, NULL)) {
		print_message("# %s is not here: skipped\n", name);
		return NULL;
	}
	return g_strsplit(text, "\n", -1);
}

static char **
shared_lines(const char *name)
{
	const char *shared = g_getenv("PSIRTDESK_SHARED");
	g_autofree char *folder = shared ? g_build_filename(shared, "data", "cvss", NULL) : NULL;

	return lines_of(folder, name);
}

/* "(2.3, None, 1.0)", "9.2" or "1.4,-,-": tenths, -1 for none. */
static int
read_scores(const char *text, int scores[MAX_SCORES])
{
	int n = 0;

	for (const char *at = text; *at && n < MAX_SCORES;) {
		if (g_ascii_isdigit(*at) || (*at == '-' && g_ascii_isdigit(at[1]))) {
			char *end;
			scores[n++] = (int)lround(g_ascii_strtod(at, &end) * 10);
			at = end;
		} else if (*at == 'N' || *at == '-') {
			scores[n++] = -1;
			at += *at == 'N' ? 4 : 1;
		} else {
			at++;
		}
	}
	return n;
}

static int
check_vector(const char *vector, const int *expected, int n)
{
	PsCvss cvss;
	PsCvssProblem problem;
	PsCvssScores scores;

	if (!ps_cvss_parse(vector, strlen(vector), 0, &cvss, &problem)) {
		g_autofree char *why = ps_cvss_problem_text(&problem, vector);
		print_error("%s: %s\n", vector, why);
		return 1;
	}
	ps_cvss_score(&cvss, &scores);
	const int three[] = {scores.base, scores.temporal, scores.environmental};
	for (int i = 0; i < n; i++) {
		int given = n == 1 ? scores.overall : three[i];
		if (expected[i] < 0 || expected[i] == given)
			continue;
		print_error("%s: %d instead of %d\n", vector, given, expected[i]);
		return 1;
	}
	return 0;
}

static void
assert_file(char **lines)
{
	int wrong = 0, seen = 0;

	for (char **line = lines; lines && *line; line++) {
		char *blank = strchr(*line, ' ');
		int expected[MAX_SCORES];
		if (!blank)
			continue;
		*blank++ = '\0';
		if (g_str_has_prefix(blank, "- "))
			blank += 2;
		int n = read_scores(blank, expected);
		assert_true(n > 0);
		wrong += check_vector(*line, expected, n);
		seen++;
	}
	assert_int_equal(wrong, 0);
	assert_true(!lines || seen > 0);
	g_strfreev(lines);
}

static void
vectors__version_2__no_score_differs(void **state)
{
	(void)state;
	assert_file(shared_lines("exact-random-v2.txt"));
	assert_file(shared_lines("redhat-vectors_simple2.txt"));
	assert_file(shared_lines("redhat-vectors_calculator2.txt"));
	assert_file(shared_lines("redhat-vectors_cvsslib2.txt"));
}

static void
vectors__version_3__no_score_differs(void **state)
{
	(void)state;
	assert_file(shared_lines("exact-random-v3.0.txt"));
	assert_file(shared_lines("exact-random-v3.1.txt"));
	assert_file(shared_lines("redhat-vectors_simple3.txt"));
	assert_file(shared_lines("redhat-vectors_simple31.txt"));
	assert_file(shared_lines("redhat-vectors_calculator3.txt"));
	assert_file(shared_lines("redhat-vectors_cvsslib3.txt"));
}

static void
vectors__version_4__no_score_differs(void **state)
{
	(void)state;
	assert_file(shared_lines("exact-random-v4.0.txt"));
	assert_file(shared_lines("redhat-vectors_simple4.txt"));
	assert_file(shared_lines("redhat-vectors_security4.txt"));
	assert_file(shared_lines("redhat-vectors_supplemental4.txt"));
	assert_file(shared_lines("redhat-vectors_threat4.txt"));
}

static void
vectors__version_4__exact_ties_round_half_up(void **state)
{
	g_auto(GStrv) lines = shared_lines("v4-rounding-ties.csv");
	int wrong = 0;

	(void)state;
	for (char **line = lines ? lines + 1 : NULL; line && **line; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, ",", -1);
		int expected = (int)lround(g_ascii_strtod(cells[1], NULL) * 10);
		wrong += check_vector(cells[0], &expected, 1);
	}
	assert_int_equal(wrong, 0);
}

static void
assert_syntax_row(char **cells)
{
	PsCvss cvss;
	PsCvssProblem problem;
	gboolean valid = g_str_has_prefix(cells[3], "valid");
	gboolean taken = ps_cvss_parse(cells[2], strlen(cells[2]), 0, &cvss, &problem);

	if (taken != valid)
		fail_msg("%s %s: %s", cells[0], cells[1], cells[2]);
	if (!valid) {
		g_autofree char *why = ps_cvss_problem_text(&problem, cells[2]);
		assert_true(g_str_has_suffix(why, "."));
		return;
	}
	int expected[MAX_SCORES];
	int n = read_scores(strchr(cells[3], ' '), expected);
	assert_int_equal(check_vector(cells[2], expected, n), 0);
}

static void
syntax__each_case__is_taken_or_refused_as_the_standard_says(void **state)
{
	g_auto(GStrv) lines = shared_lines("vector-syntax-cases.tsv");

	(void)state;
	for (char **line = lines; line && **line; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, "\t", 4);
		assert_syntax_row(cells);
	}
}

/* version,group,metric,name,mandatory,order,value,value_name,weight_or_level */
static void
assert_metric_row(char **cells)
{
	PsCvssVersion version;

	assert_true(ps_cvss_version_find(cells[0], &version));
	int index = ps_cvss_metric_find(version, cells[2]);
	if (index < 0)
		fail_msg("%s %s is not in the table", cells[0], cells[2]);
	const PsCvssMetric *metric = &ps_cvss_table(version)->metrics[index];
	const PsCvssValue *value = &metric->values[atoi(cells[5])];
	g_autofree char *group = g_ascii_strdown(ps_cvss_group_name(version, metric->group), -1);
	assert_string_equal(group, cells[1]);
	assert_string_equal(metric->name, cells[3]);
	assert_string_equal(value->key, cells[6]);
	assert_string_equal(value->name, cells[7]);
	assert_int_equal(metric->not_defined < 0, atoi(cells[4]));
	assert_true(*value->meaning && *metric->help);
	if (g_str_has_prefix(cells[8], "level "))
		assert_int_equal(value->weight, atoi(cells[8] + 6));
	else if (g_ascii_isdigit(cells[8][0]))
		assert_int_equal(value->weight, lround(g_ascii_strtod(cells[8], NULL) * 1000));
	const char *changed = strstr(cells[8], "(0.");
	if (changed)
		assert_int_equal(value->changed, lround(g_ascii_strtod(changed + 1, NULL) * 1000));
}

static void
tables__names_orders_and_weights__agree_with_the_standards(void **state)
{
	g_auto(GStrv) lines = shared_lines("metrics.csv");

	(void)state;
	for (char **line = lines ? lines + 1 : NULL; line && **line; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, ",", 9);
		assert_metric_row(cells);
	}
}

static void
tables__severity_bands__agree_with_the_standards(void **state)
{
	g_auto(GStrv) lines = shared_lines("severity-bands.csv");

	(void)state;
	for (char **line = lines ? lines + 1 : NULL; line && **line; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, ",", 4);
		PsCvssVersion version;
		assert_true(ps_cvss_version_find(cells[0], &version));
		for (int end = 2; end < 4; end++)
			assert_string_equal(ps_cvss_severity(version,
							     (int)lround(g_ascii_strtod(cells[end],
											NULL) *
									 10)),
					    cells[1]);
	}
}

/* Our own: "VECTOR base,temporal,environmental overall severity". */
static void
fixtures__scores_and_severity__as_written(void **state)
{
	g_autofree char *folder = g_build_filename(g_getenv("SRCDIR"), "tests/fixtures/cvss", NULL);
	g_auto(GStrv) lines = lines_of(folder, "vectors.txt");

	(void)state;
	assert_non_null(lines);
	for (char **line = lines; **line; line++) {
		if (**line == '#')
			continue;
		g_auto(GStrv) cells = g_strsplit(*line, " ", 4);
		int expected[MAX_SCORES];
		PsCvss cvss;
		PsCvssScores scores;
		char text[PS_CVSS_TENTHS_MAX];
		int n = read_scores(cells[1], expected);
		assert_int_equal(check_vector(cells[0], expected, n), 0);
		assert_true(ps_cvss_parse(cells[0], strlen(cells[0]), 0, &cvss, NULL));
		assert_true(ps_cvss_score(&cvss, &scores));
		assert_string_equal(ps_cvss_tenths(scores.overall, text), cells[2]);
		assert_string_equal(scores.severity, cells[3]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors__version_2__no_score_differs),
		cmocka_unit_test(vectors__version_3__no_score_differs),
		cmocka_unit_test(vectors__version_4__no_score_differs),
		cmocka_unit_test(vectors__version_4__exact_ties_round_half_up),
		cmocka_unit_test(syntax__each_case__is_taken_or_refused_as_the_standard_says),
		cmocka_unit_test(tables__names_orders_and_weights__agree_with_the_standards),
		cmocka_unit_test(tables__severity_bands__agree_with_the_standards),
		cmocka_unit_test(fixtures__scores_and_severity__as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
