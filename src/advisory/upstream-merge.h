#ifndef PS_ADVISORY_UPSTREAM_MERGE_H
#define PS_ADVISORY_UPSTREAM_MERGE_H

/* Items of a document into a case, compared three ways: what the version said that was taken over
 * before, what this one says, and what the case says by now.
 *
 *   said now only          added; a record that is there gets what it lacks
 *   said differently now   the record follows, where nobody here changed it
 *   not said any more      the record goes, where it came from there and nobody changed it
 *   said as before         nothing: what was taken out here stays out
 *
 * What people here wrote is never overwritten; it is told that it stays. */

#include "advisory/upstream-items.h"

typedef struct {
	PsTxn *txn;
	const char *case_id;
	const char *upstream; /* id of the upstream_advisory: where new records come from */
	GPtrArray *changes;   /* PsUpstreamChange*, gets what was done */
	/* private */
	GHashTable *records; /* kind -> GPtrArray of PsRecord*, of the case */
	GHashTable *flaws;   /* key of a vulnerability -> id */
} PsUpstreamMerge;

/* `before` NULL: nothing was taken over before. */
gboolean ps_upstream_merge(PsUpstreamMerge *merge, GPtrArray *before, GPtrArray *now,
			   GError **error);

#endif
