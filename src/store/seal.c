#include "config.h"

/* Sealed values: XChaCha20-Poly1305 under the key of their record. A sealed value is
 *   version (1 byte, 1) ‖ nonce (24) ‖ ciphertext ‖ tag (16)
 * with the associated data KIND "\n" RECORD "\n" FIELD, so that it opens in its own place only. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

#define SEAL_VERSION 1
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD_BYTES (1 + NONCE_BYTES)

/* Kind and record under which the probe is wrapped that tells the right workspace key. */
#define PROBE "probe"

void
ps_wipe_free(char *text, gsize length)
{
	if (text)
		sodium_memzero(text, length);
	g_free(text);
}

gboolean
ps_locked_error(GError **error)
{
	g_set_error_literal(error, PS_ERROR, PS_ERROR_LOCKED,
			    _("The workspace is locked, and this needs what is sealed: unlock it "
			      "first."));
	return FALSE;
}

GBytes *
ps_seal(const guint8 key[PS_KEY_BYTES], const char *kind, const char *record, const char *field,
	const void *data, gsize length)
{
	g_autofree char *place = g_strdup_printf("%s\n%s\n%s", kind, record, field);
	gsize total = HEAD_BYTES + length + TAG_BYTES;
	guint8 *out = g_malloc(total);

	out[0] = SEAL_VERSION;
	randombytes_buf(out + 1, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + HEAD_BYTES, NULL, data, length,
						   (const guint8 *)place, strlen(place), NULL,
						   out + 1, key);
	return g_bytes_new_take(out, total);
}

char *
ps_unseal(const guint8 key[PS_KEY_BYTES], const char *kind, const char *record, const char *field,
	  const void *sealed, gsize length, gsize *out_length)
{
	const guint8 *in = sealed;

	if (!in || length < HEAD_BYTES + TAG_BYTES || in[0] != SEAL_VERSION)
		return NULL;
	g_autofree char *place = g_strdup_printf("%s\n%s\n%s", kind, record, field);
	gsize size = length - HEAD_BYTES - TAG_BYTES;
	char *out = g_malloc(size + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((guint8 *)out, NULL, NULL, in + HEAD_BYTES,
						       length - HEAD_BYTES, (const guint8 *)place,
						       strlen(place), in + 1, key) != 0) {
		ps_wipe_free(out, size);
		return NULL;
	}
	out[size] = '\0';
	if (out_length)
		*out_length = size;
	return out;
}

char *
ps_unseal_wrapped(PsStore *store, const char *kind, const char *record, const char *field,
		  const void *wrapped, gsize wrapped_length, const void *sealed, gsize length,
		  gsize *out_length)
{
	guint8 key[PS_KEY_BYTES];

	if (!ps_vault_unwrap(store->vault, kind, record, wrapped, wrapped_length, key))
		return NULL;
	char *text = ps_unseal(key, kind, record, field, sealed, length, out_length);
	sodium_memzero(key, sizeof key);
	return text;
}

/* ---- keys of records ---- */

static gboolean
record_key_make(PsStore *store, const PsKind *kind, const char *record, guint8 key[PS_KEY_BYTES],
		GError **error)
{
	g_autoptr(GByteArray) wrapped = g_byte_array_new();
	PS_STATEMENT insert = ps_store_statement(
		store,
		"INSERT INTO record_key (record, kind, wrapped) VALUES (:record, :kind, :wrapped)",
		error);

	if (!insert)
		return FALSE;
	randombytes_buf(key, PS_KEY_BYTES);
	if (!ps_vault_wrap(store->vault, kind->name, record, key, wrapped))
		return ps_locked_error(error);
	ps_bind_text(insert, ":record", record);
	ps_bind_text(insert, ":kind", kind->name);
	ps_bind_blob(insert, ":wrapped", wrapped->data, wrapped->len);
	return sqlite3_step(insert) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("storing a key"), error);
}

gboolean
ps_record_key(PsStore *store, const PsKind *kind, const char *record, gboolean create,
	      guint8 key[PS_KEY_BYTES], GError **error)
{
	if (!ps_vault_is_open(store->vault))
		return ps_locked_error(error);
	PS_STATEMENT select =
		ps_store_statement(store, "SELECT wrapped FROM record_key WHERE record = :record",
				   error);
	if (!select)
		return FALSE;
	ps_bind_text(select, ":record", record);
	int code = sqlite3_step(select);
	if (code == SQLITE_ROW) {
		if (ps_vault_unwrap(store->vault, kind->name, record,
				    sqlite3_column_blob(select, 0),
				    (gsize)sqlite3_column_bytes(select, 0), key))
			return TRUE;
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("The key of %s “%s” does not open with the key of this workspace: "
			      "it was damaged. Run “psirtdesk verify”."),
			    kind->name, record);
		return FALSE;
	}
	if (code != SQLITE_DONE)
		return ps_store_sql_error(store, _("reading a key"), error);
	if (create)
		return record_key_make(store, kind, record, key, error);
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("%s “%s” has no sealed text."),
		    kind->name, record);
	return FALSE;
}

/* ---- the workspace key ---- */

