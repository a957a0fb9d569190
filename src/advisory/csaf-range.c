#include "config.h"

/* Names of branches of category product_version_range: CSAF 2.1 section 3.1.2.3.2 wants a vers in
 * canonical form or the constraints of one; tests 6.1.50, 6.1.59 and 6.2.49 say what is wrong. */

#include "advisory/csaf-range.h"

#include <string.h>

#include "registry/vers.h"

static const char *const comparators[] = {"<=", ">=", "!=", "<", ">", "="};

static void
free_constraint(gpointer data)
{
	PsConstraint *constraint = data;

	g_free(constraint->comparator);
	g_free(constraint->version);
	g_free(constraint->text);
	g_free(constraint);
}

static PsConstraint *
parse_constraint(char *text)
{
	PsConstraint *constraint = g_new0(PsConstraint, 1);
	const char *comparator = "";

	g_strstrip(text);
	for (gsize i = 0; i < G_N_ELEMENTS(comparators) && !*comparator; i++)
		if (g_str_has_prefix(text, comparators[i]))
			comparator = comparators[i];
	constraint->text = g_strdup(text);
	text += strlen(comparator);
	if (!*comparator && g_str_equal(text, "*"))
		comparator = "*";
	constraint->comparator = g_strdup(comparator);
	constraint->version = g_uri_unescape_string(text, NULL);
	if (!constraint->version)
		constraint->version = g_strdup(text);
	g_strstrip(constraint->version);
	return constraint;
}

PsRange *
ps_range_parse(const char *text)
{
	PsRange *range = g_new0(PsRange, 1);
	const char *slash = g_str_has_prefix(text, "vers:") ? strchr(text, '/') : NULL;
	const char *list = slash ? slash + 1 : text;

	range->scheme = g_strndup(text, (gsize)(list - text));
	range->constraints = g_ptr_array_new_with_free_func(free_constraint);
	/* Commas are no separators, but are met where one comparator follows the other. */
	g_auto(GStrv) parts =
		g_strsplit(list, strchr(list, '|') || !strpbrk(list, "<>") ? "|" : ",", -1);
	for (char **part = parts; *part; part++)
		if (**part)
			g_ptr_array_add(range->constraints, parse_constraint(*part));
	return range;
}

void
ps_range_free(PsRange *range)
{
	g_free(range->scheme);
	g_ptr_array_unref(range->constraints);
	g_free(range);
}

static const PsConstraint *
last_constraint(const PsRange *range)
{
	return range->constraints->len ? range->constraints->pdata[range->constraints->len - 1]
				       : NULL;
}

static gboolean
is_including(const PsConstraint *constraint)
{
	return !g_str_equal(constraint->comparator, "!=");
}

/* The last constraint that takes versions in. */
static const PsConstraint *
last_including(const PsRange *range)
{
	for (guint i = range->constraints->len; i > 0; i--)
		if (is_including(range->constraints->pdata[i - 1]))
			return range->constraints->pdata[i - 1];
	return NULL;
}

/* ---- words that stand for a range ---- */

#define MOST_WORDS 5 /* of a version, as in "V4.7 SP5 HF7" */

/* No word of a sentence: letters, digits and what stands between them in versions. */
static gboolean
is_version_word(const char *word)
{
	static const char *const sentence[] = {"and",    "or",  "on",      "with",     "for",
					       "to",     "the", "of",      "in",       "only",
					       "except", "all", "version", "versions", NULL};
	g_autofree char *small = g_ascii_strdown(word, -1);

	for (const char *at = word; *at; at++)
		if (!g_ascii_isalnum(*at) && !strchr("._-+:~()", *at))
			return FALSE;
	return *word && !g_strv_contains(sentence, small);
}

/* A version as it stands in a constraint: its blanks encoded. NULL: it is none. */
static char *
encoded_version(const char *text, gsize length)
{
	g_autofree char *copy = g_strndup(text, length);
	g_auto(GStrv) words = g_strsplit_set(g_strstrip(copy), " \t", -1);
	GString *version = g_string_new(NULL);
	guint count = 0;

	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		if (!is_version_word(*word) || ++count > MOST_WORDS) {
			g_string_free(version, TRUE);
			return NULL;
		}
		g_autofree char *encoded = g_uri_escape_string(*word, NULL, FALSE);
		g_string_append_printf(version, "%s%s", version->len ? "%20" : "", encoded);
	}
	if (count == 0) {
		g_string_free(version, TRUE);
		return NULL;
	}
	return g_string_free(version, FALSE);
}

