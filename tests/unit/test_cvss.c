#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "scoring/cvss.h"

static void
parse(const char *vector, PsCvss *cvss)
{
	g_autoptr(GError) error = NULL;

	if (!ps_cvss_parse_text(vector, cvss, &error))
		fail_msg("%s: %s", vector, error->message);
}

static void
cvss__format__is_canonical(void **state)
{
	static const struct {
		const char *given, *canonical;
	} rows[] = {
		{"CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N/RC:X/E:P",
		 "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P"},
		{"AV:L/AC:L/Au:M/C:P/I:N/A:N/E:ND/RL:ND/RC:C", "AV:L/AC:L/Au:M/C:P/I:N/A:N/RC:C"},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:X/MSI:S/U:Red",
		 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/MSI:S/U:Red"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		PsCvss cvss;
		char text[PS_CVSS_VECTOR_MAX];
		parse(rows[i].given, &cvss);
		assert_int_equal(ps_cvss_format(&cvss, text), strlen(rows[i].canonical));
		assert_string_equal(text, rows[i].canonical);
	}
}

/* The longest value of every metric. */
static void
cvss__format__longest_vector_fits(void **state)
{
	(void)state;
	for (int version = 0; version < PS_CVSS_VERSIONS; version++) {
		const PsCvssTable *table = ps_cvss_table((PsCvssVersion)version);
		PsCvss cvss, again;
		char text[PS_CVSS_VECTOR_MAX];
		assert_true(table->n_metrics <= PS_CVSS_METRICS);
		ps_cvss_init(&cvss, (PsCvssVersion)version);
		for (int metric = 0; metric < table->n_metrics; metric++) {
			const PsCvssMetric *row = &table->metrics[metric];
			int longest = row->not_defined == 0 ? 1 : 0;
			for (int value = 0; value < row->n_values; value++)
				if (value != row->not_defined &&
				    strlen(row->values[value].key) >
					    strlen(row->values[longest].key))
					longest = value;
			ps_cvss_set(&cvss, metric, longest);
		}
		assert_true(ps_cvss_format(&cvss, text) < PS_CVSS_VECTOR_MAX);
		parse(text, &again);
		assert_memory_equal(&cvss, &again, sizeof cvss);
	}
}

static void
cvss__problem__names_metric_and_place(void **state)
{
	static const struct {
		const char *vector, *sentence;
	} rows[] = {
		{"", "The vector is empty."},
		{"CVSS:4.1/AV:N", "The prefix “CVSS:4.1” is not one of"},
		{"cvss:3.1/AV:N", "The prefix “cvss:3.1” is not one of"},
		{"CVSS:3.1", "The prefix “CVSS:3.1” is not"},
		{"CVSS:3.1/", "No metric follows"},
		{"(AV:N/AC:L/Au:N/C:N/I:N/A:C)", "without parentheses"},
		{"CVSS:3.1/AV:Q/AC:L", "Attack Vector (AV) can't be “Q” at character 13; CVSS 3.1 "
				       "knows N, A, L, P."},
		{"CVSS:3.1/AV:N/AV:N", "Attack Vector (AV) is there twice, again at character 15."},
		{"CVSS:3.1/AV:N/ZZ:N", "“ZZ” at character 15 is not a metric of CVSS 3.1."},
		{"CVSS:3.1/AV:N/AC", "“AC” at character 15 is not METRIC:VALUE."},
		{"CVSS:3.1/AV:N/", "“” at character 15 is not METRIC:VALUE."},
		{"CVSS:4.0/AC:L/AV:N",
		 "Attack Vector (AV) at character 15 stands behind AC; CVSS 4.0 "
		 "fixes the order."},
		{"CVSS:3.1/AV:N/AC:L", "Privileges Required (PR) is missing"},
		{"CVSS:3.1/AV:\x1b[31m\xe2\x80\xae", "can't be “"},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		PsCvss cvss;
		g_autoptr(GError) error = NULL;
		assert_false(ps_cvss_parse_text(rows[i].vector, &cvss, &error));
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
		if (!strstr(error->message, rows[i].sentence))
			fail_msg("“%s”: %s", rows[i].vector, error->message);
		assert_null(strchr(error->message, '\x1b'));
	}
}

