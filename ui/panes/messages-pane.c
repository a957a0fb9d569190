#include "config.h"

/* What the message line said, newest first. */

#include "ui/pager.h"
#include "ui/pane.h"
#include "ui/panes/pane-table.h"

#include "base/i18n.h"

typedef struct {
	PsPane pane;
	PsPager *pager;
} MessagesPane;

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	MessagesPane *self = (MessagesPane *)pane;

	(void)argument;
	(void)error;
	self->pager = ps_pager_new();
	pane->widget = ps_pager_widget(self->pager);
	return TRUE;
}

static void
refresh(PsPane *pane)
{
	MessagesPane *self = (MessagesPane *)pane;

	ps_pager_clear(self->pager);
	for (GList *message = pane->app->messages.head; message; message = message->next)
		ps_pager_add(self->pager, PS_ROLE_NORMAL, message->data);
	if (!pane->app->messages.head)
		ps_pager_add(self->pager, PS_ROLE_DIM, _("Nothing was said yet."));
}

const PsPaneClass ps_messages_pane = {
	.name = "messages",
	.title = N_("Messages"),
	.size = sizeof(MessagesPane),
	.open = open_pane,
	.refresh = refresh,
};
