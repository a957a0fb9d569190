#include "config.h"

/* What a reader needs to find his product again: numbers on the device, CPE, package URL, hashes;
 * products that no vulnerability names; and the groups that are too large to be named in full
 * elsewhere. */

#include "advisory/outline-internal.h"

#include <string.h>

static const cJSON *
member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* ---- identifiers ---- */

static void
append_one(GString *text, const char *label, const char *value)
{
	if (value && *value)
		g_string_append_printf(text, "%s%s %s", text->len ? "; " : "", label, value);
}

static void
append_list(GString *text, const char *label, const cJSON *list)
{
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		if (cJSON_IsString(item))
			append_one(text, label, item->valuestring);
}

/* "sha256 0d1e… (file.bin)" */
static void
append_hashes(GString *text, const cJSON *hashes)
{
	const cJSON *file, *hash;

	cJSON_ArrayForEach (file, hashes) {
		const char *name = ps_json_text(file, "filename");
		cJSON_ArrayForEach (hash, member(file, "file_hashes")) {
			const char *algorithm = ps_json_text(hash, "algorithm"),
				   *value = ps_json_text(hash, "value");
			if (!value)
				continue;
			append_one(text, algorithm ? algorithm : "hash", value);
			if (name)
				g_string_append_printf(text, " (%s)", name);
		}
	}
}

static char *
identifiers(const PsWriting *writing, const cJSON *product)
{
	const cJSON *helper = member(product, "product_identification_helper"), *item;
	GString *text = g_string_new(NULL);

	append_list(text, ps_write_phrase(writing, PS_PHRASE_MODEL_NUMBER),
		    member(helper, "model_numbers"));
	append_list(text, ps_write_phrase(writing, PS_PHRASE_SKU), member(helper, "skus"));
	append_list(text, ps_write_phrase(writing, PS_PHRASE_SERIAL_NUMBER),
		    member(helper, "serial_numbers"));
	append_one(text, "CPE", ps_json_text(helper, "cpe"));
	append_one(text, "purl", ps_json_text(helper, "purl"));
	append_list(text, "purl", member(helper, "purls"));
	append_hashes(text, member(helper, "hashes"));
	append_list(text, "SBOM", member(helper, "sbom_urls"));
	cJSON_ArrayForEach (item, member(helper, "x_generic_uris"))
		append_one(text, "URI", ps_json_text(item, "uri"));
	return g_string_free(text, FALSE);
}

/* ---- products ---- */

static GHashTable *
named_in_status(const cJSON *document)
{
	GHashTable *named = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *flaw, *list, *id;

	cJSON_ArrayForEach (flaw, member(document, "vulnerabilities"))
		cJSON_ArrayForEach (list, member(flaw, "product_status"))
			cJSON_ArrayForEach (id, list)
				if (cJSON_IsString(id))
					g_hash_table_add(named, id->valuestring);
	return named;
}

static gboolean
is_shown(const PsProductEntry *entry, GHashTable *named, const char *identifiers)
{
	const char *id = ps_json_text(entry->product, "product_id"),
		   *name = ps_json_text(entry->product, "name");

	return *identifiers || !g_hash_table_contains(named, id) ||
	       (name && strlen(name) > PS_NAME_INLINE);
}

/* Products that only serve to build others up are those others' parts, not more to read. */
static GHashTable *
parts(const PsWriting *writing)
{
	const GPtrArray *all = ps_product_index_all(writing->products);
	GHashTable *found = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < all->len; i++) {
		const PsProductEntry *entry = all->pdata[i];
		if (entry->begins_with)
			g_hash_table_add(found, (gpointer)entry->begins_with);
		if (entry->next)
			g_hash_table_add(found, (gpointer)entry->next);
	}
	return found;
}

/* char ** rows: product, version, identifiers. */
static void
write_table(PsWriting *writing, const cJSON *document)
{
	const GPtrArray *all = ps_product_index_all(writing->products);
	g_autoptr(GHashTable) named = named_in_status(document);
	g_autoptr(GHashTable) used = parts(writing);
	GPtrArray *table = NULL;

	for (guint i = 0; i < all->len; i++) {
		const PsProductEntry *entry = all->pdata[i];
		const char *id = ps_json_text(entry->product, "product_id"),
			   *name = ps_json_text(entry->product, "name");
		g_autofree char *how = identifiers(writing, entry->product);
		if (!is_shown(entry, named, how) ||
		    (!*how && g_hash_table_contains(used, id) && g_hash_table_size(named) > 0))
			continue;
		if (!table) {
			const char *caption = ps_write_phrase(writing, PS_PHRASE_PRODUCTS);
			ps_write_heading(writing, 2, caption);
			table = ps_write_table(writing, caption, 0);
			ps_write_row(table, ps_write_phrase(writing, PS_PHRASE_PRODUCT),
				     ps_write_phrase(writing, PS_PHRASE_VERSION),
				     ps_write_phrase(writing, PS_PHRASE_IDENTIFIERS));
		}
		g_autofree char *version = ps_write_version(writing, id);
		ps_write_row(table, name ? name : id, version, how);
	}
}

/* ---- large groups ---- */

static void
write_groups(PsWriting *writing, const cJSON *groups)
{
	const cJSON *group, *id;
	gboolean headed = FALSE;

	cJSON_ArrayForEach (group, groups) {
		const cJSON *ids = member(group, "product_ids");
		const char *group_id = ps_json_text(group, "group_id");
		if (!group_id || cJSON_GetArraySize(ids) <= PS_GROUP_INLINE)
			continue;
		if (!headed)
			ps_write_heading(writing, 2, ps_write_phrase(writing, PS_PHRASE_GROUPS));
		headed = TRUE;
		ps_write_heading(writing, 3, g_hash_table_lookup(writing->names, group_id));
		cJSON_ArrayForEach (id, ids)
			if (cJSON_IsString(id))
				ps_write_text(writing, PS_BLOCK_ITEM,
					      ps_write_product(writing, id->valuestring));
	}
}

void
ps_write_product_section(PsWriting *writing, const cJSON *document)
{
	write_table(writing, document);
	write_groups(writing, member(member(document, "product_tree"), "product_groups"));
}
