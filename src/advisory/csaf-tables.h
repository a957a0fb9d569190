#ifndef PS_ADVISORY_CSAF_TABLES_H
#define PS_ADVISORY_CSAF_TABLES_H

/* What the tests look things up in (languages, weaknesses, registries): read from data/ when it is
 * first asked for, once for many documents. May be used from several threads at once; what it lends
 * is never changed and lives as long as it does. */

#include "base/table-file.h"

typedef struct PsCsafTables PsCsafTables;

/* Reads nothing yet. */
PsCsafTables *ps_csaf_tables_new(void);
void ps_csaf_tables_free(PsCsafTables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCsafTables, ps_csaf_tables_free)

/* A file of data/, as ps_table_file_open() takes it. NULL: PS_ERROR_IO. */
const PsTableFile *ps_csaf_tables_file(PsCsafTables *tables, const char *name, GError **error);
/* Anything else, under a name of its own; `open` is called once, unless it fails. */
typedef gpointer (*PsCsafTableOpen)(GError **error);
gconstpointer ps_csaf_tables_get(PsCsafTables *tables, const char *name, PsCsafTableOpen open,
				 GDestroyNotify free, GError **error);

#endif
