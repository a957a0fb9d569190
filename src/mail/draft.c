#include "config.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "mail/compose-internal.h"
#include "mail/internal.h"

#define REFERENCES_MAX 20

void
ps_draft_free(PsDraft *draft)
{
	if (!draft)
		return;
	g_free(draft->id);
	g_free(draft->case_id);
	g_free(draft->mail_id);
	g_free(draft->template_name);
	ps_mailboxes_free(draft->to);
	ps_mailboxes_free(draft->cc);
	g_free(draft->subject);
	ps_text_wipe(draft->body);
	g_free(draft->message_id);
	g_free(draft->in_reply_to);
	g_strfreev(draft->references);
	g_clear_pointer(&draft->recipients, g_ptr_array_unref);
	g_clear_pointer(&draft->warnings, g_ptr_array_unref);
	g_free(draft);
}

static PsDraft *
draft_new(void)
{
	PsDraft *draft = g_new0(PsDraft, 1);

	draft->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)ps_recipient_free);
	draft->warnings = g_ptr_array_new_with_free_func(g_free);
	return draft;
}

/* ---- making ---- */

static PsMailbox **
one_mailbox(const char *name, const char *address)
{
	PsMailbox **mailboxes = g_new0(PsMailbox *, 2);

	mailboxes[0] = g_new0(PsMailbox, 1);
	mailboxes[0]->name = g_strdup(name);
	mailboxes[0]->address = g_strdup(address);
	return mailboxes;
}

/* The thread so far and the answered message (RFC 5322 section 3.6.4). Ids that a header could not
 * carry are left out. */
static char **
references_of(const PsMessage *message)
{
	GPtrArray *ids = g_ptr_array_new();
	guint length = g_strv_length(message->references);

	for (guint i = length > REFERENCES_MAX ? length - REFERENCES_MAX : 0; i < length; i++)
		if (!strpbrk(message->references[i], " <>\r\n\t"))
			g_ptr_array_add(ids, g_strdup(message->references[i]));
	if (message->message_id && !strpbrk(message->message_id, " <>\r\n\t"))
		g_ptr_array_add(ids, g_strdup(message->message_id));
	g_ptr_array_add(ids, NULL);
	return (char **)g_ptr_array_free(ids, FALSE);
}

static char *
new_message_id(PsStore *store)
{
	g_autofree char *from = ps_store_config(store, "mail.from"), *uuid = g_uuid_string_random();
	PsMailbox **sender = from ? ps_mailboxes_parse(from, NULL) : NULL;
	const char *at = sender && sender[0] ? strchr(sender[0]->address, '@') : NULL;
	char *id = g_strconcat(uuid, at ? at : "@psirtdesk.invalid", NULL);

	ps_mailboxes_free(sender);
	return id;
}

static gboolean
fill(PsStore *store, PsDraft *draft, const char *template_name, const PsMessage *message,
     const PsReporter *reporter, GError **error)
{
	g_autoptr(PsTemplate) template =
		template_name ? ps_template_load(template_name, error) : NULL;
	g_autoptr(PsRecord) record =
		draft->case_id ? ps_store_get(store, "case", draft->case_id, NULL) : NULL;

	if (template_name && !template)
		return FALSE;
	g_autoptr(GHashTable) fields = ps_draft_fields(store, record, message, reporter);
	draft->template_name = g_strdup(template_name);
	draft->subject =
		ps_template_fill(template ? template->subject : "Re: {{subject}}{{reference}}",
				 fields);
	draft->body = ps_template_fill(template ? template->body : "\n\n{{quote}}", fields);
	return TRUE;
}

/* Field, value pairs of the draft's record. */
static char **
pairs_of(PsStore *store, const PsDraft *draft)
{
	g_autofree char *from = ps_store_config(store, "mail.from");
	char *references =
		draft->references && *draft->references ? g_strjoinv(" ", draft->references) : NULL;
	const char *fixed[] = {"direction", "out", "state", "draft"};
	GPtrArray *pairs = g_ptr_array_new();

	for (gsize i = 0; i < G_N_ELEMENTS(fixed); i++)
		g_ptr_array_add(pairs, g_strdup(fixed[i]));
	struct {
		const char *field;
		char *value;
	} values[] = {
		{"case", g_strdup(draft->case_id)},
		{"message_id", g_strdup(draft->message_id)},
		{"in_reply_to", g_strdup(draft->in_reply_to)},
		{"references", references},
		{"at", ps_utc_format(ps_now_ms())},
		{"from", g_strdup(from)},
		{"to", ps_mailboxes_text(draft->to)},
		{"cc", ps_mailboxes_text(draft->cc)},
		{"subject", g_strdup(draft->subject)},
		{"body", g_strdup(draft->body)},
		{"template", g_strdup(draft->template_name)},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
		if (!values[i].value)
			continue;
		g_ptr_array_add(pairs, g_strdup(values[i].field));
		g_ptr_array_add(pairs, values[i].value);
	}
	g_ptr_array_add(pairs, NULL);
	return (char **)g_ptr_array_free(pairs, FALSE);
}

