#ifndef PS_BASE_ORDERED_H
#define PS_BASE_ORDERED_H

/* Work over many items, several at a time on as many threads as there are processors; the results
 * come back one after the other in the order of the items, in the thread that asked. How much is
 * under way at once is bounded, so that any number of items needs little memory. */

#include <glib.h>

typedef struct {
	/* The next item, asked for only when there is room; NULL: no more. `*weight` (0 before):
	 * what it costs while it is under way, in the unit of `budget`. Calling thread. */
	gpointer (*next)(gpointer user, gsize *weight);
	/* Gives the result, not NULL. Any thread. */
	gpointer (*work)(gpointer user, gpointer item);
	/* In the order of the items; item and result are freed afterwards. FALSE stops. Calling
	 * thread. */
	gboolean (*done)(gpointer user, gpointer item, gpointer result);
	/* About ten times a second while nothing is ready; FALSE stops. May be NULL. Calling
	 * thread. */
	gboolean (*tick)(gpointer user);
	GDestroyNotify free_item, free_result; /* each may be NULL */
	gsize budget; /* sum of weights under way; a heavier item runs alone. 0: no bound */
} PsOrdered;

/* FALSE: stopped by `done` or `tick`. It returns when no work is under way any more: to be quick,
 * `work` should see to it itself that it was stopped. */
gboolean ps_ordered_run(const PsOrdered *ordered, gpointer user);

#endif
