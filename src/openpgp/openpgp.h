#ifndef PS_OPENPGP_OPENPGP_H
#define PS_OPENPGP_OPENPGP_H

/* OpenPGP: the client side of the mail worker. This program links no crypto library of GnuPG; every
 * key and every ciphertext is handled by gpgme in the worker process, and what comes back is
 * checked and bounded.
 *
 * Invariants
 * - One GnuPG home per PsOpenpgp. gpg-agent is started by us, outside the worker's resource limits,
 *   before a request that may need a secret key.
 * - Nothing is ever fetched: GnuPG runs offline (no dirmngr, no key servers, no auto-key-locate).
 * - A passphrase is asked for by the user's own pinentry. The first try of each request forbids
 *   pinentry; only when a passphrase is really needed is the terminal released (ps_openpgp_set_tty)
 *   and the request runs again.
 * - Every call blocks: from a job or a headless command, never from the screen's thread. A
 * PsOpenpgp may be used from any thread; its calls queue.
 * - Texts from keys (user ids) are already safe text. Fingerprints are 40 upper-case hexadecimal
 *   digits (64 for newer keys).
 *
 * Errors: PS_ERROR_NO_KEY, PS_ERROR_PASSPHRASE, PS_ERROR_NEED_TTY, PS_ERROR_WORKER, PS_ERROR_INPUT,
 * each a sentence that names the keys and what to do. */

#include <glib.h>

#include "base/worker.h"
#include "store/store.h"

typedef struct PsOpenpgp PsOpenpgp;

/* `gnupg_home` NULL: $GNUPGHOME, else the user's own. Starts nothing yet. */
PsOpenpgp *ps_openpgp_new(const char *gnupg_home);
void ps_openpgp_free(PsOpenpgp *openpgp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsOpenpgp, ps_openpgp_free)

const char *ps_openpgp_home(const PsOpenpgp *openpgp); /* NULL: the user's own */
/* The worker behind it, for the inbox; lent. */
PsWorker *ps_openpgp_worker(PsOpenpgp *openpgp);
/* How the screen gives the terminal to pinentry. NULL: a headless command, where pinentry may use
 * the terminal as it is; without one (cron) a needed passphrase is PS_ERROR_NEED_TTY. */
void ps_openpgp_set_tty(PsOpenpgp *openpgp, const PsWorkerTty *tty);
/* For ps_store_create() and ps_store_open(); lives as long as `openpgp`. */
const PsKeyOps *ps_openpgp_key_ops(PsOpenpgp *openpgp);

/* Refuses, with a sentence, a GnuPG home whose agent socket cannot be made (path over 90 bytes and
 * no /run/user/UID) or whose directory is not there. NULL: the default home, as above. */
gboolean ps_openpgp_check_home(const char *gnupg_home, GError **error);
/* Starts the agent when it does not run. Called by everything here that needs it. */
gboolean ps_openpgp_start_agent(PsOpenpgp *openpgp, GError **error);

/* ---- keys ---- */

typedef enum {
	PS_VALIDITY_UNKNOWN, /* nobody said anything about the owner */
	PS_VALIDITY_NEVER,
	PS_VALIDITY_MARGINAL,
	PS_VALIDITY_FULL,
	PS_VALIDITY_ULTIMATE, /* our own */
} PsKeyValidity;

typedef struct {
	char *fingerprint;
	char *user_id;           /* primary, "Name <address>" */
	char *name;              /* of the primary user id, may be empty */
	char *address;           /* of the primary user id, lower case, may be empty */
	char **addresses;        /* of all valid user ids, lower case */
	char *algorithm;         /* "ed25519", "rsa4096" */
	PsKeyValidity validity;  /* best of its user ids; where asked for by address: of that one */
	gint64 created, expires; /* UTC ms; PS_NO_TIME: never expires */
	gboolean expired, revoked, disabled, invalid;
	gboolean can_encrypt, can_sign; /* now, with a subkey that is neither expired nor revoked */
	gboolean secret;                /* the secret key is here (or on a known card) */
} PsKey;

void ps_key_free(PsKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsKey, ps_key_free)
const char *ps_key_validity_text(PsKeyValidity validity); /* translated word */
/* Why the key cannot be used to encrypt now: one sentence, new string; NULL when it can. */
char *ps_key_problem(const PsKey *key);

