#ifndef PS_ADVISORY_BASE_H
#define PS_ADVISORY_BASE_H

/* A generated document kept for later: its JSON with the keys of list items (item.h), which
 * ordinary JSON has no place for. A list is written {"#": [["key", item], …]}; CSAF knows no member
 * of that name. */

#include "base/json.h"

/* New string. */
char *ps_base_print(const cJSON *document);
/* NULL: it is none of ours. */
cJSON *ps_base_parse(const char *text);

/* Fields that are never taken from a base: they belong to the advisory itself. Where one of the two
 * documents is of a profile that speaks of no vulnerabilities, these are too. */
gboolean ps_base_is_own(const char *field, gboolean without_flaws);
/* Its profile speaks of no vulnerabilities (CSAF 2.0 section 4.3). */
gboolean ps_base_is_without_flaws(const cJSON *document);
/* Puts those of `fresh` into a document from a base. */
void ps_base_put_own(cJSON *document, const cJSON *fresh);

/* Makes the field of `document` as it is in `fresh`: replaced, removed, or put in at the place that
 * it has there among its brothers. What holds it must be there in both. */
void ps_base_adopt(cJSON *document, const cJSON *fresh, const char *field);

#endif
