#include "config.h"

#include "tests/unit/store-fixture.h"

#include <string.h>

#include "base/utc.h"
#include "cases/case.h"
#include "cases/desk.h"
#include "cases/edit.h"
#include "cases/timeline.h"
#include "registry/registry.h"

#define NOW "2026-03-10T12:00:00Z"
#define BASE "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:"

static int
setup(void **state)
{
	g_setenv("PSIRTDESK_NOW", NOW, TRUE);
	return fixture_setup(state);
}

#define PAIRS(...) ((char *const *)(const char *const[]){__VA_ARGS__, NULL})

static char *
new_record(PsStore *store, const char *kind, char *const *pairs)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", &error);
	char *id = txn ? ps_edit_new(txn, kind, pairs, &error) : NULL;

	assert_done(id, error);
	assert_done(ps_txn_commit(txn, &error), error);
	return id;
}

static char *
open_case(PsStore *store, const char *title)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_case_open(store, PAIRS("title", title), &error);

	assert_done(id, error);
	return id;
}

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

/* ---- desk ---- */

static char *
reported_case(PsStore *store, const char *title, const char *received)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_case_open(store, PAIRS("title", title, "received_at", received), &error);

	assert_done(id, error);
	g_autofree char *report =
		new_record(store, "report",
			   PAIRS("case", id, "channel", "email", "received_at", received));
	return id;
}

static void
desk__lines__most_urgent_first_with_the_rule(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *late = reported_case(store, "Late", "2026-03-01T12:00:00Z");
	g_autofree char *fresh = reported_case(store, "Fresh", "2026-03-10T11:00:00Z");
	g_autofree char *loose =
		new_record(store, "report",
			   PAIRS("channel", "phone", "received_at", "2026-03-09T12:00:00Z"));
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);

	assert_done(lines, error);
	assert_int_equal(lines->len, 6);
	const PsDeskLine *first = lines->pdata[0], *second = lines->pdata[1];
	assert_string_equal(first->title, "Late");
	assert_string_equal(first->token, "acknowledge");
	assert_int_equal(first->state, PS_CLOCK_OVERDUE);
	assert_string_equal(first->reason, "Within 2 d after receipt (own policy).");
	assert_string_equal(second->token, "validate");
	assert_int_equal(second->state, PS_CLOCK_OVERDUE);
	const PsDeskLine *third = lines->pdata[2];
	assert_string_equal(third->kind, "report");
	assert_string_equal(third->record, loose);
	g_autoptr(PsDesk) desk = ps_desk_new(store, &query, &error);
	assert_done(desk, error);
	const PsDeskCounts *counts = ps_desk_counted(desk);
	assert_int_equal(counts->overdue, 2);
	assert_int_equal(counts->today, 1);
	assert_int_equal(counts->later, 3);
	assert_int_equal(counts->not_acknowledged, 3);
	assert_int_equal(counts->open_cases, 2);
	assert_true(counts->tightest == first->due_at);
	assert_non_null(late);
	assert_non_null(fresh);
}

static void
desk__lines__pages_and_filters(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 5; i++)
		g_free(reported_case(store, "Case", "2026-03-10T11:00:00Z"));
	const PsDeskQuery page = {.due_before = PS_NO_TIME, .offset = 8, .limit = 4};
	g_autoptr(GPtrArray) last = ps_desk_lines(store, &page, &error);
	assert_done(last, error);
	assert_int_equal(last->len, 2);
	const PsDeskQuery soon = {.due_before = ps_now_ms() + 3 * PS_DAY_MS};
	g_autoptr(GPtrArray) due = ps_desk_lines(store, &soon, &error);
	assert_int_equal(due->len, 5);
	const PsDeskQuery all = {.due_before = PS_NO_TIME, .not_started = TRUE};
	g_autoptr(GPtrArray) waiting = ps_desk_lines(store, &all, &error);
	const PsDeskLine *line = waiting->pdata[waiting->len - 1];
	assert_true(line->due_at == PS_NO_TIME);
	assert_non_null(strstr(line->reason, "because"));
}

static void
desk__lines__closed_cases_and_done_tasks_are_not_due(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Late", "2026-03-01T12:00:00Z");
	const PsDeskQuery query = {.due_before = PS_NO_TIME, .not_started = TRUE};
	g_autoptr(GError) error = NULL;
	g_autofree char *task =
		ps_case_task(store, id, PAIRS("title", "T", "due_at", "2026-03-02"), &error);

	assert_done(task, error);
	assert_done(ps_case_move(store, id, PAIRS("rm", "INVALID"), &error), error);
	assert_done(ps_case_move(store, id, PAIRS("rm", "CLOSED"), &error), error);
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);
	assert_done(lines, error);
	assert_int_equal(lines->len, 0);
}

static void
desk__lines__a_locked_workspace_still_tells_what_is_due(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Secret title", "2026-03-01T12:00:00Z");
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;

	ps_store_lock(store);
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);
	assert_done(lines, error);
	assert_int_equal(lines->len, 2);
	assert_string_equal(((PsDeskLine *)lines->pdata[0])->title, "(sealed)");
	assert_non_null(id);
}

