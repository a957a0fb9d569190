#include "config.h"

/* The frame of the workstation in a real terminal: layout, colours, cursor, keys, signals. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/pty.h"
#include "tests/screen/workspace.h"

#define CASES 60
/* Title bar, head line, heads of the columns. */
#define FIRST_ROW 3
/* A form has no heads. */
#define FIRST_FIELD 2

static PsTestWorkspace *workspace;

static int
make_workspace(void **state)
{
	(void)state;
	workspace = ps_test_workspace_new(CASES, NULL);
	return 0;
}

static int
remove_workspace(void **state)
{
	(void)state;
	ps_test_workspace_free(workspace);
	return 0;
}

/* Opens the workstation and waits until it is complete and unlocked. */
static PsTerm *
open_desk(int rows, int cols, const char *variable, const char *option)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, option, NULL};
	const char *environment[] = {workspace->gnupg_variable,
				     "PSIRTDESK_NOW=2026-11-21T10:00:00Z", variable, NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	return term;
}

/* To the plain list of the kind “case”, which no domain pane replaces: the frame is tested, not
 * what panes do. */
static void
go_to_cases(PsTerm *term)
{
	ps_term_expect(term, "? help");
	ps_term_send(term, ":pane.open list case\r");
	ps_term_expect_row(term, 2, "Number");
	ps_term_expect(term, "Overflow 59");
}

static PsTerm *
open_list(int rows, int cols, const char *variable)
{
	PsTerm *term = open_desk(rows, cols, variable, NULL);

	go_to_cases(term);
	ps_term_expect_cursor(term, FIRST_ROW);
	return term;
}

/* ---- what is seen ---- */

static void
assert_frame(PsTerm *term, int rows)
{
	ps_term_expect_row(term, 0, "Desk");
	ps_term_expect_row(term, 1, "Cases");
	ps_term_expect_row(term, 1, "1/60");
	ps_term_expect_row(term, 2, "Number");
	ps_term_expect_row(term, FIRST_ROW, "› PSIRT-2026-0060");
	ps_term_expect_row(term, rows - 1, "? help");
	assert_true(ps_term_cell(term, FIRST_ROW, 4).attrs.reverse);
	assert_false(ps_term_cell(term, FIRST_ROW + 1, 4).attrs.reverse);
}

static void
frame__first_screen__is_complete_at_every_size(void **state)
{
	static const int sizes[][2] = {{24, 80}, {15, 60}, {50, 160}, {10, 40}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		PsTerm *term = open_list(sizes[i][0], sizes[i][1], NULL);
		assert_frame(term, sizes[i][0]);
		assert_int_equal(ps_term_close(term), 0);
	}
}

static int
colored_cells(PsTerm *term)
{
	int count = 0;

	for (int row = 0; row < term->rows; row++)
		for (int col = 0; col < term->cols; col++) {
			VTermScreenCell cell = ps_term_cell(term, row, col);
			count += !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) ||
				 !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
		}
	return count;
}

static void
frame__colors__as_the_terminal_and_no_color_say(void **state)
{
	static const struct {
		const char *variable;
		gboolean colors;
	} rows[] = {{"TERM=xterm-256color", TRUE}, {"TERM=xterm-16color", TRUE},
		    {"TERM=xterm", TRUE},          {"TERM=vt100", FALSE},
		    {"NO_COLOR=1", FALSE},         {"PSIRTDESK_THEME=mono", FALSE},
		    {"COLORFGBG=0;15", TRUE}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		PsTerm *term = open_list(24, 80, rows[i].variable);
		assert_frame(term, 24);
		if ((colored_cells(term) > 0) != rows[i].colors)
			fail_msg("%s: %d coloured cells", rows[i].variable, colored_cells(term));
		ps_term_close(term);
	}
}

static void
frame__ascii_terminal__draws_plain_letters(void **state)
{
	(void)state;
	PsTerm *term = open_desk(24, 80, "LC_ALL=C", NULL);
	go_to_cases(term);
	ps_term_expect_row(term, FIRST_ROW, "> PSIRT-2026-0060");
	for (gsize i = 0; i < term->raw->len; i++)
		assert_true((guchar)term->raw->str[i] < 0x80);
	ps_term_close(term);
}

