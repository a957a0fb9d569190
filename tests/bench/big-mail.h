#ifndef PS_BENCH_BIG_MAIL_H
#define PS_BENCH_BIG_MAIL_H

/* A large Maildir made on the spot, the same bytes on every run: `count` messages in threads of
 * four, one in twenty PGP/MIME encrypted in form (the cipher text is filler: painting a list never
 * decrypts), one in ten with an attachment. */

#include <glib.h>

gboolean bench_make_maildir(const char *root, int count, GError **error);

#endif
