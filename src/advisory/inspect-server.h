#ifndef PS_ADVISORY_INSPECT_SERVER_H
#define PS_ADVISORY_INSPECT_SERVER_H

/* Requirements that only a web server shows: 3 to 6, 8 to 10, 24, 25 (inspect-server.c). */

#include "advisory/inspect.h"
#include "advisory/served.h"

/* FALSE: cancelled, or no net worker. */
gboolean ps_inspect_server(PsInspection *inspection, const PsServedTree *tree, GError **error);

#endif
