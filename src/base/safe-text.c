#include "config.h"

#include "base/safe-text.h"

#include <string.h>

#include "base/words.h"

#define MARK 0xFFFD
#define MAX_COMBINING 8
#define FILENAME_BYTES 120
#define EXTENSION_BYTES 16

/* Invisible or badly counted characters that their general category does not give away. Sorted. */
static const struct {
	gunichar first, last;
} hidden[] = {
	{0x034F, 0x034F},   /* combining grapheme joiner */
	{0x115F, 0x1160},   /* Hangul fillers */
	{0x17B4, 0x17B5},   /* Khmer inherent vowels */
	{0x180B, 0x180F},   /* Mongolian variation selectors and vowel separator */
	{0x2065, 0x2065},   /* reserved among the invisible operators */
	{0x3164, 0x3164},   /* Hangul filler */
	{0xFE00, 0xFE0F},   /* variation selectors */
	{0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
	{0x1F3FB, 0x1F3FF}, /* skin tones: one cell pair or two, as the terminal likes */
	{0xE0000, 0xE0FFF}, /* tags and variation selectors */
};

static gboolean
is_hidden(gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(hidden) && hidden[i].first <= c; i++)
		if (c <= hidden[i].last)
			return TRUE;
	return FALSE;
}

static gboolean
is_forbidden(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_UNASSIGNED: /* noncharacters too */
		return TRUE;
	default:
		return is_hidden(c);
	}
}

static gboolean
is_combining(gunichar c)
{
	return c >= 0x300 && g_unichar_iszerowidth(c);
}

