#ifndef PS_UI_KEY_H
#define PS_UI_KEY_H

/* Keys. A key is the Unicode character that it types, a control character, or one of the special
 * keys below. There is no Alt: Escape and the key after it stay two keys, however fast they come.
 *
 * Names, as in keys.ini and in the footer: a character ("j", "G", "?"), "Space", "Enter", "Esc",
 * "Tab", "Shift-Tab", "Backspace", "Delete", "Insert", "Up", "Down", "Left", "Right", "PageUp",
 * "PageDown", "Home", "End", "F1"-"F12", "Ctrl-A". */

#include <glib.h>

typedef guint32 PsKeyCode;

#define PS_KEY_CTRL(letter) ((PsKeyCode)((letter)&0x1F))

enum {
	PS_KEY_NONE = 0,
	PS_KEY_TAB = '\t',
	PS_KEY_ENTER = '\r',
	PS_KEY_ESC = 0x1B,
	PS_KEY_BACKSPACE = 0x7F,
	PS_KEY_SPECIAL = 0x200000, /* above every character */
	PS_KEY_UP,
	PS_KEY_DOWN,
	PS_KEY_LEFT,
	PS_KEY_RIGHT,
	PS_KEY_PAGE_UP,
	PS_KEY_PAGE_DOWN,
	PS_KEY_HOME,
	PS_KEY_END,
	PS_KEY_INSERT,
	PS_KEY_DELETE,
	PS_KEY_SHIFT_TAB,
	PS_KEY_F0, /* PS_KEY_F0 + 1 is F1 */
};

/* The name, new string. */
char *ps_keycode_name(PsKeyCode key);
/* PS_KEY_NONE when there is no such key. */
PsKeyCode ps_keycode_parse(const char *name);
/* Does it type a character into a line? */
gboolean ps_keycode_is_text(PsKeyCode key);

#endif
