#include "config.h"

/* A message for people and for --json. */

#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "mail/message-parse.h"

static gboolean
to_be_read(const PsPart *part)
{
	return part->text && *part->text &&
	       !(part->flags & (PS_PART_ATTACHMENT | PS_PART_HIDDEN | PS_PART_ALTERNATIVE));
}

/* What a part is, where more than one is read or something has to be said about it. */
static char *
divider(const PsMessage *message, const PsPart *part)
{
	g_autoptr(GString) words = g_string_new(part->description ? part->description : part->type);

	if (message->encryption != PS_ENCRYPTION_NONE && message->decrypted)
		g_string_append_printf(words, ", %s",
				       part->flags & PS_PART_ENCRYPTED ? _("was encrypted")
								       : _("NOT encrypted"));
	if (message->signatures->len > 0) {
		const PsSignature *signature =
			part->signature >= 0 ? message->signatures->pdata[part->signature] : NULL;
		g_string_append_printf(words, ", %s",
				       ps_verdict_text(signature ? signature->verdict
								 : PS_VERDICT_NONE));
	}
	if (part->flags & PS_PART_ATTACHED)
		g_string_append_printf(words, ", %s", _("of an attached message"));
	if (part->flags & PS_PART_NO_INTEGRITY)
		g_string_append_printf(words, ", %s", _("not protected against changes"));
	return g_strdup_printf("-- %d: %s --\n", part->number, words->str);
}

char *
ps_message_text(const PsMessage *message)
{
	GString *text = g_string_new(NULL);
	int readable = 0;

	for (guint i = 0; i < message->parts->len; i++)
		readable += to_be_read(message->parts->pdata[i]);
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (!to_be_read(part))
			continue;
		g_autofree char *line = divider(message, part);
		if (text->len > 0)
			g_string_append_c(text, '\n');
		if (readable > 1)
			g_string_append(text, line);
		g_string_append(text, part->text);
		if (text->len > 0 && text->str[text->len - 1] != '\n')
			g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

/* Not what came out of an attached or nested ciphertext: an attacker could have put it there to get
 * it back in clear. */
const PsPart *
ps_message_quotable(const PsMessage *message)
{
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (!to_be_read(part))
			continue;
		if ((part->flags & (PS_PART_ATTACHED | PS_PART_NESTED | PS_PART_NO_INTEGRITY)) ||
		    ((part->flags & PS_PART_ENCRYPTED) && message->partly_encrypted))
			return NULL;
		return part;
	}
	return NULL;
}

char *
ps_message_encryption_line(const PsMessage *message)
{
	g_autoptr(GString) line = g_string_new(ps_encryption_text(message->encryption));

	if (message->encryption == PS_ENCRYPTION_NONE)
		return g_string_free(g_steal_pointer(&line), FALSE);
	if (message->algorithm)
		g_string_append_printf(line, ", %s", message->algorithm);
	if (!message->decrypted)
		g_string_append_printf(line, ", %s", _("not opened"));
	if (message->no_integrity)
		g_string_append_printf(line, ", %s", _("NOT protected against changes"));
	if (message->partly_encrypted && message->decrypted)
		g_string_append_printf(line, ", %s", _("only in part"));
	return g_string_free(g_steal_pointer(&line), FALSE);
}

char *
ps_message_signature_line(const PsMessage *message)
{
	g_autoptr(GString) line = g_string_new(ps_verdict_text(message->verdict));

	if (message->signer_user_id)
		g_string_append_printf(line, ", %s", message->signer_user_id);
	else if (message->signer)
		g_string_append_printf(line, _(", key %s"), message->signer);
	if (message->signer_differs)
		g_string_append_printf(line, ", %s", _("NOT the sender"));
	if (message->partly_signed)
		g_string_append_printf(line, ", %s", _("only in part"));
	return g_string_free(g_steal_pointer(&line), FALSE);
}

/* ---- JSON ---- */

static void
add_text(cJSON *object, const char *name, const char *text)
{
	if (text)
		cJSON_AddStringToObject(object, name, text);
	else
		cJSON_AddNullToObject(object, name);
}

static void
add_time(cJSON *object, const char *name, gint64 ms)
{
	g_autofree char *text = ps_utc_format(ms);

	add_text(object, name, text);
}

static void
add_texts(cJSON *object, const char *name, char **texts)
{
	cJSON_AddItemToObject(object, name,
			      cJSON_CreateStringArray((const char *const *)texts,
						      (int)g_strv_length(texts)));
}

static void
add_sentences(cJSON *object, const char *name, const GPtrArray *sentences)
{
	cJSON_AddItemToObject(object, name,
			      cJSON_CreateStringArray((const char *const *)sentences->pdata,
						      (int)sentences->len));
}

static void
add_mailboxes(cJSON *object, const char *name, PsMailbox *const *mailboxes)
{
	cJSON *array = cJSON_AddArrayToObject(object, name);

	for (gsize i = 0; mailboxes[i]; i++) {
		cJSON *item = cJSON_CreateObject();
		add_text(item, "name", mailboxes[i]->name);
		add_text(item, "address", mailboxes[i]->address);
		cJSON_AddItemToArray(array, item);
	}
}

