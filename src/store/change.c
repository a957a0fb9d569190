#include "config.h"

/* The changes that are made in a transaction: new, set, delete. All that can be refused is refused
 * before SQLite is asked. */

#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

static gboolean
sql_failed(PsTxn *txn, const char *doing, GError **error)
{
	ps_store_sql_error(txn->store, doing, error);
	return ps_txn_fail(txn);
}

/* ---- values ---- */

gboolean
ps_bind_stored(sqlite3_stmt *statement, int index, const PsField *field, const char *stored)
{
	int code;

	if (!stored)
		code = sqlite3_bind_null(statement, index);
	else if (ps_field_is_number(field))
		code = sqlite3_bind_int64(statement, index, g_ascii_strtoll(stored, NULL, 10));
	else
		code = sqlite3_bind_text(statement, index, stored, -1, SQLITE_TRANSIENT);
	return code == SQLITE_OK;
}

/* The stored form of an outside value; references are resolved to ids that exist. */
static char *
stored_value(PsTxn *txn, const PsField *field, const char *text, GError **error)
{
	if (field->type != PS_TYPE_REF)
		return ps_field_to_stored(field, text, error);
	g_autofree char *checked = ps_field_to_stored(field, text, error);
	return checked ? ps_store_resolve(txn->store, field->refers_to, checked, error) : NULL;
}

/* FALSE: too large for SQLite, or no memory; unbound it would be stored as NULL. */
static gboolean
bind_value(sqlite3_stmt *statement, int index, const PsKind *kind, const char *id,
	   const PsField *field, const char *stored, const guint8 *key)
{
	if (!stored || !(field->flags & PS_FIELD_SEALED))
		return ps_bind_stored(statement, index, field, stored);
	g_autoptr(GBytes) sealed =
		ps_seal(key, kind->name, id, field->name, stored, strlen(stored));
	gsize length;
	const void *data = g_bytes_get_data(sealed, &length);
	return sqlite3_bind_blob64(statement, index, data, length, SQLITE_TRANSIENT) == SQLITE_OK;
}

/* ---- new ---- */

static void
wipe_values(const PsKind *kind, char **values)
{
	for (gsize i = 0; i < kind->n_fields; i++) {
		if (values[i] && (kind->fields[i].flags & PS_FIELD_SEALED))
			sodium_memzero(values[i], strlen(values[i]));
		g_free(values[i]);
	}
	g_free(values);
}

static char *
insert_sql(const PsKind *kind)
{
	g_autofree char *table = ps_kind_storage(kind);
	GString *sql = g_string_new(NULL);
	guint parameters = 1 + (kind->number_prefix ? 1 : 0) + (guint)kind->n_fields;

	g_string_printf(sql, "INSERT INTO \"%s\" (id%s", table,
			kind->number_prefix ? ", number" : "");
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", \"%s\"", kind->fields[i].name);
	g_string_append(sql, ") VALUES (?");
	for (guint i = 1; i < parameters; i++)
		g_string_append(sql, ", ?");
	g_string_append_c(sql, ')');
	return g_string_free(sql, FALSE);
}

static gboolean
any_sealed(const PsKind *kind, char **values)
{
	for (gsize i = 0; i < kind->n_fields; i++)
		if (values[i] && (kind->fields[i].flags & PS_FIELD_SEALED))
			return TRUE;
	return FALSE;
}

