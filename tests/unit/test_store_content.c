#include "config.h"

/* Documents, imports, erasure, backup and restore, and that sealed text is nowhere on the disk. */

#include "tests/unit/store-fixture.h"

#include <string.h>

#include "base/file.h"

/* ---- the disk ---- */

static gboolean
file_holds(const char *path, const char *word)
{
	gsize length;
	g_autofree char *bytes = ps_file_read(path, G_MAXSIZE / 2, &length, NULL);

	return bytes && memmem(bytes, length, word, strlen(word)) != NULL;
}

/* Is the word in any file of the workspace: database, WAL, free pages, whatever lies there? */
static gboolean
workspace_holds(const Fixture *f, const char *word)
{
	g_autoptr(GDir) dir = g_dir_open(f->dir, 0, NULL);
	const char *name;
	gboolean holds = FALSE;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(f->dir, name, NULL);
		holds = holds || file_holds(path, word);
	}
	return holds;
}

static void
checkpoint_wal(PsStore *store)
{
	assert_int_equal(sqlite3_wal_checkpoint_v2(ps_store_db(store), NULL,
						   SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
			 SQLITE_OK);
}

static void
sealed__text__is_nowhere_on_the_disk(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Zebrafink overflow");
	g_autoptr(GError) error = NULL;
	const char *report[] = {"case",
				id,
				"received_at",
				"now",
				"channel",
				"email",
				"reporter_name",
				"Quastenflosser",
				"text",
				"Blauregen\nGlyzinie",
				NULL};
	g_autofree char *report_id = ps_store_new(f->store, "report", "report", report, &error);
	g_autoptr(GBytes) bytes = g_bytes_new_static("Edelweiss", 9);

	assert_done(report_id, error);
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "document", &error);
		g_autofree char *document =
			ps_txn_add_document(txn, bytes, "text/plain", TRUE, &error);
		assert_done(document && ps_txn_commit(txn, &error), error);
	}
	/* sorting and searching must not spill it either */
	for (int i = 0; i < 200; i++)
		g_free(fixture_case(f->store, "Zebrafink again"));
	PsQuery query = {.kind = "case", .order_by = "title", .words = "zebrafink"};
	g_autoptr(GPtrArray) records = ps_store_list(f->store, &query, &error);
	assert_int_equal(records->len, 201);
	assert_done(ps_store_set(f->store, "edit", "case", id, "title", "Other", PS_ANY, &error),
		    error);
	static const char *const words[] = {"Zebrafink", "zebrafink", "Quastenflosser",
					    "Blauregen", "Glyzinie",  "Edelweiss"};
	for (int pass = 0; pass < 2; pass++) {
		for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
			if (workspace_holds(f, words[i]))
				fail_msg("“%s” is on the disk", words[i]);
		/* what is not sealed can be found: the search itself works */
		assert_true(workspace_holds(f, "RECEIVED"));
		checkpoint_wal(f->store);
	}
}

/* ---- erasure ---- */

static void
erase__field__leaves_tables_log_and_disk_and_the_chain_names_the_gap(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Title");
	g_autoptr(GError) error = NULL;
	const char *pairs[] = {"name", "Rosskastanie", "email", "first@example.org", NULL};
	g_autofree char *person = ps_store_new(f->store, "person.add", "person", pairs, &error);

	assert_done(person, error);
	assert_done(ps_store_set(f->store, "p", "person", person, "name", "Rosskastanienbaum",
				 PS_ANY, &error),
		    error);
	assert_true(workspace_holds(f, "Rosskastanie"));
	assert_false(ps_store_erase(f->store, "person", person, "name", "", &error));
	g_clear_error(&error);
	assert_done(ps_store_erase(f->store, "person", person, "name", "Request of 3 May", &error),
		    error);
	assert_false(workspace_holds(f, "Rosskastanie"));
	g_autofree char *name = fixture_text(f->store, "person", person, "name");
	g_autofree char *email = fixture_text(f->store, "person", person, "email");
	assert_null(name);
	assert_string_equal(email, "first@example.org");
	assert_verified(f->store);
	/* and can't be undone */
	assert_false(ps_store_undo(f->store, NULL, &error));
	g_clear_error(&error);
	g_autoptr(GPtrArray) gaps = g_ptr_array_new_with_free_func(g_free);
	assert_int_equal(ps_store_erasures(f->store, fixture_keep, gaps, &error), 1);
	assert_non_null(strstr(gaps->pdata[0], "“name” of person"));
	assert_non_null(strstr(gaps->pdata[0], "Request of 3 May"));
	/* a gap that no erasure explains is a finding */
	fixture_tamper(f, "UPDATE log_value SET new = NULL, new_salt = NULL WHERE field = 'email'");
	assert_found(f->store, "A value of “email” is missing");
}

