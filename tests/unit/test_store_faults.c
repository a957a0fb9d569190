#include "config.h"

/* The n-th I/O fails, the disk fills up at the n-th write, the power is cut at the n-th operation:
 * for every n. Whatever comes, no acknowledged change is lost, nothing half-done is there, verify
 * is clean, and every refusal is a sentence. */

#include "tests/unit/store-fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/shim-vfs.h"

/* ---- the play: changes one after the other ---- */

typedef struct {
	PsStore *store;
	const char *dir;
	char *case_id, *product, *release, *document;
} Play;

typedef gboolean (*Act)(Play *play, GError **error);

static gboolean
act_title(Play *play, GError **error)
{
	return ps_store_set(play->store, "a", "case", play->case_id, "title", "After", PS_ANY,
			    error);
}

static gboolean
has_title(Play *play)
{
	g_autofree char *title = fixture_text(play->store, "case", play->case_id, "title");

	return g_str_equal(title, "After");
}

/* Two changes in one transaction: both or none. */
static gboolean
act_both(Play *play, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(play->store, "both", error);
	g_autofree char *task =
		txn ? ps_txn_newv(txn, "task", error, "case", play->case_id, "title", "Task", NULL)
		    : NULL;

	return task && ps_txn_set(txn, "case", play->case_id, "em", "ACTIVE", PS_ANY, error) &&
	       ps_txn_commit(txn, error);
}

static gboolean
has_both(Play *play)
{
	g_autofree char *em = fixture_text(play->store, "case", play->case_id, "em");
	gint64 tasks = ps_store_count(play->store, &(PsQuery){.kind = "task"}, NULL);

	assert_int_equal(tasks == 1, g_str_equal(em, "ACTIVE"));
	return tasks == 1;
}

static gboolean
act_document(Play *play, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new_take(g_strnfill(20000, 'd'), 20000);
	g_autoptr(PsTxn) txn = ps_txn_begin(play->store, "document", error);
	g_autofree char *id =
		txn ? ps_txn_add_document(txn, bytes, "text/plain", TRUE, error) : NULL;

	return id && ps_txn_commit(txn, error);
}

static gboolean
has_document(Play *play)
{
	g_autofree char *text = g_strnfill(20000, 'd');
	g_autofree char *id = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	g_autoptr(GBytes) bytes = ps_store_document(play->store, id, NULL);

	return bytes != NULL;
}

static gboolean
act_import(Play *play, GError **error)
{
	PsImport *import = ps_import_begin(play->store, "component", play->document, error);
	gboolean done = import != NULL;

	for (int i = 0; done && i < 20; i++) {
		g_autofree char *id = g_strdup_printf("row-%d", i);
		const char *pairs[] = {"release", play->release, "name", "Name", NULL};
		done = ps_import_add(import, id, pairs, error);
	}
	done = done && ps_import_finish(import, play->release, NULL, error);
	ps_import_free(import);
	return done;
}

static gboolean
has_import(Play *play)
{
	gint64 count = ps_store_count(play->store, &(PsQuery){.kind = "component"}, NULL);

	assert_true(count == 0 || count == 20);
	return count == 20;
}

static gboolean
act_erase(Play *play, GError **error)
{
	return ps_store_erase(play->store, "product", play->product, "name", "Because", error);
}

static gboolean
has_erased(Play *play)
{
	g_autofree char *name = fixture_text(play->store, "product", play->product, "name");

	return name == NULL;
}

static gboolean
act_checkpoint(Play *play, GError **error)
{
	(void)error;
	sqlite3_wal_checkpoint_v2(ps_store_db(play->store), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
				  NULL);
	return TRUE;
}

static gboolean
act_undo(Play *play, GError **error)
{
	return ps_store_set(play->store, "u", "case", play->case_id, "rm", "VALID", PS_ANY,
			    error) &&
	       ps_store_undo(play->store, NULL, error);
}

static gboolean
has_undone(Play *play)
{
	g_autofree char *rm = fixture_text(play->store, "case", play->case_id, "rm");
	g_autofree char *entries =
		fixture_sql(play->store, "SELECT count(*) FROM log WHERE action = 'undo'");

	return g_str_equal(rm, "RECEIVED") && !g_str_equal(entries, "0");
}

static const struct {
	Act act;
	gboolean (*has)(Play *play);
} acts[] = {
	{act_title, has_title}, {act_both, has_both},    {act_document, has_document},
	{act_checkpoint, NULL}, {act_erase, has_erased}, {act_import, has_import},
	{act_undo, has_undone}, {act_checkpoint, NULL},
};

