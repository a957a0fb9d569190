#include "config.h"

/* What can be done in the pane of affected releases. */

#include "ui/panes/affected-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/case.h"
#include "cases/edit.h"
#include "ui/ask.h"
#include "ui/panes/case-common.h"
#include "ui/panes/choices.h"

/* ---- status ---- */

/* The entry for exactly the pane's vulnerability; NULL: there is none. */
static const PsRecord *
exact_entry(const PsAffected *self, const PsAffectedRow *row)
{
	const PsRecord *entry = row ? row->entry : NULL;

	return entry && g_strcmp0(ps_record_text(entry, "vulnerability"), self->vulnerability) == 0
		       ? entry
		       : NULL;
}

typedef struct {
	const char *case_id;
	GPtrArray *releases; /* NULL-terminated */
	PsAffect affect;
	char *hint;
} Affect;

static gboolean
write_affect(PsStore *store, gpointer data, GError **error)
{
	Affect *affect = data;

	return ps_case_affect(store, affect->case_id, (const char *const *)affect->releases->pdata,
			      &affect->affect, &affect->hint, error);
}

/* What the list showed of each product: another status in the store is a conflict. */
static GPtrArray *
seen_statuses(const PsAffected *self, GPtrArray *releases)
{
	GPtrArray *seen = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < releases->len; i++) {
		const PsRecord *entry =
			exact_entry(self, ps_affected_row(self, g_ptr_array_index(releases, i)));
		g_ptr_array_add(seen, g_strdup(entry ? ps_record_text(entry, "status") : ""));
	}
	return seen;
}

static gboolean
set_status(PsAffected *self, const char *status, const char *justification, GError **error)
{
	g_autoptr(GPtrArray) releases = ps_list_targets(self->list);
	g_autoptr(GPtrArray) seen = seen_statuses(self, releases);
	Affect affect = {.case_id = self->case_id,
			 .releases = releases,
			 .affect = {.vulnerability = self->vulnerability,
				    .status = status,
				    .justification =
					    justification && *justification ? justification : NULL,
				    .seen = (const char *const *)seen->pdata}};
	guint count = releases->len;

	g_ptr_array_add(releases, NULL);
	gboolean done = ps_app_write(self->pane.app, write_affect, &affect, error);
	g_autofree char *hint = affect.hint;
	if (!done)
		return FALSE;
	ps_list_unmark(self->list);
	if (hint)
		ps_app_say(self->pane.app, PS_SAY_WARN, "%s", hint);
	else
		ps_app_say(self->pane.app, PS_SAY_GOOD,
			   ngettext("%u product is “%s” now.", "%u products are “%s” now.", count),
			   count, ps_token_word(&ps_product_statuses, status));
	return TRUE;
}

static char *
ask_why(PsApp *app, const char *initial)
{
	return ps_ask_token(app, &ps_justifications, _("Why is it not affected?"), initial, NULL,
			    TRUE);
}

/* What is not affected is asked for its reason at once. */
static PsChanged
change_status(PsApp *app, PsPane *pane, const char *status, GError **error)
{
	PsAffected *self = (PsAffected *)pane;
	g_autofree char *why = NULL;

	if (g_str_equal(status, "known_not_affected")) {
		const PsAffectedRow *row = ps_list_row(self->list);
		const PsRecord *entry = exact_entry(self, row);
		why = ask_why(app, entry ? ps_record_text(entry, "justification") : NULL);
		if (!why)
			return PS_CHANGED_NOTHING;
	}
	return set_status(self, status, why, error) ? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
}

static PsChanged
choose_status(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAffected *self = (PsAffected *)pane;
	const PsAffectedRow *row = ps_list_row(self->list);
	const PsRecord *entry = exact_entry(self, row);
	g_autofree char *status = g_strdup(argument);
	guint marked = ps_list_marked(self->list);
	g_autofree char *label = ps_affected_label(self, row);
	g_autofree char *title =
		marked > 0 ? g_strdup_printf(ngettext("Status of %u product",
						      "Status of %u products", marked),
					     marked)
			   : g_strdup_printf(_("Status of %s"), label);

	if (!status)
		status = ps_ask_token(app, &ps_product_statuses, title,
				      entry ? ps_record_text(entry, "status") : NULL, NULL, FALSE);
	return status ? change_status(app, pane, status, error) : PS_CHANGED_NOTHING;
}

#define STATUS(name, token)                                                                        \
	static PsChanged name(PsApp *app, PsPane *pane, const char *argument, GError **error)      \
	{                                                                                          \
		(void)argument;                                                                    \
		return change_status(app, pane, token, error);                                     \
	}

STATUS(set_affected, "known_affected")
STATUS(set_not_affected, "known_not_affected")
STATUS(set_fixed, "fixed")
STATUS(set_investigated, "under_investigation")

/* ---- texts of an entry ---- */

static const char *
refuse_no_entry(PsApp *app, PsPane *pane)
{
	PsAffected *self = (PsAffected *)pane;

	(void)app;
	return exact_entry(self, ps_list_row(self->list))
		       ? NULL
		       : _("It has no status of its own here yet: Enter gives it one.");
}

static const char *
refuse_not_unaffected(PsApp *app, PsPane *pane)
{
	PsAffected *self = (PsAffected *)pane;
	const PsRecord *entry = exact_entry(self, ps_list_row(self->list));

	(void)app;
	if (!entry || g_strcmp0(ps_record_text(entry, "status"), "known_not_affected") != 0)
		return _("Only what is not affected has a justification.");
	return NULL;
}

