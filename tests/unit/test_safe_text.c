#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/safe-text.h"

typedef struct {
	const char *in, *out;
} Row;

static void
assert_rows(const Row *rows, size_t count, PsSafeFlags flags)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *safe = ps_safe_text(rows[i].in, -1, flags);
		assert_string_equal(safe, rows[i].out);
		g_autofree char *again = ps_safe_text(safe, -1, flags);
		assert_string_equal(again, safe);
	}
}

static void
safe_text__line__marks_every_control_and_trick(void **state)
{
	static const Row rows[] = {
		{"plain", "plain"},
		{"", ""},
		{"\033[31mred", "�[31mred"},
		{"\033]0;t\a", "�]0;t�"},
		{"\302\23331m", "�31m"},         /* C1 CSI */
		{"a\177b", "a�b"},               /* DEL */
		{"a\nb\r\nc\td", "a b c d"},     /* newline, CR LF and TAB are blanks */
		{"pay\rfree", "pay�free"},       /* a lone CR overwrites a line */
		{"x\u202Egnp.exe", "x�gnp.exe"}, /* right-to-left override */
		{"a\u2066b\u2069", "a�b�"},      /* isolates */
		{"a\u200Bb\u00ADc\uFEFF", "a�b�c�"},
		{"a\u200D\u2060\u180E", "a���"},
		{"\u2764\uFE0F", "\u2764�"},  /* variation selector */
		{"x\U000E0067", "x�"},        /* tag */
		{"x\uE000\U0010FFFF", "x��"}, /* private use, noncharacter */
		{"x\u0378", "x�"},            /* unassigned */
		{"a\u00A0b\u2003c", "a b c"}, /* other blanks */
		{"a\u2028b\u2029c", "a b c"}, /* line separators */
		{"\u3164x\uFFA0", "�x�"},     /* fillers look like nothing */
		{"\377\300\257", "���"},      /* invalid bytes, one mark each */
		{"\355\240\200", "���"},      /* a surrogate */
		{"日本語 \u00E9 e\u0301", "日本語 \u00E9 e\u0301"},
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows), PS_SAFE_LINE);
}

static void
safe_text__lines__keeps_newlines_and_expands_tabs(void **state)
{
	static const Row rows[] = {
		{"a\r\nb\nc", "a\nb\nc"},
		{"a\tb", "a       b"},
		{"1234567\tb", "1234567 b"},
		{"12345678\tb", "12345678        b"},
		{"日\tb\n\tc", "日      b\n        c"},
		{"a\rb", "a�b"},
		{"a\n\u0301", "a\n�"}, /* the mark would sit on the newline */
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows), PS_SAFE_LINES);
}

static void
safe_text__ascii__nothing_beyond_ascii(void **state)
{
	static const Row rows[] = {{"caf\u00E9", "caf?"},
				   {"\033[0m", "?[0m"},
				   {"e\u0301", "e?"},
				   {"日", "?"}};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows), PS_SAFE_LINE | PS_SAFE_ASCII);
}

static void
safe_text__combining__long_runs_are_cut_with_one_mark(void **state)
{
	GString *zalgo = g_string_new("a");

	(void)state;
	for (int i = 0; i < 40; i++)
		g_string_append(zalgo, "\u0301");
	g_string_append_c(zalgo, 'b');
	g_autofree char *safe = ps_safe_text(zalgo->str, -1, PS_SAFE_LINE);
	assert_int_equal(g_utf8_strlen(safe, -1), 1 + 8 + 1 + 1);
	assert_true(g_str_has_suffix(safe, "\u0301�b"));
	g_string_free(zalgo, TRUE);
	g_autofree char *alone = ps_safe_text("\u0301x", -1, PS_SAFE_LINE);
	assert_string_equal(alone, "�x");
	g_autofree char *on_blank = ps_safe_text("a \u0301", -1, PS_SAFE_LINE);
	assert_string_equal(on_blank, "a �");
}

