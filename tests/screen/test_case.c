#include "config.h"

/* The work on a case by keyboard alone: list, overview, affected releases, timeline. */

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

static void
run(const char *first, const char *second, const char *third, const char *fourth, const char *fifth)
{
	g_free(command(first, second, third, fourth, fifth));
}

/* Three releases of a product; the first two contain zlib. */
static void
add_releases(void)
{
	g_autofree char *product =
		command("new", "product", "name=Hub H1", "vendor=Example Works", NULL);
	g_autofree char *of = g_strconcat("product=", product, NULL);

	for (int i = 1; i <= 3; i++) {
		g_autofree char *version = g_strdup_printf("version=%d.0", i);
		g_autofree char *release = command("new", "release", of, version, NULL);
		g_autofree char *in = g_strconcat("release=", release, NULL);
		if (i < 3)
			run("new", "component", in, "name=zlib", "version=1.2.11");
	}
}

static int
setup(void **state)
{
	(void)state;
	workspace = ps_test_workspace_new(3, NULL);
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
open_cases(int rows, int cols, const char *variable)
{
	PsTerm *term = ps_test_workspace_open(workspace, rows, cols, variable);

	ps_term_expect(term, "1 Desk");
	ps_term_send(term, "3");
	ps_term_expect(term, "open, newest first");
	ps_term_expect_row(term, 5, "Overflow 1");
	ps_term_expect_row(term, 3, "› PSIRT-2026-0003");
	return term;
}

static PsTerm *
open_pane(int rows, int cols, const char *variable, const char *pane)
{
	PsTerm *term = open_cases(rows, cols, variable);
	g_autofree char *keys = g_strdup_printf(":pane.open %s " CASE "\r", pane);

	ps_term_send(term, keys);
	ps_term_expect_gone(term, "newest first");
	return term;
}

static void
assert_listed(const char *kind, const char *text)
{
	int status;
	g_autofree char *out = ps_test_command(workspace, &status, "list", kind, "--json", NULL);

	assert_int_equal(status, 0);
	if (!strstr(out, text))
		fail_msg("“%s” is not in %s", text, out);
}

static const struct {
	int rows, cols;
	const char *variable;
} screens[] = {
	{24, 80, "TERM=xterm-256color"},   {50, 160, "TERM=xterm-256color"}, {24, 80, "NO_COLOR=1"},
	{50, 160, "PSIRTDESK_THEME=mono"}, {15, 60, "TERM=xterm-256color"},
};

/* ---- the list ---- */

static void
cases__list__filters_and_orders(void **state)
{
	(void)state;
	PsTerm *term = open_cases(24, 80, NULL);
	ps_term_expect_row(term, 5, "Overflow 1");
	ps_term_expect_row(term, 5, "in 3 d 22 h");
	ps_term_send(term, "/parser 0002\r");
	ps_term_expect_row(term, 3, "Overflow 2");
	ps_term_expect_row(term, 1, "1/1");
	ps_term_send(term, "\033");
	ps_term_expect_row(term, 1, "/3");
	ps_term_send(term, "f");
	ps_term_expect(term, "No open case is yours.");
	ps_term_send(term, "ff");
	ps_term_expect_row(term, 1, "open, newest first");
	ps_term_send(term, "o");
	ps_term_expect_row(term, 1, "most urgent first");
	ps_term_close(term);
}

static void
cases__new__opens_its_overview_with_the_first_step(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++) {
		PsTerm *term = open_cases(screens[i].rows, screens[i].cols, screens[i].variable);
		ps_term_send(term, "n");
		ps_term_expect(term, "Title of the new case:");
		ps_term_send(term, "\r");
		ps_term_expect(term, "A case needs a title");
		ps_term_send(term, "Weak default password\r");
		ps_term_expect(term, "Case › PSIRT-2026-00");
		ps_term_expect(term, "Judge the report: is it valid?");
		ps_term_send(term, "u");
		ps_term_expect(term, "The case is not there (any more).");
		ps_term_send(term, "q");
		ps_term_expect(term, "open, newest first");
		ps_term_close(term);
	}
}

/* ---- the overview ---- */

static void
case__overview__is_complete_at_every_size(void **state)
{
	(void)state;
	run("case", "score", CASE, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++) {
		PsTerm *term =
			open_pane(screens[i].rows, screens[i].cols, screens[i].variable, "case");
		ps_term_expect(term, "TLP:AMBER");
		ps_term_expect(term, " 9.8 Critical ");
		ps_term_expect(term, "RECEIVED");
		ps_term_expect(term, "Validate the report");
		ps_term_expect(term, "▾ Next");
		ps_term_send(term, "G");
		ps_term_expect(term, "▸ Log");
		ps_term_expect_row(term, screens[i].rows - 1, "? help");
		ps_term_close(term);
	}
}

