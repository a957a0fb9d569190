#ifndef PS_CASES_CASE_H
#define PS_CASES_CASE_H

/* The moves of a case. Each is one transaction and leaves an entry in the case log. `case_id` and
 * other ids are taken as ps_store_resolve() does. Pairs are NULL-terminated field, value in outside
 * form. Errors are sentences; a move that the state machines forbid is PS_ERROR_REFUSED. */

#include "mail/message.h"
#include "store/store.h"

/* ---- opening ---- */

/* Fields of kind case; title is required, all others have a default (RECEIVED, NONE, Vfdpxa, AMBER,
 * received now, owner: who acts). Also makes the case's vulnerability. Gives the id. */
char *ps_case_open(PsStore *store, char *const *pairs, GError **error);
/* From a mail: case, report, participant (the reporter), message and vulnerability, and the mail is
 * filed. `title` NULL: the subject without "Re:". A mail that is in a case already is
 * PS_ERROR_CONFLICT and names it. */
char *ps_case_open_from_mail(PsStore *store, const char *mail_id, const PsMessage *message,
			     const PsReporter *reporter, const char *title, GError **error);
/* Files a further mail in a case: report (or message) without a new case. */
gboolean ps_case_add_mail(PsStore *store, const char *case_id, const char *mail_id,
			  const PsMessage *message, GError **error);
/* The title that a subject suggests: without "Re:", "Fwd:", "[list]". New string. */
char *ps_case_title_from_subject(const char *subject);

/* ---- states ---- */

/* pairs: rm, em, cs in any combination, and what goes with them: outcome, reason (its reason),
 * duplicate_of, until (end of the embargo). Times follow the states: VALID sets validated_at,
 * CLOSED closed_at, F fixed_at, where they are not set yet. */
gboolean ps_case_move(PsStore *store, const char *case_id, char *const *pairs, GError **error);
/* For a transaction that has more to do. */
gboolean ps_case_move_in(PsTxn *txn, const char *case_id, char *const *pairs, GError **error);
/* The advisory of the case was published at `at`: for the publishing transaction. Sets published_at
 * (the first time), P and V, leaves the embargo, and writes the log entry `text`. */
gboolean ps_case_published(PsTxn *txn, const char *case_id, gint64 at, const char *text,
			   GError **error);
/* Why nothing may be published now, NULL when nothing forbids it: the embargo's end lies ahead or
 * the embargo is active without an end. New sentence. */
char *ps_case_embargo_reason(const PsRecord *case_record, gint64 now);

/* ---- affected, decision, tasks ---- */

typedef struct {
	const char *vulnerability; /* NULL: every one of the case */
	const char *status;        /* CSAF product status */
	const char *justification; /* NULL: none */
	const char *impact;        /* NULL: none */
	const char *note;          /* NULL: none */
	/* NULL, or for each product the status that was shown when the edit began, "" for none:
	 * another one now is PS_ERROR_CONFLICT. */
	const char *const *seen;
} PsAffect;
/* Each product (releases and combinations as ps_own_product_find() takes them, NULL-terminated)
 * gets the status; an entry that exists for the same product and vulnerability is changed. `hint`
 * (may be NULL) gets a sentence about what is still missing, as a justification for
 * known_not_affected, or NULL. */
gboolean ps_case_affect(PsStore *store, const char *case_id, const char *const *products,
			const PsAffect *affect, char **hint, GError **error);
/* pairs of kind decision (reason is required; release may be a combination, as
 * ps_own_product_find() takes them); gives its id. */
char *ps_case_decide(PsStore *store, const char *case_id, const char *category, char *const *pairs,
		     GError **error);
/* A decision that an upstream advisory proposes becomes ours, from now on and by who acts; or it is
 * taken out of the case. The case log names where it came from. What was decided already is
 * PS_ERROR_CONFLICT. */
gboolean ps_case_accept(PsStore *store, const char *decision_id, GError **error);
gboolean ps_case_decline(PsStore *store, const char *decision_id, const char *reason,
			 GError **error);
/* A CVSS vector of ours or of somebody else: canonical vector, score and severity are computed. A
 * score of the same version, source (with its origin), vulnerability and release is replaced. pairs
 * of kind score besides vector: vulnerability, release (or a combination, as ps_own_product_find()
 * takes them), source, origin, reason (empty: cleared); "reason.AV": why a
 * metric has its value (empty: taken away); "seen": the vector that the score had when the edit
 * began, "" for none; another one now is PS_ERROR_CONFLICT. Gives its id. */
char *ps_case_score(PsStore *store, const char *case_id, const char *vector, char *const *pairs,
		    GError **error);
/* pairs: title, due_at, owner. */
char *ps_case_task(PsStore *store, const char *case_id, char *const *pairs, GError **error);
gboolean ps_case_task_done(PsStore *store, const char *task_id, GError **error);

/* ---- log, owner, signal ---- */

char *ps_case_log(PsStore *store, const char *case_id, const char *text, GError **error);
/* person NULL: who acts. */
gboolean ps_case_own(PsStore *store, const char *case_id, const char *person, GError **error);
/* Somebody says that it is exploited, or that an incident happened. kind: "exploitation" or
 * "incident". Recorded with the time now, its source and the person. */
char *ps_case_signal(PsStore *store, const char *case_id, const char *kind, const char *source,
		     const char *text, GError **error);

/* An entry of the case log within another transaction. type: a choice of event.type. */
gboolean ps_case_event(PsTxn *txn, const char *case_id, const char *type, const char *text,
		       GError **error);

#endif
