#include "config.h"

#include "tests/unit/case-fixture.h"

#include <string.h>

#include "base/utc.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "registry/registry.h"

#define NOW CASE_FIXTURE_NOW
#define BASE "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:"

static char *
make_release(PsStore *store, const char *name, const char *version)
{
	g_autofree char *product =
		new_record(store, "product", PAIRS("vendor", "Example Works", "name", name));

	return new_record(store, "release", PAIRS("product", product, "version", version));
}

static void
assert_field(PsStore *store, const char *kind, const char *id, const char *field, const char *value)
{
	g_autofree char *is = fixture_text(store, kind, id, field);

	if (g_strcmp0(is, value) != 0)
		fail_msg("%s is “%s”, not “%s”", field, is ? is : "NULL", value ? value : "NULL");
}

static guint
count_children(PsStore *store, const char *kind, const char *case_id)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) children = ps_store_children(store, kind, case_id, &error);

	assert_done(children, error);
	return children->len;
}

/* ---- opening and states ---- */

static void
case__open__fills_what_goes_without_saying(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");

	assert_field(store, "case", id, "rm", "RECEIVED");
	assert_field(store, "case", id, "em", "NONE");
	assert_field(store, "case", id, "cs", "Vfdpxa");
	assert_field(store, "case", id, "tlp", "AMBER");
	assert_field(store, "case", id, "received_at", NOW);
	assert_int_equal(count_children(store, "vulnerability", id), 1);
	assert_int_equal(count_children(store, "event", id), 1);
}

static void
case__open__needs_a_title_and_leaves_nothing(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;

	assert_null(ps_case_open(store, PAIRS("tlp", "RED"), &error));
	assert_non_null(error);
	g_autofree char *count = fixture_sql(store, "SELECT COUNT(*) FROM \"case\"");
	assert_string_equal(count, "0");
}

