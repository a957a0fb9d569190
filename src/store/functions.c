#include "config.h"

/* SQL functions of our connections. A plain SQLite shell does not have them, so the triggers stop
 * it from writing by accident. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/text-index.h"

/* ---- ps_guard(table, operation) ---- */

static gboolean
guard_log(const PsStore *store, const char *operation)
{
	if (g_str_equal(operation, "insert"))
		return store->logging;
	return g_str_equal(operation, "update") && store->erasing;
}

static gboolean
guard_kind(const PsStore *store, const PsKind *kind)
{
	return (kind->flags & PS_KIND_LIST) || store->txn || store->staging;
}

static const PsKind *
kind_of_table(const char *table)
{
	g_autofree char *name = g_strdup(table);

	if (g_str_has_suffix(name, "_stored"))
		name[strlen(name) - strlen("_stored")] = '\0';
	return ps_kind_any(name);
}

static gboolean
guard_allows(const PsStore *store, const char *table, const char *operation)
{
	const PsKind *kind = kind_of_table(table);

	if (g_str_equal(table, "log") || g_str_equal(table, "log_value"))
		return guard_log(store, operation);
	if (g_str_equal(table, "record_key") && g_str_equal(operation, "delete"))
		return store->erasing;
	if (kind)
		return guard_kind(store, kind);
	/* the store's own tables: in an explicit transaction only */
	return !sqlite3_get_autocommit(store->db);
}

static void
guard_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const PsStore *store = sqlite3_user_data(context);
	const char *table = (const char *)sqlite3_value_text(argv[0]);
	const char *operation = (const char *)sqlite3_value_text(argv[1]);

	(void)argc;
	if (!table || !operation || guard_allows(store, table, operation))
		return;
	g_autofree char *text =
		g_strdup_printf("%s of %s outside of a transaction of the store", operation, table);
	sqlite3_result_error(context, text, -1);
}

/* ---- ps_unsealed(kind, record, field, sealed, wrapped key) ---- */

static void
unsealed_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	PsStore *store = sqlite3_user_data(context);
	gsize length;

	(void)argc;
	if (sqlite3_value_type(argv[3]) != SQLITE_BLOB ||
	    sqlite3_value_type(argv[4]) != SQLITE_BLOB)
		return;
	/* sizes after pointers: as the manual of sqlite3_value_bytes() asks */
	const void *sealed = sqlite3_value_blob(argv[3]);
	const void *wrapped = sqlite3_value_blob(argv[4]);
	char *text = ps_unseal_wrapped(store, (const char *)sqlite3_value_text(argv[0]),
				       (const char *)sqlite3_value_text(argv[1]),
				       (const char *)sqlite3_value_text(argv[2]), wrapped,
				       (gsize)sqlite3_value_bytes(argv[4]), sealed,
				       (gsize)sqlite3_value_bytes(argv[3]), &length);
	if (!text)
		return;
	sqlite3_result_text64(context, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
	ps_wipe_free(text, length);
}

/* ---- ps_fits(words, text…): every word is in some text, whatever its case ---- */

static void
strv_free(gpointer words)
{
	g_strfreev(words);
}

static char **
folded_words(sqlite3_context *context, int argument, sqlite3_value *value)
{
	char **words = sqlite3_get_auxdata(context, argument);

	if (words)
		return words;
	words = ps_search_words((const char *)sqlite3_value_text(value));
	sqlite3_set_auxdata(context, argument, words, strv_free);
	/* NULL when there was no memory for it: freed already */
	return sqlite3_get_auxdata(context, argument);
}

static void
fits_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	char **words = folded_words(context, 0, argv[0]);
	g_autoptr(GString) all = g_string_new(NULL);

	for (int i = 1; i < argc; i++)
		if (sqlite3_value_type(argv[i]) != SQLITE_NULL)
			g_string_append_printf(all, "%s\n",
					       (const char *)sqlite3_value_text(argv[i]));
	sqlite3_result_int(context, words && ps_search_fits(words, all->str));
	sodium_memzero(all->str, all->len);
}

/* ---- ps_indexed(kind, record, words): the same, through the index of sealed text ---- */

static void
indexed_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	PsStore *store = sqlite3_user_data(context);
	char **words = folded_words(context, 2, argv[2]);

	(void)argc;
	sqlite3_result_int(context,
			   words && ps_text_index_fits(ps_vault_index(store->vault),
						       (const char *)sqlite3_value_text(argv[0]),
						       (const char *)sqlite3_value_text(argv[1]),
						       words));
}

/* ---- ps_match(words): the words as an FTS5 question ---- */

static void
match_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	char *match = ps_search_match((const char *)sqlite3_value_text(argv[0]));
	sqlite3_result_text(context, match, -1, g_free);
}

/* ---- registration ---- */

typedef struct {
	const char *name;
	int arguments, flags;
	void (*function)(sqlite3_context *, int, sqlite3_value **);
} SqlFunction;

static const SqlFunction functions[] = {
	{"ps_guard", 2, 0, guard_function},
	{"ps_log", -1, 0, ps_log_function},
	{"ps_unsealed", 5, SQLITE_DIRECTONLY, unsealed_function},
	{"ps_fits", -1, SQLITE_DIRECTONLY, fits_function},
	{"ps_match", 1, SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC, match_function},
	{"ps_indexed", 3, SQLITE_DIRECTONLY, indexed_function},
};

gboolean
ps_functions_register(PsStore *store, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(functions); i++)
		if (sqlite3_create_function_v2(store->db, functions[i].name, functions[i].arguments,
					       SQLITE_UTF8 | functions[i].flags, store,
					       functions[i].function, NULL, NULL,
					       NULL) != SQLITE_OK)
			return ps_store_sql_error(store, _("opening it"), error);
	return TRUE;
}
