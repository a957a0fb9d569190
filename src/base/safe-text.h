#ifndef PS_BASE_SAFE_TEXT_H
#define PS_BASE_SAFE_TEXT_H

/* The border between text from outside and every terminal, log, file name and template.
 *
 * The result is valid UTF-8 without: C0, DEL and C1 controls, bidi controls (U+061C, U+200E/F,
 * U+202A-E, U+2066-9), zero-width and invisible characters (every format character, U+034F, the
 * Hangul fillers, U+17B4/5, U+180B-F, U+E0000-E0FFF, variation selectors), emoji skin tones (places
 * where terminals and wcwidth() count differently), private use, surrogates, noncharacters and
 * unassigned code points. What was removed leaves a visible mark (U+FFFD one cell, or "?" in
 * PS_SAFE_ASCII, where every character beyond ASCII becomes one), so that nothing vanishes
 * silently. Runs of more than 8 combining marks are cut, a combining mark without a base (or on a
 * blank) is marked. Invalid UTF-8 gives U+FFFD per byte. Other blanks than U+3000 become U+0020,
 * line and paragraph separators count as newlines. Idempotent. (RFC 5322 section 5, Unicode TR 36.)
 */

#include <glib.h>

typedef enum {
	PS_SAFE_LINE = 0,       /* newline and TAB become one blank */
	PS_SAFE_LINES = 1 << 0, /* keeps newlines (CR LF becomes LF); TAB becomes blanks to the next
				   8th cell */
	PS_SAFE_ASCII = 1 << 1, /* for logs of places without UTF-8 */
} PsSafeFlags;

/* length -1: up to the NUL (a NUL inside a given length is marked as a control). NULL gives "". */
char *ps_safe_text(const char *text, gssize length, PsSafeFlags flags);
/* TRUE: that would be the same text; most are. FALSE: it may be another. */
gboolean ps_safe_is_plain(const char *text, gsize length, PsSafeFlags flags);

/* Frees a text that was told in confidence, and leaves nothing of it in memory; NULL is fine. */
void ps_text_wipe(char *text);

/* A file name that is safe to show and to write: no separators, no leading dot or dash, at most 120
 * bytes, never empty ("file"). For attachments it is shown, never used as the name on disk. */
char *ps_safe_filename(const char *name);

/* Terminal cells of one character of a safe text: 0 (combining), 1 or 2 (wide). */
int ps_char_cells(gunichar c);
/* Terminal cells of a safe text. */
int ps_text_cells(const char *text);
/* The longest prefix of at most `cells` cells, cut at a character with its combining marks; where
 * something was cut the last cell is "…". New string. */
char *ps_text_fit(const char *text, int cells);
/* Wraps a safe text at `cells` cells, at blanks where possible and at each newline; at least one
 * line. NULL-terminated lines, each of at most `cells` cells (but a wide character alone). */
char **ps_text_wrap(const char *text, int cells);

#endif
