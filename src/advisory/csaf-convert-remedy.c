#include "config.h"

/* Remediations: which categories a product's status allows in CSAF 2.1 (tests 6.1.35, 6.1.36).
 *
 * The rules are about single products, so a remedy of several products may fall into parts. It is
 * first spread over its products, with its groups resolved, then what changed is written anew; a
 * remedy that no rule touches stays as it was. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "base/i18n.h"
#include "base/utc.h"

typedef struct {
	cJSON *remedy;
	const char *category; /* as given */
	GPtrArray *products;  /* const char*, as given, groups resolved */
	GPtrArray *kept;      /* those that stay with it */
	GPtrArray *moved;     /* those that get `other` as category */
	GPtrArray *left;      /* those that leave it */
	const char *other;
	gboolean available; /* its date is not in the future; without a date it is not */
	int index;
} Remedy;

typedef struct {
	PsConvert *convert;
	GHashTable *groups;  /* group id -> const cJSON* list of product ids */
	GHashTable *no_need; /* products that are not affected or fixed, of a vulnerability */
	GHashTable *fixed;   /* … that are fixed */
	GPtrArray *remedies; /* Remedy* */
	const PsPlace *above;
} Remedies;

static void
free_remedy(gpointer data)
{
	Remedy *remedy = data;

	g_ptr_array_unref(remedy->products);
	g_ptr_array_unref(remedy->kept);
	g_ptr_array_unref(remedy->moved);
	g_ptr_array_unref(remedy->left);
	g_free(remedy);
}

/* ---- reading ---- */

static GHashTable *
read_groups(const cJSON *root)
{
	GHashTable *groups = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *group;

	cJSON_ArrayForEach (group, ps_json_at(root, "/product_tree/product_groups")) {
		const char *id = ps_json_text(group, "group_id");
		if (id)
			g_hash_table_insert(groups, (gpointer)id,
					    cJSON_GetObjectItemCaseSensitive(group, "product_ids"));
	}
	return groups;
}

/* With `first` 1: fixed ones only. */
static GHashTable *
read_no_need(const cJSON *vulnerability, gsize first)
{
	static const char *const lists[] = {"known_not_affected", "fixed", "first_fixed"};
	const cJSON *status = cJSON_GetObjectItemCaseSensitive(vulnerability, "product_status");
	GHashTable *found = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *id;

	for (gsize i = first; i < G_N_ELEMENTS(lists); i++)
		cJSON_ArrayForEach (id, cJSON_GetObjectItemCaseSensitive(status, lists[i]))
			g_hash_table_add(found, id->valuestring);
	return found;
}

static void
add_products(GPtrArray *products, GHashTable *seen, const cJSON *list)
{
	const cJSON *id;

	cJSON_ArrayForEach (id, list) {
		if (cJSON_IsString(id) && g_hash_table_add(seen, id->valuestring))
			g_ptr_array_add(products, id->valuestring);
	}
}

static Remedy *
read_remedy(const Remedies *all, cJSON *item, int index)
{
	Remedy *remedy = g_new0(Remedy, 1);
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const char *date = ps_json_text(item, "date");
	const cJSON *group;
	gint64 seconds;

	remedy->remedy = item;
	remedy->index = index;
	remedy->category = ps_json_text(item, "category");
	remedy->products = g_ptr_array_new();
	remedy->kept = g_ptr_array_new();
	remedy->moved = g_ptr_array_new();
	remedy->left = g_ptr_array_new();
	remedy->available = date && ps_csaf_time(date, &seconds, NULL) &&
			    seconds * PS_SECOND_MS <= all->convert->now;
	add_products(remedy->products, seen, cJSON_GetObjectItemCaseSensitive(item, "product_ids"));
	cJSON_ArrayForEach (group, cJSON_GetObjectItemCaseSensitive(item, "group_ids")) {
		if (cJSON_IsString(group))
			add_products(remedy->products, seen,
				     g_hash_table_lookup(all->groups, group->valuestring));
	}
	return remedy;
}

/* ---- the rules ---- */

static gboolean
is(const Remedy *remedy, const char *category)
{
	return remedy->category && g_str_equal(remedy->category, category);
}

/* What vendor fixes say of a product. */
typedef enum { NO_FIX, FIX_PENDING, FIX_AVAILABLE } FixState;

