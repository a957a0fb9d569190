#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "ui/canvas.h"
#include "ui/panes/scoring-form.h"

/* Score and severity of what the form has now, as text: "9.8 Critical"; "-" while it is partial. */
static char *
score_of(PsScoringForm *form)
{
	char tenths[PS_CVSS_TENTHS_MAX];
	PsCvssScores scores;

	if (!ps_cvss_score(ps_scoring_form_cvss(form), &scores))
		return g_strdup("-");
	return g_strdup_printf("%s %s", ps_cvss_tenths(scores.overall, tenths), scores.severity);
}

static void
assert_score(PsScoringForm *form, const char *expected)
{
	g_autofree char *score = score_of(form);

	assert_string_equal(score, expected);
}

static void
assert_vector(PsScoringForm *form, const char *expected)
{
	char vector[PS_CVSS_VECTOR_MAX];

	ps_cvss_format(ps_scoring_form_cvss(form), vector);
	assert_string_equal(vector, expected);
}

static void
move(PsScoringForm *form, PsMove what, int times)
{
	for (int i = 0; i < times; i++)
		ps_widget_move(ps_scoring_form_widget(form), what);
}

/* The form from the first metric on; letters as they are typed. */
static PsScoringForm *
typed_form(PsCvssVersion version, const char *letters)
{
	PsScoringForm *form = ps_scoring_form_new(version);

	move(form, PS_MOVE_HOME, 1);
	move(form, PS_MOVE_DOWN, 1);
	for (; *letters; letters++)
		assert_true(ps_scoring_form_pick(form, (gunichar)*letters));
	return form;
}

static void
set(PsScoringForm *form, const char *vector)
{
	PsCvss cvss;

	assert_true(ps_cvss_parse_text(vector, &cvss, NULL));
	ps_scoring_form_set(form, &cvss);
}

static char *
dump(PsScoringForm *form, int rows, int cols)
{
	g_autoptr(PsCanvas) canvas = ps_canvas_new(rows, cols);
	PsView view = ps_canvas_view(canvas);
	int top = ps_scoring_draw_result(view, ps_scoring_form_cvss(form));

	ps_scoring_form_rows(form, rows - top);
	ps_widget_draw(ps_scoring_form_widget(form), ps_view_below(view, top));
	return ps_canvas_dump(canvas);
}

static void
scoring_form__pick__letters_alone_fill_a_vector(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_3_1, "NLNNUHHH");

	(void)state;
	assert_vector(form, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	assert_score(form, "9.8 Critical");
	ps_scoring_form_free(form);
	form = typed_form(PS_CVSS_4_0, "nlnnnhhhnnn");
	assert_vector(form, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N");
	assert_score(form, "9.3 Critical");
	ps_scoring_form_free(form);
}

static void
scoring_form__pick__refuses_a_letter_that_the_metric_lacks(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_3_1, "N");

	(void)state;
	assert_false(ps_scoring_form_pick(form, 'Q'));
	assert_false(ps_scoring_form_pick(form, 0x1F600));
	assert_vector(form, "CVSS:3.1/AV:N");
	move(form, PS_MOVE_HOME, 1);
	assert_int_equal(ps_scoring_form_metric(form), -1);
	assert_false(ps_scoring_form_pick(form, 'N'));
	ps_scoring_form_free(form);
}

static void
scoring_form__right__changes_the_score_with_each_key(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_3_1, "NLNNUHHH");

	(void)state;
	move(form, PS_MOVE_HOME, 1);
	move(form, PS_MOVE_DOWN, 1);
	move(form, PS_MOVE_RIGHT, 1);
	assert_score(form, "8.8 High");
	move(form, PS_MOVE_RIGHT, 1);
	assert_score(form, "8.4 High");
	move(form, PS_MOVE_RIGHT, 1);
	assert_score(form, "6.8 Medium");
	move(form, PS_MOVE_RIGHT, 1);
	assert_score(form, "6.8 Medium");
	move(form, PS_MOVE_TOGGLE, 1);
	assert_score(form, "9.8 Critical");
	ps_scoring_form_free(form);
}

static void
scoring_form__right__takes_the_first_value_of_an_empty_row(void **state)
{
	PsScoringForm *form = ps_scoring_form_new(PS_CVSS_4_0);

	(void)state;
	move(form, PS_MOVE_LEFT, 1);
	assert_vector(form, "CVSS:4.0/AV:P");
	ps_scoring_form_unset(form);
	move(form, PS_MOVE_RIGHT, 1);
	assert_vector(form, "CVSS:4.0/AV:N");
	assert_score(form, "-");
	ps_scoring_form_free(form);
}

