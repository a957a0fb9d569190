#ifndef PS_UI_HELP_H
#define PS_UI_HELP_H

/* "?": every action that applies here, with its keys; typing filters, Enter runs, and what can't be
 * done says why. ":": any action by name or title, with an argument; a number goes to that line. */

#include "ui/app.h"

void ps_help_run(PsApp *app);
void ps_palette_run(PsApp *app, GError **error);
/* Runs "ID [ARGUMENT]" (also for scripts). */
gboolean ps_palette_execute(PsApp *app, const char *text, GError **error);

#endif
