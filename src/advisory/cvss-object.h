#ifndef PS_ADVISORY_CVSS_OBJECT_H
#define PS_ADVISORY_CVSS_OBJECT_H

/* CVSS as the JSON object that CSAF documents and CVE records hold (FIRST's JSON schemas cvss-v2.0,
 * cvss-v3.0, cvss-v3.1, cvss-v4.0). CSAF 2.0 has no place for the one of CVSS 4.0. */

#include "base/json.h"
#include "scoring/cvss.h"

/* Vector in canonical form, every metric that it gives as a property, and the scores and severities
 * of the groups that it gives: all consistent with the vector. Of 4.0 there is one score, that of
 * the whole vector. NULL for a vector without its base. */
cJSON *ps_cvss_object(const PsCvss *cvss);

#endif
