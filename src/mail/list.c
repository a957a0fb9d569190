#include "config.h"

/* The list in SQLite. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/internal.h"

#define PAGE_MAX 1000
#define THREAD_MAX 2000
#define AUTHORS_MAX 20

/* ---- SQL helpers ---- */

void
ps_mail_bind_text(sqlite3_stmt *statement, const char *name, const char *text)
{
	int index = sqlite3_bind_parameter_index(statement, name);

	if (text)
		sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
	else
		sqlite3_bind_null(statement, index);
}

void
ps_mail_bind_int(sqlite3_stmt *statement, const char *name, gint64 value)
{
	sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, name), value);
}

char *
ps_mail_column_text(sqlite3_stmt *statement, int column)
{
	return g_strdup((const char *)sqlite3_column_text(statement, column));
}

gboolean
ps_mail_run(PsStore *store, sqlite3_stmt *statement, const char *doing, GError **error)
{
	return sqlite3_step(statement) == SQLITE_DONE || ps_store_sql_error(store, doing, error);
}

/* ---- rows ---- */

/* The subject from inside the encryption, where it is known and the store is unlocked. */
#define SUBJECT                                                                                    \
	"CASE WHEN m.protected_subject IS NULL THEN m.subject ELSE "                               \
	"coalesce(ps_unsealed('mail', m.id, 'protected_subject', m.protected_subject, "            \
	"(SELECT wrapped FROM record_key WHERE record = m.id)), m.subject) END"

#define COLUMNS                                                                                    \
	"m.row, m.id, m.message_id, m.thread, m.\"from\", " SUBJECT                                \
	", m.at, m.size, m.unread, m.signed, m.attachment, m.encryption, m.verdict, m.tags, "      \
	"m.\"case\", (SELECT number FROM \"case\" WHERE id = m.\"case\")"

enum {
	COLUMN_ROW,
	COLUMN_ID,
	COLUMN_MESSAGE_ID,
	COLUMN_THREAD,
	COLUMN_FROM,
	COLUMN_SUBJECT,
	COLUMN_AT,
	COLUMN_SIZE,
	COLUMN_UNREAD,
	COLUMN_SIGNED,
	COLUMN_ATTACHMENT,
	COLUMN_ENCRYPTION,
	COLUMN_VERDICT,
	COLUMN_TAGS,
	COLUMN_CASE,
	COLUMN_CASE_NUMBER,
	COLUMN_MESSAGES, /* of a thread's line */
	COLUMN_THREAD_UNREAD,
};

void
ps_mail_row_free(PsMailRow *row)
{
	if (!row)
		return;
	g_free(row->id);
	g_free(row->message_id);
	g_free(row->thread);
	g_free(row->from);
	g_free(row->subject);
	g_free(row->tags);
	g_free(row->case_id);
	g_free(row->case_number);
	g_free(row->authors);
	g_free(row);
}

/* "Ada <ada@example.org>" gives "Ada", "<ada@example.org>" the address. */
static char *
short_from(const char *from)
{
	const char *angle = from ? strchr(from, '<') : NULL;

	if (!from)
		return g_strdup("");
	g_autofree char *name = g_strndup(from, angle ? (gsize)(angle - from) : strlen(from));
	g_strstrip(g_strdelimit(name, "\"", ' '));
	if (*name || !angle)
		return g_steal_pointer(&name);
	char *address = g_strdup(angle + 1);
	address[strcspn(address, ">")] = '\0';
	return address;
}

static PsMailMarks
marks_of(sqlite3_stmt *rows)
{
	return (sqlite3_column_int(rows, COLUMN_UNREAD) ? PS_MAIL_UNREAD : 0) |
	       (sqlite3_column_int(rows, COLUMN_SIGNED) ? PS_MAIL_SIGNED : 0) |
	       (sqlite3_column_int(rows, COLUMN_ATTACHMENT) ? PS_MAIL_ATTACHMENT : 0) |
	       (sqlite3_column_text(rows, COLUMN_CASE) ? PS_MAIL_IN_CASE : 0);
}