static gboolean
store_workspace_key(PsStore *store, GBytes *wrapped, const char *const *fingerprints,
		    GByteArray *probe, GError **error)
{
	g_autofree char *recipients = g_strjoinv(" ", (char **)fingerprints);
	PS_STATEMENT insert = ps_store_statement(
		store,
		"INSERT INTO workspace_key (wrapped, recipients, probe, made_at) "
		"VALUES (:wrapped, :recipients, :probe, :at)",
		error);

	if (!insert)
		return FALSE;
	ps_bind_blob(insert, ":wrapped", g_bytes_get_data(wrapped, NULL),
		     g_bytes_get_size(wrapped));
	ps_bind_text(insert, ":recipients", recipients);
	ps_bind_blob(insert, ":probe", probe->data, probe->len);
	ps_bind_int(insert, ":at", ps_now_ms());
	return sqlite3_step(insert) == SQLITE_DONE ||
	       ps_store_sql_error(store, _("storing the key of the workspace"), error);
}

static void
wipe_and_free(gpointer secret)
{
	sodium_free(secret);
}

gboolean
ps_keys_create(PsStore *store, const char *const *fingerprints, GError **error)
{
	guint8 *key = sodium_malloc(PS_KEY_BYTES);
	guint8 probe_key[PS_KEY_BYTES] = {0};
	g_autoptr(GByteArray) probe = g_byte_array_new();

	g_assert(key);
	randombytes_buf(key, PS_KEY_BYTES);
	g_autoptr(GBytes) secret =
		g_bytes_new_with_free_func(key, PS_KEY_BYTES, wipe_and_free, key);
	g_autoptr(GBytes) wrapped = store->ops.wrap(store->ops.user, secret, fingerprints, error);
	if (!wrapped)
		return FALSE;
	ps_vault_set(store->vault, key);
	ps_vault_wrap(store->vault, PROBE, store->workspace, probe_key, probe);
	return store_workspace_key(store, wrapped, fingerprints, probe, error);
}

static gboolean
read_workspace_key(PsStore *store, GBytes **wrapped, GBytes **probe, GError **error)
{
	PS_STATEMENT select = ps_store_statement(
		store, "SELECT wrapped, probe FROM workspace_key ORDER BY row DESC LIMIT 1", error);

	if (!select)
		return FALSE;
	if (sqlite3_step(select) != SQLITE_ROW)
		return ps_store_sql_error(store, _("reading the key of the workspace"), error);
	*wrapped =
		g_bytes_new(sqlite3_column_blob(select, 0), (gsize)sqlite3_column_bytes(select, 0));
	*probe =
		g_bytes_new(sqlite3_column_blob(select, 1), (gsize)sqlite3_column_bytes(select, 1));
	return TRUE;
}

/* The secret is the workspace's when it unwraps the probe. */
static gboolean
accept_secret(PsStore *store, GBytes *secret, GBytes *probe)
{
	gsize length, probe_length;
	const guint8 *key = g_bytes_get_data(secret, &length);
	const guint8 *sealed = g_bytes_get_data(probe, &probe_length);
	guint8 out[PS_KEY_BYTES];

	if (length != PS_KEY_BYTES)
		return FALSE;
	PsVault *trial = ps_vault_new();
	ps_vault_set(trial, key);
	gboolean right = ps_vault_unwrap(trial, PROBE, store->workspace, sealed, probe_length, out);
	ps_vault_unref(trial);
	if (right)
		ps_vault_set(store->vault, key);
	return right;
}

/* Takes why. What OpenPGP says of a key that is missing speaks of a message and its sender. */
static gboolean
stay_locked(const PsStore *store, GError *why, GError **error)
{
	if (!g_error_matches(why, PS_ERROR, PS_ERROR_NO_KEY)) {
		g_propagate_error(error, why);
		return FALSE;
	}
	g_set_error(
		error, PS_ERROR, PS_ERROR_NO_KEY,
		_("The workspace “%s” stays locked: none of the OpenPGP keys that open it is in "
		  "this GnuPG home. Use the one that holds such a key (setting gnupg.home), or "
		  "insert the card."),
		store->dir);
	g_error_free(why);
	return FALSE;
}

gboolean
ps_store_unlock(PsStore *store, GError **error)
{
	g_autoptr(GBytes) wrapped = NULL, probe = NULL;

	if (ps_vault_is_open(store->vault))
		return TRUE;
	if (!store->ops.unwrap) {
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_LOCKED,
			_("The workspace can't be unlocked here: no OpenPGP is set up."));
		return FALSE;
	}
	if (!read_workspace_key(store, &wrapped, &probe, error))
		return FALSE;
	g_autoptr(GError) wrong = NULL;
	g_autoptr(GBytes) secret = store->ops.unwrap(store->ops.user, wrapped, &wrong);
	if (!secret)
		return stay_locked(store, g_steal_pointer(&wrong), error);
	if (accept_secret(store, secret, probe))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_IO,
		    _("What OpenPGP decrypted is not the key of the workspace “%s”: its database "
		      "was damaged or mixed up. Run “psirtdesk verify”, or restore a backup."),
		    store->dir);
	return FALSE;
}

void
ps_store_lock(PsStore *store)
{
	ps_vault_wipe(store->vault);
}

gboolean
ps_store_is_unlocked(const PsStore *store)
{
	return ps_vault_is_open(store->vault);
}
