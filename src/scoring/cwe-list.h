#ifndef PS_SCORING_CWE_LIST_H
#define PS_SCORING_CWE_LIST_H

/* The newest list of weaknesses, for picking one: by id or by words, ranked. Read from data/cwe.tsv
 * into memory (under a thousand entries): open it where it is needed and keep it for a question.
 * Whether a weakness is in an older release is cwe.h's to say. */

#include <glib.h>

#include "scoring/cwe.h"

typedef struct {
	const char *id; /* "CWE-79" */
	const char *name, *status;
	PsCweUsage usage;
	gboolean deprecated;
} PsCweItem;

typedef struct PsCweList PsCweList;

PsCweList *ps_cwe_list_open(GError **error);
void ps_cwe_list_free(PsCweList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCweList, ps_cwe_list_free)

/* In the order of their numbers. */
guint ps_cwe_list_count(const PsCweList *list);
const PsCweItem *ps_cwe_list_item(const PsCweList *list, guint index);
/* "CWE-79", "cwe-79" or "79"; NULL: none. */
const PsCweItem *ps_cwe_list_find(const PsCweList *list, const char *id);

/* Indexes (guint) of what fits, the best first: an id or its beginning, or words that all are in
 * the name; usual short names (XSS, SSRF) count as words. What may not be used for mapping comes
 * behind what may. An empty text fits everything. New array. */
GArray *ps_cwe_list_search(const PsCweList *list, const char *text);

/* A sentence why the weakness can't or should not be used for a vulnerability, translated; NULL:
 * nothing speaks against it. */
const char *ps_cwe_item_warning(const PsCweItem *item);

/* What a person typed as the weakness of a vulnerability: gives its id ("CWE-79"), new string. NULL
 * with a sentence: no such weakness, or a deprecated one. */
char *ps_cwe_check(const char *typed, GError **error);

#endif
