#include "config.h"

/* The set of versions that a range stands for, and questions about it. */

#include "registry/vers-internal.h"

#include <string.h>

int
ps_vers_compare_constraints(gconstpointer a, gconstpointer b, gpointer user)
{
	const PsVersionType *order = user;
	const PsVersConstraint *x = *(const PsVersConstraint *const *)a;
	const PsVersConstraint *y = *(const PsVersConstraint *const *)b;

	return order->compare(x->version, y->version);
}

static void
add_interval(PsVers *vers, const char *low, gboolean low_in, const char *high, gboolean high_in)
{
	PsVersInterval interval = {low, high, low_in, high_in};

	g_array_append_val(vers->intervals, interval);
}

/* An upper end: closes what is open, widens the interval before it, or begins at the bottom. */
static void
close_interval(PsVers *vers, const PsVersConstraint **open, const PsVersConstraint *end)
{
	gboolean in = end->comparator == PS_VERS_LESS_EQUAL;

	if (*open) {
		add_interval(vers, (*open)->version, (*open)->comparator == PS_VERS_GREATER_EQUAL,
			     end->version, in);
	} else if (vers->intervals->len > 0) {
		/* "<1|<2" is "<2" */
		PsVersInterval *last =
			&g_array_index(vers->intervals, PsVersInterval, vers->intervals->len - 1);
		last->high = end->version;
		last->high_in = in;
	} else {
		add_interval(vers, NULL, FALSE, end->version, in);
	}
	*open = NULL;
}

static void
make_intervals(PsVers *vers)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_copy(vers->constraints, NULL, NULL);
	const PsVersConstraint *open = NULL;

	/* where the order is not known, they are in the order in which they stand */
	g_ptr_array_set_free_func(sorted, NULL);
	if (vers->order) /* stable: of equal versions the one that stands first */
		g_ptr_array_sort_with_data(sorted, ps_vers_compare_constraints,
					   (gpointer)vers->order);
	for (guint i = 0; i < sorted->len; i++) {
		const PsVersConstraint *constraint = sorted->pdata[i];
		if (constraint->comparator == PS_VERS_NOT_EQUAL)
			g_ptr_array_add(vers->excluded, constraint->version);
		else if (constraint->comparator == PS_VERS_EQUAL)
			continue;
		else if (!ps_vers_is_upward(constraint->comparator))
			close_interval(vers, &open, constraint);
		else if (!open)
			open = constraint;
	}
	if (open)
		add_interval(vers, open->version, open->comparator == PS_VERS_GREATER_EQUAL, NULL,
			     FALSE);
}

/* Single versions, and the set of a range that has nothing but "!=" or "*". */
static void
make_points(PsVers *vers)
{
	gboolean any = vers->intervals->len > 0;

	for (guint i = 0; i < vers->constraints->len; i++) {
		const PsVersConstraint *constraint = ps_vers_constraint(vers, i);
		if (constraint->comparator != PS_VERS_EQUAL)
			continue;
		any = TRUE;
		add_interval(vers, constraint->version, TRUE, constraint->version, TRUE);
	}
	if (!any && (!vers->order || !g_str_equal(vers->order->name, "none")))
		add_interval(vers, NULL, FALSE, NULL, FALSE);
}

void
ps_vers_make_set(PsVers *vers)
{
	make_intervals(vers);
	make_points(vers);
}

/* ---- questions ---- */

static const PsVersionType *
order_of(const PsVers *vers)
{
	return vers->order ? vers->order : ps_version_type_unknown();
}

static gboolean
is_excluded(const PsVers *vers, const PsVersionType *order, const char *version)
{
	for (guint i = 0; i < vers->excluded->len; i++)
		if (order->compare(vers->excluded->pdata[i], version) == 0)
			return TRUE;
	return FALSE;
}

static gboolean
interval_holds(const PsVersInterval *interval, const PsVersionType *order, const char *version)
{
	int low = interval->low ? order->compare(version, interval->low) : 1;
	int high = interval->high ? order->compare(version, interval->high) : -1;

	return (low > 0 || (low == 0 && interval->low_in)) &&
	       (high < 0 || (high == 0 && interval->high_in));
}

gboolean
ps_vers_contains(const PsVers *vers, const char *version)
{
	const PsVersionType *order = order_of(vers);

	for (guint i = 0; i < vers->intervals->len; i++)
		if (interval_holds(&g_array_index(vers->intervals, PsVersInterval, i), order,
				   version))
			return !is_excluded(vers, order, version);
	return FALSE;
}

/* The order in which two ranges can be compared; NULL: they can't. */
static const PsVersionType *
common_order(const PsVers *a, const PsVers *b)
{
	if (a->star || !a->type)
		return order_of(b->star ? a : b);
	if (b->star || !b->type || g_str_equal(a->type, b->type))
		return order_of(a);
	return NULL;
}

static gboolean
intervals_meet(const PsVersInterval *a, const PsVersInterval *b, const PsVersionType *order,
	       const char **point)
{
	const char *low = a->low, *high = a->high;
	gboolean low_in = a->low_in, high_in = a->high_in;
	int below = !b->low ? -1 : !low ? 1 : order->compare(b->low, low);
	int above = !b->high ? 1 : !high ? -1 : order->compare(b->high, high);

	if (below > 0 || (below == 0 && !b->low_in)) {
		low = b->low;
		low_in = b->low_in;
	}
	if (above < 0 || (above == 0 && !b->high_in)) {
		high = b->high;
		high_in = b->high_in;
	}
	int width = low && high ? order->compare(low, high) : -1;
	*point = width == 0 ? low : NULL;
	return width < 0 || (width == 0 && low_in && high_in);
}

guint
ps_vers_size(const PsVers *vers)
{
	return vers->intervals->len + vers->excluded->len + 1;
}

gboolean
ps_vers_overlap(const PsVers *a, const PsVers *b)
{
	const PsVersionType *order = common_order(a, b);
	const char *point;

	for (guint i = 0; order && i < a->intervals->len; i++)
		for (guint k = 0; k < b->intervals->len; k++) {
			if (!intervals_meet(&g_array_index(a->intervals, PsVersInterval, i),
					    &g_array_index(b->intervals, PsVersInterval, k), order,
					    &point))
				continue;
			if (!point ||
			    (!is_excluded(a, order, point) && !is_excluded(b, order, point)))
				return TRUE;
		}
	return FALSE;
}

const char *
ps_vers_single(const PsVers *vers)
{
	const PsVersionType *order = order_of(vers);
	const char *single = NULL;

	for (guint i = 0; i < vers->intervals->len; i++) {
		const PsVersInterval *interval = &g_array_index(vers->intervals, PsVersInterval, i);
		if (!interval->low || !interval->high || !interval->low_in || !interval->high_in ||
		    order->compare(interval->low, interval->high) != 0)
			return NULL;
		if (single && order->compare(single, interval->low) != 0)
			return NULL;
		single = interval->low;
	}
	return single;
}

gboolean
ps_vers_is_open_at_top(const PsVers *vers)
{
	for (guint i = 0; i < vers->intervals->len; i++)
		if (!g_array_index(vers->intervals, PsVersInterval, i).high)
			return TRUE;
	return FALSE;
}
