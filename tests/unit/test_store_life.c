#include "config.h"

/* Making, opening, sharing, locking and closing a workspace; settings; writers side by side. */

#include "tests/unit/store-fixture.h"

#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static const char *const keys[] = {"0123456789ABCDEF0123456789ABCDEF01234567", NULL};

static char *
database(const Fixture *f)
{
	return g_build_filename(f->dir, "psirtdesk.db", NULL);
}

static int
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (int)(st.st_mode & 07777);
}

/* ---- making ---- */

static void
create__new__is_private_whatever_the_umask(void **state)
{
	Fixture *f = *state;
	g_autofree char *dir = g_build_filename(f->parent, "deep", "er", NULL);
	g_autofree char *file = g_build_filename(dir, "psirtdesk.db", NULL);
	g_autofree char *wal = g_strconcat(file, "-wal", NULL);
	g_autofree char *config = g_build_filename(dir, "config.ini", NULL);
	g_autoptr(GError) error = NULL;
	mode_t before = umask(0);
	g_autoptr(PsStore) store = ps_store_create(dir, keys, NULL, fixture_ops(), &error);

	assert_done(store, error);
	assert_true(ps_store_is_unlocked(store));
	g_autofree char *id = fixture_case(store, "One");
	assert_done(ps_store_set_config(store, "org.name", "Us", &error), error);
	assert_int_equal(mode_of(dir), 0700);
	assert_int_equal(mode_of(file), 0600);
	assert_int_equal(mode_of(wal), 0600);
	assert_int_equal(mode_of(config), 0600);
	umask(before);
	assert_verified(store);
}

static void
create__group__shares_directory_and_files(void **state)
{
	Fixture *f = *state;
	g_autofree char *dir = g_build_filename(f->parent, "shared", NULL);
	g_autofree char *file = g_build_filename(dir, "psirtdesk.db", NULL);
	const struct group *group = getgrgid(getgid());
	g_autoptr(GError) error = NULL;

	assert_null(ps_store_create(dir, keys, "no-such-group-here", fixture_ops(), &error));
	assert_non_null(strstr(error->message, "no-such-group-here"));
	g_clear_error(&error);
	if (!group) {
		print_message("# the group of this account has no name: not tested\n");
		return;
	}
	g_autoptr(PsStore) store =
		ps_store_create(dir, keys, group->gr_name, fixture_ops(), &error);
	assert_done(store, error);
	assert_int_equal(mode_of(dir), 02770);
	assert_int_equal(mode_of(file), 0660);
}

static void
create__where_there_is_one_or_without_keys__is_refused(void **state)
{
	Fixture *f = *state;
	g_autofree char *dir = g_build_filename(f->parent, "other", NULL);
	static const char *const none[] = {NULL};
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "Kept");

	assert_null(ps_store_create(f->dir, keys, NULL, fixture_ops(), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	assert_null(ps_store_create(dir, none, NULL, fixture_ops(), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NO_KEY));
	assert_false(g_file_test(dir, G_FILE_TEST_EXISTS));
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	assert_string_equal(title, "Kept");
}

/* ---- opening ---- */

static void
reopen(Fixture *f, PsStoreOpenFlags flags)
{
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&f->store, ps_store_close);
	f->store = ps_store_open(f->dir, flags, fixture_ops(), &error);
	assert_done(f->store, error);
}

