#include "config.h"

/* Life of a workspace: made aside and renamed, opened, shared by clones, closed. */

#include "store/store.h"

#include <inttypes.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

/* ---- construction ---- */

static void
finalize_statement(gpointer statement)
{
	sqlite3_finalize(statement);
}

static PsStore *
store_new(const char *dir, const char *file, const PsKeyOps *ops, PsVault *vault)
{
	PsStore *store = g_new0(PsStore, 1);

	if (sodium_init() < 0)
		g_error("libsodium can't be used on this machine");
	store->dir = g_strdup(dir);
	store->file = g_strdup(file);
	store->vault = vault ? ps_vault_ref(vault) : ps_vault_new();
	store->statements =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, finalize_statement);
	if (ops)
		store->ops = *ops;
	return store;
}

void
ps_store_close(PsStore *store)
{
	if (!store)
		return;
	g_clear_pointer(&store->statements, g_hash_table_unref);
	if (store->db)
		sqlite3_close_v2(store->db);
	ps_vault_unref(store->vault);
	g_clear_pointer(&store->config, g_key_file_unref);
	g_free(store->dir);
	g_free(store->file);
	g_free(store->workspace);
	g_free(store->desk);
	g_free(store->person);
	g_free(store);
}

static gboolean
read_identity(PsStore *store, char **place, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store,
				   "SELECT id, desk, epoch, place FROM workspace WHERE one = 1",
				   error);

	if (!select)
		return FALSE;
	if (sqlite3_step(select) != SQLITE_ROW)
		return ps_store_sql_error(store, _("reading who it is"), error);
	g_free(store->workspace);
	g_free(store->desk);
	store->workspace = g_strdup(ps_column_text(select, 0));
	store->desk = g_strdup(ps_column_text(select, 1));
	store->epoch = sqlite3_column_int64(select, 2);
	if (place)
		*place = g_strdup(ps_column_text(select, 3));
	return TRUE;
}

/* ---- epochs ---- */

/* Where the database file lives. A copied file has another place: its chain must not go on as if it
 * were the original, because the original goes on too. */
static char *
place_of(const char *file)
{
	g_autofree char *machine = NULL;
	struct stat st;

	if (stat(file, &st) != 0)
		return g_strdup("");
	if (!g_file_get_contents("/etc/machine-id", &machine, NULL, NULL))
		machine = g_strdup("");
	return g_strdup_printf("%s %" PRIu64, g_strstrip(machine), (guint64)st.st_ino);
}

gboolean
ps_epoch_start(PsTxn *txn, const char *file, const char *reason, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autofree char *place = place_of(file);
	PS_STATEMENT update = ps_store_statement(
		store, "UPDATE workspace SET epoch = :epoch, place = :place WHERE one = 1", error);

	if (!update)
		return FALSE;
	/* named by its start, so that two copies of one workspace never start the same epoch */
	store->epoch = MAX(store->epoch + 1, ps_now_ms());
	store->head.sequence = 0;
	ps_bind_int(update, ":epoch", store->epoch);
	ps_bind_text(update, ":place", place);
	if (sqlite3_step(update) != SQLITE_DONE)
		return ps_store_sql_error(store, _("starting an epoch"), error);
	g_autofree char *number = g_strdup_printf("%" PRId64, store->epoch);
	g_autofree char *previous = g_strdup(store->head.hash);
	g_autofree char *id = ps_txn_note(txn, "epoch", NULL, error, "desk", store->desk, "epoch",
					  number, "reason", reason, "previous", previous, NULL);
	return id != NULL;
}

/* A copy of a workspace starts an epoch of its own when it is first opened for writing. */
static gboolean
check_place(PsStore *store, const char *known, GError **error)
{
	g_autofree char *here = place_of(store->file);

	if (store->readonly || g_strcmp0(known, here) == 0)
		return TRUE;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "workspace.copied", error);
	if (!txn)
		return FALSE;
	ps_txn_irreversible(txn);
	return ps_epoch_start(txn, store->file, "copied", error) && ps_txn_commit(txn, error);
}

/* ---- opening ---- */

static PsStore *
open_connection(const char *dir, const char *file, gboolean readonly, const PsKeyOps *ops,
		PsVault *vault, GError **error)
{
	PsStore *store = store_new(dir, file, ops, vault);

	store->readonly = readonly;
	store->db = ps_connection_open(file, &store->readonly, error);
	if (!store->db || !ps_functions_register(store, error)) {
		ps_store_close(store);
		return NULL;
	}
	return store;
}

PsStore *
ps_store_open_raw(const char *dir, const char *file, const PsKeyOps *ops, GError **error)
{
	return open_connection(dir, file, FALSE, ops, NULL, error);
}

gboolean
ps_store_read_identity(PsStore *store, GError **error)
{
	return read_identity(store, NULL, error);
}

