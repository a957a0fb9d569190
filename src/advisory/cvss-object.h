#ifndef PS_ADVISORY_CVSS_OBJECT_H
#define PS_ADVISORY_CVSS_OBJECT_H

/* CVSS 2.0, 3.0 and 3.1 as the JSON object that a CSAF 2.0 document holds (FIRST's JSON schemas
 * cvss-v2.0, cvss-v3.0, cvss-v3.1). */

#include "base/json.h"
#include "scoring/cvss.h"

/* Vector in canonical form, every metric that it gives as a property, and the scores and severities
 * of the groups that it gives: all consistent with the vector. NULL for 4.0, which CSAF 2.0 has no
 * object for, and for a vector without its base. */
cJSON *ps_cvss_object(const PsCvss *cvss);

#endif
