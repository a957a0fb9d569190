#include "config.h"

#include "advisory/document-2-1.h"

#include <string.h>

#include "advisory/csaf-convert.h"
#include "advisory/cvss-object.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "advisory/phrase.h"
#include "base/utc.h"
#include "cases/ssvc.h"
#include "registry/own-product.h"

typedef struct {
	PsStore *store;
	const PsAdvisory *advisory;
	cJSON *root;
} Writing;

/* ---- products ---- */

static void
add_group(cJSON *list, const cJSON *status, const char *group)
{
	const cJSON *id;

	cJSON_ArrayForEach (id, cJSON_GetObjectItemCaseSensitive(status, group)) {
		if (cJSON_IsString(id))
			ps_item_text(list, NULL, id->valuestring);
	}
}

/* For whom a score counts: the affected products; while none is known, those that are looked at. */
static cJSON *
scored_products(const cJSON *flaw)
{
	static const char *const groups[] = {"first_affected", "known_affected", "last_affected"};
	const cJSON *status = cJSON_GetObjectItemCaseSensitive(flaw, "product_status");
	cJSON *list = cJSON_CreateArray();

	for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
		add_group(list, status, groups[i]);
	if (!list->child)
		add_group(list, status, "under_investigation");
	return list;
}

/* Takes `content` and `products`; nothing is added without products. */
static void
add_metric(cJSON *flaw, const char *key, const char *member, cJSON *content, cJSON *products)
{
	if (!content || !products->child) {
		cJSON_Delete(content);
		cJSON_Delete(products);
		return;
	}
	cJSON *metric = ps_item_new(ps_need(flaw, "metrics", TRUE), key);
	cJSON_AddItemToObject(cJSON_AddObjectToObject(metric, "content"), member, content);
	cJSON_AddItemToObject(metric, "products", products);
}

/* Whether a record of the case speaks of the vulnerability: without one, of the only one. */
static gboolean
speaks_of(const Writing *writing, const PsRecord *record, const char *vulnerability)
{
	const char *of = ps_record_text(record, "vulnerability");

	return of ? g_str_equal(of, vulnerability)
		  : writing->advisory->facts->vulnerabilities->len == 1;
}

/* ---- CVSS 4.0 ---- */

static gboolean
is_ours_4_0(const Writing *writing, const PsRecord *score, const char *vulnerability)
{
	const char *source = ps_record_text(score, "source");

	return g_strcmp0(ps_record_text(score, "version"), "4.0") == 0 &&
	       (!source || g_str_equal(source, "ours")) && speaks_of(writing, score, vulnerability);
}

static cJSON *
cvss_of(const PsRecord *score)
{
	const char *vector = ps_record_text(score, "vector");
	PsCvss cvss;

	return vector && ps_cvss_parse_text(vector, &cvss, NULL) && cvss.version == PS_CVSS_4_0
		       ? ps_cvss_object(&cvss)
		       : NULL;
}

static void
remove_item(cJSON *flaw, const char *list_name, const char *key)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(flaw, list_name);

	for (cJSON *item = list ? list->child : NULL, *next; item; item = next) {
		next = item->next;
		if (g_strcmp0(item->string, key) == 0)
			cJSON_Delete(cJSON_DetachItemViaPointer(list, item));
	}
	if (list && !list->child)
		cJSON_DeleteItemFromObjectCaseSensitive(flaw, list_name);
}

/* A combination's own score, else that of its release; NULL: it has none of its own. */
static const PsRecord *
own_score(const Writing *writing, GHashTable *own, const char *product)
{
	const PsRecord *pair = ps_facts_relationship(writing->advisory->facts, product);
	const PsRecord *score = g_hash_table_lookup(own, product);

	return score || !pair ? score : g_hash_table_lookup(own, ps_record_text(pair, "release"));
}

/* What 2.0 had to say in notes has a place here: for all products, and for single ones. */
static void
remove_cvss_4_notes(cJSON *flaw, const PsRecord *common, GHashTable *own)
{
	GHashTableIter iter;
	gpointer product;

	if (common)
		remove_item(flaw, "notes", "cvss4");
	g_hash_table_iter_init(&iter, own);
	while (g_hash_table_iter_next(&iter, &product, NULL)) {
		g_autofree char *key = g_strconcat("cvss4-", product, NULL);
		remove_item(flaw, "notes", key);
	}
}

