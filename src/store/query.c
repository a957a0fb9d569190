#include "config.h"

/* Finding records. Filters, words, order and paging are all done by SQLite; the SQL is generated
 * from the kinds table, values are bound. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

/* ---- ids ---- */

static gboolean
lookup(PsStore *store, const char *sql, const char *key, char **first, int *count, GError **error)
{
	PS_STATEMENT select = ps_store_statement(store, sql, error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":key", key);
	*count = 0;
	int code;
	while ((code = sqlite3_step(select)) == SQLITE_ROW && *count < 2)
		if ((*count)++ == 0)
			*first = g_strdup(ps_column_text(select, 0));
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       ps_store_sql_error(store, _("looking for a record"), error);
}

static void
resolve_failed(const PsKind *kind, const char *id, int count, GError **error)
{
	if (count > 1)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("“%s” fits more than one record of kind “%s”: give more of its id."),
			    id, kind->name);
	else
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("There is no record “%s” of kind “%s”: “psirtdesk list %s” shows "
			      "them."),
			    id, kind->name, kind->name);
}

char *
ps_resolve_kind(PsStore *store, const PsKind *kind, const char *id, GError **error)
{
	g_autofree char *found = NULL;
	int count = 0;
	g_autofree char *exact =
		g_strdup_printf("SELECT id FROM \"%s\" WHERE id = :key%s LIMIT 1", kind->name,
				kind->number_prefix ? " OR number = :key" : "");
	/* char(1114111) sorts behind every text that begins with the key */
	g_autofree char *prefix =
		g_strdup_printf("SELECT id FROM \"%s\" WHERE id >= :key AND id < :key || "
				"char(1114111) LIMIT 2",
				kind->name);

	if (!lookup(store, exact, id, &found, &count, error))
		return NULL;
	if (count == 0 && kind->number_prefix) {
		g_autofree char *upper = g_ascii_strup(id, -1);
		if (!lookup(store, exact, upper, &found, &count, error))
			return NULL;
	}
	if (count == 0 && strlen(id) >= 8) {
		g_autofree char *lower = g_ascii_strdown(id, -1);
		if (!lookup(store, prefix, lower, &found, &count, error))
			return NULL;
	}
	if (count == 1)
		return g_steal_pointer(&found);
	resolve_failed(kind, id, count, error);
	return NULL;
}

char *
ps_store_resolve(PsStore *store, const char *kind_name, const char *id, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);

	return kind ? ps_resolve_kind(store, kind, id, error) : NULL;
}

const PsKind *
ps_store_find(PsStore *store, const char *id, char **uuid, GError **error)
{
	gsize count;
	const PsKind *kinds = ps_kinds(&count);

	for (gsize i = 0; i < count; i++) {
		g_autoptr(GError) reason = NULL;
		g_autofree char *found = ps_resolve_kind(store, &kinds[i], id, &reason);
		if (found) {
			*uuid = g_steal_pointer(&found);
			return &kinds[i];
		}
		if (!g_error_matches(reason, PS_ERROR, PS_ERROR_NOT_FOUND)) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return NULL;
		}
	}
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("There is no record “%s”: give its number, its id or a unique beginning of "
		      "it (8 characters or more)."),
		    id);
	return NULL;
}

/* ---- one record ---- */

PsRecord *
ps_get_kind(PsStore *store, const PsKind *kind, const char *uuid, GError **error)
{
	g_autofree char *select = ps_record_select(kind);
	g_autofree char *sql = g_strconcat(select, " WHERE t.id = :id LIMIT 1", NULL);
	PS_STATEMENT row = ps_store_statement(store, sql, error);

	if (!row)
		return NULL;
	ps_bind_text(row, ":id", uuid);
	int code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		return ps_record_from_row(store, kind, row);
	if (code == SQLITE_DONE)
		resolve_failed(kind, uuid, 0, error);
	else
		ps_store_sql_error(store, _("reading a record"), error);
	return NULL;
}

PsRecord *
ps_store_get(PsStore *store, const char *kind_name, const char *id, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);
	g_autofree char *uuid = kind ? ps_resolve_kind(store, kind, id, error) : NULL;

	return uuid ? ps_get_kind(store, kind, uuid, error) : NULL;
}

/* ---- lists ---- */

typedef struct {
	PsStore *store;
	const PsKind *kind;
	const PsQuery *query;
	GString *where;
	GPtrArray *values; /* stored forms, NULL for "is absent" */
	GPtrArray *fields; /* PsField of each value; NULL: text */
} Search;

