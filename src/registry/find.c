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
#define COMPONENT_TEXT                                                                             \
	"(c.name || ' ' || COALESCE(c.version, '') || ' ' || COALESCE(c.purl, '') || ' ' || "      \
	"COALESCE(c.cpe, '') || ' ' || COALESCE(c.supplier, '') || ' ' || "                        \
	"COALESCE(c.license, ''))"
#define PART_TEXT                                                                                  \
	"(t.name || ' ' || t.manufacturer || ' ' || t.part_number || ' ' || "                      \
	"COALESCE(t.revision, '') || ' ' || COALESCE(t.firmware, '') || ' ' || "                   \
	"COALESCE(t.function, ''))"

#define NOT_ARCHIVED "p.archived IS NOT 1"
#define OF_RELEASE(alias)                                                                          \
	" JOIN release AS r ON r.id = " alias ".release JOIN product AS p ON p.id = r.product "
#define PAGE " LIMIT :limit OFFSET :offset"

/* Columns: id, label, detail, release, where, support end. */
typedef struct {
	PsFindKinds bit;
	const char *kind, *page, *count;
} Finder;

static const Finder finders[] = {
	{PS_FIND_PRODUCTS, "product",
	 "SELECT p.id, p.vendor || ' ' || p.name, COALESCE(p.family, ''), NULL, '', p.support_end "
	 "FROM product AS p WHERE " NOT_ARCHIVED WORDS(PRODUCT_TEXT) " ORDER BY p.vendor, p.name, "
								     "p.row" PAGE,
	 "SELECT COUNT(*) FROM product AS p WHERE " NOT_ARCHIVED WORDS(PRODUCT_TEXT)},
	{PS_FIND_RELEASES, "release",
	 "SELECT r.id, p.vendor || ' ' || p.name || ' ' || r.version, COALESCE(r.released_on, ''), "
	 "r.id, '', COALESCE(r.support_end, p.support_end) FROM release AS r JOIN product AS p ON "
	 "p.id = r.product WHERE " NOT_ARCHIVED WORDS(
		 RELEASE_TEXT) " ORDER BY p.vendor, p.name, r.released_on DESC, r.row" PAGE,
	 "SELECT COUNT(*) FROM release AS r JOIN product AS p ON p.id = r.product "
	 "WHERE " NOT_ARCHIVED WORDS(RELEASE_TEXT)},
	{PS_FIND_COMPONENTS, "component",
	 "SELECT c.id, c.name || COALESCE(' ' || c.version, ''), COALESCE(c.purl, c.cpe, "
	 "c.supplier, ''), r.id, p.vendor || ' ' || p.name || ' ' || r.version, c.support_end FROM "
	 "component AS c" OF_RELEASE("c") "WHERE " NOT_ARCHIVED WORDS(
		 COMPONENT_TEXT) " ORDER BY c.name, c.row" PAGE,
	 "SELECT COUNT(*) FROM component AS c" OF_RELEASE("c") "WHERE " NOT_ARCHIVED WORDS(
		 COMPONENT_TEXT)},
	{PS_FIND_PARTS, "part",
	 "SELECT t.id, t.name, t.manufacturer || ' ' || t.part_number || COALESCE(' rev. ' || "
	 "t.revision, ''), r.id, p.vendor || ' ' || p.name || ' ' || r.version, NULL FROM part AS "
	 "t" OF_RELEASE("t") "WHERE " NOT_ARCHIVED WORDS(PART_TEXT) " ORDER BY t.name, t.row" PAGE,
	 "SELECT COUNT(*) FROM part AS t" OF_RELEASE("t") "WHERE " NOT_ARCHIVED WORDS(PART_TEXT)},
};

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

static sqlite3_stmt *
prepare(PsStore *store, const char *sql, char *const *patterns, gint64 offset, gint64 limit,
	GError **error)
{
	static const char *const names[MAX_WORDS] = {":w1", ":w2", ":w3", ":w4",
						     ":w5", ":w6", ":w7", ":w8"};
	sqlite3_stmt *rows = ps_store_statement(store, sql, error);

	if (!rows)
		return NULL;
	for (int i = 0; patterns[i]; i++)
		sqlite3_bind_text(rows, sqlite3_bind_parameter_index(rows, names[i]), patterns[i],
				  -1, SQLITE_STATIC);
	/* The counting statements have no page. */
	int place = sqlite3_bind_parameter_index(rows, ":limit");
	if (place > 0) {
		sqlite3_bind_int64(rows, place, limit);
		sqlite3_bind_int64(rows, sqlite3_bind_parameter_index(rows, ":offset"), offset);
	}
	return rows;
}

static char *
column(sqlite3_stmt *row, int index)
{
	return g_strdup((const char *)sqlite3_column_text(row, index));
}

static gboolean
append_page(PsStore *store, const Finder *finder, char *const *patterns, gint64 offset,
	    gint64 limit, GPtrArray *found, GError **error)
{
	sqlite3_stmt *rows = prepare(store, finder->page, patterns, offset, limit, error);
	int code = SQLITE_DONE;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		PsFound *one = g_new(PsFound, 1);
		*one = (PsFound){finder->kind,    column(rows, 0), column(rows, 1), column(rows, 2),
				 column(rows, 3), column(rows, 4), column(rows, 5)};
		g_ptr_array_add(found, one);
	}
	if (code != SQLITE_DONE)
		ps_store_sql_error(store, _("searching the registry"), error);
	sqlite3_reset(rows);
	return code == SQLITE_DONE;
}

static gint64
count_matches(PsStore *store, const Finder *finder, char *const *patterns, GError **error)
{
	sqlite3_stmt *row = prepare(store, finder->count, patterns, 0, 0, error);
	gint64 count = -1;

	if (!row)
		return -1;
	if (sqlite3_step(row) == SQLITE_ROW)
		count = sqlite3_column_int64(row, 0);
	else
		ps_store_sql_error(store, _("searching the registry"), error);
	sqlite3_reset(row);
	return count;
}

GPtrArray *
ps_registry_find(PsStore *store, PsFindKinds kinds, const char *words, gint64 offset, int limit,
		 GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)ps_found_free);
	g_auto(GStrv) patterns = patterns_of(words);

	for (gsize i = 0; i < G_N_ELEMENTS(finders) && (int)found->len < limit; i++) {
		guint before = found->len;
		if (!(kinds & finders[i].bit))
			continue;
		if (!append_page(store, &finders[i], patterns, offset, limit - (int)before, found,
				 error))
			return NULL;
		if (found->len > before) {
			offset = 0;
		} else if (offset > 0) {
			gint64 count = count_matches(store, &finders[i], patterns, error);
			if (count < 0)
				return NULL;
			offset -= MIN(count, offset);
		}
	}
	return g_steal_pointer(&found);
}
