#include "config.h"

/* Restore. The backup is copied beside the workspace and prepared there: brought up to date, given
 * a new epoch, and told what must not be forgotten from the present state (numbers that were given,
 * erasures that were made). Then it takes the place of the live database in one transaction, so
 * that programs which have it open go on, and a power cut leaves the one or the other. */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/backup.h"

#define BUSY_TRIES 100
#define BUSY_WAIT_US 50000

typedef struct {
	PsStore *live; /* NULL: there is none that could be opened */
	PsStore *copy;
	const char *file; /* where the database will live */
} Restore;

/* ---- what the present state knows ---- */

static gboolean
carry_numbers(Restore *restore, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(restore->live, "SELECT prefix, year, last FROM number_counter",
				   error);
	PS_STATEMENT upsert =
		rows ? ps_store_statement(restore->copy,
					  "INSERT INTO number_counter (prefix, year, last) VALUES "
					  "(?1, ?2, ?3) ON CONFLICT (prefix, year) DO UPDATE SET "
					  "last = max(last, ?3)",
					  error)
		     : NULL;

	if (!upsert)
		return FALSE;
	while (sqlite3_step(rows) == SQLITE_ROW) {
		for (int i = 0; i < 3; i++)
			sqlite3_bind_value(upsert, i + 1, sqlite3_column_value(rows, i));
		if (sqlite3_step(upsert) != SQLITE_DONE)
			return ps_store_sql_error(restore->copy, _("restoring"), error);
		sqlite3_reset(upsert);
	}
	return TRUE;
}

static gboolean
has_erasure(Restore *restore, sqlite3_stmt *erasure)
{
	PS_STATEMENT select = ps_store_statement(
		restore->copy,
		"SELECT 1 FROM erasure WHERE kind = ?1 AND record = ?2 AND field IS ?3", NULL);

	if (!select)
		return FALSE;
	for (int i = 0; i < 3; i++)
		sqlite3_bind_value(select, i + 1, sqlite3_column_value(erasure, i));
	return sqlite3_step(select) == SQLITE_ROW;
}

/* What was erased must not come back with an older backup. */
static gboolean
carry_erasures(Restore *restore, PsTxn *txn, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(restore->live,
				   "SELECT kind, record, field, reason FROM erasure ORDER BY row",
				   error);

	if (!rows)
		return FALSE;
	while (sqlite3_step(rows) == SQLITE_ROW)
		if (!has_erasure(restore, rows) &&
		    !ps_erasure_apply(txn, ps_column_text(rows, 0), ps_column_text(rows, 1),
				      ps_column_text(rows, 2), ps_column_text(rows, 3), error))
			return FALSE;
	return TRUE;
}

/* ---- the copy ---- */

static gboolean
same_workspace(Restore *restore, GError **error)
{
	gint64 records = 0;

	if (!restore->live || g_str_equal(restore->live->workspace, restore->copy->workspace))
		return TRUE;
	if (!ps_db_integer(restore->live,
			   "SELECT (SELECT count(*) FROM \"case\") + (SELECT count(*) FROM report)",
			   &records, error))
		return FALSE;
	if (records == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("The backup is of another workspace than “%s”, which holds cases of its own. "
		      "Restore it into a new directory with -w."),
		    restore->live->dir);
	return FALSE;
}

static gboolean
start_epoch(Restore *restore, GError **error)
{
	PsStore *copy = restore->copy, *live = restore->live;
	gboolean same = live && g_str_equal(live->workspace, copy->workspace);
	g_autoptr(PsTxn) txn = ps_txn_begin(copy, "workspace.restore", error);

	if (!txn || (same && !ps_log_load_head(live, error)))
		return FALSE;
	ps_txn_irreversible(txn);
	if (same) {
		/* later than all that happened here */
		copy->epoch = MAX(copy->epoch, live->epoch);
		txn->clock = MAX(txn->clock, live->head.clock + 1);
	}
	if (!ps_epoch_start(txn, restore->file, "restored", error) ||
	    (same && (!carry_numbers(restore, error) || !carry_erasures(restore, txn, error))))
		return FALSE;
	return ps_txn_commit(txn, error);
}

/* ---- files beside the database ---- */

static gboolean
safe_path(const char *path)
{
	return path && *path && !g_path_is_absolute(path) && !strstr(path, "..");
}

/* What is published stays as it is: only what is missing comes back. */
static gboolean
restore_file(const char *dir, const char *path, const void *bytes, gsize length, GError **error)
{
	g_autofree char *full = g_build_filename(dir, path, NULL);
	g_autofree char *parent = g_path_get_dirname(full);

	if (g_file_test(full, G_FILE_TEST_EXISTS))
		return TRUE;
	return ps_dir_make(parent, 0755, error) &&
	       ps_file_write(full, bytes, (gssize)length,
			     g_str_equal(path, PS_CONFIG_NAME) ? 0600 : 0644, error);
}

static gboolean
has_files(PsStore *copy, gint64 *has, GError **error)
{
	return ps_db_integer(copy, "SELECT count(*) FROM sqlite_schema WHERE name = 'backup_file'",
			     has, error);
}

