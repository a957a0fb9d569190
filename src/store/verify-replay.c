#include "config.h"

/* Replay: the log is played record by record, and what it leaves is compared with the tables. */

#include "base/error.h"
#include "base/i18n.h"
#include "store/verify.h"

static const char by_record[] =
	"SELECT l.record, l.kind, l.operation, l.position, v.field, v.old, v.old_commitment, "
	"v.new, "
	"v.new_commitment FROM log AS l LEFT JOIN log_value AS v ON v.position = l.position "
	"ORDER BY l.record, l.kind, l.position, v.field";

enum { RECORD, KIND, OPERATION, POSITION, FIELD, OLD, OLD_COMMITMENT, NEW, NEW_COMMITMENT };

typedef struct {
	sqlite3_value *value; /* NULL: absent */
	gboolean erased;      /* was there, is not known any more */
} Known;

typedef struct {
	PsVerify *verify;
	char *record, *kind;
	gboolean exists, inserted; /* inserted: the log saw it begin */
	GHashTable *fields;        /* name -> Known */
} Replay;

static void
known_free(gpointer data)
{
	Known *known = data;

	sqlite3_value_free(known->value);
	g_free(known);
}

static gboolean
same(sqlite3_value *a, sqlite3_value *b)
{
	gboolean a_absent = !a || sqlite3_value_type(a) == SQLITE_NULL;
	gboolean b_absent = !b || sqlite3_value_type(b) == SQLITE_NULL;

	if (a_absent || b_absent)
		return a_absent == b_absent;
	return ps_same_value(a, b);
}

/* ---- the table's side ---- */

static void
differs(Replay *replay, const char *field)
{
	g_autofree char *name = ps_verify_name(replay->verify, replay->kind, replay->record);

	ps_verify_finding(replay->verify,
			  _("“%s” of %s %s is not what the log says: it was changed outside of the "
			    "program."),
			  field, replay->kind, name);
}

/* A sealed value must open with its record's key; locked, the key must at least be there. */
static void
check_opens(Replay *replay, const PsField *field, sqlite3_stmt *row, int column)
{
	PsStore *store = replay->verify->store;
	int key = sqlite3_column_count(row) - 1;
	gboolean fine = sqlite3_column_type(row, key) != SQLITE_NULL;

	if (fine && ps_store_is_unlocked(store)) {
		gsize length = 0;
		char *text = ps_unseal_wrapped(store, replay->kind, replay->record, field->name,
					       sqlite3_column_blob(row, key),
					       (gsize)sqlite3_column_bytes(row, key),
					       sqlite3_column_blob(row, column),
					       (gsize)sqlite3_column_bytes(row, column), &length);
		fine = text != NULL;
		ps_wipe_free(text, length);
	}
	if (fine)
		return;
	g_autofree char *name = ps_verify_name(replay->verify, replay->kind, replay->record);
	ps_verify_finding(replay->verify, _("“%s” of %s %s does not open: its key is damaged."),
			  field->name, replay->kind, name);
}

static void
compare_column(Replay *replay, const PsKind *kind, sqlite3_stmt *row, int column)
{
	const char *name = sqlite3_column_name(row, column);
	const PsField *field = ps_kind_field(kind, name);
	const Known *known = g_hash_table_lookup(replay->fields, name);
	sqlite3_value *value = sqlite3_column_value(row, column);

	if (known ? !known->erased && !same(known->value, value)
		  : replay->inserted && !same(NULL, value))
		differs(replay, name);
	if (field && (field->flags & PS_FIELD_SEALED) &&
	    sqlite3_column_type(row, column) != SQLITE_NULL)
		check_opens(replay, field, row, column);
}

static char *
row_sql(const PsKind *kind)
{
	GString *sql = g_string_new("SELECT t.id");
	g_autofree char *table = ps_kind_storage(kind);

	if (kind->number_prefix)
		g_string_append(sql, ", t.number");
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", t.\"%s\"", kind->fields[i].name);
	g_string_append_printf(sql,
			       ", k.wrapped FROM \"%s\" AS t LEFT JOIN record_key AS k ON "
			       "k.record = t.id WHERE t.id = :id%s",
			       table, ps_kind_is_staged(kind) ? " AND t.import IS NULL" : "");
	return g_string_free(sql, FALSE);
}

static void
existence_finding(Replay *replay, gboolean there)
{
	ps_verify_finding(replay->verify,
			  there ? _("%s “%s” is there, but the log says that it was deleted.")
				: _("%s “%s” is missing: it was removed outside of the program."),
			  replay->kind, replay->record);
}

static gboolean
compare_record(Replay *replay, GError **error)
{
	const PsKind *kind = ps_kind_any(replay->kind);

	if (!kind) {
		ps_verify_finding(
			replay->verify,
			_("The log tells of a kind “%s” that this program does not know."),
			replay->kind);
		return TRUE;
	}
	/* rows of an import: ps_verify_imports() */
	if (!replay->inserted && ps_kind_is_staged(kind))
		return TRUE;
	g_autofree char *sql = row_sql(kind);
	PS_STATEMENT row = ps_store_statement(replay->verify->store, sql, error);
	if (!row)
		return FALSE;
	ps_bind_text(row, ":id", replay->record);
	int code = sqlite3_step(row);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return ps_store_sql_error(replay->verify->store, _("verifying records"), error);
	if ((code == SQLITE_ROW) != replay->exists)
		existence_finding(replay, code == SQLITE_ROW);
	else if (code == SQLITE_ROW)
		for (int i = 1; i < sqlite3_column_count(row) - 1; i++)
			compare_column(replay, kind, row, i);
	return TRUE;
}

