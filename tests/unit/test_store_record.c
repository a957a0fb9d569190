#include "config.h"

#include "tests/unit/store-fixture.h"

#include <string.h>

#include "base/utc.h"

static void
record__new__is_read_back_as_it_was_written(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Überlauf in “httpd”");
	g_autoptr(GError) error = NULL;
	g_autoptr(PsRecord) record = ps_store_get(f->store, "case", id, &error);

	assert_done(record, error);
	assert_string_equal(ps_record_text(record, "title"), "Überlauf in “httpd”");
	assert_string_equal(ps_record_text(record, "received_at"), "2026-11-20T08:00:00Z");
	assert_int_equal(ps_record_time(record, "received_at"), 1795161600000);
	assert_null(ps_record_text(record, "closed_at"));
	assert_string_equal(ps_record_text(record, "rm"), "RECEIVED");
	assert_true(g_str_has_prefix(ps_record_number(record), "PSIRT-"));
	assert_true(g_str_has_suffix(ps_record_number(record), "-0001"));
}

static void
record__ids__sort_in_the_order_of_making(void **state)
{
	Fixture *f = *state;
	g_autofree char *last = g_strdup("");

	/* the clock stands still: time alone does not tell them apart */
	g_setenv("PSIRTDESK_NOW", "2026-11-20T08:00:00Z", TRUE);
	for (int i = 0; i < 100; i++) {
		g_autofree char *id = fixture_case(f->store, "Overflow");
		assert_true(strcmp(last, id) < 0);
		g_free(last);
		last = g_steal_pointer(&id);
	}
	g_unsetenv("PSIRTDESK_NOW");
}

static void
record__set__refuses_when_somebody_changed_it_since(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "First title");
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set(f->store, "case.edit", "case", id, "title", "Second title",
				 "First title", &error),
		    error);
	assert_false(ps_store_set(f->store, "case.edit", "case", id, "title", "Third title",
				  "First title", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "“Second title”"));
	assert_non_null(strstr(error->message, "“First title”"));
	g_autoptr(PsRecord) record = ps_store_get(f->store, "case", id, NULL);
	assert_string_equal(ps_record_text(record, "title"), "Second title");
}

static void
record__locked__hides_sealed_fields_and_shows_the_rest(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "Secret title");
	g_autoptr(GError) error = NULL;

	ps_store_lock(f->store);
	assert_false(ps_store_is_unlocked(f->store));
	{
		g_autoptr(PsRecord) record = ps_store_get(f->store, "case", id, &error);
		assert_done(record, error);
		assert_null(ps_record_text(record, "title"));
		assert_true(ps_record_is_sealed(record, "title"));
		assert_false(ps_record_is_sealed(record, "summary"));
		assert_string_equal(ps_record_text(record, "em"), "NONE");
	}
	assert_false(ps_store_set(f->store, "t", "case", id, "title", "x", PS_ANY, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LOCKED));
	g_clear_error(&error);
	assert_done(ps_store_set(f->store, "t", "case", id, "em", "ACTIVE", PS_ANY, &error), error);
	assert_done(ps_store_unlock(f->store, &error), error);
	g_autoptr(PsRecord) record = ps_store_get(f->store, "case", id, NULL);
	assert_string_equal(ps_record_text(record, "title"), "Secret title");
	assert_string_equal(ps_record_text(record, "em"), "ACTIVE");
}

static GPtrArray *
list(PsStore *store, const PsQuery *query)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *records = ps_store_list(store, query, &error);

	assert_done(records, error);
	return records;
}

static const char *
title_at(GPtrArray *records, guint index)
{
	return ps_record_text(records->pdata[index], "title");
}

