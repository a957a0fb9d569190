#include "config.h"

/* Work over many items: results in order, a bounded number under way, stopping. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/ordered.h"

#define ITEMS 5000
#define BUDGET 100

typedef struct {
	int made, seen, stop_at;
	gsize weight;   /* of each item */
	gint at_once;   /* under way now */
	gint most;      /* highest that `at_once` was */
	gboolean waits; /* work() waits until it was told to stop */
	gint told;
} Count;

static gpointer
next(gpointer user, gsize *weight)
{
	Count *count = user;

	if (count->made == ITEMS)
		return NULL;
	*weight = count->weight;
	int *item = g_new(int, 1);
	*item = count->made++;
	return item;
}

static gpointer
work(gpointer user, gpointer item)
{
	Count *count = user;
	gint now = g_atomic_int_add(&count->at_once, 1) + 1;
	int *result = g_new(int, 1);

	if (now > g_atomic_int_get(&count->most))
		g_atomic_int_set(&count->most, now);
	/* uneven work, so that later items are ready before earlier ones */
	*result = *(int *)item;
	for (int i = 0; i < *result % 7; i++)
		g_thread_yield();
	while (count->waits && !g_atomic_int_get(&count->told))
		g_thread_yield();
	g_atomic_int_add(&count->at_once, -1);
	return result;
}

static gboolean
done(gpointer user, gpointer item, gpointer result)
{
	Count *count = user;

	assert_int_equal(*(int *)item, count->seen);
	assert_int_equal(*(int *)result, count->seen);
	return ++count->seen != count->stop_at;
}

static gboolean
tick(gpointer user)
{
	Count *count = user;

	g_atomic_int_set(&count->told, 1);
	return FALSE;
}

static const PsOrdered ordered = {next, work, done, NULL, g_free, g_free, BUDGET};

static void
ordered__results__come_in_the_order_of_the_items(void **state)
{
	Count count = {0};

	(void)state;
	assert_true(ps_ordered_run(&ordered, &count));
	assert_int_equal(count.seen, ITEMS);
	assert_int_equal(count.at_once, 0);
}

static void
ordered__items_heavier_than_the_budget__run_alone(void **state)
{
	Count count = {.weight = BUDGET};

	(void)state;
	assert_true(ps_ordered_run(&ordered, &count));
	assert_int_equal(count.seen, ITEMS);
	assert_int_equal(count.most, 1);
}

static void
ordered__stopped_by_a_result__ends_at_once(void **state)
{
	Count count = {.stop_at = 10};

	(void)state;
	assert_false(ps_ordered_run(&ordered, &count));
	assert_int_equal(count.seen, 10);
	assert_true(count.made < ITEMS);
	assert_int_equal(count.at_once, 0);
}

static void
ordered__stopped_while_waiting__ends_without_a_result(void **state)
{
	Count count = {.waits = TRUE};
	PsOrdered ticking = ordered;

	(void)state;
	ticking.tick = tick;
	assert_false(ps_ordered_run(&ticking, &count));
	assert_int_equal(count.seen, 0);
	assert_int_equal(count.at_once, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordered__results__come_in_the_order_of_the_items),
		cmocka_unit_test(ordered__items_heavier_than_the_budget__run_alone),
		cmocka_unit_test(ordered__stopped_by_a_result__ends_at_once),
		cmocka_unit_test(ordered__stopped_while_waiting__ends_without_a_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
