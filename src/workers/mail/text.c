#include "config.h"

#include "workers/mail/text.h"

#include <errno.h>
#include <string.h>

#include <gmime/gmime.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* ASCII and what is often declared as it but isn't: judged by the bytes. */
static gboolean
says_nothing(const char *charset)
{
	return !charset || !*charset || g_ascii_strcasecmp(charset, "us-ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "ascii") == 0 ||
	       g_ascii_strcasecmp(charset, "unknown-8bit") == 0 ||
	       g_ascii_strcasecmp(charset, "utf-8") == 0 ||
	       g_ascii_strcasecmp(charset, "utf8") == 0;
}

static GString *
convert(const char *text, gsize length, const char *charset)
{
	GIConv converter = g_iconv_open("UTF-8", charset);
	char *in = (char *)text;
	char block[4096];

	if (converter == (GIConv)-1)
		return NULL;
	GString *out = g_string_sized_new(length + length / 4);
	while (length > 0) {
		char *at = block;
		gsize room = sizeof block;
		gsize done = g_iconv(converter, &in, &length, &at, &room);
		g_string_append_len(out, block, at - block);
		if (done != (gsize)-1 || errno == E2BIG)
			continue;
		/* an invalid or cut sequence: one byte is given up */
		g_string_append(out, REPLACEMENT);
		g_iconv(converter, NULL, NULL, NULL, NULL);
		in++;
		length--;
	}
	g_iconv_close(converter);
	return out;
}

/* CR LF and lone CR become LF; NUL becomes the replacement. */
static char *
tidy(const char *text, gsize length, gsize *out_length)
{
	GString *out = g_string_sized_new(length);

	for (gsize i = 0; i < length; i++) {
		if (text[i] == '\0')
			g_string_append(out, REPLACEMENT);
		else if (text[i] != '\r')
			g_string_append_c(out, text[i]);
		else if (i + 1 >= length || text[i + 1] != '\n')
			g_string_append_c(out, '\n');
	}
	if (out_length)
		*out_length = out->len;
	return g_string_free(out, FALSE);
}

char *
ps_text_decode(GBytes *bytes, const char *charset, gsize limit, gsize *out_length, gboolean *cut)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(bytes, &length);
	const char *name = says_nothing(charset) ? NULL : g_mime_charset_iconv_name(charset);
	GString *converted = NULL;

	*cut = length > limit;
	length = MIN(length, limit);
	if (name)
		converted = convert(text, length, name);
	else if (charset && g_ascii_strncasecmp(charset, "utf", 3) == 0)
		converted = convert(text, length, "UTF-8");
	else if (!g_utf8_validate(text ? text : "", (gssize)length, NULL))
		converted = convert(text, length, "WINDOWS-1252");
	if (!converted)
		converted = convert(text, length, "UTF-8");
	if (!converted)
		converted = g_string_new_len(text, (gssize)length);
	char *tidied = tidy(converted->str, converted->len, out_length);
	g_string_free(converted, TRUE);
	if (g_utf8_validate(tidied, -1, NULL))
		return tidied;
	/* the C library's converter lets surrogates through */
	char *valid = g_utf8_make_valid(tidied, -1);
	if (out_length)
		*out_length = strlen(valid);
	g_free(tidied);
	return valid;
}

static gsize
quote_depth(const char *line)
{
	return strspn(line, ">");
}

char *
ps_text_unflow(const char *text, gboolean delete_space)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	GString *out = g_string_sized_new(strlen(text));
	gboolean open = FALSE; /* the line before goes on here */
	gsize open_depth = 0;

	for (gsize i = 0; lines[i]; i++) {
		gsize depth = quote_depth(lines[i]);
		const char *rest = lines[i] + depth;
		gboolean stuffed = *rest == ' ';
		if (stuffed)
			rest++;
		gsize n = strlen(rest);
		gboolean signature = g_str_equal(rest, "-- ");
		gboolean flows = n > 0 && rest[n - 1] == ' ' && !signature;
		if (!(open && depth == open_depth && !signature)) {
			if (i > 0)
				g_string_append_c(out, '\n');
			g_string_append_len(out, lines[i], (gssize)depth);
			if (depth > 0)
				g_string_append_c(out, ' ');
		}
		g_string_append_len(out, rest, (gssize)(flows && delete_space ? n - 1 : n));
		open = flows;
		open_depth = depth;
	}
	return g_string_free(out, FALSE);
}

const char *
ps_text_without_legacy_display(const char *text)
{
	const char *empty = strstr(text, "\n\n");

	return empty ? empty + 2 : text;
}
