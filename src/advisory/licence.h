#ifndef PS_ADVISORY_LICENCE_H
#define PS_ADVISORY_LICENCE_H

/* SPDX licence expressions: their grammar (SPDX 3.0.1, Annex B) with CSAF's restriction (2.1,
 * section 3.2.2.7: no DocumentRef), and whether the ids in them are in the lists of SPDX and of
 * AboutCode's ScanCode LicenseDB (data/licences.tsv). */

#include "base/table-file.h"

typedef enum {
	PS_LICENCE_ID,        /* a licence */
	PS_LICENCE_EXCEPTION, /* behind WITH */
} PsLicenceRole;

/* Called with each id of the expression, in its order; `id` without a "+" behind it. */
typedef void (*PsLicenceFunc)(gpointer user, const char *id, PsLicenceRole role);
/* FALSE: PS_ERROR_INPUT says what is wrong where; `func` (may be NULL) then saw what stands before.
 * Nothing is looked up. */
gboolean ps_licence_parse(const char *expression, PsLicenceFunc func, gpointer user,
			  GError **error);

typedef enum {
	PS_LICENCE_KNOWN,
	PS_LICENCE_DEPRECATED, /* known too */
	PS_LICENCE_MISSING,    /* a list that should have it has not */
	PS_LICENCE_FOREIGN,    /* a LicenseRef or AdditionRef of somebody else's list */
} PsLicenceState;
/* `list`: data/licences.tsv. */
PsLicenceState ps_licence_state(const PsTableFile *list, const char *id, PsLicenceRole role);

#endif