/* The newest score of all products, and the newest of each release or combination that has one of
 * its own. */
static void
add_cvss_4(const Writing *writing, cJSON *flaw)
{
	const GPtrArray *scores = writing->advisory->facts->scores;
	g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(cJSON) products = scored_products(flaw);
	const PsRecord *common = NULL;
	cJSON *item, *rest = cJSON_CreateArray();

	for (guint i = 0; i < scores->len; i++) {
		const PsRecord *score = scores->pdata[i];
		const char *product = ps_own_product_of(score);
		if (!is_ours_4_0(writing, score, flaw->string))
			continue;
		if (product)
			g_hash_table_replace(own, (gpointer)product, (gpointer)score);
		else
			common = score;
	}
	cJSON_ArrayForEach (item, products) {
		const PsRecord *score = own_score(writing, own, item->valuestring);
		cJSON *one = cJSON_CreateArray();
		ps_item_text(score ? one : rest, NULL, item->valuestring);
		add_metric(flaw, item->valuestring, "cvss_v4", score ? cvss_of(score) : NULL, one);
	}
	if (products->child)
		remove_cvss_4_notes(flaw, common, own);
	add_metric(flaw, "cvss4", "cvss_v4", common ? cvss_of(common) : NULL, rest);
}

/* ---- SSVC ---- */

/* Items of a list are known by a member of theirs, or by themselves. */
static void
key_items(cJSON *list, const char *member)
{
	cJSON *item;

	cJSON_ArrayForEach (item, list) {
		const char *key = member ? ps_json_text(item, member) : item->valuestring;
		if (key)
			ps_item_rekey(item, key);
	}
}

static cJSON *
selection_list(const Writing *writing, const PsRecord *walk, const cJSON *flaw, GError **error)
{
	cJSON *list = ps_ssvc_selection_list(writing->store, ps_record_id(walk),
					     ps_json_text(flaw, "cve"), TRUE, error);
	cJSON *selections = list ? ps_child(list, "selections", NULL) : NULL, *selection;

	if (!list)
		return NULL;
	cJSON_ArrayForEach (selection, selections)
		key_items(ps_child(selection, "values", NULL), "key");
	key_items(selections, "key");
	key_items(ps_child(list, "target_ids", NULL), NULL);
	return list;
}

/* The newest walk of each table. */
static gboolean
add_ssvc(const Writing *writing, cJSON *flaw, GPtrArray *walks, GError **error)
{
	g_autoptr(GHashTable) newest = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < walks->len; i++)
		if (speaks_of(writing, walks->pdata[i], flaw->string) &&
		    ps_record_text(walks->pdata[i], "tree"))
			g_hash_table_replace(newest,
					     (gpointer)ps_record_text(walks->pdata[i], "tree"),
					     walks->pdata[i]);
	for (guint i = 0; i < walks->len; i++) {
		const PsRecord *walk = walks->pdata[i];
		const char *tree = ps_record_text(walk, "tree");
		if (!tree || g_hash_table_lookup(newest, tree) != walk)
			continue;
		cJSON *list = selection_list(writing, walk, flaw, error);
		if (!list)
			return FALSE;
		add_metric(flaw, ps_record_id(walk), "ssvc_v2", list, scored_products(flaw));
	}
	return TRUE;
}

/* ---- dates ---- */

static const PsRecord *
record_of(const Writing *writing, const cJSON *flaw)
{
	const GPtrArray *list = writing->advisory->facts->vulnerabilities;

	for (guint i = 0; i < list->len; i++)
		if (g_strcmp0(ps_record_id(list->pdata[i]), flaw->string) == 0)
			return list->pdata[i];
	return NULL;
}

