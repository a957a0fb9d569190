#include "config.h"

/* Reading vectors, strictly. What is wrong is kept as numbers; the sentence is made only when
 * somebody wants to read it. */

#include "scoring/cvss.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"

enum {
	PROBLEM_EMPTY,
	PROBLEM_PREFIX,
	PROBLEM_PARENTHESES,
	PROBLEM_NO_METRIC,
	PROBLEM_FORM,
	PROBLEM_UNKNOWN,
	PROBLEM_VALUE,
	PROBLEM_TWICE,
	PROBLEM_ORDER,
	PROBLEM_MISSING,
};

/* A wrong piece is quoted up to this length. */
#define QUOTE_MAX 24

typedef struct {
	const char *text;
	gsize length, at;
	const PsCvssTable *table;
	PsCvss *cvss;
	PsCvssProblem *problem;
} Reader;

static gboolean
wrong(Reader *reader, int kind, gsize at, gsize length, int metric, int other)
{
	if (reader->problem) {
		reader->problem->kind = kind;
		reader->problem->at = at;
		reader->problem->length = length;
		reader->problem->version = reader->cvss->version;
		reader->problem->metric = metric;
		reader->problem->other = other;
	}
	return FALSE;
}

/* Keys have one to five letters: comparing by hand beats a call. */
static inline gboolean
same(const char *text, gsize length, const char *key)
{
	if (length == 0 || text[0] != key[0])
		return FALSE;
	for (gsize i = 1; i < length; i++)
		if (text[i] != key[i] || !key[i])
			return FALSE;
	return key[length] == '\0';
}

/* The version by its prefix; a text that starts with a 2.0 metric has none. */
static gboolean
read_prefix(Reader *reader)
{
	const char *text = reader->text;

	for (int i = PS_CVSS_VERSIONS - 1; i > PS_CVSS_2_0; i--) {
		const PsCvssTable *table = ps_cvss_table((PsCvssVersion)i);
		gsize length = strlen(table->prefix);
		if (reader->length < length || memcmp(text, table->prefix, length) != 0)
			continue;
		ps_cvss_init(reader->cvss, (PsCvssVersion)i);
		reader->table = table;
		reader->at = length;
		return reader->length > length ||
		       wrong(reader, PROBLEM_NO_METRIC, length, 0, -1, -1);
	}
	ps_cvss_init(reader->cvss, PS_CVSS_2_0);
	reader->table = ps_cvss_table(PS_CVSS_2_0);
	if (reader->length == 0)
		return wrong(reader, PROBLEM_EMPTY, 0, 0, -1, -1);
	if (text[0] == '(')
		return wrong(reader, PROBLEM_PARENTHESES, 0, 1, -1, -1);
	const char *slash = memchr(text, '/', reader->length);
	gsize first = slash ? (gsize)(slash - text) : reader->length;
	if (first >= 4 && g_ascii_strncasecmp(text, "CVSS", 4) == 0)
		return wrong(reader, PROBLEM_PREFIX, 0, first, -1, -1);
	return TRUE;
}

/* `expected`: where the next metric of an ordered vector stands. */
static int
find_metric(const Reader *reader, const char *key, gsize length, int expected)
{
	const PsCvssTable *table = reader->table;

	for (int i = expected; i < table->n_metrics; i++)
		if (same(key, length, table->metrics[i].key))
			return i;
	for (int i = 0; i < expected; i++)
		if (same(key, length, table->metrics[i].key))
			return i;
	return -1;
}

/* Position of a one-letter value: the letter is looked for in all eight bytes at once. */
static inline int
find_letter(const PsCvssMetric *metric, char letter)
{
	const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101), highs = ones << 7;
	guint64 letters;

	if (letter == '?' || letter == '\0')
		return -1;
	memcpy(&letters, metric->letters, sizeof letters);
	guint64 hit = GUINT64_FROM_LE(letters) ^ (ones * (guchar)letter);
	hit = (hit - ones) & ~hit & highs;
	return hit ? __builtin_ctzll(hit) / 8 : -1;
}

static int
find_value(const PsCvssMetric *metric, const char *key, gsize length)
{
	if (length == 1)
		return find_letter(metric, *key);
	for (int i = 0; i < metric->n_values; i++)
		if (same(key, length, metric->values[i].key))
			return i;
	return -1;
}

/* Bytes up to the first `stop` or slash, at most `rest`. */
static inline gsize
span(const char *text, gsize rest, char stop)
{
	gsize length = 0;

	while (length < rest && text[length] != stop && text[length] != '/')
		length++;
	return length;
}