static void
record__list__filters_words_order_and_pages(void **state)
{
	Fixture *f = *state;
	static const char *const titles[] = {"Alpha overflow", "beta leak", "Gamma overflow"};
	g_autoptr(GError) error = NULL;

	for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
		g_free(fixture_case(f->store, titles[i]));
	g_autoptr(GPtrArray) newest = list(f->store, &(PsQuery){.kind = "case"});
	assert_int_equal(newest->len, 3);
	assert_string_equal(title_at(newest, 0), "Gamma overflow");
	g_autoptr(GPtrArray) words =
		list(f->store, &(PsQuery){.kind = "case", .words = "OVERflow amm"});
	assert_int_equal(words->len, 1);
	assert_string_equal(title_at(words, 0), "Gamma overflow");
	g_autoptr(GPtrArray) sorted =
		list(f->store,
		     &(PsQuery){.kind = "case", .order_by = "title", .limit = 1, .offset = 1});
	assert_int_equal(sorted->len, 1);
	assert_string_equal(title_at(sorted, 0), "beta leak");
	const char *sealed[] = {"title", "beta leak", "em", "none", NULL};
	PsQuery query = {.kind = "case", .filters = sealed};
	assert_int_equal(ps_store_count(f->store, &query, &error), 1);
	ps_store_lock(f->store);
	assert_int_equal(ps_store_count(f->store, &query, &error), -1);
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LOCKED));
}

static void
make_cases(PsStore *store, int count)
{
	static const char *const labels[] = {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"};
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "many", &error);

	for (int i = 0; i < count; i++) {
		g_autofree char *title = g_strdup_printf("Title %d", (i * 7919) % count);
		g_autofree char *at = ps_utc_format((gint64)((i * 104729) % count) * 60000);
		g_autofree char *id =
			ps_txn_newv(txn, "case", &error, "title", title, "rm", "VALID", "em",
				    "NONE", "cs", "vfdpxa", "tlp", labels[i % 5], "received_at", at,
				    "closed_at", i % 3 ? at : NULL, NULL);
		assert_done(id, error);
	}
	assert_done(ps_txn_commit(txn, &error), error);
}

/* Every record once, in order, whatever the page. */
static void
record__list__pages_of_many_hold_each_record_once(void **state)
{
	Fixture *f = *state;
	const int count = 10000;
	static const char *const orders[] = {NULL, "number", "received_at", "closed_at", "tlp"};

	make_cases(f->store, count);
	for (gsize order = 0; order < G_N_ELEMENTS(orders) * 2; order++) {
		PsQuery query = {.kind = "case",
				 .order_by = orders[order / 2],
				 .descending = order % 2,
				 .limit = 997};
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		gint64 last = 0;
		for (; query.offset < count; query.offset += query.limit) {
			g_autoptr(GPtrArray) page = list(f->store, &query);
			for (guint i = 0; i < page->len; i++) {
				const PsRecord *record = page->pdata[i];
				gint64 at = ps_record_time(record, "received_at");
				assert_true(g_hash_table_add(seen, g_strdup(ps_record_id(record))));
				if (g_strcmp0(query.order_by, "received_at") == 0 && last)
					assert_true(query.descending ? at <= last : at >= last);
				last = at;
			}
		}
		assert_int_equal(g_hash_table_size(seen), count);
	}
	PsQuery closed = {.kind = "case", .order_by = "closed_at", .limit = 1, .offset = count - 1};
	g_autoptr(GPtrArray) absent = list(f->store, &closed);
	assert_null(ps_record_text(absent->pdata[0], "closed_at"));
	PsQuery red = {.kind = "case", .order_by = "tlp", .descending = TRUE, .limit = 1};
	g_autoptr(GPtrArray) highest = list(f->store, &red);
	assert_string_equal(ps_record_text(highest->pdata[0], "tlp"), "RED");
}

/* ---- refusals before anything is written ---- */

static void
assert_new_fails(PsStore *store, const char *kind, const char *const *pairs, int code,
		 const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *id = ps_store_new(store, "test", kind, pairs, &error);

	assert_null(id);
	if (error->code != code || !strstr(error->message, part))
		fail_msg("code %d: %s", error->code, error->message);
}

