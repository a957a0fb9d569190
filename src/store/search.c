#include "config.h"

/* Words: how they are read, and which of the three ways finds them. Kinds that grow large have an
 * FTS5 index on disk over unsealed fields; kinds with sealed text have an index in memory while
 * the workspace is unlocked; the rest is read through. */

#include <string.h>

#include "base/error.h"
#include "store/text-index.h"

char **
ps_search_words(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text ? text : "", -1);
	g_auto(GStrv) parts = g_strsplit_set(folded, " \t\r\n", 0);
	GPtrArray *words = g_ptr_array_new();

	for (gsize i = 0; parts[i]; i++)
		if (*parts[i])
			g_ptr_array_add(words, g_strdup(parts[i]));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

gboolean
ps_search_fits(char **words, const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	gboolean fits = TRUE;

	for (gsize i = 0; fits && words[i]; i++)
		fits = strstr(folded, words[i]) != NULL;
	sodium_memzero(folded, strlen(folded));
	return fits;
}

/* FTS5 sees letters and digits; a word without any would be no question to it. */
static gboolean
has_token(const char *word)
{
	for (; *word; word = g_utf8_next_char(word))
		if (g_unichar_isalnum(g_utf8_get_char(word)))
			return TRUE;
	return FALSE;
}

char *
ps_search_match(const char *text)
{
	g_auto(GStrv) words = ps_search_words(text);
	GString *match = g_string_new(NULL);

	for (gsize i = 0; words[i]; i++) {
		if (!has_token(words[i]))
			continue;
		g_auto(GStrv) parts = g_strsplit(words[i], "\"", 0);
		g_autofree char *quoted = g_strjoinv("\"\"", parts);
		g_string_append_printf(match, "%s\"%s\"*", match->len ? " " : "", quoted);
	}
	return g_string_free(match, match->len == 0);
}

/* ---- the three ways ---- */

static char *
read_through(const PsKind *kind, guint index)
{
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "ps_fits(?%u%s", index, kind->number_prefix ? ", t.number" : "");
	for (gsize i = 0; i < kind->n_fields; i++) {
		if (!ps_field_is_text(&kind->fields[i]))
			continue;
		g_autofree char *expression = ps_field_expression(kind, &kind->fields[i]);
		g_string_append_printf(sql, ", %s", expression);
	}
	g_string_append_c(sql, ')');
	return g_string_free(sql, FALSE);
}

/* Rows of a list with sealed text are few (mail that was opened): those are read through too. */
static char *
through_disk_index(const PsKind *kind, guint index)
{
	GString *sql = g_string_new(NULL);

	g_string_printf(sql,
			"(t.row IN (SELECT rowid FROM \"%s_words\" WHERE \"%s_words\" MATCH "
			"ps_match(?%u))",
			kind->name, kind->name, index);
	for (gsize i = 0; i < kind->n_fields; i++) {
		if (!(kind->fields[i].flags & PS_FIELD_SEALED))
			continue;
		g_autofree char *expression = ps_field_expression(kind, &kind->fields[i]);
		g_string_append_printf(sql, " OR (t.\"%s\" IS NOT NULL AND ps_fits(?%u, %s))",
				       kind->fields[i].name, index, expression);
	}
	g_string_append_c(sql, ')');
	return g_string_free(sql, FALSE);
}

char *
ps_search_condition(PsStore *store, const PsKind *kind, const char *words, guint index,
		    char **bound, GError **error)
{
	g_autofree char *match = ps_schema_has_words(kind) ? ps_search_match(words) : NULL;
	gboolean memory =
		!match && ps_kind_has_sealed(kind) && ps_store_is_unlocked(store) && !store->txn;

	if (memory && !ps_text_index_refresh(ps_vault_index(store->vault), store, kind, error))
		return NULL;
	*bound = g_strdup(words);
	if (match)
		return through_disk_index(kind, index);
	if (memory)
		return g_strdup_printf("ps_indexed('%s', t.id, ?%u)", kind->name, index);
	return read_through(kind, index);
}

/* ---- every kind ---- */

GPtrArray *
ps_store_search(PsStore *store, const char *words, gint64 limit, GError **error)
{
	gsize count;
	const PsKind *kinds = ps_kinds(&count);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)ps_record_free);

	for (gsize i = 0; i < count; i++) {
		PsQuery query = {.kind = kinds[i].name, .words = words, .limit = limit};
		GPtrArray *found = ps_store_list(store, &query, error);
		if (!found)
			return NULL;
		g_ptr_array_extend_and_steal(all, found);
	}
	return g_steal_pointer(&all);
}