static PsMailRow *
take_row(sqlite3_stmt *rows)
{
	PsMailRow *row = g_new0(PsMailRow, 1);
	const char *verdict = (const char *)sqlite3_column_text(rows, COLUMN_VERDICT),
		   *subject = (const char *)sqlite3_column_text(rows, COLUMN_SUBJECT);

	row->row = sqlite3_column_int64(rows, COLUMN_ROW);
	row->id = ps_mail_column_text(rows, COLUMN_ID);
	row->message_id = ps_mail_column_text(rows, COLUMN_MESSAGE_ID);
	row->thread = ps_mail_column_text(rows, COLUMN_THREAD);
	row->from = short_from((const char *)sqlite3_column_text(rows, COLUMN_FROM));
	row->subject = g_strdup(subject ? subject : "");
	row->at = sqlite3_column_int64(rows, COLUMN_AT);
	row->size = sqlite3_column_int64(rows, COLUMN_SIZE);
	row->marks = marks_of(rows);
	row->encryption = ps_encryption_from_token(
		(const char *)sqlite3_column_text(rows, COLUMN_ENCRYPTION));
	row->opened = verdict != NULL;
	row->verdict = ps_verdict_from_token(verdict);
	row->tags = ps_mail_column_text(rows, COLUMN_TAGS);
	row->case_id = ps_mail_column_text(rows, COLUMN_CASE);
	row->case_number = ps_mail_column_text(rows, COLUMN_CASE_NUMBER);
	row->messages = 1;
	row->unread = (row->marks & PS_MAIL_UNREAD) != 0;
	if (sqlite3_column_count(rows) > COLUMN_MESSAGES) {
		row->messages = sqlite3_column_int(rows, COLUMN_MESSAGES);
		row->unread = sqlite3_column_int(rows, COLUMN_THREAD_UNREAD);
	}
	return row;
}

static GPtrArray *
rows_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)ps_mail_row_free);
}

static GPtrArray *
take_rows(PsStore *store, sqlite3_stmt *statement, GError **error)
{
	g_autoptr(GPtrArray) rows = rows_new();
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		g_ptr_array_add(rows, take_row(statement));
	if (code != SQLITE_DONE) {
		ps_store_sql_error(store, _("reading the inbox"), error);
		return NULL;
	}
	return g_steal_pointer(&rows);
}

/* ---- pages ---- */

#define AHEAD " < (:at, :row) "
#define BEHIND " > (:at, :row) "

#define THREAD_PAGE(filter, compare, order)                                                        \
	"SELECT " COLUMNS                                                                          \
	", t.messages, t.unread FROM mail_thread t JOIN mail m ON m.row = t.row "                  \
	"WHERE (t.at, t.row)" compare filter "ORDER BY t.at" order ", t.row" order " LIMIT :limit"
#define MESSAGE_PAGE(filter, compare, order)                                                       \
	"SELECT " COLUMNS " FROM mail m WHERE (m.at, m.row)" compare filter "ORDER BY m.at" order  \
	", m.row" order " LIMIT :limit"
#define BOTH(page, filter)                                                                         \
	{                                                                                          \
		page(filter, AHEAD, " DESC"), page(filter, BEHIND, " ASC")                         \
	}

/* by filter and direction */
static const char *const thread_pages[][2] = {
	[PS_INBOX_ALL] = BOTH(THREAD_PAGE, ""),
	[PS_INBOX_UNREAD] = BOTH(THREAD_PAGE, "AND t.unread > 0 "),
	[PS_INBOX_NO_CASE] = BOTH(THREAD_PAGE, "AND t.cases = 0 "),
};
static const char *const message_pages[][2] = {
	[PS_INBOX_ALL] = BOTH(MESSAGE_PAGE, ""),
	[PS_INBOX_UNREAD] = BOTH(MESSAGE_PAGE, "AND m.unread = 1 "),
	[PS_INBOX_NO_CASE] = BOTH(MESSAGE_PAGE, "AND m.\"case\" IS NULL "),
};
static const char *const thread_counts[] = {
	[PS_INBOX_ALL] = "SELECT count(*) FROM mail_thread",
	[PS_INBOX_UNREAD] = "SELECT count(*) FROM mail_thread WHERE unread > 0",
	[PS_INBOX_NO_CASE] = "SELECT count(*) FROM mail_thread WHERE cases = 0",
};

static GPtrArray *
page(PsStore *store, const char *const pages[2], const PsMailCursor *cursor, int limit,
     GError **error)
{
	gboolean backwards = cursor && cursor->backwards;
	PS_STATEMENT statement = ps_store_statement(store, pages[backwards], error);

	if (!statement)
		return NULL;
	ps_mail_bind_int(statement, ":at", cursor ? cursor->at : G_MAXINT64);
	ps_mail_bind_int(statement, ":row", cursor ? cursor->row : G_MAXINT64);
	ps_mail_bind_int(statement, ":limit", CLAMP(limit, 1, PAGE_MAX));
	GPtrArray *rows = take_rows(store, statement, error);
	if (!rows || !backwards)
		return rows;
	for (guint i = 0, k = rows->len; i + 1 < k; i++) {
		gpointer swap = rows->pdata[i];
		rows->pdata[i] = rows->pdata[--k];
		rows->pdata[k] = swap;
	}
	return rows;
}