static gboolean
add_condition(Search *search, const char *expression, const PsField *field, char *stored)
{
	g_string_append(search->where, search->where->len ? " AND " : " WHERE ");
	if (!stored) {
		g_string_append_printf(search->where, "%s IS NULL", expression);
		return TRUE;
	}
	g_ptr_array_add(search->values, stored);
	g_ptr_array_add(search->fields, (gpointer)field);
	g_string_append_printf(search->where, "%s = ?%u", expression, search->values->len);
	return TRUE;
}

static char *
filter_value(Search *search, const PsField *field, const char *value, GError **error)
{
	if (field->type == PS_TYPE_REF)
		return ps_store_resolve(search->store, field->refers_to, value, error);
	return ps_field_to_stored(field, value, error);
}

static gboolean
add_filter(Search *search, const char *name, const char *value, GError **error)
{
	if (g_str_equal(name, "id") ||
	    (g_str_equal(name, "number") && search->kind->number_prefix)) {
		g_autofree char *column = g_strconcat("t.", name, NULL);
		return add_condition(search, column, NULL, g_strdup(value));
	}
	const PsField *field = ps_kind_need_field(search->kind, name, NULL, error);
	if (!field)
		return FALSE;
	g_autofree char *column = g_strdup_printf("t.\"%s\"", name);
	if (!value || !*value)
		return add_condition(search, column, field, NULL);
	if ((field->flags & PS_FIELD_SEALED) && !ps_store_is_unlocked(search->store))
		return ps_locked_error(error);
	char *stored = filter_value(search, field, value, error);
	g_autofree char *expression = ps_field_expression(search->kind, field);
	return stored && add_condition(search, expression, field, stored);
}

static gboolean
add_words(Search *search, const char *words, GError **error)
{
	char *bound = NULL;
	g_autofree char *condition = ps_search_condition(search->store, search->kind, words,
							 search->values->len + 1, &bound, error);

	if (!condition)
		return FALSE;
	g_string_append_printf(search->where, "%s%s", search->where->len ? " AND " : " WHERE ",
			       condition);
	g_ptr_array_add(search->values, bound);
	g_ptr_array_add(search->fields, NULL);
	return TRUE;
}

static gboolean
build_where(Search *search, GError **error)
{
	const char *const *filters = search->query->filters;

	for (gsize i = 0; filters && filters[i]; i += 2)
		if (!add_filter(search, filters[i], filters[i + 1], error))
			return FALSE;
	if (search->query->words && *search->query->words)
		return add_words(search, search->query->words, error);
	return TRUE;
}

/* Choices sort as the table has them (None < Low < Medium …), texts whatever their case. */
static char *
order_expression(const PsKind *kind, const PsField *field)
{
	g_autofree char *expression = ps_field_expression(kind, field);

	if (field->type != PS_TYPE_CHOICE)
		return g_strdup_printf("%s%s", expression,
				       ps_field_is_number(field) ? "" : " COLLATE NOCASE");
	GString *sql = g_string_new(NULL);
	g_string_printf(sql, "CASE %s", expression);
	for (gsize i = 0; field->choices[i]; i++)
		g_string_append_printf(sql, " WHEN '%s' THEN %d", field->choices[i], (int)i);
	g_string_append(sql, " END");
	return g_string_free(sql, FALSE);
}

static gboolean
append_order(Search *search, GString *sql, GError **error)
{
	const char *name = search->query->order_by;
	gboolean down = search->query->descending;

	if (!name) {
		g_string_append(sql, " ORDER BY t.row DESC");
		return TRUE;
	}
	if (g_str_equal(name, "number") && search->kind->number_prefix) {
		g_string_append_printf(sql, " ORDER BY t.number%s", down ? " DESC" : "");
		return TRUE;
	}
	const PsField *field = ps_kind_need_field(search->kind, name, NULL, error);
	if (!field)
		return FALSE;
	g_autofree char *expression = order_expression(search->kind, field);
	/* what is always there can be read off an index in either direction */
	const char *direction = down                               ? " DESC"
				: field->flags & PS_FIELD_REQUIRED ? ""
								   : " NULLS LAST";
	g_string_append_printf(sql, " ORDER BY %s%s, t.row%s", expression, direction,
			       down ? " DESC" : "");
	return TRUE;
}

