#include "config.h"

/* The facts that clocks are computed from, and the team's policy. */

#include "cases/facts.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/desk.h"

gboolean
ps_clock_policy_load(PsStore *store, PsClockPolicy *policy, GError **error)
{
	*policy = (PsClockPolicy){0};
	const struct {
		const char *key;
		gint64 *duration;
	} settings[] = {
		{"clocks.acknowledge", &policy->acknowledge},
		{"clocks.validate", &policy->validate},
		{"clocks.publish", &policy->publish},
		{"clocks.follow_up", &policy->follow_up},
		{"clocks.fix_low", &policy->fix[PS_SEVERITY_LOW]},
		{"clocks.fix_medium", &policy->fix[PS_SEVERITY_MEDIUM]},
		{"clocks.fix_high", &policy->fix[PS_SEVERITY_HIGH]},
		{"clocks.fix_critical", &policy->fix[PS_SEVERITY_CRITICAL]},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
		g_autofree char *text = ps_store_config(store, settings[i].key);
		g_autoptr(GError) wrong = NULL;
		if (!text || ps_duration_parse(text, settings[i].duration, &wrong))
			continue;
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("Setting “%s”: %s"), settings[i].key,
			    wrong->message);
		return FALSE;
	}
	return TRUE;
}

const char *
ps_fact_text(sqlite3_stmt *row, int column)
{
	return (const char *)sqlite3_column_text(row, column);
}

gint64
ps_fact_time(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ? PS_NO_TIME
							       : sqlite3_column_int64(row, column);
}

gboolean
ps_facts_each(PsStore *store, const char *sql, const char *case_id,
	      void (*read)(gpointer user, sqlite3_stmt *row), gpointer user, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(store, sql, error);
	int code;

	if (!rows)
		return FALSE;
	int place = sqlite3_bind_parameter_index(rows, ":case");
	if (place > 0 && case_id)
		sqlite3_bind_text(rows, place, case_id, -1, SQLITE_STATIC);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW)
		read(user, rows);
	return code == SQLITE_DONE ||
	       ps_store_sql_error(store, _("reading the facts of the cases"), error);
}

/* ---- the table ---- */

guint
ps_fact_table_length(const PsFactTable *table)
{
	return table->cases->len;
}

PsCaseFacts *
ps_fact_table_at(const PsFactTable *table, guint index)
{
	return &g_array_index(table->cases, PsCaseFacts, index);
}

PsCaseFacts *
ps_fact_table_find(const PsFactTable *table, const char *id)
{
	/* Places are kept from 1, as 0 is no pointer. */
	guint place = id ? GPOINTER_TO_UINT(g_hash_table_lookup(table->by_id, id)) : 0;

	return place ? ps_fact_table_at(table, place - 1) : NULL;
}

const char *
ps_fact_table_keep(PsFactTable *table, const char *text)
{
	return text ? g_string_chunk_insert_const(table->texts, text) : NULL;
}

void
ps_fact_table_clear(PsFactTable *table)
{
	g_clear_pointer(&table->cases, g_array_unref);
	g_clear_pointer(&table->by_id, g_hash_table_unref);
	g_clear_pointer(&table->texts, g_string_chunk_free);
}

/* ---- reading ---- */

enum {
	COLUMN_ID,
	COLUMN_NUMBER,
	COLUMN_OWNER,
	COLUMN_RM,
	COLUMN_EM,
	COLUMN_CS,
	COLUMN_TIMES,
};

static gboolean
no_embargo(const char *em)
{
	return !em || g_str_equal(em, "NONE") || g_str_equal(em, "EXITED");
}

/* What the case itself tells; its children tell the rest. */
static PsClockFacts
own_facts(sqlite3_stmt *row, const PsCaseFacts *one)
{
	return (PsClockFacts){
		.received_at = ps_fact_time(row, COLUMN_TIMES),
		.acknowledged_at = ps_fact_time(row, COLUMN_TIMES + 1),
		.validated_at = ps_fact_time(row, COLUMN_TIMES + 2),
		.fix_due_at = ps_fact_time(row, COLUMN_TIMES + 3),
		.fixed_at = ps_fact_time(row, COLUMN_TIMES + 4),
		.embargo_until = ps_fact_time(row, COLUMN_TIMES + 5),
		.published_at = ps_fact_time(row, COLUMN_TIMES + 6),
		.closed_at = ps_fact_time(row, COLUMN_TIMES + 7),
		.last_contact_at = PS_NO_TIME,
		.embargo_over = no_embargo(one->em),
		.public_aware = one->cs && strchr(one->cs, 'P'),
		.rm = one->rm,
	};
}

