#include "config.h"

/* Writing the change log. The triggers call ps_log(); it appends one entry and its values, chained
 * to our last entry. The canonical form is specified in doc/log-format.txt: change both or none. */

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

#define MAX_FIELDS 48 /* an SQL function takes 100 arguments */

/* ---- head ---- */

gboolean
ps_log_load_head(PsStore *store, GError **error)
{
	PsLogHead *head = &store->head;
	PS_STATEMENT last = ps_store_statement(
		store,
		"SELECT epoch, sequence, clock, hash FROM log WHERE desk = :desk "
		"ORDER BY epoch DESC, sequence DESC LIMIT 1",
		error);

	/* another connection may have restored a backup since */
	if (!last ||
	    !ps_db_integer(store, "SELECT max(position) FROM log", &head->position, error) ||
	    !ps_db_integer(store, "SELECT epoch FROM workspace", &store->epoch, error))
		return FALSE;
	ps_bind_text(last, ":desk", store->desk);
	int code = sqlite3_step(last);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return ps_store_sql_error(store, _("reading the end of the log"), error);
	head->sequence = head->clock = 0;
	memset(head->hash, '0', 2 * PS_HASH_BYTES);
	if (code == SQLITE_DONE)
		return TRUE;
	if (sqlite3_column_int64(last, 0) == store->epoch)
		head->sequence = sqlite3_column_int64(last, 1);
	head->clock = sqlite3_column_int64(last, 2);
	g_strlcpy(head->hash, ps_column_text(last, 3), sizeof head->hash);
	return TRUE;
}

/* ---- commitments ---- */

char *
ps_log_commitment(const guint8 salt[PS_SALT_BYTES], sqlite3_value *value)
{
	crypto_hash_sha256_state state;
	guint8 hash[PS_HASH_BYTES];
	/* the tables are STRICT and have no other types */
	static const char letters[] = {
		[SQLITE_INTEGER] = 'I', [SQLITE_TEXT] = 'T', [SQLITE_BLOB] = 'B'};
	const guint8 letter = (guint8)letters[sqlite3_value_type(value)];

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, salt, PS_SALT_BYTES);
	crypto_hash_sha256_update(&state, &letter, 1);
	if (letter == 'I') {
		char digits[24];
		int length = g_snprintf(digits, sizeof digits, "%" PRId64,
					(gint64)sqlite3_value_int64(value));
		crypto_hash_sha256_update(&state, (const guint8 *)digits, (guint64)length);
	} else {
		const void *bytes = sqlite3_value_blob(value);
		crypto_hash_sha256_update(&state, bytes, (guint64)sqlite3_value_bytes(value));
	}
	crypto_hash_sha256_final(&state, hash);
	return ps_hex(hash, sizeof hash);
}

/* ---- one entry ---- */

typedef struct {
	PsStore *store;
	sqlite3_context *context;
	const char *operation, *kind, *record;
	GString *text; /* canonical form */
	gint64 position;
	gboolean any; /* an update that changed something */
} Entry;

static gboolean
entry_failed(Entry *entry)
{
	sqlite3_result_error(entry->context, sqlite3_errmsg(entry->store->db), -1);
	sqlite3_result_error_code(entry->context, sqlite3_extended_errcode(entry->store->db));
	return FALSE;
}

static gboolean
bind_side(sqlite3_stmt *insert, int index, sqlite3_value *value, const guint8 *salt,
	  const char *commitment)
{
	return !commitment || (sqlite3_bind_value(insert, index, value) == SQLITE_OK &&
			       sqlite3_bind_blob(insert, index + 1, salt, PS_SALT_BYTES,
						 SQLITE_TRANSIENT) == SQLITE_OK &&
			       sqlite3_bind_text(insert, index + 2, commitment, -1,
						 SQLITE_TRANSIENT) == SQLITE_OK);
}

static gboolean
is_absent(sqlite3_value *value)
{
	return !value || sqlite3_value_type(value) == SQLITE_NULL;
}

