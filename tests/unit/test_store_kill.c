#include "config.h"

/* kill -9 at random moments during writes. The child acknowledges every commit through a pipe;
 * after its death everything that was acknowledged is there and verify is clean.
 *
 * The random moments come from a generator with a fixed seed (print and set PS_TEST_SEED to repeat
 * a run); what the machine does between them still differs from run to run. */

#include "tests/unit/store-fixture.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 200

/* One acknowledged change: the value that field holds from then on. */
typedef struct {
	gint32 kind; /* 0: title set, 1: case made, 2: import finished, 3: document stored */
	gint32 number;
} Acknowledged;

static void
acknowledge(int fd, gint32 kind, gint32 number)
{
	Acknowledged done = {kind, number};

	if (write(fd, &done, sizeof done) != sizeof done)
		_exit(3);
}

static gboolean
set_title(PsStore *store, const char *id, gint32 number)
{
	g_autofree char *text = g_strdup_printf("title %d", number);

	return ps_store_set(store, "kill.set", "case", id, "title", text, PS_ANY, NULL);
}

static gboolean
make_product(PsStore *store, gint32 number)
{
	g_autofree char *name = g_strdup_printf("product %d", number);
	const char *pairs[] = {"name", name, "vendor", "Us", NULL};
	g_autofree char *id = ps_store_new(store, "kill.new", "product", pairs, NULL);

	return id != NULL;
}

static gboolean
store_document(PsStore *store, gint32 number)
{
	g_autofree char *text = g_strdup_printf("document %d", number);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "kill.document", NULL);
	g_autofree char *id =
		txn ? ps_txn_add_document(txn, bytes, "text/plain", TRUE, NULL) : NULL;

	return id && ps_txn_commit(txn, NULL);
}

static gboolean
import_rows(PsStore *store, const char *release, const char *document, gint32 number)
{
	PsImport *import = ps_import_begin(store, "component", document, NULL);
	gboolean done = import != NULL;

	for (int i = 0; done && i < 1100; i++) {
		g_autofree char *id = g_strdup_printf("row-%d", i);
		g_autofree char *name = g_strdup_printf("name %d", number);
		const char *pairs[] = {"release", release, "name", name, NULL};
		done = ps_import_add(import, id, pairs, NULL);
	}
	done = done && ps_import_finish(import, release, NULL, NULL);
	ps_import_free(import);
	return done;
}

typedef struct {
	char *case_id, *release, *document;
} Scene;

/* Writes until it is killed. */
static void
child(const char *dir, const Scene *scene, int fd, gint32 first)
{
	g_autoptr(PsStore) store = ps_store_open(dir, 0, fixture_ops(), NULL);

	if (!store || !ps_store_unlock(store, NULL))
		_exit(4);
	for (gint32 number = first;; number++) {
		if (!set_title(store, scene->case_id, number))
			_exit(5);
		acknowledge(fd, 0, number);
		if (!make_product(store, number))
			_exit(6);
		acknowledge(fd, 1, number);
		if (!store_document(store, number))
			_exit(7);
		acknowledge(fd, 3, number);
		if (number % 8 == 0) {
			if (!import_rows(store, scene->release, scene->document, number))
				_exit(8);
			acknowledge(fd, 2, number);
		}
		/* now and then the WAL is carried over, so that kills meet that too */
		if (number % 5 == 0)
			sqlite3_wal_checkpoint_v2(ps_store_db(store), NULL,
						  SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	}
}

typedef struct {
	gint32 title, import;
	GArray *products, *documents;
} Known;

static void
learn(Known *known, const Acknowledged *done)
{
	if (done->kind == 0)
		known->title = done->number;
	else if (done->kind == 1)
		g_array_append_val(known->products, done->number);
	else if (done->kind == 3)
		g_array_append_val(known->documents, done->number);
	else
		known->import = done->number;
}

/* Reads what the child acknowledges and kills it `after` microseconds from its first word. */
static void
kill_at_random(const char *dir, const Scene *scene, Known *known, gint32 first, guint after)
{
	int ends[2];
	Acknowledged done;

	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		child(dir, scene, ends[1], first);
		_exit(0);
	}
	close(ends[1]);
	gint64 until = 0;
	for (;;) {
		struct pollfd waiting = {ends[0], POLLIN, 0};
		gint64 left = until ? until - g_get_monotonic_time() : 60000000;
		if (left <= 0 || poll(&waiting, 1, (int)(left / 1000)) == 0)
			break;
		if (read(ends[0], &done, sizeof done) != sizeof done)
			break;
		learn(known, &done);
		if (!until)
			until = g_get_monotonic_time() + after;
	}
	int status;
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFSIGNALED(status))
		fail_msg("the child left by itself: %d", WEXITSTATUS(status));
	/* what it said before it died */
	while (read(ends[0], &done, sizeof done) == sizeof done)
		learn(known, &done);
	close(ends[0]);
}

