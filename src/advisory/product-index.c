#include "config.h"

#include "advisory/product-index.h"

#include <string.h>

#define DEEPEST 64

struct PsProductIndex {
	GHashTable *entries; /* id -> PsProductEntry* */
	GPtrArray *order;    /* ids; after reading PsProductEntry*, lent */
	GHashTable *groups;  /* group id -> const cJSON* list of product ids */
	GHashTable *named;   /* const cJSON* item -> GHashTable of the ids that it names */
};

static void
free_entry(gpointer data)
{
	PsProductEntry *entry = data;

	g_ptr_array_unref(entry->branches);
	g_free(entry);
}

static PsProductEntry *
add_entry(PsProductIndex *index, const cJSON *product, const GPtrArray *above)
{
	const char *id = ps_json_text(product, "product_id");

	if (!id)
		return NULL;
	PsProductEntry *entry = g_new0(PsProductEntry, 1);
	entry->product = product;
	entry->branches = g_ptr_array_new();
	for (guint i = 0; above && i < above->len; i++)
		g_ptr_array_add(entry->branches, above->pdata[i]);
	if (!g_hash_table_contains(index->entries, id))
		g_ptr_array_add(index->order, (gpointer)id);
	g_hash_table_replace(index->entries, (gpointer)id, entry);
	return entry;
}

static void
add_branches(PsProductIndex *index, const cJSON *branches, GPtrArray *above)
{
	const cJSON *branch;

	cJSON_ArrayForEach (branch, branches) {
		if (!cJSON_IsObject(branch) || above->len >= DEEPEST)
			continue;
		g_ptr_array_add(above, (gpointer)branch);
		add_branches(index, cJSON_GetObjectItemCaseSensitive(branch, "branches"), above);
		add_entry(index, cJSON_GetObjectItemCaseSensitive(branch, "product"), above);
		g_ptr_array_set_size(above, (int)above->len - 1);
	}
}

/* A relationship of 2.0, or the first step of a path of 2.1. */
static void
add_relation(PsProductIndex *index, const cJSON *item)
{
	PsProductEntry *entry =
		add_entry(index, cJSON_GetObjectItemCaseSensitive(item, "full_product_name"), NULL);
	const cJSON *steps = cJSON_GetObjectItemCaseSensitive(item, "subpaths");
	const cJSON *step = cJSON_IsArray(steps) ? steps->child : NULL;

	if (!entry)
		return;
	entry->begins_with =
		ps_json_text(item, step ? "beginning_product_reference" : "product_reference");
	entry->category = ps_json_text(step ? step : item, "category");
	entry->next = step ? ps_json_text(step, "next_product_reference")
			   : ps_json_text(item, "relates_to_product_reference");
}

static void
add_tree(PsProductIndex *index, const cJSON *tree)
{
	static const char *const relations[] = {"relationships", "product_paths"};
	g_autoptr(GPtrArray) above = g_ptr_array_new();
	const cJSON *item;

	add_branches(index, cJSON_GetObjectItemCaseSensitive(tree, "branches"), above);
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "full_product_names"))
		add_entry(index, item, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(relations); i++)
		cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, relations[i]))
			add_relation(index, item);
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "product_groups")) {
		const char *id = ps_json_text(item, "group_id");
		if (id)
			g_hash_table_insert(index->groups, (gpointer)id,
					    cJSON_GetObjectItemCaseSensitive(item, "product_ids"));
	}
}

PsProductIndex *
ps_product_index_new(const cJSON *document)
{
	PsProductIndex *index = g_new0(PsProductIndex, 1);

	index->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_entry);
	index->groups = g_hash_table_new(g_str_hash, g_str_equal);
	index->named = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
	index->order = g_ptr_array_new();
	add_tree(index, cJSON_GetObjectItemCaseSensitive(document, "product_tree"));
	/* an id that a wrong document gives twice has one entry, the last */
	for (guint i = 0; i < index->order->len; i++)
		index->order->pdata[i] =
			g_hash_table_lookup(index->entries, index->order->pdata[i]);
	return index;
}

void
ps_product_index_free(PsProductIndex *index)
{
	g_ptr_array_unref(index->order);
	g_hash_table_unref(index->entries);
	g_hash_table_unref(index->groups);
	g_hash_table_unref(index->named);
	g_free(index);
}

