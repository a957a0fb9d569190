#ifndef PS_CASES_RULES_H
#define PS_CASES_RULES_H

/* What the files of this room share. */

#include "store/store.h"

/* The last value of a field in pairs; NULL where it is absent or empty. */
const char *ps_pair_value(char *const *pairs, const char *field);
/* Appends copies; an absent or empty value is skipped. */
void ps_pair_add(GPtrArray *pairs, const char *field, const char *value);
/* Copies with a free function, without the final NULL. */
GPtrArray *ps_pairs_copy(char *const *pairs);
/* ps_txn_new() from such an array, which gets its final NULL. */
char *ps_new_from(PsTxn *txn, const char *kind, GPtrArray *pairs, GError **error);
/* Appends version, vector (canonical), score and severity. `version` NULL: any. */
gboolean ps_score_pairs(const char *vector, const char *version, GPtrArray *pairs, GError **error);

/* The case and its (still unnamed) vulnerability; gives the case's id. */
char *ps_case_make(PsTxn *txn, char *const *pairs, GError **error);

#endif
