#include "config.h"

#include "advisory/licence.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

#define FAIL(...) g_set_error(error, PS_ERROR, PS_ERROR_INPUT, __VA_ARGS__)

/* What came before. */
typedef enum {
	BEGINNING, /* or "(", AND, OR: an operand must follow */
	SIMPLE,    /* a licence: WITH may follow */
	WITH,      /* an exception must follow */
	COMPLETE,
} State;

typedef struct {
	State state;
	int depth;
	PsLicenceFunc func;
	gpointer user;
} Parser;

static gboolean
is_idstring(const char *text)
{
	if (!*text)
		return FALSE;
	for (; *text; text++)
		if (!g_ascii_isalnum(*text) && *text != '-' && *text != '.')
			return FALSE;
	return TRUE;
}

/* "LicenseRef-" and its like are written exactly so. */
static gboolean
check_reference(const char *word, const char *prefix, GError **error)
{
	static const char *const prefixes[] = {"LicenseRef-", "AdditionRef-", "DocumentRef-"};

	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
		gsize length = strlen(prefixes[i]);
		if (g_ascii_strncasecmp(word, prefixes[i], length) != 0)
			continue;
		if (g_ascii_strncasecmp(prefixes[i], "DocumentRef-", length) == 0)
			FAIL(_("“%s” names another document; CSAF allows no “DocumentRef-”."),
			     word);
		else if (!g_str_equal(prefixes[i], prefix))
			FAIL(_("“%s” can't stand here; “%s” is written."), word, prefix);
		else if (strncmp(word, prefix, length) != 0)
			FAIL(_("“%s” must begin with “%s”, in these letters."), word, prefix);
		else if (!is_idstring(word + length))
			FAIL(_("“%s” holds other characters than letters, digits, “-” and “.”."),
			     word);
		else
			return TRUE;
		return FALSE;
	}
	return TRUE;
}

static gboolean
take_licence(Parser *parser, char *word, GError **error)
{
	gsize length = strlen(word);
	gboolean reference = g_ascii_strncasecmp(word, "LicenseRef-", 11) == 0;

	if (!check_reference(word, "LicenseRef-", error))
		return FALSE;
	if (!reference && length > 1 && word[length - 1] == '+')
		word[length - 1] = '\0';
	if (!is_idstring(word)) {
		FAIL(_("“%s” is no licence id: letters, digits, “-” and “.” only."), word);
		return FALSE;
	}
	if (parser->func)
		parser->func(parser->user, word, PS_LICENCE_ID);
	parser->state = SIMPLE;
	return TRUE;
}

static gboolean
take_exception(Parser *parser, const char *word, GError **error)
{
	if (!check_reference(word, "AdditionRef-", error))
		return FALSE;
	if (!is_idstring(word)) {
		FAIL(_("“%s” is no exception: letters, digits, “-” and “.” only."), word);
		return FALSE;
	}
	if (parser->func)
		parser->func(parser->user, word, PS_LICENCE_EXCEPTION);
	parser->state = COMPLETE;
	return TRUE;
}

/* An operator's state behind it; -1: the word is none. */
static int
operator_of(const char *word)
{
	static const struct {
		const char *word;
		State state;
	} operators[] = {{"AND", BEGINNING}, {"and", BEGINNING}, {"OR", BEGINNING},
			 {"or", BEGINNING},  {"WITH", WITH},     {"with", WITH}};

	for (gsize i = 0; i < G_N_ELEMENTS(operators); i++)
		if (g_str_equal(word, operators[i].word))
			return (int)operators[i].state;
	return -1;
}

static gboolean
take_operator(Parser *parser, const char *word, GError **error)
{
	int state = operator_of(word);

	if (state < 0) {
		FAIL(_("“%s” follows without AND, OR or WITH before it; a licence's text does not "
		       "belong here."),
		     word);
		return FALSE;
	}
	if (state == WITH && parser->state != SIMPLE) {
		FAIL(_("“%s” stands only directly behind a licence id."), word);
		return FALSE;
	}
	parser->state = (State)state;
	return TRUE;
}

static gboolean
take_word(Parser *parser, char *word, GError **error)
{
	if (parser->state == SIMPLE || parser->state == COMPLETE)
		return take_operator(parser, word, error);
	if (operator_of(word) >= 0) {
		FAIL(_("“%s” stands where a licence id is needed."), word);
		return FALSE;
	}
	return parser->state == WITH ? take_exception(parser, word, error)
				     : take_licence(parser, word, error);
}

static gboolean
take_bracket(Parser *parser, char bracket, GError **error)
{
	gboolean operand = parser->state == SIMPLE || parser->state == COMPLETE;

	if ((bracket == '(') == (parser->state == BEGINNING) && (bracket == '(' || operand) &&
	    (bracket == '(' || parser->depth > 0)) {
		parser->depth += bracket == '(' ? 1 : -1;
		parser->state = bracket == '(' ? BEGINNING : COMPLETE;
		return TRUE;
	}
	FAIL(_("“%c” can't stand there in the licence expression."), bracket);
	return FALSE;
}

static gboolean
parse(Parser *parser, const char *expression, GError **error)
{
	const char *at = expression;

	if (*at == ' ' || (*at && at[strlen(at) - 1] == ' ')) {
		FAIL("%s", _("The licence expression begins or ends with a blank."));
		return FALSE;
	}
	while (*at) {
		at += strspn(at, " ");
		if (*at == '(' || *at == ')') {
			if (!take_bracket(parser, *at++, error))
				return FALSE;
			continue;
		}
		gsize length = strcspn(at, " ()");
		g_autofree char *word = g_strndup(at, length);
		if (!take_word(parser, word, error))
			return FALSE;
		at += length;
	}
	return TRUE;
}

gboolean
ps_licence_parse(const char *expression, PsLicenceFunc func, gpointer user, GError **error)
{
	Parser parser = {BEGINNING, 0, func, user};

	if (!parse(&parser, expression, error))
		return FALSE;
	if (parser.depth == 0 && (parser.state == SIMPLE || parser.state == COMPLETE))
		return TRUE;
	if (parser.depth > 0)
		FAIL("%s", _("A “(” of the licence expression is not closed."));
	else
		FAIL("%s", _("The licence expression ends where a licence id is needed."));
	return FALSE;
}

PsLicenceState
ps_licence_state(const PsTableFile *list, const char *id, PsLicenceRole role)
{
	const char *reference = role == PS_LICENCE_ID ? "licenseref-" : "additionref-";
	g_autofree char *small = g_ascii_strdown(id, -1);
	const char *rest = small + strlen(reference);
	gboolean is_reference = g_str_has_prefix(small, reference);

	if (is_reference && !g_str_has_prefix(rest, "scancode-"))
		return PS_LICENCE_FOREIGN;
	g_autofree char *key = is_reference
				       ? g_strconcat("scancode:", rest + strlen("scancode-"), NULL)
				       : g_strdup(small);
	g_auto(GStrv) cells = ps_table_file_find(list, key);
	/* ScanCode gives its exceptions ids of licences, too */
	const char *wanted = role == PS_LICENCE_ID ? "LlSsXx" : "EeXx";
	if (!cells || !cells[0] || !*cells[0] || !strchr(wanted, *cells[0]))
		return PS_LICENCE_MISSING;
	return g_ascii_islower(*cells[0]) ? PS_LICENCE_DEPRECATED : PS_LICENCE_KNOWN;
}
