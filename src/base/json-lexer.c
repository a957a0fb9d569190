#include "config.h"

#include "base/json-lexer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/words.h"

#define BLOCK 65536

static PsJsonToken
bad(PsJsonLexer *lexer, int code, char *problem)
{
	g_free(lexer->problem);
	lexer->problem = problem;
	lexer->problem_code = code;
	return lexer->token = PS_JSON_BAD;
}

/* The place of byte `at` becomes the place of the token (or of what is wrong). */
static void
mark(PsJsonLexer *lexer, gsize at)
{
	lexer->line = lexer->now_line;
	lexer->column = lexer->base + (gint64)at - lexer->line_base + 1;
}

void
ps_json_lexer_init_text(PsJsonLexer *lexer, const char *text, gsize length)
{
	memset(lexer, 0, sizeof *lexer);
	lexer->fd = -1;
	lexer->bytes = text;
	lexer->filled = length;
	lexer->at_end = TRUE;
	lexer->now_line = 1;
}

void
ps_json_lexer_init_fd(PsJsonLexer *lexer, int fd, gsize token_limit)
{
	memset(lexer, 0, sizeof *lexer);
	lexer->fd = fd;
	lexer->capacity = BLOCK;
	lexer->buffer = g_malloc(lexer->capacity);
	lexer->bytes = lexer->buffer;
	lexer->token_limit = token_limit;
	lexer->now_line = 1;
}

void
ps_json_lexer_clear(PsJsonLexer *lexer)
{
	g_clear_pointer(&lexer->buffer, g_free);
	g_clear_pointer(&lexer->problem, g_free);
}

gint64
ps_json_lexer_offset(const PsJsonLexer *lexer)
{
	return lexer->base + (gint64)lexer->at;
}

/* Moves the unfinished token to the front of the buffer and makes room behind it. */
static gboolean
make_room(PsJsonLexer *lexer)
{
	gsize keep = lexer->filled - lexer->start;

	memmove(lexer->buffer, lexer->buffer + lexer->start, keep);
	lexer->base += (gint64)lexer->start;
	lexer->at -= lexer->start;
	lexer->start = 0;
	lexer->filled = keep;
	if (keep < lexer->capacity)
		return TRUE;
	if (lexer->capacity >= lexer->token_limit) {
		bad(lexer, PS_ERROR_LIMIT,
		    g_strdup_printf(_("a value is longer than the limit of %zu"
				      " bytes"),
				    lexer->token_limit));
		return FALSE;
	}
	lexer->capacity = MIN(lexer->capacity * 2, MAX(lexer->token_limit, BLOCK));
	lexer->buffer = g_realloc(lexer->buffer, lexer->capacity);
	lexer->bytes = lexer->buffer;
	return TRUE;
}

/* TRUE when there is a byte at `at`; reads a block where needed. */
static G_GNUC_NO_INLINE gboolean
refill(PsJsonLexer *lexer)
{
	if (lexer->at_end || !make_room(lexer))
		return FALSE;
	ssize_t n;
	do
		n = read(lexer->fd, lexer->buffer + lexer->filled, lexer->capacity - lexer->filled);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		bad(lexer, PS_ERROR_IO,
		    g_strdup_printf(_("reading failed: %s"), g_strerror(errno)));
	if (n <= 0) {
		lexer->at_end = TRUE;
		return FALSE;
	}
	lexer->filled += (gsize)n;
	return TRUE;
}

static inline gboolean
more(PsJsonLexer *lexer)
{
	return lexer->at < lexer->filled || refill(lexer);
}

/* The next byte, or -1 at the end. */
static inline int
peek(PsJsonLexer *lexer)
{
	return more(lexer) ? (guchar)lexer->bytes[lexer->at] : -1;
}

static G_GNUC_NO_INLINE void
skip_bom(PsJsonLexer *lexer)
{
	static const guchar bom[] = {0xef, 0xbb, 0xbf};

	lexer->start = lexer->at;
	for (gsize i = 0; i < sizeof bom; i++) {
		if (peek(lexer) != bom[i]) {
			lexer->at = lexer->start;
			return;
		}
		lexer->at++;
	}
	lexer->line_base = sizeof bom;
}

/* Indentation, eight blanks at a time. */
static G_GNUC_NO_INLINE void
skip_spaces(PsJsonLexer *lexer)
{
	const char *at = lexer->bytes + lexer->at, *end = lexer->bytes + lexer->filled;

	while ((gsize)(end - at) >= sizeof(guint64)) {
		guint64 others = ps_eight_bytes(at) ^ PS_EIGHT_OF(' ');
		if (others) {
			at += __builtin_ctzll(others) / 8;
			break;
		}
		at += sizeof others;
	}
	while (at < end && *at == ' ')
		at++;
	lexer->at = (gsize)(at - lexer->bytes);
}