/* ---- the log's side ---- */

static gboolean
finish_record(Replay *replay, GError **error)
{
	gboolean done = !replay->record || compare_record(replay, error);

	g_clear_pointer(&replay->record, g_free);
	g_clear_pointer(&replay->kind, g_free);
	g_hash_table_remove_all(replay->fields);
	replay->exists = replay->inserted = FALSE;
	return done;
}

static void
play_value(Replay *replay, sqlite3_stmt *row)
{
	const char *name = ps_column_text(row, FIELD);
	Known *known = g_hash_table_lookup(replay->fields, name);
	sqlite3_value *old = sqlite3_column_value(row, OLD);
	sqlite3_value *new = sqlite3_column_value(row, NEW);
	gboolean old_erased = sqlite3_value_type(old) == SQLITE_NULL &&
			      sqlite3_column_type(row, OLD_COMMITMENT) != SQLITE_NULL;

	if (!old_erased && (known ? !known->erased && !same(known->value, old)
				  : replay->inserted && !same(NULL, old)))
		ps_verify_finding(replay->verify,
				  _("The log contradicts itself about “%s” of %s “%s” (position "
				    "%d)."),
				  name, replay->kind, replay->record,
				  sqlite3_column_int(row, POSITION));
	Known *next = g_new0(Known, 1);
	next->erased = sqlite3_value_type(new) == SQLITE_NULL &&
		       sqlite3_column_type(row, NEW_COMMITMENT) != SQLITE_NULL;
	next->value = sqlite3_value_type(new) == SQLITE_NULL ? NULL : sqlite3_value_dup(new);
	g_hash_table_insert(replay->fields, g_strdup(name), next);
}

static void
play_operation(Replay *replay, sqlite3_stmt *row)
{
	const char *operation = ps_column_text(row, OPERATION);

	if (g_str_equal(operation, "insert")) {
		if (replay->exists)
			ps_verify_finding(replay->verify, _("The log makes %s “%s” twice."),
					  replay->kind, replay->record);
		g_hash_table_remove_all(replay->fields);
		replay->exists = replay->inserted = TRUE;
	} else if (g_str_equal(operation, "delete")) {
		replay->exists = FALSE;
	}
}

static gboolean
play_row(Replay *replay, sqlite3_stmt *row, gint64 *position, GError **error)
{
	if (g_strcmp0(replay->record, ps_column_text(row, RECORD)) != 0 ||
	    g_strcmp0(replay->kind, ps_column_text(row, KIND)) != 0) {
		if (!finish_record(replay, error))
			return FALSE;
		replay->record = g_strdup(ps_column_text(row, RECORD));
		replay->kind = g_strdup(ps_column_text(row, KIND));
	}
	if (*position != sqlite3_column_int64(row, POSITION))
		play_operation(replay, row);
	*position = sqlite3_column_int64(row, POSITION);
	if (sqlite3_column_type(row, FIELD) != SQLITE_NULL)
		play_value(replay, row);
	return TRUE;
}

/* ---- rows that the log never saw ---- */

static gboolean
check_unlogged(PsVerify *verify, const PsKind *kind, GError **error)
{
	g_autofree char *table = ps_kind_storage(kind);
	g_autofree char *sql = g_strdup_printf(
		"SELECT id FROM \"%s\" AS t WHERE %sNOT EXISTS (SELECT 1 FROM log WHERE record = "
		"t.id AND kind = '%s')",
		table, ps_kind_is_staged(kind) ? "import IS NULL AND " : "", kind->name);
	PS_STATEMENT rows = ps_store_statement(verify->store, sql, error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		ps_verify_finding(verify,
				  _("%s “%s” was made outside of the program: the log does "
				    "not know it."),
				  kind->name, ps_column_text(rows, 0));
	return code == SQLITE_DONE ||
	       ps_store_sql_error(verify->store, _("verifying records"), error);
}

static gboolean
check_all_unlogged(PsVerify *verify, GError **error)
{
	gsize count;
	const PsKind *kinds = ps_kinds_internal(&count);

	for (gsize i = 0; i < count; i++)
		if (!check_unlogged(verify, &kinds[i], error))
			return FALSE;
	kinds = ps_kinds(&count);
	for (gsize i = 0; i < count; i++)
		if (!(kinds[i].flags & PS_KIND_LIST) && !check_unlogged(verify, &kinds[i], error))
			return FALSE;
	return TRUE;
}

gboolean
ps_verify_replay(PsVerify *verify, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(verify->store, by_record, error);
	Replay replay = {.verify = verify};
	gint64 position = 0;
	gboolean done = rows != NULL;
	int code = SQLITE_DONE;

	replay.fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, known_free);
	while (done && (code = sqlite3_step(rows)) == SQLITE_ROW)
		done = play_row(&replay, rows, &position, error);
	if (done && code != SQLITE_DONE)
		done = ps_store_sql_error(verify->store, _("verifying records"), error);
	done = done && finish_record(&replay, error);
	g_free(replay.record);
	g_free(replay.kind);
	g_hash_table_unref(replay.fields);
	return done && check_all_unlogged(verify, error);
}