typedef struct {
	GHashTable *fixes;       /* product -> FixState of its vendor fixes */
	GHashTable *unavailable; /* products of none_available */
	GHashTable *helped;      /* products of another category that stays */
} Overview;

static void
note_fix(GHashTable *fixes, const Remedy *remedy)
{
	FixState state = remedy->available ? FIX_AVAILABLE : FIX_PENDING;

	for (guint i = 0; i < remedy->products->len; i++) {
		gpointer id = remedy->products->pdata[i];
		FixState old = (FixState)GPOINTER_TO_INT(g_hash_table_lookup(fixes, id));
		g_hash_table_insert(fixes, id, GINT_TO_POINTER((int)MAX(old, state)));
	}
}

/* Test 6.1.36: whom the category may not be given to. */
static gboolean
is_excluded(const Remedies *all, const Remedy *remedy, gconstpointer id)
{
	if (is(remedy, "workaround") || is(remedy, "mitigation"))
		return g_hash_table_contains(all->no_need, id);
	return is(remedy, "no_fix_planned") && g_hash_table_contains(all->fixed, id);
}

static gboolean
is_other(const Remedy *remedy)
{
	return is(remedy, "workaround") || is(remedy, "mitigation") || is(remedy, "no_fix_planned");
}

static void
overlook(const Remedies *all, Overview *overview)
{
	for (guint i = 0; i < all->remedies->len; i++) {
		const Remedy *remedy = all->remedies->pdata[i];
		if (is(remedy, "vendor_fix"))
			note_fix(overview->fixes, remedy);
		for (guint p = 0; is(remedy, "none_available") && p < remedy->products->len; p++)
			g_hash_table_add(overview->unavailable, remedy->products->pdata[p]);
		for (guint p = 0; is_other(remedy) && p < remedy->products->len; p++)
			if (!is_excluded(all, remedy, remedy->products->pdata[p]))
				g_hash_table_add(overview->helped, remedy->products->pdata[p]);
	}
}

/* A fix that is not there yet goes into the remedy that says so. */
static void
share_fix(const Remedies *all, const Overview *overview, Remedy *remedy)
{
	remedy->other = "optional_patch";
	for (guint i = 0; i < remedy->products->len; i++) {
		gpointer id = remedy->products->pdata[i];
		FixState state =
			(FixState)GPOINTER_TO_INT(g_hash_table_lookup(overview->fixes, id));
		gboolean planned =
			g_hash_table_contains(overview->unavailable, id) && state == FIX_PENDING;
		g_ptr_array_add(planned                                   ? remedy->left
				: g_hash_table_contains(all->no_need, id) ? remedy->moved
									  : remedy->kept,
				id);
	}
}

/* The standard keeps “none_available” where no fix is named; but beside a remedy of another
 * category test 6.1.35 fails, and that one says more. */
static void
share_unavailable(const Overview *overview, Remedy *remedy)
{
	remedy->other = "fix_planned";
	for (guint i = 0; i < remedy->products->len; i++) {
		gpointer id = remedy->products->pdata[i];
		FixState state =
			(FixState)GPOINTER_TO_INT(g_hash_table_lookup(overview->fixes, id));
		if (state == NO_FIX)
			g_ptr_array_add(g_hash_table_contains(overview->helped, id) ? remedy->left
										    : remedy->kept,
					id);
		else
			g_ptr_array_add(state == FIX_PENDING ? remedy->moved : remedy->left, id);
	}
}

static void
share_by_status(const Remedies *all, Remedy *remedy)
{
	for (guint i = 0; i < remedy->products->len; i++) {
		gpointer id = remedy->products->pdata[i];
		g_ptr_array_add(is_excluded(all, remedy, id) ? remedy->left : remedy->kept, id);
	}
}

/* ---- writing ---- */

static cJSON *
product_list(const GPtrArray *products)
{
	cJSON *list = cJSON_CreateArray();

	for (guint i = 0; i < products->len; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(products->pdata[i]));
	return list;
}

static void
set_products(cJSON *remedy, cJSON *list)
{
	cJSON_DeleteItemFromObjectCaseSensitive(remedy, "group_ids");
	cJSON_DeleteItemFromObjectCaseSensitive(remedy, "product_ids");
	cJSON_AddItemToObject(remedy, "product_ids", list);
}

