#include "config.h"

/* Tests over which scores a product has, from whom and beside which others. The scores themselves
 * are judged in csaf-test-scores.c. */

#include "advisory/csaf-test.h"

#include "base/i18n.h"

/* ---- 6.3.1 ---- */

/* What else than CVSS 2.0 scores a product; in CSAF 2.0 it is CVSS 3 only. */
static gboolean
has_other_score(const PsCsafMetric *metric)
{
	static const char *const others[] = {"cvss_v3", "cvss_v4", "epss"};

	for (gsize i = 0; i < (metric->nested ? G_N_ELEMENTS(others) : 1); i++)
		if (ps_csaf_object(metric->content, others[i]))
			return TRUE;
	return FALSE;
}

static void
check_2_only(PsCsafContext *context, const PsCsafMetric *metric, GHashTable *others)
{
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};

	for (const cJSON *id = ps_csaf_items(metric->item, "products"); id;
	     id = id->next, at.index++)
		if (cJSON_IsString(id) && !g_hash_table_contains(others, id->valuestring))
			ps_csaf_found(context, &at,
				      ps_csaf_is_2_1(context)
					      ? _("The product “%s” has a CVSS 2.0 score only; add "
						  "one of CVSS 4.0.")
					      : _("The product “%s” has a CVSS 2.0 score only; add "
						  "one of CVSS 3.1."),
				      id->valuestring);
}

void
ps_csaf_test_cvss_2_only(PsCsafContext *context)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) others = ps_csaf_set_new();
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			if (has_other_score(&metric))
				ps_csaf_add_texts(ps_csaf_items(metric.item, "products"), others);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			if (ps_csaf_object(metric.content, "cvss_v2"))
				check_2_only(context, &metric, others);
	}
}

/* ---- 6.1.56, 6.3.12: only CSAF 2.1 ---- */

static gboolean
has_cvss(const cJSON *content)
{
	static const char *const names[] = {"cvss_v2", "cvss_v3", "cvss_v4"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (ps_csaf_object(content, names[i]))
			return TRUE;
	return FALSE;
}

/* A source and a product. */
static char *
pair(const PsCsafMetric *metric, const char *id)
{
	return g_strdup_printf("%s %s", metric->source ? metric->source : "", id);
}

static void
check_severity_pairs(PsCsafContext *context, const PsCsafMetric *metric, GHashTable *scored)
{
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(metric->item, "products"); item;
	     item = item->next, at.index++) {
		const char *id = ps_csaf_item_string(item);
		g_autofree char *key = id ? pair(metric, id) : NULL;
		if (key && g_hash_table_contains(scored, key))
			ps_csaf_found(context, &at,
				      _("The product “%s” has a CVSS score and a severity in words "
					"from the same source; remove the words."),
				      id);
	}
}

void
ps_csaf_test_severity_and_cvss(PsCsafContext *context)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) scored =
			g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			for (const cJSON *id = has_cvss(metric.content)
						       ? ps_csaf_items(metric.item, "products")
						       : NULL;
			     id; id = id->next)
				if (cJSON_IsString(id))
					g_hash_table_add(scored, pair(&metric, id->valuestring));
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			if (ps_csaf_string(metric.content, "qualitative_severity_rating"))
				check_severity_pairs(context, &metric, scored);
	}
}

static void
check_covered(PsCsafContext *context, const cJSON *vulnerability, GHashTable *covered,
	      const PsPlace *up)
{
	static const char *const lists[] = {"first_affected", "known_affected", "last_affected"};
	const cJSON *status = ps_csaf_object(vulnerability, "product_status");
	PsPlace status_at = {up, "product_status", 0};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		PsPlace list = {&status_at, lists[i], 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_items(status, lists[i]); item;
		     item = item->next, at.index++)
			if (cJSON_IsString(item) &&
			    !g_hash_table_contains(covered, item->valuestring))
				ps_csaf_found(
					context, &at,
					_("The product “%s” is affected, but has no CVSS score."),
					item->valuestring);
	}
}

void
ps_csaf_test_cvss_4_missing(PsCsafContext *context)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) covered = ps_csaf_set_new();
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric)) {
			if (!has_cvss(metric.content))
				continue;
			ps_csaf_add_texts(ps_csaf_items(metric.item, "products"), covered);
			if (!ps_csaf_object(metric.content, "cvss_v4"))
				ps_csaf_found(context, metric.content_place, "%s",
					      _("There is no CVSS 4.0 score beside the older one; "
						"add it."));
		}
		check_covered(context, vulnerability, covered, &place);
	}
}