PsStore *
ps_store_open_file(const char *dir, const char *file, PsStoreOpenFlags flags, const PsKeyOps *ops,
		   GError **error)
{
	g_autofree char *place = NULL;
	g_autoptr(PsStore) store =
		open_connection(dir, file, (flags & PS_STORE_READONLY) != 0, ops, NULL, error);

	if (!store || !ps_schema_upgrade(store, FALSE, error) ||
	    !read_identity(store, &place, error) || !check_place(store, place, error))
		return NULL;
	return g_steal_pointer(&store);
}

PsStore *
ps_store_open(const char *dir, PsStoreOpenFlags flags, const PsKeyOps *ops, GError **error)
{
	g_autofree char *file = g_build_filename(dir, PS_DB_NAME, NULL);

	if (access(file, F_OK) != 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("There is no workspace in “%s” (%s). Make one with “psirtdesk -w %s "
			      "init”, or name another directory with -w."),
			    dir, g_strerror(errno), dir);
		return NULL;
	}
	return ps_store_open_file(dir, file, flags, ops, error);
}

PsStore *
ps_store_clone(PsStore *store, GError **error)
{
	g_autoptr(PsStore) clone = open_connection(store->dir, store->file, store->readonly,
						   &store->ops, store->vault, error);

	if (!clone || !read_identity(clone, NULL, error))
		return NULL;
	clone->person = g_strdup(store->person);
	return g_steal_pointer(&clone);
}

/* ---- making ---- */

typedef struct {
	int dir_mode, file_mode;
	gid_t group; /* (gid_t)-1: the account's own */
} Sharing;

static gboolean
sharing_of(const char *group, Sharing *sharing, GError **error)
{
	*sharing = (Sharing){0700, 0600, (gid_t)-1};
	if (!group)
		return TRUE;
	struct group *entry = getgrnam(group);
	if (!entry) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("There is no group “%s” on this machine: make it with “groupadd”, "
			      "or name another."),
			    group);
		return FALSE;
	}
	*sharing = (Sharing){02770, 0660, entry->gr_gid};
	return TRUE;
}

static gboolean
share_error(const char *path, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("The permissions of “%s” can't be set: %s. Is this account in the group?"),
		    path, g_strerror(errno));
	return FALSE;
}

static gboolean
make_directory(const char *dir, const Sharing *sharing, GError **error)
{
	if (!ps_dir_make(dir, 0700, error))
		return FALSE;
	/* chown clears the set-group-id bit, so it comes first */
	if ((sharing->group != (gid_t)-1 && chown(dir, (uid_t)-1, sharing->group) != 0) ||
	    chmod(dir, (mode_t)sharing->dir_mode) != 0)
		return share_error(dir, error);
	return TRUE;
}

static gboolean
make_file(const char *file, const Sharing *sharing, GError **error)
{
	int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be made: %s."), file,
			    g_strerror(errno));
		return FALSE;
	}
	gboolean done =
		(sharing->group == (gid_t)-1 || fchown(fd, (uid_t)-1, sharing->group) == 0) &&
		fchmod(fd, (mode_t)sharing->file_mode) == 0;
	if (!done)
		share_error(file, error);
	close(fd);
	return done;
}

static void
remove_leftovers(const char *file)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *path = g_strconcat(file, endings[i], NULL);
		unlink(path);
	}
}

static gboolean
insert_workspace(PsStore *store, GError **error)
{
	g_autoptr(GPtrArray) objects = ps_schema_objects();
	g_autofree char *fingerprint = ps_schema_fingerprint(objects);
	PS_STATEMENT insert =
		ps_store_statement(store,
				   "INSERT INTO workspace (one, id, desk, epoch, schema, made_at) "
				   "VALUES (1, :id, :desk, 0, :schema, :at)",
				   error);

	if (!insert)
		return FALSE;
	store->workspace = ps_uuid7(&store->ids);
	store->desk = ps_uuid7(&store->ids);
	ps_bind_text(insert, ":id", store->workspace);
	ps_bind_text(insert, ":desk", store->desk);
	ps_bind_text(insert, ":schema", fingerprint);
	ps_bind_int(insert, ":at", ps_now_ms());
	return sqlite3_step(insert) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("making the workspace"), error);
}

static gboolean
first_transaction(PsStore *store, const char *const *fingerprints, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "workspace.create", error);

	if (!txn)
		return FALSE;
	ps_txn_irreversible(txn);
	if (!ps_keys_create(store, fingerprints, error) ||
	    !ps_epoch_start(txn, store->file, "created", error))
		return FALSE;
	g_autofree char *desk = ps_txn_note(txn, "desk", store->desk, error, "name",
					    g_get_host_name(), "place", "1", NULL);
	return desk && ps_txn_commit(txn, error);
}

