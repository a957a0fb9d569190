#include "config.h"

/* Bulk import. Rows are collected and written in batches of 1,000, each a transaction of its own,
 * so that nobody's edit waits; readers do not see them (the kind's view) until one short
 * transaction notes the import. The rows are not logged one by one: the import is, with its
 * document and a digest over its rows.
 *
 * A list (PS_KIND_LIST) has no import: its rows are simply put in place, batch by batch. */

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/import.h"

typedef struct {
	char *id;
	char **values; /* stored forms, as kind->fields; NULL absent */
	gsize n_values;
	guint64 named; /* bit i: field i was named */
} Row;

struct PsImport {
	PsStore *store;
	const PsKind *kind;
	char *document;
	gint64 batch; /* its number; 0 for lists */
	GPtrArray *rows;
	gint64 count;
	crypto_hash_sha256_state digest;
	/* references repeat: the last one resolved of each field */
	char **last_text, **last_id;
	gboolean finished;
};

static void
row_free(gpointer data)
{
	Row *row = data;

	for (gsize i = 0; i < row->n_values; i++)
		g_free(row->values[i]);
	g_free(row->values);
	g_free(row->id);
	g_free(row);
}

/* ---- digest ---- */

static gint
compare_fields(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const PsField *const *)a)->name, (*(const PsField *const *)b)->name);
}

GPtrArray *
ps_import_fields(const PsKind *kind)
{
	GPtrArray *fields = g_ptr_array_new();

	for (gsize i = 0; i < kind->n_fields; i++)
		g_ptr_array_add(fields, (gpointer)&kind->fields[i]);
	g_ptr_array_sort(fields, compare_fields);
	return fields;
}

void
ps_import_digest(crypto_hash_sha256_state *state, const char *name, const char *value)
{
	g_autofree char *line = value ? g_strdup_printf("%s=%s\n", name, value) : NULL;

	if (line)
		crypto_hash_sha256_update(state, (const guint8 *)line, strlen(line));
}

static void
digest_row(PsImport *import, const Row *row)
{
	g_autoptr(GPtrArray) fields = ps_import_fields(import->kind);

	ps_import_digest(&import->digest, "row", row->id);
	for (guint i = 0; i < fields->len; i++) {
		const PsField *field = fields->pdata[i];
		ps_import_digest(&import->digest, field->name,
				 row->values[field - import->kind->fields]);
	}
}

/* ---- beginning ---- */

static gboolean
open_staging(PsImport *import, GError **error)
{
	PsStore *store = import->store;

	if (!ps_staging_begin(store, error))
		return FALSE;
	PS_STATEMENT insert =
		ps_store_statement(store,
				   "INSERT INTO staging (kind, touched_at) VALUES (:kind, :at)",
				   error);
	gboolean done = insert != NULL;
	if (done) {
		ps_bind_text(insert, ":kind", import->kind->name);
		ps_bind_int(insert, ":at", g_get_real_time());
		done = ps_staging_step(store, insert, error);
		import->batch = sqlite3_last_insert_rowid(store->db);
		sqlite3_reset(insert);
	}
	return ps_staging_end(store, done, error);
}

static gboolean
check_document(PsStore *store, const char *document, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT 1 FROM document WHERE id = :id", error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":id", document);
	if (sqlite3_step(select) == SQLITE_ROW)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("An import needs its document in the workspace first: there is no document "
		      "“%s”."),
		    document ? document : "");
	return FALSE;
}

static gboolean
may_import(PsStore *store, const PsKind *kind, GError **error)
{
	if (!(kind->flags & PS_KIND_BULK)) {
		g_set_error(error, PS_ERROR, PS_ERROR_USAGE,
			    _("Records of kind “%s” are not imported in bulk."), kind->name);
		return FALSE;
	}
	if (store->readonly)
		return ps_readonly_error(store, error);
	if (!store->txn && sqlite3_get_autocommit(store->db))
		return TRUE;
	g_set_error_literal(error, PS_ERROR, PS_ERROR_BUSY,
			    _("An import can't start while another change is being made."));
	return FALSE;
}

