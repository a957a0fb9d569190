#include "config.h"

#include "ui/key.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	PsKeyCode key;
} names[] = {
	{"Space", ' '},
	{"Enter", PS_KEY_ENTER},
	{"Esc", PS_KEY_ESC},
	{"Tab", PS_KEY_TAB},
	{"Shift-Tab", PS_KEY_SHIFT_TAB},
	{"Backspace", PS_KEY_BACKSPACE},
	{"Delete", PS_KEY_DELETE},
	{"Insert", PS_KEY_INSERT},
	{"Up", PS_KEY_UP},
	{"Down", PS_KEY_DOWN},
	{"Left", PS_KEY_LEFT},
	{"Right", PS_KEY_RIGHT},
	{"PageUp", PS_KEY_PAGE_UP},
	{"PageDown", PS_KEY_PAGE_DOWN},
	{"Home", PS_KEY_HOME},
	{"End", PS_KEY_END},
};

char *
ps_keycode_name(PsKeyCode key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (names[i].key == key)
			return g_strdup(names[i].name);
	if (key > PS_KEY_F0 && key <= PS_KEY_F0 + 12)
		return g_strdup_printf("F%d", (int)(key - PS_KEY_F0));
	if (key < 0x20)
		return g_strdup_printf("Ctrl-%c", (char)(key + 0x40));
	char text[7] = "";
	if (key < PS_KEY_SPECIAL)
		g_unichar_to_utf8(key, text);
	return g_strdup(text);
}

static PsKeyCode
parse_numbered(const char *name)
{
	if (g_str_has_prefix(name, "Ctrl-") && name[5] && !name[6] && g_ascii_isalpha(name[5]))
		return PS_KEY_CTRL(g_ascii_toupper(name[5]));
	if (*name == 'F' && g_ascii_isdigit(name[1])) {
		int number = atoi(name + 1);
		return number >= 1 && number <= 12 ? PS_KEY_F0 + (PsKeyCode)number : PS_KEY_NONE;
	}
	return PS_KEY_NONE;
}

PsKeyCode
ps_keycode_parse(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_ascii_strcasecmp(names[i].name, name) == 0)
			return names[i].key;
	if (g_utf8_validate(name, -1, NULL) && g_utf8_strlen(name, -1) == 1)
		return g_utf8_get_char(name);
	return parse_numbered(name);
}

gboolean
ps_keycode_is_text(PsKeyCode key)
{
	return key >= 0x20 && key != PS_KEY_BACKSPACE && key < PS_KEY_SPECIAL;
}
