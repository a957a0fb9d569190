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

#define TASK PS_N_CLOCKS /* stands for a clock id */

typedef struct {
	const char *kind;
	const char *record, *case_id, *number, *owner; /* in `texts` */
	PsClock clock;
	int id; /* PsClockId or TASK */
} Entry;

typedef struct {
	PsStore *store;
	const PsDeskQuery *query;
	PsClockPolicy policy;
	gint64 now;
	GArray *entries; /* Entry */
	GStringChunk *texts;
	gint64 open_cases, unowned, not_acknowledged;
} Desk;

static const char *
keep(Desk *desk, const char *text)
{
	return text ? g_string_chunk_insert(desk->texts, text) : NULL;
}

static gboolean
is_wanted(const Desk *desk, const PsClock *clock)
{
	if (clock->state == PS_CLOCK_NOT_STARTED)
		return desk->query->not_started;
	if (clock->state != PS_CLOCK_RUNNING && clock->state != PS_CLOCK_OVERDUE)
		return FALSE;
	return desk->query->due_before == PS_NO_TIME || clock->due_at < desk->query->due_before;
}

static void
add_clocks(Desk *desk, const PsClockFacts *facts, Entry *entry)
{
	for (int id = 0; id < PS_N_CLOCKS; id++) {
		ps_clock_compute((PsClockId)id, facts, &desk->policy, desk->now, &entry->clock);
		entry->id = id;
		if (is_wanted(desk, &entry->clock))
			g_array_append_val(desk->entries, *entry);
	}
}

static gboolean
of_owner(const Desk *desk, const char *owner)
{
	return !desk->query->owner || g_strcmp0(desk->query->owner, owner) == 0;
}

static void
add_case(Desk *desk, sqlite3_stmt *row)
{
	const char *owner = ps_fact_text(row, PS_FACT_OWNER);
	PsClockFacts facts;

	ps_facts_read(row, &facts);
	desk->open_cases++;
	desk->unowned += owner == NULL;
	desk->not_acknowledged +=
		facts.from_outside && !facts.anonymous && facts.acknowledged_at == PS_NO_TIME;
	if (!of_owner(desk, owner))
		return;
	const char *id = keep(desk, ps_fact_text(row, PS_FACT_ID));
	Entry entry = {.kind = "case",
		       .record = id,
		       .case_id = id,
		       .number = keep(desk, ps_fact_text(row, PS_FACT_NUMBER)),
		       .owner = keep(desk, owner)};
	add_clocks(desk, &facts, &entry);
}

/* A report that is in no case yet, and that nobody judged. */
static void
add_report(Desk *desk, sqlite3_stmt *row)
{
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
	static const PsClockId owed[] = {PS_CLOCK_ACKNOWLEDGE, PS_CLOCK_VALIDATE};
	Entry entry = {.kind = "report", .record = keep(desk, ps_fact_text(row, 0))};

	desk->not_acknowledged +=
		facts.from_outside && !facts.anonymous && facts.acknowledged_at == PS_NO_TIME;
	if (!of_owner(desk, NULL))
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(owed); i++) {
		ps_clock_compute(owed[i], &facts, &desk->policy, desk->now, &entry.clock);
		entry.id = owed[i];
		if (is_wanted(desk, &entry.clock))
			g_array_append_val(desk->entries, entry);
	}
}

static void
add_task(Desk *desk, sqlite3_stmt *row)
{
	gint64 due = ps_fact_time(row, 1);
	const char *owner = ps_fact_text(row, 2);
	Entry entry = {.kind = "task", .id = TASK};

	entry.clock = (PsClock){.started_at = PS_NO_TIME, .due_at = due, .met_at = PS_NO_TIME};
	entry.clock.state = due == PS_NO_TIME ? PS_CLOCK_NOT_STARTED
			    : desk->now > due ? PS_CLOCK_OVERDUE
					      : PS_CLOCK_RUNNING;
	if (!of_owner(desk, owner) || !is_wanted(desk, &entry.clock))
		return;
	entry.record = keep(desk, ps_fact_text(row, 0));
	entry.case_id = keep(desk, ps_fact_text(row, 3));
	entry.number = keep(desk, ps_fact_text(row, 4));
	entry.owner = keep(desk, owner);
	g_array_append_val(desk->entries, entry);
}

