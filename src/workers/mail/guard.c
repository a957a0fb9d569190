#include "config.h"

#include "workers/mail/guard.h"

#include <string.h>

#include "base/i18n.h"
#include "workers/work.h"

#define BOUNDARIES_MAX 1000
#define BOUNDARY_LENGTH_MAX 200
/* Consecutive lines "name: value" anywhere, as in the header of an inner part. */
#define BLOCK_LINES_MAX 100000

static void
note(cJSON *notes, const char *sentence)
{
	cJSON_AddItemToArray(notes, ps_text_item(sentence, -1));
}

static gsize
next_line(const char *text, gsize length, gsize at)
{
	const char *newline = memchr(text + at, '\n', length - at);

	return newline ? (gsize)(newline - text) + 1 : length;
}

static gboolean
empty_line(const char *text, gsize at, gsize end)
{
	return end - at == 1 || (end - at == 2 && text[at] == '\r');
}

/* ---- the header of the message ---- */

typedef struct {
	gsize end;   /* of the header block */
	gsize limit; /* where the line over the limit begins; `end` when there is none */
	gboolean nul;
} HeaderBlock;

static HeaderBlock
scan_header(const char *text, gsize length)
{
	HeaderBlock block = {0, 0, FALSE};
	gsize at = 0;

	for (int lines = 0; at < length; lines++) {
		gsize end = next_line(text, length, at);
		if (empty_line(text, at, end))
			break;
		if (lines < PS_HEADER_LINES_MAX && end <= PS_HEADER_BYTES_MAX)
			block.limit = end;
		at = end;
	}
	block.end = at;
	block.nul = memchr(text, '\0', block.limit) != NULL;
	return block;
}

static GByteArray *
rebuild_header(const char *text, gsize length, const HeaderBlock *block)
{
	GByteArray *bytes = g_byte_array_sized_new((guint)(length - block->end + block->limit));

	g_byte_array_append(bytes, (const guint8 *)text, (guint)block->limit);
	for (guint i = 0; i < bytes->len; i++)
		if (bytes->data[i] == '\0')
			bytes->data[i] = '?';
	g_byte_array_append(bytes, (const guint8 *)text + block->end, (guint)(length - block->end));
	return bytes;
}

/* ---- parts ---- */

/* "boundary=VALUE" within a line. */
static void
take_boundary(GHashTable *boundaries, const char *line, gsize length)
{
	static const char name[] = "boundary";

	for (gsize i = 0; i + sizeof name < length; i++) {
		if ((line[i] | 0x20) != 'b' ||
		    g_ascii_strncasecmp(line + i, name, sizeof name - 1) != 0)
			continue;
		gsize at = i + sizeof name - 1;
		while (at < length &&
		       (line[at] == ' ' || line[at] == '\t' || line[at] == '*' || line[at] == '0'))
			at++;
		if (at >= length || line[at] != '=')
			continue;
		at++;
		while (at < length && (line[at] == ' ' || line[at] == '"'))
			at++;
		gsize n = 0;
		while (at + n < length && n < BOUNDARY_LENGTH_MAX &&
		       !strchr("\";\r\n", line[at + n]))
			n++;
		if (n > 0 && g_hash_table_size(boundaries) < BOUNDARIES_MAX)
			g_hash_table_add(boundaries, g_strndup(line + at, n));
		i = at + n;
	}
}

static gboolean
is_boundary(GHashTable *boundaries, const char *line, gsize length)
{
	if (length < 3 || line[0] != '-' || line[1] != '-')
		return FALSE;
	while (length > 2 && g_ascii_isspace(line[length - 1]))
		length--;
	g_autofree char *value = g_strndup(line + 2, MIN(length - 2, BOUNDARY_LENGTH_MAX + 2));
	if (g_hash_table_contains(boundaries, value))
		return TRUE;
	gsize n = strlen(value);
	if (n > 2 && value[n - 1] == '-' && value[n - 2] == '-')
		value[n - 2] = '\0';
	return g_hash_table_contains(boundaries, value);
}

/* "name: value" or a continuation */
static gboolean
header_like(const char *line, gsize length)
{
	gsize i = 0;

	if (length > 1 && (line[0] == ' ' || line[0] == '\t'))
		return TRUE;
	while (i < length && i < 80 && line[i] > ' ' && line[i] < 127 && line[i] != ':')
		i++;
	return i > 0 && i < length && line[i] == ':';
}

/* Where the message has to end; its length when it may go on. */
static gsize
scan_parts(const char *text, gsize length)
{
	g_autoptr(GHashTable) boundaries =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	int parts = 0, block = 0;

	for (gsize at = 0; at < length;) {
		gsize end = next_line(text, length, at);
		const char *line = text + at;
		if (memchr(line, '=', end - at))
			take_boundary(boundaries, line, MIN(end - at, 8192));
		if (is_boundary(boundaries, line, end - at) && ++parts > PS_BOUNDARY_LINES_MAX)
			return at;
		block = header_like(line, end - at) ? block + 1 : 0;
		if (block > BLOCK_LINES_MAX)
			return at;
		at = end;
	}
	return length;
}

GBytes *
ps_guard(GBytes *message, cJSON *notes)
{
	gsize length = 0;
	const char *text = g_bytes_get_data(message, &length);
	g_autoptr(GBytes) tidy = NULL;

	if (length == 0)
		return g_bytes_ref(message);
	HeaderBlock block = scan_header(text, length);
	if (block.limit < block.end || block.nul) {
		tidy = g_byte_array_free_to_bytes(rebuild_header(text, length, &block));
		text = g_bytes_get_data(tidy, &length);
	} else {
		tidy = g_bytes_ref(message);
	}
	if (block.limit < block.end) {
		g_autofree char *sentence = g_strdup_printf(
			_("The message has more than %d header lines, or more than %d bytes of "
			  "them; the rest is not shown."),
			PS_HEADER_LINES_MAX, PS_HEADER_BYTES_MAX);
		note(notes, sentence);
	}
	if (block.nul)
		note(notes, _("The headers hold NUL bytes; they are shown as “?”."));
	gsize end = scan_parts(text, length);
	if (end == length)
		return g_steal_pointer(&tidy);
	note(notes, _("The message has far more parts or header lines than any real one; what "
		      "follows the limit is not shown. Its source can be exported."));
	return g_bytes_new_from_bytes(tidy, 0, end);
}
