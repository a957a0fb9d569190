#ifndef PS_ADVISORY_INTERNAL_H
#define PS_ADVISORY_INTERNAL_H

/* What the files of advisory.h share. */

#include "advisory/advisory.h"
#include "advisory/build.h"
#include "advisory/facts.h"

struct PsAdvisory {
	PsFacts *facts;
	cJSON *generated, *document;
	/* What the case gives now, where the document does not follow it at once and `generated` is
	 * what was accepted; else NULL, and `generated` is it. */
	cJSON *fresh;
	GPtrArray *lost; /* PsRecord* of kind advisory_item, lent: their place is gone */
	char *version;
	gboolean unchanged;
};

/* Takes `facts`; builds that edition and lays the edits over it. */
PsAdvisory *ps_advisory_compose(PsFacts *facts, const PsEdition *edition);

/* Fields that are kept by the program. */
typedef enum {
	PS_KEEP_FREE,   /* may be edited */
	PS_KEEP_FIXED,  /* cannot be edited */
	PS_KEEP_PARTS,  /* some of what it holds cannot: its parts are to be edited one by one */
	PS_KEEP_RECORD, /* stands in a field of the advisory's record */
} PsKeep;
/* `record_field` (may be NULL) gets the record's field for PS_KEEP_RECORD. */
PsKeep ps_advisory_keep(const char *field, const char **record_field);

/* The document changed: what was in review or approved is a draft again. */
gboolean ps_advisory_reopen(PsTxn *txn, const PsAdvisory *advisory, GError **error);

#endif
