#include "config.h"

/* Panes and tabs, messages, running actions. Drawing: app-draw.c; the loop: app-loop.c; writing,
 * jobs and the terminal: app-work.c; editors: app-edit.c. */

#include "ui/app-private.h"

#include "base/i18n.h"
#include "base/utc.h"
#include "ui/keymap.h"
#include "ui/line-editor.h"
#include "ui/overlay.h"
#include "ui/pane.h"

#define MESSAGES 200

/* ---- panes ---- */

static GPtrArray *
open_stack(PsApp *app)
{
	PsTab *tab = app->tabs->len > 0 ? g_ptr_array_index(app->tabs, app->tab) : NULL;

	return tab ? tab->panes : NULL;
}

PsPane *
ps_app_pane(PsApp *app)
{
	GPtrArray *stack = open_stack(app);

	return stack && stack->len > 0 ? g_ptr_array_index(stack, stack->len - 1) : NULL;
}

/* A pane comes into view: what it missed is read now. */
static void
show_pane(PsApp *app)
{
	PsPane *pane = ps_app_pane(app);

	if (pane && pane->stale && pane->class->refresh)
		pane->class->refresh(pane);
	if (pane)
		pane->stale = FALSE;
	ps_app_redraw(app);
}

static gboolean
go_back_to(PsApp *app, const PsPaneClass *class, const char *argument)
{
	GPtrArray *stack = open_stack(app);

	for (guint i = 0; i < stack->len; i++) {
		PsPane *pane = g_ptr_array_index(stack, i);
		if (pane->class != class || g_strcmp0(pane->argument, argument) != 0)
			continue;
		g_ptr_array_set_size(stack, (gint)i + 1);
		show_pane(app);
		return TRUE;
	}
	return FALSE;
}

gboolean
ps_app_open(PsApp *app, const char *class_name, const char *argument, GError **error)
{
	const PsPaneClass *class = ps_pane_class_find(class_name);

	if (!class) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no pane “%s”."),
			    class_name);
		return FALSE;
	}
	if (go_back_to(app, class, argument))
		return TRUE;
	PsPane *pane = ps_pane_open(app, class, argument, error);
	if (!pane)
		return FALSE;
	g_ptr_array_add(open_stack(app), pane);
	ps_app_redraw(app);
	return TRUE;
}

void
ps_app_back(PsApp *app)
{
	GPtrArray *stack = open_stack(app);

	if (!stack || stack->len <= 1) {
		ps_app_leave(app, 0);
		return;
	}
	g_ptr_array_set_size(stack, (gint)stack->len - 1);
	show_pane(app);
}

gboolean
ps_app_switch(PsApp *app, guint number, GError **error)
{
	if (number >= app->tabs->len) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no tab %u."),
			    number + 1);
		return FALSE;
	}
	PsTab *tab = g_ptr_array_index(app->tabs, number);
	if (tab->panes->len == 0) {
		PsPane *pane = ps_pane_open(app, tab->class, tab->argument, error);
		if (!pane)
			return FALSE;
		g_ptr_array_add(tab->panes, pane);
	}
	app->tab = number;
	show_pane(app);
	return TRUE;
}

void
ps_app_leave(PsApp *app, int exit_status)
{
	if (!app->leaving)
		app->exit_status = exit_status;
	app->leaving = TRUE;
	g_main_context_wakeup(app->context);
}

/* ---- what is seen ---- */

/* Kept to be read again: a sentence goes with the next key. */
static void
remember_message(PsApp *app)
{
	g_autofree char *at = ps_utc_brief(ps_now_ms());

	g_queue_push_head(&app->messages, g_strdup_printf("%s  %s", at, app->message));
	if (g_queue_get_length(&app->messages) > MESSAGES)
		g_free(g_queue_pop_tail(&app->messages));
}

void
ps_app_say(PsApp *app, PsSay kind, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_free(app->message);
	app->message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	app->message_kind = kind;
	remember_message(app);
	ps_app_redraw(app);
}