static void
open__again__is_locked_until_unlocked_once(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Sealed");
	g_autoptr(GError) error = NULL;

	reopen(f, 0);
	assert_false(ps_store_is_unlocked(f->store));
	g_autofree char *locked = fixture_text(f->store, "case", id, "title");
	assert_null(locked);
	g_setenv("PRETEND_NO_KEY", "1", TRUE);
	assert_false(ps_store_unlock(f->store, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NO_KEY));
	g_unsetenv("PRETEND_NO_KEY");
	g_clear_error(&error);
	assert_done(ps_store_unlock(f->store, &error), error);
	/* no second decryption */
	g_setenv("PRETEND_NO_KEY", "1", TRUE);
	assert_done(ps_store_unlock(f->store, &error), error);
	g_unsetenv("PRETEND_NO_KEY");
	/* a clone shares the key, and locking locks all */
	g_autoptr(PsStore) clone = ps_store_clone(f->store, &error);
	g_autofree char *title = fixture_text(clone, "case", id, "title");
	assert_string_equal(title, "Sealed");
	ps_store_lock(f->store);
	assert_false(ps_store_is_unlocked(clone));
	g_autofree char *gone = fixture_text(clone, "case", id, "title");
	assert_null(gone);
}

static void
recipients__set__wraps_the_same_key_for_others(void **state)
{
	Fixture *f = *state;
	static const char *const two[] = {"AAAA", "BBBB", NULL}, *const none[] = {NULL};
	g_autofree char *id = fixture_case(f->store, "Sealed");
	g_autoptr(GError) error = NULL;

	assert_false(ps_store_set_recipients(f->store, none, &error));
	g_clear_error(&error);
	assert_done(ps_store_set_recipients(f->store, two, &error), error);
	g_auto(GStrv) now = ps_store_recipients(f->store, &error);
	assert_int_equal(g_strv_length(now), 2);
	assert_string_equal(now[1], "BBBB");
	g_autofree char *rows = fixture_sql(f->store, "SELECT count(*) FROM workspace_key");
	assert_string_equal(rows, "1");
	reopen(f, 0);
	assert_done(ps_store_unlock(f->store, &error), error);
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	assert_string_equal(title, "Sealed");
	assert_verified(f->store);
}

static void
assert_open_fails(Fixture *f, int code, const char *part)
{
	g_autoptr(GError) error = NULL;
	PsStore *store = ps_store_open(f->dir, 0, fixture_ops(), &error);

	assert_null(store);
	assert_non_null(error);
	if (error->code != code || !strstr(error->message, part))
		fail_msg("code %d: %s", error->code, error->message);
}

static void
shell(Fixture *f, const char *sql)
{
	g_autofree char *file = database(f);
	sqlite3 *db = NULL;
	char *message = NULL;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(db);
}

static void
open__missing_newer_foreign_or_damaged__gives_a_sentence(void **state)
{
	Fixture *f = *state;
	g_autofree char *file = database(f);
	g_autofree char *kept = g_strconcat(f->parent, "/kept", NULL);
	gsize length;

	g_clear_pointer(&f->store, ps_store_close);
	g_autofree char *bytes = ps_file_read(file, 1 << 28, &length, NULL);
	shell(f, "PRAGMA user_version = 99");
	assert_open_fails(f, PS_ERROR_VERSION, "newer version");
	shell(f, "PRAGMA user_version = 1; PRAGMA application_id = 7");
	assert_open_fails(f, PS_ERROR_IO, "is no database of a psirtdesk workspace");
	assert_true(g_file_set_contents(file, "This is a text and nothing else.", -1, NULL));
	assert_open_fails(f, PS_ERROR_IO, "is no database of ours");
	assert_true(g_file_set_contents(file, "", 0, NULL));
	assert_open_fails(f, PS_ERROR_IO, "is no database of a psirtdesk workspace");
	/* the first page is fine, the schema's pages are not */
	memset(bytes + 200, 0x5a, 3800);
	assert_true(g_file_set_contents(file, bytes, (gssize)length, NULL));
	assert_open_fails(f, PS_ERROR_IO, "damaged");
	assert_int_equal(rename(file, kept), 0);
	assert_open_fails(f, PS_ERROR_IO, "There is no workspace in");
}

