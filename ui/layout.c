#include "config.h"

#include "ui/layout.h"

PsRect
ps_rect_clip(PsRect outer, PsRect inner)
{
	int top = MAX(inner.row, 0), left = MAX(inner.col, 0);
	int bottom = MIN(inner.row + inner.rows, outer.rows);
	int right = MIN(inner.col + inner.cols, outer.cols);

	return (PsRect){top, left, MAX(bottom - top, 0), MAX(right - left, 0)};
}

PsScreenLayout
ps_layout_screen(int rows, int cols)
{
	PsScreenLayout layout = {.too_small = rows < 10 || cols < 40};
	int top = 0, bottom = rows;

	if (layout.too_small) {
		layout.body = (PsRect){0, 0, rows, cols};
		return layout;
	}
	layout.title = (PsRect){top++, 0, 1, cols};
	layout.head = (PsRect){top++, 0, 1, cols};
	layout.footer = (PsRect){--bottom, 0, 1, cols};
	/* Short screens show messages in the footer's place. */
	layout.message = rows < 13 ? layout.footer : (PsRect){--bottom, 0, 1, cols};
	layout.body = (PsRect){top, 0, bottom - top, cols};
	return layout;
}

void
ps_layout_split(PsRect area, gboolean beside, int percent, int minimum_first, int minimum_second,
		PsRect *first, PsRect *second)
{
	int whole = beside ? area.cols : area.rows;
	int size = whole * percent / 100;

	*first = area;
	*second = (PsRect){area.row, area.col, 0, 0};
	size = MAX(size, minimum_second);
	if (whole - size - 1 < minimum_first)
		return;
	*second = area;
	if (beside) {
		first->cols = whole - size - 1;
		second->cols = size;
		second->col = area.col + whole - size;
	} else {
		first->rows = whole - size - 1;
		second->rows = size;
		second->row = area.row + whole - size;
	}
}

PsRect
ps_layout_box(PsRect area, int rows, int cols)
{
	rows = CLAMP(rows, 0, area.rows);
	cols = CLAMP(cols, 0, area.cols);
	return (PsRect){area.row + (area.rows - rows) / 2, area.col + (area.cols - cols) / 2, rows,
			cols};
}

static int
needed_cells(const PsColumn *columns, int count, const int *widths)
{
	int cells = 0;

	for (int i = 0; i < count; i++)
		if (widths[i] > 0)
			cells += columns[i].width + (cells ? PS_COLUMN_GAP : 0);
	return cells;
}

/* The shown column that goes first; -1 when none may go. */
static int
next_to_drop(const PsColumn *columns, int count, const int *widths)
{
	int found = -1;

	for (int i = 0; i < count; i++)
		if (widths[i] > 0 && columns[i].drop > 0 &&
		    (found < 0 || columns[i].drop > columns[found].drop))
			found = i;
	return found;
}

void
ps_layout_columns(const PsColumn *columns, int count, int cells, int *widths)
{
	int weights = 0, spare, drop;

	for (int i = 0; i < count; i++)
		widths[i] = columns[i].width;
	while (needed_cells(columns, count, widths) > cells &&
	       (drop = next_to_drop(columns, count, widths)) >= 0)
		widths[drop] = 0;
	spare = MAX(cells - needed_cells(columns, count, widths), 0);
	for (int i = 0; i < count; i++)
		weights += widths[i] > 0 ? columns[i].weight : 0;
	for (int i = 0; i < count && weights > 0; i++) {
		if (widths[i] == 0 || columns[i].weight == 0)
			continue;
		int share = spare * columns[i].weight / weights;
		widths[i] += share;
		spare -= share;
		weights -= columns[i].weight;
	}
}

gint64
ps_layout_scroll(gint64 first, gint64 selected, gint64 count, int rows)
{
	gint64 last_first = MAX(count - rows, 0);

	if (rows <= 0)
		return 0;
	if (selected < first)
		first = selected == first - 1 ? selected : selected - rows / 2;
	else if (selected >= first + rows)
		first = selected == first + rows ? selected - rows + 1 : selected - rows / 2;
	return CLAMP(first, 0, last_first);
}
