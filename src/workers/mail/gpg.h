#ifndef PS_WORKERS_MAIL_GPG_H
#define PS_WORKERS_MAIL_GPG_H

/* GnuPG through gpgme. One context is kept (making one starts five programs); keys that verified a
 * signature are remembered. Everything is offline. Errors are sentences with the codes of
 * base/error.h; PS_ERROR_NEED_TTY when a passphrase is needed and the request may not ask. */

#include <gpgme.h>

#include "workers/work.h"

typedef struct PsGpg PsGpg;
PsGpg *ps_gpg_new(void);
void ps_gpg_free(PsGpg *gpg);

typedef struct {
	GBytes *plain;
	char *algorithm; /* NULL: unknown */
	gboolean no_integrity;
	cJSON *recipients; /* array of key ids */
	cJSON *signatures; /* array of objects, see ps_gpg_verify() */
} PsPlain;
void ps_plain_clear(PsPlain *plain);

/* At most `limit` bytes of plain text. `plain->recipients`, algorithm and no_integrity are filled
 * on failure too, as far as they are known. */
gboolean ps_gpg_decrypt(PsWork *work, GBytes *cipher, gsize limit, PsPlain *plain, GError **error);

/* Array of {verdict, fingerprint, user_id, addresses, made_at, remark}. `signature` NULL: `data` is
 * a cleartext signature and `*text` gets what was signed. */
cJSON *ps_gpg_verify(PsWork *work, GBytes *data, GBytes *signature, GBytes **text, GError **error);

GBytes *ps_gpg_sign(PsWork *work, GBytes *data, const char *fingerprint, gpgme_sig_mode_t mode,
		    const char **hash, GError **error);
/* Armoured; `fingerprints` a JSON array of texts. */
GBytes *ps_gpg_encrypt(PsWork *work, GBytes *plain, const cJSON *fingerprints,
		       const char *sign_with, GError **error);

/* Adds the fingerprints of the keys in `bytes` to an array of texts; nothing is imported. */
void ps_gpg_keys_in(PsWork *work, GBytes *bytes, cJSON *fingerprints);

/* Methods over keys: each answers with META objects. */
gboolean ps_gpg_list_keys(PsWork *work, GError **error);
gboolean ps_gpg_import_keys(PsWork *work, GError **error);
gboolean ps_gpg_export_key(PsWork *work, GError **error);

/* ---- between gpg.c and keys.c ---- */
gpgme_ctx_t ps_gpg_context(PsWork *work, GError **error);
/* After an operation: gives `err` a sentence. Always FALSE. */
gboolean ps_gpg_failed(PsWork *work, gpgme_error_t err, const char *doing, GError **error);
gpgme_key_t ps_gpg_key(PsWork *work, const char *fingerprint, GError **error);
void ps_gpg_forget_keys(PsGpg *gpg);
GBytes *ps_gpg_take(gpgme_data_t data);
gpgme_data_t ps_gpg_data(GBytes *bytes);
cJSON *ps_key_addresses(gpgme_key_t key);

#endif
