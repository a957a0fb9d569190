#ifndef PS_WORKERS_MAIL_METHODS_H
#define PS_WORKERS_MAIL_METHODS_H

/* What the mail worker can be asked for; doc/worker-protocol.txt has arguments and answers. */

#include "workers/mail/work.h"

typedef struct {
	const char *name;
	int cpu_seconds; /* RLIMIT_CPU of one request */
	gboolean (*serve)(PsWork *work, GError **error);
} PsMethod;

const PsMethod *ps_method_find(const char *name);

#endif
