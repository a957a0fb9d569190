#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utc.h"
#include "cases/clock.h"

/* Times in the table are hours after midnight of 1 March 2026, when the report came; 0: not known.
 */
#define START G_GINT64_CONSTANT(1772323200000)

static gint64
at(int hours)
{
	return hours == 0 ? PS_NO_TIME : START + hours * PS_HOUR_MS;
}

static const PsClockPolicy policy = {
	.acknowledge = 48 * PS_HOUR_MS,
	.validate = 5 * PS_DAY_MS,
	.publish = 7 * PS_DAY_MS,
	.follow_up = 14 * PS_DAY_MS,
	.fix = {[PS_SEVERITY_LOW] = 180 * PS_DAY_MS,
		[PS_SEVERITY_MEDIUM] = 90 * PS_DAY_MS,
		[PS_SEVERITY_HIGH] = 30 * PS_DAY_MS,
		[PS_SEVERITY_CRITICAL] = 14 * PS_DAY_MS},
};

typedef struct {
	const char *what;
	PsClockId id;
	/* facts */
	int acknowledged, validated, fix_due, fixed, embargo, published, closed, contact;
	gboolean receipt_unknown, outside, anonymous, no_embargo;
	PsSeverity severity;
	const char *rm;
	/* then */
	int now;
	PsClockState state;
	int due;
} Row;

#define FROM_OUTSIDE .outside = TRUE, .no_embargo = TRUE, .rm = "RECEIVED"
static const Row rows[] = {
	{"ack runs", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .now = 47, .state = PS_CLOCK_RUNNING,
	 .due = 48},
	{"ack at the last ms", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .now = 48,
	 .state = PS_CLOCK_RUNNING, .due = 48},
	{"ack overdue", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .now = 49, .state = PS_CLOCK_OVERDUE,
	 .due = 48},
	{"ack met", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .acknowledged = 48, .now = 500,
	 .state = PS_CLOCK_MET, .due = 48},
	{"ack met late", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .acknowledged = 49, .now = 500,
	 .state = PS_CLOCK_MET_LATE, .due = 48},
	{"anonymous: no answer owed", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .anonymous = TRUE,
	 .now = 500, .state = PS_CLOCK_NOT_OWED},
	{"own test: nobody waits", PS_CLOCK_ACKNOWLEDGE, .rm = "RECEIVED", .now = 500,
	 .state = PS_CLOCK_NOT_OWED},
	{"receipt unknown", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .receipt_unknown = TRUE, .now = 500,
	 .state = PS_CLOCK_NOT_STARTED},
	{"ack of a closed case", PS_CLOCK_ACKNOWLEDGE, FROM_OUTSIDE, .closed = 10, .now = 500,
	 .state = PS_CLOCK_NOT_OWED},
	{"validate overdue", PS_CLOCK_VALIDATE, FROM_OUTSIDE, .now = 121, .state = PS_CLOCK_OVERDUE,
	 .due = 120},
	{"invalid: judged", PS_CLOCK_VALIDATE, .outside = TRUE, .rm = "INVALID", .now = 500,
	 .state = PS_CLOCK_NOT_OWED},
	{"fix waits for validation", PS_CLOCK_FIX, FROM_OUTSIDE, .severity = PS_SEVERITY_HIGH,
	 .now = 500, .state = PS_CLOCK_NOT_STARTED},
	{"fix waits for a score", PS_CLOCK_FIX, FROM_OUTSIDE, .validated = 10, .now = 500,
	 .state = PS_CLOCK_NOT_STARTED},
	{"fix by severity", PS_CLOCK_FIX, FROM_OUTSIDE, .validated = 10,
	 .severity = PS_SEVERITY_CRITICAL, .now = 20, .state = PS_CLOCK_RUNNING,
	 .due = 10 + 14 * 24},
	{"fix: no time for None", PS_CLOCK_FIX, FROM_OUTSIDE, .validated = 10,
	 .severity = PS_SEVERITY_NONE, .now = 20, .state = PS_CLOCK_NOT_OWED},
	{"the planned date wins", PS_CLOCK_FIX, FROM_OUTSIDE, .validated = 10,
	 .severity = PS_SEVERITY_CRITICAL, .fix_due = 100, .now = 101, .state = PS_CLOCK_OVERDUE,
	 .due = 100},
	{"fixed in time", PS_CLOCK_FIX, FROM_OUTSIDE, .validated = 10, .fix_due = 100, .fixed = 99,
	 .now = 500, .state = PS_CLOCK_MET, .due = 100},
	{"fixed, no date was set", PS_CLOCK_FIX, FROM_OUTSIDE, .validated = 10, .fixed = 99,
	 .now = 500, .state = PS_CLOCK_MET},
	{"no embargo", PS_CLOCK_EMBARGO, FROM_OUTSIDE, .now = 1, .state = PS_CLOCK_NOT_OWED},
	{"embargo without an end", PS_CLOCK_EMBARGO, .outside = TRUE, .rm = "VALID", .now = 1,
	 .state = PS_CLOCK_NOT_STARTED},
	{"embargo runs", PS_CLOCK_EMBARGO, .outside = TRUE, .rm = "VALID", .embargo = 100, .now = 1,
	 .state = PS_CLOCK_RUNNING, .due = 100},
	{"embargo over, nothing published", PS_CLOCK_EMBARGO, .outside = TRUE, .rm = "VALID",
	 .embargo = 100, .now = 101, .state = PS_CLOCK_OVERDUE, .due = 100},
	{"publishing waits for a fix", PS_CLOCK_PUBLISH, FROM_OUTSIDE, .now = 1,
	 .state = PS_CLOCK_NOT_STARTED},
	{"publishing runs", PS_CLOCK_PUBLISH, FROM_OUTSIDE, .fixed = 10, .now = 20,
	 .state = PS_CLOCK_RUNNING, .due = 10 + 168},
	{"publishing waits for the embargo", PS_CLOCK_PUBLISH, .outside = TRUE, .rm = "ACCEPTED",
	 .fixed = 10, .embargo = 1000, .now = 200, .state = PS_CLOCK_RUNNING, .due = 1000},
	{"published", PS_CLOCK_PUBLISH, FROM_OUTSIDE, .fixed = 10, .published = 20, .now = 500,
	 .state = PS_CLOCK_MET, .due = 178},
	{"follow-up waits for the answer", PS_CLOCK_FOLLOW_UP, FROM_OUTSIDE, .now = 500,
	 .state = PS_CLOCK_NOT_STARTED},
	{"follow-up from the answer", PS_CLOCK_FOLLOW_UP, FROM_OUTSIDE, .acknowledged = 10,
	 .now = 20, .state = PS_CLOCK_RUNNING, .due = 10 + 14 * 24},
	{"follow-up from the last contact", PS_CLOCK_FOLLOW_UP, FROM_OUTSIDE, .acknowledged = 10,
	 .contact = 100, .now = 437, .state = PS_CLOCK_OVERDUE, .due = 100 + 14 * 24},
	{"follow-up ends with publishing", PS_CLOCK_FOLLOW_UP, FROM_OUTSIDE, .acknowledged = 10,
	 .published = 20, .now = 500, .state = PS_CLOCK_NOT_OWED},
};

