#include "config.h"

#include "cases/case-list.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/desk.h"
#include "cases/facts.h"

typedef struct {
	const PsCaseFacts *facts; /* in `table` */
	gint64 due_at;
	int clock; /* PsClockId, or TASK */
} Entry;

#define TASK PS_N_CLOCKS

struct PsCaseList {
	PsStore *store;
	PsClockPolicy policy;
	gint64 now;
	PsFactTable table;
	GArray *entries;    /* Entry, in the order of the list */
	GArray *shown;      /* guint: which of them pass the filter */
	GHashTable *places; /* id: place in `shown` */
	GHashTable *tasks;  /* id: due time of the first open task */
	GHashTable *owners; /* id: name */
	GHashTable *words;  /* id: all texts of the case, folded; NULL: not read yet */
};

void
ps_case_list_free(PsCaseList *list)
{
	if (!list)
		return;
	g_array_unref(list->entries);
	g_array_unref(list->shown);
	g_hash_table_unref(list->tasks);
	g_hash_table_unref(list->places);
	g_hash_table_unref(list->owners);
	g_clear_pointer(&list->words, g_hash_table_unref);
	/* Last: it holds the keys of the others. */
	ps_fact_table_clear(&list->table);
	g_free(list);
}

/* ---- reading ---- */

static void
take_task(gpointer user, sqlite3_stmt *row)
{
	PsCaseList *list = user;
	gint64 *due = g_new(gint64, 1);

	*due = ps_fact_time(row, 1);
	g_hash_table_insert(list->tasks,
			    (gpointer)ps_fact_table_keep(&list->table, ps_fact_text(row, 0)), due);
}

/* The clock or task that is due first. */
static void
find_next(PsCaseList *list, Entry *entry)
{
	const gint64 *task = g_hash_table_lookup(list->tasks, entry->facts->id);

	entry->due_at = task ? *task : PS_NO_TIME;
	entry->clock = TASK;
	for (int id = 0; id < PS_N_CLOCKS; id++) {
		PsClock clock;
		ps_clock_compute((PsClockId)id, &entry->facts->facts, &list->policy, list->now,
				 &clock);
		if (clock.state != PS_CLOCK_RUNNING && clock.state != PS_CLOCK_OVERDUE)
			continue;
		if (entry->due_at != PS_NO_TIME && entry->due_at <= clock.due_at)
			continue;
		entry->due_at = clock.due_at;
		entry->clock = id;
	}
}

static void
add_case(PsCaseList *list, const PsCaseFacts *facts)
{
	Entry entry = {.facts = facts};

	find_next(list, &entry);
	g_array_append_val(list->entries, entry);
}

static gboolean
read_cases(PsCaseList *list, const PsCaseListQuery *query, GError **error)
{
	const char *me = ps_store_person(list->store);

	if (!ps_fact_table_fill(list->store,
				query->scope == PS_CASES_ALL ? PS_FACTS_ALL : PS_FACTS_OPEN, NULL,
				&list->table, error) ||
	    !ps_facts_each(
		    list->store,
		    "SELECT \"case\", MIN(due_at) FROM task WHERE done_at IS NULL AND due_at "
		    "IS NOT NULL GROUP BY \"case\"",
		    NULL, take_task, list, error))
		return FALSE;
	for (guint i = 0; i < ps_fact_table_length(&list->table); i++) {
		const PsCaseFacts *facts = ps_fact_table_at(&list->table, i);
		if (query->scope != PS_CASES_MINE || (me && g_strcmp0(facts->owner, me) == 0))
			add_case(list, facts);
	}
	return TRUE;
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
	if (x->facts->facts.severity != y->facts->facts.severity)
		return (int)y->facts->facts.severity - (int)x->facts->facts.severity;
	return g_strcmp0(y->facts->number, x->facts->number);
}

/* ---- words ---- */

static void
wipe_text(gpointer data)
{
	char *text = data;

	explicit_bzero(text, strlen(text));
	g_free(text);
}

