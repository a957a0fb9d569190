#include "config.h"

/* verify: is everything as it was written? The database's own pages, its triggers against the
 * generator, the chain with its commitments, the tables against a replay of the log, documents,
 * imports and checkpoints. All of it on one snapshot. */

#include "store/verify.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

#define INTEGRITY_FINDINGS 20

void
ps_verify_finding(PsVerify *verify, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *sentence = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	verify->count++;
	if (verify->found)
		verify->found(verify->user, sentence);
}

char *
ps_verify_name(PsVerify *verify, const char *kind_name, const char *record)
{
	const PsKind *kind = ps_kind_any(kind_name);

	if (!kind || !kind->number_prefix)
		return g_strdup(record);
	g_autofree char *sql =
		g_strdup_printf("SELECT number FROM \"%s\" WHERE id = :id", kind->name);
	PS_STATEMENT select = ps_store_statement(verify->store, sql, NULL);
	if (!select)
		return g_strdup(record);
	ps_bind_text(select, ":id", record);
	if (sqlite3_step(select) == SQLITE_ROW && ps_column_text(select, 0))
		return g_strdup(ps_column_text(select, 0));
	return g_strdup(record);
}

/* ---- pages and objects ---- */

static gboolean
verify_pages(PsVerify *verify, GError **error)
{
	g_autofree char *sql = g_strdup_printf("PRAGMA integrity_check(%d)", INTEGRITY_FINDINGS);
	PS_STATEMENT rows = ps_store_statement(verify->store, sql, error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		const char *text = ps_column_text(rows, 0);
		if (g_strcmp0(text, "ok") != 0)
			ps_verify_finding(verify, _("The database file is damaged: %s."), text);
	}
	return code == SQLITE_DONE || ps_store_sql_error(verify->store, _("verifying"), error);
}

static GHashTable *
objects_there(PsVerify *verify, GError **error)
{
	g_autoptr(GHashTable) there =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	PS_STATEMENT rows = ps_store_statement(
		verify->store,
		"SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL", error);
	int code;

	if (!rows)
		return NULL;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_hash_table_insert(there, g_strdup(ps_column_text(rows, 0)),
				    g_strdup(ps_column_text(rows, 1)));
	if (code == SQLITE_DONE)
		return g_steal_pointer(&there);
	ps_store_sql_error(verify->store, _("verifying"), error);
	return NULL;
}

static int
compare_parts(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The parts of a table's text in one order: columns that an upgrade added stand at its end. */
static char *
sorted_parts(const char *sql)
{
	const char *open = strchr(sql, '('), *close = strrchr(sql, ')');

	if (!open || !close)
		return g_strdup(sql);
	g_autofree char *inner = g_strndup(open + 1, (gsize)(close - open - 1));
	g_auto(GStrv) parts = g_strsplit(inner, ", ", 0);
	qsort(parts, g_strv_length(parts), sizeof *parts, compare_parts);
	g_autofree char *joined = g_strjoinv(", ", parts);
	g_autofree char *head = g_strndup(sql, (gsize)(open - sql));
	return g_strconcat(head, "(", joined, close, NULL);
}

static gboolean
same_object(const PsSchemaObject *object, const char *sql)
{
	if (g_str_equal(sql, object->sql) || !g_str_equal(object->type, "table"))
		return g_str_equal(sql, object->sql);
	g_autofree char *ours = sorted_parts(object->sql), *theirs = sorted_parts(sql);
	return g_str_equal(ours, theirs);
}

static void
check_object(PsVerify *verify, GHashTable *there, const PsSchemaObject *object)
{
	g_autofree char *key = g_strdup_printf("%s %s", object->type, object->name);
	const char *sql = g_hash_table_lookup(there, key);

	if (!sql)
		ps_verify_finding(verify, _("The %s “%s” is missing from the database."),
				  object->type, object->name);
	else if (!same_object(object, sql))
		ps_verify_finding(verify,
				  _("The %s “%s” is not the one that this program makes: it was "
				    "changed."),
				  object->type, object->name);
	g_hash_table_remove(there, key);
}

gboolean
ps_verify_schema(PsVerify *verify, GError **error)
{
	g_autoptr(GHashTable) there = objects_there(verify, error);
	g_autoptr(GPtrArray) objects = ps_schema_objects();
	GHashTableIter iter;
	gpointer key;

	if (!there)
		return FALSE;
	for (guint i = 0; i < objects->len; i++)
		check_object(verify, there, objects->pdata[i]);
	g_hash_table_iter_init(&iter, there);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		if (g_str_has_prefix(key, "trigger ") || g_str_has_prefix(key, "view "))
			ps_verify_finding(verify, _("The database holds a %s that is not ours."),
					  (const char *)key);
	return TRUE;
}

/* ---- erasures ---- */

static gboolean
load_erasures(PsVerify *verify, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(verify->store,
				   "SELECT record, field FROM erasure WHERE field IS NOT NULL",
				   error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_hash_table_add(verify->erased, g_strdup_printf("%s\n%s", ps_column_text(rows, 0),
								 ps_column_text(rows, 1)));
	return code == SQLITE_DONE || ps_store_sql_error(verify->store, _("verifying"), error);
}

/* ---- all of it ---- */

typedef gboolean (*Part)(PsVerify *verify, GError **error);

static const Part parts[] = {
	verify_pages,     ps_verify_schema,    load_erasures,     ps_verify_chain,
	ps_verify_replay, ps_verify_documents, ps_verify_imports, ps_verify_checkpoints,
};

/* A page that can't be read is a finding, not a reason to keep silent about the rest. */
static gboolean
run_part(PsVerify *verify, Part part, GError **error)
{
	g_autoptr(GError) failed = NULL;

	if (part(verify, &failed))
		return TRUE;
	if (g_error_matches(failed, PS_ERROR, PS_ERROR_IO)) {
		ps_verify_finding(verify, "%s", failed->message);
		return TRUE;
	}
	g_propagate_error(error, g_steal_pointer(&failed));
	return FALSE;
}

static gboolean
run_parts(PsVerify *verify, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		if (!run_part(verify, parts[i], error))
			return FALSE;
	return TRUE;
}

int
ps_store_verify(PsStore *store, PsFinding found, gpointer user, GError **error)
{
	PsVerify verify = {store, found, user, 0, NULL};
	gboolean own = sqlite3_get_autocommit(store->db);

	if (own && !ps_db_exec(store, "BEGIN", _("verifying"), error))
		return -1;
	verify.erased = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	gboolean done = run_parts(&verify, error);
	g_hash_table_unref(verify.erased);
	if (own)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return done ? verify.count : -1;
}
