#include "config.h"

/* The chain: every entry's hash follows from the one before it, its header and its commitments, and
 * every value fits its commitment or was erased on purpose. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/verify.h"

static const char all_entries[] =
	"SELECT l.position, l.format, l.desk, l.epoch, l.sequence, l.\"transaction\", l.action, "
	"l.person, l.clock, l.pinned, l.operation, l.kind, l.record, l.hash, v.field, v.old, "
	"v.old_salt, v.old_commitment, v.new, v.new_salt, v.new_commitment "
	"FROM log AS l LEFT JOIN log_value AS v ON v.position = l.position "
	"ORDER BY l.desk, l.epoch, l.sequence, v.field";

enum {
	POSITION,
	FORMAT,
	DESK,
	EPOCH,
	SEQUENCE,
	TRANSACTION,
	ACTION,
	PERSON,
	CLOCK,
	PINNED,
	OPERATION,
	KIND,
	RECORD,
	HASH,
	FIELD,
	OLD,
	OLD_SALT,
	OLD_COMMITMENT,
	NEW,
	NEW_SALT,
	NEW_COMMITMENT
};

typedef struct {
	PsVerify *verify;
	gint64 position; /* of the entry whose text is being built; 0: none */
	GString *text;
	char *operation, *kind, *record, *hash; /* of it, as stored */
	gboolean skip; /* what it follows is missing: its hash can't be judged */
	/* where the walk is */
	char *desk;
	gint64 epoch, sequence, clock;
	char previous[2 * PS_HASH_BYTES + 1];
} Chain;

/* "entry 12 of epoch 2026-11-21T09:30:00Z (update of case PSIRT-2026-0007)" */
static char *
where(Chain *chain)
{
	g_autofree char *epoch = ps_utc_format(chain->epoch);
	g_autofree char *name = ps_verify_name(chain->verify, chain->kind, chain->record);

	return g_strdup_printf(_("entry %d of epoch %s (%s of %s %s)"), (int)chain->sequence,
			       epoch ? epoch : "", chain->operation, chain->kind, name);
}

static void
forget_entry(Chain *chain)
{
	chain->position = 0;
	g_clear_pointer(&chain->operation, g_free);
	g_clear_pointer(&chain->kind, g_free);
	g_clear_pointer(&chain->record, g_free);
	g_clear_pointer(&chain->hash, g_free);
}

/* A finding about the entry at hand; `format` takes its place. */
static void
entry_finding(Chain *chain, const char *format)
{
	g_autofree char *place = where(chain);

	ps_verify_finding(chain->verify, format, place);
}

static void
finish_entry(Chain *chain)
{
	if (!chain->position)
		return;
	g_autofree char *hash = ps_sha256_hex(chain->text->str, chain->text->len);
	if (!chain->skip && !g_str_equal(hash, chain->hash))
		entry_finding(chain, _("The log was changed: %s does not fit its hash."));
	/* going on from what is stored names one place, not all that follow it */
	g_strlcpy(chain->previous, chain->hash, sizeof chain->previous);
	forget_entry(chain);
}

static void
walk_to(Chain *chain, sqlite3_stmt *row)
{
	g_free(chain->desk);
	chain->desk = g_strdup(ps_column_text(row, DESK));
	chain->epoch = sqlite3_column_int64(row, EPOCH);
	chain->sequence = sqlite3_column_int64(row, SEQUENCE);
	chain->clock = sqlite3_column_int64(row, CLOCK);
	chain->position = sqlite3_column_int64(row, POSITION);
	chain->operation = g_strdup(ps_column_text(row, OPERATION));
	chain->kind = g_strdup(ps_column_text(row, KIND));
	chain->record = g_strdup(ps_column_text(row, RECORD));
	chain->hash = g_strdup(ps_column_text(row, HASH));
}

/* A desk's first entry follows nothing, later epochs continue the one before them. */
static void
check_order(Chain *chain, sqlite3_stmt *row)
{
	gboolean same_desk = g_strcmp0(chain->desk, ps_column_text(row, DESK)) == 0;
	gboolean same_epoch = same_desk && chain->epoch == sqlite3_column_int64(row, EPOCH);
	gint64 expected = same_epoch ? chain->sequence + 1 : 1;
	gint64 clock = same_desk ? chain->clock : 0;

	if (!same_desk)
		memset(chain->previous, '0', 2 * PS_HASH_BYTES);
	walk_to(chain, row);
	chain->skip = chain->sequence != expected;
	if (chain->skip)
		entry_finding(chain, _("The log was cut: entries are missing before %s."));
	if (chain->clock < clock)
		entry_finding(chain, _("The clock runs backwards at %s."));
}

