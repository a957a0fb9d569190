#ifndef PS_UI_PANES_INBOX_PANE_H
#define PS_UI_PANES_INBOX_PANE_H

#include "ui/pane.h"

extern const PsPaneClass ps_inbox_pane;

/* Moves the cursor of an inbox pane by a line and gives the mail that Enter would open there (new
 * string); NULL: there is no further one. So an open message leads to the next. */
char *ps_inbox_pane_step(PsPane *pane, int step);

#endif
