#ifndef PS_MAIL_COMPOSE_H
#define PS_MAIL_COMPOSE_H

/* Writing: a draft made from a template, its recipients with their keys, and sending.
 *
 * Invariants
 * - A draft is a record of kind `message` (direction out, state draft) from the first moment, so it
 *   survives a lost connection; its text is sealed.
 * - A message is encrypted only when every recipient has a usable key, and always also to the
 *   team's own key (mail.key); it is signed with that key. Protected headers: the outer subject is
 *   "...".
 * - Sending hands the finished message to `mail.send_command` on standard input (sendmail
 *   interface). Its exit status decides: 0 is sent; else the draft stays (state failed) and the
 *   error names status and what the command said. Without a command the message is queued for
 *   `outbox export`.
 * - What was sent cannot be undone. The stored copy is the message as sent, encrypted.
 *
 * Settings: mail.from ("Name <address>"), mail.key (fingerprint), mail.send_command. */

#include <glib.h>

#include "mail/message.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

/* ---- templates: data/templates/NAME.txt ---- */

typedef struct {
	char *name;  /* "acknowledgement" */
	char *title; /* for people */
	char *subject, *body;
} PsTemplate;
void ps_template_free(PsTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsTemplate, ps_template_free)
GPtrArray *ps_templates(GError **error); /* PsTemplate*, sorted by the order for people */
PsTemplate *ps_template_load(const char *name, GError **error);
/* Replaces {{field}} by its value (both safe text); a line that starts with "? " is left out when
 * one of its fields is empty. New string. */
char *ps_template_fill(const char *text, GHashTable *fields);

/* ---- recipients ---- */

typedef enum {
	PS_RECIPIENT_TO,
	PS_RECIPIENT_CC,
	PS_RECIPIENT_SELF, /* the team's key: encrypted to, not addressed */
} PsRecipientRole;

typedef struct {
	PsRecipientRole role;
	char *name, *address;
	PsKey *key;    /* NULL: none known */
	char *source;  /* where the key comes from: "participant", "signature", "key ring"
			  (translated) */
	char *problem; /* why it blocks encryption; NULL */
	char *warning; /* "expires in 12 d"; NULL */
} PsRecipient;
void ps_recipient_free(PsRecipient *recipient);

/* ---- drafts ---- */

typedef struct {
	char *id;                /* of the message record */
	char *case_id, *mail_id; /* NULL: none */
	char *template_name;
	PsMailbox **to, **cc;
	char *subject, *body;
	char *message_id, *in_reply_to;
	char **references;
	gboolean encrypt, sign;     /* as will be done */
	gboolean answers_encrypted; /* what it answers came encrypted: it is not sent in clear */
	GPtrArray *recipients;      /* PsRecipient*; the table to show before sending */
	GPtrArray *warnings;        /* char*: sentences to show before sending */
} PsDraft;
void ps_draft_free(PsDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsDraft, ps_draft_free)

/* A reply to a mail of the list. `template_name` NULL: an empty text with quotation. `case_id`
 * NULL: the case of the mail, else none. */
PsDraft *ps_reply_draft(PsStore *store, PsOpenpgp *openpgp, const char *mail_id,
			const char *template_name, const char *case_id, PsProgress *progress,
			GError **error);
/* A draft, queued or failed message again. */
PsDraft *ps_draft_load(PsStore *store, PsOpenpgp *openpgp, const char *id, GError **error);
/* Takes over an edited text: subject, body, to, cc. `text` is what ps_draft_editor_text() gave,
 * edited. */
char *ps_draft_editor_text(const PsDraft *draft);
gboolean ps_draft_edit(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft, const char *text,
		       GError **error);
gboolean ps_draft_discard(PsStore *store, const char *id, GError **error);

typedef struct {
	gboolean clear;      /* send unencrypted although keys are missing: the person said so */
	gboolean queue_only; /* do not run the send command */
} PsSendOptions;
/* Builds, signs, encrypts and sends. On success the record is `sent` (or `queued`).
 * Acknowledgements set acknowledged_at of the case and its report. */
gboolean ps_draft_send(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft,
		       const PsSendOptions *options, PsProgress *progress, GError **error);

/* ---- outbox: queued and failed messages; how they leave an air-gapped machine ---- */

GPtrArray *ps_outbox_list(PsStore *store, GError **error); /* PsRecord* of kind message */
/* Writes each queued message to `dir` as ID.eml; the recipients are in its header. */
gboolean ps_outbox_export(PsStore *store, PsOpenpgp *openpgp, const char *dir, gint64 *count,
			  PsProgress *progress, GError **error);
/* A file that was sent elsewhere (an exported .eml, or the sent copy of it) marks its message as
 * sent; gives the message's id. */
char *ps_outbox_sent(PsStore *store, PsOpenpgp *openpgp, const char *file, GError **error);

#endif
