#ifndef PS_BASE_JSON_TREE_H
#define PS_BASE_JSON_TREE_H

/* A document that is only read, in less time and memory than cJSON's own: its texts stay where they
 * are, its items lie in a few blocks. Nothing of it may be changed, or freed one by one; what is to
 * outlive it is copied (cJSON_Duplicate()).
 *
 * Texts that are values (not keys) are numbered from 1 in the order in which they come: equal texts
 * have the same number, and the same address. Lists and objects know how many members they have.
 * cJSON's `valueint` holds both. */

#include "base/json.h"

typedef struct PsJsonTree PsJsonTree;

/* Takes `text`, which is changed, also on failure. limits NULL: the defaults. */
PsJsonTree *ps_json_tree_new(char *text, gsize length, const PsJsonLimits *limits, GError **error);
/* Of a tree of cJSON's, whose texts and keys are lent. */
PsJsonTree *ps_json_tree_copy(const cJSON *root);
void ps_json_tree_free(PsJsonTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsJsonTree, ps_json_tree_free)

const cJSON *ps_json_tree_root(const PsJsonTree *tree);
/* How many texts there are: the highest number. */
guint ps_json_tree_texts(const PsJsonTree *tree);
/* The number of a text from anywhere; 0: it is no value of the tree. */
guint ps_json_tree_find(const PsJsonTree *tree, const char *text);

/* Of an item of a tree: the number of its text, 0 when it is none. */
static inline guint
ps_json_text_number(const cJSON *item)
{
	return item && (item->type & 0xff) == cJSON_String ? (guint)item->valueint : 0;
}

/* Of an item of a tree: how many members a list or an object has, 0 for anything else. */
static inline guint
ps_json_size(const cJSON *item)
{
	return item && item->child ? (guint)item->valueint : 0;
}

#endif
