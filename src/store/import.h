#ifndef PS_STORE_IMPORT_H
#define PS_STORE_IMPORT_H

/* The digest over an import's rows: SHA-256 over "row=ID\n" and "FIELD=VALUE\n" of each value that
 * is not absent, fields in ascending byte order, rows as they were added. Stored forms; none of
 * them holds a line break. */

#include "store/internal.h"

/* Fields in the digest's order; pointers into kind->fields. */
GPtrArray *ps_import_fields(const PsKind *kind);
void ps_import_digest(crypto_hash_sha256_state *state, const char *name, const char *value);

/* ---- staging.c ---- */

#define PS_STAGING_BATCH 1000

/* A short transaction in which rows of bulk kinds come and go unlogged. */
gboolean ps_staging_begin(PsStore *store, GError **error);
/* Commits when `done`, else rolls back; FALSE unless it was committed. */
gboolean ps_staging_end(PsStore *store, gboolean done, GError **error);
gboolean ps_staging_step(PsStore *store, sqlite3_stmt *statement, GError **error);
/* Removes the rows of a batch, 1,000 at a time. */
gboolean ps_staging_delete_rows(PsStore *store, const PsKind *kind, gint64 batch, GError **error);
gboolean ps_staging_forget(PsStore *store, gint64 batch, GError **error);
/* Removes rows that no import shows and no running import stages. */
gboolean ps_staging_clean(PsStore *store, const PsKind *kind, GError **error);

#endif