static gboolean
fill_new(PsStore *store, const char *const *fingerprints, GError **error)
{
	return ps_db_exec(store, "BEGIN IMMEDIATE", _("making the workspace"), error) &&
	       ps_schema_create(store, error) && insert_workspace(store, error) &&
	       ps_db_exec(store, "COMMIT", _("making the workspace"), error) &&
	       first_transaction(store, fingerprints, error);
}

/* Made aside, so that a directory holds a whole workspace or none. Gives the open vault. */
static PsVault *
make_aside(const char *dir, const char *aside, const Sharing *sharing,
	   const char *const *fingerprints, const PsKeyOps *ops, GError **error)
{
	remove_leftovers(aside);
	if (!make_file(aside, sharing, error))
		return NULL;
	g_autoptr(PsStore) store = open_connection(dir, aside, FALSE, ops, NULL, error);
	if (!store || !fill_new(store, fingerprints, error) || !ps_db_settle(store, error))
		return NULL;
	return ps_vault_ref(store->vault);
}

static gboolean
put_in_place(const char *aside, const char *file, GError **error)
{
	g_autofree char *dir = g_path_get_dirname(file);
	int fd = open(aside, O_RDONLY | O_CLOEXEC);
	gboolean done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	/* link() refuses where another init was faster; rename() would replace its workspace */
	done = done && link(aside, file) == 0 && unlink(aside) == 0;
	fd = done ? open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	done = done && fd >= 0 && fsync(fd) == 0;
	if (!done)
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be made: %s."), file,
			    g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return done;
}

static gboolean
may_create(const char *dir, const char *file, const char *const *fingerprints, const PsKeyOps *ops,
	   GError **error)
{
	if (access(file, F_OK) == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("There is a workspace in “%s” already. Name another directory with "
			      "-w."),
			    dir);
		return FALSE;
	}
	if (fingerprints && fingerprints[0] && ops && ops->wrap)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY,
			    _("A workspace needs at least one OpenPGP key that can open it: name "
			      "it with its fingerprint."));
	return FALSE;
}

PsStore *
ps_store_create(const char *dir, const char *const *fingerprints, const char *group,
		const PsKeyOps *ops, GError **error)
{
	g_autofree char *file = g_build_filename(dir, PS_DB_NAME, NULL);
	g_autofree char *aside = g_strconcat(file, ".new", NULL);
	Sharing sharing;

	if (!may_create(dir, file, fingerprints, ops, error) ||
	    !sharing_of(group, &sharing, error) || !make_directory(dir, &sharing, error))
		return NULL;
	PsVault *vault = make_aside(dir, aside, &sharing, fingerprints, ops, error);
	PsStore *store = NULL;
	if (vault && put_in_place(aside, file, error))
		store = open_connection(dir, file, FALSE, ops, vault, error);
	remove_leftovers(aside);
	ps_vault_unref(vault);
	if (store && !read_identity(store, NULL, error))
		g_clear_pointer(&store, ps_store_close);
	return store;
}

/* ---- what it is ---- */

const char *
ps_store_dir(const PsStore *store)
{
	return store->dir;
}

const char *
ps_store_desk(const PsStore *store)
{
	return store->desk;
}

gboolean
ps_store_is_readonly(const PsStore *store)
{
	return store->readonly;
}

sqlite3 *
ps_store_db(PsStore *store)
{
	return store->db;
}

/* ---- who acts ---- */

static char *
person_of_account(PsStore *store)
{
	PS_STATEMENT select = ps_store_statement(
		store,
		"SELECT id FROM person WHERE account = :account AND active IS NOT 0 "
		"ORDER BY row LIMIT 1",
		NULL);

	if (!select)
		return NULL;
	ps_bind_text(select, ":account", g_get_user_name());
	return sqlite3_step(select) == SQLITE_ROW ? g_strdup(ps_column_text(select, 0)) : NULL;
}

static char *
person_of_setting(PsStore *store)
{
	g_autofree char *configured = ps_store_config(store, "user.person");

	return configured ? ps_store_resolve(store, "person", configured, NULL) : NULL;
}

/* One settings file can't say who each of several people is. */
static gboolean
is_shared(const PsStore *store)
{
	struct stat st;

	return stat(store->file, &st) == 0 && (st.st_mode & S_IWGRP);
}

const char *
ps_store_person(PsStore *store)
{
	if (store->person)
		return store->person;
	if (is_shared(store))
		store->person = person_of_account(store);
	if (!store->person)
		store->person = person_of_setting(store);
	if (!store->person)
		store->person = person_of_account(store);
	return store->person;
}

void
ps_store_set_person(PsStore *store, const char *person_id)
{
	g_free(store->person);
	store->person = g_strdup(person_id);
}
