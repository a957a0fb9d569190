#include "config.h"

/* Documents: bytes kept whole in chunks of 1 MiB, named by their SHA-256. A sealed document has a
 * key of its own; its chunks are sealed one by one, each bound to its place. */

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

#define CHUNK_BYTES ((gsize)1024 * 1024)

typedef struct {
	PsTxn *txn;
	const char *id;
	gboolean sealed;
	guint8 key[PS_KEY_BYTES];
	crypto_hash_sha256_state stored; /* over the chunks as stored */
} Adding;

static gboolean
insert_chunk(Adding *adding, gint64 position, const void *data, gsize length, GError **error)
{
	PsStore *store = adding->txn->store;
	PS_STATEMENT insert = ps_store_statement(
		store,
		"INSERT INTO document_chunk (document, position, bytes) VALUES (:document, "
		":position, :bytes)",
		error);

	if (!insert)
		return FALSE;
	ps_bind_text(insert, ":document", adding->id);
	ps_bind_int(insert, ":position", position);
	ps_bind_blob(insert, ":bytes", data, length);
	crypto_hash_sha256_update(&adding->stored, data, length);
	return sqlite3_step(insert) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("storing a document"), error);
}

static gboolean
add_chunk(Adding *adding, gint64 position, const guint8 *data, gsize length, GError **error)
{
	if (!adding->sealed)
		return insert_chunk(adding, position, data, length, error);
	g_autofree char *field = g_strdup_printf("chunk %" PRId64, position);
	g_autoptr(GBytes) sealed =
		ps_seal(adding->key, "document", adding->id, field, data, length);
	return insert_chunk(adding, position, g_bytes_get_data(sealed, NULL),
			    g_bytes_get_size(sealed), error);
}

static gboolean
add_chunks(Adding *adding, GBytes *bytes, GError **error)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);

	for (gsize at = 0; at < length; at += CHUNK_BYTES)
		if (!add_chunk(adding, (gint64)(at / CHUNK_BYTES), data + at,
			       MIN(CHUNK_BYTES, length - at), error))
			return FALSE;
	return TRUE;
}

static gboolean
document_exists(PsStore *store, const char *id, gboolean *exists, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT 1 FROM document WHERE id = :id", error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":id", id);
	int code = sqlite3_step(select);
	*exists = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       ps_store_sql_error(store, _("looking for a document"), error);
}

static gboolean
add_document(Adding *adding, GBytes *bytes, const char *media_type, GError **error)
{
	guint8 hash[PS_HASH_BYTES];

	crypto_hash_sha256_init(&adding->stored);
	if (!add_chunks(adding, bytes, error))
		return FALSE;
	crypto_hash_sha256_final(&adding->stored, hash);
	g_autofree char *stored = ps_hex(hash, sizeof hash);
	g_autofree char *size = g_strdup_printf("%zu", g_bytes_get_size(bytes));
	g_autofree char *id =
		ps_txn_note(adding->txn, "document", adding->id, error, "media_type", media_type,
			    "size", size, "sealed", adding->sealed ? "1" : "0", "stored_sha256",
			    stored, NULL);
	return id != NULL;
}

char *
ps_txn_add_document(PsTxn *txn, GBytes *bytes, const char *media_type, gboolean sealed,
		    GError **error)
{
	g_autofree char *id = ps_sha256_hex(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	Adding adding = {.txn = txn, .id = id, .sealed = sealed};
	gboolean exists;

	if (!document_exists(txn->store, id, &exists, error))
		return NULL;
	if (exists)
		return g_steal_pointer(&id);
	if (sealed &&
	    !ps_record_key(txn->store, ps_kind_any("document"), id, TRUE, adding.key, error))
		return NULL;
	gboolean done = add_document(&adding, bytes, media_type, error);
	sodium_memzero(adding.key, sizeof adding.key);
	if (!done)
		ps_txn_fail(txn);
	return done ? g_steal_pointer(&id) : NULL;
}

/* ---- reading ---- */

static gboolean
read_chunk(GByteArray *out, sqlite3_stmt *row, const char *id, const guint8 *key)
{
	const void *data = sqlite3_column_blob(row, 1);
	gsize length = (gsize)sqlite3_column_bytes(row, 1), plain_length;

	if (!key) {
		g_byte_array_append(out, data, (guint)length);
		return TRUE;
	}
	g_autofree char *field =
		g_strdup_printf("chunk %" PRId64, (gint64)sqlite3_column_int64(row, 0));
	char *plain = ps_unseal(key, "document", id, field, data, length, &plain_length);
	if (!plain)
		return FALSE;
	g_byte_array_append(out, (const guint8 *)plain, (guint)plain_length);
	ps_wipe_free(plain, plain_length);
	return TRUE;
}

static GBytes *
read_chunks(PsStore *store, const char *id, const guint8 *key, GError **error)
{
	GByteArray *out = g_byte_array_new();
	gboolean whole = TRUE;
	int code = SQLITE_DONE;
	PS_STATEMENT rows = ps_store_statement(
		store,
		"SELECT position, bytes FROM document_chunk WHERE document = :document ORDER BY "
		"position",
		error);

	if (rows)
		ps_bind_text(rows, ":document", id);
	while (rows && whole && (code = sqlite3_step(rows)) == SQLITE_ROW)
		whole = read_chunk(out, rows, id, key);
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(out);
	if (!rows)
		return NULL;
	if (code != SQLITE_DONE && code != SQLITE_ROW) {
		ps_store_sql_error(store, _("reading a document"), error);
		return NULL;
	}
	g_autofree char *hash =
		ps_sha256_hex(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	if (whole && g_str_equal(hash, id))
		return g_steal_pointer(&bytes);
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("The document %s is damaged: restore a backup, or file it again."), id);
	return NULL;
}

static GBytes *
read_sealed(PsStore *store, const char *id, GError **error)
{
	guint8 key[PS_KEY_BYTES];
	g_autoptr(GError) reason = NULL;

	if (!ps_record_key(store, ps_kind_any("document"), id, FALSE, key, &reason)) {
		if (g_error_matches(reason, PS_ERROR, PS_ERROR_NOT_FOUND))
			g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
				    _("The document %s was erased."), id);
		else
			g_propagate_error(error, g_steal_pointer(&reason));
		return NULL;
	}
	GBytes *bytes = read_chunks(store, id, key, error);
	sodium_memzero(key, sizeof key);
	return bytes;
}

GBytes *
ps_store_document(PsStore *store, const char *sha256, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT sealed FROM document WHERE id = :id", error);

	if (!select)
		return NULL;
	ps_bind_text(select, ":id", sha256);
	int code = sqlite3_step(select);
	if (code == SQLITE_ROW)
		return sqlite3_column_int(select, 0) ? read_sealed(store, sha256, error)
						     : read_chunks(store, sha256, NULL, error);
	if (code == SQLITE_DONE)
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no document %s."),
			    sha256);
	else
		ps_store_sql_error(store, _("reading a document"), error);
	return NULL;
}
