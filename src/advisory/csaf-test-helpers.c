#include "config.h"

/* Tests over identification helpers that came with CSAF 2.1 (section 3.1.4.3). What they say
 * against the branches is in csaf-test-helper-branches.c. */

#include "advisory/csaf-test.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "registry/purl.h"

#define HELPER "product_identification_helper"

/* ---- 6.1.42 ---- */

/* The package URL without its qualifiers; NULL: it is none, which 6.1.13 says. */
static char *
without_qualifiers(const char *text)
{
	g_autoptr(PsPurl) purl = ps_purl_parse(text, NULL);

	if (!purl)
		return NULL;
	return g_strjoin("\x1f", purl->type, purl->namespace ? purl->namespace : "", purl->name,
			 purl->version ? purl->version : "", purl->subpath ? purl->subpath : "",
			 NULL);
}

static void
check_qualifiers(PsCsafContext *context, const PsCsafProduct *product)
{
	PsPlace helper = {&product->place, HELPER, 0}, list = {&helper, "purls", 0},
		at = {&list, NULL, 0};
	const cJSON *purls = ps_csaf_items(product->helper, "purls");
	g_autofree char *first = NULL;

	/* one alone differs from none */
	for (const cJSON *item = purls && purls->next ? purls : NULL; item;
	     item = item->next, at.index++) {
		const char *text = ps_csaf_item_string(item);
		g_autofree char *rest = text ? without_qualifiers(text) : NULL;
		if (!first)
			first = g_steal_pointer(&rest);
		else if (rest && !g_str_equal(first, rest))
			ps_csaf_found(context, &at,
				      _("“%s” differs from the first package URL in more than its "
					"qualifiers; give it a product of its own."),
				      text);
	}
}

void
ps_csaf_test_purl_qualifiers(PsCsafContext *context)
{
	ps_csaf_each_product(context, check_qualifiers);
}

/* ---- 6.1.43, 6.1.44, 6.1.61 ---- */

/* Stars that are not quoted by a backslash. */
static int
count_stars(const char *text)
{
	int stars = 0;

	for (; *text; text++) {
		if (*text == '\\' && text[1])
			text++;
		else
			stars += *text == '*';
	}
	return stars;
}

static void
check_stars(PsCsafContext *context, const PsCsafProduct *product, const char *member)
{
	PsPlace helper = {&product->place, HELPER, 0}, list = {&helper, member, 0},
		at = {&list, NULL, 0};

	for (const cJSON *item = ps_csaf_items(product->helper, member); item;
	     item = item->next, at.index++)
		if (cJSON_IsString(item) && count_stars(item->valuestring) > 1)
			ps_csaf_found(context, &at,
				      _("“%s” holds more than one star; keep one, or write \\* for "
					"a star that is meant."),
				      item->valuestring);
}

