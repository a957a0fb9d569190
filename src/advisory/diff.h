#ifndef PS_ADVISORY_DIFF_H
#define PS_ADVISORY_DIFF_H

/* The difference of two CSAF documents (2.0 or 2.1) as a list of changes for people.
 *
 * - Items of lists are matched by what identifies them (product_id, cve, url, revision number,
 *   category and name, …), not by their place; items that came from our records by those. What has
 *   no partner is added or removed. A list whose items only stand in another order is one change
 *   (PS_DIFF_ORDER).
 * - An object or list that is new or gone is one change a list item, else one change for the whole;
 *   objects on both sides are walked down to the texts that differ.
 * - Time and memory grow with the size of the documents only.
 * - Labels and texts are safe text; values may have several lines. */

#include "base/json.h"

typedef enum {
	PS_DIFF_ADDED,
	PS_DIFF_REMOVED,
	PS_DIFF_CHANGED,
	PS_DIFF_ORDER, /* the items of a list stand in another order; no texts */
} PsDiffKind;

typedef struct {
	PsDiffKind kind;
	char *pointer; /* ordinary JSON pointer into the new document; of what was removed into the
			  old one */
	char *field;   /* the same with each list step as the item's record key (item.h) where it
			  has one, else as its index */
	char *label;   /* for people, from outside in: "Vulnerability CVE-2026-1 › Title" */
	char *before, *after; /* for people; NULL where there is nothing */
	/* Lent from the documents; NULL where there is nothing. */
	const cJSON *old_value, *new_value;
} PsDiffChange;

typedef enum {
	PS_DIFF_ALL = 0,
	/* Without what every new version changes by itself: current release date, revision history,
	 * status, version and generator, and the 2.0/2.1 schema names. */
	PS_DIFF_CONTENT = 1 << 0,
} PsDiffFlags;

/* PsDiffChange* array in the order of the new document, what was removed behind its brothers; it
 * must not outlive the documents. Either may be NULL (nothing at all). */
GPtrArray *ps_diff(const cJSON *before, const cJSON *after, PsDiffFlags flags);

/* The place of a pointer (indexes, keys or mixed) for people, as changes are labelled; a step that
 * is not there is named by itself. "" is the whole document. New string, safe. */
char *ps_place_label(const cJSON *document, const char *pointer);

const char *ps_diff_word(PsDiffKind kind);  /* translated: "added" */
const char *ps_diff_token(PsDiffKind kind); /* for programs: "added" */
/* One line, "changed: Title: “old” -> “new”", of at most `cells` cells (0: no bound). New string.
 */
char *ps_diff_line(const PsDiffChange *change, int cells);
/* {kind, pointer, label, before, after}; absent texts are null. */
cJSON *ps_diff_json(const PsDiffChange *change);

#endif
