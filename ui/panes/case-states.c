#include "config.h"

/* Moving a case between its states, and its TLP label. */

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "cases/state.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/case-moves.h"
#include "ui/panes/choices.h"

typedef struct {
	const char *machine;
	const PsTokens *tokens;
	const char *title; /* N_() */
} Machine;

static const Machine machines[] = {
	{"rm", &ps_rm_states, N_("Report management")},
	{"em", &ps_em_states, N_("Embargo")},
	{"cs", &ps_cs_letters, N_("What has become true?")},
};

static const Machine *
machine_of(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(machines); i++)
		if (g_str_equal(machines[i].machine, name))
			return &machines[i];
	return NULL;
}

typedef struct {
	const char *case_id;
	char **pairs;
} StateMove;

static gboolean
write_state(PsStore *store, gpointer data, GError **error)
{
	const StateMove *move = data;

	return ps_case_move(store, move->case_id, move->pairs, error);
}

/* What must be known with a move; FALSE: cancelled. */
static gboolean
ask_until(PsApp *app, const PsRecord *record, GStrvBuilder *pairs, GError **error)
{
	const char *now = ps_record_text(record, "embargo_until");
	PsAskLine ask = {.label = _("The embargo ends (2026-12-01, +90d; empty: not agreed)"),
			 .initial = now ? now : "+90d",
			 .time = TRUE,
			 .history = "time",
			 .check = ps_check_time};
	g_autofree char *until = ps_ask_line(app, &ask);

	(void)error;
	if (until && *until)
		g_strv_builder_add_many(pairs, "until", until, NULL);
	return until != NULL;
}

static gboolean
ask_outcome(PsApp *app, const PsRecord *record, GStrvBuilder *pairs, GError **error)
{
	g_autofree char *outcome = ps_ask_token(app, &ps_outcomes, _("How did it end?"),
						ps_record_text(record, "outcome"), NULL, TRUE);
	g_autofree char *reason = NULL, *original = NULL;

	(void)error;
	if (!outcome)
		return FALSE;
	if (g_str_equal(outcome, "duplicate")) {
		PsAskLine ask = {.label = _("Of which case (number)"), .history = "case"};
		original = ps_ask_line(app, &ask);
		if (!original)
			return FALSE;
		if (*original)
			g_strv_builder_add_many(pairs, "duplicate_of", original, NULL);
	}
	if (*outcome)
		g_strv_builder_add_many(pairs, "outcome", outcome, NULL);
	PsAskLine ask = {.label = _("Why (empty: no reason)"), .history = "reason"};
	reason = ps_ask_line(app, &ask);
	if (reason && *reason)
		g_strv_builder_add_many(pairs, "reason", reason, NULL);
	return reason != NULL;
}

static const struct {
	const char *machine, *to;
	gboolean (*ask)(PsApp *app, const PsRecord *record, GStrvBuilder *pairs, GError **error);
} companions[] = {
	{"em", "PROPOSED", ask_until},  {"em", "ACTIVE", ask_until},   {"em", "REVISE", ask_until},
	{"rm", "INVALID", ask_outcome}, {"rm", "CLOSED", ask_outcome},
};

static gboolean
ask_companions(PsApp *app, const PsRecord *record, const char *machine, const char *to,
	       GStrvBuilder *pairs, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(companions); i++)
		if (g_str_equal(companions[i].machine, machine) &&
		    g_str_equal(companions[i].to, to))
			return companions[i].ask(app, record, pairs, error);
	return TRUE;
}

static char *
ask_state(PsApp *app, const PsRecord *record, const Machine *machine)
{
	g_auto(GStrv) moves =
		ps_state_moves(machine->machine, ps_record_text(record, machine->machine));

	if (!*moves) {
		ps_app_say(app, PS_SAY_NOTE, _("There is no further state: this is the last."));
		return NULL;
	}
	return ps_ask_token(app, machine->tokens, _(machine->title), NULL,
			    (const char *const *)moves, FALSE);
}

PsChanged
ps_case_do_move(PsApp *app, const char *case_id, const char *machine_name, const char *argument,
		GError **error)
{
	const Machine *machine = machine_of(machine_name);
	g_autoptr(PsRecord) record = ps_store_get(app->store, "case", case_id, error);
	g_autoptr(GStrvBuilder) pairs = g_strv_builder_new();

	if (!record)
		return PS_CHANGED_NOTHING;
	g_autofree char *to = argument ? g_strdup(argument) : ask_state(app, record, machine);
	if (!to)
		return PS_CHANGED_VIEW;
	g_strv_builder_add_many(pairs, machine_name, to, NULL);
	if (!argument && !ask_companions(app, record, machine_name, to, pairs, error))
		return PS_CHANGED_NOTHING;
	g_auto(GStrv) list = g_strv_builder_end(pairs);
	StateMove move = {case_id, list};
	if (!ps_app_write(app, write_state, &move, error))
		return PS_CHANGED_NOTHING;
	g_autoptr(PsRecord) moved = ps_store_get(app->store, "case", case_id, NULL);
	const char *state = moved ? ps_record_text(moved, machine_name) : to;
	g_autofree char *text = ps_state_text(machine_name, state);
	ps_app_say(app, PS_SAY_GOOD, "%s: %s.", state, text);
	return PS_CHANGED_DATA;
}

PsChanged
ps_case_do_tlp(PsApp *app, const char *case_id, const char *argument, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(app->store, "case", case_id, error);

	if (!record)
		return PS_CHANGED_NOTHING;
	g_autofree char *seen = g_strdup(ps_record_text(record, "tlp"));
	g_autofree char *label =
		argument ? g_strdup(argument)
			 : ps_ask_token(app, &ps_tlp_labels, _("Who may know of the case?"), seen,
					NULL, FALSE);
	if (!label || !ps_app_set_seen(app, "case.tlp", "case", case_id, "tlp", label,
				       seen ? seen : "", error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, _("The case is TLP:%s."), label);
	return PS_CHANGED_DATA;
}