static void
case__next_step__enter_does_it(void **state)
{
	g_autofree char *account = g_strconcat("account=", g_get_user_name(), NULL);

	(void)state;
	run("new", "person", "name=Bea Test", account, NULL);
	PsTerm *term = open_pane(24, 80, NULL, "case");
	ps_term_send(term, "j");
	ps_term_expect(term, "Nobody owns the case");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Whose is the case?");
	ps_term_expect(term, "› Bea Test");
	ps_term_send(term, "\r");
	ps_term_expect(term, "owner Bea Test");
	ps_term_expect_gone(term, "Nobody owns");
	ps_term_send(term, "R");
	ps_term_expect(term, "The report is right");
	ps_term_send(term, "valid\r");
	ps_term_expect(term, "VALID: valid, to be prioritised.");
	ps_term_expect(term, "Accept the work, or put it off.");
	ps_term_expect(term, "Score the flaw.");
	assert_listed("case", "\"rm\":\"VALID\"");
	ps_term_close(term);
}

static void
case__embargo_tlp_signal__each_is_one_key(void **state)
{
	(void)state;
	PsTerm *term = open_pane(24, 80, NULL, "case");
	ps_term_send(term, "E");
	ps_term_expect(term, "Somebody proposed to keep it secret");
	ps_term_send(term, "\r");
	ps_term_expect(term, "The embargo ends");
	ps_term_send(term, "\025+10d\r");
	ps_term_expect(term, "PROPOSED: embargo proposed.");
	ps_term_expect(term, "until 01 Dec 10:00, in 10 d");
	ps_term_send(term, "T");
	ps_term_expect(term, "Who may know of the case?");
	ps_term_send(term, "named persons\r");
	ps_term_expect(term, "TLP:RED");
	ps_term_send(term, "!");
	ps_term_expect(term, "What is the signal?");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Who says so");
	ps_term_send(term, "CERT-X\r");
	ps_term_expect(term, "What is said");
	ps_term_send(term, "Seen in two networks.\r");
	ps_term_expect(term, "Recorded with the time now.");
	assert_listed("event", "Signal of exploitation, from CERT-X. Seen in two networks.");
	ps_term_close(term);
}

static void
case__locked__tells_states_and_how_to_read_the_rest(void **state)
{
	(void)state;
	PsTerm *term = open_pane(24, 80, NULL, "case");
	ps_term_expect(term, "Overflow 1");
	ps_term_send(term, ":app.lock\r");
	ps_term_expect(term, "Sealed texts can't be read: U unlocks them.");
	ps_term_expect_row(term, 1, "(sealed)");
	ps_term_expect(term, "RECEIVED");
	ps_term_send(term, "w");
	ps_term_expect(term, "unlock");
	ps_term_send(term, "U");
	ps_term_expect_row(term, 1, "Overflow 1");
	ps_term_close(term);
}

/* ---- affected ---- */

static void
affected__component__lists_its_releases_and_marks_get_a_status(void **state)
{
	(void)state;
	add_releases();
	PsTerm *term = open_pane(24, 80, NULL, "affected");
	ps_term_expect(term, "Hub H1 3.0");
	ps_term_send(term, "/zlib\r");
	ps_term_expect_gone(term, "Hub H1 3.0");
	ps_term_expect(term, "zlib 1.2.11");
	ps_term_send(term, "  ");
	ps_term_expect(term, "2 marked");
	ps_term_send(term, "a");
	ps_term_expect(term, "2 products are “affected” now.");
	ps_term_expect_row(term, 1, "2 judged");
	ps_term_send(term, "\033");
	ps_term_expect(term, "Hub H1 3.0");
	ps_term_send(term, "G");
	ps_term_expect(term, "› –");
	ps_term_send(term, "n");
	ps_term_expect(term, "Why is it not affected?");
	ps_term_send(term, "never\r");
	ps_term_expect(term, "1 product is “not affected” now.");
	ps_term_expect(term, "code never runs");
	assert_listed("affected", "vulnerable_code_not_in_execute_path");
	ps_term_send(term, "d");
	ps_term_expect(term, "Taken out of the case. u brings it back.");
	ps_term_send(term, "u");
	ps_term_expect_row(term, 1, "3 judged");
	ps_term_close(term);
}