static void
start_entry(Chain *chain, sqlite3_stmt *row)
{
	check_order(chain, row);
	PsLogHeader header = {.format = sqlite3_column_int(row, FORMAT),
			      .previous = chain->previous,
			      .desk = chain->desk,
			      .epoch = chain->epoch,
			      .sequence = chain->sequence,
			      .transaction = ps_column_text(row, TRANSACTION),
			      .action = ps_column_text(row, ACTION),
			      .person = ps_column_text(row, PERSON),
			      .clock = chain->clock,
			      .pinned = sqlite3_column_int(row, PINNED),
			      .operation = chain->operation,
			      .kind = chain->kind,
			      .record = chain->record};
	g_string_truncate(chain->text, 0);
	ps_log_append_header(chain->text, &header);
}

/* A finding about one of the entry's values; `format` takes the field and the place. */
static void
value_finding(Chain *chain, const char *format, const char *field)
{
	g_autofree char *place = where(chain);

	ps_verify_finding(chain->verify, format, field, place);
}

static void
check_gap(Chain *chain, const char *field)
{
	g_autofree char *key = g_strdup_printf("%s\n%s", chain->record, field);

	if (!g_hash_table_contains(chain->verify->erased, key))
		value_finding(chain,
			      _("A value of “%s” is missing from %s, and no erasure tells why."),
			      field);
}

static gboolean
fits_commitment(sqlite3_stmt *row, int column)
{
	const char *commitment = ps_column_text(row, column + 2);
	const guint8 *salt = sqlite3_column_blob(row, column + 1);

	if (!commitment || !salt || sqlite3_column_bytes(row, column + 1) != PS_SALT_BYTES ||
	    sqlite3_column_type(row, column) == SQLITE_FLOAT)
		return FALSE;
	g_autofree char *computed = ps_log_commitment(salt, sqlite3_column_value(row, column));
	return g_str_equal(computed, commitment);
}

/* `column` of the value; its salt and commitment follow. */
static void
check_side(Chain *chain, sqlite3_stmt *row, int column)
{
	const char *field = ps_column_text(row, FIELD);
	gboolean there = sqlite3_column_type(row, column) != SQLITE_NULL;
	gboolean committed = sqlite3_column_type(row, column + 2) != SQLITE_NULL;

	if (committed && !there)
		check_gap(chain, field);
	else if (there && !fits_commitment(row, column))
		value_finding(chain,
			      _("The log was changed: the value of “%s” in %s does not fit its "
				"commitment."),
			      field);
}

static void
read_row(Chain *chain, sqlite3_stmt *row)
{
	if (chain->position != sqlite3_column_int64(row, POSITION)) {
		finish_entry(chain);
		start_entry(chain, row);
	}
	if (sqlite3_column_type(row, FIELD) == SQLITE_NULL)
		return;
	check_side(chain, row, OLD);
	check_side(chain, row, NEW);
	ps_log_append_value(chain->text, ps_column_text(row, FIELD),
			    ps_column_text(row, OLD_COMMITMENT),
			    ps_column_text(row, NEW_COMMITMENT));
}

static gboolean
check_orphans(PsVerify *verify, GError **error)
{
	gint64 count;

	if (!ps_db_integer(verify->store,
			   "SELECT count(*) FROM log_value WHERE position NOT IN (SELECT position "
			   "FROM log)",
			   &count, error))
		return FALSE;
	if (count)
		ps_verify_finding(verify, _("The log was cut: %d values belong to no entry."),
				  (int)count);
	return TRUE;
}

gboolean
ps_verify_chain(PsVerify *verify, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(verify->store, all_entries, error);
	int code;

	if (!rows)
		return FALSE;
	Chain chain = {.verify = verify, .text = g_string_new(NULL)};
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		read_row(&chain, rows);
	gboolean done = code == SQLITE_DONE ||
			ps_store_sql_error(verify->store, _("verifying the log"), error);
	finish_entry(&chain);
	if (done && !chain.desk)
		ps_verify_finding(verify, _("The log is empty: it was cut."));
	g_free(chain.desk);
	g_string_free(chain.text, TRUE);
	return done && check_orphans(verify, error);
}
