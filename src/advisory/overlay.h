#ifndef PS_ADVISORY_OVERLAY_H
#define PS_ADVISORY_OVERLAY_H

/* Edits laid over a generated document: records of kind advisory_item, each a field (pointer over
 * stable keys, item.h) and the JSON value that it gets; without a value it is removed. */

#include "base/json.h"
#include "store/store.h"

/* The field "-" at the end of a list becomes this, with eight random digits behind it. */
#define PS_ADDED_PREFIX "added-"

/* Puts `value` (taken; NULL: remove) at a field. Objects and lists on the way that the standard
 * knows are made; items are not, but a new one by its own key at the end of its list. FALSE: there
 * is no such place. */
gboolean ps_overlay_put(cJSON *document, const char *field, cJSON *value);

/* The same for what is kept although the case does not give it any more: an item comes back under
 * its key, at the end of its list. */
gboolean ps_overlay_restore(cJSON *document, const char *field, cJSON *value);

/* All of them, outer fields before inner ones, then in the order in which they were made. `lost`
 * gets the records (lent) whose place is gone. */
void ps_overlay_apply(cJSON *document, GPtrArray *items, GPtrArray *lost);

/* What a record lays there; NULL: it removes. FALSE: its text is no JSON (of one that is kept: with
 * keys, base.h). */
gboolean ps_overlay_value(const PsRecord *item, cJSON **value);

#endif
