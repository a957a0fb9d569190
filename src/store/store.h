#ifndef PS_STORE_STORE_H
#define PS_STORE_STORE_H

/* The workspace: one directory with the database (psirtdesk.db), its settings (config.ini) and
 * what else belongs to it (provider/, mail/ of the demo).
 *
 * Invariants
 * - Every change of a record is captured by triggers in the same transaction, in an append-only,
 *   hash-chained log (doc/log-format.txt); a transaction has one action id and one person.
 * - A committed transaction is durable (synchronous=FULL).
 * - Sealed fields are readable only while the store is unlocked; a locked read gives NULL and
 *   ps_record_is_sealed() TRUE, a locked write of a sealed field is PS_ERROR_LOCKED.
 * - A PsStore is used from one thread (it is one SQLite connection). Other threads open their own
 *   with ps_store_clone(), which shares the unlocked key. Edits of the workstation go through
 *   PsWriter. */

#include <glib.h>
#include <sqlite3.h>

#include "store/kind.h"

typedef struct PsStore PsStore;
typedef struct PsTxn PsTxn;
typedef struct PsRecord PsRecord;

/* How the workspace key is wrapped and unwrapped: OpenPGP, through the mail worker. Both calls may
 * run on any thread but not at once. Set by main before a store is opened; see
 * openpgp/openpgp.h:ps_openpgp_key_ops(). */
typedef struct {
	GBytes *(*wrap)(void *user, GBytes *secret, const char *const *fingerprints,
			GError **error);
	GBytes *(*unwrap)(void *user, GBytes *wrapped,
			  GError **error); /* result in locked memory where possible */
	GBytes *(*sign)(void *user, GBytes *data, const char *fingerprint,
			GError **error); /* detached, armoured */
	/* Checks a detached signature; gives the signer's fingerprint. May be NULL: then
	 * checkpoints are compared with the chain only, and verifying says so. */
	gboolean (*verify)(void *user, GBytes *data, GBytes *signature, char **fingerprint,
			   GError **error);
	void *user;
} PsKeyOps;

typedef enum {
	PS_STORE_READONLY = 1 << 0,
} PsStoreOpenFlags;

/* ---- life ---- */

/* Makes a workspace in `dir` (made when absent; must hold no workspace yet). `fingerprints` are the
 * OpenPGP keys that the workspace key is wrapped for (at least one). `group`: NULL or a group that
 * shares it (2770/0660). The new store is open and unlocked. */
PsStore *ps_store_create(const char *dir, const char *const *fingerprints, const char *group,
			 const PsKeyOps *ops, GError **error);
PsStore *ps_store_open(const char *dir, PsStoreOpenFlags flags, const PsKeyOps *ops,
		       GError **error);
PsStore *ps_store_clone(PsStore *store, GError **error);
void ps_store_close(PsStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsStore, ps_store_close)

const char *ps_store_dir(const PsStore *store);
const char *ps_store_desk(const PsStore *store); /* id of this desk */
gboolean ps_store_is_readonly(const PsStore *store);
sqlite3 *ps_store_db(PsStore *store);
/* A cached prepared statement for a constant SQL text: reset and with cleared bindings. Owned by
 * the store; do not finalize. NULL and `error` when it can't be prepared. While its rows are read,
 * the same text must not be asked for again (it is the same statement). */
sqlite3_stmt *ps_store_statement(PsStore *store, const char *sql, GError **error);
/* A statement that was stepped and not reset holds on to its snapshot of the database. Declared
 * with PS_STATEMENT it is reset when it goes out of scope:
 *   PS_STATEMENT rows = ps_store_statement(store, "SELECT …", error); */
void ps_statement_done(sqlite3_stmt **statement);
#define PS_STATEMENT __attribute__((cleanup(ps_statement_done))) sqlite3_stmt *
/* Turns the connection's last SQLite error into a sentence. Always returns FALSE. */
gboolean ps_store_sql_error(PsStore *store, const char *doing, GError **error);
/* Changes when another connection committed; polled once a second by the workstation. */
guint32 ps_store_data_version(PsStore *store);

/* ---- confidence ---- */
gboolean ps_store_unlock(PsStore *store,
			 GError **error); /* one OpenPGP decryption; nothing when open already */
void ps_store_lock(PsStore *store);       /* wipes every key from memory */
gboolean ps_store_is_unlocked(const PsStore *store);
/* Fingerprints of the OpenPGP keys that open the workspace; free with g_strfreev(). */
char **ps_store_recipients(PsStore *store, GError **error);
/* From now on exactly these open it, one of them here (else PS_ERROR_REFUSED). The key of the
 * workspace itself stays: who was among them and kept a copy can still open that copy. */
gboolean ps_store_set_recipients(PsStore *store, const char *const *fingerprints, GError **error);
/* Who acts: id of a person record; NULL before there is one. Taken from config user.person, else
 * the person whose account is the OS user. */
const char *ps_store_person(PsStore *store);
void ps_store_set_person(PsStore *store, const char *person_id);

/* ---- settings (config.ini) ---- */
char *ps_store_config(PsStore *store,
		      const char *key); /* "mail.maildir"; default from the table; NULL unset */
