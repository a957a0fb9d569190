#include "config.h"

/* Reading the change log for people. */

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

char *
ps_log_value_text(PsStore *store, const char *kind_name, const char *record, const char *field_name,
		  sqlite3_value *value, gboolean committed, GBytes *wrapped, const char **state)
{
	const PsKind *kind = ps_kind_any(kind_name);
	const PsField *field = kind ? ps_kind_field(kind, field_name) : NULL;
	gsize length = 0;

	*state = NULL;
	if (!committed)
		return NULL;
	if (sqlite3_value_type(value) == SQLITE_NULL) {
		*state = "erased";
		return NULL;
	}
	if (sqlite3_value_type(value) != SQLITE_BLOB) {
		const char *stored = (const char *)sqlite3_value_text(value);
		return field ? ps_field_to_text(field, stored) : g_strdup(stored);
	}
	const void *sealed = sqlite3_value_blob(value);
	const void *key = wrapped ? g_bytes_get_data(wrapped, &length) : NULL;
	char *text = ps_unseal_wrapped(store, kind_name, record, field_name, key, length, sealed,
				       (gsize)sqlite3_value_bytes(value), NULL);
	if (!text)
		*state = wrapped && !ps_store_is_unlocked(store) ? "sealed" : "erased";
	return text;
}

typedef struct {
	PsStore *store;
	PsLogFunc func;
	gpointer user;
	gint64 left; /* entries still wanted; G_MAXINT64: all */
	GBytes *wrapped;
	char *wrapped_record;
} Reader;

static gboolean
load_key(Reader *reader, const char *record, GError **error)
{
	if (g_strcmp0(reader->wrapped_record, record) == 0)
		return TRUE;
	g_clear_pointer(&reader->wrapped, g_bytes_unref);
	g_free(reader->wrapped_record);
	reader->wrapped_record = g_strdup(record);
	PS_STATEMENT select =
		ps_store_statement(reader->store,
				   "SELECT wrapped FROM record_key WHERE record = :record", error);
	if (!select)
		return FALSE;
	ps_bind_text(select, ":record", record);
	int code = sqlite3_step(select);
	if (code == SQLITE_ROW)
		reader->wrapped = g_bytes_new(sqlite3_column_blob(select, 0),
					      (gsize)sqlite3_column_bytes(select, 0));
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       ps_store_sql_error(reader->store, _("reading the log"), error);
}

static gboolean
deliver(Reader *reader, const PsLogEntry *entry)
{
	if (reader->left-- <= 0)
		return FALSE;
	return reader->func(reader->user, entry) && reader->left > 0;
}

/* Columns of `values`: field, old, old_commitment, new, new_commitment. */
static char *
side_text(Reader *reader, const PsLogEntry *entry, sqlite3_stmt *values, int column,
	  const char **state)
{
	return ps_log_value_text(reader->store, entry->kind, entry->record,
				 ps_column_text(values, 0), sqlite3_column_value(values, column),
				 sqlite3_column_type(values, column + 1) != SQLITE_NULL,
				 reader->wrapped, state);
}

static gboolean
deliver_update(Reader *reader, PsLogEntry *entry, sqlite3_stmt *values)
{
	gboolean more = TRUE;

	while (more && sqlite3_step(values) == SQLITE_ROW) {
		const char *old_state, *new_state;
		g_autofree char *old_text = side_text(reader, entry, values, 1, &old_state);
		g_autofree char *new_text = side_text(reader, entry, values, 3, &new_state);
		g_autofree char *field = g_strdup(ps_column_text(values, 0));
		entry->field = field;
		entry->old_text = old_text;
		entry->new_text = new_text;
		entry->state = new_state ? new_state : old_state;
		more = deliver(reader, entry);
	}
	return more;
}

static gboolean
deliver_row(Reader *reader, PsLogEntry *entry, sqlite3_stmt *values)
{
	g_autoptr(GString) lines = g_string_new(NULL);
	gboolean is_delete = g_str_equal(entry->operation, "delete");

	while (sqlite3_step(values) == SQLITE_ROW) {
		const char *state;
		g_autofree char *text = side_text(reader, entry, values, is_delete ? 1 : 3, &state);
		const char *separator = lines->len ? "\n" : "";
		if (text)
			g_string_append_printf(lines, "%s%s=%s", separator,
					       ps_column_text(values, 0), text);
		else if (state)
			g_string_append_printf(lines, "%s%s [%s]", separator,
					       ps_column_text(values, 0), state);
	}
	entry->old_text = is_delete ? lines->str : NULL;
	entry->new_text = is_delete ? NULL : lines->str;
	return deliver(reader, entry);
}

/* FALSE with `error` unset: the callee stopped. */
static gboolean
read_entry(Reader *reader, sqlite3_stmt *row, GError **error)
{
	PsLogEntry entry = {
		.sequence = sqlite3_column_int64(row, 1),
		.at = sqlite3_column_int64(row, 2) >> 16,
		.transaction = ps_column_text(row, 3),
		.action = ps_column_text(row, 4),
		.person = ps_column_text(row, 5),
		.operation = ps_column_text(row, 6),
		.kind = ps_column_text(row, 7),
		.record = ps_column_text(row, 8),
	};
	PS_STATEMENT values = ps_store_statement(
		reader->store,
		"SELECT field, old, old_commitment, new, new_commitment FROM log_value "
		"WHERE position = :position ORDER BY field",
		error);

	if (!values || !load_key(reader, entry.record, error))
		return FALSE;
	ps_bind_int(values, ":position", sqlite3_column_int64(row, 0));
	return g_str_equal(entry.operation, "update") ? deliver_update(reader, &entry, values)
						      : deliver_row(reader, &entry, values);
}

#define ENTRY_COLUMNS                                                                              \
	"SELECT position, sequence, clock, \"transaction\", action, person, operation, kind, "     \
	"record FROM log "

gboolean
ps_store_log(PsStore *store, const char *record_id, gint64 limit, PsLogFunc func, gpointer user,
	     GError **error)
{
	Reader reader = {store, func, user, limit > 0 ? limit : G_MAXINT64, NULL, NULL};
	g_autoptr(GError) failed = NULL;
	int code = SQLITE_DONE;
	PS_STATEMENT rows =
		ps_store_statement(store,
				   record_id ? ENTRY_COLUMNS
					   "WHERE record = :record ORDER BY position DESC"
					     : ENTRY_COLUMNS "ORDER BY position DESC",
				   error);

	if (!rows)
		return FALSE;
	if (record_id)
		ps_bind_text(rows, ":record", record_id);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW && read_entry(&reader, rows, &failed))
		;
	g_free(reader.wrapped_record);
	g_clear_pointer(&reader.wrapped, g_bytes_unref);
	if (failed) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return FALSE;
	}
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       ps_store_sql_error(store, _("reading the log"), error);
}
