#ifndef PS_ADVISORY_DOCUMENT_2_1_H
#define PS_ADVISORY_DOCUMENT_2_1_H

/* An advisory as CSAF 2.1: the 2.0 document that was built, converted, with what the records know
 * and 2.0 has no place for: scores of CVSS 4.0 (a note in 2.0), SSVC, the TLP 2.0 label, when the
 * flaw was first exploited, when it became public. */

#include "advisory/advisory.h"

/* The new document, sorted. `notes`: what the conversion had to say (ps_convert_notes_new()), may
 * be NULL. No clock is read. */
cJSON *ps_advisory_document_2_1(PsStore *store, const PsAdvisory *advisory, GPtrArray *notes,
				GError **error);

#endif