gboolean
ps_txn_insert(PsTxn *txn, const PsKind *kind, const char *id, const char *number, char **values,
	      GError **error)
{
	guint8 key[PS_KEY_BYTES];

	if (any_sealed(kind, values) && !ps_record_key(txn->store, kind, id, TRUE, key, error))
		return ps_txn_fail(txn);
	g_autofree char *sql = insert_sql(kind);
	PS_STATEMENT insert = ps_store_statement(txn->store, sql, error);
	if (!insert)
		return ps_txn_fail(txn);
	int index = 1;
	sqlite3_bind_text(insert, index++, id, -1, SQLITE_TRANSIENT);
	if (kind->number_prefix)
		sqlite3_bind_text(insert, index++, number, -1, SQLITE_TRANSIENT);
	gboolean fits = TRUE;
	for (gsize i = 0; fits && i < kind->n_fields; i++)
		fits = bind_value(insert, index++, kind, id, &kind->fields[i], values[i], key);
	sodium_memzero(key, sizeof key);
	return (fits && sqlite3_step(insert) == SQLITE_DONE) ||
	       sql_failed(txn, _("storing a record"), error);
}

static gboolean
read_pairs(PsTxn *txn, const PsKind *kind, const char *const *pairs, char **values, GError **error)
{
	for (gsize i = 0; pairs && pairs[i]; i += 2) {
		const char *text = pairs[i + 1];
		int index;
		const PsField *field = ps_kind_need_field(kind, pairs[i], &index, error);
		if (!field)
			return FALSE;
		if (!text || !*text)
			continue;
		g_free(values[index]);
		values[index] = stored_value(txn, field, text, error);
		if (!values[index])
			return FALSE;
	}
	return TRUE;
}

static gboolean
required_error(const PsKind *kind, const PsField *field, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("A record of kind “%s” needs “%s”: %s"),
		    kind->name, field->name, *field->help ? _(field->help) : "");
	return FALSE;
}

static gboolean
check_values(PsTxn *txn, const PsKind *kind, char **values, GError **error)
{
	for (gsize i = 0; i < kind->n_fields; i++)
		if ((kind->fields[i].flags & PS_FIELD_REQUIRED) && !values[i])
			return required_error(kind, &kind->fields[i], error);
	if (any_sealed(kind, values) && !ps_store_is_unlocked(txn->store))
		return ps_locked_error(error);
	return TRUE;
}

static char *
insert_pairs(PsTxn *txn, const PsKind *kind, const char *wanted_id, const char *const *pairs,
	     GError **error)
{
	char **values = g_new0(char *, kind->n_fields);
	g_autofree char *id = wanted_id ? g_strdup(wanted_id) : ps_uuid7(&txn->store->ids);
	g_autofree char *number = NULL;
	gboolean done = read_pairs(txn, kind, pairs, values, error) &&
			check_values(txn, kind, values, error);

	if (done && kind->number_prefix) {
		number = ps_number_next(txn, kind, error);
		done = number != NULL;
	}
	done = done && ps_txn_insert(txn, kind, id, number, values, error);
	wipe_values(kind, values);
	return done ? g_steal_pointer(&id) : NULL;
}

char *
ps_txn_new(PsTxn *txn, const char *kind_name, const char *const *pairs, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);

	return kind ? insert_pairs(txn, kind, NULL, pairs, error) : NULL;
}

static GPtrArray *
collect_pairs(va_list list)
{
	GPtrArray *pairs = g_ptr_array_new();
	const char *field;

	while ((field = va_arg(list, const char *)) != NULL) {
		g_ptr_array_add(pairs, (gpointer)field);
		g_ptr_array_add(pairs, (gpointer)va_arg(list, const char *));
	}
	g_ptr_array_add(pairs, NULL);
	return pairs;
}

char *
ps_txn_newv(PsTxn *txn, const char *kind, GError **error, ...)
{
	va_list list;

	va_start(list, error);
	g_autoptr(GPtrArray) pairs = collect_pairs(list);
	va_end(list);
	return ps_txn_new(txn, kind, (const char *const *)pairs->pdata, error);
}

char *
ps_txn_note(PsTxn *txn, const char *kind, const char *id, GError **error, ...)
{
	va_list list;

	va_start(list, error);
	g_autoptr(GPtrArray) pairs = collect_pairs(list);
	va_end(list);
	return insert_pairs(txn, ps_kind_any(kind), id, (const char *const *)pairs->pdata, error);
}

/* ---- set ---- */

