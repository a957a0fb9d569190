#include "config.h"

/* Tests over product status, remediations, threats and flags of a vulnerability. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

/* CSAF 2.0 section 3.2.3.9, 2.1 section 3.2.4.12: what the status lists mean. */
typedef enum { AFFECTED, NOT_AFFECTED, FIXED, INVESTIGATED, UNKNOWN } Group;

static const struct {
	const char *list;
	Group group;
} status_lists[] = {
	{"first_affected", AFFECTED},
	{"known_affected", AFFECTED},
	{"last_affected", AFFECTED},
	{"known_not_affected", NOT_AFFECTED},
	{"first_fixed", FIXED},
	{"fixed", FIXED},
	{"under_investigation", INVESTIGATED},
	{"unknown", UNKNOWN}, /* 2.1 */
};

static gsize
n_status_lists(const PsCsafContext *context)
{
	return G_N_ELEMENTS(status_lists) - !ps_csaf_is_2_1(context);
}

/* ---- 6.1.6 ---- */

static void
check_list(PsCsafContext *context, const cJSON *status, gsize row, GHashTable *seen,
	   const PsPlace *up)
{
	const char *name = status_lists[row].list;
	PsPlace list = {up, name, 0}, place = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(status, name); item;
	     item = item->next, place.index++) {
		const char *id = ps_csaf_item_string(item);
		gpointer earlier;
		if (!id)
			continue;
		if (!g_hash_table_lookup_extended(seen, id, NULL, &earlier)) {
			g_hash_table_insert(seen, (gpointer)id, GSIZE_TO_POINTER(row));
			continue;
		}
		if (status_lists[GPOINTER_TO_SIZE(earlier)].group != status_lists[row].group)
			ps_csaf_found(context, &place,
				      _("The product “%s” is in “%s” and in “%s”, which contradict "
					"each other; remove it from one."),
				      id, status_lists[GPOINTER_TO_SIZE(earlier)].list, name);
	}
}

void
ps_csaf_test_status_contradiction(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) seen = ps_text_table_new();
		PsPlace status = {&place, "product_status", 0};
		for (gsize row = 0; row < n_status_lists(context); row++)
			check_list(context, ps_csaf_object(vulnerability, "product_status"), row,
				   seen, &status);
	}
}

/* ---- what must name products ---- */

static void
check_named(PsCsafContext *context, const char *name, const char *sentence)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace list = {&place, name, 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_items(vulnerability, name); item;
		     item = item->next, at.index++)
			if (cJSON_IsObject(item) &&
			    !cJSON_GetObjectItemCaseSensitive(item, "product_ids") &&
			    !cJSON_GetObjectItemCaseSensitive(item, "group_ids"))
				ps_csaf_found(context, &at, "%s", sentence);
	}
}

void
ps_csaf_test_remediation_products(PsCsafContext *context)
{
	check_named(context, "remediations",
		    _("The remedy does not say for which products it is; add product_ids or "
		      "group_ids."));
}

void
ps_csaf_test_flag_products(PsCsafContext *context)
{
	check_named(context, "flags",
		    _("The justification does not say for which products it is; add product_ids or "
		      "group_ids."));
}

/* ---- 6.1.33 ---- */

static const char *const justifications[] = {"component_not_present",
					     "inline_mitigations_already_exist",
					     "vulnerable_code_cannot_be_controlled_by_adversary",
					     "vulnerable_code_not_in_execute_path",
					     "vulnerable_code_not_present",
					     NULL};

static void
check_flag(PsCsafContext *context, const cJSON *flag, GHashTable *seen, const PsPlace *place)
{
	g_autoptr(GPtrArray) products = ps_csaf_products_of(context, flag);

	for (guint i = 0; i < products->len; i++)
		if (!g_hash_table_add(seen, products->pdata[i]))
			ps_csaf_found(context, place,
				      _("The product “%s” has more than one justification for this "
					"vulnerability, directly or through a group; keep one."),
				      (const char *)products->pdata[i]);
}

void
ps_csaf_test_flags_twice(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) seen = ps_csaf_set_new();
		PsPlace list = {&place, "flags", 0}, at = {&list, NULL, 0};
		for (const cJSON *flag = ps_csaf_items(vulnerability, "flags"); flag;
		     flag = flag->next, at.index++) {
			const char *label = ps_csaf_string(flag, "label");
			if (label && g_strv_contains(justifications, label))
				check_flag(context, flag, seen, &at);
		}
	}
}

/* ---- products of a status list that need something said about them ---- */

static void
check_covered(PsCsafContext *context, const cJSON *vulnerability, const char *list_name,
	      GHashTable *covered, const PsPlace *up, const char *sentence)
{
	PsPlace status = {up, "product_status", 0}, list = {&status, list_name, 0};
	PsPlace place = {&list, NULL, 0};
	const cJSON *lists = ps_csaf_object(vulnerability, "product_status");

	for (const cJSON *item = ps_csaf_items(lists, list_name); item;
	     item = item->next, place.index++) {
		const char *id = ps_csaf_item_string(item);
		if (id && !g_hash_table_contains(covered, id))
			ps_csaf_found(context, &place, sentence, id);
	}
}

static void
add_all(PsCsafContext *context, const cJSON *vulnerability, const char *name, const char *category,
	GHashTable *covered)
{
	for (const cJSON *item = ps_csaf_items(vulnerability, name); item; item = item->next)
		if (!category || g_strcmp0(ps_csaf_string(item, "category"), category) == 0)
			ps_csaf_add_products(context, item, covered);
}

static gboolean
is_vex(const PsCsafContext *context)
{
	return g_strcmp0(context->category, "csaf_vex") == 0;
}

/* 6.1.27.9 */
void
ps_csaf_test_profile_impact(PsCsafContext *context)
{
	if (!is_vex(context))
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) covered = ps_csaf_set_new();
		add_all(context, vulnerability, "flags", NULL, covered);
		add_all(context, vulnerability, "threats", "impact", covered);
		check_covered(context, vulnerability, "known_not_affected", covered, &place,
			      _("The product “%s” is not affected, but nothing says why; add a "
				"flag with a justification or a threat of category impact."));
	}
}

/* 6.1.27.10 */
void
ps_csaf_test_profile_action(PsCsafContext *context)
{
	if (!is_vex(context))
		return;
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) covered = ps_csaf_set_new();
		add_all(context, vulnerability, "remediations", NULL, covered);
		check_covered(context, vulnerability, "known_affected", covered, &place,
			      _("The product “%s” is affected, but nothing says what to do; add a "
				"remedy for it."));
	}
}

/* 6.2.2 */
void
ps_csaf_test_remediation_missing(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) covered = ps_csaf_set_new();
		add_all(context, vulnerability, "remediations", NULL, covered);
		for (gsize row = 0; row < G_N_ELEMENTS(status_lists); row++)
			if (status_lists[row].group == AFFECTED ||
			    status_lists[row].group == INVESTIGATED)
				check_covered(context, vulnerability, status_lists[row].list,
					      covered, &place,
					      _("There is no remedy for the product “%s”; add one, "
						"be it that none is planned."));
	}
}

/* 6.2.3 */
void
ps_csaf_test_score_missing(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) covered = ps_csaf_set_new();
		PsCsafMetric metric;
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			ps_csaf_add_texts(ps_csaf_items(metric.item, "products"), covered);
		for (gsize row = 0; row < G_N_ELEMENTS(status_lists); row++)
			if (status_lists[row].group == AFFECTED)
				check_covered(context, vulnerability, status_lists[row].list,
					      covered, &place,
					      _("No score applies to the product “%s”; add it to a "
						"score."));
	}
}
