#include "config.h"

#include "advisory/language.h"

#include <string.h>

/* What a subtag is made of. */
typedef struct {
	const char *text;
	gsize length;
	gboolean letters, digits, start_digit;
} Piece;

static gboolean
next_piece(const char **at, Piece *piece)
{
	piece->text = *at;
	piece->length = strcspn(*at, "-");
	piece->letters = piece->digits = TRUE;
	piece->start_digit = g_ascii_isdigit(**at);
	for (gsize i = 0; i < piece->length; i++) {
		if (!g_ascii_isalnum(piece->text[i]))
			return FALSE;
		piece->letters &= g_ascii_isalpha(piece->text[i]);
		piece->digits &= g_ascii_isdigit(piece->text[i]);
	}
	*at += piece->length;
	return piece->length > 0 && piece->length <= 8;
}

static gboolean
is_language(const Piece *piece)
{
	return piece->letters && piece->length >= 2;
}

static gboolean
is_extlang(const Piece *piece)
{
	return piece->letters && piece->length == 3;
}

static gboolean
is_script(const Piece *piece)
{
	return piece->letters && piece->length == 4;
}

static gboolean
is_region(const Piece *piece)
{
	return (piece->letters && piece->length == 2) || (piece->digits && piece->length == 3);
}

static gboolean
is_variant(const Piece *piece)
{
	return piece->length >= 5 || (piece->length == 4 && piece->start_digit);
}

static gboolean
is_singleton(const Piece *piece)
{
	return piece->length == 1 && !strchr("xX", *piece->text);
}

static gboolean
is_private(const Piece *piece)
{
	return piece->length == 1 && strchr("xX", *piece->text);
}

static gboolean
add(PsLanguage *language, PsSubtagType type, const Piece *piece)
{
	if (language->n == PS_LANGUAGE_SUBTAGS)
		return FALSE;
	language->subtag[language->n].type = type;
	language->subtag[language->n].text = piece->text;
	language->subtag[language->n].length = piece->length;
	language->n++;
	return TRUE;
}

/* The type of a piece behind one of type `before`; -1: it can't stand there. */
static int
type_behind(PsSubtagType before, const Piece *piece, int extlangs, gsize language_length)
{
	if (before == PS_SUBTAG_PRIVATE)
		return PS_SUBTAG_PRIVATE;
	if (is_private(piece))
		return PS_SUBTAG_PRIVATE;
	if (is_singleton(piece))
		return PS_SUBTAG_EXTENSION;
	if (before == PS_SUBTAG_EXTENSION)
		return piece->length >= 2 ? PS_SUBTAG_EXTENSION : -1;
	if (before <= PS_SUBTAG_EXTLANG && is_extlang(piece) && extlangs < 3 &&
	    language_length <= 3)
		return PS_SUBTAG_EXTLANG;
	if (before <= PS_SUBTAG_EXTLANG && is_script(piece))
		return PS_SUBTAG_SCRIPT;
	if (before <= PS_SUBTAG_SCRIPT && is_region(piece))
		return PS_SUBTAG_REGION;
	if (before <= PS_SUBTAG_VARIANT && is_variant(piece))
		return PS_SUBTAG_VARIANT;
	return -1;
}

/* A singleton and "x" must be followed by something. */
static gboolean
ends_well(const PsLanguage *language)
{
	int last = language->n - 1;

	return (language->subtag[last].type != PS_SUBTAG_EXTENSION &&
		language->subtag[last].type != PS_SUBTAG_PRIVATE) ||
	       language->subtag[last].length > 1 ||
	       (language->subtag[last].type == PS_SUBTAG_PRIVATE && last > 0 &&
		language->subtag[last - 1].type == PS_SUBTAG_PRIVATE);
}

gboolean
ps_language_parse(const char *tag, PsLanguage *language)
{
	const char *at = tag;
	Piece piece;
	int extlangs = 0;

	language->n = 0;
	if (g_ascii_strcasecmp(tag, "i-default") == 0 || g_ascii_strcasecmp(tag, "i-mingo") == 0) {
		piece = (Piece){tag, strlen(tag), FALSE, FALSE, FALSE};
		return add(language, PS_SUBTAG_GRANDFATHERED, &piece);
	}
	if (!next_piece(&at, &piece) || (!is_language(&piece) && !is_private(&piece)))
		return FALSE;
	add(language, is_private(&piece) ? PS_SUBTAG_PRIVATE : PS_SUBTAG_LANGUAGE, &piece);
	while (*at == '-') {
		at++;
		if (!next_piece(&at, &piece))
			return FALSE;
		PsSubtagType before = language->subtag[language->n - 1].type;
		gboolean bare = before == PS_SUBTAG_EXTENSION &&
				language->subtag[language->n - 1].length == 1;
		int type = type_behind(before, &piece, extlangs, language->subtag[0].length);
		/* a singleton needs two characters or more behind it */
		if (type < 0 || (bare && piece.length == 1))
			return FALSE;
		extlangs += type == PS_SUBTAG_EXTLANG;
		if (!add(language, (PsSubtagType)type, &piece))
			return FALSE;
	}
	return *at == '\0' && ends_well(language);
}