PsImport *
ps_import_begin(PsStore *store, const char *kind_name, const char *document_sha256, GError **error)
{
	const PsKind *kind = ps_kind_need(kind_name, error);

	if (!kind || !may_import(store, kind, error))
		return NULL;
	PsImport *import = g_new0(PsImport, 1);
	import->store = store;
	import->kind = kind;
	import->document = g_strdup(document_sha256);
	import->rows = g_ptr_array_new_with_free_func(row_free);
	import->last_text = g_new0(char *, kind->n_fields + 1);
	import->last_id = g_new0(char *, kind->n_fields + 1);
	crypto_hash_sha256_init(&import->digest);
	if (ps_kind_is_staged(kind) &&
	    (!check_document(store, document_sha256, error) ||
	     !ps_staging_clean(store, kind, error) || !open_staging(import, error)))
		g_clear_pointer(&import, ps_import_free);
	return import;
}

/* ---- rows ---- */

static char *
resolve_reference(PsImport *import, gsize index, const char *text, GError **error)
{
	const PsField *field = &import->kind->fields[index];

	if (g_strcmp0(import->last_text[index], text) == 0)
		return g_strdup(import->last_id[index]);
	char *id = ps_store_resolve(import->store, field->refers_to, text, error);
	if (!id)
		return NULL;
	g_free(import->last_text[index]);
	g_free(import->last_id[index]);
	import->last_text[index] = g_strdup(text);
	import->last_id[index] = g_strdup(id);
	return id;
}

/* One hostile line break or byte in a document of thousands must not stop its import. */
static char *
clean_text(const char *text)
{
	return g_strdelimit(g_utf8_make_valid(text, -1), "\r\n", ' ');
}

static char *
row_value(PsImport *import, gsize index, const char *text, GError **error)
{
	const PsField *field = &import->kind->fields[index];

	if (field->flags & PS_FIELD_SEALED) {
		g_set_error(error, PS_ERROR, PS_ERROR_USAGE,
			    _("“%s” is sealed: it is set in a transaction, not imported."),
			    field->name);
		return NULL;
	}
	if (field->type == PS_TYPE_REF)
		return resolve_reference(import, index, text, error);
	if (!ps_field_is_text(field))
		return ps_field_to_stored(field, text, error);
	g_autofree char *cleaned = clean_text(text);
	return ps_field_to_stored(field, cleaned, error);
}

static gboolean
fill_row(PsImport *import, Row *row, const char *const *pairs, GError **error)
{
	const PsKind *kind = import->kind;

	for (gsize i = 0; pairs && pairs[i]; i += 2) {
		int index;
		if (!ps_kind_need_field(kind, pairs[i], &index, error))
			return FALSE;
		row->named |= G_GUINT64_CONSTANT(1) << index;
		if (!pairs[i + 1] || !*pairs[i + 1])
			continue;
		g_free(row->values[index]);
		row->values[index] = row_value(import, (gsize)index, pairs[i + 1], error);
		if (!row->values[index])
			return FALSE;
	}
	for (gsize i = 0; i < kind->n_fields; i++)
		if ((kind->fields[i].flags & PS_FIELD_REQUIRED) && !row->values[i]) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("A record of kind “%s” needs “%s”: %s"), kind->name,
				    kind->fields[i].name, _(kind->fields[i].help));
			return FALSE;
		}
	return TRUE;
}

static char *
staged_sql(const PsKind *kind)
{
	GString *sql = g_string_new(NULL);

	g_string_printf(sql, "INSERT INTO \"%s_stored\" (id, import", kind->name);
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", \"%s\"", kind->fields[i].name);
	g_string_append(sql, ") VALUES (?1, ?2");
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(sql, ", ?%d", (int)i + 3);
	g_string_append_c(sql, ')');
	return g_string_free(sql, FALSE);
}

/* Puts a list's row in place: what was not named keeps its value. */
static char *
list_sql(const PsKind *kind, guint64 named)
{
	g_autoptr(GString) columns = g_string_new("id");
	g_autoptr(GString) values = g_string_new("?1");
	g_autoptr(GString) updates = g_string_new(NULL);

	for (gsize i = 0; i < kind->n_fields; i++) {
		const char *name = kind->fields[i].name;
		if (!(named & (G_GUINT64_CONSTANT(1) << i)))
			continue;
		g_string_append_printf(columns, ", \"%s\"", name);
		g_string_append_printf(values, ", ?%d", (int)i + 3);
		g_string_append_printf(updates, "%s\"%s\" = excluded.\"%s\"",
				       updates->len ? ", " : "", name, name);
	}
	return g_strdup_printf("INSERT INTO \"%s\" (%s) VALUES (%s) ON CONFLICT (id) DO %s%s",
			       kind->name, columns->str, values->str,
			       updates->len ? "UPDATE SET " : "NOTHING", updates->str);
}

