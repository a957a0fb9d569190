#include "config.h"

/* Whatever comes in: what leaves the border is valid, harmless, idempotent, and measured right. */

#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/safe-text.h"

static void
check_characters(const char *text, PsSafeFlags flags)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		GUnicodeType type = g_unichar_type(c);
		if (c == '\n' && flags & PS_SAFE_LINES)
			continue;
		g_assert_true(c < 0x80 || !(flags & PS_SAFE_ASCII));
		g_assert_true(type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT &&
			      type != G_UNICODE_UNASSIGNED && type != G_UNICODE_PRIVATE_USE &&
			      type != G_UNICODE_SURROGATE);
		g_assert_true(!(c >= 0xFE00 && c <= 0xFE0F) && !(c >= 0xE0000 && c <= 0xE0FFF));
	}
}

static void
check_layout(const char *text, int cells)
{
	g_autofree char *fit = ps_text_fit(text, cells);
	g_auto(GStrv) lines = ps_text_wrap(text, cells);

	g_assert_cmpint(ps_text_cells(fit), <=, cells);
	for (int i = 0; lines[i]; i++)
		g_assert_true(ps_text_cells(lines[i]) <= cells ||
			      g_utf8_strlen(lines[i], -1) == 1 || cells < 2);
}

static void
check(const char *data, gsize size, PsSafeFlags flags)
{
	g_autofree char *safe = ps_safe_text(data, (gssize)size, flags);
	g_autofree char *again = ps_safe_text(safe, -1, flags);

	g_assert_true(g_utf8_validate(safe, -1, NULL));
	g_assert_cmpstr(safe, ==, again);
	check_characters(safe, flags);
	if (!(flags & PS_SAFE_LINES))
		check_layout(safe, 1 + (int)(size % 20));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	check((const char *)data, size, PS_SAFE_LINE);
	check((const char *)data, size, PS_SAFE_LINES);
	check((const char *)data, size, PS_SAFE_LINE | PS_SAFE_ASCII);
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autofree char *name = ps_safe_filename(text);
	g_autofree char *again = ps_safe_filename(name);
	g_assert_true(*name && strlen(name) <= 120 && !strchr("./-", *name));
	g_assert_cmpstr(name, ==, again);
	return 0;
}
