#ifndef PS_UI_PANES_CWE_PICKER_H
#define PS_UI_PANES_CWE_PICKER_H

#include "ui/app.h"

/* Asks for a weakness of the newest CWE list: typing searches by id or words, the best first;
 * deprecated ones can't be taken, what CWE discourages or prohibits for vulnerabilities is marked.
 * `initial`: an id, or NULL. `optional`: an empty answer ("") is offered. Gives "CWE-79", new
 * string; NULL: cancelled, or an error that was shown. */
char *ps_ask_cwe(PsApp *app, const char *initial, gboolean optional);

#endif