gboolean
ps_same_value(sqlite3_value *a, sqlite3_value *b)
{
	if (sqlite3_value_type(a) != sqlite3_value_type(b))
		return FALSE;
	if (sqlite3_value_type(a) == SQLITE_INTEGER)
		return sqlite3_value_int64(a) == sqlite3_value_int64(b);
	const void *bytes_a = sqlite3_value_blob(a), *bytes_b = sqlite3_value_blob(b);
	int length = sqlite3_value_bytes(a);
	return length == sqlite3_value_bytes(b) &&
	       (length == 0 || memcmp(bytes_a, bytes_b, (gsize)length) == 0);
}

/* Columns: position, field, old, its salt and commitment, new, its salt and commitment. */
static const char insert_value[] = "INSERT INTO log_value VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

static gboolean
add_value(Entry *entry, const char *field, sqlite3_value *old, sqlite3_value *new)
{
	guint8 salts[2][PS_SALT_BYTES];

	if (is_absent(old) && is_absent(new))
		return TRUE;
	if (old && new != NULL && ps_same_value(old, new))
		return TRUE;
	sqlite3_stmt *insert = ps_store_statement(entry->store, insert_value, NULL);
	if (!insert)
		return entry_failed(entry);
	randombytes_buf(salts, sizeof salts);
	g_autofree char *old_commitment = is_absent(old) ? NULL : ps_log_commitment(salts[0], old);
	g_autofree char *new_commitment = is_absent(new) ? NULL : ps_log_commitment(salts[1], new);
	sqlite3_bind_int64(insert, 1, entry->position);
	if (sqlite3_bind_text(insert, 2, field, -1, SQLITE_TRANSIENT) != SQLITE_OK ||
	    !bind_side(insert, 3, old, salts[0], old_commitment) ||
	    !bind_side(insert, 6, new, salts[1], new_commitment) ||
	    sqlite3_step(insert) != SQLITE_DONE)
		return entry_failed(entry);
	sqlite3_reset(insert);
	ps_log_append_value(entry->text, field, old_commitment, new_commitment);
	entry->any = TRUE;
	return TRUE;
}

void
ps_log_append_value(GString *text, const char *field, const char *old_commitment,
		    const char *new_commitment)
{
	g_string_append_printf(text, "value %s %s %s\n", field,
			       old_commitment ? old_commitment : "-",
			       new_commitment ? new_commitment : "-");
}

void
ps_log_append_header(GString *text, const PsLogHeader *h)
{
	g_string_append_printf(text,
			       "psirtdesk log entry %d\n"
			       "previous %s\n"
			       "desk %s\n"
			       "epoch %" PRId64 "\n"
			       "sequence %" PRId64 "\n"
			       "transaction %s\n"
			       "action %s\n"
			       "person %s\n"
			       "clock %" PRId64 "\n"
			       "pinned %d\n"
			       "operation %s\n"
			       "kind %s\n"
			       "record %s\n",
			       h->format, h->previous, h->desk, h->epoch, h->sequence,
			       h->transaction, h->action, h->person ? h->person : "-", h->clock,
			       h->pinned ? 1 : 0, h->operation, h->kind, h->record);
}

static PsLogHeader
header_of(const Entry *entry)
{
	const PsStore *store = entry->store;
	const PsTxn *txn = store->txn;

	return (PsLogHeader){
		.format = PS_LOG_FORMAT,
		.previous = store->head.hash,
		.desk = store->desk,
		.epoch = store->epoch,
		.sequence = store->head.sequence + 1,
		.transaction = txn->id,
		.action = txn->action,
		.person = txn->person,
		.clock = txn->clock,
		.pinned = txn->pinned,
		.operation = entry->operation,
		.kind = entry->kind,
		.record = entry->record,
	};
}