static void
frame__hostile_title__never_reaches_the_terminal(void **state)
{
	static const char *const forbidden[] = {"\033]",        "\a",           "\033[31m",
						"\342\200\256", "\342\200\213", "\302\233"};

	(void)state;
	PsTerm *term = open_list(24, 120, NULL);
	ps_term_send(term, "\r");
	ps_term_expect(term, "Report management");
	for (size_t i = 0; i < G_N_ELEMENTS(forbidden); i++)
		if (strstr(term->raw->str, forbidden[i]))
			fail_msg("bytes of pattern %zu were sent", i);
	/* What was taken out left a mark. */
	assert_non_null(strstr(term->raw->str, "\357\277\275"));
	ps_term_expect(term, "Evil �]0;pwned��[2J�gnp.exe");
	ps_term_close(term);
}

/* ---- moving ---- */

static void
press_and_count(PsTerm *term, const char *key, int row, gsize limit, const char *what)
{
	ps_term_forget(term);
	ps_term_send(term, key);
	ps_term_expect_cursor(term, row);
	printf("# %s: %zu bytes\n", what, term->raw->len);
	if (term->raw->len > limit)
		fail_msg("%s: %zu bytes, over %zu", what, term->raw->len, limit);
}

static void
frame__cursor_keys__stay_in_the_byte_budget(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	press_and_count(term, "j", FIRST_ROW + 1, 230, "cursor key from the hostile row");
	press_and_count(term, "\033OB", FIRST_ROW + 2, 230, "cursor key");
	press_and_count(term, "k", FIRST_ROW + 1, 230, "cursor key up");
	for (int row = FIRST_ROW + 2; row < 22; row++) {
		ps_term_send(term, "j");
		ps_term_expect_cursor(term, row);
	}
	/* The cursor stays on the last row while the list scrolls below it. */
	ps_term_forget(term);
	ps_term_send(term, "j");
	ps_term_expect(term, "20/60");
	ps_term_expect(term, "PSIRT-2026-0041");
	ps_term_expect_cursor(term, 21);
	printf("# scrolling key: %zu bytes\n", term->raw->len);
	assert_true(term->raw->len <= 400);
	ps_term_close(term);
}

static void
frame__resize_in_the_middle__keeps_the_selected_row(void **state)
{
	static const int sizes[][2] = {{15, 60}, {50, 160}, {5, 20}, {24, 80}};

	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	ps_term_send(term, "jjj");
	ps_term_expect_cursor(term, FIRST_ROW + 3);
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		ps_term_resize(term, sizes[i][0], sizes[i][1]);
		ps_term_expect(term, sizes[i][0] < 10 ? "Too small" : "› PSIRT-2026-0057");
		if (sizes[i][0] >= 10)
			ps_term_expect_row(term, sizes[i][0] - 1, "? help");
	}
	ps_term_send(term, "k");
	ps_term_expect_cursor(term, FIRST_ROW + 2);
	ps_term_close(term);
}

static void
frame__tiny_terminal__says_so_and_can_be_left(void **state)
{
	(void)state;
	PsTerm *term = open_desk(5, 20, NULL, NULL);
	ps_term_expect(term, "Too small");
	ps_term_send(term, "q");
	assert_int_equal(ps_term_wait_exit(term), 0);
	ps_term_close(term);
}

/* ---- keys ---- */

static void
frame__escape__answers_at_once(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	gint64 took = G_MAXINT64;

	/* The delay that a terminal library takes for itself is there each time; a machine that is
	 * busy with other things is not. */
	for (int i = 0; i < 20 && took >= 500; i++) {
		ps_term_send(term, "/");
		ps_term_expect(term, "Find:");
		gint64 before = g_get_monotonic_time();
		ps_term_send(term, "\033");
		ps_term_expect_gone(term, "Find:");
		took = MIN(took, (g_get_monotonic_time() - before) / 1000);
	}
	printf("# Escape took %d ms\n", (int)took);
	assert_true(took < 500);
	ps_term_close(term);
}

