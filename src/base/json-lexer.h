#ifndef PS_BASE_JSON_LEXER_H
#define PS_BASE_JSON_LEXER_H

/* Tokens of JSON (RFC 8259) from memory or from a file descriptor that is read block by block.
 *
 * Strict: strings are valid UTF-8 without control characters, escapes are complete (no lone
 * surrogate, no \u0000), numbers follow the grammar. A BOM at the very start is skipped. What is
 * wrong is said in `problem`, without a place; the caller adds line, column and pointer.
 * Lines and columns count from 1, columns in bytes. */

#include <glib.h>

typedef enum {
	PS_JSON_END,
	PS_JSON_OBJECT_OPEN,
	PS_JSON_OBJECT_CLOSE,
	PS_JSON_ARRAY_OPEN,
	PS_JSON_ARRAY_CLOSE,
	PS_JSON_COLON,
	PS_JSON_COMMA,
	PS_JSON_STRING,
	PS_JSON_NUMBER,
	PS_JSON_TRUE,
	PS_JSON_FALSE,
	PS_JSON_NULL,
	PS_JSON_BAD,
} PsJsonToken;

typedef struct {
	/* the token that was read last; `text` (a string's bytes between its quotes) lives until
	 * the next one is read */
	PsJsonToken token;
	const char *text;
	gsize length;
	gboolean escaped; /* the string holds backslashes */
	gsize decoded;    /* length of the text that was decoded last */
	gint64 line, column;
	char *problem;    /* of PS_JSON_BAD; owned by the lexer */
	int problem_code; /* PsErrorCode */

	/* private */
	int fd; /* -1: memory */
	char *buffer;
	const char *bytes;
	gsize capacity, filled, at, start, token_limit;
	gint64 base;                /* offset in the document of bytes[0] */
	gint64 now_line, line_base; /* line_base: offset of the first byte of the line */
	gboolean at_end;
} PsJsonLexer;

void ps_json_lexer_init_text(PsJsonLexer *lexer, const char *text, gsize length);
/* No single token may be longer than `token_limit` bytes. */
void ps_json_lexer_init_fd(PsJsonLexer *lexer, int fd, gsize token_limit);
void ps_json_lexer_clear(PsJsonLexer *lexer);

PsJsonToken ps_json_lexer_next(PsJsonLexer *lexer);
/* Bytes of the document that were consumed so far. */
gint64 ps_json_lexer_offset(const PsJsonLexer *lexer);

/* The decoded text of a string token, from malloc() as cJSON wants it. NULL and PS_JSON_BAD when an
 * escape is wrong. */
char *ps_json_lexer_decode(PsJsonLexer *lexer);
/* The same without a copy, for a lexer over memory that may be written: the decoded text takes the
 * place of the token, its NUL at latest that of the closing quote. */
char *ps_json_lexer_unescape_here(PsJsonLexer *lexer);
static inline char *
ps_json_lexer_decode_here(PsJsonLexer *lexer)
{
	char *text = (char *)lexer->text;

	if (lexer->escaped)
		return ps_json_lexer_unescape_here(lexer);
	text[lexer->length] = '\0';
	lexer->decoded = lexer->length;
	return text;
}

/* Takes one byte, such as a comma, where it stands right behind the last token as it nearly always
 * does; else the next token says what is there. */
static inline gboolean
ps_json_lexer_take(PsJsonLexer *lexer, char c)
{
	if (lexer->at == lexer->filled || lexer->bytes[lexer->at] != c)
		return FALSE;
	lexer->at++;
	return TRUE;
}

#endif
