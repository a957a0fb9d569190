#ifndef PS_WORKERS_MAIL_INDEX_H
#define PS_WORKERS_MAIL_INDEX_H

/* The notmuch index, read only. Every request opens it, reads and closes it: a reader that lives
 * longer meets DatabaseModifiedError, over which libnotmuch aborts the process or gives wrong rows
 * without an error. What is read is checked (counts, missing values) and read again when it is not
 * whole; on the third attempt of the client the index is opened for writing, which keeps writers
 * out for the moment of the page.
 *
 * Arguments of all: "config" (file; "": none), "root" (database path; absent: from the config). */

#include "workers/work.h"

/* META {uuid, revision, count, root}. */
gboolean ps_serve_index_info(PsWork *work, GError **error);
/* Messages changed in revisions from…to. "skip" messages of the answer are left out; with
 * "expected" (the count that the first page told) the skip is corrected for messages that left the
 * range since. META {count, skipped, uuid}, then META {rows: […]} with at most "limit" rows. */
gboolean ps_serve_index_page(PsWork *work, GError **error);
/* META {ids: [message ids, newest first], count}. */
gboolean ps_serve_index_search(PsWork *work, GError **error);
/* Of the given "ids": META {gone: […]}. */
gboolean ps_serve_index_gone(PsWork *work, GError **error);
/* META {paths: […]} of one "id". */
gboolean ps_serve_index_paths(PsWork *work, GError **error);

#endif
