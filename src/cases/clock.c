#include "config.h"

/* Clocks as a table: for each, when it starts, how long it runs, and what stops it. */

#include "cases/clock.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"

typedef struct {
	const char *token, *label;
	void (*compute)(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock);
} ClockRow;

/* ---- what a compute function says ---- */

static void
not_started(PsClock *clock, const char *rule)
{
	clock->state = PS_CLOCK_NOT_STARTED;
	clock->rule = rule;
}

static void
not_owed(PsClock *clock, const char *rule)
{
	clock->state = PS_CLOCK_NOT_OWED;
	clock->rule = rule;
}

/* Runs from `start` for `duration`; the rule has one %s for the duration. */
static void
runs(PsClock *clock, gint64 start, gint64 duration, const char *rule)
{
	clock->state = PS_CLOCK_RUNNING;
	clock->started_at = start;
	clock->due_at = start + duration;
	clock->duration = duration;
	clock->rule = rule;
}

static void
runs_until(PsClock *clock, gint64 start, gint64 due, const char *rule)
{
	clock->state = PS_CLOCK_RUNNING;
	clock->started_at = start;
	clock->due_at = due;
	clock->rule = rule;
}

static gboolean
known(gint64 at)
{
	return at != PS_NO_TIME;
}

static gboolean
rm_is(const PsClockFacts *facts, const char *state)
{
	return facts->rm && g_str_equal(facts->rm, state);
}

/* ---- the clocks ---- */

static void
acknowledge(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock)
{
	clock->met_at = facts->acknowledged_at;
	if (!facts->from_outside && !known(facts->acknowledged_at))
		not_owed(clock,
			 N_("It was not reported from outside: nobody waits for an answer."));
	else if (facts->anonymous && !known(facts->acknowledged_at))
		not_owed(clock, N_("The report is anonymous: no answer is owed."));
	else if (!known(facts->received_at))
		not_started(clock, N_("Not started, because the time of receipt is not known."));
	else if (policy->acknowledge == 0)
		not_owed(clock, N_("The policy sets no time for acknowledging."));
	else
		runs(clock, facts->received_at, policy->acknowledge,
		     N_("Within %s after receipt (own policy)."));
}

static void
validate(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock)
{
	gboolean judged = rm_is(facts, "INVALID") || rm_is(facts, "CLOSED");

	clock->met_at = facts->validated_at;
	if (judged && !known(facts->validated_at))
		not_owed(clock, N_("The report was judged not valid."));
	else if (!known(facts->received_at))
		not_started(clock, N_("Not started, because the time of receipt is not known."));
	else if (policy->validate == 0)
		not_owed(clock, N_("The policy sets no time for validating."));
	else
		runs(clock, facts->received_at, policy->validate,
		     N_("Within %s after receipt (own policy)."));
}

static void
fix(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock)
{
	clock->met_at = facts->fixed_at;
	if (rm_is(facts, "INVALID"))
		not_owed(clock, N_("The report was judged not valid: there is nothing to fix."));
	else if (known(facts->fix_due_at))
		runs_until(clock,
			   known(facts->validated_at) ? facts->validated_at : facts->received_at,
			   facts->fix_due_at, N_("The date planned for this case."));
	else if (!known(facts->validated_at))
		not_started(clock, N_("Not started, because the flaw is not validated yet."));
	else if (facts->severity == PS_SEVERITY_UNKNOWN)
		not_started(clock, N_("Not started, because there is no score of ours yet."));
	else if (policy->fix[facts->severity] == 0)
		not_owed(clock, N_("The policy sets no time for this severity."));
	else
		runs(clock, facts->validated_at, policy->fix[facts->severity],
		     N_("Within %s after validation, by severity (own policy)."));
}

static void
embargo(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock)
{
	(void)policy;
	clock->met_at = facts->published_at;
	if (facts->embargo_over && !known(facts->published_at))
		not_owed(clock, N_("There is no embargo in force."));
	else if (known(facts->embargo_until))
		runs_until(clock, facts->received_at, facts->embargo_until,
			   N_("The end of the embargo: be ready to publish."));
	else if (facts->embargo_over)
		not_owed(clock, N_("There is no embargo."));
	else
		not_started(clock, N_("Not started, because no end of the embargo is agreed."));
}

static void
publish(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock)
{
	gint64 start = facts->fixed_at;

	clock->met_at = facts->published_at;
	if (rm_is(facts, "INVALID"))
		not_owed(clock,
			 N_("The report was judged not valid: there is nothing to publish."));
	else if (!known(start))
		not_started(clock, N_("Not started, because no fix is available yet."));
	else if (policy->publish == 0)
		not_owed(clock, N_("The policy sets no time for publishing."));
	else if (!facts->embargo_over && known(facts->embargo_until) &&
		 facts->embargo_until > start + policy->publish)
		runs_until(clock, start, facts->embargo_until,
			   N_("When the embargo ends, as the fix is ready before that."));
	else
		runs(clock, start, policy->publish,
		     N_("Within %s after the fix is available (own policy)."));
}

