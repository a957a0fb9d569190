#ifndef PS_WORKERS_MAIL_GUARD_H
#define PS_WORKERS_MAIL_GUARD_H

/* Limits in front of GMime, which has none: it keeps half a kilobyte a header line and two a part
 * (200,000 parts in 6 MB of mail took 393 MB). */

#include <glib.h>

#include "base/json.h"

#define PS_MESSAGE_MAX ((gsize)64 << 20)
#define PS_HEADER_LINES_MAX 4000
#define PS_HEADER_BYTES_MAX (1 << 20)
#define PS_BOUNDARY_LINES_MAX 10000

/* The message as it may be parsed: without the header lines over the limit, ended where there are
 * more parts than the limit, NUL bytes of its headers replaced. What was done is added to `notes`
 * as sentences. A message within the limits comes back as it is. */
GBytes *ps_guard(GBytes *message, cJSON *notes);

#endif
