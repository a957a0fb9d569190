#ifndef PS_ADVISORY_CSAF_RECOGNISE_H
#define PS_ADVISORY_CSAF_RECOGNISE_H

/* Whether a JSON value is a CSAF document at all, before it is judged. */

#include "base/json.h"

/* An object with a `document` whose csaf_version is one that we know, or is not said (the schema
 * will). FALSE: PS_ERROR_INPUT; the sentence says what it is where that can be seen. */
gboolean ps_csaf_recognise(const cJSON *value, GError **error);
/* One of the other files that stand in a CSAF provider's directory: a feed, a list of services or
 * categories, the provider's or aggregator's own data. */
gboolean ps_csaf_is_provider_file(const cJSON *value);

#endif