gboolean ps_store_set_config(PsStore *store, const char *key, const char *value, GError **error);
typedef struct {
	const char *key, *fallback, *help; /* help: N_() one sentence */
	const char *takes;                 /* words parted by blanks, PS_DURATIONS, NULL: any */
} PsSetting;
#define PS_DURATIONS "DURATION"
const PsSetting *ps_settings(gsize *count); /* every key that exists, sorted */
/* May a person set it so? "" (the default) always. What uses a setting judges it all the same: the
 * file may be edited by hand. PS_ERROR_INPUT. */
gboolean ps_setting_takes(const char *key, const char *value, GError **error);

/* ---- records ---- */
const PsKind *ps_record_kind(const PsRecord *record);
const char *ps_record_id(const PsRecord *record);
const char *ps_record_number(const PsRecord *record); /* NULL where the kind has none */
const char *ps_record_name(const PsRecord *record);   /* number, else id */
/* Outside form (RFC 3339, yes/no, decimal); NULL when absent or sealed. Owned by the record. */
const char *ps_record_text(const PsRecord *record, const char *field);
gint64 ps_record_time(const PsRecord *record, const char *field); /* PS_NO_TIME when absent */
gint64 ps_record_integer(const PsRecord *record, const char *field, gint64 fallback);
gboolean ps_record_flag(const PsRecord *record, const char *field);
gboolean ps_record_is_sealed(const PsRecord *record, const char *field); /* there, but locked */
void ps_record_free(PsRecord *record);                                   /* wipes unsealed text */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsRecord, ps_record_free)

/* ID = short number, UUID, or a unique prefix of 8 characters or more. Gives the UUID. */
char *ps_store_resolve(PsStore *store, const char *kind, const char *id, GError **error);
/* The same without knowing the kind: gives it, and the UUID. */
const PsKind *ps_store_find(PsStore *store, const char *id, char **uuid, GError **error);
/* `id` as ps_store_resolve() takes it. */
PsRecord *ps_store_get(PsStore *store, const char *kind, const char *id, GError **error);

typedef struct {
	const char *kind;
	/* Every word must be in some text field (sealed ones too when unlocked), whatever its case;
	 * of components, parts and mail: at the beginning of a word of name, purl, subject … */
	const char *words;
	/* NULL-terminated pairs: field (or "id", "number"), value in outside form; an empty value:
	 * the field is absent. All must fit. */
	const char *const *filters;
	/* Field or "number"; NULL: newest first. Choices in the order of the kinds table; what is
	 * absent comes last. */
	const char *order_by;
	gboolean descending;
	gint64 limit, offset; /* limit 0: all */
} PsQuery;
/* PsRecord* array, owned by the caller (g_ptr_array with free function). */
GPtrArray *ps_store_list(PsStore *store, const PsQuery *query, GError **error);
gint64 ps_store_count(PsStore *store, const PsQuery *query, GError **error); /* -1 on error */
/* Records of every kind that the words fit, kind by kind in the order of the kinds table, newest
 * first, at most `limit` of a kind (0: all). What this person can't read is not found. */
GPtrArray *ps_store_search(PsStore *store, const char *words, gint64 limit, GError **error);
/* Children: records of `kind` whose parent field is `parent_id`, oldest first. */
GPtrArray *ps_store_children(PsStore *store, const char *kind, const char *parent_id,
			     GError **error);

/* ---- changes ---- */

/* BEGIN IMMEDIATE; one transaction per action. `action`: an action or command id ("case.open").
 * Uncommitted transactions are rolled back when freed. */
PsTxn *ps_txn_begin(PsStore *store, const char *action, GError **error);
gboolean ps_txn_commit(PsTxn *txn, GError **error); /* afterwards only ps_txn_free() */
void ps_txn_free(PsTxn *txn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsTxn, ps_txn_free)
PsStore *ps_txn_store(PsTxn *txn);

/* `pairs`: NULL-terminated field, value in outside form; a NULL or empty value is skipped. Checks
 * type, choices, references and required fields. Gives the new id. */
char *ps_txn_new(PsTxn *txn, const char *kind, const char *const *pairs, GError **error);
char *ps_txn_newv(PsTxn *txn, const char *kind, GError **error, ...) G_GNUC_NULL_TERMINATED;
/* value NULL or "" clears. `seen`: the value that the editor saw (outside form, "" for absent);
 * PS_ANY: no check. A difference is PS_ERROR_CONFLICT and names both values. */
#define PS_ANY ((const char *)1)
gboolean ps_txn_set(PsTxn *txn, const char *kind, const char *id, const char *field,
		    const char *value, const char *seen, GError **error);
gboolean ps_txn_delete(PsTxn *txn, const char *kind, const char *id, GError **error);

/* Short forms: one transaction around one change. */
char *ps_store_new(PsStore *store, const char *action, const char *kind, const char *const *pairs,
		   GError **error);
gboolean ps_store_set(PsStore *store, const char *action, const char *kind, const char *id,
		      const char *field, const char *value, const char *seen, GError **error);

