#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/line-editor.h"

#include <string.h>

/* "ab|cd" stands for a text with its position; `keys` are typed; the result is written the same
 * way. */
static void
assert_edit(const char *before, const PsKeyCode *keys, const char *after)
{
	const char *bar = strchr(before, '|');
	g_autofree char *head = g_strndup(before, (gsize)(bar - before));
	g_autofree char *whole = g_strconcat(head, bar + 1, NULL);
	g_autoptr(PsLine) line = ps_line_new(whole);

	line->position = strlen(head);
	for (; *keys; keys++)
		assert_true(ps_line_key(line, *keys));
	g_autofree char *left = g_strndup(line->text->str, line->position);
	g_autofree char *shown = g_strconcat(left, "|", line->text->str + line->position, NULL);
	assert_string_equal(shown, after);
}

#define KEYS(...) ((const PsKeyCode[]){__VA_ARGS__, 0})

static void
line__moving__by_whole_characters(void **state)
{
	(void)state;
	assert_edit("ab|cd", KEYS(PS_KEY_LEFT), "a|bcd");
	assert_edit("ab|cd", KEYS(PS_KEY_CTRL('F')), "abc|d");
	assert_edit("日|本", KEYS(PS_KEY_LEFT), "|日本");
	assert_edit("e\u0301|x", KEYS(PS_KEY_LEFT), "|e\u0301x");
	assert_edit("|e\u0301x", KEYS(PS_KEY_RIGHT), "e\u0301|x");
	assert_edit("ab|cd", KEYS(PS_KEY_HOME, PS_KEY_LEFT), "|abcd");
	assert_edit("ab|cd", KEYS(PS_KEY_CTRL('E'), PS_KEY_RIGHT), "abcd|");
}

static void
line__erasing__characters_words_and_ends(void **state)
{
	(void)state;
	assert_edit("ab|cd", KEYS(PS_KEY_BACKSPACE), "a|cd");
	assert_edit("e\u0301|x", KEYS(PS_KEY_BACKSPACE), "|x");
	assert_edit("|abc", KEYS(PS_KEY_BACKSPACE), "|abc");
	assert_edit("ab|cd", KEYS(PS_KEY_DELETE), "ab|d");
	assert_edit("abc|", KEYS(PS_KEY_CTRL('D')), "abc|");
	assert_edit("one two  |x", KEYS(PS_KEY_CTRL('W')), "one |x");
	assert_edit("one|x", KEYS(PS_KEY_CTRL('U')), "|x");
	assert_edit("one|x", KEYS(PS_KEY_CTRL('K')), "one|");
}

static void
line__typing__unsafe_characters_are_marked(void **state)
{
	(void)state;
	assert_edit("a|b", KEYS('x', 0x00E9), "axé|b");
	assert_edit("a|", KEYS(0x202E), "a�|");
	assert_edit("e|x", KEYS(0x0301), "e\u0301|x");
	assert_edit("|", KEYS(0x0301), "�|");
	g_autoptr(PsLine) line = ps_line_new("a\033b\nc");
	assert_string_equal(line->text->str, "a�b c");
	assert_false(ps_line_key(line, PS_KEY_ENTER));
	assert_false(ps_line_key(line, PS_KEY_UP));
	ps_line_insert(line, "\r\nx\ty");
	assert_string_equal(line->text->str, "a�b c x y");
}

static void
line__window__shows_the_position(void **state)
{
	g_autoptr(PsLine) line = ps_line_new("0123456789");
	int column;

	(void)state;
	g_autofree char *end = ps_line_window(line, 5, &column);
	assert_string_equal(end, "6789");
	assert_int_equal(column, 4);
	line->position = 0;
	g_autofree char *start = ps_line_window(line, 5, &column);
	assert_string_equal(start, "01234");
	assert_int_equal(column, 0);
	ps_line_set(line, "日本語");
	g_autofree char *wide = ps_line_window(line, 5, &column);
	assert_string_equal(wide, "本語");
	assert_int_equal(column, 4);
}

static void
history__keeps_what_differs(void **state)
{
	PsHistory *history = ps_history_new();

	(void)state;
	ps_history_add(history, "one");
	ps_history_add(history, "two");
	ps_history_add(history, "two");
	ps_history_add(history, "");
	assert_int_equal(ps_history_length(history), 2);
	assert_string_equal(ps_history_get(history, 1), "two");
	assert_string_equal(ps_history_get(history, 2), "one");
	assert_null(ps_history_get(history, 3));
	assert_null(ps_history_get(history, 0));
	ps_history_free(history);
}

static void
key__names__go_there_and_back(void **state)
{
	static const char *const names[] = {"a",         "Space", "Enter", "Esc", "Tab",
					    "Shift-Tab", "Up",    "F1",    "F12", "Ctrl-L",
					    "PageUp",    "é",     "日",    "?"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *name = ps_keycode_name(ps_keycode_parse(names[i]));
		assert_string_equal(name, names[i]);
	}
	assert_int_equal(ps_keycode_parse("F13"), PS_KEY_NONE);
	assert_int_equal(ps_keycode_parse("Ctrl-"), PS_KEY_NONE);
	assert_int_equal(ps_keycode_parse("Alt-x"), PS_KEY_NONE);
	assert_int_equal(ps_keycode_parse(""), PS_KEY_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line__moving__by_whole_characters),
		cmocka_unit_test(line__erasing__characters_words_and_ends),
		cmocka_unit_test(line__typing__unsafe_characters_are_marked),
		cmocka_unit_test(line__window__shows_the_position),
		cmocka_unit_test(history__keeps_what_differs),
		cmocka_unit_test(key__names__go_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
