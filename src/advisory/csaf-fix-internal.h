#ifndef PS_ADVISORY_CSAF_FIX_INTERNAL_H
#define PS_ADVISORY_CSAF_FIX_INTERNAL_H

/* What the makers of fixes share. */

#include "advisory/csaf-fix.h"
#include "advisory/csaf-format.h"
#include "advisory/csaf-node.h"

/* A finding and what stands at its place. Anything may be missing or of a wrong type. */
typedef struct {
	const cJSON *document;
	const cJSON *tracking; /* object or NULL */
	const PsCsafFinding *finding;
	const PsCsafFixOptions *options; /* never NULL */
	gboolean is_2_1;
	const PsCsafNode *root;
	char **steps; /* of the finding's pointer */
	guint n_steps;
	const cJSON **path;  /* what stands before each step and behind the last; NULL: nothing */
	const char *name;    /* last step, "" at the root */
	const cJSON *value;  /* at the place, or NULL */
	const cJSON *holder; /* object or list that has it or would have it, or NULL */
	PsCsafFix *fix;
} PsCsafFixer;

/* TRUE: the fix has a title and its edits. FALSE: there is none; what was added is thrown away. */
typedef gboolean (*PsCsafFixFunc)(PsCsafFixer *fixer);

/* Sets the title; gives TRUE for `return`. */
gboolean ps_csaf_fix_title(PsCsafFixer *fixer, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes `value`; NULL removes. */
void ps_csaf_fix_edit(PsCsafFixer *fixer, const char *pointer, cJSON *value);
/* The same at the finding's place, and at a member beside it. */
void ps_csaf_fix_here(PsCsafFixer *fixer, cJSON *value);
void ps_csaf_fix_beside(PsCsafFixer *fixer, const char *member, cJSON *value);
/* Pointer of the finding's first `n` steps. New string. */
char *ps_csaf_fix_pointer(const PsCsafFixer *fixer, guint n);
/* What stands there, or NULL. */
const cJSON *ps_csaf_fix_at(const PsCsafFixer *fixer, guint n);

/* The newest revision's instant, whatever it is called; FALSE: the history can't be read. */
gboolean ps_csaf_fix_newest(const PsCsafFixer *fixer, gint64 *seconds);
/* `a` and `b` have the same letters and digits; case and everything else is left aside. */
gboolean ps_csaf_fix_same_letters(const char *a, const char *b);

/* The makers, by subject. */
#define PS_CSAF_FIX(name) gboolean ps_csaf_fix_##name(PsCsafFixer *fixer)
/* csaf-fix-document.c */
PS_CSAF_FIX(category);
PS_CSAF_FIX(copy);
PS_CSAF_FIX(language_form);
PS_CSAF_FIX(language_missing);
PS_CSAF_FIX(self_reference);
PS_CSAF_FIX(sharing_group);
PS_CSAF_FIX(sharing_name);
PS_CSAF_FIX(sort);
PS_CSAF_FIX(source_language);
PS_CSAF_FIX(unknown_property);
/* csaf-fix-content.c */
PS_CSAF_FIX(cve_in_ids);
PS_CSAF_FIX(cwe_name);
PS_CSAF_FIX(cwe_version);
PS_CSAF_FIX(version_range);
PS_CSAF_FIX(version_v);
/* csaf-fix-registries.c */
PS_CSAF_FIX(id_system);
PS_CSAF_FIX(range_form);
PS_CSAF_FIX(range_single);
PS_CSAF_FIX(ssvc_order);
PS_CSAF_FIX(ssvc_target);
/* csaf-fix-schema.c */
PS_CSAF_FIX(schema);
PS_CSAF_FIX(time_form);
/* csaf-fix-scores.c */
PS_CSAF_FIX(cvss_3_0);
PS_CSAF_FIX(cvss_object);
PS_CSAF_FIX(cvss_property);
PS_CSAF_FIX(cvss_score);
/* csaf-fix-history.c */
PS_CSAF_FIX(draft_revision);
PS_CSAF_FIX(history_gap);
PS_CSAF_FIX(history_order);
PS_CSAF_FIX(revision_missing);
PS_CSAF_FIX(revision_number);
PS_CSAF_FIX(version_schemes);
/* csaf-fix-tracking.c */
PS_CSAF_FIX(current_release);
PS_CSAF_FIX(initial_release);
PS_CSAF_FIX(latest_version);
PS_CSAF_FIX(status_draft);
PS_CSAF_FIX(version_number);

/* ---- the history, for those two files ---- */

typedef struct {
	const cJSON *item;
	int index; /* in the document */
	const char *number, *date;
	gint64 seconds;
	int nanoseconds;
	PsCsafVersion version;
} PsCsafFixRevision;

/* The whole history, by date, then number; empty when some of it can't be read, or it is
 * too long. */
GArray *ps_csaf_fix_history(const PsCsafFixer *fixer);
#define ps_csaf_fix_revision(history, i) (&g_array_index(history, PsCsafFixRevision, i))
/* The number without pre-release part and build metadata. New string. */
char *ps_csaf_fix_plain_number(const char *text, const PsCsafVersion *version);

#endif
