#include "config.h"

#include "workers/mail/gpg.h"

#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "workers/mail/packets.h"

struct PsGpg {
	gpgme_ctx_t context;
	GHashTable *keys; /* fingerprint -> gpgme_key_t, of signers */
};

PsGpg *
ps_gpg_new(void)
{
	PsGpg *gpg = g_new0(PsGpg, 1);

	gpgme_check_version(NULL);
	gpg->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					  (GDestroyNotify)gpgme_key_unref);
	return gpg;
}

void
ps_gpg_free(PsGpg *gpg)
{
	g_hash_table_unref(gpg->keys);
	if (gpg->context)
		gpgme_release(gpg->context);
	g_free(gpg);
}

void
ps_gpg_forget_keys(PsGpg *gpg)
{
	g_hash_table_remove_all(gpg->keys);
}

static gboolean
make_context(PsGpg *gpg, GError **error)
{
	gpgme_error_t err = gpgme_new(&gpg->context);

	if (!err)
		err = gpgme_set_protocol(gpg->context, GPGME_PROTOCOL_OpenPGP);
	if (!err)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("GnuPG cannot be used: %s. Is “gpg” installed, and is the GnuPG home there?"),
		    gpgme_strerror(err));
	if (gpg->context)
		gpgme_release(gpg->context);
	gpg->context = NULL;
	return FALSE;
}

gpgme_ctx_t
ps_gpg_context(PsWork *work, GError **error)
{
	PsGpg *gpg = work->service;

	if (!gpg->context && !make_context(gpg, error))
		return NULL;
	gpgme_ctx_t context = gpg->context;
	gpgme_signers_clear(context);
	gpgme_set_offline(context, 1);
	gpgme_set_armor(context, 1);
	gpgme_set_textmode(context, 0);
	gpgme_set_keylist_mode(context, GPGME_KEYLIST_MODE_LOCAL);
	gpgme_set_pinentry_mode(context, work->tty ? GPGME_PINENTRY_MODE_DEFAULT
						   : GPGME_PINENTRY_MODE_CANCEL);
	return context;
}

/* ---- errors ---- */

static const struct {
	gpg_err_code_t code;
	PsErrorCode kind;
	const char *sentence; /* N_() with %s for what was being done */
} gpg_errors[] = {
	{GPG_ERR_NO_SECKEY, PS_ERROR_NO_KEY,
	 N_("%s: the secret key is not here. Use the GnuPG home that holds it, or insert its "
	    "card.")},
	{GPG_ERR_NO_PUBKEY, PS_ERROR_NO_KEY,
	 N_("%s: the public key is not here. Import it first.")},
	{GPG_ERR_UNUSABLE_PUBKEY, PS_ERROR_NO_KEY,
	 N_("%s: the key is expired, revoked or not made for this. Ask its owner for a new one.")},
	{GPG_ERR_UNUSABLE_SECKEY, PS_ERROR_NO_KEY,
	 N_("%s: the secret key is expired, revoked or not made for this. Prolong it or use "
	    "another.")},
	{GPG_ERR_AMBIGUOUS_NAME, PS_ERROR_NO_KEY,
	 N_("%s: several keys fit. Name one by its full fingerprint.")},
	{GPG_ERR_BAD_PASSPHRASE, PS_ERROR_PASSPHRASE,
	 N_("%s: the passphrase is wrong. Try again.")},
	{GPG_ERR_NO_PASSPHRASE, PS_ERROR_PASSPHRASE, N_("%s: no passphrase was given. Try again.")},
	{GPG_ERR_CANCELED, PS_ERROR_PASSPHRASE,
	 N_("%s: the passphrase was not given (cancelled). Try again.")},
	{GPG_ERR_FULLY_CANCELED, PS_ERROR_PASSPHRASE,
	 N_("%s: the passphrase was not given (cancelled). Try again.")},
	{GPG_ERR_NO_PIN_ENTRY, PS_ERROR_PASSPHRASE,
	 N_("%s: no pinentry program could be started, so the passphrase cannot be asked. Install "
	    "“pinentry-curses”.")},
	{GPG_ERR_PIN_ENTRY, PS_ERROR_PASSPHRASE,
	 N_("%s: the pinentry program failed, so the passphrase could not be asked.")},
	{GPG_ERR_ENOTTY, PS_ERROR_PASSPHRASE,
	 N_("%s: the passphrase can only be asked on a terminal. Run it on one, or unlock the key "
	    "in "
	    "the agent first.")},
	{GPG_ERR_NO_AGENT, PS_ERROR_PASSPHRASE,
	 N_("%s: gpg-agent does not run and could not be started. Try “gpg-connect-agent /bye”.")},
	{GPG_ERR_AGENT, PS_ERROR_PASSPHRASE,
	 N_("%s: gpg-agent failed. Try “gpgconf --kill gpg-agent”, then again.")},
	{GPG_ERR_CARD_NOT_PRESENT, PS_ERROR_PASSPHRASE,
	 N_("%s: the card with the secret key is not inserted. Insert it and try again.")},
	{GPG_ERR_CARD_REMOVED, PS_ERROR_PASSPHRASE,
	 N_("%s: the card with the secret key was removed. Insert it and try again.")},
	{GPG_ERR_PIN_BLOCKED, PS_ERROR_PASSPHRASE,
	 N_("%s: the PIN of the card is blocked. Unblock it with “gpg --card-edit”.")},
};

