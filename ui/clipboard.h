#ifndef PS_UI_CLIPBOARD_H
#define PS_UI_CLIPBOARD_H

/* Out of the workstation: a text that somebody pastes elsewhere. The setting ui.clipboard says how:
 * osc52 (the terminal's clipboard), file (asks for a name), off.
 *
 * The text passes safe text first: nothing in it can end the escape sequence or command the
 * terminal that it is pasted into. */

#include "ui/app.h"

/* What a terminal takes at the most: xterm allows about 75,000 bytes of base64. */
#define PS_COPY_MAX 49152

/* `what`: "The vector", to say what was done; `file_name`: proposed for a file. FALSE: not copied
 * (a cancelled question sets no error). */
gboolean ps_copy_out(PsApp *app, const char *what, const char *text, const char *file_name,
		     GError **error);

#endif
