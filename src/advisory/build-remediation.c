#include "config.h"

/* /vulnerabilities[]/remediations from the case's decisions: CSAF 2.0 section 3.2.3.12.
 *
 * vendor_fix, no_fix_planned and none_available exclude each other for a product (section
 * 3.2.3.12.1), and decisions are made one after the other as work goes on: of these, the latest
 * category counts. Workarounds and mitigations stand beside them. */

#include "advisory/build.h"

#include <string.h>

#include "advisory/item.h"
#include "advisory/phrase.h"
#include "base/utc.h"

static const char *
category_of(const PsRecord *decision)
{
	const char *category = ps_record_text(decision, "category");

	/* CSAF 2.1 has a word for it; 2.0 says that there is none yet, and when it is expected. */
	return g_strcmp0(category, "fix_planned") == 0 ? "none_available" : category;
}

static gboolean
is_exclusive(const char *category)
{
	return g_strcmp0(category, "workaround") != 0 && g_strcmp0(category, "mitigation") != 0;
}

/* A decision for a combination, a release, the product of the release that has the fix, or all. */
static gboolean
is_meant(const PsFacts *facts, const PsRecord *decision, const PsStanding *standing)
{
	const char *pair = ps_record_text(decision, "relationship");
	const char *only = ps_record_text(decision, "release");
	const char *fixed_in = ps_record_text(decision, "fixed_in");
	const PsRecord *release = standing->release;

	if (pair)
		return g_str_equal(pair, standing->product_id);
	if (only)
		return g_str_equal(only, ps_record_id(release));
	if (fixed_in)
		return ps_facts_product_of(facts, fixed_in) ==
		       ps_facts_product_of(facts, ps_record_id(release));
	return TRUE;
}

static int
compare_decisions(gconstpointer a, gconstpointer b)
{
	const PsRecord *one = *(PsRecord *const *)a, *other = *(PsRecord *const *)b;
	gint64 x = ps_record_time(one, "decided_at"), y = ps_record_time(other, "decided_at");

	if (x != y)
		return x < y ? -1 : 1;
	return strcmp(ps_record_id(one), ps_record_id(other));
}

/* The raw category that counts for a product among those that exclude each other. */
static const char *
ruling_category(const PsFacts *facts, GPtrArray *decisions, const PsStanding *standing)
{
	const char *ruling = NULL;

	for (guint i = 0; i < decisions->len; i++) {
		const PsRecord *decision = decisions->pdata[i];
		const char *category = ps_record_text(decision, "category");
		if (is_exclusive(category) && is_meant(facts, decision, standing))
			ruling = category;
	}
	return ruling;
}

static cJSON *
products_of(const PsFacts *facts, GPtrArray *decisions, const PsRecord *decision,
	    GPtrArray *standings)
{
	const char *category = ps_record_text(decision, "category");
	cJSON *products = cJSON_CreateArray();

	for (guint i = 0; i < standings->len; i++) {
		const PsStanding *standing = standings->pdata[i];
		gboolean open = ps_status_is_affected(standing->status) ||
				g_str_equal(standing->status, "under_investigation");
		if (!open || !is_meant(facts, decision, standing))
			continue;
		if (is_exclusive(category) &&
		    g_strcmp0(ruling_category(facts, decisions, standing), category) != 0)
			continue;
		ps_item_text(products, NULL, standing->product_id);
	}
	return products;
}

/* ---- words, dates, links ---- */

/* The day on which a fix is to be expected, for people; NULL: not known. */
static char *
expected_day(const PsFacts *facts)
{
	gint64 due = ps_record_time(facts->case_record, "fix_due_at");

	if (due == PS_NO_TIME)
		return NULL;
	char *text = ps_utc_format(due);
	text[strlen("YYYY-MM-DD")] = '\0';
	return text;
}

static char *
standing_details(const PsFacts *facts, const PsRecord *decision)
{
	const char *lang = ps_facts_lang(facts);
	const char *category = ps_record_text(decision, "category");
	const PsRecord *fixed_in = ps_facts_release(facts, ps_record_text(decision, "fixed_in"));
	g_autofree char *day = expected_day(facts);

	if (g_strcmp0(category, "vendor_fix") == 0 && fixed_in) {
		g_autofree char *name = ps_build_product_name(facts, fixed_in);
		return g_strdup_printf(ps_phrase(lang, PS_PHRASE_UPDATE_TO), name);
	}
	if (g_strcmp0(category, "fix_planned") == 0)
		return day ? g_strdup_printf(ps_phrase(lang, PS_PHRASE_FIX_PLANNED_BY), day)
			   : g_strdup(ps_phrase(lang, PS_PHRASE_FIX_PLANNED));
	if (g_strcmp0(category, "no_fix_planned") == 0)
		return g_strdup(ps_phrase(lang, PS_PHRASE_NO_FIX_PLANNED));
	if (g_strcmp0(category, "none_available") == 0)
		return g_strdup(ps_phrase(lang, PS_PHRASE_NONE_AVAILABLE));
	return NULL;
}

