#ifndef PS_MAIL_INTERNAL_H
#define PS_MAIL_INTERNAL_H

/* What the files of this room share. */

#include "mail/inbox.h"
#include "store/store.h"

/* ---- place.c: where mail and index are ---- */

typedef struct {
	char *config; /* notmuch configuration; "": none is read; NULL: notmuch's own */
	char *root;   /* mail directory; NULL: as the configuration says */
} PsMailPlace;
/* From mail.notmuch_config and mail.root; relative paths are below the workspace. */
void ps_mail_place(PsStore *store, PsMailPlace *place);
void ps_mail_place_clear(PsMailPlace *place);
/* Arguments for the worker's index methods. */
cJSON *ps_mail_index_arguments(PsStore *store);
/* The mail directory: mail.root, else what notmuch says. */
char *ps_mail_root(PsStore *store, PsOpenpgp *openpgp, GError **error);
/* Environment for a spawned notmuch (NAME=VALUE, NULL-terminated). Writes a configuration into the
 * workspace when there is only mail.root. */
char **ps_mail_notmuch_environment(PsStore *store, GError **error);
/* Waits up to `seconds` until no other program writes to the index; PS_ERROR_BUSY. */
gboolean ps_mail_wait_for_index(const char *root, int seconds, PsProgress *progress,
				GError **error);
/* Runs `notmuch` with these arguments. */
gboolean ps_mail_run_notmuch(PsStore *store, const char *const *arguments, GBytes *input,
			     PsProgress *progress, GError **error);

/* ---- list.c: rows ---- */

/* Deterministic id of the row of a Message-ID; new string. */
char *ps_mail_row_id(const char *message_id);
/* NULL without an error: there is no such row. */
PsMailRow *ps_mail_row(PsStore *store, const char *id, GError **error);
/* Recounts these threads (a set of texts) in the open transaction. */
gboolean ps_mail_refresh_threads(PsStore *store, GHashTable *threads, GError **error);

/* What opening a message needs of its row. */
typedef struct {
	char *id, *message_id, *thread, *path, *case_id;
	gint64 at;
	gboolean unread, opened, has_protected_subject;
	PsVerdict verdict; /* where it was opened */
} PsMailEntry;
PsMailEntry *ps_mail_entry(PsStore *store, const char *id, GError **error);
void ps_mail_entry_free(PsMailEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsMailEntry, ps_mail_entry_free)

/* The file of a message, found again through the index when it was moved. */
char *ps_mail_file(PsStore *store, PsOpenpgp *openpgp, const PsMailEntry *entry, GError **error);

/* Files what we sent, and what the list took up by now, in its case (adopt.c). */
gboolean ps_mail_adopt_sent(PsStore *store, GError **error);

/* ---- SQL helpers ---- */

void ps_mail_bind_text(sqlite3_stmt *statement, const char *name, const char *text);
void ps_mail_bind_int(sqlite3_stmt *statement, const char *name, gint64 value);
char *ps_mail_column_text(sqlite3_stmt *statement, int column); /* new string, NULL for NULL */
/* Steps a statement that gives no row. */
gboolean ps_mail_run(PsStore *store, sqlite3_stmt *statement, const char *doing, GError **error);

#endif
