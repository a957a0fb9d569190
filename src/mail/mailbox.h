#ifndef PS_MAIL_MAILBOX_H
#define PS_MAIL_MAILBOX_H

/* A mailbox of RFC 5322 section 3.4: name and address, both safe text. */

#include <glib.h>

typedef struct {
	char *name;    /* "" when there is none */
	char *address; /* local part as written, domain lower case */
} PsMailbox;

void ps_mailbox_free(PsMailbox *mailbox);
PsMailbox **ps_mailboxes_new(void); /* an empty array */
void ps_mailboxes_free(PsMailbox **mailboxes);
gsize ps_mailboxes_count(PsMailbox *const *mailboxes);
/* "Name <address>, …"; new string. */
char *ps_mailboxes_text(PsMailbox *const *mailboxes);

/* Reads "a@b.example, Name <c@d.example>" as a person types it. What is no address is refused with
 * a sentence that names it. */
PsMailbox **ps_mailboxes_parse(const char *text, GError **error);
/* The address is one that a message can be sent to: one "@", no blanks or controls, at most 254
 * bytes. */
gboolean ps_address_valid(const char *address);
/* Domains and ASCII letters without case (local parts are compared that way by all who send to us).
 */
gboolean ps_address_equal(const char *a, const char *b);

#endif
