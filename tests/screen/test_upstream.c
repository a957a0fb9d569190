#include "config.h"

/* Documents of others and templates, by keyboard alone. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

static PsTestWorkspace *workspace;

/* Runs a command that must work; its first line. */
static char *
command(const char *first, const char *second, const char *third, const char *fourth,
	const char *fifth)
{
	int status;
	char *out = ps_test_command(workspace, &status, first, second, third, fourth, fifth, NULL);

	if (status != 0)
		fail_msg("%s %s: status %d", first, second, status);
	return g_strstrip(out);
}

static int
setup(void **state)
{
	(void)state;
	workspace = ps_test_workspace_new(1, NULL);
	g_autofree char *product =
		command("new", "product", "name=Hub H1", "vendor=Example Works", NULL);
	g_autofree char *of = g_strconcat("product=", product, NULL);
	g_free(command("new", "release", of, "version=1.0", NULL));
	g_free(command("new", "release", of, "version=2.0", "purl=pkg:generic/example/h1@2.0"));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ps_test_workspace_free(workspace);
	return 0;
}

static PsTerm *
open_advisories(int rows, int cols)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, NULL};
	const char *environment[] = {workspace->gnupg_variable,
				     "PSIRTDESK_NOW=2026-11-21T10:00:00Z", NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	/* The title can be read: the workspace is unlocked. */
	ps_term_expect(term, "Evil ");
	ps_term_send(term, "5");
	ps_term_expect(term, "i upstream");
	return term;
}

/* A copy with a short path: wherever the sources lie, the screen shows the same. */
static void
send_path(PsTerm *term, const char *name)
{
	g_autofree char *path =
		g_build_filename(g_getenv("SRCDIR"), "tests/fixtures/upstream", name, NULL);
	g_autofree char *copy = g_build_filename(workspace->home->dir, name, NULL);
	g_autofree char *text = NULL;
	gsize length = 0;

	if (g_file_get_contents(path, &text, &length, NULL))
		assert_true(g_file_set_contents(copy, text, (gssize)length, NULL));
	ps_term_send(term, copy);
	ps_term_send(term, "\r");
}

static void
upstream__file__is_taken_in_matched_and_becomes_a_case(void **state)
{
	(void)state;
	PsTerm *term = open_advisories(24, 80);
	ps_term_send(term, "i");
	ps_term_expect(term, "No document of somebody else was taken in yet.");
	ps_term_send(term, "n");
	ps_term_expect(term, "CSAF file:");
	send_path(term, "no-such-file.json");
	ps_term_expect(term, "no-such-file.json” could not be read");
	ps_term_send(term, "n");
	ps_term_expect(term, "CSAF file:");
	send_path(term, "nk-2026-007.json");
	ps_term_expect(term, "Taken in; 2 of 3 products are ours.");
	ps_term_expect(term, "likely: Example Works Hub H1 1.0");
	ps_term_expect(term, "exact: Example Works Hub H1 2.0");
	ps_term_send(term, "m");
	ps_term_expect(term, "Their product");
	ps_term_send(term, "G");
	ps_term_expect_cursor(term, 5);
	ps_term_send(term, "\r");
	ps_term_expect(term, "Which release is it?");
	ps_term_send(term, "H1 2.0\r");
	ps_term_expect(term, "analyst");
	ps_term_send(term, "x");
	ps_term_expect(term, "not matched");
	ps_term_send(term, "q");
	ps_term_expect(term, "c case");
	ps_term_send(term, "c");
	ps_term_expect(term, "Case › PSIRT-2026-0002");
	ps_term_expect(term, "CVE-2026-31337");
	ps_term_expect(term, "1 affected · 1 fixed");
	ps_term_expect(term, "CNA 3.1: 8.1 High");
	ps_term_close(term);
}

static void
upstream__same_file_again__says_so(void **state)
{
	(void)state;
	PsTerm *term = open_advisories(24, 80);
	ps_term_send(term, "in");
	ps_term_expect(term, "CSAF file:");
	send_path(term, "nk-2026-007.json");
	ps_term_expect(term, "This very document was read in before");
	ps_term_send(term, "q");
	ps_term_expect(term, "in a case");
	ps_term_close(term);
}

static void
template__made_here__is_used_by_the_next_draft(void **state)
{
	(void)state;
	PsTerm *term = open_advisories(24, 80);
	ps_term_send(term, "p");
	ps_term_expect(term, "None yet. n makes one.");
	ps_term_send(term, "n");
	ps_term_expect(term, "Name");
	ps_term_send(term, "House\r");
	ps_term_expect(term, "Terms of use");
	ps_term_close(term);
	g_autofree char *list = command("list", "advisory_template", "name=House", NULL, NULL);
	list[strcspn(list, "\t")] = '\0';
	g_free(command("set", "advisory_template", list, "default=yes",
		       "legal=House rules apply."));
	term = open_advisories(24, 80);
	ps_term_send(term, ":pane.open advisory PSIRT-2026-0001\r");
	ps_term_expect(term, "n draft");
	ps_term_send(term, "n");
	ps_term_expect(term, "The advisory is drafted from the case.");
	ps_term_send(term, "t");
	ps_term_expect(term, "House rules apply.");
	ps_term_close(term);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(upstream__file__is_taken_in_matched_and_becomes_a_case),
		cmocka_unit_test(upstream__same_file_again__says_so),
		cmocka_unit_test(template__made_here__is_used_by_the_next_draft),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
