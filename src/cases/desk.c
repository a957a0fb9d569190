#include "config.h"

/* What is due. One pass over open cases, loose reports and open tasks gives light entries; the
 * clocks decide (clock.c, the same function everywhere); only the lines of the asked page are
 * dressed with titles, names and reasons. */

#include "cases/desk.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "cases/facts.h"
#include "registry/registry.h"

/* ---- light entries ---- */

/* They stand for a clock id. */
#define TASK PS_N_CLOCKS
#define ARMED (PS_N_CLOCKS + 1)
#define REVIEW (PS_N_CLOCKS + 2)

typedef struct {
	const char *kind;
	const char *record, *case_id, *number, *owner; /* in the table's texts */
	PsClock clock;
	int id; /* PsClockId, TASK, ARMED or REVIEW */
} Entry;

struct PsDesk {
	PsStore *store;
	PsDeskQuery query;
	PsClockPolicy policy;
	gint64 now;
	PsFactTable table;
	GArray *entries;  /* Entry, in the order found */
	GPtrArray *order; /* Entry*, most urgent first */
	PsDeskCounts counts;
};

static gboolean
is_wanted(const PsDesk *desk, const PsClock *clock)
{
	if (clock->state == PS_CLOCK_NOT_STARTED)
		return desk->query.not_started;
	if (clock->state != PS_CLOCK_RUNNING && clock->state != PS_CLOCK_OVERDUE)
		return FALSE;
	return desk->query.due_before == PS_NO_TIME || clock->due_at < desk->query.due_before;
}

static void
add_entry(PsDesk *desk, const Entry *entry)
{
	const PsClock *clock = &entry->clock;
	PsDeskCounts *counts = &desk->counts;

	g_array_append_val(desk->entries, *entry);
	if (clock->due_at == PS_NO_TIME)
		return;
	if (counts->tightest == PS_NO_TIME || clock->due_at < counts->tightest)
		counts->tightest = clock->due_at;
	if (clock->state == PS_CLOCK_OVERDUE)
		counts->overdue++;
	else if (clock->due_at - desk->now <= PS_DAY_MS)
		counts->today++;
	else
		counts->later++;
}

static void
add_clocks(PsDesk *desk, const PsClockFacts *facts, const PsClockId *ids, gsize count, Entry *entry)
{
	for (gsize i = 0; i < count; i++) {
		ps_clock_compute(ids[i], facts, &desk->policy, desk->now, &entry->clock);
		entry->id = ids[i];
		if (is_wanted(desk, &entry->clock))
			add_entry(desk, entry);
	}
}

static gboolean
of_owner(const PsDesk *desk, const char *owner)
{
	return !desk->query.owner || g_strcmp0(desk->query.owner, owner) == 0;
}

static void
count_waiting(PsDesk *desk, const PsClockFacts *facts)
{
	desk->counts.not_acknowledged +=
		facts->from_outside && !facts->anonymous && facts->acknowledged_at == PS_NO_TIME;
}

static void
add_case(PsDesk *desk, const PsCaseFacts *one)
{
	static const PsClockId all[] = {PS_CLOCK_ACKNOWLEDGE, PS_CLOCK_VALIDATE,
					PS_CLOCK_FIX,         PS_CLOCK_EMBARGO,
					PS_CLOCK_PUBLISH,     PS_CLOCK_FOLLOW_UP};
	Entry entry = {.kind = "case",
		       .record = one->id,
		       .case_id = one->id,
		       .number = one->number,
		       .owner = one->owner};

	G_STATIC_ASSERT(G_N_ELEMENTS(all) == PS_N_CLOCKS);
	/* One that was asked for by name may be closed. */
	if (one->closed)
		return;
	desk->counts.open_cases++;
	desk->counts.unowned += one->owner == NULL;
	count_waiting(desk, &one->facts);
	if (of_owner(desk, one->owner))
		add_clocks(desk, &one->facts, all, G_N_ELEMENTS(all), &entry);
}

