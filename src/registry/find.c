#include "config.h"

/* Finding in the registry: filter as you type, page by page from SQLite. */

#include "registry/registry.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

#define MAX_WORDS 8

/* Every word is a pattern of LIKE; those that are not given are NULL. */
#define WORD(n, text) " AND (:w" #n " IS NULL OR " text " LIKE :w" #n " ESCAPE '\\')"
#define WORDS(text)                                                                                \
	WORD(1, text)                                                                              \
	WORD(2, text)                                                                              \
	WORD(3, text)                                                                              \
	WORD(4, text) WORD(5, text) WORD(6, text) WORD(7, text) WORD(8, text)

#define PRODUCT_TEXT                                                                               \
	"(p.vendor || ' ' || p.name || ' ' || COALESCE(p.family, '') || ' ' || "                   \
	"COALESCE(p.model, '') || ' ' || COALESCE(p.sku, '') || ' ' || COALESCE(p.cpe, ''))"
#define RELEASE_TEXT                                                                               \
	"(p.vendor || ' ' || p.name || ' ' || r.version || ' ' || COALESCE(p.family, '') || "      \
	"' ' || COALESCE(p.model, '') || ' ' || COALESCE(r.purl, '') || ' ' || "                   \
	"COALESCE(r.cpe, ''))"
#define NOT_ARCHIVED "p.archived IS NOT 1"
#define PAGE " LIMIT :limit OFFSET :offset"

/* CROSS JOIN keeps SQLite to this order: inventories are long, releases are few. */
#define OF_RELEASE(alias)                                                                          \
	" CROSS JOIN release AS r ON r.id = " alias ".release CROSS JOIN product AS p ON p.id = "  \
	"r.product AND " NOT_ARCHIVED
#define COMPONENTS "component AS c" OF_RELEASE("c")
#define PARTS "part AS t" OF_RELEASE("t")
#define COMPONENTS_WITH                                                                            \
	"component_words AS w CROSS JOIN component AS c ON c.row = w.rowid" OF_RELEASE(            \
		"c") " WHERE component_words MATCH COALESCE(ps_match(:words), '\"\"')"
#define PARTS_WITH                                                                                 \
	"part_words AS w CROSS JOIN part AS t ON t.row = w.rowid" OF_RELEASE(                      \
		"t") " WHERE part_words MATCH COALESCE(ps_match(:words), '\"\"')"
#define COMPONENT_COLUMNS                                                                          \
	"SELECT c.id, c.name || COALESCE(' ' || c.version, ''), COALESCE(c.purl, c.cpe, "          \
	"c.supplier, ''), r.id, p.vendor || ' ' || p.name || ' ' || r.version, c.support_end "     \
	"FROM "
#define PART_COLUMNS                                                                               \
	"SELECT t.id, t.name, t.manufacturer || ' ' || t.part_number || COALESCE(' rev. ' || "     \
	"t.revision, ''), r.id, p.vendor || ' ' || p.name || ' ' || r.version, NULL FROM "
#define BY_COMPONENT " ORDER BY c.name, c.row" PAGE
#define BY_PART " ORDER BY t.name, t.row" PAGE

/* Columns of a page: id, label, detail, release, where, support end. */
typedef struct {
	PsFindKinds bit;
	const char *kind;
	const char *page, *count;                       /* products, releases: any words */
	const char *page_with_words, *count_with_words; /* inventories: from the index of words */
} Finder;

static const Finder finders[] = {
	{.bit = PS_FIND_PRODUCTS,
	 .kind = "product",
	 .page = "SELECT p.id, p.vendor || ' ' || p.name, COALESCE(p.family, ''), NULL, '', "
		 "p.support_end FROM product AS p WHERE " NOT_ARCHIVED WORDS(
			 PRODUCT_TEXT) " ORDER BY p.vendor, p.name, p.row" PAGE,
	 .count = "SELECT COUNT(*) FROM product AS p WHERE " NOT_ARCHIVED WORDS(PRODUCT_TEXT)},
	{.bit = PS_FIND_RELEASES,
	 .kind = "release",
	 .page = "SELECT r.id, p.vendor || ' ' || p.name || ' ' || r.version, "
		 "COALESCE(r.released_on, ''), r.id, '', COALESCE(r.support_end, p.support_end) "
		 "FROM release AS r JOIN product AS p ON p.id = r.product WHERE " NOT_ARCHIVED
			 WORDS(RELEASE_TEXT) " ORDER BY p.vendor, p.name, r.released_on DESC, "
					     "r.row" PAGE,
	 .count = "SELECT COUNT(*) FROM release AS r JOIN product AS p ON p.id = r.product "
		  "WHERE " NOT_ARCHIVED WORDS(RELEASE_TEXT)},
	{.bit = PS_FIND_COMPONENTS,
	 .kind = "component",
	 .page = COMPONENT_COLUMNS COMPONENTS BY_COMPONENT,
	 .count = "SELECT COUNT(*) FROM " COMPONENTS,
	 .page_with_words = COMPONENT_COLUMNS COMPONENTS_WITH BY_COMPONENT,
	 .count_with_words = "SELECT COUNT(*) FROM " COMPONENTS_WITH},
	{.bit = PS_FIND_PARTS,
	 .kind = "part",
	 .page = PART_COLUMNS PARTS BY_PART,
	 .count = "SELECT COUNT(*) FROM " PARTS,
	 .page_with_words = PART_COLUMNS PARTS_WITH BY_PART,
	 .count_with_words = "SELECT COUNT(*) FROM " PARTS_WITH},
};