static gboolean
needs_sender(PsStore *store, GError **error)
{
	g_autofree char *from = ps_store_config(store, "mail.from");
	PsMailbox **sender = from ? ps_mailboxes_parse(from, error) : NULL;
	gboolean there = sender && sender[0];

	if (!from)
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_INPUT,
			_("The team has no mail address yet. Set it with “psirtdesk config "
			  "mail.from \"Team <psirt@example.com>\"”."));
	ps_mailboxes_free(sender);
	return there;
}

static gboolean
store_draft(PsStore *store, PsDraft *draft, GError **error)
{
	g_auto(GStrv) pairs = pairs_of(store, draft);

	draft->id =
		ps_store_new(store, "message.draft", "message", (const char *const *)pairs, error);
	return draft->id != NULL;
}

PsDraft *
ps_reply_draft(PsStore *store, PsOpenpgp *openpgp, const char *mail_id, const char *template_name,
	       const char *case_id, PsProgress *progress, GError **error)
{
	g_autoptr(PsMailEntry) entry =
		needs_sender(store, error) ? ps_mail_entry(store, mail_id, error) : NULL;
	g_autoptr(PsMessage) message =
		entry ? ps_message_open(store, openpgp, entry->id, progress, error) : NULL;
	g_autoptr(PsReporter) reporter = message ? ps_mail_reporter(openpgp, message, error) : NULL;

	if (!reporter)
		return NULL;
	if (!ps_address_valid(reporter->address)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The sender's address “%s” is none that mail can be sent to."),
			    reporter->address);
		return NULL;
	}
	g_autoptr(PsDraft) draft = draft_new();
	draft->mail_id = g_strdup(entry->id);
	draft->case_id = case_id ? ps_store_resolve(store, "case", case_id, error)
				 : g_strdup(entry->case_id);
	if (case_id && !draft->case_id)
		return NULL;
	draft->to = one_mailbox(reporter->name, reporter->address);
	draft->cc = ps_mailboxes_new();
	draft->message_id = new_message_id(store);
	draft->in_reply_to = g_strdup(message->message_id);
	draft->references = references_of(message);
	draft->answers_encrypted = message->encryption != PS_ENCRYPTION_NONE;
	if (!fill(store, draft, template_name, message, reporter, error) ||
	    !ps_draft_judge(store, openpgp, draft, reporter->fingerprint, error) ||
	    !store_draft(store, draft, error))
		return NULL;
	return g_steal_pointer(&draft);
}

/* ---- again ---- */

static char *
text_of(const PsRecord *record, const char *field)
{
	const char *text = ps_record_text(record, field);

	return g_strdup(text ? text : "");
}

static gboolean
answered_was_encrypted(PsStore *store, const char *message_id, char **mail_id)
{
	g_autofree char *id = message_id ? ps_mail_row_id(message_id) : NULL;
	g_autoptr(PsMailRow) row = id ? ps_mail_row(store, id, NULL) : NULL;

	*mail_id = row ? g_strdup(row->id) : NULL;
	return row && row->encryption != PS_ENCRYPTION_NONE;
}

static gboolean
still_open(const PsRecord *record, GError **error)
{
	static const char *const open[] = {"draft", "queued", "failed", NULL};
	const char *state = ps_record_text(record, "state");

	if (state && g_strv_contains(open, state))
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_REFUSED,
		    _("The message is “%s” already and cannot be changed or sent again."),
		    state ? state : "?");
	return FALSE;
}

