#ifndef PS_BASE_ERROR_H
#define PS_BASE_ERROR_H

/* Errors: one domain for the whole engine. The code says what kind of "no" it is (and so the exit
 * status); the message is a whole sentence for the analyst: what failed, on what, what to do.
 * Messages are translated where they are made; they never end in a newline. */

#include <glib.h>

#define PS_ERROR (ps_error_quark())

typedef enum {
	/* the answer is "no": exit status 1 */
	PS_ERROR_NOT_FOUND, /* no such record, message, key, file asked for by name */
	PS_ERROR_INVALID,   /* the thing asked about was judged and falls short */
	PS_ERROR_CONFLICT,  /* somebody changed it since it was read */
	PS_ERROR_REFUSED,   /* a rule forbids it (embargo, TLP, undo after sending); says how it is
			       lifted */
	/* it could not be done: exit status 2 */
	PS_ERROR_INPUT,      /* bad input: says what, where, and what would be right */
	PS_ERROR_IO,         /* disk, permissions, database */
	PS_ERROR_LOCKED,     /* the workspace is locked and sealed text is needed */
	PS_ERROR_NO_KEY,     /* an OpenPGP key is missing, expired or unusable */
	PS_ERROR_PASSPHRASE, /* wrong or no passphrase, agent or card away */
	PS_ERROR_NEED_TTY,   /* pinentry wants the terminal: release it and ask again */
	PS_ERROR_WORKER,     /* a worker process died or does not answer */
	PS_ERROR_LIMIT,      /* a size, depth or count limit was hit: says which and where */
	PS_ERROR_CANCELLED,  /* the user stopped it */
	PS_ERROR_BUSY,       /* locked by another program; try again */
	PS_ERROR_VERSION,    /* made by a newer version of this program */
	/* wrong use of the command line: exit status 64 */
	PS_ERROR_USAGE,
} PsErrorCode;

GQuark ps_error_quark(void);

/* 0 for no error, else 1, 2 or 64 as doc and contract say. */
int ps_error_exit_status(const GError *error);

/* Over several inputs the worst counts: 2 over 1 over 0 (64 over all). */
int ps_exit_worst(int a, int b);

#endif
