#include "config.h"

/* A stranger's verifier (contrib/verify-log.py), written from doc/log-format.txt alone, agrees with
 * ours: it finds nothing in a workspace where everything happened, and finds one changed byte. */

#include "tests/unit/store-fixture.h"

#include <string.h>
#include <sys/wait.h>

/* Its exit status; what it printed in `out`. */
static int
stranger(const Fixture *f, char **out)
{
	const char *argv[] = {"python3", PS_SOURCE_DIR "/contrib/verify-log.py", f->dir, NULL};
	g_autofree char *complaint = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out,
			  &complaint, &status, &error))
		fail_msg("%s", error->message);
	if (g_spawn_check_wait_status(status, NULL))
		return 0;
	if (*complaint)
		print_message("# %s\n", complaint);
	return WEXITSTATUS(status);
}

static gboolean
no_python(void)
{
	g_autofree char *path = g_find_program_in_path("python3");

	if (!path)
		print_message("# python3 is not here: not tested\n");
	return !path;
}

static char *
import_components(PsStore *store, const char *release)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = g_bytes_new_static("an SBOM", 7);
	PsTxn *txn = ps_txn_begin(store, "document", &error);
	char *document = ps_txn_add_document(txn, bytes, "text/plain", FALSE, &error);

	assert_done(document && ps_txn_commit(txn, &error), error);
	ps_txn_free(txn);
	PsImport *import = ps_import_begin(store, "component", document, &error);
	for (int i = 0; i < 3; i++) {
		g_autofree char *id = g_strdup_printf("doc#%d", i);
		const char *pairs[] = {"release", release, "name", "Bibliothèque",
				       "version", "1",     NULL};
		assert_done(ps_import_add(import, id, pairs, &error), error);
	}
	assert_done(ps_import_finish(import, release, NULL, &error), error);
	ps_import_free(import);
	return document;
}

/* Something of everything that leaves a trace. */
static void
live_a_little(PsStore *store)
{
	g_autoptr(GError) error = NULL;
	const char *product[] = {"name", "Gateway", "vendor", "Us", NULL};
	g_autofree char *id = fixture_case(store, "Übertitel");
	g_autofree char *gone = fixture_case(store, "Deleted");
	g_autofree char *product_id = ps_store_new(store, "p", "product", product, &error);
	const char *release[] = {"product", product_id, "version", "1.0", NULL};
	g_autofree char *release_id = ps_store_new(store, "r", "release", release, &error);
	g_autofree char *document = import_components(store, release_id);

	assert_done(ps_store_set(store, "e", "case", id, "title", "Changed", PS_ANY, &error),
		    error);
	assert_done(ps_store_set(store, "e", "case", id, "summary", "Two\nlines", PS_ANY, &error),
		    error);
	assert_done(ps_store_set(store, "e", "case", id, "summary", NULL, PS_ANY, &error), error);
	assert_done(ps_store_undo(store, NULL, &error), error);
	assert_done(ps_store_set(store, "e", "product", product_id, "archived", "yes", PS_ANY,
				 &error),
		    error);
	assert_done(ps_store_set(store, "e", "component", "doc#1", "version", "2", PS_ANY, &error),
		    error);
	assert_done(ps_store_set(store, "e", "component", "doc#1", "version", "3", PS_ANY, &error),
		    error);
	assert_done(ps_store_erase(store, "product", product_id, "vendor", "Because", &error),
		    error);
	PsTxn *txn = ps_txn_begin(store, "delete", &error);
	assert_done(ps_txn_delete(txn, "case", gone, &error) && ps_txn_commit(txn, &error), error);
	ps_txn_free(txn);
	assert_done(ps_store_erase(store, "case", gone, NULL, "Because", &error), error);
	assert_done(ps_store_set_config(store, "provider.signing_key", "ABCD", &error), error);
	assert_done(ps_store_checkpoint(store, &error), error);
}

static void
stranger__workspace_where_all_happened__finds_nothing(void **state)
{
	Fixture *f = *state;
	g_autofree char *out = NULL;
	g_autofree char *backup = g_build_filename(f->parent, "backup.db", NULL);
	g_autoptr(GError) error = NULL;

	if (no_python())
		return;
	live_a_little(f->store);
	assert_done(ps_store_backup(f->store, backup, &error), error);
	assert_done(ps_store_restore(f->store, backup, &error), error);
	g_free(fixture_case(f->store, "In the second epoch"));
	assert_verified(f->store);
	int status = stranger(f, &out);
	if (status != 0)
		fail_msg("%d: %s", status, out);
}

/* One byte, one cell, one entry; every column that the chain covers. */
static const char *const changes[] = {
	"UPDATE log SET desk = replace(desk, '7', '8')",
	"UPDATE log SET epoch = epoch + 1 WHERE position = 5",
	"UPDATE log SET \"transaction\" = substr(\"transaction\", 2) WHERE position = 5",
	"UPDATE log SET action = action || 'x' WHERE position = 5",
	"UPDATE log SET person = 'x' WHERE position = 5",
	"UPDATE log SET clock = clock + 1 WHERE position = 5",
	"UPDATE log SET pinned = 1 - pinned WHERE position = 5",
	"UPDATE log SET record = record || 'x' WHERE position = 5",
	"UPDATE log SET kind = 'casf' WHERE position = 5",
	"UPDATE log SET hash = substr(hash, 2) || '0' WHERE position = 5",
	"DELETE FROM log WHERE position = 6",
	"UPDATE log_value SET new = new || 'x' WHERE typeof(new) = 'text' AND field = 'rm'",
	"UPDATE log_value SET new = new + 1 WHERE typeof(new) = 'integer' AND field = "
	"'received_at'",
	"UPDATE log_value SET new = CAST(substr(new, 2) AS BLOB) WHERE field = 'title' AND new IS "
	"NOT "
	"NULL",
	"UPDATE log_value SET new = NULL, new_salt = NULL WHERE field = 'rm'",
	"DELETE FROM log_value WHERE field = 'em'",
	"UPDATE \"case\" SET received_at = received_at + 1",
	"UPDATE component_stored SET version = '2' WHERE id = 'doc#1'",
	"UPDATE component_stored SET version = '2' WHERE id = 'doc#2'",
	"DELETE FROM component_stored WHERE id = 'doc#2'",
	"UPDATE document_chunk SET bytes = zeroblob(7)",
	"UPDATE checkpoint SET sequence = sequence - 1",
	"DELETE FROM product",
};

static void
stranger__one_change__is_found_by_both(void **state)
{
	(void)state;
	if (no_python())
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
		void *own = NULL;
		assert_int_equal(fixture_setup(&own), 0);
		Fixture *f = own;
		g_autofree char *out = NULL;
		live_a_little(f->store);
		fixture_tamper(f, changes[i]);
		if (stranger(f, &out) != 1)
			fail_msg("%s: the stranger found nothing", changes[i]);
		g_autoptr(GPtrArray) found = fixture_findings(f->store);
		if (found->len == 0)
			fail_msg("%s: verify found nothing", changes[i]);
		fixture_teardown(&own);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			stranger__workspace_where_all_happened__finds_nothing, fixture_setup,
			fixture_teardown),
		cmocka_unit_test(stranger__one_change__is_found_by_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
