#include "config.h"

/* What we sent ourselves comes back into the list with the next sync: it is known already which
 * case it belongs to and what stands in its protected subject, so nobody has to open it first. */

#include "mail/internal.h"

typedef struct {
	char *mail, *message, *case_id;
} Sent;

static void
sent_free(gpointer data)
{
	Sent *sent = data;

	g_free(sent->mail);
	g_free(sent->message);
	g_free(sent->case_id);
	g_free(sent);
}

static GPtrArray *
sent_in_list(PsStore *store, gboolean subjects, GError **error)
{
	PS_STATEMENT rows = ps_store_statement(
		store,
		"SELECT m.id, s.id, CASE WHEN m.\"case\" IS NULL THEN s.\"case\" END "
		"FROM message AS s JOIN mail AS m ON m.message_id = s.message_id "
		"WHERE s.direction = 'out' AND s.state = 'sent' AND "
		"((m.\"case\" IS NULL AND s.\"case\" IS NOT NULL) OR (:subjects AND "
		"m.protected_subject IS NULL AND m.encryption IS NOT 'none'))",
		error);
	GPtrArray *found = g_ptr_array_new_with_free_func(sent_free);

	if (!rows)
		return found;
	ps_mail_bind_int(rows, ":subjects", subjects);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		Sent *sent = g_new0(Sent, 1);
		sent->mail = ps_mail_column_text(rows, 0);
		sent->message = ps_mail_column_text(rows, 1);
		sent->case_id = ps_mail_column_text(rows, 2);
		g_ptr_array_add(found, sent);
	}
	return found;
}

static gboolean
adopt(PsTxn *txn, const Sent *sent, gboolean subjects, GError **error)
{
	g_autoptr(PsRecord) message =
		ps_store_get(ps_txn_store(txn), "message", sent->message, error);
	const char *subject = message && subjects ? ps_record_text(message, "subject") : NULL;

	if (!message)
		return FALSE;
	if (sent->case_id && !ps_inbox_set_case(txn, sent->mail, sent->case_id, error))
		return FALSE;
	return !subject ||
	       ps_txn_set(txn, "mail", sent->mail, "protected_subject", subject, PS_ANY, error);
}

gboolean
ps_mail_adopt_sent(PsStore *store, GError **error)
{
	g_autofree char *rule = ps_store_config(store, "mail.persist_subject");
	gboolean subjects = ps_store_is_unlocked(store) && g_strcmp0(rule, "never") != 0;
	g_autoptr(GPtrArray) found = sent_in_list(store, subjects, error);

	if (found->len == 0)
		return TRUE;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "inbox.sync", error);
	for (guint i = 0; txn && i < found->len; i++)
		if (!adopt(txn, found->pdata[i], subjects, error))
			return FALSE;
	return txn && ps_txn_commit(txn, error);
}