/* Every text of a case in one, folded; parted by newlines, which no word holds. */
static char *
folded_texts(const PsRecord *record)
{
	const PsKind *kind = ps_record_kind(record);
	g_autoptr(GString) all = g_string_new(ps_record_name(record));

	for (gsize i = 0; i < kind->n_fields; i++) {
		const PsField *field = &kind->fields[i];
		const char *text = ps_record_text(record, field->name);
		if (text && (field->type == PS_TYPE_TEXT || field->type == PS_TYPE_LONGTEXT ||
			     field->type == PS_TYPE_CHOICE))
			g_string_append_printf(all, "\n%s", text);
	}
	char *folded = g_utf8_casefold(all->str, (gssize)all->len);
	explicit_bzero(all->str, all->len);
	return folded;
}

static gboolean
read_words(PsCaseList *list, GError **error)
{
	if (list->words)
		return TRUE;
	g_autoptr(GPtrArray) records =
		ps_store_list(list->store, &(PsQuery){.kind = "case"}, error);
	if (!records)
		return FALSE;
	list->words = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, wipe_text);
	for (guint i = 0; i < records->len; i++) {
		const char *id = ps_record_id(records->pdata[i]);
		g_hash_table_insert(list->words, (gpointer)ps_fact_table_keep(&list->table, id),
				    folded_texts(records->pdata[i]));
	}
	return TRUE;
}

static gboolean
has_words(const PsCaseList *list, const char *id, char *const *words)
{
	const char *text = words ? g_hash_table_lookup(list->words, id) : NULL;

	for (; words && *words; words++)
		if (**words && (!text || !strstr(text, *words)))
			return FALSE;
	return TRUE;
}

gboolean
ps_case_list_filter(PsCaseList *list, const char *text, GError **error)
{
	g_autofree char *folded = text && *text ? g_utf8_casefold(text, -1) : NULL;
	g_auto(GStrv) words = folded ? g_strsplit_set(folded, " \t", -1) : NULL;

	if (words && !read_words(list, error))
		return FALSE;
	g_array_set_size(list->shown, 0);
	g_hash_table_remove_all(list->places);
	for (guint i = 0; i < list->entries->len; i++) {
		const char *id = g_array_index(list->entries, Entry, i).facts->id;
		if (!has_words(list, id, words))
			continue;
		g_hash_table_insert(list->places, (gpointer)id, GUINT_TO_POINTER(list->shown->len));
		g_array_append_val(list->shown, i);
	}
	return TRUE;
}

PsCaseList *
ps_case_list_new(PsStore *store, const PsCaseListQuery *query, GError **error)
{
	g_autoptr(PsCaseList) list = g_new0(PsCaseList, 1);

	list->store = store;
	list->now = ps_now_ms();
	list->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	list->shown = g_array_new(FALSE, FALSE, sizeof(guint));
	list->tasks = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	list->places = g_hash_table_new(g_str_hash, g_str_equal);
	list->owners = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	if (!ps_clock_policy_load(store, &list->policy, error) || !read_cases(list, query, error))
		return NULL;
	if (query->by_urgency)
		g_array_sort(list->entries, compare_urgency);
	if (!ps_case_list_filter(list, query->words, error))
		return NULL;
	return g_steal_pointer(&list);
}

/* ---- lines ---- */

gint64
ps_case_list_length(const PsCaseList *list)
{
	return list->shown->len;
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

	line->id = g_strdup(entry->facts->id);
	line->number = g_strdup(entry->facts->number);
	line->rm = g_strdup(entry->facts->rm);
	line->em = g_strdup(entry->facts->em);
	line->cs = g_strdup(entry->facts->cs);
	line->title = title_of(list, entry->facts->id);
	line->owner = g_strdup(owner_name(list, entry->facts->owner));
	line->severity = entry->facts->facts.severity;
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

	for (gint64 i = MAX(first, 0); i < (gint64)list->shown->len && i - first < limit; i++) {
		guint place = g_array_index(list->shown, guint, i);
		g_ptr_array_add(lines, dress(list, &g_array_index(list->entries, Entry, place)));
	}
	return lines;
}