/* ---- one run ---- */

typedef struct {
	Fixture *fixture;
	Play play;
	char *bytes; /* the database that each run starts from */
	gsize length;
} Stage;

static void
remove_beside(const Stage *stage)
{
	static const char *const names[] = {"psirtdesk.db-wal",         "psirtdesk.db-shm",
					    "psirtdesk.db-journal",     "psirtdesk.db.restore",
					    "psirtdesk.db.restore-wal", "psirtdesk.db.restore-shm"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(stage->fixture->dir, names[i], NULL);
		unlink(path);
	}
}

/* In place, so that the file keeps its inode and is not taken for a copy. */
static void
set_stage(const Stage *stage)
{
	g_autofree char *file = g_build_filename(stage->fixture->dir, "psirtdesk.db", NULL);
	int fd = open(file, O_WRONLY | O_TRUNC);

	remove_beside(stage);
	assert_int_equal(write(fd, stage->bytes, stage->length), (ssize_t)stage->length);
	close(fd);
}

static void
assert_sentence(const GError *error)
{
	assert_non_null(error);
	if (error->domain != PS_ERROR || strlen(error->message) < 20 ||
	    !g_str_has_suffix(error->message, "."))
		fail_msg("no sentence: “%s”", error->message);
}

/* Plays until the end or, when `stop`, to the first refusal. */
static guint
perform(Play *play, gboolean stop)
{
	guint acknowledged = 0;
	g_autoptr(GError) error = NULL;

	play->store = ps_store_open(play->dir, 0, fixture_ops(), &error);
	if (!play->store || !ps_store_unlock(play->store, &error)) {
		assert_sentence(error);
		g_clear_pointer(&play->store, ps_store_close);
		return 0;
	}
	for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
		g_clear_error(&error);
		if (acts[i].act(play, &error)) {
			acknowledged |= 1u << i;
			continue;
		}
		assert_sentence(error);
		if (stop)
			break;
	}
	g_clear_pointer(&play->store, ps_store_close);
	return acknowledged;
}

static void
check(Stage *stage, guint acknowledged, const char *what, int n)
{
	Play *play = &stage->play;
	g_autoptr(GError) error = NULL;

	play->store = ps_store_open(play->dir, 0, fixture_ops(), &error);
	if (!play->store || !ps_store_unlock(play->store, &error))
		fail_msg("%s at %d: %s", what, n, error->message);
	g_autoptr(GPtrArray) found = fixture_findings(play->store);
	if (found->len)
		fail_msg("%s at %d: %s", what, n, (char *)found->pdata[0]);
	for (guint i = 0; i < G_N_ELEMENTS(acts); i++)
		if (acts[i].has && !acts[i].has(play) && (acknowledged & (1u << i)))
			fail_msg("%s at %d: act %u was acknowledged and is lost", what, n, i);
	g_clear_pointer(&play->store, ps_store_close);
}

static int
setup(void **state)
{
	Stage *stage = g_new0(Stage, 1);
	Play *play = &stage->play;
	void *fixture = NULL;
	g_autoptr(GError) error = NULL;

	shim_install();
	if (fixture_setup(&fixture) != 0)
		return -1;
	stage->fixture = fixture;
	PsStore *store = stage->fixture->store;
	play->dir = stage->fixture->dir;
	play->case_id = fixture_case(store, "Before");
	PsTxn *txn = ps_txn_begin(store, "scene", &error);
	g_autoptr(GBytes) bytes = g_bytes_new_static("an SBOM", 7);
	play->product =
		ps_txn_newv(txn, "product", &error, "name", "Gateway", "vendor", "Us", NULL);
	play->release =
		ps_txn_newv(txn, "release", &error, "product", play->product, "version", "1", NULL);
	play->document = ps_txn_add_document(txn, bytes, "text/plain", FALSE, &error);
	assert_done(ps_txn_commit(txn, &error), error);
	ps_txn_free(txn);
	g_clear_pointer(&stage->fixture->store, ps_store_close);
	g_autofree char *file = g_build_filename(play->dir, "psirtdesk.db", NULL);
	stage->bytes = ps_file_read(file, 1 << 28, &stage->length, NULL);
	*state = stage;
	return 0;
}

static int
teardown(void **state)
{
	Stage *stage = *state;
	void *fixture = stage->fixture;

	g_free(stage->bytes);
	g_free(stage->play.case_id);
	g_free(stage->play.product);
	g_free(stage->play.release);
	g_free(stage->play.document);
	g_free(stage);
	return fixture_teardown(&fixture);
}

