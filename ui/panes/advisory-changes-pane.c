#include "config.h"

/* What changed in the case since the advisory's author last looked: each change is accepted, or the
 * old text kept. What was edited by hand stays in either case. */

#include "advisory/refresh.h"
#include "base/error.h"
#include "base/i18n.h"
#include "ui/pane.h"
#include "ui/panes/change-list.h"
#include "ui/panes/pane-table.h"

typedef struct {
	PsPane pane;
	PsChangeList *changes;
	char *advisory; /* id; NULL: it can't be read now */
	char *name;
	char *reason; /* why it can't; NULL: it can */
} ChangesPane;

#define NOTHING N_("Nothing changed in the case since you last looked.")

/* ---- reading ---- */

static const char *
note_of(const PsAdvisoryChange *change)
{
	if (change->edited)
		return _("Edited by hand: your text stays, whatever you answer.");
	return change->shown ? _("The document shows it already.")
			     : _("The document waits for your answer.");
}

static PsStyle
style_of(PsChangeKind kind)
{
	static const PsStyle styles[] = {
		[PS_CHANGE_CHANGED] = PS_ROLE_NORMAL,
		[PS_CHANGE_ADDED] = PS_ROLE_GOOD,
		[PS_CHANGE_REMOVED] = PS_ROLE_WARN,
	};

	return styles[kind];
}

static void
refresh(PsPane *pane)
{
	ChangesPane *self = (ChangesPane *)pane;
	GPtrArray *rows = ps_change_list_rows_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(pane->app->store, pane->argument, &error);
	g_autoptr(GPtrArray) changes = advisory ? ps_advisory_changes(advisory) : NULL;

	g_clear_pointer(&self->advisory, g_free);
	g_clear_pointer(&self->name, g_free);
	g_free(self->reason);
	self->reason = error ? g_strdup(error->message) : NULL;
	ps_change_list_set_empty(self->changes, self->reason ? self->reason : NOTHING);
	if (advisory) {
		self->advisory = g_strdup(ps_advisory_id(advisory));
		self->name = g_strdup(ps_record_text(ps_advisory_record(advisory), "tracking_id"));
	}
	for (guint i = 0; changes && i < changes->len; i++) {
		const PsAdvisoryChange *change = changes->pdata[i];
		PsChangeRow *row = ps_change_row_new(change->field, ps_change_text(change->kind),
						     style_of(change->kind));
		row->label = g_strdup(change->label);
		row->before = g_strdup(change->old_text);
		row->after = g_strdup(change->new_text);
		row->note = note_of(change);
		g_ptr_array_add(rows, row);
	}
	ps_change_list_set(self->changes, rows);
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	ChangesPane *self = (ChangesPane *)pane;

	self->changes = ps_change_list_new(NOTHING);
	pane->widget = ps_change_list_widget(self->changes);
	if (argument)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_USAGE, _("Open it from an advisory."));
	return FALSE;
}

static void
close_pane(PsPane *pane)
{
	ChangesPane *self = (ChangesPane *)pane;

	g_free(self->advisory);
	g_free(self->name);
	g_free(self->reason);
}

static char *
subject(PsPane *pane)
{
	return g_strdup(((ChangesPane *)pane)->name);
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "advisory";
	return ((ChangesPane *)pane)->advisory;
}

/* ---- answering ---- */

typedef struct {
	const char *advisory;
	const char *const *accept, *const *keep;
	guint answered;
} Answer;

static gboolean
write_answer(PsStore *store, gpointer data, GError **error)
{
	Answer *answer = data;

	return ps_advisory_answer(store, answer->advisory, answer->accept, answer->keep,
				  &answer->answered, error);
}

static PsChanged
answer(PsPane *pane, gboolean accept, gboolean all, GError **error)
{
	ChangesPane *self = (ChangesPane *)pane;
	g_autoptr(GPtrArray) fields = ps_change_list_targets(self->changes);
	g_autofree char *id = g_strdup(self->advisory);
	static const char *const everything[] = {"", NULL};
	Answer given = {.advisory = id};

	g_ptr_array_add(fields, NULL);
	const char *const *named = all ? everything : (const char *const *)fields->pdata;
	if (accept)
		given.accept = named;
	else
		given.keep = named;
	if (!ps_app_write(pane->app, write_answer, &given, error))
		return PS_CHANGED_NOTHING;
	ps_change_list_unmark(self->changes);
	g_autofree char *key = ps_app_key_of(pane->app, "edit.undo");
	ps_app_say(pane->app, PS_SAY_GOOD,
		   ngettext("%u change is answered; %s takes it back.",
			    "%u changes are answered; %s takes it back.", given.answered),
		   given.answered, key);
	return PS_CHANGED_DATA;
}

static PsChanged
run_accept(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	return answer(pane, TRUE, FALSE, error);
}

static PsChanged
run_accept_all(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	return answer(pane, TRUE, TRUE, error);
}

static PsChanged
run_keep(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	return answer(pane, FALSE, FALSE, error);
}

static PsChanged
run_whole(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_change_list_toggle_whole(((ChangesPane *)pane)->changes);
	return PS_CHANGED_VIEW;
}

#define WRITES (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED | PS_NEEDS_ROW)

static const PsAction actions[] = {
	{"changes.accept", N_("Accept the change, or the marked ones"), N_("accept"), "a", WRITES,
	 PS_ACTION_HINT, NULL, run_accept},
	{"changes.keep", N_("Keep the old text, as an edit by hand"), N_("keep the old"), "o",
	 WRITES, PS_ACTION_HINT, NULL, run_keep},
	{"changes.accept-all", N_("Accept every change"), N_("accept all"), "A", WRITES,
	 PS_ACTION_HINT, NULL, run_accept_all},
	{"changes.whole", N_("Read the change in full, or the list again"), N_("read"), "Enter",
	 PS_NEEDS_ROW, PS_ACTION_HINT, NULL, run_whole},
};

const PsPaneClass ps_advisory_changes_pane = {
	.name = "advisory-changes",
	.title = N_("Changes of the case"),
	.size = sizeof(ChangesPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
