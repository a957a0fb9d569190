#include "config.h"

/* Tests over which remedies may stand together, and with which product status (CSAF 2.1 section
 * 3.2.4.14.1, tables 3 and 4). */

#include "advisory/csaf-test.h"

#include "base/i18n.h"

typedef enum {
	WORKAROUND = 1 << 0,
	MITIGATION = 1 << 1,
	VENDOR_FIX = 1 << 2,
	OPTIONAL_PATCH = 1 << 3,
	NONE_AVAILABLE = 1 << 4,
	FIX_PLANNED = 1 << 5,
	NO_FIX_PLANNED = 1 << 6,
	EVERY = (1 << 7) - 1,
} Remedy;

/* `excludes`: what the same product must not have beside it. */
static const struct {
	const char *category;
	Remedy remedy;
	int excludes;
} remedies[] = {
	{"workaround", WORKAROUND, OPTIONAL_PATCH | NONE_AVAILABLE},
	{"mitigation", MITIGATION, OPTIONAL_PATCH | NONE_AVAILABLE},
	{"vendor_fix", VENDOR_FIX, OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED | NO_FIX_PLANNED},
	{"optional_patch", OPTIONAL_PATCH, EVERY & ~OPTIONAL_PATCH},
	{"none_available", NONE_AVAILABLE, EVERY & ~NONE_AVAILABLE},
	{"fix_planned", FIX_PLANNED, VENDOR_FIX | OPTIONAL_PATCH | NONE_AVAILABLE | NO_FIX_PLANNED},
	{"no_fix_planned", NO_FIX_PLANNED,
	 VENDOR_FIX | OPTIONAL_PATCH | NONE_AVAILABLE | FIX_PLANNED},
};

#define DOUBTFUL (WORKAROUND | MITIGATION | VENDOR_FIX | FIX_PLANNED)
static const struct {
	const char *list;
	int prohibited, discouraged;
} status_lists[] = {
	{"first_affected", OPTIONAL_PATCH, 0},
	{"known_affected", OPTIONAL_PATCH, 0},
	{"last_affected", OPTIONAL_PATCH, 0},
	{"known_not_affected", WORKAROUND | MITIGATION | VENDOR_FIX | NONE_AVAILABLE,
	 FIX_PLANNED | NO_FIX_PLANNED},
	{"first_fixed", EVERY & ~OPTIONAL_PATCH, OPTIONAL_PATCH},
	{"fixed", EVERY & ~OPTIONAL_PATCH, OPTIONAL_PATCH},
	{"under_investigation", 0, DOUBTFUL},
	{"unknown", 0, DOUBTFUL},
};

static int
remedy_row(const cJSON *remediation)
{
	const char *category = ps_csaf_string(remediation, "category");

	for (guint i = 0; category && i < G_N_ELEMENTS(remedies); i++)
		if (g_str_equal(category, remedies[i].category))
			return (int)i;
	return -1;
}

/* Products of one remedy that have the same thing wrong: told together, by the first. */
typedef struct {
	const char *first; /* NULL: none */
	int others;
} Wrong;

static void
add_wrong(Wrong *wrong, const char *id)
{
	if (!wrong->first)
		wrong->first = id;
	else
		wrong->others++;
}

/* "“GW-20”", "“GW-20” and 3 more". New string. */
static char *
wrong_text(const Wrong *wrong)
{
	if (wrong->others == 0)
		return g_strdup_printf("“%s”", wrong->first);
	return g_strdup_printf(ngettext("“%s” and %d more", "“%s” and %d more",
					(gulong)wrong->others),
			       wrong->first, wrong->others);
}

/* ---- 6.1.35 ---- */