static void
open__damaged_later__says_so_when_it_is_read(void **state)
{
	Fixture *f = *state;
	g_autofree char *file = database(f);
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 50; i++)
		g_free(fixture_case(f->store, "One of many"));
	g_autofree char *page = fixture_sql(
		f->store,
		"SELECT rootpage FROM sqlite_schema WHERE name = 'case' AND type = 'table'");
	g_clear_pointer(&f->store, ps_store_close);
	int fd = open(file, O_RDWR);
	char rubbish[4096];
	memset(rubbish, 0x5a, sizeof rubbish);
	assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, (atoi(page) - 1) * 4096), 4096);
	close(fd);
	f->store = ps_store_open(f->dir, 0, fixture_ops(), &error);
	assert_done(f->store, error);
	assert_null(ps_store_list(f->store, &(PsQuery){.kind = "case"}, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_IO));
	assert_non_null(strstr(error->message, "is damaged"));
	assert_non_null(strstr(error->message, "psirtdesk restore"));
	assert_found(f->store, "damaged");
}

static void
open__older__gets_its_new_fields_and_verifies(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Kept");
	g_autoptr(GError) error = NULL;

	/* as a version made it that had no “restricted”, no parts and an older trigger */
	g_clear_pointer(&f->store, ps_store_close);
	shell(f,
	      "DROP TRIGGER case_guard_insert; DROP TRIGGER case_guard_update; DROP TRIGGER "
	      "case_guard_delete; DROP TRIGGER case_log_insert; DROP TRIGGER case_log_update; "
	      "DROP TRIGGER case_log_delete; DROP TRIGGER workspace_guard_update; "
	      "DROP VIEW part; DROP TABLE part_words; DROP TABLE part_stored; "
	      "ALTER TABLE \"case\" DROP COLUMN restricted; UPDATE workspace SET schema = 'old'; "
	      "CREATE TRIGGER case_log_update AFTER UPDATE ON \"case\" BEGIN SELECT 1; END; "
	      "PRAGMA user_version = 0");
	assert_null(ps_store_open(f->dir, PS_STORE_READONLY, fixture_ops(), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_VERSION));
	g_clear_error(&error);
	reopen(f, 0);
	assert_done(ps_store_unlock(f->store, &error), error);
	assert_verified(f->store);
	assert_done(ps_store_set(f->store, "e", "case", id, "restricted", "yes", PS_ANY, &error),
		    error);
	assert_int_equal(ps_store_count(f->store, &(PsQuery){.kind = "part", .words = "x"}, NULL),
			 0);
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	assert_string_equal(title, "Kept");
	assert_verified(f->store);
}

