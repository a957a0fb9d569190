#include "config.h"

#include "ui/pane.h"

const PsPaneClass *
ps_pane_class_find(const char *name)
{
	for (gsize i = 0; i < ps_pane_classes_length; i++)
		if (g_str_equal(ps_pane_classes[i]->name, name))
			return ps_pane_classes[i];
	return NULL;
}

PsPane *
ps_pane_open(PsApp *app, const PsPaneClass *class, const char *argument, GError **error)
{
	PsPane *pane = g_malloc0(class->size);

	pane->class = class;
	pane->app = app;
	pane->argument = g_strdup(argument);
	if (class->open && !class->open(pane, argument, error)) {
		ps_pane_close(pane);
		return NULL;
	}
	if (class->refresh)
		class->refresh(pane);
	return pane;
}

void
ps_pane_close(PsPane *pane)
{
	if (!pane)
		return;
	/* The widget first: its model still may look at the pane. */
	ps_widget_free(pane->widget);
	pane->widget = NULL;
	if (pane->class->close)
		pane->class->close(pane);
	g_free(pane->argument);
	g_free(pane);
}
