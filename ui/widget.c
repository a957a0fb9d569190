#include "config.h"

#include "ui/widget.h"

void
ps_widget_draw(PsWidget *widget, PsView view)
{
	if (widget)
		widget->class->draw(widget, view);
}

gboolean
ps_widget_move(PsWidget *widget, PsMove move)
{
	return widget && widget->class->move && widget->class->move(widget, move);
}

gboolean
ps_widget_can_find(PsWidget *widget)
{
	return widget && widget->class->find;
}

gboolean
ps_widget_find(PsWidget *widget, const char *text)
{
	return ps_widget_can_find(widget) && widget->class->find(widget, text);
}

gboolean
ps_widget_go(PsWidget *widget, gint64 number)
{
	return widget && widget->class->go && widget->class->go(widget, number);
}

char *
ps_widget_chip(PsWidget *widget)
{
	return widget && widget->class->chip ? widget->class->chip(widget) : NULL;
}

char *
ps_widget_place(PsWidget *widget)
{
	return widget && widget->class->place ? widget->class->place(widget) : NULL;
}

gboolean
ps_widget_is_empty(PsWidget *widget)
{
	return !widget || (widget->class->is_empty && widget->class->is_empty(widget));
}

void
ps_widget_free(PsWidget *widget)
{
	if (widget)
		widget->class->free(widget);
}
