#include "config.h"

#include "advisory/outline.h"

#include <math.h>
#include <string.h>

#include "advisory/csaf-range.h"
#include "advisory/outline-internal.h"
#include "base/safe-text.h"
#include "base/utc.h"

/* ---- blocks ---- */

static void
block_free(gpointer data)
{
	PsBlock *block = data;

	g_free(block->label);
	g_free(block->text);
	g_free(block->url);
	if (block->rows)
		g_ptr_array_unref(block->rows);
	g_free(block);
}

static PsBlock *
add_block(PsWriting *writing, PsBlockType type)
{
	PsBlock *block = g_new0(PsBlock, 1);

	block->type = type;
	g_ptr_array_add(writing->blocks, block);
	return block;
}

void
ps_write_heading(PsWriting *writing, int level, const char *text)
{
	PsBlock *block = add_block(writing, level == 1 ? PS_BLOCK_TITLE : PS_BLOCK_HEADING);

	block->level = level;
	block->text = ps_safe_text(text, -1, PS_SAFE_LINE);
}

void
ps_write_text(PsWriting *writing, PsBlockType type, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);

	g_strstrip(safe);
	if (*safe)
		add_block(writing, type)->text = g_steal_pointer(&safe);
}

void
ps_write_fact(PsWriting *writing, const char *label, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);

	g_strstrip(safe);
	if (!*safe)
		return;
	PsBlock *block = add_block(writing, PS_BLOCK_FACT);
	block->label = g_strdup(label);
	block->text = g_steal_pointer(&safe);
}

/* A link is made only of what stands for itself in each form: "&" is the one character in it that
 * HTML escapes. */
static char *
link_of(const char *url)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:"};
	gboolean known = FALSE;

	for (gsize i = 0; url && i < G_N_ELEMENTS(schemes); i++)
		known = known || g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0;
	for (const char *p = url; known && *p; p++)
		known = g_ascii_isalnum(*p) || strchr("-._~:/?#@!$&*+,;=%", *p);
	return known ? g_strdup(url) : NULL;
}

void
ps_write_link(PsWriting *writing, PsBlockType type, const char *label, const char *url)
{
	g_autofree char *safe = ps_safe_text(url, -1, PS_SAFE_LINE);

	if (!*safe)
		return;
	PsBlock *block = add_block(writing, type);
	block->label = label ? ps_safe_text(label, -1, PS_SAFE_LINE) : NULL;
	block->url = link_of(url);
	block->text = g_steal_pointer(&safe);
}

GPtrArray *
ps_write_table(PsWriting *writing, const char *caption, int named_by)
{
	PsBlock *block = add_block(writing, PS_BLOCK_TABLE);

	block->label = ps_safe_text(caption, -1, PS_SAFE_LINE);
	block->level = named_by;
	block->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	return block->rows;
}

void
ps_write_row(GPtrArray *table, const char *first, const char *second, const char *third)
{
	const char *const cells[] = {first, second, third};
	char **row = g_new0(char *, G_N_ELEMENTS(cells) + 1);

	for (gsize i = 0; i < G_N_ELEMENTS(cells) && cells[i]; i++)
		row[i] = ps_safe_text(cells[i], -1, PS_SAFE_LINE);
	g_ptr_array_add(table, row);
}

