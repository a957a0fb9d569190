#ifndef PS_CASES_FACTS_H
#define PS_CASES_FACTS_H

/* Inside the room: what clocks are computed from, for many cases at once. Each table is read once,
 * in its own order, and joined here: with thousands of cases that is several times faster than
 * looking up each case's children. Only plain columns are read: clocks run while the workspace is
 * locked. */

#include <sqlite3.h>

#include "cases/clock.h"
#include "store/store.h"

typedef struct {
	const char *id, *number, *owner, *rm, *em, *cs; /* in the table's texts */
	PsClockFacts facts;
	gboolean closed;
} PsCaseFacts;

typedef struct {
	GArray *cases; /* PsCaseFacts, newest first */
	GHashTable *by_id;
	GStringChunk *texts; /* for users of the table too */
} PsFactTable;

typedef enum {
	PS_FACTS_OPEN, /* open cases */
	PS_FACTS_ALL,
	PS_FACTS_ONE, /* the case with that id, open or closed */
} PsFactScope;

/* `table` is filled with zeros; it is to be cleared after a failure too. */
gboolean ps_fact_table_fill(PsStore *store, PsFactScope scope, const char *case_id,
			    PsFactTable *table, GError **error);
void ps_fact_table_clear(PsFactTable *table);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PsFactTable, ps_fact_table_clear)
guint ps_fact_table_length(const PsFactTable *table);
PsCaseFacts *ps_fact_table_at(const PsFactTable *table, guint index);
PsCaseFacts *ps_fact_table_find(const PsFactTable *table, const char *id); /* NULL: not in it */
/* NULL for NULL; equal texts are kept once. */
const char *ps_fact_table_keep(PsFactTable *table, const char *text);

const char *ps_fact_text(sqlite3_stmt *row, int column);
gint64 ps_fact_time(sqlite3_stmt *row, int column); /* PS_NO_TIME where it is not known */

/* Runs a statement and gives each row to `read`. :case, where the statement has it, is bound. */
gboolean ps_facts_each(PsStore *store, const char *sql, const char *case_id,
		       void (*read)(gpointer user, sqlite3_stmt *row), gpointer user,
		       GError **error);

#endif