/* It was known from then on that it had been exploited; without that date, when it happened. */
static void
add_exploitation(cJSON *flaw, const PsRecord *record)
{
	gint64 at = ps_record_time(record, "exploited_at");
	gint64 known = ps_record_time(record, "exploitation_known_at");
	g_autoptr(cJSON) products = scored_products(flaw);

	if (at == PS_NO_TIME || !products->child)
		return;
	cJSON *item = ps_item_new(ps_need(flaw, "first_known_exploitation_dates", TRUE), "record");
	ps_put_time(item, "date", known == PS_NO_TIME ? at : known);
	ps_put_time(item, "exploitation_date", at);
	cJSON_AddItemToObject(item, "product_ids", g_steal_pointer(&products));
}

/* What nobody published before is public with the first version of this document. */
static void
add_disclosure(const Writing *writing, cJSON *flaw)
{
	const cJSON *tracking = ps_json_at(writing->root, "/document/tracking");
	const char *status = ps_json_text(tracking, "status");
	const char *label =
		ps_json_text(ps_json_at(writing->root, "/document/distribution/tlp"), "label");

	if (!cJSON_GetObjectItemCaseSensitive(flaw, "disclosure_date") &&
	    g_strcmp0(status, "draft") != 0 && g_strcmp0(label, "CLEAR") == 0)
		ps_put_text(flaw, "disclosure_date",
			    ps_json_text(tracking, "initial_release_date"));
}

/* ---- remedies ---- */

/* 2.0 has no word for a fix that is planned. */
static void
set_planned(const Writing *writing, cJSON *flaw)
{
	const GPtrArray *decisions = writing->advisory->facts->decisions;
	cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(flaw, "remediations")) {
		cJSON *category = cJSON_GetObjectItemCaseSensitive(item, "category");
		for (guint i = 0; i < decisions->len && cJSON_IsString(category); i++)
			if (g_strcmp0(ps_record_id(decisions->pdata[i]), item->string) == 0 &&
			    g_strcmp0(ps_record_text(decisions->pdata[i], "category"),
				      "fix_planned") == 0 &&
			    g_str_equal(category->valuestring, "none_available"))
				cJSON_SetValuestring(category, "fix_planned");
	}
}

/* ---- the document ---- */

/* Our labels are those of TLP 2.0; what 2.0 had to say in words is a label here. */
static void
set_label(const Writing *writing)
{
	const PsFacts *facts = writing->advisory->facts;
	const char *label = ps_record_text(facts->advisory, "tlp");
	cJSON *distribution = ps_json_at(writing->root, "/document/distribution");
	cJSON *given = ps_json_at(distribution, "/tlp/label");
	const char *text = ps_json_text(distribution, "text");

	if (!label || !cJSON_IsString(given) || !g_str_equal(label, "AMBER+STRICT"))
		return;
	cJSON_SetValuestring(given, label);
	if (text && g_str_equal(text, ps_phrase(ps_facts_lang(facts), PS_PHRASE_AMBER_STRICT)))
		cJSON_DeleteItemFromObjectCaseSensitive(distribution, "text");
}

static gboolean
add_records(const Writing *writing, GError **error)
{
	const char *case_id = ps_record_id(writing->advisory->facts->case_record);
	g_autoptr(GPtrArray) walks = ps_store_children(writing->store, "ssvc", case_id, error);
	cJSON *flaw;

	if (!walks)
		return FALSE;
	set_label(writing);
	cJSON_ArrayForEach (flaw,
			    cJSON_GetObjectItemCaseSensitive(writing->root, "vulnerabilities")) {
		const PsRecord *record = record_of(writing, flaw);
		add_disclosure(writing, flaw);
		set_planned(writing, flaw);
		if (!record)
			continue;
		add_cvss_4(writing, flaw);
		add_exploitation(flaw, record);
		if (!add_ssvc(writing, flaw, walks, error))
			return FALSE;
	}
	return TRUE;
}

cJSON *
ps_advisory_document_2_1(PsStore *store, const PsAdvisory *advisory, GPtrArray *notes,
			 GError **error)
{
	/* The registry's numbers are whole, and no clock is read. */
	const PsConvertOptions options = {.now = PS_NO_TIME, .whole_numbers = TRUE};
	g_autoptr(cJSON) root =
		ps_csaf_convert_with(ps_advisory_document(advisory), &options, notes, error);
	const Writing writing = {store, advisory, root};

	if (!root || !add_records(&writing, error))
		return NULL;
	ps_sort_members(root);
	return g_steal_pointer(&root);
}
