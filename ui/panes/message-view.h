#ifndef PS_UI_PANES_MESSAGE_VIEW_H
#define PS_UI_PANES_MESSAGE_VIEW_H

/* An opened message as text: headers with what differs inside and outside the encryption, one line
 * about encryption, one about the signature, problems, then the text. */

#include "mail/message.h"
#include "ui/pager.h"

typedef struct {
	const char *case_name;  /* number of its case; NULL: none */
	const char *source;     /* the raw headers, shown instead of the few; NULL */
	const char *import_key; /* the key of the keyboard that imports an OpenPGP key */
} PsMessageLook;

/* Fills the pager anew. */
void ps_message_view(PsPager *pager, const PsMessage *message, const PsMessageLook *look);

/* A part is text to be read first, not an attachment or a repetition. */
gboolean ps_part_is_body(const PsPart *part);
/* "encrypted, signed" or one of them; "" for neither. Lent. */
const char *ps_part_protection(const PsPart *part);

/* The role of a verdict, and its few words for a head line. */
PsStyle ps_verdict_style(PsVerdict verdict);

#endif
