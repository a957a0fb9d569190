#ifndef PS_STORE_VERIFY_H
#define PS_STORE_VERIFY_H

/* The parts of ps_store_verify(). Each reports what it finds and goes on; FALSE with `error` only
 * when it could not look. */

#include "store/internal.h"

typedef struct {
	PsStore *store;
	PsFinding found;
	gpointer user;
	int count;
	GHashTable *erased; /* "record\nfield" of every erasure of a field */
} PsVerify;

void ps_verify_finding(PsVerify *verify, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* "PSIRT-2026-0007" or the id; new string. */
char *ps_verify_name(PsVerify *verify, const char *kind, const char *record);

gboolean ps_verify_schema(PsVerify *verify, GError **error);
gboolean ps_verify_chain(PsVerify *verify, GError **error);
gboolean ps_verify_replay(PsVerify *verify, GError **error);
gboolean ps_verify_documents(PsVerify *verify, GError **error);
gboolean ps_verify_imports(PsVerify *verify, GError **error);
gboolean ps_verify_checkpoints(PsVerify *verify, GError **error);

#endif
