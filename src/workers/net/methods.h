#ifndef PS_WORKERS_NET_METHODS_H
#define PS_WORKERS_NET_METHODS_H

/* What the net worker can be asked for; doc/worker-protocol.txt has arguments and answers. */

#include "workers/serve.h"

gboolean ps_serve_fetch(PsWork *work, GError **error);
gboolean ps_serve_probe(PsWork *work, GError **error);
gboolean ps_serve_push(PsWork *work, GError **error);

#endif
