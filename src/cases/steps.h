#ifndef PS_CASES_STEPS_H
#define PS_CASES_STEPS_H

/* What a case needs next, as short sentences: what is missing for the step that its states are at.
 * A pure function of records; most urgent first. A closed case needs nothing but what its published
 * advisory asks for. */

#include "cases/clock.h"
#include "store/store.h"

typedef struct {
	/* What would do it; static: own, acknowledge, follow_up, validate, accept, describe,
	 * affect, justify, score, decide, propose, embargo, embargo_end, tasks, fixed,
	 * advisory, publish, review, reviewed, armed, refresh, release, close. */
	const char *token;
	char *text; /* one sentence, translated */
} PsCaseStep;

/* What only the documents themselves tell, over all advisories of the case (advisory/next.h). */
typedef struct {
	guint to_review;    /* wait for the review of who looks */
	guint changes;      /* of the case, that nobody looked at since a version was published */
	guint release_open; /* steps of the release day that are not done */
	char *release_next; /* title of the first of these; NULL: none */
} PsCaseStepDocuments;

/* Lent; the arrays hold PsRecord*. */
typedef struct {
	const PsRecord *record;
	gboolean answer_owed;    /* somebody outside waits for the acknowledgement */
	gboolean follow_up_late; /* nobody has written to the reporter for too long */
	GPtrArray *vulnerabilities, *affected, *scores, *decisions, *tasks, *advisories;
	const PsCaseStepDocuments *documents; /* NULL: not known */
	gint64 now;
} PsCaseStepFacts;
/* PsCaseStep* array. */
GPtrArray *ps_case_steps(const PsCaseStepFacts *facts);
/* Reads the facts; `case_id` as ps_store_resolve() takes it; `documents` may be NULL. */
GPtrArray *ps_case_steps_load(PsStore *store, const char *case_id,
			      const PsCaseStepDocuments *documents, GError **error);

#endif
