#include "config.h"

/* The next steps as a table: a token, when it is due, and its sentence. */

#include "cases/steps.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/desk.h"

static gboolean
is_one_of(const PsRecord *record, const char *field, const char *const *values)
{
	const char *value = ps_record_text(record, field);

	return value && g_strv_contains(values, value);
}

#define IS(record, field, ...) is_one_of(record, field, (const char *const[]){__VA_ARGS__, NULL})

/* How many records fulfil a condition. */
static guint
count_of(GPtrArray *records, gboolean (*holds)(const PsRecord *record, gint64 now), gint64 now)
{
	guint count = 0;

	for (guint i = 0; i < records->len; i++)
		count += holds(records->pdata[i], now) != FALSE;
	return count;
}

/* There, if only sealed. */
static gboolean
has(const PsRecord *record, const char *field)
{
	return ps_record_text(record, field) || ps_record_is_sealed(record, field);
}

static gboolean
is_worked_on(const PsCaseStepFacts *facts)
{
	return IS(facts->record, "rm", "VALID", "ACCEPTED");
}

/* ---- conditions on the parts ---- */

static gboolean
is_undescribed(const PsRecord *vulnerability, gint64 now)
{
	(void)now;
	return !has(vulnerability, "cwe") || !has(vulnerability, "description");
}

static gboolean
is_investigated(const PsRecord *affected, gint64 now)
{
	(void)now;
	return IS(affected, "status", "under_investigation");
}

static gboolean
is_unjustified(const PsRecord *affected, gint64 now)
{
	(void)now;
	return IS(affected, "status", "known_not_affected") && !has(affected, "justification") &&
	       !has(affected, "impact");
}

static gboolean
is_ours(const PsRecord *score, gint64 now)
{
	(void)now;
	return !has(score, "source") || IS(score, "source", "ours");
}

static gboolean
is_open_task(const PsRecord *task, gint64 now)
{
	(void)now;
	return !has(task, "done_at");
}

static gboolean
is_late_task(const PsRecord *task, gint64 now)
{
	return is_open_task(task, now) && has(task, "due_at") &&
	       ps_record_time(task, "due_at") < now;
}

/* Others' words are proposals until somebody here decides so. */
static gboolean
is_proposed(const PsRecord *decision, gint64 now)
{
	(void)now;
	return ps_record_flag(decision, "proposed");
}

static gboolean
is_decided(const PsRecord *decision, gint64 now)
{
	return !is_proposed(decision, now);
}

static gboolean
is_fix(const PsRecord *decision, gint64 now)
{
	return is_decided(decision, now) && IS(decision, "category", "vendor_fix");
}

static gboolean
is_unpublished(const PsRecord *advisory, gint64 now)
{
	(void)now;
	return IS(advisory, "state", "draft", "review", "approved");
}

static gboolean
is_armed(const PsRecord *advisory, gint64 now)
{
	(void)now;
	return has(advisory, "armed_at");
}

static gboolean
is_in_review(const PsRecord *advisory, gint64 now)
{
	return IS(advisory, "state", "review") && !is_armed(advisory, now);
}

static gboolean
is_approved(const PsRecord *advisory, gint64 now)
{
	return IS(advisory, "state", "approved") && !is_armed(advisory, now);
}

static gboolean
is_draft(const PsRecord *advisory, gint64 now)
{
	return IS(advisory, "state", "draft") && !is_armed(advisory, now);
}

/* ---- steps: each gives its number, 0 where it is not due ---- */

static guint
own(const PsCaseStepFacts *facts)
{
	return !has(facts->record, "owner");
}

static guint
acknowledge(const PsCaseStepFacts *facts)
{
	return facts->answer_owed && !has(facts->record, "acknowledged_at");
}

static guint
follow_up(const PsCaseStepFacts *facts)
{
	return facts->follow_up_late;
}

static guint
validate(const PsCaseStepFacts *facts)
{
	return IS(facts->record, "rm", "START", "RECEIVED");
}

static guint
reject(const PsCaseStepFacts *facts)
{
	return IS(facts->record, "rm", "INVALID");
}

static guint
accept_work(const PsCaseStepFacts *facts)
{
	return IS(facts->record, "rm", "VALID");
}

static guint
describe(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) ? count_of(facts->vulnerabilities, is_undescribed, facts->now)
				   : 0;
}

static guint
affect(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && facts->affected->len == 0;
}

static guint
investigate(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) ? count_of(facts->affected, is_investigated, facts->now) : 0;
}

static guint
justify(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) ? count_of(facts->affected, is_unjustified, facts->now) : 0;
}

static guint
score(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && count_of(facts->scores, is_ours, facts->now) == 0;
}

static guint
decide(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && count_of(facts->decisions, is_decided, facts->now) == 0;
}

