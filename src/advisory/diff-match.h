#ifndef PS_ADVISORY_DIFF_MATCH_H
#define PS_ADVISORY_DIFF_MATCH_H

/* Which item of one list is which of another, for diff.c. */

#include "base/json.h"

typedef struct {
	const cJSON *value;
	guint index;    /* in its list */
	gint64 partner; /* index in the other list; -1: none */
} PsDiffItem;

typedef struct {
	GArray *before, *after; /* PsDiffItem */
} PsDiffPairs;

/* Pairs the items of two lists (either may be NULL) that are the member `name` of their object. */
PsDiffPairs *ps_diff_pair(const char *name, const cJSON *before, const cJSON *after);
void ps_diff_pairs_free(PsDiffPairs *pairs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsDiffPairs, ps_diff_pairs_free)
/* The partners stand in another order than in the old list. */
gboolean ps_diff_pairs_moved(const PsDiffPairs *pairs);

#endif