static void
case__title_from_subject__drops_what_mail_programs_add(void **state)
{
	static const char *const cases[][2] = {
		{"Re: Hello", "Hello"},
		{"AW: Re: Fwd: [list] Hello ", "Hello"},
		{"[only this]", "[only this]"},
		{"re:x", "x"},
		{"Regarding: x", "Regarding: x"},
		{"", "Report without a subject"},
		{"Re:", "Re:"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *title = ps_case_title_from_subject(cases[i][0]);
		assert_string_equal(title, cases[i][1]);
	}
}

static void
case__move__sets_the_times_that_follow(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_done(ps_case_move(store, id, PAIRS("rm", "VALID", "cs", "F"), &error), error);
	assert_field(store, "case", id, "validated_at", NOW);
	assert_field(store, "case", id, "fixed_at", NOW);
	assert_field(store, "case", id, "cs", "VFdpxa");
	assert_done(ps_case_move(store, id, PAIRS("rm", "DEFERRED", "reason", "Small."), &error),
		    error);
	assert_field(store, "case", id, "outcome_reason", "Small.");
	assert_done(ps_case_move(store, id, PAIRS("rm", "CLOSED"), &error), error);
	assert_field(store, "case", id, "closed_at", NOW);
}

static void
case__move__a_refused_part_leaves_all_as_it_was(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_false(ps_case_move(store, id, PAIRS("rm", "VALID", "em", "ACTIVE"), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	assert_field(store, "case", id, "rm", "RECEIVED");
	assert_field(store, "case", id, "validated_at", NULL);
}

static void
case__embargo__forbids_publishing_until_its_end(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_done(ps_case_move(store, id, PAIRS("em", "PROPOSED"), &error), error);
	assert_done(ps_case_move(store, id, PAIRS("em", "ACTIVE"), &error), error);
	g_autoptr(PsRecord) endless = ps_store_get(store, "case", id, NULL);
	g_autofree char *no_end = ps_case_embargo_reason(endless, ps_now_ms());
	assert_non_null(no_end);
	assert_done(ps_case_move(store, id, PAIRS("until", "2026-03-11T00:00:00Z"), &error), error);
	g_autoptr(PsRecord) record = ps_store_get(store, "case", id, NULL);
	g_autofree char *before = ps_case_embargo_reason(record, ps_now_ms());
	assert_non_null(strstr(before, "2026-03-11T00:00:00Z"));
	assert_null(ps_case_embargo_reason(record, ps_now_ms() + PS_DAY_MS));
}

static void
case__published__leaves_the_embargo_and_tells_the_public(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_done(ps_case_move(store, id, PAIRS("em", "PROPOSED"), &error), error);
	assert_done(ps_case_move(store, id, PAIRS("em", "ACTIVE"), &error), error);
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);
	assert_done(ps_case_published(txn, id, ps_now_ms(), "Published 1.", &error), error);
	assert_done(ps_txn_commit(txn, &error), error);
	assert_field(store, "case", id, "em", "EXITED");
	assert_field(store, "case", id, "cs", "VfdPxa");
	assert_field(store, "case", id, "published_at", NOW);
}

/* ---- edits ---- */

static void
edit__set__keeps_to_the_state_machines(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_false(ps_edit_apply(store, "test", "case", id, PAIRS("rm", "CLOSED"), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	assert_done(ps_edit_apply(store, "test", "case", id, PAIRS("rm", "RECEIVED"), &error),
		    error);
	assert_done(ps_edit_apply(store, "test", "case", id, PAIRS("rm", "VALID"), &error), error);
	assert_field(store, "case", id, "validated_at", NOW);
}

static void
edit__set__a_state_that_somebody_changed_is_a_conflict(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);

	assert_false(ps_edit_set(txn, "case", id, "rm", "ACCEPTED", "VALID", &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "VALID"));
	assert_non_null(strstr(error->message, "RECEIVED"));
}

static void
edit__score__is_computed_and_cannot_be_set(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autofree char *score =
		new_record(store, "score", PAIRS("case", id, "vector", BASE "H/E:X"));
	g_autoptr(GError) error = NULL;

	assert_field(store, "score", score, "score", "9.8");
	assert_field(store, "score", score, "version", "3.1");
	assert_field(store, "score", score, "vector", BASE "H");
	assert_false(ps_edit_apply(store, "t", "score", score, PAIRS("score", "1.0"), &error));
	g_clear_error(&error);
	assert_done(ps_edit_apply(store, "t", "score", score, PAIRS("vector", BASE "N"), &error),
		    error);
	assert_field(store, "score", score, "score", "9.1");
	assert_false(ps_edit_apply(store, "t", "score", score, PAIRS("vector", "x"), &error));
	assert_field(store, "score", score, "score", "9.1");
}

static void
edit__delete__refuses_what_others_refer_to(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *release = make_release(store, "Gateway", "1.0");
	g_autofree char *product = fixture_text(store, "release", release, "product");
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);

	assert_false(ps_edit_delete(txn, "product", product, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	assert_done(ps_edit_delete(txn, "release", release, &error), error);
	assert_done(ps_edit_delete(txn, "product", product, &error), error);
}

static void
edit__delete__what_was_sent_stays(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id =
		new_record(store, "message", PAIRS("direction", "out", "state", "sent"));
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);

	assert_false(ps_edit_delete(txn, "message", id, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
}

/* ---- affected, score, tasks ---- */

static void
case__affect__changes_the_entry_that_is_there(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autofree char *a = make_release(store, "Gateway", "1.0");
	g_autofree char *b = make_release(store, "Camera", "2.0");
	const char *const releases[] = {a, b, NULL}, *const one[] = {a, NULL};
	PsAffect affect = {.status = "known_not_affected"};
	g_autofree char *hint = NULL, *none = NULL;
	g_autoptr(GError) error = NULL;

	assert_done(ps_case_affect(store, id, releases, &affect, &hint, &error), error);
	assert_non_null(hint);
	assert_int_equal(count_children(store, "affected", id), 2);
	affect.justification = "component_not_present";
	assert_done(ps_case_affect(store, id, one, &affect, &none, &error), error);
	assert_null(none);
	assert_int_equal(count_children(store, "affected", id), 2);
	affect = (PsAffect){.status = "fixed"};
	assert_done(ps_case_affect(store, id, one, &affect, NULL, &error), error);
	g_autofree char *justified =
		fixture_sql(store, "SELECT COUNT(*) FROM affected WHERE justification IS NOT NULL");
	assert_string_equal(justified, "0");
}

static void
case__affect__an_unknown_status_changes_nothing(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autofree char *a = make_release(store, "Gateway", "1.0");
	const char *const releases[] = {a, NULL};
	const PsAffect affect = {.status = "maybe"};
	g_autoptr(GError) error = NULL;

	assert_false(ps_case_affect(store, id, releases, &affect, NULL, &error));
	assert_non_null(error);
	assert_int_equal(count_children(store, "affected", id), 0);
}

static void
case__score__replaces_ours_and_keeps_theirs(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;
	g_autofree char *first = ps_case_score(store, id, BASE "H", PAIRS(NULL), &error);

	assert_done(first, error);
	g_autofree char *second = ps_case_score(store, id, BASE "N", PAIRS(NULL), &error);
	assert_done(second, error);
	assert_string_equal(first, second);
	assert_field(store, "score", first, "severity", "Critical");
	g_autofree char *theirs =
		ps_case_score(store, id, BASE "H", PAIRS("source", "reporter"), &error);
	assert_done(theirs, error);
	assert_int_equal(count_children(store, "score", id), 2);
	assert_null(ps_case_score(store, id, "CVSS:3.1/AV:N", PAIRS(NULL), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
}

static void
edit__weakness__is_checked_and_written_out(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autofree char *flaw =
		new_record(store, "vulnerability", PAIRS("case", id, "cwe", "cwe-79"));
	g_autoptr(GError) error = NULL;

	assert_field(store, "vulnerability", flaw, "cwe", "CWE-79");
	assert_false(
		ps_edit_apply(store, "t", "vulnerability", flaw, PAIRS("cwe", "CWE-1"), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	g_clear_error(&error);
	assert_done(ps_edit_apply(store, "t", "vulnerability", flaw, PAIRS("cwe", "416"), &error),
		    error);
	assert_field(store, "vulnerability", flaw, "cwe", "CWE-416");
	assert_done(ps_edit_apply(store, "t", "vulnerability", flaw, PAIRS("cwe", ""), &error),
		    error);
	assert_field(store, "vulnerability", flaw, "cwe", NULL);
}

static void
case__score__of_a_release_differs_in_environment_only(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autofree char *product =
		new_record(store, "product", PAIRS("name", "Gateway", "vendor", "Acme"));
	g_autofree char *release =
		new_record(store, "release", PAIRS("product", product, "version", "4.2"));
	g_autoptr(GError) error = NULL;

	assert_null(ps_case_score(store, id, BASE "H/CR:L", PAIRS("release", release), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	g_autofree char *base = ps_case_score(store, id, BASE "H", PAIRS(NULL), &error);
	assert_done(base, error);
	assert_null(ps_case_score(store, id, BASE "L/CR:L", PAIRS("release", release), &error));
	assert_non_null(strstr(error->message, "Availability"));
	g_clear_error(&error);
	g_autofree char *own =
		ps_case_score(store, id, BASE "H/MAV:P", PAIRS("release", release), &error);
	assert_done(own, error);
	assert_string_not_equal(own, base);
	assert_field(store, "score", base, "score", "9.8");
	assert_field(store, "score", own, "score", "6.8");
	assert_false(ps_edit_apply(store, "t", "score", own, PAIRS("vector", BASE "L"), &error));
	assert_non_null(strstr(error->message, "environmental metrics only"));
	g_clear_error(&error);
	assert_field(store, "score", own, "vector", BASE "H/MAV:P");
	assert_false(ps_edit_apply(store, "t", "score", own, PAIRS("release", ""), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_REFUSED));
	g_clear_error(&error);
	/* the base changes: the release's own metrics stay */
	assert_done(ps_edit_apply(store, "t", "score", base, PAIRS("vector", BASE "N"), &error),
		    error);
	assert_field(store, "score", own, "vector", BASE "N/MAV:P");
}

static void
case__score__keeps_reasons_of_metrics(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;
	g_autofree char *score =
		ps_case_score(store, id, BASE "H",
			      PAIRS("reason.AV", "Port 80", "reason.PR", "No login"), &error);

	assert_done(score, error);
	assert_int_equal(count_children(store, "score_reason", score), 2);
	g_free(ps_case_score(store, id, BASE "H", PAIRS("reason.AV", "Port 443", "reason.PR", ""),
			     &error));
	assert_null(error);
	g_autoptr(GPtrArray) reasons = ps_store_children(store, "score_reason", score, NULL);
	assert_int_equal(reasons->len, 1);
	assert_string_equal(ps_record_text(reasons->pdata[0], "reason"), "Port 443");
	assert_null(ps_case_score(store, id, BASE "H", PAIRS("reason.AT", "x"), &error));
	assert_non_null(strstr(error->message, "“AT”"));
	g_clear_error(&error);
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "t", &error);
	assert_done(ps_edit_delete(txn, "score", score, &error), error);
	assert_done(ps_txn_commit(txn, &error), error);
	assert_int_equal(count_children(store, "score_reason", score), 0);
}

static void
case__score__another_vector_than_the_seen_one_is_a_conflict(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = open_case(store, "Overflow");

	g_autofree char *first =
		ps_case_score(store, id, BASE "H", PAIRS("seen", "", "reason", "Why"), &error);
	assert_done(first, error);
	/* Somebody who saw none, then one who saw another. */
	assert_null(ps_case_score(store, id, BASE "L", PAIRS("seen", ""), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, BASE "H"));
	g_clear_error(&error);
	assert_null(ps_case_score(store, id, BASE "L", PAIRS("seen", BASE "N"), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	g_clear_error(&error);
	g_autofree char *score =
		ps_case_score(store, id, BASE "L", PAIRS("seen", BASE "H", "reason", ""), &error);
	assert_done(score, error);
	assert_field(store, "score", score, "vector", BASE "L");
	assert_field(store, "score", score, "reason", NULL);
}

static void
case__affect__another_status_than_the_seen_one_is_a_conflict(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = open_case(store, "Overflow");
	g_autofree char *one = make_release(store, "Hub", "1.0");
	g_autofree char *two = make_release(store, "Hub", "2.0");
	const char *both[] = {one, two, NULL}, *none[] = {"", ""}, *mixed[] = {"fixed", ""};
	PsAffect affect = {.status = "fixed", .seen = none};

	assert_done(ps_case_affect(store, id, (const char *[]){one, NULL}, &affect, NULL, &error),
		    error);
	affect.status = "known_affected";
	assert_false(ps_case_affect(store, id, both, &affect, NULL, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
	/* Nothing of the batch was kept. */
	assert_int_equal(count_children(store, "affected", id), 1);
	g_clear_error(&error);
	affect.seen = mixed;
	assert_done(ps_case_affect(store, id, both, &affect, NULL, &error), error);
	assert_int_equal(count_children(store, "affected", id), 2);
}

static void
case__decide__needs_a_reason(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_null(ps_case_decide(store, id, "vendor_fix", PAIRS("details", "x"), &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_INPUT));
	g_clear_error(&error);
	assert_null(ps_case_decide(store, id, "hope", PAIRS("reason", "x"), &error));
	g_clear_error(&error);
	g_autofree char *made =
		ps_case_decide(store, id, "vendor_fix", PAIRS("reason", "x"), &error);
	assert_done(made, error);
	assert_field(store, "decision", made, "decided_at", NOW);
}

static void
case__task__done_once(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;
	g_autofree char *task = ps_case_task(store, id, PAIRS("title", "Test"), &error);

	assert_done(task, error);
	assert_done(ps_case_task_done(store, task, &error), error);
	assert_field(store, "task", task, "done_at", NOW);
	assert_false(ps_case_task_done(store, task, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
}

static void
case__signal__needs_kind_and_source(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_case(store, "First");
	g_autoptr(GError) error = NULL;

	assert_null(ps_case_signal(store, id, "rumour", "x", NULL, &error));
	g_clear_error(&error);
	assert_null(ps_case_signal(store, id, "exploitation", "", NULL, &error));
	g_clear_error(&error);
	g_autofree char *event =
		ps_case_signal(store, id, "exploitation", "a customer", NULL, &error);
	assert_done(event, error);
	assert_field(store, "event", event, "text", "Signal of exploitation, from a customer.");
}

/* ---- registry ---- */

static void
registry__find__every_word_in_any_order_and_case(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *a = make_release(store, "Gateway 200", "4.1");
	g_autofree char *b = make_release(store, "Camera 50%", "2.0");
	g_autofree char *component =
		new_record(store, "component",
			   PAIRS("release", a, "name", "openssl", "version", "3.0.11"));
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) found =
		ps_registry_find(store, PS_FIND_RELEASES, "4.1 gateWAY works", 0, 10, &error);

	assert_done(found, error);
	assert_int_equal(found->len, 1);
	assert_string_equal(((PsFound *)found->pdata[0])->id, a);
	assert_string_equal(((PsFound *)found->pdata[0])->label, "Example Works Gateway 200 4.1");
	g_autoptr(GPtrArray) percent =
		ps_registry_find(store, PS_FIND_PRODUCTS, "0%", 0, 10, &error);
	assert_int_equal(percent->len, 1);
	g_autoptr(GPtrArray) inside = ps_registry_find(store, PS_FIND_COMPONENTS | PS_FIND_PARTS,
						       "openssl", 0, 10, &error);
	assert_int_equal(inside->len, 1);
	assert_string_equal(((PsFound *)inside->pdata[0])->where, "Example Works Gateway 200 4.1");
	g_autoptr(GPtrArray) none =
		ps_registry_find(store, PS_FIND_RELEASES, "4.1 camera", 0, 10, &error);
	assert_int_equal(none->len, 0);
	g_autoptr(GPtrArray) version =
		ps_registry_find(store, PS_FIND_COMPONENTS, "3.0.11 OPEN", 0, 10, &error);
	assert_int_equal(version->len, 1);
	g_autoptr(GPtrArray) signs =
		ps_registry_find(store, PS_FIND_COMPONENTS, "\" % *", 0, 10, &error);
	assert_done(signs, error);
	assert_int_equal(signs->len, 0);
	assert_non_null(b);
	assert_non_null(component);
}

static void
registry__find__pages_run_through_all_kinds(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	int seen = 0;

	for (int i = 0; i < 4; i++) {
		g_autofree char *name = g_strdup_printf("Gateway %d", i);
		g_free(make_release(store, name, "1"));
	}
	for (int offset = 0; offset < 20; offset += 3) {
		g_autoptr(GPtrArray) page =
			ps_registry_find(store, PS_FIND_PRODUCTS | PS_FIND_RELEASES, "gateway",
					 offset, 3, &error);
		assert_done(page, error);
		seen += (int)page->len;
		assert_int_equal(page->len, offset < 6 ? 3 : offset == 6 ? 2 : 0);
	}
	assert_int_equal(seen, 8);
}

static void
registry__support__a_release_wins_over_its_product(void **state)
{
	(void)state;
	assert_int_equal(ps_support_state(NULL, NULL, NULL, "2026-03-10"), PS_SUPPORT_UNKNOWN);
	assert_int_equal(ps_support_state(NULL, "2026-03-10", NULL, "2026-03-10"), PS_SUPPORTED);
	assert_int_equal(ps_support_state(NULL, "2026-03-10", NULL, "2026-03-11"),
			 PS_SUPPORT_ENDED);
	assert_int_equal(ps_support_state(NULL, "2030-01-01", "2026-01-01", "2026-03-10"),
			 PS_SUPPORT_ENDED);
	assert_int_equal(ps_support_state(NULL, "2026-01-01", "2030-01-01", "2026-03-10"),
			 PS_SUPPORTED);
	assert_int_equal(ps_support_state("2026-04-01", "2030-01-01", NULL, "2026-03-10"),
			 PS_SUPPORT_NOT_STARTED);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, case_fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STORE(case__open__fills_what_goes_without_saying),
		WITH_STORE(case__open__needs_a_title_and_leaves_nothing),
		WITH_STORE(case__title_from_subject__drops_what_mail_programs_add),
		WITH_STORE(case__move__sets_the_times_that_follow),
		WITH_STORE(case__move__a_refused_part_leaves_all_as_it_was),
		WITH_STORE(case__embargo__forbids_publishing_until_its_end),
		WITH_STORE(case__published__leaves_the_embargo_and_tells_the_public),
		WITH_STORE(edit__set__keeps_to_the_state_machines),
		WITH_STORE(edit__set__a_state_that_somebody_changed_is_a_conflict),
		WITH_STORE(edit__score__is_computed_and_cannot_be_set),
		WITH_STORE(edit__delete__refuses_what_others_refer_to),
		WITH_STORE(edit__delete__what_was_sent_stays),
		WITH_STORE(case__affect__changes_the_entry_that_is_there),
		WITH_STORE(case__affect__an_unknown_status_changes_nothing),
		WITH_STORE(case__score__replaces_ours_and_keeps_theirs),
		WITH_STORE(edit__weakness__is_checked_and_written_out),
		WITH_STORE(case__score__of_a_release_differs_in_environment_only),
		WITH_STORE(case__score__keeps_reasons_of_metrics),
		WITH_STORE(case__score__another_vector_than_the_seen_one_is_a_conflict),
		WITH_STORE(case__affect__another_status_than_the_seen_one_is_a_conflict),
		WITH_STORE(case__decide__needs_a_reason),
		WITH_STORE(case__task__done_once),
		WITH_STORE(case__signal__needs_kind_and_source),
		WITH_STORE(registry__find__every_word_in_any_order_and_case),
		WITH_STORE(registry__find__pages_run_through_all_kinds),
		WITH_STORE(registry__support__a_release_wins_over_its_product),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
