#ifndef PS_STORE_BACKUP_H
#define PS_STORE_BACKUP_H

/* What making and restoring a backup share. */

#include "store/internal.h"

/* Removes a database file with what SQLite keeps beside it. */
void ps_database_remove(const char *file);
/* A compact copy as a new file with `mode`; `from_name` is named in errors. */
gboolean ps_database_copy(sqlite3 *from, const char *from_name, const char *file, int mode,
			  GError **error);
/* fsync of a file or directory. */
gboolean ps_file_sync(const char *file, GError **error);

#endif