void
ps_write_score(PsWriting *writing, const char *label, const char *vector, double score,
	       const char *severity)
{
	static const char *const severities[] = {"NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
	PsBlock *block = add_block(writing, PS_BLOCK_SCORE);

	block->label = ps_safe_text(label, -1, PS_SAFE_LINE);
	block->text = ps_safe_text(vector, -1, PS_SAFE_LINE);
	block->tenths = (int)lround(CLAMP(score, 0, 10) * 10);
	block->severity = "";
	for (gsize i = 0; severity && i < G_N_ELEMENTS(severities); i++)
		if (g_ascii_strcasecmp(severity, severities[i]) == 0)
			block->severity = severities[i];
}

/* ---- small texts ---- */

const char *
ps_write_phrase(const PsWriting *writing, PsPhrase phrase)
{
	return ps_phrase(writing->lang, phrase);
}

const char *
ps_write_token(const PsWriting *writing, const char *token)
{
	const char *phrase = ps_phrase_token(writing->lang, token);

	return phrase ? phrase : token;
}

char *
ps_write_date(const char *text)
{
	gint64 at;

	if (!text || !ps_utc_parse(text, &at, NULL))
		return g_strdup(text);
	g_autofree char *utc = ps_utc_format(at);
	return strlen(utc) >= 16 ? g_strdup_printf("%.10s %.5s UTC", utc, utc + 11)
				 : g_strdup(text);
}

static char *
language_of(const cJSON *document)
{
	const cJSON *head = cJSON_GetObjectItemCaseSensitive(document, "document");
	const char *lang = ps_json_text(head, "lang");

	for (const char *p = lang; p && *p; p++)
		if (!g_ascii_isalnum(*p) && *p != '-')
			lang = NULL;
	return g_strdup(lang && *lang ? lang : "en");
}

/* ---- products ---- */

static void
name_product(GHashTable *names, const cJSON *product)
{
	const char *id = ps_json_text(product, "product_id");
	const char *name = ps_json_text(product, "name");

	if (id && name)
		g_hash_table_replace(names, g_strdup(id), g_strdup(name));
}

static void
name_branches(GHashTable *names, const cJSON *branches)
{
	const cJSON *branch;

	cJSON_ArrayForEach (branch, branches) {
		name_product(names, cJSON_GetObjectItemCaseSensitive(branch, "product"));
		name_branches(names, cJSON_GetObjectItemCaseSensitive(branch, "branches"));
	}
}

/* A group of few products is written as their names, a larger one as what it is called: the section
 * about products lists it once. */
static char *
group_name(GHashTable *names, const cJSON *group, const char *lang)
{
	const cJSON *ids = cJSON_GetObjectItemCaseSensitive(group, "product_ids"), *id;
	const char *summary = ps_json_text(group, "summary"),
		   *group_id = ps_json_text(group, "group_id");
	guint count = (guint)cJSON_GetArraySize(ids);
	g_autoptr(GString) all = g_string_new(NULL);

	if (count > PS_GROUP_INLINE) {
		g_string_append_printf(all, "%s (", summary ? summary : group_id);
		g_string_append_printf(all, ps_phrase(lang, PS_PHRASE_GROUP), count);
		g_string_append_c(all, ')');
		return g_string_free(g_steal_pointer(&all), FALSE);
	}
	cJSON_ArrayForEach (id, ids) {
		const char *text = cJSON_IsString(id) ? id->valuestring : "";
		const char *name = g_hash_table_lookup(names, text);
		g_string_append_printf(all, "%s%s", all->len ? ", " : "", name ? name : text);
	}
	return g_string_free(g_steal_pointer(&all), FALSE);
}

static void
name_groups(GHashTable *names, const cJSON *groups, const char *lang)
{
	g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, NULL);
	const cJSON *group;
	GHashTableIter iter;
	gpointer id, name;

	cJSON_ArrayForEach (group, groups) {
		const char *group_id = ps_json_text(group, "group_id");
		if (group_id && !g_hash_table_contains(found, group_id))
			g_hash_table_insert(found, (gpointer)group_id,
					    group_name(names, group, lang));
	}
	g_hash_table_iter_init(&iter, found);
	while (g_hash_table_iter_next(&iter, &id, &name))
		g_hash_table_replace(names, g_strdup(id), name);
}

/* What is repeated wherever the product is named has an end; the section about products has it
 * whole. */
static void
shorten_names(GHashTable *names)
{
	GHashTableIter iter;
	gpointer id, name;

	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &id, &name)) {
		char *text = name;
		if (strlen(text) <= PS_NAME_INLINE)
			continue;
		const char *end = g_utf8_find_prev_char(text, text + PS_NAME_INLINE);
		g_autofree char *part = g_strndup(text, end ? (gsize)(end - text) : 0);
		g_hash_table_iter_replace(&iter, g_strconcat(part, "…", NULL));
	}
}