static void
bind_values(Search *search, sqlite3_stmt *statement)
{
	for (guint i = 0; i < search->values->len; i++) {
		const PsField *field = search->fields->pdata[i];
		const char *value = search->values->pdata[i];
		if (field && ps_field_is_number(field))
			sqlite3_bind_int64(statement, (int)i + 1, g_ascii_strtoll(value, NULL, 10));
		else
			sqlite3_bind_text(statement, (int)i + 1, value, -1, SQLITE_TRANSIENT);
	}
}

static gboolean
search_init(Search *search, PsStore *store, const PsQuery *query, GError **error)
{
	*search = (Search){.store = store, .query = query};
	search->kind = ps_kind_need(query->kind, error);
	search->where = g_string_new(NULL);
	search->values = g_ptr_array_new_with_free_func(g_free);
	search->fields = g_ptr_array_new();
	return search->kind && build_where(search, error);
}

static void
search_clear(Search *search)
{
	g_string_free(search->where, TRUE);
	g_ptr_array_unref(search->values);
	g_ptr_array_unref(search->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

static gboolean
read_rows(Search *search, const char *sql, GPtrArray *records, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(search->store, sql, error);
	int code;

	if (!rows)
		return FALSE;
	bind_values(search, rows);
	ps_bind_int(rows, ":limit", search->query->limit > 0 ? search->query->limit : -1);
	ps_bind_int(rows, ":offset", search->query->offset);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_ptr_array_add(records, ps_record_from_row(search->store, search->kind, rows));
	return code == SQLITE_DONE || ps_store_sql_error(search->store, _("reading a list"), error);
}

static void
record_free(gpointer record)
{
	ps_record_free(record);
}

#define KEY_JOIN " LEFT JOIN record_key AS k ON k.record = t.id"

static gboolean
needs_keys(const char *sql)
{
	return strstr(sql, "k.wrapped") != NULL;
}

/* The page is chosen before its keys are looked up, so that rows which are skipped cost little. */
static char *
list_sql(Search *search, const char *order)
{
	g_autofree char *select = ps_record_select(search->kind);
	const char *join = needs_keys(search->where->str) || needs_keys(order) ? KEY_JOIN : "";

	return g_strdup_printf(
		"%s WHERE t.row IN (SELECT t.row FROM \"%s\" AS t%s%s%s LIMIT :limit "
		"OFFSET :offset)%s",
		select, search->kind->name, join, search->where->str, order, order);
}

GPtrArray *
ps_store_list(PsStore *store, const PsQuery *query, GError **error)
{
	g_auto(Search) search;

	if (!search_init(&search, store, query, error))
		return NULL;
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
	g_autoptr(GString) order = g_string_new(NULL);
	if (!append_order(&search, order, error))
		return NULL;
	g_autofree char *sql = list_sql(&search, order->str);
	if (!read_rows(&search, sql, records, error))
		return NULL;
	return g_steal_pointer(&records);
}

gint64
ps_store_count(PsStore *store, const PsQuery *query, GError **error)
{
	g_auto(Search) search;

	if (!search_init(&search, store, query, error))
		return -1;
	const char *join = needs_keys(search.where->str) ? KEY_JOIN : "";
	g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM \"%s\" AS t%s%s",
					       search.kind->name, join, search.where->str);
	PS_STATEMENT row = ps_store_statement(store, sql, error);
	if (!row)
		return -1;
	bind_values(&search, row);
	if (sqlite3_step(row) == SQLITE_ROW)
		return sqlite3_column_int64(row, 0);
	ps_store_sql_error(store, _("counting"), error);
	return -1;
}

GPtrArray *
ps_store_children(PsStore *store, const char *kind_name, const char *parent_id, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);

	if (!kind)
		return NULL;
	g_return_val_if_fail(kind->parent_field != NULL, NULL);
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func(record_free);
	g_autofree char *select = ps_record_select(kind);
	g_autofree char *sql = g_strdup_printf("%s WHERE t.\"%s\" = :parent ORDER BY t.row", select,
					       kind->parent_field);
	PS_STATEMENT rows = ps_store_statement(store, sql, error);
	if (!rows)
		return NULL;
	ps_bind_text(rows, ":parent", parent_id);
	int code;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_ptr_array_add(records, ps_record_from_row(store, kind, rows));
	if (code == SQLITE_DONE)
		return g_steal_pointer(&records);
	ps_store_sql_error(store, _("reading a list"), error);
	return NULL;
}