static void
erase__record__destroys_its_key_and_history_says_erased(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Title");
	g_autofree char *other = fixture_case(f->store, "Other title");
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_erase(f->store, "case", id, NULL, "Because", &error), error);
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	g_autofree char *kept = fixture_text(f->store, "case", other, "title");
	g_autofree char *rm = fixture_text(f->store, "case", id, "rm");
	assert_null(title);
	assert_string_equal(kept, "Other title");
	assert_string_equal(rm, "RECEIVED");
	g_autofree char *keys = fixture_sql(f->store, "SELECT count(*) FROM record_key");
	assert_string_equal(keys, "1");
	g_autoptr(GPtrArray) lines = fixture_log(f->store, id);
	assert_non_null(strstr(lines->pdata[lines->len - 1], "title [erased]"));
	assert_verified(f->store);
	/* a new title gets a new key; the old text stays away */
	assert_done(ps_store_set(f->store, "e", "case", id, "title", "New", PS_ANY, &error), error);
	g_autofree char *now = fixture_text(f->store, "case", id, "title");
	assert_string_equal(now, "New");
	g_autoptr(GPtrArray) again = fixture_log(f->store, id);
	assert_non_null(strstr(again->pdata[again->len - 1], "title [erased]"));
	assert_verified(f->store);
}

static void
erase__deleted_record__still_works_and_undo_does_not_bring_it_back(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Title");
	g_autoptr(GError) error = NULL;
	g_autofree char *other = ps_store_new(f->store, "person.add", "person",
					      (const char *const[]){"name", "Other", NULL}, &error);
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "case.delete", &error);
		assert_done(txn && ps_txn_delete(txn, "case", id, &error) &&
				    ps_txn_commit(txn, &error),
			    error);
	}
	ps_store_set_person(f->store, other);
	assert_done(ps_store_erase(f->store, "case", id, NULL, "Because", &error), error);
	ps_store_set_person(f->store, NULL);
	assert_false(ps_store_undo(f->store, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_verified(f->store);
}

/* ---- documents ---- */

static void
document__larger_than_a_chunk__comes_back_whole_sealed_or_not(void **state)
{
	Fixture *f = *state;
	gsize size = 2 * 1024 * 1024 + 17;
	g_autofree guint8 *data = g_malloc(size);
	g_autoptr(GError) error = NULL;

	for (int sealed = 0; sealed < 2; sealed++) {
		for (gsize i = 0; i < size; i++)
			data[i] = (guint8)(i * 31 + i / 977 + (gsize)sealed);
		g_autoptr(GBytes) bytes = g_bytes_new(data, size);
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "document", &error);
		g_autofree char *id =
			ps_txn_add_document(txn, bytes, "application/x-test", sealed, &error);
		assert_done(id && ps_txn_commit(txn, &error), error);
		g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
		assert_string_equal(id, sum);
		g_autoptr(GBytes) back = ps_store_document(f->store, id, &error);
		assert_done(back, error);
		assert_true(g_bytes_equal(bytes, back));
		ps_store_lock(f->store);
		g_autoptr(GBytes) locked = ps_store_document(f->store, id, &error);
		assert_int_equal(locked == NULL, sealed);
		g_clear_error(&error);
		assert_verified(f->store);
		assert_done(ps_store_unlock(f->store, &error), error);
	}
	/* a sealed one can be erased, one that was stored openly can't */
	for (int sealed = 0; sealed < 2; sealed++) {
		g_autofree char *sql =
			g_strdup_printf("SELECT id FROM document WHERE sealed = %d", sealed);
		g_autofree char *id = fixture_sql(f->store, sql);
		assert_int_equal(ps_store_erase(f->store, "document", id, NULL, "Because", &error),
				 sealed);
		g_clear_error(&error);
		g_autoptr(GBytes) bytes = ps_store_document(f->store, id, &error);
		assert_int_equal(bytes == NULL, sealed);
		g_clear_error(&error);
	}
	assert_verified(f->store);
	g_autofree char *chunks = fixture_sql(f->store, "SELECT count(*) FROM document_chunk");
	assert_string_equal(chunks, "6");
	fixture_tamper(f, "UPDATE document_chunk SET bytes = zeroblob(17) WHERE position = 2");
	assert_found(f->store, "The document");
	assert_null(ps_store_document(f->store, "00", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
}

/* ---- imports ---- */

static char *
make_release(PsStore *store, const char *version)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "release", &error);
	g_autofree char *product =
		ps_txn_newv(txn, "product", &error, "name", "Gateway", "vendor", "Us", NULL);
	char *release = product ? ps_txn_newv(txn, "release", &error, "product", product, "version",
					      version, NULL)
				: NULL;

	assert_done(release && ps_txn_commit(txn, &error), error);
	return release;
}

