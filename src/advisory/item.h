#ifndef PS_ADVISORY_ITEM_H
#define PS_ADVISORY_ITEM_H

/* Documents whose list items have stable keys.
 *
 * cJSON leaves the name of a list item unused; here it holds the item's key: the id of the record
 * that the item comes from, or a fixed word. Keys of one list differ from each other and are never
 * decimal numbers, so that a pointer's step into a list can be a key or an ordinary index. */

#include "base/json.h"

/* ---- building ---- */

/* Adds a text member; an absent or empty text adds nothing. */
void ps_put_text(cJSON *object, const char *name, const char *text);
/* Adds a number in tenths as a decimal (98: 9.8). */
void ps_put_tenths(cJSON *object, const char *name, int tenths);
/* Adds an instant, RFC 3339; PS_NO_TIME adds nothing. */
void ps_put_time(cJSON *object, const char *name, gint64 ms);
/* Adds a member that is an object or list; an empty one is freed instead. Takes `value`. */
void ps_put(cJSON *object, const char *name, cJSON *value);
/* A new object at the end of a list. */
cJSON *ps_item_new(cJSON *list, const char *key);
/* A text at the end of a list; its key is `key`, or the text itself where `key` is NULL. */
void ps_item_text(cJSON *list, const char *key, const char *text);
/* Takes `item`. */
void ps_item_add(cJSON *list, const char *key, cJSON *item);
/* Gives an item another key, or a value the name that it will have. */
void ps_item_rekey(cJSON *item, const char *key);
/* The member of that name, made as an object or list where it is not there. */
cJSON *ps_need(cJSON *object, const char *name, gboolean list);

/* ---- whole documents ---- */

/* Sorts the members of every object by name (bytes); lists keep their order. */
void ps_sort_members(cJSON *value);
/* Puts the children of a list or object into another order; all of them, and at least one. */
void ps_relink(cJSON *parent, GPtrArray *children);
/* Removes lists and objects that hold nothing; the top stays. */
void ps_prune_empty(cJSON *value);
/* Gives items without a key "#1", "#2", … by their place: what was read has no records. */
void ps_key_items(cJSON *value);
/* Equal apart from tracking.generator. */
gboolean ps_same_content(const cJSON *a, const cJSON *b);

/* ---- pointers ---- */

/* The steps of a pointer, unescaped; NULL-terminated. NULL: it is not "" and does not begin with
 * "/", or has a "~" that is no escape. */
char **ps_pointer_split(const char *pointer);
/* Appends "/" and a step, escaped. */
void ps_pointer_append(GString *pointer, const char *step);
/* `pointer` is `top` or below it. */
gboolean ps_pointer_within(const char *pointer, const char *top);
/* The child for a step: a member by name, an item by key, else by index. `*index` (may be NULL):
 * its place in a list, -1 in an object. */
cJSON *ps_child(const cJSON *value, const char *step, int *index);
/* What a pointer (keys, indexes, mixed) names; NULL where there is nothing. */
cJSON *ps_field_at(const cJSON *document, const char *field);
/* The same place with every list step as a key ("-" stays), and with every one as an index. NULL
 * where a step into a list leads nowhere; members need not be there. New strings. */
char *ps_pointer_to_field(const cJSON *document, const char *pointer);
char *ps_field_to_pointer(const cJSON *document, const char *field);

#endif
