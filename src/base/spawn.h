#ifndef PS_BASE_SPAWN_H
#define PS_BASE_SPAWN_H

/* Other programs. Each child gets an empty signal mask and default handlers (or it would lose
 * resize, Ctrl-Z and Ctrl-C where we block them), no descriptor of ours but the three standard
 * ones, and its own process group unless it shares our terminal. Nothing goes through a shell
 * unless the caller says "/bin/sh". */

#include <glib.h>

#include "base/job.h"

typedef struct {
	const char *const *argv; /* argv[0] is looked up in PATH when it has no slash */
	const char *const
		*environment; /* NAME=VALUE, added to ours; a bare NAME is removed; NULL */
	GBytes *input;        /* NULL: /dev/null */
	gsize output_limit;   /* of each stream; the rest is dropped; 0: 1 MiB */
	int timeout_seconds;  /* 0: none */
	PsProgress *progress; /* cancelling ends the child; NULL */
} PsSpawn;

typedef struct {
	int status;     /* exit status; 128 + signal when it was killed */
	GBytes *output; /* standard output */
	char *errors;   /* standard error, as safe lines, trimmed */
} PsSpawnResult;

/* Runs to the end. FALSE: it could not be started, was cancelled or took too long. A status other
 * than 0 is an answer, not an error. */
gboolean ps_spawn_run(const PsSpawn *spawn, PsSpawnResult *result, GError **error);
void ps_spawn_result_clear(PsSpawnResult *result);

/* Starts a child with these three descriptors as its standard ones (-1: /dev/null). */
GPid ps_spawn_start(const char *const *argv, const char *const *environment, const int fds[3],
		    GError **error);
/* Ends the child's process group: TERM, after a second KILL; reaps it. Gives the wait status. */
int ps_spawn_end(GPid pid);

#endif
