#include "config.h"

#include "mail/message-parse.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "openpgp/answers.h"

#define SENTENCES_MAX 100
#define MAILBOXES_MAX 200

/* ---- parts ---- */

static const struct {
	const char *name;
	int flag;
} flag_names[] = {
	{"encrypted", PS_PART_ENCRYPTED},
	{"signed", PS_PART_SIGNED},
	{"attachment", PS_PART_ATTACHMENT},
	{"hidden", PS_PART_HIDDEN},
	{"html", PS_PART_HTML},
	{"cut", PS_PART_CUT},
	{"no-integrity", PS_PART_NO_INTEGRITY},
	{"alternative", PS_PART_ALTERNATIVE},
	{"attached", PS_PART_ATTACHED},
	{"nested", PS_PART_NESTED},
};

static int
flags_of(const cJSON *array)
{
	const cJSON *item;
	int flags = 0;

	cJSON_ArrayForEach (item, array) {
		for (gsize i = 0; i < G_N_ELEMENTS(flag_names); i++)
			if (g_strcmp0(item->valuestring, flag_names[i].name) == 0)
				flags |= flag_names[i].flag;
	}
	return flags;
}

static gsize
size_of(const cJSON *object, const char *name)
{
	double value = ps_json_number(object, name, 0);

	return value > 0 && value < 1e12 ? (gsize)value : 0;
}

PsRawPart *
ps_raw_part_from_json(const cJSON *object)
{
	if (!cJSON_IsObject(object) || ps_json_number(object, "number", 0) < 1)
		return NULL;
	PsRawPart *raw = g_new0(PsRawPart, 1);
	PsPart *part = raw->part = g_new0(PsPart, 1);
	const char *filename = ps_json_text(object, "filename");
	part->number = (int)CLAMP(ps_json_integer(object, "number", 0), -1, G_MAXINT);
	part->parent = (int)CLAMP(ps_json_integer(object, "parent", 0), -1, G_MAXINT);
	part->depth = (int)CLAMP(ps_json_integer(object, "depth", 0), 0, 1000);
	part->type = ps_json_safe(object, "type");
	if (!part->type)
		part->type = g_strdup("application/octet-stream");
	part->filename = filename ? ps_safe_filename(filename) : NULL;
	part->description = ps_json_safe(object, "description");
	part->size = ps_json_integer(object, "size", -1);
	part->charset = ps_json_safe(object, "charset");
	part->flags = flags_of(cJSON_GetObjectItemCaseSensitive(object, "flags"));
	part->signature = (int)CLAMP(ps_json_integer(object, "signature", -1), -1, G_MAXINT);
	part->remark = ps_json_safe(object, "remark");
	raw->has_text = cJSON_HasObjectItem(object, "text_length");
	raw->text_at = size_of(object, "text_at");
	raw->text_length = size_of(object, "text_length");
	return raw;
}

void
ps_part_free(PsPart *part)
{
	if (!part)
		return;
	g_free(part->type);
	g_free(part->filename);
	g_free(part->description);
	g_free(part->charset);
	ps_text_wipe(part->text);
	g_free(part->remark);
	g_free(part);
}

void
ps_raw_part_free(PsRawPart *raw)
{
	if (!raw)
		return;
	ps_part_free(raw->part);
	g_free(raw);
}

static void
take_parts(PsMessage *message, GPtrArray *raw_parts, GBytes *texts)
{
	gsize length = 0;
	const char *all = g_bytes_get_data(texts, &length);

	for (guint i = 0; i < raw_parts->len; i++) {
		PsRawPart *raw = raw_parts->pdata[i];
		PsPart *part = g_steal_pointer(&raw->part);
		if (part->signature >= (int)message->signatures->len)
			part->signature = -1;
		if (raw->has_text && raw->text_length <= length &&
		    raw->text_at <= length - raw->text_length)
			part->text = ps_safe_text(raw->text_length ? all + raw->text_at : "",
						  (gssize)raw->text_length, PS_SAFE_LINES);
		g_ptr_array_add(message->parts, part);
	}
}

/* ---- headers ---- */

static PsMailbox **
mailboxes_of(const cJSON *headers, const char *name)
{
	const cJSON *array = cJSON_GetObjectItemCaseSensitive(headers, name), *item;
	GPtrArray *mailboxes = g_ptr_array_new();

	cJSON_ArrayForEach (item, array) {
		g_autofree char *address = ps_json_safe(item, "address");
		if (!address || !*address || mailboxes->len >= MAILBOXES_MAX)
			continue;
		PsMailbox *mailbox = g_new0(PsMailbox, 1);
		char *at = strrchr(address, '@');
		for (char *c = at; c && *c; c++)
			*c = g_ascii_tolower(*c);
		mailbox->address = g_steal_pointer(&address);
		mailbox->name = ps_json_safe(item, "name");
		if (!mailbox->name)
			mailbox->name = g_strdup("");
		g_ptr_array_add(mailboxes, mailbox);
	}
	g_ptr_array_add(mailboxes, NULL);
	return (PsMailbox **)g_ptr_array_free(mailboxes, FALSE);
}

