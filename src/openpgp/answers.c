#include "config.h"

#include "openpgp/answers.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"

#define TEXTS_MAX 1000
#define SIGNATURES_MAX 100
/* 9999-12-31 */
#define TIME_MAX 253402300799000.0

typedef struct {
	char *address;
	PsKeyValidity validity;
} UserId;

/* PsKey with what its header does not show. */
typedef struct {
	PsKey key;
	GArray *user_ids; /* UserId */
} FullKey;

char *
ps_json_safe(const cJSON *object, const char *member)
{
	const char *text = ps_json_text(object, member);

	return text ? ps_safe_text(text, -1, PS_SAFE_LINE) : NULL;
}

char **
ps_json_texts(const cJSON *object, const char *member)
{
	GPtrArray *texts = g_ptr_array_new();
	const cJSON *item;

	cJSON_ArrayForEach (item, cJSON_GetObjectItemCaseSensitive(object, member)) {
		if (texts->len >= TEXTS_MAX)
			break;
		if (cJSON_IsString(item))
			g_ptr_array_add(texts, ps_safe_text(item->valuestring, -1, PS_SAFE_LINE));
	}
	g_ptr_array_add(texts, NULL);
	return (char **)g_ptr_array_free(texts, FALSE);
}

gint64
ps_json_time(const cJSON *object, const char *member)
{
	double value = ps_json_number(object, member, -1);

	return value >= 0 && value <= TIME_MAX ? (gint64)value : PS_NO_TIME;
}

static gboolean
fingerprint_valid(const char *text)
{
	gsize n = text ? strspn(text, "0123456789ABCDEF") : 0;

	return (n == 40 || n == 64) && text[n] == '\0';
}

static PsKeyValidity
validity_of(const cJSON *object)
{
	double value = ps_json_number(object, "validity", 0);

	return value >= PS_VALIDITY_UNKNOWN && value <= PS_VALIDITY_ULTIMATE ? (PsKeyValidity)value
									     : PS_VALIDITY_UNKNOWN;
}

static void
user_id_clear(gpointer user)
{
	g_free(((UserId *)user)->address);
}

static void
take_user_ids(FullKey *full, const cJSON *array)
{
	GPtrArray *addresses = g_ptr_array_new();
	const cJSON *item;

	full->user_ids = g_array_new(FALSE, FALSE, sizeof(UserId));
	g_array_set_clear_func(full->user_ids, user_id_clear);
	cJSON_ArrayForEach (item, array) {
		char *address = ps_json_safe(item, "address");
		if (!address || !*address || addresses->len >= TEXTS_MAX) {
			g_free(address);
			continue;
		}
		UserId id = {address, validity_of(item)};
		g_array_append_val(full->user_ids, id);
		g_ptr_array_add(addresses, g_strdup(address));
	}
	g_ptr_array_add(addresses, NULL);
	full->key.addresses = (char **)g_ptr_array_free(addresses, FALSE);
}

static char *
text_or_empty(const cJSON *object, const char *member)
{
	char *text = ps_json_safe(object, member);

	return text ? text : g_strdup("");
}

PsKey *
ps_key_from_json(const cJSON *object)
{
	const char *fingerprint = ps_json_text(object, "fingerprint");

	if (!fingerprint_valid(fingerprint))
		return NULL;
	FullKey *full = g_new0(FullKey, 1);
	PsKey *key = &full->key;
	key->fingerprint = g_strdup(fingerprint);
	key->user_id = text_or_empty(object, "user_id");
	key->name = text_or_empty(object, "name");
	g_autofree char *address = text_or_empty(object, "address");
	key->address = g_ascii_strdown(address, -1);
	key->algorithm = text_or_empty(object, "algorithm");
	key->validity = validity_of(object);
	key->created = ps_json_time(object, "created");
	key->expires = ps_json_time(object, "expires");
	key->expired = ps_json_flag(object, "expired");
	key->revoked = ps_json_flag(object, "revoked");
	key->disabled = ps_json_flag(object, "disabled");
	key->invalid = ps_json_flag(object, "invalid");
	gboolean usable = !key->expired && !key->revoked && !key->disabled && !key->invalid;
	key->can_encrypt = usable && ps_json_flag(object, "can_encrypt");
	key->can_sign = usable && ps_json_flag(object, "can_sign");
	key->secret = ps_json_flag(object, "secret");
	take_user_ids(full, cJSON_GetObjectItemCaseSensitive(object, "user_ids"));
	return key;
}