static void
scoring_form__not_defined__is_never_written(void **state)
{
	PsScoringForm *form = ps_scoring_form_new(PS_CVSS_3_1);
	char vector[] = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:X";

	(void)state;
	set(form, vector);
	assert_vector(form, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P");
	assert_score(form, "9.3 Critical");
	/* The group with a value is open: E is the row below its head. */
	move(form, PS_MOVE_HOME, 1);
	move(form, PS_MOVE_DOWN, 10);
	assert_int_equal(ps_scoring_form_metric(form), ps_cvss_metric_find(PS_CVSS_3_1, "E"));
	assert_true(ps_scoring_form_pick(form, 'X'));
	assert_vector(form, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	ps_scoring_form_free(form);
}

static void
scoring_form__version__keeps_what_was_chosen_in_the_other(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_3_1, "NLNNUHHH");

	(void)state;
	ps_scoring_form_set_version(form, PS_CVSS_4_0);
	assert_score(form, "-");
	set(form, "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N");
	assert_score(form, "8.5 High");
	ps_scoring_form_set_version(form, PS_CVSS_3_1);
	assert_score(form, "9.8 Critical");
	ps_scoring_form_free(form);
}

static void
scoring_form__next__finds_what_is_missing(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_3_1, "NL");

	(void)state;
	move(form, PS_MOVE_DOWN, 1);
	move(form, PS_MOVE_RIGHT, 1);
	assert_vector(form, "CVSS:3.1/AV:N/AC:L/UI:N");
	move(form, PS_MOVE_NEXT, 1);
	assert_int_equal(ps_scoring_form_metric(form), ps_cvss_metric_find(PS_CVSS_3_1, "S"));
	move(form, PS_MOVE_HOME, 1);
	move(form, PS_MOVE_NEXT, 1);
	assert_int_equal(ps_scoring_form_metric(form), ps_cvss_metric_find(PS_CVSS_3_1, "PR"));
	ps_scoring_form_free(form);
}

static void
scoring_form__draw__shows_the_whole_base_at_80_by_24(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_4_0, "NLNNNHHHNNN");
	g_autofree char *text = dump(form, 17, 80);

	(void)state;
	assert_non_null(strstr(text, " 9.3 Critical"));
	assert_non_null(strstr(text, "CVSS-B  macrovector 000200"));
	assert_non_null(strstr(text, "AV  Attack Vector"));
	assert_non_null(strstr(text, "[Network] Adjacent  Local  Physical"));
	assert_non_null(strstr(text, "SA  Subsequent System Availability"));
	assert_non_null(strstr(text, "▸ Supplemental"));
	ps_scoring_form_free(form);
}

static void
scoring_form__draw__writes_every_metric_where_there_is_room(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_4_0, "NL");
	g_autofree char *text = dump(form, 46, 100);

	(void)state;
	assert_non_null(strstr(text, "missing: AT PR UI VC VI VA SC SI SA"));
	assert_non_null(strstr(text, "MSA Modified Subsequent System Availability"));
	assert_non_null(strstr(text, "U   Provider Urgency"));
	assert_non_null(strstr(text, "?AT"));
	ps_scoring_form_free(form);
}

static void
scoring_form__draw__writes_letters_in_few_columns(void **state)
{
	PsScoringForm *form = typed_form(PS_CVSS_3_1, "NLNNUHHH");
	g_autofree char *text = dump(form, 12, 48);

	(void)state;
	assert_non_null(strstr(text, "[N] A  L  P"));
	ps_scoring_form_free(form);
}

/* No size may draw outside of its view or hang. */
static void
scoring_form__draw__survives_every_size(void **state)
{
	(void)state;
	for (int rows = 1; rows < 40; rows += 3)
		for (int cols = 1; cols < 130; cols += 7) {
			PsScoringForm *form = typed_form(PS_CVSS_4_0, "NLNNNHHHNNN");
			g_autofree char *text = dump(form, rows, cols);
			ps_scoring_form_free(form);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scoring_form__pick__letters_alone_fill_a_vector),
		cmocka_unit_test(scoring_form__pick__refuses_a_letter_that_the_metric_lacks),
		cmocka_unit_test(scoring_form__right__changes_the_score_with_each_key),
		cmocka_unit_test(scoring_form__right__takes_the_first_value_of_an_empty_row),
		cmocka_unit_test(scoring_form__not_defined__is_never_written),
		cmocka_unit_test(scoring_form__version__keeps_what_was_chosen_in_the_other),
		cmocka_unit_test(scoring_form__next__finds_what_is_missing),
		cmocka_unit_test(scoring_form__draw__shows_the_whole_base_at_80_by_24),
		cmocka_unit_test(scoring_form__draw__writes_every_metric_where_there_is_room),
		cmocka_unit_test(scoring_form__draw__writes_letters_in_few_columns),
		cmocka_unit_test(scoring_form__draw__survives_every_size),
	};

	if (g_getenv("SHOW_FORM")) {
		PsScoringForm *form = typed_form(PS_CVSS_4_0, "NLNNNHHHNNN");
		int rows = 0, cols = 0;
		sscanf(g_getenv("SHOW_FORM"), "%dx%d", &cols, &rows);
		g_autofree char *text = dump(form, rows, cols);
		puts(text);
		return 0;
	}
	return cmocka_run_group_tests_name("scoring form", tests, NULL, NULL);
}
