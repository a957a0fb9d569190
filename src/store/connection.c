#include "config.h"

/* One SQLite connection: opening it with the rules that the whole room relies on, statements, and
 * sentences for what SQLite says. */

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

#define BUSY_TIMEOUT_MS 5000
#define STATEMENTS_MAX 256

typedef struct {
	int code; /* primary result code */
	PsErrorCode error;
	const char *sentence; /* N_(): file, what was being done, detail */
} SqlSentence;

static const SqlSentence sentences[] = {
	{SQLITE_CORRUPT, PS_ERROR_IO,
	 N_("The database “%s” is damaged (%s: %s). Restore a backup with “psirtdesk restore "
	    "FILE”; “psirtdesk verify” tells what is left.")},
	{SQLITE_NOTADB, PS_ERROR_IO,
	 N_("“%s” is no database of ours, or its first bytes are damaged (%s: %s). Restore a "
	    "backup with “psirtdesk restore FILE”.")},
	{SQLITE_FULL, PS_ERROR_IO,
	 N_("The disk that holds “%s” is full (%s: %s). Nothing was changed: make room and try "
	    "again.")},
	{SQLITE_READONLY, PS_ERROR_IO,
	 N_("The workspace “%s” can only be read (%s: %s). Check its permissions and whether the "
	    "medium is writable.")},
	{SQLITE_PERM, PS_ERROR_IO,
	 N_("This account may not write to “%s” (%s: %s). Check its permissions.")},
	{SQLITE_CANTOPEN, PS_ERROR_IO,
	 N_("The database “%s” can't be opened (%s: %s). Check that the directory exists and that "
	    "this account may write to it.")},
	{SQLITE_IOERR, PS_ERROR_IO,
	 N_("The disk that holds “%s” reports an error (%s: %s). Nothing was acknowledged; check "
	    "the disk, then try again.")},
	{SQLITE_BUSY, PS_ERROR_BUSY,
	 N_("Another program is writing to “%s” and did not finish in time (%s: %s). Try again.")},
	{SQLITE_LOCKED, PS_ERROR_BUSY,
	 N_("Another part of the program is using “%s” (%s: %s). Try again.")},
	{SQLITE_NOMEM, PS_ERROR_IO, N_("There is too little memory for “%s” (%s: %s).")},
	{SQLITE_TOOBIG, PS_ERROR_LIMIT, N_("What is to be stored in “%s” is too large (%s: %s).")},
};

/* SQLite's shared memory can't grow on a full disk: that comes as an I/O error. */
static gboolean
disk_is_full(const char *file)
{
	struct statvfs disk;

	return statvfs(file, &disk) == 0 && disk.f_bavail * disk.f_frsize < 64 * 1024;
}

gboolean
ps_sql_error(const char *file, int code, const char *detail, const char *doing, GError **error)
{
	if ((code & 0xff) == SQLITE_IOERR && disk_is_full(file))
		code = SQLITE_FULL;
	for (gsize i = 0; i < G_N_ELEMENTS(sentences); i++)
		if (sentences[i].code == (code & 0xff)) {
			g_set_error(error, PS_ERROR, sentences[i].error, _(sentences[i].sentence),
				    file, doing, detail);
			return FALSE;
		}
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("The database “%s” refused (%s): %s."), file,
		    doing, detail);
	return FALSE;
}

gboolean
ps_store_sql_error(PsStore *store, const char *doing, GError **error)
{
	return ps_sql_error(store->file, sqlite3_errcode(store->db), sqlite3_errmsg(store->db),
			    doing, error);
}

gboolean
ps_readonly_error(PsStore *store, GError **error)
{
	if (disk_is_full(store->file))
		return ps_sql_error(store->file, SQLITE_FULL, _("it was opened for reading only"),
				    _("writing"), error);
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("The workspace “%s” is open for reading only: nothing can be changed."),
		    store->dir);
	return FALSE;
}

/* A WAL database does not open on read-only media, because its shared memory can't be made there;
 * as nobody can write it either, it may be read as unchanging. With a -wal beside it, that would
 * miss what the WAL holds. */
static char *
connection_uri(const char *file, gboolean readonly, GError **error)
{
	g_autofree char *absolute = g_canonicalize_filename(file, NULL);
	g_autofree char *uri = g_filename_to_uri(absolute, NULL, error);
	g_autofree char *wal = g_strconcat(file, "-wal", NULL);
	g_autofree char *dir = g_path_get_dirname(absolute);

	if (!uri || !readonly)
		return g_steal_pointer(&uri);
	if (access(dir, W_OK) == 0)
		return g_strconcat(uri, "?mode=ro", NULL);
	if (access(wal, F_OK) == 0 && access(wal, R_OK) != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” can't be read: %s."), wal,
			    g_strerror(errno));
		return NULL;
	}
	return g_strconcat(uri, access(wal, F_OK) == 0 ? "?mode=ro" : "?mode=ro&immutable=1", NULL);
}

/* temp_store: sorting unsealed text must not leave it in a temporary file. secure_delete: what was
 * erased leaves the pages too. recursive_triggers: else REPLACE would delete without the log. */
static const char pragmas_always[] = "PRAGMA temp_store = MEMORY;"
				     "PRAGMA recursive_triggers = ON;"
				     "PRAGMA secure_delete = ON;"
				     "PRAGMA cache_size = -8192;";
static const char pragmas_writer[] = "PRAGMA journal_mode = WAL;"
				     "PRAGMA synchronous = FULL;"
				     "PRAGMA journal_size_limit = 67108864;";

