#ifndef PS_ADVISORY_ENDING_H
#define PS_ADVISORY_ENDING_H

/* The end of an advisory: withdrawn, or superseded by another one.
 *
 * What was published stays as it is. The end is a last version of its own that goes through review
 * and publishing like any other: it keeps the tracking id, has neither product tree nor
 * vulnerabilities, and says in a note why (CSAF 2.1 sections 4.7, 4.8, 9.1.24, 9.1.25; CSAF 2.0
 * knows no such profiles, there category and title say it, and a converter to 2.1 makes the profile
 * of it). Publishing that version ends the advisory: its state is then withdrawn or superseded. */

#include "advisory/advisory.h"

/* Makes the next version the withdrawal. `reason` NULL: a standing sentence, which tells its
 * readers little. While nothing was published the draft is taken out of work at once (`*at_once`,
 * may be NULL). */
gboolean ps_advisory_withdraw(PsStore *store, const char *id, const char *reason, gboolean *at_once,
			      GError **error);
/* Makes the next version refer to `successor`: an advisory of ours that is published, or the
 * https:// address of a document. `reason` NULL: a standing sentence. Only after publishing:
 * before, there is nothing to supersede. */
gboolean ps_advisory_supersede(PsStore *store, const char *id, const char *successor,
			       const char *reason, GError **error);
/* Takes either back while that version is not published. */
gboolean ps_advisory_keep_alive(PsStore *store, const char *id, GError **error);

#endif
