#ifndef PS_UI_PANES_MAIL_REPLY_H
#define PS_UI_PANES_MAIL_REPLY_H

/* Begins a reply to a mail: a draft that is there already is offered first, then the template is
 * asked for unless `template_name` gives it, the draft is made, and its pane opens. */

#include "ui/pane.h"

PsChanged ps_mail_reply(PsApp *app, const char *mail_id, const char *template_name, GError **error);

/* The tags of a mail say that we sent it. */
gboolean ps_mail_is_ours(const char *tags);

/* Opens the pane of a draft, or of a queued or failed message. */
PsChanged ps_mail_open_draft(PsApp *app, const char *draft_id, GError **error);

#endif
