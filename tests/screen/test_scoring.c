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
	PsTerm *term = ps_test_workspace_open(workspace, rows, cols, variable);

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
	g_free(ps_test_command(workspace, &status, first, second, third, fourth, NULL));

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

/* ---- reasons, sources, releases ---- */

static void
scoring__reason_of_a_metric__is_kept_and_shown(void **state)
{
	int status;

	(void)state;
	run("a score", "case", "score", CASE, FULL);
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_send(term, "gjb");
	ps_term_expect(term, "AV, because:");
	ps_term_send(term, "The port is open\r");
	ps_term_expect(term, "Because: The port is open");
	ps_term_expect_row(term, 5, "›*AV  Attack Vector");
	ps_term_send(term, "s");
	ps_term_expect(term, "Saved: 9.8 Critical");
	g_autofree char *reasons =
		ps_test_command(workspace, &status, "list", "score_reason", "--json", NULL);
	assert_non_null(strstr(reasons, "\"metric\":\"AV\""));
	assert_non_null(strstr(reasons, "The port is open"));
	/* The history of the score tells it too. */
	const char *score = strstr(reasons, "\"score\":\"");
	assert_non_null(score);
	g_autofree char *id = g_strndup(score + strlen("\"score\":\""), 36);
	g_autofree char *history = g_strdup_printf(":pane.open history score/%s\r", id);
	ps_term_send(term, history);
	ps_term_expect(term, "AV: Reason");
	ps_term_send(term, "q");
	ps_term_expect(term, "Scoring › PSIRT");
	/* Emptied, it is gone. */
	ps_term_send(term, "b\025\rs");
	ps_term_expect(term, "Saved: 9.8 Critical");
	ps_term_expect_gone(term, "Because:");
	g_autofree char *none =
		ps_test_command(workspace, &status, "list", "score_reason", "--json", NULL);
	assert_null(strstr(none, "metric"));
	ps_term_close(term);
}

static void
scoring__compare__marks_what_sources_see_differently(void **state)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}};

	(void)state;
	run("our score", "case", "score", CASE, FULL);
	int status;
	g_free(ps_test_command(workspace, &status, "case", "score", CASE,
			       "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:L", "source=NVD", NULL));
	assert_int_equal(status, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		PsTerm *term = open_scoring(sizes[i][0], sizes[i][1], NULL);
		ps_term_send(term, "c");
		ps_term_expect_row(term, 1, "2 metrics differ");
		ps_term_expect_row(term, 2, "ours");
		ps_term_expect_row(term, 2, "NVD");
		ps_term_expect_row(term, 3, "≠ Score");
		ps_term_expect_row(term, 3, "8.3 High");
		ps_term_expect_row(term, 4, "≠ AV  Attack Vector");
		ps_term_expect_row(term, 4, "A Adjacent");
		ps_term_expect_row(term, 5, "    AC  Attack Complexity");
		ps_term_send(term, "d");
		ps_term_expect_row(term, 5, "≠ A   Availability");
		ps_term_send(term, "q");
		ps_term_expect(term, "Scoring › PSIRT");
		ps_term_close(term);
	}
}

/* A release that is affected; its id. */
static char *
affected_release(void)
{
	int status;
	g_autofree char *product = ps_test_command(workspace, &status, "new", "product",
						   "name=Gate", "vendor=Acme", NULL);
	assert_int_equal(status, 0);
	g_autofree char *pair = g_strconcat("product=", g_strstrip(product), NULL);
	char *release =
		ps_test_command(workspace, &status, "new", "release", pair, "version=4.2", NULL);
	assert_int_equal(status, 0);
	g_strstrip(release);
	g_free(ps_test_command(workspace, &status, "case", "affect", CASE, release,
			       "known_affected", NULL));
	assert_int_equal(status, 0);
	return release;
}

