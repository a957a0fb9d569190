#ifndef PS_UI_SCRIPT_H
#define PS_UI_SCRIPT_H

/* Scripts play keys and actions, for tests, demonstrations and screenshots: `psirtdesk --script
 * FILE`, in a terminal or without one (the screen then has 80x24 cells until it is resized). A step
 * a line; blank lines and lines that begin with "#" are skipped:
 *
 *	key NAME…            presses keys: key j j Enter
 *	type TEXT            types the rest of the line, character by character
 *	paste TEXT           pastes the rest of the line
 *	action ID [ARGUMENT] runs an action, as the palette does
 *	wait TEXT            goes on when the screen shows the text; fails after ten seconds
 *	expect TEXT          fails unless the screen shows it now
 *	refuse TEXT          fails when the screen shows it now
 *	settle               goes on when no job is running
 *	resize COLSxROWS     only without a terminal
 *	save-screen FILE     writes the screen as UTF-8 text
 *	quit                 leaves; so does the end of the script without a terminal
 *
 * A step that fails ends the workstation with status 1; the line and the screen go to standard
 * error. A line that is no step is refused before anything runs. */

#include "ui/app.h"

PsScript *ps_script_load(const char *path, GError **error);
void ps_script_free(PsScript *script);
/* Plays it from the main loop. */
void ps_script_start(PsScript *script, PsApp *app);
/* What failed and the screen then; NULL: nothing did. Lent. */
const char *ps_script_failure(const PsScript *script);

#endif