typedef struct {
	const char *words; /* NULL: none */
	char **patterns;   /* of LIKE */
} Question;

void
ps_found_free(PsFound *found)
{
	g_free(found->id);
	g_free(found->label);
	g_free(found->detail);
	g_free(found->release_id);
	g_free(found->where);
	g_free(found->support_end);
	g_free(found);
}

/* "50%" finds a per cent sign, not anything. */
static char *
pattern_of(const char *word)
{
	g_autoptr(GString) pattern = g_string_new("%");

	for (const char *p = word; *p; p++) {
		if (strchr("%_\\", *p))
			g_string_append_c(pattern, '\\');
		g_string_append_c(pattern, *p);
	}
	g_string_append_c(pattern, '%');
	return g_strdup(pattern->str);
}

static char **
patterns_of(const char *words)
{
	g_auto(GStrv) split = g_strsplit_set(words ? words : "", " \t\n", -1);
	GStrvBuilder *builder = g_strv_builder_new();
	int count = 0;

	for (char **word = split; *word && count < MAX_WORDS; word++) {
		if (!**word)
			continue;
		g_autofree char *pattern = pattern_of(*word);
		g_strv_builder_add(builder, pattern);
		count++;
	}
	char **patterns = g_strv_builder_end(builder);
	g_strv_builder_unref(builder);
	return patterns;
}

static void
bind_words(sqlite3_stmt *rows, const Question *question)
{
	static const char *const names[MAX_WORDS] = {":w1", ":w2", ":w3", ":w4",
						     ":w5", ":w6", ":w7", ":w8"};
	int place = sqlite3_bind_parameter_index(rows, ":words");

	if (place > 0)
		sqlite3_bind_text(rows, place, question->words, -1, SQLITE_STATIC);
	for (int i = 0; question->patterns[i]; i++) {
		place = sqlite3_bind_parameter_index(rows, names[i]);
		if (place > 0)
			sqlite3_bind_text(rows, place, question->patterns[i], -1, SQLITE_STATIC);
	}
}

static char *
column(sqlite3_stmt *row, int index)
{
	return g_strdup((const char *)sqlite3_column_text(row, index));
}

static gboolean
append_page(PsStore *store, const Finder *finder, const Question *question, gint64 offset,
	    gint64 limit, GPtrArray *found, GError **error)
{
	gboolean with = question->words && finder->page_with_words;
	PS_STATEMENT rows =
		ps_store_statement(store, with ? finder->page_with_words : finder->page, error);
	int code;

	if (!rows)
		return FALSE;
	bind_words(rows, question);
	sqlite3_bind_int64(rows, sqlite3_bind_parameter_index(rows, ":limit"), limit);
	sqlite3_bind_int64(rows, sqlite3_bind_parameter_index(rows, ":offset"), offset);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		PsFound *one = g_new(PsFound, 1);
		*one = (PsFound){finder->kind,    column(rows, 0), column(rows, 1), column(rows, 2),
				 column(rows, 3), column(rows, 4), column(rows, 5)};
		g_ptr_array_add(found, one);
	}
	return code == SQLITE_DONE || ps_store_sql_error(store, _("searching the registry"), error);
}

static gint64
count_matches(PsStore *store, const Finder *finder, const Question *question, GError **error)
{
	gboolean with = question->words && finder->count_with_words;
	PS_STATEMENT row =
		ps_store_statement(store, with ? finder->count_with_words : finder->count, error);

	if (!row)
		return -1;
	bind_words(row, question);
	if (sqlite3_step(row) == SQLITE_ROW)
		return sqlite3_column_int64(row, 0);
	ps_store_sql_error(store, _("searching the registry"), error);
	return -1;
}

GPtrArray *
ps_registry_find(PsStore *store, PsFindKinds kinds, const char *words, gint64 offset, int limit,
		 GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)ps_found_free);
	g_auto(GStrv) patterns = patterns_of(words);
	const Question question = {patterns[0] ? words : NULL, patterns};

	for (gsize i = 0; i < G_N_ELEMENTS(finders) && (int)found->len < limit; i++) {
		guint before = found->len;
		if (!(kinds & finders[i].bit))
			continue;
		if (!append_page(store, &finders[i], &question, offset, limit - (int)before, found,
				 error))
			return NULL;
		if (found->len > before) {
			offset = 0;
		} else if (offset > 0) {
			gint64 count = count_matches(store, &finders[i], &question, error);
			if (count < 0)
				return NULL;
			offset -= MIN(count, offset);
		}
	}
	return g_steal_pointer(&found);
}
