#include "config.h"

/* The difference of two versions of an advisory, place by place. */

#include "advisory/diff.h"
#include "advisory/history.h"
#include "advisory/version.h"
#include "base/error.h"
#include "base/i18n.h"
#include "ui/pane.h"
#include "ui/panes/change-list.h"
#include "ui/panes/pane-table.h"

typedef struct {
	PsPane pane;
	PsChangeList *changes;
	char **words; /* advisory, older, newer */
	char *subject;
	const char *step; /* how far it carries; lent */
	char *reason;     /* why they can't be read; NULL: they can */
	gboolean all;     /* also what every new version changes */
} DiffPane;

#define NOTHING N_("Nothing differs but what every version changes.")

/* ---- reading ---- */

static PsStyle
style_of(PsDiffKind kind)
{
	static const PsStyle styles[] = {
		[PS_DIFF_ADDED] = PS_ROLE_GOOD,
		[PS_DIFF_REMOVED] = PS_ROLE_WARN,
		[PS_DIFF_CHANGED] = PS_ROLE_NORMAL,
		[PS_DIFF_ORDER] = PS_ROLE_DIM,
	};

	return styles[kind];
}

static GPtrArray *
rows_of(const GPtrArray *changes)
{
	GPtrArray *rows = ps_change_list_rows_new();

	for (guint i = 0; i < changes->len; i++) {
		const PsDiffChange *change = changes->pdata[i];
		g_autofree char *id = g_strdup_printf("%u %s", change->kind, change->field);
		PsChangeRow *row =
			ps_change_row_new(id, ps_diff_word(change->kind), style_of(change->kind));
		row->label = g_strdup(change->label);
		row->before = g_strdup(change->before);
		row->after = g_strdup(change->after);
		if (change->kind == PS_DIFF_ORDER)
			row->note = _("The same items, in another order.");
		g_ptr_array_add(rows, row);
	}
	return rows;
}

static gboolean
compare(DiffPane *self, GError **error)
{
	PsStore *store = self->pane.app->store;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, self->words[0], error);
	g_autoptr(cJSON) older =
		advisory ? ps_history_document(store, advisory, self->words[1], error) : NULL;
	g_autoptr(cJSON) newer =
		older ? ps_history_document(store, advisory, self->words[2], error) : NULL;

	if (!newer)
		return FALSE;
	g_autoptr(GPtrArray) content = ps_diff(older, newer, PS_DIFF_CONTENT);
	g_autoptr(GPtrArray) all = self->all ? ps_diff(older, newer, PS_DIFF_ALL) : NULL;
	g_free(self->subject);
	self->subject = g_strdup_printf("%s %s → %s",
					ps_record_text(ps_advisory_record(advisory), "tracking_id"),
					self->words[1], self->words[2]);
	self->step = ps_version_step_text(ps_version_step(content));
	ps_change_list_set(self->changes, rows_of(all ? all : content));
	return TRUE;
}

static void
refresh(PsPane *pane)
{
	DiffPane *self = (DiffPane *)pane;
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&self->reason, g_free);
	if (!compare(self, &error)) {
		/* Locked: nothing of it stays. */
		g_clear_pointer(&self->subject, g_free);
		self->step = NULL;
		self->reason = g_strdup(error->message);
		ps_change_list_set(self->changes, ps_change_list_rows_new());
	}
	ps_change_list_set_empty(self->changes, self->reason ? self->reason : NOTHING);
}

/* ---- the pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	DiffPane *self = (DiffPane *)pane;

	self->changes = ps_change_list_new(NOTHING);
	pane->widget = ps_change_list_widget(self->changes);
	self->words = g_strsplit(argument ? argument : "", " ", 3);
	if (g_strv_length(self->words) == 3)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_USAGE,
			    _("Open it from the versions of an advisory."));
	return FALSE;
}

static void
close_pane(PsPane *pane)
{
	DiffPane *self = (DiffPane *)pane;

	g_strfreev(self->words);
	g_free(self->subject);
	g_free(self->reason);
}

static char *
subject(PsPane *pane)
{
	return g_strdup(((DiffPane *)pane)->subject);
}

static char *
status(PsPane *pane)
{
	return g_strdup(((DiffPane *)pane)->step);
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "advisory";
	return ((DiffPane *)pane)->words[0];
}

static PsChanged
run_whole(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	(void)error;
	ps_change_list_toggle_whole(((DiffPane *)pane)->changes);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_all(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	DiffPane *self = (DiffPane *)pane;

	(void)app;
	(void)argument;
	(void)error;
	self->all = !self->all;
	refresh(pane);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"diff.whole", N_("Read the change in full, or the list again"), N_("read"), "Enter",
	 PS_NEEDS_ROW, PS_ACTION_HINT, NULL, run_whole},
	{"diff.all", N_("With or without what every version changes by itself"), N_("all/content"),
	 "a", 0, PS_ACTION_HINT, NULL, run_all},
};

const PsPaneClass ps_advisory_diff_pane = {
	.name = "advisory-diff",
	.title = N_("What changed"),
	.size = sizeof(DiffPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.status = status,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
