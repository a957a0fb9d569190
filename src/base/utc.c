#include "config.h"

#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z */
#define FIRST_MS G_GINT64_CONSTANT(-62135596800000)
#define LAST_MS G_GINT64_CONSTANT(253402300799999)

static gboolean
read_digits(const char **p, int count, int *value)
{
	*value = 0;
	for (int i = 0; i < count; i++, (*p)++) {
		if (!g_ascii_isdigit(**p))
			return FALSE;
		*value = *value * 10 + (**p - '0');
	}
	return TRUE;
}

static gboolean
read_char(const char **p, const char *any)
{
	if (!**p || !strchr(any, **p))
		return FALSE;
	(*p)++;
	return TRUE;
}

/* Days since 1970-01-01 of a proleptic Gregorian date that exists, else G_MININT64. */
static gint64
days_from_civil(int year, int month, int day)
{
	if (year < 1 || !g_date_valid_dmy(day, month, year))
		return G_MININT64;
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, day, month, year);
	/* 719163 = Julian day of 1970-01-01 as GDate counts (1 = 0001-01-01). */
	return (gint64)g_date_get_julian(&date) - 719163;
}

static gboolean
read_date(const char **p, gint64 *days)
{
	int year, month, day;

	if (!read_digits(p, 4, &year) || !read_char(p, "-") || !read_digits(p, 2, &month) ||
	    !read_char(p, "-") || !read_digits(p, 2, &day))
		return FALSE;
	*days = days_from_civil(year, month, day);
	return *days != G_MININT64;
}

static gboolean
read_clock(const char **p, gint64 *ms)
{
	int hour, minute, second;

	if (!read_digits(p, 2, &hour) || !read_char(p, ":") || !read_digits(p, 2, &minute) ||
	    !read_char(p, ":") || !read_digits(p, 2, &second))
		return FALSE;
	if (hour > 23 || minute > 59 || second > 60)
		return FALSE;
	*ms = hour * PS_HOUR_MS + minute * PS_MINUTE_MS + second * PS_SECOND_MS;
	if (read_char(p, ".")) {
		int scale = 100;
		if (!g_ascii_isdigit(**p))
			return FALSE;
		for (; g_ascii_isdigit(**p); (*p)++, scale /= 10)
			*ms += (**p - '0') * scale;
	}
	return TRUE;
}

static gboolean
read_offset(const char **p, gint64 *ms)
{
	int hour, minute;

	*ms = 0;
	if (read_char(p, "Zz"))
		return TRUE;
	int sign = **p == '-' ? -1 : 1;
	if (!read_char(p, "+-") || !read_digits(p, 2, &hour) || !read_char(p, ":") ||
	    !read_digits(p, 2, &minute) || hour > 23 || minute > 59)
		return FALSE;
	*ms = sign * (hour * PS_HOUR_MS + minute * PS_MINUTE_MS);
	return TRUE;
}

/* A year of four digits, also after the offset is taken off: else it could not be written again. */
static gboolean
has_a_name(gint64 ms)
{
	return ms >= FIRST_MS && ms <= LAST_MS;
}

static gboolean
parse_rfc3339(const char *text, gint64 *ms)
{
	const char *p = text;
	gint64 days, clock = 0, offset = 0;

	if (!read_date(&p, &days))
		return FALSE;
	if (*p && (!read_char(&p, "Tt ") || !read_clock(&p, &clock) || !read_offset(&p, &offset)))
		return FALSE;
	*ms = days * PS_DAY_MS + clock - offset;
	return *p == '\0' && has_a_name(*ms);
}

static gint64
pinned_now(void)
{
	const char *text = g_getenv("PSIRTDESK_NOW");
	gint64 ms;

	return text && *text && parse_rfc3339(text, &ms) ? ms : PS_NO_TIME;
}

gboolean
ps_now_is_pinned(void)
{
	return pinned_now() != PS_NO_TIME;
}

gint64
ps_now_ms(void)
{
	gint64 pinned = pinned_now();

	return pinned != PS_NO_TIME ? pinned : g_get_real_time() / 1000;
}

