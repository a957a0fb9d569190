#include "config.h"

#include "advisory/order.h"

#include <string.h>

#include "advisory/item.h"
#include "advisory/overlay.h"

static const char *
key_of(const cJSON *item)
{
	return item->string ? item->string : "";
}

/* ---- applying ---- */

typedef struct {
	GHashTable *places; /* key of an item in the order -> GPtrArray* of itself and followers */
	GPtrArray *head, *tail; /* before all of them; behind them */
} Sorting;

static Sorting
sorting_new(const cJSON *keys)
{
	Sorting sorting = {g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
						 (GDestroyNotify)g_ptr_array_unref),
			   g_ptr_array_new(), g_ptr_array_new()};
	const cJSON *key;

	cJSON_ArrayForEach (key, keys)
		if (cJSON_IsString(key))
			g_hash_table_insert(sorting.places, key->valuestring, g_ptr_array_new());
	return sorting;
}

static void
sorting_clear(Sorting *sorting)
{
	g_hash_table_unref(sorting->places);
	g_ptr_array_unref(sorting->head);
	g_ptr_array_unref(sorting->tail);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sorting, sorting_clear)

static void
sort_in(Sorting *sorting, cJSON *list)
{
	GPtrArray *at = sorting->head;
	cJSON *item;

	cJSON_ArrayForEach (item, list) {
		GPtrArray *place = g_hash_table_lookup(sorting->places, key_of(item));
		gboolean added = g_str_has_prefix(key_of(item), PS_ADDED_PREFIX);
		if (place)
			at = place;
		g_ptr_array_add(!place && added ? sorting->tail : at, item);
	}
}

static void
order_list(cJSON *list, const cJSON *keys)
{
	g_auto(Sorting) sorting = sorting_new(keys);
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	const cJSON *key;

	sort_in(&sorting, list);
	g_ptr_array_extend(items, sorting.head, NULL, NULL);
	cJSON_ArrayForEach (key, keys) {
		GPtrArray *place = cJSON_IsString(key)
					   ? g_hash_table_lookup(sorting.places, key->valuestring)
					   : NULL;
		if (!place)
			continue;
		g_ptr_array_extend(items, place, NULL, NULL);
		g_ptr_array_set_size(place, 0); /* a key that is named twice */
	}
	g_ptr_array_extend(items, sorting.tail, NULL, NULL);
	ps_relink(list, items);
}

void
ps_order_apply(cJSON *document, GPtrArray *orders)
{
	for (guint i = 0; i < orders->len; i++) {
		const char *field = ps_record_text(orders->pdata[i], "pointer");
		const char *text = ps_record_text(orders->pdata[i], "keys");
		cJSON *list = field && text ? ps_field_at(document, field) : NULL;
		g_autoptr(cJSON) keys =
			cJSON_IsArray(list) ? ps_json_parse(text, strlen(text), NULL, NULL) : NULL;
		if (cJSON_IsArray(keys) && list->child)
			order_list(list, keys);
	}
}

/* ---- keeping ---- */

static char *
print_keys(const cJSON *list)
{
	g_autoptr(cJSON) keys = cJSON_CreateArray();
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		cJSON_AddItemToArray(keys, cJSON_CreateString(key_of(item)));
	return ps_json_print(keys);
}

/* As it would stand without an order, as far as one can tell: one item more at the end. */
static gboolean
is_natural(const cJSON *list, const cJSON *generated)
{
	g_autoptr(GHashTable) given = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *item, *next = generated ? generated->child : NULL;
	guint others = 0;

	cJSON_ArrayForEach (item, generated)
		g_hash_table_add(given, (gpointer)key_of(item));
	cJSON_ArrayForEach (item, list) {
		if (!g_hash_table_contains(given, key_of(item))) {
			others++;
			continue;
		}
		while (next && !g_str_equal(key_of(next), key_of(item)))
			next = next->next;
		if (!next || others > 0)
			return FALSE;
		next = next->next;
	}
	return others <= 1;
}

gboolean
ps_order_keep(PsTxn *txn, const PsFacts *facts, const cJSON *document, const cJSON *generated,
	      const char *field, GError **error)
{
	const cJSON *list = ps_field_at(document, field);
	const PsRecord *there = NULL;

	for (guint i = 0; i < facts->orders->len; i++)
		if (g_strcmp0(ps_record_text(facts->orders->pdata[i], "pointer"), field) == 0)
			there = facts->orders->pdata[i];
	if (is_natural(list, ps_field_at(generated, field)))
		return !there || ps_txn_delete(txn, "advisory_order", ps_record_id(there), error);
	g_autofree char *keys = print_keys(list);
	if (there)
		return ps_txn_set(txn, "advisory_order", ps_record_id(there), "keys", keys, PS_ANY,
				  error);
	g_autofree char *id =
		ps_txn_newv(txn, "advisory_order", error, "advisory", ps_record_id(facts->advisory),
			    "pointer", field, "keys", keys, NULL);
	return id != NULL;
}

gboolean
ps_order_drop(PsTxn *txn, const PsFacts *facts, const char *field, guint *count, GError **error)
{
	for (guint i = 0; i < facts->orders->len; i++) {
		const char *of = ps_record_text(facts->orders->pdata[i], "pointer");
		if (!of || !ps_pointer_within(of, field))
			continue;
		if (!ps_txn_delete(txn, "advisory_order", ps_record_id(facts->orders->pdata[i]),
				   error))
			return FALSE;
		if (count)
			(*count)++;
	}
	return TRUE;
}
