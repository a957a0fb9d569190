#ifndef PS_ADVISORY_SERVED_INTERNAL_H
#define PS_ADVISORY_SERVED_INTERNAL_H

/* What served.c (asking) and served-gather.c (what to ask for) share. */

#include "advisory/served.h"

typedef struct {
	const PsServedTree *tree;
	PsServed *served;
	PsProgress *progress;
	gsize bytes; /* fetched so far */
	guint lists; /* asked for so far */
} PsGather;

/* An empty one for `where`. */
PsServed *ps_served_new(const char *where, GError **error);
/* Asks once; `answer` (may be NULL) is set to what came, NULL for an address that is not asked.
 * FALSE: cancelled, no worker, or more than is allowed. */
gboolean ps_gather_ask(PsGather *gather, PsServedUse use, const char *url, const char *label,
		       const PsServedAnswer **answer, GError **error);
/* Takes a file out of the directory again: it is none of the tree's. */
void ps_gather_drop(PsGather *gather, const PsServedAnswer *answer);
/* The JSON that an answer left in the directory; NULL: none. */
cJSON *ps_gather_json(const PsGather *gather, const PsServedAnswer *answer);
/* The text, at most 64 MiB; NULL: none. */
char *ps_gather_text(const PsGather *gather, const PsServedAnswer *answer);

#endif
