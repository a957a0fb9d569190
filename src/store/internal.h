#ifndef PS_STORE_INTERNAL_H
#define PS_STORE_INTERNAL_H

/* What the files of this room share and nobody else sees. */

#include <glib.h>
#include <sodium.h>
#include <sqlite3.h>

#include "store/store.h"

#define PS_DB_NAME "psirtdesk.db"
#define PS_CONFIG_NAME "config.ini"
#define PS_HASH_BYTES 32
#define PS_SALT_BYTES 16
#define PS_KEY_BYTES 32

typedef struct PsVault PsVault;
struct PsTextIndex;

/* Where our own chain ends, as the open transaction sees it. */
typedef struct {
	gint64 position; /* last row of the log, of any desk */
	gint64 sequence; /* of our last entry in this epoch */
	gint64 clock;    /* of our last entry */
	char hash[2 * PS_HASH_BYTES + 1];
} PsLogHead;

/* The moment of the newest id; zero at first. */
typedef struct {
	guint64 ms;
	guint counter;
} PsIdClock;

struct PsStore {
	sqlite3 *db;
	char *dir, *file;
	char *workspace, *desk;
	gint64 epoch;
	gboolean readonly;
	PsKeyOps ops; /* all NULL when none were given */
	PsVault *vault;
	char *person;
	GHashTable *statements; /* SQL text -> sqlite3_stmt */
	PsIdClock ids;
	PsTxn *txn;       /* the open one, or NULL */
	PsLogHead head;   /* valid while txn is set */
	gboolean logging; /* inside ps_log(): the log may grow */
	gboolean erasing; /* inside an erasure: values may leave the log */
	gboolean staging; /* inside a bulk batch: imported rows come and go unlogged */
	GKeyFile *config;
	gint64 config_stamp; /* modification time of what `config` was read from, ns */
};

struct PsTxn {
	PsStore *store;
	char *id, *action;
	char *person; /* NULL before there is one */
	gint64 clock; /* hybrid logical clock: 48 bits of ms, 16 bits of counter */
	gboolean pinned, open, failed, irreversible;
};

/* ---- kinds (kind.c, kind-internal.c) ---- */

/* Kinds that the store keeps for itself (desk, epoch, document, …): logged like all others, not
 * offered to people. */
const PsKind *ps_kinds_internal(gsize *count);
/* Of both tables; NULL when unknown. */
const PsKind *ps_kind_any(const char *name);
/* As ps_kind_find(), with an error that lists the kinds. */
const PsKind *ps_kind_need(const char *name, GError **error);
const PsField *ps_kind_need_field(const PsKind *kind, const char *name, int *index, GError **error);
gboolean ps_kind_has_sealed(const PsKind *kind);
/* Staged bulk rows live in NAME_stored, and NAME is a view of those that are visible. */
gboolean ps_kind_is_staged(const PsKind *kind);
char *ps_kind_storage(const PsKind *kind);
gboolean ps_field_is_number(const PsField *field); /* INTEGER in SQL */
gboolean ps_field_is_text(const PsField *field);   /* searched for words */

/* ---- schema (schema.c) ---- */

typedef struct {
	const char *type; /* "table" … as in sqlite_schema */
	char *name, *sql;
} PsSchemaObject;

/* Every object that the database must have, in the order of making; free with
 * g_ptr_array_unref(). */
GPtrArray *ps_schema_objects(void);
/* Does the kind have a full-text index on disk (NAME_words)? */
gboolean ps_schema_has_words(const PsKind *kind);
/* Hex SHA-256 over their texts. */
char *ps_schema_fingerprint(GPtrArray *objects);
/* Makes everything in an empty database. */
gboolean ps_schema_create(PsStore *store, GError **error);
/* Brings an older database up to this program; refuses a newer one with PS_ERROR_VERSION. `renew`:
 * makes views, indexes and triggers anew in any case, whatever a file from elsewhere has in their
 * place. */
gboolean ps_schema_upgrade(PsStore *store, gboolean renew, GError **error);

/* ---- connection (store.c, connection.c) ---- */

