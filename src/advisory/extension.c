#include "config.h"

#include "advisory/extension.h"

#include <string.h>

#include "base/file.h"

struct PsExtensions {
	cJSON *root;
	GHashTable *by_id; /* id of the document -> PsExtension */
};

/* As metadata of extensions spells the places. */
static const char *const places[PS_EXTENSION_WHERES] = {
	[PS_EXTENSION_DOCUMENT] = "$.document.x_extensions",
	[PS_EXTENSION_BRANCH] = "$.product_tree.branches..product.x_extensions",
	[PS_EXTENSION_PRODUCT] = "$.product_tree.full_product_names[*].x_extensions",
	[PS_EXTENSION_PATH] = "$.product_tree.relationships[*].full_product_name.x_extensions",
	[PS_EXTENSION_METRIC] = "$.vulnerabilities[*].metrics[*].content.x_extensions",
	[PS_EXTENSION_VULNERABILITY] = "$.vulnerabilities[*].x_extensions",
	[PS_EXTENSION_ROOT] = "$.x_extensions",
};

static PsExtensionClass
class_of(const char *word)
{
	if (g_strcmp0(word, "official") == 0)
		return PS_EXTENSION_OFFICIAL;
	return g_strcmp0(word, "registered") == 0 ? PS_EXTENSION_REGISTERED
						  : PS_EXTENSION_EXPERIMENTAL;
}

static void
add_extension(PsExtensions *extensions, const cJSON *item)
{
	const cJSON *schema = cJSON_GetObjectItemCaseSensitive(item, "schema");
	const cJSON *most = cJSON_GetObjectItemCaseSensitive(item, "max");
	const char *id = ps_json_text(schema, "$id");

	if (!id)
		return;
	PsExtension *extension = g_new0(PsExtension, 1);
	extension->class = class_of(ps_json_text(item, "class"));
	extension->schema = schema;
	extension->incompatible = cJSON_GetObjectItemCaseSensitive(item, "incompatible");
	extension->products = cJSON_GetObjectItemCaseSensitive(item, "products");
	for (int i = 0; i < PS_EXTENSION_WHERES; i++)
		extension->most[i] = (int)ps_json_integer(most, places[i], -1);
	g_hash_table_insert(extensions->by_id, (gpointer)id, extension);
}

PsExtensions *
ps_extensions_open(GError **error)
{
	g_autofree char *path = ps_path_data("csaf-extensions.json");
	cJSON *root = ps_json_read_file(path, NULL, error);
	const cJSON *item;

	if (!root)
		return NULL;
	PsExtensions *extensions = g_new0(PsExtensions, 1);
	extensions->root = root;
	extensions->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(root, "extensions"))
		add_extension(extensions, item);
	return extensions;
}

void
ps_extensions_free(PsExtensions *extensions)
{
	if (!extensions)
		return;
	g_hash_table_unref(extensions->by_id);
	cJSON_Delete(extensions->root);
	g_free(extensions);
}

const PsExtension *
ps_extensions_find(const PsExtensions *extensions, const char *id)
{
	return g_hash_table_lookup(extensions->by_id, id);
}