static void
cvss__form__scores_as_soon_as_the_base_is_complete(void **state)
{
	static const char *const choices[] = {"AV:N", "AC:L", "PR:N", "UI:N",
					      "S:U",  "C:H",  "I:H",  "A:H"};
	const PsCvssTable *table = ps_cvss_table(PS_CVSS_3_1);
	PsCvss cvss;
	PsCvssScores scores;
	char text[PS_CVSS_VECTOR_MAX];

	(void)state;
	ps_cvss_init(&cvss, PS_CVSS_3_1);
	for (int i = 0; i < (int)G_N_ELEMENTS(choices); i++) {
		assert_false(ps_cvss_score(&cvss, &scores));
		assert_int_equal(scores.overall, -1);
		assert_int_equal(ps_cvss_missing(&cvss, 0), i);
		for (int value = 0; value < table->metrics[i].n_values; value++)
			if (g_str_has_suffix(choices[i], table->metrics[i].values[value].key))
				ps_cvss_set(&cvss, i, value);
	}
	assert_int_equal(ps_cvss_missing(&cvss, 0), -1);
	assert_true(ps_cvss_score(&cvss, &scores));
	assert_int_equal(scores.overall, 98);
	assert_int_equal(scores.impact, 59);
	assert_int_equal(scores.exploitability, 39);
	assert_string_equal(scores.severity, "Critical");
	ps_cvss_set(&cvss, 0, PS_CVSS_UNSET);
	ps_cvss_format(&cvss, text);
	assert_string_equal(text, "CVSS:3.1/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	assert_false(ps_cvss_parse(text, strlen(text), 0, &cvss, NULL));
	assert_true(ps_cvss_parse(text, strlen(text), PS_CVSS_PARTIAL, &cvss, NULL));
	assert_null(ps_cvss_value_key(&cvss, "AV"));
	assert_string_equal(ps_cvss_value_key(&cvss, "C"), "H");
}

static void
cvss__version_4__names_what_was_scored(void **state)
{
	static const struct {
		const char *vector, *nomenclature;
		int macrovector, overall;
	} rows[] = {
		{"", "CVSS-B", 200, 93},
		{"/E:X", "CVSS-B", 200, 93},
		{"/E:U", "CVSS-BT", 220, 81},
		{"/CR:L", "CVSS-BE", 200, 93},
		{"/E:U/MAV:P", "CVSS-BTE", 200220, -1},
		{"/S:P/AU:Y", "CVSS-B", 200, 93},
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *vector =
			g_strconcat("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/"
				    "SC:N/SI:N/SA:N",
				    rows[i].vector, NULL);
		PsCvss cvss;
		PsCvssScores scores;
		parse(vector, &cvss);
		assert_true(ps_cvss_score(&cvss, &scores));
		assert_string_equal(scores.nomenclature, rows[i].nomenclature);
		assert_int_equal(scores.macrovector, rows[i].macrovector);
		if (rows[i].overall >= 0)
			assert_int_equal(scores.overall, rows[i].overall);
	}
}

static void
cvss__tenths__one_decimal(void **state)
{
	char text[PS_CVSS_TENTHS_MAX];

	(void)state;
	assert_string_equal(ps_cvss_tenths(0, text), "0.0");
	assert_string_equal(ps_cvss_tenths(98, text), "9.8");
	assert_string_equal(ps_cvss_tenths(100, text), "10.0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cvss__format__is_canonical),
		cmocka_unit_test(cvss__format__longest_vector_fits),
		cmocka_unit_test(cvss__problem__names_metric_and_place),
		cmocka_unit_test(cvss__form__scores_as_soon_as_the_base_is_complete),
		cmocka_unit_test(cvss__version_4__names_what_was_scored),
		cmocka_unit_test(cvss__tenths__one_decimal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
