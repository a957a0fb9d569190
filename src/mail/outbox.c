#include "config.h"

/* What waits to be sent, how it is carried out on a stick, and what follows once it is sent. */

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/compose-internal.h"
#include "mail/internal.h"

#define RAW_MAX ((gsize)64 << 20)
#define ACKNOWLEDGEMENT "acknowledgement"

static gboolean
add_state(PsStore *store, const char *state, GPtrArray *messages, GError **error)
{
	const char *filters[] = {"direction", "out", "state", state, NULL};
	const PsQuery query = {.kind = "message", .filters = filters};
	g_autoptr(GPtrArray) found = ps_store_list(store, &query, error);

	if (!found)
		return FALSE;
	while (found->len > 0)
		g_ptr_array_add(messages, g_ptr_array_steal_index(found, 0));
	return TRUE;
}

GPtrArray *
ps_outbox_list(PsStore *store, GError **error)
{
	g_autoptr(GPtrArray) messages =
		g_ptr_array_new_with_free_func((GDestroyNotify)ps_record_free);

	if (!add_state(store, "queued", messages, error) ||
	    !add_state(store, "failed", messages, error))
		return NULL;
	return g_steal_pointer(&messages);
}

gboolean
ps_outbox_export(PsStore *store, PsOpenpgp *openpgp, const char *dir, gint64 *count,
		 PsProgress *progress, GError **error)
{
	g_autoptr(GPtrArray) messages = ps_outbox_list(store, error);

	(void)openpgp;
	*count = 0;
	if (!messages || !ps_dir_make(dir, 0700, error))
		return FALSE;
	for (guint i = 0; i < messages->len; i++) {
		const PsRecord *record = messages->pdata[i];
		const char *hash = ps_record_text(record, "raw_sha256");
		if (ps_progress_cancelled(progress, error))
			return FALSE;
		g_autoptr(GBytes) raw = hash ? ps_store_document(store, hash, error) : NULL;
		if (!raw) {
			if (hash)
				return FALSE;
			continue; /* a draft that failed before it was built */
		}
		g_autofree char *name = g_strconcat(ps_record_id(record), ".eml", NULL),
				*path = g_build_filename(dir, name, NULL);
		if (!ps_file_write(path, g_bytes_get_data(raw, NULL), (gssize)g_bytes_get_size(raw),
				   0600, error))
			return FALSE;
		(*count)++;
		ps_progress_set(progress, i + 1, messages->len, _("writing messages"));
	}
	return TRUE;
}

/* ---- what follows ---- */

static gboolean
log_sent(PsTxn *txn, const PsRecord *message, gint64 at, GError **error)
{
	const char *case_id = ps_record_text(message, "case"), *to = ps_record_text(message, "to"),
		   *subject = ps_record_text(message, "subject");
	g_autofree char *when = ps_utc_format(at);

	if (!case_id)
		return TRUE;
	g_autofree char *text =
		g_strdup_printf(_("Sent to %s: %s"), to ? to : "?", subject ? subject : "");
	g_autofree char *id =
		ps_txn_newv(txn, "event", error, "case", case_id, "at", when, "type", "sent",
			    "text", text, "person", ps_store_person(ps_txn_store(txn)), NULL);
	return id != NULL;
}

static gboolean
names_address(const char *mailboxes, const char *address)
{
	PsMailbox **list = mailboxes ? ps_mailboxes_parse(mailboxes, NULL) : NULL;
	gboolean found = FALSE;

	for (gsize i = 0; list && list[i]; i++)
		found = found || ps_address_equal(list[i]->address, address);
	ps_mailboxes_free(list);
	return found;
}

