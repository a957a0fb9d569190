#ifndef PS_WORKERS_MAIL_COMPOSE_H
#define PS_WORKERS_MAIL_COMPOSE_H

/* Builds a message: plain, signed (multipart/signed), or signed and encrypted (multipart/encrypted
 * with the signature inside, RFC 3156 section 6.2), the latter two with protected headers and, when
 * encrypted, the outer subject "...". LF line ends, 7 bit. */

#include "workers/work.h"

/* Arguments: from {name, address}, to [{…}], cc [{…}], subject, message_id, date (UTC ms),
 * in_reply_to?, references? […], sign_with?, fingerprints? […] (encrypt to these). Input: the text,
 * UTF-8. Answer: DATA, the message. */
gboolean ps_serve_compose(PsWork *work, GError **error);

#endif
