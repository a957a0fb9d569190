#include "config.h"

/* Versions of one product: a fixed one needs an affected one beside it (6.1.27.13) and the other
 * way round (6.2.39.1).
 *
 * The *line* of a product is the branches above it without those that stand for a version; products
 * outside the branches tell nothing about that and are taken as one line. Of a product path one
 * product may be of another version, the rest is the same. What is installed with a fix
 * (installed_with) corresponds to the same without it. Each product gets the keys under which
 * others correspond to it, so that a comparison is a look into a set. */

#include "advisory/csaf-test.h"

#include <string.h>

#include "base/i18n.h"

/* Products in one path; longer ones are not compared, each has a key a product. */
#define PARTS_MAX 32

static const char *const version_categories[] = {"patch_level", "product_version",
						 "product_version_range", "service_pack", NULL};

static const char *const affected_lists[] = {"known_affected", "first_affected", "last_affected"};
static const char *const fixed_lists[] = {"fixed", "first_fixed"};

typedef struct {
	const char *line;  /* one of `known`; of a path its own id */
	const cJSON *path; /* the product path that defines it, or NULL */
} Product;

typedef struct {
	GHashTable *known;    /* every line, once: compared by address */
	GHashTable *products; /* id -> Product */
	GHashTable *open;     /* ids of ranges that end below a version: "<4.2" */
} Lines;

/* ---- lines ---- */

/* The last constraint of a range ends below a version, so that there is a version behind it. */
static gboolean
ends_below(const char *name)
{
	const char *last = strrchr(name, '|'), *start;

	start = last                                                   ? last + 1
		: g_str_has_prefix(name, "vers:") && strchr(name, '/') ? strchr(name, '/') + 1
								       : name;
	start += strspn(start, " ");
	return start[0] == '<' && start[1] != '=';
}

/* The one copy of a line. */
static const char *
known(Lines *lines, const char *line)
{
	const char *copy = g_hash_table_lookup(lines->known, line);

	if (!copy) {
		copy = g_strdup(line);
		g_hash_table_add(lines->known, (gpointer)copy);
	}
	return copy;
}

static void
add_product(Lines *lines, const cJSON *product, const char *line, const cJSON *path)
{
	const char *id = ps_csaf_string(product, "product_id");

	if (!id)
		return;
	Product *entry = g_new(Product, 1);
	*entry = (Product){line ? line : id, path};
	g_hash_table_insert(lines->products, (gpointer)id, entry);
}

static void
read_branches(Lines *lines, const cJSON *holder, const char *line, gboolean open, int depth)
{
	for (const cJSON *branch = ps_csaf_items(holder, "branches"); branch && depth < 128;
	     branch = branch->next) {
		const char *category = ps_csaf_string(branch, "category");
		const char *name = ps_csaf_string(branch, "name");
		gboolean range = g_strcmp0(category, "product_version_range") == 0 && name &&
				 ends_below(name);
		gboolean same = !category || !name || g_strv_contains(version_categories, category);
		g_autofree char *own =
			same ? g_strdup(line)
			     : g_strdup_printf("%s\x1f%s\x1f%s", line, category, name);
		const cJSON *product = ps_csaf_object(branch, "product");
		const char *id = ps_csaf_string(product, "product_id");
		add_product(lines, product, known(lines, own), NULL);
		if (id && (open || range))
			g_hash_table_add(lines->open, (gpointer)id);
		read_branches(lines, branch, own, open || range, depth + 1);
	}
}

/* All products outside the branches are one line. */
static const char loose[] = "\x1d";

static void
lines_init(Lines *lines, const PsCsafContext *context)
{
	lines->known = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
	lines->products = g_hash_table_new_full(ps_text_hash, g_str_equal, NULL, g_free);
	lines->open = ps_csaf_set_new();
	read_branches(lines, context->tree, "", FALSE, 0);
	for (const cJSON *item = ps_csaf_items(context->tree, "full_product_names"); item;
	     item = item->next)
		add_product(lines, item, loose, NULL);
	for (const cJSON *item = ps_csaf_items(context->tree, "product_paths"); item;
	     item = item->next)
		add_product(lines, ps_csaf_object(item, "full_product_name"), NULL, item);
}