static guint
propose(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) ? count_of(facts->decisions, is_proposed, facts->now) : 0;
}

static guint
agree_embargo(const PsCaseStepFacts *facts)
{
	return IS(facts->record, "em", "PROPOSED", "REVISE");
}

static guint
end_embargo(const PsCaseStepFacts *facts)
{
	return IS(facts->record, "em", "ACTIVE") && !has(facts->record, "embargo_until");
}

static guint
late_tasks(const PsCaseStepFacts *facts)
{
	return count_of(facts->tasks, is_late_task, facts->now);
}

static gboolean
waits_for_fix(const PsCaseStepFacts *facts)
{
	return count_of(facts->decisions, is_fix, facts->now) > 0 &&
	       !has(facts->record, "fixed_at");
}

static guint
fix(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && waits_for_fix(facts);
}

static guint
draft(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && facts->advisories->len == 0;
}

static guint
publish(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && !waits_for_fix(facts) &&
			       count_of(facts->decisions, is_decided, facts->now) > 0
		       ? count_of(facts->advisories, is_draft, facts->now)
		       : 0;
}

static guint
review(const PsCaseStepFacts *facts)
{
	return facts->documents ? facts->documents->to_review : 0;
}

/* For those who may not review it themselves. */
static guint
wait_for_review(const PsCaseStepFacts *facts)
{
	return review(facts) == 0 ? count_of(facts->advisories, is_in_review, facts->now) : 0;
}

static guint
publish_approved(const PsCaseStepFacts *facts)
{
	return count_of(facts->advisories, is_approved, facts->now);
}

static guint
armed(const PsCaseStepFacts *facts)
{
	return count_of(facts->advisories, is_armed, facts->now);
}

static guint
refresh(const PsCaseStepFacts *facts)
{
	return facts->documents ? facts->documents->changes : 0;
}

static guint
release(const PsCaseStepFacts *facts)
{
	return facts->documents ? facts->documents->release_open : 0;
}

static guint
finish(const PsCaseStepFacts *facts)
{
	return is_worked_on(facts) && has(facts->record, "published_at") &&
	       count_of(facts->tasks, is_open_task, facts->now) == 0 &&
	       count_of(facts->advisories, is_unpublished, facts->now) == 0 && armed(facts) == 0 &&
	       refresh(facts) == 0 && release(facts) == 0;
}

static const struct {
	const char *token;
	guint (*due)(const PsCaseStepFacts *facts);
	const char *one, *more; /* N_(); more: NULL or with a %u */
} rows[] = {
	{"own", own, N_("Nobody owns the case: say who does."), NULL},
	{"acknowledge", acknowledge, N_("Acknowledge the report: an answer is owed."), NULL},
	{"follow_up", follow_up, N_("Write to the reporter again."), NULL},
	{"validate", validate, N_("Judge the report: is it valid?"), NULL},
	{"close", reject, N_("Not valid: tell the reporter why, then close."), NULL},
	{"accept", accept_work, N_("Accept the work, or put it off."), NULL},
	{"tasks", late_tasks, N_("A task is overdue."), N_("%u tasks are overdue.")},
	{"embargo", agree_embargo, N_("An embargo is proposed: agree, or decline."), NULL},
	{"embargo_end", end_embargo, N_("The embargo has no end yet: agree on a date."), NULL},
	{"describe", describe, N_("A vulnerability lacks CWE or description."),
	 N_("%u vulnerabilities lack CWE or description.")},
	{"affect", affect, N_("Say which releases are affected."), NULL},
	{"affect", investigate, N_("A release is still under investigation."),
	 N_("%u releases are still under investigation.")},
	{"justify", justify, N_("A “not affected” lacks its justification."),
	 N_("%u “not affected” lack their justification.")},
	{"score", score, N_("Score the flaw."), NULL},
	{"decide", decide, N_("Decide what is done about it, and say why."), NULL},
	{"fixed", fix, N_("Set “fix ready” once the decided fix exists."), NULL},
	{"advisory", draft, N_("Draft the advisory."), NULL},
	{"propose", propose,
	 N_("An upstream advisory proposes a remedy: decide whether it holds for you."),
	 N_("Upstream advisories propose %u remedies: decide whether they hold for you.")},
	{"publish", publish, N_("Check the advisory and publish it."), NULL},
	{"review", review,
	 N_("The advisory waits for your review: read it, then approve it or send it back."),
	 N_("%u advisories wait for your review: read them, then approve or send them back.")},
	{"reviewed", wait_for_review, N_("The advisory is in review: somebody else approves it."),
	 N_("%u advisories are in review: somebody else approves them.")},
	{"publish", publish_approved,
	 N_("The advisory is approved: publish it, or arm it for a time."),
	 N_("%u advisories are approved: publish them, or arm them for a time.")},
	{"armed", armed, N_("The advisory is armed: it is published by itself."),
	 N_("%u advisories are armed: they are published by themselves.")},
	{"refresh", refresh,
	 N_("The case changed since its advisory was published: look at the change."),
	 N_("The case changed in %u places since its advisory was published: look at them.")},
	{"release", release, N_("A step of the release day is open."),
	 N_("%u steps of the release day are open.")},
	{"close", finish, N_("All is published and done: close the case."), NULL},
};

