#include "config.h"

/* The advisory editor by keyboard alone, in the real program on the demo workspace: a wrong score
 * is found and mended, a choice changed and taken back, a note added, at 80x24 and at 160x50, with
 * colours and without. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/demo.h"

#define CASE "PSIRT-2026-0002"
/* What moving a cursor may cost on a slow line. */
#define KEY_BYTES 300

static PsTestDemo *
desk_new(void)
{
	PsTestDemo *desk = ps_test_demo_new("Cameras in closed networks are safe.");

	g_free(ps_test_demo_command(desk, "advisory", "draft", CASE, NULL));
	return desk;
}

static PsTerm *
open_editor(const PsTestDemo *desk, int rows, int cols, const char *variable)
{
	PsTerm *term = ps_test_demo_open(desk, rows, cols, variable);

	ps_term_expect(term, "Acknowledge the report");
	ps_term_send(term, ":pane.open advisory " CASE "\r");
	ps_term_expect(term, "Advisory › " CASE);
	ps_term_expect(term, "TLP:"); /* it is read once the workspace is unlocked */
	ps_term_send(term, "\t");
	ps_term_expect(term, "Findings: 3 notes");
	return term;
}

/* ---- the analyst's task ---- */

/* What is typed is checked before it is accepted. */
static const PsTermStep breaking[] = {
	{"/base score\r", "/base score"},
	{"l", "Attack complexity"},
	/* What is typed takes the place of what was there. */
	{"\r"
	 "11",
	 "a number from 0 to 10"},
	{"\025"
	 "1.0",
	 "6.1.9: “baseScore” is 1"},
	{"\r", "edited"},
	{"", "The case gives: 9.8"},
	{"h", "/base score"},
	{"\033", "- /base score "},
	{NULL, NULL},
};

static const PsTermStep mending[] = {
	{"m", "f: Compute “baseScore”"},
	{"\r", "The number that the vector gives"},
	{"f", "Done: Compute"},
	{"", "-6.1.9"},
	{"u", "Undone: "},
	{"", "6.1.9"},
	{"r", "is again what the case gives"},
	{"", "-6.1.9"},
	{NULL, NULL},
};

static const PsTermStep choosing[] = {
	{"/base severity\r", "/base severity"},
	{"l\r", "CRITICAL"},
	{"LOW\r", "edited"},
	{"", "The case gives: CRITICAL"},
	{"r", "is again what the case gives"},
	{"", "-edited"},
	{"h\033", "- /base severity "},
	{NULL, NULL},
};

static const PsTermStep adding[] = {
	{"/no such text\r", "Nothing matches."},
	{"/\025notes\r", "Notes ("},
	{"\033", "- /notes "},
	{"a", "Note › Category"},
	{"details\r", "Cameras in closed networks are safe."},
	{"", "added"},
	{NULL, NULL},
};

/* With the cursor on a note: up, down again, a copy, and all of it taken back. */
static const PsTermStep moving[] = {
	{"/recommendations\r", "/recommendations"},
	{"\033", "- /recommendations "},
	{"", "Note 2: General"},
	{"<", "Note 1: General"},
	{"<", "It is the first of its list already."},
	{">", "Note 2: General"},
	{"+", "The copy stands behind it"},
	{"", "Note 3: General"},
	{"u", "Undone: Copy the item"},
	{"", "-Note 3: General"},
	{NULL, NULL},
};

static const PsTermStep commenting[] = {
	/* What the editor leaves is no JSON: nothing is stored. */
	{"J", "e: edit again"},
	{"d", "-e: edit again"},
	{"]", "no CVE id"},
	{"[", "6.3.3"},
	{"m\t/closed networks\r", "/closed networks"},
	{"\033", "- /closed networks "},
	{"\r", "Not filled in"},
	{"C", "Comment on “"},
	{"Who says so?\r", "c Maren Solheim"},
	{"C", "New comment"},
	{"\033OB\r", "d: dealt with"},
	{"d", "-c Maren Solheim"},
	{NULL, NULL},
};

/* The case changes under the open editor. */
static const PsTermStep following[] = {
	{"", "case: 1 new"},
	{"R", "Before: Skarv C5: memory corruption"},
	{"\r", "The document shows it already."},
	{"q", "keep the old"},
	{"o", "1 change is answered"},
	{"", "Nothing changed in the case"},
	{"q", "-case: 1 new"},
	{NULL, NULL},
};

static void
change_the_case(const PsTestDemo *desk)
{
	g_free(ps_test_demo_command(desk, "set", "case", CASE, "title=Another title", NULL));
}