/* `pattern` NULL: all; else address, fingerprint, key id or a part of a user id. PsKey* array. */
GPtrArray *ps_openpgp_keys(PsOpenpgp *openpgp, const char *pattern, gboolean secret_only,
			   GError **error);
/* The one key for an address or fingerprint: exact address only, usable before unusable, then
 * validity, then the newest. A key that cannot encrypt is returned too (look at ps_key_problem()).
 * None: PS_ERROR_NO_KEY. */
PsKey *ps_openpgp_find_key(PsOpenpgp *openpgp, const char *who, GError **error);

typedef struct {
	int considered, imported, unchanged, secret_imported;
	char **fingerprints; /* of all keys seen */
} PsKeyImport;
void ps_key_import_clear(PsKeyImport *import);
/* Secret keys in the data are refused unless `allow_secret`. */
gboolean ps_openpgp_import(PsOpenpgp *openpgp, GBytes *keys, gboolean allow_secret,
			   PsKeyImport *import, GError **error);
/* Public key, armoured. */
GBytes *ps_openpgp_export(PsOpenpgp *openpgp, const char *fingerprint, GError **error);

/* ---- data ---- */

/* Armoured, for all `fingerprints` (NULL-terminated); every key must be usable, else
 * PS_ERROR_NO_KEY names those that are not. `sign_with` NULL: not signed. */
GBytes *ps_openpgp_encrypt(PsOpenpgp *openpgp, GBytes *plain, const char *const *fingerprints,
			   const char *sign_with, GError **error);

typedef enum {
	PS_SIGN_DETACHED, /* armoured */
	PS_SIGN_CLEAR,    /* cleartext signature framework */
} PsSignMode;
GBytes *ps_openpgp_sign(PsOpenpgp *openpgp, GBytes *data, const char *fingerprint, PsSignMode mode,
			GError **error);

/* What verifying gave. The four honest states of a signature; PS_VERDICT_NONE: not signed. */
typedef enum {
	PS_VERDICT_NONE,
	PS_VERDICT_GOOD_KNOWN,      /* good, and the key is known to belong to its owner */
	PS_VERDICT_GOOD_UNVERIFIED, /* good, but nobody verified whose key it is */
	PS_VERDICT_KEY_MISSING,     /* cannot be checked: the key is not here */
	PS_VERDICT_BAD,             /* changed after signing, or made with a revoked key */
} PsVerdict;
const char *ps_verdict_token(PsVerdict verdict);    /* "good-known", as stored */
const char *ps_verdict_text(PsVerdict verdict);     /* translated, short, for people */
PsVerdict ps_verdict_from_token(const char *token); /* unknown: NONE */

typedef struct {
	PsVerdict verdict;
	char *fingerprint; /* of the signing key (primary key where known, else key id) */
	char *user_id;     /* NULL when the key is missing */
	char **addresses;  /* of the key, lower case; NULL when it is missing */
	gint64 made_at;    /* as the signature says; PS_NO_TIME when unknown */
	char *remark;      /* "the key expired on …", NULL: nothing to remark */
} PsSignature;
void ps_signature_free(PsSignature *signature);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsSignature, ps_signature_free)

typedef struct {
	GBytes *plain;         /* wiped by ps_decrypted_clear() when not shared */
	char *algorithm;       /* "AES256.CFB" */
	gboolean no_integrity; /* no modification detection: the text may have been changed */
	char **recipients;     /* key ids that it was encrypted to */
	GPtrArray *signatures; /* PsSignature*, may be empty */
} PsDecrypted;
void ps_decrypted_clear(PsDecrypted *decrypted);
gboolean ps_openpgp_decrypt(PsOpenpgp *openpgp, GBytes *cipher, PsDecrypted *decrypted,
			    GError **error);

/* `signature` NULL: `data` is clear-signed, and `*text` (may be NULL) gets what was signed.
 * PsSignature* array; a bad signature is an answer, not an error. */
GPtrArray *ps_openpgp_verify(PsOpenpgp *openpgp, GBytes *data, GBytes *signature, GBytes **text,
			     GError **error);

#endif
