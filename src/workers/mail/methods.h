#ifndef PS_WORKERS_MAIL_METHODS_H
#define PS_WORKERS_MAIL_METHODS_H

/* What the mail worker can be asked for; doc/worker-protocol.txt has arguments and answers. */

#include "workers/serve.h"

const PsMethod *ps_mail_methods(gsize *count);

#endif
