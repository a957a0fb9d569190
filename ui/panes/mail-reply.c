#include "config.h"

#include "ui/panes/mail-reply.h"

PsChanged
ps_mail_reply(PsApp *app, const char *mail_id, const char *template_name, GError **error)
{
	(void)template_name;
	ps_app_open(app, "reply", mail_id, error);
	return PS_CHANGED_VIEW;
}

PsChanged
ps_mail_open_draft(PsApp *app, const char *draft_id, GError **error)
{
	ps_app_open(app, "reply", draft_id, error);
	return PS_CHANGED_VIEW;
}
