#include "config.h"

/* The versions of an advisory, the draft first: Enter shows what changed against the one before, or
 * between two that are marked. Below
 * stands how far review and publication are. */

#include "advisory/arm.h"
#include "advisory/history.h"
#include "advisory/review.h"
#include "advisory/version.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "ui/list.h"
#include "ui/pane.h"
#include "ui/panes/pane-table.h"

typedef struct {
	PsPane pane;
	PsList *list;
	GPtrArray *entries; /* PsEditionEntry*, oldest first */
	GPtrArray *rows;    /* the same, newest first; lent */
	char *advisory;     /* id; NULL: it can't be read now */
	char *name, *standing;
	char *reason; /* why it can't; NULL: it can */
} VersionsPane;

#define NOTHING N_("There is no version yet.")

/* ---- the list ---- */

enum { COLUMN_VERSION, COLUMN_STATUS, COLUMN_AT, COLUMN_APPROVAL, COLUMN_SUMMARY };

static const PsColumn columns[] = {
	[COLUMN_VERSION] = {N_("Version"), 10, 0, 0, FALSE},
	[COLUMN_STATUS] = {N_("Status"), 8, 0, 2, FALSE},
	[COLUMN_AT] = {N_("Published"), 13, 0, 0, FALSE},
	[COLUMN_SUMMARY] = {N_("What changed"), 20, 2, 0, FALSE},
	[COLUMN_APPROVAL] = {N_("Approved by"), 16, 1, 1, FALSE},
};

static gint64
count(gpointer user)
{
	return ((VersionsPane *)user)->rows->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((VersionsPane *)user)->rows, first, limit);
}

/* What ps_history_document() calls it. */
static const char *
entry_id(gconstpointer row)
{
	const PsEditionEntry *entry = row;

	return entry->published ? entry->version : PS_HISTORY_DRAFT;
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return entry_id(row);
}

static void
draw_row(gpointer user, gconstpointer row, PsCells *cells)
{
	const PsEditionEntry *entry = row;
	g_autofree char *at = entry->published ? ps_utc_brief(entry->at) : NULL;

	(void)user;
	ps_cell(cells, COLUMN_VERSION, entry->published ? PS_ROLE_NORMAL : PS_ROLE_STRONG,
		entry->version);
	ps_cell(cells, COLUMN_STATUS, PS_ROLE_NORMAL, entry->status);
	ps_cell(cells, COLUMN_AT, PS_ROLE_NORMAL, at ? at : _("not yet"));
	ps_cell(cells, COLUMN_APPROVAL, PS_ROLE_DIM, entry->approval);
	ps_cell(cells, COLUMN_SUMMARY, PS_ROLE_NORMAL, entry->summary);
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

/* ---- where it stands ---- */

/* Takes the sentence. */
static void
add_sentence(GString *text, char *sentence)
{
	if (sentence && *sentence)
		g_string_append_printf(text, "%s%s", text->len ? "\n" : "", sentence);
	g_free(sentence);
}

static char *
step_sentence(const PsAdvisory *advisory, GPtrArray *entries)
{
	guint count = entries ? entries->len : 0;
	const PsEditionEntry *draft = count ? entries->pdata[count - 1] : NULL;
	PsVersionStep step;

	if (!ps_advisory_published(advisory) || !draft || draft->published ||
	    !ps_version_step_find(draft->step, &step))
		return NULL;
	return g_strdup_printf(_("The next version is %s: %s."), draft->version,
			       ps_version_step_text(step));
}

static char *
comment_sentence(guint count)
{
	return count ? g_strdup_printf(ngettext("%u comment is open.", "%u comments are open.",
						count),
				       count)
		     : NULL;
}

/* Review, arming and what the standard suggests, a sentence a line. */
static char *
standing_of(PsStore *store, const PsAdvisory *advisory, GPtrArray *entries)
{
	g_autoptr(PsReview) review = ps_review(store, advisory, NULL);
	GString *text = g_string_new(NULL);

	add_sentence(text, step_sentence(advisory, entries));
	add_sentence(text, review ? g_strdup(review->sentence) : NULL);
	add_sentence(text, comment_sentence(review ? review->open_comments : 0));
	add_sentence(text, ps_armed_sentence(store, advisory, ps_now_ms(), NULL));
	add_sentence(text, ps_history_hint(store, advisory, ps_now_ms()));
	return g_string_free(text, FALSE);
}

/* ---- the pane ---- */

static void
forget(VersionsPane *self)
{
	g_clear_pointer(&self->advisory, g_free);
	g_clear_pointer(&self->name, g_free);
	g_clear_pointer(&self->standing, g_free);
	g_clear_pointer(&self->reason, g_free);
}

static void
refresh(PsPane *pane)
{
	VersionsPane *self = (VersionsPane *)pane;
	PsStore *store = pane->app->store;
	GPtrArray *old = self->entries;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(store, pane->argument, &error);

	forget(self);
	self->entries = advisory ? ps_history(store, advisory, &error) : NULL;
	self->reason = error ? g_strdup(error->message) : NULL;
	ps_list_set_empty(self->list, self->reason ? self->reason : NOTHING);
	if (advisory) {
		self->advisory = g_strdup(ps_advisory_id(advisory));
		self->name = g_strdup(ps_record_text(ps_advisory_record(advisory), "tracking_id"));
		self->standing = standing_of(store, advisory, self->entries);
	}
	g_ptr_array_set_size(self->rows, 0);
	for (guint i = self->entries ? self->entries->len : 0; i > 0; i--)
		g_ptr_array_add(self->rows, self->entries->pdata[i - 1]);
	ps_list_refresh(self->list);
	g_clear_pointer(&old, g_ptr_array_unref);
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	VersionsPane *self = (VersionsPane *)pane;

	self->rows = g_ptr_array_new();
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	ps_list_set_empty(self->list, NOTHING);
	pane->widget = ps_list_widget(self->list);
	if (argument)
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_USAGE, _("Open it from an advisory."));
	return FALSE;
}