/* From when on it can be had; for a planned fix: when it is expected. */
static gint64
date_of(const PsFacts *facts, const PsRecord *decision)
{
	const char *category = ps_record_text(decision, "category");
	const PsRecord *fixed_in = ps_facts_release(facts, ps_record_text(decision, "fixed_in"));
	const char *day = fixed_in ? ps_record_text(fixed_in, "released_on") : NULL;
	gint64 at = ps_record_time(decision, "date");

	if (at != PS_NO_TIME)
		return at;
	if (g_strcmp0(category, "vendor_fix") == 0)
		return day && ps_utc_parse(day, &at, NULL)
			       ? at
			       : ps_record_time(facts->case_record, "fixed_at");
	if (g_strcmp0(category, "fix_planned") == 0)
		return ps_record_time(facts->case_record, "fix_due_at");
	return PS_NO_TIME;
}

/* One a line. */
static void
add_entitlements(cJSON *remediation, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

	for (char **line = lines; *line; line++)
		if (*g_strstrip(*line)) {
			g_autofree char *key = g_strconcat("=", *line, NULL);
			cJSON *list = ps_need(remediation, "entitlements", TRUE);
			if (!ps_child(list, key, NULL))
				ps_item_text(list, key, *line);
		}
}

static void
fill(cJSON *remediation, const PsFacts *facts, const PsRecord *decision)
{
	const char *details = ps_record_text(decision, "details");
	const char *url = ps_record_text(decision, "url");
	const char *restart = ps_record_text(decision, "restart");
	const PsRecord *fixed_in = ps_facts_release(facts, ps_record_text(decision, "fixed_in"));
	g_autofree char *standing = standing_details(facts, decision);

	ps_put_text(remediation, "category", category_of(decision));
	ps_put_time(remediation, "date", date_of(facts, decision));
	ps_put_text(remediation, "details", details && *details ? details : standing);
	if (!url && fixed_in)
		url = ps_record_text(fixed_in, "url");
	ps_put_text(remediation, "url", url);
	if (restart) {
		cJSON *required = ps_need(remediation, "restart_required", FALSE);
		ps_put_text(required, "category", restart);
		ps_put_text(required, "details", ps_record_text(decision, "restart_details"));
	}
	add_entitlements(remediation, ps_record_text(decision, "entitlements"));
}

/* One that tells the same users the same: it stands for the products of both. */
static cJSON *
find_same(cJSON *list, const cJSON *remediation)
{
	cJSON *item;

	cJSON_ArrayForEach (item, list) {
		cJSON *products = cJSON_DetachItemFromObjectCaseSensitive(item, "product_ids");
		gboolean same = cJSON_Compare(item, remediation, TRUE);
		cJSON_AddItemToObject(item, "product_ids", products);
		if (same)
			return item;
	}
	return NULL;
}

/* Takes `products`, which `item` may name in part. */
static void
move_products(cJSON *item, cJSON *products)
{
	cJSON *list = ps_need(item, "product_ids", TRUE), *product;

	cJSON_ArrayForEach (product, products)
		if (!ps_child(list, product->string, NULL))
			ps_item_text(list, product->string, product->valuestring);
	cJSON_Delete(products);
}

static void
add_remediation(cJSON *list, const PsFacts *facts, const PsRecord *decision, cJSON *products)
{
	cJSON *remediation = cJSON_CreateObject();

	fill(remediation, facts, decision);
	cJSON *same = find_same(list, remediation);
	if (same) {
		cJSON_Delete(remediation);
		move_products(same, products);
		return;
	}
	cJSON_AddItemToObject(remediation, "product_ids", products);
	ps_item_add(list, ps_record_id(decision), remediation);
}

cJSON *
ps_build_remediations(const PsFacts *facts, GPtrArray *standings, const PsRecord *vulnerability)
{
	cJSON *list = cJSON_CreateArray();
	g_autoptr(GPtrArray) decisions = g_ptr_array_new();

	for (guint i = 0; i < facts->decisions->len; i++)
		if (ps_build_decision_counts(facts->decisions->pdata[i], vulnerability))
			g_ptr_array_add(decisions, facts->decisions->pdata[i]);
	g_ptr_array_sort(decisions, compare_decisions);
	for (guint i = 0; i < decisions->len; i++) {
		const PsRecord *decision = decisions->pdata[i];
		cJSON *products = products_of(facts, decisions, decision, standings);
		/* Nobody is affected any more, or a later decision took its place. */
		if (products->child)
			add_remediation(list, facts, decision, products);
		else
			cJSON_Delete(products);
	}
	return list;
}