void
ps_app_error(PsApp *app, const GError *error)
{
	if (g_error_matches(error, PS_ERROR, PS_ERROR_CANCELLED))
		ps_app_say(app, PS_SAY_NOTE, "%s", error->message);
	else
		ps_app_say(app, PS_SAY_BAD, "%s", error->message);
}

static void
draw_now(PsApp *app)
{
	app->redraw_queued = FALSE;
	ps_app_draw(app);
}

void
ps_app_redraw(PsApp *app)
{
	if (app->redraw_queued || app->leaving)
		return;
	app->redraw_queued = TRUE;
	/* After what waits in the input, before everything idle. */
	ps_app_add_once(app, g_idle_source_new(), G_PRIORITY_HIGH_IDLE, draw_now);
}

void
ps_app_refresh(PsApp *app)
{
	if (app->overlays->len > 0 || app->busy > 0) {
		app->stale = TRUE;
		return;
	}
	app->stale = FALSE;
	for (guint t = 0; t < app->tabs->len; t++) {
		PsTab *tab = g_ptr_array_index(app->tabs, t);
		for (guint i = 0; i < tab->panes->len; i++)
			((PsPane *)g_ptr_array_index(tab->panes, i))->stale = TRUE;
	}
	if (app->store)
		app->data_version = ps_store_data_version(app->store);
	show_pane(app);
}

void
ps_app_refresh_all(PsApp *app)
{
	for (guint t = 0; t < app->tabs->len; t++) {
		PsTab *tab = g_ptr_array_index(app->tabs, t);
		for (guint i = 0; i < tab->panes->len; i++) {
			PsPane *pane = g_ptr_array_index(tab->panes, i);
			if (pane->class->refresh)
				pane->class->refresh(pane);
			pane->stale = FALSE;
		}
	}
	ps_app_redraw(app);
}

void
ps_app_catch_up(PsApp *app)
{
	if (app->stale && !app->leaving)
		ps_app_refresh(app);
}

/* ---- actions and keys ---- */

gboolean
ps_app_run(PsApp *app, const PsAction *action, const char *argument)
{
	PsPane *pane = ps_app_pane(app);
	g_autoptr(GError) error = NULL;
	const char *refusal = ps_action_refusal(app, pane, action);

	if (refusal) {
		ps_app_say(app, PS_SAY_WARN, "%s", refusal);
		return FALSE;
	}
	PsChanged changed = action->run(app, pane, argument, &error);
	if (changed & PS_CHANGED_DATA)
		ps_app_refresh(app);
	if (changed != PS_CHANGED_NOTHING)
		ps_app_redraw(app);
	if (error)
		ps_app_error(app, error);
	return error == NULL;
}

static gboolean
is_too_small(PsApp *app)
{
	return ps_layout_screen(ps_canvas_rows(app->canvas), ps_canvas_cols(app->canvas)).too_small;
}

static void
say_unknown_key(PsApp *app, PsKeyCode key)
{
	g_autofree char *name = ps_keycode_name(key);
	g_autofree char *help = ps_app_key_of(app, "app.help");

	ps_app_say(app, PS_SAY_NOTE, _("“%s” does nothing here. %s shows what can be done."), name,
		   help);
}

static void
pane_key(PsApp *app, PsKeyCode key)
{
	PsPane *pane = ps_app_pane(app);
	const PsAction *action = ps_keymap_lookup(app->keymap, pane ? pane->class : NULL, key);

	app->last_key = key;
	if (action)
		ps_app_run(app, action, NULL);
	else if (!pane || !pane->class->key || !pane->class->key(pane, key))
		say_unknown_key(app, key);
}

void
ps_app_key(PsApp *app, PsKeyCode key)
{
	if (app->leaving)
		return;
	ps_app_redraw(app);
	if (is_too_small(app)) {
		/* Nothing can be seen: nothing is done, but leaving works. */
		if (key == 'q' || key == PS_KEY_CTRL('C'))
			ps_app_leave(app, 0);
		return;
	}
	if (app->overlays->len > 0) {
		PsOverlay *top = g_ptr_array_index(app->overlays, app->overlays->len - 1);
		top->key(top, app, key);
		return;
	}
	g_clear_pointer(&app->message, g_free);
	pane_key(app, key);
}

