#include "config.h"

#include "ui/panes/message-view.h"

#include "base/i18n.h"
#include "base/utc.h"

#define LABEL_CELLS 12

PsStyle
ps_verdict_style(PsVerdict verdict)
{
	static const PsStyle styles[] = {
		[PS_VERDICT_NONE] = PS_ROLE_DIM,
		[PS_VERDICT_GOOD_KNOWN] = PS_ROLE_GOOD,
		[PS_VERDICT_GOOD_UNVERIFIED] = PS_ROLE_WARN,
		[PS_VERDICT_KEY_MISSING] = PS_ROLE_WARN,
		[PS_VERDICT_BAD] = PS_ROLE_BAD,
	};

	return styles[verdict];
}

/* ---- head ---- */

/* For machines; they stand among all headers. */
static const char *const machine_headers[] = {"Message-ID", "In-Reply-To", "References", NULL};

/* What programs put where the protected subject was; that it differs says nothing. */
static const char *const placeholders[] = {"...", "[...]", "Encrypted Message", "Encrypted message",
					   NULL};

static gboolean
says_otherwise(const PsMessageHeader *header)
{
	return header->differs && !(g_str_equal(header->name, "Subject") && header->outer &&
				    g_strv_contains(placeholders, header->outer));
}

static void
show_header(PsPager *pager, const PsMessageHeader *header)
{
	const char *value = header->inner ? header->inner : header->outer;

	if (g_strv_contains(machine_headers, header->name) && !header->differs)
		return;
	ps_pager_pair(pager, header->name,
		      g_str_equal(header->name, "Subject") ? PS_ROLE_STRONG : PS_ROLE_VALUE, value,
		      LABEL_CELLS);
	if (!says_otherwise(header))
		return;
	g_autofree char *outside = g_strdup_printf(_("outside the encryption: %s"), header->outer);
	ps_pager_pair(pager, "", PS_ROLE_WARN, outside, LABEL_CELLS);
}

/* When it reached us starts our clocks; it is said where it is not what the sender's date says. */
static void
show_received(PsPager *pager, const PsMessage *message)
{
	gint64 received = message->received_at, date = message->date;
	g_autofree char *time = ps_utc_format(received);

	if (received != PS_NO_TIME &&
	    (date == PS_NO_TIME || ABS(received - date) > 10 * PS_MINUTE_MS))
		ps_pager_pair(pager, _("Received"), PS_ROLE_VALUE, time, LABEL_CELLS);
}

static PsStyle
encryption_style(const PsMessage *message)
{
	if (message->encryption == PS_ENCRYPTION_NONE)
		return PS_ROLE_DIM;
	if (!message->decrypted)
		return PS_ROLE_BAD;
	return message->no_integrity || message->partly_encrypted ? PS_ROLE_WARN : PS_ROLE_GOOD;
}

static PsStyle
signature_style(const PsMessage *message)
{
	PsStyle style = ps_verdict_style(message->verdict);

	return style == PS_ROLE_GOOD && (message->signer_differs || message->partly_signed)
		       ? PS_ROLE_WARN
		       : style;
}

static gboolean
brings_key(const PsMessage *message)
{
	for (guint i = 0; i < message->parts->len; i++)
		if (g_str_equal(((PsPart *)g_ptr_array_index(message->parts, i))->type,
				"application/pgp-keys"))
			return TRUE;
	return FALSE;
}

static void
show_missing_key(PsPager *pager, const PsMessage *message, const PsMessageLook *look)
{
	g_autofree char *text = NULL;

	if (message->verdict != PS_VERDICT_KEY_MISSING)
		return;
	text = brings_key(message)
		       ? g_strdup_printf(_("The signer's key is not here, but a key came along: %s "
					   "imports it."),
					 look->import_key)
		       : g_strdup(_("The signer's key is not here: ask for it, import it, and open "
				    "the message again."));
	ps_pager_pair(pager, "", PS_ROLE_WARN, text, LABEL_CELLS);
}

