#ifndef PS_WORKERS_MAIL_INDEX_ROW_H
#define PS_WORKERS_MAIL_INDEX_ROW_H

#include <notmuch.h>

#include "base/json.h"

/* One message for the list: {id, thread, from, subject, at (UTC ms), path (below `root`), tags,
 * to, size, encryption, signed}. What the index does not hold is read from the head of the file,
 * which may be gone. NULL: the index could not give it whole (it changed under us). */
cJSON *ps_index_row(notmuch_message_t *message, const char *root);

#endif
