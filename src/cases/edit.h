#ifndef PS_CASES_EDIT_H
#define PS_CASES_EDIT_H

/* Changes that a person makes by hand, in a form or with `new`, `set` and `delete`. They go here,
 * not to ps_txn_new() and ps_txn_set() directly, so that
 * - a new record gets the values that go without saying (a case its states and time of receipt, a
 *   score its number and severity, an event its time and person),
 * - fields that belong to a command are refused (PS_FIELD_FIXED),
 * - a case moves between states only where the state machines allow it, with the times that follow,
 * - a changed vector gives a changed score. */

#include "store/store.h"

/* As ps_txn_new(). */
char *ps_edit_new(PsTxn *txn, const char *kind, char *const *pairs, GError **error);
/* As ps_txn_set(). */
gboolean ps_edit_set(PsTxn *txn, const char *kind, const char *id, const char *field,
		     const char *value, const char *seen, GError **error);
/* As ps_txn_delete(); what is published or sent is refused. */
gboolean ps_edit_delete(PsTxn *txn, const char *kind, const char *id, GError **error);

/* Short form: one transaction around several fields. `pairs`: field, value. */
gboolean ps_edit_apply(PsStore *store, const char *action, const char *kind, const char *id,
		       char *const *pairs, GError **error);

/* The kind of the records that are nothing without one of `kind`: they are deleted with it and told
 * in its history. NULL: none. */
const char *ps_edit_part_kind(const char *kind);

#endif
