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
/* Appends what a new record of the kind has where `given` says nothing. */
void ps_edit_defaults(PsTxn *txn, const char *kind, char *const *given, GPtrArray *pairs);
/* Appends version, vector (canonical), score and severity. `version` NULL: any. */
gboolean ps_score_pairs(const char *vector, const char *version, GPtrArray *pairs, GError **error);
/* With a release: the score of the vulnerability itself must be there, with the same metrics but
 * for the environmental ones. `pairs` have case, version and vector. */
gboolean ps_score_check_release(PsStore *store, char *const *pairs, GError **error);
/* After a change: the scores of single releases take over what was changed in that of the
 * vulnerability; that of a release is judged as ps_score_check_release() does. */
gboolean ps_score_follow(PsTxn *txn, const char *id, GError **error);

/* The case and its (still unnamed) vulnerability; gives the case's id. */
char *ps_case_make(PsTxn *txn, char *const *pairs, GError **error);

/* A child of a case in a transaction of its own, and `said` (NULL: nothing) in the case log as an
 * event of that type. `pairs` may not name another case. Gives its id. */
char *ps_case_add_child(PsStore *store, const char *action, const char *kind, const char *case_id,
			GPtrArray *pairs, const char *type, const char *said, GError **error);
/* The pair "release" of what was given, as "release" and, where it means a combination,
 * "relationship": outside, both have one name. */
gboolean ps_pair_add_product(PsStore *store, char *const *given, GPtrArray *pairs, GError **error);

#endif
