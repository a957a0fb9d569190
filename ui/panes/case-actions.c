#include "config.h"

/* What can be done in the overview of a case. */

#include "ui/panes/case-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/case-moves.h"
#include "ui/panes/cwe-picker.h"
#include "ui/panes/mail-reply.h"

/* ---- steps ---- */

static const struct {
	const char *token, *action;
} step_actions[] = {
	{"own", "case.own"},
	{"acknowledge", "case.reply"},
	{"follow_up", "case.reply"},
	{"validate", "case.state"},
	{"accept", "case.state"},
	{"close", "case.state"},
	{"tasks", "case.timeline"},
	{"embargo", "case.embargo"},
	{"embargo_end", "case.embargo_end"},
	{"describe", "case.vulnerability"},
	{"affect", "case.affected"},
	{"justify", "case.affected"},
	{"score", "case.scoring"},
	{"decide", "case.decide"},
	{"fixed", "case.facts"},
	{"advisory", "case.advisory"},
	{"publish", "case.advisory"},
	{"propose", "case.proposals"},
	{"review", "case.advisory"},
	{"reviewed", "case.advisory"},
	{"armed", "case.advisory"},
	{"refresh", "case.changes"},
	{"release", "case.release"},
};

const char *
ps_case_step_action(const char *token)
{
	for (gsize i = 0; token && i < G_N_ELEMENTS(step_actions); i++)
		if (g_str_equal(step_actions[i].token, token))
			return step_actions[i].action;
	return NULL;
}

/* ---- other panes ---- */

static PsChanged
open_class(PsApp *app, PsPane *pane, const char *class_name, GError **error)
{
	ps_app_open(app, class_name, ((PsCasePane *)pane)->case_id, error);
	return PS_CHANGED_VIEW;
}

#define OPEN(name, class_name)                                                                     \
	static PsChanged name(PsApp *app, PsPane *pane, const char *argument, GError **error)      \
	{                                                                                          \
		(void)argument;                                                                    \
		return open_class(app, pane, class_name, error);                                   \
	}

OPEN(open_affected, "affected")
OPEN(open_scoring, "scoring")
OPEN(open_ssvc, "ssvc")
OPEN(open_timeline, "timeline")
OPEN(open_advisory, "advisory")
OPEN(open_changes, "advisory-changes")
OPEN(open_release, "release")

