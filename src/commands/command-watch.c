#include "config.h"

/* A command that takes long: its progress on a terminal, and Ctrl-C as a request to stop. */

#include "commands/command.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/safe-text.h"

#define SHOW_MS 250

struct PsCliWatch {
	PsCli *cli;
	PsProgress *progress, *before;
	GThread *thread;
	int signals, stop;
	gboolean terminal, shown;
};

static void
show(PsCliWatch *watch)
{
	gint64 done = 0, total = 0;
	g_autofree char *what = NULL;

	ps_progress_get(watch->progress, &done, &total, &what);
	if (!watch->terminal || !what)
		return;
	g_autofree char *safe = ps_safe_text(what, -1, PS_SAFE_LINE);
	fprintf(watch->cli->err, "\r\033[K%s", safe);
	if (total > 0)
		fprintf(watch->cli->err, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, done, total);
	fflush(watch->cli->err);
	watch->shown = TRUE;
}

static gpointer
run(gpointer user)
{
	PsCliWatch *watch = user;
	struct pollfd polls[] = {{watch->stop, POLLIN, 0}, {watch->signals, POLLIN, 0}};

	for (;;) {
		int ready = poll(polls, G_N_ELEMENTS(polls), SHOW_MS);
		struct signalfd_siginfo info;
		if (ready > 0 && polls[0].revents)
			return NULL;
		if (ready > 0 && read(watch->signals, &info, sizeof info) == sizeof info)
			ps_progress_cancel(watch->progress);
		show(watch);
	}
}

PsCliWatch *
ps_cli_watch_begin(PsCli *cli)
{
	PsCliWatch *watch = g_new0(PsCliWatch, 1);
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	watch->cli = cli;
	watch->progress = ps_progress_new();
	watch->before = cli->progress;
	watch->terminal = isatty(fileno(cli->err));
	watch->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	watch->stop = eventfd(0, EFD_CLOEXEC);
	cli->progress = watch->progress;
	watch->thread = g_thread_new("watch", run, watch);
	return watch;
}

void
ps_cli_watch_end(PsCliWatch *watch)
{
	if (!watch)
		return;
	eventfd_write(watch->stop, 1);
	g_thread_join(watch->thread);
	if (watch->shown) {
		fputs("\r\033[K", watch->cli->err);
		fflush(watch->cli->err);
	}
	watch->cli->progress = watch->before;
	ps_progress_unref(watch->progress);
	close(watch->signals);
	close(watch->stop);
	g_free(watch);
}
