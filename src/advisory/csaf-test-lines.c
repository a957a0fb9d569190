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

static const PsCsafStatusList affected_lists[] = {PS_CSAF_KNOWN_AFFECTED, PS_CSAF_FIRST_AFFECTED,
						  PS_CSAF_LAST_AFFECTED};
static const PsCsafStatusList fixed_lists[] = {PS_CSAF_FIXED, PS_CSAF_FIRST_FIXED};

typedef struct {
	const char *line;  /* one of `known`; of a path its own id; NULL: it is not defined */
	const cJSON *path; /* the product path that defines it, or NULL */
	gboolean open;     /* of a range that ends below a version: "<4.2" */
} Product;

typedef struct {
	const PsCsafVulnerabilities *all;
	GHashTable *known; /* every line, once: compared by address */
	Product *products; /* by number */
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
add_product(Lines *lines, const cJSON *product, const char *line, const cJSON *path, gboolean open)
{
	const char *id = ps_csaf_string(product, "product_id");

	int number = id ? ps_csaf_ids_find(&lines->all->products, id) : -1;
	if (number < 0)
		return;
	Product *entry = &lines->products[number];
	entry->line = line ? line : id;
	entry->path = path;
	entry->open |= open;
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
		add_product(lines, product, known(lines, own), NULL, open || range);
		read_branches(lines, branch, own, open || range, depth + 1);
	}
}

/* All products outside the branches are one line. */
static const char loose[] = "\x1d";

static void
lines_init(Lines *lines, const PsCsafContext *context)
{
	lines->known = g_hash_table_new_full(ps_text_hash, g_str_equal, g_free, NULL);
	lines->all = &context->all;
	lines->products = g_new0(Product, context->all.products.ids->len);
	read_branches(lines, context->tree, "", FALSE, 0);
	for (const cJSON *item = ps_csaf_items(context->tree, "full_product_names"); item;
	     item = item->next)
		add_product(lines, item, loose, NULL, FALSE);
	for (const cJSON *item = ps_csaf_items(context->tree, "product_paths"); item;
	     item = item->next)
		add_product(lines, ps_csaf_object(item, "full_product_name"), NULL, item, FALSE);
}

static void
lines_clear(Lines *lines)
{
	g_hash_table_unref(lines->known);
	g_free(lines->products);
}

