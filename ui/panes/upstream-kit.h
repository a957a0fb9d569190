#ifndef PS_UI_PANES_UPSTREAM_KIT_H
#define PS_UI_PANES_UPSTREAM_KIT_H

/* What the panes of documents that came in share, and what the inbox calls. */

#include "ui/app.h"
#include "ui/pane.h"

/* Reads a document in, says what became of it, and shows it. Waits with a box; Esc stops. */
PsChanged ps_upstream_take_file(PsApp *app, const char *path, GError **error);
PsChanged ps_upstream_take_bytes(PsApp *app, GBytes *bytes, const char *source, GError **error);

/* Opens a case from an upstream advisory and shows it. */
PsChanged ps_upstream_to_case(PsApp *app, const char *id, GError **error);

#endif
