#include "config.h"

/* /vulnerabilities[]/scores and what goes with them: CSAF 2.0 section 3.2.3.13. The document speaks
 * in our name, so only our own scores are in it. */

#include "advisory/build.h"

#include <string.h>

#include "advisory/cvss-object.h"
#include "advisory/item.h"
#include "advisory/phrase.h"
#include "registry/own-product.h"

/* ---- which scores ---- */

/* Without a vulnerability it belongs to the case's only one. */
static gboolean
speaks_of(const PsFacts *facts, const PsRecord *score, const PsRecord *vulnerability)
{
	const char *of = ps_record_text(score, "vulnerability");
	const char *source = ps_record_text(score, "source");

	if (source && !g_str_equal(source, "ours"))
		return FALSE;
	return of ? g_str_equal(of, ps_record_id(vulnerability)) : facts->vulnerabilities->len == 1;
}

/* 3.0 and 3.1 share a place: one object of CVSS 3 per product is what readers expect. */
static int
place_of(const PsRecord *score)
{
	static const char *const places[] = {"2.0", "3.0", "3.1", "4.0"};
	const char *version = ps_record_text(score, "version");

	for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
		if (g_strcmp0(places[i], version) == 0)
			return (int)i;
	return -1;
}

/* The newest of each version. `product`: id of the release or combination that they were given for;
 * NULL: those of the vulnerability itself. */
static GPtrArray *
scores_for(const PsFacts *facts, const PsRecord *vulnerability, const char *product)
{
	const PsRecord *newest[4] = {NULL};
	GPtrArray *scores = g_ptr_array_new();

	for (guint i = 0; i < facts->scores->len; i++) {
		const PsRecord *score = facts->scores->pdata[i];
		int place = place_of(score);
		if (place >= 0 && speaks_of(facts, score, vulnerability) &&
		    g_strcmp0(ps_own_product_of(score), product) == 0)
			newest[place] = score;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(newest); i++)
		if (newest[i] && !(i == 1 && newest[2]))
			g_ptr_array_add(scores, (gpointer)newest[i]);
	return scores;
}

GPtrArray *
ps_build_scores_of(const PsFacts *facts, const PsRecord *vulnerability)
{
	return scores_for(facts, vulnerability, NULL);
}

/* ---- objects ---- */

static const char *
member_of(const PsRecord *score)
{
	const char *version = ps_record_text(score, "version");

	if (g_strcmp0(version, "4.0") == 0)
		return NULL;
	return g_strcmp0(version, "2.0") == 0 ? "cvss_v2" : "cvss_v3";
}

static gboolean
parse(const PsRecord *record, PsCvss *cvss)
{
	const char *vector = ps_record_text(record, "vector");

	return vector && ps_cvss_parse_text(vector, cvss, NULL);
}

static void
add_cvss(cJSON *score, const PsRecord *record)
{
	const char *member = member_of(record);
	PsCvss cvss;

	if (!member || !parse(record, &cvss))
		return;
	cJSON *object = ps_cvss_object(&cvss);
	if (object)
		ps_put(score, member, object);
}

static gboolean
has_status(const PsStanding *standing, gboolean affected)
{
	return affected ? ps_status_is_affected(standing->status)
			: g_str_equal(standing->status, "under_investigation");
}

/* For whom scores count: the affected products; while none is known, those that are looked at. */
static GPtrArray *
scored_products(GPtrArray *standings)
{
	GPtrArray *scored = g_ptr_array_new();

	for (int affected = 1; affected >= 0 && scored->len == 0; affected--)
		for (guint i = 0; i < standings->len; i++)
			if (has_status(standings->pdata[i], affected))
				g_ptr_array_add(scored, standings->pdata[i]);
	return scored;
}

/* The item for a set of records: "cvss" for those of the vulnerability itself. */
static cJSON *
need_score(cJSON *list, GPtrArray *records, const char *product)
{
	g_autofree char *key = product ? g_strconcat("cvss-", product, NULL) : g_strdup("cvss");
	cJSON *score = ps_child(list, key, NULL);

	if (score)
		return score;
	score = ps_item_new(list, key);
	for (guint i = 0; i < records->len; i++)
		add_cvss(score, records->pdata[i]);
	return score;
}

static gboolean
has_member(GPtrArray *records, const char *member)
{
	for (guint i = 0; i < records->len; i++)
		if (g_strcmp0(member_of(records->pdata[i]), member) == 0)
			return TRUE;
	return FALSE;
}

/* The scores that are given for a product, and the more general ones for the versions that it has
 * none of: a product has one score a version (test 6.1.7). */
static void
add_missing(GPtrArray *records, GPtrArray *general)
{
	g_autoptr(GPtrArray) lacking = g_ptr_array_new();

	for (guint i = 0; i < general->len; i++)
		if (!has_member(records, member_of(general->pdata[i])))
			g_ptr_array_add(lacking, general->pdata[i]);
	g_ptr_array_extend(records, lacking, NULL, NULL);
}

/* What counts for a product: scores of the combination, of the release, of the vulnerability.
 * *own: the id of the first two that there are any of; NULL: none. */
static GPtrArray *
records_for(const PsFacts *facts, const PsStanding *standing, const PsRecord *vulnerability,
	    GPtrArray *general, const char **own)
{
	const char *release = ps_record_id(standing->release);
	GPtrArray *records = scores_for(facts, vulnerability, standing->product_id);

	*own = records->len > 0 ? standing->product_id : NULL;
	if (standing->relationship) {
		g_autoptr(GPtrArray) of_release = scores_for(facts, vulnerability, release);
		if (!*own && of_release->len > 0)
			*own = release;
		add_missing(records, of_release);
	}
	add_missing(records, general);
	return records;
}

