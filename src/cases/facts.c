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

static gboolean
no_embargo(const char *em)
{
	return !em || g_str_equal(em, "NONE") || g_str_equal(em, "EXITED");
}

void
ps_facts_read(sqlite3_stmt *row, PsClockFacts *facts)
{
	const char *cs = ps_fact_text(row, PS_FACT_CS);

	*facts = (PsClockFacts){
		.received_at = ps_fact_time(row, PS_FACT_TIMES),
		.acknowledged_at = ps_fact_time(row, PS_FACT_TIMES + 1),
		.validated_at = ps_fact_time(row, PS_FACT_TIMES + 2),
		.fix_due_at = ps_fact_time(row, PS_FACT_TIMES + 3),
		.fixed_at = ps_fact_time(row, PS_FACT_TIMES + 4),
		.embargo_until = ps_fact_time(row, PS_FACT_TIMES + 5),
		.published_at = ps_fact_time(row, PS_FACT_TIMES + 6),
		.closed_at = ps_fact_time(row, PS_FACT_TIMES + 7),
		.severity = (PsSeverity)sqlite3_column_int(row, PS_FACT_SEVERITY),
		.last_contact_at = ps_fact_time(row, PS_FACT_LAST_CONTACT),
		.from_outside = sqlite3_column_type(row, PS_FACT_ANONYMOUS) != SQLITE_NULL,
		.anonymous = sqlite3_column_int(row, PS_FACT_ANONYMOUS) != 0,
		.embargo_over = no_embargo(ps_fact_text(row, PS_FACT_EM)),
		.public_aware = cs && strchr(cs, 'P'),
		.rm = ps_fact_text(row, PS_FACT_RM),
	};
}

gboolean
ps_clock_facts_load(PsStore *store, const char *case_id, PsClockFacts *facts,
		    PsRecord **case_record, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "case", case_id, error);
	sqlite3_stmt *row = record ? ps_store_statement(store,
							"SELECT " PS_FACT_COLUMNS
							" FROM \"case\" AS c WHERE c.id = :id",
							error)
				   : NULL;

	if (!row)
		return FALSE;
	sqlite3_bind_text(row, 1, ps_record_id(record), -1, SQLITE_STATIC);
	gboolean found = sqlite3_step(row) == SQLITE_ROW;
	if (found) {
		ps_facts_read(row, facts);
		facts->rm = ps_record_text(record, "rm");
		*case_record = g_steal_pointer(&record);
	} else {
		ps_store_sql_error(store, _("reading the case's facts"), error);
	}
	sqlite3_reset(row);
	return found;
}
