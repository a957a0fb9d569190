#ifndef PS_STORE_IMPORT_H
#define PS_STORE_IMPORT_H

/* The digest over an import's rows: SHA-256 over "row=ID\n" and "FIELD=VALUE\n" of each value that
 * is not absent, fields in ascending byte order, rows as they were added. Stored forms; none of
 * them holds a line break. */

#include "store/internal.h"

/* Fields in the digest's order; pointers into kind->fields. */
GPtrArray *ps_import_fields(const PsKind *kind);
void ps_import_digest(crypto_hash_sha256_state *state, const char *name, const char *value);

#endif
