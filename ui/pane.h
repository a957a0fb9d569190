#ifndef PS_UI_PANE_H
#define PS_UI_PANE_H

/* A pane is one view of the workstation: one file in ui/panes/, one PsPaneClass in
 * ui/panes/pane-table.c. Panes stack: Enter goes deeper, q or Esc back.
 *
 * refresh() reads data into the pane's state (and is called again whenever the data may have
 * changed); draw() turns state into text on a view and reads nothing; actions change data and
 * return what changed. The framework moves the cursor of pane->widget, filters it (/), shows its
 * chips and place in the head line, and draws it when the class has no draw of its own.
 *
 * A complete list pane:
 *
 *	typedef struct {
 *		PsPane pane;
 *		PsList *list;
 *		char *words;
 *	} TaskList;
 *
 *	enum { COLUMN_TITLE, COLUMN_DUE };
 *	static const PsColumn columns[] = {
 *		[COLUMN_TITLE] = {N_("Task"), 20, 1, 0, FALSE},
 *		[COLUMN_DUE] = {N_("Due"), 12, 0, 1, FALSE},
 *	};
 *
 *	static PsQuery query(TaskList *self) { return (PsQuery){.kind = "task", .words =
 *self->words}; }
 *
 *	static gint64 count(gpointer user)
 *	{
 *		TaskList *self = user;
 *		PsQuery q = query(self);
 *		return ps_store_count(self->pane.app->store, &q, NULL);
 *	}
 *	static GPtrArray *load(gpointer user, gint64 first, gint64 limit)
 *	{
 *		TaskList *self = user;
 *		PsQuery q = query(self);
 *		q.offset = first;
 *		q.limit = limit;
 *		return ps_store_list(self->pane.app->store, &q, NULL);
 *	}
 *	static const char *id(gpointer user, gconstpointer row) { return ps_record_id(row); }
 *	static void draw_task(gpointer user, gconstpointer row, PsCells *cells)
 *	{
 *		ps_cell(cells, COLUMN_TITLE, PS_ROLE_NORMAL, ps_record_text(row, "title"));
 *		g_autofree char *due = ps_utc_brief(ps_record_time(row, "due_at"));
 *		ps_cell(cells, COLUMN_DUE, PS_ROLE_NORMAL, due);
 *	}
 *	static void filter(gpointer user, const char *text) { … self->words = g_strdup(text); }
 *	static const PsListModel model = {count, load, id, draw_task, filter, NULL};
 *
 *	static gboolean open_pane(PsPane *pane, const char *argument, GError **error)
 *	{
 *		TaskList *self = (TaskList *)pane;
 *		self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
 *		ps_list_set_empty(self->list, N_("No tasks. n makes one."));
 *		pane->widget = ps_list_widget(self->list);   // freed by the framework
 *		return TRUE;
 *	}
 *	static void close_pane(PsPane *pane) { g_free(((TaskList *)pane)->words); }
 *	static void refresh(PsPane *pane) { ps_list_refresh(((TaskList *)pane)->list); }
 *	static const char *record(PsPane *pane, const char **kind)
 *	{
 *		*kind = "task";
 *		return ps_list_id(((TaskList *)pane)->list);
 *	}
 *
 *	static PsChanged done(PsApp *app, PsPane *pane, const char *argument, GError **error)
 *	{
 *		g_autoptr(GPtrArray) ids = ps_list_targets(((TaskList *)pane)->list);
 *		return ps_app_set_field(app, "task.done", "task", ids, "done_at", "now", error)
 *			? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
 *	}
 *	static const PsAction actions[] = {
 *		{"task.done", N_("Mark tasks as done"), N_("done"), "d",
 *		 PS_NEEDS_WRITABLE | PS_NEEDS_ROW, PS_ACTION_HINT, NULL, done},
 *	};
 *
 *	const PsPaneClass ps_task_list_pane = {
 *		.name = "tasks", .title = N_("Tasks"), .size = sizeof(TaskList),
 *		.open = open_pane, .close = close_pane, .refresh = refresh, .record = record,
 *		.actions = actions, .n_actions = G_N_ELEMENTS(actions),
 *	};
 */

#include "store/store.h"
#include "ui/action.h"
#include "ui/app.h"
#include "ui/list.h"
#include "ui/widget.h"

typedef struct PsPaneClass {
	const char *name;  /* "inbox" */
	const char *title; /* N_() */
	gsize size;        /* of the pane's own struct, which begins with a PsPane */

	/* Prepares an empty (zeroed) pane for `argument` (a record id, say; NULL: none). refresh()
	 * follows. FALSE with a sentence: it is not opened, close() is called all the same. */
	gboolean (*open)(PsPane *pane, const char *argument, GError **error);
	void (*close)(PsPane *pane);
	void (*refresh)(PsPane *pane);
	/* Optional: draws the body; without it the widget is drawn. */
	void (*draw)(PsPane *pane, PsView view);
	/* Optional: a key that is nobody's action. FALSE: not mine. */
	gboolean (*key)(PsPane *pane, PsKeyCode key);
	/* Optional: pasted text (not safe text yet). FALSE: not wanted here. */
	gboolean (*paste)(PsPane *pane, const char *text);
	/* Optional: what the head line says after the class's title. New string. */
	char *(*subject)(PsPane *pane);
	/* Optional: the head line's left side as a whole, instead of title and subject. */
	char *(*heading)(PsPane *pane);
	/* Optional: counts for the head line's right side. New string. */
	char *(*status)(PsPane *pane);
	/* Optional: the record under the cursor (or the pane's own); NULL: none. Lent. Generic
	 * actions (history, fields) work on it. */
	const char *(*record)(PsPane *pane, const char **kind);
	/* Optional: ids of the pane's actions whose hints come first in the footer, those that the
	 * state of its document asks for next; NULL-terminated, lent. NULL: none. */
	const char *const *(*hints)(PsPane *pane);
	/* Optional: the workstation is leaving (also by SIGHUP): store drafts now. */
	void (*leave)(PsPane *pane);

	const PsAction *actions;
	gsize n_actions;
} PsPaneClass;

struct PsPane {
	const PsPaneClass *class;
	PsApp *app;
	PsWidget *widget; /* has the focus; freed by the framework; may change at any time */
	char *argument;   /* what it was opened with */
	gboolean stale;   /* data changed while it was not shown: refreshed before it is */
};

/* Every class (ui/panes/pane-table.c). */
extern const PsPaneClass *const ps_pane_classes[];
extern const gsize ps_pane_classes_length;
const PsPaneClass *ps_pane_class_find(const char *name);

/* The tabs of the title bar, reached by 1-9 and Tab. */
typedef struct {
	const char *class_name, *argument;
	const char *title; /* N_(); NULL: the class's */
} PsTabSpec;
extern const PsTabSpec ps_tabs[];
extern const gsize ps_tabs_length;

/* Used by the application only. */
PsPane *ps_pane_open(PsApp *app, const PsPaneClass *class, const char *argument, GError **error);
void ps_pane_close(PsPane *pane);

#endif
