#include "config.h"

#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json-arena.h"
#include "base/json-lexer.h"
#include "base/json-print.h"

#define DEFAULT_BYTES ((gsize)64 << 20)
#define DEFAULT_RECORD_BYTES ((gsize)8 << 20)
#define DEFAULT_DEPTH 64
#define DEFAULT_RECORDS ((gsize)5000000)
/* Up to here a key is compared with each one before it; larger objects are sorted at their end, so
 * that no choice of keys makes the check quadratic. */
#define FEW_KEYS 16
/* Integers beyond 2^53 lose digits in a double. */
#define EXACT_DIGITS 15

typedef struct {
	gboolean object;
	const char *key; /* of the member that is being read, NULL before the first */
	gsize index;     /* of the item that is being read */
} Level;

typedef struct {
	PsJsonLexer lexer;
	PsJsonLimits limits;
	gsize records;
	gint64 started;     /* offset where the present record began */
	gsize record_limit; /* 0: none */
	GArray *levels;     /* Level */
	PsJsonArena *arena; /* NULL: items from cJSON, texts from malloc() */
	GError **error;
} Parser;

static void
parser_init(Parser *parser, const PsJsonLimits *limits, GError **error)
{
	static const PsJsonLimits defaults = {DEFAULT_BYTES, DEFAULT_DEPTH, DEFAULT_RECORDS};

	parser->limits = limits ? *limits : defaults;
	parser->records = 0;
	parser->started = 0;
	parser->record_limit = 0;
	parser->levels = g_array_new(FALSE, FALSE, sizeof(Level));
	parser->arena = NULL;
	parser->error = error;
}

static void
parser_clear(Parser *parser)
{
	ps_json_lexer_clear(&parser->lexer);
	g_array_unref(parser->levels);
}

static char *
pointer_of(const Parser *parser)
{
	GString *pointer = g_string_new(NULL);

	for (guint i = 0; i < parser->levels->len; i++) {
		const Level *level = &g_array_index(parser->levels, Level, i);
		if (level->key)
			ps_json_pointer_add(pointer, level->key);
		else if (!level->object)
			g_string_append_printf(pointer, "/%zu", level->index);
	}
	g_autofree char *raw = g_string_free(pointer, FALSE);
	return ps_json_escape(raw);
}

/* Every sentence about a document names its place. Returns FALSE. */
static gboolean
fail(Parser *parser, int code, const char *problem)
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
fail_lexer(Parser *parser)
{
	return fail(parser, parser->lexer.problem_code, parser->lexer.problem);
}

static gboolean
unexpected(Parser *parser, const char *wanted)
{
	if (parser->lexer.token == PS_JSON_BAD)
		return fail_lexer(parser);
	g_autofree char *problem =
		parser->lexer.token == PS_JSON_END
			? g_strdup_printf(_("the text ends where %s should be"), wanted)
			: g_strdup_printf(_("%s should be here"), wanted);
	return fail(parser, PS_ERROR_INPUT, problem);
}

static inline PsJsonToken
next(Parser *parser)
{
	return ps_json_lexer_next(&parser->lexer);
}

static gboolean
enter(Parser *parser, gboolean object)
{
	Level level = {object, NULL, 0};

	if ((int)parser->levels->len >= parser->limits.depth) {
		g_autofree char *problem =
			g_strdup_printf(_("more than %d levels inside each other"),
					parser->limits.depth);
		return fail(parser, PS_ERROR_LIMIT, problem);
	}
	g_array_append_val(parser->levels, level);
	return TRUE;
}

static inline Level *
level_now(Parser *parser)
{
	return &g_array_index(parser->levels, Level, parser->levels->len - 1);
}

static void
leave(Parser *parser)
{
	g_array_set_size(parser->levels, parser->levels->len - 1);
}

static gboolean
count_value(Parser *parser, gboolean kept)
{
	if (++parser->records > parser->limits.records) {
		g_autofree char *problem =
			g_strdup_printf(_("more than %zu values"), parser->limits.records);
		return fail(parser, PS_ERROR_LIMIT, problem);
	}
	gint64 size = ps_json_lexer_offset(&parser->lexer) - parser->started;
	if (kept && parser->record_limit && size > (gint64)parser->record_limit) {
		g_autofree char *problem = g_strdup_printf(_("one record is larger than %zu bytes"),
							   parser->record_limit);
		return fail(parser, PS_ERROR_LIMIT, problem);
	}
	return TRUE;
}

