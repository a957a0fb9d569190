#ifndef PS_WORKERS_MAIL_HEADERS_H
#define PS_WORKERS_MAIL_HEADERS_H

/* Headers of a message or of a protected payload as JSON: {subject, from, to, cc, reply_to: [{name,
 * address}], date (UTC ms), received (UTC ms, newest Received), message_id, in_reply_to,
 * references: […], texts: {Name: text as written, decoded}}. Absent ones are left out. */

#include <gmime/gmime.h>

#include "base/json.h"

cJSON *ps_headers_json(GMimeHeaderList *list);
/* Sentences about headers that could mislead (several From headers). */
void ps_headers_judge(GMimeHeaderList *list, cJSON *problems);

/* ---- for the pages of the list: the header of a file without taking the message apart ---- */

/* The unfolded, decoded value of a header in the bytes of a message; NULL: not there. */
char *ps_header_find(const char *text, gsize length, const char *name);

#endif