gboolean ps_db_exec(PsStore *store, const char *sql, const char *doing, GError **error);
/* Carries all of the WAL over, so that the file alone is the whole database. */
gboolean ps_db_settle(PsStore *store, GError **error);
gboolean ps_db_integer(PsStore *store, const char *sql, gint64 *value, GError **error);
/* The sentence for an SQLite result code; `detail`: sqlite3_errmsg(). Always FALSE. */
gboolean ps_sql_error(const char *file, int code, const char *detail, const char *doing,
		      GError **error);
/* Why nothing can be changed in a store that was opened for reading. Always FALSE. */
gboolean ps_readonly_error(PsStore *store, GError **error);
/* Opens `file` as a workspace database without looking into it. */
sqlite3 *ps_connection_open(const char *file, gboolean *readonly, GError **error);
/* Starts an epoch in the open transaction; `file` is where the database will live. */
gboolean ps_epoch_start(PsTxn *txn, const char *file, const char *reason, GError **error);
gboolean ps_functions_register(PsStore *store, GError **error);
/* Opens the database file of a workspace; `file` may be another than DIR/psirtdesk.db. */
PsStore *ps_store_open_file(const char *dir, const char *file, PsStoreOpenFlags flags,
			    const PsKeyOps *ops, GError **error);
/* The same without looking at versions, places or who it is. */
PsStore *ps_store_open_raw(const char *dir, const char *file, const PsKeyOps *ops, GError **error);
gboolean ps_store_read_identity(PsStore *store, GError **error);
/* Text column of the running row, NULL for NULL; lent as SQLite lends it. */
const char *ps_column_text(sqlite3_stmt *statement, int column);
void ps_bind_text(sqlite3_stmt *statement, const char *name, const char *text);
void ps_bind_int(sqlite3_stmt *statement, const char *name, gint64 value);
void ps_bind_blob(sqlite3_stmt *statement, const char *name, const void *data, gsize length);

char *ps_uuid7(PsIdClock *last);                 /* sorts after all that `last` gave */
char *ps_hex(const guint8 *bytes, gsize length); /* new string */
char *ps_sha256_hex(const void *data, gsize length);

/* ---- keys and sealed values (vault.c, seal.c) ---- */

PsVault *ps_vault_new(void);
PsVault *ps_vault_ref(PsVault *vault);
void ps_vault_unref(PsVault *vault);
gboolean ps_vault_is_open(PsVault *vault);
void ps_vault_set(PsVault *vault, const guint8 key[PS_KEY_BYTES]);
void ps_vault_wipe(PsVault *vault);
struct PsTextIndex *ps_vault_index(PsVault *vault);
/* Wrap and unwrap a record's key under the workspace key. FALSE: locked, or not made with it. */
gboolean ps_vault_wrap(PsVault *vault, const char *kind, const char *record,
		       const guint8 key[PS_KEY_BYTES], GByteArray *wrapped);
gboolean ps_vault_unwrap(PsVault *vault, const char *kind, const char *record,
			 const guint8 *wrapped, gsize length, guint8 key[PS_KEY_BYTES]);

/* New workspace key, wrapped for `fingerprints`; the vault is open afterwards. */
gboolean ps_keys_create(PsStore *store, const char *const *fingerprints, GError **error);
/* The record's key; made when `create` and absent. */
gboolean ps_record_key(PsStore *store, const PsKind *kind, const char *record, gboolean create,
		       guint8 key[PS_KEY_BYTES], GError **error);
/* Bytes sealed under a record's key; the associated data binds them to their place. */
GBytes *ps_seal(const guint8 key[PS_KEY_BYTES], const char *kind, const char *record,
		const char *field, const void *data, gsize length);
/* NUL-terminated behind its end; free with ps_wipe_free(). NULL when it does not open. */
char *ps_unseal(const guint8 key[PS_KEY_BYTES], const char *kind, const char *record,
		const char *field, const void *sealed, gsize length, gsize *out_length);
/* The same with the key still wrapped, as a row of record_key has it. */
char *ps_unseal_wrapped(PsStore *store, const char *kind, const char *record, const char *field,
			const void *wrapped, gsize wrapped_length, const void *sealed, gsize length,
			gsize *out_length);
void ps_wipe_free(char *text, gsize length);
gboolean ps_locked_error(GError **error);

/* ---- records (record.c) ---- */

/* SELECT list and FROM of a kind's records, as ps_record_from_row() reads them. Static per kind
 * while the program runs. */