/* A report that is in no case yet, and that nobody judged. */
static void
add_report(gpointer user, sqlite3_stmt *row)
{
	static const PsClockId owed[] = {PS_CLOCK_ACKNOWLEDGE, PS_CLOCK_VALIDATE};
	PsDesk *desk = user;
	const PsClockFacts facts = {
		.received_at = ps_fact_time(row, 1),
		.acknowledged_at = ps_fact_time(row, 2),
		.validated_at = PS_NO_TIME,
		.fix_due_at = PS_NO_TIME,
		.fixed_at = PS_NO_TIME,
		.embargo_until = PS_NO_TIME,
		.published_at = PS_NO_TIME,
		.closed_at = PS_NO_TIME,
		.last_contact_at = PS_NO_TIME,
		.anonymous = sqlite3_column_int(row, 3) != 0,
		.from_outside = sqlite3_column_int(row, 4) != 0,
		.embargo_over = TRUE,
		.rm = "RECEIVED",
	};
	Entry entry = {.kind = "report",
		       .record = ps_fact_table_keep(&desk->table, ps_fact_text(row, 0))};

	count_waiting(desk, &facts);
	if (of_owner(desk, NULL))
		add_clocks(desk, &facts, owed, G_N_ELEMENTS(owed), &entry);
}

static void
add_task(gpointer user, sqlite3_stmt *row)
{
	PsDesk *desk = user;
	const PsCaseFacts *one = ps_fact_table_find(&desk->table, ps_fact_text(row, 0));
	gint64 due = ps_fact_time(row, 2);
	const char *own = ps_fact_text(row, 3), *owner = own ? own : one ? one->owner : NULL;
	Entry entry = {.kind = "task", .id = TASK};

	entry.clock = (PsClock){.started_at = PS_NO_TIME, .due_at = due, .met_at = PS_NO_TIME};
	entry.clock.state = due == PS_NO_TIME ? PS_CLOCK_NOT_STARTED
			    : desk->now > due ? PS_CLOCK_OVERDUE
					      : PS_CLOCK_RUNNING;
	if (!one || one->closed || !of_owner(desk, owner) || !is_wanted(desk, &entry.clock))
		return;
	entry.record = g_string_chunk_insert(desk->table.texts, ps_fact_text(row, 1));
	entry.case_id = one->id;
	entry.number = one->number;
	entry.owner = ps_fact_table_keep(&desk->table, owner);
	add_entry(desk, &entry);
}

/* A publication that is armed for a time: it is shown whatever became of its case. */
static void
add_armed(gpointer user, sqlite3_stmt *row)
{
	PsDesk *desk = user;
	const PsCaseFacts *one = ps_fact_table_find(&desk->table, ps_fact_text(row, 0));
	const char *owner = ps_fact_text(row, 3);
	Entry entry = {.kind = "advisory", .id = ARMED};

	entry.clock = (PsClock){.started_at = PS_NO_TIME,
				.due_at = ps_fact_time(row, 2),
				.met_at = PS_NO_TIME,
				.state = PS_CLOCK_RUNNING};
	if (desk->now > entry.clock.due_at)
		entry.clock.state = PS_CLOCK_OVERDUE;
	if (!of_owner(desk, owner) || !is_wanted(desk, &entry.clock))
		return;
	entry.record = g_string_chunk_insert(desk->table.texts, ps_fact_text(row, 1));
	entry.case_id = ps_fact_table_keep(&desk->table, ps_fact_text(row, 0));
	entry.number = one ? one->number : ps_fact_table_keep(&desk->table, ps_fact_text(row, 4));
	entry.owner = ps_fact_table_keep(&desk->table, owner);
	add_entry(desk, &entry);
}

/* An advisory that waits for a review; it has no due time. Who asked does not review it. */
static void
add_review(gpointer user, sqlite3_stmt *row)
{
	PsDesk *desk = user;
	const PsCaseFacts *one = ps_fact_table_find(&desk->table, ps_fact_text(row, 0));
	const char *asker = ps_fact_text(row, 2);
	Entry entry = {.kind = "advisory", .id = REVIEW};

	entry.clock = (PsClock){.started_at = PS_NO_TIME,
				.due_at = PS_NO_TIME,
				.met_at = PS_NO_TIME,
				.state = PS_CLOCK_RUNNING};
	if (desk->query.owner && g_strcmp0(desk->query.owner, asker) == 0)
		return;
	entry.record = g_string_chunk_insert(desk->table.texts, ps_fact_text(row, 1));
	entry.case_id = ps_fact_table_keep(&desk->table, ps_fact_text(row, 0));
	entry.number = one ? one->number : ps_fact_table_keep(&desk->table, ps_fact_text(row, 3));
	add_entry(desk, &entry);
}

