#ifndef PS_ADVISORY_AUTHORS_H
#define PS_ADVISORY_AUTHORS_H

/* Who wrote what an approval is about, as the change log says. */

#include "advisory/advisory.h"

/* Ids of those who changed the advisory's own records (itself, its edits) or what the case gives it
 * (vulnerabilities, affected products, scores, decisions, references), or asked for its review,
 * since the newest of its versions and of the approvals that somebody else gave and that stand; ""
 * for somebody unknown. char* array. */
GPtrArray *ps_authors(PsStore *store, const PsAdvisory *advisory, GError **error);
gboolean ps_authors_has(const GPtrArray *authors, const char *person);

#endif
