#include "config.h"

/* Whose OpenPGP keys open the workspace. The key of the workspace stays the same; only how it is
 * wrapped changes. */

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"

char **
ps_store_recipients(PsStore *store, GError **error)
{
	PS_STATEMENT row =
		ps_store_statement(store,
				   "SELECT recipients FROM workspace_key ORDER BY row DESC LIMIT 1",
				   error);

	if (!row)
		return NULL;
	if (sqlite3_step(row) == SQLITE_ROW)
		return g_strsplit(ps_column_text(row, 0), " ", -1);
	ps_store_sql_error(store, _("reading who may open it"), error);
	return NULL;
}

static GBytes *
read_wrapped(PsStore *store, GError **error)
{
	PS_STATEMENT row =
		ps_store_statement(store,
				   "SELECT wrapped FROM workspace_key ORDER BY row DESC LIMIT 1",
				   error);

	if (!row)
		return NULL;
	if (sqlite3_step(row) == SQLITE_ROW)
		return g_bytes_new(sqlite3_column_blob(row, 0),
				   (gsize)sqlite3_column_bytes(row, 0));
	ps_store_sql_error(store, _("reading the key of the workspace"), error);
	return NULL;
}

/* Nobody may lock himself out by a slip: what was wrapped must open here again. */
static GBytes *
wrap_anew(PsStore *store, const char *const *fingerprints, GError **error)
{
	g_autoptr(GBytes) wrapped = read_wrapped(store, error);
	g_autoptr(GBytes) secret =
		wrapped ? store->ops.unwrap(store->ops.user, wrapped, error) : NULL;
	g_autoptr(GBytes) anew =
		secret ? store->ops.wrap(store->ops.user, secret, fingerprints, error) : NULL;

	if (!anew)
		return NULL;
	g_autoptr(GError) locked_out = NULL;
	g_autoptr(GBytes) again = store->ops.unwrap(store->ops.user, anew, &locked_out);
	if (again && g_bytes_equal(again, secret))
		return g_steal_pointer(&anew);
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("None of these keys opens the workspace on this machine, so you would lock "
		      "yourself out: name a key of yours too. %s"),
		    locked_out ? locked_out->message : "");
	return NULL;
}

/* One row stays: an older one would still open for who is no longer named. */
static gboolean
replace_wrapped(PsStore *store, GBytes *wrapped, const char *recipients, GError **error)
{
	PS_STATEMENT update = ps_store_statement(
		store,
		"UPDATE workspace_key SET wrapped = :wrapped, recipients = :recipients, made_at = "
		":at WHERE row = (SELECT MAX(row) FROM workspace_key)",
		error);
	PS_STATEMENT remove =
		update ? ps_store_statement(
				 store,
				 "DELETE FROM workspace_key WHERE row < (SELECT MAX(row) "
				 "FROM workspace_key)",
				 error)
		       : NULL;

	if (!remove)
		return FALSE;
	ps_bind_blob(update, ":wrapped", g_bytes_get_data(wrapped, NULL),
		     g_bytes_get_size(wrapped));
	ps_bind_text(update, ":recipients", recipients);
	ps_bind_int(update, ":at", ps_now_ms());
	return (sqlite3_step(update) == SQLITE_DONE && sqlite3_step(remove) == SQLITE_DONE) ||
	       ps_store_sql_error(store, _("storing the key of the workspace"), error);
}

gboolean
ps_store_set_recipients(PsStore *store, const char *const *fingerprints, GError **error)
{
	g_autofree char *recipients = g_strjoinv(" ", (char **)fingerprints);

	if (!*fingerprints) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("At least one key has to open the workspace."));
		return FALSE;
	}
	if (!ps_store_unlock(store, error))
		return FALSE;
	/* OpenPGP may ask for a passphrase: nobody is kept from writing meanwhile. */
	g_autoptr(GBytes) wrapped = wrap_anew(store, fingerprints, error);
	g_autoptr(PsTxn) txn = wrapped ? ps_txn_begin(store, "workspace.recipients", error) : NULL;
	if (!txn || !replace_wrapped(store, wrapped, recipients, error))
		return FALSE;
	g_autofree char *note =
		ps_txn_note(txn, "recipients", NULL, error, "fingerprints", recipients, NULL);
	if (!note)
		return FALSE;
	ps_txn_irreversible(txn);
	return ps_txn_commit(txn, error);
}
