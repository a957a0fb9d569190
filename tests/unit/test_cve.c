#include "config.h"

/* The register of CVE ids: its moves, and what follows from edits and publications. */

#include "tests/unit/store-fixture.h"

#include <string.h>

#include "cases/cve.h"
#include "cases/edit.h"
#include "base/utc.h"

static const PsCveOptions nothing = {NULL, NULL, NULL};

static void
reserve(PsStore *store, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) cves = ps_cve_expand(text, &error);
	g_auto(GStrv) ids = cves ? ps_cve_reserve(store, cves, NULL, &nothing, &error) : NULL;

	assert_done(ids, error);
}

static PsRecord *
record_of(PsStore *store, const char *cve)
{
	const char *filters[] = {"cve", cve, NULL};
	const PsQuery query = {.kind = "cve_id", .filters = filters};
	g_autoptr(GPtrArray) found = ps_store_list(store, &query, NULL);

	assert_int_equal(found->len, 1);
	return ps_store_get(store, "cve_id", ps_record_id(found->pdata[0]), NULL);
}

static void
assert_state(PsStore *store, const char *cve, const char *state)
{
	g_autoptr(PsRecord) record = record_of(store, cve);

	assert_string_equal(ps_record_text(record, "state"), state);
}

static char *
new_flaw(PsStore *store, const char *case_id)
{
	g_autoptr(GError) error = NULL;
	const char *pairs[] = {"case", case_id, "title", "A flaw", NULL};
	char *id = ps_store_new(store, "test", "vulnerability", pairs, &error);

	assert_done(id, error);
	return id;
}

static void
set_cve(PsStore *store, const char *flaw, const char *cve)
{
	g_autoptr(GError) error = NULL;
	const char *pairs[] = {"cve", cve, NULL};

	assert_done(ps_edit_apply(store, "test", "vulnerability", flaw, (char *const *)pairs,
				  &error),
		    error);
}

static void
ids__blocks__are_spelled_out(void **state)
{
	static const char *const bad[] = {"",
					  "CVE-2026",
					  "CVE-2026-12",
					  "CVE-26-1234",
					  "cve-2026-1234",
					  "CVE-2026-1234x",
					  "CVE-2026-2000..1999",
					  "CVE-2026-1000..CVE-2025-1001",
					  "CVE-2026-1000..9999",
					  "CVE-2026-1000..x"};
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) one = ps_cve_expand("CVE-2026-1234", &error);
	g_auto(GStrv) some = ps_cve_expand("CVE-2026-0998..CVE-2026-1001", &error);

	(void)state;
	assert_string_equal(one[0], "CVE-2026-1234");
	assert_null(one[1]);
	assert_int_equal(g_strv_length(some), 4);
	assert_string_equal(some[0], "CVE-2026-0998");
	assert_string_equal(some[3], "CVE-2026-1001");
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) problem = NULL;
		assert_null(ps_cve_expand(bad[i], &problem));
		assert_true(g_error_matches(problem, PS_ERROR, PS_ERROR_INPUT));
	}
}

static void
request__with_its_answer__is_one_record(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *case_id = fixture_case(store, "Overflow");
	const PsCveOptions options = {"Some CNA", case_id, "by form"};
	g_autofree char *request = ps_cve_request(store, &options, &error);
	char *cves[] = {(char *)"CVE-2026-1000", NULL};

	assert_done(request, error);
	assert_false(ps_cve_use(store, request, &nothing, NULL));
	g_auto(GStrv) ids = ps_cve_reserve(store, cves, request, &nothing, &error);
	assert_done(ids, error);
	assert_string_equal(ids[0], request);
	g_autoptr(PsRecord) record = record_of(store, "CVE-2026-1000");
	assert_string_equal(ps_record_text(record, "cna"), "Some CNA");
	assert_true(ps_record_time(record, "requested_at") != PS_NO_TIME);
	assert_true(ps_record_time(record, "reserved_at") != PS_NO_TIME);
	assert_verified(store);
}