char *
ps_utc_format(gint64 ms)
{
	if (ms == PS_NO_TIME)
		return NULL;
	gint64 seconds = ms / 1000, rest = ms % 1000;
	if (rest < 0) {
		seconds--;
		rest += 1000;
	}
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
	if (!time)
		return NULL;
	g_autofree char *head =
		g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year(time),
				g_date_time_get_month(time), g_date_time_get_day_of_month(time),
				g_date_time_get_hour(time), g_date_time_get_minute(time),
				g_date_time_get_second(time));
	if (rest)
		return g_strdup_printf("%s.%03dZ", head, (int)rest);
	return g_strconcat(head, "Z", NULL);
}

static gint64
unit_ms(const char *unit)
{
	static const struct {
		const char *name;
		gint64 ms;
	} units[] = {
		{"s", PS_SECOND_MS}, {"m", PS_MINUTE_MS}, {"min", PS_MINUTE_MS},
		{"h", PS_HOUR_MS},   {"d", PS_DAY_MS},    {"w", 7 * PS_DAY_MS},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (g_str_equal(unit, units[i].name))
			return units[i].ms;
	return 0;
}

gboolean
ps_duration_parse(const char *text, gint64 *ms, GError **error)
{
	char *end = NULL;
	gint64 count = g_ascii_isdigit(*text) ? g_ascii_strtoll(text, &end, 10) : -1;
	gint64 unit = end ? unit_ms(end) : 0;

	if (count < 0 || unit == 0 || count > G_MAXINT64 / 4 / unit) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_INPUT,
			_("“%s” is no duration: write a number and a unit, as 90m, 36h, 3d or 2w."),
			text);
		return FALSE;
	}
	*ms = count * unit;
	return TRUE;
}

static gboolean
parse_relative(const char *text, gint64 *ms)
{
	gint64 distance;

	if (g_str_equal(text, "now")) {
		*ms = ps_now_ms();
		return TRUE;
	}
	if ((*text != '+' && *text != '-') || !ps_duration_parse(text + 1, &distance, NULL))
		return FALSE;
	*ms = ps_now_ms() + (*text == '-' ? -distance : distance);
	return has_a_name(*ms);
}

/* ---- the short form: local time, as lists show it ---- */

static gboolean
read_minutes(const char **p, int *hour, int *minute)
{
	return read_digits(p, 2, hour) && read_char(p, ":") && read_digits(p, 2, minute) &&
	       *hour < 24 && *minute < 60;
}

static gboolean
local_instant(int year, int month, int day, int hour, int minute, gint64 *ms)
{
	g_autoptr(GDateTime) time = g_date_time_new_local(year, month, day, hour, minute, 0);

	if (time)
		*ms = g_date_time_to_unix(time) * 1000;
	return time != NULL;
}