static void
open__with_fields_of_another_version__is_refused_untouched(void **state)
{
	Fixture *f = *state;

	g_clear_pointer(&f->store, ps_store_close);
	shell(f,
	      "DROP TRIGGER workspace_guard_update; ALTER TABLE \"case\" ADD COLUMN mystery TEXT; "
	      "UPDATE workspace SET schema = 'other'");
	assert_open_fails(f, PS_ERROR_VERSION, "“mystery” of kind “case”");
	g_autofree char *file = database(f);
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	/* its triggers are still there */
	assert_int_not_equal(sqlite3_exec(db, "DELETE FROM \"case\"", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
open__a_copy__starts_an_epoch_of_its_own(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "One");
	g_autofree char *file = database(f);
	g_autofree char *copy = g_build_filename(f->parent, "copy", NULL);
	g_autofree char *copy_file = g_build_filename(copy, "psirtdesk.db", NULL);
	gsize length;
	g_autoptr(GError) error = NULL;

	reopen(f, 0);
	g_autofree char *same = fixture_sql(f->store, "SELECT count(*) FROM epoch");
	assert_string_equal(same, "1");
	g_clear_pointer(&f->store, ps_store_close);
	g_autofree char *bytes = ps_file_read(file, 1 << 28, &length, NULL);
	assert_done(ps_dir_make(copy, 0700, &error), error);
	assert_true(g_file_set_contents(copy_file, bytes, (gssize)length, NULL));
	g_autoptr(PsStore) store = ps_store_open(copy, 0, fixture_ops(), &error);
	assert_done(store, error);
	g_autofree char *reasons = fixture_sql(store, "SELECT group_concat(reason) FROM epoch");
	assert_string_equal(reasons, "created,copied");
	g_autofree char *epochs = fixture_sql(store, "SELECT count(DISTINCT epoch) FROM log");
	assert_string_equal(epochs, "2");
	assert_done(ps_store_unlock(store, &error), error);
	assert_verified(store);
}

/* ---- reading only ---- */

/* Runs `check` in a child that is not root, where the workspace can't be written. */
static void
as_reader(Fixture *f, gboolean (*check)(Fixture *f))
{
	g_autofree char *file = database(f);

	assert_int_equal(chmod(f->parent, 0755), 0);
	assert_int_equal(chmod(f->dir, 0555), 0);
	assert_int_equal(chmod(file, 0444), 0);
	pid_t child = fork();
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		_exit(check(f) ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(chmod(f->dir, 0755), 0);
	assert_int_equal(chmod(file, 0644), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static gboolean
read_case_and_fail_to_write(Fixture *f)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsStore) store = ps_store_open(f->dir, 0, fixture_ops(), &error);

	if (!store || !ps_store_is_readonly(store) || !ps_store_unlock(store, &error)) {
		fprintf(stderr, "%s\n", error ? error->message : "not read-only");
		return FALSE;
	}
	g_autoptr(GPtrArray) cases = ps_store_list(store, &(PsQuery){.kind = "case"}, &error);
	if (!cases || cases->len != 1 ||
	    g_strcmp0(ps_record_text(cases->pdata[0], "title"), "On a stick") != 0)
		return FALSE;
	if (ps_store_set(store, "e", "case", ps_record_id(cases->pdata[0]), "em", "ACTIVE", PS_ANY,
			 &error))
		return FALSE;
	return strstr(error->message, "for reading only") != NULL &&
	       ps_store_verify(store, NULL, NULL, NULL) == 0;
}

static void
readonly__medium__is_read_with_a_wal_and_without(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "On a stick");
	g_autofree char *file = database(f);
	g_autofree char *wal = g_strconcat(file, "-wal", NULL);
	g_autofree char *shm = g_strconcat(file, "-shm", NULL);

	/* somebody has it open: what is in the WAL counts */
	assert_int_equal(chmod(wal, 0444), 0);
	assert_int_equal(chmod(shm, 0444), 0);
	as_reader(f, read_case_and_fail_to_write);
	assert_int_equal(chmod(wal, 0600), 0);
	assert_int_equal(chmod(shm, 0600), 0);
	g_clear_pointer(&f->store, ps_store_close);
	assert_false(g_file_test(wal, G_FILE_TEST_EXISTS));
	as_reader(f, read_case_and_fail_to_write);
	/* asked for, on a medium that could be written */
	reopen(f, PS_STORE_READONLY);
	assert_true(ps_store_is_readonly(f->store));
	g_autoptr(GError) error = NULL;
	assert_null(ps_txn_begin(f->store, "x", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_IO));
}

/* ---- side by side ---- */

static void
busy__another_writer__is_told_and_nothing_is_lost(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsStore) other = ps_store_clone(f->store, &error);
	g_autofree char *id = fixture_case(f->store, "One");
	guint32 version = ps_store_data_version(other);

	sqlite3_busy_timeout(ps_store_db(other), 0);
	g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "first", &error);
	assert_done(ps_txn_set(txn, "case", id, "em", "ACTIVE", PS_ANY, &error), error);
	assert_null(ps_txn_begin(other, "second", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_BUSY));
	g_clear_error(&error);
	/* readers see what was committed, and no more */
	g_autofree char *em = fixture_text(other, "case", id, "em");
	assert_string_equal(em, "NONE");
	assert_null(ps_txn_begin(f->store, "nested", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_BUSY));
	g_clear_error(&error);
	assert_int_equal(ps_store_data_version(other), version);
	assert_done(ps_txn_commit(txn, &error), error);
	assert_int_not_equal(ps_store_data_version(other), version);
	g_autofree char *now = fixture_text(other, "case", id, "em");
	assert_string_equal(now, "ACTIVE");
}

