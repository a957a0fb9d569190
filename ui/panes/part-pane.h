#ifndef PS_UI_PANES_PART_PANE_H
#define PS_UI_PANES_PART_PANE_H

#include "ui/pane.h"

/* Saves a part of a mail to a file that the person names; `file_name` is the suggestion. `path`:
 * given already (a script), or NULL. */
PsChanged ps_part_save(PsApp *app, const char *mail_id, int number, const char *file_name,
		       const char *path, GError **error);

#endif