G_GNUC_PRINTF(4, 5)
static void
tell(const Remedies *all, const Remedy *remedy, const GPtrArray *products, const char *format, ...)
{
	PsPlace list = {all->above, "remediations", 0}, place = {&list, NULL, remedy->index};
	g_autoptr(cJSON) ids = product_list(products);
	g_autofree char *names = ps_convert_join(ids);
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *what = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	ps_convert_warn_at(all->convert, &place, _("%s Products: %s."), what, names);
}

static void
write_remedy(const Remedies *all, cJSON *list, Remedy *remedy)
{
	GPtrArray *left = remedy->left;
	gboolean split = remedy->kept->len && remedy->moved->len;

	if (!remedy->moved->len && !left->len)
		return;
	cJSON *kept = product_list(remedy->kept), *moved = product_list(remedy->moved);
	if (remedy->moved->len)
		tell(all, remedy, remedy->moved,
		     split ? _("A remediation was added and its category was changed from %s to "
			       "%s, as that is what the products' status allows.")
			   : _("The remediation's category was changed from %s to %s, as that is "
			       "what the products' status allows."),
		     remedy->category, remedy->other);
	if (left->len)
		tell(all, remedy, left,
		     remedy->kept->len || remedy->moved->len
			     ? _("Products were removed from the remediation of category %s "
				 "(“%s”), as another one or the products' status contradicts it.")
			     : _("The remediation of category %s (“%s”) was deleted, as another "
				 "one "
				 "or the products' status contradicts it for all its products."),
		     remedy->category, ps_json_text(remedy->remedy, "details"));
	cJSON *other = split ? cJSON_Duplicate(remedy->remedy, TRUE) : remedy->remedy;
	if (split) {
		cJSON_AddItemToArray(list, other);
		set_products(remedy->remedy, kept);
		set_products(other, moved);
	} else {
		set_products(remedy->remedy, remedy->kept->len ? kept : moved);
		cJSON_Delete(remedy->kept->len ? moved : kept);
	}
	if (remedy->moved->len)
		ps_convert_set(other, "category", remedy->other);
	if (!remedy->kept->len && !remedy->moved->len)
		cJSON_Delete(cJSON_DetachItemViaPointer(list, remedy->remedy));
}

static void
convert_remedies(Remedies *all, cJSON *vulnerability)
{
	cJSON *item, *list = cJSON_GetObjectItemCaseSensitive(vulnerability, "remediations");
	g_autoptr(GPtrArray) remedies = g_ptr_array_new_with_free_func(free_remedy);
	g_autoptr(GHashTable) fixes = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) unavailable = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) helped = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) no_need = read_no_need(vulnerability, 0);
	g_autoptr(GHashTable) fixed = read_no_need(vulnerability, 1);
	/* Texts of the products outlive the lists that they stand in. */
	g_autoptr(cJSON) given = cJSON_Duplicate(list, TRUE);
	Overview overview = {fixes, unavailable, helped};
	int index = 0;

	all->remedies = remedies;
	all->no_need = no_need;
	all->fixed = fixed;
	cJSON_ArrayForEach (item, given)
		g_ptr_array_add(remedies, read_remedy(all, item, index++));
	overlook(all, &overview);
	index = 0;
	for (cJSON *next = list ? list->child : NULL; index < (int)remedies->len && next; index++) {
		Remedy *remedy = remedies->pdata[index];
		remedy->remedy = next;
		next = next->next;
		if (is(remedy, "vendor_fix"))
			share_fix(all, &overview, remedy);
		else if (is(remedy, "none_available"))
			share_unavailable(&overview, remedy);
		else if (is_other(remedy))
			share_by_status(all, remedy);
		else
			continue;
		write_remedy(all, list, remedy);
	}
	ps_convert_drop_empty(vulnerability, "remediations");
}

void
ps_convert_remediations(PsConvert *convert)
{
	PsPlace list = {NULL, "vulnerabilities", 0}, place = {&list, NULL, 0};
	g_autoptr(GHashTable) groups = read_groups(convert->root);
	Remedies all = {.convert = convert, .groups = groups, .above = &place};
	cJSON *item;

	cJSON_ArrayForEach (item,
			    cJSON_GetObjectItemCaseSensitive(convert->root, "vulnerabilities")) {
		convert_remedies(&all, item);
		place.index++;
	}
}