/* In English or as this locale writes it; 0: none. */
static int
month_named(const char *name)
{
	static const char *const english[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	g_autofree char *wanted = g_utf8_casefold(name, -1);

	for (int month = 1; month <= 12; month++) {
		g_autoptr(GDateTime) time = g_date_time_new_utc(2000, month, 1, 0, 0, 0);
		g_autofree char *own = g_date_time_format(time, "%b");
		g_autofree char *folded = g_utf8_casefold(own ? own : "", -1);
		if (g_str_equal(folded, wanted) ||
		    g_ascii_strcasecmp(english[month - 1], name) == 0)
			return month;
	}
	return 0;
}

/* "21 Nov 09:30": of the years around, the one that is nearest. */
static gboolean
parse_brief(const char *text, gint64 *ms)
{
	g_auto(GStrv) parts = g_strsplit(text, " ", 4);
	int hour, minute;
	gint64 now = ps_now_ms(), at, best = PS_NO_TIME;

	if (g_strv_length(parts) != 3)
		return FALSE;
	const char *clock = parts[2];
	int month = month_named(parts[1]);
	guint64 day;
	if (month == 0 || !g_ascii_string_to_unsigned(parts[0], 10, 1, 31, &day, NULL) ||
	    !read_minutes(&clock, &hour, &minute) || *clock)
		return FALSE;
	g_autoptr(GDateTime) today = g_date_time_new_from_unix_local(now / 1000);
	int year = today ? g_date_time_get_year(today) : 1970;
	for (int i = year - 1; i <= year + 1; i++)
		if (local_instant(i, month, (int)day, hour, minute, &at) &&
		    (best == PS_NO_TIME || ABS(at - now) < ABS(best - now)))
			best = at;
	*ms = best;
	return best != PS_NO_TIME;
}

/* "2025-03-04 09:30". */
static gboolean
parse_local(const char *text, gint64 *ms)
{
	const char *p = text;
	int year, month, day, hour, minute;

	return read_digits(&p, 4, &year) && read_char(&p, "-") && read_digits(&p, 2, &month) &&
	       read_char(&p, "-") && read_digits(&p, 2, &day) && read_char(&p, " ") &&
	       read_minutes(&p, &hour, &minute) && !*p &&
	       local_instant(year, month, day, hour, minute, ms);
}

gboolean
ps_utc_parse(const char *text, gint64 *ms, GError **error)
{
	if (parse_rfc3339(text, ms) || parse_relative(text, ms) || parse_brief(text, ms) ||
	    parse_local(text, ms))
		return TRUE;
	g_set_error(
		error, PS_ERROR, PS_ERROR_INPUT,
		_("“%s” is no point in time: write 2026-11-21T09:30:00Z, 2026-11-21, 21 Nov 09:30 "
		  "(local time), now, +3d or -12h."),
		text);
	return FALSE;
}

char *
ps_date_parse(const char *text, GError **error)
{
	const char *p = text;
	gint64 days, ms;

	if (g_str_equal(text, "today"))
		text = "now";
	else if (read_date(&p, &days) && *p == '\0')
		return g_strdup(text);
	if (!parse_relative(text, &ms)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no date: write 2026-11-21, today, +30d or -2w."), text);
		return NULL;
	}
	g_autofree char *full = ps_utc_format(ms);
	return g_strndup(full, 10);
}

char *
ps_duration_text(gint64 ms)
{
	gint64 minutes = ABS(ms) / PS_MINUTE_MS;
	gint64 days = minutes / 1440, hours = minutes / 60 % 24;

	if (minutes == 0)
		return g_strdup(_("now"));
	if (minutes < 60)
		return g_strdup_printf(_("%d min"), (int)minutes);
	if (days == 0)
		return minutes % 60
			       ? g_strdup_printf(_("%d h %d min"), (int)hours, (int)(minutes % 60))
			       : g_strdup_printf(_("%d h"), (int)hours);
	if (days < 10 && hours)
		return g_strdup_printf(_("%d d %d h"), (int)days, (int)hours);
	return g_strdup_printf(_("%d d"), (int)days);
}

/* Beyond this many days from now the year is told. */
#define BRIEF_DAYS 300

static char *
in_short(gint64 ms, const char *far_form)
{
	g_autoptr(GDateTime) time =
		ms == PS_NO_TIME ? NULL : g_date_time_new_from_unix_local(ms / 1000);

	if (!time)
		return g_strdup("");
	gboolean far = ABS(ms - ps_now_ms()) > BRIEF_DAYS * PS_DAY_MS;
	return g_date_time_format(time, far ? far_form : "%d %b %H:%M");
}

char *
ps_utc_brief(gint64 ms)
{
	return in_short(ms, "%Y-%m-%d");
}

char *
ps_utc_short(gint64 ms)
{
	return in_short(ms, "%Y-%m-%d %H:%M");
}

/* Length of an instant as ps_utc_format() writes it at the start of `text`; 0: none. */
static gsize
instant_at(const char *text, gint64 *ms)
{
	const char *p = text;
	gint64 days, clock;

	if (!g_ascii_isdigit(*p) || !read_date(&p, &days) || !read_char(&p, "T") ||
	    !read_clock(&p, &clock) || !read_char(&p, "Z"))
		return 0;
	*ms = days * PS_DAY_MS + clock;
	return (gsize)(p - text);
}

char *
ps_utc_shorten(const char *sentence)
{
	GString *text = g_string_new(NULL);
	gint64 ms;

	for (const char *p = sentence; *p;) {
		gsize length = instant_at(p, &ms);
		g_autofree char *brief = length ? ps_utc_short(ms) : NULL;
		if (brief)
			g_string_append(text, brief);
		else
			g_string_append_len(text, p, (gssize)(length = 1));
		p += length;
	}
	return g_string_free(text, FALSE);
}
