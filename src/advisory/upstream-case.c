#include "config.h"

/* From a document that came in to a case. */

#include "advisory/upstream.h"

#include <string.h>

#include "advisory/build.h"
#include "advisory/upstream-internal.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "scoring/cvss.h"

typedef struct {
	PsTxn *txn;
	const PsUpstream *upstream;
	const char *case_id;
	const char *source; /* of its scores */
} Taking;

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- texts ---- */

/* The notes of the first category that there are any of. New string or NULL. */
static char *
note_text(const cJSON *notes)
{
	static const char *const categories[] = {"description", "summary", "details", "general"};
	g_autoptr(GString) text = g_string_new(NULL);
	const cJSON *note;

	for (gsize i = 0; i < G_N_ELEMENTS(categories) && text->len == 0; i++)
		cJSON_ArrayForEach (note, notes) {
			const char *words = ps_json_text(note, "text");
			if (words && g_strcmp0(ps_json_text(note, "category"), categories[i]) == 0)
				g_string_append_printf(text, "%s%s", text->len > 0 ? "\n\n" : "",
						       words);
		}
	return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

/* A date of the document in our form; NULL where there is none that can be read. New string. */
static char *
date_text(const cJSON *object, const char *first, const char *second)
{
	const char *text = ps_json_text(object, first);
	gint64 at;

	if (!text && second)
		text = ps_json_text(object, second);
	return text && ps_utc_parse(text, &at, NULL) ? ps_utc_format(at) : NULL;
}

/* ---- vulnerabilities ---- */

/* Only one that is in the catalogue. Lent. */
static const char *
weakness_of(const cJSON *flaw)
{
	const cJSON *first = member(flaw, "cwes");
	const char *id = ps_json_text(first ? first->child : member(flaw, "cwe"), "id");
	g_autoptr(cJSON) known = id ? ps_build_cwe(id) : NULL;

	return known ? id : NULL;
}

static char *
flaw_title(const Taking *taking, const cJSON *flaw)
{
	char *title = ps_upstream_line(ps_json_text(flaw, "title"));

	if (!title)
		title = ps_upstream_line(ps_json_text(flaw, "cve"));
	return title ? title : ps_upstream_line(taking->upstream->title);
}

/* "CVE-…" of the document, if it is one. */
static const char *
cve_of(const cJSON *flaw)
{
	const char *cve = ps_json_text(flaw, "cve");

	return cve && g_regex_match_simple("^CVE-[0-9]{4}-[0-9]{4,}$", cve, 0, 0) ? cve : NULL;
}

static char *
new_flaw(const Taking *taking, const cJSON *flaw, GError **error)
{
	g_autofree char *title = flaw_title(taking, flaw);
	g_autofree char *description = note_text(member(flaw, "notes"));
	g_autofree char *discovered = date_text(flaw, "discovery_date", NULL);
	g_autofree char *public = date_text(flaw, "release_date", "disclosure_date");
	const cJSON *exploited = member(flaw, "first_known_exploitation_dates");
	const char *pairs[] = {"case",
			       taking->case_id,
			       "title",
			       title,
			       "cve",
			       cve_of(flaw),
			       "cwe",
			       weakness_of(flaw),
			       "description",
			       description,
			       "discovered_at",
			       discovered,
			       "public_at",
			       public,
			       "exploited",
			       exploited && exploited->child ? "active" : NULL,
			       NULL};

	return ps_edit_new(taking->txn, "vulnerability", (char *const *)pairs, error);
}

/* The same CVE, or the same title where there is none. */
static gboolean
is_same_flaw(const PsRecord *record, const char *cve, const char *title)
{
	const char *there = ps_record_text(record, "cve");

	if (cve)
		return g_strcmp0(there, cve) == 0;
	return !there && g_strcmp0(ps_record_text(record, "title"), title) == 0;
}

/* The case's own vulnerability, as a new string; *there says whether it was there. */
static char *
need_flaw(const Taking *taking, const cJSON *flaw, gboolean *there, GError **error)
{
	g_autofree char *title = flaw_title(taking, flaw);
	g_autoptr(GPtrArray) flaws = ps_store_children(ps_txn_store(taking->txn), "vulnerability",
						       taking->case_id, error);

	*there = FALSE;
	if (!flaws)
		return NULL;
	for (guint i = 0; i < flaws->len; i++)
		if (is_same_flaw(flaws->pdata[i], cve_of(flaw), title)) {
			*there = TRUE;
			return g_strdup(ps_record_id(flaws->pdata[i]));
		}
	return new_flaw(taking, flaw, error);
}

/* ---- scores: the highest of each version ---- */

enum { VERSIONS = 4 };

static void
keep_highest(PsCvss *best, int *highest, const cJSON *object)
{
	const char *vector = ps_json_text(object, "vectorString");
	PsCvss cvss;
	PsCvssScores scores;

	if (!vector || !ps_cvss_parse_text(vector, &cvss, NULL) || !ps_cvss_score(&cvss, &scores) ||
	    (int)cvss.version >= VERSIONS || scores.overall <= highest[cvss.version])
		return;
	highest[cvss.version] = scores.overall;
	best[cvss.version] = cvss;
}

static void
look_at_scores(PsCvss *best, int *highest, const cJSON *flaw)
{
	static const char *const members[] = {"cvss_v2", "cvss_v3", "cvss_v4"};
	const cJSON *item;

	cJSON_ArrayForEach (item, member(flaw, "scores"))
		for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
			keep_highest(best, highest, member(item, members[i]));
	cJSON_ArrayForEach (item, member(flaw, "metrics"))
		for (gsize i = 0; i < G_N_ELEMENTS(members); i++)
			keep_highest(best, highest, member(member(item, "content"), members[i]));
}

static gboolean
take_scores(const Taking *taking, const cJSON *flaw, const char *vulnerability, GError **error)
{
	PsCvss best[VERSIONS];
	int highest[VERSIONS] = {-1, -1, -1, -1};
	char vector[PS_CVSS_VECTOR_MAX];

	look_at_scores(best, highest, flaw);
	for (int i = 0; i < VERSIONS; i++) {
		if (highest[i] < 0)
			continue;
		ps_cvss_format(&best[i], vector);
		const char *pairs[] = {"case",        taking->case_id, "vulnerability",
				       vulnerability, "vector",        vector,
				       "source",      taking->source,  NULL};
		g_autofree char *id =
			ps_edit_new(taking->txn, "score", (char *const *)pairs, error);
		if (!id)
			return FALSE;
	}
	return TRUE;
}

/* ---- references ---- */

static gboolean
take_references(const Taking *taking, const cJSON *list, GHashTable *known, GError **error)
{
	const cJSON *reference;

	cJSON_ArrayForEach (reference, list) {
		g_autofree char *url = ps_upstream_line(ps_json_text(reference, "url"));
		g_autofree char *summary = ps_upstream_line(ps_json_text(reference, "summary"));
		if (!url || g_hash_table_contains(known, url))
			continue;
		const char *pairs[] = {"case",     taking->case_id, "url",
				       url,        "summary",       summary ? summary : url,
				       "category", "external",      NULL};
		g_autofree char *id =
			ps_edit_new(taking->txn, "reference", (char *const *)pairs, error);
		if (!id)
			return FALSE;
		g_hash_table_add(known, g_steal_pointer(&url));
	}
	return TRUE;
}

static gboolean
take_all_references(const Taking *taking, GError **error)
{
	const cJSON *document = taking->upstream->document, *flaw;
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) there =
		ps_store_children(ps_txn_store(taking->txn), "reference", taking->case_id, error);

	if (!there)
		return FALSE;
	for (guint i = 0; i < there->len; i++)
		g_hash_table_add(known, g_strdup(ps_record_text(there->pdata[i], "url")));
	if (!take_references(taking, ps_json_at(document, "/document/references"), known, error))
		return FALSE;
	cJSON_ArrayForEach (flaw, member(document, "vulnerabilities"))
		if (!take_references(taking, member(flaw, "references"), known, error))
			return FALSE;
	return TRUE;
}