static gboolean
restore_files(PsStore *copy, GError **error)
{
	gint64 has;
	int code = SQLITE_DONE;

	if (!has_files(copy, &has, error))
		return FALSE;
	PS_STATEMENT rows =
		has ? ps_store_statement(copy, "SELECT path, bytes FROM backup_file", error) : NULL;
	if (has && !rows)
		return FALSE;
	while (rows && (code = sqlite3_step(rows)) == SQLITE_ROW)
		if (safe_path(ps_column_text(rows, 0)) &&
		    !restore_file(copy->dir, ps_column_text(rows, 0), sqlite3_column_blob(rows, 1),
				  (gsize)sqlite3_column_bytes(rows, 1), error))
			return FALSE;
	return code == SQLITE_DONE || ps_store_sql_error(copy, _("restoring files"), error);
}

/* ---- taking its place ---- */

static gboolean
into_live(PsStore *copy, PsStore *live, GError **error)
{
	sqlite3_backup *backup = sqlite3_backup_init(live->db, "main", copy->db, "main");
	int code = SQLITE_ERROR;

	if (!backup)
		return ps_store_sql_error(live, _("restoring"), error);
	for (int i = 0; i < BUSY_TRIES; i++) {
		code = sqlite3_backup_step(backup, -1);
		if ((code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
			break;
		g_usleep(BUSY_WAIT_US);
	}
	int finished = sqlite3_backup_finish(backup);
	if (code == SQLITE_DONE && finished == SQLITE_OK)
		return TRUE;
	code = code == SQLITE_DONE ? finished : code;
	return ps_sql_error(live->file, code, sqlite3_errstr(code), _("restoring"), error);
}

/* Where nothing could be opened: the damaged file is kept beside the restored one. */
static gboolean
into_place(const char *aside, const char *file, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(file);
	g_autofree char *damaged = g_strconcat(file, ".damaged", NULL);
	g_autofree char *wal = g_strconcat(file, "-wal", NULL);
	g_autofree char *damaged_wal = g_strconcat(damaged, "-wal", NULL);

	ps_database_remove(damaged);
	if (access(wal, F_OK) == 0)
		rename(wal, damaged_wal);
	if (access(file, F_OK) == 0)
		rename(file, damaged);
	if (rename(aside, file) == 0)
		return ps_file_sync(dir, error);
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be made: %s."), file,
		    g_strerror(errno));
	return FALSE;
}

/* The backup may lie on read-only media: it is only read. */
static gboolean
copy_backup(const char *file, const char *aside, int mode, GError **error)
{
	gboolean readonly = TRUE;

	if (access(file, R_OK) != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("“%s” can't be read: %s."), file,
			    g_strerror(errno));
		return FALSE;
	}
	sqlite3 *db = ps_connection_open(file, &readonly, error);
	gboolean done = db && ps_database_copy(db, file, aside, mode, error);
	sqlite3_close_v2(db);
	return done;
}

static gboolean
prepare(Restore *restore, GError **error)
{
	PsStore *copy = restore->copy;

	return ps_schema_upgrade(copy, TRUE, error) && ps_store_read_identity(copy, error) &&
	       same_workspace(restore, error) && start_epoch(restore, error) &&
	       restore_files(copy, error) &&
	       ps_db_exec(copy, "DROP TABLE IF EXISTS backup_file", _("restoring"), error);
}

static int
file_mode(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 ? (int)(st.st_mode & 0660) : 0600;
}

static gboolean
restore_from(PsStore *live, const char *dir, const char *target, const char *file,
	     const PsKeyOps *ops, GError **error)
{
	g_autofree char *aside = g_strconcat(target, ".restore", NULL);
	Restore restore = {.live = live, .file = live ? target : aside};
	gboolean done = FALSE;

	if (copy_backup(file, aside, file_mode(target), error) &&
	    (restore.copy = ps_store_open_raw(dir, aside, ops, error))) {
		done = prepare(&restore, error) && (!live || into_live(restore.copy, live, error));
		ps_store_close(restore.copy);
		done = done &&
		       (live || (ps_file_sync(aside, error) && into_place(aside, target, error)));
	}
	ps_database_remove(aside);
	return done;
}

gboolean
ps_store_restore(PsStore *store, const char *file, GError **error)
{
	g_autofree char *before = g_strdup(store->workspace);

	if (store->readonly || store->txn)
		return ps_readonly_error(store, error);
	if (!restore_from(store, store->dir, store->file, file, &store->ops, error) ||
	    !ps_store_read_identity(store, error))
		return FALSE;
	ps_store_set_person(store, NULL);
	/* another workspace has another key */
	if (!g_str_equal(before, store->workspace))
		ps_store_lock(store);
	return TRUE;
}

gboolean
ps_store_recover(const char *dir, const char *file, const PsKeyOps *ops, GError **error)
{
	g_autofree char *target = g_build_filename(dir, PS_DB_NAME, NULL);
	g_autoptr(GError) reason = NULL;
	g_autoptr(PsStore) live =
		access(target, F_OK) == 0 ? ps_store_open(dir, 0, ops, &reason) : NULL;

	if (live)
		return ps_store_restore(live, file, error);
	/* a newer program's workspace is not damaged */
	if (reason && !g_error_matches(reason, PS_ERROR, PS_ERROR_IO)) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return FALSE;
	}
	return ps_dir_make(dir, 0700, error) && restore_from(NULL, dir, target, file, ops, error);
}
