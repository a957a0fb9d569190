#ifndef PS_WORKERS_MAIL_PACKETS_H
#define PS_WORKERS_MAIL_PACKETS_H

/* A look at the first OpenPGP packets of a message (RFC 4880 section 4.2, RFC 9580), to name what
 * GnuPG only calls "No data". */

#include <glib.h>

/* A sentence when the message uses what this GnuPG cannot read: version 6 session-key packets,
 * version 2 of the encrypted-data packet, AEAD packets; NULL: nothing of that. Armoured or binary.
 */
char *ps_packets_problem(GBytes *message);

#endif
