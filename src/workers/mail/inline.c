#include "config.h"

#include "workers/mail/inline.h"

#include <string.h>

#define BLOCKS_MAX 50

static const struct {
	const char *begin, *end;
	PsInlineKind kind;
} armours[] = {
	{"-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----", PS_INLINE_ENCRYPTED},
	{"-----BEGIN PGP SIGNED MESSAGE-----", "-----END PGP SIGNATURE-----", PS_INLINE_SIGNED},
	{"-----BEGIN PGP PUBLIC KEY BLOCK-----", "-----END PGP PUBLIC KEY BLOCK-----",
	 PS_INLINE_KEY},
};

/* The bytes behind the line that starts at `at`. */
static gsize
line_end(const char *text, gsize length, gsize at)
{
	const char *newline = memchr(text + at, '\n', length - at);

	return newline ? (gsize)(newline - text) + 1 : length;
}

/* The line is exactly `mark`, but for blanks behind it. */
static gboolean
line_is(const char *text, gsize at, gsize end, const char *mark)
{
	gsize n = strlen(mark);

	if (end - at < n || memcmp(text + at, mark, n) != 0)
		return FALSE;
	for (gsize i = at + n; i < end; i++)
		if (!g_ascii_isspace(text[i]))
			return FALSE;
	return TRUE;
}

static int
armour_at(const char *text, gsize at, gsize end)
{
	if (text[at] != '-')
		return -1;
	for (gsize i = 0; i < G_N_ELEMENTS(armours); i++)
		if (line_is(text, at, end, armours[i].begin))
			return (int)i;
	return -1;
}

/* Where the block that begins at `at` ends; 0: it does not. A further beginning of the same kind
 * ends the search: blocks do not nest. */
static gsize
block_end(const char *text, gsize length, gsize at, int armour)
{
	gsize line = line_end(text, length, at);

	while (line < length) {
		gsize end = line_end(text, length, line);
		if (text[line] == '-') {
			if (line_is(text, line, end, armours[armour].end))
				return end;
			if (line_is(text, line, end, armours[armour].begin))
				return 0;
		}
		line = end;
	}
	return 0;
}

static void
add(GArray *segments, PsInlineKind kind, gsize start, gsize end)
{
	PsInlineSegment segment = {kind, start, end};

	if (end > start)
		g_array_append_val(segments, segment);
}

GArray *
ps_inline_segments(const char *text, gsize length)
{
	GArray *segments = g_array_new(FALSE, FALSE, sizeof(PsInlineSegment));
	gsize plain = 0, at = 0;
	int blocks = 0;

	while (at < length && blocks < BLOCKS_MAX) {
		gsize end = line_end(text, length, at);
		int armour = armour_at(text, at, end);
		if (armour < 0) {
			at = end;
			continue;
		}
		gsize behind = block_end(text, length, at, armour);
		add(segments, PS_INLINE_TEXT, plain, at);
		add(segments, behind ? armours[armour].kind : PS_INLINE_BROKEN, at,
		    behind ? behind : end);
		at = plain = behind ? behind : end;
		blocks++;
	}
	add(segments, PS_INLINE_TEXT, plain, length);
	return segments;
}

gboolean
ps_inline_any(const char *text, gsize length)
{
	g_autoptr(GArray) segments = ps_inline_segments(text, length);

	return segments->len > 1 ||
	       (segments->len == 1 &&
		g_array_index(segments, PsInlineSegment, 0).kind != PS_INLINE_TEXT);
}
