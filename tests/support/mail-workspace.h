#ifndef PS_TESTS_MAIL_WORKSPACE_H
#define PS_TESTS_MAIL_WORKSPACE_H

/* A workspace with keys, a mail directory and real mail, below a short-lived directory. */

#include <glib.h>

#include "gnupg-home.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

typedef struct {
	PsTestHome *home;
	PsOpenpgp *openpgp;
	PsStore *store;        /* unlocked */
	char *dir;             /* the workspace */
	char *root;            /* the Maildir */
	char *team, *reporter; /* fingerprints of psirt@example.com and rita@example.org */
	int delivered;
} PsTestMail;

PsTestMail *ps_test_mail_new(void);
void ps_test_mail_free(PsTestMail *mail);

/* Puts a message into the Maildir; its path. */
char *ps_test_deliver(PsTestMail *mail, GBytes *message);
char *ps_test_deliver_text(PsTestMail *mail, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A MIME part (its header, an empty line, its body) as PGP/MIME, with these headers ahead (each
 * line ended). `sign_with`, where asked for, is a fingerprint. LF line ends. */
GBytes *ps_test_encrypted(PsTestMail *mail, const char *headers, const char *part,
			  const char *recipient, const char *sign_with);
GBytes *ps_test_signed(PsTestMail *mail, const char *headers, const char *part,
		       const char *sign_with);
GBytes *ps_test_bytes(const char *format, ...) G_GNUC_PRINTF(1, 2);
char *ps_test_string(GBytes *bytes); /* as a C string; frees nothing */

void ps_test_sync(PsTestMail *mail); /* must succeed */

#endif