/* The faults that matter most come at every operation; where the same thousands of pages are
 * written one after the other, or a fault only repeats another, every so-manyth is enough from day
 * to day. All of them with PS_TEST_THOROUGH=1. */
static int
stride(int usual)
{
	if (g_strcmp0(g_getenv("PSIRTDESK_TESTS"), "short") == 0)
		return usual * 7; /* the same tests run once more, in another build */
	return g_getenv("PS_TEST_THOROUGH") ? 1 : usual;
}

/* Runs the play with the fault at 1, 2, 3 … until it comes through untouched. */
static int
play_every(Stage *stage, ShimMode mode, int step, GRand *random, const char *what)
{
	for (int n = 1;; n += step) {
		set_stage(stage);
		shim_arm(mode, n);
		guint acknowledged = perform(&stage->play, mode != SHIM_ONCE);
		gboolean happened = shim_happened();
		shim_disarm();
		if (mode == SHIM_CUT && happened)
			shim_reboot(random);
		check(stage, acknowledged, what, n);
		if (!happened) {
			/* the whole play, unharmed */
			assert_int_equal(acknowledged, (1u << G_N_ELEMENTS(acts)) - 1);
			print_message("# %s: %d operations\n", what, n - 1);
			return n;
		}
	}
}

static void
fault__one_failed_operation__loses_nothing_and_work_goes_on(void **state)
{
	assert_true(play_every(*state, SHIM_ONCE, stride(1), NULL, "one failed operation") > 100);
}

static void
fault__disk_gone__loses_nothing(void **state)
{
	assert_true(play_every(*state, SHIM_FOREVER, stride(5), NULL, "disk gone") > 100);
}

static void
fault__disk_full__loses_nothing(void **state)
{
	assert_true(play_every(*state, SHIM_FULL, stride(5), NULL, "disk full") > 100);
}

static void
fault__power_cut__loses_nothing_when_no_unsynced_sector_survives(void **state)
{
	assert_true(play_every(*state, SHIM_CUT, stride(1), NULL, "power cut") > 100);
}

static void
fault__power_cut__loses_nothing_when_some_unsynced_sectors_survive(void **state)
{
	const char *seed = g_getenv("PS_TEST_SEED");
	g_autoptr(GRand) random = g_rand_new_with_seed(seed ? (guint32)atoi(seed) : 20261121);

	assert_true(play_every(*state, SHIM_CUT, stride(1), random, "power cut, torn") > 100);
}

/* ---- making and restoring ---- */

static void
fault__while_it_is_made__leaves_a_whole_workspace_or_none(void **state)
{
	Stage *stage = *state;
	static const char *const keys[] = {"0123456789ABCDEF0123456789ABCDEF01234567", NULL};
	static const ShimMode modes[] = {SHIM_ONCE, SHIM_FULL};

	for (gsize m = 0; m < G_N_ELEMENTS(modes); m++)
		for (int n = 1;; n += stride(23)) {
			g_autofree char *dir =
				g_build_filename(stage->fixture->parent, "made", NULL);
			g_autofree char *file = g_build_filename(dir, "psirtdesk.db", NULL);
			g_autoptr(GError) error = NULL;
			ps_dir_remove(dir, NULL);
			shim_arm(modes[m], n);
			PsStore *store = ps_store_create(dir, keys, NULL, fixture_ops(), &error);
			gboolean happened = shim_happened();
			shim_disarm();
			if (!store) {
				assert_sentence(error);
				if (g_file_test(file, G_FILE_TEST_EXISTS)) {
					g_clear_error(&error);
					store = ps_store_open(dir, 0, fixture_ops(), &error);
					assert_done(store && ps_store_unlock(store, &error), error);
				}
			}
			if (store)
				assert_verified(store);
			ps_store_close(store);
			if (!happened)
				break;
		}
}

static void
check_backup(Stage *stage, const char *backup)
{
	g_autofree char *place = g_build_filename(stage->fixture->parent, "restored", NULL);
	g_autoptr(GError) error = NULL;

	ps_dir_remove(place, NULL);
	assert_done(ps_store_recover(place, backup, fixture_ops(), &error), error);
	g_autoptr(PsStore) store = ps_store_open(place, 0, fixture_ops(), &error);
	assert_done(store && ps_store_unlock(store, &error), error);
	assert_verified(store);
}

