#include "config.h"

/* SSVC walks that a case keeps. */

#include "tests/unit/case-fixture.h"

#include <string.h>

#include "cases/case.h"
#include "cases/ssvc.h"

/* The supplier table with these points. */
static PsSsvcWalk *
walk_with(const PsSsvcTables *tables, char *const *points)
{
	PsSsvcWalk *walk = ps_ssvc_walk_new(tables, ps_ssvc_find(tables, "supplier", NULL));

	for (; *points; points += 2)
		assert_true(ps_ssvc_set(walk, points[0], points[1], NULL));
	return walk;
}

static void
case__ssvc__keeps_points_decision_and_versions(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(NULL, &error);
	assert_done(tables, error);
	g_autoptr(PsSsvcWalk) walk =
		walk_with(tables, PAIRS("E", "A", "A", "Y", "VD", "C", "TI", "T", "PSI", "S"));
	g_autofree char *case_id = fixture_case(store, "Overflow");
	g_autofree char *id =
		ps_case_ssvc(store, case_id, walk,
			     PAIRS("reason", "The worm is out", "reason.E", "Seen in logs"),
			     &error);

	assert_done(id, error);
	g_autoptr(PsRecord) record = ps_store_get(store, "ssvc", id, NULL);
	assert_string_equal(ps_record_text(record, "tree"), "ssvc:DT_SP");
	assert_string_equal(ps_record_text(record, "tree_version"), "1.0.0");
	assert_string_equal(ps_record_text(record, "decision"), "Immediate");
	assert_string_equal(ps_record_text(record, "outcome"), "ssvc:DSOI:1.0.0=I");
	assert_string_equal(ps_record_text(record, "decided_at"), "2026-03-10T12:00:00Z");
	g_autoptr(GPtrArray) points = ps_store_children(store, "ssvc_point", id, NULL);
	assert_int_equal(points->len, 6);
	assert_string_equal(ps_record_text(points->pdata[0], "reason"), "Seen in logs");
	assert_string_equal(ps_record_text(points->pdata[1], "key"), "U");
	assert_string_equal(ps_record_text(points->pdata[1], "value"), "S");
	g_autoptr(GPtrArray) events = ps_store_children(store, "event", case_id, NULL);
	assert_string_equal(ps_record_text(events->pdata[events->len - 1], "text"),
			    "SSVC Supplier Patch Development Priority 1.0.0: Immediate (E=A U=S "
			    "(A=Y VD=C) TI=T PSI=S).");
	assert_verified(store);
}

static void
case__ssvc__of_an_open_walk_is_refused(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL, about_reason = NULL;
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(NULL, NULL);
	g_autoptr(PsSsvcWalk) walk = walk_with(tables, PAIRS("E", "A", "U", "S"));
	g_autofree char *case_id = fixture_case(store, "Overflow");

	assert_null(ps_case_ssvc(store, case_id, walk, PAIRS("reason", "x"), &error));
	assert_int_equal(error->code, PS_ERROR_INPUT);
	assert_non_null(strstr(error->message, "Technical Impact (TI)"));
	assert_true(ps_ssvc_set(walk, "TI", "T", NULL) && ps_ssvc_set(walk, "PSI", "S", NULL));
	assert_null(ps_case_ssvc(store, case_id, walk, PAIRS("reason.Q", "x"), &about_reason));
	assert_non_null(strstr(about_reason->message, "“Q”"));
	g_autoptr(GPtrArray) none = ps_store_children(store, "ssvc", case_id, NULL);
	assert_int_equal(none->len, 0);
}