static void
header_free(gpointer user)
{
	PsMessageHeader *header = user;

	g_free(header->name);
	g_free(header->outer);
	g_free(header->inner);
	g_free(header);
}

/* The headers for people; protected ones that stand only inside count too. */
static void
take_header_texts(PsMessage *message, const cJSON *outer, const cJSON *inner)
{
	static const char *const names[] = {"From",    "Sender",        "To",
					    "Cc",      "Reply-To",      "Date",
					    "Subject", "Message-ID",    "In-Reply-To",
					    "List-Id", "User-Agent",    "X-Mailer",
					    "X-VINCE", "Auto-Submitted"};
	const cJSON *outer_texts = cJSON_GetObjectItemCaseSensitive(outer, "texts"),
		    *inner_texts = cJSON_GetObjectItemCaseSensitive(inner, "texts");

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *out = ps_json_safe(outer_texts, names[i]),
				*in = ps_json_safe(inner_texts, names[i]);
		if (!out && !in)
			continue;
		PsMessageHeader *header = g_new0(PsMessageHeader, 1);
		header->name = g_strdup(names[i]);
		header->differs = out && in && !g_str_equal(out, in);
		header->outer = g_steal_pointer(&out);
		header->inner = g_steal_pointer(&in);
		g_ptr_array_add(message->headers, header);
	}
}

/* ---- conclusions ---- */

static void
say(GPtrArray *sentences, char *sentence)
{
	g_ptr_array_add(sentences, sentence);
}

static gboolean
reads_first(const PsPart *part)
{
	return part->text && *part->text &&
	       !(part->flags &
		 (PS_PART_ATTACHMENT | PS_PART_HIDDEN | PS_PART_ALTERNATIVE | PS_PART_ATTACHED));
}

static PsVerdict
part_verdict(const PsMessage *message, const PsPart *part)
{
	if (part->signature < 0)
		return PS_VERDICT_NONE;
	return ((const PsSignature *)message->signatures->pdata[part->signature])->verdict;
}

/* The part whose signature speaks for the message: the worst among the signed texts, or where there
 * is no text, the first signed part. */
static const PsPart *
judged_part(PsMessage *message)
{
	const PsPart *judged = NULL;

	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (!reads_first(part) || part->signature < 0)
			continue;
		if (!judged || part_verdict(message, part) > part_verdict(message, judged))
			judged = part;
	}
	for (guint i = 0; !judged && i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (part->signature >= 0 && !(part->flags & PS_PART_ATTACHED))
			judged = part;
	}
	return judged;
}

static void
see_what_is_uncovered(PsMessage *message)
{
	gboolean any_encrypted = FALSE, any_signed = FALSE, plain = FALSE, not_signed = FALSE;

	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		if (!reads_first(part))
			continue;
		if (part->flags & PS_PART_ENCRYPTED)
			any_encrypted = TRUE;
		else
			plain = TRUE;
		if (part->signature >= 0)
			any_signed = TRUE;
		else
			not_signed = TRUE;
	}
	message->partly_encrypted =
		plain && (any_encrypted || (message->encryption != PS_ENCRYPTION_NONE));
	message->partly_signed = any_signed && not_signed;
}

static gboolean
signer_is(const PsSignature *signature, PsMailbox *const *from)
{
	for (gsize i = 0; signature->addresses && signature->addresses[i]; i++)
		if (from[0] && ps_address_equal(signature->addresses[i], from[0]->address))
			return TRUE;
	return FALSE;
}

static void
judge_signature(PsMessage *message)
{
	const PsPart *judged = judged_part(message);

	if (!judged)
		return;
	const PsSignature *signature = message->signatures->pdata[judged->signature];
	message->verdict = signature->verdict;
	message->signer = g_strdup(signature->fingerprint);
	message->signer_user_id = g_strdup(signature->user_id);
	message->signer_differs = signature->addresses && !signer_is(signature, message->from);
	/* a key that is known to belong to somebody else says nothing good about this sender */
	if (message->signer_differs && message->verdict == PS_VERDICT_GOOD_KNOWN)
		message->verdict = PS_VERDICT_GOOD_UNVERIFIED;
	if (message->verdict == PS_VERDICT_BAD)
		say(message->problems,
		    g_strdup(signature->remark ? signature->remark
					       : _("The signature is BAD: the text was changed, or "
						   "it was signed "
						   "by somebody else.")));
	if (message->signer_differs)
		say(message->problems,
		    g_strdup_printf(_("It was signed by “%s”, which is not the sender “%s”."),
				    signature->user_id ? signature->user_id : "?",
				    message->from_address));
}

/* A protected From counts only when the signature is good and by that address: an encrypted text
 * alone can be written by anybody (RFC 9788 section 4.4). */
static gboolean
inner_from_counts(const PsMessage *message, const cJSON *inner, PsMailbox *const *from)
{
	int index = (int)CLAMP(ps_json_integer(inner, "signature", -1), -1, G_MAXINT);

	if (!from[0] || index < 0 || index >= (int)message->signatures->len)
		return FALSE;
	const PsSignature *signature = message->signatures->pdata[index];
	return (signature->verdict == PS_VERDICT_GOOD_KNOWN ||
		signature->verdict == PS_VERDICT_GOOD_UNVERIFIED) &&
	       signer_is(signature, from);
}

