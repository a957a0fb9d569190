#ifndef PS_WORKERS_MAIL_INLINE_H
#define PS_WORKERS_MAIL_INLINE_H

/* Inline PGP: armour inside a text part (RFC 4880 sections 6 and 7). Only armour lines at the start
 * of a line and whole blocks count; a quoted one ("> -----BEGIN") does not. */

#include <glib.h>

typedef enum {
	PS_INLINE_TEXT,      /* everything else: neither encrypted nor signed */
	PS_INLINE_ENCRYPTED, /* BEGIN PGP MESSAGE … END PGP MESSAGE */
	PS_INLINE_SIGNED,    /* BEGIN PGP SIGNED MESSAGE … END PGP SIGNATURE */
	PS_INLINE_KEY,       /* BEGIN PGP PUBLIC KEY BLOCK … */
	PS_INLINE_BROKEN,    /* a beginning without its end */
} PsInlineKind;

typedef struct {
	PsInlineKind kind;
	gsize start, end; /* bytes of the text */
} PsInlineSegment;

/* The segments of `text` in order, without gaps; an array of PsInlineSegment. At most 50 blocks are
 * told apart, the rest is one text. */
GArray *ps_inline_segments(const char *text, gsize length);
/* Anything but text in it? */
gboolean ps_inline_any(const char *text, gsize length);

#endif