static void
record__new__refuses_what_is_wrong_or_missing(void **state)
{
	Fixture *f = *state;
	static const char *const unknown[] = {"name", "x", "colour", "red", NULL};
	static const char *const missing[] = {"name", "x", NULL};
	static const char *const nobody[] = {"product", "no-such-product", "version", "1", NULL};
	static const char *const choice[] = {"name", "x", "vendor", "y", "cra_class", "big", NULL};

	assert_new_fails(f->store, "product", unknown, PS_ERROR_INPUT, "no field “colour”");
	assert_new_fails(f->store, "product", missing, PS_ERROR_INPUT, "needs “vendor”");
	assert_new_fails(f->store, "product", choice, PS_ERROR_INPUT, "important-II");
	assert_new_fails(f->store, "release", nobody, PS_ERROR_NOT_FOUND, "no-such-product");
	assert_new_fails(f->store, "gadget", missing, PS_ERROR_USAGE, "There are: product");
	/* the store's own kinds are not for people */
	assert_new_fails(f->store, "erasure", missing, PS_ERROR_USAGE, "“erasure”");
	g_autofree char *count = fixture_sql(f->store, "SELECT count(*) FROM product");
	assert_string_equal(count, "0");
	assert_verified(f->store);
}

static void
record__transaction__is_all_or_nothing_and_survives_a_refusal(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "Title");
	{
		/* a refused value leaves the transaction usable */
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "edit", &error);
		assert_done(ps_txn_set(txn, "case", id, "em", "ACTIVE", PS_ANY, &error), error);
		assert_false(ps_txn_set(txn, "case", id, "rm", "LOST", PS_ANY, &error));
		g_clear_error(&error);
		assert_false(ps_txn_set(txn, "case", id, "title", "", PS_ANY, &error));
		g_clear_error(&error);
		assert_done(ps_txn_commit(txn, &error), error);
	}
	g_autofree char *em = fixture_text(f->store, "case", id, "em");
	assert_string_equal(em, "ACTIVE");
	{
		/* one that SQLite refused does not */
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "edit", &error);
		assert_done(ps_txn_set(txn, "case", id, "em", "EXITED", PS_ANY, &error), error);
		sqlite3_exec(ps_store_db(f->store), "UPDATE log SET action = 'x'", NULL, NULL,
			     NULL);
		assert_int_not_equal(sqlite3_exec(ps_store_db(f->store),
						  "UPDATE \"case\" SET rm = x'00'", NULL, NULL,
						  NULL),
				     SQLITE_OK);
		g_autofree char *task =
			ps_txn_newv(txn, "task", &error, "case", id, "title", "T", NULL);
		assert_done(task, error);
		/* forgotten: freed without commit */
	}
	g_autofree char *still = fixture_text(f->store, "case", id, "em");
	assert_string_equal(still, "ACTIVE");
	assert_int_equal(ps_store_count(f->store, &(PsQuery){.kind = "task"}, NULL), 0);
	assert_verified(f->store);
}

static void
record__transaction__that_failed_in_its_middle__can_not_be_committed(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "Title");
	g_autofree char *text = g_strnfill(50000, 'x');
	g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "edit", &error);

	assert_done(ps_txn_set(txn, "case", id, "em", "ACTIVE", PS_ANY, &error), error);
	/* SQLite itself refuses what is longer than this */
	int before = sqlite3_limit(ps_store_db(f->store), SQLITE_LIMIT_LENGTH, 20000);
	assert_false(ps_txn_set(txn, "case", id, "summary", text, PS_ANY, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_LIMIT));
	g_clear_error(&error);
	sqlite3_limit(ps_store_db(f->store), SQLITE_LIMIT_LENGTH, before);
	assert_false(ps_txn_commit(txn, &error));
	assert_non_null(strstr(error->message, "edit"));
	g_autofree char *em = fixture_text(f->store, "case", id, "em");
	assert_string_equal(em, "NONE");
	g_clear_error(&error);
	assert_done(ps_store_set(f->store, "next", "case", id, "summary", text, PS_ANY, &error),
		    error);
	assert_verified(f->store);
}

/* ---- ids and references ---- */

