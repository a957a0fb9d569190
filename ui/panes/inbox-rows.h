#ifndef PS_UI_PANES_INBOX_ROWS_H
#define PS_UI_PANES_INBOX_ROWS_H

/* The rows of the inbox: threads, newest first, some of them opened so that their messages follow,
 * oldest first; or what a search found, message by message.
 *
 * The database gives pages behind a row (keyset); a list asks for windows by number. Between them
 * stand anchors: rows whose number is known from windows read before. A window is reached from the
 * nearest anchor, so that moving costs a page however long the list is, and a far jump skips whole
 * pages. Anchors are forgotten when the data changes. */

#include "mail/inbox.h"

typedef struct PsInboxRows PsInboxRows;

/* One line of the list. */
typedef struct {
	PsMailRow *mail; /* a thread's newest message speaks for it */
	char *id;        /* "thread:…" of a thread's line, else the mail record's id */
	gboolean thread; /* the line stands for several messages */
	gboolean open;   /* its messages follow */
	gboolean child;  /* one of them */
	gboolean own;    /* mail is the line's */
} PsInboxRow;

/* `store` lent; NULL: always empty. */
PsInboxRows *ps_inbox_rows_new(PsStore *store);
void ps_inbox_rows_free(PsInboxRows *rows);

void ps_inbox_rows_set_filter(PsInboxRows *rows, PsInboxFilter filter);
PsInboxFilter ps_inbox_rows_filter(const PsInboxRows *rows);
/* Shows what a search found (PsMailRow*, taken over); NULL: threads again. */
void ps_inbox_rows_set_found(PsInboxRows *rows, GPtrArray *found);
gboolean ps_inbox_rows_is_search(const PsInboxRows *rows);

/* The data may have changed. Opened threads stay open where they are still near. */
void ps_inbox_rows_refresh(PsInboxRows *rows);
gint64 ps_inbox_rows_count(const PsInboxRows *rows);
/* PsInboxRow* array that owns its rows; they live until the next refresh or opening. */
GPtrArray *ps_inbox_rows_load(PsInboxRows *rows, gint64 first, gint64 limit);
/* What went wrong when it was read last; NULL: nothing. Lent. */
const char *ps_inbox_rows_failure(const PsInboxRows *rows);

/* Opens or closes the thread of line `index`, which is a thread's line or one of its messages.
 * FALSE: nothing to open or close there. Gives the line of the thread. */
gboolean ps_inbox_rows_open(PsInboxRows *rows, gint64 index);
gboolean ps_inbox_rows_close(PsInboxRows *rows, gint64 index, gint64 *thread_index);
void ps_inbox_rows_close_all(PsInboxRows *rows);

/* Mail record ids behind line ids (a thread stands for all its messages), oldest first, each once.
 * New array of new strings. */
GPtrArray *ps_inbox_rows_mails(PsInboxRows *rows, GPtrArray *ids);

#endif