/* ---- building a cJSON tree, or passing over a value ----
 * Without a place to build into (NULL) a value's grammar, depth and characters are checked, but not
 * whether a key is there twice: that would need memory for all of them. */

static gboolean build_value(Parser *parser, cJSON **out);

static cJSON *
new_item(Parser *parser, int type)
{
	cJSON *item = parser->arena ? ps_json_arena_item(parser->arena) : cJSON_CreateNull();

	item->type = type;
	return item;
}

/* What was built goes with its arena. */
static void
discard(const Parser *parser, cJSON *item)
{
	if (!parser->arena)
		cJSON_Delete(item);
}

static char *
decode(Parser *parser)
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
build_number(Parser *parser)
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
build_string(Parser *parser)
{
	char *text = decode(parser);

	if (!text)
		return NULL;
	cJSON *item = new_item(parser, cJSON_String);
	item->valuestring = text;
	return item;
}

/* cJSON keeps the last child in first->prev; appending by hand spares its checks. */
static void
append(cJSON *container, cJSON *item)
{
	cJSON *first = container->child;

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

static gboolean
build_array(Parser *parser, cJSON *array)
{
	if (!enter(parser, FALSE))
		return FALSE;
	if (next(parser) != PS_JSON_ARRAY_CLOSE) {
		for (;;) {
			cJSON *item = NULL;
			if (!build_value(parser, array ? &item : NULL))
				return FALSE;
			if (array)
				append(array, item);
			level_now(parser)->index++;
			PsJsonToken token = next(parser);
			if (token == PS_JSON_ARRAY_CLOSE)
				break;
			if (token != PS_JSON_COMMA)
				return unexpected(parser, _("a comma or “]”"));
			next(parser);
		}
	}
	leave(parser);
	return TRUE;
}

typedef struct {
	const char *key;
	gint64 line, column;
} Key;

static int
compare_keys(gconstpointer a, gconstpointer b)
{
	const Key *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order != 0)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

static gboolean
fail_duplicate(Parser *parser, const Key *key)
{
	g_autofree char *shown = ps_json_escape(key->key);
	g_autofree char *problem =
		g_strdup_printf(_("the key “%s” is there twice in one object"), shown);

	parser->lexer.line = key->line;
	parser->lexer.column = key->column;
	level_now(parser)->key = key->key;
	return fail(parser, PS_ERROR_INPUT, problem);
}

/* Large objects: their keys, collected from the first one, sorted when the object ends. */
static gboolean
check_many_keys(Parser *parser, GArray *keys)
{
	g_array_sort(keys, compare_keys);
	for (guint i = 1; i < keys->len; i++) {
		const Key *key = &g_array_index(keys, Key, i);
		if (strcmp(g_array_index(keys, Key, i - 1).key, key->key) == 0)
			return fail_duplicate(parser, key);
	}
	return TRUE;
}

/* The keys of one object so far. */
typedef struct {
	const char *last;
	gsize count;
	gboolean mixed; /* not each one behind the one before it */
	GArray *many;   /* Key; all of them, once they are many and mixed */
} Keys;

static void
keys_clear(Keys *keys)
{
	g_clear_pointer(&keys->many, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Keys, keys_clear)

static gboolean
check_key(Parser *parser, const cJSON *object, const Key *key, Keys *keys)
{
	gsize count = keys->count++;

	/* sorted keys differ */
	if (!keys->mixed && (!keys->last || strcmp(keys->last, key->key) < 0)) {
		keys->last = key->key;
		return TRUE;
	}
	keys->mixed = TRUE;
	if (count < FEW_KEYS) {
		for (const cJSON *item = object->child; item; item = item->next)
			if (strcmp(item->string, key->key) == 0)
				return fail_duplicate(parser, key);
		return TRUE;
	}
	if (!keys->many) {
		keys->many = g_array_new(FALSE, FALSE, sizeof(Key));
		for (const cJSON *item = object->child; item; item = item->next) {
			Key earlier = {item->string, 0, 0};
			g_array_append_val(keys->many, earlier);
		}
	}
	g_array_append_vals(keys->many, key, 1);
	return TRUE;
}

/* The key of a member, from malloc() or in its place. */
static char *
read_key(Parser *parser)
{
	if (parser->lexer.token != PS_JSON_STRING) {
		unexpected(parser, _("a key in quotes"));
		return NULL;
	}
	char *key = decode(parser);
	if (!key)
		fail_lexer(parser);
	return key;
}

/* The colon, and the first token of the value behind it. */
static gboolean
read_colon(Parser *parser)
{
	if (next(parser) != PS_JSON_COLON)
		return unexpected(parser, _("a colon"));
	next(parser);
	return TRUE;
}

static gboolean
build_member(Parser *parser, cJSON *object, Keys *keys)
{
	Key key = {NULL, parser->lexer.line, parser->lexer.column};
	char *name = read_key(parser);
	cJSON *item = NULL;

	if (!name)
		return FALSE;
	key.key = name;
	level_now(parser)->key = name;
	gboolean good = !object || check_key(parser, object, &key, keys);
	good = good && read_colon(parser) && build_value(parser, object ? &item : NULL);
	if (!item) {
		level_now(parser)->key = NULL;
		if (!parser->arena)
			free(name);
		return good;
	}
	item->string = name;
	append(object, item);
	return TRUE;
}

static gboolean
build_object(Parser *parser, cJSON *object)
{
	g_auto(Keys) keys = {NULL, 0, FALSE, NULL};

	if (!enter(parser, TRUE))
		return FALSE;
	if (next(parser) != PS_JSON_OBJECT_CLOSE) {
		for (;;) {
			if (!build_member(parser, object, &keys))
				return FALSE;
			PsJsonToken token = next(parser);
			if (token == PS_JSON_OBJECT_CLOSE)
				break;
			if (token != PS_JSON_COMMA)
				return unexpected(parser, _("a comma or “}”"));
			next(parser);
		}
	}
	if (keys.many && !check_many_keys(parser, keys.many))
		return FALSE;
	leave(parser);
	return TRUE;
}

static gboolean
build_scalar(Parser *parser, cJSON **out)
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
		return unexpected(parser, _("a value"));
	}
}

