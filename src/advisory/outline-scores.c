#include "config.h"

/* Scores and other metrics of a vulnerability, of CSAF 2.0 and 2.1, in the order in which a viewer
 * prefers them (both standards, section 9: the highest base score first, then the newest version of
 * CVSS). Where numbers contradict the vector beside them, the vector counts and the reader is
 * told. */

#include "advisory/outline-internal.h"

#include <math.h>
#include <string.h>

#include "scoring/cvss.h"

typedef struct {
	const cJSON *object;   /* the CVSS object */
	const cJSON *products; /* list of ids */
	const char *source;
	double base;
	int version;    /* 40, 31, 30, 20 */
	double score;   /* what is shown */
	char *severity; /* in capitals */
	char *given;    /* the number in the document, where the vector says another; else NULL */
	int place;
} Score;

static void
free_score(gpointer data)
{
	Score *score = data;

	g_free(score->severity);
	g_free(score->given);
	g_free(score);
}

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- reading ---- */

/* The most specific number that an object gives; FALSE: none. */
static gboolean
read_numbers(Score *score)
{
	static const char *const groups[][2] = {{"environmentalScore", "environmentalSeverity"},
						{"temporalScore", "temporalSeverity"},
						{"baseScore", "baseSeverity"}};

	for (gsize i = 0; i < G_N_ELEMENTS(groups); i++) {
		const char *severity = ps_json_text(score->object, groups[i][1]);
		if (!cJSON_IsNumber(member(score->object, groups[i][0])))
			continue;
		score->score = ps_json_number(score->object, groups[i][0], 0);
		score->severity = severity ? g_ascii_strup(severity, -1) : NULL;
		return TRUE;
	}
	return FALSE;
}

static gboolean
differs(const cJSON *object, const char *name, int tenths)
{
	const cJSON *value = member(object, name);

	return tenths >= 0 && cJSON_IsNumber(value) &&
	       lround(CLAMP(value->valuedouble, -100, 100) * 10) != tenths;
}

static gboolean
contradicts(const Score *score, const PsCvssScores *scores)
{
	gboolean single = score->version == 40;

	return differs(score->object, "baseScore", single ? scores->overall : scores->base) ||
	       differs(score->object, "temporalScore", scores->temporal) ||
	       differs(score->object, "environmentalScore", scores->environmental);
}

/* The vector goes before the numbers. */
static gboolean
read_vector(Score *score, gboolean has_numbers)
{
	const char *vector = ps_json_text(score->object, "vectorString");
	PsCvss cvss;
	PsCvssScores scores;

	if (!vector || !ps_cvss_parse_text(vector, &cvss, NULL) || !ps_cvss_score(&cvss, &scores))
		return has_numbers;
	if (has_numbers && !contradicts(score, &scores))
		return TRUE;
	if (has_numbers)
		score->given = g_strdup_printf("%.1f", CLAMP(score->score, -100, 100));
	g_free(score->severity);
	score->score = scores.overall / 10.0;
	score->severity = g_ascii_strup(scores.severity, -1);
	score->base = (score->version == 40 ? scores.overall : scores.base) / 10.0;
	return TRUE;
}

static void
add_score(GPtrArray *scores, const cJSON *object, const cJSON *products, const char *source)
{
	static const struct {
		const char *name;
		int rank;
	} versions[] = {{"4.0", 40}, {"3.1", 31}, {"3.0", 30}, {"2.0", 20}};
	const char *version = ps_json_text(object, "version");

	if (!cJSON_IsObject(object))
		return;
	Score *score = g_new0(Score, 1);
	score->object = object;
	score->products = products;
	score->source = source;
	score->place = (int)scores->len;
	score->base = ps_json_number(object, "baseScore", 0);
	for (gsize i = 0; version && i < G_N_ELEMENTS(versions); i++)
		if (g_str_equal(versions[i].name, version))
			score->version = versions[i].rank;
	if (read_vector(score, read_numbers(score)))
		g_ptr_array_add(scores, score);
	else
		free_score(score);
}

static int
compare_scores(gconstpointer a, gconstpointer b)
{
	const Score *const *one = a, *const *other = b;

	if ((*one)->base > (*other)->base || (*one)->base < (*other)->base)
		return (*one)->base > (*other)->base ? -1 : 1;
	if ((*one)->version != (*other)->version)
		return (*other)->version - (*one)->version;
	return (*one)->place - (*other)->place;
}

/* "scores" of 2.0, "metrics" of 2.1; Score*, the preferred one first. */
static GPtrArray *
read_scores(const cJSON *flaw)
{
	static const char *const names[] = {"cvss_v4", "cvss_v3", "cvss_v2"};
	GPtrArray *scores = g_ptr_array_new_with_free_func(free_score);
	const cJSON *item;

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		cJSON_ArrayForEach (item, member(flaw, "scores"))
			add_score(scores, member(item, names[i]), member(item, "products"), NULL);
		cJSON_ArrayForEach (item, member(flaw, "metrics"))
			add_score(scores, member(member(item, "content"), names[i]),
				  member(item, "products"), ps_json_text(item, "source"));
	}
	g_ptr_array_sort(scores, compare_scores);
	return scores;
}

/* ---- writing ---- */

static char *
product_names(const PsWriting *writing, const cJSON *products)
{
	GString *text = g_string_new(NULL);
	const cJSON *id;

	cJSON_ArrayForEach (id, products) {
		if (cJSON_IsString(id))
			g_string_append_printf(text, "%s%s", text->len ? ", " : "",
					       ps_write_product(writing, id->valuestring));
	}
	return g_string_free(text, FALSE);
}

