#ifndef PS_ADVISORY_NEXT_H
#define PS_ADVISORY_NEXT_H

/* What a case needs next, with what its advisories ask for: reviews that wait for who looks,
 * changes of the case that nobody looked at since a version was published, open steps of the
 * release day. */

#include "cases/steps.h"

/* PsCaseStep* array. `case_id` as ps_store_resolve() takes it. While the workspace is locked, or
 * where an advisory can't be read, its documents are passed over: the rest is told. */
GPtrArray *ps_case_next(PsStore *store, const char *case_id, GError **error);

#endif
