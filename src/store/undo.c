#include "config.h"

/* Undo: my last transaction is taken back in a new one, entry by entry from its end. Each step
 * first checks that what the entry left is still there; where somebody changed it since, the whole
 * undo is refused and nothing happens. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

typedef struct {
	PsTxn *txn;
	char *undone, *action; /* the transaction that is taken back */
	gint64 position;       /* its last entry */
} Undo;

static void
undo_clear(Undo *undo)
{
	g_free(undo->undone);
	g_free(undo->action);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Undo, undo_clear)

static gboolean
touched_error(const Undo *undo, const char *kind, const char *record, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("“%s” can't be undone: %s “%s” was changed since. Change it by hand."),
		    undo->action, kind, record);
	return FALSE;
}

static gboolean
sql_failed(Undo *undo, GError **error)
{
	ps_store_sql_error(undo->txn->store, _("undoing"), error);
	return ps_txn_fail(undo->txn);
}

/* ---- which transaction ---- */

static const char last_of_mine[] =
	"SELECT l.\"transaction\", l.action, l.position FROM log AS l "
	"WHERE l.desk = :desk AND l.person IS :person "
	"AND NOT EXISTS (SELECT 1 FROM reversal WHERE undone = l.\"transaction\") "
	"AND NOT EXISTS (SELECT 1 FROM log AS m WHERE m.\"transaction\" = l.\"transaction\" "
	"AND m.kind IN ('reversal', 'checkpoint')) "
	"ORDER BY l.position DESC LIMIT 1";

static gboolean
find_mine(Undo *undo, GError **error)
{
	PsStore *store = undo->txn->store;
	PS_STATEMENT select = ps_store_statement(store, last_of_mine, error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":desk", store->desk);
	ps_bind_text(select, ":person", undo->txn->person);
	int code = sqlite3_step(select);
	if (code == SQLITE_ROW) {
		undo->undone = g_strdup(ps_column_text(select, 0));
		undo->action = g_strdup(ps_column_text(select, 1));
		undo->position = sqlite3_column_int64(select, 2);
		return TRUE;
	}
	if (code == SQLITE_DONE)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("There is nothing of yours to undo."));
	else
		ps_store_sql_error(store, _("undoing"), error);
	return FALSE;
}

/* ---- what forbids it ---- */

/* The record at the top of the tree that a record lives in: a case for all that belongs to it. */
static char *
root_of(PsStore *store, const char *kind_name, const char *id)
{
	const PsKind *kind = ps_kind_find(kind_name);
	g_autofree char *at = g_strdup(id);

	while (kind && kind->parent_field) {
		g_autofree char *sql = g_strdup_printf("SELECT \"%s\" FROM \"%s\" WHERE id = :id",
						       kind->parent_field, kind->name);
		PS_STATEMENT select = ps_store_statement(store, sql, NULL);
		if (!select)
			break;
		ps_bind_text(select, ":id", at);
		if (sqlite3_step(select) != SQLITE_ROW ||
		    sqlite3_column_type(select, 0) == SQLITE_NULL)
			break;
		char *up = g_strdup(ps_column_text(select, 0));
		g_free(at);
		at = up;
		kind = ps_kind_find(ps_kind_field(kind, kind->parent_field)->refers_to);
	}
	return g_steal_pointer(&at);
}

static gboolean
collect_roots(PsStore *store, sqlite3_stmt *rows, GHashTable *roots)
{
	int code;

	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		g_hash_table_add(roots,
				 root_of(store, ps_column_text(rows, 0), ps_column_text(rows, 1)));
	return code == SQLITE_DONE;
}

static const char own_records[] =
	"SELECT DISTINCT kind, record FROM log WHERE \"transaction\" = :transaction";
/* What irreversible transactions since then, whoever's, touched. */
static const char fixed_records[] =
	"SELECT DISTINCT l.kind, l.record FROM irreversible AS i JOIN log AS l ON "
	"l.\"transaction\" = i.done WHERE l.position > :position AND l.kind <> 'irreversible'";

static gboolean
check_fixed(Undo *undo, GError **error)
{
	PsStore *store = undo->txn->store;
	g_autoptr(GHashTable) mine = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) fixed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	PS_STATEMENT own = ps_store_statement(store, own_records, error);
	PS_STATEMENT others = own ? ps_store_statement(store, fixed_records, error) : NULL;
	GHashTableIter iter;
	gpointer root;

	if (!others)
		return FALSE;
	ps_bind_text(own, ":transaction", undo->undone);
	ps_bind_int(others, ":position", undo->position);
	if (!collect_roots(store, own, mine) || !collect_roots(store, others, fixed))
		return ps_store_sql_error(store, _("undoing"), error);
	g_hash_table_iter_init(&iter, mine);
	while (g_hash_table_iter_next(&iter, &root, NULL))
		if (g_hash_table_contains(fixed, root)) {
			g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("“%s” can't be undone: what it belongs to was sent, "
				      "published or filed since."),
				    undo->action);
			return FALSE;
		}
	return TRUE;
}

