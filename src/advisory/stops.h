#ifndef PS_ADVISORY_STOPS_H
#define PS_ADVISORY_STOPS_H

#include "advisory/advisory.h"

/* What schema and mandatory tests find, in a sentence; NULL: the document is valid. New string. */
char *ps_invalid_sentence(const cJSON *document);
/* The same for the draft as it would stand when published. */
char *ps_invalid_when_published(const PsAdvisory *advisory);
/* What blocks because it is missing; NULL: nothing. New string. */
char *ps_missing_sentence(const PsAdvisory *advisory);
/* It was withdrawn or superseded, and that is published; NULL: it lives. New string. */
char *ps_ended_sentence(const PsAdvisory *advisory);
/* FALSE and PS_ERROR_REFUSED in that case. */
gboolean ps_refuse_ended(const PsAdvisory *advisory, GError **error);

#endif