static void
follow_up(const PsClockFacts *facts, const PsClockPolicy *policy, PsClock *clock)
{
	gint64 last = facts->last_contact_at;

	if (known(facts->acknowledged_at) && (!known(last) || last < facts->acknowledged_at))
		last = facts->acknowledged_at;
	if (!facts->from_outside || facts->anonymous)
		not_owed(clock, N_("Nobody outside waits for news."));
	else if (known(facts->published_at))
		not_owed(clock, N_("The advisory is published."));
	else if (rm_is(facts, "INVALID"))
		not_owed(clock, N_("The report was judged not valid."));
	else if (!known(last))
		not_started(clock, N_("Not started, because the reporter was not answered yet."));
	else if (policy->follow_up == 0)
		not_owed(clock, N_("The policy sets no time for writing again."));
	else
		runs(clock, last, policy->follow_up,
		     N_("%s after the last contact with the reporter (own policy)."));
}

static const ClockRow rows[PS_N_CLOCKS] = {
	[PS_CLOCK_ACKNOWLEDGE] = {"acknowledge", N_("Acknowledge the report"), acknowledge},
	[PS_CLOCK_VALIDATE] = {"validate", N_("Validate the report"), validate},
	[PS_CLOCK_FIX] = {"fix", N_("Fix or mitigate"), fix},
	[PS_CLOCK_EMBARGO] = {"embargo", N_("Embargo ends"), embargo},
	[PS_CLOCK_PUBLISH] = {"publish", N_("Publish the advisory"), publish},
	[PS_CLOCK_FOLLOW_UP] = {"follow_up", N_("Write to the reporter again"), follow_up},
};

void
ps_clock_compute(PsClockId id, const PsClockFacts *facts, const PsClockPolicy *policy, gint64 now,
		 PsClock *clock)
{
	*clock = (PsClock){.id = id,
			   .started_at = PS_NO_TIME,
			   .due_at = PS_NO_TIME,
			   .met_at = PS_NO_TIME};
	rows[id].compute(facts, policy, clock);
	if (clock->state == PS_CLOCK_NOT_STARTED && known(clock->met_at)) {
		clock->state = PS_CLOCK_MET;
		clock->rule = N_("Done; no date was set for it.");
	}
	if (clock->state != PS_CLOCK_RUNNING)
		return;
	if (known(clock->met_at)) {
		clock->state = clock->met_at <= clock->due_at ? PS_CLOCK_MET : PS_CLOCK_MET_LATE;
	} else if (known(facts->closed_at)) {
		clock->due_at = PS_NO_TIME;
		not_owed(clock, N_("The case is closed."));
	} else if (now > clock->due_at) {
		clock->state = PS_CLOCK_OVERDUE;
	}
}

char *
ps_clock_reason(const PsClock *clock)
{
	g_autofree char *length = ps_duration_text(clock->duration);
	g_auto(GStrv) halves = g_strsplit(_(clock->rule), "%s", 2);

	return g_strjoinv(length, halves);
}

/* ---- words ---- */

const char *
ps_clock_token(PsClockId id)
{
	return rows[id].token;
}

const char *
ps_clock_label(PsClockId id)
{
	return _(rows[id].label);
}

static const struct {
	const char *token, *text;
} state_words[] = {
	[PS_CLOCK_NOT_STARTED] = {"not_started", N_("not started")},
	[PS_CLOCK_RUNNING] = {"running", N_("running")},
	[PS_CLOCK_OVERDUE] = {"overdue", N_("overdue")},
	[PS_CLOCK_MET] = {"met", N_("met")},
	[PS_CLOCK_MET_LATE] = {"met_late", N_("met late")},
	[PS_CLOCK_NOT_OWED] = {"not_owed", N_("not owed")},
};

const char *
ps_clock_state_token(PsClockState state)
{
	return state_words[state].token;
}

const char *
ps_clock_state_text(PsClockState state)
{
	return _(state_words[state].text);
}

static const char *const severity_tokens[PS_N_SEVERITIES] = {
	[PS_SEVERITY_NONE] = "None",         [PS_SEVERITY_LOW] = "Low",
	[PS_SEVERITY_MEDIUM] = "Medium",     [PS_SEVERITY_HIGH] = "High",
	[PS_SEVERITY_CRITICAL] = "Critical",
};

PsSeverity
ps_severity_from_token(const char *token)
{
	for (int i = PS_SEVERITY_NONE; i < PS_N_SEVERITIES; i++)
		if (g_strcmp0(token, severity_tokens[i]) == 0)
			return (PsSeverity)i;
	return PS_SEVERITY_UNKNOWN;
}