static void
check_remedy(PsCsafContext *context, const cJSON *remediation, GHashTable *seen,
	     const PsPlace *place)
{
	int row = remedy_row(remediation);
	g_autoptr(GPtrArray) products = ps_csaf_products_of(context, remediation);
	Wrong wrong[G_N_ELEMENTS(remedies)] = {{NULL, 0}};

	for (guint i = 0; row >= 0 && i < products->len; i++) {
		char *id = products->pdata[i];
		int before = GPOINTER_TO_INT(g_hash_table_lookup(seen, id));
		int clash = before & remedies[row].excludes;
		g_hash_table_insert(seen, id, GINT_TO_POINTER(before | (int)remedies[row].remedy));
		if (clash)
			add_wrong(&wrong[g_bit_nth_lsf((gulong)clash, -1)], id);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		if (!wrong[i].first)
			continue;
		g_autofree char *names = wrong_text(&wrong[i]);
		ps_csaf_found(context, place,
			      _("Remedies “%s” and “%s” for one product exclude each other; remove "
				"%s from one of them."),
			      remedies[i].category, remedies[row].category, names);
	}
}

void
ps_csaf_test_remediations_contradict(PsCsafContext *context)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) seen = ps_csaf_set_new();
		PsPlace list = {&place, "remediations", 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_items(vulnerability, "remediations"); item;
		     item = item->next, at.index++)
			check_remedy(context, item, seen, &at);
	}
}

/* ---- 6.1.36, 6.2.27 ---- */

/* Id -> bits of the rows of status_lists that the product is in; only of products with a remedy,
 * which are few beside the others. */
static GHashTable *
read_status(const PsCsafContext *context, const cJSON *vulnerability)
{
	GHashTable *rows = ps_csaf_set_new();
	g_autoptr(GHashTable) remedied = ps_csaf_set_new();
	const cJSON *status = ps_csaf_object(vulnerability, "product_status");

	for (const cJSON *item = ps_csaf_items(vulnerability, "remediations"); item;
	     item = item->next)
		ps_csaf_add_products(context, item, remedied);
	for (gsize row = 0; row < G_N_ELEMENTS(status_lists); row++)
		for (const cJSON *item = ps_csaf_items(status, status_lists[row].list); item;
		     item = item->next) {
			const char *id = ps_csaf_item_string(item);
			if (!id || !g_hash_table_contains(remedied, id))
				continue;
			int bits = GPOINTER_TO_INT(g_hash_table_lookup(rows, id)) | 1 << row;
			g_hash_table_insert(rows, (gpointer)id, GINT_TO_POINTER(bits));
		}
	return rows;
}

static void
found_status(PsCsafContext *context, const Wrong *wrong, gsize list, int row, gboolean prohibited,
	     const PsPlace *place)
{
	g_autofree char *names = wrong_text(wrong);

	ps_csaf_found(
		context, place,
		prohibited ? _("A remedy “%s” is given for %s, in “%s” of the product status; the "
			       "two exclude each other.")
			   : _("A remedy “%s” is given for %s, in “%s” of the product status; the "
			       "two hardly go together."),
		remedies[row].category, names, status_lists[list].list);
}

static void
check_status(PsCsafContext *context, const cJSON *remediation, GHashTable *rows,
	     gboolean prohibited, const PsPlace *place)
{
	int row = remedy_row(remediation);
	g_autoptr(GPtrArray) products = ps_csaf_products_of(context, remediation);
	Wrong wrong[G_N_ELEMENTS(status_lists)] = {{NULL, 0}};

	for (guint p = 0; row >= 0 && p < products->len; p++) {
		const char *id = products->pdata[p];
		int bits = GPOINTER_TO_INT(g_hash_table_lookup(rows, id));
		for (gsize i = 0; bits >> i; i++) {
			int against = prohibited ? status_lists[i].prohibited
						 : status_lists[i].discouraged;
			if (bits & 1 << i && against & (int)remedies[row].remedy)
				add_wrong(&wrong[i], id);
		}
	}
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
		if (wrong[i].first)
			found_status(context, &wrong[i], i, row, prohibited, place);
}

static void
check_all(PsCsafContext *context, gboolean prohibited)
{
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		g_autoptr(GHashTable) rows = read_status(context, vulnerability);
		PsPlace list = {&place, "remediations", 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_items(vulnerability, "remediations"); item;
		     item = item->next, at.index++)
			check_status(context, item, rows, prohibited, &at);
	}
}

void
ps_csaf_test_remediation_prohibited(PsCsafContext *context)
{
	check_all(context, TRUE);
}

void
ps_csaf_test_remediation_discouraged(PsCsafContext *context)
{
	check_all(context, FALSE);
}