static PsChanged
open_record(PsApp *app, const char *kind, const char *id, GError **error)
{
	g_autofree char *address = g_strdup_printf("%s/%s", kind, id);

	ps_app_open(app, "record", address, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
open_fields(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	return open_record(app, "case", ((PsCasePane *)pane)->case_id, error);
}

/* ---- mail ---- */

/* The mail in the inbox with this Message-ID; NULL: it is not there (any more). */
static char *
find_mail(PsApp *app, const char *message_id)
{
	const char *filters[] = {"message_id", message_id, NULL};
	g_autoptr(GPtrArray) mails =
		ps_store_list(app->store,
			      &(PsQuery){.kind = "mail", .filters = filters, .limit = 1}, NULL);

	return mails && mails->len > 0 ? g_strdup(ps_record_id(g_ptr_array_index(mails, 0))) : NULL;
}

static PsChanged
open_mail(PsApp *app, const char *kind, const char *id, const char *message_id, GError **error)
{
	g_autofree char *mail = message_id ? find_mail(app, message_id) : NULL;

	if (!mail)
		return open_record(app, kind, id, error);
	ps_app_open(app, "message", mail, error);
	return PS_CHANGED_VIEW;
}

/* Reports and messages of the case. */
static GPtrArray *
list_messages(PsCasePane *self)
{
	GPtrArray *nodes = g_ptr_array_new();

	for (guint i = 0; self->nodes && i < self->nodes->roots->len; i++) {
		const PsCaseNode *head = g_ptr_array_index(self->nodes->roots, i);
		for (guint j = 0; head->children && j < head->children->len; j++) {
			PsCaseNode *node = g_ptr_array_index(head->children, j);
			if (g_strcmp0(node->kind, "message") == 0)
				g_ptr_array_add(nodes, node);
		}
	}
	return nodes;
}

static const char *
refuse_no_messages(PsApp *app, PsPane *pane)
{
	g_autoptr(GPtrArray) messages = list_messages((PsCasePane *)pane);

	(void)app;
	return messages->len == 0 ? _("The case has no messages.") : NULL;
}

static const PsCaseNode *
ask_message(PsApp *app, GPtrArray *messages)
{
	g_autofree PsOption *options = g_new0(PsOption, messages->len);
	g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);

	if (messages->len == 1)
		return g_ptr_array_index(messages, 0);
	/* Newest first. */
	for (guint i = 0; i < messages->len; i++) {
		const PsCaseNode *node = g_ptr_array_index(messages, messages->len - 1 - i);
		g_ptr_array_add(labels, g_strdup_printf("%s %.3s", node->when, node->label));
		options[i] =
			(PsOption){node->record, g_ptr_array_index(labels, i), node->text, NULL};
	}
	PsAskChoice ask = {.title = _("Messages of the case"),
			   .options = options,
			   .n_options = messages->len};
	g_autofree char *id = ps_ask_choice(app, &ask);
	for (guint i = 0; id && i < messages->len; i++) {
		const PsCaseNode *node = g_ptr_array_index(messages, i);
		if (g_str_equal(node->record, id))
			return node;
	}
	return NULL;
}

static PsChanged
open_messages(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autoptr(GPtrArray) messages = list_messages((PsCasePane *)pane);
	const PsCaseNode *node = ask_message(app, messages);

	(void)argument;
	return node ? open_mail(app, node->kind, node->record, node->message_id, error)
		    : PS_CHANGED_NOTHING;
}

/* To the newest message that came in. */
static PsChanged
reply(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autoptr(GPtrArray) messages = list_messages((PsCasePane *)pane);
	g_autofree char *mail = NULL;

	for (guint i = messages->len; i > 0 && !mail; i--) {
		const PsCaseNode *node = g_ptr_array_index(messages, i - 1);
		if (g_str_has_prefix(node->label, "←") && node->message_id)
			mail = find_mail(app, node->message_id);
	}
	if (!mail) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("No mail of the case is in the inbox: there is nothing to "
				      "reply to."));
		return PS_CHANGED_NOTHING;
	}
	return ps_mail_reply(app, mail, argument, error);
}

/* ---- vulnerabilities ---- */

/* The vulnerability under the cursor, the only one, or one that is asked for: new id. */
static char *
which_vulnerability(PsApp *app, PsCasePane *self)
{
	const PsCaseNode *node = ps_case_pane_node(self);

	if (!self->nodes)
		return NULL;
	if (node && g_strcmp0(node->kind, "vulnerability") == 0)
		return g_strdup(node->record);
	if (self->nodes->vulnerabilities->len == 1)
		return g_strdup(ps_record_id(g_ptr_array_index(self->nodes->vulnerabilities, 0)));
	return ps_ask_vulnerability(app, self->nodes->vulnerabilities, _("Which vulnerability?"),
				    NULL, FALSE);
}

static const char *
refuse_no_vulnerability(PsApp *app, PsPane *pane)
{
	const PsCasePane *self = (PsCasePane *)pane;

	(void)app;
	return self->nodes && self->nodes->vulnerabilities->len == 0
		       ? _("The case has no vulnerability yet: Y adds one.")
		       : NULL;
}

static PsChanged
open_vulnerability(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = which_vulnerability(app, (PsCasePane *)pane);

	(void)argument;
	return id ? open_record(app, "vulnerability", id, error) : PS_CHANGED_NOTHING;
}

