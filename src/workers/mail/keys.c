#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "workers/mail/gpg.h"

#define KEYS_MAX 20000
#define UIDS_MAX 50
#define KEYS_IN_MAIL_MAX 20

cJSON *
ps_key_addresses(gpgme_key_t key)
{
	cJSON *array = cJSON_CreateArray();
	int count = 0;

	for (gpgme_user_id_t uid = key->uids; uid && count < UIDS_MAX; uid = uid->next) {
		if (uid->revoked || uid->invalid || !uid->address || !*uid->address)
			continue;
		g_autofree char *lower = g_ascii_strdown(uid->address, -1);
		cJSON_AddItemToArray(array, ps_text_item(lower, -1));
		count++;
	}
	return array;
}

/* gpgme's scale: unknown, undefined, never, marginal, full, ultimate. */
static int
validity(gpgme_validity_t value)
{
	static const int scale[] = {0, 0, 1, 2, 3, 4};

	return (gsize)value < G_N_ELEMENTS(scale) ? scale[value] : 0;
}

/* [{"address":…, "validity":…}] so that a key found by address has the validity of that address. */
static cJSON *
user_ids(gpgme_key_t key, int *best)
{
	cJSON *array = cJSON_CreateArray();
	int count = 0;

	*best = 0;
	for (gpgme_user_id_t uid = key->uids; uid && count < UIDS_MAX; uid = uid->next) {
		if (uid->revoked || uid->invalid)
			continue;
		cJSON *object = cJSON_CreateObject();
		g_autofree char *lower = g_ascii_strdown(uid->address ? uid->address : "", -1);
		ps_add_text(object, "address", lower);
		cJSON_AddNumberToObject(object, "validity", validity(uid->validity));
		cJSON_AddItemToArray(array, object);
		*best = MAX(*best, validity(uid->validity));
		count++;
	}
	return array;
}

/* The key's end is that of the primary key; gpgme's can_encrypt already leaves out subkeys that are
 * expired or revoked. */
static cJSON *
key_json(gpgme_key_t key)
{
	cJSON *object = cJSON_CreateObject();
	gpgme_subkey_t primary = key->subkeys;
	int best;
	g_autofree char *algorithm = primary ? gpgme_pubkey_algo_string(primary) : NULL;

	ps_add_text(object, "fingerprint", key->fpr);
	if (key->uids) {
		ps_add_text(object, "user_id", key->uids->uid);
		ps_add_text(object, "name", key->uids->name);
		ps_add_text(object, "address", key->uids->address);
	}
	ps_add_text(object, "algorithm", algorithm);
	cJSON_AddItemToObject(object, "user_ids", user_ids(key, &best));
	cJSON_AddNumberToObject(object, "validity", best);
	if (primary) {
		cJSON_AddNumberToObject(object, "created", (double)primary->timestamp * 1000);
		if (primary->expires)
			cJSON_AddNumberToObject(object, "expires", (double)primary->expires * 1000);
	}
	cJSON_AddBoolToObject(object, "expired", key->expired);
	cJSON_AddBoolToObject(object, "revoked", key->revoked);
	cJSON_AddBoolToObject(object, "disabled", key->disabled);
	cJSON_AddBoolToObject(object, "invalid", key->invalid);
	cJSON_AddBoolToObject(object, "can_encrypt", key->can_encrypt);
	cJSON_AddBoolToObject(object, "can_sign", key->can_sign);
	cJSON_AddBoolToObject(object, "secret", key->secret);
	return object;
}

static gboolean
list(PsWork *work, const char *pattern, gboolean secret, GHashTable *secrets, GError **error)
{
	gpgme_ctx_t context = ps_gpg_context(work, error);
	gpgme_key_t key = NULL;
	gpgme_error_t err;
	int count = 0;

	if (!context)
		return FALSE;
	err = gpgme_op_keylist_start(context, pattern, secret);
	while (!err && !(err = gpgme_op_keylist_next(context, &key))) {
		gboolean sent = TRUE;
		if (!key->fpr || ++count > KEYS_MAX) {
			gpgme_key_unref(key);
			continue;
		}
		if (secrets)
			key->secret = g_hash_table_contains(secrets, key->fpr);
		sent = ps_work_meta(work, key_json(key), error);
		gpgme_key_unref(key);
		if (!sent) {
			gpgme_op_keylist_end(context);
			return FALSE;
		}
	}
	gpgme_op_keylist_end(context);
	if (gpgme_err_code(err) != GPG_ERR_EOF)
		return ps_gpg_failed(work, err, _("The keys could not be listed"), error);
	return TRUE;
}

