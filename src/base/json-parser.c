#include "config.h"

#include "base/json-parser.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/json-keys.h"
#include "base/json-print.h"

#define DEFAULT_DEPTH 64
#define DEFAULT_RECORDS ((gsize)5000000)
/* Integers beyond 2^53 lose digits in a double. */
#define EXACT_DIGITS 15

void
ps_json_parser_init(PsJsonParser *parser, const PsJsonLimits *limits, GError **error)
{
	static const PsJsonLimits defaults = {PS_JSON_BYTES, DEFAULT_DEPTH, DEFAULT_RECORDS};

	memset(parser, 0, sizeof *parser);
	parser->limits = limits ? *limits : defaults;
	parser->levels = g_new(PsJsonLevel, (gsize)parser->limits.depth);
	parser->error = error;
}

void
ps_json_parser_clear(PsJsonParser *parser)
{
	ps_json_lexer_clear(&parser->lexer);
	g_free(parser->levels);
}

static char *
pointer_of(const PsJsonParser *parser)
{
	GString *pointer = g_string_new(NULL);

	for (int i = 0; i < parser->n_levels; i++) {
		const PsJsonLevel *level = &parser->levels[i];
		if (level->key)
			ps_json_pointer_add(pointer, level->key);
		else if (!level->object)
			g_string_append_printf(pointer, "/%zu", level->index);
	}
	g_autofree char *raw = g_string_free(pointer, FALSE);
	return ps_json_escape(raw);
}

/* Every sentence about a document names its place. Returns FALSE. */
gboolean
ps_json_fail(PsJsonParser *parser, int code, const char *problem)
{
	g_autofree char *pointer = pointer_of(parser);

	if (*pointer)
		g_set_error(parser->error, PS_ERROR, code,
			    _("Line %" PRId64 ", column %" PRId64 ", at “%s”: %s."),
			    parser->lexer.line, parser->lexer.column, pointer, problem);
	else
		g_set_error(parser->error, PS_ERROR, code,
			    _("Line %" PRId64 ", column %" PRId64 ": %s."), parser->lexer.line,
			    parser->lexer.column, problem);
	return FALSE;
}

static gboolean
fail_lexer(PsJsonParser *parser)
{
	return ps_json_fail(parser, parser->lexer.problem_code, parser->lexer.problem);
}

gboolean
ps_json_unexpected(PsJsonParser *parser, const char *wanted)
{
	if (parser->lexer.token == PS_JSON_BAD)
		return fail_lexer(parser);
	g_autofree char *problem =
		parser->lexer.token == PS_JSON_END
			? g_strdup_printf(_("the text ends where %s should be"), wanted)
			: g_strdup_printf(_("%s should be here"), wanted);
	return ps_json_fail(parser, PS_ERROR_INPUT, problem);
}

gboolean
ps_json_enter(PsJsonParser *parser, gboolean object)
{
	if (parser->n_levels >= parser->limits.depth) {
		g_autofree char *problem =
			g_strdup_printf(_("more than %d levels inside each other"),
					parser->limits.depth);
		return ps_json_fail(parser, PS_ERROR_LIMIT, problem);
	}
	parser->levels[parser->n_levels++] = (PsJsonLevel){object, NULL, 0};
	return TRUE;
}

void
ps_json_leave(PsJsonParser *parser)
{
	parser->n_levels--;
}

/* Past a limit: which. */
static gboolean
fail_limit(PsJsonParser *parser)
{
	g_autofree char *problem =
		parser->records > parser->limits.records
			? g_strdup_printf(_("more than %zu values"), parser->limits.records)
			: g_strdup_printf(_("one record is larger than %zu bytes"),
					  parser->record_limit);

	return ps_json_fail(parser, PS_ERROR_LIMIT, problem);
}

static inline gboolean
count_value(PsJsonParser *parser, gboolean kept)
{
	if (++parser->records > parser->limits.records)
		return fail_limit(parser);
	if (!kept || !parser->record_limit)
		return TRUE;
	gint64 size = ps_json_lexer_offset(&parser->lexer) - parser->started;
	return size <= (gint64)parser->record_limit || fail_limit(parser);
}

/* ---- building a cJSON tree, or passing over a value ---- */

static inline cJSON *
new_item(PsJsonParser *parser, int type)
{
	cJSON *item = parser->arena ? ps_json_arena_item(parser->arena) : cJSON_CreateNull();

	item->type = type;
	return item;
}