/* ---- status ---- */

static gboolean
lists(const cJSON *list, const char *text)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		if (cJSON_IsString(item) && g_str_equal(item->valuestring, text))
			return TRUE;
	return FALSE;
}

/* A flag or threat speaks of a product, by itself or in a group. */
static gboolean
speaks_of(const Taking *taking, const cJSON *item, const char *product_id)
{
	const cJSON *group;

	if (lists(member(item, "product_ids"), product_id))
		return TRUE;
	cJSON_ArrayForEach (group, ps_json_at(taking->upstream->document,
					      "/product_tree/product_groups")) {
		const char *id = ps_json_text(group, "group_id");
		if (id && lists(member(item, "group_ids"), id) &&
		    lists(member(group, "product_ids"), product_id))
			return TRUE;
	}
	return FALSE;
}

static const char *
justification_of(const Taking *taking, const cJSON *flaw, const char *product_id)
{
	const PsField *field = ps_kind_field(ps_kind_find("affected"), "justification");
	const cJSON *flag;

	cJSON_ArrayForEach (flag, member(flaw, "flags")) {
		const char *label = ps_json_text(flag, "label");
		if (label && g_strv_contains(field->choices, label) &&
		    speaks_of(taking, flag, product_id))
			return label;
	}
	return NULL;
}

