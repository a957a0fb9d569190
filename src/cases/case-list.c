#include "config.h"

#include "cases/case-list.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/desk.h"
#include "cases/facts.h"

typedef struct {
	const char *id, *number, *owner, *rm, *em, *cs; /* in `texts` */
	PsSeverity severity;
	gint64 due_at;
	int clock; /* PsClockId, or TASK */
} Entry;

#define TASK PS_N_CLOCKS

struct PsCaseList {
	PsStore *store;
	PsClockPolicy policy;
	gint64 now;
	GStringChunk *texts;
	GArray *entries;   /* Entry */
	GHashTable *found; /* ids that have the words; NULL: no words */
	GHashTable *tasks; /* id: due time of the first open task */
	GHashTable *places;
	GHashTable *owners; /* id: name */
};

void
ps_case_list_free(PsCaseList *list)
{
	if (!list)
		return;
	g_array_unref(list->entries);
	g_string_chunk_free(list->texts);
	g_clear_pointer(&list->found, g_hash_table_unref);
	g_hash_table_unref(list->tasks);
	g_hash_table_unref(list->places);
	g_hash_table_unref(list->owners);
	g_free(list);
}

static const char *
keep(PsCaseList *list, const char *text)
{
	return text ? g_string_chunk_insert_const(list->texts, text) : NULL;
}

/* ---- reading ---- */

/* Runs a statement and gives each row to `take`; `owner` is bound where it has such a parameter. */
static gboolean
each_row(PsCaseList *list, const char *sql, const char *owner,
	 void (*take)(PsCaseList *list, sqlite3_stmt *row), GError **error)
{
	PS_STATEMENT rows = ps_store_statement(list->store, sql, error);
	int code;

	if (!rows)
		return FALSE;
	int place = sqlite3_bind_parameter_index(rows, ":owner");
	if (place > 0 && owner)
		sqlite3_bind_text(rows, place, owner, -1, SQLITE_STATIC);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		take(list, rows);
	return code == SQLITE_DONE ||
	       ps_store_sql_error(list->store, _("reading the list of cases"), error);
}

static void
take_task(PsCaseList *list, sqlite3_stmt *row)
{
	gint64 *due = g_new(gint64, 1);

	*due = ps_fact_time(row, 1);
	g_hash_table_insert(list->tasks, (gpointer)keep(list, ps_fact_text(row, 0)), due);
}

/* The clock or task that is due first. */
static void
find_next(PsCaseList *list, const PsClockFacts *facts, Entry *entry)
{
	const gint64 *task = g_hash_table_lookup(list->tasks, entry->id);

	entry->due_at = task ? *task : PS_NO_TIME;
	entry->clock = TASK;
	for (int id = 0; id < PS_N_CLOCKS; id++) {
		PsClock clock;
		ps_clock_compute((PsClockId)id, facts, &list->policy, list->now, &clock);
		if (clock.state != PS_CLOCK_RUNNING && clock.state != PS_CLOCK_OVERDUE)
			continue;
		if (entry->due_at != PS_NO_TIME && entry->due_at <= clock.due_at)
			continue;
		entry->due_at = clock.due_at;
		entry->clock = id;
	}
}

static void
take_case(PsCaseList *list, sqlite3_stmt *row)
{
	PsClockFacts facts;
	Entry entry = {.id = keep(list, ps_fact_text(row, PS_FACT_ID)),
		       .number = keep(list, ps_fact_text(row, PS_FACT_NUMBER)),
		       .owner = keep(list, ps_fact_text(row, PS_FACT_OWNER)),
		       .rm = keep(list, ps_fact_text(row, PS_FACT_RM)),
		       .em = keep(list, ps_fact_text(row, PS_FACT_EM)),
		       .cs = keep(list, ps_fact_text(row, PS_FACT_CS))};

	if (list->found && !g_hash_table_contains(list->found, entry.id))
		return;
	ps_facts_read(row, &facts);
	entry.severity = facts.severity;
	find_next(list, &facts, &entry);
	g_array_append_val(list->entries, entry);
}

/* Which cases have the words in one of their texts. */
static gboolean
find_words(PsCaseList *list, const char *words, GError **error)
{
	if (!words || !*words)
		return TRUE;
	g_autoptr(GPtrArray) records =
		ps_store_list(list->store, &(PsQuery){.kind = "case", .words = words}, error);
	list->found = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; records && i < records->len; i++)
		g_hash_table_add(list->found,
				 (gpointer)keep(list, ps_record_id(records->pdata[i])));
	return records != NULL;
}