static int
skip_blanks(PsJsonLexer *lexer)
{
	for (;;) {
		lexer->start = lexer->at;
		int c = peek(lexer);
		if (c == ' ') {
			skip_spaces(lexer);
			continue;
		}
		if (c == '\n') {
			lexer->now_line++;
			lexer->line_base = lexer->base + (gint64)lexer->at + 1;
		} else if (c != '\t' && c != '\r') {
			return c;
		}
		lexer->at++;
	}
}

static PsJsonToken
finish(PsJsonLexer *lexer, PsJsonToken token, gsize trim)
{
	lexer->text = lexer->bytes + lexer->start + trim;
	lexer->length = lexer->at - lexer->start - 2 * trim;
	return lexer->token = token;
}

static PsJsonToken
bad_utf8(PsJsonLexer *lexer, const char *where)
{
	mark(lexer, (gsize)(where - lexer->bytes));
	return bad(lexer, PS_ERROR_INPUT,
		   g_strdup_printf(_("byte 0x%02x is not valid UTF-8"), (guchar)*where));
}

static PsJsonToken
unfinished_string(PsJsonLexer *lexer)
{
	if (lexer->token == PS_JSON_BAD)
		return PS_JSON_BAD;
	return bad(lexer, PS_ERROR_INPUT, g_strdup(_("the text ends inside a string")));
}

static PsJsonToken
control_in_string(PsJsonLexer *lexer, int c)
{
	mark(lexer, lexer->at);
	return bad(lexer, PS_ERROR_INPUT,
		   g_strdup_printf(_("control character 0x%02x in a string; write it as \\u%04x"),
				   c, c));
}

/* From a byte on that means something. */
static G_GNUC_NO_INLINE PsJsonToken
read_odd_string(PsJsonLexer *lexer)
{
	gboolean high = FALSE;

	for (;;) {
		lexer->at += ps_plain_run(lexer->bytes + lexer->at, lexer->filled - lexer->at);
		int c = peek(lexer);
		if (c < 0)
			return unfinished_string(lexer);
		if (c == '"')
			break;
		if (c < 0x20)
			return control_in_string(lexer, c);
		high |= c >= 0x80;
		lexer->at++;
		if (c == '\\') {
			lexer->escaped = TRUE;
			if (!more(lexer))
				continue;
			lexer->at++;
		}
	}
	lexer->at++;
	const char *end, *from = lexer->bytes + lexer->start;
	if (high && !g_utf8_validate_len(from, lexer->at - lexer->start, &end))
		return bad_utf8(lexer, end);
	return finish(lexer, PS_JSON_STRING, 1);
}

/* Nearly all are plain up to their closing quote. */
static inline PsJsonToken
read_string(PsJsonLexer *lexer)
{
	const char *bytes = lexer->bytes;
	gsize at = lexer->at + 1;

	lexer->escaped = FALSE;
	at += ps_plain_run(bytes + at, lexer->filled - at);
	lexer->at = at;
	if (at == lexer->filled || bytes[at] != '"')
		return read_odd_string(lexer);
	lexer->at++;
	return finish(lexer, PS_JSON_STRING, 1);
}

static gboolean
read_digits(PsJsonLexer *lexer)
{
	gboolean any = FALSE;

	for (int c = peek(lexer); c >= '0' && c <= '9'; c = peek(lexer)) {
		lexer->at++;
		any = TRUE;
	}
	return any;
}

/* number = [ minus ] int [ frac ] [ exp ] (RFC 8259 section 6) */
static G_GNUC_NO_INLINE PsJsonToken
read_number(PsJsonLexer *lexer)
{
	if (peek(lexer) == '-')
		lexer->at++;
	gboolean zero = peek(lexer) == '0';
	gsize digits = lexer->at - lexer->start;
	gboolean good = read_digits(lexer);
	good = good && (!zero || lexer->at - lexer->start == digits + 1);
	if (good && peek(lexer) == '.') {
		lexer->at++;
		good = read_digits(lexer);
	}
	if (good && (peek(lexer) == 'e' || peek(lexer) == 'E')) {
		lexer->at++;
		if (peek(lexer) == '+' || peek(lexer) == '-')
			lexer->at++;
		good = read_digits(lexer);
	}
	if (lexer->token == PS_JSON_BAD)
		return PS_JSON_BAD;
	if (!good)
		return bad(lexer, PS_ERROR_INPUT,
			   g_strdup(_("a number is not written as JSON wants it (no leading zeros, "
				      "digits on both sides of the point)")));
	return finish(lexer, PS_JSON_NUMBER, 0);
}

