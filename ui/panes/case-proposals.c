#include "config.h"

/* Remedies that upstream advisories propose: accepted or declined. */

#include "base/error.h"
#include "base/i18n.h"
#include "cases/case.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/case-moves.h"
#include "ui/panes/choices.h"

/* ---- which one ---- */

static GPtrArray *
read_proposals(PsApp *app, const char *case_id, GError **error)
{
	GPtrArray *decisions = ps_store_children(app->store, "decision", case_id, error);

	for (guint i = decisions ? decisions->len : 0; i > 0; i--)
		if (!ps_record_flag(decisions->pdata[i - 1], "proposed"))
			g_ptr_array_remove_index(decisions, i - 1);
	return decisions;
}

static char *
ask_which(PsApp *app, GPtrArray *proposals)
{
	g_autofree PsOption *options = g_new0(PsOption, proposals->len);

	if (proposals->len == 1)
		return g_strdup(ps_record_id(proposals->pdata[0]));
	for (guint i = 0; i < proposals->len; i++) {
		const PsRecord *one = proposals->pdata[i];
		options[i] =
			(PsOption){ps_record_id(one),
				   ps_token_word(&ps_remediations, ps_record_text(one, "category")),
				   ps_shown_text(one, "details"), NULL};
	}
	PsAskChoice ask = {.title = _("Which proposal"),
			   .options = options,
			   .n_options = proposals->len};
	return ps_ask_choice(app, &ask);
}

/* ---- what becomes of it ---- */

typedef struct {
	const char *decision;
	gboolean accepted;
} Answer;

static gboolean
write_answer(PsStore *store, gpointer data, GError **error)
{
	const Answer *answer = data;

	return answer->accepted ? ps_case_accept(store, answer->decision, error)
				: ps_case_decline(store, answer->decision, NULL, error);
}

static char *
ask_answer(PsApp *app, const PsRecord *proposal)
{
	const PsOption options[] = {
		{"accept", _("accept"), _("it holds for us, and stands in our advisory"), NULL},
		{"decline", _("decline"), _("it is taken out of the case"), NULL},
	};
	g_autofree char *title =
		g_strdup_printf("%s: %s",
				ps_token_word(&ps_remediations,
					      ps_record_text(proposal, "category")),
				ps_shown_text(proposal, "details"));
	PsAskChoice ask = {.title = title, .options = options, .n_options = G_N_ELEMENTS(options)};

	return ps_ask_choice(app, &ask);
}

static PsChanged
answer(PsApp *app, const char *decision, const char *argument, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(app->store, "decision", decision, error);
	g_autofree char *word = !record    ? NULL
				: argument ? g_strdup(argument)
					   : ask_answer(app, record);

	if (!word)
		return PS_CHANGED_NOTHING;
	Answer data = {decision, g_str_equal(word, "accept")};
	if (!data.accepted && !g_str_equal(word, "decline")) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no answer to a proposal: accept or decline."), word);
		return PS_CHANGED_NOTHING;
	}
	if (!ps_app_write(app, write_answer, &data, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, "%s",
		   data.accepted ? _("Decided as proposed.")
				 : _("Declined: taken out of the case."));
	return PS_CHANGED_DATA;
}

PsChanged
ps_case_do_proposal(PsApp *app, const char *case_id, const char *decision, const char *argument,
		    GError **error)
{
	g_autofree char *id = g_strdup(decision);

	if (!id) {
		g_autoptr(GPtrArray) proposals = read_proposals(app, case_id, error);
		if (!proposals)
			return PS_CHANGED_NOTHING;
		if (proposals->len == 0) {
			ps_app_say(app, PS_SAY_NOTE, _("No upstream advisory proposes a remedy."));
			return PS_CHANGED_NOTHING;
		}
		id = ask_which(app, proposals);
	}
	return id ? answer(app, id, argument, error) : PS_CHANGED_NOTHING;
}
