#ifndef PS_ADVISORY_REFRESH_H
#define PS_ADVISORY_REFRESH_H

/* What changed in the case since the analyst last looked.
 *
 * An advisory remembers what the case gave it when that was last accepted (its *base*, a sealed
 * record of kind advisory_base): when it was drafted, when changes were accepted, when a version
 * was published. ps_advisory_changes() compares the base with what the case gives now. Each change
 * is answered once:
 *   accept  the new value is right; it is not shown again.
 *   keep    the old value stays in the document: it is laid over it like an edit by hand
 *           (ps_advisory_reset() takes it back), and the change is not shown again.
 * Edits by hand are never touched by either.
 *
 * Setting advisory.follow: "yes" (the default), a change of the case shows in the document at once,
 * and the list tells what came in since; "no": it waits until it is accepted.
 *
 * Not compared: what belongs to the advisory itself or is kept by the program (tracking, category,
 * language, TLP label, reference to itself). */

#include "advisory/advisory.h"

typedef enum {
	PS_CHANGE_CHANGED,
	PS_CHANGE_ADDED,   /* the case did not give it before */
	PS_CHANGE_REMOVED, /* the case does not give it any more */
} PsChangeKind;

typedef struct {
	char *field;    /* pointer over stable keys: what ps_advisory_answer() takes */
	char *pointer;  /* ordinary pointer into ps_advisory_document(); "" when it is not there */
	char *label;    /* where, for people: "Vulnerability CVE-2026-1 › Title" */
	char *old_text; /* for people, safe text of one or more lines; "" where there is none */
	char *new_text;
	PsChangeKind kind;
	gboolean shown;  /* the document follows already (advisory.follow) */
	gboolean edited; /* an edit by hand stands there and stays, whatever is answered */
} PsAdvisoryChange;

/* PsAdvisoryChange* array in the order of the document; empty: nothing to look at. */
GPtrArray *ps_advisory_changes(const PsAdvisory *advisory);
guint ps_advisory_count_changes(const PsAdvisory *advisory);
const char *ps_change_text(PsChangeKind kind); /* translated word */

/* Answers changes: `accept` and `keep` are NULL-terminated lists of fields or ordinary pointers
 * (each may be NULL); one names the change there and every change below it, "" all of them. `keep`
 * goes before `accept` where both name one, so that ("", some) accepts the others. Naming what did
 * not change is PS_ERROR_NOT_FOUND; nothing is done then. `answered` (may be NULL): how many. */
gboolean ps_advisory_answer(PsStore *store, const char *id, const char *const *accept,
			    const char *const *keep, guint *answered, GError **error);

/* ---- for the moves of an advisory ---- */

/* Everything that the case gives now is accepted, as part of a transaction. Where the document does
 * not follow by itself, only what has no base yet gets one. */
gboolean ps_advisory_remember(PsTxn *txn, const PsAdvisory *advisory, GError **error);

#endif