static void
lines_clear(Lines *lines)
{
	g_hash_table_unref(lines->known);
	g_hash_table_unref(lines->products);
	g_hash_table_unref(lines->open);
}

static const char *
line_of(const Lines *lines, const char *id)
{
	const Product *product = g_hash_table_lookup(lines->products, id);

	return product ? product->line : loose;
}

/* ---- keys ---- */

typedef struct {
	const char *id[PARTS_MAX], *category[PARTS_MAX];
	int n;
} Parts;

static gboolean
read_parts(const PsCsafContext *context, const cJSON *path, Parts *parts)
{
	PsCsafParts walk;

	parts->n = 0;
	ps_csaf_parts_init(&walk, context, path, NULL);
	for (const char *id; (id = ps_csaf_parts_next(&walk));) {
		if (parts->n == PARTS_MAX)
			return FALSE;
		parts->category[parts->n] = walk.category ? walk.category : "";
		parts->id[parts->n++] = id;
	}
	return parts->n > 0;
}

/* Under what products correspond: single ones by their line, by address; paths by texts. */
typedef struct {
	GHashTable *lines, *texts;
} Keys;

static void
keys_init(Keys *keys)
{
	keys->lines = g_hash_table_new(NULL, NULL);
	keys->texts = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
}

static void
keys_clear(Keys *keys)
{
	g_hash_table_unref(keys->lines);
	g_hash_table_unref(keys->texts);
}

/* The first `n` products of a path, with the line instead of one of them. */
static char *
key_of(const Lines *lines, const Parts *parts, int n, int masked)
{
	GString *key = g_string_new(NULL);

	for (int i = 0; i < n; i++)
		g_string_append_printf(key, "%s\x1e%s\x1e%s\x1e", parts->category[i],
				       i == masked ? "line" : "id",
				       i == masked ? line_of(lines, parts->id[i]) : parts->id[i]);
	return g_string_free(key, FALSE);
}

/* Products of the path before the first that is installed with the rest. */
static int
before_installed(const Parts *parts)
{
	int n = 1;

	while (n < parts->n && !g_str_equal(parts->category[n], "installed_with"))
		n++;
	return n;
}

/* Adds the key of a single product, or looks for it. */
static gboolean
use_line(const char *line, Keys *keys, gboolean add)
{
	if (add)
		g_hash_table_add(keys->lines, (gpointer)line);
	return !add && g_hash_table_contains(keys->lines, line);
}

/* The same with those of the first `n` products of a path. */
static gboolean
use_keys(const Lines *lines, const Parts *parts, int n, Keys *keys, gboolean add)
{
	if (n == 1)
		return use_line(line_of(lines, parts->id[0]), keys, add);
	for (int i = 0; i < n; i++) {
		g_autofree char *key = key_of(lines, parts, n, i);
		if (add)
			g_hash_table_add(keys->texts, g_steal_pointer(&key));
		else if (g_hash_table_contains(keys->texts, key))
			return TRUE;
	}
	return FALSE;
}

/* The same for a product. `before`: what it is installed with need not be there. TRUE: found, or
 * not to be judged: what is not defined at all is for 6.1.1. */
static gboolean
use_product(const PsCsafContext *context, const Lines *lines, const char *id, gboolean before,
	    Keys *keys, gboolean add)
{
	const Product *product = g_hash_table_lookup(lines->products, id);
	Parts parts;

	if (!product)
		return TRUE;
	if (!product->path)
		return use_line(product->line, keys, add);
	if (!read_parts(context, product->path, &parts))
		return TRUE;
	if (use_keys(lines, &parts, parts.n, keys, add))
		return TRUE;
	int n = before ? before_installed(&parts) : parts.n;
	return n < parts.n && use_keys(lines, &parts, n, keys, add);
}

/* Keys of every product of the lists. */
static void
add_keys(const PsCsafContext *context, const Lines *lines, const cJSON *status,
	 const char *const *lists, gsize n, gboolean before, Keys *keys)
{
	for (gsize i = 0; i < n; i++)
		for (const cJSON *id = ps_csaf_items(status, lists[i]); id; id = id->next)
			if (cJSON_IsString(id))
				use_product(context, lines, id->valuestring, before, keys, TRUE);
}