gboolean
ps_gpg_failed(PsWork *work, gpgme_error_t err, const char *doing, GError **error)
{
	gpg_err_code_t code = gpgme_err_code(err);

	if (ps_work_cancelled(work, error))
		return FALSE;
	if (!work->tty && (code == GPG_ERR_CANCELED || code == GPG_ERR_FULLY_CANCELED)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NEED_TTY, doing);
		return FALSE;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(gpg_errors); i++)
		if (gpg_errors[i].code == code) {
			g_set_error(error, PS_ERROR, gpg_errors[i].kind,
				    gettext(gpg_errors[i].sentence), doing);
			return FALSE;
		}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("%s: GnuPG says “%s” (%s)."), doing,
		    gpgme_strerror(err), gpgme_strsource(err));
	return FALSE;
}

/* ---- data ---- */

gpgme_data_t
ps_gpg_data(GBytes *bytes)
{
	gpgme_data_t data = NULL;
	gsize length = 0;
	const char *text = g_bytes_get_data(bytes, &length);

	if (gpgme_data_new_from_mem(&data, text ? text : "", length, 0) != 0)
		g_error("out of memory");
	return data;
}

GBytes *
ps_gpg_take(gpgme_data_t data)
{
	size_t length = 0;
	char *text = gpgme_data_release_and_get_mem(data, &length);

	return g_bytes_new_with_free_func(text ? text : "", length, gpgme_free, text);
}

/* Where plain text goes: a deeply compressed message must not fill the memory. */
typedef struct {
	GByteArray *bytes;
	gsize limit;
	gboolean full;
} Sink;

static ssize_t
sink_write(void *user, const void *text, size_t length)
{
	Sink *sink = user;

	if (sink->bytes->len + length > sink->limit) {
		sink->full = TRUE;
		errno = EFBIG;
		return -1;
	}
	g_byte_array_append(sink->bytes, text, (guint)length);
	return (ssize_t)length;
}

static struct gpgme_data_cbs sink_callbacks = {.write = sink_write};

static void
cancel_operation(gpointer user)
{
	gpgme_cancel_async(user);
}

/* ---- signatures ---- */

static gboolean
is_fingerprint(const char *text)
{
	gsize n = text ? strspn(text, "0123456789ABCDEFabcdef") : 0;

	return n >= 40 && text[n] == '\0';
}

