#include "config.h"

/* Items of the lists of an advisory: moved among their brothers, and copied. */

#include "ui/panes/advisory-pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* The item under the cursor and its place in its list; NULL: it is none. */
static const PsEditorNode *
item_here(AdvisoryPane *self, int *place, int *last)
{
	const PsEditorNode *node = advisory_pane_place(self);
	const PsEditorNode *list = node ? node->parent : NULL;

	if (!node || !node->present || !list || !list->node || list->node->type != PS_CSAF_LIST ||
	    ps_editor_focus(self->editor) == PS_EDITOR_FINDINGS)
		return NULL;
	const GPtrArray *items = node->container ? list->children : list->fields;
	*last = -1;
	for (guint i = 0; i < items->len; i++)
		*last += ((const PsEditorNode *)items->pdata[i])->present ? 1 : 0;
	*place = atoi(strrchr(node->pointer, '/') + 1);
	return node;
}

const char *
advisory_refuse_item(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const char *refusal = advisory_refuse_place(app, pane);
	int place, last;

	if (refusal)
		return refusal;
	const PsEditorNode *item = item_here(self, &place, &last);
	if (!item)
		return _("Only items of lists can be moved and copied: go to one of them.");
	return item->kept ? _("The program keeps this list: it follows from versions and "
			      "publishing.")
			  : NULL;
}

typedef struct {
	const char *id, *field;
	int place;
	char *copy;
} Change;

static gboolean
write_move(PsStore *store, gpointer data, GError **error)
{
	const Change *change = data;

	return ps_advisory_move(store, change->id, change->field, change->place, error);
}

static gboolean
write_copy(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;

	change->copy = ps_advisory_copy(store, change->id, change->field, error);
	return change->copy != NULL;
}

/* `argument`: a place from 1. */
static PsChanged
move_item(AdvisoryPane *self, int step, const char *argument, GError **error)
{
	PsApp *app = self->pane.app;
	int place, last;
	const PsEditorNode *item = item_here(self, &place, &last);
	int to = argument ? CLAMP(atoi(argument) - 1, 0, MAX(last, 0)) : place + step;

	if (!item || to < 0 || to > last) {
		ps_app_say(app, PS_SAY_NOTE,
			   step < 0 ? _("It is the first of its list already.")
				    : _("It is the last of its list already."));
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *id = g_strdup(ps_advisory_id(self->advisory));
	g_autofree char *field = g_strdup(item->field);
	Change change = {id, field, to, NULL};
	return ps_app_write(app, write_move, &change, error) ? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
}

PsChanged
advisory_run_move(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	return move_item((AdvisoryPane *)pane, 1, argument, error);
}

PsChanged
advisory_run_move_up(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)app;
	(void)argument;
	return move_item((AdvisoryPane *)pane, -1, NULL, error);
}

PsChanged
advisory_run_copy(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	int place, last;
	const PsEditorNode *item = item_here(self, &place, &last);

	(void)argument;
	if (!item)
		return PS_CHANGED_NOTHING;
	g_autofree char *id = g_strdup(ps_advisory_id(self->advisory));
	g_autofree char *field = g_strdup(item->field);
	Change change = {id, field, 0, NULL};
	if (!ps_app_write(app, write_copy, &change, error))
		return PS_CHANGED_NOTHING;
	/* It is gone to as what was added is. */
	g_free(self->added);
	self->added = change.copy;
	ps_app_say(app, PS_SAY_GOOD, _("The copy stands behind it: change what tells them apart."));
	return PS_CHANGED_DATA;
}