static gboolean
check_irreversible(Undo *undo, GError **error)
{
	PsStore *store = undo->txn->store;
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT 1 FROM irreversible WHERE done = :transaction",
				   error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":transaction", undo->undone);
	int code = sqlite3_step(select);
	if (code == SQLITE_DONE)
		return TRUE;
	if (code != SQLITE_ROW)
		return ps_store_sql_error(store, _("undoing"), error);
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("Your last action, “%s”, can't be undone: it was sent, published, filed or "
		      "made for good."),
		    undo->action);
	return FALSE;
}

/* ---- taking an entry back ---- */

typedef struct {
	const PsKind *kind;
	const char *operation, *record;
	gint64 position;
	gboolean erased; /* some of its values left the log */
} Entry;

/* UPDATE of one field, if it still holds what the entry left. */
static gboolean
revert_field(Undo *undo, const Entry *entry, const char *field, GError **error)
{
	g_autofree char *table = ps_kind_storage(entry->kind);
	g_autofree char *sql = g_strdup_printf(
		"UPDATE \"%s\" SET \"%s\" = (SELECT old FROM log_value WHERE position = :position "
		"AND field = :field) WHERE row = (SELECT row FROM \"%s\" WHERE id = :id) AND "
		"\"%s\" IS (SELECT new FROM log_value WHERE position = :position AND field = "
		":field)",
		table, field, entry->kind->name, field);
	PS_STATEMENT update = ps_store_statement(undo->txn->store, sql, error);

	if (!update)
		return ps_txn_fail(undo->txn);
	ps_bind_int(update, ":position", entry->position);
	ps_bind_text(update, ":field", field);
	ps_bind_text(update, ":id", entry->record);
	if (sqlite3_step(update) != SQLITE_DONE)
		return sql_failed(undo, error);
	return sqlite3_changes(undo->txn->store->db) == 1 ||
	       touched_error(undo, entry->kind->name, entry->record, error);
}

static GPtrArray *
fields_of(Undo *undo, const Entry *entry, GError **error)
{
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
	PS_STATEMENT select = ps_store_statement(
		undo->txn->store,
		"SELECT field FROM log_value WHERE position = :position ORDER BY field", error);
	int code;

	if (!select)
		return NULL;
	ps_bind_int(select, ":position", entry->position);
	while ((code = sqlite3_step(select)) == SQLITE_ROW)
		g_ptr_array_add(fields, g_strdup(ps_column_text(select, 0)));
	if (code == SQLITE_DONE)
		return g_steal_pointer(&fields);
	sql_failed(undo, error);
	return NULL;
}

static gboolean
revert_update(Undo *undo, const Entry *entry, GError **error)
{
	g_autoptr(GPtrArray) fields = fields_of(undo, entry, error);

	if (!fields)
		return FALSE;
	for (guint i = 0; i < fields->len; i++)
		if (!revert_field(undo, entry, fields->pdata[i], error))
			return FALSE;
	return TRUE;
}

/* Does the row still hold exactly what the insert left? */
static gboolean
row_is_as_inserted(Undo *undo, const Entry *entry, GError **error)
{
	g_autoptr(GString) sql = g_string_new(NULL);

	g_string_printf(sql, "SELECT 1 FROM \"%s\" WHERE id = :id", entry->kind->name);
	for (gsize i = 0; i < entry->kind->n_fields; i++)
		g_string_append_printf(sql,
				       " AND \"%s\" IS (SELECT new FROM log_value WHERE position = "
				       ":position AND field = '%s')",
				       entry->kind->fields[i].name, entry->kind->fields[i].name);
	PS_STATEMENT select = ps_store_statement(undo->txn->store, sql->str, error);
	if (!select)
		return FALSE;
	ps_bind_text(select, ":id", entry->record);
	ps_bind_int(select, ":position", entry->position);
	int code = sqlite3_step(select);
	if (code == SQLITE_DONE)
		return touched_error(undo, entry->kind->name, entry->record, error);
	return code == SQLITE_ROW || ps_store_sql_error(undo->txn->store, _("undoing"), error);
}

static gboolean
revert_insert(Undo *undo, const Entry *entry, GError **error)
{
	/* a document is named by its content: kept, it harms nobody, and others may cite it */
	if (g_str_equal(entry->kind->name, "document"))
		return TRUE;
	if (!row_is_as_inserted(undo, entry, error))
		return FALSE;
	if (ps_kind_find(entry->kind->name)) {
		g_autoptr(PsRecord) record =
			ps_get_kind(undo->txn->store, entry->kind, entry->record, error);
		if (!record || !ps_txn_check_references(undo->txn, record, error))
			return FALSE;
	}
	return ps_txn_remove(undo->txn, entry->kind, entry->record, error);
}

