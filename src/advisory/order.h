#ifndef PS_ADVISORY_ORDER_H
#define PS_ADVISORY_ORDER_H

/* The order that a person gave to the items of a list: records of kind advisory_order, one a list,
 * with the keys of its items (item.h). Edits and comments know items by their keys, so they move
 * with them. What the case adds later stands behind the brother that it has in the case, what is
 * added by hand at the end; keys of items that are gone mean nothing. */

#include "advisory/facts.h"
#include "base/json.h"

/* Puts the lists of a document into their orders; the edits are laid over it already. */
void ps_order_apply(cJSON *document, GPtrArray *orders);
/* Keeps the order in which the list at `field` of `document` stands now. Where it is that of
 * `generated`, with nothing added but at the end, none is kept. */
gboolean ps_order_keep(PsTxn *txn, const PsFacts *facts, const cJSON *document,
		       const cJSON *generated, const char *field, GError **error);
/* Takes back the orders of the list at `field` and of those below it; `count` (may be NULL) grows
 * by their number. */
gboolean ps_order_drop(PsTxn *txn, const PsFacts *facts, const char *field, guint *count,
		       GError **error);

#endif