typedef struct {
	PsStore *store;
	char *id;
	int done;
} Side;

static gpointer
write_often(gpointer user)
{
	Side *side = user;

	for (int i = 0; i < 100; i++) {
		g_autofree char *text = g_strdup_printf("%p %d", (void *)side, i);
		if (ps_store_set(side->store, "e", "case", side->id, "title", text, PS_ANY, NULL))
			side->done++;
	}
	return NULL;
}

static void
threads__two_connections__make_one_chain(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "One");
	g_autoptr(PsStore) other = ps_store_clone(f->store, &error);
	Side one = {f->store, id, 0}, two = {other, id, 0};
	GThread *a = g_thread_new("one", write_often, &one);
	GThread *b = g_thread_new("two", write_often, &two);

	g_thread_join(a);
	g_thread_join(b);
	assert_int_equal(one.done + two.done, 200);
	g_autofree char *entries =
		fixture_sql(f->store, "SELECT count(*) FROM log WHERE action = 'e'");
	assert_string_equal(entries, "200");
	assert_verified(f->store);
}

/* ---- writer thread ---- */

typedef struct {
	GThread *main;
	GString *order;
	int left;
} Written;

typedef struct {
	Written *written;
	const char *name, *id, *value;
} Edit;

static gboolean
do_edit(PsStore *store, gpointer data, GError **error)
{
	Edit *edit = data;

	return g_thread_self() != edit->written->main &&
	       ps_store_set(store, "writer.edit", "case", edit->id, "em", edit->value, PS_ANY,
			    error);
}

static void
edit_done(gpointer data, const GError *error)
{
	Edit *edit = data;

	if (g_thread_self() == edit->written->main)
		g_string_append_printf(edit->written->order, "%s%s ", edit->name, error ? "!" : "");
	edit->written->left--;
}

static void
writer__edits__run_in_order_off_this_thread_and_report_here(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "One");
	g_autoptr(GString) order = g_string_new(NULL);
	Written written = {g_thread_self(), order, 4};
	Edit edits[] = {{&written, "a", id, "PROPOSED"},
			{&written, "b", id, "no such state"},
			{&written, "c", id, "ACTIVE"},
			{&written, "d", id, "EXITED"}};
	PsWriter *writer = ps_writer_new(f->store, &error);

	assert_done(writer, error);
	for (int i = 0; i < 3; i++)
		ps_writer_submit(writer, do_edit, edit_done, &edits[i], NULL);
	while (written.left > 1)
		g_main_context_iteration(NULL, TRUE);
	assert_string_equal(order->str, "a b! c ");
	/* what is queued is finished before it goes */
	ps_writer_submit(writer, do_edit, edit_done, &edits[3], NULL);
	ps_writer_free(writer);
	while (written.left > 0)
		g_main_context_iteration(NULL, TRUE);
	g_autofree char *em = fixture_text(f->store, "case", id, "em");
	assert_string_equal(em, "EXITED");
	assert_verified(f->store);
}

/* ---- settings and people ---- */

