#include "config.h"

/* Erasure: what must be forgotten leaves the tables and the log, and the chain still verifies,
 * because it holds commitments. Sealed text of a whole record goes by destroying the record's key;
 * a single field by destroying its values and salts. What was erased, and why, stays in the log. */

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

typedef struct {
	PsTxn *txn;
	const PsKind *kind;
	char *record; /* full id */
	const char *field;
} Erasure;

static gboolean
run(Erasure *erasure, const char *sql, const char *record, const char *field, GError **error)
{
	PS_STATEMENT statement = ps_store_statement(erasure->txn->store, sql, error);

	if (!statement)
		return ps_txn_fail(erasure->txn);
	ps_bind_text(statement, ":record", record);
	if (field)
		ps_bind_text(statement, ":field", field);
	if (sqlite3_step(statement) == SQLITE_DONE)
		return TRUE;
	ps_store_sql_error(erasure->txn->store, _("erasing"), error);
	return ps_txn_fail(erasure->txn);
}

static gboolean
clear_column(Erasure *erasure, const char *field, GError **error)
{
	g_autofree char *table = ps_kind_storage(erasure->kind);
	g_autofree char *sql =
		g_strdup_printf("UPDATE \"%s\" SET \"%s\" = NULL WHERE id = :record AND \"%s\" IS "
				"NOT NULL",
				table, field, field);

	return run(erasure, sql, erasure->record, NULL, error);
}

static const char forget_values[] =
	"UPDATE log_value SET old = NULL, old_salt = NULL, new = NULL, new_salt = NULL WHERE "
	"field = :field AND position IN (SELECT position FROM log WHERE record = :record)";

static gboolean
erase_field(Erasure *erasure, GError **error)
{
	return clear_column(erasure, erasure->field, error) &&
	       run(erasure, forget_values, erasure->record, erasure->field, error);
}

static gboolean
erase_sealed(Erasure *erasure, GError **error)
{
	for (gsize i = 0; i < erasure->kind->n_fields; i++)
		if ((erasure->kind->fields[i].flags & PS_FIELD_SEALED) &&
		    !clear_column(erasure, erasure->kind->fields[i].name, error))
			return FALSE;
	return run(erasure, "DELETE FROM record_key WHERE record = :record", erasure->record, NULL,
		   error);
}

gboolean
ps_erasure_apply(PsTxn *txn, const char *kind_name, const char *record, const char *field,
		 const char *reason, GError **error)
{
	Erasure erasure = {txn, ps_kind_any(kind_name), (char *)record, field};
	g_autofree char *id = ps_txn_note(txn, "erasure", NULL, error, "kind", kind_name, "record",
					  record, "field", field, "reason", reason, NULL);

	if (!id || !erasure.kind)
		return ps_txn_fail(txn);
	txn->store->erasing = TRUE;
	gboolean done = field ? erase_field(&erasure, error) : erase_sealed(&erasure, error);
	txn->store->erasing = FALSE;
	return done;
}

/* A deleted record can be erased too: its history is still there. */
static char *
resolve_for_erasure(PsStore *store, const PsKind *kind, const char *id, GError **error)
{
	g_autoptr(GError) missing = NULL;
	char *found = ps_resolve_kind(store, kind, id, &missing);

	if (found)
		return found;
	PS_STATEMENT select = ps_store_statement(
		store, "SELECT record FROM log WHERE record = :record AND kind = :kind LIMIT 1",
		error);
	if (!select)
		return NULL;
	ps_bind_text(select, ":record", id);
	ps_bind_text(select, ":kind", kind->name);
	if (sqlite3_step(select) == SQLITE_ROW)
		return g_strdup(ps_column_text(select, 0));
	g_propagate_error(error, g_steal_pointer(&missing));
	return NULL;
}

static gboolean
is_document(const PsKind *kind)
{
	return g_str_equal(kind->name, "document");
}