static void
assert_note_is_stored(const PsTestDemo *desk)
{
	g_autofree char *json =
		ps_test_demo_command(desk, "advisory", "export", CASE, "--format", "csaf", NULL);

	assert_non_null(strstr(json, "Cameras in closed networks are safe."));
	assert_non_null(strstr(json, "\"baseScore\": 9.8"));
	/* The old title was kept. */
	assert_non_null(strstr(json, "\"title\": \"Skarv C5: memory corruption"));
}

/* A desk of its own: it changes the advisory. */
static void
play_task(const PsTestDemo *desk, int rows, int cols, const char *variable)
{
	PsTerm *term = open_editor(desk, rows, cols, variable);

	ps_term_play(term, breaking);
	ps_term_play(term, mending);
	ps_term_play(term, choosing);
	ps_term_play(term, adding);
	ps_term_play(term, commenting);
	change_the_case(desk);
	ps_term_play(term, following);
	assert_int_equal(ps_term_close(term), 0);
	assert_note_is_stored(desk);
}

static void
editor__task__on_80x24_without_colours(void **state)
{
	play_task(*state, 24, 80, "NO_COLOR=1");
}

static void
editor__task__on_160x50_with_256_colours(void **state)
{
	PsTestDemo *desk = desk_new();

	(void)state;
	play_task(desk, 50, 160, "NO_COLOR=");
	ps_test_demo_free(desk);
}

static void
editor__items_of_a_list__are_moved_and_copied(void **state)
{
	PsTerm *term = open_editor(*state, 24, 80, "NO_COLOR=");

	/* The tree tells what a node is for, where its fields are not to be seen. */
	ps_term_expect(term, "A CSAF document.");
	ps_term_play(term, moving);
	assert_int_equal(ps_term_close(term), 0);
}

/* ---- small screens, bytes ---- */

static void
editor__cursor__costs_few_bytes_in_the_tree(void **state)
{
	PsTerm *term = open_editor(*state, 24, 80, "NO_COLOR=");

	ps_term_expect_cursor(term, 3);
	for (int row = 4; row < 9; row++) {
		ps_term_forget(term);
		ps_term_send(term, "j");
		ps_term_expect_cursor(term, row);
		if (term->raw->len > KEY_BYTES)
			fail_msg("%zu bytes for one key", term->raw->len);
	}
	ps_term_close(term);
}

static void
editor__tiny_screen_and_resize__keep_the_place(void **state)
{
	static const PsTermStep steps[] = {
		{"/base score\r", "/base score"},
		{"l", "Base score"},
		{NULL, NULL},
	};
	PsTerm *term = open_editor(*state, 50, 160, "TERM=xterm-256color");

	ps_term_play(term, steps);
	ps_term_resize(term, 10, 40);
	ps_term_expect_gone(term, "Findings");
	ps_term_expect(term, "Base score");
	ps_term_resize(term, 24, 80);
	ps_term_expect(term, "Findings");
	ps_term_expect(term, "Base score");
	ps_term_close(term);
}

/* ---- versions ---- */

static const PsTermStep comparing[] = {
	{":pane.open advisory PSIRT-2026-0001\r", "Advisory › PSIRT-2026-0001"},
	{"V", "Texts revised."},
	{"\r", "1 → draft"},
	{"", "Now: A title that is new"},
	{"a", "Tracking › Version"},
	{"G\r", "Before"},
	{"q", "Change "},
	{"q", "Texts revised."},
	/* The first version has none before it. */
	{"G\r", "nothing to compare"},
	/* Two marked ones. */
	{"g  \r", "1 → draft"},
	{NULL, NULL},
};

static void
versions__published_and_draft__are_compared(void **state)
{
	const PsTestDemo *desk = *state;

	g_free(ps_test_demo_command(desk, "set", "case", "PSIRT-2026-0001",
				    "title=A title that is new", NULL));
	PsTerm *term = open_editor(desk, 24, 80, "TERM=xterm-256color");
	ps_term_play(term, comparing);
	assert_int_equal(ps_term_close(term), 0);
}

static int
set_up(void **state)
{
	*state = desk_new();
	return 0;
}

static int
tear_down(void **state)
{
	ps_test_demo_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(editor__items_of_a_list__are_moved_and_copied),
		cmocka_unit_test(editor__cursor__costs_few_bytes_in_the_tree),
		cmocka_unit_test(editor__tiny_screen_and_resize__keep_the_place),
		cmocka_unit_test(versions__published_and_draft__are_compared),
		cmocka_unit_test(editor__task__on_80x24_without_colours),
		cmocka_unit_test(editor__task__on_160x50_with_256_colours),
	};

	if (!g_getenv("PSIRTDESK")) {
		puts("1..0 # SKIP PSIRTDESK does not name the program");
		return 0;
	}
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
