#include "config.h"

/* Longer texts in the person's own editor. The file lies in a private directory (memory where the
 * system has one) and is kept until the text is stored. */

#include "ui/app-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "ui/ask.h"

#define TEXT_LIMIT (4 * 1024 * 1024)

typedef struct {
	char *dir, *path;
} EditFile;

static gboolean
make_file(EditFile *file, const char *suffix, const char *initial, GError **error)
{
	g_autofree char *name = g_strconcat("text", suffix, NULL);

	file->dir = ps_dir_private(error);
	if (!file->dir)
		return FALSE;
	file->path = g_build_filename(file->dir, name, NULL);
	return ps_file_write(file->path, initial ? initial : "", -1, 0600, error);
}

static void
remove_file(EditFile *file)
{
	if (file->dir)
		ps_dir_remove(file->dir, NULL);
	g_free(file->dir);
	g_free(file->path);
}

static char **
editor_command(PsApp *app, const char *path, GError **error)
{
	g_autofree char *own = app->store ? ps_store_config(app->store, "editor.command") : NULL;
	const char *named[] = {own, g_getenv("VISUAL"), g_getenv("EDITOR"), "vi"};
	g_autoptr(GError) problem = NULL;
	char **words = NULL;
	int count = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(named) && !words; i++)
		if (named[i] && *named[i] &&
		    !g_shell_parse_argv(named[i], &count, &words, &problem)) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The editor “%s” can't be run: %s. Set editor.command, "
				      "VISUAL or EDITOR."),
				    named[i], problem->message);
			return NULL;
		}
	words = g_renew(char *, words, (gsize)count + 2);
	words[count] = g_strdup(path);
	words[count + 1] = NULL;
	return words;
}

/* Ctrl-Z in the editor stops only the editor: we stop too, or the shell would never come back. */
static int
wait_for(GPid pid)
{
	int status;

	for (;;) {
		if (waitpid(pid, &status, WUNTRACED) < 0) {
			if (errno != EINTR)
				return -1;
		} else if (WIFSTOPPED(status)) {
			raise(SIGSTOP);
			kill(pid, SIGCONT);
		} else {
			return status;
		}
	}
}

static gboolean
run_editor(PsApp *app, const char *path, GError **error)
{
	g_auto(GStrv) argv = editor_command(app, path, error);
	g_autoptr(GError) problem = NULL;
	GPid pid;

	if (!argv)
		return FALSE;
	ps_app_release_tty(app);
	gboolean started = g_spawn_async(NULL, argv, NULL,
					 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
						 G_SPAWN_CHILD_INHERITS_STDIN,
					 ps_app_child_setup, NULL, &pid, &problem);
	int status = started ? wait_for(pid) : -1;
	ps_app_reclaim_tty(app);
	if (!started)
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The editor could not be started: %s. Set VISUAL or EDITOR."),
			    problem->message);
	else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		g_set_error(error, PS_ERROR, PS_ERROR_CANCELLED,
			    _("The editor “%s” did not end well; nothing was stored."), argv[0]);
	return started && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Some editors write mail with the line ends of the wire. */
static void
drop_carriage_returns(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != '\r' || from[1] != '\n')
			*to++ = *from;
	*to = '\0';
}

static char *
read_text(const char *path, GError **error)
{
	gsize length;
	char *text = ps_file_read(path, TEXT_LIMIT, &length, error);

	if (!text)
		return NULL;
	if (!g_utf8_validate(text, (gssize)length, NULL)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The text is not UTF-8. Save it as UTF-8."));
		explicit_bzero(text, length);
		g_clear_pointer(&text, g_free);
		return NULL;
	}
	drop_carriage_returns(text);
	return text;
}

/* One round: edit, read, store. */
static gboolean
edit_once(PsApp *app, const EditFile *file, PsStoreText store, gpointer user, GError **error)
{
	if (!run_editor(app, file->path, error))
		return FALSE;
	char *text = read_text(file->path, error);
	gboolean stored = text && store(app, text, user, error);
	if (text)
		explicit_bzero(text, strlen(text));
	g_free(text);
	return stored;
}

/* TRUE: once more. Declining keeps nothing: the question says so. */
static gboolean
ask_again(PsApp *app, const GError *error)
{
	g_autofree char *question =
		g_strdup_printf(_("%s e: edit again. d: discard the text."), error->message);

	for (;;) {
		int answer = ps_ask_key(app, question, "ed");
		if (answer == 0)
			return TRUE;
		if (answer == 1 || app->leaving)
			return FALSE;
	}
}

gboolean
ps_app_edit(PsApp *app, const char *suffix, const char *initial, PsStoreText store, gpointer user,
	    GError **error)
{
	EditFile file = {NULL, NULL};
	GError *problem = NULL;
	gboolean stored = FALSE, again = FALSE;

	if (!app->screen) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NEED_TTY,
				    _("An editor needs a terminal."));
		return FALSE;
	}
	if (!make_file(&file, suffix, initial, error)) {
		remove_file(&file);
		return FALSE;
	}
	do {
		g_clear_error(&problem);
		stored = edit_once(app, &file, store, user, &problem);
		again = !stored && problem &&
			!g_error_matches(problem, PS_ERROR, PS_ERROR_CANCELLED) &&
			ask_again(app, problem);
	} while (again);
	/* Torn away in the middle (hang-up): what was typed is not thrown away. */
	if (!stored && app->leaving)
		g_free(file.dir), g_free(file.path);
	else
		remove_file(&file);
	if (problem)
		g_propagate_error(error, problem);
	return stored;
}
