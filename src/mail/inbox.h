#ifndef PS_MAIL_INBOX_H
#define PS_MAIL_INBOX_H

/* The inbox list: a picture of the notmuch index, kept in the table `mail` so that the list never
 * touches the index. `inbox sync` brings it up to date; free search asks notmuch and joins.
 *
 * Invariants
 * - We never write to the index ourselves: `notmuch new` is spawned. No handle of it lives longer
 *   than one request.
 * - The list is right for revision `mail.revision` of the index with `mail.uuid`; both are stored
 * in the transaction that wrote the last page. Another uuid (compaction, restore) means reading all
 *   of it again; rows keep their ids, verdicts, cases and protected subjects.
 * - Pages are keyset pages over an index: their cost does not grow with the list.
 *
 * Settings: mail.root (mail directory), mail.notmuch_config (file; empty: notmuch's own default).
 */

#include <glib.h>

#include "mail/message.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

typedef struct {
	gint64 added, changed, removed, total;
	gboolean full; /* read from the beginning: first time or another index */
} PsInboxSync;

/* Runs `notmuch new`, then takes over what is new, changed or gone. */
gboolean ps_inbox_sync(PsStore *store, PsOpenpgp *openpgp, PsProgress *progress,
		       PsInboxSync *result, GError **error);

/* ---- the list ---- */

typedef enum {
	PS_MAIL_UNREAD = 1 << 0,
	PS_MAIL_SIGNED = 1 << 1,
	PS_MAIL_ATTACHMENT = 1 << 2,
	PS_MAIL_IN_CASE = 1 << 3,
} PsMailMarks;

/* One message in the list. All texts are safe text. */
typedef struct {
	gint64 row; /* with `at`: the place in the list */
	char *id;   /* of the mail record */
	char *message_id;
	char *thread;
	char *from;    /* name, else address */
	char *subject; /* the protected one where it is known and the store is unlocked */
	gint64 at;
	gint64 size;
	PsMailMarks marks;
	PsEncryption encryption;
	gboolean opened; /* then `verdict` holds */
	PsVerdict verdict;
	char *tags;
	char *case_id, *case_number; /* NULL: in no case */
	int depth; /* within its thread, 0 for the oldest; for ps_inbox_thread() */
	/* as a thread's line (ps_inbox_threads()): the newest message speaks for the thread */
	int messages, unread;
	char *authors; /* "Ada, Ben, …", oldest first */
} PsMailRow;
void ps_mail_row_free(PsMailRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsMailRow, ps_mail_row_free)

/* Where a page begins: behind this row (ahead of it with `backwards`). NULL cursor: at the top. */
typedef struct {
	gint64 at, row;
	gboolean backwards;
} PsMailCursor;

typedef enum {
	PS_INBOX_ALL,
	PS_INBOX_UNREAD,
	PS_INBOX_NO_CASE,
} PsInboxFilter;

/* Threads (one line each), newest first; PsMailRow* array in list order. */
GPtrArray *ps_inbox_threads(PsStore *store, PsInboxFilter filter, const PsMailCursor *cursor,
			    int limit, GError **error);
/* How many threads the filter lets through: the length of that list, at any time without waiting. A
 * thread is unread when any of its messages is, and without a case when none of them is in one. -1:
 * an error. */
gint64 ps_inbox_thread_count(PsStore *store, PsInboxFilter filter, GError **error);
/* Single messages, newest first. */
GPtrArray *ps_inbox_messages(PsStore *store, PsInboxFilter filter, const PsMailCursor *cursor,
			     int limit, GError **error);
/* All messages of a thread, oldest first (at most 2,000). */
GPtrArray *ps_inbox_thread(PsStore *store, const char *thread, GError **error);
typedef struct {
	gint64 messages, threads, unread;
	gint64 synced_at; /* PS_NO_TIME: never */
} PsInboxCounts;
gboolean ps_inbox_counts(PsStore *store, PsInboxCounts *counts, GError **error);

/* notmuch's own query language; PsMailRow* newest first, at most `limit` (0: 500). A query that
 * notmuch does not understand is PS_ERROR_INPUT. */
GPtrArray *ps_inbox_search(PsStore *store, PsOpenpgp *openpgp, const char *query, int limit,
			   PsProgress *progress, GError **error);

/* ID as the command line takes it: record id or a unique prefix of 8 or more, "id:MESSAGE-ID",
 * MESSAGE-ID with or without <>. Gives the record id. */
char *ps_inbox_resolve(PsStore *store, const char *id, GError **error);

/* The message is part of a case now (and its record says so). Called by src/cases. */
gboolean ps_inbox_set_case(PsTxn *txn, const char *mail_id, const char *case_id, GError **error);

/* ---- bringing mail in by hand ---- */

typedef struct {
	gint64 found, added, known, refused; /* refused: not a message, too large */
} PsInboxImport;
/* `path`: an .eml file, an mbox, a Maildir, or a directory of .eml files. Copies what is not known
 * yet (Message-ID and hash) into the mail directory, then syncs. `complain` gets a sentence per
 * refused message; may be NULL. */
gboolean ps_inbox_import(PsStore *store, PsOpenpgp *openpgp, const char *path, PsProgress *progress,
			 void (*complain)(gpointer user, const char *sentence), gpointer user,
			 PsInboxImport *result, GError **error);

#endif