static const char *
line_of(const Lines *lines, const char *id)
{
	int number = ps_csaf_ids_find(&lines->all->products, id);
	const char *line = number < 0 ? NULL : lines->products[number].line;

	return line ? line : loose;
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
keys_reset(Keys *keys)
{
	g_hash_table_remove_all(keys->lines);
	g_hash_table_remove_all(keys->texts);
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
	GString *key = g_string_sized_new(128);

	for (int i = 0; i < n; i++) {
		g_string_append(key, parts->category[i]);
		g_string_append(key, i == masked ? "\x1eline\x1e" : "\x1eid\x1e");
		g_string_append(key, i == masked ? line_of(lines, parts->id[i]) : parts->id[i]);
		g_string_append_c(key, '\x1e');
	}
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
use_product(const PsCsafContext *context, const Lines *lines, int number, gboolean before,
	    Keys *keys, gboolean add)
{
	const Product *product = &lines->products[number];
	Parts parts;

	if (!product->line)
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
add_keys(const PsCsafContext *context, const Lines *lines, const PsCsafIdList *status,
	 const PsCsafStatusList *lists, gsize n, gboolean before, Keys *keys)
{
	keys_reset(keys);
	for (gsize i = 0; i < n; i++) {
		const PsCsafIdList *ids = &status[lists[i]];
		const int *numbers = ps_csaf_numbers_of(lines->all, ids);
		for (guint k = 0; k < ids->n; k++)
			if (numbers[k] >= 0)
				use_product(context, lines, numbers[k], before, keys, TRUE);
	}
}

/* ---- the tests ---- */

/* Products of which remedies say that there is no fixed version, or that there is one. */
typedef struct {
	PsCsafCover none, fixed;
} Excuses;

typedef struct {
	PsCsafContext *context;
	const Lines *lines;
	Keys *keys;             /* of the other side */
	const Excuses *excuses; /* of products that need no other, or NULL */
	gboolean before;        /* the products may be installed with a fix */
	const char *sentence;   /* with the product */
} Search;

static gboolean
is_excused(const Search *search, int number)
{
	const Excuses *excuses = search->excuses;

	return excuses && ps_csaf_cover_has(&excuses->none, number) &&
	       !ps_csaf_cover_has(&excuses->fixed, number) && !search->lines->products[number].open;
}

static void
check_lists(const Search *search, const PsCsafIdList *status, const PsCsafStatusList *lists,
	    gsize n, const PsPlace *place)
{
	const PsCsafVulnerabilities *all = search->lines->all;

	for (gsize i = 0; i < n; i++) {
		const PsCsafIdList *ids = &status[lists[i]];
		const int *numbers = ps_csaf_numbers_of(all, ids);
		PsPlace list = {place, ps_csaf_status_names[lists[i]], 0}, at = {&list, NULL, 0};
		for (guint k = 0; k < ids->n; k++) {
			if (numbers[k] < 0 || is_excused(search, numbers[k]))
				continue;
			at.index = (int)k;
			if (!use_product(search->context, search->lines, numbers[k], search->before,
					 search->keys, FALSE))
				ps_csaf_found(search->context, &at, search->sentence,
					      ps_csaf_product_text(all, numbers[k]));
		}
	}
}

/* 6.1.27.13 */
void
ps_csaf_test_profile_affected_versions(PsCsafContext *context)
{
	Lines lines;
	Keys keys;
	const Search search = {
		context,
		&lines,
		&keys,
		NULL,
		TRUE,
		_("The product “%s” is fixed, but no other version of it is affected by "
		  "this vulnerability; add the affected one."),
	};

	if (g_strcmp0(context->category, "csaf_security_advisory") != 0)
		return;
	lines_init(&lines, context);
	keys_init(&keys);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace at = {&place, "product_status", 0};
		add_keys(context, &lines, vulnerability->status, affected_lists,
			 G_N_ELEMENTS(affected_lists), FALSE, &keys);
		check_lists(&search, vulnerability->status, fixed_lists, G_N_ELEMENTS(fixed_lists),
			    &at);
	}
	keys_clear(&keys);
	lines_clear(&lines);
}

static void
read_excuses(Excuses *excuses, const PsCsafVulnerability *vulnerability)
{
	static const char *const none[] = {"fix_planned", "no_fix_planned", "none_available", NULL};
	const PsCsafNamings *list = &vulnerability->named[PS_CSAF_NAMED_REMEDIATIONS];

	ps_csaf_cover_reset(&excuses->none);
	ps_csaf_cover_reset(&excuses->fixed);
	for (guint i = 0; i < list->n; i++) {
		const PsCsafNaming *remedy = ps_csaf_naming(excuses->none.all, list, i);
		const char *category = ps_csaf_string(remedy->item, "category");
		if (category && g_strv_contains(none, category))
			ps_csaf_cover_add(&excuses->none, remedy);
		else if (g_strcmp0(category, "vendor_fix") == 0)
			ps_csaf_cover_add(&excuses->fixed, remedy);
	}
}

/* 6.2.39.1 */
void
ps_csaf_test_fixed_missing(PsCsafContext *context)
{
	Lines lines;
	Keys keys;
	Excuses excuses;
	const Search search = {
		context,
		&lines,
		&keys,
		&excuses,
		FALSE,
		_("The product “%s” is affected, but no fixed version of it is named; add "
		  "it, or a remedy that says there is none."),
	};

	if (g_strcmp0(context->category, "csaf_security_advisory") != 0)
		return;
	lines_init(&lines, context);
	keys_init(&keys);
	ps_csaf_cover_init(&excuses.none, &context->all);
	ps_csaf_cover_init(&excuses.fixed, &context->all);
	PS_EACH_VULNERABILITY(context, vulnerability, place)
	{
		PsPlace at = {&place, "product_status", 0};
		read_excuses(&excuses, vulnerability);
		add_keys(context, &lines, vulnerability->status, fixed_lists,
			 G_N_ELEMENTS(fixed_lists), TRUE, &keys);
		check_lists(&search, vulnerability->status, affected_lists,
			    G_N_ELEMENTS(affected_lists), &at);
	}
	ps_csaf_cover_clear(&excuses.none);
	ps_csaf_cover_clear(&excuses.fixed);
	keys_clear(&keys);
	lines_clear(&lines);
}