/* My last transaction that is not undone yet, undone in a new one. Refused when somebody touched it
 * since, or when it was sent, published or filed (its action is irreversible). `what`: the action
 * id that was undone, new string. */
gboolean ps_store_undo(PsStore *store, char **what, GError **error);
/* Marks the current transaction as not to be undone, nor anything of the record before it. */
void ps_txn_irreversible(PsTxn *txn);

/* ---- writer thread (workstation) ----
 *
 * A thread with a connection of its own runs `func` of one submission after the other; `func` makes
 * its own transactions. */
typedef struct PsWriter PsWriter;
typedef gboolean (*PsWriteFunc)(PsStore *store, gpointer data, GError **error);
/* error NULL: `func` gave TRUE. Runs in the thread-default main context of ps_writer_new(). */
typedef void (*PsWriteDone)(gpointer data, const GError *error);
PsWriter *ps_writer_new(PsStore *store, GError **error);
void ps_writer_submit(PsWriter *writer, PsWriteFunc func, PsWriteDone done, gpointer data,
		      GDestroyNotify free_data);
void ps_writer_free(PsWriter *writer); /* finishes what is queued */

/* ---- documents: bytes kept whole, named by their SHA-256 ---- */

/* Gives the hex SHA-256. What is there already stays as it is, sealed or not. */
char *ps_txn_add_document(PsTxn *txn, GBytes *bytes, const char *media_type, gboolean sealed,
			  GError **error);
/* The bytes, checked against their hash. NOT_FOUND also when it was erased. */
GBytes *ps_store_document(PsStore *store, const char *sha256, GError **error);

/* ---- bulk import: staged in batches, made visible in one short transaction ----
 *
 * For components and parts: the document comes first (ps_txn_add_document()); readers see nothing
 * of the rows until ps_import_finish(). For a list (mail) there is no document and nothing to
 * finish: rows are put in place as they come, and fields that are not named keep their values. No
 * transaction may be open on the store meanwhile. */
typedef struct PsImport PsImport;
PsImport *ps_import_begin(PsStore *store, const char *kind, const char *document_sha256,
			  GError **error);
/* As ps_txn_new() but into the staging area. `id`: deterministic and unique among the rows that are
 * shown, so that reading a document again gives the same rows; one document imported for two
 * releases needs the release in it. Line breaks and invalid UTF-8 in texts are replaced, not
 * refused. */
gboolean ps_import_add(PsImport *import, const char *id, const char *const *pairs, GError **error);
/* Rows of the same parent from an earlier import are replaced (NULL: nothing is). */
gboolean ps_import_finish(PsImport *import, const char *replaced_parent, gint64 *count,
			  GError **error);
void ps_import_free(PsImport *import); /* unfinished: staged rows are removed */

/* ---- proof and safety ---- */
typedef void (*PsFinding)(gpointer user,
			  const char *sentence); /* one thing that verify found wrong */
/* Chain, commitments, checkpoints, trigger texts against the generator, replay against the tables.
 * Returns the number of findings, -1 when it could not be done. */
int ps_store_verify(PsStore *store, PsFinding found, gpointer user, GError **error);
/* Names every gap that was made on purpose: what was erased, when, by whom and why. Returns their
 * number, -1 when it could not be done. They are no findings. */
int ps_store_erasures(PsStore *store, PsFinding named, gpointer user, GError **error);
/* Signs the head of this desk's chain with the key of the person, else provider.signing_key. */
gboolean ps_store_checkpoint(PsStore *store, GError **error);
/* One file with the database, config.ini and the provider tree below the workspace. */
gboolean ps_store_backup(PsStore *store, const char *file, GError **error);
gboolean ps_store_restore(PsStore *store, const char *file,
			  GError **error); /* starts a new epoch */
/* Restore where the workspace's own database may be damaged or absent: it is kept beside the
 * restored one as psirtdesk.db.damaged. With a workspace that opens: as ps_store_restore(). */
gboolean ps_store_recover(const char *dir, const char *file, const PsKeyOps *ops, GError **error);
/* Erases a field (or the whole record's sealed text: field NULL) everywhere in the log; the chain
 * still verifies and names the gap. Works on deleted records too (full id), and on kind "document"
 * (id: its SHA-256) when it was sealed. */
gboolean ps_store_erase(PsStore *store, const char *kind, const char *id, const char *field,
			const char *reason, GError **error);

typedef struct {
	gint64 sequence, at;   /* at: UTC ms */
	const char *operation; /* "insert", "update" or "delete" */
	const char *transaction, *action, *person, *kind, *record,
		*field; /* field NULL: whole row */
	/* Outside form; NULL absent, sealed or erased. Of a whole row: "field=value" a line. */
	const char *old_text, *new_text;
	const char *state; /* NULL, "sealed" or "erased" */
} PsLogEntry;
typedef gboolean (*PsLogFunc)(gpointer user, const PsLogEntry *entry); /* FALSE stops */
/* Newest first; record NULL: all; limit 0: all. */
gboolean ps_store_log(PsStore *store, const char *record_id, gint64 limit, PsLogFunc func,
		      gpointer user, GError **error);

#endif