static char *
version_of_words(const char *text, gsize length)
{
	static const char lead[] = "version ";

	if (length > strlen(lead) && g_ascii_strncasecmp(text, lead, strlen(lead)) == 0)
		return encoded_version(text + strlen(lead), length - strlen(lead));
	return encoded_version(text, length);
}

/* "All versions < 4.2", "prior to 4.2", "4.2 and earlier": pieces that stand before and behind the
 * version, longest first. */
static const struct {
	const char *before, *behind, *comparator;
} words[] = {
	{"prior to ", "", "<"},
	{"before ", "", "<"},
	{"earlier than ", "", "<"},
	{"older than ", "", "<"},
	{"up to and including ", "", "<="},
	{"up to ", " inclusive", "<="},
	{"up to ", " (including)", "<="},
	{"", " and earlier", "<="},
	{"", " and prior", "<="},
	{"", " and older", "<="},
	{"", " and below", "<="},
	{"", " or earlier", "<="},
	{"", " and later", ">="},
	{"", " and newer", ">="},
	{"", " and above", ">="},
	{"", " or later", ">="},
	{"", " onwards", ">="},
	{"later than ", "", ">"},
	{"newer than ", "", ">"},
	{"after ", "", ">"},
	{"<=", "", "<="},
	{">=", "", ">="},
	{"<", "", "<"},
	{">", "", ">"},
};

static const char *
without_all_versions(const char *text)
{
	static const char *const prefixes[] = {"all versions ", "all version ", "versions ",
					       "version ", "all "};

	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_ascii_strncasecmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			return text + strlen(prefixes[i]);
	return text;
}

static gboolean
ends_in(const char *text, const char *end)
{
	gsize length = strlen(text), tail = strlen(end);

	return length > tail && g_ascii_strcasecmp(text + length - tail, end) == 0;
}

/* A bare list of constraints with the same meaning; NULL: the words are not known. */
static char *
constraint_of_words(const char *text)
{
	g_autofree char *copy = g_strdup(text);
	const char *rest = g_strstrip(copy);

	if (g_ascii_strcasecmp(rest, "all versions") == 0 || g_ascii_strcasecmp(rest, "all") == 0 ||
	    g_str_equal(rest, "*"))
		return g_strdup("vers:all/*");
	rest = without_all_versions(rest);
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		gsize before = strlen(words[i].before), behind = strlen(words[i].behind);
		if (strlen(rest) <= before + behind ||
		    g_ascii_strncasecmp(rest, words[i].before, before) != 0 ||
		    (behind && !ends_in(rest, words[i].behind)))
			continue;
		g_autofree char *version =
			version_of_words(rest + before, strlen(rest) - before - behind);
		if (version)
			return g_strconcat(words[i].comparator, version, NULL);
	}
	return NULL;
}

/* "1.0 - 2.0", "0 < 9.8": two versions with what stands between them. */
static char *
span_of_words(const char *text)
{
	static const struct {
		const char *between, *upper;
	} spans[] = {
		{" - ", "<="}, {" to ", "<="}, {" through ", "<="}, {" <= ", "<="}, {" < ", "<"}};

	text = without_all_versions(text);
	for (gsize i = 0; i < G_N_ELEMENTS(spans); i++) {
		const char *at = strstr(text, spans[i].between);
		const char *behind = at ? at + strlen(spans[i].between) : NULL;
		g_autofree char *from = at ? version_of_words(text, (gsize)(at - text)) : NULL;
		g_autofree char *to = at ? version_of_words(behind, strlen(behind)) : NULL;
		if (from && to)
			return g_strconcat(">=", from, "|", spans[i].upper, to, NULL);
	}
	return NULL;
}

/* What stands in a vers of a real type is its own affair. */
static char *
vers_in_form(const char *text)
{
	return g_str_has_prefix(text, "vers:") && !g_str_has_prefix(text, "vers:all/")
		       ? ps_vers_canonical(text)
		       : NULL;
}