static gboolean
connection_prepare(sqlite3 *db, gboolean readonly)
{
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	return sqlite3_exec(db, pragmas_always, NULL, NULL, NULL) == SQLITE_OK &&
	       (readonly || sqlite3_exec(db, pragmas_writer, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3 *
open_uri(const char *file, const char *uri, gboolean readonly, int *code, GError **error)
{
	sqlite3 *db = NULL;
	int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
		    (readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

	*code = sqlite3_open_v2(uri, &db, flags, NULL);
	if (*code == SQLITE_OK && connection_prepare(db, readonly))
		return db;
	*code = db ? sqlite3_errcode(db) : *code;
	ps_sql_error(file, *code, db ? sqlite3_errmsg(db) : sqlite3_errstr(*code), _("opening it"),
		     error);
	sqlite3_close_v2(db);
	return NULL;
}

/* On a full disk there is no room for the shared memory, but what is there can still be read, as on
 * read-only media. Not with a WAL beside it, whose content would be missed. */
static sqlite3 *
open_on_full_disk(const char *file, const char *uri)
{
	g_autofree char *wal = g_strconcat(file, "-wal", NULL);
	g_autofree char *bare = g_strndup(uri, strcspn(uri, "?"));
	g_autofree char *unchanging = g_strconcat(bare, "?mode=ro&immutable=1", NULL);
	struct stat info;
	int code;

	if (!disk_is_full(file) || (stat(wal, &info) == 0 && info.st_size > 0))
		return NULL;
	return open_uri(file, unchanging, TRUE, &code, NULL);
}

sqlite3 *
ps_connection_open(const char *file, gboolean *readonly, GError **error)
{
	g_autoptr(GError) failure = NULL;
	int code;

	if (!*readonly && access(file, F_OK) == 0 && access(file, W_OK) != 0)
		*readonly = TRUE;
	g_autofree char *uri = connection_uri(file, *readonly, error);
	if (!uri)
		return NULL;
	sqlite3 *db = open_uri(file, uri, *readonly, &code, &failure);
	if (!db && (code & 0xff) == SQLITE_IOERR && (db = open_on_full_disk(file, uri)))
		*readonly = TRUE;
	if (!db)
		g_propagate_error(error, g_steal_pointer(&failure));
	return db;
}

/* ---- statements ---- */

static gboolean
statement_idle(gpointer key, gpointer value, gpointer user)
{
	(void)key;
	(void)user;
	return !sqlite3_stmt_busy(value);
}

sqlite3_stmt *
ps_store_statement(PsStore *store, const char *sql, GError **error)
{
	sqlite3_stmt *statement = g_hash_table_lookup(store->statements, sql);

	if (statement) {
		sqlite3_reset(statement);
		sqlite3_clear_bindings(statement);
		return statement;
	}
	if (g_hash_table_size(store->statements) >= STATEMENTS_MAX)
		g_hash_table_foreach_remove(store->statements, statement_idle, NULL);
	if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
	    SQLITE_OK) {
		ps_store_sql_error(store, _("preparing a question"), error);
		return NULL;
	}
	g_hash_table_insert(store->statements, g_strdup(sql), statement);
	return statement;
}

void
ps_statement_done(sqlite3_stmt **statement)
{
	if (*statement)
		sqlite3_reset(*statement);
}

gboolean
ps_db_exec(PsStore *store, const char *sql, const char *doing, GError **error)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return TRUE;
	return ps_store_sql_error(store, doing, error);
}

gboolean
ps_db_integer(PsStore *store, const char *sql, gint64 *value, GError **error)
{
	PS_STATEMENT statement = ps_store_statement(store, sql, error);

	if (!statement)
		return FALSE;
	int code = sqlite3_step(statement);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return ps_store_sql_error(store, _("reading it"), error);
	*value = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
	return TRUE;
}

gboolean
ps_db_settle(PsStore *store, GError **error)
{
	PS_STATEMENT mode = ps_store_statement(store, "PRAGMA journal_mode = DELETE", error);

	if (!mode)
		return FALSE;
	/* where it can't, it answers with the mode that stays */
	if (sqlite3_step(mode) == SQLITE_ROW && g_str_equal(ps_column_text(mode, 0), "delete"))
		return TRUE;
	return ps_store_sql_error(store, _("carrying over its WAL"), error);
}

const char *
ps_column_text(sqlite3_stmt *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}

static int
parameter(sqlite3_stmt *statement, const char *name)
{
	int index = sqlite3_bind_parameter_index(statement, name);

	g_assert(index > 0);
	return index;
}

/* What is bound here is small; that it can't be bound means that there is no memory, where GLib
 * ends the program too. Going on would store NULL in its place. */
static void
bound(int code)
{
	if (code != SQLITE_OK)
		g_error("SQLite can't bind a value: %s", sqlite3_errstr(code));
}

void
ps_bind_text(sqlite3_stmt *statement, const char *name, const char *text)
{
	bound(sqlite3_bind_text(statement, parameter(statement, name), text, -1, SQLITE_TRANSIENT));
}

void
ps_bind_int(sqlite3_stmt *statement, const char *name, gint64 value)
{
	bound(sqlite3_bind_int64(statement, parameter(statement, name), value));
}

void
ps_bind_blob(sqlite3_stmt *statement, const char *name, const void *data, gsize length)
{
	int index = parameter(statement, name);

	bound(data ? sqlite3_bind_blob64(statement, index, data, length, SQLITE_TRANSIENT)
		   : sqlite3_bind_null(statement, index));
}

guint32
ps_store_data_version(PsStore *store)
{
	gint64 version = 0;

	ps_db_integer(store, "PRAGMA data_version", &version, NULL);
	return (guint32)version;
}
