#include "config.h"

#include "ui/panes/message-body.h"

#include "base/i18n.h"

#define LEAST_TEXT_ROWS 5

struct PsMessageBody {
	PsWidget widget;
	PsPager *pager;
	PsMessageParts *parts;
	gboolean in_parts;
};

static const PsWidgetClass body_class;

PsMessageBody *
ps_message_body_new(void)
{
	PsMessageBody *body = g_new0(PsMessageBody, 1);

	body->widget.class = &body_class;
	body->pager = ps_pager_new();
	body->parts = ps_message_parts_new();
	return body;
}

static void
free_widget(PsWidget *widget)
{
	PsMessageBody *body = (PsMessageBody *)widget;

	ps_pager_free(body->pager);
	ps_message_parts_free(body->parts);
	g_free(body);
}

PsWidget *
ps_message_body_widget(PsMessageBody *body)
{
	return &body->widget;
}

PsPager *
ps_message_body_pager(PsMessageBody *body)
{
	return body->pager;
}

PsMessageParts *
ps_message_body_parts(PsMessageBody *body)
{
	return body->parts;
}

gboolean
ps_message_body_in_parts(const PsMessageBody *body)
{
	return body->in_parts;
}

void
ps_message_body_focus(PsMessageBody *body, gboolean parts)
{
	body->in_parts = parts;
	if (parts)
		ps_message_parts_go_to_content(body->parts);
}

static PsWidget *
text_widget(const PsMessageBody *body)
{
	return ps_pager_widget(body->pager);
}

static PsWidget *
focused(const PsMessageBody *body)
{
	return body->in_parts ? ps_message_parts_widget(body->parts) : text_widget(body);
}

gboolean
ps_message_body_searching(const PsMessageBody *body)
{
	g_autofree char *chip = ps_widget_chip(text_widget(body));

	return chip != NULL && !body->in_parts;
}

/* ---- drawing ---- */

/* Rows for the parts with the line above them; 0: not shown. */
static int
parts_rows(const PsMessageBody *body, int rows)
{
	int wanted = ps_message_parts_rows(body->parts) + 1;

	if (wanted <= 1 || (!body->in_parts && !ps_message_parts_worth(body->parts)))
		return 0;
	int share = body->in_parts ? rows / 2 : rows / 3;
	int room = MIN(MIN(wanted, MAX(share, 4)), rows - LEAST_TEXT_ROWS);
	return room >= 3 || body->in_parts ? MAX(room, 3) : 0;
}

static void
draw_parts(PsMessageBody *body, PsView view)
{
	ps_view_rule(view, 0, PS_ROLE_BORDER, _("Parts"));
	PsView list = ps_view_below(view, 1);
	ps_widget_draw(ps_message_parts_widget(body->parts), list);
	/* Only one half may look as if it had the cursor. */
	for (int row = 1; row < list.area.rows && !body->in_parts; row++) {
		ps_view_restyle(list, row, 0, list.area.cols, PS_ROLE_NORMAL);
		ps_view_text(list, row, 0, PS_ROLE_NORMAL, " ");
	}
}

static void
draw_text(PsMessageBody *body, PsView view, int rows)
{
	ps_widget_draw(text_widget(body),
		       ps_view_part(view, (PsRect){0, 1, rows, view.area.cols - 2}));
}

static void
draw(PsWidget *widget, PsView view)
{
	PsMessageBody *body = (PsMessageBody *)widget;
	int below = parts_rows(body, view.area.rows);
	int rows = view.area.rows - below;

	/* The half with the focus is drawn last: it sets the cursor. */
	if (body->in_parts)
		draw_text(body, view, rows);
	if (below > 0)
		draw_parts(body, ps_view_below(view, rows));
	if (!body->in_parts)
		draw_text(body, view, rows);
}

/* ---- the rest of a widget ---- */

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsMessageBody *body = (PsMessageBody *)widget;

	if (what == PS_MOVE_CLEAR && body->in_parts) {
		body->in_parts = FALSE;
		return TRUE;
	}
	return ps_widget_move(focused(body), what);
}

static gboolean
find(PsWidget *widget, const char *text)
{
	PsMessageBody *body = (PsMessageBody *)widget;

	body->in_parts = FALSE;
	return ps_widget_find(text_widget(body), text);
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	return ps_widget_go(focused((PsMessageBody *)widget), number);
}

static char *
chip(PsWidget *widget)
{
	return ps_widget_chip(text_widget((PsMessageBody *)widget));
}

static char *
place(PsWidget *widget)
{
	return ps_widget_place(focused((PsMessageBody *)widget));
}

static const PsWidgetClass body_class = {draw, move, find, go, chip, place, NULL, free_widget};
