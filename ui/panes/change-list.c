#include "config.h"

#include "ui/panes/change-list.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/pager.h"

#define LEAST_ROWS 10

struct PsChangeList {
	PsWidget widget;
	GPtrArray *rows; /* PsChangeRow* */
	PsList *list;
	PsPager *pager;
	gboolean whole; /* the pager is shown */
	gsize shared;   /* bytes of the outermost place, where all changes are in it; else 0 */
};

static void
row_free(gpointer data)
{
	PsChangeRow *row = data;

	g_free(row->id);
	g_free(row->label);
	g_free(row->before);
	g_free(row->after);
	g_free(row);
}

PsChangeRow *
ps_change_row_new(const char *id, const char *word, PsStyle style)
{
	PsChangeRow *row = g_new0(PsChangeRow, 1);

	*row = (PsChangeRow){.id = g_strdup(id), .word = word, .style = style};
	return row;
}

GPtrArray *
ps_change_list_rows_new(void)
{
	return g_ptr_array_new_with_free_func(row_free);
}

/* ---- the list ---- */

enum { COLUMN_WORD, COLUMN_LABEL, COLUMN_TEXT };

static const PsColumn columns[] = {
	[COLUMN_WORD] = {N_("Change"), 9, 0, 0, FALSE},
	[COLUMN_LABEL] = {N_("Where"), 24, 2, 0, FALSE},
	[COLUMN_TEXT] = {N_("Now"), 16, 2, 1, FALSE},
};

static gint64
count(gpointer user)
{
	return ((PsChangeList *)user)->rows->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((PsChangeList *)user)->rows, first, limit);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const PsChangeRow *)row)->id;
}

#define STEP " › "

static gsize
shared_place(const GPtrArray *rows)
{
	const PsChangeRow *first = rows->len > 1 ? rows->pdata[0] : NULL;
	const char *end = first ? strstr(first->label, STEP) : NULL;
	gsize length = end ? (gsize)(end - first->label) + strlen(STEP) : 0;

	for (guint i = 1; i < rows->len && length > 0; i++)
		if (strncmp(((const PsChangeRow *)rows->pdata[i])->label, first->label, length) !=
		    0)
			return 0;
	return length;
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	const PsChangeRow *row = data;
	gsize shared = ((PsChangeList *)user)->shared;

	ps_cell(cells, COLUMN_WORD, row->style, row->word);
	ps_cell_format(cells, COLUMN_LABEL, PS_ROLE_NORMAL, "%s%s", shared ? "…" STEP : "",
		       row->label + shared);
	if (!(row->after && *row->after) && row->before && *row->before)
		ps_cell_format(cells, COLUMN_TEXT, PS_ROLE_DIM, _("was: %s"), row->before);
	else
		ps_cell(cells, COLUMN_TEXT, PS_ROLE_DIM, row->after);
}

static const PsListModel model = {count, load, row_id, draw_row, NULL, NULL};

/* ---- life ---- */

static const PsWidgetClass change_class;

PsChangeList *
ps_change_list_new(const char *empty)
{
	PsChangeList *changes = g_new0(PsChangeList, 1);

	changes->widget.class = &change_class;
	changes->rows = ps_change_list_rows_new();
	changes->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, changes);
	ps_list_set_empty(changes->list, empty);
	changes->pager = ps_pager_new();
	return changes;
}

PsWidget *
ps_change_list_widget(PsChangeList *changes)
{
	return &changes->widget;
}

static void
free_widget(PsWidget *widget)
{
	PsChangeList *changes = (PsChangeList *)widget;

	ps_list_free(changes->list);
	ps_widget_free(ps_pager_widget(changes->pager));
	g_ptr_array_unref(changes->rows);
	g_free(changes);
}

void
ps_change_list_set(PsChangeList *changes, GPtrArray *rows)
{
	/* The list may look at the old rows until its own refresh is over. */
	GPtrArray *old = changes->rows;

	changes->rows = rows;
	changes->shared = shared_place(rows);
	ps_list_refresh(changes->list);
	g_ptr_array_unref(old);
	changes->whole = changes->whole && rows->len > 0;
}

void
ps_change_list_set_empty(PsChangeList *changes, const char *sentence)
{
	ps_list_set_empty(changes->list, sentence);
}