static gboolean
write_row(PsImport *import, const Row *row, GError **error)
{
	gboolean staged = ps_kind_is_staged(import->kind);
	g_autofree char *sql =
		staged ? staged_sql(import->kind) : list_sql(import->kind, row->named);
	PS_STATEMENT insert = ps_store_statement(import->store, sql, error);

	if (!insert)
		return FALSE;
	sqlite3_bind_text(insert, 1, row->id, -1, SQLITE_STATIC);
	if (staged)
		sqlite3_bind_int64(insert, 2, import->batch);
	for (gsize i = 0; i < import->kind->n_fields; i++)
		if ((staged || (row->named & (G_GUINT64_CONSTANT(1) << i))) &&
		    !ps_bind_stored(insert, (int)i + 3, &import->kind->fields[i], row->values[i]))
			return ps_store_sql_error(import->store, _("importing"), error);
	return ps_staging_step(import->store, insert, error);
}

static gboolean
touch_staging(PsImport *import, GError **error)
{
	PS_STATEMENT update =
		ps_store_statement(import->store,
				   "UPDATE staging SET touched_at = :at WHERE row = :batch", error);

	if (!update)
		return FALSE;
	ps_bind_int(update, ":at", g_get_real_time());
	ps_bind_int(update, ":batch", import->batch);
	return ps_staging_step(import->store, update, error);
}

static gboolean
flush(PsImport *import, GError **error)
{
	gboolean done = TRUE;

	if (import->rows->len == 0)
		return TRUE;
	if (!ps_staging_begin(import->store, error))
		return FALSE;
	for (guint i = 0; done && i < import->rows->len; i++)
		done = write_row(import, import->rows->pdata[i], error);
	done = done && (!import->batch || touch_staging(import, error));
	done = ps_staging_end(import->store, done, error);
	g_ptr_array_set_size(import->rows, 0);
	return done;
}

gboolean
ps_import_add(PsImport *import, const char *id, const char *const *pairs, GError **error)
{
	Row *row = g_new0(Row, 1);

	row->id = clean_text(id);
	row->n_values = import->kind->n_fields;
	row->values = g_new0(char *, row->n_values);
	if (!*row->id || !fill_row(import, row, pairs, error)) {
		if (!*row->id)
			g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
					    _("A row of an import needs an id."));
		row_free(row);
		return FALSE;
	}
	g_ptr_array_add(import->rows, row);
	digest_row(import, row);
	import->count++;
	return import->rows->len < PS_STAGING_BATCH || flush(import, error);
}

/* ---- finishing ---- */

static gboolean
check_none(PsImport *import, const char *sql, const char *parent, const char *sentence,
	   GError **error)
{
	PS_STATEMENT select = ps_store_statement(import->store, sql, error);

	if (!select)
		return FALSE;
	ps_bind_int(select, ":batch", import->batch);
	if (sqlite3_bind_parameter_index(select, ":parent"))
		ps_bind_text(select, ":parent", parent);
	int code = sqlite3_step(select);
	if (code == SQLITE_ROW)
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, sentence, ps_column_text(select, 0));
	else if (code != SQLITE_DONE)
		ps_store_sql_error(import->store, _("importing"), error);
	return code == SQLITE_DONE;
}

/* Ids must be unique among what is shown; rows that this import replaces do not count. */
static gboolean
check_ids(PsImport *import, const char *parent, GError **error)
{
	const char *kind = import->kind->name;
	g_autofree char *twice = g_strdup_printf("SELECT id FROM \"%s_stored\" WHERE import = "
						 ":batch GROUP BY id HAVING count(*) > 1 "
						 "LIMIT 1",
						 kind);
	g_autofree char *taken = g_strdup_printf(
		"SELECT s.id FROM \"%s_stored\" AS s JOIN \"%s\" AS t ON t.id = s.id WHERE "
		"s.import "
		"= :batch AND NOT EXISTS (SELECT 1 FROM import AS i WHERE i.batch = t.import AND "
		"i.parent = :parent) LIMIT 1",
		kind, kind);

	return check_none(import, twice, parent, _("The import has two rows with the id “%s”."),
			  error) &&
	       check_none(import, taken, parent,
			  _("There is a record with the id “%s” already, from another import."),
			  error);
}