#define REVIEWS                                                                                    \
	"SELECT \"case\", id, asked_by, tracking_id FROM advisory "                                \
	"WHERE state = 'review' AND armed_at IS NULL"

#define ARMINGS                                                                                    \
	"SELECT \"case\", id, armed_at, armed_by, tracking_id FROM advisory "                      \
	"WHERE armed_at IS NOT NULL"

#define TASKS "SELECT \"case\", id, due_at, owner FROM task WHERE done_at IS NULL"

static gboolean
read_all(PsDesk *desk, GError **error)
{
	const char *case_id = desk->query.case_id;

	if (!ps_fact_table_fill(desk->store, case_id ? PS_FACTS_ONE : PS_FACTS_OPEN, case_id,
				&desk->table, error))
		return FALSE;
	for (guint i = 0; i < ps_fact_table_length(&desk->table); i++)
		add_case(desk, ps_fact_table_at(&desk->table, i));
	if (!case_id &&
	    !ps_facts_each(desk->store,
			   "SELECT id, received_at, acknowledged_at, COALESCE(anonymous, 0), "
			   "channel NOT IN ('own_test', 'feed') FROM report WHERE \"case\" IS NULL "
			   "AND outcome IS NULL",
			   NULL, add_report, desk, error))
		return FALSE;
	return ps_facts_each(desk->store, case_id ? TASKS " AND \"case\" = :case" : TASKS, case_id,
			     add_task, desk, error) &&
	       ps_facts_each(desk->store, case_id ? ARMINGS " AND \"case\" = :case" : ARMINGS,
			     case_id, add_armed, desk, error) &&
	       ps_facts_each(desk->store, case_id ? REVIEWS " AND \"case\" = :case" : REVIEWS,
			     case_id, add_review, desk, error);
}

/* Most urgent first; then what has no due time, what waits for a fact last. */
static int
compare_entries(gconstpointer a, gconstpointer b)
{
	const Entry *x = *(Entry *const *)a, *y = *(Entry *const *)b;
	gint64 dx = x->clock.due_at == PS_NO_TIME ? G_MAXINT64 : x->clock.due_at;
	gint64 dy = y->clock.due_at == PS_NO_TIME ? G_MAXINT64 : y->clock.due_at;

	gboolean waits = x->clock.state == PS_CLOCK_NOT_STARTED;

	if (dx != dy)
		return dx < dy ? -1 : 1;
	if (waits != (y->clock.state == PS_CLOCK_NOT_STARTED))
		return waits ? 1 : -1;
	int order = g_strcmp0(x->number, y->number);
	return order ? order : x->id - y->id;
}

static void
sort_entries(PsDesk *desk)
{
	g_ptr_array_set_size(desk->order, (int)desk->entries->len);
	for (guint i = 0; i < desk->entries->len; i++)
		desk->order->pdata[i] = &g_array_index(desk->entries, Entry, i);
	g_ptr_array_sort(desk->order, compare_entries);
}

PsDesk *
ps_desk_new(PsStore *store, const PsDeskQuery *query, GError **error)
{
	g_autoptr(PsDesk) desk = g_new0(PsDesk, 1);

	*desk = (PsDesk){.store = store, .query = *query, .now = ps_now_ms()};
	desk->counts.tightest = PS_NO_TIME;
	desk->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	desk->order = g_ptr_array_new();
	if (!ps_clock_policy_load(store, &desk->policy, error) || !read_all(desk, error))
		return NULL;
	sort_entries(desk);
	/* Lent until now. */
	desk->query.case_id = desk->query.owner = NULL;
	return g_steal_pointer(&desk);
}

void
ps_desk_free(PsDesk *desk)
{
	if (!desk)
		return;
	ps_fact_table_clear(&desk->table);
	g_array_unref(desk->entries);
	g_ptr_array_unref(desk->order);
	g_free(desk);
}

