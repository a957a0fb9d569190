#include "config.h"

/* Tests of CSAF 2.1 over extensions. */

#include "advisory/csaf-test-2-1.h"

#include <string.h>

#include "advisory/csaf-node.h"
#include "advisory/csaf-suite.h"
#include "advisory/extension.h"
#include "advisory/json-schema.h"
#include "base/i18n.h"

#define MEMBER "x_extensions"
/* Branches inside each other; the reader's limit of depth is smaller. */
#define DEPTH_MAX 128

static gpointer
open_extensions(GError **error)
{
	return ps_extensions_open(error);
}

static void
free_extensions(gpointer extensions)
{
	ps_extensions_free(extensions);
}

/* ---- walking ---- */

/* Every x_extensions, of whatever type it is. */
typedef void (*ListFunc)(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
			 const PsPlace *place, gpointer user);

typedef struct {
	PsCsafContext *context;
	ListFunc func;
	gpointer user;
} Walk;

static void
visit(const Walk *walk, const cJSON *holder, PsExtensionWhere where, const PsPlace *place)
{
	const cJSON *list =
		cJSON_IsObject(holder) ? cJSON_GetObjectItemCaseSensitive(holder, MEMBER) : NULL;
	PsPlace at = {place, MEMBER, 0};

	if (list)
		walk->func(walk->context, list, where, &at, walk->user);
}

static void
walk_branches(const Walk *walk, const cJSON *holder, const PsPlace *up, int depth)
{
	PsPlace list = {up, "branches", 0}, place = {&list, NULL, 0};
	PsPlace product = {&place, "product", 0};

	for (const cJSON *branch = ps_csaf_items(holder, "branches"); branch && depth < DEPTH_MAX;
	     branch = branch->next, place.index++) {
		visit(walk, ps_csaf_object(branch, "product"), PS_EXTENSION_BRANCH, &product);
		walk_branches(walk, branch, &place, depth + 1);
	}
}

static void
walk_products(const Walk *walk, const cJSON *tree)
{
	PsPlace names = {&ps_place_tree, "full_product_names", 0}, name = {&names, NULL, 0};
	PsPlace paths = {&ps_place_tree, "product_paths", 0}, path = {&paths, NULL, 0};
	PsPlace inner = {&path, "full_product_name", 0};

	walk_branches(walk, tree, &ps_place_tree, 0);
	for (const cJSON *item = ps_csaf_items(tree, "full_product_names"); item;
	     item = item->next, name.index++)
		visit(walk, item, PS_EXTENSION_PRODUCT, &name);
	for (const cJSON *item = ps_csaf_items(tree, "product_paths"); item;
	     item = item->next, path.index++)
		visit(walk, ps_csaf_object(item, "full_product_name"), PS_EXTENSION_PATH, &inner);
}

static void
each_list(PsCsafContext *context, ListFunc func, gpointer user)
{
	const Walk walk = {context, func, user};

	if (!context->has_extensions)
		return;
	visit(&walk, context->root, PS_EXTENSION_ROOT, NULL);
	visit(&walk, context->document, PS_EXTENSION_DOCUMENT, &ps_place_document);
	if (context->products->has_extensions)
		walk_products(&walk, context->tree);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsCsafMetric metric;
		visit(&walk, vulnerability->object, PS_EXTENSION_VULNERABILITY, &place);
		for (ps_csaf_metric_first(&metric, context, vulnerability, &place); metric.item;
		     ps_csaf_metric_next(&metric))
			visit(&walk, metric.content, PS_EXTENSION_METRIC, metric.content_place);
	}
}

/* ---- what is known of an item ---- */

typedef struct {
	const cJSON *item;
	const char *id;               /* "$schema"; NULL: missing */
	const PsExtension *extension; /* NULL: not known here */
	PsExtensionClass class;
} Item;

static gboolean
read_item(PsCsafContext *context, const cJSON *item, Item *result)
{
	const PsExtensions *extensions =
		ps_csaf_shared(context, "extensions", open_extensions, free_extensions);

	*result = (Item){item, ps_csaf_string(item, "$schema"), NULL, PS_EXTENSION_EXPERIMENTAL};
	if (!extensions)
		return FALSE;
	if (result->id)
		result->extension = ps_extensions_find(extensions, result->id);
	if (result->extension)
		result->class = result->extension->class;
	return TRUE;
}

