#include "config.h"

/* The change log: what it holds, that it can't be written by accident, undo, and verify. */

#include "tests/unit/store-fixture.h"

#include <string.h>

/* ---- reading ---- */

static void
set(PsStore *store, const char *id, const char *field, const char *value)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set(store, "case.edit", "case", id, field, value, PS_ANY, &error),
		    error);
}

static void
log__read__newest_first_with_old_and_new_values(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Title one");

	set(f->store, id, "title", "Title two");
	set(f->store, id, "rm", "VALID");
	set(f->store, id, "rm", "VALID"); /* no change, no entry */
	set(f->store, id, "title", "Title two");
	g_autoptr(GPtrArray) lines = fixture_log(f->store, id);
	assert_int_equal(lines->len, 3);
	assert_string_equal(lines->pdata[0], "case.edit update case rm|RECEIVED|VALID|-");
	assert_string_equal(lines->pdata[1], "case.edit update case title|Title one|Title two|-");
	assert_true(g_str_has_prefix(lines->pdata[2], "case.open insert case *|-|cs=Vfdpxa\n"));
	assert_non_null(strstr(lines->pdata[2], "\ntitle=Title one"));
	assert_non_null(strstr(lines->pdata[2], "received_at=2026-11-20T08:00:00Z"));
	g_autoptr(GPtrArray) limited = fixture_log_limit(f->store, NULL, 2);
	assert_int_equal(limited->len, 2);
	ps_store_lock(f->store);
	g_autoptr(GPtrArray) locked = fixture_log(f->store, id);
	assert_string_equal(locked->pdata[1], "case.edit update case title|-|-|sealed");
	assert_non_null(strstr(locked->pdata[2], "title [sealed]"));
	assert_null(strstr(locked->pdata[2], "Title one"));
}

static void
log__plain_shell__cannot_write_by_accident(void **state)
{
	Fixture *f = *state;
	static const char *const attempts[] = {
		"UPDATE \"case\" SET rm = 'CLOSED'",
		"DELETE FROM \"case\"",
		"INSERT INTO \"case\" (id, rm) VALUES ('x', 'START')",
		"DELETE FROM log",
		"UPDATE log SET action = 'x'",
		"DELETE FROM log_value",
		"UPDATE record_key SET kind = 'x'",
		"DELETE FROM record_key",
		"UPDATE workspace SET epoch = 9",
		"INSERT INTO mail (id) VALUES ('x')",
		"INSERT INTO component_stored (id, import) VALUES ('x', 1)",
		"UPDATE number_counter SET last = 0",
	};
	g_autofree char *id = fixture_case(f->store, "One");
	g_autofree char *file = g_build_filename(f->dir, "psirtdesk.db", NULL);
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	for (gsize i = 0; i < G_N_ELEMENTS(attempts); i++) {
		int code = sqlite3_exec(db, attempts[i], NULL, NULL, NULL);
		if (code == SQLITE_OK)
			fail_msg("%s worked", attempts[i]);
	}
	/* but it can read */
	assert_int_equal(sqlite3_exec(db, "SELECT * FROM \"case\", component", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_verified(f->store);
}

static void
log__own_connection__writes_only_in_a_transaction_and_never_replaces(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "One");
	g_autofree char *replace =
		g_strdup_printf("INSERT OR REPLACE INTO \"case\" (id, rm) VALUES ('%s', 'CLOSED')",
				id);
	static const char *const inside[] = {"UPDATE \"case\" SET id = 'other'",
					     "UPDATE \"case\" SET number = 'X-1'",
					     "UPDATE \"case\" SET row = row + 9",
					     "UPDATE log SET action = 'x'",
					     "DELETE FROM log",
					     "DELETE FROM log_value",
					     "DELETE FROM record_key",
					     NULL};
	sqlite3 *db = ps_store_db(f->store);

	assert_int_not_equal(sqlite3_exec(db, "UPDATE \"case\" SET rm = 'CLOSED'", NULL, NULL,
					  NULL),
			     SQLITE_OK);
	g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "test", NULL);
	assert_int_not_equal(sqlite3_exec(db, replace, NULL, NULL, NULL), SQLITE_OK);
	for (gsize i = 0; inside[i]; i++)
		if (sqlite3_exec(db, inside[i], NULL, NULL, NULL) == SQLITE_OK)
			fail_msg("%s worked", inside[i]);
	ps_txn_free(g_steal_pointer(&txn));
	g_autofree char *rm = fixture_text(f->store, "case", id, "rm");
	assert_string_equal(rm, "RECEIVED");
	assert_verified(f->store);
}

/* ---- undo ---- */

