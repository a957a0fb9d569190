#include "config.h"

/* The workspace key in memory: locked pages, one copy for all connections of the program, wiped by
 * ps_vault_wipe(). It only ever wraps and unwraps the keys of records. */

#include <string.h>

#include "store/text-index.h"

#define WRAP_VERSION 1
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES

struct PsVault {
	gatomicrefcount refs;
	GMutex mutex;
	guint8 *key; /* sodium_malloc(); NULL while locked */
	PsTextIndex *index;
};

PsVault *
ps_vault_new(void)
{
	PsVault *vault = g_new0(PsVault, 1);

	g_atomic_ref_count_init(&vault->refs);
	g_mutex_init(&vault->mutex);
	vault->index = ps_text_index_new();
	return vault;
}

PsVault *
ps_vault_ref(PsVault *vault)
{
	g_atomic_ref_count_inc(&vault->refs);
	return vault;
}

void
ps_vault_unref(PsVault *vault)
{
	if (!vault || !g_atomic_ref_count_dec(&vault->refs))
		return;
	ps_vault_wipe(vault);
	ps_text_index_free(vault->index);
	g_mutex_clear(&vault->mutex);
	g_free(vault);
}

gboolean
ps_vault_is_open(PsVault *vault)
{
	g_mutex_lock(&vault->mutex);
	gboolean open = vault->key != NULL;
	g_mutex_unlock(&vault->mutex);
	return open;
}

void
ps_vault_set(PsVault *vault, const guint8 key[PS_KEY_BYTES])
{
	g_mutex_lock(&vault->mutex);
	if (!vault->key)
		vault->key = sodium_malloc(PS_KEY_BYTES);
	g_assert(vault->key);
	memcpy(vault->key, key, PS_KEY_BYTES);
	g_mutex_unlock(&vault->mutex);
}

void
ps_vault_wipe(PsVault *vault)
{
	g_mutex_lock(&vault->mutex);
	/* sodium_free() overwrites before it frees */
	sodium_free(vault->key);
	vault->key = NULL;
	g_mutex_unlock(&vault->mutex);
	ps_text_index_wipe(vault->index);
}

PsTextIndex *
ps_vault_index(PsVault *vault)
{
	return vault->index;
}

/* Binds a wrapped key to its record, so that it can't be moved to another. */
static char *
associated(const char *kind, const char *record)
{
	return g_strdup_printf("record-key\n%s\n%s", kind, record);
}

gboolean
ps_vault_wrap(PsVault *vault, const char *kind, const char *record, const guint8 key[PS_KEY_BYTES],
	      GByteArray *wrapped)
{
	g_autofree char *place = associated(kind, record);
	gboolean open;

	g_byte_array_set_size(wrapped, 1 + NONCE_BYTES + PS_KEY_BYTES + TAG_BYTES);
	wrapped->data[0] = WRAP_VERSION;
	randombytes_buf(wrapped->data + 1, NONCE_BYTES);
	g_mutex_lock(&vault->mutex);
	open = vault->key != NULL;
	if (open)
		crypto_aead_xchacha20poly1305_ietf_encrypt(wrapped->data + 1 + NONCE_BYTES, NULL,
							   key, PS_KEY_BYTES, (const guint8 *)place,
							   strlen(place), NULL, wrapped->data + 1,
							   vault->key);
	g_mutex_unlock(&vault->mutex);
	return open;
}

gboolean
ps_vault_unwrap(PsVault *vault, const char *kind, const char *record, const guint8 *wrapped,
		gsize length, guint8 key[PS_KEY_BYTES])
{
	g_autofree char *place = associated(kind, record);
	gboolean opened = FALSE;

	if (!wrapped || length != 1 + NONCE_BYTES + PS_KEY_BYTES + TAG_BYTES ||
	    wrapped[0] != WRAP_VERSION)
		return FALSE;
	g_mutex_lock(&vault->mutex);
	if (vault->key)
		opened = crypto_aead_xchacha20poly1305_ietf_decrypt(key, NULL, NULL,
								    wrapped + 1 + NONCE_BYTES,
								    PS_KEY_BYTES + TAG_BYTES,
								    (const guint8 *)place,
								    strlen(place), wrapped + 1,
								    vault->key) == 0;
	g_mutex_unlock(&vault->mutex);
	return opened;
}
