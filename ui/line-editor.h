#ifndef PS_UI_LINE_EDITOR_H
#define PS_UI_LINE_EDITOR_H

/* Editing one line: a pure function of (text, position, key). The text is safe text; the position
 * counts bytes and always stands at a character with its combining marks. Keys as in a shell:
 * Left/Ctrl-B Right/Ctrl-F Home/Ctrl-A End/Ctrl-E Backspace Delete/Ctrl-D Ctrl-W (word) Ctrl-U (to
 * the start) Ctrl-K (to the end). Nothing here draws or keeps state of its own. */

#include <glib.h>

#include "ui/key.h"

typedef struct {
	GString *text;
	gsize position;
} PsLine;

PsLine *ps_line_new(const char *text); /* position at the end */
void ps_line_free(PsLine *line);       /* wipes the text: it may be a secret */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsLine, ps_line_free)

/* FALSE: the key is none of the editor's (Enter, Escape, Up, …). */
gboolean ps_line_key(PsLine *line, PsKeyCode key);
/* Puts a text in at the position; what is unsafe is made safe, newlines become blanks. */
void ps_line_insert(PsLine *line, const char *text);
void ps_line_set(PsLine *line, const char *text);
/* What to show in `cells` cells so that the position is visible: the visible part (new string) and
 * the column of the position in it. */
char *ps_line_window(const PsLine *line, int cells, int *column);

/* ---- what was typed before, newest last ---- */
typedef struct PsHistory PsHistory;
PsHistory *ps_history_new(void);
void ps_history_free(PsHistory *history);
void ps_history_add(PsHistory *history, const char *text); /* empty and repeated: not added */
gsize ps_history_length(const PsHistory *history);
/* back 1: the newest. NULL beyond. */
const char *ps_history_get(const PsHistory *history, gsize back);

#endif