/* Which of the keys have a secret part: gpg tells that only in a list of secret keys. */
static GHashTable *
secret_keys(PsWork *work, const char *pattern)
{
	g_autoptr(GHashTable) secrets =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	gpgme_ctx_t context = ps_gpg_context(work, NULL);
	gpgme_key_t key = NULL;

	if (!context || gpgme_op_keylist_start(context, pattern, 1) != 0)
		return g_steal_pointer(&secrets);
	while (gpgme_op_keylist_next(context, &key) == 0) {
		if (key->fpr)
			g_hash_table_add(secrets, g_strdup(key->fpr));
		gpgme_key_unref(key);
	}
	gpgme_op_keylist_end(context);
	return g_steal_pointer(&secrets);
}

gboolean
ps_gpg_list_keys(PsWork *work, GError **error)
{
	const char *pattern = ps_work_text(work, "pattern");

	if (work->arguments && ps_json_flag(work->arguments, "secret"))
		return list(work, pattern, TRUE, NULL, error);
	g_autoptr(GHashTable) secrets = secret_keys(work, pattern);
	return list(work, pattern, FALSE, secrets, error);
}

void
ps_gpg_keys_in(PsWork *work, GBytes *bytes, cJSON *fingerprints)
{
	gpgme_ctx_t context = ps_gpg_context(work, NULL);
	gpgme_key_t key = NULL;

	if (!context || cJSON_GetArraySize(fingerprints) >= KEYS_IN_MAIL_MAX)
		return;
	gpgme_data_t data = ps_gpg_data(bytes);
	if (gpgme_op_keylist_from_data_start(context, data, 0) == 0) {
		while (cJSON_GetArraySize(fingerprints) < KEYS_IN_MAIL_MAX &&
		       gpgme_op_keylist_next(context, &key) == 0) {
			if (key->fpr)
				cJSON_AddItemToArray(fingerprints, ps_text_item(key->fpr, -1));
			gpgme_key_unref(key);
		}
		gpgme_op_keylist_end(context);
	}
	gpgme_data_release(data);
}

static gboolean
holds_secret_key(GBytes *keys)
{
	gsize length = 0;
	const guint8 *bytes = g_bytes_get_data(keys, &length);

	if (length == 0)
		return FALSE;
	if (g_strstr_len((const char *)bytes, (gssize)length, "BEGIN PGP PRIVATE KEY"))
		return TRUE;
	/* tag 5 in the old and new packet format */
	return (bytes[0] & 0xfc) == 0x94 || bytes[0] == 0xc5;
}

gboolean
ps_gpg_import_keys(PsWork *work, GError **error)
{
	gboolean allow_secret = work->arguments && ps_json_flag(work->arguments, "secret");

	if (!allow_secret && holds_secret_key(work->input)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_REFUSED,
				    _("It holds a secret key. Secret keys are imported with “gpg "
				      "--import” by their owner only."));
		return FALSE;
	}
	gpgme_ctx_t context = ps_gpg_context(work, error);
	if (!context)
		return FALSE;
	gpgme_data_t data = ps_gpg_data(work->input);
	gpgme_error_t err = gpgme_op_import(context, data);
	gpgme_data_release(data);
	gpgme_import_result_t result = gpgme_op_import_result(context);
	ps_gpg_forget_keys(work->service);
	if (err || !result)
		return ps_gpg_failed(work, err, _("The keys could not be imported"), error);
	if (result->considered == 0) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("There is no OpenPGP key in it."));
		return FALSE;
	}
	cJSON *meta = cJSON_CreateObject();
	cJSON_AddNumberToObject(meta, "considered", result->considered);
	cJSON_AddNumberToObject(meta, "imported", result->imported);
	cJSON_AddNumberToObject(meta, "unchanged", result->unchanged);
	cJSON_AddNumberToObject(meta, "secret_imported", result->secret_imported);
	cJSON *array = cJSON_AddArrayToObject(meta, "fingerprints");
	int count = 0;
	for (gpgme_import_status_t s = result->imports; s && count < 1000; s = s->next, count++)
		if (!s->result && s->fpr)
			cJSON_AddItemToArray(array, ps_text_item(s->fpr, -1));
	return ps_work_meta(work, meta, error);
}

gboolean
ps_gpg_export_key(PsWork *work, GError **error)
{
	const char *fingerprint = ps_work_text(work, "fingerprint");
	gpgme_data_t data = NULL;

	if (!fingerprint || !ps_gpg_key(work, fingerprint, error)) {
		if (!fingerprint)
			g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
					    _("A fingerprint is missing."));
		return FALSE;
	}
	gpgme_ctx_t context = ps_gpg_context(work, error);
	if (!context)
		return FALSE;
	gpgme_data_new(&data);
	gpgme_error_t err = gpgme_op_export(context, fingerprint, GPGME_EXPORT_MODE_MINIMAL, data);
	g_autoptr(GBytes) bytes = ps_gpg_take(data);
	if (err)
		return ps_gpg_failed(work, err, _("The key could not be exported"), error);
	ps_work_data(work, bytes);
	return TRUE;
}