static void
write_score(PsWriting *writing, const Score *score, gboolean alone)
{
	const char *version = ps_json_text(score->object, "version");
	const char *vector = ps_json_text(score->object, "vectorString");
	g_autofree char *label = g_strdup_printf("CVSS %s", version ? version : "");
	g_autofree char *products = alone ? NULL : product_names(writing, score->products);

	ps_write_score(writing, label, vector ? vector : "", score->score, score->severity);
	if (score->base > 0 && fabs(score->base - score->score) > 0.01) {
		g_autofree char *base = g_strdup_printf("%.1f", CLAMP(score->base, 0, 10));
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_BASE_SCORE), base);
	}
	if (score->given) {
		g_autofree char *text =
			g_strdup_printf(ps_write_phrase(writing, PS_PHRASE_CONTRADICTION),
					score->given);
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_NOTE_OTHER), text);
	}
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_SOURCE), score->source);
	/* Which products it is for matters where there are several. */
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
}

static gboolean
all_the_same(const GPtrArray *scores)
{
	for (guint i = 1; i < scores->len; i++) {
		const Score *one = scores->pdata[0], *other = scores->pdata[i];
		if (!cJSON_Compare(one->products, other->products, TRUE))
			return FALSE;
	}
	return TRUE;
}

/* "Exploitation: Active"; where the document does not name them, "ssvc:E=A". */
static void
append_selection(GString *text, const cJSON *selection, const cJSON *value)
{
	const char *name = ps_json_text(selection, "name");
	const char *chosen = ps_json_text(value, "name"), *id = ps_json_text(value, "key");
	const char *space = ps_json_text(selection, "namespace");
	const char *key = ps_json_text(selection, "key");

	if (text->len > 0)
		g_string_append(text, "; ");
	if (name && (chosen || id))
		g_string_append_printf(text, "%s: %s", name, chosen ? chosen : id);
	else
		g_string_append_printf(text, "%s:%s=%s", space ? space : "", key ? key : "",
				       id ? id : "");
}

static void
write_ssvc(PsWriting *writing, const cJSON *list)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const cJSON *selection, *value;

	cJSON_ArrayForEach (selection, member(list, "selections"))
		cJSON_ArrayForEach (value, member(selection, "values"))
			append_selection(text, selection, value);
	ps_write_fact(writing, "SSVC", text->str);
}

static void
write_epss(PsWriting *writing, const cJSON *epss)
{
	const char *probability = ps_json_text(epss, "probability"),
		   *percentile = ps_json_text(epss, "percentile");
	g_autofree char *date = ps_write_date(ps_json_text(epss, "timestamp"));

	if (!probability)
		return;
	g_autofree char *text =
		g_strdup_printf("%s%s%s%s%s%s%s", probability, percentile ? " (" : "",
				percentile ? ps_write_phrase(writing, PS_PHRASE_PERCENTILE) : "",
				percentile ? " " : "", percentile ? percentile : "",
				percentile ? ")" : "", date ? ", " : "");
	g_autofree char *whole = g_strconcat(text, date, NULL);
	ps_write_fact(writing, "EPSS", whole);
}

static void
write_others(PsWriting *writing, const cJSON *metric, gboolean alone)
{
	const cJSON *content = member(metric, "content");
	const char *rating = ps_json_text(content, "qualitative_severity_rating");
	g_autofree char *word = rating ? g_ascii_strup(rating, -1) : NULL;

	write_ssvc(writing, member(content, "ssvc_v2"));
	write_epss(writing, member(content, "epss"));
	if (word)
		ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_SEVERITY),
			      ps_write_token(writing, word));
	if (alone || (!word && !member(content, "ssvc_v2") && !member(content, "epss")))
		return;
	g_autofree char *products = product_names(writing, member(metric, "products"));
	ps_write_fact(writing, ps_write_phrase(writing, PS_PHRASE_APPLIES_TO), products);
}

void
ps_write_scores(PsWriting *writing, const cJSON *flaw)
{
	g_autoptr(GPtrArray) scores = read_scores(flaw);
	gboolean alone = all_the_same(scores);
	int metrics = cJSON_GetArraySize(member(flaw, "metrics"));
	const cJSON *item;

	if (!scores->len && !cJSON_IsArray(member(flaw, "metrics")))
		return;
	ps_write_heading(writing, 3, ps_write_phrase(writing, PS_PHRASE_SCORES));
	for (guint i = 0; i < scores->len; i++)
		write_score(writing, scores->pdata[i], alone);
	cJSON_ArrayForEach (item, member(flaw, "metrics"))
		write_others(writing, item, metrics < 2);
}

const char *
ps_worst_severity(const cJSON *document)
{
	static const char *const words[] = {"NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
	const cJSON *flaw;
	int worst = -1;

	cJSON_ArrayForEach (flaw, member(document, "vulnerabilities")) {
		g_autoptr(GPtrArray) scores = read_scores(flaw);
		for (guint i = 0; i < scores->len; i++) {
			const Score *score = scores->pdata[i];
			for (int w = 0; score->severity && w < (int)G_N_ELEMENTS(words); w++)
				if (g_str_equal(score->severity, words[w]))
					worst = MAX(worst, w);
		}
	}
	return worst < 0 ? NULL : words[worst];
}
