#include "config.h"

/* What is due, as a calendar (RFC 5545). */

#include "cases/desk.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

/* Content lines are folded at 75 octets, not within a character. */
static void
append_folded(GString *out, const char *line)
{
	gsize room = 75;

	while (strlen(line) > room) {
		gsize cut = room;
		while (cut > 1 && ((guchar)line[cut] & 0xc0) == 0x80)
			cut--;
		g_string_append_len(out, line, (gssize)cut);
		g_string_append(out, "\r\n ");
		line += cut;
		room = 74;
	}
	g_string_append(out, line);
	g_string_append(out, "\r\n");
}

static void
append_text(GString *out, const char *name, const char *text)
{
	g_autoptr(GString) line = g_string_new(name);

	g_string_append_c(line, ':');
	for (const char *p = text; *p; p++) {
		if (strchr("\\;,", *p))
			g_string_append_c(line, '\\');
		g_string_append_c(line, *p);
	}
	append_folded(out, line->str);
}

static void
append_time(GString *out, const char *name, gint64 at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / 1000);
	g_autofree char *text = g_date_time_format(time, "%Y%m%dT%H%M%SZ");

	g_string_append_printf(out, "%s:%s\r\n", name, text);
}

/* No titles: a calendar leaves the workspace, and what is sealed stays in it. */
static void
append_event(GString *out, const PsDeskLine *line, gint64 now)
{
	gboolean task = g_str_equal(line->kind, "task");
	g_autofree char *what = g_strdup_printf("%s %s", line->case_number ? line->case_number : "",
						task ? _("Task") : line->what);
	g_autofree char *uid = g_strdup_printf("%s-%s@psirtdesk", line->record, line->token);

	g_string_append(out, "BEGIN:VEVENT\r\n");
	append_text(out, "UID", uid);
	append_time(out, "DTSTAMP", now);
	append_time(out, "DTSTART", line->due_at);
	append_text(out, "SUMMARY", g_strchug(what));
	append_text(out, "DESCRIPTION", line->reason);
	g_string_append(out, "END:VEVENT\r\n");
}

char *
ps_desk_calendar(GPtrArray *lines, gint64 now)
{
	GString *out = g_string_new("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
				    "PRODID:-//psirtdesk//clocks//EN\r\n");

	for (guint i = 0; i < lines->len; i++) {
		const PsDeskLine *line = lines->pdata[i];
		if (line->due_at != PS_NO_TIME)
			append_event(out, line, now);
	}
	g_string_append(out, "END:VCALENDAR\r\n");
	return g_string_free(out, FALSE);
}
