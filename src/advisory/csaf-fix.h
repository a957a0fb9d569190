#ifndef PS_ADVISORY_CSAF_FIX_H
#define PS_ADVISORY_CSAF_FIX_H

/* Quick fixes: for findings whose repair is mechanical, what has to be changed in the document.
 *
 * A fix is a title for people and a list of edits; nothing is changed until somebody applies it, to
 * a document (ps_csaf_fix_apply) or to an advisory's own edits (ps_csaf_fix_pairs and
 * ps_advisory_set). No fix invents a fact: what it writes stands elsewhere in the document, follows
 * from it (a score from its vector, a weakness's name from its id) or was given in the options.
 * Where several repairs are right, or where something that somebody wrote is lost, the fix is a
 * `choice`: it is offered, and never applied unless it was asked for by name.
 *
 * Edits are in an order in which they can be made one after the other, and also all be understood
 * as places of the unchanged document: items of one list are removed from its end. */

#include "advisory/csaf-check.h"
#include "base/table-file.h"

typedef struct {
	char *pointer; /* JSON pointer; the last step "-": a new item at the end of the list */
	cJSON *value;  /* NULL: the member or item is removed */
} PsCsafEdit;

typedef struct {
	char *title;        /* "Recompute the score", translated, safe */
	GPtrArray *edits;   /* PsCsafEdit* */
	gboolean sort_keys; /* sorts the members of every object (edits are empty then) */
	gboolean choice;    /* see above */
} PsCsafFix;
void ps_csaf_fix_free(PsCsafFix *fix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCsafFix, ps_csaf_fix_free)

/* What a fix may take from outside the document; all lent, each may be NULL. */
typedef struct {
	const char *base_url; /* "https://example.com/csaf/white/2026": where the document will be;
				 NULL: the folder of its present self reference, if it has one */
	const char *language; /* of the document, when it does not say; NULL: English */
} PsCsafFixOptions;

/* The fix of a finding that ps_csaf_check() made of this very document; NULL: there is none.
 * `options` may be NULL. */
PsCsafFix *ps_csaf_fix(const cJSON *document, const PsCsafFinding *finding,
		       const PsCsafFixOptions *options);
/* FALSE: some place is no longer there; the edits before it were made. */
gboolean ps_csaf_fix_apply(cJSON *document, const PsCsafFix *fix);
/* NULL-terminated pairs as ps_advisory_set() takes them: pointer, JSON text ("" removes). Empty for
 * a fix that sorts: an advisory's keys always are. */
char **ps_csaf_fix_pairs(const PsCsafFix *fix);
/* Some finding of this test may have a fix: a quick answer for lists and help. */
gboolean ps_csaf_fix_is_known(const char *test);

#endif
