#ifndef PS_ADVISORY_RELEASE_H
#define PS_ADVISORY_RELEASE_H

/* The release day: what has to happen around the publication of an advisory, in its order, and what
 * shows that it did.
 *
 *   update     the fix is available to users
 *   csaf       the advisory is published in the provider directory
 *   push       the directory went to the web server
 *   receipt    what the web server gives out was fetched back and is the same
 *   cve        the CVE record is public
 *   users      users were told
 *   vendors    other vendors and coordinators were told
 *   reporter   the reporter was told
 *
 * A step's state is computed from what the workspace knows (dates, published versions, receipts,
 * sent messages); where it can't know, a person notes the step with its proof, a record of kind
 * release_step, which also can say that a step is not needed. Steps belong to one version: the
 * current one, or the draft that is about to be published. */

#include "advisory/advisory.h"
#include "base/job.h"
#include "net/net.h"

typedef enum {
	PS_RELEASE_OPEN,
	PS_RELEASE_DONE,
	PS_RELEASE_SKIPPED, /* not needed, with a reason */
	PS_RELEASE_FAILED,  /* tried, and the answer was no: the receipt differs */
} PsReleaseState;

typedef struct {
	const char *id;    /* "update" */
	const char *title; /* translated */
	PsReleaseState state;
	gint64 at;    /* when it was done; PS_NO_TIME: not, or not known */
	char *proof;  /* what shows it; safe text; NULL while it is open */
	char *advice; /* what to do, while it is open or failed; translated sentence */
	char *record; /* id of the release_step, where a person noted it */
} PsReleaseStep;

typedef struct {
	char *version;    /* that the steps belong to */
	GPtrArray *steps; /* PsReleaseStep*, in their order */
	guint open;       /* how many are not done */
} PsRelease;
void ps_release_free(PsRelease *release);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsRelease, ps_release_free)

/* `id` as ps_advisory_load() takes it. Needs an unlocked store. */
PsRelease *ps_release_load(PsStore *store, const char *id, GError **error);
const char *ps_release_state_word(PsReleaseState state); /* "open", …; not translated */

/* A person notes a step as done, or as not needed. Refused: a step that does not exist, a proof
 * that is empty, and what the workspace sees by itself (csaf, push, receipt) as done. Replaces an
 * earlier note of the same step and version. */
gboolean ps_release_note(PsStore *store, const char *id, const char *step, gboolean skipped,
			 const char *proof, GError **error);
/* Notes a step as done by a message that left (id or Message-ID): it must be of the case and sent.
 */
gboolean ps_release_note_message(PsStore *store, const char *id, const char *step,
				 const char *message, GError **error);
/* Takes the note back. */
gboolean ps_release_forget(PsStore *store, const char *id, const char *step, GError **error);

/* Fetches the document, its hashes and its signature back from the public address, compares each
 * with what was published, and keeps a receipt a file. FALSE with an error when nothing could be
 * compared or kept; `same` tells whether all were the same. Blocking. */
gboolean ps_release_fetch_back(PsStore *store, PsNet *net, const char *id, PsProgress *progress,
			       gboolean *same, GError **error);

/* Whether the network can prove the step: “update” (the links of the fixes answer) and “cve” (the
 * address in the setting cve.record_url shows each record as published). */
gboolean ps_release_can_prove(const char *step);
/* Asks, and notes the step with what was seen; what was seen of CVE ids goes to their register too.
 * PS_ERROR_INVALID: the answer is no, and the sentence says what is missing. `said`: the proof, new
 * string. Blocking. */
gboolean ps_release_prove(PsStore *store, PsNet *net, const char *id, const char *step,
			  PsProgress *progress, char **said, GError **error);

#endif
