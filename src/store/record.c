#include "config.h"

/* A record in memory: its fields in outside form, unsealed where the store was unlocked. */

#include <string.h>

#include "base/utc.h"
#include "store/internal.h"

typedef struct {
	char *text;     /* outside form; NULL when absent or sealed */
	gint64 number;  /* of INTEGER fields */
	gboolean there; /* not NULL in the database */
} Value;

struct PsRecord {
	const PsKind *kind;
	char *id, *number;
	Value *values; /* as kind->fields */
};

char *
ps_record_select(const PsKind *kind)
{
	GString *sql = g_string_new("SELECT t.row, t.id, ");
	gboolean sealed = ps_kind_has_sealed(kind);

	g_string_append(sql, kind->number_prefix ? "t.number" : "NULL");
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", t.\"%s\"", kind->fields[i].name);
	g_string_append_printf(sql, ", %s FROM \"%s\" AS t", sealed ? "k.wrapped" : "NULL",
			       kind->name);
	if (sealed)
		g_string_append(sql, " LEFT JOIN record_key AS k ON k.record = t.id");
	return g_string_free(sql, FALSE);
}

char *
ps_field_expression(const PsKind *kind, const PsField *field)
{
	if (field->flags & PS_FIELD_SEALED)
		return g_strdup_printf("ps_unsealed('%s', t.id, '%s', t.\"%s\", k.wrapped)",
				       kind->name, field->name, field->name);
	return g_strdup_printf("t.\"%s\"", field->name);
}

static void
read_sealed(PsRecord *record, const PsField *field, Value *value, const guint8 *key,
	    sqlite3_stmt *row, int column)
{
	const void *sealed = sqlite3_column_blob(row, column);
	gsize length = (gsize)sqlite3_column_bytes(row, column);

	if (key)
		value->text = ps_unseal(key, record->kind->name, record->id, field->name, sealed,
					length, NULL);
}

static void
read_value(PsRecord *record, gsize index, const guint8 *key, sqlite3_stmt *row)
{
	const PsField *field = &record->kind->fields[index];
	Value *value = &record->values[index];
	int column = (int)index + 3;

	value->there = sqlite3_column_type(row, column) != SQLITE_NULL;
	if (!value->there)
		return;
	if (field->flags & PS_FIELD_SEALED)
		read_sealed(record, field, value, key, row, column);
	else
		value->text = ps_field_to_text(field, ps_column_text(row, column));
	if (ps_field_is_number(field))
		value->number = sqlite3_column_int64(row, column);
}

PsRecord *
ps_record_from_row(PsStore *store, const PsKind *kind, sqlite3_stmt *row)
{
	PsRecord *record = g_new0(PsRecord, 1);
	guint8 key[PS_KEY_BYTES];
	int wrapped = (int)kind->n_fields + 3;

	record->kind = kind;
	record->id = g_strdup(ps_column_text(row, 1));
	record->number = g_strdup(ps_column_text(row, 2));
	record->values = g_new0(Value, kind->n_fields);
	const void *blob = sqlite3_column_blob(row, wrapped);
	gboolean open = blob && ps_vault_unwrap(store->vault, kind->name, record->id, blob,
						(gsize)sqlite3_column_bytes(row, wrapped), key);
	for (gsize i = 0; i < kind->n_fields; i++)
		read_value(record, i, open ? key : NULL, row);
	sodium_memzero(key, sizeof key);
	return record;
}

void
ps_record_free(PsRecord *record)
{
	if (!record)
		return;
	for (gsize i = 0; i < record->kind->n_fields; i++) {
		char *text = record->values[i].text;
		if (text && (record->kind->fields[i].flags & PS_FIELD_SEALED))
			sodium_memzero(text, strlen(text));
		g_free(text);
	}
	g_free(record->values);
	g_free(record->id);
	g_free(record->number);
	g_free(record);
}

const PsKind *
ps_record_kind(const PsRecord *record)
{
	return record->kind;
}

const char *
ps_record_id(const PsRecord *record)
{
	return record->id;
}

const char *
ps_record_number(const PsRecord *record)
{
	return record->number;
}

const char *
ps_record_name(const PsRecord *record)
{
	return record->number ? record->number : record->id;
}

/* An unknown field is a mistake of the program: it is reported and reads as absent. */
static const Value *
value_of(const PsRecord *record, const char *field)
{
	static const Value absent = {0};
	int index = ps_kind_field_index(record->kind, field);

	g_return_val_if_fail(index >= 0, &absent);
	return &record->values[index];
}

const char *
ps_record_text(const PsRecord *record, const char *field)
{
	return value_of(record, field)->text;
}

gint64
ps_record_time(const PsRecord *record, const char *field)
{
	return ps_record_integer(record, field, PS_NO_TIME);
}

gint64
ps_record_integer(const PsRecord *record, const char *field, gint64 fallback)
{
	const Value *value = value_of(record, field);

	return value->there ? value->number : fallback;
}

gboolean
ps_record_flag(const PsRecord *record, const char *field)
{
	return ps_record_integer(record, field, 0) != 0;
}

gboolean
ps_record_is_sealed(const PsRecord *record, const char *field)
{
	const Value *value = value_of(record, field);

	return value->there && !value->text;
}