static char *
make_document(PsStore *store, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "document", &error);
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	char *id = ps_txn_add_document(txn, bytes, "application/json", FALSE, &error);

	assert_done(id && ps_txn_commit(txn, &error), error);
	return id;
}

static void
add_component(PsImport *import, const char *release, int number, const char *suffix)
{
	g_autofree char *id = g_strdup_printf("%s#%d", release, number);
	g_autofree char *name = g_strdup_printf("component-%d%s", number, suffix);
	g_autofree char *purl = g_strdup_printf("pkg:generic/lib%d@1.%d", number, number);
	const char *pairs[] = {"release", release, "name",    name, "purl",
			       purl,      "type",  "library", NULL};
	g_autoptr(GError) error = NULL;

	assert_done(ps_import_add(import, id, pairs, &error), error);
}

static gint64
count_components(PsStore *store, const char *words)
{
	g_autoptr(GError) error = NULL;
	gint64 count =
		ps_store_count(store, &(PsQuery){.kind = "component", .words = words}, &error);

	assert_done(count >= 0, error);
	return count;
}

static void
import__rows__are_visible_at_once_at_the_end_and_logged_as_their_document(void **state)
{
	Fixture *f = *state;
	g_autofree char *release = make_release(f->store, "1.0");
	g_autofree char *document = make_document(f->store, "an SBOM");
	g_autofree char *before = fixture_sql(f->store, "SELECT count(*) FROM log");
	g_autoptr(GError) error = NULL;
	g_autoptr(PsStore) reader = ps_store_clone(f->store, &error);
	PsImport *import = ps_import_begin(f->store, "component", document, &error);
	gint64 count;

	assert_done(import, error);
	for (int i = 0; i < 2500; i++) {
		add_component(import, release, i, "");
		if (i % 500 == 0) {
			assert_int_equal(count_components(reader, NULL), 0);
			/* nobody's edit waits for it */
			g_autofree char *id = fixture_case(reader, "Meanwhile");
		}
	}
	assert_done(ps_import_finish(import, release, &count, &error), error);
	ps_import_free(import);
	assert_int_equal(count, 2500);
	assert_int_equal(count_components(reader, NULL), 2500);
	assert_int_equal(count_components(reader, "component-77"), 11); /* 77, 770 … 779 */
	assert_int_equal(count_components(reader, "LIB42@1.42 generic"), 1);
	g_autofree char *logged = fixture_sql(
		f->store, "SELECT group_concat(action || ' ' || kind, ', ') FROM log WHERE kind IN "
			  "('import', 'component')");
	assert_string_equal(logged, "import.component import");
	assert_verified(f->store);
	/* a row that a person changed is logged and verified */
	g_autofree char *row = g_strdup_printf("%s#7", release);
	assert_done(ps_store_set(f->store, "component.edit", "component", row, "cpe", "cpe:x",
				 PS_ANY, &error),
		    error);
	assert_done(ps_store_set(f->store, "component.edit", "component", row, "name", "renamed",
				 PS_ANY, &error),
		    error);
	assert_int_equal(count_components(reader, "renamed"), 1);
	assert_int_equal(count_components(reader, "component-7"), 110); /* 7x, 7xx, not 7 */
	assert_verified(f->store);
	assert_false(ps_store_set(f->store, "x", "component", "nosuchcomponent", "cpe", "x", PS_ANY,
				  &error));
	g_clear_error(&error);
	fixture_tamper(f, "UPDATE component_stored SET cpe = 'cpe:y' WHERE name = 'renamed'");
	assert_found(f->store, "“cpe” of component");
	fixture_tamper(f, "UPDATE component_stored SET cpe = 'cpe:x' WHERE name = 'renamed'");
	assert_verified(f->store);
	fixture_tamper(f, "UPDATE component_stored SET version = '9' WHERE name = 'component-9'");
	assert_found(f->store, "are not those that were imported");
}