/* A device that release 3.0 runs on, and another one. */
static void
add_devices(void)
{
	g_autofree char *product =
		command("new", "product", "name=Box", "vendor=Example Works", NULL);
	g_autofree char *of = g_strconcat("product=", product, NULL);
	g_autofree char *hub = command("list", "release", "version=3.0", NULL, NULL);
	g_autofree char *on = g_strconcat("release=", strtok(hub, "\t"), NULL);

	for (int i = 1; i <= 2; i++) {
		g_autofree char *version = g_strdup_printf("version=rev. %d", i);
		g_autofree char *release = command("new", "release", of, version, NULL);
		g_autofree char *with = g_strconcat("relates_to=", release, NULL);
		run("new", "relationship", on, "category=installed_on", with);
	}
}

static void
affected__combination__has_a_status_beside_its_release(void **state)
{
	(void)state;
	add_releases();
	add_devices();
	PsTerm *term = open_pane(24, 80, NULL, "affected");
	ps_term_send(term, "/3.0\r");
	ps_term_expect_gone(term, "Hub H1 1.0");
	ps_term_expect(term, "└ on Box rev. 1");
	ps_term_send(term, "a");
	ps_term_expect(term, "1 product is “affected” now.");
	ps_term_expect(term, "as the release");
	ps_term_expect(term, "This holds for each combination below");
	ps_term_send(term, "j");
	ps_term_expect(term, "stands as its release does");
	ps_term_send(term, "n");
	ps_term_expect(term, "Why is it not affected?");
	ps_term_send(term, "never\r");
	ps_term_expect(term, "1 product is “not affected” now.");
	ps_term_expect_row(term, 1, "2 judged");
	ps_term_expect(term, "Hub H1 3.0 installed on Example Works Box");
	/* the device lists what runs on it */
	ps_term_send(term, "\033/rev. 2\r");
	ps_term_expect(term, "└ Hub H1 3.0");
	assert_listed("affected", "\"status\":\"known_affected\"");
	assert_listed("affected", "\"status\":\"known_not_affected\"");
	ps_term_close(term);
}

static void
case__proposed_remedy__is_accepted_by_a_key(void **state)
{
	(void)state;
	int status;
	g_autofree char *id = ps_test_command(workspace, &status, "new", "decision", "case=" CASE,
					      "category=workaround", "reason=They say so.",
					      "details=Pull the plug.", "proposed=yes", NULL);
	assert_int_equal(status, 0);
	run("case", "state", CASE, "rm=VALID", NULL);
	PsTerm *term = open_pane(24, 80, NULL, "case");
	ps_term_expect(term, "p              An upstream advisory proposes a remedy");
	ps_term_expect(term, "proposed: workaround");
	ps_term_send(term, "p");
	ps_term_expect(term, "it holds for us");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Decided as proposed.");
	ps_term_expect_gone(term, "proposed: workaround");
	assert_listed("event", "Decided: workaround, as proposed by an upstream advisory.");
	ps_term_send(term, "p");
	ps_term_expect(term, "No upstream advisory proposes a remedy.");
	/* no advisory yet: the keys of its changes and release day say so */
	ps_term_send(term, "X");
	ps_term_expect(term, "The case has no advisory yet");
	ps_term_close(term);
}

static void
affected__conflict__is_told_with_both_values(void **state)
{
	(void)state;
	add_releases();
	PsTerm *term = open_pane(24, 80, NULL, "affected");
	ps_term_send(term, "/1.0\r");
	ps_term_expect_gone(term, "Hub H1 3.0");
	/* The choice is open while somebody else decides. */
	ps_term_send(term, "\r");
	ps_term_expect(term, "Status of Example Works Hub H1 1.0");
	run("case", "affect", CASE, "Hub H1 1.0", "fixed");
	ps_term_send(term, "investigating\r");
	ps_term_expect(term, "fixed");
	assert_listed("affected", "\"status\":\"fixed\"");
	ps_term_close(term);
}

/* ---- timeline ---- */

static void
timeline__decision_and_task__appear(void **state)
{
	(void)state;
	PsTerm *term = open_pane(24, 80, NULL, "timeline");
	ps_term_expect(term, "Validate the report");
	ps_term_send(term, "d");
	ps_term_expect(term, "What do we do?");
	ps_term_send(term, "workaround\r");
	ps_term_expect(term, "Why (empty: editor):");
	ps_term_send(term, "The port can be closed.\r");
	ps_term_expect(term, "What users should do");
	ps_term_send(term, "Close port 7.\r");
	ps_term_expect(term, "Decided: workaround.");
	ps_term_expect(term, "Decided: workaround. The port can be closed.");
	ps_term_send(term, "n");
	ps_term_expect(term, "Task:");
	ps_term_send(term, "Try it on 2.0\r");
	ps_term_expect(term, "Due (2026-12-01");
	ps_term_send(term, "\025+2d\r");
	ps_term_expect(term, "The task is on the list.");
	ps_term_expect(term, "Try it on 2.0");
	assert_listed("task", "2026-11-23T10:00:00Z");
	assert_listed("decision", "Close port 7.");
	ps_term_close(term);
}