static void
undo__twice__takes_back_my_changes_one_by_one(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "First");
	g_autofree char *what = NULL;
	g_autoptr(GError) error = NULL;

	set(f->store, id, "title", "Second");
	set(f->store, id, "title", "Third");
	assert_done(ps_store_undo(f->store, &what, &error), error);
	assert_string_equal(what, "case.edit");
	g_autofree char *second = fixture_text(f->store, "case", id, "title");
	assert_string_equal(second, "Second");
	assert_done(ps_store_undo(f->store, NULL, &error), error);
	g_autofree char *first = fixture_text(f->store, "case", id, "title");
	assert_string_equal(first, "First");
	/* the case itself */
	assert_done(ps_store_undo(f->store, NULL, &error), error);
	assert_null(ps_store_get(f->store, "case", id, NULL));
	/* the workspace can't be undone */
	assert_false(ps_store_undo(f->store, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_verified(f->store);
}

static void
undo__delete__brings_the_record_back_with_its_sealed_text(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Kept");
	g_autofree char *number = fixture_sql(f->store, "SELECT number FROM \"case\"");
	g_autoptr(GError) error = NULL;
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "case.delete", &error);
		assert_done(txn && ps_txn_delete(txn, "case", id, &error) &&
				    ps_txn_commit(txn, &error),
			    error);
	}
	assert_null(ps_store_get(f->store, "case", id, NULL));
	assert_done(ps_store_undo(f->store, NULL, &error), error);
	g_autoptr(PsRecord) record = ps_store_get(f->store, "case", number, &error);
	assert_done(record, error);
	assert_string_equal(ps_record_text(record, "title"), "Kept");
	assert_string_equal(ps_record_id(record), id);
	assert_verified(f->store);
}

static void
undo__changed_since__is_refused_and_changes_nothing(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Mine");
	g_autoptr(GError) error = NULL;
	g_autofree char *other =
		ps_store_new(f->store, "person.add", "person",
			     (const char *const[]){"name", "Other", "account", "other", NULL},
			     &error);

	assert_done(other, error);
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "two.fields", &error);
		assert_done(ps_txn_set(txn, "case", id, "em", "ACTIVE", PS_ANY, &error), error);
		assert_done(ps_txn_set(txn, "case", id, "rm", "VALID", PS_ANY, &error), error);
		assert_done(ps_txn_commit(txn, &error), error);
	}
	ps_store_set_person(f->store, other);
	set(f->store, id, "em", "EXITED");
	ps_store_set_person(f->store, NULL);
	assert_false(ps_store_undo(f->store, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "two.fields"));
	g_autofree char *rm = fixture_text(f->store, "case", id, "rm");
	g_autofree char *em = fixture_text(f->store, "case", id, "em");
	assert_string_equal(rm, "VALID");
	assert_string_equal(em, "EXITED");
	assert_verified(f->store);
}