/* The value whose first token was just read. */
static gboolean
build_value(Parser *parser, cJSON **out)
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

static gboolean
read_end(Parser *parser)
{
	if (next(parser) == PS_JSON_END)
		return TRUE;
	if (parser->lexer.token == PS_JSON_BAD && parser->lexer.problem_code != PS_ERROR_INPUT)
		return fail_lexer(parser);
	return fail(parser, PS_ERROR_INPUT, _("there is text behind the end of the document"));
}

static cJSON *
parse_text(const char *text, gsize length, const PsJsonLimits *limits, PsJsonArena *arena,
	   GError **error)
{
	Parser parser;
	cJSON *root = NULL;

	parser_init(&parser, limits, error);
	parser.arena = arena;
	ps_json_lexer_init_text(&parser.lexer, text, length);
	if (length > parser.limits.bytes) {
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("The document is larger than the limit of %zu"
			      " bytes."),
			    parser.limits.bytes);
	} else {
		next(&parser);
		if (build_value(&parser, &root) && !read_end(&parser)) {
			discard(&parser, root);
			root = NULL;
		}
	}
	parser_clear(&parser);
	return root;
}

cJSON *
ps_json_parse(const char *text, gsize length, const PsJsonLimits *limits, GError **error)
{
	return parse_text(text, length, limits, NULL, error);
}

/* ---- read-only trees ---- */

/* Bytes of text for each item, about, in documents of our kind. */
#define BYTES_AN_ITEM 32

struct PsJsonTree {
	char *text;
	PsJsonArena *arena;
	const cJSON *root;
};

PsJsonTree *
ps_json_tree_new(char *text, gsize length, const PsJsonLimits *limits, GError **error)
{
	PsJsonTree *tree = g_new0(PsJsonTree, 1);

	tree->text = text;
	tree->arena = ps_json_arena_new(length / BYTES_AN_ITEM);
	tree->root = parse_text(text, length, limits, tree->arena, error);
	if (!tree->root)
		g_clear_pointer(&tree, ps_json_tree_free);
	return tree;
}