static const struct {
	void (*add)(Desk *desk, sqlite3_stmt *row);
	const char *sql;
} sources[] = {
	{add_case, "SELECT " PS_FACT_COLUMNS " FROM \"case\" AS c WHERE " PS_FACT_OPEN
		   " AND (:case IS NULL OR c.id = :case)"},
	{add_report, "SELECT r.id, r.received_at, r.acknowledged_at, COALESCE(r.anonymous, 0), "
		     "r.channel NOT IN ('own_test', 'feed') FROM report AS r WHERE r.\"case\" IS "
		     "NULL AND r.outcome IS NULL AND :case IS NULL"},
	{add_task,
	 "SELECT t.id, t.due_at, COALESCE(t.owner, c.owner), c.id, c.number FROM task AS "
	 "t JOIN \"case\" AS c ON c.id = t.\"case\" WHERE t.done_at IS NULL AND " PS_FACT_OPEN
	 " AND (:case IS NULL OR t.\"case\" = :case)"},
};

/* Most urgent first; what waits for a fact last. */
static int
compare_entries(gconstpointer a, gconstpointer b)
{
	const Entry *x = a, *y = b;
	gint64 dx = x->clock.due_at == PS_NO_TIME ? G_MAXINT64 : x->clock.due_at;
	gint64 dy = y->clock.due_at == PS_NO_TIME ? G_MAXINT64 : y->clock.due_at;

	if (dx != dy)
		return dx < dy ? -1 : 1;
	int order = g_strcmp0(x->number, y->number);
	return order ? order : x->id - y->id;
}

static void
desk_clear(Desk *desk)
{
	g_clear_pointer(&desk->entries, g_array_unref);
	g_clear_pointer(&desk->texts, g_string_chunk_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static gboolean
desk_fill(Desk *desk, PsStore *store, const PsDeskQuery *query, GError **error)
{
	*desk = (Desk){.store = store, .query = query, .now = ps_now_ms()};
	desk->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	desk->texts = g_string_chunk_new(64 * 1024);
	if (!ps_clock_policy_load(store, &desk->policy, error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
		sqlite3_stmt *rows = ps_store_statement(store, sources[i].sql, error);
		int code = SQLITE_ERROR;
		if (!rows)
			return FALSE;
		if (query->case_id)
			sqlite3_bind_text(rows, sqlite3_bind_parameter_index(rows, ":case"),
					  query->case_id, -1, SQLITE_STATIC);
		while ((code = sqlite3_step(rows)) == SQLITE_ROW)
			sources[i].add(desk, rows);
		if (code != SQLITE_DONE)
			ps_store_sql_error(store, _("reading what is due"), error);
		sqlite3_reset(rows);
		if (code != SQLITE_DONE)
			return FALSE;
	}
	g_array_sort(desk->entries, compare_entries);
	return TRUE;
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

static PsDeskLine *
dress(PsStore *store, const Entry *entry)
{
	gboolean task = entry->id == TASK;
	PsDeskLine *line = g_new0(PsDeskLine, 1);

	line->kind = g_strdup(entry->kind);
	line->record = g_strdup(entry->record);
	line->case_id = g_strdup(entry->case_id);
	line->case_number = g_strdup(entry->number);
	line->title =
		title_of(store, task ? "case" : entry->kind, task ? entry->case_id : entry->record);
	line->what = task ? title_of(store, "task", entry->record)
			  : g_strdup(ps_clock_label((PsClockId)entry->id));
	line->token = g_strdup(task ? "task" : ps_clock_token((PsClockId)entry->id));
	line->owner = owner_name(store, entry->owner);
	line->due_at = entry->clock.due_at;
	line->state = entry->clock.state;
	if (!task)
		line->reason = ps_clock_reason(&entry->clock);
	else
		line->reason =
			g_strdup(entry->clock.due_at == PS_NO_TIME ? _("The task has no due date.")
								   : _("The task's due date."));
	return line;
}

static GPtrArray *
page(const Desk *desk, gint64 first, gint64 limit)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)ps_desk_line_free);

	for (gint64 i = first; i < (gint64)desk->entries->len && i - first < limit; i++)
		g_ptr_array_add(lines, dress(desk->store, &g_array_index(desk->entries, Entry, i)));
	return lines;
}

GPtrArray *
ps_desk_lines(PsStore *store, const PsDeskQuery *query, GError **error)
{
	g_auto(Desk) desk;

	if (!desk_fill(&desk, store, query, error))
		return NULL;
	return page(&desk, query->offset, query->limit ? query->limit : G_MAXINT64);
}

/* ---- counts ---- */

static void
count_entries(const Desk *desk, PsDeskCounts *counts)
{
	*counts = (PsDeskCounts){.not_acknowledged = desk->not_acknowledged,
				 .open_cases = desk->open_cases,
				 .unowned = desk->unowned,
				 .tightest = PS_NO_TIME};
	for (guint i = 0; i < desk->entries->len; i++) {
		const PsClock *clock = &g_array_index(desk->entries, Entry, i).clock;
		if (clock->due_at == PS_NO_TIME)
			continue;
		if (counts->tightest == PS_NO_TIME)
			counts->tightest = clock->due_at;
		if (clock->state == PS_CLOCK_OVERDUE)
			counts->overdue++;
		else if (clock->due_at - desk->now <= PS_DAY_MS)
			counts->today++;
		else
			counts->later++;
	}
}

gboolean
ps_desk_counts(PsStore *store, PsDeskCounts *counts, GError **error)
{
	const PsDeskQuery query = {.due_before = PS_NO_TIME};
	g_auto(Desk) desk;

	if (!desk_fill(&desk, store, &query, error))
		return FALSE;
	count_entries(&desk, counts);
	return TRUE;
}

/* ---- a desk that is looked at page by page ---- */

struct PsDesk {
	Desk desk;
	PsDeskCounts counts;
};

PsDesk *
ps_desk_new(PsStore *store, const PsDeskQuery *query, GError **error)
{
	g_autoptr(PsDesk) desk = g_new0(PsDesk, 1);

	if (!desk_fill(&desk->desk, store, query, error))
		return NULL;
	/* The caller's query is gone when a page is asked for. */
	desk->desk.query = NULL;
	count_entries(&desk->desk, &desk->counts);
	return g_steal_pointer(&desk);
}

void
ps_desk_free(PsDesk *desk)
{
	if (!desk)
		return;
	desk_clear(&desk->desk);
	g_free(desk);
}

gint64
ps_desk_length(const PsDesk *desk)
{
	return desk->desk.entries->len;
}

GPtrArray *
ps_desk_page(PsDesk *desk, gint64 first, gint64 limit)
{
	return page(&desk->desk, first, limit);
}

const PsDeskCounts *
ps_desk_counted(const PsDesk *desk)
{
	return &desk->counts;
}

/* ---- calendar (RFC 5545) ---- */

/* Content lines are folded at 75 octets, not within a character. */
static void
append_folded(GString *out, const char *line)
{
	gsize room = 75;

	while (strlen(line) > room) {
		gsize cut = room;
		while (cut > 1 && ((guchar)line[cut] & 0xc0) == 0x80)
			cut--;
		g_string_append_len(out, line, (gssize)cut);
		g_string_append(out, "\r\n ");
		line += cut;
		room = 74;
	}
	g_string_append(out, line);
	g_string_append(out, "\r\n");
}

static void
append_text(GString *out, const char *name, const char *text)
{
	g_autoptr(GString) line = g_string_new(name);

	g_string_append_c(line, ':');
	for (const char *p = text; *p; p++) {
		if (strchr("\\;,", *p))
			g_string_append_c(line, '\\');
		g_string_append_c(line, *p);
	}
	append_folded(out, line->str);
}

static void
append_time(GString *out, const char *name, gint64 at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / 1000);
	g_autofree char *text = g_date_time_format(time, "%Y%m%dT%H%M%SZ");

	g_string_append_printf(out, "%s:%s\r\n", name, text);
}

