#include "config.h"

/* Notes whose title has a meaning in CSAF 2.1 and goes on with the name of a product (CSAF 2.1
 * sections 3.2.2.8 and 3.2.4.11): they are bound to that product. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "base/i18n.h"

typedef struct {
	const char *category, *title;
} Meaning;

static const Meaning document_meanings[] = {
	{"description", "Product Description"},
	{"general", "General Security Recommendations"},
	{"legal_disclaimer", "License"},
	{"summary", "Summary"},
	{NULL, NULL},
};
static const Meaning vulnerability_meanings[] = {
	{"description", "CVE Description"},
	{"description", "Preconditions"},
	{"summary", "Vulnerability Summary"},
	{NULL, NULL},
};

/* ---- names of products ---- */

#define NAMES_TOGETHER 4 /* branches that a name is put together from at most */

typedef struct {
	GHashTable *ids;  /* folded name -> GPtrArray of product ids */
	GPtrArray *above; /* names of the branches */
} Names;

static char *
fold(const char *text)
{
	g_autofree char *copy = g_strdup(text);
	g_autofree char *plain = g_utf8_casefold(g_strstrip(copy), -1);

	return g_utf8_normalize(plain, -1, G_NORMALIZE_ALL);
}

static void
add_name(Names *names, const char *name, const char *id)
{
	char *key = fold(name);
	GPtrArray *list = key ? g_hash_table_lookup(names->ids, key) : NULL;

	if (!list && key) {
		list = g_ptr_array_new();
		g_hash_table_insert(names->ids, key, list);
		key = NULL;
	}
	if (list && (!list->len || list->pdata[list->len - 1] != id))
		g_ptr_array_add(list, (gpointer)id);
	g_free(key);
}

static void
add_product(Names *names, const cJSON *product)
{
	const char *id = ps_json_text(product, "product_id"), *name = ps_json_text(product, "name");

	if (!id || !name)
		return;
	add_name(names, name, id);
	for (guint first = 0; first < names->above->len; first++) {
		g_autoptr(GString) joined = g_string_new(NULL);
		for (guint i = first; i < names->above->len && i - first < NAMES_TOGETHER; i++) {
			g_string_append_printf(joined, "%s%s", i > first ? " " : "",
					       (const char *)names->above->pdata[i]);
			add_name(names, joined->str, id);
		}
	}
}

static void
add_branches(Names *names, const cJSON *branches)
{
	const cJSON *branch;

	cJSON_ArrayForEach (branch, branches) {
		const char *name = ps_json_text(branch, "name");
		g_ptr_array_add(names->above, (gpointer)(name ? name : ""));
		add_branches(names, cJSON_GetObjectItemCaseSensitive(branch, "branches"));
		add_product(names, cJSON_GetObjectItemCaseSensitive(branch, "product"));
		g_ptr_array_set_size(names->above, (int)names->above->len - 1);
	}
}

static GHashTable *
product_ids(const PsConvert *convert)
{
	g_autoptr(GPtrArray) above = g_ptr_array_new();
	Names names = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     (GDestroyNotify)g_ptr_array_unref),
		       above};
	const cJSON *tree = cJSON_GetObjectItemCaseSensitive(convert->root, "product_tree"), *item;

	add_branches(&names, cJSON_GetObjectItemCaseSensitive(tree, "branches"));
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "full_product_names"))
		add_product(&names, item);
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "relationships"))
		add_product(&names, cJSON_GetObjectItemCaseSensitive(item, "full_product_name"));
	return names.ids;
}

/* ---- notes ---- */

/* What follows a title with a meaning; NULL: no such title, or nothing follows. */
static const char *
extension_of(const cJSON *note, const Meaning *meaning)
{
	static const char *const joints[] = {"for ", "of ", "from "};
	const char *category = ps_json_text(note, "category"), *title = ps_json_text(note, "title");

	for (; category && title && meaning->title; meaning++) {
		gsize length = strlen(meaning->title);
		if (!g_str_equal(category, meaning->category) ||
		    g_ascii_strncasecmp(title, meaning->title, length) != 0 ||
		    g_ascii_isalnum(title[length]))
			continue;
		const char *rest = title + length;
		rest += strspn(rest, " :-([{|/,;\"'");
		for (gsize i = 0; i < G_N_ELEMENTS(joints); i++)
			if (g_ascii_strncasecmp(rest, joints[i], strlen(joints[i])) == 0)
				return rest + strlen(joints[i]);
		return *rest ? rest : NULL;
	}
	return NULL;
}

static GPtrArray *
find_products(GHashTable *ids, const char *extension)
{
	g_autofree char *name = g_strdup(extension);
	gsize length = strlen(name);

	g_autofree char *whole = fold(name);
	GPtrArray *found = whole ? g_hash_table_lookup(ids, whole) : NULL;
	while (!found && length && strchr(" )]}:;,.\"'", name[length - 1]))
		name[--length] = '\0';
	g_autofree char *bare = fold(name);
	return found ? found : bare ? g_hash_table_lookup(ids, bare) : NULL;
}

static void
bind_note(PsConvert *convert, cJSON *note, const PsPlace *place, const GPtrArray *products)
{
	const char *title = ps_json_text(note, "title");

	if (!products) {
		ps_convert_warn_at(convert, place,
				   _("A potential product specific note has been discovered and no "
				     "products could be assigned to it: “%s”."),
				   title);
		return;
	}
	cJSON *list = cJSON_AddArrayToObject(note, "product_ids");
	for (guint i = 0; i < products->len; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(products->pdata[i]));
	ps_convert_unique(list);
	g_autofree char *names = ps_convert_join(list);
	ps_convert_warn_at(convert, place,
			   _("A potential product specific note has been discovered and products "
			     "have been assigned to it: “%s” belongs to %s."),
			   title, names);
}

typedef struct {
	PsConvert *convert;
	GHashTable *ids; /* made when first needed */
} Binding;

static void
bind_notes(Binding *binding, const cJSON *holder, const PsPlace *above, const Meaning *meanings)
{
	PsPlace list = {above, "notes", 0}, place = {&list, NULL, 0};
	cJSON *note;

	cJSON_ArrayForEach (note, cJSON_GetObjectItemCaseSensitive(holder, "notes")) {
		const char *extension = extension_of(note, meanings);
		if (extension && !binding->ids)
			binding->ids = product_ids(binding->convert);
		if (extension)
			bind_note(binding->convert, note, &place,
				  find_products(binding->ids, extension));
		place.index++;
	}
}

void
ps_convert_notes(PsConvert *convert)
{
	PsPlace document = {NULL, "document", 0}, list = {NULL, "vulnerabilities", 0};
	PsPlace place = {&list, NULL, 0};
	Binding binding = {convert, NULL};
	const cJSON *item;

	bind_notes(&binding, cJSON_GetObjectItemCaseSensitive(convert->root, "document"), &document,
		   document_meanings);
	cJSON_ArrayForEach (item,
			    cJSON_GetObjectItemCaseSensitive(convert->root, "vulnerabilities")) {
		bind_notes(&binding, item, &place, vulnerability_meanings);
		place.index++;
	}
	g_clear_pointer(&binding.ids, g_hash_table_unref);
}