gpgme_key_t
ps_gpg_key(PsWork *work, const char *fingerprint, GError **error)
{
	PsGpg *gpg = work->service;
	gpgme_key_t key = g_hash_table_lookup(gpg->keys, fingerprint);

	if (key)
		return key;
	gpgme_ctx_t context = ps_gpg_context(work, error);
	if (!context)
		return NULL;
	gpgme_error_t err = gpgme_get_key(context, fingerprint, &key, 0);
	if (err) {
		if (gpgme_err_code(err) == GPG_ERR_EOF)
			g_set_error(error, PS_ERROR, PS_ERROR_NO_KEY,
				    _("There is no key %s in the key ring. Import it first."),
				    fingerprint);
		else
			ps_gpg_failed(work, err, _("The key could not be looked up"), error);
		return NULL;
	}
	g_hash_table_insert(gpg->keys, g_strdup(fingerprint), key);
	return key;
}

typedef struct {
	gpg_err_code_t status;
	const char *verdict;
	const char *remark; /* N_(), NULL */
} SignatureState;

/* What a signature's status means. GPG_ERR_NO_ERROR alone says nothing about whose key it is. */
static const SignatureState signature_states[] = {
	{GPG_ERR_NO_ERROR, "good", NULL},
	{GPG_ERR_SIG_EXPIRED, "good-unverified", N_("The signature itself has expired.")},
	{GPG_ERR_KEY_EXPIRED, "good-unverified",
	 N_("The key has expired; what was signed is unchanged.")},
	{GPG_ERR_CERT_REVOKED, "bad", N_("The key that signed it was revoked.")},
	{GPG_ERR_BAD_SIGNATURE, "bad",
	 N_("The text does not match its signature: it was changed, or is signed by somebody "
	    "else.")},
	{GPG_ERR_NO_PUBKEY, "key-missing", N_("The key that signed it is not in the key ring.")},
};

static const SignatureState *
signature_state(gpgme_signature_t signature)
{
	static const SignatureState unknown = {GPG_ERR_GENERAL, "key-missing",
					       N_("The signature cannot be checked: this GnuPG "
						  "does not know its algorithm, or does "
						  "not trust it any more.")};

	for (gsize i = 0; i < G_N_ELEMENTS(signature_states); i++)
		if (signature_states[i].status == gpgme_err_code(signature->status))
			return &signature_states[i];
	return &unknown;
}

static cJSON *
signature_json(PsWork *work, gpgme_signature_t signature)
{
	cJSON *object = cJSON_CreateObject();
	const SignatureState *state = signature_state(signature);
	const char *verdict = state->verdict, *fingerprint = signature->fpr;
	gpgme_key_t key = NULL;

	if (is_fingerprint(fingerprint) && !g_str_equal(verdict, "key-missing"))
		key = ps_gpg_key(work, fingerprint, NULL);
	if (key && key->fpr)
		fingerprint = key->fpr;
	if (g_str_equal(verdict, "good"))
		verdict = signature->validity >= GPGME_VALIDITY_FULL ? "good-known"
								     : "good-unverified";
	cJSON_AddStringToObject(object, "verdict", verdict);
	ps_add_text(object, "fingerprint", fingerprint);
	if (key && key->uids) {
		ps_add_text(object, "user_id", key->uids->uid);
		cJSON_AddItemToObject(object, "addresses", ps_key_addresses(key));
	}
	if (signature->timestamp)
		cJSON_AddNumberToObject(object, "made_at", (double)signature->timestamp * 1000);
	if (state->remark)
		ps_add_text(object, "remark", gettext(state->remark));
	return object;
}

/* The signatures of the last operation. They are copied first: looking up keys is an operation of
 * its own and ends their life. */
static cJSON *
signatures_json(PsWork *work, gpgme_ctx_t context)
{
	cJSON *array = cJSON_CreateArray();
	gpgme_verify_result_t result = gpgme_op_verify_result(context);
	int count = 0;

	if (!result)
		return array;
	gpgme_result_ref(result);
	for (gpgme_signature_t s = result->signatures; s && count < 20; s = s->next, count++)
		cJSON_AddItemToArray(array, signature_json(work, s));
	gpgme_result_unref(result);
	return array;
}

