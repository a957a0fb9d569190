#include "config.h"

/* The main loop: keys, signals, the clock. Questions run turns of the same loop, so every source
 * may run inside another one's callback. */

#include "ui/app-private.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <glib-unix.h>

#include "base/i18n.h"
#include "ui/overlay.h"
#include "ui/pane.h"

static const int handled_signals[] = {SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};

static sigset_t
handled_set(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < G_N_ELEMENTS(handled_signals); i++)
		sigaddset(&set, handled_signals[i]);
	return set;
}

void
ps_app_block_signals(void)
{
	sigset_t set = handled_set();

	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void
ps_app_child_setup(gpointer unused)
{
	sigset_t set = handled_set();

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(handled_signals); i++)
		signal(handled_signals[i], SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void
attach(PsApp *app, GSource *source, int priority)
{
	g_source_set_priority(source, priority);
	g_source_attach(source, app->context);
	g_hash_table_add(app->sources, source);
}

void
ps_app_add_source(PsApp *app, GSource *source, int priority, GSourceFunc func)
{
	g_source_set_can_recurse(source, TRUE);
	g_source_set_callback(source, func, app, NULL);
	attach(app, source, priority);
}

void
ps_app_remove_source(PsApp *app, GSource *source)
{
	g_source_destroy(source);
	g_hash_table_remove(app->sources, source);
}

typedef struct {
	PsApp *app;
	void (*func)(PsApp *app);
} Once;

static gboolean
run_once(gpointer data)
{
	Once once = *(Once *)data;

	ps_app_remove_source(once.app, g_main_current_source());
	once.func(once.app);
	return G_SOURCE_REMOVE;
}

void
ps_app_add_once(PsApp *app, GSource *source, int priority, void (*func)(PsApp *app))
{
	Once *once = g_new(Once, 1);

	*once = (Once){app, func};
	g_source_set_callback(source, run_once, once, g_free);
	attach(app, source, priority);
}

static GSource *
watch_fd(PsApp *app, int fd, GUnixFDSourceFunc func)
{
	GSource *source = g_unix_fd_source_new(fd, G_IO_IN | G_IO_HUP | G_IO_ERR);

	ps_app_add_source(app, source, G_PRIORITY_DEFAULT, G_SOURCE_FUNC(func));
	return source;
}

/* ---- keys ---- */

static void
take_input(PsApp *app, PsInput *input)
{
	if (input->paste) {
		ps_app_paste(app, input->paste);
		explicit_bzero(input->paste, strlen(input->paste));
		g_free(input->paste);
	} else {
		ps_app_key(app, input->key);
	}
}

/* A question that was answered must go before the next key is looked at. */
static gboolean
is_unwinding(PsApp *app)
{
	guint count = app->overlays->len;

	return app->leaving ||
	       (count > 0 && ((PsOverlay *)g_ptr_array_index(app->overlays, count - 1))->done);
}

static void
read_input(PsApp *app)
{
	PsInput input;

	/* A question may have opened, or the terminal been lent, by the key before. */
	while (app->input_source && !is_unwinding(app) && ps_screen_read(app->screen, &input))
		take_input(app, &input);
	/* What curses has read ahead does not wake the loop. */
	if (is_unwinding(app) && !app->leaving)
		ps_app_add_once(app, g_idle_source_new(), G_PRIORITY_DEFAULT, read_input);
}

static gboolean
on_input(int fd, GIOCondition condition, gpointer data)
{
	PsApp *app = data;

	(void)fd;
	if (is_unwinding(app))
		return G_SOURCE_CONTINUE;
	read_input(app);
	if (condition & (G_IO_HUP | G_IO_ERR))
		ps_app_leave(app, 0);
	return G_SOURCE_CONTINUE;
}

static void
watch_input(PsApp *app)
{
	if (app->screen && !app->input_source)
		app->input_source = watch_fd(app, STDIN_FILENO, on_input);
}

void
ps_app_hold_input(PsApp *app)
{
	if (app->busy++ == 0 && app->input_source) {
		ps_app_remove_source(app, app->input_source);
		app->input_source = NULL;
	}
}

void
ps_app_let_input(PsApp *app)
{
	if (--app->busy == 0) {
		watch_input(app);
		ps_app_catch_up(app);
	}
}

/* ---- signals ---- */

void
ps_app_resize(PsApp *app, int rows, int cols)
{
	if (rows != ps_canvas_rows(app->canvas) || cols != ps_canvas_cols(app->canvas))
		ps_canvas_resize(app->canvas, rows, cols);
	ps_app_redraw(app);
}

static void
follow_terminal(PsApp *app)
{
	int rows, cols;

	if (!app->screen || ps_screen_is_released(app->screen))
		return;
	ps_screen_resize(app->screen, &rows, &cols);
	ps_app_resize(app, rows, cols);
}

void
ps_app_suspend(PsApp *app)
{
	sigset_t set;

	if (!app->screen || ps_screen_is_released(app->screen))
		return;
	ps_app_release_tty(app);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	/* Default handling stops us here, unless nobody could continue us (no job control). */
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	ps_app_reclaim_tty(app);
}

static void
take_signal(PsApp *app, int number)
{
	switch (number) {
	case SIGHUP:
	case SIGTERM:
		ps_app_leave(app, 0);
		break;
	case SIGINT:
		ps_app_key(app, PS_KEY_CTRL('C'));
		break;
	case SIGWINCH:
		follow_terminal(app);
		break;
	case SIGTSTP:
		ps_app_suspend(app);
		break;
	case SIGCONT:
		if (app->screen && !ps_screen_is_released(app->screen)) {
			ps_screen_reclaim(app->screen);
			ps_screen_repaint(app->screen);
			follow_terminal(app);
		}
		break;
	default:
		break;
	}
}

static gboolean
on_signal(int fd, GIOCondition condition, gpointer data)
{
	PsApp *app = data;
	struct signalfd_siginfo info;

	(void)condition;
	while (read(fd, &info, sizeof info) == (ssize_t)sizeof info)
		take_signal(app, (int)info.ssi_signo);
	return G_SOURCE_CONTINUE;
}

/* ---- clock ---- */

/* Once a second: what others committed, and clocks that moved. What looks the same costs nothing.
 */
static gboolean
on_tick(gpointer data)
{
	PsApp *app = data;

	if (app->store && app->busy == 0 && ps_store_data_version(app->store) != app->data_version)
		ps_app_refresh(app);
	ps_app_publish_due(app);
	ps_app_redraw(app);
	return G_SOURCE_CONTINUE;
}

/* ---- life ---- */

gboolean
ps_app_start_loop(PsApp *app, GError **error)
{
	sigset_t set = handled_set();

	app->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (app->signal_fd < 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("Signals can't be received: %s."),
			    g_strerror(errno));
		return FALSE;
	}
	app->signal_source = watch_fd(app, app->signal_fd, on_signal);
	app->tick_source = g_timeout_source_new(1000);
	ps_app_add_source(app, app->tick_source, G_PRIORITY_DEFAULT, on_tick);
	watch_input(app);
	return TRUE;
}

void
ps_app_stop_loop(PsApp *app)
{
	GSource **sources[] = {&app->input_source, &app->signal_source, &app->tick_source};

	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
		if (*sources[i])
			ps_app_remove_source(app, *sources[i]);
		*sources[i] = NULL;
	}
	if (app->signal_fd >= 0)
		close(app->signal_fd);
	app->signal_fd = -1;
}

void
ps_app_step(PsApp *app)
{
	g_main_context_iteration(app->context, TRUE);
}

void
ps_overlay_run(PsApp *app, PsOverlay *overlay)
{
	g_ptr_array_add(app->overlays, overlay);
	ps_app_redraw(app);
	while (!overlay->done && !app->leaving)
		ps_app_step(app);
	g_ptr_array_remove(app->overlays, overlay);
	ps_app_redraw(app);
	if (app->overlays->len == 0)
		ps_app_catch_up(app);
}
