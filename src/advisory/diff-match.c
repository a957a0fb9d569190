#include "config.h"

#include "advisory/diff-match.h"

#include <string.h>

#define MEMBERS 3
#define ROUNDS 4

/* What identifies the items of the standard's lists, the strongest first: each round pairs what the
 * rounds before it left over. An item that has none of a round's members sits it out. */
static const struct {
	const char *list;
	const char *rounds[ROUNDS][MEMBERS + 1];
} identities[] = {
	{"acknowledgments", {{"names", "organization"}, {"organization"}, {"names"}, {"summary"}}},
	{"branches", {{"category", "name"}}},
	{"cwes", {{"id", "version"}, {"id"}}},
	{"file_hashes", {{"algorithm"}}},
	{"first_known_exploitation_dates", {{"date"}, {"exploitation_date"}}},
	{"flags", {{"label", "product_ids", "group_ids"}, {"label"}}},
	{"full_product_names", {{"product_id"}}},
	{"hashes", {{"filename"}}},
	{"ids", {{"system_name", "text"}, {"system_name"}}},
	{"involvements", {{"party", "date"}, {"party"}}},
	{"metrics", {{"products", "source"}, {"products"}, {"source"}}},
	{"notes", {{"category", "title"}, {"category"}}},
	{"product_groups", {{"group_id"}}},
	{"references", {{"url"}, {"summary"}}},
	{"remediations",
	 {{"category", "product_ids", "group_ids"}, {"category", "details"}, {"category"}}},
	{"revision_history", {{"number"}}},
	{"scores", {{"products"}}},
	{"threats", {{"category", "product_ids", "group_ids"}, {"category"}}},
	{"vulnerabilities", {{"cve"}, {"ids"}, {"title"}}},
	{"x_generic_uris", {{"namespace", "uri"}, {"namespace"}}},
};

/* Lists whose items keep their name for good: what is left over there was added or removed. */
static const char *const named_for_good[] = {"branches",        "full_product_names",
					     "product_groups",  "product_paths",
					     "references",      "relationships",
					     "revision_history"};

static const char *const (*rounds_of(const char *list))[MEMBERS + 1]
{
	for (gsize i = 0; i < G_N_ELEMENTS(identities); i++)
		if (g_str_equal(identities[i].list, list))
			return identities[i].rounds;
	return NULL;
}

/* ---- keys of items ---- */

static void
add_member(GString *key, const cJSON *value)
{
	if (cJSON_IsString(value)) {
		g_string_append(key, value->valuestring);
	} else if (value) {
		g_autofree char *text = ps_json_print(value);
		g_string_append(key, text);
	}
	g_string_append_c(key, '\n');
}

static char *
key_of_members(const cJSON *item, const char *const *members)
{
	g_autoptr(GString) key = g_string_new(NULL);
	gboolean any = FALSE;

	for (; *members; members++) {
		const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, *members);
		any |= value != NULL;
		add_member(key, value);
	}
	return any ? g_string_free(g_steal_pointer(&key), FALSE) : NULL;
}

/* The key of the record that the item came from; "#1" only says at which place it was read. */
static char *
record_key(const cJSON *item, gpointer user)
{
	(void)user;
	return item->string && *item->string && *item->string != '#' ? g_strdup(item->string)
								     : NULL;
}

static char *
member_key(const cJSON *item, gpointer user)
{
	return cJSON_IsObject(item) ? key_of_members(item, user) : NULL;
}

/* Relationships and product paths: the product that they make. */
static char *
product_key(const cJSON *item, gpointer user)
{
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(item, "full_product_name");

	(void)user;
	return g_strdup(ps_json_text(name, "product_id"));
}

static char *
whole_key(const cJSON *item, gpointer user)
{
	(void)user;
	return cJSON_IsString(item) ? g_strdup(item->valuestring) : ps_json_print(item);
}

static char *
any_key(const cJSON *item, gpointer user)
{
	(void)user;
	return cJSON_IsString(item) ? NULL : g_strdup("");
}

/* ---- pairing ---- */

typedef char *(*KeyFunc)(const cJSON *item, gpointer user);

/* Unpaired items of one key in the order of the list; `next` is the first that is not taken. */
typedef struct {
	GArray *indexes;
	guint next;
} Group;

static void
group_free(gpointer data)
{
	Group *group = data;

	g_array_unref(group->indexes);
	g_free(group);
}