/* One "METRIC:VALUE" at reader->at, up to a slash or the end; moves behind it. */
static gboolean
read_metric(Reader *reader, int *expected)
{
	gsize at = reader->at, rest = reader->length - at;
	const char *text = reader->text + at;
	gsize key = span(text, rest, ':');
	gsize value_length = key < rest ? span(text + key + 1, rest - key - 1, '/') : 0;

	if (key == 0 || key == rest || text[key] != ':' || value_length == 0)
		return wrong(reader, PROBLEM_FORM, at, span(text, rest, '/'), -1, -1);
	int metric = find_metric(reader, text, key, *expected);
	if (metric < 0)
		return wrong(reader, PROBLEM_UNKNOWN, at, key, -1, -1);
	int value = find_value(&reader->table->metrics[metric], text + key + 1, value_length);
	if (value < 0)
		return wrong(reader, PROBLEM_VALUE, at + key + 1, value_length, metric, -1);
	if (reader->cvss->value[metric] != PS_CVSS_UNSET)
		return wrong(reader, PROBLEM_TWICE, at, key + 1 + value_length, metric, -1);
	if (reader->table->ordered && metric < *expected)
		return wrong(reader, PROBLEM_ORDER, at, key + 1 + value_length, metric,
			     *expected - 1);
	reader->cvss->value[metric] = (gint8)value;
	*expected = metric + 1;
	reader->at = at + key + 1 + value_length;
	return TRUE;
}

static gboolean
read_metrics(Reader *reader)
{
	int expected = 0;

	while (read_metric(reader, &expected)) {
		if (reader->at == reader->length)
			return TRUE;
		reader->at++; /* the slash */
	}
	return FALSE;
}

gboolean
ps_cvss_parse(const char *text, gsize length, PsCvssParseFlags flags, PsCvss *cvss,
	      PsCvssProblem *problem)
{
	Reader reader = {text, length, 0, NULL, cvss, problem};

	if (!read_prefix(&reader) || !read_metrics(&reader))
		return FALSE;
	int missing = flags & PS_CVSS_PARTIAL ? -1 : ps_cvss_missing(cvss, 0);
	return missing < 0 || wrong(&reader, PROBLEM_MISSING, length, 0, missing, -1);
}

/* ---- the sentence ---- */

/* The wrong piece, fit to be shown. */
static char *
piece(const PsCvssProblem *problem, const char *text)
{
	gsize length = MIN(problem->length, QUOTE_MAX);
	g_autofree char *safe = ps_safe_text(text + problem->at, (gssize)length, PS_SAFE_LINE);

	return problem->length > length ? g_strconcat(safe, "…", NULL) : g_steal_pointer(&safe);
}

static char *
value_keys(const PsCvssMetric *metric)
{
	GString *keys = g_string_new(NULL);

	for (int i = 0; i < metric->n_values; i++)
		g_string_append_printf(keys, "%s%s", i ? ", " : "", metric->values[i].key);
	return g_string_free(keys, FALSE);
}

static char *
missing_keys(const PsCvssProblem *problem)
{
	const PsCvssMetric *metric = &ps_cvss_table(problem->version)->metrics[problem->metric];

	return g_strdup_printf(_("%s (%s) is missing; CVSS %s needs every base metric."),
			       _(metric->name), metric->key, ps_cvss_table(problem->version)->name);
}

static char *
metric_problem(const PsCvssProblem *problem, const char *shown)
{
	const PsCvssTable *table = ps_cvss_table(problem->version);
	const PsCvssMetric *metric = &table->metrics[problem->metric];
	guint place = (guint)problem->at + 1;

	switch (problem->kind) {
	case PROBLEM_VALUE: {
		g_autofree char *keys = value_keys(metric);
		return g_strdup_printf(
			_("%s (%s) can't be “%s” at character %u; CVSS %s knows %s."),
			_(metric->name), metric->key, shown, place, table->name, keys);
	}
	case PROBLEM_TWICE:
		return g_strdup_printf(_("%s (%s) is there twice, again at character %u."),
				       _(metric->name), metric->key, place);
	case PROBLEM_ORDER:
		return g_strdup_printf(
			_("%s (%s) at character %u stands behind %s; CVSS %s fixes the order."),
			_(metric->name), metric->key, place, table->metrics[problem->other].key,
			table->name);
	default:
		return missing_keys(problem);
	}
}

char *
ps_cvss_problem_text(const PsCvssProblem *problem, const char *text)
{
	g_autofree char *shown = piece(problem, text);
	guint place = (guint)problem->at + 1;

	switch (problem->kind) {
	case PROBLEM_EMPTY:
		return g_strdup(_("The vector is empty."));
	case PROBLEM_PREFIX:
		return g_strdup_printf(_("The prefix “%s” is not one of CVSS:3.0, CVSS:3.1 and "
					 "CVSS:4.0; a CVSS 2.0 vector has none."),
				       shown);
	case PROBLEM_PARENTHESES:
		return g_strdup(_("A vector is written without parentheses."));
	case PROBLEM_NO_METRIC:
		return g_strdup(_("No metric follows the prefix."));
	case PROBLEM_FORM:
		return g_strdup_printf(_("“%s” at character %u is not METRIC:VALUE."), shown,
				       place);
	case PROBLEM_UNKNOWN:
		return g_strdup_printf(_("“%s” at character %u is not a metric of CVSS %s."), shown,
				       place, ps_cvss_table(problem->version)->name);
	default:
		return metric_problem(problem, shown);
	}
}

gboolean
ps_cvss_parse_text(const char *text, PsCvss *cvss, GError **error)
{
	PsCvssProblem problem;

	if (ps_cvss_parse(text, strlen(text), 0, cvss, &problem))
		return TRUE;
	g_autofree char *sentence = ps_cvss_problem_text(&problem, text);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, sentence);
	return FALSE;
}
