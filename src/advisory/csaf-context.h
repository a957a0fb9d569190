#ifndef PS_ADVISORY_CSAF_CONTEXT_H
#define PS_ADVISORY_CSAF_CONTEXT_H

/* Life of what the tests share; only the engine (csaf-check.c) makes one. */

#include "advisory/csaf-suite.h"

PsCsafReport *ps_csaf_report_new(const char *version);
/* `test` is kept, the texts are copied. */
void ps_csaf_report_add(PsCsafReport *report, PsCsafLevel level, const char *test,
			const char *pointer, const char *message);

/* Lends all of it. */
void ps_csaf_context_init(PsCsafContext *context, const PsCsafSuite *suite, PsCsafTables *tables,
			  const PsJsonTree *numbered, PsCsafReport *report);
void ps_csaf_context_clear(PsCsafContext *context);

#endif