#define STAR_TEST(name, member)                                                                    \
	static void check_##name(PsCsafContext *context, const PsCsafProduct *product)             \
	{                                                                                          \
		check_stars(context, product, member);                                             \
	}                                                                                          \
	void ps_csaf_test_##name(PsCsafContext *context)                                           \
	{                                                                                          \
		ps_csaf_each_product(context, check_##name);                                       \
	}

STAR_TEST(model_stars, "model_numbers")
STAR_TEST(serial_stars, "serial_numbers")
STAR_TEST(sku_stars, "skus")

/* ---- 6.2.31 ---- */

static void
check_hardware(PsCsafContext *context, const PsCsafProduct *product)
{
	const cJSON *helper = product->helper;
	const char *id = product->id;

	if (!id || g_hash_table_contains(context->scratch, id) ||
	    !(ps_csaf_items(helper, "serial_numbers") || ps_csaf_items(helper, "model_numbers")))
		return;
	ps_csaf_found(context, &product->place,
		      _("The product “%s” has serial or model numbers and so is a device, but no "
			"product path puts software on it; keep device and software apart."),
		      id);
}

void
ps_csaf_test_hardware(PsCsafContext *context)
{
	PsPlace list = {&ps_place_tree, ps_csaf_relations(context), 0}, place = {&list, NULL, 0};

	context->scratch = ps_csaf_set_new();
	for (const cJSON *item = ps_csaf_items(context->tree, list.name); item;
	     item = item->next, place.index++) {
		PsCsafParts parts;
		ps_csaf_parts_init(&parts, context, item, &place);
		for (const char *id; (id = ps_csaf_parts_next(&parts));)
			g_hash_table_add(context->scratch, (gpointer)id);
	}
	ps_csaf_each_product(context, check_hardware);
	g_clear_pointer(&context->scratch, g_hash_table_unref);
}

/* ---- 6.2.32 ---- */

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Members in any order and items in any order are the same value; texts stand by their numbers. */
static char *
fingerprint(const cJSON *value)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

	if (cJSON_IsString(value))
		return g_strdup_printf("\"%u", ps_json_text_number(value));
	if (!cJSON_IsArray(value) && !cJSON_IsObject(value))
		return ps_json_print(value);
	for (const cJSON *item = value->child; item; item = item->next) {
		char *inner = fingerprint(item);
		g_ptr_array_add(parts, item->string ? g_strconcat(item->string, "\x1f", inner, NULL)
						    : g_strdup(inner));
		g_free(inner);
	}
	if (parts->len > 1)
		qsort(parts->pdata, parts->len, sizeof(gpointer), compare_texts);
	g_ptr_array_add(parts, NULL);
	g_autofree char *joined = g_strjoinv("\x1e", (char **)parts->pdata);
	return g_strconcat(cJSON_IsArray(value) ? "[" : "{", joined, "\x1d", NULL);
}

/* Values of one kind of helper -> id of the product that had it first. */
typedef struct {
	GHashTable *texts;  /* by ps_json_text_number() */
	GHashTable *others; /* by fingerprint() */
} Values;

static void
values_free(gpointer data)
{
	Values *values = data;

	g_hash_table_unref(values->texts);
	g_hash_table_unref(values->others);
	g_free(values);
}

/* `scratch` keeps them. */
static Values *
values_of(PsCsafContext *context, const char *kind)
{
	Values *values = g_hash_table_lookup(context->scratch, kind);

	if (values)
		return values;
	values = g_new(Values, 1);
	values->texts = g_hash_table_new(NULL, NULL);
	values->others = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
	g_hash_table_insert(context->scratch, (gpointer)kind, values);
	return values;
}

/* The product that had the value first; NULL: this one. */
static const char *
first_with(Values *values, const cJSON *value, const char *id)
{
	gboolean text = cJSON_IsString(value);
	gpointer key = text ? GUINT_TO_POINTER(ps_json_text_number(value)) : fingerprint(value);
	GHashTable *table = text ? values->texts : values->others;
	const char *first = g_hash_table_lookup(table, key);

	if (!first)
		g_hash_table_insert(table, key, (gpointer)id);
	else if (!text)
		g_free(key);
	return first;
}

/* One value of one kind of helper. */
static void
check_value(PsCsafContext *context, const char *kind, const cJSON *value, const char *id,
	    const PsPlace *place)
{
	const char *first = first_with(values_of(context, kind), value, id);

	if (first && !g_str_equal(first, id))
		ps_csaf_found(context, place,
			      _("The products “%s” and “%s” are recognised by the same value of "
				"“%s”; give each its own."),
			      first, id, kind);
}

static void
check_shared(PsCsafContext *context, const PsCsafProduct *product)
{
	const cJSON *holder = product->helper;
	const char *id = product->id;
	PsPlace helper = {&product->place, HELPER, 0};

	for (const cJSON *kind = id && holder ? holder->child : NULL; kind; kind = kind->next) {
		PsPlace list = {&helper, kind->string, 0}, at = {&list, NULL, 0};
		if (!cJSON_IsArray(kind)) {
			check_value(context, kind->string, kind, id, &list);
			continue;
		}
		for (const cJSON *item = kind->child; item; item = item->next, at.index++)
			check_value(context, kind->string, item, id, &at);
	}
}

void
ps_csaf_test_helper_shared(PsCsafContext *context)
{
	context->scratch = g_hash_table_new_full(ps_text_hash, g_str_equal, NULL, values_free);
	ps_csaf_each_product(context, check_shared);
	g_clear_pointer(&context->scratch, g_hash_table_unref);
}
