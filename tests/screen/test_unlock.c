#include "config.h"

/* Unlocking: pinentry gets the terminal, cancelling leaves the screen usable. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

#define LEAVE_SCREEN "\033[?1049l"

static PsTestWorkspace *workspace;

static int
make_workspace(void **state)
{
	(void)state;
	workspace = ps_test_workspace_new(3, "a secret");
	return 0;
}

static int
remove_workspace(void **state)
{
	(void)state;
	ps_test_workspace_free(workspace);
	return 0;
}

static PsTerm *
open_desk(const char *passphrase)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, NULL};
	const char *environment[] = {workspace->gnupg_variable, NULL};

	ps_test_forget_passphrases(workspace->home);
	ps_test_pinentry(workspace->home, passphrase);
	return ps_term_open(24, 80, argv, environment);
}

static void
unlock__pinentry__gets_the_terminal_and_gives_it_back(void **state)
{
	(void)state;
	PsTerm *term = open_desk("a secret");
	ps_term_expect(term, "Overflow 2");
	assert_non_null(strstr(term->raw->str, LEAVE_SCREEN));
	ps_term_expect_row(term, 23, "? help");
	ps_term_send(term, "j");
	ps_term_expect_row(term, 1, "2/9");
	assert_int_equal(ps_term_close(term), 0);
}

static void
unlock__agent_knows_the_passphrase__terminal_stays(void **state)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, NULL};
	const char *environment[] = {workspace->gnupg_variable, NULL};

	(void)state;
	/* As the test before left it: the agent caches the passphrase. */
	PsTerm *term = ps_term_open(24, 80, argv, environment);
	ps_term_expect(term, "Overflow 2");
	assert_null(strstr(term->raw->str, LEAVE_SCREEN));
	ps_term_close(term);
}

static void
unlock__cancelled__stays_locked_and_can_be_tried_again(void **state)
{
	(void)state;
	PsTerm *term = open_desk(NULL);
	ps_term_expect_row(term, 0, "locked");
	ps_term_expect(term, "(sealed)");
	ps_term_expect(term, "passphrase");
	ps_term_send(term, "j");
	ps_term_expect_row(term, 1, "2/9");
	ps_test_pinentry(workspace->home, "a secret");
	ps_term_send(term, "U");
	ps_term_expect(term, "The workspace is unlocked.");
	ps_term_expect(term, "Overflow 2");
	ps_term_send(term, ":app.lock\r");
	ps_term_expect(term, "Locked:");
	ps_term_expect(term, "(sealed)");
	ps_term_expect_gone(term, "Overflow 2");
	ps_term_close(term);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unlock__pinentry__gets_the_terminal_and_gives_it_back),
		cmocka_unit_test(unlock__agent_knows_the_passphrase__terminal_stays),
		cmocka_unit_test(unlock__cancelled__stays_locked_and_can_be_tried_again),
	};

	if (!g_getenv("PSIRTDESK")) {
		printf("1..0 # SKIP PSIRTDESK names no program\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, make_workspace, remove_workspace);
}