static GHashTable *
group_items(GArray *items, KeyFunc key_of, gpointer user)
{
	GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, group_free);

	for (guint i = 0; i < items->len; i++) {
		const PsDiffItem *item = &g_array_index(items, PsDiffItem, i);
		char *key = item->partner < 0 ? key_of(item->value, user) : NULL;
		if (!key)
			continue;
		Group *group = g_hash_table_lookup(groups, key);
		if (group) {
			g_free(key);
		} else {
			group = g_new0(Group, 1);
			group->indexes = g_array_new(FALSE, FALSE, sizeof(guint));
			g_hash_table_insert(groups, key, group);
		}
		g_array_append_val(group->indexes, i);
	}
	return groups;
}

static void
pair_by(PsDiffPairs *pairs, KeyFunc key_of, gpointer user)
{
	g_autoptr(GHashTable) groups = group_items(pairs->before, key_of, user);

	if (g_hash_table_size(groups) == 0)
		return;
	for (guint i = 0; i < pairs->after->len; i++) {
		PsDiffItem *item = &g_array_index(pairs->after, PsDiffItem, i);
		g_autofree char *key = item->partner < 0 ? key_of(item->value, user) : NULL;
		Group *group = key ? g_hash_table_lookup(groups, key) : NULL;
		if (!group || group->next >= group->indexes->len)
			continue;
		guint other = g_array_index(group->indexes, guint, group->next++);
		item->partner = other;
		g_array_index(pairs->before, PsDiffItem, other).partner = i;
	}
}

static gboolean
all_paired(const PsDiffPairs *pairs)
{
	for (guint i = 0; i < pairs->after->len; i++)
		if (g_array_index(pairs->after, PsDiffItem, i).partner < 0)
			return FALSE;
	return TRUE;
}

/* Some members do not tell every item from its brothers. */
static gboolean
is_ambiguous(GArray *items, const char *const *members)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < items->len; i++) {
		const PsDiffItem *item = &g_array_index(items, PsDiffItem, i);
		char *key = item->partner < 0 ? member_key(item->value, (gpointer)members) : NULL;
		if (key && !g_hash_table_add(seen, key))
			return TRUE;
	}
	return FALSE;
}

static void
pair_by_members(PsDiffPairs *pairs, const char *name)
{
	const char *const(*rounds)[MEMBERS + 1] = rounds_of(name);

	for (int i = 0; rounds && i < ROUNDS && rounds[i][0] && !all_paired(pairs); i++) {
		/* Where several have one name, those that are wholly alike belong together. */
		if (is_ambiguous(pairs->before, rounds[i]) || is_ambiguous(pairs->after, rounds[i]))
			pair_by(pairs, whole_key, NULL);
		pair_by(pairs, member_key, (gpointer)rounds[i]);
	}
}

static GArray *
items_of(const cJSON *list)
{
	GArray *items = g_array_new(FALSE, FALSE, sizeof(PsDiffItem));
	guint index = 0;

	for (const cJSON *item = cJSON_IsArray(list) ? list->child : NULL; item;
	     item = item->next) {
		const PsDiffItem one = {item, index++, -1};
		g_array_append_val(items, one);
	}
	return items;
}

PsDiffPairs *
ps_diff_pair(const char *name, const cJSON *before, const cJSON *after)
{
	PsDiffPairs *pairs = g_new0(PsDiffPairs, 1);
	gboolean final = FALSE;

	pairs->before = items_of(before);
	pairs->after = items_of(after);
	for (gsize i = 0; i < G_N_ELEMENTS(named_for_good); i++)
		final |= g_str_equal(named_for_good[i], name);
	pair_by(pairs, record_key, NULL);
	if (g_str_equal(name, "relationships") || g_str_equal(name, "product_paths"))
		pair_by(pairs, product_key, NULL);
	pair_by_members(pairs, name);
	if (!all_paired(pairs) && !rounds_of(name))
		pair_by(pairs, whole_key, NULL);
	if (!all_paired(pairs) && !final && !g_str_equal(name, "vulnerabilities"))
		pair_by(pairs, any_key, NULL);
	return pairs;
}

void
ps_diff_pairs_free(PsDiffPairs *pairs)
{
	g_array_unref(pairs->before);
	g_array_unref(pairs->after);
	g_free(pairs);
}

gboolean
ps_diff_pairs_moved(const PsDiffPairs *pairs)
{
	gint64 last = -1;

	for (guint i = 0; i < pairs->after->len; i++) {
		gint64 partner = g_array_index(pairs->after, PsDiffItem, i).partner;
		if (partner < 0)
			continue;
		if (partner < last)
			return TRUE;
		last = partner;
	}
	return FALSE;
}