/* ---- decrypt ---- */

void
ps_plain_clear(PsPlain *plain)
{
	g_clear_pointer(&plain->plain, g_bytes_unref);
	g_clear_pointer(&plain->algorithm, g_free);
	g_clear_pointer(&plain->recipients, cJSON_Delete);
	g_clear_pointer(&plain->signatures, cJSON_Delete);
}

static void
describe(gpgme_ctx_t context, PsPlain *plain)
{
	gpgme_decrypt_result_t result = gpgme_op_decrypt_result(context);
	int count = 0;

	plain->recipients = cJSON_CreateArray();
	if (!result)
		return;
	/* "?.?" when it did not come so far */
	if (result->symkey_algo && !strchr(result->symkey_algo, '?'))
		plain->algorithm = g_utf8_make_valid(result->symkey_algo, -1);
	plain->no_integrity = result->legacy_cipher_nomdc;
	for (gpgme_recipient_t r = result->recipients; r && count < 100; r = r->next, count++)
		cJSON_AddItemToArray(plain->recipients, ps_text_item(r->keyid, -1));
}

static char *
recipients_text(const PsPlain *plain)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const cJSON *item;

	cJSON_ArrayForEach (item, plain->recipients)
		g_string_append_printf(text, "%s%s", text->len ? ", " : "", item->valuestring);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean
no_secret_key(const PsPlain *plain, GError **error)
{
	g_autofree char *keys = recipients_text(plain);

	if (*keys)
		g_set_error(
			error, PS_ERROR, PS_ERROR_NO_KEY,
			_("There is no secret key for this message: it was encrypted to %s. Use "
			  "the GnuPG home that holds one of these keys, or ask the sender to "
			  "encrypt to the team's key."),
			keys);
	else
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_NO_KEY,
			_("There is no secret key for this message, and it does not say "
			  "to whom it was encrypted."));
	return FALSE;
}

/* GnuPG says "No data" both for rubbish and for packets that it is too old for. */
static gboolean
not_decrypted(PsWork *work, gpgme_error_t err, GBytes *cipher, const PsPlain *plain, GError **error)
{
	gpg_err_code_t code = gpgme_err_code(err);
	g_autofree char *newer = ps_packets_problem(cipher);

	if (code == GPG_ERR_NO_SECKEY)
		return no_secret_key(plain, error);
	if (newer && (code == GPG_ERR_NO_DATA || code == GPG_ERR_DECRYPT_FAILED ||
		      code == GPG_ERR_UNKNOWN_VERSION || code == GPG_ERR_UNSUPPORTED_ALGORITHM)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, newer);
		return FALSE;
	}
	if (plain->no_integrity)
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_INPUT,
			_("The message is not protected against modification (no MDC), so "
			  "it was not opened: somebody may have changed it on its way. Ask "
			  "the sender to encrypt it with a current program."));
	else if (code == GPG_ERR_NO_DATA)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The encrypted part holds no OpenPGP message: it is empty or "
				      "damaged. Ask the sender to send it again."));
	else if (code == GPG_ERR_DECRYPT_FAILED || code == GPG_ERR_CHECKSUM ||
		 code == GPG_ERR_INV_PACKET || code == GPG_ERR_BAD_DATA ||
		 code == GPG_ERR_TRUNCATED)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The message could not be decrypted: it is damaged. Ask the "
				      "sender to send it again."));
	else
		return ps_gpg_failed(work, err, _("The message could not be decrypted"), error);
	return FALSE;
}

static gboolean
too_large(gsize limit, GError **error)
{
	g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
		    _("The decrypted text is larger than the limit of %zu"
		      " bytes (it may be a compression bomb). It was not opened."),
		    limit);
	return FALSE;
}

