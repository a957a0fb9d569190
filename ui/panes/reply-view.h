#ifndef PS_UI_PANES_REPLY_VIEW_H
#define PS_UI_PANES_REPLY_VIEW_H

/* A draft as it is shown before sending. */

#include "mail/compose.h"
#include "ui/pager.h"

/* The head: how it will go out, subject, and the table of recipients with their keys. Gives the
 * rows that it took: never so many that no text is seen. `case_name` may be NULL. */
int ps_reply_view_head(PsView view, const PsDraft *draft, const char *case_name);

/* Fills the pager below it: why sending failed (NULL: it did not), problems of the recipients,
 * warnings, then the text. */
void ps_reply_view_text(PsPager *pager, const PsDraft *draft, const char *refused);

#endif
