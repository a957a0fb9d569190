#include "config.h"

/* Scoring on a real terminal: values by keys, vectors typed and pasted, saving, conflicts. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

#define CASE "PSIRT-2026-0001"
#define FULL "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"

static PsTestWorkspace *workspace;

/* Tests change the case: each has its own workspace. */
static int
setup(void **state)
{
	(void)state;
	workspace = ps_test_workspace_new(2, NULL);
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
open_scoring(int rows, int cols, const char *variable)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, NULL};
	const char *environment[] = {workspace->gnupg_variable,
				     "PSIRTDESK_NOW=2026-11-21T10:00:00Z", variable, NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	/* Titles can be read: the workspace is unlocked. */
	ps_term_expect(term, "Overflow");
	ps_term_send(term, ":pane.open scoring " CASE "\r");
	ps_term_expect(term, "Scoring › PSIRT");
	return term;
}

static void
run(const char *what, const char *first, const char *second, const char *third, const char *fourth)
{
	int status;
	g_autofree char *out =
		ps_test_command(workspace, &status, first, second, third, fourth, NULL);

	if (status != 0)
		fail_msg("%s: status %d", what, status);
}

/* The case's scores as the headless command tells them. */
static char *
list_scores(void)
{
	int status;
	char *out = ps_test_command(workspace, &status, "list", "score", "--json", NULL);

	assert_int_equal(status, 0);
	return out;
}

static void
assert_stored(const char *text)
{
	g_autofree char *scores = list_scores();

	if (!strstr(scores, text))
		fail_msg("“%s” is not in %s", text, scores);
}

/* ---- filling the form ---- */

static const struct {
	int rows, cols;
	const char *variable;
} screens[] = {
	{24, 80, "TERM=xterm-256color"},   {50, 160, "TERM=xterm-256color"}, {24, 80, "NO_COLOR=1"},
	{50, 160, "PSIRTDESK_THEME=mono"}, {15, 60, "TERM=xterm-256color"},
};

static void
scoring__letters__fill_the_base_and_give_the_score(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++) {
		PsTerm *term = open_scoring(screens[i].rows, screens[i].cols, screens[i].variable);
		ps_term_expect(term, "No score yet, missing: AV AC PR UI S C I A");
		ps_term_send(term, "NLNNUHH");
		ps_term_expect(term, "missing: A");
		ps_term_send(term, "H");
		ps_term_expect(term, " 9.8 Critical ");
		ps_term_expect_row(term, 3, FULL);
		ps_term_send(term, "q");
		ps_term_expect(term, "is not saved");
		ps_term_send(term, "d");
		ps_term_expect_row(term, 1, "Desk");
		ps_term_close(term);
	}
}

static void
scoring__arrows__change_the_score_exactly(void **state)
{
	static const struct {
		const char *key, *score;
	} steps[] = {{"\033OC", " 8.8 High "},
		     {"l", " 8.4 High "},
		     {"l", " 6.8 Medium "},
		     {"h", " 8.4 High "},
		     {"\033OD\033OD", " 9.8 Critical "}};

	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "NLNNUHHHgj");
	ps_term_expect(term, " 9.8 Critical ");
	ps_term_expect_row(term, 5, "› AV  Attack Vector");
	ps_term_expect(term, "How far away can the attacker be?");
	ps_term_expect(term, "Reachable through routers");
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		ps_term_send(term, steps[i].key);
		ps_term_expect_row(term, 2, steps[i].score);
	}
	ps_term_close(term);
}

static void
scoring__version_4__shows_macrovector_and_nomenclature(void **state)
{
	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "v");
	ps_term_expect(term, "missing: AV AC AT PR UI VC VI VA SC SI SA");
	ps_term_send(term, "NLNNNHHHNNN");
	ps_term_expect_row(term, 2, " 9.3 Critical ");
	ps_term_expect_row(term, 2, "CVSS-B  macrovector 000200");
	/* The threat group: unfold it, and say that exploits are not reported. */
	ps_term_send(term, " jU");
	ps_term_expect_row(term, 2, "CVSS-BT  macrovector 000220");
	ps_term_expect_row(term, 2, " 8.1 High ");
	ps_term_send(term, "v");
	ps_term_expect(term, "missing: AV");
	ps_term_close(term);
}

/* ---- vectors as text ---- */

static void
scoring__typed_vector__changes_the_form_while_it_is_typed(void **state)
{
	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "e");
	ps_term_expect(term, "Vector: CVSS:3.1/");
	ps_term_send(term, "AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H");
	ps_term_expect(term, "missing: A");
	ps_term_send(term, "/A:H");
	ps_term_expect_row(term, 2, " 10.0 Critical ");
	ps_term_send(term, "/XX:Y\r");
	ps_term_expect(term, "XX");
	ps_term_send(term, "\033");
	/* Left with Esc: the form is as it was. */
	ps_term_expect(term, "missing: AV");
	ps_term_close(term);
}

