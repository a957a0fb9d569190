#ifndef PS_UI_PANES_MESSAGE_BODY_H
#define PS_UI_PANES_MESSAGE_BODY_H

/* The text of a message with its parts below: one widget, of which one half has the focus. */

#include "ui/pager.h"
#include "ui/panes/message-parts.h"

typedef struct PsMessageBody PsMessageBody;

PsMessageBody *ps_message_body_new(void);
PsWidget *ps_message_body_widget(PsMessageBody *body); /* frees it */
PsPager *ps_message_body_pager(PsMessageBody *body);
PsMessageParts *ps_message_body_parts(PsMessageBody *body);

gboolean ps_message_body_in_parts(const PsMessageBody *body);
void ps_message_body_focus(PsMessageBody *body, gboolean parts);
/* Something is searched for: “next” means the next match. */
gboolean ps_message_body_searching(const PsMessageBody *body);

#endif