static G_GNUC_NO_INLINE PsJsonToken
read_word(PsJsonLexer *lexer)
{
	static const struct {
		const char *word;
		PsJsonToken token;
	} words[] = {{"true", PS_JSON_TRUE}, {"false", PS_JSON_FALSE}, {"null", PS_JSON_NULL}};

	for (int c = peek(lexer); g_ascii_isalnum(c) && lexer->at - lexer->start < 8;
	     c = peek(lexer))
		lexer->at++;
	if (lexer->token == PS_JSON_BAD)
		return PS_JSON_BAD;
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		gsize length = strlen(words[i].word);
		if (length == lexer->at - lexer->start &&
		    memcmp(words[i].word, lexer->bytes + lexer->start, length) == 0)
			return finish(lexer, words[i].token, 0);
	}
	return bad(lexer, PS_ERROR_INPUT, g_strdup(_("this is not a JSON value")));
}

/* What one byte says of the token that it begins; 0: nothing, it may be a word. */
static const guchar punctuation[256] = {
	['{'] = PS_JSON_OBJECT_OPEN, ['}'] = PS_JSON_OBJECT_CLOSE, ['['] = PS_JSON_ARRAY_OPEN,
	[']'] = PS_JSON_ARRAY_CLOSE, [':'] = PS_JSON_COLON,        [','] = PS_JSON_COMMA,
};

PsJsonToken
ps_json_lexer_next(PsJsonLexer *lexer)
{
	if (lexer->problem)
		return lexer->token = PS_JSON_BAD;
	if (lexer->at == 0 && lexer->base == 0)
		skip_bom(lexer);
	lexer->token = PS_JSON_END;
	int c = skip_blanks(lexer);
	mark(lexer, lexer->start);
	if (c < 0)
		return lexer->token;
	if (c == '"')
		return read_string(lexer);
	if (c == '-' || g_ascii_isdigit(c))
		return read_number(lexer);
	if (!punctuation[c])
		return read_word(lexer);
	lexer->at++;
	return finish(lexer, punctuation[c], 0);
}

/* Four hexadecimal digits; -1 when they are not. */
static int
hex4(const char *at, const char *end)
{
	int value = 0;

	if (end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = g_ascii_xdigit_value(at[i]);
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* \uXXXX, with its second half where it is a high surrogate. Gives the bytes consumed behind the
 * backslash and u, 0 when it is wrong. */
static int
unicode_escape(const char *at, const char *end, gunichar *out)
{
	int first = hex4(at, end);

	if (first <= 0 || (first >= 0xdc00 && first <= 0xdfff))
		return 0;
	*out = (gunichar)first;
	if (first < 0xd800 || first > 0xdbff)
		return 4;
	if (end - at < 10 || at[4] != '\\' || at[5] != 'u')
		return 0;
	int second = hex4(at + 6, end);
	if (second < 0xdc00 || second > 0xdfff)
		return 0;
	*out = 0x10000 + (((gunichar)first - 0xd800) << 10) + ((gunichar)second - 0xdc00);
	return 10;
}

static char
simple_escape(char c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *found = c ? strchr(from, c) : NULL;

	return found ? to[found - from] : '\0';
}

static void
bad_escape(PsJsonLexer *lexer, const char *at)
{
	lexer->column += at - lexer->text + 1;
	bad(lexer, PS_ERROR_INPUT,
	    g_strdup(at[1] == 'u' ? _("\\u0000 and half surrogates are not allowed "
				      "in a string")
				  : _("an unknown escape in a string")));
}

/* `to` has room for the text as it stands, which never becomes longer; it may be the same place. */
static gboolean
decode_to(PsJsonLexer *lexer, char *to)
{
	const char *at = lexer->text, *end = lexer->text + lexer->length, *begin = to;

	while (at < end) {
		if (*at != '\\') {
			*to++ = *at++;
			continue;
		}
		gunichar character = 0;
		int used = at[1] == 'u' ? unicode_escape(at + 2, end, &character) : 0;
		char simple = simple_escape(at[1]);
		if (used > 0) {
			to += g_unichar_to_utf8(character, to);
		} else if (simple) {
			*to++ = simple;
		} else {
			bad_escape(lexer, at);
			return FALSE;
		}
		at += 2 + used;
	}
	*to = '\0';
	lexer->decoded = (gsize)(to - begin);
	return TRUE;
}

char *
ps_json_lexer_decode(PsJsonLexer *lexer)
{
	char *result = malloc(lexer->length + 1);

	if (!result)
		g_error("out of memory for a string of %zu bytes", lexer->length);
	if (!lexer->escaped) {
		memcpy(result, lexer->text, lexer->length);
		result[lexer->length] = '\0';
		lexer->decoded = lexer->length;
		return result;
	}
	if (decode_to(lexer, result))
		return result;
	free(result);
	return NULL;
}

char *
ps_json_lexer_unescape_here(PsJsonLexer *lexer)
{
	return decode_to(lexer, (char *)lexer->text) ? (char *)lexer->text : NULL;
}