/* Ids below a value: `steps` of a pointer, in which "*" is every item. */
static void
add_ids(PsCsafContext *context, const cJSON *value, char *const *steps)
{
	const cJSON *item;

	if (!*steps) {
		ps_csaf_ids_mark(&context->all.products, value, PS_CSAF_ID_EXTENDED);
	} else if (!g_str_equal(*steps, "*")) {
		item = cJSON_IsObject(value) ? cJSON_GetObjectItemCaseSensitive(value, *steps)
					     : NULL;
		add_ids(context, item, steps + 1);
	} else if (cJSON_IsArray(value)) {
		cJSON_ArrayForEach (item, value)
			add_ids(context, item, steps + 1);
	}
}

static void
add_products(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
	     const PsPlace *place, gpointer user)
{
	const cJSON *pointer;
	Item item;

	(void)where;
	(void)place;
	(void)user;
	for (const cJSON *each = cJSON_IsArray(list) ? list->child : NULL; each;
	     each = each->next) {
		if (!read_item(context, each, &item))
			return;
		const cJSON *pointers = item.extension ? item.extension->products : NULL;
		cJSON_ArrayForEach (pointer, pointers) {
			g_auto(GStrv) steps = g_strsplit(pointer->valuestring + 1, "/", -1);
			add_ids(context, ps_csaf_object(each, "content"), steps);
		}
	}
}

static void
note_list(PsCsafContext *context, const cJSON *list, PsExtensionWhere where, const PsPlace *place,
	  gpointer user)
{
	*(gboolean *)user = TRUE;
	add_products(context, list, where, place, user);
}

void
ps_csaf_add_extension_products(PsCsafContext *context)
{
	gboolean any = FALSE;

	/* most documents have none: then nobody looks again */
	context->has_extensions = TRUE;
	each_list(context, note_list, &any);
	context->has_extensions = any;
}

/* What was not tested; 6.2.54.1 says the same where it is asked for. */
static void
remark_unknown(PsCsafContext *context, const Item *item, const PsPlace *place)
{
	if (item->id && !item->extension && !(context->levels & PS_CSAF_OPTIONAL))
		ps_csaf_remark(context, PS_CSAF_OPTIONAL, place,
			       _("The experimental extension “%s” is not known here; it was not "
				 "tested."),
			       item->id);
}

/* ---- 6.1.60.1, 6.1.60.2 ---- */

typedef struct {
	PsCsafContext *context;
	const PsPlace *place;
} Invalid;

static void
found_invalid(gpointer user, const char *pointer, const char *sentence)
{
	Invalid *invalid = user;
	PsPlace at = {invalid->place, pointer, PS_PLACE_POINTER};

	ps_csaf_found(invalid->context, &at, "%s", sentence);
}

static void
check_content(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
	      const PsPlace *place, gpointer user)
{
	const PsCsafNode *node = ps_csaf_node_at(context->suite->root, "/" MEMBER "/0");
	PsPlace at = {place, NULL, 0};
	Invalid invalid = {context, &at};

	(void)where;
	(void)user;
	for (const cJSON *item = cJSON_IsArray(list) ? list->child : NULL; item;
	     item = item->next, at.index++)
		ps_csaf_check_value(node, item, found_invalid, &invalid);
}

void
ps_csaf_test_extension_content(PsCsafContext *context)
{
	each_list(context, check_content, NULL);
}

/* What schemas of extensions take from CSAF's own. */
static guint
check_csaf_type(const char *ref, const cJSON *value, PsSchemaFound found, gpointer user)
{
	static const struct {
		const char *type, *pointer;
	} types[] = {
		{"full_product_name_t", "/product_tree/full_product_names/0"},
		{"product_id_t", "/product_tree/full_product_names/0/product_id"},
		{"branches_t", "/product_tree/branches"},
		{"notes_t", "/document/notes"},
		{"references_t", "/document/references"},
		{"acknowledgments_t", "/document/acknowledgments"},
		{"lang_t", "/document/lang"},
		{"version_t", "/document/tracking/version"},
		{"products_t", "/vulnerabilities/0/product_status/fixed"},
		{"product_group_id_t", "/product_tree/product_groups/0/group_id"},
		{"product_groups_t", "/vulnerabilities/0/remediations/0/group_ids"},
	};
	const char *prefix = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json#/$defs/";

	for (gsize i = 0; g_str_has_prefix(ref, prefix) && i < G_N_ELEMENTS(types); i++) {
		if (!g_str_equal(ref + strlen(prefix), types[i].type))
			continue;
		const PsCsafNode *node = ps_csaf_node_at(ps_csaf_root("2.1"), types[i].pointer);
		return node ? ps_csaf_check_value(node, value, found, user) : 0;
	}
	return 0;
}

