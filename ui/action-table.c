#include "config.h"

/* The general actions: those of every pane. A pane's own stand in its file. */

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "ui/app-private.h"
#include "ui/ask.h"
#include "ui/help.h"
#include "ui/pane.h"

/* ---- moving: one function a move, as the rows want them ---- */

#define MOVE(name, what)                                                                           \
	static PsChanged name(PsApp *app, PsPane *pane, const char *argument, GError **error)      \
	{                                                                                          \
		(void)app;                                                                         \
		(void)argument;                                                                    \
		(void)error;                                                                       \
		return pane && ps_widget_move(pane->widget, what) ? PS_CHANGED_VIEW                \
								  : PS_CHANGED_NOTHING;            \
	}

MOVE(move_up, PS_MOVE_UP)
MOVE(move_down, PS_MOVE_DOWN)
MOVE(move_left, PS_MOVE_LEFT)
MOVE(move_right, PS_MOVE_RIGHT)
MOVE(move_page_up, PS_MOVE_PAGE_UP)
MOVE(move_page_down, PS_MOVE_PAGE_DOWN)
MOVE(move_home, PS_MOVE_HOME)
MOVE(move_end, PS_MOVE_END)
MOVE(mark_toggle, PS_MOVE_TOGGLE)
MOVE(mark_range, PS_MOVE_RANGE)
MOVE(view_fold, PS_MOVE_FOLD)

static PsChanged
find_step(PsApp *app, PsPane *pane, PsMove move)
{
	if (!ps_widget_move(pane->widget, move))
		ps_app_say(app, PS_SAY_NOTE, _("Nothing more matches."));
	return PS_CHANGED_VIEW;
}

static PsChanged
find_next(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	(void)error;
	return find_step(app, pane, PS_MOVE_NEXT);
}

static PsChanged
find_previous(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	(void)error;
	return find_step(app, pane, PS_MOVE_PREVIOUS);
}

/* ---- finding ---- */

typedef struct {
	PsApp *app;
	PsPane *pane;
} Find;

static void
find_typed(gpointer user, const char *text)
{
	Find *find = user;

	ps_widget_find(find->pane->widget, text);
	ps_app_redraw(find->app);
}

static PsChanged
find_filter(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	Find find = {app, pane};
	PsAskLine ask = {.label = _("Find"),
			 .history = "find",
			 .changed = find_typed,
			 .user = &find};

	(void)error;
	if (argument) {
		ps_widget_find(pane->widget, argument);
		return PS_CHANGED_VIEW;
	}
	g_autofree char *text = ps_ask_line(app, &ask);
	gboolean found = ps_widget_find(pane->widget, text);
	if (text && *text && !found)
		ps_app_say(app, PS_SAY_NOTE, _("“%s” was not found."), text);
	return PS_CHANGED_VIEW;
}

static PsChanged
go_line(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	gint64 number;

	(void)app;
	if (!argument || !g_ascii_string_to_signed(argument, 10, 1, G_MAXINT32, &number, NULL)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Give a line number, as in “:120”."));
		return PS_CHANGED_NOTHING;
	}
	if (!ps_widget_go(pane ? pane->widget : NULL, number))
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no line %s."),
			    argument);
	return PS_CHANGED_VIEW;
}

/* ---- panes ---- */

static PsChanged
leave(PsApp *app)
{
	if (ps_app_work(app) > 0 &&
	    !ps_ask_yes(app, _("Work is still running. Stop it and leave?")))
		return PS_CHANGED_NOTHING;
	ps_app_leave(app, 0);
	return PS_CHANGED_NOTHING;
}

static PsChanged
app_back(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	PsTab *tab = g_ptr_array_index(app->tabs, app->tab);

	(void)argument;
	if (pane && ps_widget_move(pane->widget, PS_MOVE_CLEAR))
		return PS_CHANGED_VIEW;
	if (tab->panes->len > 1)
		ps_app_back(app);
	else if (app->tab > 0)
		ps_app_switch(app, 0, error);
	else if (app->last_key != PS_KEY_ESC)
		return leave(app);
	else {
		g_autofree char *key = ps_app_key_of(app, "app.quit");
		ps_app_say(app, PS_SAY_NOTE, _("This is the first pane; %s leaves."), key);
	}
	return PS_CHANGED_VIEW;
}

static PsChanged
app_quit(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	(void)error;
	return leave(app);
}

static PsChanged
tab_go(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	int number = argument ? atoi(argument) : (int)app->last_key - '0';

	(void)pane;
	ps_app_switch(app, (guint)MAX(number - 1, 0), error);
	return PS_CHANGED_VIEW;
}