char *ps_record_select(const PsKind *kind);
PsRecord *ps_record_from_row(PsStore *store, const PsKind *kind, sqlite3_stmt *row);
/* The full id of a record of `kind`; error NOT_FOUND. */
char *ps_resolve_kind(PsStore *store, const PsKind *kind, const char *id, GError **error);
PsRecord *ps_get_kind(PsStore *store, const PsKind *kind, const char *uuid, GError **error);
/* SQL expression of a field's outside text, unsealed where needed, for table alias t. */
char *ps_field_expression(const PsKind *kind, const PsField *field);

/* ---- words (search.c) ---- */

/* Case-folded words of a text. */
char **ps_search_words(const char *text);
gboolean ps_search_fits(char **words, const char *text);
/* The words as an FTS5 question: each in quotes, as the beginning of a word. NULL when none of them
 * has a letter or digit. */
char *ps_search_match(const char *text);
/* SQL condition for the words bound as ?`index`, and what to bind there (new string). */
char *ps_search_condition(PsStore *store, const PsKind *kind, const char *words, guint index,
			  char **bound, GError **error);

/* ---- log (log.c) ---- */

#define PS_LOG_FORMAT 1

/* What an entry's hash covers besides its values; all lent. */
typedef struct {
	int format;
	const char *previous, *desk;
	gint64 epoch, sequence;
	const char *transaction, *action, *person;
	gint64 clock;
	gboolean pinned;
	const char *operation, *kind, *record;
} PsLogHeader;

gboolean ps_log_load_head(PsStore *store, GError **error);
/* The canonical text of an entry: header, then its values in ascending order of their fields. */
void ps_log_append_header(GString *text, const PsLogHeader *header);
void ps_log_append_value(GString *text, const char *field, const char *old_commitment,
			 const char *new_commitment);
/* Hex SHA-256 of salt, type letter and bytes of a value that is not NULL; new string. */
char *ps_log_commitment(const guint8 salt[PS_SALT_BYTES], sqlite3_value *value);
void ps_log_function(sqlite3_context *context, int argc, sqlite3_value **argv);

/* Two values that are not NULL. */
gboolean ps_same_value(sqlite3_value *a, sqlite3_value *b);
/* One side of a logged value for people: its outside form, or NULL with *state "sealed", "erased"
 * or (absent) NULL. `wrapped`: the record's key as stored, NULL when it is gone. */
char *ps_log_value_text(PsStore *store, const char *kind, const char *record, const char *field,
			sqlite3_value *value, gboolean committed, GBytes *wrapped,
			const char **state);

/* ---- transactions (txn.c) ---- */

/* Inserts a record of any kind with stored values (an array as kind->fields, NULL absent). */
gboolean ps_txn_insert(PsTxn *txn, const PsKind *kind, const char *id, const char *number,
		       char **values, GError **error);
/* As ps_txn_new() for the store's own kinds; `id` NULL: a new one. Gives the id. */
char *ps_txn_note(PsTxn *txn, const char *kind, const char *id, GError **error,
		  ...) G_GNUC_NULL_TERMINATED;
/* Marks the transaction as failed: it can only be rolled back. Always FALSE. */
gboolean ps_txn_fail(PsTxn *txn);
/* Binds a field's stored text as its SQL type; FALSE when SQLite does not take it. */
gboolean ps_bind_stored(sqlite3_stmt *statement, int index, const PsField *field,
			const char *stored);
/* Refuses what others refer to; lists let go of it. */
gboolean ps_txn_check_references(PsTxn *txn, const PsRecord *record, GError **error);
gboolean ps_txn_remove(PsTxn *txn, const PsKind *kind, const char *id, GError **error);
/* The number that follows `last` in the blocks of the desk at `place`; 0: none is left. */
gint64 ps_number_after(gint64 place, gint64 last);
/* PREFIX-YEAR-NNNN, the next one of this desk's block. */
char *ps_number_next(PsTxn *txn, const PsKind *kind, GError **error);

/* ---- proof and safety ---- */

GBytes *ps_checkpoint_text(const char *workspace, const char *desk, gint64 epoch, gint64 sequence,
			   const char *hash, gint64 clock);
/* Erases in the open transaction and notes it; `record` is a full id. */
gboolean ps_erasure_apply(PsTxn *txn, const char *kind, const char *record, const char *field,
			  const char *reason, GError **error);

#endif
