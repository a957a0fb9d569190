#include "config.h"

#include "ui/panes/choices.h"

#include "base/i18n.h"

#define TOKENS(rows)                                                                               \
	{                                                                                          \
		rows, G_N_ELEMENTS(rows)                                                           \
	}

static const PsTokenRow product_statuses[] = {
	{"known_affected", N_("affected"), N_("The flaw can be used in this release."),
	 PS_ROLE_BAD},
	{"known_not_affected", N_("not affected"),
	 N_("The flaw can't be used in this release; a justification says why."), PS_ROLE_GOOD},
	{"fixed", N_("fixed"), N_("The release contains the fix."), PS_ROLE_GOOD},
	{"under_investigation", N_("investigating"),
	 N_("Not known yet; users will be told when it is."), PS_ROLE_WARN},
	{"first_fixed", N_("first fixed"), N_("The first release that contains the fix."),
	 PS_ROLE_GOOD},
	{"first_affected", N_("first affected"), N_("The first release that has the flaw."),
	 PS_ROLE_BAD},
	{"last_affected", N_("last affected"), N_("The last release that has the flaw."),
	 PS_ROLE_BAD},
	{"recommended", N_("recommended"), N_("The release that users should go to."),
	 PS_ROLE_GOOD},
};
const PsTokens ps_product_statuses = TOKENS(product_statuses);

static const PsTokenRow justifications[] = {
	{"component_not_present", N_("component not present"),
	 N_("The release does not contain the component that has the flaw."), PS_ROLE_NORMAL},
	{"vulnerable_code_not_present", N_("code not present"),
	 N_("The component is there, but its faulty code was left out, as by a build option."),
	 PS_ROLE_NORMAL},
	{"vulnerable_code_not_in_execute_path", N_("code never runs"),
	 N_("The faulty code is there, but nothing ever calls it."), PS_ROLE_NORMAL},
	{"vulnerable_code_cannot_be_controlled_by_adversary", N_("out of reach"),
	 N_("The faulty code runs, but never on anything that an attacker can influence."),
	 PS_ROLE_NORMAL},
	{"inline_mitigations_already_exist", N_("protected already"),
	 N_("Protections that are built in and can't be switched off keep it from being used."),
	 PS_ROLE_NORMAL},
};
const PsTokens ps_justifications = TOKENS(justifications);

static const PsTokenRow remediations[] = {
	{"vendor_fix", N_("fix"), N_("We provide a release or patch that removes the flaw."),
	 PS_ROLE_NORMAL},
	{"mitigation", N_("mitigation"),
	 N_("Something lowers the risk; the flaw itself stays for now."), PS_ROLE_NORMAL},
	{"workaround", N_("workaround"),
	 N_("A setting or way of use avoids the flaw, without a change of the product."),
	 PS_ROLE_NORMAL},
	{"fix_planned", N_("fix planned"), N_("A fix will come; users are told when."),
	 PS_ROLE_NORMAL},
	{"no_fix_planned", N_("no fix planned"),
	 N_("We decided not to fix it, and say so; the remaining risk is accepted by somebody."),
	 PS_ROLE_NORMAL},
	{"none_available", N_("none available"), N_("There is nothing to offer at present."),
	 PS_ROLE_NORMAL},
};
const PsTokens ps_remediations = TOKENS(remediations);

static const PsTokenRow tlp_labels[] = {
	{"RED", N_("RED"), N_("For the ears of named persons only."), PS_ROLE_BAD},
	{"AMBER+STRICT", N_("AMBER+STRICT"), N_("Within our own organisation, where needed."),
	 PS_ROLE_WARN},
	{"AMBER", N_("AMBER"),
	 N_("Within our organisation and to its clients, where needed to protect them."),
	 PS_ROLE_WARN},
	{"GREEN", N_("GREEN"), N_("Within the community, not in public."), PS_ROLE_GOOD},
	{"CLEAR", N_("CLEAR"), N_("Anybody may know."), PS_ROLE_NORMAL},
};
const PsTokens ps_tlp_labels = TOKENS(tlp_labels);

static const PsTokenRow rm_states[] = {
	{"START", N_("START"), N_("Nothing was reported yet."), PS_ROLE_NORMAL},
	{"RECEIVED", N_("RECEIVED"), N_("A report came; it is to be judged."), PS_ROLE_NORMAL},
	{"VALID", N_("VALID"), N_("The report is right: the flaw exists in a product of ours."),
	 PS_ROLE_NORMAL},
	{"INVALID", N_("INVALID"),
	 N_("The report is not right as it stands: not a flaw, not ours, or not reproducible."),
	 PS_ROLE_NORMAL},
	{"ACCEPTED", N_("ACCEPTED"), N_("We work on it now."), PS_ROLE_NORMAL},
	{"DEFERRED", N_("DEFERRED"), N_("It is valid, but put off."), PS_ROLE_NORMAL},
	{"CLOSED", N_("CLOSED"), N_("All is done, or nothing more will be."), PS_ROLE_NORMAL},
};
const PsTokens ps_rm_states = TOKENS(rm_states);

