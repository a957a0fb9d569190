#include "config.h"

#include "ui/ui.h"

#include <unistd.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "openpgp/openpgp.h"
#include "ui/action.h"
#include "ui/app-private.h"
#include "ui/keymap.h"
#include "ui/pane.h"
#include "ui/script.h"

/* Where the user's own themes and keys lie, the later winning. */
static char **
own_dirs(PsApp *app, const char *below)
{
	GPtrArray *dirs = g_ptr_array_new();

	g_ptr_array_add(dirs, g_build_filename(ps_store_dir(app->store), below, NULL));
	g_ptr_array_add(dirs, g_build_filename(g_get_user_config_dir(), "psirtdesk", below, NULL));
	g_ptr_array_add(dirs, NULL);
	return (char **)g_ptr_array_free(dirs, FALSE);
}

/* From the environment, else the workspace's setting, else by the background; NULL: by what the
 * terminal says of its background. */
static char *
theme_name(PsApp *app)
{
	const char *named = g_getenv("PSIRTDESK_THEME");
	g_autofree char *theme = ps_store_config(app->store, "ui.theme");
	g_autofree char *background = ps_store_config(app->store, "ui.background");

	if (named && *named)
		return g_strdup(named);
	if (theme && *theme && !g_str_equal(theme, "default"))
		return g_steal_pointer(&theme);
	if (background && *background && !g_str_equal(background, "auto"))
		return g_steal_pointer(&background);
	return NULL;
}

static void
load_theme(PsApp *app, int available)
{
	g_auto(GStrv) dirs = own_dirs(app, "themes");
	g_autofree char *name = theme_name(app);
	g_autoptr(GError) error = NULL;

	app->theme =
		ps_theme_load(name, ps_theme_colors(available), (const char *const *)dirs, &error);
	if (error)
		ps_app_error(app, error);
	if (app->screen)
		ps_screen_set_theme(app->screen, app->theme);
}

static void
load_keys(PsApp *app)
{
	g_auto(GStrv) dirs = own_dirs(app, NULL);

	for (int i = 0; dirs[i]; i++) {
		g_autofree char *path = g_build_filename(dirs[i], "keys.ini", NULL);
		g_autoptr(GError) error = NULL;
		if (!ps_keymap_load(app->keymap, path, &error))
			ps_app_error(app, error);
	}
}

static gboolean
open_store(PsApp *app, GError **error)
{
	app->store = ps_cli_store(app->cli, error);
	if (!app->store)
		return FALSE;
	app->readonly = app->cli->readonly || ps_store_is_readonly(app->store);
	app->data_version = ps_store_data_version(app->store);
	if (!app->readonly)
		app->writer = ps_writer_new(app->store, error);
	return app->readonly || app->writer;
}

static gboolean
open_screen(PsApp *app, GError **error)
{
	gboolean terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	int rows, cols;

	if (app->cli->script && !terminal)
		return TRUE;
	app->screen = ps_screen_new(error);
	if (!app->screen)
		return FALSE;
	ps_screen_resize(app->screen, &rows, &cols);
	ps_canvas_resize(app->canvas, rows, cols);
	return TRUE;
}

/* Unlocks as soon as the screen stands: usually the agent knows the passphrase. */
static void
unlock_first(PsApp *app)
{
	g_autoptr(GError) error = NULL;

	if (ps_store_is_unlocked(app->store))
		return;
	if (!app->message)
		ps_app_say(app, PS_SAY_NOTE, _("Unlocking…"));
	if (!ps_app_unlock(app, &error)) {
		ps_app_error(app, error);
		return;
	}
	if (app->message_kind == PS_SAY_NOTE)
		g_clear_pointer(&app->message, g_free);
	ps_app_refresh(app);
}

static void
run(PsApp *app, PsScript *script)
{
	PsWorkerTty tty = ps_app_tty(app);

	ps_openpgp_set_tty(ps_cli_openpgp(app->cli), &tty);
	ps_app_draw(app);
	ps_app_add_once(app, g_idle_source_new(), G_PRIORITY_DEFAULT_IDLE, unlock_first);
	if (script)
		ps_script_start(script, app);
	while (!app->leaving)
		ps_app_step(app);
	ps_openpgp_set_tty(app->cli->openpgp, NULL);
}

/* Drafts are stored, jobs are stopped, what is queued is written. */
static void
leave(PsApp *app)
{
	for (guint t = 0; t < app->tabs->len; t++) {
		PsTab *tab = g_ptr_array_index(app->tabs, t);
		for (guint i = 0; i < tab->panes->len; i++) {
			PsPane *pane = g_ptr_array_index(tab->panes, i);
			if (pane->class->leave)
				pane->class->leave(pane);
		}
	}
	gboolean ended = ps_app_end_jobs(app);
	g_clear_pointer(&app->writer, ps_writer_free);
	if (ended)
		return;
	/* A thread still works on things that would be freed: everything is durable, so just go. */
	ps_screen_free(app->screen);
	_exit(app->exit_status);
}

static gboolean
start(PsApp *app, GError **error)
{
	if (!open_store(app, error) || !open_screen(app, error) || !ps_app_start_loop(app, error))
		return FALSE;
	load_theme(app, app->screen ? ps_screen_colors(app->screen) : 0);
	load_keys(app);
	return ps_app_switch(app, 0, error);
}

int
ps_ui_main(PsCli *cli, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	PsScript *script = NULL;
	int status = 2;

	(void)argc;
	(void)argv;
	if (cli->script && !(script = ps_script_load(cli->script, &error))) {
		ps_cli_complain(cli, error);
		return ps_error_exit_status(error);
	}
	ps_app_block_signals();
	PsApp *app = ps_app_new(cli);
	if (start(app, &error)) {
		run(app, script);
		leave(app);
		status = app->exit_status;
	} else {
		status = ps_error_exit_status(error);
		g_clear_pointer(&app->writer, ps_writer_free);
	}
	ps_app_stop_loop(app);
	ps_app_free(app);
	if (error)
		ps_cli_complain(cli, error);
	if (ps_script_failure(script)) {
		g_autofree char *safe = ps_safe_text(ps_script_failure(script), -1, PS_SAFE_LINES);
		fprintf(cli->err, "psirtdesk: %s\n", safe);
	}
	ps_script_free(script);
	return status;
}