static void
frame__keys_in_one_piece__are_taken_one_after_the_other(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	/* Filter, take it, open help, leave it, clear the filter: one write. */
	ps_term_send(term, "/Overflow 17\r?");
	ps_term_expect(term, "Help: List");
	ps_term_send(term, "\033");
	ps_term_expect_row(term, 1, "/Overflow 17");
	ps_term_send(term, "\033");
	/* The row stays selected when the filter goes. */
	ps_term_expect_row(term, 1, "44/60");
	ps_term_close(term);
}

static void
frame__pasted_text__never_runs_as_keys(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	ps_term_send(term, "\033[200~Dqn\rQ\033[201~");
	ps_term_expect(term, "Pasted text is not wanted here");
	ps_term_expect_row(term, 1, "1/60");
	ps_term_send(term, "/");
	ps_term_expect(term, "Find:");
	ps_term_send(term, "\033[200~Over\nflow\033[201~");
	ps_term_expect(term, "Find: Over flow");
	ps_term_close(term);
}

static void
frame__unknown_sequences__are_no_keys(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	/* A modified key and a mouse report as some terminals send them. */
	ps_term_send(term, "\033[27;5;81~\033[<0;10;10M");
	ps_term_send(term, "j");
	ps_term_expect_cursor(term, FIRST_ROW + 1);
	ps_term_expect_row(term, 1, "2/60");
	ps_term_close(term);
}

static void
frame__help__runs_what_it_lists(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	ps_term_send(term, "?");
	ps_term_expect(term, "Help: List");
	ps_term_send(term, "every field");
	ps_term_expect_gone(term, "Make a new record");
	ps_term_send(term, "\r");
	ps_term_expect(term, "Fields › Case PSIRT-2026-0060");
	ps_term_send(term, ":record.list product\r");
	ps_term_expect(term, "Gateway 2");
	ps_term_send(term, ":99\r");
	ps_term_expect(term, "There is no line 99.");
	ps_term_close(term);
}

static void
frame__readonly__says_why_nothing_changes(void **state)
{
	(void)state;
	PsTerm *term = open_desk(24, 80, NULL, "--readonly");
	go_to_cases(term);
	ps_term_expect_row(term, 0, "read-only");
	ps_term_expect_gone(term, "n new");
	ps_term_send(term, "n");
	ps_term_expect(term, "The workspace is open for reading only.");
	ps_term_close(term);
}

/* ---- changing ---- */

static void
go_to_field(PsTerm *term, const char *label)
{
	g_autofree char *here = g_strconcat("› ", label, NULL);

	for (int row = FIRST_FIELD; row < term->rows; row++) {
		ps_term_expect_cursor(term, row);
		if (ps_term_shows(term, here))
			return;
		ps_term_send(term, "j");
	}
	fail_msg("there is no field %s", label);
}

static void
frame__edit__is_stored_and_undone(void **state)
{
	int status;

	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	ps_term_send(term, "j\r");
	ps_term_expect(term, "Case PSIRT-2026-0059 Overflow 59");
	ps_term_send(term, "\r");
	ps_term_send(term, "\001Renamed: \r");
	ps_term_expect(term, "Case PSIRT-2026-0059 Renamed: Overflow 59");
	g_autofree char *shown =
		ps_test_command(workspace, &status, "show", "case", "PSIRT-2026-0059", NULL);
	assert_non_null(strstr(shown, "Renamed: Overflow 59"));
	ps_term_send(term, "u");
	ps_term_expect(term, "Case PSIRT-2026-0059 Overflow 59");
	ps_term_close(term);
}

static void
frame__conflicting_edit__shows_both_values(void **state)
{
	int status;

	(void)state;
	PsTerm *term = open_list(24, 100, NULL);
	ps_term_send(term, "jj\r");
	ps_term_expect(term, "Case PSIRT-2026-0058");
	go_to_field(term, "TLP");
	ps_term_send(term, "\r");
	ps_term_expect(term, "CLEAR");
	g_autofree char *out = ps_test_command(workspace, &status, "set", "case", "PSIRT-2026-0058",
					       "tlp=GREEN", NULL);
	assert_int_equal(status, 0);
	ps_term_send(term, "RED\r");
	ps_term_expect(term, "overwrite it with mine");
	ps_term_expect(term, "GREEN");
	ps_term_send(term, "x");
	ps_term_expect_gone(term, "overwrite it with mine");
	ps_term_expect(term, "TLP                GREEN");
	ps_term_close(term);
}

