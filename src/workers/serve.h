#ifndef PS_WORKERS_SERVE_H
#define PS_WORKERS_SERVE_H

/* What every worker program is: a table of methods, served one request after the other from the
 * socket on standard input, within limits of memory and processor time. A request that breaks the
 * process costs only this process. */

#include "workers/work.h"

typedef struct {
	const char *name;
	int cpu_seconds; /* RLIMIT_CPU of one request */
	gboolean (*serve)(PsWork *work, GError **error);
} PsMethod;

typedef struct {
	const char *name; /* "mail" */
	gsize memory;     /* bytes of address space */
	const PsMethod *methods;
	gsize n_methods;
	gpointer (*start)(void); /* libraries; gives what PsWork.service lends to each request */
} PsWorkerProgram;

/* The body of main(); returns only when it can't begin. */
int ps_worker_main(const PsWorkerProgram *program);

#endif