gint64
ps_desk_length(const PsDesk *desk)
{
	return desk->order->len;
}

const PsDeskCounts *
ps_desk_counted(const PsDesk *desk)
{
	return &desk->counts;
}

/* ---- lines ---- */

void
ps_desk_line_free(PsDeskLine *line)
{
	g_free(line->kind);
	g_free(line->record);
	g_free(line->case_id);
	g_free(line->case_number);
	g_free(line->title);
	g_free(line->what);
	g_free(line->token);
	g_free(line->reason);
	g_free(line->owner);
	g_free(line);
}

static char *
title_of(PsStore *store, const char *kind, const char *id)
{
	g_autoptr(PsRecord) record = ps_store_get(store, kind, id, NULL);
	g_autofree char *title = record ? ps_record_title(store, record) : g_strdup("");

	return ps_safe_text(title, -1, PS_SAFE_LINE);
}

static char *
owner_name(PsStore *store, const char *id)
{
	g_autoptr(PsRecord) person = id ? ps_store_get(store, "person", id, NULL) : NULL;
	const char *name = person ? ps_record_text(person, "name") : NULL;

	return name ? ps_safe_text(name, -1, PS_SAFE_LINE) : NULL;
}

/* What is no clock: what is to be done, its token, and why. */
static const struct {
	int id;
	const char *token, *what, *reason; /* N_(); what NULL: the record's own title */
} others[] = {
	{TASK, "task", NULL, N_("The task's due date.")},
	{ARMED, "armed", N_("Armed publication"),
	 N_("Its publication is armed; the advisory's pane cancels it.")},
	{REVIEW, "review", N_("Review the advisory"),
	 N_("Its review was asked for: it waits for an approval, or to be sent back.")},
};

static void
dress_other(PsStore *store, const Entry *entry, PsDeskLine *line)
{
	gsize i = 0;

	while (others[i].id != entry->id)
		i++;
	line->title = title_of(store, "case", entry->case_id);
	line->what = others[i].what ? g_strdup(_(others[i].what))
				    : title_of(store, entry->kind, entry->record);
	line->token = g_strdup(others[i].token);
	line->reason = g_strdup(entry->clock.due_at == PS_NO_TIME && entry->id == TASK
					? _("The task has no due date.")
					: _(others[i].reason));
}

static PsDeskLine *
dress(PsStore *store, const Entry *entry)
{
	PsDeskLine *line = g_new0(PsDeskLine, 1);

	line->kind = g_strdup(entry->kind);
	line->record = g_strdup(entry->record);
	line->case_id = g_strdup(entry->case_id);
	line->case_number = g_strdup(entry->number);
	line->owner = owner_name(store, entry->owner);
	line->due_at = entry->clock.due_at;
	line->state = entry->clock.state;
	if (entry->id >= PS_N_CLOCKS) {
		dress_other(store, entry, line);
		return line;
	}
	line->title = title_of(store, entry->kind, entry->record);
	line->what = g_strdup(ps_clock_label((PsClockId)entry->id));
	line->token = g_strdup(ps_clock_token((PsClockId)entry->id));
	line->reason = ps_clock_reason(&entry->clock);
	return line;
}

GPtrArray *
ps_desk_page(PsDesk *desk, gint64 first, gint64 limit)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)ps_desk_line_free);

	for (gint64 i = MAX(first, 0); i < ps_desk_length(desk) && i - first < limit; i++)
		g_ptr_array_add(lines, dress(desk->store, desk->order->pdata[i]));
	return lines;
}

GPtrArray *
ps_desk_lines(PsStore *store, const PsDeskQuery *query, GError **error)
{
	g_autoptr(PsDesk) desk = ps_desk_new(store, query, error);

	if (!desk)
		return NULL;
	return ps_desk_page(desk, query->offset, query->limit ? query->limit : G_MAXINT64);
}

gboolean
ps_desk_counts(PsStore *store, PsDeskCounts *counts, GError **error)
{
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_autoptr(PsDesk) desk = ps_desk_new(store, &query, error);

	if (desk)
		*counts = *ps_desk_counted(desk);
	return desk != NULL;
}