static void
ssvc__selection_list__has_the_shape_of_its_schema(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(NULL, NULL);
	g_autoptr(PsSsvcWalk) walk =
		walk_with(tables, PAIRS("E", "P", "U", "L", "TI", "P", "PSI", "M"));
	g_autofree char *case_id = fixture_case(store, "Overflow");
	g_autofree char *id = ps_case_ssvc(store, case_id, walk, PAIRS("reason", "x"), &error);
	assert_done(id, error);
	g_autoptr(cJSON) plain = ps_ssvc_selection_list(store, id, NULL, FALSE, &error);
	g_autoptr(cJSON) full = ps_ssvc_selection_list(store, id, "CVE-2026-0001", TRUE, &error);
	g_autofree char *text = ps_json_print(ps_json_at(full, "/selections/4"));

	assert_int_equal(cJSON_GetArraySize(ps_json_at(plain, "/selections")), 4);
	assert_null(ps_json_at(plain, "/target_ids"));
	assert_string_equal(ps_json_text(plain, "schemaVersion"), "2.0.0");
	assert_string_equal(ps_json_text(plain, "timestamp"), "2026-03-10T12:00:00Z");
	assert_string_equal(ps_json_at(full, "/target_ids/0")->valuestring, "CVE-2026-0001");
	assert_string_equal(text, "{\"namespace\":\"ssvc\",\"key\":\"DSOI\",\"version\":\"1.0.0\","
				  "\"name\":\"Defer, Scheduled, Out-of-Cycle, Immediate\","
				  "\"values\":[{\"key\":\"S\",\"name\":\"Scheduled\"}]}");
	g_autoptr(PsRecord) record = ps_store_get(store, "ssvc", id, NULL);
	g_autofree char *table = ps_ssvc_table_text(record);
	assert_string_equal(table, "Supplier Patch Development Priority, version 1.0.0");
}

/* The suggested value's key; "-": none. */
static const char *
suggested(PsStore *store, const char *case_id, const PsSsvcTables *tables, const char *tree,
	  const char *key)
{
	g_autoptr(PsSsvcWalk) walk = ps_ssvc_walk_new(tables, ps_ssvc_find(tables, tree, NULL));
	const PsSsvcPoint *point = ps_ssvc_step(walk, ps_ssvc_step_find(walk, key))->point;
	const char *why;
	int value = ps_ssvc_suggest(store, case_id, NULL, point, &why);

	assert_int_equal(value >= 0, why != NULL);
	return value < 0 ? "-" : ps_ssvc_value(point, value)->key;
}

static void
ssvc__suggestions__come_from_the_facts_of_the_case(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsSsvcTables) tables = ps_case_ssvc_tables(NULL, NULL);
	g_autofree char *id = ps_case_open(store, PAIRS("title", "Overflow"), &error);
	assert_done(id, error);
	g_autoptr(GPtrArray) flaws = ps_store_children(store, "vulnerability", id, NULL);

	assert_string_equal(suggested(store, id, tables, "supplier", "E"), "-");
	assert_string_equal(suggested(store, id, tables, "supplier", "TI"), "-");
	assert_string_equal(suggested(store, id, tables, "coordinator-triage", "RP"), "N");
	assert_string_equal(suggested(store, id, tables, "publish", "SINV"), "-");
	assert_true(ps_store_set(store, "t", "vulnerability", ps_record_id(flaws->pdata[0]),
				 "exploited", "active", PS_ANY, NULL));
	assert_string_equal(suggested(store, id, tables, "supplier", "E"), "A");
	g_free(ps_case_score(store, id,
			     "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/"
			     "AU:Y/V:C",
			     PAIRS(NULL), &error));
	assert_null(error);
	assert_string_equal(suggested(store, id, tables, "supplier", "A"), "Y");
	assert_string_equal(suggested(store, id, tables, "supplier", "VD"), "C");
	assert_true(ps_case_move(store, id, PAIRS("cs", "FP"), &error));
	assert_string_equal(suggested(store, id, tables, "coordinator-triage", "RP"), "Y");
	assert_string_equal(suggested(store, id, tables, "publish", "SINV"), "FR");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, case_fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(case__ssvc__keeps_points_decision_and_versions),
		TEST(case__ssvc__of_an_open_walk_is_refused),
		TEST(ssvc__suggestions__come_from_the_facts_of_the_case),
		TEST(ssvc__selection_list__has_the_shape_of_its_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
