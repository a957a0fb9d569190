#include "config.h"

/* The life of a transaction. A change that SQLite refused leaves the transaction
 * failed: it can only be rolled back, so that the log in memory and on disk never part. A change
 * that was refused before it reached SQLite (a wrong value, a conflict) leaves it as it was. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

/* ---- life ---- */

static gboolean
is_token(const char *text)
{
	for (; *text; text++)
		if (!g_ascii_isalnum(*text) && !strchr("._-:", *text))
			return FALSE;
	return TRUE;
}

PsTxn *
ps_txn_begin(PsStore *store, const char *action, GError **error)
{
	g_return_val_if_fail(is_token(action), NULL);
	if (store->readonly) {
		ps_readonly_error(store, error);
		return NULL;
	}
	if (store->txn || !sqlite3_get_autocommit(store->db)) {
		g_set_error(error, PS_ERROR, PS_ERROR_BUSY,
			    _("“%s” can't start while another change is being made."), action);
		return NULL;
	}
	g_autofree char *person = g_strdup(ps_store_person(store));
	if (!ps_db_exec(store, "BEGIN IMMEDIATE", _("starting a change"), error))
		return NULL;
	if (!ps_log_load_head(store, error)) {
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
		return NULL;
	}
	PsTxn *txn = g_new0(PsTxn, 1);
	txn->store = store;
	txn->id = ps_uuid7(&store->ids);
	txn->action = g_strdup(action);
	txn->person = g_steal_pointer(&person);
	txn->clock = MAX(ps_now_ms() << 16, store->head.clock + 1);
	txn->pinned = ps_now_is_pinned();
	txn->open = TRUE;
	store->txn = txn;
	return txn;
}

static void
roll_back(PsTxn *txn)
{
	if (!txn->open)
		return;
	txn->open = FALSE;
	txn->store->txn = NULL;
	if (!sqlite3_get_autocommit(txn->store->db))
		sqlite3_exec(txn->store->db, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
ps_txn_commit(PsTxn *txn, GError **error)
{
	PsStore *store = txn->store;

	g_return_val_if_fail(txn->open, FALSE);
	if (txn->failed || sqlite3_get_autocommit(store->db)) {
		g_set_error(error, PS_ERROR, PS_ERROR_IO,
			    _("“%s” was not stored, because a part of it failed."), txn->action);
		roll_back(txn);
		return FALSE;
	}
	if (txn->irreversible) {
		g_autofree char *id = ps_txn_note(txn, "irreversible", NULL, error, "done", txn->id,
						  "action", txn->action, NULL);
		if (!id) {
			roll_back(txn);
			return FALSE;
		}
	}
	if (!ps_db_exec(store, "COMMIT", _("storing a change"), error)) {
		roll_back(txn);
		return FALSE;
	}
	txn->open = FALSE;
	store->txn = NULL;
	return TRUE;
}

void
ps_txn_free(PsTxn *txn)
{
	if (!txn)
		return;
	roll_back(txn);
	g_free(txn->id);
	g_free(txn->action);
	g_free(txn->person);
	g_free(txn);
}

PsStore *
ps_txn_store(PsTxn *txn)
{
	return txn->store;
}

void
ps_txn_irreversible(PsTxn *txn)
{
	txn->irreversible = TRUE;
}

gboolean
ps_txn_fail(PsTxn *txn)
{
	txn->failed = TRUE;
	return FALSE;
}

/* ---- short forms ---- */

char *
ps_store_new(PsStore *store, const char *action, const char *kind, const char *const *pairs,
	     GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, action, error);
	g_autofree char *id = txn ? ps_txn_new(txn, kind, pairs, error) : NULL;

	if (!id || !ps_txn_commit(txn, error))
		return NULL;
	return g_steal_pointer(&id);
}

gboolean
ps_store_set(PsStore *store, const char *action, const char *kind, const char *id,
	     const char *field, const char *value, const char *seen, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, action, error);

	return txn && ps_txn_set(txn, kind, id, field, value, seen, error) &&
	       ps_txn_commit(txn, error);
}