static void
reserve__with_one_bad_id__enters_none(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	char *cves[] = {(char *)"CVE-2026-1000", (char *)"CVE-2026-1000", NULL};
	const PsQuery all = {.kind = "cve_id"};

	assert_null(ps_cve_reserve(store, cves, NULL, &nothing, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_int_equal(ps_store_count(store, &all, NULL), 0);
}

static void
assign__without_a_choice__takes_what_is_kept_then_the_lowest(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *first = fixture_case(store, "Overflow");
	g_autofree char *second = fixture_case(store, "Underflow");
	g_autofree char *flaw = new_flaw(store, first), *other = new_flaw(store, second);
	const PsCveOptions kept = {NULL, second, NULL};
	char *own[] = {(char *)"CVE-2026-99999", NULL};

	reserve(store, "CVE-2026-10000");
	reserve(store, "CVE-2026-9999");
	g_auto(GStrv) ids = ps_cve_reserve(store, own, NULL, &kept, &error);
	assert_done(ids, error);
	g_autofree char *one = ps_cve_assign(store, second, NULL, NULL, &error);
	g_autofree char *two = ps_cve_assign(store, first, NULL, NULL, &error);
	assert_string_equal(one, "CVE-2026-99999");
	assert_string_equal(two, "CVE-2026-9999");
	g_autoptr(PsRecord) record = ps_store_get(store, "vulnerability", flaw, NULL);
	assert_string_equal(ps_record_text(record, "cve"), "CVE-2026-9999");
	assert_null(ps_cve_assign(store, first, NULL, NULL, NULL));
	assert_null(ps_cve_assign(store, first, other, NULL, NULL));
}

static void
edit__of_a_vulnerability__moves_the_ids(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *case_id = fixture_case(store, "Overflow");
	g_autofree char *flaw = new_flaw(store, case_id);

	reserve(store, "CVE-2026-1000..1001");
	set_cve(store, flaw, "CVE-2026-1000");
	assert_state(store, "CVE-2026-1000", "used");
	set_cve(store, flaw, "CVE-2026-1001");
	assert_state(store, "CVE-2026-1000", "reserved");
	assert_state(store, "CVE-2026-1001", "used");
	/* an id of somebody else */
	set_cve(store, flaw, "CVE-2020-5555");
	assert_state(store, "CVE-2026-1001", "reserved");
	assert_verified(store);
}

static void
publication__of_an_id__keeps_it_used(void **state)
{
	static const char *const cves[] = {"CVE-2026-1000", "CVE-2020-5555", NULL};
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *case_id = fixture_case(store, "Overflow");
	g_autofree char *flaw = new_flaw(store, case_id);

	reserve(store, "CVE-2026-1000");
	set_cve(store, flaw, "CVE-2026-1000");
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);
	assert_done(ps_cve_published(txn, cves, 1000, &error), error);
	assert_done(ps_txn_commit(txn, &error), error);
	set_cve(store, flaw, "");
	assert_state(store, "CVE-2026-1000", "used");
	g_autoptr(PsRecord) record = record_of(store, "CVE-2026-1000");
	assert_int_equal(ps_record_time(record, "published_at"), 1000);
}

static void
reject__of_an_id__is_final(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;

	reserve(store, "CVE-2026-1000");
	assert_done(ps_cve_reject(store, "CVE-2026-1000", "not needed", &error), error);
	assert_false(ps_cve_reject(store, "CVE-2026-1000", NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_false(ps_cve_use(store, "CVE-2026-1000", &nothing, NULL));
	assert_state(store, "CVE-2026-1000", "rejected");
}

int
main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids__blocks__are_spelled_out),
		EACH(request__with_its_answer__is_one_record),
		EACH(reserve__with_one_bad_id__enters_none),
		EACH(assign__without_a_choice__takes_what_is_kept_then_the_lowest),
		EACH(edit__of_a_vulnerability__moves_the_ids),
		EACH(publication__of_an_id__keeps_it_used),
		EACH(reject__of_an_id__is_final),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