/* What was built goes with its arena. */
static void
discard(const PsJsonParser *parser, cJSON *item)
{
	if (!parser->arena)
		cJSON_Delete(item);
}

static inline char *
decode(PsJsonParser *parser)
{
	return parser->arena ? ps_json_lexer_decode_here(&parser->lexer)
			     : ps_json_lexer_decode(&parser->lexer);
}

/* Short decimal numbers without an exponent: the quotient of two exact doubles is rounded right. */
static gboolean
short_number(const char *text, gsize length, double *value)
{
	static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	gboolean negative = *text == '-';
	gsize point = length;
	gint64 digits = 0;

	if (length > EXACT_DIGITS)
		return FALSE;
	for (gsize i = negative; i < length; i++) {
		if (text[i] == '.')
			point = i + 1;
		else if (!g_ascii_isdigit(text[i]))
			return FALSE;
		else
			digits = digits * 10 + (text[i] - '0');
	}
	*value = (double)digits / powers[length - point];
	if (negative)
		*value = -*value;
	return TRUE;
}

static cJSON *
build_number(PsJsonParser *parser)
{
	gsize length = parser->lexer.length;
	double value;

	if (!short_number(parser->lexer.text, length, &value)) {
		g_autofree char *text = g_strndup(parser->lexer.text, length);
		gboolean integer = !strpbrk(text, ".eE");
		value = g_ascii_strtod(text, NULL);
		if (!isfinite(value) ||
		    (integer && length > EXACT_DIGITS && fabs(value) >= 0x1p53)) {
			cJSON *raw = new_item(parser, cJSON_Raw);
			raw->valuestring = parser->arena ? ps_json_arena_text(parser->arena, text)
							 : strdup(text);
			return raw;
		}
	}
	cJSON *item = new_item(parser, cJSON_Number);
	cJSON_SetNumberHelper(item, value);
	return item;
}

/* cJSON_CreateString() would copy once more. */
static cJSON *
build_string(PsJsonParser *parser)
{
	char *text = decode(parser);

	if (!text)
		return NULL;
	cJSON *item = new_item(parser, cJSON_String);
	if (parser->texts)
		item->valueint =
			(int)ps_json_texts_add(parser->texts, &text, parser->lexer.decoded);
	item->valuestring = text;
	return item;
}

/* cJSON keeps the last child in first->prev; appending by hand spares its checks. */
static inline void
append(const PsJsonParser *parser, cJSON *container, cJSON *item)
{
	cJSON *first = container->child;

	if (parser->arena)
		container->valueint++;
	if (!first) {
		container->child = item;
		item->prev = item;
		return;
	}
	cJSON *last = first->prev;
	last->next = item;
	item->prev = last;
	first->prev = item;
}

PsJsonAfter
ps_json_after_value(PsJsonParser *parser, PsJsonToken close)
{
	if (!ps_json_lexer_take(&parser->lexer, ',')) {
		PsJsonToken token = ps_json_next(parser);
		if (token == close)
			return PS_JSON_CLOSED;
		if (token != PS_JSON_COMMA) {
			ps_json_unexpected(parser, close == PS_JSON_ARRAY_CLOSE
							   ? _("a comma or “]”")
							   : _("a comma or “}”"));
			return PS_JSON_WRONG;
		}
	}
	ps_json_next(parser);
	return PS_JSON_ANOTHER;
}

static gboolean
build_array(PsJsonParser *parser, cJSON *array)
{
	if (!ps_json_enter(parser, FALSE))
		return FALSE;
	PsJsonAfter after =
		ps_json_next(parser) == PS_JSON_ARRAY_CLOSE ? PS_JSON_CLOSED : PS_JSON_ANOTHER;
	while (after == PS_JSON_ANOTHER) {
		cJSON *item = NULL;
		if (!ps_json_build(parser, array ? &item : NULL))
			return FALSE;
		if (array)
			append(parser, array, item);
		ps_json_level(parser)->index++;
		after = ps_json_after_value(parser, PS_JSON_ARRAY_CLOSE);
	}
	ps_json_leave(parser);
	return after == PS_JSON_CLOSED;
}

char *
ps_json_read_key(PsJsonParser *parser)
{
	if (parser->lexer.token != PS_JSON_STRING) {
		ps_json_unexpected(parser, _("a key in quotes"));
		return NULL;
	}
	char *key = decode(parser);
	if (!key)
		fail_lexer(parser);
	return key;
}