static gboolean
conflict_error(const PsRecord *record, const char *field, const char *seen, GError **error)
{
	const char *now = ps_record_text(record, field);

	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
		    _("“%s” of %s was changed meanwhile: it is “%s” now, and no longer “%s”."),
		    field, ps_record_name(record), now ? now : "", seen);
	return FALSE;
}

/* Compares as stored, so that another spelling of the same value is no conflict. */
static gboolean
check_seen(PsTxn *txn, const PsRecord *record, const PsField *field, const char *seen,
	   GError **error)
{
	const char *now = ps_record_text(record, field->name);
	g_autofree char *seen_stored = seen && *seen ? stored_value(txn, field, seen, NULL) : NULL;
	g_autofree char *now_stored = now ? ps_field_to_stored(field, now, NULL) : NULL;

	if (ps_record_is_sealed(record, field->name))
		return ps_locked_error(error);
	if (g_strcmp0(seen_stored, now_stored) == 0 && (!seen || !*seen || seen_stored))
		return TRUE;
	return conflict_error(record, field->name, seen ? seen : "", error);
}

static gboolean
update_field(PsTxn *txn, const PsKind *kind, const char *id, const PsField *field,
	     const char *stored, GError **error)
{
	guint8 key[PS_KEY_BYTES];
	g_autofree char *table = ps_kind_storage(kind);
	g_autofree char *sql = g_strdup_printf(
		"UPDATE \"%s\" SET \"%s\" = ?1 WHERE row = (SELECT row FROM \"%s\" WHERE id = ?2)",
		table, field->name, kind->name);

	if (stored && (field->flags & PS_FIELD_SEALED) &&
	    !ps_record_key(txn->store, kind, id, TRUE, key, error))
		return ps_txn_fail(txn);
	PS_STATEMENT update = ps_store_statement(txn->store, sql, error);
	if (!update)
		return ps_txn_fail(txn);
	sqlite3_bind_text(update, 2, id, -1, SQLITE_TRANSIENT);
	gboolean fits = bind_value(update, 1, kind, id, field, stored, key);
	sodium_memzero(key, sizeof key);
	return (fits && sqlite3_step(update) == SQLITE_DONE) ||
	       sql_failed(txn, _("changing a record"), error);
}

static gboolean
set_field(PsTxn *txn, const PsRecord *record, const PsField *field, const char *value,
	  const char *seen, GError **error)
{
	const PsKind *kind = ps_record_kind(record);
	g_autofree char *stored = NULL;

	if (seen != PS_ANY && !check_seen(txn, record, field, seen, error))
		return FALSE;
	if (!value || !*value) {
		if (field->flags & PS_FIELD_REQUIRED)
			return required_error(kind, field, error);
	} else {
		stored = stored_value(txn, field, value, error);
		if (!stored)
			return FALSE;
	}
	if (stored && (field->flags & PS_FIELD_SEALED) && !ps_store_is_unlocked(txn->store))
		return ps_locked_error(error);
	/* sealing the same text again would look like a change */
	if ((field->flags & PS_FIELD_SEALED) && stored &&
	    g_strcmp0(ps_record_text(record, field->name), stored) == 0)
		return TRUE;
	gboolean done = update_field(txn, kind, ps_record_id(record), field, stored, error);
	if (stored && (field->flags & PS_FIELD_SEALED))
		sodium_memzero(stored, strlen(stored));
	return done;
}

gboolean
ps_txn_set(PsTxn *txn, const char *kind_name, const char *id, const char *field_name,
	   const char *value, const char *seen, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);
	const PsField *field = kind ? ps_kind_need_field(kind, field_name, NULL, error) : NULL;

	if (!field)
		return FALSE;
	g_autoptr(PsRecord) record = ps_store_get(txn->store, kind_name, id, error);
	return record && set_field(txn, record, field, value, seen, error);
}

/* ---- delete ---- */

