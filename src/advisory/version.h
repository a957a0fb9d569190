#ifndef PS_ADVISORY_VERSION_H
#define PS_ADVISORY_VERSION_H

/* Versions of a document (CSAF 2.0 and 2.1 section 3.1.11). Pure functions over the changes since
 * the last published version (diff.h, PS_DIFF_CONTENT).
 *
 * Whole numbers: 1, 2, 3, … Semantic versions: a change after which users must compare with their
 * assets again raises the first number, other changes of the content the second, corrected spelling
 * the third. A document keeps one scheme for life. Before the first publication the draft carries
 * the version that it will have. */

#include "advisory/diff.h"

/* How far a change carries. */
typedef enum {
	PS_STEP_NONE,
	PS_STEP_PATCH, /* spelling, or another order */
	PS_STEP_MINOR, /* content */
	PS_STEP_MAJOR, /* product tree, vulnerabilities, lists of affected products */
} PsVersionStep;

PsVersionStep ps_version_step_of(const PsDiffChange *change);
PsVersionStep ps_version_step(const GPtrArray *changes); /* the largest */
const char *ps_version_step_text(PsVersionStep step);    /* translated, a few words */
const char *ps_version_step_token(PsVersionStep step);   /* "none", "patch", "minor", "major" */
/* FALSE: no such word. */
gboolean ps_version_step_find(const char *token, PsVersionStep *step);

/* The version behind `last` (NULL: the first one), in the scheme of `last`, else `semantic`. A step
 * of PS_STEP_NONE counts as a patch: a published version is never published again. New string. */
char *ps_version_after(const char *last, gboolean semantic, PsVersionStep step);

/* Only letters were corrected: the same words but for a few slips, or other blanks and punctuation.
 * Anything with a digit, a short word or a word more is content. */
gboolean ps_version_is_spelling(const char *before, const char *after);

/* What changed, in plain words of the document's language, for the revision history. NULL where
 * nothing did. New string. */
char *ps_version_summary(const char *lang, const GPtrArray *changes, const cJSON *before,
			 const cJSON *after);

#endif