static const char *
impact_of(const Taking *taking, const cJSON *flaw, const char *product_id)
{
	const cJSON *threat;

	cJSON_ArrayForEach (threat, member(flaw, "threats"))
		if (g_strcmp0(ps_json_text(threat, "category"), "impact") == 0 &&
		    speaks_of(taking, threat, product_id))
			return ps_json_text(threat, "details");
	return NULL;
}

static gboolean
affect_release(const Taking *taking, const cJSON *flaw, const char *vulnerability,
	       const char *status, const char *product_id, const char *release, GError **error)
{
	gboolean harmless = g_str_equal(status, "known_not_affected");
	const char *pairs[] = {"case",
			       taking->case_id,
			       "vulnerability",
			       vulnerability,
			       "release",
			       release,
			       "status",
			       status,
			       "justification",
			       harmless ? justification_of(taking, flaw, product_id) : NULL,
			       "impact",
			       harmless ? impact_of(taking, flaw, product_id) : NULL,
			       NULL};
	g_autofree char *id = ps_edit_new(taking->txn, "affected", (char *const *)pairs, error);

	return id != NULL;
}

/* Releases that the case has judged for this vulnerability, or for all. */
static GHashTable *
judged_releases(const Taking *taking, const char *vulnerability, GError **error)
{
	g_autoptr(GPtrArray) there =
		ps_store_children(ps_txn_store(taking->txn), "affected", taking->case_id, error);
	GHashTable *judged = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; there && i < there->len; i++) {
		const char *of = ps_record_text(there->pdata[i], "vulnerability");
		if (!of || g_str_equal(of, vulnerability))
			g_hash_table_add(judged,
					 g_strdup(ps_record_text(there->pdata[i], "release")));
	}
	if (!there)
		g_clear_pointer(&judged, g_hash_table_unref);
	return judged;
}

static gboolean
affect_product(const Taking *taking, const cJSON *flaw, const char *vulnerability,
	       const char *status, const char *product_id, GHashTable *judged, GError **error)
{
	const PsUpstreamProduct *product = ps_upstream_product_find(taking->upstream, product_id);

	for (guint i = 0; product && i < product->matches->len; i++) {
		const PsUpstreamMatch *match = product->matches->pdata[i];
		if (ps_upstream_confidence_rank(match->confidence) < 1 ||
		    !g_hash_table_add(judged, g_strdup(match->release)))
			continue;
		if (!affect_release(taking, flaw, vulnerability, status, product_id, match->release,
				    error))
			return FALSE;
	}
	return TRUE;
}

/* Where several products are the same release of ours, the graver status counts. */
static gboolean
take_status(const Taking *taking, const cJSON *flaw, const char *vulnerability, GError **error)
{
	static const char *const statuses[] = {"known_affected",     "first_affected",
					       "last_affected",      "under_investigation",
					       "first_fixed",        "fixed",
					       "known_not_affected", "recommended"};
	g_autoptr(GHashTable) judged = judged_releases(taking, vulnerability, error);
	const cJSON *id;

	if (!judged)
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
		cJSON_ArrayForEach (id, member(member(flaw, "product_status"), statuses[i]))
			if (cJSON_IsString(id) &&
			    !affect_product(taking, flaw, vulnerability, statuses[i],
					    id->valuestring, judged, error))
				return FALSE;
	return TRUE;
}

/* ---- all of it ---- */