/* A list is a picture of something outside: it lets go instead of holding on. */
static gboolean
release_list(PsTxn *txn, const PsKind *kind, const PsField *field, const char *id, GError **error)
{
	g_autofree char *sql = g_strdup_printf("UPDATE \"%s\" SET \"%s\" = NULL WHERE \"%s\" = :id",
					       kind->name, field->name, field->name);
	PS_STATEMENT update = ps_store_statement(txn->store, sql, error);

	if (!update)
		return FALSE;
	ps_bind_text(update, ":id", id);
	return sqlite3_step(update) == SQLITE_DONE || sql_failed(txn, _("changing a list"), error);
}

static gboolean
check_reference(PsTxn *txn, const PsKind *other, const PsField *field, const PsRecord *record,
		GError **error)
{
	g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM \"%s\" WHERE \"%s\" = :id",
					       other->name, field->name);
	PS_STATEMENT select = ps_store_statement(txn->store, sql, error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":id", ps_record_id(record));
	if (sqlite3_step(select) != SQLITE_ROW)
		return ps_store_sql_error(txn->store, _("looking for references"), error);
	int count = sqlite3_column_int(select, 0);
	if (count == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("%s can't be deleted: %d of kind “%s” refer to it. Delete or change those "
		      "first."),
		    ps_record_name(record), count, other->name);
	return FALSE;
}

gboolean
ps_txn_check_references(PsTxn *txn, const PsRecord *record, GError **error)
{
	gsize count;
	const PsKind *kinds = ps_kinds(&count);
	const char *name = ps_record_kind(record)->name;

	for (gsize i = 0; i < count; i++)
		for (gsize j = 0; j < kinds[i].n_fields; j++) {
			const PsField *field = &kinds[i].fields[j];
			gboolean list = (kinds[i].flags & PS_KIND_LIST) != 0;
			if (field->type != PS_TYPE_REF || !g_str_equal(field->refers_to, name))
				continue;
			if (list ? !release_list(txn, &kinds[i], field, ps_record_id(record), error)
				 : !check_reference(txn, &kinds[i], field, record, error))
				return FALSE;
		}
	return TRUE;
}

gboolean
ps_txn_remove(PsTxn *txn, const PsKind *kind, const char *id, GError **error)
{
	g_autofree char *table = ps_kind_storage(kind);
	g_autofree char *sql =
		g_strdup_printf("DELETE FROM \"%s\" WHERE row = (SELECT row FROM \"%s\" WHERE id = "
				":id)",
				table, kind->name);
	PS_STATEMENT delete = ps_store_statement(txn->store, sql, error);

	if (!delete)
		return ps_txn_fail(txn);
	ps_bind_text(delete, ":id", id);
	return sqlite3_step(delete) == SQLITE_DONE ||
	       sql_failed(txn, _("deleting a record"), error);
}

static gboolean
check_imported(PsTxn *txn, const PsKind *kind, const PsRecord *record, GError **error)
{
	if (!ps_kind_is_staged(kind))
		return TRUE;
	g_autofree char *sql =
		g_strdup_printf("SELECT import FROM \"%s\" WHERE id = :id", kind->name);
	PS_STATEMENT select = ps_store_statement(txn->store, sql, error);
	if (!select)
		return FALSE;
	ps_bind_text(select, ":id", ps_record_id(record));
	if (sqlite3_step(select) != SQLITE_ROW || sqlite3_column_type(select, 0) == SQLITE_NULL)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("%s “%s” came with an imported document and goes with it: import a newer one "
		      "instead."),
		    kind->name, ps_record_name(record));
	return FALSE;
}

gboolean
ps_txn_delete(PsTxn *txn, const char *kind_name, const char *id, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);
	g_autoptr(PsRecord) record = kind ? ps_store_get(txn->store, kind_name, id, error) : NULL;

	return record && check_imported(txn, kind, record, error) &&
	       ps_txn_check_references(txn, record, error) &&
	       ps_txn_remove(txn, kind, ps_record_id(record), error);
}
