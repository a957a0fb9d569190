#include "config.h"

#include "tests/unit/case-fixture.h"

#include <string.h>

#include "base/utc.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "cases/steps.h"

#define NOW CASE_FIXTURE_NOW

static char *
open_with(PsStore *store, char *const *pairs)
{
	g_autoptr(GError) error = NULL;
	char *id = ps_case_open(store, pairs, &error);

	assert_done(id, error);
	return id;
}

static void
move(PsStore *store, const char *id, char *const *pairs)
{
	g_autoptr(GError) error = NULL;

	assert_done(ps_case_move(store, id, pairs, &error), error);
}

/* The tokens in their order, parted by blanks. */
static char *
tokens_of(PsStore *store, const char *id)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) steps = ps_case_steps_load(store, id, NULL, &error);
	GString *text = g_string_new(NULL);

	assert_done(steps, error);
	for (guint i = 0; i < steps->len; i++) {
		const PsCaseStep *step = g_ptr_array_index(steps, i);
		assert_true(strlen(step->text) > 10);
		assert_null(strchr(step->text, '%'));
		g_string_append_printf(text, "%s%s", i ? " " : "", step->token);
	}
	return g_string_free(text, FALSE);
}

static void
assert_steps(PsStore *store, const char *id, const char *expected)
{
	g_autofree char *tokens = tokens_of(store, id);

	assert_string_equal(tokens, expected);
}

static char *
release_of(PsStore *store)
{
	g_autofree char *product =
		new_record(store, "product", PAIRS("vendor", "Example Works", "name", "Hub"));

	return new_record(store, "release", PAIRS("product", product, "version", "1.0"));
}

static void
affect(PsStore *store, const char *id, const char *release, const char *status, const char *why)
{
	g_autoptr(GError) error = NULL;
	const char *releases[] = {release, NULL};
	const PsAffect how = {.status = status, .justification = why};

	assert_done(ps_case_affect(store, id, releases, &how, NULL, &error), error);
}

static void
steps__new_case__begins_with_judging_the_report(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *id = open_with(fixture->store, PAIRS("title", "Overflow"));
	g_autofree char *report = NULL;

	ps_store_set(fixture->store, "test", "case", id, "owner", NULL, PS_ANY, NULL);
	assert_steps(fixture->store, id, "own validate");
	report = new_record(fixture->store, "report",
			    PAIRS("case", id, "channel", "email", "received_at", NOW));
	assert_steps(fixture->store, id, "own acknowledge validate");
}

static void
steps__valid_case__lists_what_the_advisory_will_need(void **state)
{
	Fixture *fixture = *state;
	PsStore *store = fixture->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = open_with(store, PAIRS("title", "Overflow"));
	g_autofree char *release = release_of(store);
	g_autofree char *person = new_record(store, "person", PAIRS("name", "Ada"));

	assert_done(ps_case_own(store, id, person, &error), error);
	move(store, id, PAIRS("rm", "VALID"));
	assert_steps(store, id, "accept describe affect score decide advisory");
	move(store, id, PAIRS("rm", "ACCEPTED"));
	affect(store, id, release, "under_investigation", NULL);
	assert_steps(store, id, "describe affect score decide advisory");
	affect(store, id, release, "known_not_affected", NULL);
	assert_steps(store, id, "describe justify score decide advisory");
	affect(store, id, release, "known_not_affected", "component_not_present");
	g_free(ps_case_score(store, id, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
			     PAIRS("source", "reporter"), NULL));
	assert_steps(store, id, "describe score decide advisory");
	g_free(ps_case_score(store, id, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
			     PAIRS("source", "ours"), NULL));
	assert_steps(store, id, "describe decide advisory");
}

static void
steps__decided_fix__is_waited_for_before_publishing(void **state)
{
	Fixture *fixture = *state;
	PsStore *store = fixture->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = open_with(store, PAIRS("title", "Overflow"));

	move(store, id, PAIRS("rm", "VALID"));
	move(store, id, PAIRS("rm", "ACCEPTED"));
	g_free(ps_case_decide(store, id, "vendor_fix", PAIRS("reason", "Cheap"), &error));
	g_free(new_record(store, "advisory",
			  PAIRS("case", id, "title", "A", "tracking_id", "X-1", "profile",
				"csaf_security_advisory", "state", "draft", "version", "0.1.0",
				"tlp", "CLEAR", "drafted_at", NOW)));
	g_autofree char *before = tokens_of(store, id);
	assert_non_null(strstr(before, "fixed"));
	assert_null(strstr(before, "publish"));
	move(store, id, PAIRS("cs", "F"));
	g_autofree char *after = tokens_of(store, id);
	assert_null(strstr(after, "fixed"));
	assert_non_null(strstr(after, "publish"));
}

static void
steps__embargo_and_tasks__come_before_the_rest(void **state)
{
	Fixture *fixture = *state;
	PsStore *store = fixture->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = open_with(store, PAIRS("title", "Overflow"));
	g_autofree char *person = new_record(store, "person", PAIRS("name", "Ada"));

	assert_done(ps_case_own(store, id, person, &error), error);
	move(store, id, PAIRS("em", "PROPOSED"));
	g_free(ps_case_task(store, id, PAIRS("title", "Try", "due_at", "-1d"), &error));
	assert_steps(store, id, "validate tasks embargo");
	move(store, id, PAIRS("em", "ACTIVE"));
	assert_steps(store, id, "validate tasks embargo_end");
	ps_store_set(store, "test", "case", id, "embargo_until", "+9d", PS_ANY, &error);
	assert_steps(store, id, "validate tasks");
}