/* "Ada, Ben": each once, in the order of writing. */
static gboolean
add_authors(PsStore *store, PsMailRow *row, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	if (row->messages < 2) {
		row->authors = g_strdup(row->from);
		return TRUE;
	}
	PS_STATEMENT statement = ps_store_statement(
		store,
		"SELECT \"from\" FROM mail WHERE thread = :thread ORDER BY at, row LIMIT :limit",
		error);
	if (!statement)
		return FALSE;
	ps_mail_bind_text(statement, ":thread", row->thread);
	ps_mail_bind_int(statement, ":limit", AUTHORS_MAX);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		char *name = short_from((const char *)sqlite3_column_text(statement, 0));
		if (g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_free(name);
		else
			g_ptr_array_add(names, name);
	}
	g_ptr_array_add(names, NULL);
	row->authors = g_strjoinv(", ", (char **)names->pdata);
	return TRUE;
}

GPtrArray *
ps_inbox_threads(PsStore *store, PsInboxFilter filter, const PsMailCursor *cursor, int limit,
		 GError **error)
{
	g_autoptr(GPtrArray) rows = page(store, thread_pages[filter], cursor, limit, error);

	for (guint i = 0; rows && i < rows->len; i++)
		if (!add_authors(store, rows->pdata[i], error))
			return NULL;
	return g_steal_pointer(&rows);
}

GPtrArray *
ps_inbox_messages(PsStore *store, PsInboxFilter filter, const PsMailCursor *cursor, int limit,
		  GError **error)
{
	return page(store, message_pages[filter], cursor, limit, error);
}

GPtrArray *
ps_inbox_thread(PsStore *store, const char *thread, GError **error)
{
	PS_STATEMENT statement = ps_store_statement(store,
						    "SELECT " COLUMNS " FROM mail m WHERE m.thread "
						    "= :thread ORDER BY m.at, m.row LIMIT :limit",
						    error);
	if (!statement)
		return NULL;
	ps_mail_bind_text(statement, ":thread", thread);
	ps_mail_bind_int(statement, ":limit", THREAD_MAX);
	GPtrArray *rows = take_rows(store, statement, error);
	for (guint i = 1; rows && i < rows->len; i++)
		((PsMailRow *)rows->pdata[i])->depth = 1;
	return rows;
}

static gboolean
one_number(PsStore *store, const char *sql, gint64 *value, GError **error)
{
	PS_STATEMENT statement = ps_store_statement(store, sql, error);

	if (!statement)
		return FALSE;
	int code = sqlite3_step(statement);
	if (code == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
		*value = sqlite3_column_int64(statement, 0);
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       ps_store_sql_error(store, _("counting the inbox"), error);
}

gint64
ps_inbox_thread_count(PsStore *store, PsInboxFilter filter, GError **error)
{
	gint64 count = 0;

	return one_number(store, thread_counts[filter], &count, error) ? count : -1;
}

gboolean
ps_inbox_counts(PsStore *store, PsInboxCounts *counts, GError **error)
{
	*counts = (PsInboxCounts){.synced_at = PS_NO_TIME};
	return one_number(store, "SELECT sum(messages) FROM mail_thread", &counts->messages,
			  error) &&
	       one_number(store, "SELECT count(*) FROM mail_thread", &counts->threads, error) &&
	       one_number(store, "SELECT sum(unread) FROM mail_thread WHERE unread > 0",
			  &counts->unread, error) &&
	       one_number(store, "SELECT synced_at FROM mail_index", &counts->synced_at, error);
}

/* ---- one row ---- */

/* A UUID (version 8, RFC 9562) from the hash of the Message-ID: the same on every desk. */
char *
ps_mail_row_id(const char *message_id)
{
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, message_id, -1);

	return g_strdup_printf("%.8s-%.4s-8%.3s-a%.3s-%.12s", hash, hash + 8, hash + 13, hash + 17,
			       hash + 20);
}

PsMailRow *
ps_mail_row(PsStore *store, const char *id, GError **error)
{
	PS_STATEMENT statement =
		ps_store_statement(store, "SELECT " COLUMNS " FROM mail m WHERE m.id = :id", error);

	if (!statement)
		return NULL;
	ps_mail_bind_text(statement, ":id", id);
	int code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		return take_row(statement);
	if (code != SQLITE_DONE)
		ps_store_sql_error(store, _("reading the inbox"), error);
	return NULL;
}