static void
record__resolve__takes_numbers_ids_and_unique_beginnings(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "One");
	g_autofree char *second = fixture_case(f->store, "Two");
	g_autofree char *number = fixture_sql(f->store, "SELECT number FROM \"case\" LIMIT 1");
	g_autofree char *small = g_ascii_strdown(number, -1);
	g_autofree char *most = g_strndup(id, 30);
	g_autofree char *few = g_strndup(id, 8);
	const char *good[] = {id, number, small, most, NULL};
	g_autoptr(GError) error = NULL;

	for (int i = 0; good[i]; i++) {
		g_autofree char *found = ps_store_resolve(f->store, "case", good[i], &error);
		assert_done(found, error);
		assert_string_equal(found, id);
	}
	/* made in the same minute */
	assert_null(ps_store_resolve(f->store, "case", few, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_NOT_FOUND));
	assert_non_null(strstr(error->message, "more than one"));
	g_clear_error(&error);
	few[7] = '\0';
	assert_null(ps_store_resolve(f->store, "case", few, &error));
	g_clear_error(&error);
	assert_null(ps_store_resolve(f->store, "case", "", &error));
	g_clear_error(&error);
	assert_null(ps_store_resolve(f->store, "product", id, &error));
	g_clear_error(&error);
	g_autofree char *uuid = NULL;
	const PsKind *kind = ps_store_find(f->store, small, &uuid, &error);
	assert_string_equal(kind->name, "case");
	assert_string_equal(uuid, id);
}

static void
record__delete__is_refused_while_others_refer_to_it(void **state)
{
	Fixture *f = *state;
	g_autofree char *id = fixture_case(f->store, "One");
	g_autofree char *other = fixture_case(f->store, "Two");
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set(f->store, "e", "case", other, "duplicate_of", id, PS_ANY, &error),
		    error);
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "delete", &error);
		assert_false(ps_txn_delete(txn, "case", id, &error));
		assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
		g_clear_error(&error);
		assert_done(ps_txn_delete(txn, "case", other, &error), error);
		assert_done(ps_txn_delete(txn, "case", id, &error), error);
		assert_done(ps_txn_commit(txn, &error), error);
	}
	assert_int_equal(ps_store_count(f->store, &(PsQuery){.kind = "case"}, NULL), 0);
	/* its number is not given again */
	g_autofree char *third = fixture_case(f->store, "Three");
	g_autofree char *number = fixture_sql(f->store, "SELECT substr(number, -4) FROM \"case\"");
	assert_string_equal(number, "0003");
	assert_verified(f->store);
}

static void
record__number__follows_year_and_prefix(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;

	g_setenv("PSIRTDESK_NOW", "2031-01-01T00:00:00Z", TRUE);
	g_free(fixture_case(f->store, "One"));
	assert_done(ps_store_set_config(f->store, "org.prefix", "ACME-PS", &error), error);
	g_free(fixture_case(f->store, "Two"));
	g_setenv("PSIRTDESK_NOW", "2032-01-01T00:00:00Z", TRUE);
	g_free(fixture_case(f->store, "Three"));
	g_free(fixture_case(f->store, "Four"));
	g_unsetenv("PSIRTDESK_NOW");
	g_autofree char *numbers = fixture_sql(
		f->store,
		"SELECT group_concat(number, ' ') FROM (SELECT number FROM \"case\" ORDER BY row)");
	assert_string_equal(
		numbers, "PSIRT-2031-0001 ACME-PS-2031-0001 ACME-PS-2032-0001 ACME-PS-2032-0002");
	assert_done(ps_store_set_config(f->store, "org.prefix", "../x", &error), error);
	static const char *const pairs[] = {"title",       "x",   "rm",     "START", "em",
					    "NONE",        "cs",  "vfdpxa", "tlp",   "RED",
					    "received_at", "now", NULL};
	assert_new_fails(f->store, "case", pairs, PS_ERROR_INPUT, "../x");
}

/* ---- search ---- */

static int
found(PsStore *store, const char *words)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) records = ps_store_search(store, words, 0, &error);

	assert_done(records, error);
	return (int)records->len;
}

