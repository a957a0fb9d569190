#include "config.h"

/* Documents against their hashes, imports against the digest of their rows, checkpoints against
 * the chain. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/import.h"
#include "store/verify.h"

/* ---- documents ---- */

static gboolean
hash_chunks(PsVerify *verify, const char *document, char **hash, GError **error)
{
	crypto_hash_sha256_state state;
	guint8 bytes[PS_HASH_BYTES];
	PS_STATEMENT rows = ps_store_statement(
		verify->store,
		"SELECT bytes FROM document_chunk WHERE document = :document ORDER BY position",
		error);
	int code;

	if (!rows)
		return FALSE;
	ps_bind_text(rows, ":document", document);
	crypto_hash_sha256_init(&state);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		crypto_hash_sha256_update(&state, sqlite3_column_blob(rows, 0),
					  (guint64)sqlite3_column_bytes(rows, 0));
	if (code != SQLITE_DONE)
		return ps_store_sql_error(verify->store, _("verifying documents"), error);
	crypto_hash_sha256_final(&state, bytes);
	*hash = ps_hex(bytes, sizeof bytes);
	return TRUE;
}

gboolean
ps_verify_documents(PsVerify *verify, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(verify->store,
				   "SELECT id, stored_sha256 FROM document ORDER BY id", error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		g_autofree char *hash = NULL;
		if (!hash_chunks(verify, ps_column_text(rows, 0), &hash, error))
			return FALSE;
		if (g_strcmp0(hash, ps_column_text(rows, 1)) != 0)
			ps_verify_finding(verify, _("The document %s is damaged."),
					  ps_column_text(rows, 0));
	}
	return code == SQLITE_DONE ||
	       ps_store_sql_error(verify->store, _("verifying documents"), error);
}

/* ---- imports ---- */

/* What people changed in imported rows since is in the log: the digest is over what came before. */
typedef struct {
	PsVerify *verify;
	const PsKind *kind;
	GPtrArray *fields;
	gint64 batch, count;
	char *id, *digest;
	gint64 position; /* of the import in the log */
} Imported;

static const char change_of[] =
	"SELECT (SELECT v.old FROM log AS l JOIN log_value AS v ON v.position = l.position WHERE "
	"l.record = :record AND l.kind = :kind AND l.position > :position AND v.field = :field "
	"ORDER BY l.position LIMIT 1), (SELECT v.new FROM log AS l JOIN log_value AS v ON "
	"v.position = l.position WHERE l.record = :record AND l.kind = :kind AND l.position > "
	":position AND v.field = :field ORDER BY l.position DESC LIMIT 1)";

static void
digest_changed(Imported *imported, crypto_hash_sha256_state *state, const char *record,
	       const PsField *field, const char *now)
{
	PS_STATEMENT change = ps_store_statement(imported->verify->store, change_of, NULL);

	if (!change)
		return;
	ps_bind_text(change, ":record", record);
	ps_bind_text(change, ":kind", imported->kind->name);
	ps_bind_int(change, ":position", imported->position);
	ps_bind_text(change, ":field", field->name);
	sqlite3_step(change);
	gboolean changed = sqlite3_column_type(change, 0) != SQLITE_NULL ||
			   sqlite3_column_type(change, 1) != SQLITE_NULL;
	if (changed && g_strcmp0(ps_column_text(change, 1), now) != 0)
		ps_verify_finding(
			imported->verify,
			_("“%s” of %s %s is not what the log says: it was changed outside "
			  "of the program."),
			field->name, imported->kind->name, record);
	ps_import_digest(state, field->name, changed ? ps_column_text(change, 0) : now);
}

static gboolean
was_changed(Imported *imported, const char *record)
{
	PS_STATEMENT select = ps_store_statement(imported->verify->store,
						 "SELECT 1 FROM log WHERE record = :record AND "
						 "kind = :kind AND position > :position",
						 NULL);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":record", record);
	ps_bind_text(select, ":kind", imported->kind->name);
	ps_bind_int(select, ":position", imported->position);
	return sqlite3_step(select) == SQLITE_ROW;
}

static void
digest_row(Imported *imported, crypto_hash_sha256_state *state, sqlite3_stmt *row)
{
	const char *record = ps_column_text(row, 0);
	gboolean changed = was_changed(imported, record);

	ps_import_digest(state, "row", record);
	for (guint i = 0; i < imported->fields->len; i++) {
		const PsField *field = imported->fields->pdata[i];
		const char *now = ps_column_text(row, (int)i + 1);
		if (changed)
			digest_changed(imported, state, record, field, now);
		else
			ps_import_digest(state, field->name, now);
	}
}