GHashTable *
ps_product_names(const cJSON *document)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	const cJSON *tree = cJSON_GetObjectItemCaseSensitive(document, "product_tree"), *item;

	name_branches(names, cJSON_GetObjectItemCaseSensitive(tree, "branches"));
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "full_product_names"))
		name_product(names, item);
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "relationships"))
		name_product(names, cJSON_GetObjectItemCaseSensitive(item, "full_product_name"));
	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(tree, "product_paths"))
		name_product(names, cJSON_GetObjectItemCaseSensitive(item, "full_product_name"));
	shorten_names(names);
	g_autofree char *lang = language_of(document);
	name_groups(names, cJSON_GetObjectItemCaseSensitive(tree, "product_groups"), lang);
	return names;
}

const char *
ps_write_product(const PsWriting *writing, const char *id)
{
	const char *name = g_hash_table_lookup(writing->names, id);

	return name ? name : id;
}

char *
ps_write_products(const PsWriting *writing, const cJSON *item)
{
	static const char *const lists[] = {"product_ids", "group_ids"};
	g_autoptr(GString) all = g_string_new(NULL);
	const cJSON *id;

	for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
		cJSON_ArrayForEach (id, cJSON_GetObjectItemCaseSensitive(item, lists[i])) {
			if (cJSON_IsString(id))
				g_string_append_printf(all, "%s%s", all->len ? ", " : "",
						       ps_write_product(writing, id->valuestring));
		}
	return g_string_free(g_steal_pointer(&all), FALSE);
}

/* ---- versions ---- */

/* "≥ 1.0, < 2.0" for "vers:generic/>=1.0|<2.0". */
static char *
range_text(const PsWriting *writing, const char *name)
{
	static const char *const signs[][2] = {
		{"<=", "≤ "}, {">=", "≥ "}, {"!=", "≠ "}, {"<", "< "}, {">", "> "}};
	GString *text = g_string_new(NULL);

	if (g_str_has_suffix(name, "/*") && g_str_has_prefix(name, "vers:"))
		g_string_append(text, ps_write_phrase(writing, PS_PHRASE_ALL_VERSIONS));
	else if (strpbrk(name, " \t"))
		g_string_append(text, name);
	if (text->len)
		return g_string_free(text, FALSE);
	g_autoptr(PsRange) range = ps_range_parse(name);
	for (guint i = 0; i < range->constraints->len; i++) {
		const PsConstraint *constraint = range->constraints->pdata[i];
		const char *sign = "";
		for (gsize s = 0; s < G_N_ELEMENTS(signs); s++)
			if (g_str_equal(signs[s][0], constraint->comparator))
				sign = signs[s][1];
		g_string_append_printf(text, "%s%s%s", i ? ", " : "", sign, constraint->version);
	}
	return g_string_free(text, FALSE);
}

char *
ps_write_version(const PsWriting *writing, const char *id)
{
	const PsProductEntry *entry = ps_product_index_find(writing->products, id);

	for (int steps = 0; entry && steps < 16; steps++) {
		const char *version = ps_product_entry_branch(entry, "product_version");
		const char *range = ps_product_entry_branch(entry, "product_version_range");
		if (version || range)
			return version ? g_strdup(version) : range_text(writing, range);
		entry = ps_product_index_find(writing->products, entry->begins_with);
	}
	return g_strdup("");
}

/* ---- the whole ---- */

PsOutline *
ps_outline_new(const cJSON *document)
{
	PsOutline *outline = g_new0(PsOutline, 1);

	outline->lang = language_of(document);
	outline->blocks = g_ptr_array_new_with_free_func(block_free);
	g_autoptr(GHashTable) names = ps_product_names(document);
	g_autoptr(PsProductIndex) products = ps_product_index_new(document);
	PsWriting writing = {outline->blocks, names, products, outline->lang};
	ps_write_document(&writing, document);
	return outline;
}

void
ps_outline_free(PsOutline *outline)
{
	if (!outline)
		return;
	g_free(outline->lang);
	g_ptr_array_unref(outline->blocks);
	g_free(outline);
}