static void
steps__closed_case__needs_nothing(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *id = open_with(fixture->store, PAIRS("title", "Overflow"));

	move(fixture->store, id, PAIRS("rm", "INVALID"));
	g_autofree char *tokens = tokens_of(fixture->store, id);
	assert_non_null(strstr(tokens, "close"));
	move(fixture->store, id, PAIRS("rm", "CLOSED", "outcome", "rejected"));
	assert_steps(fixture->store, id, "");
}

static char *
new_advisory(PsStore *store, const char *id, const char *state)
{
	return new_record(store, "advisory",
			  PAIRS("case", id, "title", "A", "tracking_id", state, "profile",
				"csaf_security_advisory", "state", state, "version", "1", "tlp",
				"CLEAR", "drafted_at", NOW));
}

static char *
text_of(PsStore *store, const char *id, const PsCaseStepDocuments *documents, const char *token)
{
	g_autoptr(GPtrArray) steps = ps_case_steps_load(store, id, documents, NULL);

	for (guint i = 0; i < steps->len; i++) {
		const PsCaseStep *step = g_ptr_array_index(steps, i);
		if (g_str_equal(step->token, token))
			return g_strdup(step->text);
	}
	return NULL;
}

static void
steps__advisory__is_told_where_it_stands(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_with(store, PAIRS("title", "Overflow"));
	g_autofree char *advisory = new_advisory(store, id, "review");
	const PsCaseStepDocuments mine = {.to_review = 1};

	g_autofree char *others = text_of(store, id, NULL, "reviewed");
	assert_non_null(strstr(others, "somebody else"));
	g_autofree char *own = text_of(store, id, &mine, "review");
	assert_non_null(strstr(own, "your review"));
	assert_null(text_of(store, id, &mine, "reviewed"));
	assert_true(ps_store_set(store, "test", "advisory", advisory, "state", "approved", PS_ANY,
				 NULL));
	g_autofree char *approved = text_of(store, id, NULL, "publish");
	assert_non_null(strstr(approved, "approved"));
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test", NULL);
	assert_true(ps_txn_set(txn, "advisory", advisory, "armed_at", "2026-03-11T08:00:00Z",
			       PS_ANY, NULL));
	assert_true(ps_txn_commit(txn, NULL));
	assert_null(text_of(store, id, NULL, "publish"));
	g_autofree char *armed = text_of(store, id, NULL, "armed");
	assert_non_null(strstr(armed, "2026-03-11T08:00:00"));
}

static void
steps__published_and_changed__is_told_of_a_closed_case_too(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autofree char *id = open_with(store, PAIRS("title", "Overflow"));
	g_autofree char *title = g_strdup("Users are told");
	const PsCaseStepDocuments known = {.changes = 2, .release_open = 3, .release_next = title};

	move(store, id, PAIRS("rm", "INVALID"));
	move(store, id, PAIRS("rm", "CLOSED", "outcome", "rejected"));
	assert_steps(store, id, "");
	g_autofree char *refresh = text_of(store, id, &known, "refresh");
	assert_non_null(strstr(refresh, "in 2 places"));
	g_autofree char *release = text_of(store, id, &known, "release");
	assert_non_null(
		strstr(release, "3 steps of the release day are open; the next: Users are"));
}

static void
steps__proposed_remedy__is_no_decision_until_it_is_accepted(void **state)
{
	PsStore *store = ((Fixture *)*state)->store;
	g_autoptr(GError) error = NULL;
	g_autofree char *id = open_with(store, PAIRS("title", "Overflow"));

	move(store, id, PAIRS("rm", "VALID"));
	g_autofree char *one = new_record(store, "decision",
					  PAIRS("case", id, "category", "workaround", "reason",
						"They say so.", "proposed", "yes"));
	g_autofree char *other = new_record(store, "decision",
					    PAIRS("case", id, "category", "mitigation", "reason",
						  "They say so.", "proposed", "yes"));
	g_autofree char *before = tokens_of(store, id);
	assert_non_null(strstr(before, "decide"));
	g_autofree char *told = text_of(store, id, NULL, "propose");
	assert_non_null(strstr(told, "2 remedies"));
	assert_done(ps_case_accept(store, one, &error), error);
	assert_done(ps_case_decline(store, other, "We have none.", &error), error);
	g_autofree char *after = tokens_of(store, id);
	assert_null(strstr(after, "decide"));
	assert_null(strstr(after, "propose"));
	assert_false(ps_case_accept(store, one, &error));
	assert_true(g_error_matches(error, PS_ERROR, PS_ERROR_CONFLICT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(steps__new_case__begins_with_judging_the_report,
						case_fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			steps__valid_case__lists_what_the_advisory_will_need, case_fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(steps__decided_fix__is_waited_for_before_publishing,
						case_fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(steps__embargo_and_tasks__come_before_the_rest,
						case_fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(steps__closed_case__needs_nothing,
						case_fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(steps__advisory__is_told_where_it_stands,
						case_fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			steps__published_and_changed__is_told_of_a_closed_case_too,
			case_fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			steps__proposed_remedy__is_no_decision_until_it_is_accepted,
			case_fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests_name("case steps", tests, NULL, NULL);
}
