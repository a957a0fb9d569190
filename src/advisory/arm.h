#ifndef PS_ADVISORY_ARM_H
#define PS_ADVISORY_ARM_H

/* Publication at a later time: armed for a UTC minute, cancelled until then.
 *
 * Armed is one document (its digest, review.h): when the advisory or its case was changed since, it
 * is void and is not published. Embargo, TLP, approval and the tests are looked at when it is
 * armed, as they will stand then, and again when it is due. What is due is published by the running
 * workstation or by “psirtdesk advisory due”, which a timer runs; nothing else does it. */

#include "advisory/publish.h"

/* `options->at` is the time, rounded up to a whole minute; it must lie ahead. Armed already: the
 * new time and options take the place of the old ones. Refusals as of ps_advisory_publish(). */
gboolean ps_advisory_arm(PsStore *store, const char *id, const PsPublishOptions *options,
			 GError **error);
gboolean ps_advisory_disarm(PsStore *store, const char *id, GError **error);
/* For a transaction that has more to do: the fields are emptied. */
gboolean ps_disarm_in(PsTxn *txn, const char *advisory_id, GError **error);

typedef struct {
	char *id, *tracking_id, *case_id;
	gint64 at;
	char *by; /* name, safe */
} PsArmed;
/* PsArmed* array, soonest first; needs no unlocking. */
GPtrArray *ps_armed(PsStore *store, GError **error);
/* Something is armed for `now` or before. */
gboolean ps_armed_is_due(PsStore *store, gint64 now);

/* How the arming of an advisory stands: NULL: not armed; else a sentence with the time that is
 * left, or that it is void and why. New string. `is_void` may be NULL. */
char *ps_armed_sentence(PsStore *store, const PsAdvisory *advisory, gint64 now, gboolean *is_void);

/* Publishes what is due. `told` gets a line for each: `problem` NULL: published. One that is void
 * or refused is disarmed, and the case log says so; where only the key or the disk was not at hand
 * it stays armed for the next run. FALSE: the list could not be read. Blocks. */
typedef void (*PsDueFunc)(gpointer user, const PsArmed *armed, const PsPublished *published,
			  const GError *problem);
gboolean ps_publish_due(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress, PsDueFunc told,
			gpointer user, GError **error);

#endif