static cJSON *
part_json(const PsMessage *message, const PsPart *part)
{
	cJSON *object = cJSON_CreateObject();
	const PsSignature *signature =
		part->signature >= 0 ? message->signatures->pdata[part->signature] : NULL;

	cJSON_AddNumberToObject(object, "number", part->number);
	cJSON_AddNumberToObject(object, "parent", part->parent);
	add_text(object, "type", part->type);
	add_text(object, "filename", part->filename);
	add_text(object, "description", part->description);
	if (part->size >= 0)
		cJSON_AddNumberToObject(object, "size", (double)part->size);
	cJSON_AddBoolToObject(object, "encrypted", (part->flags & PS_PART_ENCRYPTED) != 0);
	add_text(object, "verdict",
		 ps_verdict_token(signature ? signature->verdict : PS_VERDICT_NONE));
	cJSON_AddBoolToObject(object, "attachment", (part->flags & PS_PART_ATTACHMENT) != 0);
	cJSON_AddBoolToObject(object, "hidden", (part->flags & PS_PART_HIDDEN) != 0);
	cJSON_AddBoolToObject(object, "alternative", (part->flags & PS_PART_ALTERNATIVE) != 0);
	cJSON_AddBoolToObject(object, "html", (part->flags & PS_PART_HTML) != 0);
	cJSON_AddBoolToObject(object, "cut", (part->flags & PS_PART_CUT) != 0);
	add_text(object, "remark", part->remark);
	add_text(object, "text", part->text);
	return object;
}

static cJSON *
signature_json(const PsSignature *signature)
{
	cJSON *object = cJSON_CreateObject();

	add_text(object, "verdict", ps_verdict_token(signature->verdict));
	add_text(object, "fingerprint", signature->fingerprint);
	add_text(object, "user_id", signature->user_id);
	add_time(object, "made_at", signature->made_at);
	add_text(object, "remark", signature->remark);
	return object;
}

static void
add_headers(cJSON *object, const PsMessage *message)
{
	cJSON *headers = cJSON_AddArrayToObject(object, "headers");

	for (guint i = 0; i < message->headers->len; i++) {
		const PsMessageHeader *header = message->headers->pdata[i];
		cJSON *item = cJSON_CreateObject();
		add_text(item, "name", header->name);
		add_text(item, "outer", header->outer);
		add_text(item, "protected", header->inner);
		cJSON_AddBoolToObject(item, "differs", header->differs);
		cJSON_AddItemToArray(headers, item);
	}
}

static void
add_crypto(cJSON *object, const PsMessage *message)
{
	add_text(object, "encryption", ps_encryption_token(message->encryption));
	cJSON_AddBoolToObject(object, "decrypted", message->decrypted);
	add_text(object, "algorithm", message->algorithm);
	cJSON_AddBoolToObject(object, "no_integrity", message->no_integrity);
	cJSON_AddBoolToObject(object, "partly_encrypted", message->partly_encrypted);
	add_texts(object, "recipients", message->recipients);
	add_text(object, "verdict", ps_verdict_token(message->verdict));
	add_text(object, "signer", message->signer);
	add_text(object, "signer_user_id", message->signer_user_id);
	cJSON_AddBoolToObject(object, "signer_differs", message->signer_differs);
	cJSON_AddBoolToObject(object, "partly_signed", message->partly_signed);
}

cJSON *
ps_message_json(const PsMessage *message)
{
	cJSON *object = cJSON_CreateObject();

	add_text(object, "id", message->id);
	add_text(object, "message_id", message->message_id);
	add_text(object, "sha256", message->sha256);
	cJSON_AddNumberToObject(object, "size", (double)message->size);
	add_time(object, "date", message->date);
	add_time(object, "received_at", message->received_at);
	add_text(object, "subject", message->subject);
	cJSON_AddBoolToObject(object, "subject_protected", message->subject_protected);
	add_mailboxes(object, "from", message->from);
	add_mailboxes(object, "to", message->to);
	add_mailboxes(object, "cc", message->cc);
	add_mailboxes(object, "reply_to", message->reply_to);
	add_text(object, "in_reply_to", message->in_reply_to);
	add_texts(object, "references", message->references);
	add_crypto(object, message);
	add_headers(object, message);
	cJSON *signatures = cJSON_AddArrayToObject(object, "signatures"),
	      *parts = cJSON_AddArrayToObject(object, "parts");
	for (guint i = 0; i < message->signatures->len; i++)
		cJSON_AddItemToArray(signatures, signature_json(message->signatures->pdata[i]));
	for (guint i = 0; i < message->parts->len; i++)
		cJSON_AddItemToArray(parts, part_json(message, message->parts->pdata[i]));
	add_texts(object, "attached_keys", message->attached_keys);
	add_sentences(object, "problems", message->problems);
	add_sentences(object, "notes", message->notes);
	return object;
}
