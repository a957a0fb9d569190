#ifndef PS_UI_PANES_MAIL_CASE_H
#define PS_UI_PANES_MAIL_CASE_H

/* From mail to case, as the inbox and an open message do it. */

#include "mail/message.h"
#include "ui/pane.h"

/* The case that a mail is in: its id, new string; NULL: in none. */
char *ps_mail_case(PsApp *app, const char *mail_id);

/* Why nothing can be changed now (read-only, locked); NULL: it can. */
const char *ps_mail_refuse_edit(PsApp *app);

/* Opens a mail and waits for it. NULL with an error (also when it was stopped). */
PsMessage *ps_mail_read(PsApp *app, const char *mail_id, GError **error);

/* Opens a case from the first of these mails (record ids, oldest first), files the others in it,
 * and offers what comes next. A mail that is in a case goes there instead. `message`: the first one
 * when it is open already; NULL: it is opened. */
PsChanged ps_mail_open_case(PsApp *app, GPtrArray *mail_ids, const PsMessage *message,
			    GError **error);

/* Files mails in a case that the person chooses. */
PsChanged ps_mail_add_to_case(PsApp *app, GPtrArray *mail_ids, GError **error);

#endif