static void
close_pane(PsPane *pane)
{
	VersionsPane *self = (VersionsPane *)pane;

	forget(self);
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_clear_pointer(&self->entries, g_ptr_array_unref);
}

#define STANDING_ROWS 8

static void
draw(PsPane *pane, PsView view)
{
	VersionsPane *self = (VersionsPane *)pane;
	int below = self->standing && view.area.rows > 2 * STANDING_ROWS ? STANDING_ROWS : 0;
	int rows = view.area.rows - below;

	ps_widget_draw(pane->widget, ps_view_part(view, (PsRect){0, 0, rows, view.area.cols}));
	if (below == 0)
		return;
	PsView note = ps_view_part(view, (PsRect){rows, 0, below, view.area.cols});
	ps_view_rule(note, 0, PS_ROLE_BORDER, _("Where it stands"));
	ps_view_wrapped(ps_view_part(note, (PsRect){1, 2, below - 1, view.area.cols - 3}), 0,
			PS_ROLE_NORMAL, self->standing);
}

static char *
subject(PsPane *pane)
{
	return g_strdup(((VersionsPane *)pane)->name);
}

static const char *
record(PsPane *pane, const char **kind)
{
	*kind = "advisory";
	return ((VersionsPane *)pane)->advisory;
}

/* ---- comparing ---- */

/* Older and newer: the two that are marked, or the one of the cursor and the one before it. */
static gboolean
choose_two(VersionsPane *self, const char **older, const char **newer)
{
	gint64 index = ps_list_index(self->list);

	*older = *newer = NULL;
	for (guint i = 0; i < self->rows->len && ps_list_marked(self->list) > 0; i++) {
		const char *id = entry_id(self->rows->pdata[i]);
		if (!ps_list_is_marked(self->list, id))
			continue;
		if (!*newer)
			*newer = id;
		else
			*older = id;
	}
	if (ps_list_marked(self->list) > 0)
		return ps_list_marked(self->list) == 2;
	*newer = entry_id(self->rows->pdata[index]);
	if (index + 1 < (gint64)self->rows->len)
		*older = entry_id(self->rows->pdata[index + 1]);
	return TRUE;
}

static PsChanged
run_diff(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	VersionsPane *self = (VersionsPane *)pane;
	const char *older, *newer;

	(void)argument;
	if (!choose_two(self, &older, &newer)) {
		ps_app_say(app, PS_SAY_NOTE, _("Mark two versions to compare them, or none."));
		return PS_CHANGED_NOTHING;
	}
	if (!older) {
		ps_app_say(app, PS_SAY_NOTE,
			   _("This is the first version: there is nothing to compare it with."));
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *what = g_strdup_printf("%s %s %s", self->advisory, older, newer);
	ps_app_open(app, "advisory-diff", what, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
run_read(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	VersionsPane *self = (VersionsPane *)pane;
	g_autofree char *what = g_strdup_printf("%s %s", self->advisory, ps_list_id(self->list));

	(void)argument;
	ps_app_open(app, "advisory-version", what, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"versions.diff", N_("What changed against the version before, or between two marked ones"),
	 N_("what changed"), "Enter", PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL,
	 run_diff},
	{"versions.read", N_("Read this version as its readers do"), N_("read"), "t",
	 PS_NEEDS_ROW | PS_NEEDS_UNLOCKED, PS_ACTION_HINT, NULL, run_read},
};

const PsPaneClass ps_advisory_versions_pane = {
	.name = "advisory-versions",
	.title = N_("Versions"),
	.size = sizeof(VersionsPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.draw = draw,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
