#ifndef PS_ADVISORY_PUBLISH_H
#define PS_ADVISORY_PUBLISH_H

/* From a draft to the provider directory.
 *
 * States of an advisory: draft -> review -> approved -> published (review.h); an edit after that is
 * the draft of the next version, the state stays "published" and the published files stay as they
 * are. Withdrawn, superseded: its last version is published (ending.h).
 *
 * What was published is never changed in place, and cannot be undone. Each version's bytes and
 * signature are kept as documents, so that the directory can be made again from the workspace at
 * any time (provider.h). */

#include "advisory/advisory.h"
#include "base/job.h"
#include "openpgp/openpgp.h"

/* Why it may not be published; a set of them. */
typedef enum {
	PS_STOP_EMBARGO = 1 << 0,   /* the case's embargo; can be lifted with a reason */
	PS_STOP_TLP = 1 << 1,       /* its TLP is above advisory.tlp_limit; can be lifted */
	PS_STOP_INVALID = 1 << 2,   /* schema or a mandatory test fails */
	PS_STOP_MISSING = 1 << 3,   /* something that we insist on is missing */
	PS_STOP_STATE = 1 << 4,     /* withdrawn or superseded */
	PS_STOP_UNCHANGED = 1 << 5, /* nothing changed since it was published */
	PS_STOP_APPROVAL = 1 << 6,  /* a second person has to approve it first (review.h) */
} PsStop;
#define PS_STOPS_LIFTABLE (PS_STOP_EMBARGO | PS_STOP_TLP)

/* Looks at the draft as it would be published at `at`. `sentences` (may be NULL) gets a
 * NULL-terminated list, one sentence a stop. */
PsStop ps_advisory_stops(PsStore *store, const PsAdvisory *advisory, gint64 at, char ***sentences);

typedef struct {
	gint64 at;               /* PS_NO_TIME: now */
	const char *lift_reason; /* lifts embargo and TLP stops; NULL: nothing is lifted */
	const char *summary;     /* what changed, for the revision history; NULL: as entered in the
				    advisory, else proposed from the difference */
	gboolean interim;        /* status "interim": further versions follow soon; else "final" */
	gboolean backdate;       /* `at` may lie in the past: demonstrations, and taking over what
				    was published elsewhere. Never from a command line. */
	/* Tests: called before each step with its name; FALSE: the step fails with this error. */
	gboolean (*before_step)(gpointer user, const char *step, GError **error);
	gpointer user;
} PsPublishOptions;

typedef struct {
	char *version;
	char *path;         /* of the CSAF file, below the provider directory */
	char *file;         /* the same, absolute */
	char *sha256;       /* of the CSAF file, lower-case hex */
	char *signer;       /* fingerprint */
	gboolean unchanged; /* nothing to do: this version stands already */
} PsPublished;
/* Holds nothing after a failure. */
void ps_published_clear(PsPublished *published);

/* Publishes the draft: CSAF file with canonical name, .sha256, .sha512, armoured .asc, index.txt,
 * changes.csv, ROLIE feed, provider-metadata.json and the public key.
 *
 * Order, so that a power cut leaves all or nothing
 *   1 checked, signed, and the whole TLP folder made ready aside (hard links for what stays),
 * synced; readable by nobody but us; 2 one database transaction: document, version, states, case
 * log; 3 the folder is exchanged with the public one in one rename; key and metadata are written.
 * Before the commit of 2 nothing is published, and what lies aside is removed by the next run.
 * After it the version is published; if 3 did not happen, the next ps_provider_sync() (each publish
 * and `provider init` begin with one) makes the directory from the database.
 *
 * Refusals are PS_ERROR_REFUSED or PS_ERROR_INVALID with the stops' sentences. An error after the
 * commit says so. Blocking, may take seconds: a job or a headless command. */
gboolean ps_advisory_publish(PsStore *store, PsOpenpgp *openpgp, const char *id,
			     const PsPublishOptions *options, PsProgress *progress,
			     PsPublished *published, GError **error);

#endif