/* For 6.2.20. What is in no list is experimental. */
void
ps_csaf_check_extension_members(PsCsafContext *context, const cJSON *extension,
				const PsPlace *place)
{
	Invalid invalid = {context, place};
	Item item;

	if (!read_item(context, extension, &item))
		return;
	if (item.extension)
		ps_schema_unknown(item.extension->schema, extension, found_invalid, &invalid);
	else if (item.id)
		ps_csaf_found(context, place,
			      _("The experimental extension “%s” is not known here; what it holds "
				"was not compared with its schema."),
			      item.id);
}

static void
check_schema(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
	     const PsPlace *place, gpointer user)
{
	PsPlace at = {place, NULL, 0};
	Invalid invalid = {context, &at};
	Item item;

	(void)where;
	(void)user;
	for (const cJSON *each = cJSON_IsArray(list) ? list->child : NULL; each;
	     each = each->next, at.index++) {
		if (!read_item(context, each, &item))
			return;
		if (item.extension)
			ps_schema_check(item.extension->schema, each, check_csaf_type,
					found_invalid, &invalid);
		remark_unknown(context, &item, &at);
	}
}

void
ps_csaf_test_extension_schema(PsCsafContext *context)
{
	each_list(context, check_schema, NULL);
}

/* ---- 6.1.60.3 ---- */

static void
check_most(PsCsafContext *context, const Item *item, PsExtensionWhere where, guint count,
	   const PsPlace *place)
{
	int most = item->extension->most[where];

	if (most == 0)
		ps_csaf_found(context, place,
			      _("The extension “%s” may not stand at this place; remove it."),
			      item->id);
	else if (most > 0 && count == (guint)most + 1)
		ps_csaf_found(
			context, place,
			_("The extension “%s” may not stand more often than %d× in this list."),
			item->id, most);
}

static void
check_incompatible(PsCsafContext *context, const Item *item, GHashTable *ids, const PsPlace *place)
{
	const cJSON *other;

	cJSON_ArrayForEach (other, item->extension->incompatible)
		if (cJSON_IsString(other) && g_hash_table_contains(ids, other->valuestring))
			ps_csaf_found(context, place,
				      _("The extension “%s” can't stand beside “%s”; remove one of "
					"them."),
				      item->id, other->valuestring);
}

/* The ids of a list. */
static GHashTable *
read_ids(const cJSON *list)
{
	GHashTable *ids = ps_text_table_new();

	for (const cJSON *each = list->child; each; each = each->next) {
		const char *id = ps_csaf_string(each, "$schema");
		if (id)
			g_hash_table_add(ids, (gpointer)id);
	}
	return ids;
}

static void
check_metadata(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
	       const PsPlace *place, gpointer user)
{
	PsPlace at = {place, NULL, 0};
	Item item;

	(void)user;
	if (!cJSON_IsArray(list))
		return;
	g_autoptr(GHashTable) ids = read_ids(list);
	g_autoptr(GHashTable) counts = ps_text_table_new();
	for (const cJSON *each = list->child; each; each = each->next, at.index++) {
		if (!read_item(context, each, &item))
			return;
		remark_unknown(context, &item, &at);
		if (!item.extension)
			continue;
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, item.id)) + 1;
		g_hash_table_insert(counts, (gpointer)item.id, GUINT_TO_POINTER(count));
		check_most(context, &item, where, count, &at);
		check_incompatible(context, &item, ids, &at);
	}
}

void
ps_csaf_test_extension_metadata(PsCsafContext *context)
{
	each_list(context, check_metadata, NULL);
}

/* ---- 6.2.54.1, 6.2.54.2, 6.2.54.4, 6.3.21.2 ---- */

typedef void (*ItemFunc)(PsCsafContext *context, const Item *item, const PsPlace *place);

typedef struct {
	ItemFunc func;
} ItemWalk;

static void
walk_items(PsCsafContext *context, const cJSON *list, PsExtensionWhere where, const PsPlace *place,
	   gpointer user)
{
	const ItemWalk *walk = user;
	PsPlace at = {place, NULL, 0};
	Item item;

	(void)where;
	for (const cJSON *each = cJSON_IsArray(list) ? list->child : NULL; each;
	     each = each->next, at.index++) {
		if (!read_item(context, each, &item))
			return;
		walk->func(context, &item, &at);
	}
}