static PsChanged
tab_next(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_switch(app, (app->tab + 1) % app->tabs->len, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
tab_previous(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_switch(app, (app->tab + app->tabs->len - 1) % app->tabs->len, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
pane_open(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	if (!argument) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Give a pane's name, as in “:pane.open list case”."));
		return PS_CHANGED_NOTHING;
	}
	g_auto(GStrv) words = g_strsplit(argument, " ", 2);
	ps_app_open(app, words[0], words[0] ? words[1] : NULL, error);
	return PS_CHANGED_VIEW;
}

/* ---- the record under the cursor ---- */

static PsChanged
open_for_record(PsApp *app, PsPane *pane, const char *class_name, GError **error)
{
	const char *kind;
	const char *id = pane->class->record(pane, &kind);
	g_autofree char *argument = g_strdup_printf("%s/%s", kind, id);

	ps_app_open(app, class_name, argument, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
record_history(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	return open_for_record(app, pane, "history", error);
}

static PsChanged
record_fields(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	return open_for_record(app, pane, "record", error);
}

static PsChanged
history_all(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_open(app, "history", NULL, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
record_list(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	gsize count;
	const PsKind *kinds = ps_kinds(&count);
	g_autofree PsOption *options = g_new0(PsOption, count);
	g_autofree char *kind = g_strdup(argument);

	(void)pane;
	for (gsize i = 0; i < count; i++)
		options[i] = (PsOption){kinds[i].name, _(kinds[i].plural), _(kinds[i].help), NULL};
	PsAskChoice ask = {.title = _("List of"), .options = options, .n_options = count};
	if (!kind)
		kind = ps_ask_choice(app, &ask);
	if (kind)
		ps_app_open(app, "list", kind, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
app_messages(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_app_open(app, "messages", NULL, error);
	return PS_CHANGED_VIEW;
}

/* ---- undo ---- */

static gboolean
write_undo(PsStore *store, gpointer data, GError **error)
{
	return ps_store_undo(store, data, error);
}

static PsChanged
edit_undo(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	g_autofree char *what = NULL;

	(void)pane;
	(void)argument;
	if (!ps_app_write(app, write_undo, &what, error))
		return PS_CHANGED_NOTHING;
	const PsAction *action = what ? ps_action_find(what, NULL) : NULL;
	ps_app_say(app, PS_SAY_GOOD, _("Undone: %s."), action ? _(action->title) : what);
	return PS_CHANGED_DATA;
}

/* ---- the program ---- */

static PsChanged
app_help(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	(void)error;
	ps_help_run(app);
	return PS_CHANGED_VIEW;
}

static PsChanged
app_palette(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	ps_palette_run(app, error);
	return PS_CHANGED_VIEW;
}

static PsChanged
app_redraw(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	(void)error;
	if (app->screen)
		ps_screen_repaint(app->screen);
	return PS_CHANGED_VIEW;
}

static PsChanged
app_suspend(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	(void)error;
	ps_app_suspend(app);
	return PS_CHANGED_VIEW;
}

static PsChanged
app_unlock(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	if (!ps_app_unlock(app, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_GOOD, _("The workspace is unlocked."));
	return PS_CHANGED_DATA;
}

static PsChanged
app_lock(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	(void)error;
	ps_store_lock(app->store);
	/* Also the panes that are not seen hold texts. */
	ps_app_refresh_all(app);
	ps_app_say(app, PS_SAY_GOOD, _("Locked: sealed texts are out of memory."));
	return PS_CHANGED_DATA;
}

static PsChanged
job_cancel(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	(void)argument;
	(void)error;
	ps_app_cancel_jobs(app);
	ps_app_say(app, PS_SAY_NOTE, _("Stopping…"));
	return PS_CHANGED_VIEW;
}

static PsChanged
screen_save(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)pane;
	if (!argument) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Give a file, as in “:save-screen screen.txt”."));
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *text = ps_canvas_dump(app->canvas);
	if (ps_file_write(argument, text, -1, 0600, error))
		ps_app_say(app, PS_SAY_GOOD, _("The screen is in “%s”."), argument);
	return PS_CHANGED_VIEW;
}

#define PLAIN PS_ACTION_HIDDEN

const PsAction ps_general_actions[] = {
	{"app.back", N_("Clear a filter or marks; else back, or leave"), N_("back"), "q Esc", 0,
	 PS_ACTION_HINT, NULL, app_back},
	{"find.filter", N_("Find: filter a list, search a text"), N_("find"), "/", PS_NEEDS_FIND,
	 PS_ACTION_HINT | PS_ACTION_ARGUMENT, NULL, find_filter},
	{"app.palette", N_("Run any action by name"), N_("run"), ":", 0, PS_ACTION_HINT, NULL,
	 app_palette},
	{"app.help", N_("What can be done here, and by which key"), N_("help"), "?", 0, 0, NULL,
	 app_help},
	{"move.up", N_("Up"), NULL, "k Up", 0, PLAIN, NULL, move_up},
	{"move.down", N_("Down"), NULL, "j Down", 0, PLAIN, NULL, move_down},
	{"move.left", N_("Left: fold, previous choice"), NULL, "h Left", 0, PLAIN, NULL, move_left},
	{"move.right", N_("Right: unfold, next choice"), NULL, "l Right", 0, PLAIN, NULL,
	 move_right},
	{"move.page-up", N_("A page up"), NULL, "PageUp Ctrl-B", 0, PLAIN, NULL, move_page_up},
	{"move.page-down", N_("A page down"), NULL, "PageDown Ctrl-F", 0, PLAIN, NULL,
	 move_page_down},
	{"move.home", N_("To the first"), NULL, "g Home", 0, PLAIN, NULL, move_home},
	{"move.end", N_("To the last"), NULL, "G End", 0, PLAIN, NULL, move_end},
	{"go.line", N_("To a line by number"), NULL, NULL, 0, PS_ACTION_ARGUMENT, NULL, go_line},
	{"mark.toggle", N_("Mark a row for a batch; fold a section"), NULL, "Space", 0, 0, NULL,
	 mark_toggle},
	{"mark.range", N_("Begin or end a range of marks"), NULL, "v", PS_NEEDS_ROW, 0, NULL,
	 mark_range},
	{"view.fold", N_("Fold or unfold everything"), NULL, "z", 0, 0, NULL, view_fold},
	{"find.next", N_("Next match"), NULL, "n", PS_NEEDS_FIND, 0, NULL, find_next},
	{"find.previous", N_("Previous match"), NULL, "N", PS_NEEDS_FIND, 0, NULL, find_previous},
	{"tab.go", N_("To a tab by number"), NULL, "1 2 3 4 5 6 7 8 9", 0, PS_ACTION_ARGUMENT, NULL,
	 tab_go},
	{"tab.next", N_("Next tab"), NULL, "Tab", 0, 0, NULL, tab_next},
	{"tab.previous", N_("Previous tab"), NULL, "Shift-Tab", 0, 0, NULL, tab_previous},
	{"record.fields", N_("Every field of the record"), NULL, "F", PS_NEEDS_RECORD, 0, NULL,
	 record_fields},
	{"record.history", N_("Every change of the record"), NULL, "L", PS_NEEDS_RECORD, 0, NULL,
	 record_history},
	{"record.list", N_("List the records of a kind"), NULL, NULL, PS_NEEDS_WORKSPACE,
	 PS_ACTION_ARGUMENT, NULL, record_list},
	{"history.all", N_("Every change in the workspace"), NULL, NULL, PS_NEEDS_WORKSPACE, 0,
	 NULL, history_all},
	{"edit.undo", N_("Undo my last change"), NULL, "u", PS_NEEDS_WRITABLE, 0, NULL, edit_undo},
	{"pane.open", N_("Open a pane by name"), NULL, NULL, 0, PS_ACTION_ARGUMENT, NULL,
	 pane_open},
	{"job.cancel", N_("Stop what is running"), NULL, "Ctrl-C", PS_NEEDS_JOB, 0, NULL,
	 job_cancel},
	{"app.unlock", N_("Unlock sealed texts with an OpenPGP key"), NULL, "U", PS_NEEDS_WORKSPACE,
	 0, NULL, app_unlock},
	{"app.lock", N_("Lock: wipe sealed texts from memory"), NULL, NULL, PS_NEEDS_UNLOCKED, 0,
	 NULL, app_lock},
	{"save-screen", N_("Write the screen to a file"), NULL, NULL, 0, PS_ACTION_ARGUMENT, NULL,
	 screen_save},
	{"app.messages", N_("What was said before"), NULL, "M", 0, 0, NULL, app_messages},
	{"app.redraw", N_("Draw the whole screen again"), NULL, "Ctrl-L", 0, 0, NULL, app_redraw},
	{"app.suspend", N_("Suspend to the shell"), NULL, "Ctrl-Z", 0, 0, NULL, app_suspend},
	{"app.quit", N_("Leave"), NULL, "Q", 0, 0, NULL, app_quit},
};

const gsize ps_general_actions_length = G_N_ELEMENTS(ps_general_actions);