cJSON *
ps_build_scores(const PsFacts *facts, GPtrArray *standings, const PsRecord *vulnerability)
{
	g_autoptr(GPtrArray) general = scores_for(facts, vulnerability, NULL);
	g_autoptr(GPtrArray) scored = scored_products(standings);
	cJSON *list = cJSON_CreateArray(), *next;

	for (guint i = 0; i < scored->len; i++) {
		const PsStanding *standing = scored->pdata[i];
		const char *own;
		g_autoptr(GPtrArray) records =
			records_for(facts, standing, vulnerability, general, &own);
		cJSON *score = need_score(list, records, own);
		if (score->child)
			ps_item_text(ps_need(score, "products", TRUE), NULL, standing->product_id);
	}
	for (cJSON *score = list->child; score; score = next) {
		next = score->next;
		if (!score->child)
			cJSON_Delete(cJSON_DetachItemViaPointer(list, score));
	}
	return list;
}

/* ---- notes ---- */

static void
add_note(cJSON *notes, const char *key, const char *category, const char *title, const char *text)
{
	cJSON *note = ps_item_new(notes, key);

	ps_put_text(note, "category", category);
	ps_put_text(note, "text", text);
	ps_put_text(note, "title", title);
}

static void
add_cvss_4_note(cJSON *notes, const PsFacts *facts, const PsRecord *record)
{
	const char *lang = ps_facts_lang(facts), *product = ps_own_product_of(record);
	PsCvss cvss;
	PsCvssScores scores;
	char score[PS_CVSS_TENTHS_MAX], canonical[PS_CVSS_VECTOR_MAX];

	if (!parse(record, &cvss) || cvss.version != PS_CVSS_4_0 || !ps_cvss_score(&cvss, &scores))
		return;
	g_autofree char *token = g_ascii_strup(scores.severity, -1);
	const char *severity = ps_phrase_token(lang, token);
	ps_cvss_tenths(scores.overall, score);
	ps_cvss_format(&cvss, canonical);
	g_autofree char *text = g_strdup_printf(ps_phrase(lang, PS_PHRASE_CVSS4_TEXT), score,
						severity ? severity : token, canonical);
	g_autofree char *name = product ? ps_build_name_of(facts, product) : NULL;
	g_autofree char *title =
		name ? g_strdup_printf(ps_phrase(lang, PS_PHRASE_CVSS4_TITLE_OF), name)
		     : g_strdup(ps_phrase(lang, PS_PHRASE_CVSS4_TITLE));
	g_autofree char *key = name ? g_strconcat("cvss4-", product, NULL) : g_strdup("cvss4");
	add_note(notes, key, "other", title, text);
}

/* "AV: …" a line, in the order in which they were given. */
static void
add_reasons(cJSON *notes, const PsFacts *facts, const PsRecord *score)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < facts->reasons->len; i++) {
		const PsRecord *reason = facts->reasons->pdata[i];
		const char *why = ps_record_text(reason, "reason");
		if (why && g_strcmp0(ps_record_text(reason, "score"), ps_record_id(score)) == 0)
			g_string_append_printf(text, "%s%s: %s", text->len > 0 ? "\n" : "",
					       ps_record_text(reason, "metric"), why);
	}
	if (text->len == 0)
		return;
	g_autofree char *title =
		g_strdup_printf(ps_phrase(ps_facts_lang(facts), PS_PHRASE_REASONS_TITLE),
				ps_record_text(score, "version"));
	g_autofree char *key = g_strconcat("reasons-", ps_record_id(score), NULL);
	add_note(notes, key, "details", title, text->str);
}

static void
add_notes(cJSON *notes, const PsFacts *facts, GPtrArray *scores)
{
	for (guint i = 0; i < scores->len; i++) {
		add_cvss_4_note(notes, facts, scores->pdata[i]);
		add_reasons(notes, facts, scores->pdata[i]);
	}
}

void
ps_build_score_notes(cJSON *notes, const PsFacts *facts, GPtrArray *standings,
		     const PsRecord *vulnerability)
{
	g_autoptr(GPtrArray) general = scores_for(facts, vulnerability, NULL);
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);

	add_notes(notes, facts, general);
	for (guint i = 0; i < standings->len; i++) {
		const PsStanding *standing = standings->pdata[i];
		const char *products[] = {ps_record_id(standing->release), standing->product_id};
		for (gsize j = 0; j < G_N_ELEMENTS(products); j++) {
			if (!g_hash_table_add(told, (gpointer)products[j]))
				continue;
			g_autoptr(GPtrArray) own = scores_for(facts, vulnerability, products[j]);
			add_notes(notes, facts, own);
		}
	}
}

/* ---- all vulnerabilities together ---- */

cJSON *
ps_build_severity(const PsFacts *facts)
{
	cJSON *severity = cJSON_CreateObject();
	const char *word = NULL;
	int highest = -1;

	for (guint i = 0; i < facts->vulnerabilities->len; i++) {
		g_autoptr(GPtrArray) scores =
			scores_for(facts, facts->vulnerabilities->pdata[i], NULL);
		for (guint j = 0; j < scores->len; j++) {
			PsCvss cvss;
			PsCvssScores values;
			if (parse(scores->pdata[j], &cvss) && ps_cvss_score(&cvss, &values) &&
			    values.overall > highest) {
				highest = values.overall;
				word = values.severity;
			}
		}
	}
	if (word) {
		ps_put_text(severity, "namespace", "https://www.first.org/cvss/");
		ps_put_text(severity, "text", word);
	}
	return severity;
}