static const PsTokenRow em_states[] = {
	{"NONE", N_("NONE"), N_("No embargo: nobody asked for one, or it was declined."),
	 PS_ROLE_NORMAL},
	{"PROPOSED", N_("PROPOSED"), N_("Somebody proposed to keep it secret until a date."),
	 PS_ROLE_NORMAL},
	{"ACTIVE", N_("ACTIVE"), N_("The embargo is agreed: nothing is published before its end."),
	 PS_ROLE_NORMAL},
	{"REVISE", N_("REVISE"), N_("Another end was proposed; the agreed one holds meanwhile."),
	 PS_ROLE_NORMAL},
	{"EXITED", N_("EXITED"), N_("The embargo is over; everybody may speak."), PS_ROLE_NORMAL},
};
const PsTokens ps_em_states = TOKENS(em_states);

static const PsTokenRow cs_letters[] = {
	{"V", N_("vendor aware"), N_("We, the vendor, know of it."), PS_ROLE_NORMAL},
	{"F", N_("fix ready"), N_("A fix exists that can be delivered."), PS_ROLE_NORMAL},
	{"D", N_("fix deployed"), N_("The fix has reached those who run the product."),
	 PS_ROLE_NORMAL},
	{"P", N_("public aware"), N_("The flaw is known in public."), PS_ROLE_NORMAL},
	{"X", N_("exploit public"), N_("A way to use it is known in public."), PS_ROLE_NORMAL},
	{"A", N_("attacks observed"), N_("It is used in attacks: legal clocks may start."),
	 PS_ROLE_NORMAL},
};
const PsTokens ps_cs_letters = TOKENS(cs_letters);

static const PsTokenRow outcomes[] = {
	{"accepted", N_("accepted"), N_("A flaw of ours."), PS_ROLE_NORMAL},
	{"duplicate", N_("duplicate"), N_("Another case has it already."), PS_ROLE_NORMAL},
	{"not-reproducible", N_("not reproducible"), N_("We could not make it happen."),
	 PS_ROLE_NORMAL},
	{"out-of-scope", N_("out of scope"), N_("Not a product of ours, or not a security flaw."),
	 PS_ROLE_NORMAL},
	{"rejected", N_("rejected"), N_("The report is wrong."), PS_ROLE_NORMAL},
	{"informative", N_("informative"), N_("Good to know, but nothing to fix."), PS_ROLE_NORMAL},
	{"needs-more-info", N_("needs more"), N_("We asked the reporter for more."),
	 PS_ROLE_NORMAL},
	{"spam", N_("spam"), N_("No report at all."), PS_ROLE_NORMAL},
};
const PsTokens ps_outcomes = TOKENS(outcomes);

static const PsTokenRow exploited[] = {
	{"no", N_("not exploited"), N_("Nothing is known of exploits."), PS_ROLE_NORMAL},
	{"poc", N_("demonstrated"), N_("A demonstration exists."), PS_ROLE_WARN},
	{"active", N_("exploited"), N_("It is used in attacks."), PS_ROLE_BAD},
	{"unknown", N_("not known"), N_("Nobody has looked yet."), PS_ROLE_DIM},
};
const PsTokens ps_exploited = TOKENS(exploited);

const PsTokenRow *
ps_token_row(const PsTokens *tokens, const char *token)
{
	for (gsize i = 0; token && i < tokens->n_rows; i++)
		if (g_str_equal(tokens->rows[i].token, token))
			return &tokens->rows[i];
	return NULL;
}

const char *
ps_token_word(const PsTokens *tokens, const char *token)
{
	const PsTokenRow *row = ps_token_row(tokens, token);

	return row ? _(row->word) : token ? token : "";
}

PsRole
ps_token_role(const PsTokens *tokens, const char *token)
{
	const PsTokenRow *row = ps_token_row(tokens, token);

	return row ? row->role : PS_ROLE_NORMAL;
}

char *
ps_ask_token(PsApp *app, const PsTokens *tokens, const char *title, const char *initial,
	     const char *const *only, gboolean optional)
{
	g_autofree PsOption *options = g_new0(PsOption, tokens->n_rows);
	gsize count = 0;

	for (gsize i = 0; i < tokens->n_rows; i++) {
		const PsTokenRow *row = &tokens->rows[i];
		if (!only || g_strv_contains(only, row->token))
			options[count++] =
				(PsOption){row->token, _(row->word), _(row->meaning), NULL};
	}
	PsAskChoice ask = {.title = title,
			   .options = options,
			   .n_options = count,
			   .initial = initial,
			   .optional = optional};
	return ps_ask_choice(app, &ask);
}