static void
scoring__pasted_vector__replaces_the_values(void **state)
{
	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "\033[200~ See " FULL "/E:P (9.3)\n\033[201~");
	ps_term_expect(term, "The form has the values of the vector.");
	ps_term_expect_row(term, 2, " 9.3 Critical ");
	ps_term_send(term, "\033[200~CVSS:3.1/AV:N/AC:Z/PR:N/UI:N/S:U/C:H/I:H/A:H\033[201~");
	ps_term_expect(term, "Attack Complexity (AC) can't be “Z” at character 18");
	ps_term_expect_row(term, 2, " 9.3 Critical ");
	ps_term_send(term, "\033[200~CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/"
			   "SA:N\033[201~");
	ps_term_expect_row(term, 2, " 8.5 High ");
	ps_term_expect_row(term, 1, "CVSS 4.0");
	ps_term_close(term);
}

static void
scoring__resize__keeps_values_and_cursor(void **state)
{
	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "NLN");
	ps_term_expect(term, "missing: UI");
	ps_term_resize(term, 50, 160);
	ps_term_expect(term, "Scores of this case");
	ps_term_expect(term, "MAV Modified Attack Vector");
	ps_term_resize(term, 15, 60);
	ps_term_expect(term, "missing: UI S C I A");
	ps_term_send(term, "R");
	ps_term_expect(term, "missing: S C I A");
	ps_term_resize(term, 24, 80);
	ps_term_expect(term, "UI  User Interaction     None [Required]");
	ps_term_close(term);
}

/* ---- saving ---- */

static void
scoring__save__is_stored_with_its_source_and_can_be_undone(void **state)
{
	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "NLNNUHHs");
	ps_term_expect(term, "Availability (A) has no value yet");
	ps_term_send(term, "H");
	ps_term_send(term, ":scoring.source reporter\rs");
	ps_term_expect(term, "Saved: 9.8 Critical (CVSS 3.1, reporter).");
	assert_stored("\"source\":\"reporter\"");
	assert_stored("\"vector\":\"" FULL "\"");
	ps_term_send(term, "u");
	ps_term_expect(term, "Undone");
	g_autofree char *scores = list_scores();
	assert_null(strstr(scores, "vector"));
	ps_term_close(term);
}

static void
scoring__conflict__shows_both_values_and_asks(void **state)
{
	(void)state;
	run("first score", "case", "score", CASE, FULL);
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_expect_row(term, 2, " 9.8 Critical ");
	ps_term_send(term, "gjA");
	ps_term_expect_row(term, 2, " 8.8 High ");
	/* Somebody else meanwhile. */
	run("other score", "case", "score", CASE, "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	ps_term_send(term, "s");
	ps_term_expect(term, "m: save mine");
	g_autofree char *text = ps_term_text(term);
	assert_non_null(strstr(text, "AV:P/AC:L"));
	assert_non_null(strstr(text, "AV:N/AC:L"));
	ps_term_send(term, "t");
	ps_term_expect_row(term, 2, " 6.8 Medium ");
	ps_term_send(term, "gjLs");
	ps_term_expect(term, "Saved: 8.4 High");
	assert_stored("AV:L/AC:L");
	ps_term_close(term);
}

static void
scoring__hangup__keeps_what_was_not_saved_in_the_log(void **state)
{
	int status;

	(void)state;
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "NLL");
	ps_term_expect(term, "missing: UI");
	assert_int_equal(ps_term_close(term), 0);
	g_autofree char *log = ps_test_command(workspace, &status, "list", "event", "--json", NULL);
	if (!strstr(log, "CVSS:3.1/AV:N/AC:L/PR:L"))
		fail_msg("the log is %s", log);
}

static void
scoring__readonly__shows_and_does_not_save(void **state)
{
	(void)state;
	run("a score", "case", "score", CASE, FULL);
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, "--readonly", NULL};
	const char *environment[] = {workspace->gnupg_variable, NULL};
	PsTerm *term = ps_term_open(24, 80, argv, environment);
	/* Titles can be read: the workspace is unlocked. */
	ps_term_expect(term, "Overflow");
	ps_term_send(term, ":pane.open scoring " CASE "\r");
	ps_term_expect_row(term, 2, " 9.8 Critical ");
	ps_term_send(term, "gjls");
	ps_term_expect(term, "open for reading only");
	ps_term_close(term);
}

#define WITH_WORKSPACE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_WORKSPACE(scoring__letters__fill_the_base_and_give_the_score),
		WITH_WORKSPACE(scoring__arrows__change_the_score_exactly),
		WITH_WORKSPACE(scoring__version_4__shows_macrovector_and_nomenclature),
		WITH_WORKSPACE(scoring__typed_vector__changes_the_form_while_it_is_typed),
		WITH_WORKSPACE(scoring__pasted_vector__replaces_the_values),
		WITH_WORKSPACE(scoring__resize__keeps_values_and_cursor),
		WITH_WORKSPACE(scoring__save__is_stored_with_its_source_and_can_be_undone),
		WITH_WORKSPACE(scoring__conflict__shows_both_values_and_asks),
		WITH_WORKSPACE(scoring__hangup__keeps_what_was_not_saved_in_the_log),
		WITH_WORKSPACE(scoring__readonly__shows_and_does_not_save),
	};

	return cmocka_run_group_tests_name("scoring on a screen", tests, NULL, NULL);
}
