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
check_2_only(PsCsafContext *context, const PsCsafMetric *metric, const PsCsafCover *others)
{
	const PsCsafIdList *ids = &metric->naming->products;
	const int *numbers = ps_csaf_numbers_of(&context->all, ids);
	PsPlace list = {&metric->place, "products", 0}, at = {&list, NULL, 0};

	for (guint i = 0; i < ids->n; i++) {
		if (numbers[i] < 0 || ps_csaf_cover_has(others, numbers[i]))
			continue;
		at.index = (int)i;
		ps_csaf_found(context, &at,
			      ps_csaf_is_2_1(context)
				      ? _("The product “%s” has a CVSS 2.0 score only; add "
					  "one of CVSS 4.0.")
				      : _("The product “%s” has a CVSS 2.0 score only; add "
					  "one of CVSS 3.1."),
			      ps_csaf_product_text(&context->all, numbers[i]));
	}
}

void
ps_csaf_test_cvss_2_only(PsCsafContext *context)
{
	g_auto(PsCsafCover) others = {0};
	PsCsafMetric metric;

	ps_csaf_cover_init(&others, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		ps_csaf_cover_reset(&others);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			if (has_other_score(&metric))
				ps_csaf_cover_add(&others, metric.naming);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			if (ps_csaf_object(metric.content, "cvss_v2"))
				check_2_only(context, &metric, &others);
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

/* Words are rare beside scores. */
static gboolean
has_words(const PsCsafContext *context, const PsCsafVulnerability *vulnerability)
{
	PsCsafMetric metric;

	for (ps_csaf_metric_first(&metric, context, vulnerability, NULL); metric.item;
	     ps_csaf_metric_next(&metric))
		if (ps_csaf_string(metric.content, "qualitative_severity_rating"))
			return TRUE;
	return FALSE;
}

void
ps_csaf_test_severity_and_cvss(PsCsafContext *context)
{
	PsCsafMetric metric;

	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		if (!has_words(context, vulnerability))
			continue;
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
check_covered(PsCsafContext *context, const PsCsafVulnerability *vulnerability,
	      const PsCsafCover *covered, const PsPlace *up)
{
	static const PsCsafStatusList lists[] = {PS_CSAF_FIRST_AFFECTED, PS_CSAF_KNOWN_AFFECTED,
						 PS_CSAF_LAST_AFFECTED};
	PsPlace status_at = {up, "product_status", 0};

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
		const PsCsafIdList *ids = &vulnerability->status[lists[i]];
		const int *numbers = ps_csaf_numbers_of(&context->all, ids);
		PsPlace list = {&status_at, ps_csaf_status_names[lists[i]], 0};
		PsPlace at = {&list, NULL, 0};
		for (guint k = 0; k < ids->n; k++) {
			at.index = (int)k;
			if (numbers[k] >= 0 && !ps_csaf_cover_has(covered, numbers[k]))
				ps_csaf_found(
					context, &at,
					_("The product “%s” is affected, but has no CVSS score."),
					ps_csaf_product_text(&context->all, numbers[k]));
		}
	}
}

void
ps_csaf_test_cvss_4_missing(PsCsafContext *context)
{
	g_auto(PsCsafCover) covered = {0};
	PsCsafMetric metric;

	ps_csaf_cover_init(&covered, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		ps_csaf_cover_reset(&covered);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric)) {
			if (!has_cvss(metric.content))
				continue;
			ps_csaf_cover_add(&covered, metric.naming);
			if (!ps_csaf_object(metric.content, "cvss_v4"))
				ps_csaf_found(context, metric.content_place, "%s",
					      _("There is no CVSS 4.0 score beside the older one; "
						"add it."));
		}
		check_covered(context, vulnerability, &covered, &place);
	}
}
