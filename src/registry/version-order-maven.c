#include "config.h"

/* Maven's order, as the "Version Order Specification" of its POM reference has it. */

#include <string.h>

#include "registry/version-order-internal.h"

typedef struct {
	char separator; /* '.' or '-'; of the first token '-' */
	PsSlice text;   /* "" where two separators meet */
	gboolean digits;
	gboolean letter_number; /* a letter directly before a digit: "a1" */
} Token;

static gboolean
is_separator(char c)
{
	return c == '.' || c == '-';
}

/* Tokens end at separators and where digits meet other characters. */
static gsize
token_length(const char *text)
{
	gsize length = ps_order_digits_at(text);

	if (length == 0)
		while (text[length] && !is_separator(text[length]) &&
		       !g_ascii_isdigit(text[length]))
			length++;
	return length;
}

static GArray *
read_tokens(const char *text)
{
	GArray *tokens = g_array_new(FALSE, FALSE, sizeof(Token));
	char separator = '-';

	for (;;) {
		gsize length = token_length(text);
		Token token = {separator, {text, length}, g_ascii_isdigit(*text), FALSE};
		if (length == 0) {
			token.text = (PsSlice){"0", 1};
			token.digits = TRUE;
		}
		text += length;
		token.letter_number = !token.digits && g_ascii_isdigit(*text);
		g_array_append_val(tokens, token);
		if (!*text)
			return tokens;
		separator = *text == '.' ? '.' : '-';
		text += is_separator(*text);
	}
}

static gboolean
is_null(const Token *token)
{
	if (token->digits)
		return ps_order_digits(token->text.text, token->text.length, "", 0) == 0;
	return ps_slice_is(token->text, "final") || ps_slice_is(token->text, "ga") ||
	       ps_slice_is(token->text, "release");
}

/* Null values are taken away from the end, and before each hyphen. */
static void
trim(GArray *tokens)
{
	guint i = tokens->len;

	while (i > 0) {
		i--;
		gboolean at_end = i + 1 == tokens->len ||
				  g_array_index(tokens, Token, i + 1).separator == '-';
		if (i > 0 && at_end && is_null(&g_array_index(tokens, Token, i)))
			g_array_remove_index(tokens, i);
	}
}

/* Words that are known, in their order; 0 is the release itself. */
static int
rank_of(const Token *token)
{
	static const struct {
		const char *word;
		int rank;
		gboolean short_form; /* only before a digit */
	} ranks[] = {{"alpha", -5, FALSE}, {"beta", -4, FALSE}, {"milestone", -3, FALSE},
		     {"rc", -2, FALSE},    {"cr", -2, FALSE},   {"snapshot", -1, FALSE},
		     {"final", 0, FALSE},  {"ga", 0, FALSE},    {"release", 0, FALSE},
		     {"sp", 1, FALSE},     {"a", -5, TRUE},     {"b", -4, TRUE},
		     {"m", -3, TRUE}};

	for (gsize i = 0; i < G_N_ELEMENTS(ranks); i++)
		if (ps_slice_is(token->text, ranks[i].word) &&
		    (!ranks[i].short_form || token->letter_number))
			return ranks[i].rank;
	return token->text.length == 0 ? 0 : 2;
}

/* Words, then "-" with a number, then "." with a number. */
static int
class_of(const Token *token)
{
	if (!token->digits)
		return 0;
	return token->separator == '-' ? 1 : 2;
}

static int
compare_tokens(const Token *a, const Token *b)
{
	int order = class_of(a) - class_of(b);

	if (order)
		return ps_order_sign(order);
	if (a->digits)
		return ps_order_digits(a->text.text, a->text.length, b->text.text, b->text.length);
	order = rank_of(a) - rank_of(b);
	if (!order)
		order = (a->separator == '-') - (b->separator == '-');
	if (order || rank_of(a) != 2)
		return ps_order_sign(order);
	return ps_order_slices_caseless(a->text, b->text);
}

/* What stands in for a token that is missing: nothing, of the other's kind. */
static Token
padding(const Token *other)
{
	Token token = {other->separator, {"", 0}, other->digits, FALSE};

	return token;
}

int
ps_order_maven(const char *a, const char *b)
{
	g_autoptr(GArray) x = read_tokens(a);
	g_autoptr(GArray) y = read_tokens(b);

	trim(x);
	trim(y);
	for (guint i = 0; i < MAX(x->len, y->len); i++) {
		Token left, right;
		if (i < x->len)
			left = g_array_index(x, Token, i);
		if (i < y->len)
			right = g_array_index(y, Token, i);
		if (i >= x->len)
			left = padding(&right);
		if (i >= y->len)
			right = padding(&left);
		int order = compare_tokens(&left, &right);
		if (order)
			return order;
	}
	return 0;
}