gboolean
ps_language_is_well_formed(const char *tag)
{
	PsLanguage language;

	return ps_language_parse(tag, &language);
}

/* As the registry writes it: scripts "Latn", regions "AT", the rest in small letters. */
static char *
canonical(PsSubtagType type, const char *text, gsize length)
{
	if (type == PS_SUBTAG_REGION)
		return g_ascii_strup(text, (gssize)length);
	char *small = g_ascii_strdown(text, (gssize)length);
	if (type == PS_SUBTAG_SCRIPT)
		small[0] = g_ascii_toupper(small[0]);
	return small;
}

/* Ranges that BCP 47 reserves. */
static gboolean
is_reserved(PsSubtagType type, const char *text)
{
	switch (type) {
	case PS_SUBTAG_LANGUAGE:
		return strlen(text) == 3 && strcmp(text, "qaa") >= 0 && strcmp(text, "qtz") <= 0;
	case PS_SUBTAG_SCRIPT:
		return strcmp(text, "Qaaa") >= 0 && strcmp(text, "Qabx") <= 0;
	case PS_SUBTAG_REGION:
		return g_str_equal(text, "AA") || g_str_equal(text, "ZZ") ||
		       (strcmp(text, "QM") >= 0 && strcmp(text, "QZ") <= 0) ||
		       (strcmp(text, "XA") >= 0 && strcmp(text, "XZ") <= 0);
	default:
		return type == PS_SUBTAG_PRIVATE;
	}
}

static gboolean
is_known(const PsTableFile *registry, PsSubtagType type, const char *text)
{
	static const char *const words[] = {"language", "extlang", "script", "region", "variant"};

	if (type > PS_SUBTAG_VARIANT || is_reserved(type, text))
		return TRUE;
	g_autofree char *key = g_strdup_printf("%s %s", words[type], text);
	g_auto(GStrv) cells = ps_table_file_find(registry, key);
	return cells != NULL;
}

/* Old tags that look like others, but are in the registry as a whole only. A tag's first subtag
 * begins the tag. */
static gboolean
is_old_tag(const PsLanguage *language)
{
	static const char *const tags[] = {"art-lojban", "cel-gaulish", "no-bok",  "no-nyn",
					   "zh-guoyu",   "zh-hakka",    "zh-xiang"};

	for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
		if (g_ascii_strcasecmp(language->subtag[0].text, tags[i]) == 0)
			return TRUE;
	return FALSE;
}

char *
ps_language_unknown(const PsLanguage *language, const PsTableFile *registry)
{
	for (int i = 0; i < language->n && !is_old_tag(language); i++) {
		g_autofree char *text =
			canonical(language->subtag[i].type, language->subtag[i].text,
				  language->subtag[i].length);
		if (!is_known(registry, language->subtag[i].type, text))
			return g_steal_pointer(&text);
	}
	return NULL;
}

/* A variant, or the singleton of an extension. */
static gboolean
stands_once(const PsLanguage *language, int i)
{
	return language->subtag[i].type == PS_SUBTAG_VARIANT ||
	       (language->subtag[i].type == PS_SUBTAG_EXTENSION && language->subtag[i].length == 1);
}

char *
ps_language_repeated(const PsLanguage *language)
{
	for (int i = 1; i < language->n; i++)
		for (int k = 0; k < i && stands_once(language, i); k++)
			if (stands_once(language, k) &&
			    language->subtag[k].length == language->subtag[i].length &&
			    g_ascii_strncasecmp(language->subtag[k].text, language->subtag[i].text,
						language->subtag[i].length) == 0)
				return g_strndup(language->subtag[i].text,
						 language->subtag[i].length);
	return NULL;
}

char *
ps_language_private(const PsLanguage *language)
{
	for (int i = 0; i < language->n; i++) {
		g_autofree char *text =
			canonical(language->subtag[i].type, language->subtag[i].text,
				  language->subtag[i].length);
		if (is_reserved(language->subtag[i].type, text))
			return g_steal_pointer(&text);
	}
	return NULL;
}
