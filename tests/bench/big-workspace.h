#ifndef PS_BENCH_BIG_WORKSPACE_H
#define PS_BENCH_BIG_WORKSPACE_H

/* Many cases, made on the spot, the same on every run: each with its report, vulnerability, score
 * and task; one in twenty not acknowledged yet, one in three closed. */

#include "store/store.h"

gboolean bench_make_cases(PsStore *store, int count, GError **error);

#endif