static void
scoring__release__differs_in_environmental_metrics_only(void **state)
{
	(void)state;
	PsTerm *empty = open_scoring(24, 80, NULL);
	ps_term_send(empty, "p");
	ps_term_expect(empty, "no CVSS 3.1 score of the vulnerability itself yet");
	ps_term_close(empty);
	run("a score", "case", "score", CASE, FULL);
	g_autofree char *release = affected_release();
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_expect_row(term, 2, " 9.8 Critical ");
	ps_term_send(term, "p");
	ps_term_expect(term, "Surroundings of");
	ps_term_send(term, "Gate\r");
	ps_term_expect_row(term, 1, "Gate 4.2");
	ps_term_expect(term, "MAV Modified Attack Vector");
	/* The metrics of the vulnerability stay. */
	ps_term_send(term, "g jA");
	ps_term_expect(term, "differs in environmental metrics only");
	ps_term_send(term, "g :scoring.pick P\r");
	ps_term_expect(term, "Space folds it");
	/* Neither does a pasted vector change them. */
	ps_term_send(term, "\033[200~CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:L/A:L/CR:L\033[201~");
	ps_term_expect_row(term, 4, FULL "/CR:L");
	ps_term_send(term, "\033[200~CVSS:4.0/AV:L\033[201~");
	ps_term_expect(term, "The release is scored with CVSS 3.1 here");
	ps_term_send(term, "v");
	ps_term_expect(term, "no CVSS 4.0 score of the vulnerability itself yet");
	ps_term_send(term, "\022");
	ps_term_expect(term, "The form shows what is saved.");
	/* Three heads, CR IR AR, then the modified attack vector. */
	ps_term_send(term, "jjjjjjP");
	ps_term_expect(term, "MAV:P");
	ps_term_send(term, "s");
	ps_term_expect(term, "Saved: 6.8 Medium");
	g_autofree char *stored = g_strdup_printf("\"release\":\"%s\"", release);
	assert_stored(stored);
	assert_stored("\"vector\":\"" FULL "\"");
	assert_stored("\"vector\":\"" FULL "/MAV:P\"");
	ps_term_send(term, ":scoring.release all\r");
	ps_term_expect_row(term, 2, " 9.8 Critical ");
	ps_term_close(term);
}

/* ---- out of the workstation ---- */

static gboolean
wrote(PsTerm *term, gconstpointer bytes)
{
	return strstr(term->raw->str, bytes) != NULL;
}

static void
scoring__copy__sends_the_vector_to_the_clipboard(void **state)
{
	g_autofree char *encoded = g_base64_encode((const guchar *)FULL, strlen(FULL));
	g_autofree char *expected = g_strdup_printf("\033]52;c;%s\a", encoded);

	(void)state;
	run("a score", "case", "score", CASE, FULL);
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_expect_row(term, 2, " 9.8 Critical ");
	ps_term_forget(term);
	ps_term_send(term, "y");
	ps_term_until(term, wrote, expected, "the clipboard's sequence");
	ps_term_expect(term, "sent to the terminal's clipboard (44 bytes)");
	ps_term_close(term);
}

static void
scoring__copy__writes_a_file_or_says_that_it_is_off(void **state)
{
	g_autofree char *file = g_build_filename(workspace->dir, "vector.txt", NULL);
	g_autofree char *text = NULL, *typed = g_strdup_printf("\025%s\r", file);

	(void)state;
	run("a score", "case", "score", CASE, FULL);
	run("setting", "config", "ui.clipboard", "file", NULL);
	PsTerm *term = open_scoring(24, 80, NULL);
	ps_term_expect_row(term, 2, " 9.8 Critical ");
	ps_term_forget(term);
	ps_term_send(term, "y");
	ps_term_expect(term, "Write to the file: cvss-3.1.txt");
	ps_term_send(term, typed);
	ps_term_expect(term, "was written to");
	assert_true(g_file_get_contents(file, &text, NULL, NULL));
	assert_string_equal(text, FULL "\n");
	assert_null(strstr(term->raw->str, "\033]52"));
	ps_term_close(term);
	run("setting", "config", "ui.clipboard", "off", NULL);
	term = open_scoring(24, 80, NULL);
	ps_term_send(term, "y");
	ps_term_expect(term, "Copying is switched off");
	ps_term_close(term);
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
		WITH_WORKSPACE(scoring__reason_of_a_metric__is_kept_and_shown),
		WITH_WORKSPACE(scoring__compare__marks_what_sources_see_differently),
		WITH_WORKSPACE(scoring__release__differs_in_environmental_metrics_only),
		WITH_WORKSPACE(scoring__copy__sends_the_vector_to_the_clipboard),
		WITH_WORKSPACE(scoring__copy__writes_a_file_or_says_that_it_is_off),
		WITH_WORKSPACE(scoring__readonly__shows_and_does_not_save),
	};

	return cmocka_run_group_tests_name("scoring on a screen", tests, NULL, NULL);
}