static void
frame__other_programs_change__appears_by_itself(void **state)
{
	int status;

	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	g_autofree char *out = ps_test_command(workspace, &status, "set", "case", "PSIRT-2026-0055",
					       "title=Told by another", NULL);
	assert_int_equal(status, 0);
	ps_term_expect(term, "Told by another");
	ps_term_close(term);
}

static void
frame__editor__gets_a_private_file_and_its_text_is_stored(void **state)
{
	g_autofree char *editor = g_build_filename(workspace->home->dir, "editor.sh", NULL);
	g_autofree char *seen = g_build_filename(workspace->home->dir, "seen", NULL);
	g_autofree char *script =
		g_strdup_printf("#!/bin/sh\nstat -c '%%a' \"$1\" \"$(dirname \"$1\")\" > %s\n"
				"echo 'Written in the editor.' > \"$1\"\n",
				seen);
	g_autofree char *variable = g_strdup_printf("VISUAL=sh %s", editor);
	g_autofree char *modes = NULL;

	(void)state;
	assert_true(g_file_set_contents(editor, script, -1, NULL));
	PsTerm *term = open_list(30, 80, variable);
	ps_term_send(term, "\r");
	ps_term_expect(term, "Report management");
	go_to_field(term, "Summary");
	ps_term_send(term, "e");
	ps_term_expect(term, "Written in the editor.");
	assert_true(g_file_get_contents(seen, &modes, NULL, NULL));
	assert_string_equal(modes, "600\n700\n");
	ps_term_close(term);
}

/* ---- signals ---- */

static void
frame__hangup_and_term__leave_in_order(void **state)
{
	static const int signals[] = {SIGHUP, SIGTERM};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
		PsTerm *term = open_list(24, 80, NULL);
		kill(term->pid, signals[i]);
		assert_int_equal(ps_term_wait_exit(term), 0);
		ps_term_close(term);
	}
}

static void
frame__hangup_in_a_question__leaves_too(void **state)
{
	(void)state;
	PsTerm *term = open_list(24, 80, NULL);
	ps_term_send(term, "?");
	ps_term_expect(term, "Help: List");
	kill(term->pid, SIGHUP);
	assert_int_equal(ps_term_wait_exit(term), 0);
	ps_term_close(term);
}

static void
frame__suspend__gives_the_shell_back_and_returns(void **state)
{
	const char *shell[] = {"/bin/sh", "-i", NULL};
	const char *environment[] = {workspace->gnupg_variable, "PS1=shell> ", "ENV=", NULL};
	g_autofree char *command =
		g_strdup_printf("%s -w %s\n", g_getenv("PSIRTDESK"), workspace->dir);

	(void)state;
	PsTerm *term = ps_term_open(24, 80, shell, environment);
	ps_term_expect(term, "shell>");
	ps_term_send(term, command);
	ps_term_expect(term, "Overflow 7");
	ps_term_send(term, "\032");
	ps_term_expect(term, "Stopped");
	ps_term_send(term, "fg\n");
	ps_term_expect(term, "Overflow 7");
	ps_term_send(term, "jj");
	ps_term_expect(term, "3/180");
	ps_term_send(term, "q");
	ps_term_expect_gone(term, "Overflow 7");
	ps_term_send(term, "exit\n");
	ps_term_wait_exit(term);
	ps_term_close(term);
}

/* ---- settings and scripts ---- */