guint
ps_change_list_length(const PsChangeList *changes)
{
	return changes->rows->len;
}

GPtrArray *
ps_change_list_targets(PsChangeList *changes)
{
	return ps_list_targets(changes->list);
}

void
ps_change_list_unmark(PsChangeList *changes)
{
	ps_list_unmark(changes->list);
}

static void
add_side(PsPager *pager, const char *head, const char *text)
{
	ps_pager_blank(pager);
	ps_pager_add(pager, PS_ROLE_HEADING, head);
	ps_pager_add(pager, text && *text ? PS_ROLE_NORMAL : PS_ROLE_DIM,
		     text && *text ? text : _("nothing"));
}

void
ps_change_list_toggle_whole(PsChangeList *changes)
{
	const PsChangeRow *row = ps_list_row(changes->list);

	changes->whole = !changes->whole && row;
	if (!changes->whole)
		return;
	ps_pager_clear(changes->pager);
	ps_pager_add(changes->pager, PS_ROLE_STRONG, row->label);
	add_side(changes->pager, _("Before"), row->before);
	add_side(changes->pager, _("Now"), row->after);
	if (row->note) {
		ps_pager_blank(changes->pager);
		ps_pager_add(changes->pager, PS_ROLE_DIM, row->note);
	}
}

/* ---- drawing and moving ---- */

static int
draw_side(PsView view, int row, const char *head, const char *text)
{
	g_autofree char *line =
		g_strdup_printf("%s: %s", head, text && *text ? text : _("nothing"));

	return row + ps_view_wrapped(ps_view_below(view, row), 0,
				     text && *text ? PS_ROLE_NORMAL : PS_ROLE_DIM, line);
}

static void
draw_detail(PsChangeList *changes, PsView view)
{
	const PsChangeRow *row = ps_list_row(changes->list);
	PsView inside =
		ps_view_part(view, (PsRect){1, 2, view.area.rows - 1, MAX(view.area.cols - 3, 1)});

	ps_view_rule(view, 0, PS_ROLE_BORDER, row ? row->label : NULL);
	if (!row)
		return;
	/* Half for each side, so that a long text does not hide the other. */
	int half = (inside.area.rows - (row->note ? 1 : 0)) / 2;
	PsView before = ps_view_part(inside, (PsRect){0, 0, half, inside.area.cols});
	int used = MIN(draw_side(before, 0, _("Before"), row->before), half);
	used = draw_side(inside, used, _("Now"), row->after);
	if (row->note && used < inside.area.rows)
		ps_view_wrapped(ps_view_below(inside, used), 0, PS_ROLE_DIM, row->note);
}

static void
draw(PsWidget *widget, PsView view)
{
	PsChangeList *changes = (PsChangeList *)widget;
	PsRect first, second;

	if (changes->whole) {
		ps_widget_draw(ps_pager_widget(changes->pager), view);
		return;
	}
	ps_layout_split(view.area, FALSE, 45, LEAST_ROWS / 2, LEAST_ROWS / 2, &first, &second);
	first.row -= view.area.row;
	first.col -= view.area.col;
	ps_widget_draw(ps_list_widget(changes->list), ps_view_part(view, first));
	if (second.rows == 0)
		return;
	second.row -= view.area.row;
	second.col -= view.area.col;
	draw_detail(changes, ps_view_part(view, second));
}

static PsWidget *
shown(PsChangeList *changes)
{
	return changes->whole ? ps_pager_widget(changes->pager) : ps_list_widget(changes->list);
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsChangeList *changes = (PsChangeList *)widget;

	if (ps_widget_move(shown(changes), what))
		return TRUE;
	if (what != PS_MOVE_CLEAR || !changes->whole)
		return FALSE;
	changes->whole = FALSE;
	return TRUE;
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	return ps_widget_go(shown((PsChangeList *)widget), number);
}

static char *
chip(PsWidget *widget)
{
	return ps_widget_chip(shown((PsChangeList *)widget));
}

static char *
place(PsWidget *widget)
{
	return ps_widget_place(shown((PsChangeList *)widget));
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsChangeList *)widget)->rows->len == 0;
}

static const PsWidgetClass change_class = {.draw = draw,
					   .move = move,
					   .go = go,
					   .chip = chip,
					   .place = place,
					   .is_empty = is_empty,
					   .free = free_widget};