PsDraft *
ps_draft_load(PsStore *store, PsOpenpgp *openpgp, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "message", id, error);
	g_autoptr(PsDraft) draft = draft_new();

	if (!record || !still_open(record, error))
		return NULL;
	if (ps_record_is_sealed(record, "to") || ps_record_is_sealed(record, "body")) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_LOCKED,
				    _("The workspace is locked. Unlock it to read the draft."));
		return NULL;
	}
	g_autofree char *to = text_of(record, "to"), *cc = text_of(record, "cc"),
			*references = text_of(record, "references");
	draft->id = g_strdup(ps_record_id(record));
	draft->case_id = g_strdup(ps_record_text(record, "case"));
	draft->template_name = g_strdup(ps_record_text(record, "template"));
	draft->subject = text_of(record, "subject");
	draft->body = text_of(record, "body");
	draft->message_id = g_strdup(ps_record_text(record, "message_id"));
	draft->in_reply_to = g_strdup(ps_record_text(record, "in_reply_to"));
	draft->references = *references ? g_strsplit(references, " ", -1) : g_new0(char *, 1);
	draft->answers_encrypted =
		answered_was_encrypted(store, draft->in_reply_to, &draft->mail_id);
	draft->to = ps_mailboxes_parse(to, error);
	draft->cc = draft->to ? ps_mailboxes_parse(cc, error) : NULL;
	if (!draft->cc || !ps_draft_judge(store, openpgp, draft, NULL, error))
		return NULL;
	if (!draft->message_id)
		draft->message_id = new_message_id(store);
	return g_steal_pointer(&draft);
}

/* ---- editing ---- */

char *
ps_draft_editor_text(const PsDraft *draft)
{
	g_autofree char *to = ps_mailboxes_text(draft->to), *cc = ps_mailboxes_text(draft->cc);

	return g_strdup_printf("To: %s\nCc: %s\nSubject: %s\n\n%s", to, cc, draft->subject,
			       draft->body);
}

typedef struct {
	PsMailbox **to, **cc;
	char *subject, *body;
} Edited;

static void
edited_clear(Edited *edited)
{
	ps_mailboxes_free(edited->to);
	ps_mailboxes_free(edited->cc);
	g_free(edited->subject);
	g_free(edited->body);
}

/* The head up to the first empty line; what it does not name is taken as empty. */
static gboolean
parse_edited(const char *text, Edited *edited, GError **error)
{
	const char *empty = strstr(text, "\n\n");
	g_autofree char *head = empty ? g_strndup(text, (gsize)(empty - text)) : g_strdup(text);
	g_auto(GStrv) lines = g_strsplit(head, "\n", -1);
	const char *to = "", *cc = "", *subject = "";

	for (gsize i = 0; lines[i]; i++) {
		const char *value = strchr(lines[i], ':');
		if (!value)
			continue;
		for (value++; *value == ' '; value++)
			continue;
		if (g_str_has_prefix(lines[i], "To:"))
			to = value;
		else if (g_str_has_prefix(lines[i], "Cc:"))
			cc = value;
		else if (g_str_has_prefix(lines[i], "Subject:"))
			subject = value;
	}
	edited->subject = ps_safe_text(subject, -1, PS_SAFE_LINE);
	edited->body = ps_safe_text(empty ? empty + 2 : "", -1, PS_SAFE_LINES);
	edited->to = ps_mailboxes_parse(to, error);
	edited->cc = edited->to ? ps_mailboxes_parse(cc, error) : NULL;
	if (edited->cc && !edited->to[0])
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The message has no recipient. Write one after “To:”."));
	return edited->cc && edited->to[0];
}

static gboolean
store_edited(PsStore *store, const char *id, const Edited *edited, GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "message.edit", error);
	g_autofree char *to = ps_mailboxes_text(edited->to), *cc = ps_mailboxes_text(edited->cc);
	const char *const pairs[] = {"to",   to,          "cc", cc, "subject", edited->subject,
				     "body", edited->body};

	for (gsize i = 0; txn && i < G_N_ELEMENTS(pairs); i += 2)
		if (!ps_txn_set(txn, "message", id, pairs[i], pairs[i + 1], PS_ANY, error))
			return FALSE;
	return txn && ps_txn_commit(txn, error);
}

gboolean
ps_draft_edit(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft, const char *text, GError **error)
{
	Edited edited = {0};

	if (!parse_edited(text, &edited, error) ||
	    !store_edited(store, draft->id, &edited, error)) {
		edited_clear(&edited);
		return FALSE;
	}
	ps_mailboxes_free(draft->to);
	ps_mailboxes_free(draft->cc);
	g_free(draft->subject);
	g_free(draft->body);
	draft->to = edited.to;
	draft->cc = edited.cc;
	draft->subject = edited.subject;
	draft->body = edited.body;
	return ps_draft_judge(store, openpgp, draft, NULL, error);
}

gboolean
ps_draft_discard(PsStore *store, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(store, "message", id, error);

	if (!record || !still_open(record, error))
		return FALSE;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "message.discard", error);
	return txn && ps_txn_delete(txn, "message", ps_record_id(record), error) &&
	       ps_txn_commit(txn, error);
}