gboolean
ps_gpg_decrypt(PsWork *work, GBytes *cipher, gsize limit, PsPlain *plain, GError **error)
{
	gpgme_ctx_t context = ps_gpg_context(work, error);
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	Sink sink = {bytes, limit, FALSE};
	gpgme_data_t out = NULL;

	*plain = (PsPlain){0};
	if (!context)
		return FALSE;
	gpgme_data_t in = ps_gpg_data(cipher);
	gpgme_error_t err = gpgme_data_new_from_cbs(&out, &sink_callbacks, &sink);
	ps_work_on_cancel(work, cancel_operation, context);
	if (!err)
		err = gpgme_op_decrypt_verify(context, in, out);
	ps_work_on_cancel(work, NULL, NULL);
	gpgme_data_release(in);
	gpgme_data_release(out);
	describe(context, plain);
	if (ps_work_cancelled(work, error))
		return FALSE;
	if (sink.full)
		return too_large(limit, error);
	/* a missing or failed signature is not a failed decryption */
	if (err && gpgme_err_code(err) != GPG_ERR_NO_PUBKEY &&
	    gpgme_err_code(err) != GPG_ERR_BAD_SIGNATURE)
		return not_decrypted(work, err, cipher, plain, error);
	plain->signatures = signatures_json(work, context);
	plain->plain = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
	return TRUE;
}

/* ---- verify, sign, encrypt ---- */

cJSON *
ps_gpg_verify(PsWork *work, GBytes *data, GBytes *signature, GBytes **text, GError **error)
{
	gpgme_ctx_t context = ps_gpg_context(work, error);
	gpgme_data_t out = NULL;
	gpgme_error_t err;

	if (!context)
		return NULL;
	gpgme_data_t in = ps_gpg_data(data), detached = signature ? ps_gpg_data(signature) : NULL;
	ps_work_on_cancel(work, cancel_operation, context);
	if (detached) {
		err = gpgme_op_verify(context, detached, in, NULL);
	} else {
		gpgme_data_new(&out);
		err = gpgme_op_verify(context, in, NULL, out);
	}
	ps_work_on_cancel(work, NULL, NULL);
	gpgme_data_release(in);
	if (detached)
		gpgme_data_release(detached);
	g_autoptr(GBytes) verified = out ? ps_gpg_take(out) : NULL;
	gpgme_verify_result_t result = gpgme_op_verify_result(context);
	if (!result || !result->signatures) {
		if (gpgme_err_code(err) == GPG_ERR_NO_DATA || !err)
			g_set_error_literal(
				error, PS_ERROR, PS_ERROR_INPUT,
				_("There is no OpenPGP signature in it, or it is damaged."));
		else
			ps_gpg_failed(work, err, _("The signature could not be checked"), error);
		return NULL;
	}
	if (text)
		*text = g_steal_pointer(&verified);
	return signatures_json(work, context);
}

static gboolean
add_signer(PsWork *work, gpgme_ctx_t context, const char *fingerprint, GError **error)
{
	gpgme_key_t key = NULL;
	gpgme_error_t err = gpgme_get_key(context, fingerprint, &key, 1);

	if (!err)
		err = gpgme_signers_add(context, key);
	if (key)
		gpgme_key_unref(key);
	if (!err)
		return TRUE;
	if (gpgme_err_code(err) != GPG_ERR_EOF)
		return ps_gpg_failed(work, err, _("The message could not be signed"), error);
	g_set_error(error, PS_ERROR, PS_ERROR_NO_KEY,
		    _("The secret key %s is not here, so nothing can be signed with it."),
		    fingerprint);
	return FALSE;
}