static void
undo__after_something_irreversible__is_refused_for_all_of_the_case(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Published");
	g_autofree char *other_id = fixture_case(f->store, "Not published");
	g_autoptr(GError) error = NULL;
	const char *pairs[] = {"case", id, "title", "A task", NULL};
	g_autofree char *task = ps_store_new(f->store, "task", "task", pairs, &error);
	g_autofree char *other = ps_store_new(f->store, "person.add", "person",
					      (const char *const[]){"name", "Other", NULL}, &error);

	assert_done(task && other, error);
	/* me: a task of the case; then somebody else publishes the case */
	assert_done(ps_store_set(f->store, "task.edit", "task", task, "title", "B", PS_ANY, &error),
		    error);
	ps_store_set_person(f->store, other);
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "advisory.publish", &error);
		assert_done(ps_txn_set(txn, "case", id, "published_at", "now", PS_ANY, &error),
			    error);
		ps_txn_irreversible(txn);
		assert_done(ps_txn_commit(txn, &error), error);
	}
	assert_false(ps_store_undo(f->store, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	ps_store_set_person(f->store, NULL);
	assert_false(ps_store_undo(f->store, NULL, &error));
	assert_non_null(strstr(error->message, "task.edit"));
	g_clear_error(&error);
	/* another case is not concerned */
	set(f->store, other_id, "em", "ACTIVE");
	assert_done(ps_store_undo(f->store, NULL, &error), error);
	assert_verified(f->store);
}

/* ---- verify ---- */

typedef struct {
	const char *sql, *finding;
} Tampering;

/* Each is one thing that somebody with a shell can do on purpose. */
static const Tampering tamperings[] = {
	{"UPDATE \"case\" SET rm = 'CLOSED'", "“rm” of case PSIRT-"},
	{"UPDATE \"case\" SET title = zeroblob(80)", "“title” of case PSIRT-"},
	{"UPDATE \"case\" SET closed_at = 1", "“closed_at” of case PSIRT-"},
	{"DELETE FROM \"case\"", "is missing"},
	{"INSERT INTO product (id, name) VALUES ('x', 'y')", "product “x” was made outside"},
	{"DELETE FROM log WHERE position = (SELECT max(position) - 1 FROM log)", "was cut"},
	{"UPDATE log SET action = 'case.shut' WHERE position = (SELECT max(position) FROM log)",
	 "does not fit its hash"},
	{"UPDATE log SET person = 'x' WHERE position = 4", "entry 4 of epoch"},
	{"UPDATE log SET clock = 1 WHERE position = 4", "The clock runs backwards at entry 4"},
	{"UPDATE log_value SET new = 'CLOSED' WHERE field = 'rm' AND new = 'VALID'",
	 "the value of “rm” in entry"},
	{"UPDATE log_value SET new_salt = zeroblob(16) WHERE field = 'rm'",
	 "does not fit its commitment"},
	{"UPDATE log_value SET new = NULL, new_salt = NULL WHERE field = 'rm' AND new = 'VALID'",
	 "no erasure tells why"},
	{"DELETE FROM log_value WHERE field = 'em'", "does not fit its hash"},
	{"INSERT INTO log_value VALUES (99999, 'x', NULL, NULL, NULL, NULL, NULL, NULL)",
	 "belong to no entry"},
	{"DELETE FROM record_key", "does not open"},
	{"UPDATE record_key SET wrapped = zeroblob(73)", "does not open"},
	{"DELETE FROM log; DELETE FROM log_value", "The log is empty"},
	{"UPDATE log SET hash = upper(hash) WHERE position = 2", "does not fit its hash"},
};

static void
verify__any_tampering__is_found_and_named(void **state)
{
	for (gsize i = 0; i < G_N_ELEMENTS(tamperings); i++) {
		void *own = NULL;
		assert_int_equal(fixture_setup(&own), 0);
		Fixture *f = own;
		g_autofree char *id = fixture_case(f->store, "Title");
		set(f->store, id, "rm", "VALID");
		assert_verified(f->store);
		fixture_tamper(f, tamperings[i].sql);
		assert_found(f->store, tamperings[i].finding);
		fixture_teardown(&own);
	}
	(void)state;
}

static void
verify__trigger_taken_off_or_changed__is_found(void **state)
{
	Fixture *f = *state;
	g_autofree char *file = g_build_filename(f->dir, "psirtdesk.db", NULL);
	sqlite3 *db = NULL;

	assert_verified(f->store);
	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(db,
			     "DROP TRIGGER case_log_update; DROP TRIGGER log_guard_delete; CREATE "
			     "TRIGGER log_guard_delete BEFORE DELETE ON log BEGIN SELECT 1; END; "
			     "CREATE TRIGGER extra AFTER INSERT ON \"case\" BEGIN SELECT 1; END",
			     NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(db);
	assert_found(f->store, "trigger “case_log_update” is missing");
	assert_found(f->store, "trigger “log_guard_delete” is not the one");
	assert_found(f->store, "trigger extra that is not ours");
}

static void
verify__every_cell_of_a_record__is_checked_by_replay(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Title");
	const PsKind *kind = ps_kind_find("case");

	for (gsize i = 0; i < kind->n_fields; i++) {
		const char *name = kind->fields[i].name;
		g_autofree char *keep =
			g_strdup_printf("CREATE TABLE kept AS SELECT \"%s\" AS v FROM \"case\"",
					name);
		g_autofree char *change = g_strdup_printf(
			"%s; UPDATE \"case\" SET \"%s\" = CASE WHEN \"%s\" IS NOT NULL THEN NULL "
			"WHEN '%s' IN ('title') THEN x'00' ELSE 0 END",
			keep, name, name, name);
		g_autofree char *back = g_strdup_printf(
			"UPDATE \"case\" SET \"%s\" = (SELECT v FROM kept); DROP TABLE kept", name);
		g_autofree char *finding = g_strdup_printf("“%s” of case", name);
		if ((kind->fields[i].flags & PS_FIELD_SEALED) && !g_str_equal(name, "title"))
			continue;
		fixture_tamper(f, change);
		assert_found(f->store, finding);
		fixture_tamper(f, back);
		assert_verified(f->store);
	}
}

static void
checkpoint__a_log_written_anew__does_not_fit_it(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "Title");

	assert_false(ps_store_checkpoint(f->store, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NO_KEY));
	g_clear_error(&error);
	assert_done(ps_store_set_config(f->store, "provider.signing_key", "ABCD", &error), error);
	assert_done(ps_store_checkpoint(f->store, &error), error);
	assert_verified(f->store);
	fixture_tamper(f, "UPDATE checkpoint SET signature = 'ABCD' || char(10) || 'x'");
	assert_found(f->store, "The signature of checkpoint");
	fixture_tamper(f, "UPDATE checkpoint SET hash = replace(hash, substr(hash, 1, 1), 'x')");
	assert_found(f->store, "The log was written anew");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(log__read__newest_first_with_old_and_new_values),
		TEST(log__plain_shell__cannot_write_by_accident),
		TEST(log__own_connection__writes_only_in_a_transaction_and_never_replaces),
		TEST(undo__twice__takes_back_my_changes_one_by_one),
		TEST(undo__delete__brings_the_record_back_with_its_sealed_text),
		TEST(undo__changed_since__is_refused_and_changes_nothing),
		TEST(undo__after_something_irreversible__is_refused_for_all_of_the_case),
		cmocka_unit_test(verify__any_tampering__is_found_and_named),
		TEST(verify__trigger_taken_off_or_changed__is_found),
		TEST(verify__every_cell_of_a_record__is_checked_by_replay),
		TEST(checkpoint__a_log_written_anew__does_not_fit_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