static gboolean
check_parents(PsImport *import, const char *parent, GError **error)
{
	const char *field = import->kind->parent_field;

	if (!parent || !field)
		return TRUE;
	g_autofree char *sql =
		g_strdup_printf("SELECT id FROM \"%s_stored\" WHERE import = :batch AND \"%s\" IS "
				"NOT :parent LIMIT 1",
				import->kind->name, field);
	return check_none(import, sql, parent,
			  _("The row “%s” does not belong to what the import replaces."), error);
}

static gboolean
replace_earlier(PsImport *import, PsTxn *txn, const char *parent, GError **error)
{
	PS_STATEMENT update = ps_store_statement(
		import->store,
		"UPDATE import SET state = 'replaced' WHERE kind = :kind AND parent = :parent AND "
		"state = 'done'",
		error);

	if (!update)
		return FALSE;
	ps_bind_text(update, ":kind", import->kind->name);
	ps_bind_text(update, ":parent", parent);
	if (!ps_staging_step(import->store, update, error))
		return FALSE;
	/* its rows are removed below: that can't be undone */
	if (sqlite3_changes(import->store->db) > 0)
		ps_txn_irreversible(txn);
	return TRUE;
}

static gboolean
note_import(PsImport *import, PsTxn *txn, const char *parent, GError **error)
{
	guint8 hash[PS_HASH_BYTES];

	crypto_hash_sha256_final(&import->digest, hash);
	g_autofree char *digest = ps_hex(hash, sizeof hash);
	g_autofree char *count = g_strdup_printf("%" PRId64, import->count);
	g_autofree char *batch = g_strdup_printf("%" PRId64, import->batch);
	g_autofree char *id =
		ps_txn_note(txn, "import", NULL, error, "kind", import->kind->name, "document",
			    import->document, "parent", parent, "count", count, "digest", digest,
			    "state", "done", "batch", batch, NULL);
	return id != NULL;
}

static gboolean
make_visible(PsImport *import, const char *parent, GError **error)
{
	g_autofree char *action = g_strconcat("import.", import->kind->name, NULL);
	g_autoptr(PsTxn) txn = ps_txn_begin(import->store, action, error);

	if (!txn || (parent && !replace_earlier(import, txn, parent, error)) ||
	    !note_import(import, txn, parent, error))
		return FALSE;
	PS_STATEMENT forget =
		ps_store_statement(import->store, "DELETE FROM staging WHERE row = :batch", error);
	if (!forget)
		return FALSE;
	ps_bind_int(forget, ":batch", import->batch);
	return ps_staging_step(import->store, forget, error) && ps_txn_commit(txn, error);
}

gboolean
ps_import_finish(PsImport *import, const char *replaced_parent, gint64 *count, GError **error)
{
	if (!flush(import, error))
		return FALSE;
	if (ps_kind_is_staged(import->kind) && (!check_parents(import, replaced_parent, error) ||
						!check_ids(import, replaced_parent, error) ||
						!make_visible(import, replaced_parent, error)))
		return FALSE;
	import->finished = TRUE;
	if (count)
		*count = import->count;
	/* it is done and shown; what is left over is removed now or by the next import */
	if (ps_kind_is_staged(import->kind))
		ps_staging_clean(import->store, import->kind, NULL);
	return TRUE;
}

void
ps_import_free(PsImport *import)
{
	if (!import)
		return;
	if (!import->finished && import->batch) {
		ps_staging_delete_rows(import->store, import->kind, import->batch, NULL);
		ps_staging_forget(import->store, import->batch, NULL);
	}
	g_ptr_array_unref(import->rows);
	for (gsize i = 0; i < import->kind->n_fields; i++) {
		g_free(import->last_text[i]);
		g_free(import->last_id[i]);
	}
	g_free(import->last_text);
	g_free(import->last_id);
	g_free(import->document);
	g_free(import);
}