void
ps_key_free(PsKey *key)
{
	if (!key)
		return;
	g_array_unref(((FullKey *)key)->user_ids);
	g_free(key->fingerprint);
	g_free(key->user_id);
	g_free(key->name);
	g_free(key->address);
	g_free(key->algorithm);
	g_strfreev(key->addresses);
	g_free(key);
}

void
ps_key_take_validity_of(PsKey *key, const char *address)
{
	const FullKey *full = (const FullKey *)key;

	for (guint i = 0; i < full->user_ids->len; i++) {
		const UserId *id = &g_array_index(full->user_ids, UserId, i);
		if (g_ascii_strcasecmp(id->address, address) == 0)
			key->validity = id->validity;
	}
}

const char *
ps_key_validity_text(PsKeyValidity validity)
{
	static const char *const texts[] = {
		N_("unknown"), N_("never"), N_("marginal"), N_("full"), N_("ultimate"),
	};

	return (gsize)validity < G_N_ELEMENTS(texts) ? gettext(texts[validity]) : "";
}

char *
ps_key_problem(const PsKey *key)
{
	if (key->can_encrypt)
		return NULL;
	g_autofree char *day = key->expires != PS_NO_TIME ? ps_utc_format(key->expires) : NULL;
	const char *who = *key->user_id ? key->user_id : key->fingerprint;
	if (key->revoked)
		return g_strdup_printf(_("The key of “%s” was revoked. Ask for the new one."), who);
	if (key->expired)
		return g_strdup_printf(
			_("The key of “%s” expired at %s. Ask for a prolonged or new one."), who,
			day ? day : "?");
	if (key->disabled)
		return g_strdup_printf(_("The key of “%s” is disabled in the key ring."), who);
	return g_strdup_printf(
		_("The key of “%s” has no usable subkey for encryption. Ask for another."), who);
}

/* ---- signatures ---- */

static const struct {
	const char *token, *text;
} verdicts[] = {
	[PS_VERDICT_NONE] = {"none", N_("not signed")},
	[PS_VERDICT_GOOD_KNOWN] = {"good-known", N_("good signature, known key")},
	[PS_VERDICT_GOOD_UNVERIFIED] = {"good-unverified", N_("good signature, key not verified")},
	[PS_VERDICT_KEY_MISSING] = {"key-missing", N_("signature not checked")},
	[PS_VERDICT_BAD] = {"bad", N_("BAD signature")},
};

const char *
ps_verdict_token(PsVerdict verdict)
{
	return (gsize)verdict < G_N_ELEMENTS(verdicts) ? verdicts[verdict].token : "none";
}

const char *
ps_verdict_text(PsVerdict verdict)
{
	return (gsize)verdict < G_N_ELEMENTS(verdicts) ? gettext(verdicts[verdict].text) : "";
}

PsVerdict
ps_verdict_from_token(const char *token)
{
	for (gsize i = 0; token && i < G_N_ELEMENTS(verdicts); i++)
		if (g_str_equal(verdicts[i].token, token))
			return (PsVerdict)i;
	return PS_VERDICT_NONE;
}

PsSignature *
ps_signature_from_json(const cJSON *object)
{
	PsSignature *signature = g_new0(PsSignature, 1);

	signature->verdict = ps_verdict_from_token(ps_json_text(object, "verdict"));
	signature->fingerprint = ps_json_safe(object, "fingerprint");
	signature->user_id = ps_json_safe(object, "user_id");
	if (cJSON_GetObjectItemCaseSensitive(object, "addresses"))
		signature->addresses = ps_json_texts(object, "addresses");
	signature->made_at = ps_json_time(object, "made_at");
	signature->remark = ps_json_safe(object, "remark");
	return signature;
}

void
ps_signature_free(PsSignature *signature)
{
	if (!signature)
		return;
	g_free(signature->fingerprint);
	g_free(signature->user_id);
	g_strfreev(signature->addresses);
	g_free(signature->remark);
	g_free(signature);
}

GPtrArray *
ps_signatures_from_json(const cJSON *array)
{
	GPtrArray *signatures = g_ptr_array_new_with_free_func((GDestroyNotify)ps_signature_free);
	const cJSON *item;

	cJSON_ArrayForEach (item, array) {
		if (signatures->len >= SIGNATURES_MAX)
			break;
		g_ptr_array_add(signatures, ps_signature_from_json(item));
	}
	return signatures;
}