void
ps_app_paste(PsApp *app, const char *text)
{
	PsPane *pane = ps_app_pane(app);

	ps_app_redraw(app);
	if (app->overlays->len > 0) {
		PsOverlay *top = g_ptr_array_index(app->overlays, app->overlays->len - 1);
		if (top->paste)
			top->paste(top, app, text);
		return;
	}
	if (!pane || !pane->class->paste || !pane->class->paste(pane, text))
		ps_app_say(app, PS_SAY_NOTE,
			   _("Pasted text is not wanted here; nothing was done."));
}

char *
ps_app_key_of(PsApp *app, const char *action_id)
{
	const PsAction *action = ps_action_find(action_id, NULL);
	char *key = action ? ps_keymap_key(app->keymap, action) : g_strdup("");

	if (*key)
		return key;
	g_free(key);
	return g_strdup_printf(":%s", action_id);
}

PsHistory *
ps_app_history(PsApp *app, const char *name)
{
	PsHistory *history = g_hash_table_lookup(app->histories, name);

	if (!history) {
		history = ps_history_new();
		g_hash_table_insert(app->histories, g_strdup(name), history);
	}
	return history;
}

/* ---- life ---- */

static void
free_tab(gpointer data)
{
	PsTab *tab = data;

	/* From the top: what lies above was opened from what lies below. */
	while (tab->panes->len > 0)
		g_ptr_array_set_size(tab->panes, (gint)tab->panes->len - 1);
	g_ptr_array_unref(tab->panes);
	g_free(tab);
}

static void
add_tabs(PsApp *app)
{
	app->tabs = g_ptr_array_new_with_free_func(free_tab);
	for (gsize i = 0; i < ps_tabs_length; i++) {
		PsTab *tab = g_new0(PsTab, 1);
		tab->class = ps_pane_class_find(ps_tabs[i].class_name);
		g_assert(tab->class);
		tab->argument = ps_tabs[i].argument;
		tab->title = ps_tabs[i].title ? ps_tabs[i].title : tab->class->title;
		tab->panes = g_ptr_array_new_with_free_func((GDestroyNotify)ps_pane_close);
		g_ptr_array_add(app->tabs, tab);
	}
}

static gboolean
destroy_source(gpointer source, gpointer value, gpointer user)
{
	(void)value;
	(void)user;
	g_source_destroy(source);
	return TRUE;
}

PsApp *
ps_app_new(PsCli *cli)
{
	PsApp *app = g_new0(PsApp, 1);

	app->cli = cli;
	app->context = g_main_context_default();
	app->thread = g_thread_self();
	app->canvas = ps_canvas_new(24, 80);
	app->overlays = g_ptr_array_new();
	app->jobs = g_ptr_array_new();
	app->histories = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       (GDestroyNotify)ps_history_free);
	app->sources = g_hash_table_new_full(NULL, NULL, (GDestroyNotify)g_source_unref, NULL);
	app->keymap = ps_keymap_new();
	app->signal_fd = -1;
	add_tabs(app);
	return app;
}

void
ps_app_free(PsApp *app)
{
	g_ptr_array_unref(app->tabs);
	g_hash_table_foreach_remove(app->sources, destroy_source, NULL);
	g_hash_table_unref(app->sources);
	g_ptr_array_unref(app->overlays);
	g_ptr_array_unref(app->jobs);
	g_hash_table_unref(app->histories);
	ps_keymap_free(app->keymap);
	ps_canvas_free(app->canvas);
	ps_screen_free(app->screen);
	ps_theme_free(app->theme);
	g_free(app->message);
	g_queue_clear_full(&app->messages, g_free);
	g_free(app);
}