static void
check_products(PsStore *store, const Known *known)
{
	g_autoptr(GHashTable) there = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) records = ps_store_list(store, &(PsQuery){.kind = "product"}, NULL);

	assert_non_null(records);
	for (guint i = 0; i < records->len; i++)
		g_hash_table_add(there, g_strdup(ps_record_text(records->pdata[i], "name")));
	for (guint i = 0; i < known->products->len; i++) {
		g_autofree char *name =
			g_strdup_printf("product %d", g_array_index(known->products, gint32, i));
		if (!g_hash_table_contains(there, name))
			fail_msg("%s was acknowledged and is not there", name);
	}
}

static void
check_documents(PsStore *store, const Known *known)
{
	for (guint i = 0; i < known->documents->len; i++) {
		g_autofree char *text =
			g_strdup_printf("document %d", g_array_index(known->documents, gint32, i));
		g_autofree char *id = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) bytes = ps_store_document(store, id, &error);
		assert_done(bytes, error);
	}
}

/* What was acknowledged or, where the kill came between commit and acknowledgement, later; nothing
 * that was never begun. */
static void
check_number(const char *text, gint32 acknowledged, gint32 begun)
{
	int number = text ? atoi(strrchr(text, ' ') + 1) : 0;

	if (number < acknowledged || number > begun)
		fail_msg("“%s” is there, %d was acknowledged", text, acknowledged);
}

static gint32
check_all(Fixture *f, const Scene *scene, const Known *known)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsStore) store = ps_store_open(f->dir, 0, fixture_ops(), &error);

	assert_done(store && ps_store_unlock(store, &error), error);
	g_autofree char *title = fixture_text(store, "case", scene->case_id, "title");
	check_number(title, known->title, known->title + 1);
	check_products(store, known);
	check_documents(store, known);
	g_autofree char *row = fixture_sql(store, "SELECT min(name) FROM component");
	g_autofree char *last = fixture_sql(store, "SELECT max(name) FROM component");
	g_autofree char *count = fixture_sql(store, "SELECT count(*) FROM component");
	if (known->import || row) {
		check_number(row, known->import, known->title + 1);
		assert_string_equal(row, last);
		assert_string_equal(count, "1100");
	}
	assert_verified(store);
	return atoi(strrchr(title, ' ') + 1);
}

static void
make_scene(PsStore *store, Scene *scene)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = g_bytes_new_static("an SBOM", 7);
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "scene", &error);
	g_autofree char *product =
		ps_txn_newv(txn, "product", &error, "name", "Gateway", "vendor", "Us", NULL);

	scene->release =
		ps_txn_newv(txn, "release", &error, "product", product, "version", "1", NULL);
	scene->document = ps_txn_add_document(txn, bytes, "text/plain", FALSE, &error);
	assert_done(ps_txn_commit(txn, &error), error);
	scene->case_id = fixture_case(store, "title 0");
}

static void
kill__any_moment__loses_nothing_that_was_acknowledged(void **state)
{
	Fixture *f = *state;
	Scene scene;
	Known known = {.products = g_array_new(FALSE, FALSE, sizeof(gint32)),
		       .documents = g_array_new(FALSE, FALSE, sizeof(gint32))};
	const char *seed = g_getenv("PS_TEST_SEED");
	g_autoptr(GRand) random = g_rand_new_with_seed(seed ? (guint32)atoi(seed) : 20261121);
	/* Fewer where the same tests run once more, in another build. */
	int kills = g_strcmp0(g_getenv("PSIRTDESK_TESTS"), "short") == 0 ? KILLS / 5 : KILLS;
	gint32 next = 1;

	make_scene(f->store, &scene);
	g_clear_pointer(&f->store, ps_store_close);
	for (int i = 0; i < kills; i++) {
		/* most within the first writes, some later: in imports and WAL resets */
		guint after = (guint)g_rand_int_range(random, 0, i % 5 ? 3000 : 40000);
		kill_at_random(f->dir, &scene, &known, next, after);
		next = check_all(f, &scene, &known) + 1;
	}
	print_message("# %d kills, %u products, %u documents, title %d, import %d\n", kills,
		      known.products->len, known.documents->len, known.title, known.import);
	assert_true(known.products->len > 0);
	g_array_unref(known.products);
	g_array_unref(known.documents);
	g_free(scene.case_id);
	g_free(scene.release);
	g_free(scene.document);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			kill__any_moment__loses_nothing_that_was_acknowledged, fixture_setup,
			fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