static void
step_free(gpointer data)
{
	PsCaseStep *step = data;

	g_free(step->text);
	g_free(step);
}

/* When the first armed one goes. */
static char *
armed_text(const PsCaseStepFacts *facts)
{
	gint64 first = G_MAXINT64;

	for (guint i = 0; i < facts->advisories->len; i++)
		if (is_armed(facts->advisories->pdata[i], facts->now))
			first = MIN(first, ps_record_time(facts->advisories->pdata[i], "armed_at"));
	g_autofree char *at = ps_utc_format(first);
	return first < facts->now
		       ? g_strdup_printf(_("The advisory was armed for %s and is not published: "
					   "see why in its pane."),
					 at)
		       : g_strdup_printf(_("The advisory is armed: it is published by itself at "
					   "%s, until somebody cancels it."),
					 at);
}

static char *
release_text(const PsCaseStepFacts *facts, guint count)
{
	const char *next = facts->documents->release_next;

	return g_strdup_printf(ngettext("%u step of the release day is open: %s.",
					"%u steps of the release day are open; the next: %s.",
					count),
			       count, next ? next : "?");
}

static char *
step_text(gsize row, const PsCaseStepFacts *facts, guint count)
{
	g_autofree char *embargo = NULL;

	if (rows[row].due == armed && count == 1)
		return armed_text(facts);
	if (rows[row].due == release)
		return release_text(facts, count);
	if (rows[row].due == publish)
		embargo = ps_case_embargo_reason(facts->record, facts->now);
	if (embargo)
		return g_strdup_printf(_("Check the advisory; publish it later. %s"), embargo);
	if (count > 1 && rows[row].more)
		return g_strdup_printf(_(rows[row].more), count);
	return g_strdup(_(rows[row].one));
}

/* What a published advisory asks for, whatever became of its case. */
static gboolean
outlasts_its_case(const char *token)
{
	static const char *const tokens[] = {"armed", "refresh", "release", NULL};

	return g_strv_contains(tokens, token);
}

GPtrArray *
ps_case_steps(const PsCaseStepFacts *facts)
{
	GPtrArray *steps = g_ptr_array_new_with_free_func(step_free);
	gboolean closed = IS(facts->record, "rm", "CLOSED");

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		guint count = closed && !outlasts_its_case(rows[i].token) ? 0 : rows[i].due(facts);
		if (count == 0)
			continue;
		PsCaseStep *step = g_new(PsCaseStep, 1);
		*step = (PsCaseStep){rows[i].token, step_text(i, facts, count)};
		g_ptr_array_add(steps, step);
	}
	return steps;
}

static gboolean
read_clocks(PsStore *store, const char *case_id, PsCaseStepFacts *facts, PsRecord **record,
	    GError **error)
{
	PsClockFacts known;
	PsClockPolicy policy;
	PsClock clock;

	if (!ps_clock_policy_load(store, &policy, error) ||
	    !ps_clock_facts_load(store, case_id, &known, record, error))
		return FALSE;
	facts->answer_owed = known.from_outside && !known.anonymous;
	ps_clock_compute(PS_CLOCK_FOLLOW_UP, &known, &policy, facts->now, &clock);
	facts->follow_up_late = clock.state == PS_CLOCK_OVERDUE;
	facts->record = *record;
	return TRUE;
}

GPtrArray *
ps_case_steps_load(PsStore *store, const char *case_id, const PsCaseStepDocuments *documents,
		   GError **error)
{
	static const char *const kinds[] = {"vulnerability", "affected", "score",
					    "decision",      "task",     "advisory"};
	g_autoptr(PsRecord) record = NULL;
	PsCaseStepFacts facts = {.documents = documents, .now = ps_now_ms()};
	GPtrArray **parts[] = {&facts.vulnerabilities, &facts.affected, &facts.scores,
			       &facts.decisions,       &facts.tasks,    &facts.advisories};
	GPtrArray *steps = NULL;
	gboolean read = read_clocks(store, case_id, &facts, &record, error);

	for (gsize i = 0; read && i < G_N_ELEMENTS(kinds); i++)
		read = (*parts[i] = ps_store_children(store, kinds[i], ps_record_id(record),
						      error)) != NULL;
	if (read)
		steps = ps_case_steps(&facts);
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		g_clear_pointer(parts[i], g_ptr_array_unref);
	return steps;
}
