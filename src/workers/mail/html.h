#ifndef PS_WORKERS_MAIL_HTML_H
#define PS_WORKERS_MAIL_HTML_H

/* HTML of a mail as readable text. Nothing is fetched and nothing is run: scripts, styles and
 * comments are left out, everything else that a browser could show is kept, also what styles would
 * hide. Links are numbered and listed behind the text; where the visible text of a link names
 * another host than it leads to, that host stands beside it. Tables become lines with " | ".
 *
 * The result is UTF-8 with LF; it is not safe text yet. */

#include <glib.h>

typedef enum {
	/* leaves out the element that repeats protected headers (RFC 9788 section 5.2.2) */
	PS_HTML_NO_LEGACY_DISPLAY = 1 << 0,
} PsHtmlFlags;

/* `html` is UTF-8. At most `limit` bytes come out; `*cut` says that there was more. */
char *ps_html_text(const char *html, gsize length, gsize limit, PsHtmlFlags flags, gboolean *cut);

#endif
