#include "config.h"

#include "workers/serve.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

/* Sanitizers reserve terabytes of address space. */
static void
limit_memory(gsize bytes)
{
#ifndef PS_SANITIZED
	struct rlimit limit = {bytes, bytes};

	setrlimit(RLIMIT_AS, &limit);
#else
	(void)bytes;
#endif
	/* no core file: it would hold decrypted text */
	struct rlimit none = {0, 0};
	setrlimit(RLIMIT_CORE, &none);
}

/* The soft limit counts from the start of the process, so it moves on with each request. */
static void
limit_time(int seconds)
{
	struct rusage used;
	struct rlimit limit;

	getrusage(RUSAGE_SELF, &used);
	getrlimit(RLIMIT_CPU, &limit);
	limit.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1 + seconds);
	setrlimit(RLIMIT_CPU, &limit);
}

static const PsMethod *
find_method(const PsWorkerProgram *program, const char *name)
{
	for (gsize i = 0; i < program->n_methods; i++)
		if (g_str_equal(program->methods[i].name, name))
			return &program->methods[i];
	return NULL;
}

static void
serve(const PsWorkerProgram *program, PsWork *work)
{
	const PsMethod *method = find_method(program, work->method);
	GError *error = NULL;

	if (!method) {
		g_set_error(&error, PS_ERROR, PS_ERROR_INPUT,
			    _("The worker “%s” knows no request “%s”."), program->name,
			    work->method);
	} else {
		limit_time(method->cpu_seconds);
		method->serve(work, &error);
	}
	ps_work_finish(work, error);
	g_clear_error(&error);
	ps_work_free(work);
}

/* The socket moves away from standard input and output: what a library or a child program prints or
 * reads there must not mix into the frames. */
static int
take_socket(const char *name)
{
	struct stat st;

	if (fstat(STDIN_FILENO, &st) != 0 || !S_ISSOCK(st.st_mode)) {
		fprintf(stderr, "%s: this program is started by psirtdesk\n", name);
		return -1;
	}
	int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3),
	    null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (fd < 0 || null < 0 || dup2(null, STDIN_FILENO) < 0)
		return -1;
	close(null);
	return fd;
}

int
ps_worker_main(const PsWorkerProgram *program)
{
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(PACKAGE, LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
	textdomain(PACKAGE);
	int fd = take_socket(program->name);
	if (fd < 0)
		return 64;
	signal(SIGPIPE, SIG_IGN);
	umask(0077);
	/* one arena: each further one would reserve 64 MiB of the address space */
	mallopt(M_ARENA_MAX, 1);
	limit_memory(program->memory);
	gpointer service = program->start();
	PsChannel *channel = ps_channel_new(fd, program->name);
	for (;;) {
		PsWork *work = ps_channel_next(channel);
		work->service = service;
		serve(program, work);
	}
}
