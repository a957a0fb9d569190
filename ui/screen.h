#ifndef PS_UI_SCREEN_H
#define PS_UI_SCREEN_H

/* The terminal: the only file that knows curses. It carries a canvas to the terminal (curses sends
 * what differs from what is there), and gives keys and pasted texts.
 *
 * Without a terminal (scripts, tests) there is no PsScreen at all: the canvas is the screen.
 *
 * The terminal is in raw mode: Ctrl-C and Ctrl-Z are keys. Bracketed paste is on: what is pasted
 * comes as one text and never as keys. Escape answers at once. The screen is cleared only by
 * ps_screen_repaint(). */

#include <glib.h>

#include "ui/canvas.h"
#include "ui/key.h"
#include "ui/theme.h"

typedef struct PsScreen PsScreen;

/* Takes the terminal. NULL with a sentence where it can't show the workstation. One at a time. */
PsScreen *ps_screen_new(GError **error);
/* Gives it back. */
void ps_screen_free(PsScreen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsScreen, ps_screen_free)

/* Colours that the terminal has. */
int ps_screen_colors(const PsScreen *screen);
/* `theme` is lent and must live as long as the screen uses it. */
void ps_screen_set_theme(PsScreen *screen, const PsTheme *theme);

/* Size of the terminal now (asks the kernel), after which the canvas should have it. */
void ps_screen_resize(PsScreen *screen, int *rows, int *cols);
/* Shows the canvas. */
void ps_screen_show(PsScreen *screen, const PsCanvas *canvas);
/* The next show sends everything again. */
void ps_screen_repaint(PsScreen *screen);

/* Puts a text into the terminal's clipboard (OSC 52), where it has one and allows it: there is no
 * answer. The text is sent as base64, so that nothing in it can be a command. */
void ps_screen_copy(PsScreen *screen, const char *text);

/* Lends the terminal to another program (editor, pinentry, shell); nothing may be shown until it is
 * back. Both may be called twice in a row without harm. */
void ps_screen_release(PsScreen *screen);
void ps_screen_reclaim(PsScreen *screen);
gboolean ps_screen_is_released(const PsScreen *screen);

/* The next key that is there, or a pasted text (free it). FALSE: nothing more now. */
typedef struct {
	PsKeyCode key; /* PS_KEY_NONE with a paste */
	char *paste;   /* as it came: not safe text yet */
} PsInput;
gboolean ps_screen_read(PsScreen *screen, PsInput *input);

#endif