static gboolean
references_exist(Undo *undo, const Entry *entry, GError **error)
{
	for (gsize i = 0; i < entry->kind->n_fields; i++) {
		const PsField *field = &entry->kind->fields[i];
		if (field->type != PS_TYPE_REF)
			continue;
		g_autofree char *sql = g_strdup_printf(
			"SELECT 1 FROM log_value WHERE position = :position AND field = '%s' AND "
			"old IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"%s\" WHERE id = old)",
			field->name, field->refers_to);
		PS_STATEMENT select = ps_store_statement(undo->txn->store, sql, error);
		if (!select)
			return FALSE;
		ps_bind_int(select, ":position", entry->position);
		if (sqlite3_step(select) == SQLITE_ROW)
			return touched_error(undo, field->refers_to, entry->record, error);
	}
	return TRUE;
}

/* A record whose key was destroyed since must not come back with text that nobody can open. */
static gboolean
key_exists(Undo *undo, const Entry *entry, GError **error)
{
	PS_STATEMENT select = ps_store_statement(
		undo->txn->store,
		"SELECT 1 FROM log_value WHERE position = :position AND typeof(old) = 'blob' AND "
		"NOT EXISTS (SELECT 1 FROM record_key WHERE record = :id) LIMIT 1",
		error);

	if (!select)
		return FALSE;
	ps_bind_int(select, ":position", entry->position);
	ps_bind_text(select, ":id", entry->record);
	int code = sqlite3_step(select);
	if (code == SQLITE_ROW)
		return touched_error(undo, entry->kind->name, entry->record, error);
	return code == SQLITE_DONE || sql_failed(undo, error);
}

static gboolean
revert_delete(Undo *undo, const Entry *entry, GError **error)
{
	g_autofree char *table = ps_kind_storage(entry->kind);
	g_autoptr(GString) columns = g_string_new("id");
	g_autoptr(GString) values = g_string_new(":id");

	if (!references_exist(undo, entry, error) || !key_exists(undo, entry, error))
		return FALSE;
	for (gsize i = 0; i <= entry->kind->n_fields; i++) {
		gboolean last = i == entry->kind->n_fields;
		const char *name = last ? "number" : entry->kind->fields[i].name;
		if (last && !entry->kind->number_prefix)
			break;
		g_string_append_printf(columns, ", \"%s\"", name);
		g_string_append_printf(values,
				       ", (SELECT old FROM log_value WHERE position = :position "
				       "AND field = '%s')",
				       name);
	}
	g_autofree char *sql = g_strdup_printf("INSERT INTO \"%s\" (%s) VALUES (%s)", table,
					       columns->str, values->str);
	PS_STATEMENT insert = ps_store_statement(undo->txn->store, sql, error);
	if (!insert)
		return ps_txn_fail(undo->txn);
	ps_bind_text(insert, ":id", entry->record);
	ps_bind_int(insert, ":position", entry->position);
	return sqlite3_step(insert) == SQLITE_DONE || sql_failed(undo, error);
}

static gboolean
revert_entry(Undo *undo, const Entry *entry, GError **error)
{
	if (!entry->kind || entry->erased)
		return touched_error(undo, entry->kind ? entry->kind->name : "", entry->record,
				     error);
	if (g_str_equal(entry->operation, "update"))
		return revert_update(undo, entry, error);
	if (g_str_equal(entry->operation, "insert"))
		return revert_insert(undo, entry, error);
	return revert_delete(undo, entry, error);
}

static const char entries_of[] =
	"SELECT kind, operation, record, position, EXISTS (SELECT 1 FROM log_value AS v WHERE "
	"v.position = log.position AND ((old IS NULL AND old_commitment IS NOT NULL) OR "
	"(new IS NULL AND new_commitment IS NOT NULL))) "
	"FROM log WHERE \"transaction\" = :transaction ORDER BY position DESC";

static gboolean
revert_all(Undo *undo, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(undo->txn->store, entries_of, error);
	int code;

	if (!rows)
		return FALSE;
	ps_bind_text(rows, ":transaction", undo->undone);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		Entry entry = {.kind = ps_kind_any(ps_column_text(rows, 0)),
			       .operation = ps_column_text(rows, 1),
			       .record = ps_column_text(rows, 2),
			       .position = sqlite3_column_int64(rows, 3),
			       .erased = sqlite3_column_int(rows, 4)};
		if (!revert_entry(undo, &entry, error))
			return FALSE;
	}
	return code == SQLITE_DONE || sql_failed(undo, error);
}

gboolean
ps_store_undo(PsStore *store, char **what, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "undo", error);
	g_auto(Undo) undo = {.txn = txn};

	if (!txn || !find_mine(&undo, error) || !check_irreversible(&undo, error) ||
	    !check_fixed(&undo, error) || !revert_all(&undo, error))
		return FALSE;
	g_autofree char *id = ps_txn_note(txn, "reversal", NULL, error, "undone", undo.undone,
					  "action", undo.action, NULL);
	if (!id || !ps_txn_commit(txn, error))
		return FALSE;
	if (what)
		*what = g_strdup(undo.action);
	return TRUE;
}