/* ---- the tests ---- */

typedef struct {
	PsCsafContext *context;
	const Lines *lines;
	Keys *keys;           /* of the other side */
	GHashTable *excused;  /* products that need no other, or NULL */
	gboolean before;      /* the products may be installed with a fix */
	const char *sentence; /* with the product */
} Search;

static void
check_lists(const Search *search, const cJSON *status, const char *const *lists, gsize n,
	    const PsPlace *place)
{
	for (gsize i = 0; i < n; i++) {
		PsPlace list = {place, lists[i], 0}, at = {&list, NULL, 0};
		for (const cJSON *item = ps_csaf_items(status, lists[i]); item;
		     item = item->next, at.index++) {
			const char *id = ps_csaf_item_string(item);
			if (!id || (search->excused && g_hash_table_contains(search->excused, id)))
				continue;
			if (!use_product(search->context, search->lines, id, search->before,
					 search->keys, FALSE))
				ps_csaf_found(search->context, &at, search->sentence, id);
		}
	}
}

/* 6.1.27.13 */
void
ps_csaf_test_profile_affected_versions(PsCsafContext *context)
{
	Lines lines;

	if (g_strcmp0(context->category, "csaf_security_advisory") != 0)
		return;
	lines_init(&lines, context);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const cJSON *status = ps_csaf_object(vulnerability, "product_status");
		PsPlace at = {&place, "product_status", 0};
		Keys keys;
		keys_init(&keys);
		add_keys(context, &lines, status, affected_lists, G_N_ELEMENTS(affected_lists),
			 FALSE, &keys);
		const Search search = {
			context,
			&lines,
			&keys,
			NULL,
			TRUE,
			_("The product “%s” is fixed, but no other version of it is affected by "
			  "this vulnerability; add the affected one."),
		};
		check_lists(&search, status, fixed_lists, G_N_ELEMENTS(fixed_lists), &at);
		keys_clear(&keys);
	}
	lines_clear(&lines);
}

/* Products of which a remedy says that there is no fixed version. */
static GHashTable *
without_fix(const PsCsafContext *context, const Lines *lines, const cJSON *vulnerability)
{
	static const char *const none[] = {"fix_planned", "no_fix_planned", "none_available", NULL};
	GHashTable *set = ps_csaf_set_new();
	g_autoptr(GHashTable) fixed = ps_csaf_set_new();
	GHashTableIter iter;
	gpointer id;

	for (const cJSON *item = ps_csaf_items(vulnerability, "remediations"); item;
	     item = item->next) {
		const char *category = ps_csaf_string(item, "category");
		if (category && g_strv_contains(none, category))
			ps_csaf_add_products(context, item, set);
		else if (g_strcmp0(category, "vendor_fix") == 0)
			ps_csaf_add_products(context, item, fixed);
	}
	g_hash_table_iter_init(&iter, set);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		if (g_hash_table_contains(fixed, id) || g_hash_table_contains(lines->open, id))
			g_hash_table_iter_remove(&iter);
	return set;
}

/* 6.2.39.1 */
void
ps_csaf_test_fixed_missing(PsCsafContext *context)
{
	Lines lines;

	if (g_strcmp0(context->category, "csaf_security_advisory") != 0)
		return;
	lines_init(&lines, context);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		const cJSON *status = ps_csaf_object(vulnerability, "product_status");
		PsPlace at = {&place, "product_status", 0};
		g_autoptr(GHashTable) excused = without_fix(context, &lines, vulnerability);
		Keys keys;
		keys_init(&keys);
		add_keys(context, &lines, status, fixed_lists, G_N_ELEMENTS(fixed_lists), TRUE,
			 &keys);
		const Search search = {
			context,
			&lines,
			&keys,
			excused,
			FALSE,
			_("The product “%s” is affected, but no fixed version of it is named; add "
			  "it, or a remedy that says there is none."),
		};
		check_lists(&search, status, affected_lists, G_N_ELEMENTS(affected_lists), &at);
		keys_clear(&keys);
	}
	lines_clear(&lines);
}
