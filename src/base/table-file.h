#ifndef PS_BASE_TABLE_FILE_H
#define PS_BASE_TABLE_FILE_H

/* A data file of lines "KEY<TAB>CELL<TAB>…", sorted by the bytes of the key: looked up in place
 * without reading all of it. Lines that begin with "#" stand at its head only. */

#include <glib.h>

typedef struct PsTableFile PsTableFile;

/* `name` as ps_path_data() takes it. */
PsTableFile *ps_table_file_open(const char *name, GError **error);
void ps_table_file_free(PsTableFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsTableFile, ps_table_file_free)

/* Cells behind the key; NULL: no such key. */
char **ps_table_file_find(const PsTableFile *file, const char *key);
/* Calls with each line's key and cells, in order, until FALSE. */
typedef gboolean (*PsTableRow)(gpointer user, const char *key, char *const *cells);
void ps_table_file_each(const PsTableFile *file, PsTableRow func, gpointer user);
/* Only the lines whose key begins with `prefix`, which are found without reading the others. */
void ps_table_file_prefix(const PsTableFile *file, const char *prefix, PsTableRow func,
			  gpointer user);

#endif