static void
each_item(PsCsafContext *context, ItemFunc func)
{
	ItemWalk walk = {func};

	each_list(context, walk_items, &walk);
}

static void
check_registered(PsCsafContext *context, const Item *item, const PsPlace *place)
{
	if (item->class != PS_EXTENSION_EXPERIMENTAL)
		return;
	if (item->extension)
		ps_csaf_found(context, place,
			      _("“%s” is neither an official nor a registered extension, but an "
				"experimental one."),
			      item->id);
	else
		ps_csaf_found(context, place,
			      _("“%s” is neither an official nor a registered extension that is "
				"known here; its content was not tested."),
			      item->id ? item->id : "");
}

void
ps_csaf_test_extension_registered(PsCsafContext *context)
{
	each_item(context, check_registered);
}

static void
check_official(PsCsafContext *context, const Item *item, const PsPlace *place)
{
	if (item->class != PS_EXTENSION_OFFICIAL)
		ps_csaf_found(context, place, _("“%s” is not an official extension of CSAF."),
			      item->id ? item->id : "");
}

void
ps_csaf_test_extension_official(PsCsafContext *context)
{
	each_item(context, check_official);
}

static void
check_experimental(PsCsafContext *context, const Item *item, const PsPlace *place)
{
	if (item->class == PS_EXTENSION_EXPERIMENTAL)
		ps_csaf_found(context, place,
			      _("“%s” is an experimental extension; readers may not know what it "
				"means."),
			      item->id ? item->id : "");
}

void
ps_csaf_test_extension_experimental_clear(PsCsafContext *context)
{
	if (ps_csaf_is_clear(context))
		each_item(context, check_experimental);
}

void
ps_csaf_test_extension_experimental(PsCsafContext *context)
{
	if (!ps_csaf_is_clear(context))
		each_item(context, check_experimental);
}

/* ---- 6.2.54.3, 6.3.21.1 ---- */

static void
check_critical(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
	       const PsPlace *place, gpointer user)
{
	PsPlace item = {place, NULL, 0}, at = {&item, "critical", 0};

	(void)where;
	(void)user;
	for (const cJSON *each = cJSON_IsArray(list) ? list->child : NULL; each;
	     each = each->next, item.index++)
		if (ps_json_flag(each, "critical"))
			ps_csaf_found(context, &at,
				      _("The extension “%s” is critical: a program that does not "
					"know it can't read the document right."),
				      ps_csaf_string(each, "$schema")
					      ? ps_csaf_string(each, "$schema")
					      : "");
}

void
ps_csaf_test_extension_critical(PsCsafContext *context)
{
	each_list(context, check_critical, NULL);
}

static void
check_essential(PsCsafContext *context, const cJSON *list, PsExtensionWhere where,
		const PsPlace *place, gpointer user)
{
	PsPlace item = {place, NULL, 0}, at = {&item, "category", 0};

	(void)where;
	(void)user;
	for (const cJSON *each = cJSON_IsArray(list) ? list->child : NULL; each;
	     each = each->next, item.index++)
		if (g_strcmp0(ps_csaf_string(each, "category"), "essential") == 0)
			ps_csaf_found(context, &at, "%s",
				      _("The extension is “essential”: who does not know it "
					"misses what the document is about."));
}

void
ps_csaf_test_extension_essential(PsCsafContext *context)
{
	each_list(context, check_essential, NULL);
}

/* ---- 6.3.21.3 to 6.3.21.9 ---- */

static void
check_where(PsCsafContext *context, const cJSON *list, PsExtensionWhere where, const PsPlace *place,
	    gpointer user)
{
	(void)list;
	if ((int)where == GPOINTER_TO_INT(user))
		ps_csaf_found(context, place, "%s",
			      _("There are extensions here, which many programs do not read."));
}

static void
check_place(PsCsafContext *context, PsExtensionWhere where)
{
	each_list(context, check_where, GINT_TO_POINTER((int)where));
}

void
ps_csaf_test_extension_in_document(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_DOCUMENT);
}

void
ps_csaf_test_extension_in_branches(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_BRANCH);
}

void
ps_csaf_test_extension_in_products(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_PRODUCT);
}

void
ps_csaf_test_extension_in_paths(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_PATH);
}

void
ps_csaf_test_extension_in_metrics(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_METRIC);
}

void
ps_csaf_test_extension_in_vulnerabilities(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_VULNERABILITY);
}

void
ps_csaf_test_extension_at_root(PsCsafContext *context)
{
	check_place(context, PS_EXTENSION_ROOT);
}