/* An older backup of that name stays whole until the new one is. */
static void
fault__while_it_is_backed_up__leaves_the_old_file_or_the_new(void **state)
{
	Stage *stage = *state;
	Play *play = &stage->play;
	static const ShimMode modes[] = {SHIM_ONCE, SHIM_FULL};
	g_autofree char *backup = g_build_filename(stage->fixture->parent, "backup.db", NULL);

	for (gsize m = 0; m < G_N_ELEMENTS(modes); m++)
		for (int n = 1;; n += stride(23)) {
			g_autoptr(GError) error = NULL;
			set_stage(stage);
			play->store = ps_store_open(play->dir, 0, fixture_ops(), NULL);
			assert_true(g_file_set_contents(backup, "the old one", -1, NULL));
			shim_arm(modes[m], n);
			gboolean done = ps_store_backup(play->store, backup, &error);
			gboolean happened = shim_happened();
			shim_disarm();
			g_autofree char *bytes = ps_file_read(backup, 1 << 28, NULL, NULL);
			if (!done)
				assert_sentence(error);
			if (!g_str_equal(bytes, "the old one"))
				check_backup(stage, backup);
			else
				assert_false(done);
			assert_verified(play->store);
			g_clear_pointer(&play->store, ps_store_close);
			if (!happened)
				break;
		}
}

/* Before or after, never between. */
static void
check_restored(Stage *stage, gboolean acknowledged, int n)
{
	Play *play = &stage->play;
	g_autoptr(GError) error = NULL;

	play->store = ps_store_open(play->dir, 0, fixture_ops(), &error);
	if (!play->store || !ps_store_unlock(play->store, &error))
		fail_msg("restore at %d: %s", n, error->message);
	g_autoptr(GPtrArray) found = fixture_findings(play->store);
	if (found->len)
		fail_msg("restore at %d: %s", n, (char *)found->pdata[0]);
	g_autofree char *epochs = fixture_sql(play->store, "SELECT count(*) FROM epoch");
	g_autofree char *title = fixture_text(play->store, "case", play->case_id, "title");
	gboolean restored = g_str_equal(epochs, "2");
	assert_string_equal(title, restored ? "Before" : "Since");
	assert_true(restored || !acknowledged);
	g_clear_pointer(&play->store, ps_store_close);
}

static void
fault__while_it_is_restored__leaves_the_one_or_the_other(void **state)
{
	Stage *stage = *state;
	Play *play = &stage->play;
	static const ShimMode modes[] = {SHIM_ONCE, SHIM_FULL, SHIM_CUT};
	g_autofree char *backup = g_build_filename(stage->fixture->parent, "good.db", NULL);
	g_autoptr(GError) error = NULL;

	set_stage(stage);
	g_autoptr(PsStore) first = ps_store_open(play->dir, 0, fixture_ops(), &error);
	assert_done(ps_store_backup(first, backup, &error), error);
	g_clear_pointer(&first, ps_store_close);
	for (gsize m = 0; m < G_N_ELEMENTS(modes); m++)
		for (int n = 1;; n += stride(23)) {
			gboolean done = FALSE;
			set_stage(stage);
			play->store = ps_store_open(play->dir, 0, fixture_ops(), NULL);
			assert_true(ps_store_unlock(play->store, NULL));
			assert_true(ps_store_set(play->store, "s", "case", play->case_id, "title",
						 "Since", PS_ANY, NULL));
			/* the change just made is synced, whatever was counted before */
			shim_arm(modes[m], n);
			g_clear_error(&error);
			done = ps_store_restore(play->store, backup, &error);
			gboolean happened = shim_happened();
			if (!done)
				assert_sentence(error);
			g_clear_pointer(&play->store, ps_store_close);
			shim_disarm();
			if (modes[m] == SHIM_CUT && happened)
				shim_reboot(NULL);
			check_restored(stage, done, n);
			if (!happened)
				break;
		}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(fault__one_failed_operation__loses_nothing_and_work_goes_on),
		TEST(fault__disk_gone__loses_nothing),
		TEST(fault__disk_full__loses_nothing),
		TEST(fault__power_cut__loses_nothing_when_no_unsynced_sector_survives),
		TEST(fault__power_cut__loses_nothing_when_some_unsynced_sectors_survive),
		TEST(fault__while_it_is_made__leaves_a_whole_workspace_or_none),
		TEST(fault__while_it_is_backed_up__leaves_the_old_file_or_the_new),
		TEST(fault__while_it_is_restored__leaves_the_one_or_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
