#ifndef PS_ADVISORY_REVIEW_INTERNAL_H
#define PS_ADVISORY_REVIEW_INTERNAL_H

/* What the files of review.h share. */

#include "advisory/review.h"

/* Safe; "somebody unknown" where there is no such person. New string. */
char *ps_person_name(PsStore *store, const char *person);
/* Nothing but the status differs from what was published (interim becomes final): there is nothing
 * to read. */
gboolean ps_review_status_only(const PsAdvisory *advisory);

#endif
