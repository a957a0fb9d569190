#ifndef PS_STORE_TEXT_INDEX_H
#define PS_STORE_TEXT_INDEX_H

/* The index of sealed text: case-folded, in memory only, shared by all connections of the program,
 * wiped when the workspace is locked. A kind is read in at its first search and then follows the
 * log, so that a search decrypts only what changed. */

#include "store/internal.h"

typedef struct PsTextIndex PsTextIndex;

PsTextIndex *ps_text_index_new(void);
void ps_text_index_free(PsTextIndex *index);
void ps_text_index_wipe(PsTextIndex *index);

/* Brings the index of `kind` up to what `store` sees. Not within a transaction: what is rolled back
 * would stay. */
gboolean ps_text_index_refresh(PsTextIndex *index, PsStore *store, const PsKind *kind,
			       GError **error);
/* Is every one of the folded words in the record's text? */
gboolean ps_text_index_fits(PsTextIndex *index, const char *kind, const char *record, char **words);

#endif