static gboolean
check_import(Imported *imported, GError **error)
{
	crypto_hash_sha256_state state;
	guint8 hash[PS_HASH_BYTES];
	g_autofree char *table = ps_kind_storage(imported->kind);
	g_autoptr(GString) sql = g_string_new("SELECT id");
	gint64 count = 0;
	int code;

	for (guint i = 0; i < imported->fields->len; i++)
		g_string_append_printf(sql, ", \"%s\"",
				       ((const PsField *)imported->fields->pdata[i])->name);
	g_string_append_printf(sql, " FROM \"%s\" WHERE import = :batch ORDER BY row", table);
	PS_STATEMENT rows = ps_store_statement(imported->verify->store, sql->str, error);
	if (!rows)
		return FALSE;
	ps_bind_int(rows, ":batch", imported->batch);
	crypto_hash_sha256_init(&state);
	for (; (code = sqlite3_step(rows)) == SQLITE_ROW; count++)
		digest_row(imported, &state, rows);
	if (code != SQLITE_DONE)
		return ps_store_sql_error(imported->verify->store, _("verifying imports"), error);
	crypto_hash_sha256_final(&state, hash);
	g_autofree char *digest = ps_hex(hash, sizeof hash);
	if (count != imported->count || g_strcmp0(digest, imported->digest) != 0)
		ps_verify_finding(imported->verify,
				  _("The %s rows of import “%s” are not those that were imported."),
				  imported->kind->name, imported->id);
	return TRUE;
}

gboolean
ps_verify_imports(PsVerify *verify, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(
		verify->store,
		"SELECT i.id, i.kind, i.batch, i.count, i.digest, (SELECT max(position) FROM log "
		"WHERE record = i.id AND kind = 'import' AND operation = 'insert') FROM import AS "
		"i "
		"WHERE i.state = 'done' ORDER BY i.row",
		error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		const PsKind *kind = ps_kind_find(ps_column_text(rows, 1));
		if (!kind || !ps_kind_is_staged(kind))
			continue;
		g_autoptr(GPtrArray) fields = ps_import_fields(kind);
		Imported imported = {.verify = verify,
				     .kind = kind,
				     .fields = fields,
				     .batch = sqlite3_column_int64(rows, 2),
				     .count = sqlite3_column_int64(rows, 3),
				     .id = (char *)ps_column_text(rows, 0),
				     .digest = (char *)ps_column_text(rows, 4),
				     .position = sqlite3_column_int64(rows, 5)};
		if (!check_import(&imported, error))
			return FALSE;
	}
	return code == SQLITE_DONE ||
	       ps_store_sql_error(verify->store, _("verifying imports"), error);
}

/* ---- checkpoints ---- */

static void
check_signature(PsVerify *verify, sqlite3_stmt *row)
{
	const PsKeyOps *ops = &verify->store->ops;
	g_autoptr(GBytes) text =
		ps_checkpoint_text(verify->store->workspace, ps_column_text(row, 1),
				   sqlite3_column_int64(row, 2), sqlite3_column_int64(row, 3),
				   ps_column_text(row, 4), sqlite3_column_int64(row, 5));
	const char *armour = ps_column_text(row, 7);
	g_autoptr(GBytes) signature = g_bytes_new(armour, armour ? strlen(armour) : 0);
	g_autofree char *signer = NULL;
	g_autoptr(GError) reason = NULL;

	if (!ops->verify(ops->user, text, signature, &signer, &reason)) {
		/* a key that is not here is not a change of the log */
		if (g_error_matches(reason, PS_ERROR, PS_ERROR_NO_KEY))
			return;
		ps_verify_finding(verify, _("The signature of checkpoint “%s” is bad: %s"),
				  ps_column_text(row, 0), reason ? reason->message : "");
	}
}

gboolean
ps_verify_checkpoints(PsVerify *verify, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(
		verify->store,
		"SELECT c.id, c.desk, c.epoch, c.sequence, c.hash, c.clock, c.fingerprint, "
		"c.signature, l.hash FROM checkpoint AS c LEFT JOIN log AS l ON l.desk = c.desk "
		"AND "
		"l.epoch = c.epoch AND l.sequence = c.sequence ORDER BY c.row",
		error);
	int code;

	if (!rows)
		return FALSE;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		if (g_strcmp0(ps_column_text(rows, 4), ps_column_text(rows, 8)) != 0)
			ps_verify_finding(verify,
					  _("The log was written anew: checkpoint “%s” signed "
					    "another entry %d."),
					  ps_column_text(rows, 0), sqlite3_column_int(rows, 3));
		if (verify->store->ops.verify)
			check_signature(verify, rows);
	}
	return code == SQLITE_DONE ||
	       ps_store_sql_error(verify->store, _("verifying checkpoints"), error);
}