static gboolean
take_flaws(const Taking *taking, GError **error)
{
	const cJSON *flaw;

	cJSON_ArrayForEach (flaw, member(taking->upstream->document, "vulnerabilities")) {
		gboolean there = FALSE;
		g_autofree char *id = need_flaw(taking, flaw, &there, error);
		if (!id || (!there && !take_scores(taking, flaw, id, error)) ||
		    !take_status(taking, flaw, id, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
take(PsTxn *txn, const PsUpstream *upstream, const char *id, const char *case_id, GError **error)
{
	g_autofree char *ours = ps_store_config(ps_txn_store(txn), "org.namespace");
	const Taking taking = {txn, upstream, case_id,
			       g_strcmp0(ours, upstream->namespace) == 0 ? "ours" : "CNA"};
	g_autofree char *text =
		g_strdup_printf(_("Taken over from the upstream advisory “%s”, version %s, of %s."),
				upstream->tracking_id, upstream->version, upstream->publisher);

	return take_flaws(&taking, error) && take_all_references(&taking, error) &&
	       ps_txn_set(txn, "upstream_advisory", id, "case", case_id, PS_ANY, error) &&
	       ps_txn_set(txn, "upstream_advisory", id, "state", "taken_over", PS_ANY, error) &&
	       ps_case_event(txn, case_id, "other", text, error);
}

static char *
new_case(PsTxn *txn, const PsUpstream *upstream, GError **error)
{
	g_autofree char *title = ps_upstream_line(upstream->title);
	g_autofree char *summary = note_text(ps_json_at(upstream->document, "/document/notes"));
	const char *pairs[] = {"title",   title && *title ? title : upstream->tracking_id,
			       "tlp",     upstream->tlp ? upstream->tlp : "AMBER",
			       "summary", summary,
			       NULL};

	return ps_edit_new(txn, "case", (char *const *)pairs, error);
}

static gboolean
refuse_second(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "upstream_advisory", id, error);
	const char *of = record ? ps_record_text(record, "case") : NULL;
	g_autoptr(PsRecord) there = of ? ps_store_get(store, "case", of, NULL) : NULL;

	if (there)
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("The upstream advisory “%s” bears on case “%s” already."),
			    ps_record_text(record, "tracking_id"), ps_record_name(there));
	return record && !there;
}

char *
ps_upstream_open_case(PsStore *store, const char *id, GError **error)
{
	g_autofree char *upstream_id = ps_store_resolve(store, "upstream_advisory", id, error);
	g_autoptr(PsUpstream) upstream = upstream_id && refuse_second(store, upstream_id, error)
						 ? ps_upstream_load(store, upstream_id, error)
						 : NULL;
	g_autoptr(PsTxn) txn = upstream ? ps_txn_begin(store, "csaf.case", error) : NULL;
	g_autofree char *case_id = txn ? new_case(txn, upstream, error) : NULL;

	if (!case_id || !take(txn, upstream, upstream_id, case_id, error) ||
	    !ps_txn_commit(txn, error))
		return NULL;
	return g_steal_pointer(&case_id);
}

gboolean
ps_upstream_into_case(PsStore *store, const char *id, const char *case_id, GError **error)
{
	g_autofree char *upstream_id = ps_store_resolve(store, "upstream_advisory", id, error);
	g_autofree char *of = upstream_id ? ps_store_resolve(store, "case", case_id, error) : NULL;
	g_autoptr(PsUpstream) upstream = of ? ps_upstream_load(store, upstream_id, error) : NULL;
	g_autoptr(PsTxn) txn = upstream ? ps_txn_begin(store, "csaf.case", error) : NULL;

	return txn && take(txn, upstream, upstream_id, of, error) && ps_txn_commit(txn, error);
}

/* ---- the analyst's own match ---- */

static gboolean
affect_assigned(PsTxn *txn, const PsRecord *row, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	const char *id = ps_record_text(row, "upstream");
	g_autoptr(PsUpstream) upstream = ps_upstream_load(store, id, error);
	g_autoptr(PsRecord) record =
		upstream ? ps_store_get(store, "upstream_advisory", id, error) : NULL;
	const char *of = record ? ps_record_text(record, "case") : NULL;
	const cJSON *flaw;

	if (!record)
		return FALSE;
	const Taking taking = {txn, upstream, of, NULL};
	if (!of)
		return TRUE;
	cJSON_ArrayForEach (flaw, member(upstream->document, "vulnerabilities")) {
		gboolean there = FALSE;
		g_autofree char *flaw_id = need_flaw(&taking, flaw, &there, error);
		if (!flaw_id || !take_status(&taking, flaw, flaw_id, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
ps_upstream_assign(PsStore *store, const char *id, const char *release, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "csaf.match", error);
	g_autoptr(PsRecord) row = txn ? ps_store_get(store, "upstream_product", id, error) : NULL;
	g_autofree char *of =
		row && release ? ps_store_resolve(store, "release", release, error) : NULL;

	if (!row || (release && !of))
		return FALSE;
	return ps_txn_set(txn, "upstream_product", ps_record_id(row), "release", of, PS_ANY,
			  error) &&
	       ps_txn_set(txn, "upstream_product", ps_record_id(row), "confidence",
			  of ? "analyst" : NULL, PS_ANY, error) &&
	       ps_txn_set(txn, "upstream_product", ps_record_id(row), "reason",
			  of ? _("An analyst said so.") : _("It is none of ours, an analyst said."),
			  PS_ANY, error) &&
	       (!of || affect_assigned(txn, row, error)) && ps_txn_commit(txn, error);
}