/* A bare list that breaks rules of writing only; not a sentence with its blanks taken out. */
static char *
bare_in_form(const char *text)
{
	return strpbrk(text, " \t") ? NULL : ps_vers_canonical(text);
}

/* Constraints with blanks around them and in their versions; "vers:all/<4.2" is met, too. */
static char *
list_of_words(const char *text)
{
	g_autoptr(PsRange) range = ps_range_parse(text);
	g_autoptr(GString) list = g_string_new(NULL);

	if (*range->scheme && !g_str_equal(range->scheme, "vers:all/"))
		return NULL;
	for (guint i = 0; i < range->constraints->len; i++) {
		const PsConstraint *constraint = range->constraints->pdata[i];
		g_autofree char *version =
			encoded_version(constraint->version, strlen(constraint->version));
		if (!version || g_str_equal(constraint->comparator, "*"))
			return NULL;
		g_string_append_printf(list, "%s%s%s", i ? "|" : "", constraint->comparator,
				       version);
	}
	return g_strdup(list->str);
}

static gboolean
is_valid(const char *text)
{
	g_autoptr(PsVers) vers = text ? ps_vers_parse(text, NULL) : NULL;

	return vers != NULL;
}

/* The range in a form that the standard takes; NULL: none was found. What is valid stays. */
static char *
in_form(const char *text)
{
	static char *(*const ways[])(const char *text) = {vers_in_form, constraint_of_words,
							  span_of_words, list_of_words,
							  bare_in_form};

	if (is_valid(text))
		return g_strdup(text);
	for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
		char *form = ways[i](text);
		if (is_valid(form))
			return form;
		g_free(form);
	}
	return NULL;
}

/* ---- what becomes of it ---- */

static char *
range_with_end(const PsRange *range)
{
	GString *text = g_string_new(range->scheme);

	for (guint i = 0; i < range->constraints->len; i++) {
		const PsConstraint *constraint = range->constraints->pdata[i];
		const char *part = constraint->text;
		if (i + 1 == range->constraints->len)
			part += strlen(constraint->comparator);
		g_string_append_printf(text, "%s%s", i ? "|" : "", part);
	}
	return g_string_free(text, FALSE);
}

static void
judge_open(const PsRange *range, PsRangeFate *fate)
{
	const PsConstraint *last = last_constraint(range);

	fate->found = PS_RANGE_OPEN;
	if (range->constraints->len == 1) {
		fate->category = g_strdup("product_version");
		fate->name = g_strdup(last->version);
	} else if (g_str_equal(last->comparator, ">=")) {
		fate->category = g_strdup("product_version_range");
		fate->name = range_with_end(range);
	}
}

static void
judge_single(const char *text, const PsRange *range, PsRangeFate *fate)
{
	const PsConstraint *only = range->constraints->pdata[0];

	fate->found = PS_RANGE_SINGLE;
	fate->category = g_strdup("product_version");
	fate->name = g_strdup(g_str_has_prefix(text, "vers:") ? only->version : text);
}

void
ps_range_judge(const char *text, PsRangeFate *fate)
{
	g_autofree char *form = in_form(text);

	memset(fate, 0, sizeof *fate);
	if (!form) {
		fate->found = PS_RANGE_FREE;
		return;
	}
	g_autoptr(PsRange) range = ps_range_parse(form);
	const PsConstraint *end = last_including(range);
	if (end && *end->comparator == '>') {
		judge_open(range, fate);
	} else if (range->constraints->len == 1 && end && *end->version &&
		   (!*end->comparator || g_str_equal(end->comparator, "="))) {
		judge_single(text, range, fate);
	} else if (!g_str_equal(form, text)) {
		fate->found = PS_RANGE_WORDS;
		fate->category = g_strdup("product_version_range");
		fate->name = g_steal_pointer(&form);
	}
}

void
ps_range_fate_clear(PsRangeFate *fate)
{
	g_clear_pointer(&fate->category, g_free);
	g_clear_pointer(&fate->name, g_free);
}

char *
ps_range_strict_end(const char *text)
{
	g_autoptr(PsRange) range = ps_range_parse(text);
	const PsConstraint *last = last_constraint(range);

	return last && g_str_equal(last->comparator, "<") && *last->version
		       ? g_strdup(last->version)
		       : NULL;
}
