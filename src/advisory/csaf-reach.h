#ifndef PS_ADVISORY_CSAF_REACH_H
#define PS_ADVISORY_CSAF_REACH_H

/* Tests 6.3.6 and 6.3.7 of CSAF 2.0 and 2.1: whether the web addresses of a document answer. The
 * only tests that use the network, so only when somebody asked for it. Every address is asked once,
 * however many documents name it; redirects are an answer and not followed. May be used from any
 * thread; the asking itself is one after the other, several addresses at a time. */

#include "advisory/csaf-check.h"
#include "net/net.h"

typedef struct PsCsafReach PsCsafReach;

/* `net` is lent. */
PsCsafReach *ps_csaf_reach_new(PsNet *net);
void ps_csaf_reach_free(PsCsafReach *reach);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCsafReach, ps_csaf_reach_free)

/* Runs those of the two tests that the report lists as not run: their findings go to their place in
 * the report, the tests out of `not_run`. FALSE: the network could not be asked (no worker,
 * cancelled); the report is as it was. */
gboolean ps_csaf_reach_check(PsCsafReach *reach, const cJSON *document, PsCsafReport *report,
			     PsProgress *progress, GError **error);

#endif