static void
show_security(PsPager *pager, const PsMessage *message, const PsMessageLook *look)
{
	g_autofree char *encryption = ps_message_encryption_line(message);
	g_autofree char *signature = ps_message_signature_line(message);

	ps_pager_pair(pager, _("Encryption"), encryption_style(message), encryption, LABEL_CELLS);
	ps_pager_pair(pager, _("Signature"), signature_style(message), signature, LABEL_CELLS);
	show_missing_key(pager, message, look);
	if (message->signer_differs && message->signer_user_id)
		ps_pager_pair(pager, "", PS_ROLE_WARN,
			      _("The signer's key does not carry the address in From: compare "
				"both before you believe the sender."),
			      LABEL_CELLS);
}

static void
show_sentences(PsPager *pager, const GPtrArray *sentences, const char *mark, PsStyle style)
{
	for (guint i = 0; i < sentences->len; i++)
		ps_pager_pair(pager, mark, style, g_ptr_array_index(sentences, i), 2);
}

static void
show_head(PsPager *pager, const PsMessage *message, const PsMessageLook *look)
{
	if (look->source)
		ps_pager_add(pager, PS_ROLE_DIM, look->source);
	for (guint i = 0; !look->source && i < message->headers->len; i++)
		show_header(pager, g_ptr_array_index(message->headers, i));
	show_received(pager, message);
	ps_pager_pair(pager, _("Case"), PS_ROLE_LINK, look->case_name, LABEL_CELLS);
	show_security(pager, message, look);
	show_sentences(pager, message->problems, "!", PS_ROLE_BAD);
	show_sentences(pager, message->notes, "·", PS_ROLE_DIM);
}

/* ---- text ---- */

gboolean
ps_part_is_body(const PsPart *part)
{
	return part->text && *part->text &&
	       !(part->flags & (PS_PART_ATTACHMENT | PS_PART_HIDDEN | PS_PART_ALTERNATIVE));
}

const char *
ps_part_protection(const PsPart *part)
{
	static const char *const words[] = {
		"",
		N_("encrypted"),
		N_("signed"),
		N_("encrypted, signed"),
	};
	int which =
		(part->flags & PS_PART_ENCRYPTED ? 1 : 0) | (part->flags & PS_PART_SIGNED ? 2 : 0);

	return *words[which] ? _(words[which]) : "";
}

/* What the text below is worth, which need not be what the next one is worth. */
static char *
part_title(const PsMessage *message, const PsPart *part)
{
	const PsSignature *signature =
		part->signature >= 0
			? g_ptr_array_index(message->signatures, (guint)part->signature)
			: NULL;

	return g_strdup_printf(_("Part %d · %s · %s · %s"), part->number,
			       part->description ? part->description : part->type,
			       part->flags & PS_PART_ENCRYPTED ? _("was encrypted")
							       : _("NOT encrypted"),
			       ps_verdict_text(signature ? signature->verdict : PS_VERDICT_NONE));
}

static void
show_part(PsPager *pager, const PsMessage *message, const PsPart *part, gboolean titled)
{
	if (titled) {
		g_autofree char *title = part_title(message, part);
		ps_pager_blank(pager);
		ps_pager_section(pager, title, FALSE);
	}
	if (part->remark)
		ps_pager_add(pager, PS_ROLE_WARN, part->remark);
	ps_pager_mail(pager, part->text);
}

/* A single text that all of the above holds for needs no title of its own. */
static gboolean
needs_titles(const PsMessage *message)
{
	guint bodies = 0;

	for (guint i = 0; i < message->parts->len; i++)
		bodies += ps_part_is_body(g_ptr_array_index(message->parts, i));
	return bodies > 1 || message->partly_signed || message->partly_encrypted;
}

static guint
show_bodies(PsPager *pager, const PsMessage *message)
{
	gboolean titled = needs_titles(message);
	guint shown = 0;

	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = g_ptr_array_index(message->parts, i);
		if (!ps_part_is_body(part))
			continue;
		show_part(pager, message, part, titled);
		shown++;
	}
	return shown;
}

void
ps_message_view(PsPager *pager, const PsMessage *message, const PsMessageLook *look)
{
	ps_pager_clear(pager);
	show_head(pager, message, look);
	ps_pager_blank(pager);
	if (show_bodies(pager, message) > 0)
		return;
	ps_pager_add(pager, PS_ROLE_DIM,
		     message->parts->len > 0
			     ? _("There is no text to read here. Tab goes to the parts.")
			     : _("This message has no text."));
}
