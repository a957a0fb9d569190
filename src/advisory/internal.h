#ifndef PS_ADVISORY_INTERNAL_H
#define PS_ADVISORY_INTERNAL_H

/* What the files of advisory.h share. */

#include "advisory/advisory.h"
#include "advisory/build.h"
#include "advisory/facts.h"
#include "advisory/version.h"

struct PsAdvisory {
	PsFacts *facts;
	cJSON *generated, *document;
	/* What the case gives now, where the document does not follow it at once and `generated` is
	 * what was accepted; else NULL, and `generated` is it. */
	cJSON *fresh;
	GPtrArray *lost; /* PsRecord* of kind advisory_item, lent: their place is gone */
	char *version;
	gboolean unchanged;
	gint64 at;          /* date of the edition */
	cJSON *published;   /* the last published version; NULL: there is none */
	GPtrArray *changes; /* PsDiffChange* since then; NULL: there is none, or it is unchanged */
	PsVersionStep step; /* that the changes call for, or the person asked for */
	char *summary;      /* of the pending revision; NULL: the standing one */
};

/* Takes `facts`; builds that edition and lays the edits over it. */
PsAdvisory *ps_advisory_compose(PsFacts *facts, const PsEdition *edition);
/* The edition behind the last published one: its version and, where `edition` has none, its summary
 * follow from the difference (version.h). `edition`: status, date and summary; the rest is not
 * read. Takes `facts` and, in any case, `published` (NULL: nothing was published). (edition.c) */
PsAdvisory *ps_advisory_compose_next(PsFacts *facts, const PsEdition *edition, cJSON *published);
/* The last published version as it is kept; `*document` is NULL where there is none. */
gboolean ps_advisory_read_published(PsStore *store, const PsFacts *facts, cJSON **document,
				    GError **error);
/* The last version of an advisory that is withdrawn or superseded: what it said is taken out, the
 * reason stands in it. Nothing where the record names no ending. (ending.c) */
void ps_ending_apply(cJSON *document, const PsFacts *facts);

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