char *
ps_inbox_resolve(PsStore *store, const char *id, GError **error)
{
	g_autofree char *text = g_strdup(g_str_has_prefix(id, "id:") ? id + 3 : id);
	gsize length = strlen(text);

	if (length > 1 && text[0] == '<' && text[length - 1] == '>') {
		text[length - 1] = '\0';
		memmove(text, text + 1, length - 1);
	}
	g_autofree char *row_id = ps_mail_row_id(text);
	g_autoptr(GError) failure = NULL;
	g_autoptr(PsMailRow) row = ps_mail_row(store, row_id, &failure);
	if (row)
		return g_steal_pointer(&row_id);
	if (failure) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return NULL;
	}
	if (strchr(id, '@') || g_str_has_prefix(id, "id:")) {
		g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);
		g_set_error(
			error, PS_ERROR, PS_ERROR_NOT_FOUND,
			_("There is no message “%s” in the inbox. “psirtdesk inbox sync” brings "
			  "the list up to date."),
			safe);
		return NULL;
	}
	return ps_store_resolve(store, "mail", id, error);
}

void
ps_mail_entry_free(PsMailEntry *entry)
{
	if (!entry)
		return;
	g_free(entry->id);
	g_free(entry->message_id);
	g_free(entry->thread);
	g_free(entry->path);
	g_free(entry->case_id);
	g_free(entry);
}

PsMailEntry *
ps_mail_entry(PsStore *store, const char *id, GError **error)
{
	g_autofree char *row_id = ps_inbox_resolve(store, id, error);

	if (!row_id)
		return NULL;
	PS_STATEMENT rows = ps_store_statement(
		store,
		"SELECT id, message_id, thread, path, \"case\", at, unread, verdict, "
		"protected_subject IS NOT NULL FROM mail WHERE id = :id",
		error);
	if (!rows)
		return NULL;
	ps_mail_bind_text(rows, ":id", row_id);
	if (sqlite3_step(rows) != SQLITE_ROW) {
		ps_store_sql_error(store, _("reading the inbox"), error);
		return NULL;
	}
	PsMailEntry *entry = g_new0(PsMailEntry, 1);
	entry->id = ps_mail_column_text(rows, 0);
	entry->message_id = ps_mail_column_text(rows, 1);
	entry->thread = ps_mail_column_text(rows, 2);
	entry->path = ps_mail_column_text(rows, 3);
	entry->case_id = ps_mail_column_text(rows, 4);
	entry->at = sqlite3_column_int64(rows, 5);
	entry->unread = sqlite3_column_int(rows, 6);
	entry->opened = sqlite3_column_type(rows, 7) != SQLITE_NULL;
	entry->verdict = ps_verdict_from_token((const char *)sqlite3_column_text(rows, 7));
	entry->has_protected_subject = sqlite3_column_int(rows, 8);
	return entry;
}

/* ---- threads ---- */

static gboolean
refresh_thread(PsStore *store, const char *thread, GError **error)
{
	PS_STATEMENT remove =
		ps_store_statement(store, "DELETE FROM mail_thread WHERE thread = :thread", error);
	PS_STATEMENT insert =
		remove ? ps_store_statement(
				 store,
				 "INSERT INTO mail_thread (thread, at, row, messages, unread, "
				 "cases) "
				 "SELECT thread, max(at), row, count(*), coalesce(sum(unread), 0), "
				 "count(\"case\") FROM mail WHERE thread = :thread GROUP BY thread",
				 error)
		       : NULL;

	if (!insert)
		return FALSE;
	ps_mail_bind_text(remove, ":thread", thread);
	ps_mail_bind_text(insert, ":thread", thread);
	return ps_mail_run(store, remove, _("counting a thread"), error) &&
	       ps_mail_run(store, insert, _("counting a thread"), error);
}

gboolean
ps_mail_refresh_threads(PsStore *store, GHashTable *threads, GError **error)
{
	GHashTableIter iter;
	gpointer thread;

	g_hash_table_iter_init(&iter, threads);
	while (g_hash_table_iter_next(&iter, &thread, NULL))
		if (!refresh_thread(store, thread, error))
			return FALSE;
	return TRUE;
}

gboolean
ps_inbox_set_case(PsTxn *txn, const char *mail_id, const char *case_id, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	g_autoptr(PsMailEntry) entry = ps_mail_entry(store, mail_id, error);

	if (!entry)
		return FALSE;
	PS_STATEMENT update =
		ps_store_statement(store, "UPDATE mail SET \"case\" = :case WHERE id = :id", error);
	if (!update)
		return FALSE;
	ps_mail_bind_text(update, ":case", case_id);
	ps_mail_bind_text(update, ":id", entry->id);
	return ps_mail_run(store, update, _("filing a message"), error) &&
	       refresh_thread(store, entry->thread, error);
}