static PsChanged
set_weakness(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = which_vulnerability(app, (PsCasePane *)pane);
	g_autoptr(PsRecord) record =
		id ? ps_store_get(app->store, "vulnerability", id, error) : NULL;
	const char *seen = record ? ps_record_text(record, "cwe") : NULL;
	g_autofree char *cwe = !record    ? NULL
			       : argument ? g_strdup(argument)
					  : ps_ask_cwe(app, seen, TRUE);

	return cwe && ps_app_set_seen(app, "case.cwe", "vulnerability", id, "cwe", cwe,
				      seen ? seen : "", error)
		       ? PS_CHANGED_DATA
		       : PS_CHANGED_NOTHING;
}

static PsChanged
add_child(PsApp *app, PsPane *pane, const char *action, const char *kind, const char *const *pairs,
	  GError **error)
{
	g_autofree char *id = ps_app_create(app, action, kind, pairs, error);

	(void)pane;
	if (!id)
		return PS_CHANGED_NOTHING;
	ps_app_refresh(app);
	return open_record(app, kind, id, error);
}

static PsChanged
new_vulnerability(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAskLine ask = {.label = _("Title of the vulnerability")};
	g_autofree char *title = argument ? g_strdup(argument) : ps_ask_line(app, &ask);
	const char *pairs[] = {"case", ((PsCasePane *)pane)->case_id, "title", title, NULL};

	return title ? add_child(app, pane, "case.new_vulnerability", "vulnerability", pairs, error)
		     : PS_CHANGED_NOTHING;
}

static PsChanged
new_reference(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAskLine ask_url = {.label = _("Web address")};
	PsAskLine ask_summary = {.label = _("What is found there")};
	g_autofree char *url = argument ? g_strdup(argument) : ps_ask_line(app, &ask_url);
	g_autofree char *summary = !url || !*url ? NULL
				   : argument    ? g_strdup(url)
						 : ps_ask_line(app, &ask_summary);
	const char *pairs[] = {"case",     ((PsCasePane *)pane)->case_id,
			       "url",      url,
			       "summary",  summary,
			       "category", "external",
			       NULL};

	if (!summary || !*summary)
		return PS_CHANGED_NOTHING;
	g_autofree char *id = ps_app_create(app, "case.new_reference", "reference", pairs, error);
	return id ? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
}