GBytes *
ps_gpg_sign(PsWork *work, GBytes *data, const char *fingerprint, gpgme_sig_mode_t mode,
	    const char **hash, GError **error)
{
	gpgme_ctx_t context = ps_gpg_context(work, error);
	gpgme_data_t out = NULL;

	if (!context || !add_signer(work, context, fingerprint, error))
		return NULL;
	gpgme_data_t in = ps_gpg_data(data);
	gpgme_data_new(&out);
	ps_work_on_cancel(work, cancel_operation, context);
	gpgme_error_t err = gpgme_op_sign(context, in, out, mode);
	ps_work_on_cancel(work, NULL, NULL);
	gpgme_data_release(in);
	g_autoptr(GBytes) bytes = ps_gpg_take(out);
	if (err) {
		ps_gpg_failed(work, err, _("It could not be signed"), error);
		return NULL;
	}
	gpgme_sign_result_t result = gpgme_op_sign_result(context);
	if (hash)
		*hash = result && result->signatures
				? gpgme_hash_algo_name(result->signatures->hash_algo)
				: NULL;
	return g_steal_pointer(&bytes);
}

/* Every recipient is looked at before: gpg's own answer names a bad key among the signers too. */
static gboolean
usable(gpgme_key_t key, GError **error)
{
	if (key->can_encrypt && !key->expired && !key->revoked && !key->disabled && !key->invalid)
		return TRUE;
	const char *why = key->expired    ? _("it has expired")
			  : key->revoked  ? _("it was revoked")
			  : key->disabled ? _("it is disabled in the key ring")
					  : _("it has no usable subkey for encryption");
	g_autofree char *user = key->uids ? g_utf8_make_valid(key->uids->uid, -1) : g_strdup("?");
	g_set_error(error, PS_ERROR, PS_ERROR_NO_KEY,
		    _("The key %s of “%s” cannot be used to encrypt: %s. Ask for a current key and "
		      "import it."),
		    key->fpr, user, why);
	return FALSE;
}

static GPtrArray *
recipients(PsWork *work, const cJSON *fingerprints, GError **error)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	PsGpg *gpg = work->service;
	const cJSON *item;

	cJSON_ArrayForEach (item, fingerprints) {
		if (!cJSON_IsString(item))
			continue;
		/* not remembered: it may have expired or been prolonged since */
		g_hash_table_remove(gpg->keys, item->valuestring);
		gpgme_key_t key = ps_gpg_key(work, item->valuestring, error);
		if (!key || !usable(key, error))
			return NULL;
		g_ptr_array_add(keys, key);
	}
	if (keys->len == 0) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY,
				    _("There is no key to encrypt to."));
		return NULL;
	}
	g_ptr_array_add(keys, NULL);
	return g_steal_pointer(&keys);
}

GBytes *
ps_gpg_encrypt(PsWork *work, GBytes *plain, const cJSON *fingerprints, const char *sign_with,
	       GError **error)
{
	g_autoptr(GPtrArray) keys = recipients(work, fingerprints, error);
	gpgme_ctx_t context = keys ? ps_gpg_context(work, error) : NULL;
	gpgme_data_t out = NULL;
	gpgme_error_t err;

	if (!context || (sign_with && !add_signer(work, context, sign_with, error)))
		return NULL;
	gpgme_data_t in = ps_gpg_data(plain);
	gpgme_data_new(&out);
	ps_work_on_cancel(work, cancel_operation, context);
	/* The person has seen the recipients with their validity: trust is not asked again here. */
	if (sign_with)
		err = gpgme_op_encrypt_sign(context, (gpgme_key_t *)keys->pdata,
					    GPGME_ENCRYPT_ALWAYS_TRUST, in, out);
	else
		err = gpgme_op_encrypt(context, (gpgme_key_t *)keys->pdata,
				       GPGME_ENCRYPT_ALWAYS_TRUST, in, out);
	ps_work_on_cancel(work, NULL, NULL);
	gpgme_data_release(in);
	g_autoptr(GBytes) bytes = ps_gpg_take(out);
	if (!err)
		return g_steal_pointer(&bytes);
	ps_gpg_failed(work, err, _("The message could not be encrypted"), error);
	return NULL;
}