static const char insert_entry[] =
	"INSERT INTO log (position, format, desk, epoch, sequence, \"transaction\", action, "
	"person, "
	"clock, pinned, operation, kind, record, hash) VALUES (:position, :format, :desk, :epoch, "
	":sequence, :transaction, :action, :person, :clock, :pinned, :operation, :kind, :record, "
	":hash)";

static gboolean
insert_header(Entry *entry, const PsLogHeader *h, const char *hash)
{
	sqlite3_stmt *insert = ps_store_statement(entry->store, insert_entry, NULL);

	if (!insert)
		return entry_failed(entry);
	ps_bind_int(insert, ":position", entry->position);
	ps_bind_int(insert, ":format", h->format);
	ps_bind_text(insert, ":desk", h->desk);
	ps_bind_int(insert, ":epoch", h->epoch);
	ps_bind_int(insert, ":sequence", h->sequence);
	ps_bind_text(insert, ":transaction", h->transaction);
	ps_bind_text(insert, ":action", h->action);
	ps_bind_text(insert, ":person", h->person);
	ps_bind_int(insert, ":clock", h->clock);
	ps_bind_int(insert, ":pinned", h->pinned);
	ps_bind_text(insert, ":operation", h->operation);
	ps_bind_text(insert, ":kind", h->kind);
	ps_bind_text(insert, ":record", h->record);
	ps_bind_text(insert, ":hash", hash);
	if (sqlite3_step(insert) != SQLITE_DONE)
		return entry_failed(entry);
	sqlite3_reset(insert);
	return TRUE;
}

/* Old values come first, then new ones, each in the order of `names`. */
static gboolean
add_values(Entry *entry, char **names, int argc, sqlite3_value **argv)
{
	guint count = g_strv_length(names);
	gboolean is_update = g_str_equal(entry->operation, "update");
	gboolean is_insert = g_str_equal(entry->operation, "insert");

	if (count > MAX_FIELDS || argc != (int)(is_update ? 2 * count : count)) {
		sqlite3_result_error(entry->context, "the log was called with other fields", -1);
		return FALSE;
	}
	for (guint i = 0; i < count; i++) {
		sqlite3_value *old = is_insert ? NULL : argv[i];
		sqlite3_value *new = is_update ? argv[count + i] : is_insert ? argv[i] : NULL;
		if (!add_value(entry, names[i], old, new))
			return FALSE;
	}
	return TRUE;
}

static gboolean
append_entry(Entry *entry, char **names, int argc, sqlite3_value **argv)
{
	PsLogHead *head = &entry->store->head;
	PsLogHeader header = header_of(entry);

	ps_log_append_header(entry->text, &header);
	if (!add_values(entry, names, argc, argv))
		return FALSE;
	if (!entry->any && g_str_equal(entry->operation, "update"))
		return TRUE;
	g_autofree char *hash = ps_sha256_hex(entry->text->str, entry->text->len);
	if (!insert_header(entry, &header, hash))
		return FALSE;
	head->position = entry->position;
	head->sequence++;
	head->clock = header.clock;
	g_strlcpy(head->hash, hash, sizeof head->hash);
	return TRUE;
}

/* ps_log(operation, kind, record, names, values…): called by the generated triggers. */
void
ps_log_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	PsStore *store = sqlite3_user_data(context);

	if (argc < 4 || !store->txn) {
		sqlite3_result_error(context, "records are changed in a transaction only", -1);
		return;
	}
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(GStrv) names = g_strsplit((const char *)sqlite3_value_text(argv[3]), ",", 0);
	Entry entry = {.store = store,
		       .context = context,
		       .operation = (const char *)sqlite3_value_text(argv[0]),
		       .kind = (const char *)sqlite3_value_text(argv[1]),
		       .record = (const char *)sqlite3_value_text(argv[2]),
		       .text = text,
		       .position = store->head.position + 1};
	store->logging = TRUE;
	if (!append_entry(&entry, names, argc - 4, argv + 4))
		store->txn->failed = TRUE;
	store->logging = FALSE;
}
