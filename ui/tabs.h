#ifndef PS_UI_TABS_H
#define PS_UI_TABS_H

/* Sections inside a pane, as the parts of a case: one line of names of which one is open.
 *
 *	 Overview   Affected   [Scoring]   Timeline
 *
 * Pure drawing; the pane keeps which one is open and has actions to change it. */

#include "ui/canvas.h"

/* `labels`: translated. On the first row of `view`; where not all fit, those around the open one.
 */
void ps_tabs_draw(PsView view, const char *const *labels, int count, int open);
/* First tab to show in `cells` so that the open one is complete. Pure. */
int ps_tabs_first(const int *widths, int count, int open, int cells);

#endif