static PsChanged
list_involvements(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *what =
		g_strdup_printf("involvement case=%s", ((PsCasePane *)pane)->case_id);

	(void)argument;
	ps_app_open(app, "list", what, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
open_cve_ids(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_app_open(app, "cve-ids", ((PsCasePane *)pane)->case_id, error);
	return PS_CHANGED_VIEW;
}

/* ---- moves ---- */

#define MOVE(name, call, ...)                                                                      \
	static PsChanged name(PsApp *app, PsPane *pane, const char *argument, GError **error)      \
	{                                                                                          \
		return call(app, ((PsCasePane *)pane)->case_id, ##__VA_ARGS__, argument, error);   \
	}

MOVE(move_rm, ps_case_do_move, "rm")
MOVE(move_em, ps_case_do_move, "em")
MOVE(move_cs, ps_case_do_move, "cs")
MOVE(own, ps_case_do_own)
MOVE(decide, ps_case_do_decide)
MOVE(add_task, ps_case_do_task)
MOVE(add_log, ps_case_do_log)
MOVE(signal_exploitation, ps_case_do_signal)
MOVE(set_tlp, ps_case_do_tlp)

static PsChanged
set_embargo_end(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	return ps_case_do_time(app, "case", ((PsCasePane *)pane)->case_id, "embargo_until",
			       argument, error);
}

static const char *
refuse_no_task(PsApp *app, PsPane *pane)
{
	const PsCaseNode *node = ps_case_pane_node((PsCasePane *)pane);

	(void)app;
	return node && g_strcmp0(node->kind, "task") == 0
		       ? NULL
		       : _("There is no task under the cursor: open “Tasks” and go to one.");
}

static PsChanged
finish_task(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *id = g_strdup(ps_case_pane_node((PsCasePane *)pane)->record);

	(void)argument;
	return ps_case_do_task_done(app, id, error);
}

/* ---- Enter ---- */

/* Where a row of a kind, or the head of its section, leads; others are shown with their fields. */
static const struct {
	const char *kind, *action;
} row_actions[] = {
	{"affected", "case.affected"},   {"score", "case.scoring"},  {"task", "case.timeline"},
	{"ssvc", "case.decision_table"}, {"event", "case.timeline"}, {"advisory", "case.advisory"},
};

static PsChanged
run_action(PsApp *app, const char *id)
{
	const PsAction *action = ps_action_find(id, NULL);

	if (action)
		ps_app_run(app, action, NULL);
	return PS_CHANGED_VIEW;
}

static PsChanged
open_row(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsCasePane *self = (PsCasePane *)pane;
	const PsCaseNode *node = ps_case_pane_node(self);

	(void)argument;
	if (!node)
		return PS_CHANGED_NOTHING;
	if (node->step)
		return run_action(app, ps_case_step_action(node->step));
	const char *kind = node->kind ? node->kind : strchr(node->id, '/') + 1;
	for (gsize i = 0; i < G_N_ELEMENTS(row_actions); i++)
		if (g_str_equal(row_actions[i].kind, kind))
			return run_action(app, row_actions[i].action);
	if (node->kind)
		return open_mail(app, node->kind, node->record, node->message_id, error);
	ps_widget_move(pane->widget, PS_MOVE_TOGGLE);
	return PS_CHANGED_VIEW;
}

/* The proposal under the cursor, else one of them. */
static PsChanged
answer_proposal(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsCasePane *self = (PsCasePane *)pane;
	const PsCaseNode *node = ps_case_pane_node(self);
	gboolean decision = node && g_strcmp0(node->kind, "decision") == 0;
	g_autoptr(PsRecord) record =
		decision ? ps_store_get(app->store, "decision", node->record, NULL) : NULL;
	g_autofree char *id = record && ps_record_flag(record, "proposed")
				      ? g_strdup(ps_record_id(record))
				      : NULL;

	return ps_case_do_proposal(app, self->case_id, id, argument, error);
}

static const char *
refuse_no_advisory(PsApp *app, PsPane *pane)
{
	g_autoptr(GPtrArray) advisories =
		ps_store_children(app->store, "advisory", ((PsCasePane *)pane)->case_id, NULL);

	return advisories && advisories->len > 0 ? NULL
						 : _("The case has no advisory yet: v drafts it.");
}

#define WRITES (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED)
#define ASKS (PS_ACTION_HINT | PS_ACTION_ARGUMENT)

const PsAction ps_case_actions[PS_CASE_ACTIONS] = {
	{"case.row", N_("Do the step, or open the row"), N_("open"), "Enter", PS_NEEDS_ROW,
	 PS_ACTION_HINT, NULL, open_row},
	{"case.affected", N_("Which releases are affected"), N_("affected"), "a", 0, PS_ACTION_HINT,
	 NULL, open_affected},
	{"case.scoring", N_("Score it"), N_("score"), "s", 0, PS_ACTION_HINT, NULL, open_scoring},
	{"case.decision_table", N_("Decide how urgent it is, by an SSVC table"), N_("SSVC"), "S", 0,
	 PS_ACTION_HINT, NULL, open_ssvc},
	{"case.timeline", N_("The timeline"), N_("timeline"), "t", 0, PS_ACTION_HINT, NULL,
	 open_timeline},
	{"case.advisory", N_("The advisory; drafted where there is none"), N_("advisory"), "v", 0,
	 PS_ACTION_HINT, NULL, open_advisory},
	{"case.changes", N_("Changes of the case that its advisory was not told of yet"), NULL, "c",
	 PS_NEEDS_UNLOCKED, 0, refuse_no_advisory, open_changes},
	{"case.release", N_("The steps of the release day"), NULL, "X", PS_NEEDS_UNLOCKED, 0,
	 refuse_no_advisory, open_release},
	{"case.proposals", N_("Accept or decline a remedy that an upstream advisory proposes"),
	 NULL, "p", WRITES, PS_ACTION_ARGUMENT, NULL, answer_proposal},
	{"case.state", N_("Move the case on: valid, accepted, closed"), N_("state"), "R",
	 PS_NEEDS_WRITABLE, ASKS, NULL, move_rm},
	{"case.reply", N_("Reply to the newest message"), N_("reply"), "r", 0, PS_ACTION_HINT,
	 refuse_no_messages, reply},
	{"case.messages", N_("Read a message of the case"), N_("mail"), "m", 0, PS_ACTION_HINT,
	 refuse_no_messages, open_messages},
	{"case.decide", N_("Decide what to do, with the reason"), N_("decide"), "d", WRITES, ASKS,
	 NULL, decide},
	{"case.task", N_("Add a task with its due date"), N_("task"), "n", WRITES, ASKS, NULL,
	 add_task},
	{"case.finish_task", N_("The task under the cursor is done"), N_("done"), "x", WRITES,
	 PS_ACTION_HINT, refuse_no_task, finish_task},
	{"case.log", N_("Write into the log of the case"), N_("log"), "w +", WRITES, ASKS, NULL,
	 add_log},
	{"case.own", N_("Say whose case it is"), N_("owner"), "o", PS_NEEDS_WRITABLE, ASKS, NULL,
	 own},
	{"case.embargo", N_("Move the embargo: propose, agree, end it"), N_("embargo"), "E",
	 PS_NEEDS_WRITABLE, ASKS, NULL, move_em},
	{"case.embargo_end", N_("Set when the embargo ends"), NULL, "D", PS_NEEDS_WRITABLE,
	 PS_ACTION_ARGUMENT, NULL, set_embargo_end},
	{"case.facts", N_("Say what has become true: fix ready, public, attacks"), N_("facts"), "C",
	 PS_NEEDS_WRITABLE, ASKS, NULL, move_cs},
	{"case.signal", N_("Record a signal of exploitation or of an incident"), N_("signal"), "!",
	 WRITES, ASKS, NULL, signal_exploitation},
	{"case.tlp", N_("Set the TLP label"), N_("TLP"), "T", PS_NEEDS_WRITABLE, ASKS, NULL,
	 set_tlp},
	{"case.fields", N_("Every field of the case: title, summary, times"), N_("fields"), "e", 0,
	 PS_ACTION_HINT, NULL, open_fields},
	{"case.vulnerability", N_("CWE, CVE and description of a vulnerability"), N_("flaw"), "y",
	 0, PS_ACTION_HINT, refuse_no_vulnerability, open_vulnerability},
	{"case.cwe", N_("Choose the weakness (CWE) of a vulnerability"), N_("CWE"), "W", WRITES,
	 ASKS, refuse_no_vulnerability, set_weakness},
	{"case.cve_ids", N_("Ask for a CVE id, or give the case one of the register"), NULL, "V",
	 PS_NEEDS_WORKSPACE, 0, NULL, open_cve_ids},
	{"case.new_vulnerability", N_("Add a vulnerability"), NULL, "Y", WRITES, PS_ACTION_ARGUMENT,
	 NULL, new_vulnerability},
	{"case.new_reference", N_("Add a link for the advisory"), NULL, "K", WRITES,
	 PS_ACTION_ARGUMENT, NULL, new_reference},
	{"case.involvements", N_("Who is how far, for the advisory"), NULL, "I", PS_NEEDS_WORKSPACE,
	 0, NULL, list_involvements},
};
