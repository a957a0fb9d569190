#ifndef PS_ADVISORY_PRODUCT_INDEX_H
#define PS_ADVISORY_PRODUCT_INDEX_H

/* The products of a CSAF document (2.0 or 2.1) by their ids, with the branches that lead to them,
 * for what is made of the document. The document may come from anywhere: what is not of the type
 * that the standard wants is passed over. Everything is lent from the document, which must
 * outlive the index. */

#include "base/json.h"

typedef struct {
	const cJSON *product;    /* the full product name */
	GPtrArray *branches;     /* const cJSON*, the vendor first; empty: defined elsewhere */
	const char *begins_with; /* relationship or path: the product that it begins with … */
	const char *category;    /* … how that stands to the next one … */
	const char *next;        /* … and which that is; NULL: no relationship */
} PsProductEntry;

typedef struct PsProductIndex PsProductIndex;

PsProductIndex *ps_product_index_new(const cJSON *document);
void ps_product_index_free(PsProductIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsProductIndex, ps_product_index_free)

/* NULL: no such product. */
const PsProductEntry *ps_product_index_find(const PsProductIndex *index, const char *id);
/* All of them, in the document's order: PsProductEntry*. */
const GPtrArray *ps_product_index_all(const PsProductIndex *index);
/* The product ids of a group; NULL: no such group. */
const cJSON *ps_product_index_group(const PsProductIndex *index, const char *group_id);
/* The name of the first branch of that category; NULL: none. */
const char *ps_product_entry_branch(const PsProductEntry *entry, const char *category);
/* Text of the product's identification helper; of purls the first. NULL: none. */
const char *ps_product_entry_helper(const PsProductEntry *entry, const char *member);

/* The product that a combination begins with, whatever it is combined with; else the entry itself.
 */
const PsProductEntry *ps_product_index_begin(const PsProductIndex *index,
					     const PsProductEntry *entry);
/* What a group of CSAF's product_status comes to in a format; groups that are left out don't count.
 */
typedef struct {
	const char *group, *status;
} PsStatusWord;
/* Entries (PsProductEntry*) that stand differently to a vulnerability on one thing than on another:
 * a firmware that is affected on one device only. `status`: CSAF's product_status. Lent entries;
 * the set is the caller's. */
GHashTable *ps_product_index_mixed(const PsProductIndex *index, const cJSON *status,
				   const PsStatusWord *words, gsize n);

/* Whether the product ids or groups of an item (remediation, threat, flag) name the product. */
gboolean ps_product_index_names(const PsProductIndex *index, const cJSON *item, const char *id);

#endif
