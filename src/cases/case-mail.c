#include "config.h"

/* Opening a case from a mail, and filing further mails in it. */

#include "cases/case.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "cases/edit.h"
#include "cases/rules.h"
#include "mail/inbox.h"

static gboolean
refuse_filed_mail(PsStore *store, const char *mail_id, GError **error)
{
	g_autoptr(PsRecord) mail = ps_store_get(store, "mail", mail_id, error);
	const char *case_id = mail ? ps_record_text(mail, "case") : NULL;

	if (!mail)
		return FALSE;
	if (!case_id)
		return TRUE;
	g_autoptr(PsRecord) other = ps_store_get(store, "case", case_id, NULL);
	g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT, _("This mail is in case %s already."),
		    other ? ps_record_name(other) : case_id);
	return FALSE;
}

static gboolean
add_report(PsTxn *txn, const char *case_id, const PsMessage *message, const PsReporter *reporter,
	   GError **error)
{
	g_auto(GStrv) facts = ps_mail_report_pairs(message, reporter);
	g_autoptr(GPtrArray) pairs = ps_pairs_copy(facts);

	ps_pair_add(pairs, "case", case_id);
	g_autofree char *id = ps_new_from(txn, "report", pairs, error);
	return id != NULL;
}

static gboolean
add_reporter(PsTxn *txn, const char *case_id, const PsMessage *message, const PsReporter *reporter,
	     GError **error)
{
	g_autofree char *contact = ps_utc_format(message->received_at);
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	ps_pair_add(pairs, "case", case_id);
	ps_pair_add(pairs, "role", "reporter");
	ps_pair_add(pairs, "name", reporter->name);
	ps_pair_add(pairs, "address", reporter->address);
	ps_pair_add(pairs, "fingerprint", reporter->fingerprint);
	ps_pair_add(pairs, "consent", "NO_EMBARGO");
	ps_pair_add(pairs, "credit", "unknown");
	ps_pair_add(pairs, "last_contact_at", contact);
	g_autofree char *id = ps_new_from(txn, "participant", pairs, error);
	return id != NULL;
}

/* Did the team itself write it? */
static gboolean
is_ours(PsStore *store, const PsMessage *message)
{
	g_autofree char *from = ps_store_config(store, "mail.from");
	PsMailbox **team = from ? ps_mailboxes_parse(from, NULL) : NULL;
	gboolean ours = team && team[0] && message->from_address &&
			ps_address_equal(team[0]->address, message->from_address);

	if (team)
		ps_mailboxes_free(team);
	return ours;
}

/* The text stays in the mail (and, for a report, in its record): here is that it came. */
static gboolean
add_message(PsTxn *txn, const char *case_id, const PsMessage *message, GError **error)
{
	gboolean ours = is_ours(ps_txn_store(txn), message);
	g_autofree char *at = ps_utc_format(
		ours && message->date != PS_NO_TIME ? message->date : message->received_at);
	g_autofree char *from = ps_mailboxes_text(message->from);
	g_autofree char *to = ps_mailboxes_text(message->to);
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);

	ps_pair_add(pairs, "case", case_id);
	ps_pair_add(pairs, "direction", ours ? "out" : "in");
	ps_pair_add(pairs, "state", ours ? "sent" : "received");
	ps_pair_add(pairs, "message_id", message->message_id);
	ps_pair_add(pairs, "in_reply_to", message->in_reply_to);
	ps_pair_add(pairs, "at", at);
	ps_pair_add(pairs, "from", from);
	ps_pair_add(pairs, "to", to);
	ps_pair_add(pairs, "subject", message->subject);
	ps_pair_add(pairs, "encryption", ps_encryption_token(message->encryption));
	ps_pair_add(pairs, "verdict", ps_verdict_token(message->verdict));
	ps_pair_add(pairs, "raw_sha256", message->sha256);
	g_autofree char *id = ps_new_from(txn, "message", pairs, error);
	return id != NULL;
}

char *
ps_case_open_from_mail(PsStore *store, const char *mail_id, const PsMessage *message,
		       const PsReporter *reporter, const char *title, GError **error)
{
	g_autofree char *suggested = ps_case_title_from_subject(message->subject);
	g_autofree char *received = ps_utc_format(message->received_at);
	const char *pairs[] = {"title", title && *title ? title : suggested, "received_at",
			       received ? received : "now", NULL};
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.open", error);

	if (!txn || !refuse_filed_mail(store, mail_id, error))
		return NULL;
	g_autofree char *id = ps_case_make(txn, (char *const *)pairs, error);
	if (!id || !add_report(txn, id, message, reporter, error) ||
	    !add_reporter(txn, id, message, reporter, error) ||
	    !add_message(txn, id, message, error) || !ps_inbox_set_case(txn, mail_id, id, error) ||
	    !ps_case_event(txn, id, "opened", _("The case was opened from a mail."), error))
		return NULL;
	return ps_txn_commit(txn, error) ? g_steal_pointer(&id) : NULL;
}

gboolean
ps_case_add_mail(PsStore *store, const char *case_id, const char *mail_id, const PsMessage *message,
		 GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "case.add_mail", error);
	g_autofree char *id = txn ? ps_store_resolve(store, "case", case_id, error) : NULL;

	return id && refuse_filed_mail(store, mail_id, error) &&
	       add_message(txn, id, message, error) && ps_inbox_set_case(txn, mail_id, id, error) &&
	       ps_case_event(txn, id, "received", _("A mail was filed in the case."), error) &&
	       ps_txn_commit(txn, error);
}
