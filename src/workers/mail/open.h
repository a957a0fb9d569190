#ifndef PS_WORKERS_MAIL_OPEN_H
#define PS_WORKERS_MAIL_OPEN_H

/* Methods over one message: its structure and texts, one part's bytes, its headers alone, or its
 * source. The message is a file (argument "path") or the input of the request. */

#include "workers/work.h"

gboolean ps_serve_open(PsWork *work, GError **error);
gboolean ps_serve_part(PsWork *work, GError **error);
gboolean ps_serve_headers(PsWork *work, GError **error);
gboolean ps_serve_raw(PsWork *work, GError **error);

#endif
