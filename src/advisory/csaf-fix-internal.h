#ifndef PS_ADVISORY_CSAF_FIX_INTERNAL_H
#define PS_ADVISORY_CSAF_FIX_INTERNAL_H

/* What the makers of fixes share. */

#include "advisory/csaf-fix.h"
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
const cJSON *ps_csaf_fix_at(const PsCsafFixer *fixer, guint n);

/* The makers, by subject. */
#define PS_CSAF_FIX(name) gboolean ps_csaf_fix_##name(PsCsafFixer *fixer)
/* csaf-fix-document.c */
PS_CSAF_FIX(sort);
PS_CSAF_FIX(copy);
PS_CSAF_FIX(language_form);
PS_CSAF_FIX(language_missing);
PS_CSAF_FIX(source_language);
PS_CSAF_FIX(self_reference);
PS_CSAF_FIX(unknown_property);
PS_CSAF_FIX(cwe_name);
PS_CSAF_FIX(version_v);
/* csaf-fix-scores.c */
PS_CSAF_FIX(cvss_score);
PS_CSAF_FIX(cvss_property);
/* csaf-fix-tracking.c */
PS_CSAF_FIX(latest_version);
PS_CSAF_FIX(version_number);
PS_CSAF_FIX(initial_release);
PS_CSAF_FIX(current_release);

#endif