static void
settings__table__is_sorted_and_values_are_kept(void **state)
{
	Fixture *f = *state;
	gsize count;
	const PsSetting *settings = ps_settings(&count);
	g_autoptr(GError) error = NULL;
	g_autoptr(PsStore) other = ps_store_clone(f->store, &error);

	for (gsize i = 1; i < count; i++)
		assert_true(strcmp(settings[i - 1].key, settings[i].key) < 0);
	for (gsize i = 0; i < count; i++)
		assert_non_null(strchr(settings[i].key, '.'));
	g_autofree char *fallback = ps_store_config(f->store, "org.prefix");
	assert_string_equal(fallback, "PSIRT");
	assert_done(ps_store_set_config(f->store, "mail.from", "Ä <a@b>;\n#x", &error), error);
	assert_done(ps_store_set_config(other, "org.prefix", "ACME", &error), error);
	g_autofree char *from = ps_store_config(other, "mail.from");
	assert_string_equal(from, "Ä <a@b>;\n#x");
	g_autofree char *prefix = ps_store_config(f->store, "org.prefix");
	assert_string_equal(prefix, "ACME");
	assert_done(ps_store_set_config(f->store, "org.prefix", "", &error), error);
	g_autofree char *again = ps_store_config(other, "org.prefix");
	assert_string_equal(again, "PSIRT");
	assert_false(ps_store_set_config(f->store, "no.such", "x", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_USAGE));
}

static void
person__who_acts__is_the_configured_one_else_the_account(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	const char *mine[] = {"name", "Me", "account", g_get_user_name(), NULL};

	assert_null(ps_store_person(f->store));
	g_autofree char *me = ps_store_new(f->store, "p", "person", mine, &error);
	assert_string_equal(ps_store_person(f->store), me);
	g_autofree char *other = ps_store_new(f->store, "p", "person",
					      (const char *const[]){"name", "Other", NULL}, &error);
	g_autofree char *logged =
		fixture_sql(f->store, "SELECT person FROM log ORDER BY position DESC LIMIT 1");
	assert_string_equal(logged, me);
	assert_done(ps_store_set_config(f->store, "user.person", other, &error), error);
	reopen(f, 0);
	assert_string_equal(ps_store_person(f->store), other);
	/* one file of settings can't say who each of several people is */
	g_autofree char *file = database(f);
	assert_int_equal(chmod(file, 0660), 0);
	reopen(f, 0);
	assert_string_equal(ps_store_person(f->store), me);
}

static void
clock__pinned_in_the_past__still_runs_forward_and_is_logged(void **state)
{
	Fixture *f = *state;
	g_autofree char *first = fixture_case(f->store, "One");

	g_setenv("PSIRTDESK_NOW", "2001-01-01T00:00:00Z", TRUE);
	g_autofree char *second = fixture_case(f->store, "Two");
	g_unsetenv("PSIRTDESK_NOW");
	g_autofree char *pinned =
		fixture_sql(f->store,
			    "SELECT group_concat(pinned) FROM log WHERE action = 'case.open'");
	assert_string_equal(pinned, "0,1");
	g_autofree char *number = fixture_text(f->store, "case", second, "title");
	assert_string_equal(number, "Two");
	g_autofree char *forward = fixture_sql(
		f->store, "SELECT count(*) FROM log AS a JOIN log AS b ON b.position = a.position "
			  "+ 1 WHERE b.clock < a.clock");
	assert_string_equal(forward, "0");
	assert_verified(f->store);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(create__new__is_private_whatever_the_umask),
		TEST(create__group__shares_directory_and_files),
		TEST(create__where_there_is_one_or_without_keys__is_refused),
		TEST(open__again__is_locked_until_unlocked_once),
		TEST(recipients__set__wraps_the_same_key_for_others),
		TEST(open__missing_newer_foreign_or_damaged__gives_a_sentence),
		TEST(open__damaged_later__says_so_when_it_is_read),
		TEST(open__older__gets_its_new_fields_and_verifies),
		TEST(open__with_fields_of_another_version__is_refused_untouched),
		TEST(open__a_copy__starts_an_epoch_of_its_own),
		TEST(readonly__medium__is_read_with_a_wal_and_without),
		TEST(busy__another_writer__is_told_and_nothing_is_lost),
		TEST(threads__two_connections__make_one_chain),
		TEST(writer__edits__run_in_order_off_this_thread_and_report_here),
		TEST(settings__table__is_sorted_and_values_are_kept),
		TEST(person__who_acts__is_the_configured_one_else_the_account),
		TEST(clock__pinned_in_the_past__still_runs_forward_and_is_logged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
