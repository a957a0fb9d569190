#include "config.h"

#include "base/json.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json-parser.h"
#include "base/json-print.h"

#define DEFAULT_RECORD_BYTES ((gsize)8 << 20)

cJSON *
ps_json_parse(const char *text, gsize length, const PsJsonLimits *limits, GError **error)
{
	PsJsonParser parser;

	ps_json_parser_init(&parser, limits, error);
	cJSON *root = ps_json_build_text(&parser, text, length);
	ps_json_parser_clear(&parser);
	return root;
}

cJSON *
ps_json_read_file(const char *path, const PsJsonLimits *limits, GError **error)
{
	gsize length = 0;
	g_autofree char *text =
		ps_file_read(path, limits ? limits->bytes : PS_JSON_BYTES, &length, error);

	if (!text)
		return NULL;
	cJSON *root = ps_json_parse(text, length, limits, error);
	if (!root)
		g_prefix_error(error, "%s: ", path);
	return root;
}

/* ---- record by record ---- */

typedef struct {
	char **parts; /* keys that lead to the list */
	PsJsonRecordFunc func;
	gpointer user;
	gboolean found, stopped;
} Stream;

static gboolean
give_record(PsJsonParser *parser, Stream *stream)
{
	g_autoptr(cJSON) record = NULL;
	gint64 line = parser->lexer.line;

	parser->records = 0;
	parser->started = ps_json_lexer_offset(&parser->lexer);
	if (!ps_json_build(parser, &record))
		return FALSE;
	if (stream->func(stream->user, record, line, parser->error))
		return TRUE;
	stream->stopped = TRUE;
	return FALSE;
}

static gboolean
stream_list(PsJsonParser *parser, Stream *stream)
{
	if (stream->found)
		return ps_json_fail(parser, PS_ERROR_INPUT, _("this list is there twice"));
	if (parser->lexer.token != PS_JSON_ARRAY_OPEN)
		return ps_json_unexpected(parser, _("a list"));
	stream->found = TRUE;
	if (!ps_json_enter(parser, FALSE))
		return FALSE;
	PsJsonAfter after =
		ps_json_next(parser) == PS_JSON_ARRAY_CLOSE ? PS_JSON_CLOSED : PS_JSON_ANOTHER;
	while (after == PS_JSON_ANOTHER) {
		if (!give_record(parser, stream))
			return FALSE;
		ps_json_level(parser)->index++;
		after = ps_json_after_value(parser, PS_JSON_ARRAY_CLOSE);
	}
	ps_json_leave(parser);
	return after == PS_JSON_CLOSED;
}

static gboolean stream_value(PsJsonParser *parser, Stream *stream, char **parts);

static gboolean
stream_member(PsJsonParser *parser, Stream *stream, char **parts)
{
	char *name = ps_json_read_key(parser);

	if (!name)
		return FALSE;
	ps_json_level(parser)->key = name;
	gboolean good = ps_json_read_colon(parser) &&
			(g_str_equal(name, *parts) ? stream_value(parser, stream, parts + 1)
						   : ps_json_build(parser, NULL));
	ps_json_level(parser)->key = NULL;
	free(name);
	return good;
}

/* The value whose first token was just read and that may hold the list further down. */
static gboolean
stream_value(PsJsonParser *parser, Stream *stream, char **parts)
{
	if (!*parts)
		return stream_list(parser, stream);
	if (parser->lexer.token != PS_JSON_OBJECT_OPEN)
		return ps_json_build(parser, NULL);
	if (!ps_json_enter(parser, TRUE))
		return FALSE;
	PsJsonAfter after =
		ps_json_next(parser) == PS_JSON_OBJECT_CLOSE ? PS_JSON_CLOSED : PS_JSON_ANOTHER;
	while (after == PS_JSON_ANOTHER) {
		if (!stream_member(parser, stream, parts))
			return FALSE;
		after = ps_json_after_value(parser, PS_JSON_OBJECT_CLOSE);
	}
	ps_json_leave(parser);
	return after == PS_JSON_CLOSED;
}

static gboolean
stream_lines(PsJsonParser *parser, Stream *stream)
{
	while (ps_json_next(parser) != PS_JSON_END)
		if (!give_record(parser, stream))
			return FALSE;
	return TRUE;
}

static gboolean
stream_document(PsJsonParser *parser, Stream *stream, const char *pointer)
{
	ps_json_next(parser);
	if (!stream_value(parser, stream, stream->parts))
		return FALSE;
	if (!ps_json_read_end(parser))
		return FALSE;
	if (stream->found)
		return TRUE;
	g_set_error(parser->error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("The document has no list at “%s”."), pointer);
	return FALSE;
}

gboolean
ps_json_records(int fd, const char *pointer, gsize record_limit, PsJsonRecordFunc func,
		gpointer user, GError **error)
{
	g_autoptr(GError) problem = NULL;
	g_autofree char **parts = ps_json_pointer_split(pointer);
	Stream stream = {parts, func, user, FALSE, FALSE};
	PsJsonParser parser;

	ps_json_parser_init(&parser, NULL, &problem);
	parser.record_limit = record_limit ? record_limit : DEFAULT_RECORD_BYTES;
	ps_json_lexer_init_fd(&parser.lexer, fd, parser.record_limit);
	gboolean good = g_str_equal(pointer, "*") ? stream_lines(&parser, &stream)
						  : stream_document(&parser, &stream, pointer);
	ps_json_parser_clear(&parser);
	if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	else if (stream.stopped)
		return TRUE;
	return good;
}
