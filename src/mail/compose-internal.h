#ifndef PS_MAIL_COMPOSE_INTERNAL_H
#define PS_MAIL_COMPOSE_INTERNAL_H

/* What the files of composing and sending share. */

#include "mail/compose.h"

/* ---- template.c ---- */

/* The first line of the template that asks to be filled in and still stands in `body`; NULL: none.
 */
char *ps_template_unfilled(const PsTemplate *template, const char *body);

/* ---- draft-fields.c ---- */

/* Values for templates: text -> text. `case_record`, `message`, `reporter` may be NULL. */
GHashTable *ps_draft_fields(PsStore *store, const PsRecord *case_record, const PsMessage *message,
			    const PsReporter *reporter);
/* "On … wrote:" and the quoted text; NULL when nothing may be quoted. */
char *ps_draft_quote(const PsMessage *message);

/* ---- recipients.c ---- */

/* Fills recipients, encrypt, sign and warnings. `hint` is the key that the answered message was
 * signed with; NULL. */
gboolean ps_draft_judge(PsStore *store, PsOpenpgp *openpgp, PsDraft *draft, const char *hint,
			GError **error);

/* ---- deliver.c ---- */

/* The Message-ID of raw bytes, without <>; NULL: none. */
char *ps_raw_message_id(GBytes *raw);
/* Delivers a message into the Maildir `folder` below the mail directory (made when absent). */
gboolean ps_mail_deliver(const char *root, const char *folder, GBytes *raw, gboolean seen,
			 GError **error);
/* Files what was sent: into the folder "sent" and the index, tagged "sent". */
gboolean ps_mail_file_sent(PsStore *store, PsOpenpgp *openpgp, GBytes *raw, GError **error);

/* ---- outbox.c ---- */

/* The message is sent: state, case log, acknowledgement, last contact; cannot be undone. */
gboolean ps_outbox_mark_sent(PsStore *store, const char *id, gint64 at, GError **error);

#endif
