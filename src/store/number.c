#include "config.h"

/* Short numbers: PREFIX-YEAR-NNNN. Desks that never meet must not give the same one, so each counts
 * in blocks that follow from its place among the desks of the workspace:
 *   place 1: 1-4999; places 2 to 6: 5000-5999, 6000-6999 … 9000-9999;
 *   then, for every place p: p*10,000 to p*10,000+9,999; then p*1,000,000 to p*1,000,000+999,999.
 * A number is never given twice, also when its record was deleted. */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

#define PLACE_MAX 99

typedef struct {
	gint64 first, last;
} Block;

static int
blocks_of(gint64 place, Block blocks[3])
{
	int count = 0;

	if (place == 1)
		blocks[count++] = (Block){1, 4999};
	else if (place <= 6)
		blocks[count++] = (Block){(place + 3) * 1000, (place + 3) * 1000 + 999};
	blocks[count++] = (Block){place * 10000, place * 10000 + 9999};
	blocks[count++] = (Block){place * 1000000, place * 1000000 + 999999};
	return count;
}

gint64
ps_number_after(gint64 place, gint64 last)
{
	Block blocks[3];

	if (place < 1 || place > PLACE_MAX)
		return 0;
	int count = blocks_of(place, blocks);
	for (int i = 0; i < count; i++)
		if (last < blocks[i].last)
			return MAX(last + 1, blocks[i].first);
	return 0;
}

static gboolean
desk_place(PsStore *store, gint64 *place, GError **error)
{
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT place FROM desk WHERE id = :desk", error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":desk", store->desk);
	if (sqlite3_step(select) != SQLITE_ROW)
		return ps_store_sql_error(store, _("reading the desk's block of numbers"), error);
	*place = sqlite3_column_int64(select, 0);
	return TRUE;
}

static gboolean
last_number(PsStore *store, const char *prefix, int year, gint64 *last, GError **error)
{
	PS_STATEMENT select = ps_store_statement(
		store, "SELECT last FROM number_counter WHERE prefix = :prefix AND year = :year",
		error);

	if (!select)
		return FALSE;
	ps_bind_text(select, ":prefix", prefix);
	ps_bind_int(select, ":year", year);
	int code = sqlite3_step(select);
	*last = code == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       ps_store_sql_error(store, _("reading the last number"), error);
}

static gboolean
remember_number(PsStore *store, const char *prefix, int year, gint64 number, GError **error)
{
	PS_STATEMENT upsert = ps_store_statement(
		store,
		"INSERT INTO number_counter (prefix, year, last) VALUES (:prefix, :year, :last) "
		"ON CONFLICT (prefix, year) DO UPDATE SET last = :last",
		error);

	if (!upsert)
		return FALSE;
	ps_bind_text(upsert, ":prefix", prefix);
	ps_bind_int(upsert, ":year", year);
	ps_bind_int(upsert, ":last", number);
	return sqlite3_step(upsert) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("storing the last number"), error);
}

/* The prefix of cases is the organisation's; it may only hold what is safe in file names. */
static char *
prefix_of(PsStore *store, const PsKind *kind, GError **error)
{
	char *prefix = g_str_equal(kind->name, "case") ? ps_store_config(store, "org.prefix")
						       : g_strdup(kind->number_prefix);
	gsize length = strspn(prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	if (g_ascii_isupper(*prefix) && prefix[length] == '\0' && length <= 32)
		return prefix;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no prefix for case numbers: it begins with a letter A-Z and holds "
		      "only A-Z, 0-9 and -. Change it with “psirtdesk config org.prefix PSIRT”."),
		    prefix);
	g_free(prefix);
	return NULL;
}

static int
current_year(void)
{
	g_autofree char *now = ps_utc_format(ps_now_ms());

	return atoi(now);
}

char *
ps_number_next(PsTxn *txn, const PsKind *kind, GError **error)
{
	PsStore *store = txn->store;
	int year = current_year();
	gint64 place = 0, last = 0;
	g_autofree char *prefix = prefix_of(store, kind, error);

	if (!prefix || !desk_place(store, &place, error) ||
	    !last_number(store, prefix, year, &last, error))
		return NULL;
	gint64 number = ps_number_after(place, last);
	if (number == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("This desk has given all its numbers %s-%d: set another prefix with "
			      "“psirtdesk config org.prefix”."),
			    prefix, year);
		return NULL;
	}
	if (!remember_number(store, prefix, year, number, error)) {
		ps_txn_fail(txn);
		return NULL;
	}
	return g_strdup_printf("%s-%04d-%04" PRId64, prefix, year, number);
}
