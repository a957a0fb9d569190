#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/utc.h"

static void
assert_instant(const char *text, const char *canonical)
{
	gint64 ms;
	g_autoptr(GError) error = NULL;

	if (!ps_utc_parse(text, &ms, &error))
		fail_msg("%s: %s", text, error->message);
	g_autofree char *out = ps_utc_format(ms);
	assert_string_equal(out, canonical);
}

static void
utc__parse__offsets_fractions_and_leap_days(void **state)
{
	(void)state;
	assert_instant("2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z");
	assert_instant("2026-11-21t09:30:00+01:00", "2026-11-21T08:30:00Z");
	assert_instant("2024-02-29 23:59:59.5-00:30", "2024-03-01T00:29:59.500Z");
	assert_instant("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
	assert_instant("2026-11-21", "2026-11-21T00:00:00Z");
}

static void
utc__parse__refuses_what_does_not_exist(void **state)
{
	static const char *const bad[] = {
		"2026-02-29T00:00:00Z",
		"2026-11-21T24:00:00Z",
		"2026-11-21T09:30:00",
		"2026-11-21T09:30Z",
		"yesterday",
		"",
		"+3x",
		"2026-11-21T09:30:00Zx",
		/* beyond the years that can be written again */
		"9999-12-31T23:59:60Z",
		"9999-12-31T23:59:59-00:01",
		"0001-01-01T00:00:00+00:01",
		"+999999w",
		"-999999w",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		gint64 ms;
		g_autoptr(GError) error = NULL;
		assert_false(ps_utc_parse(bad[i], &ms, &error));
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	}
}

static void
utc__now__can_be_pinned_and_relative_times_follow(void **state)
{
	(void)state;
	g_setenv("PSIRTDESK_NOW", "2026-11-21T10:00:00Z", TRUE);
	assert_true(ps_now_is_pinned());
	assert_instant("now", "2026-11-21T10:00:00Z");
	assert_instant("+36h", "2026-11-22T22:00:00Z");
	assert_instant("-2w", "2026-11-07T10:00:00Z");
	g_autofree char *date = ps_date_parse("+30d", NULL);
	assert_string_equal(date, "2026-12-21");
	g_autoptr(GError) error = NULL;
	assert_null(ps_date_parse("+999999w", &error));
	assert_non_null(error);
	g_unsetenv("PSIRTDESK_NOW");
}

static void
utc__duration_text__two_units_at_most(void **state)
{
	static const struct {
		gint64 ms;
		const char *text;
	} rows[] = {
		{30 * PS_SECOND_MS, "now"},
		{-12 * PS_MINUTE_MS, "12 min"},
		{90 * PS_MINUTE_MS, "1 h 30 min"},
		{76 * PS_HOUR_MS, "3 d 4 h"},
		{40 * PS_DAY_MS + PS_HOUR_MS, "40 d"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = ps_duration_text(rows[i].ms);
		assert_string_equal(text, rows[i].text);
	}
}

/* Near: without the year; the parser takes the nearest one. */
static void
utc__short_form__is_read_again_to_the_minute(void **state)
{
	static const char *const instants[] = {
		"2026-11-21T09:30:00Z", "2027-01-02T00:05:00Z", "2026-07-01T23:59:00Z",
		"2020-02-29T12:00:00Z", "2031-01-01T00:00:00Z",
	};

	(void)state;
	g_setenv("PSIRTDESK_NOW", "2026-11-21T10:00:00Z", TRUE);
	for (gsize i = 0; i < G_N_ELEMENTS(instants); i++) {
		gint64 ms;
		assert_true(ps_utc_parse(instants[i], &ms, NULL));
		g_autofree char *brief = ps_utc_short(ms);
		assert_instant(brief, instants[i]);
	}
	assert_instant("21 nov 09:30", "2026-11-21T09:30:00Z");
	assert_instant("1 Feb 08:00", "2027-02-01T08:00:00Z");
	gint64 ms;
	assert_false(ps_utc_parse("31 Feb 08:00", &ms, NULL));
	assert_false(ps_utc_parse("21 Nov 24:00", &ms, NULL));
	assert_false(ps_utc_parse("21 Nov 09:30 ", &ms, NULL));
	assert_false(ps_utc_parse("2026-02-30 09:30", &ms, NULL));
	g_unsetenv("PSIRTDESK_NOW");
}

static void
utc__shorten__changes_instants_and_nothing_else(void **state)
{
	(void)state;
	g_setenv("PSIRTDESK_NOW", "2026-11-21T10:00:00Z", TRUE);
	g_autofree char *text =
		ps_utc_shorten("“é” ends 2026-12-01T09:00:00Z (PSIRT-2026-0007, 2026-12-01).");
	assert_string_equal(text, "“é” ends 01 Dec 09:00 (PSIRT-2026-0007, 2026-12-01).");
	g_unsetenv("PSIRTDESK_NOW");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utc__parse__offsets_fractions_and_leap_days),
		cmocka_unit_test(utc__parse__refuses_what_does_not_exist),
		cmocka_unit_test(utc__now__can_be_pinned_and_relative_times_follow),
		cmocka_unit_test(utc__duration_text__two_units_at_most),
		cmocka_unit_test(utc__short_form__is_read_again_to_the_minute),
		cmocka_unit_test(utc__shorten__changes_instants_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