static void
import__again__replaces_the_rows_of_the_same_parent(void **state)
{
	Fixture *f = *state;
	g_autofree char *release = make_release(f->store, "1.0");
	g_autofree char *other = make_release(f->store, "2.0");
	g_autofree char *document = make_document(f->store, "an SBOM");
	g_autoptr(GError) error = NULL;

	for (int round = 0; round < 3; round++) {
		const char *parent = round == 1 ? other : release;
		PsImport *import = ps_import_begin(f->store, "component", document, &error);
		assert_done(import, error);
		for (int i = 0; i < 1200 - round; i++)
			add_component(import, parent, i, round == 2 ? "-new" : "");
		assert_done(ps_import_finish(import, parent, NULL, &error), error);
		ps_import_free(import);
	}
	assert_int_equal(count_components(f->store, NULL), 1199 + 1198);
	assert_int_equal(count_components(f->store, "new"), 1198);
	g_autofree char *stored = fixture_sql(f->store, "SELECT count(*) FROM component_stored");
	assert_string_equal(stored, "2397");
	/* what was replaced is gone: no undo */
	assert_false(ps_store_undo(f->store, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_verified(f->store);
}

static void
import__undone_or_unfinished__leaves_no_rows(void **state)
{
	Fixture *f = *state;
	g_autofree char *release = make_release(f->store, "1.0");
	g_autofree char *document = make_document(f->store, "an SBOM");
	g_autoptr(GError) error = NULL;

	PsImport *import = ps_import_begin(f->store, "component", document, &error);
	for (int i = 0; i < 1500; i++)
		add_component(import, release, i, "");
	const char *wrong[] = {"release", "nosuchrelease", "name", "x", NULL};
	assert_false(ps_import_add(import, "y", wrong, &error));
	g_clear_error(&error);
	ps_import_free(import);
	g_autofree char *stored = fixture_sql(f->store, "SELECT count(*) FROM component_stored");
	g_autofree char *staging = fixture_sql(f->store, "SELECT count(*) FROM staging");
	assert_string_equal(stored, "0");
	assert_string_equal(staging, "0");

	import = ps_import_begin(f->store, "component", document, &error);
	add_component(import, release, 1, "");
	add_component(import, release, 1, "");
	assert_false(ps_import_finish(import, release, NULL, &error));
	assert_non_null(strstr(error->message, "two rows"));
	g_clear_error(&error);
	ps_import_free(import);

	import = ps_import_begin(f->store, "component", document, &error);
	add_component(import, release, 1, "");
	assert_done(ps_import_finish(import, release, NULL, &error), error);
	ps_import_free(import);
	assert_int_equal(count_components(f->store, NULL), 1);
	assert_done(ps_store_undo(f->store, NULL, &error), error);
	assert_int_equal(count_components(f->store, NULL), 0);
	assert_verified(f->store);
	/* the next import cleans up */
	import = ps_import_begin(f->store, "component", document, &error);
	assert_done(import, error);
	ps_import_free(import);
	g_autofree char *cleaned = fixture_sql(f->store, "SELECT count(*) FROM component_stored");
	assert_string_equal(cleaned, "0");
}

static void
import__list__puts_rows_in_place_and_keeps_what_it_does_not_name(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Case");
	g_autoptr(GError) error = NULL;
	g_autofree char *before = fixture_sql(f->store, "SELECT count(*) FROM log");

	for (int round = 0; round < 2; round++) {
		PsImport *import = ps_import_begin(f->store, "mail", NULL, &error);
		assert_done(import, error);
		const char *pairs[] = {"message_id", "<a@b>",
				       "subject",    "Hostile\r\nSubject: x",
				       "tags",       round ? "inbox" : "inbox unread",
				       "at",         "2026-11-20T08:00:00Z",
				       NULL};
		assert_done(ps_import_add(import, "mail:<a@b>", pairs, &error), error);
		assert_done(ps_import_finish(import, NULL, NULL, &error), error);
		ps_import_free(import);
		if (round == 0) {
			g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "mail.open", &error);
			assert_done(ps_txn_set(txn, "mail", "mail:<a@b>", "protected_subject",
					       "Kirschbaum", PS_ANY, &error) &&
					    ps_txn_set(txn, "mail", "mail:<a@b>", "case", id,
						       PS_ANY, &error) &&
					    ps_txn_commit(txn, &error),
				    error);
		}
	}
	g_autoptr(PsRecord) mail = ps_store_get(f->store, "mail", "mail:<a@b>", &error);
	assert_done(mail, error);
	assert_string_equal(ps_record_text(mail, "tags"), "inbox");
	assert_string_equal(ps_record_text(mail, "subject"), "Hostile  Subject: x");
	assert_string_equal(ps_record_text(mail, "protected_subject"), "Kirschbaum");
	assert_string_equal(ps_record_text(mail, "case"), id);
	g_autofree char *after = fixture_sql(f->store, "SELECT count(*) FROM log");
	assert_string_equal(before, after);
	PsQuery words = {.kind = "mail", .words = "kirsch"};
	assert_int_equal(ps_store_count(f->store, &words, NULL), 1);
	words.words = "hosti CVE-2026-1";
	assert_int_equal(ps_store_count(f->store, &words, NULL), 0);
	words.words = "hosti \"subject";
	assert_int_equal(ps_store_count(f->store, &words, NULL), 1);
	assert_verified(f->store);
}

/* ---- backup and restore ---- */

static void
backup__restore__brings_back_that_state_in_a_new_epoch(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Before");
	g_autofree char *file = g_build_filename(f->parent, "backup.db", NULL);
	g_autofree char *published = g_build_filename(f->dir, "provider", "white", "a.json", NULL);
	g_autofree char *published_dir = g_path_get_dirname(published);
	g_autoptr(GError) error = NULL;

	assert_done(ps_dir_make(published_dir, 0755, &error), error);
	assert_done(ps_file_write(published, "{}", -1, 0644, &error), error);
	assert_done(ps_store_set_config(f->store, "org.name", "Us", &error), error);
	assert_done(ps_store_backup(f->store, file, &error), error);
	assert_false(file_holds(file, "Before"));
	assert_done(ps_dir_remove(published_dir, &error), error);
	/* a second desk of the program has it open all the while */
	g_autoptr(PsStore) other = ps_store_clone(f->store, &error);
	g_autofree char *later = fixture_case(f->store, "After");
	assert_done(ps_store_set(f->store, "e", "case", id, "title", "Changed", PS_ANY, &error),
		    error);
	assert_done(ps_store_restore(f->store, file, &error), error);
	g_autofree char *title = fixture_text(other, "case", id, "title");
	assert_string_equal(title, "Before");
	assert_null(ps_store_get(other, "case", later, NULL));
	g_autofree char *reasons = fixture_sql(f->store, "SELECT group_concat(reason) FROM epoch");
	assert_string_equal(reasons, "created,restored");
	assert_verified(f->store);
	assert_verified(other);
	/* numbers are never given twice, on any connection, and the chain goes on */
	g_autofree char *third = fixture_case(other, "Third");
	g_autofree char *number =
		fixture_sql(f->store,
			    "SELECT substr(number, -4) FROM \"case\" ORDER BY row DESC LIMIT 1");
	assert_string_equal(number, "0003");
	g_autofree char *fourth = fixture_case(f->store, "Fourth");
	assert_verified(f->store);
	g_autofree char *back = ps_file_read(published, 100, NULL, &error);
	assert_string_equal(back, "{}");
	g_autofree char *tables =
		fixture_sql(f->store,
			    "SELECT count(*) FROM sqlite_schema WHERE name = 'backup_file'");
	assert_string_equal(tables, "0");
}

/* A chain must never use the name of an epoch for two different pasts. */
static void
backup__restored_twice__starts_a_new_epoch_each_time(void **state)
{
	Fixture *f = *state;
	g_autofree char *file = g_build_filename(f->parent, "backup.db", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	assert_done(ps_store_backup(f->store, file, &error), error);
	g_setenv("PSIRTDESK_NOW", "2001-01-01T00:00:00Z", TRUE);
	for (int i = 0; i < 3; i++) {
		assert_done(ps_store_restore(f->store, file, &error), error);
		g_free(fixture_case(f->store, "After it"));
		assert_true(g_hash_table_add(seen,
					     fixture_sql(f->store, "SELECT max(epoch) FROM log")));
	}
	g_unsetenv("PSIRTDESK_NOW");
	assert_verified(f->store);
}

static void
backup__restore__does_not_bring_back_what_was_erased(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Secret");
	g_autofree char *file = g_build_filename(f->parent, "backup.db", NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *person =
		ps_store_new(f->store, "p", "person",
			     (const char *const[]){"name", "Lindenblatt", NULL}, &error);

	assert_done(ps_store_backup(f->store, file, &error), error);
	assert_done(ps_store_erase(f->store, "case", id, NULL, "Because", &error), error);
	assert_done(ps_store_erase(f->store, "person", person, "name", "Because", &error), error);
	assert_done(ps_store_restore(f->store, file, &error), error);
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	g_autofree char *name = fixture_text(f->store, "person", person, "name");
	assert_null(title);
	assert_null(name);
	assert_verified(f->store);
	checkpoint_wal(f->store);
	assert_false(workspace_holds(f, "Lindenblatt"));
}

static void
backup__bad_files__are_refused_and_nothing_changes(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Kept");
	g_autofree char *file = g_build_filename(f->parent, "x.db", NULL);
	g_autofree char *good = g_build_filename(f->parent, "good.db", NULL);
	g_autofree char *live = g_build_filename(f->dir, "psirtdesk.db", NULL);
	g_autofree char *nowhere = g_build_filename(f->parent, "no", "such", "dir", NULL);
	gsize length;
	g_autoptr(GError) error = NULL;

	assert_false(ps_store_backup(f->store, live, &error));
	g_clear_error(&error);
	assert_false(ps_store_backup(f->store, nowhere, &error));
	g_clear_error(&error);
	assert_false(ps_store_restore(f->store, nowhere, &error));
	g_clear_error(&error);
	assert_true(
		g_file_set_contents(file, "no database at all, but long enough to look", -1, NULL));
	assert_false(ps_store_restore(f->store, file, &error));
	assert_non_null(strstr(error->message, "is no database of ours"));
	g_clear_error(&error);
	assert_done(ps_store_backup(f->store, good, &error), error);
	g_autofree char *bytes = ps_file_read(good, 1 << 28, &length, NULL);
	assert_true(g_file_set_contents(file, bytes, (gssize)(length / 2), NULL));
	assert_false(ps_store_restore(f->store, file, &error));
	g_clear_error(&error);
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	assert_string_equal(title, "Kept");
	assert_verified(f->store);
	g_autofree char *aside = g_strconcat(live, ".restore", NULL);
	assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
}

static void
backup__tampered__brings_no_triggers_and_verify_still_finds_it(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Kept");
	g_autofree char *file = g_build_filename(f->parent, "backup.db", NULL);
	g_autoptr(GError) error = NULL;
	sqlite3 *db = NULL;

	assert_done(ps_store_backup(f->store, file, &error), error);
	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db,
			     "DROP TRIGGER case_guard_update; DROP TRIGGER case_log_update; UPDATE "
			     "\"case\" SET rm = 'CLOSED'; CREATE TRIGGER hostile AFTER INSERT ON "
			     "\"case\" BEGIN DELETE FROM mail; END",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	assert_done(ps_store_restore(f->store, file, &error), error);
	g_autofree char *hostile =
		fixture_sql(f->store, "SELECT count(*) FROM sqlite_schema WHERE name = 'hostile'");
	assert_string_equal(hostile, "0");
	g_autoptr(GPtrArray) found = fixture_findings(f->store);
	assert_int_equal(found->len, 1);
	assert_non_null(strstr(found->pdata[0], "“rm” of case"));
}

static void
recover__damaged_database__is_replaced_and_kept_aside(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Kept");
	g_autofree char *file = g_build_filename(f->parent, "backup.db", NULL);
	g_autofree char *live = g_build_filename(f->dir, "psirtdesk.db", NULL);
	g_autofree char *damaged = g_strconcat(live, ".damaged", NULL);
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_backup(f->store, file, &error), error);
	g_clear_pointer(&f->store, ps_store_close);
	assert_true(g_file_set_contents(live, "rubbish rubbish rubbish", -1, NULL));
	f->store = ps_store_open(f->dir, 0, fixture_ops(), &error);
	assert_null(f->store);
	assert_non_null(strstr(error->message, "restore"));
	g_clear_error(&error);
	assert_done(ps_store_recover(f->dir, file, fixture_ops(), &error), error);
	f->store = ps_store_open(f->dir, 0, fixture_ops(), &error);
	assert_done(f->store && ps_store_unlock(f->store, &error), error);
	g_autofree char *title = fixture_text(f->store, "case", id, "title");
	assert_string_equal(title, "Kept");
	assert_true(file_holds(damaged, "rubbish"));
	assert_verified(f->store);
	g_autofree char *epochs = fixture_sql(f->store, "SELECT count(*) FROM epoch");
	assert_string_equal(epochs, "2");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(sealed__text__is_nowhere_on_the_disk),
		TEST(erase__field__leaves_tables_log_and_disk_and_the_chain_names_the_gap),
		TEST(erase__record__destroys_its_key_and_history_says_erased),
		TEST(erase__deleted_record__still_works_and_undo_does_not_bring_it_back),
		TEST(document__larger_than_a_chunk__comes_back_whole_sealed_or_not),
		TEST(import__rows__are_visible_at_once_at_the_end_and_logged_as_their_document),
		TEST(import__again__replaces_the_rows_of_the_same_parent),
		TEST(import__undone_or_unfinished__leaves_no_rows),
		TEST(import__list__puts_rows_in_place_and_keeps_what_it_does_not_name),
		TEST(backup__restore__brings_back_that_state_in_a_new_epoch),
		TEST(backup__restored_twice__starts_a_new_epoch_each_time),
		TEST(backup__restore__does_not_bring_back_what_was_erased),
		TEST(backup__bad_files__are_refused_and_nothing_changes),
		TEST(backup__tampered__brings_no_triggers_and_verify_still_finds_it),
		TEST(recover__damaged_database__is_replaced_and_kept_aside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