gboolean
ps_json_read_colon(PsJsonParser *parser)
{
	if (!ps_json_lexer_take(&parser->lexer, ':') && ps_json_next(parser) != PS_JSON_COLON)
		return ps_json_unexpected(parser, _("a colon"));
	ps_json_next(parser);
	return TRUE;
}

static gboolean
build_member(PsJsonParser *parser, cJSON *object, PsJsonKeys *keys)
{
	PsJsonKey key = {NULL, 0, parser->lexer.line, parser->lexer.column};
	char *name = ps_json_read_key(parser);
	cJSON *item = NULL;

	if (!name)
		return FALSE;
	key.key = name;
	key.length = parser->lexer.decoded;
	ps_json_level(parser)->key = name;
	gboolean good = !object || ps_json_keys_add(parser, object, &key, keys);
	good = good && ps_json_read_colon(parser) && ps_json_build(parser, object ? &item : NULL);
	if (!item) {
		ps_json_level(parser)->key = NULL;
		if (!parser->arena)
			free(name);
		return good;
	}
	item->string = name;
	append(parser, object, item);
	return TRUE;
}

static gboolean
build_object(PsJsonParser *parser, cJSON *object)
{
	g_auto(PsJsonKeys) keys = {0};

	if (!ps_json_enter(parser, TRUE))
		return FALSE;
	PsJsonAfter after =
		ps_json_next(parser) == PS_JSON_OBJECT_CLOSE ? PS_JSON_CLOSED : PS_JSON_ANOTHER;
	while (after == PS_JSON_ANOTHER) {
		if (!build_member(parser, object, &keys))
			return FALSE;
		after = ps_json_after_value(parser, PS_JSON_OBJECT_CLOSE);
	}
	if (after == PS_JSON_WRONG || !ps_json_keys_end(parser, &keys))
		return FALSE;
	ps_json_leave(parser);
	return TRUE;
}

static gboolean
build_scalar(PsJsonParser *parser, cJSON **out)
{
	switch (parser->lexer.token) {
	case PS_JSON_STRING:
		*out = build_string(parser);
		return *out || fail_lexer(parser);
	case PS_JSON_NUMBER:
		*out = build_number(parser);
		return TRUE;
	case PS_JSON_TRUE:
	case PS_JSON_FALSE:
		*out = new_item(parser,
				parser->lexer.token == PS_JSON_TRUE ? cJSON_True : cJSON_False);
		return TRUE;
	case PS_JSON_NULL:
		*out = new_item(parser, cJSON_NULL);
		return TRUE;
	default:
		return ps_json_unexpected(parser, _("a value"));
	}
}

gboolean
ps_json_build(PsJsonParser *parser, cJSON **out)
{
	gboolean object = parser->lexer.token == PS_JSON_OBJECT_OPEN;
	cJSON *item = NULL;

	if (!count_value(parser, out != NULL))
		return FALSE;
	if (!object && parser->lexer.token != PS_JSON_ARRAY_OPEN) {
		gboolean good = build_scalar(parser, &item);
		if (out)
			*out = item;
		else
			discard(parser, item);
		return good;
	}
	if (out)
		item = new_item(parser, object ? cJSON_Object : cJSON_Array);
	if (!(object ? build_object(parser, item) : build_array(parser, item))) {
		discard(parser, item);
		return FALSE;
	}
	if (out)
		*out = item;
	return TRUE;
}

gboolean
ps_json_read_end(PsJsonParser *parser)
{
	if (ps_json_next(parser) == PS_JSON_END)
		return TRUE;
	if (parser->lexer.token == PS_JSON_BAD && parser->lexer.problem_code != PS_ERROR_INPUT)
		return fail_lexer(parser);
	return ps_json_fail(parser, PS_ERROR_INPUT,
			    _("there is text behind the end of the document"));
}

cJSON *
ps_json_build_text(PsJsonParser *parser, const char *text, gsize length)
{
	cJSON *root = NULL;

	ps_json_lexer_init_text(&parser->lexer, text, length);
	if (length > parser->limits.bytes) {
		g_set_error(parser->error, PS_ERROR, PS_ERROR_LIMIT,
			    _("The document is larger than the limit of %zu"
			      " bytes."),
			    parser->limits.bytes);
		return NULL;
	}
	ps_json_next(parser);
	if (ps_json_build(parser, &root) && !ps_json_read_end(parser)) {
		discard(parser, root);
		root = NULL;
	}
	return root;
}
