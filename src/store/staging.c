#include "config.h"

/* The staging area of bulk imports: short transactions without the log, and taking away what no
 * import shows. */

#include "base/error.h"
#include "base/i18n.h"
#include "store/import.h"

/* A staging area that nobody touched for so long belonged to a program that died. */
#define ABANDONED_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

/* ---- small transactions without the log ---- */

gboolean
ps_staging_begin(PsStore *store, GError **error)
{
	if (!ps_db_exec(store, "BEGIN IMMEDIATE", _("importing"), error))
		return FALSE;
	store->staging = TRUE;
	return TRUE;
}

gboolean
ps_staging_end(PsStore *store, gboolean done, GError **error)
{
	store->staging = FALSE;
	if (done && ps_db_exec(store, "COMMIT", _("importing"), error))
		return TRUE;
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return FALSE;
}

gboolean
ps_staging_step(PsStore *store, sqlite3_stmt *statement, GError **error)
{
	return sqlite3_step(statement) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("importing"), error);
}

/* ---- cleaning ---- */

static gboolean
delete_batch(PsStore *store, const char *sql, gint64 batch, gboolean *more, GError **error)
{
	if (!ps_staging_begin(store, error))
		return FALSE;
	PS_STATEMENT delete = ps_store_statement(store, sql, error);
	gboolean done = delete != NULL;
	if (done) {
		ps_bind_int(delete, ":batch", batch);
		done = ps_staging_step(store, delete, error);
		*more = sqlite3_changes(store->db) == PS_STAGING_BATCH;
		sqlite3_reset(delete);
	}
	return ps_staging_end(store, done, error);
}

gboolean
ps_staging_delete_rows(PsStore *store, const PsKind *kind, gint64 batch, GError **error)
{
	g_autofree char *table = ps_kind_storage(kind);
	g_autofree char *sql = g_strdup_printf(
		"DELETE FROM \"%s\" WHERE row IN (SELECT row FROM \"%s\" WHERE import = :batch "
		"LIMIT %d)",
		table, table, PS_STAGING_BATCH);
	gboolean more = TRUE;

	while (more)
		if (!delete_batch(store, sql, batch, &more, error))
			return FALSE;
	return TRUE;
}

gboolean
ps_staging_forget(PsStore *store, gint64 batch, GError **error)
{
	if (!ps_staging_begin(store, error))
		return FALSE;
	PS_STATEMENT delete =
		ps_store_statement(store, "DELETE FROM staging WHERE row = :batch", error);
	gboolean done = delete != NULL;
	if (done) {
		ps_bind_int(delete, ":batch", batch);
		done = ps_staging_step(store, delete, error);
		sqlite3_reset(delete);
	}
	return ps_staging_end(store, done, error);
}

static gboolean
forget_abandoned(PsStore *store, GError **error)
{
	if (!ps_staging_begin(store, error))
		return FALSE;
	PS_STATEMENT delete =
		ps_store_statement(store, "DELETE FROM staging WHERE touched_at < :before", error);
	gboolean done = delete != NULL;
	if (done) {
		ps_bind_int(delete, ":before", g_get_real_time() - ABANDONED_US);
		done = ps_staging_step(store, delete, error);
		sqlite3_reset(delete);
	}
	return ps_staging_end(store, done, error);
}

/* Rows that no import shows and no running import stages: replaced, undone, or left by a program
 * that died. */
gboolean
ps_staging_clean(PsStore *store, const PsKind *kind, GError **error)
{
	g_autofree char *table = ps_kind_storage(kind);
	g_autofree char *sql = g_strdup_printf(
		"SELECT DISTINCT import FROM \"%s\" WHERE import IS NOT NULL AND import NOT IN "
		"(SELECT batch FROM import WHERE state = 'done') AND import NOT IN (SELECT row "
		"FROM "
		"staging)",
		table);
	g_autoptr(GArray) batches = g_array_new(FALSE, FALSE, sizeof(gint64));

	if (!forget_abandoned(store, error))
		return FALSE;
	{
		PS_STATEMENT rows = ps_store_statement(store, sql, error);
		if (!rows)
			return FALSE;
		while (sqlite3_step(rows) == SQLITE_ROW) {
			gint64 batch = sqlite3_column_int64(rows, 0);
			g_array_append_val(batches, batch);
		}
	}
	for (guint i = 0; i < batches->len; i++)
		if (!ps_staging_delete_rows(store, kind, g_array_index(batches, gint64, i), error))
			return FALSE;
	return TRUE;
}