static gboolean
note_contact(PsTxn *txn, const PsRecord *message, const char *when, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	const char *case_id = ps_record_text(message, "case"), *to = ps_record_text(message, "to"),
		   *cc = ps_record_text(message, "cc");
	g_autoptr(GPtrArray) people =
		case_id ? ps_store_children(store, "participant", case_id, error) : NULL;

	if (case_id && !people)
		return FALSE;
	for (guint i = 0; people && i < people->len; i++) {
		const PsRecord *person = people->pdata[i];
		const char *address = ps_record_text(person, "address");
		if (!address || (!names_address(to, address) && !names_address(cc, address)))
			continue;
		if (!ps_txn_set(txn, "participant", ps_record_id(person), "last_contact_at", when,
				PS_ANY, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
set_if_empty(PsTxn *txn, const char *kind, const PsRecord *record, const char *when, GError **error)
{
	if (ps_record_time(record, "acknowledged_at") != PS_NO_TIME)
		return TRUE;
	return ps_txn_set(txn, kind, ps_record_id(record), "acknowledged_at", when, PS_ANY, error);
}

/* The reports that this message answers: the one whose mail it replies to, and further ones of the
 * case from a recipient. */
static gboolean
acknowledge_reports(PsTxn *txn, const PsRecord *message, const char *when, GError **error)
{
	PsStore *store = ps_txn_store(txn);
	const char *case_id = ps_record_text(message, "case"),
		   *answered = ps_record_text(message, "in_reply_to"),
		   *to = ps_record_text(message, "to");
	const char *filters[] = {"message_id", answered, NULL};
	const PsQuery query = {.kind = "report", .filters = filters};
	g_autoptr(GPtrArray) direct = answered ? ps_store_list(store, &query, error) : NULL,
			     of_case = case_id ? ps_store_children(store, "report", case_id, error)
					       : NULL;

	if ((answered && !direct) || (case_id && !of_case))
		return FALSE;
	for (guint i = 0; direct && i < direct->len; i++)
		if (!set_if_empty(txn, "report", direct->pdata[i], when, error))
			return FALSE;
	for (guint i = 0; of_case && i < of_case->len; i++) {
		const PsRecord *report = of_case->pdata[i];
		const char *address = ps_record_text(report, "reporter_address"),
			   *id = ps_record_text(report, "message_id");
		gboolean same_mail = answered && g_strcmp0(id, answered) == 0;
		if (!same_mail && address && names_address(to, address) &&
		    !set_if_empty(txn, "report", report, when, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
acknowledge(PsTxn *txn, const PsRecord *message, const char *when, GError **error)
{
	const char *case_id = ps_record_text(message, "case");

	if (g_strcmp0(ps_record_text(message, "template"), ACKNOWLEDGEMENT) != 0)
		return TRUE;
	g_autoptr(PsRecord) record =
		case_id ? ps_store_get(ps_txn_store(txn), "case", case_id, error) : NULL;
	if (case_id && (!record || !set_if_empty(txn, "case", record, when, error)))
		return FALSE;
	return acknowledge_reports(txn, message, when, error);
}

gboolean
ps_outbox_mark_sent(PsStore *store, const char *id, gint64 at, GError **error)
{
	g_autoptr(PsRecord) message = ps_store_get(store, "message", id, error);
	g_autoptr(PsTxn) txn = message ? ps_txn_begin(store, "message.sent", error) : NULL;
	g_autofree char *when = ps_utc_format(at);

	if (!txn ||
	    !ps_txn_set(txn, "message", ps_record_id(message), "state", "sent", PS_ANY, error) ||
	    !ps_txn_set(txn, "message", ps_record_id(message), "at", when, PS_ANY, error) ||
	    !log_sent(txn, message, at, error) || !note_contact(txn, message, when, error) ||
	    !acknowledge(txn, message, when, error))
		return FALSE;
	ps_txn_irreversible(txn);
	return ps_txn_commit(txn, error);
}

/* ---- what was sent elsewhere ---- */

static PsRecord *
waiting_message(PsStore *store, const char *message_id, const char *file, GError **error)
{
	const char *filters[] = {"message_id", message_id, "direction", "out", NULL};
	const PsQuery query = {.kind = "message", .filters = filters, .limit = 1};
	g_autoptr(GPtrArray) found = ps_store_list(store, &query, error);

	if (!found)
		return NULL;
	if (found->len == 0) {
		g_autofree char *safe = ps_safe_text(message_id, -1, PS_SAFE_LINE);
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("“%s” (Message-ID %s) is no message of the outbox."), file, safe);
		return NULL;
	}
	return g_ptr_array_steal_index(found, 0);
}

char *
ps_outbox_sent(PsStore *store, PsOpenpgp *openpgp, const char *file, GError **error)
{
	gsize length = 0;
	g_autofree char *text = ps_file_read(file, RAW_MAX, &length, error);

	if (!text)
		return NULL;
	g_autoptr(GBytes) raw = g_bytes_new(text, length);
	g_autofree char *message_id = ps_raw_message_id(raw);
	if (!message_id) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is no message with a Message-ID."), file);
		return NULL;
	}
	g_autoptr(PsRecord) message = waiting_message(store, message_id, file, error);
	if (!message)
		return NULL;
	if (g_strcmp0(ps_record_text(message, "state"), "sent") == 0) {
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("The message in “%s” is marked as sent already."), file);
		return NULL;
	}
	if (!ps_outbox_mark_sent(store, ps_record_id(message), ps_now_ms(), error))
		return NULL;
	ps_mail_file_sent(store, openpgp, raw, NULL);
	return g_strdup(ps_record_id(message));
}