static gboolean
same_first(PsMailbox *const *a, PsMailbox *const *b)
{
	return a[0] && b[0] && ps_address_equal(a[0]->address, b[0]->address);
}

static void
take_from(PsMessage *message, const cJSON *outer, const cJSON *inner)
{
	PsMailbox **inside = mailboxes_of(inner, "from");

	message->from = mailboxes_of(outer, "from");
	if (inside[0] && inner_from_counts(message, inner, inside)) {
		PsMailbox **swap = message->from;
		message->from = inside;
		inside = swap;
	} else if (inside[0] && !same_first(inside, message->from)) {
		say(message->problems,
		    g_strdup_printf(_("The protected From (“%s”) is not the outer one, and no "
				      "signature stands for it: the outer one is shown."),
				    inside[0]->address));
	}
	ps_mailboxes_free(inside);
	if (!message->from[0])
		say(message->problems, g_strdup(_("The message does not say who sent it.")));
	message->from_name = g_strdup(message->from[0] ? message->from[0]->name : "");
	message->from_address = g_strdup(message->from[0] ? message->from[0]->address : "");
}

/* Protected ones where there are. */
static const cJSON *
source(const cJSON *outer, const cJSON *inner, const char *name)
{
	return cJSON_HasObjectItem(inner, name) ? inner : outer;
}

static void
take_headers(PsMessage *message, const cJSON *outer, const cJSON *protected)
{
	/* a payload that a mailing list wrapped stands for its subject only */
	gboolean subject_only = ps_json_flag(protected, "subject_only");
	const cJSON *inner = subject_only ? NULL : protected;

	take_header_texts(message, outer, protected);
	take_from(message, outer, inner);
	message->subject = ps_json_safe(source(outer, protected, "subject"), "subject");
	message->subject_protected = cJSON_HasObjectItem(protected, "subject");
	if (!message->subject)
		message->subject = g_strdup("");
	message->to = mailboxes_of(source(outer, inner, "to"), "to");
	message->cc = mailboxes_of(source(outer, inner, "cc"), "cc");
	message->reply_to = mailboxes_of(source(outer, inner, "reply_to"), "reply_to");
	message->date = ps_json_time(source(outer, inner, "date"), "date");
	message->received_at = ps_json_time(outer, "received");
	message->message_id = ps_json_safe(source(outer, inner, "message_id"), "message_id");
	message->in_reply_to = ps_json_safe(source(outer, inner, "in_reply_to"), "in_reply_to");
	message->references = ps_json_texts(source(outer, inner, "references"), "references");
}

static GPtrArray *
sentences_of(const cJSON *object, const char *name)
{
	g_auto(GStrv) texts = ps_json_texts(object, name);
	GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);

	for (gsize i = 0; texts[i] && i < SENTENCES_MAX; i++)
		g_ptr_array_add(sentences, g_strdup(texts[i]));
	return sentences;
}

static void
see_integrity(PsMessage *message)
{
	if (message->no_integrity)
		say(message->problems,
		    g_strdup(_(
			    "The encryption does not protect the text against modification: treat "
			    "it with care, and follow no link in it.")));
	if (message->partly_encrypted)
		say(message->notes, g_strdup(_("Some of the text was not encrypted; each part says "
					       "for itself what it is.")));
	if (message->partly_signed)
		say(message->notes,
		    g_strdup(_("Some of the text is not covered by the signature; each "
			       "part says for itself.")));
}

PsMessage *
ps_message_from_json(const cJSON *object, GPtrArray *raw_parts, GBytes *texts)
{
	PsMessage *message = g_new0(PsMessage, 1);
	const cJSON *outer = cJSON_GetObjectItemCaseSensitive(object, "headers"),
		    *inner = cJSON_GetObjectItemCaseSensitive(object, "inner");

	message->sha256 = ps_json_safe(object, "sha256");
	message->size = ps_json_integer(object, "size", 0);
	message->headers = g_ptr_array_new_with_free_func(header_free);
	message->parts = g_ptr_array_new_with_free_func((GDestroyNotify)ps_part_free);
	message->problems = sentences_of(object, "problems");
	message->notes = sentences_of(object, "notes");
	message->attached_keys = ps_json_texts(object, "keys");
	message->recipients = ps_json_texts(object, "recipients");
	message->algorithm = ps_json_safe(object, "algorithm");
	message->decrypted = ps_json_flag(object, "decrypted");
	message->no_integrity = ps_json_flag(object, "no_integrity");
	message->encryption = ps_encryption_from_token(ps_json_text(object, "encryption"));
	message->signatures =
		ps_signatures_from_json(cJSON_GetObjectItemCaseSensitive(object, "signatures"));
	take_parts(message, raw_parts, texts);
	take_headers(message, outer, inner);
	see_what_is_uncovered(message);
	judge_signature(message);
	see_integrity(message);
	return message;
}