static PsClockFacts
facts_of(const Row *row)
{
	return (PsClockFacts){
		.received_at = row->receipt_unknown ? PS_NO_TIME : START,
		.acknowledged_at = at(row->acknowledged),
		.validated_at = at(row->validated),
		.fix_due_at = at(row->fix_due),
		.fixed_at = at(row->fixed),
		.embargo_until = at(row->embargo),
		.published_at = at(row->published),
		.closed_at = at(row->closed),
		.last_contact_at = at(row->contact),
		.anonymous = row->anonymous,
		.from_outside = row->outside,
		.embargo_over = row->no_embargo,
		.severity = row->severity,
		.rm = row->rm,
	};
}

static void
clock__compute__follows_the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const PsClockFacts facts = facts_of(&rows[i]);
		PsClock clock;
		ps_clock_compute(rows[i].id, &facts, &policy, at(rows[i].now), &clock);
		if (clock.state != rows[i].state)
			fail_msg("%s: %s", rows[i].what, ps_clock_state_token(clock.state));
		if (clock.due_at != at(rows[i].due))
			fail_msg("%s: due %" G_GINT64_FORMAT, rows[i].what,
				 clock.due_at == PS_NO_TIME ? -1
							    : (clock.due_at - START) / PS_HOUR_MS);
		g_autofree char *reason = ps_clock_reason(&clock);
		if (!*reason || strstr(reason, "%s"))
			fail_msg("%s: reason “%s”", rows[i].what, reason);
	}
}

static void
clock__reason__names_the_duration_and_the_missing_fact(void **state)
{
	PsClockFacts facts = facts_of(&rows[0]);
	PsClock clock;

	(void)state;
	ps_clock_compute(PS_CLOCK_ACKNOWLEDGE, &facts, &policy, at(0), &clock);
	g_autofree char *rule = ps_clock_reason(&clock);
	assert_string_equal(rule, "Within 2 d after receipt (own policy).");
	ps_clock_compute(PS_CLOCK_FIX, &facts, &policy, at(0), &clock);
	g_autofree char *why = ps_clock_reason(&clock);
	assert_string_equal(why, "Not started, because the flaw is not validated yet.");
}

static void
clock__policy__without_a_time_nothing_is_owed(void **state)
{
	static const PsClockPolicy none;
	PsClockFacts facts = facts_of(&rows[0]);

	(void)state;
	facts.validated_at = facts.fixed_at = facts.acknowledged_at = at(1);
	facts.severity = PS_SEVERITY_CRITICAL;
	for (int id = 0; id < PS_N_CLOCKS; id++) {
		PsClock clock;
		ps_clock_compute((PsClockId)id, &facts, &none, at(5000), &clock);
		if (clock.state == PS_CLOCK_OVERDUE || clock.state == PS_CLOCK_RUNNING)
			fail_msg("%s", ps_clock_token((PsClockId)id));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clock__compute__follows_the_table),
		cmocka_unit_test(clock__reason__names_the_duration_and_the_missing_fact),
		cmocka_unit_test(clock__policy__without_a_time_nothing_is_owed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
