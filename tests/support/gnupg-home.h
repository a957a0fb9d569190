#ifndef PS_TESTS_GNUPG_HOME_H
#define PS_TESTS_GNUPG_HOME_H

/* A short-lived GnuPG home for tests, below /dev/shm or /tmp so that the agent's socket path stays
 * short. It
 * never touches the user's own. Anything that cannot be set up ends the program with a message. */

#include <glib.h>

typedef struct {
	char *dir;  /* …/psXXXXXX: home and whatever else the test puts there */
	char *home; /* DIR/g */
} PsTestHome;

PsTestHome *ps_test_home_new(void);
/* Ends the agents and removes the directory. */
void ps_test_home_free(PsTestHome *test);

/* New ed25519/cv25519 key without passphrase; its fingerprint. */
char *ps_test_key(PsTestHome *test, const char *user_id);
char *ps_test_key_with_passphrase(PsTestHome *test, const char *user_id, const char *passphrase);
/* Made in 2020, expired a day later. */
char *ps_test_key_expired(PsTestHome *test, const char *user_id);
/* Answers the next pinentry with this passphrase; NULL: as if the person pressed Cancel. */
void ps_test_pinentry(PsTestHome *test, const char *passphrase);
/* Forgets what the agent has cached. */
void ps_test_forget_passphrases(PsTestHome *test);

/* Runs gpg (or what argv[0] names) in this home with `input` (NULL: none); standard output. */
GBytes *ps_test_run(PsTestHome *test, GBytes *input, const char *first, ...) G_GNUC_NULL_TERMINATED;
GBytes *ps_test_text(const char *text); /* bytes of a text, without its NUL */

#endif