static PsChanged
change_why(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAffected *self = (PsAffected *)pane;
	const PsRecord *entry = exact_entry(self, ps_list_row(self->list));
	g_autofree char *why = argument ? g_strdup(argument)
					: ask_why(app, ps_record_text(entry, "justification"));

	return why && set_status(self, "known_not_affected", why, error) ? PS_CHANGED_DATA
									 : PS_CHANGED_NOTHING;
}

typedef struct {
	const char *id, *field, *action;
	char *seen;
} TextEdit;

static gboolean
store_text(PsApp *app, const char *text, gpointer user, GError **error)
{
	const TextEdit *edit = user;
	g_autofree char *trimmed = g_strstrip(g_strdup(text));

	return ps_app_set_seen(app, edit->action, "affected", edit->id, edit->field, trimmed,
			       edit->seen, error);
}

static PsChanged
edit_text(PsApp *app, PsPane *pane, const char *field, const char *action, const char *argument,
	  GError **error)
{
	PsAffected *self = (PsAffected *)pane;
	const PsRecord *entry = exact_entry(self, ps_list_row(self->list));
	const char *text = ps_record_text(entry, field);
	g_autofree char *seen = g_strdup(text ? text : "");
	g_autofree char *id = g_strdup(ps_record_id(entry));
	TextEdit edit = {id, field, action, seen};
	gboolean stored = argument ? store_text(app, argument, &edit, error)
				   : ps_app_edit(app, ".txt", seen, store_text, &edit, error);

	return stored ? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
}

static PsChanged
edit_impact(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	return edit_text(app, pane, "impact", "affected.impact", argument, error);
}

static PsChanged
edit_note(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	return edit_text(app, pane, "note", "affected.note", argument, error);
}

/* ---- removing ---- */

static gboolean
write_remove(PsStore *store, gpointer data, GError **error)
{
	GPtrArray *ids = data;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "affected.remove", error);

	for (guint i = 0; txn && i < ids->len; i++)
		if (!ps_edit_delete(txn, "affected", g_ptr_array_index(ids, i), error))
			return FALSE;
	return txn && ps_txn_commit(txn, error);
}

static PsChanged
remove_entries(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAffected *self = (PsAffected *)pane;
	g_autoptr(GPtrArray) releases = ps_list_targets(self->list);
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	(void)argument;
	for (guint i = 0; i < releases->len; i++) {
		const PsRecord *entry =
			exact_entry(self, ps_affected_row(self, g_ptr_array_index(releases, i)));
		if (entry)
			g_ptr_array_add(ids, g_strdup(ps_record_id(entry)));
	}
	if (ids->len == 0) {
		ps_app_say(app, PS_SAY_NOTE, _("None of them has a status here."));
		return PS_CHANGED_NOTHING;
	}
	if (!ps_app_write(app, write_remove, ids, error))
		return PS_CHANGED_NOTHING;
	ps_list_unmark(self->list);
	g_autofree char *undo = ps_app_key_of(app, "edit.undo");
	ps_app_say(app, PS_SAY_GOOD, _("Taken out of the case. %s brings it back."), undo);
	return PS_CHANGED_DATA;
}

/* ---- for which vulnerability ---- */

static const char *
refuse_single(PsApp *app, PsPane *pane)
{
	(void)app;
	return ((PsAffected *)pane)->vulnerabilities->len < 2
		       ? _("The case has one vulnerability: a status holds for it.")
		       : NULL;
}

static PsChanged
choose_vulnerability(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsAffected *self = (PsAffected *)pane;
	g_autofree char *id = ps_ask_vulnerability(app, self->vulnerabilities, _("Status for"),
						   self->vulnerability, TRUE);

	(void)argument;
	(void)error;
	if (!id)
		return PS_CHANGED_NOTHING;
	g_free(self->vulnerability);
	self->vulnerability = *id ? g_steal_pointer(&id) : NULL;
	return PS_CHANGED_DATA;
}

#define WRITES (PS_NEEDS_WRITABLE | PS_NEEDS_ROW)

const PsAction ps_affected_actions[PS_AFFECTED_ACTIONS] = {
	{"case.affect", N_("Choose the status of the marked releases and combinations"),
	 N_("status"), "Enter", WRITES, PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, choose_status},
	{"affected.affected", N_("They are affected"), N_("affected"), "a", WRITES, PS_ACTION_HINT,
	 NULL, set_affected},
	{"affected.not-affected", N_("They are not affected; asks why"), N_("not"), "n", WRITES,
	 PS_ACTION_HINT, NULL, set_not_affected},
	{"affected.fixed", N_("They contain the fix"), N_("fixed"), "f", WRITES, PS_ACTION_HINT,
	 NULL, set_fixed},
	{"affected.investigate", N_("They are under investigation"), N_("investigate"), "i", WRITES,
	 PS_ACTION_HINT, NULL, set_investigated},
	{"affected.why", N_("Change why they are not affected"), N_("why"), "y", WRITES,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, refuse_not_unaffected, change_why},
	{"affected.impact", N_("Write the impact statement"), N_("impact"), "e",
	 WRITES | PS_NEEDS_UNLOCKED, PS_ACTION_HINT | PS_ACTION_ARGUMENT, refuse_no_entry,
	 edit_impact},
	{"affected.note", N_("Write a note for ourselves"), NULL, "t", WRITES | PS_NEEDS_UNLOCKED,
	 PS_ACTION_ARGUMENT, refuse_no_entry, edit_note},
	{"affected.remove", N_("Take them out of the case"), N_("remove"), "d Delete", WRITES,
	 PS_ACTION_HINT, NULL, remove_entries},
	{"affected.vulnerability", N_("Choose for which vulnerability a status is set"),
	 N_("which"), "w", 0, PS_ACTION_HINT, refuse_single, choose_vulnerability},
};
