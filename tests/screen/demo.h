#ifndef PS_TESTS_DEMO_H
#define PS_TESTS_DEMO_H

/* The demo workspace in a directory of its own, for tests that play a day in the real program. */

#include "tests/screen/pty.h"

#define PS_TEST_DEMO_NOW "2026-11-21T10:00:00Z"

typedef struct {
	char *root;
	char *workspace;
	char *gnupg;  /* its GnuPG home */
	char *editor; /* "EDITOR=…" */
} PsTestDemo;

/* The clock stands at PS_TEST_DEMO_NOW. `typed`: what the editor writes; NULL: there is none. */
PsTestDemo *ps_test_demo_new(const char *typed);
void ps_test_demo_free(PsTestDemo *demo);

/* Runs a program, which must end with 0; its standard output. */
char *ps_test_run(const char *const *argv);
/* The same for psirtdesk on the workspace. */
char *ps_test_demo_command(const PsTestDemo *demo, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* The workstation; `variable` is "NAME=VALUE" or NULL. */
PsTerm *ps_test_demo_open(const PsTestDemo *demo, int rows, int cols, const char *variable);

#endif
