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
	char *where;   /* its place, for findings */
	char *hash;    /* as stored */
	gboolean skip; /* what it follows is missing: its hash can't be judged */
	/* the entry before */
	char *desk;
	gint64 epoch, sequence, clock;
	char previous[2 * PS_HASH_BYTES + 1];
} Chain;

static void
finish_entry(Chain *chain)
{
	if (!chain->position)
		return;
	g_autofree char *hash = ps_sha256_hex(chain->text->str, chain->text->len);
	if (!chain->skip && !g_str_equal(hash, chain->hash))
		ps_verify_finding(chain->verify,
				  _("The log was changed: %s does not fit its hash."),
				  chain->where);
	/* going on from what is stored names one place, not all that follow it */
	g_strlcpy(chain->previous, chain->hash, sizeof chain->previous);
	chain->position = 0;
	g_clear_pointer(&chain->where, g_free);
	g_clear_pointer(&chain->hash, g_free);
}

static char *
place_text(Chain *chain, sqlite3_stmt *row)
{
	const char *kind = ps_column_text(row, KIND), *record = ps_column_text(row, RECORD);
	g_autofree char *epoch = ps_utc_format(sqlite3_column_int64(row, EPOCH));
	g_autofree char *name = ps_verify_name(chain->verify, kind, record);

	return g_strdup_printf(_("entry %d of epoch %s (%s of %s %s)"),
			       sqlite3_column_int(row, SEQUENCE), epoch,
			       ps_column_text(row, OPERATION), kind, name);
}

/* A desk's first entry follows nothing, later epochs continue the one before them. */
static void
check_order(Chain *chain, sqlite3_stmt *row)
{
	const char *desk = ps_column_text(row, DESK);
	gint64 epoch = sqlite3_column_int64(row, EPOCH);
	gint64 sequence = sqlite3_column_int64(row, SEQUENCE);
	gint64 clock = sqlite3_column_int64(row, CLOCK);
	gboolean same_desk = g_strcmp0(chain->desk, desk) == 0;
	gint64 expected = same_desk && epoch == chain->epoch ? chain->sequence + 1 : 1;

	if (!same_desk) {
		memset(chain->previous, '0', 2 * PS_HASH_BYTES);
		chain->clock = 0;
	}
	chain->skip = sequence != expected;
	if (chain->skip)
		ps_verify_finding(chain->verify,
				  _("The log was cut: %d entries before %s are missing."),
				  (int)(sequence - expected), chain->where);
	if (clock < chain->clock)
		ps_verify_finding(chain->verify, _("The clock runs backwards at %s."),
				  chain->where);
	g_free(chain->desk);
	chain->desk = g_strdup(desk);
	chain->epoch = epoch;
	chain->sequence = sequence;
	chain->clock = clock;
}

static void
start_entry(Chain *chain, sqlite3_stmt *row)
{
	chain->position = sqlite3_column_int64(row, POSITION);
	chain->where = place_text(chain, row);
	chain->hash = g_strdup(ps_column_text(row, HASH));
	check_order(chain, row);
	PsLogHeader header = {.format = sqlite3_column_int(row, FORMAT),
			      .previous = chain->previous,
			      .desk = ps_column_text(row, DESK),
			      .epoch = chain->epoch,
			      .sequence = chain->sequence,
			      .transaction = ps_column_text(row, TRANSACTION),
			      .action = ps_column_text(row, ACTION),
			      .person = ps_column_text(row, PERSON),
			      .clock = chain->clock,
			      .pinned = sqlite3_column_int(row, PINNED),
			      .operation = ps_column_text(row, OPERATION),
			      .kind = ps_column_text(row, KIND),
			      .record = ps_column_text(row, RECORD)};
	g_string_truncate(chain->text, 0);
	ps_log_append_header(chain->text, &header);
}

static void
check_gap(Chain *chain, sqlite3_stmt *row)
{
	g_autofree char *key =
		g_strdup_printf("%s\n%s", ps_column_text(row, RECORD), ps_column_text(row, FIELD));

	if (!g_hash_table_contains(chain->verify->erased, key))
		ps_verify_finding(
			chain->verify,
			_("A value of “%s” is missing from %s, and no erasure tells why."),
			ps_column_text(row, FIELD), chain->where);
}

/* `column` of the value; its salt and commitment follow. */
static void
check_side(Chain *chain, sqlite3_stmt *row, int column)
{
	const char *commitment = ps_column_text(row, column + 2);
	sqlite3_value *value = sqlite3_column_value(row, column);
	gboolean there = sqlite3_column_type(row, column) != SQLITE_NULL;

	if (!commitment && !there)
		return;
	if (commitment && !there) {
		check_gap(chain, row);
		return;
	}
	const guint8 *salt = sqlite3_column_blob(row, column + 1);
	gboolean fits = FALSE;
	if (commitment && salt && sqlite3_column_bytes(row, column + 1) == PS_SALT_BYTES &&
	    sqlite3_value_type(value) != SQLITE_FLOAT) {
		g_autofree char *computed = ps_log_commitment(salt, value);
		fits = g_str_equal(computed, commitment);
	}
	if (!fits)
		ps_verify_finding(chain->verify,
				  _("The log was changed: the value of “%s” in %s does not fit its "
				    "commitment."),
				  ps_column_text(row, FIELD), chain->where);
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
