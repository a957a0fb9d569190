#ifndef PS_CASES_STEPS_H
#define PS_CASES_STEPS_H

/* What a case needs next, as short sentences: what is missing for the step that its states are at.
 * A pure function of records; most urgent first. A closed case needs nothing. */

#include "cases/clock.h"
#include "store/store.h"

typedef struct {
	/* What would do it; static: own, acknowledge, follow_up, validate, accept, describe,
	 * affect, justify, score, decide, embargo, embargo_end, tasks, fixed, advisory, publish,
	 * close. */
	const char *token;
	char *text; /* one sentence, translated */
} PsCaseStep;

/* Lent; the arrays hold PsRecord*. */
typedef struct {
	const PsRecord *record;
	gboolean answer_owed;    /* somebody outside waits for the acknowledgement */
	gboolean follow_up_late; /* nobody has written to the reporter for too long */
	GPtrArray *vulnerabilities, *affected, *scores, *decisions, *tasks, *advisories;
	gint64 now;
} PsCaseStepFacts;
/* PsCaseStep* array. */
GPtrArray *ps_case_steps(const PsCaseStepFacts *facts);
/* Reads the facts; `case_id` as ps_store_resolve() takes it. */
GPtrArray *ps_case_steps_load(PsStore *store, const char *case_id, GError **error);

#endif
