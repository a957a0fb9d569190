#include "config.h"

#include "base/ordered.h"

/* Items that are under way or wait for their turn, for each thread. */
#define ITEMS_A_THREAD 32
#define TICK_US (100 * G_TIME_SPAN_MILLISECOND)

typedef struct {
	gpointer item, result;
	gsize weight;
} Slot;

typedef struct {
	const PsOrdered *ordered;
	gpointer user;
	GThreadPool *pool;
	GQueue slots; /* of the calling thread */
	gsize weight; /* of all slots */
	guint most;
	gboolean exhausted, stopped;
	GMutex lock; /* of every slot's `result` */
	GCond ready;
} Run;

static void
work(gpointer data, gpointer user)
{
	Slot *slot = data;
	Run *run = user;
	gpointer result = run->ordered->work(run->user, slot->item);

	g_mutex_lock(&run->lock);
	slot->result = result;
	g_cond_signal(&run->ready);
	g_mutex_unlock(&run->lock);
}

static void
slot_free(const Run *run, Slot *slot)
{
	if (run->ordered->free_item)
		run->ordered->free_item(slot->item);
	if (run->ordered->free_result && slot->result)
		run->ordered->free_result(slot->result);
	g_free(slot);
}

static gboolean
has_room(const Run *run)
{
	if (run->exhausted || run->slots.length >= run->most)
		return FALSE;
	return run->slots.length == 0 || run->ordered->budget == 0 ||
	       run->weight < run->ordered->budget;
}

/* One more item under way. The budget may be passed by one item: its weight is known only when it
 * is here. */
static void
feed(Run *run)
{
	Slot *slot = g_new0(Slot, 1);

	slot->item = run->ordered->next(run->user, &slot->weight);
	if (!slot->item) {
		run->exhausted = TRUE;
		g_free(slot);
		return;
	}
	run->weight += slot->weight;
	g_queue_push_tail(&run->slots, slot);
	g_thread_pool_push(run->pool, slot, NULL);
}

/* Waits until the oldest item is done, or until it is time to tick. */
static gboolean
is_ready(Run *run)
{
	const Slot *slot = g_queue_peek_head(&run->slots);
	gint64 until = g_get_monotonic_time() + TICK_US;
	gboolean waited = TRUE;

	g_mutex_lock(&run->lock);
	while (!slot->result && waited)
		waited = g_cond_wait_until(&run->ready, &run->lock, until);
	gboolean ready = slot->result != NULL;
	g_mutex_unlock(&run->lock);
	return ready;
}

static void
step(Run *run)
{
	const PsOrdered *ordered = run->ordered;

	if (!is_ready(run)) {
		run->stopped = ordered->tick && !ordered->tick(run->user);
		return;
	}
	Slot *slot = g_queue_pop_head(&run->slots);
	run->weight -= slot->weight;
	run->stopped = !ordered->done(run->user, slot->item, slot->result);
	slot_free(run, slot);
}

gboolean
ps_ordered_run(const PsOrdered *ordered, gpointer user)
{
	Run run = {.ordered = ordered, .user = user};
	guint threads = MAX(g_get_num_processors(), 1);
	Slot *slot;

	g_mutex_init(&run.lock);
	g_cond_init(&run.ready);
	g_queue_init(&run.slots);
	run.most = threads * ITEMS_A_THREAD;
	run.pool = g_thread_pool_new(work, &run, (int)threads, FALSE, NULL);
	while (!run.stopped) {
		while (has_room(&run))
			feed(&run);
		if (run.slots.length == 0)
			break;
		step(&run);
	}
	/* what was not begun is dropped, what is under way ends */
	g_thread_pool_free(run.pool, TRUE, TRUE);
	while ((slot = g_queue_pop_head(&run.slots)))
		slot_free(&run, slot);
	g_cond_clear(&run.ready);
	g_mutex_clear(&run.lock);
	return !run.stopped;
}
