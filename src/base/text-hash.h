#ifndef PS_BASE_TEXT_HASH_H
#define PS_BASE_TEXT_HASH_H

/* A hash of texts for tables that are filled from documents of strangers: eight bytes at a time,
 * and different in every run, so that nobody can prepare texts that all fall on one place (which
 * g_str_hash() makes easy). The order of such a table means nothing and must never be shown. */

#include <glib.h>

guint ps_text_hash(gconstpointer text);
guint ps_text_hash_bytes(const char *text, gsize length);
/* A table of texts that are lent: keys only, or with lent values. */
GHashTable *ps_text_table_new(void);

#endif