void
ps_json_tree_free(PsJsonTree *tree)
{
	if (!tree)
		return;
	ps_json_arena_free(tree->arena);
	g_free(tree->text);
	g_free(tree);
}

const cJSON *
ps_json_tree_root(const PsJsonTree *tree)
{
	return tree->root;
}

cJSON *
ps_json_read_file(const char *path, const PsJsonLimits *limits, GError **error)
{
	gsize length = 0;
	g_autofree char *text =
		ps_file_read(path, limits ? limits->bytes : DEFAULT_BYTES, &length, error);

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
give_record(Parser *parser, Stream *stream)
{
	g_autoptr(cJSON) record = NULL;
	gint64 line = parser->lexer.line;

	parser->records = 0;
	parser->started = ps_json_lexer_offset(&parser->lexer);
	if (!build_value(parser, &record))
		return FALSE;
	if (stream->func(stream->user, record, line, parser->error))
		return TRUE;
	stream->stopped = TRUE;
	return FALSE;
}

static gboolean
stream_list(Parser *parser, Stream *stream)
{
	if (stream->found)
		return fail(parser, PS_ERROR_INPUT, _("this list is there twice"));
	if (parser->lexer.token != PS_JSON_ARRAY_OPEN)
		return unexpected(parser, _("a list"));
	stream->found = TRUE;
	if (!enter(parser, FALSE))
		return FALSE;
	if (next(parser) != PS_JSON_ARRAY_CLOSE) {
		for (;;) {
			if (!give_record(parser, stream))
				return FALSE;
			level_now(parser)->index++;
			PsJsonToken token = next(parser);
			if (token == PS_JSON_ARRAY_CLOSE)
				break;
			if (token != PS_JSON_COMMA)
				return unexpected(parser, _("a comma or “]”"));
			next(parser);
		}
	}
	leave(parser);
	return TRUE;
}

static gboolean stream_value(Parser *parser, Stream *stream, char **parts);

static gboolean
stream_member(Parser *parser, Stream *stream, char **parts)
{
	char *name = read_key(parser);

	if (!name)
		return FALSE;
	level_now(parser)->key = name;
	gboolean good = read_colon(parser) &&
			(g_str_equal(name, *parts) ? stream_value(parser, stream, parts + 1)
						   : build_value(parser, NULL));
	level_now(parser)->key = NULL;
	free(name);
	return good;
}

/* The value whose first token was just read and that may hold the list further down. */
static gboolean
stream_value(Parser *parser, Stream *stream, char **parts)
{
	if (!*parts)
		return stream_list(parser, stream);
	if (parser->lexer.token != PS_JSON_OBJECT_OPEN)
		return build_value(parser, NULL);
	if (!enter(parser, TRUE))
		return FALSE;
	if (next(parser) != PS_JSON_OBJECT_CLOSE) {
		for (;;) {
			if (!stream_member(parser, stream, parts))
				return FALSE;
			PsJsonToken token = next(parser);
			if (token == PS_JSON_OBJECT_CLOSE)
				break;
			if (token != PS_JSON_COMMA)
				return unexpected(parser, _("a comma or “}”"));
			next(parser);
		}
	}
	leave(parser);
	return TRUE;
}

static gboolean
stream_lines(Parser *parser, Stream *stream)
{
	while (next(parser) != PS_JSON_END)
		if (!give_record(parser, stream))
			return FALSE;
	return TRUE;
}

static gboolean
stream_document(Parser *parser, Stream *stream, const char *pointer)
{
	next(parser);
	if (!stream_value(parser, stream, stream->parts))
		return FALSE;
	if (!read_end(parser))
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
	g_auto(GStrv) parts = ps_json_pointer_split(pointer);
	Stream stream = {parts, func, user, FALSE, FALSE};
	Parser parser;

	parser_init(&parser, NULL, &problem);
	parser.record_limit = record_limit ? record_limit : DEFAULT_RECORD_BYTES;
	ps_json_lexer_init_fd(&parser.lexer, fd, parser.record_limit);
	gboolean good = g_str_equal(pointer, "*") ? stream_lines(&parser, &stream)
						  : stream_document(&parser, &stream, pointer);
	parser_clear(&parser);
	if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	else if (stream.stopped)
		return TRUE;
	return good;
}