static gboolean
may_erase(const PsKind *kind, const char *field, const char *reason, GError **error)
{
	if (!reason || !*reason) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("Erasing needs a reason, because it stays in the log."));
		return FALSE;
	}
	if (field)
		return ps_kind_need_field(kind, field, NULL, error) != NULL;
	if (ps_kind_has_sealed(kind) || is_document(kind))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("Records of kind “%s” have no sealed text: name the field to erase."),
		    kind->name);
	return FALSE;
}

/* What was stored openly can't be forgotten by forgetting a key; it was never confidential. */
static gboolean
is_sealed_document(PsStore *store, const char *id, const char *field, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT 1 FROM document WHERE id = :id AND sealed = 1",
				   error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":id", id);
	if (!field && sqlite3_step(select) == SQLITE_ROW)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("There is no sealed document “%s”: only those can be erased, and whole."),
		    id);
	return FALSE;
}

/* Freed pages are overwritten (secure_delete); the WAL still has what it had, until it is carried
 * over and cut. Another reader may hold it open; then this is done when that one ends. */
static void
cut_wal(PsStore *store)
{
	sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

gboolean
ps_store_erase(PsStore *store, const char *kind_name, const char *id, const char *field,
	       const char *reason, GError **error)
{
	const PsKind *kind = g_strcmp0(kind_name, "document") == 0 ? ps_kind_any(kind_name)
								   : ps_kind_need(kind_name, error);

	if (!kind || !may_erase(kind, field, reason, error) ||
	    (is_document(kind) && !is_sealed_document(store, id, field, error)))
		return FALSE;
	if (ps_kind_is_staged(kind)) {
		g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
			    _("Records of kind “%s” come from documents and hold nothing sealed: "
			      "change or delete them instead."),
			    kind->name);
		return FALSE;
	}
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "erase", error);
	g_autofree char *record = txn ? resolve_for_erasure(store, kind, id, error) : NULL;
	if (!record)
		return FALSE;
	ps_txn_irreversible(txn);
	if (!ps_erasure_apply(txn, kind->name, record, field, reason, error) ||
	    !ps_txn_commit(txn, error))
		return FALSE;
	cut_wal(store);
	return TRUE;
}

/* ---- naming the gaps ---- */

static char *
gap_sentence(PsStore *store, sqlite3_stmt *row)
{
	const char *kind = ps_column_text(row, 0), *record = ps_column_text(row, 1);
	const char *field = ps_column_text(row, 2), *reason = ps_column_text(row, 3);
	g_autofree char *at = ps_utc_format(sqlite3_column_int64(row, 4) >> 16);
	const char *person_id = ps_column_text(row, 5);
	g_autoptr(PsRecord) person =
		person_id ? ps_get_kind(store, ps_kind_find("person"), person_id, NULL) : NULL;
	const char *who = person ? ps_record_text(person, "name") : NULL;
	g_autoptr(PsRecord) erased =
		ps_kind_find(kind) ? ps_get_kind(store, ps_kind_find(kind), record, NULL) : NULL;
	const char *name = erased ? ps_record_name(erased) : record;

	if (!who)
		who = person_id ? person_id : _("nobody named");
	if (field)
		return g_strdup_printf(_("“%s” of %s %s was erased on %s by %s: %s"), field, kind,
				       name, at, who, reason);
	return g_strdup_printf(_("The sealed text of %s %s was erased on %s by %s: %s"), kind, name,
			       at, who, reason);
}

int
ps_store_erasures(PsStore *store, PsFinding named, gpointer user, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(
		store,
		"SELECT e.kind, e.record, e.field, e.reason, l.clock, l.person FROM erasure AS e "
		"JOIN log AS l ON l.record = e.id AND l.kind = 'erasure' AND l.operation = "
		"'insert' ORDER BY l.position",
		error);
	int count = 0, code;

	if (!rows)
		return -1;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		g_autofree char *sentence = gap_sentence(store, rows);
		named(user, sentence);
		count++;
	}
	if (code == SQLITE_DONE)
		return count;
	ps_store_sql_error(store, _("reading what was erased"), error);
	return -1;
}
