#ifndef PS_CASES_FACTS_H
#define PS_CASES_FACTS_H

/* Inside the room: the columns of a case that its clocks are computed from, for statements over
 * many cases ("… FROM \"case\" AS c"), and how a row of them is read. */

#include <sqlite3.h>

#include "cases/clock.h"

/* Only plain columns: clocks run while the workspace is locked. */
#define PS_FACT_COLUMNS                                                                            \
	"c.id, c.number, c.owner, c.rm, c.em, c.cs, c.received_at, c.acknowledged_at, "            \
	"c.validated_at, c.fix_due_at, c.fixed_at, c.embargo_until, c.published_at, c.closed_at, " \
	"(SELECT MAX(CASE s.severity WHEN 'Critical' THEN 5 WHEN 'High' THEN 4 WHEN 'Medium' "     \
	"THEN 3 WHEN 'Low' THEN 2 WHEN 'None' THEN 1 ELSE 0 END) FROM score AS s WHERE "           \
	"s.\"case\" = c.id AND COALESCE(s.source, 'ours') = 'ours'), "                             \
	"(SELECT MAX(p.last_contact_at) FROM participant AS p WHERE p.\"case\" = c.id AND p.role " \
	"IN ('reporter', 'finder')), "                                                             \
	"(SELECT MIN(COALESCE(r.anonymous, 0)) FROM report AS r WHERE r.\"case\" = c.id AND "      \
	"r.channel NOT IN ('own_test', 'feed'))"
#define PS_FACT_OPEN "c.closed_at IS NULL AND c.rm IS NOT 'CLOSED'"

enum {
	PS_FACT_ID,
	PS_FACT_NUMBER,
	PS_FACT_OWNER,
	PS_FACT_RM,
	PS_FACT_EM,
	PS_FACT_CS,
	PS_FACT_TIMES,
	PS_FACT_SEVERITY = PS_FACT_TIMES + 8,
	PS_FACT_LAST_CONTACT,
	PS_FACT_ANONYMOUS,
};

const char *ps_fact_text(sqlite3_stmt *row, int column);
/* PS_NO_TIME where it is not known. */
gint64 ps_fact_time(sqlite3_stmt *row, int column);
/* `rm` is lent by the row. */
void ps_facts_read(sqlite3_stmt *row, PsClockFacts *facts);

#endif
