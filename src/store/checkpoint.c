#include "config.h"

/* Checkpoints: a person signs where a chain stands, so that it can't be written anew from there
 * on. What is signed is specified in doc/log-format.txt. */

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "store/internal.h"

GBytes *
ps_checkpoint_text(const char *workspace, const char *desk, gint64 epoch, gint64 sequence,
		   const char *hash, gint64 clock)
{
	char *text = g_strdup_printf("psirtdesk checkpoint 1\n"
				     "workspace %s\n"
				     "desk %s\n"
				     "epoch %" PRId64 "\n"
				     "sequence %" PRId64 "\n"
				     "hash %s\n"
				     "clock %" PRId64 "\n",
				     workspace, desk, epoch, sequence, hash, clock);

	return g_bytes_new_take(text, strlen(text));
}

static char *
signing_key(PsStore *store, GError **error)
{
	const char *id = ps_store_person(store);
	g_autoptr(PsRecord) person = id ? ps_store_get(store, "person", id, NULL) : NULL;
	const char *own = person ? ps_record_text(person, "fingerprint") : NULL;
	char *key = own ? g_strdup(own) : ps_store_config(store, "provider.signing_key");

	if (!key)
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_NO_KEY,
			_("No key of yours is known to sign with: set “fingerprint” of your person "
			  "record, or “psirtdesk config provider.signing_key FINGERPRINT”."));
	return key;
}

static gboolean
store_checkpoint(PsStore *store, gint64 at_epoch, const PsLogHead *head, const char *key,
		 GBytes *signature, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "checkpoint", error);

	if (!txn)
		return FALSE;
	g_autofree char *epoch = g_strdup_printf("%" PRId64, at_epoch);
	g_autofree char *sequence = g_strdup_printf("%" PRId64, head->sequence);
	g_autofree char *clock = g_strdup_printf("%" PRId64, head->clock);
	g_autofree char *armour =
		g_strndup(g_bytes_get_data(signature, NULL), g_bytes_get_size(signature));
	g_autofree char *id =
		ps_txn_note(txn, "checkpoint", NULL, error, "desk", store->desk, "epoch", epoch,
			    "sequence", sequence, "hash", head->hash, "clock", clock, "fingerprint",
			    key, "signature", armour, NULL);
	return id && ps_txn_commit(txn, error);
}

gboolean
ps_store_checkpoint(PsStore *store, GError **error)
{
	g_autofree char *key = NULL;

	if (!store->ops.sign) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY,
				    _("Nothing can be signed here: no OpenPGP is set up."));
		return FALSE;
	}
	key = signing_key(store, error);
	if (!key || !ps_log_load_head(store, error))
		return FALSE;
	/* signing may ask for a passphrase: nobody is kept from writing meanwhile */
	PsLogHead head = store->head;
	gint64 epoch = store->epoch;
	g_autoptr(GBytes) text = ps_checkpoint_text(store->workspace, store->desk, epoch,
						    head.sequence, head.hash, head.clock);
	g_autoptr(GBytes) signature = store->ops.sign(store->ops.user, text, key, error);
	if (!signature)
		return FALSE;
	return store_checkpoint(store, epoch, &head, key, signature, error);
}
