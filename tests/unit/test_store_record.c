#include "config.h"

#include "tests/unit/store-fixture.h"

#include <string.h>

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(record__new__is_read_back_as_it_was_written,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(record__set__refuses_when_somebody_changed_it_since,
						fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			record__locked__hides_sealed_fields_and_shows_the_rest, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(record__list__filters_words_order_and_pages,
						fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
