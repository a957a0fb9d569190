#ifndef PS_TESTS_WORKSPACE_H
#define PS_TESTS_WORKSPACE_H

/* A workspace on disk for tests that run the real program: a GnuPG home with one key, a person, two
 * products and `cases` cases, the newest of which has a hostile title. */

#include "tests/screen/pty.h"
#include "tests/support/gnupg-home.h"

typedef struct {
	PsTestHome *home;
	char *dir;            /* the workspace */
	char *gnupg_variable; /* "GNUPGHOME=…" */
} PsTestWorkspace;

/* What stands in the title of the newest case: an escape sequence that would set the window's
 * title, a bell, a right-to-left override, C1, zero width. */
extern const char ps_test_hostile_title[];

/* `passphrase` NULL: the key has none. */
PsTestWorkspace *ps_test_workspace_new(int cases, const char *passphrase);
void ps_test_workspace_free(PsTestWorkspace *workspace);
/* Runs the program on it without a terminal; its standard output, and its exit status. */
char *ps_test_command(PsTestWorkspace *workspace, int *status, const char *first,
		      ...) G_GNUC_NULL_TERMINATED;

/* The workstation on it at 2026-11-21T10:00:00Z; `variable` is "NAME=VALUE" or NULL. */
PsTerm *ps_test_workspace_open(const PsTestWorkspace *workspace, int rows, int cols,
			       const char *variable);

#endif