/* No titles: a calendar leaves the workspace, and what is sealed stays in it. */
static void
append_event(GString *out, const PsDeskLine *line, gint64 now)
{
	gboolean task = g_str_equal(line->kind, "task");
	g_autofree char *what = g_strdup_printf("%s %s", line->case_number ? line->case_number : "",
						task ? _("Task") : line->what);
	g_autofree char *uid = g_strdup_printf("%s-%s@psirtdesk", line->record, line->token);

	g_string_append(out, "BEGIN:VEVENT\r\n");
	append_text(out, "UID", uid);
	append_time(out, "DTSTAMP", now);
	append_time(out, "DTSTART", line->due_at);
	append_text(out, "SUMMARY", g_strchug(what));
	append_text(out, "DESCRIPTION", line->reason);
	g_string_append(out, "END:VEVENT\r\n");
}

char *
ps_desk_calendar(GPtrArray *lines, gint64 now)
{
	GString *out = g_string_new("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
				    "PRODID:-//psirtdesk//clocks//EN\r\n");

	for (guint i = 0; i < lines->len; i++) {
		const PsDeskLine *line = lines->pdata[i];
		if (line->due_at != PS_NO_TIME)
			append_event(out, line, now);
	}
	g_string_append(out, "END:VCALENDAR\r\n");
	return g_string_free(out, FALSE);
}
