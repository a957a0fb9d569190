#ifndef PS_BASE_WORDS_H
#define PS_BASE_WORDS_H

/* Texts eight bytes at a time, for the loops that see every byte of a document. */

#include <string.h>

#include <glib.h>

/* One byte in all eight places. */
#define PS_EIGHT_OF(c) (G_GUINT64_CONSTANT(0x0101010101010101) * (guint64)(c))

/* As a number whose lowest byte is the first. */
static inline guint64
ps_eight_bytes(const char *at)
{
	guint64 eight;

	memcpy(&eight, at, sizeof eight);
	return GUINT64_FROM_LE(eight);
}

/* Length of the run of printable ASCII without quote and backslash at the start of a text. Each
 * part of `stop` has the high bit of a byte set that is beyond ASCII, a control, a DEL, a quote or
 * a backslash; the lowest one is exact, those above it may come from a borrow. */
static inline gsize
ps_plain_run(const char *text, gsize size)
{
	gsize run = 0;

	for (; size - run >= sizeof(guint64); run += sizeof(guint64)) {
		guint64 eight = ps_eight_bytes(text + run);
		guint64 stop = (eight | (eight - PS_EIGHT_OF(0x20)) | (eight + PS_EIGHT_OF(1)) |
				((eight ^ PS_EIGHT_OF('"')) - PS_EIGHT_OF(1)) |
				((eight ^ PS_EIGHT_OF('\\')) - PS_EIGHT_OF(1))) &
			       PS_EIGHT_OF(0x80);
		if (stop)
			return run + (gsize)__builtin_ctzll(stop) / 8;
	}
	while (run < size && text[run] >= 0x20 && text[run] < 0x7f && text[run] != '"' &&
	       text[run] != '\\')
		run++;
	return run;
}

/* g_string_append_len() of what is no part of `text`, for the many short pieces of a long one. */
static inline void
ps_append(GString *text, const char *bytes, gsize length)
{
	if (length >= text->allocated_len - text->len) {
		g_string_append_len(text, bytes, (gssize)length);
		return;
	}
	memcpy(text->str + text->len, bytes, length);
	text->len += length;
	text->str[text->len] = '\0';
}

/* One of U+2010 to U+2027 at the start of a text, the dashes and the quotes of our own sentences:
 * its three bytes, else 0. */
static inline gsize
ps_quote_here(const char *text, gsize size)
{
	return size >= 3 && (guchar)text[0] == 0xe2 && (guchar)text[1] == 0x80 &&
			       (guchar)text[2] >= 0x90 && (guchar)text[2] <= 0xa7
		       ? 3
		       : 0;
}

#endif
