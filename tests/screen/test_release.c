#include "config.h"

/* The release day by keyboard alone. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

#define CASE "PSIRT-2026-0001"

static PsTestWorkspace *workspace;

static int
setup(void **state)
{
	int status;

	(void)state;
	workspace = ps_test_workspace_new(1, NULL);
	g_free(ps_test_command(workspace, &status, "advisory", "draft", CASE, NULL));
	return status;
}

static int
teardown(void **state)
{
	(void)state;
	ps_test_workspace_free(workspace);
	return 0;
}

static PsTerm *
open_release(int rows, int cols, const char *variable)
{
	PsTerm *term = ps_test_workspace_open(workspace, rows, cols, variable);

	ps_term_expect(term, "1 Desk");
	ps_term_send(term, "5");
	/* its title is read once the workspace is unlocked */
	ps_term_expect(term, "Evil ");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Advisory ›");
	ps_term_send(term, "D");
	ps_term_expect(term, "Release day › " CASE " version 1");
	return term;
}

static const struct {
	int rows, cols;
	const char *variable;
} screens[] = {
	{24, 80, "TERM=xterm-256color"},
	{50, 160, "TERM=xterm-256color"},
	{24, 80, "NO_COLOR=1"},
	{15, 60, "TERM=xterm-256color"},
};

static void
release__list__shows_every_step_at_every_size(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
		PsTerm *term = open_release(screens[i].rows, screens[i].cols, screens[i].variable);
		ps_term_expect_row(term, 3, "› Update available");
		ps_term_expect_row(term, 4, "Advisory published    open");
		ps_term_expect_row(term, 10, "Reporter told");
		ps_term_expect_cursor(term, 3);
		ps_term_expect(term, "Enter done");
		ps_term_close(term);
	}
}

static void
release__step__is_noted_marked_as_not_needed_and_taken_back(void **state)
{
	PsTerm *term = open_release(24, 80, NULL);

	(void)state;
	ps_term_send(term, "jjjjj");
	ps_term_expect(term, "› Users told");
	ps_term_send(term, "\r");
	ps_term_expect(term, "What shows it");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Say how it can be shown");
	ps_term_send(term, "d");
	ps_term_expect(term, "What shows it");
	ps_term_send(term, "list mail of 21 Nov\r");
	ps_term_expect_row(term, 8, "done");
	ps_term_expect_row(term, 8, "list mail of");
	ps_term_send(term, "x");
	ps_term_expect(term, "Why it is not needed");
	ps_term_send(term, "\025no user has it\r");
	ps_term_expect_row(term, 8, "not needed");
	ps_term_send(term, "r");
	ps_term_expect_row(term, 8, "open");
	ps_term_send(term, "r");
	ps_term_expect(term, "Nobody noted anything for this step.");
	ps_term_close(term);
}

static void
release__computed_step__says_why_it_is_not_noted_by_hand(void **state)
{
	PsTerm *term = open_release(24, 80, NULL);

	(void)state;
	ps_term_send(term, "jd");
	ps_term_expect(term, "What shows it");
	ps_term_send(term, "seen\r");
	ps_term_expect(term, "is seen by itself");
	ps_term_send(term, "F");
	ps_term_expect(term, "not published yet");
	ps_term_send(term, "U");
	ps_term_expect(term, "provider.push_target");
	ps_term_close(term);
}

static void
release__message_and_network__are_keys_that_say_why_not(void **state)
{
	PsTerm *term = open_release(24, 80, NULL);

	(void)state;
	/* no fix has a link that could be asked */
	ps_term_send(term, "o");
	ps_term_expect(term, "No fix of the advisory has a link");
	ps_term_send(term, "jo");
	ps_term_expect(term, "choose one of these steps");
	ps_term_send(term, "m");
	ps_term_expect(term, "no message shows it");
	ps_term_send(term, "jjjj");
	ps_term_expect(term, "› Users told");
	ps_term_send(term, "m");
	ps_term_expect(term, "No message of this case has left yet");
	ps_term_close(term);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(release__list__shows_every_step_at_every_size),
		cmocka_unit_test(release__step__is_noted_marked_as_not_needed_and_taken_back),
		cmocka_unit_test(release__computed_step__says_why_it_is_not_noted_by_hand),
		cmocka_unit_test(release__message_and_network__are_keys_that_say_why_not),
	};

	return cmocka_run_group_tests_name("release", tests, setup, teardown);
}
