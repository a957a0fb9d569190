#ifndef PS_ADVISORY_RELEASE_INTERNAL_H
#define PS_ADVISORY_RELEASE_INTERNAL_H

#include "advisory/release.h"

/* The published version that the document stands for; NULL without an error: it is a draft. */
PsRecord *ps_release_published(PsStore *store, const PsAdvisory *advisory, GError **error);

#endif