int
ps_char_cells(gunichar c)
{
	if (c < 0x300)
		return 1;
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

typedef struct {
	GString *out;
	PsSafeFlags flags;
	int column;    /* cells since the last newline */
	int combining; /* marks on the last base; -1: there is no base yet */
	gboolean marked_run;
} Cleaner;

static void
put(Cleaner *cleaner, gunichar c)
{
	if (c >= 0x80 && cleaner->flags & PS_SAFE_ASCII)
		c = '?';
	g_string_append_unichar(cleaner->out, c);
	cleaner->column += ps_char_cells(c);
	/* A blank is no base: text is trimmed and wrapped at blanks, and the mark would move on. */
	cleaner->combining = c == ' ' ? -1 : 0;
	cleaner->marked_run = FALSE;
}

static void
put_combining(Cleaner *cleaner, gunichar c)
{
	if (cleaner->flags & PS_SAFE_ASCII || cleaner->combining < 0) {
		put(cleaner, MARK);
	} else if (cleaner->combining < MAX_COMBINING) {
		g_string_append_unichar(cleaner->out, c);
		cleaner->combining++;
	} else if (!cleaner->marked_run) {
		/* One mark for the whole rest of the run; what follows it stays cut. */
		put(cleaner, MARK);
		cleaner->combining = MAX_COMBINING;
		cleaner->marked_run = TRUE;
	}
}

static void
put_newline(Cleaner *cleaner)
{
	if (!(cleaner->flags & PS_SAFE_LINES)) {
		put(cleaner, ' ');
		return;
	}
	g_string_append_c(cleaner->out, '\n');
	cleaner->column = 0;
	cleaner->combining = -1;
	cleaner->marked_run = FALSE;
}

static void
put_tab(Cleaner *cleaner)
{
	int count = cleaner->flags & PS_SAFE_LINES ? 8 - cleaner->column % 8 : 1;

	while (count-- > 0)
		put(cleaner, ' ');
}

/* Letters and marks that need no look at their properties: Latin without the soft hyphen, dashes
 * and quotes. */
static gboolean
is_harmless(gunichar c)
{
	return (c > 0xAD && c < 0x250) || (c >= 0x2010 && c <= 0x2027);
}

static void
put_outside(Cleaner *cleaner, gunichar c)
{
	if (is_harmless(c)) {
		put(cleaner, c);
		return;
	}
	GUnicodeType type = g_unichar_type(c);

	if (type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
		put_newline(cleaner);
	else if (is_forbidden(c))
		put(cleaner, MARK);
	else if (is_combining(c))
		put_combining(cleaner, c);
	else
		put(cleaner, type == G_UNICODE_SPACE_SEPARATOR && c != 0x3000 ? ' ' : c);
}

/* Takes one character (or an invalid byte) and returns how many bytes it had. */
static gsize
clean_one(Cleaner *cleaner, const char *p, gsize left)
{
	guchar byte = (guchar)*p;

	if (byte >= 0x20 && byte < 0x7F) {
		put(cleaner, byte);
	} else if (byte == '\n') {
		put_newline(cleaner);
	} else if (byte == '\t') {
		put_tab(cleaner);
	} else if (byte == '\r' && left > 1 && p[1] == '\n') {
		put_newline(cleaner);
		return 2;
	} else if (byte < 0x80) {
		put(cleaner, MARK);
	} else {
		gunichar c = g_utf8_get_char_validated(p, (gssize)left);
		if (c == (gunichar)-1 || c == (gunichar)-2) {
			put(cleaner, MARK);
			return 1;
		}
		put_outside(cleaner, c);
		return (gsize)g_unichar_to_utf8(c, NULL);
	}
	return 1;
}

/* A quote, backslash or one of U+2010 to U+2027, the quotes of our own sentences among them, is at
 * the start of the text: how many bytes it has, else 0. */
static inline gsize
harmless_here(const char *text, gsize size, PsSafeFlags flags)
{
	if (size > 0 && (*text == '"' || *text == '\\'))
		return 1;
	return flags & PS_SAFE_ASCII ? 0 : ps_quote_here(text, size);
}

/* A run of ASCII and of such quotes, which is most of most texts; gives its length. `*cells`: on a
 * terminal. */
static gsize
plain_run(const char *text, gsize size, PsSafeFlags flags, int *cells)
{
	gsize run = 0, length;

	*cells = 0;
	do {
		length = ps_plain_run(text + run, size - run);
		run += length;
		*cells += (int)length;
		length = harmless_here(text + run, size - run, flags);
		run += length;
		*cells += length > 0;
	} while (length > 0);
	return run;
}

static gsize
put_plain(Cleaner *cleaner, const char *text, gsize size)
{
	int cells;
	gsize run = plain_run(text, size, cleaner->flags, &cells);

	if (run == 0)
		return 0;
	g_string_append_len(cleaner->out, text, (gssize)run);
	cleaner->column += cells;
	cleaner->combining = text[run - 1] == ' ' ? -1 : 0;
	cleaner->marked_run = FALSE;
	return run;
}

gboolean
ps_safe_is_plain(const char *text, gsize length, PsSafeFlags flags)
{
	int cells;

	return plain_run(text, length, flags, &cells) == length;
}

char *
ps_safe_text(const char *text, gssize length, PsSafeFlags flags)
{
	gsize size = text ? (length < 0 ? strlen(text) : (gsize)length) : 0;

	if (ps_safe_is_plain(text, size, flags))
		return g_strndup(text ? text : "", size);
	Cleaner cleaner = {.out = g_string_sized_new(size + 16), .flags = flags, .combining = -1};

	for (gsize at = 0; at < size;) {
		gsize plain = put_plain(&cleaner, text + at, size - at);
		at += plain ? plain : clean_one(&cleaner, text + at, size - at);
	}
	return g_string_free(cleaner.out, FALSE);
}

/* The longest prefix of at most `bytes` bytes that ends at a character. */
static void
cut_bytes(GString *text, gsize bytes)
{
	if (text->len <= bytes)
		return;
	while (bytes > 0 && ((guchar)text->str[bytes] & 0xC0) == 0x80)
		bytes--;
	g_string_truncate(text, bytes);
}

static void
cut_filename(GString *name)
{
	const char *dot = strrchr(name->str, '.');

	if (name->len <= FILENAME_BYTES)
		return;
	if (!dot || strlen(dot) > EXTENSION_BYTES) {
		cut_bytes(name, FILENAME_BYTES);
		return;
	}
	g_autofree char *extension = g_strdup(dot);
	cut_bytes(name, FILENAME_BYTES - strlen(extension));
	g_string_append(name, extension);
}

char *
ps_safe_filename(const char *name)
{
	g_autofree char *safe = ps_safe_text(name, -1, PS_SAFE_LINE);

	g_strstrip(safe);
	g_strdelimit(safe, "/\\:*?\"<>|", '_');
	if (*safe == '.' || *safe == '-')
		*safe = '_';
	GString *result = g_string_new(safe);
	cut_filename(result);
	while (result->len > 0 && strchr(". ", result->str[result->len - 1]))
		g_string_truncate(result, result->len - 1);
	if (result->len == 0)
		g_string_assign(result, "file");
	return g_string_free(result, FALSE);
}

int
ps_text_cells(const char *text)
{
	int cells = 0;

	for (const char *p = text; *p;) {
		if ((guchar)*p < 0x80) {
			cells++;
			p++;
			continue;
		}
		cells += ps_char_cells(g_utf8_get_char(p));
		p = g_utf8_next_char(p);
	}
	return cells;
}

/* End of the longest prefix of at most `cells` cells, with its combining marks. */
static const char *
prefix_end(const char *text, int cells)
{
	const char *p = text;

	while (*p) {
		int width = ps_char_cells(g_utf8_get_char(p));
		if (width > cells)
			break;
		cells -= width;
		p = g_utf8_next_char(p);
	}
	return p;
}

char *
ps_text_fit(const char *text, int cells)
{
	if (cells <= 0)
		return g_strdup("");
	const char *end = prefix_end(text, cells);
	if (!*end)
		return g_strdup(text);
	end = prefix_end(text, cells - 1);
	g_autofree char *head = g_strndup(text, (gsize)(end - text));
	return g_strconcat(head, "…", NULL);
}

/* Adds the pieces of one line without newline. */
static void
wrap_line(GPtrArray *lines, const char *line, const char *end, int cells)
{
	while (line < end) {
		const char *stop = prefix_end(line, cells);
		if (stop >= end)
			break;
		if (stop == line)
			stop = g_utf8_next_char(stop);
		const char *next = stop, *blank = stop;
		while (blank > line && *blank != ' ')
			blank--;
		while (blank > line && blank[-1] == ' ')
			blank--;
		if (blank > line) {
			stop = next = blank;
			while (next < end && *next == ' ')
				next++;
		}
		g_ptr_array_add(lines, g_strndup(line, (gsize)(stop - line)));
		if (next == end)
			return;
		line = next;
	}
	g_ptr_array_add(lines, g_strndup(line, (gsize)(end - line)));
}

char **
ps_text_wrap(const char *text, int cells)
{
	GPtrArray *lines = g_ptr_array_new();

	for (const char *line = text;;) {
		const char *end = strchrnul(line, '\n');
		wrap_line(lines, line, end, MAX(cells, 1));
		if (!*end)
			break;
		line = end + 1;
	}
	g_ptr_array_add(lines, NULL);
	return (char **)g_ptr_array_free(lines, FALSE);
}

void
ps_text_wipe(char *text)
{
	/* Unlike memset(), this is never optimized away. */
	if (text)
		explicit_bzero(text, strlen(text));
	g_free(text);
}
