#include "config.h"

/* Backup: one file that holds the database, the settings and the provider tree. It is made aside,
 * synced and renamed; writers go on meanwhile. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/backup.h"

#define FILE_LIMIT ((gsize)256 * 1024 * 1024)

void
ps_database_remove(const char *file)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *path = g_strconcat(file, endings[i], NULL);
		unlink(path);
	}
}

static gboolean
make_private(const char *file, int mode, GError **error)
{
	int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 || fchmod(fd, (mode_t)mode) != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be made: %s."), file,
			    g_strerror(errno));
		if (fd >= 0)
			close(fd);
		return FALSE;
	}
	close(fd);
	return TRUE;
}

gboolean
ps_database_copy(sqlite3 *from, const char *from_name, const char *file, int mode, GError **error)
{
	sqlite3_stmt *vacuum = NULL;

	ps_database_remove(file);
	/* VACUUM INTO takes an empty file; made by us it is private from its first byte */
	if (!make_private(file, mode, error))
		return FALSE;
	gboolean done = sqlite3_prepare_v2(from, "VACUUM INTO ?1", -1, &vacuum, NULL) == SQLITE_OK;
	if (done) {
		sqlite3_bind_text(vacuum, 1, file, -1, SQLITE_TRANSIENT);
		done = sqlite3_step(vacuum) == SQLITE_DONE;
	}
	if (!done)
		ps_sql_error(from_name, sqlite3_errcode(from), sqlite3_errmsg(from),
			     _("copying it"), error);
	sqlite3_finalize(vacuum);
	return done;
}

gboolean
ps_file_sync(const char *file, GError **error)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	gboolean done = fd >= 0 && fsync(fd) == 0;

	if (!done)
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be written: %s."), file,
			    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return done;
}

/* ---- files beside the database ---- */

static gboolean
add_file(PsStore *copy, const char *root, const char *path, GError **error)
{
	g_autofree char *full = g_build_filename(root, path, NULL);
	gsize length;
	g_autofree char *bytes = ps_file_read(full, FILE_LIMIT, &length, error);
	PS_STATEMENT insert =
		bytes ? ps_store_statement(copy,
					   "INSERT INTO backup_file (path, bytes) VALUES "
					   "(:path, :bytes)",
					   error)
		      : NULL;

	if (!insert)
		return FALSE;
	ps_bind_text(insert, ":path", path);
	ps_bind_blob(insert, ":bytes", bytes, length);
	return sqlite3_step(insert) == SQLITE_DONE ||
	       ps_store_sql_error(copy, _("adding a file"), error);
}

/* Ordinary files and directories only; links are not followed out of the tree. */
static gboolean
add_tree(PsStore *copy, const char *root, const char *path, int depth, GError **error)
{
	g_autofree char *full = g_build_filename(root, path, NULL);
	struct stat st;

	if (lstat(full, &st) != 0 || depth > 16)
		return TRUE;
	if (S_ISREG(st.st_mode))
		return add_file(copy, root, path, error);
	if (!S_ISDIR(st.st_mode))
		return TRUE;
	g_autoptr(GDir) dir = ps_dir_open(full, error);
	const char *name;
	if (!dir)
		return FALSE;
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		if (!add_tree(copy, root, child, depth + 1, error))
			return FALSE;
	}
	return TRUE;
}

/* An absolute provider directory is its own place, with a backup of its own. */
static gboolean
add_files(PsStore *copy, PsStore *store, GError **error)
{
	g_autofree char *provider = ps_store_config(store, "provider.dir");

	if (!ps_db_exec(copy,
			"CREATE TABLE backup_file (path TEXT PRIMARY KEY, bytes BLOB NOT NULL) "
			"STRICT",
			_("adding files"), error) ||
	    !add_tree(copy, store->dir, PS_CONFIG_NAME, 0, error))
		return FALSE;
	if (!provider || g_path_is_absolute(provider) || strstr(provider, ".."))
		return TRUE;
	return add_tree(copy, store->dir, provider, 0, error);
}

/* Without its place: opened as a workspace, it starts an epoch of its own. One file, no WAL: it is
 * read from a stick. */
static gboolean
finish_copy(PsStore *store, const char *aside, GError **error)
{
	g_autoptr(PsStore) copy = ps_store_open_raw(store->dir, aside, &store->ops, error);

	return copy && ps_db_exec(copy, "BEGIN IMMEDIATE", _("making a backup"), error) &&
	       ps_db_exec(copy, "UPDATE workspace SET place = NULL", _("making a backup"), error) &&
	       add_files(copy, store, error) &&
	       ps_db_exec(copy, "COMMIT", _("making a backup"), error) && ps_db_settle(copy, error);
}

static gboolean
rename_into(const char *aside, const char *file, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(file);

	if (rename(aside, file) == 0)
		return ps_file_sync(dir, error);
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be written: %s."), file,
		    g_strerror(errno));
	return FALSE;
}

static gboolean
may_write_to(PsStore *store, const char *file, GError **error)
{
	struct stat live, target;

	if (stat(file, &target) != 0)
		return TRUE;
	if (stat(store->file, &live) == 0 && live.st_dev == target.st_dev &&
	    live.st_ino == target.st_ino) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is the workspace itself: name another file."), file);
		return FALSE;
	}
	if (S_ISREG(target.st_mode))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("“%s” is no file: name one."), file);
	return FALSE;
}

gboolean
ps_store_backup(PsStore *store, const char *file, GError **error)
{
	g_autofree char *aside = g_strconcat(file, ".part", NULL);

	if (!may_write_to(store, file, error))
		return FALSE;
	gboolean done = ps_database_copy(store->db, store->file, aside, 0600, error) &&
			finish_copy(store, aside, error) && ps_file_sync(aside, error) &&
			rename_into(aside, file, error);
	if (!done)
		ps_database_remove(aside);
	return done;
}