static void
frame__own_keys__replace_the_default_ones(void **state)
{
	g_autofree char *keys = g_build_filename(workspace->dir, "keys.ini", NULL);

	(void)state;
	assert_true(g_file_set_contents(
		keys, "[keys]\nrecord.new = + Insert\nmove.down = s\nno.action = x\n", -1, NULL));
	PsTerm *term = open_desk(24, 80, NULL, NULL);
	ps_term_expect(term, "“no.action”");
	go_to_cases(term);
	ps_term_expect(term, "+ new");
	ps_term_send(term, "s");
	ps_term_expect_cursor(term, FIRST_ROW + 1);
	ps_term_send(term, "j");
	ps_term_expect(term, "“j” does nothing here");
	ps_term_close(term);
	remove(keys);
}

static char *
write_script(const char *text)
{
	char *path = g_build_filename(workspace->home->dir, "script", NULL);

	assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static void
frame__script__plays_without_a_terminal(void **state)
{
	g_autofree char *saved = g_build_filename(workspace->home->dir, "saved.txt", NULL);
	g_autofree char *text =
		g_strdup_printf("# a walk\nresize 100x20\naction pane.open list case\nwait "
				"Overflow 58\nkey j Enter\n"
				"wait Report management\nrefuse Number\naction record.history\n"
				"wait made\nkey q q\nexpect Number\nsave-screen %s\n",
				saved);
	g_autofree char *script = write_script(text);
	g_autofree char *screen = NULL;
	int status;

	(void)state;
	g_autofree char *out = ps_test_command(workspace, &status, "--script", script, NULL);
	assert_int_equal(status, 0);
	assert_true(g_file_get_contents(saved, &screen, NULL, NULL));
	assert_non_null(strstr(screen, "PSIRT-2026-0059"));
	g_auto(GStrv) lines = g_strsplit(screen, "\n", -1);
	assert_int_equal(g_strv_length(lines), 21);
}

static void
frame__script__failing_step_is_status_1_and_a_wrong_line_2(void **state)
{
	g_autofree char *failing = write_script("expect no such text\n");
	int status;

	(void)state;
	g_autofree char *out = ps_test_command(workspace, &status, "--script", failing, NULL);
	assert_int_equal(status, 1);
	g_autofree char *wrong = write_script("dance\n");
	g_autofree char *out2 = ps_test_command(workspace, &status, "--script", wrong, NULL);
	assert_int_equal(status, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frame__first_screen__is_complete_at_every_size),
		cmocka_unit_test(frame__colors__as_the_terminal_and_no_color_say),
		cmocka_unit_test(frame__ascii_terminal__draws_plain_letters),
		cmocka_unit_test(frame__hostile_title__never_reaches_the_terminal),
		cmocka_unit_test(frame__cursor_keys__stay_in_the_byte_budget),
		cmocka_unit_test(frame__resize_in_the_middle__keeps_the_selected_row),
		cmocka_unit_test(frame__tiny_terminal__says_so_and_can_be_left),
		cmocka_unit_test(frame__escape__answers_at_once),
		cmocka_unit_test(frame__keys_in_one_piece__are_taken_one_after_the_other),
		cmocka_unit_test(frame__pasted_text__never_runs_as_keys),
		cmocka_unit_test(frame__unknown_sequences__are_no_keys),
		cmocka_unit_test(frame__help__runs_what_it_lists),
		cmocka_unit_test(frame__readonly__says_why_nothing_changes),
		cmocka_unit_test(frame__edit__is_stored_and_undone),
		cmocka_unit_test(frame__conflicting_edit__shows_both_values),
		cmocka_unit_test(frame__other_programs_change__appears_by_itself),
		cmocka_unit_test(frame__editor__gets_a_private_file_and_its_text_is_stored),
		cmocka_unit_test(frame__hangup_and_term__leave_in_order),
		cmocka_unit_test(frame__hangup_in_a_question__leaves_too),
		cmocka_unit_test(frame__suspend__gives_the_shell_back_and_returns),
		cmocka_unit_test(frame__own_keys__replace_the_default_ones),
		cmocka_unit_test(frame__script__plays_without_a_terminal),
		cmocka_unit_test(frame__script__failing_step_is_status_1_and_a_wrong_line_2),
	};

	if (!g_getenv("PSIRTDESK")) {
		printf("1..0 # SKIP PSIRTDESK names no program\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, make_workspace, remove_workspace);
}
