#ifndef PS_BASE_UTC_H
#define PS_BASE_UTC_H

/* Time. Inside: 64-bit milliseconds since 1970-01-01T00:00:00Z, no leap seconds. Outside: RFC 3339
 * with Z. A date without time is a text YYYY-MM-DD and never becomes an instant by itself.
 * PS_NO_TIME stands for "not known". */

#include <glib.h>

#define PS_NO_TIME G_MININT64
#define PS_SECOND_MS G_GINT64_CONSTANT(1000)
#define PS_MINUTE_MS (60 * PS_SECOND_MS)
#define PS_HOUR_MS (60 * PS_MINUTE_MS)
#define PS_DAY_MS (24 * PS_HOUR_MS)

/* The present instant; $PSIRTDESK_NOW (RFC 3339) pins it for tests and drills. */
gint64 ps_now_ms(void);
gboolean ps_now_is_pinned(void);

/* "2026-11-21T09:30:00Z"; milliseconds are printed only when they are not 0. New string; NULL for
 * PS_NO_TIME and outside the years 1 to 9999, which ps_utc_parse() never gives. */
char *ps_utc_format(gint64 ms);

/* Reads RFC 3339 (any offset, "t"/"z" and a blank instead of T too), and a bare date as midnight
 * UTC. Also "now", "+3d", "-12h", "+90m", "+2w" relative to ps_now_ms(), and what ps_utc_short()
 * prints. Out of range, 31 February and rubbish are refused with a sentence. */
gboolean ps_utc_parse(const char *text, gint64 *ms, GError **error);

/* YYYY-MM-DD that exists. "today" and "+30d" are resolved; the canonical text is returned. */
char *ps_date_parse(const char *text, GError **error);

/* "90m", "36h", "3d", "2w" as milliseconds. */
gboolean ps_duration_parse(const char *text, gint64 *ms, GError **error);

/* A distance for people, at most two units: "3 d 4 h", "12 min", "now"; sign is not shown. */
char *ps_duration_text(gint64 ms);

/* Short local date and time for lists: "21 Nov 09:30", or "2025-03-04" when over 300 days away. */
char *ps_utc_brief(gint64 ms);
/* The same for what a person edits: "21 Nov 09:30", or "2025-03-04 09:30", local time, to the
 * minute; ps_utc_parse() reads it. "" for PS_NO_TIME. */
char *ps_utc_short(gint64 ms);
/* A sentence with each instant of ps_utc_format() in it in that form, for the screen. */
char *ps_utc_shorten(const char *sentence);

#endif
