#include "config.h"

#include "advisory/authors.h"

#include "advisory/internal.h"
#include "base/i18n.h"
#include "base/utc.h"

/* What is done to an advisory without writing in it. */
static const char *const no_writing[] = {"advisory.approve", "advisory.arm",
					 "advisory.comment", "advisory.disarm",
					 "advisory.publish", "advisory.reject",
					 "advisory.resolve", NULL};

/* Where a record that one of our own moves made begins in the log; 0: it was made otherwise, or is
 * of another desk. */
static gboolean
begin_of(PsStore *store, const char *record, gint64 *position, GError **error)
{
	PS_STATEMENT select = ps_store_statement(
		store,
		"SELECT coalesce(min(position), 0) FROM log WHERE record = :record AND "
		"operation = 'insert' AND action IN ('advisory.approve', 'advisory.publish')",
		error);

	if (!select)
		return FALSE;
	sqlite3_bind_text(select, sqlite3_bind_parameter_index(select, ":record"), record, -1,
			  SQLITE_TRANSIENT);
	if (sqlite3_step(select) != SQLITE_ROW)
		return ps_store_sql_error(store, _("reading the log"), error);
	*position = sqlite3_column_int64(select, 0);
	return TRUE;
}

/* Somebody else read it up to there: not where its author approved it alone, nor where the approval
 * was taken back. */
static gboolean
was_read(const PsRecord *record)
{
	gboolean approval = g_str_equal(ps_record_kind(record)->name, "advisory_approval");

	return !approval || (!ps_record_flag(record, "alone") &&
			     ps_record_time(record, "revoked_at") == PS_NO_TIME);
}

static gboolean
latest_of(PsStore *store, const char *kind, const char *advisory, gint64 *position, GError **error)
{
	g_autoptr(GPtrArray) records = ps_store_children(store, kind, advisory, error);

	for (guint i = 0; records && i < records->len; i++) {
		gint64 begin = 0;
		if (was_read(records->pdata[i]) &&
		    !begin_of(store, ps_record_id(records->pdata[i]), &begin, error))
			return FALSE;
		*position = MAX(*position, begin);
	}
	return records != NULL;
}

static gboolean
add_writers(PsStore *store, const char *record, gint64 since, GPtrArray *authors, GError **error)
{
	PS_STATEMENT rows =
		ps_store_statement(store,
				   "SELECT DISTINCT coalesce(person, ''), action FROM log "
				   "WHERE record = :record AND position > :since",
				   error);
	int code;

	if (!rows)
		return FALSE;
	sqlite3_bind_text(rows, sqlite3_bind_parameter_index(rows, ":record"), record, -1,
			  SQLITE_TRANSIENT);
	sqlite3_bind_int64(rows, sqlite3_bind_parameter_index(rows, ":since"), since);
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		const char *person = (const char *)sqlite3_column_text(rows, 0);
		const char *action = (const char *)sqlite3_column_text(rows, 1);
		if (!g_strv_contains(no_writing, action) && !ps_authors_has(authors, person))
			g_ptr_array_add(authors, g_strdup(person));
	}
	return code == SQLITE_DONE || ps_store_sql_error(store, _("reading the log"), error);
}

static gboolean
add_writers_of(PsStore *store, const GPtrArray *records, gint64 since, GPtrArray *authors,
	       GError **error)
{
	for (guint i = 0; i < records->len; i++)
		if (!add_writers(store, ps_record_id(records->pdata[i]), since, authors, error))
			return FALSE;
	return TRUE;
}

GPtrArray *
ps_authors(PsStore *store, const PsAdvisory *advisory, GError **error)
{
	const char *id = ps_advisory_id(advisory);
	const PsFacts *facts = advisory->facts;
	g_autoptr(GPtrArray) authors = g_ptr_array_new_with_free_func(g_free);
	/* what the document says comes from these; the case's own record holds states and times,
	 * which a reviewer may move too */
	const GPtrArray *parts[] = {facts->items,      facts->vulnerabilities, facts->affected,
				    facts->scores,     facts->reasons,         facts->decisions,
				    facts->references, facts->involvements,    facts->orders};
	gint64 since = 0;

	if (!latest_of(store, "advisory_approval", id, &since, error) ||
	    !latest_of(store, "advisory_version", id, &since, error) ||
	    !add_writers(store, id, since, authors, error))
		return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		if (!add_writers_of(store, parts[i], since, authors, error))
			return NULL;
	return g_steal_pointer(&authors);
}

gboolean
ps_authors_has(const GPtrArray *authors, const char *person)
{
	return g_ptr_array_find_with_equal_func((GPtrArray *)authors, person ? person : "",
						g_str_equal, NULL);
}
