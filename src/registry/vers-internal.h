#ifndef PS_REGISTRY_VERS_INTERNAL_H
#define PS_REGISTRY_VERS_INTERNAL_H

/* Between reading a range (vers.c) and its set of versions (vers-set.c). */

#include "registry/vers.h"

/* From `low` to `high`; NULL: without a bound. */
typedef struct {
	const char *low, *high;
	gboolean low_in, high_in;
} PsVersInterval;

const PsVersConstraint *ps_vers_constraint(const PsVers *vers, guint index);
gboolean ps_vers_is_upward(PsVersComparator comparator);
/* By version, for g_ptr_array_sort_with_data(); `user` is the PsVersionType. */
int ps_vers_compare_constraints(gconstpointer a, gconstpointer b, gpointer user);
/* Intervals and what is excluded, from the constraints. */
void ps_vers_make_set(PsVers *vers);

#endif