const PsProductEntry *
ps_product_index_find(const PsProductIndex *index, const char *id)
{
	return id ? g_hash_table_lookup(index->entries, id) : NULL;
}

const GPtrArray *
ps_product_index_all(const PsProductIndex *index)
{
	return index->order;
}

const cJSON *
ps_product_index_group(const PsProductIndex *index, const char *group_id)
{
	return g_hash_table_lookup(index->groups, group_id);
}

const char *
ps_product_entry_branch(const PsProductEntry *entry, const char *category)
{
	for (guint i = 0; i < entry->branches->len; i++)
		if (g_strcmp0(ps_json_text(entry->branches->pdata[i], "category"), category) == 0)
			return ps_json_text(entry->branches->pdata[i], "name");
	return NULL;
}

const char *
ps_product_entry_helper(const PsProductEntry *entry, const char *member)
{
	const cJSON *helper =
		cJSON_GetObjectItemCaseSensitive(entry->product, "product_identification_helper");
	const char *text = ps_json_text(helper, member);

	if (text || !g_str_equal(member, "purl"))
		return text;
	const cJSON *purls = cJSON_GetObjectItemCaseSensitive(helper, "purls");
	return cJSON_IsArray(purls) && cJSON_IsString(purls->child) ? purls->child->valuestring
								    : NULL;
}

static void
add_ids(GHashTable *set, const cJSON *list)
{
	const cJSON *id;

	cJSON_ArrayForEach (id, list) {
		if (cJSON_IsString(id))
			g_hash_table_add(set, id->valuestring);
	}
}

/* Looked up once an item: a remedy may name tens of thousands. */
static GHashTable *
ids_of(const PsProductIndex *index, const cJSON *item)
{
	GHashTable *set = g_hash_table_lookup(index->named, item);
	const cJSON *group;

	if (set)
		return set;
	set = g_hash_table_new(g_str_hash, g_str_equal);
	add_ids(set, cJSON_GetObjectItemCaseSensitive(item, "product_ids"));
	cJSON_ArrayForEach (group, cJSON_GetObjectItemCaseSensitive(item, "group_ids")) {
		if (cJSON_IsString(group))
			add_ids(set, g_hash_table_lookup(index->groups, group->valuestring));
	}
	g_hash_table_insert(index->named, (gpointer)item, set);
	return set;
}

gboolean
ps_product_index_names(const PsProductIndex *index, const cJSON *item, const char *id)
{
	return g_hash_table_contains(ids_of(index, item), id);
}

/* ---- combinations ---- */

/* A longer chain is no product, but a circle. */
#define STEPS 16

const PsProductEntry *
ps_product_index_begin(const PsProductIndex *index, const PsProductEntry *entry)
{
	for (int i = 0; i < STEPS; i++) {
		const PsProductEntry *begin = ps_product_index_find(index, entry->begins_with);
		if (!begin)
			break;
		entry = begin;
	}
	return entry;
}

static const char *
word_of(const PsStatusWord *words, gsize n, const char *group)
{
	for (gsize i = 0; i < n; i++)
		if (g_strcmp0(words[i].group, group) == 0)
			return words[i].status;
	return NULL;
}

GHashTable *
ps_product_index_mixed(const PsProductIndex *index, const cJSON *status, const PsStatusWord *words,
		       gsize n)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	GHashTable *mixed = g_hash_table_new(NULL, NULL);
	const cJSON *group, *id;

	cJSON_ArrayForEach (group, status) {
		const char *own = word_of(words, n, group->string);
		if (!own)
			continue;
		cJSON_ArrayForEach (id, group) {
			const PsProductEntry *entry =
				ps_product_index_find(index,
						      cJSON_IsString(id) ? id->valuestring : NULL);
			gpointer begin =
				entry ? (gpointer)ps_product_index_begin(index, entry) : NULL;
			const char *other = begin ? g_hash_table_lookup(seen, begin) : NULL;
			if (other && !g_str_equal(other, own))
				g_hash_table_add(mixed, begin);
			else if (begin)
				g_hash_table_insert(seen, begin, (gpointer)own);
		}
	}
	return mixed;
}
