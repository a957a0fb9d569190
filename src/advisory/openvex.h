#ifndef PS_ADVISORY_OPENVEX_H
#define PS_ADVISORY_OPENVEX_H

/* A CSAF document as OpenVEX 0.2.0: a statement for every vulnerability, status and reason, with
 * the products that it is true of. A pure function of the document (CSAF 2.0 or 2.1, from
 * anywhere): no clock, the same bytes for the same document. */

#include "base/json.h"

/* NULL (PS_ERROR_INVALID): the document makes no statement that OpenVEX has a form for, or says not
 * who made it. The new document is sorted. */
cJSON *ps_openvex(const cJSON *csaf, GError **error);

#endif
