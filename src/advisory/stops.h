#ifndef PS_ADVISORY_STOPS_H
#define PS_ADVISORY_STOPS_H

#include "advisory/advisory.h"

/* What schema and mandatory tests find, in a sentence; NULL: the document is valid. New string. */
char *ps_invalid_sentence(const cJSON *document);
/* FALSE and PS_ERROR_REFUSED when it was withdrawn. */
gboolean ps_refuse_withdrawn(const PsAdvisory *advisory, GError **error);

#endif