static void
read_case(gpointer user, sqlite3_stmt *row)
{
	PsFactTable *table = user;
	PsCaseFacts one = {
		/* ids and numbers differ anyway: nothing is gained by looking them up */
		.id = g_string_chunk_insert(table->texts, ps_fact_text(row, COLUMN_ID)),
		.number = g_string_chunk_insert(table->texts, ps_fact_text(row, COLUMN_NUMBER)),
		.owner = ps_fact_table_keep(table, ps_fact_text(row, COLUMN_OWNER)),
		.rm = ps_fact_table_keep(table, ps_fact_text(row, COLUMN_RM)),
		.em = ps_fact_table_keep(table, ps_fact_text(row, COLUMN_EM)),
		.cs = ps_fact_table_keep(table, ps_fact_text(row, COLUMN_CS)),
	};

	one.facts = own_facts(row, &one);
	one.closed = one.facts.closed_at != PS_NO_TIME || g_strcmp0(one.rm, "CLOSED") == 0;
	g_array_append_val(table->cases, one);
	g_hash_table_insert(table->by_id, (gpointer)one.id, GUINT_TO_POINTER(table->cases->len));
}

static void
read_score(gpointer user, sqlite3_stmt *row)
{
	PsCaseFacts *one = ps_fact_table_find(user, ps_fact_text(row, 0));
	PsSeverity severity = ps_severity_from_token(ps_fact_text(row, 1));

	if (one)
		one->facts.severity = MAX(one->facts.severity, severity);
}

static void
read_contact(gpointer user, sqlite3_stmt *row)
{
	PsCaseFacts *one = ps_fact_table_find(user, ps_fact_text(row, 0));

	/* PS_NO_TIME is less than any time. */
	if (one)
		one->facts.last_contact_at = MAX(one->facts.last_contact_at, ps_fact_time(row, 1));
}

/* Somebody outside waits; no answer is owed only when all of them are anonymous. */
static void
read_report(gpointer user, sqlite3_stmt *row)
{
	PsCaseFacts *one = ps_fact_table_find(user, ps_fact_text(row, 0));
	gboolean anonymous = sqlite3_column_int(row, 1) != 0;

	if (!one)
		return;
	one->facts.anonymous = anonymous && (one->facts.anonymous || !one->facts.from_outside);
	one->facts.from_outside = TRUE;
}

#define CASES                                                                                      \
	"SELECT c.id, c.number, c.owner, c.rm, c.em, c.cs, c.received_at, c.acknowledged_at, "     \
	"c.validated_at, c.fix_due_at, c.fixed_at, c.embargo_until, c.published_at, c.closed_at "  \
	"FROM \"case\" AS c"
#define SCORES "SELECT \"case\", severity FROM score WHERE COALESCE(source, 'ours') = 'ours'"
#define CONTACTS                                                                                   \
	"SELECT \"case\", last_contact_at FROM participant WHERE role IN ('reporter', 'finder')"
#define REPORTS                                                                                    \
	"SELECT \"case\", COALESCE(anonymous, 0) FROM report WHERE channel NOT IN ('own_test', "   \
	"'feed')"
#define OF_CASE " AND \"case\" = :case"

static const char *const case_statements[] = {
	[PS_FACTS_OPEN] =
		CASES " WHERE c.closed_at IS NULL AND c.rm IS NOT 'CLOSED' ORDER BY c.row DESC",
	[PS_FACTS_ALL] = CASES " ORDER BY c.row DESC",
	[PS_FACTS_ONE] = CASES " WHERE c.id = :case",
};

static const struct {
	void (*read)(gpointer user, sqlite3_stmt *row);
	const char *of_all, *of_case;
} children[] = {
	{read_score, SCORES, SCORES OF_CASE},
	{read_contact, CONTACTS, CONTACTS OF_CASE},
	{read_report, REPORTS " AND \"case\" IS NOT NULL", REPORTS OF_CASE},
};

gboolean
ps_fact_table_fill(PsStore *store, PsFactScope scope, const char *case_id, PsFactTable *table,
		   GError **error)
{
	*table = (PsFactTable){
		.cases = g_array_new(FALSE, FALSE, sizeof(PsCaseFacts)),
		.by_id = g_hash_table_new(g_str_hash, g_str_equal),
		.texts = g_string_chunk_new(64 * 1024),
	};
	if (!ps_facts_each(store, case_statements[scope], case_id, read_case, table, error))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(children); i++) {
		const char *sql = scope == PS_FACTS_ONE ? children[i].of_case : children[i].of_all;
		if (!ps_facts_each(store, sql, case_id, children[i].read, table, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
ps_clock_facts_load(PsStore *store, const char *case_id, PsClockFacts *facts,
		    PsRecord **case_record, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "case", case_id, error);
	g_auto(PsFactTable) table = {0};

	if (!record ||
	    !ps_fact_table_fill(store, PS_FACTS_ONE, ps_record_id(record), &table, error))
		return FALSE;
	*facts = ps_fact_table_at(&table, 0)->facts;
	facts->rm = ps_record_text(record, "rm");
	*case_record = g_steal_pointer(&record);
	return TRUE;
}