static void
search__words__are_found_in_every_kind_and_follow_changes(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = fixture_case(f->store, "Überlauf im Zähler");
	const char *task[] = {"case", id, "title", "Zähler prüfen", NULL};
	const char *product[] = {"name", "Stromzähler", "vendor", "Us", NULL};
	g_autofree char *task_id = ps_store_new(f->store, "t", "task", task, &error);
	g_autofree char *product_id = ps_store_new(f->store, "p", "product", product, &error);
	g_autoptr(PsStore) other = ps_store_clone(f->store, &error);

	assert_int_equal(found(f->store, "ZÄHLER"), 3);
	assert_int_equal(found(f->store, "zähler überlauf"), 1);
	assert_int_equal(found(f->store, "nichts davon"), 0);
	/* a change of another connection */
	assert_done(ps_store_set(other, "e", "case", id, "title", "Leck im Messwerk",
				 "Überlauf im Zähler", &error),
		    error);
	assert_int_equal(found(f->store, "zähler"), 2);
	assert_int_equal(found(f->store, "messwerk"), 1);
	{
		/* what is rolled back was never there, inside and after */
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "x", &error);
		assert_done(ps_txn_set(txn, "case", id, "title", "Rolle", PS_ANY, &error), error);
		assert_int_equal(found(f->store, "rolle"), 1);
	}
	assert_int_equal(found(f->store, "rolle"), 0);
	assert_done(ps_store_set(f->store, "e", "case", id, "em", "ACTIVE", PS_ANY, &error), error);
	assert_int_equal(found(f->store, "messwerk"), 1);
	{
		g_autoptr(PsTxn) txn = ps_txn_begin(f->store, "x", &error);
		assert_done(ps_txn_delete(txn, "task", task_id, &error) &&
				    ps_txn_commit(txn, &error),
			    error);
	}
	assert_int_equal(found(f->store, "prüfen"), 0);
	ps_store_lock(f->store);
	assert_int_equal(found(f->store, "messwerk"), 0);
	assert_int_equal(found(f->store, "stromzähler"), 1);
	g_autofree char *number = fixture_sql(f->store, "SELECT number FROM \"case\"");
	assert_int_equal(found(f->store, number), 1);
}

/* ---- sealing ---- */

/* A sealed value opens in its own place only: moved to another record or field, with or without the
 * key of its record, it stays shut. */
static void
seal__moved_elsewhere__does_not_open(void **state)
{
	Fixture *f = *state;
	g_autofree char *one = fixture_case(f->store, "Of one");
	g_autofree char *two = fixture_case(f->store, "Of two");
	g_autofree char *move =
		g_strdup_printf("UPDATE \"case\" SET title = (SELECT title FROM \"case\" WHERE id "
				"= '%s') WHERE id = "
				"'%s'; UPDATE \"case\" SET summary = title WHERE id = '%s'",
				one, two, one);
	g_autofree char *key = g_strdup_printf(
		"UPDATE record_key SET wrapped = (SELECT wrapped FROM record_key WHERE record = "
		"'%s') WHERE record = '%s'",
		one, two);

	fixture_tamper(f, move);
	g_autofree char *moved = fixture_text(f->store, "case", two, "title");
	g_autofree char *field = fixture_text(f->store, "case", one, "summary");
	assert_null(moved);
	assert_null(field);
	fixture_tamper(f, key);
	g_autofree char *with_key = fixture_text(f->store, "case", two, "title");
	assert_null(with_key);
	g_autofree char *own = fixture_text(f->store, "case", one, "title");
	assert_string_equal(own, "Of one");
	assert_found(f->store, "does not open");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(record__new__is_read_back_as_it_was_written),
		TEST(record__ids__sort_in_the_order_of_making),
		TEST(record__set__refuses_when_somebody_changed_it_since),
		TEST(record__locked__hides_sealed_fields_and_shows_the_rest),
		TEST(record__list__filters_words_order_and_pages),
		TEST(record__list__pages_of_many_hold_each_record_once),
		TEST(record__new__refuses_what_is_wrong_or_missing),
		TEST(record__transaction__is_all_or_nothing_and_survives_a_refusal),
		TEST(record__transaction__that_failed_in_its_middle__can_not_be_committed),
		TEST(record__resolve__takes_numbers_ids_and_unique_beginnings),
		TEST(record__delete__is_refused_while_others_refer_to_it),
		TEST(record__number__follows_year_and_prefix),
		TEST(search__words__are_found_in_every_kind_and_follow_changes),
		TEST(seal__moved_elsewhere__does_not_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