static gboolean
read_cases(PsCaseList *list, PsCaseScope scope, GError **error)
{
	static const char *const statements[PS_N_CASE_SCOPES] = {
		[PS_CASES_OPEN] = "SELECT " PS_FACT_COLUMNS
				  " FROM \"case\" AS c WHERE " PS_FACT_OPEN " ORDER BY c.row DESC",
		[PS_CASES_MINE] =
			"SELECT " PS_FACT_COLUMNS " FROM \"case\" AS c WHERE " PS_FACT_OPEN
			" AND c.owner = :owner ORDER BY c.row DESC",
		[PS_CASES_ALL] =
			"SELECT " PS_FACT_COLUMNS " FROM \"case\" AS c ORDER BY c.row DESC",
	};

	return each_row(list,
			"SELECT t.\"case\", MIN(t.due_at) FROM task AS t WHERE t.done_at IS NULL "
			"AND t.due_at IS NOT NULL GROUP BY t.\"case\"",
			NULL, take_task, error) &&
	       each_row(list, statements[scope], ps_store_person(list->store), take_case, error);
}

/* ---- order ---- */

static gint64
urgency(const Entry *entry)
{
	return entry->due_at == PS_NO_TIME ? G_MAXINT64 : entry->due_at;
}

/* What is due first; then the worse flaw. */
static int
compare_urgency(gconstpointer a, gconstpointer b)
{
	const Entry *x = a, *y = b;

	if (urgency(x) != urgency(y))
		return urgency(x) < urgency(y) ? -1 : 1;
	if (x->severity != y->severity)
		return (int)y->severity - (int)x->severity;
	return g_strcmp0(y->number, x->number);
}

PsCaseList *
ps_case_list_new(PsStore *store, const PsCaseListQuery *query, GError **error)
{
	g_autoptr(PsCaseList) list = g_new0(PsCaseList, 1);

	list->store = store;
	list->now = ps_now_ms();
	list->texts = g_string_chunk_new(16 * 1024);
	list->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	list->tasks = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	list->places = g_hash_table_new(g_str_hash, g_str_equal);
	list->owners = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	if (!ps_clock_policy_load(store, &list->policy, error) ||
	    !find_words(list, query->words, error) || !read_cases(list, query->scope, error))
		return NULL;
	if (query->by_urgency)
		g_array_sort(list->entries, compare_urgency);
	for (guint i = 0; i < list->entries->len; i++)
		g_hash_table_insert(list->places,
				    (gpointer)g_array_index(list->entries, Entry, i).id,
				    GUINT_TO_POINTER(i));
	return g_steal_pointer(&list);
}

/* ---- lines ---- */

gint64
ps_case_list_length(const PsCaseList *list)
{
	return list->entries->len;
}

gint64
ps_case_list_index(const PsCaseList *list, const char *id)
{
	gpointer place;

	return g_hash_table_lookup_extended(list->places, id, NULL, &place)
		       ? (gint64)GPOINTER_TO_UINT(place)
		       : -1;
}

void
ps_case_line_free(PsCaseLine *line)
{
	g_free(line->id);
	g_free(line->number);
	g_free(line->rm);
	g_free(line->em);
	g_free(line->cs);
	g_free(line->title);
	g_free(line->owner);
	g_free(line->what);
	g_free(line);
}

static const char *
owner_name(PsCaseList *list, const char *id)
{
	const char *known = id ? g_hash_table_lookup(list->owners, id) : NULL;

	if (known || !id)
		return known;
	g_autoptr(PsRecord) person = ps_store_get(list->store, "person", id, NULL);
	char *name = g_strdup(person ? ps_record_text(person, "name") : id);
	g_hash_table_insert(list->owners, (gpointer)id, name);
	return name;
}

static char *
title_of(PsCaseList *list, const char *id)
{
	g_autoptr(PsRecord) record = ps_store_get(list->store, "case", id, NULL);

	if (record && ps_record_is_sealed(record, "title"))
		return g_strdup(_("(sealed)"));
	const char *title = record ? ps_record_text(record, "title") : NULL;
	return g_strdup(title ? title : "");
}

static PsCaseLine *
dress(PsCaseList *list, const Entry *entry)
{
	PsCaseLine *line = g_new0(PsCaseLine, 1);

	line->id = g_strdup(entry->id);
	line->number = g_strdup(entry->number);
	line->rm = g_strdup(entry->rm);
	line->em = g_strdup(entry->em);
	line->cs = g_strdup(entry->cs);
	line->title = title_of(list, entry->id);
	line->owner = g_strdup(owner_name(list, entry->owner));
	line->severity = entry->severity;
	line->due_at = entry->due_at;
	line->overdue = entry->due_at != PS_NO_TIME && entry->due_at < list->now;
	if (entry->due_at != PS_NO_TIME)
		line->what = g_strdup(
			entry->clock == TASK ? _("Task") : ps_clock_label((PsClockId)entry->clock));
	return line;
}

GPtrArray *
ps_case_list_page(PsCaseList *list, gint64 first, gint64 limit)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func((GDestroyNotify)ps_case_line_free);

	for (gint64 i = MAX(first, 0); i < (gint64)list->entries->len && i - first < limit; i++)
		g_ptr_array_add(lines, dress(list, &g_array_index(list->entries, Entry, i)));
	return lines;
}
