#ifndef PS_OPENPGP_GENERATE_H
#define PS_OPENPGP_GENERATE_H

/* Keys for the demo workspace and for tests, in a GnuPG home of their own. Real keys are made by
 * their owners with gpg itself. */

#include <glib.h>

typedef struct {
	const char *user_id;    /* "Name <address>" */
	const char *passphrase; /* NULL: the secret key is not protected */
	const char *made_at;    /* "20200101T000000" to make it in the past; NULL: now */
	int days;               /* 0: never expires */
	gboolean sign_only;     /* no subkey for encryption */
} PsGenerate;

/* Makes the home directory (0700) when it is not there, and an ed25519/cv25519 key in it. Gives its
 * fingerprint. */
char *ps_openpgp_generate(const char *home, const PsGenerate *options, GError **error);
/* Ends the agents of a home that is going to be removed. */
void ps_openpgp_kill_agents(const char *home);

#endif
