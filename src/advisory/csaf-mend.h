#ifndef PS_ADVISORY_CSAF_MEND_H
#define PS_ADVISORY_CSAF_MEND_H

/* Applying quick fixes to a whole document: they are tried on a copy and kept only when findings go
 * and no test of the schema or a mandatory one fails that passed before, or fails more often.
 * What a fix makes visible is mended too, in a few rounds. */

#include "advisory/csaf-fix.h"

typedef struct {
	char *test;
	char *pointer; /* of the finding, in the document as it was at that moment */
	char *title;
	gboolean kept; /* FALSE: it would have brought new errors and was not applied */
} PsCsafMended;

typedef struct {
	cJSON *document;      /* mended */
	PsCsafReport *report; /* of the mended document, all levels */
	GPtrArray *mended;    /* PsCsafMended*, in the order in which they were tried */
	guint choices;        /* findings whose fix is a choice that was not asked for */
} PsCsafMending;
void ps_csaf_mending_free(PsCsafMending *mending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCsafMending, ps_csaf_mending_free)

/* `tests`: NULL-terminated ids; only their fixes are applied, choices too. NULL: every fix that is
 * no choice. `document` is lent and left as it is. NULL: ps_csaf_check() failed. */
PsCsafMending *ps_csaf_mend(const cJSON *document, const char *const *tests,
			    const PsCsafFixOptions *options, PsProgress *progress, GError **error);

#endif
