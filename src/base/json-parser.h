#ifndef PS_BASE_JSON_PARSER_H
#define PS_BASE_JSON_PARSER_H

/* The reader behind json.h and json-tree.h: from tokens to cJSON items, with the place of
 * whatever is wrong. Only for src/base/json*.c. */

#include "base/json-arena.h"
#include "base/json-lexer.h"
#include "base/json-texts.h"
#include "base/json.h"

/* The default of PsJsonLimits.bytes. */
#define PS_JSON_BYTES ((gsize)64 << 20)

typedef struct {
	gboolean object;
	const char *key; /* of the member that is being read, NULL before the first */
	gsize index;     /* of the item that is being read */
} PsJsonLevel;

typedef struct {
	PsJsonLexer lexer;
	PsJsonLimits limits;
	gsize records;
	gint64 started;      /* offset where the present record began */
	gsize record_limit;  /* 0: none */
	PsJsonLevel *levels; /* limits.depth of them */
	int n_levels;
	PsJsonArena *arena; /* NULL: items from cJSON, texts from malloc() */
	PsJsonTexts *texts; /* with an arena */
	GError **error;
} PsJsonParser;

/* The lexer is the caller's to start. limits NULL: the defaults. */
void ps_json_parser_init(PsJsonParser *parser, const PsJsonLimits *limits, GError **error);
void ps_json_parser_clear(PsJsonParser *parser);

static inline PsJsonToken
ps_json_next(PsJsonParser *parser)
{
	return ps_json_lexer_next(&parser->lexer);
}

/* These set the error and return FALSE. `wanted`: what should stand here instead. */
gboolean ps_json_fail(PsJsonParser *parser, int code, const char *problem);
gboolean ps_json_unexpected(PsJsonParser *parser, const char *wanted);

/* Into and out of a list or an object. */
gboolean ps_json_enter(PsJsonParser *parser, gboolean object);
void ps_json_leave(PsJsonParser *parser);
static inline PsJsonLevel *
ps_json_level(PsJsonParser *parser)
{
	return &parser->levels[parser->n_levels - 1];
}

/* The key of a member whose first token was just read, from malloc() or in its place. */
char *ps_json_read_key(PsJsonParser *parser);
/* The colon, and the first token of the value behind it. */
gboolean ps_json_read_colon(PsJsonParser *parser);
/* The value whose first token was just read. Without a place to build into (NULL) its grammar,
 * depth and characters are checked, but not whether a key is there twice: that would need memory
 * for all of them. */
gboolean ps_json_build(PsJsonParser *parser, cJSON **out);
/* What follows a value inside `close`; of another one, the first token was read. PS_JSON_WRONG: the
 * error is set. */
typedef enum { PS_JSON_ANOTHER, PS_JSON_CLOSED, PS_JSON_WRONG } PsJsonAfter;
PsJsonAfter ps_json_after_value(PsJsonParser *parser, PsJsonToken close);
/* Nothing is behind the document. */
gboolean ps_json_read_end(PsJsonParser *parser);
/* All of it, from a text. */
cJSON *ps_json_build_text(PsJsonParser *parser, const char *text, gsize length);

#endif
