#ifndef PS_WORKERS_MAIL_TEXT_H
#define PS_WORKERS_MAIL_TEXT_H

/* Text parts: character sets, line ends, format=flowed. */

#include <glib.h>

/* UTF-8 from bytes in `charset` (NULL or unknown: UTF-8 where it is valid, else windows-1252). What
 * cannot be converted becomes U+FFFD. At most `limit` bytes of input are taken. LF line ends, no
 * NUL. `*length` (may be NULL) gets the bytes of the result. */
char *ps_text_decode(GBytes *bytes, const char *charset, gsize limit, gsize *length, gboolean *cut);

/* RFC 3676: joins the lines that the sender's program broke. */
char *ps_text_unflow(const char *text, gboolean delete_space);

/* RFC 9788 section 5.2.2: without the lines up to the first empty one, which repeat protected
 * headers for old programs. */
const char *ps_text_without_legacy_display(const char *text);

#endif
