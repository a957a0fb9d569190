#include "config.h"

#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"

#define DEFAULT_OUTPUT (1 << 20)
#define POLL_MS 100

static char **
child_environment(const char *const *changes)
{
	char **environment = g_get_environ();

	for (gsize i = 0; changes && changes[i]; i++) {
		const char *equals = strchr(changes[i], '=');
		if (!equals) {
			environment = g_environ_unsetenv(environment, changes[i]);
			continue;
		}
		g_autofree char *name = g_strndup(changes[i], (gsize)(equals - changes[i]));
		environment = g_environ_setenv(environment, name, equals + 1, TRUE);
	}
	return environment;
}

GPid
ps_spawn_start(const char *const *argv, const char *const *environment, const int fds[3],
	       GError **error)
{
	g_auto(GStrv) envp = child_environment(environment);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	pid_t pid = -1;

	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 3; i++) {
		if (fds[i] < 0)
			posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR, 0);
		else
			posix_spawn_file_actions_adddup2(&actions, fds[i], i);
	}
	posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
						      POSIX_SPAWN_SETPGROUP);
	int failed = posix_spawnp(&pid, argv[0], &actions, &attributes, (char *const *)argv, envp);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (failed) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO, _("“%s” could not be started: %s."),
			    argv[0], g_strerror(failed));
		return -1;
	}
	return pid;
}

static gboolean
reaped(GPid pid, int *status)
{
	pid_t got;

	do
		got = waitpid(pid, status, WNOHANG);
	while (got < 0 && errno == EINTR);
	return got != 0;
}

int
ps_spawn_end(GPid pid)
{
	int status = 0;

	if (reaped(pid, &status))
		return status;
	kill(-pid, SIGTERM);
	for (int waited = 0; waited < 1000; waited += 10) {
		if (reaped(pid, &status))
			return status;
		g_usleep(10000);
	}
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}

/* ---- run to the end ---- */

typedef struct {
	int fd;
	GByteArray *bytes;
	gsize limit;
} Stream;

typedef struct {
	int input;
	gconstpointer pending;
	gsize pending_length;
	Stream streams[2];
} Pipes;

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
feed(Pipes *pipes)
{
	ssize_t n = pipes->pending_length ? send(pipes->input, pipes->pending,
						 pipes->pending_length, MSG_NOSIGNAL | MSG_DONTWAIT)
					  : 0;

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n > 0) {
		pipes->pending = (const char *)pipes->pending + n;
		pipes->pending_length -= (gsize)n;
	}
	/* a child that does not read its input is no error: its status tells */
	if (n < 0 || pipes->pending_length == 0)
		close_fd(&pipes->input);
}

static void
drain(Stream *stream)
{
	guint8 block[16384];
	ssize_t n = read(stream->fd, block, sizeof block);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		close_fd(&stream->fd);
		return;
	}
	gsize room = stream->limit - stream->bytes->len;
	g_byte_array_append(stream->bytes, block, (guint)MIN((gsize)n, room));
}

static void
pump(Pipes *pipes)
{
	struct pollfd polls[3] = {
		{pipes->streams[0].fd, POLLIN, 0},
		{pipes->streams[1].fd, POLLIN, 0},
		{pipes->input, POLLOUT, 0},
	};

	if (poll(polls, 3, POLL_MS) <= 0)
		return;
	for (int i = 0; i < 2; i++)
		if (polls[i].revents)
			drain(&pipes->streams[i]);
	if (polls[2].revents)
		feed(pipes);
}

static gboolean
open_pipes(int inside[3], Pipes *pipes, GBytes *input, GError **error)
{
	int pair[2];

	for (int i = 0; i < 2; i++) {
		if (pipe2(pair, O_CLOEXEC) != 0)
			goto failed;
		pipes->streams[i].fd = pair[0];
		inside[i + 1] = pair[1];
	}
	if (!input)
		return TRUE;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		goto failed;
	inside[0] = pair[0];
	pipes->input = pair[1];
	pipes->pending = g_bytes_get_data(input, &pipes->pending_length);
	return TRUE;
failed:
	g_set_error(error, PS_ERROR, PS_ERROR_IO, _("No pipe could be made: %s."),
		    g_strerror(errno));
	return FALSE;
}

static gboolean
too_late(const PsSpawn *spawn, gint64 started, GError **error)
{
	if (ps_progress_cancelled(spawn->progress, error))
		return TRUE;
	if (spawn->timeout_seconds == 0 ||
	    g_get_monotonic_time() - started < spawn->timeout_seconds * G_USEC_PER_SEC)
		return FALSE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("“%s” did not end within %d seconds and was stopped."), spawn->argv[0],
		    spawn->timeout_seconds);
	return TRUE;
}

/* The streams are followed until the child ends: something that it left behind in the background
 * may keep them open for ever. */
static gboolean
follow(const PsSpawn *spawn, GPid pid, Pipes *pipes, int *status, GError **error)
{
	gint64 started = g_get_monotonic_time();

	while (!reaped(pid, status)) {
		if (too_late(spawn, started, error)) {
			ps_spawn_end(pid);
			return FALSE;
		}
		if (pipes->streams[0].fd < 0 && pipes->streams[1].fd < 0)
			g_usleep(1000);
		else
			pump(pipes);
	}
	for (int i = 0; i < 2; i++) {
		struct pollfd poll_fd = {pipes->streams[i].fd, POLLIN, 0};
		while (pipes->streams[i].fd >= 0 && poll(&poll_fd, 1, 0) > 0)
			drain(&pipes->streams[i]);
	}
	return TRUE;
}

gboolean
ps_spawn_run(const PsSpawn *spawn, PsSpawnResult *result, GError **error)
{
	gsize limit = spawn->output_limit ? spawn->output_limit : DEFAULT_OUTPUT;
	g_autoptr(GByteArray) output = g_byte_array_new(), errors = g_byte_array_new();
	Pipes pipes = {-1, NULL, 0, {{-1, output, limit}, {-1, errors, limit}}};
	int inside[3] = {-1, -1, -1}, status = 0;
	gboolean done = FALSE;

	*result = (PsSpawnResult){0};
	if (open_pipes(inside, &pipes, spawn->input, error)) {
		GPid pid = ps_spawn_start(spawn->argv, spawn->environment, inside, error);
		for (int i = 0; i < 3; i++)
			close_fd(&inside[i]);
		done = pid > 0 && follow(spawn, pid, &pipes, &status, error);
	}
	for (int i = 0; i < 3; i++)
		close_fd(&inside[i]);
	close_fd(&pipes.input);
	for (int i = 0; i < 2; i++)
		close_fd(&pipes.streams[i].fd);
	if (!done)
		return FALSE;
	result->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	result->output = g_byte_array_free_to_bytes(g_steal_pointer(&output));
	result->errors =
		ps_safe_text((const char *)errors->data, (gssize)errors->len, PS_SAFE_LINES);
	g_strstrip(result->errors);
	return TRUE;
}

void
ps_spawn_result_clear(PsSpawnResult *result)
{
	g_clear_pointer(&result->output, g_bytes_unref);
	g_clear_pointer(&result->errors, g_free);
}