static void
safe_text__length__a_nul_inside_is_marked(void **state)
{
	(void)state;
	g_autofree char *safe = ps_safe_text("a\0b", 3, PS_SAFE_LINE);
	assert_string_equal(safe, "a�b");
	g_autofree char *none = ps_safe_text(NULL, -1, PS_SAFE_LINE);
	assert_string_equal(none, "");
}

static void
safe_filename__hostile_names__become_plain(void **state)
{
	static const Row rows[] = {
		{"report.pdf", "report.pdf"},
		{"../../etc/passwd", "_._.._etc_passwd"},
		{"-rf", "_rf"},
		{".bashrc", "_bashrc"},
		{"", "file"},
		{" . ", "_"},
		{"a\033b", "a�b"},
		{"C:\\x\\y.exe", "C__x_y.exe"},
		{"x\u202Egnp.exe", "x�gnp.exe"},
		{"trailing. . ", "trailing"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *name = ps_safe_filename(rows[i].in);
		assert_string_equal(name, rows[i].out);
	}
	g_autofree char *longest = g_strnfill(300, 'n');
	g_autofree char *with_extension = g_strconcat(longest, ".tar.gz", NULL);
	g_autofree char *name = ps_safe_filename(with_extension);
	assert_int_equal(strlen(name), 120);
	assert_true(g_str_has_suffix(name, ".gz"));
}

static void
text_cells__wide_and_combining(void **state)
{
	(void)state;
	assert_int_equal(ps_text_cells("abc"), 3);
	assert_int_equal(ps_text_cells("日本"), 4);
	assert_int_equal(ps_text_cells("e\u0301"), 1);
	assert_int_equal(ps_text_cells("…�"), 2);
}

static void
text_fit__cuts_at_characters(void **state)
{
	static const struct {
		const char *in;
		int cells;
		const char *out;
	} rows[] = {
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"日本語", 6, "日本語"},
		{"日本語", 5, "日本…"},
		{"日本語", 4, "日…"},
		{"e\u0301x", 2, "e\u0301x"},
		{"e\u0301xy", 2, "e\u0301…"},
		{"abc", 1, "…"},
		{"abc", 0, ""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *fit = ps_text_fit(rows[i].in, rows[i].cells);
		assert_string_equal(fit, rows[i].out);
	}
}

static void
assert_wrap(const char *text, int cells, const char *joined)
{
	g_auto(GStrv) lines = ps_text_wrap(text, cells);
	g_autofree char *all = g_strjoinv("|", lines);

	assert_string_equal(all, joined);
}

static void
text_wrap__at_blanks_else_anywhere(void **state)
{
	(void)state;
	assert_wrap("one two three", 7, "one two|three");
	assert_wrap("one two three", 6, "one|two|three");
	assert_wrap("one  two", 4, "one|two");
	assert_wrap("abcdefgh", 3, "abc|def|gh");
	assert_wrap("", 10, "");
	assert_wrap("a\n\nb", 10, "a||b");
	assert_wrap("日本語", 4, "日本|語");
	assert_wrap("日本", 1, "日|本");
	assert_wrap("  indented text", 10, "  indented|text");
	assert_wrap("end   ", 3, "end");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(safe_text__line__marks_every_control_and_trick),
		cmocka_unit_test(safe_text__lines__keeps_newlines_and_expands_tabs),
		cmocka_unit_test(safe_text__ascii__nothing_beyond_ascii),
		cmocka_unit_test(safe_text__combining__long_runs_are_cut_with_one_mark),
		cmocka_unit_test(safe_text__length__a_nul_inside_is_marked),
		cmocka_unit_test(safe_filename__hostile_names__become_plain),
		cmocka_unit_test(text_cells__wide_and_combining),
		cmocka_unit_test(text_fit__cuts_at_characters),
		cmocka_unit_test(text_wrap__at_blanks_else_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