static void
desk__calendar__has_folded_lines_and_no_titles(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Secret title", "2026-03-01T12:00:00Z");
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) lines = ps_desk_lines(store, &query, &error);
	g_autofree char *calendar = ps_desk_calendar(lines, ps_now_ms());
	g_auto(GStrv) rows = g_strsplit(calendar, "\r\n", -1);

	assert_string_equal(rows[0], "BEGIN:VCALENDAR");
	for (char **row = rows; *row; row++) {
		assert_true(strlen(*row) <= 75);
		assert_null(strchr(*row, '\n'));
	}
	assert_non_null(strstr(calendar, "DTSTART:20260303T120000Z\r\n"));
	assert_null(strstr(calendar, "Secret"));
	assert_non_null(id);
}

static void
desk__policy__a_setting_that_is_no_duration_is_named(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(GError) error = NULL;

	assert_done(ps_store_set_config(store, "clocks.acknowledge", "soon", &error), error);
	assert_null(ps_desk_lines(store, &query, &error));
	assert_non_null(strstr(error->message, "clocks.acknowledge"));
}

/* ---- timeline ---- */

static const PsMark *
find_mark(const PsTimeline *timeline, PsLane lane, const char *label)
{
	for (guint i = 0; i < timeline->marks->len; i++) {
		const PsMark *mark = timeline->marks->pdata[i];
		if (mark->lane == lane && g_str_equal(mark->label, label))
			return mark;
	}
	fail_msg("no mark “%s”", label);
	return NULL;
}

static void
timeline__load__tells_facts_clocks_tasks_and_slips(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = reported_case(store, "Late", "2026-03-01T12:00:00Z");
	g_autoptr(GError) error = NULL;
	g_autofree char *slip = new_record(store, "task",
					   PAIRS("case", id, "title", "Slipped", "due_at",
						 "2026-03-04", "done_at", "2026-03-06"));
	g_autoptr(PsTimeline) timeline = ps_timeline_load(store, id, &error);

	assert_done(timeline, error);
	assert_int_equal(find_mark(timeline, PS_LANE_FACTS, "Received")->state, PS_MARK_DONE);
	assert_int_equal(find_mark(timeline, PS_LANE_FACTS, "Validated")->state, PS_MARK_MISSING);
	const PsMark *clock = find_mark(timeline, PS_LANE_CLOCKS, "Acknowledge the report");
	assert_int_equal(clock->state, PS_MARK_OVERDUE);
	assert_true(clock->to - clock->from == 2 * PS_DAY_MS);
	const PsMark *task = find_mark(timeline, PS_LANE_TASKS, "Slipped");
	assert_int_equal(task->state, PS_MARK_DONE_LATE);
	assert_true(task->to - task->from == 2 * PS_DAY_MS);
	assert_string_equal(task->field, "due_at");
	assert_true(timeline->to >= timeline->now);
	g_autofree char *text = ps_timeline_text(timeline, 80);
	assert_non_null(strstr(text, "Not started, because the flaw is not validated yet."));
	assert_non_null(slip);
}

static void
scale__fit__holds_the_whole_span_with_round_steps(void **state)
{
	(void)state;
	for (gint64 span = PS_MINUTE_MS; span < 4000 * PS_DAY_MS; span = span * 3 / 2) {
		PsTimeline timeline = {.from = 1772323200000, .to = 1772323200000 + span};
		for (int cells = 20; cells < 200; cells += 37) {
			PsScale scale = ps_scale_fit(&timeline, cells, 0, 0);
			assert_true(ps_scale_cell(&scale, timeline.from) >= 0);
			assert_true(ps_scale_cell(&scale, timeline.to) < cells);
			g_autoptr(GArray) ticks = ps_scale_ticks(&scale);
			int end = 0;
			for (guint i = 0; i < ticks->len; i++) {
				const PsTick *tick = &g_array_index(ticks, PsTick, i);
				assert_true(tick->cell >= end);
				end = tick->cell + (int)strlen(tick->label) + 1;
				assert_true(end <= cells + 1);
			}
		}
	}
}

static void
scale__fit__zoom_keeps_the_centre(void **state)
{
	PsTimeline timeline = {.from = 1772323200000, .to = 1772323200000 + 90 * PS_DAY_MS};
	gint64 centre = timeline.from + 30 * PS_DAY_MS;

	(void)state;
	PsScale whole = ps_scale_fit(&timeline, 60, 0, centre);
	for (int zoom = 1; zoom < 12; zoom++) {
		PsScale scale = ps_scale_fit(&timeline, 60, zoom, centre);
		assert_true(scale.step < whole.step);
		assert_in_range(ps_scale_cell(&scale, centre), 28, 32);
	}
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

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, setup, fixture_teardown)

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
		WITH_STORE(desk__lines__most_urgent_first_with_the_rule),
		WITH_STORE(desk__lines__pages_and_filters),
		WITH_STORE(desk__lines__closed_cases_and_done_tasks_are_not_due),
		WITH_STORE(desk__lines__a_locked_workspace_still_tells_what_is_due),
		WITH_STORE(desk__calendar__has_folded_lines_and_no_titles),
		WITH_STORE(desk__policy__a_setting_that_is_no_duration_is_named),
		WITH_STORE(timeline__load__tells_facts_clocks_tasks_and_slips),
		cmocka_unit_test(scale__fit__holds_the_whole_span_with_round_steps),
		cmocka_unit_test(scale__fit__zoom_keeps_the_centre),
		WITH_STORE(registry__find__every_word_in_any_order_and_case),
		WITH_STORE(registry__find__pages_run_through_all_kinds),
		WITH_STORE(registry__support__a_release_wins_over_its_product),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