static void
timeline__time_under_the_cursor__is_typed_and_seen(void **state)
{
	(void)state;
	run("case", "task", CASE, "title=Reproduce it", "due=2026-11-25T10:00:00Z");
	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++) {
		/* The first character replaces what is proposed. */
		g_autofree char *typed = g_strdup_printf("+%dd\r", (int)i + 5);
		g_autofree char *seen = g_strdup_printf("Due: %d Nov 10:00.", (int)i + 26);
		PsTerm *term = open_pane(screens[i].rows, screens[i].cols, screens[i].variable,
					 "timeline");
		ps_term_expect(term, "▼");
		/* The log is empty: the task is the last row. */
		ps_term_send(term, "G");
		ps_term_expect(term, "─ Reproduce it ─");
		ps_term_expect(term, "open: ");
		ps_term_send(term, "e");
		ps_term_expect(term, "Due (2026-12-01");
		ps_term_send(term, typed);
		ps_term_expect(term, seen);
		ps_term_close(term);
	}
}

static void
timeline__conflict__shows_both_values_and_asks(void **state)
{
	(void)state;
	g_autofree char *task =
		command("case", "task", CASE, "title=Reproduce it", "due=2026-11-25T10:00:00Z");
	PsTerm *term = open_pane(24, 80, NULL, "timeline");
	ps_term_send(term, "G");
	ps_term_expect(term, "─ Reproduce it ─");
	ps_term_send(term, "e");
	ps_term_expect(term, "not known): 25 Nov 10:00");
	/* Somebody else, while the question is open. */
	run("set", "task", task, "due_at=2026-11-28T10:00:00Z", NULL);
	/* A key that erases edits what is there. */
	ps_term_send(term, "\001\004\00427\r");
	ps_term_expect(term, "m: take mine");
	g_autofree char *text = ps_term_text(term);
	assert_non_null(strstr(text, "“25 Nov 10:00”"));
	assert_non_null(strstr(text, "“28 Nov 10:00”"));
	ps_term_send(term, "m");
	ps_term_expect(term, "Due: 27 Nov 10:00.");
	assert_listed("task", "2026-11-27T10:00:00Z");
	ps_term_close(term);
}

static void
timeline__zoom_and_scroll__keep_the_cursor(void **state)
{
	(void)state;
	PsTerm *term = open_pane(24, 80, NULL, "timeline");
	ps_term_expect(term, "› Received");
	ps_term_send(term, "++");
	ps_term_expect_row(term, 1, "closer");
	ps_term_send(term, "lll");
	ps_term_expect(term, "‹");
	ps_term_resize(term, 50, 160);
	ps_term_expect(term, "› Received");
	ps_term_expect_row(term, 1, "closer");
	ps_term_send(term, "\033");
	ps_term_expect(term, "● 20 Nov 08:00");
	ps_term_close(term);
}

#define WITH_WORKSPACE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_WORKSPACE(cases__list__filters_and_orders),
		WITH_WORKSPACE(cases__new__opens_its_overview_with_the_first_step),
		WITH_WORKSPACE(case__overview__is_complete_at_every_size),
		WITH_WORKSPACE(case__next_step__enter_does_it),
		WITH_WORKSPACE(case__embargo_tlp_signal__each_is_one_key),
		WITH_WORKSPACE(case__locked__tells_states_and_how_to_read_the_rest),
		WITH_WORKSPACE(affected__component__lists_its_releases_and_marks_get_a_status),
		WITH_WORKSPACE(affected__combination__has_a_status_beside_its_release),
		WITH_WORKSPACE(case__proposed_remedy__is_accepted_by_a_key),
		WITH_WORKSPACE(affected__conflict__is_told_with_both_values),
		WITH_WORKSPACE(timeline__decision_and_task__appear),
		WITH_WORKSPACE(timeline__time_under_the_cursor__is_typed_and_seen),
		WITH_WORKSPACE(timeline__conflict__shows_both_values_and_asks),
		WITH_WORKSPACE(timeline__zoom_and_scroll__keep_the_cursor),
	};

	return cmocka_run_group_tests_name("a case on a screen", tests, NULL, NULL);
}
