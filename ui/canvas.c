#include "config.h"

#include "ui/canvas.h"

#include <string.h>

#include "base/safe-text.h"

struct PsCanvas {
	int rows, cols;
	PsCell *cells;
	int cursor_row, cursor_col; /* -1: nobody set it */
	gboolean cursor_shown;
};

PsCanvas *
ps_canvas_new(int rows, int cols)
{
	PsCanvas *canvas = g_new0(PsCanvas, 1);

	ps_canvas_resize(canvas, rows, cols);
	return canvas;
}

void
ps_canvas_free(PsCanvas *canvas)
{
	if (!canvas)
		return;
	g_free(canvas->cells);
	g_free(canvas);
}

static const PsCell blank = {.chars = {' '}, .cells = 1};

void
ps_canvas_erase(PsCanvas *canvas)
{
	for (int i = 0; i < canvas->rows * canvas->cols; i++)
		canvas->cells[i] = blank;
	canvas->cursor_row = canvas->cursor_col = -1;
	canvas->cursor_shown = FALSE;
}

void
ps_canvas_resize(PsCanvas *canvas, int rows, int cols)
{
	canvas->rows = MAX(rows, 1);
	canvas->cols = MAX(cols, 1);
	g_free(canvas->cells);
	canvas->cells = g_new0(PsCell, (gsize)canvas->rows * (gsize)canvas->cols);
	ps_canvas_erase(canvas);
}

int
ps_canvas_rows(const PsCanvas *canvas)
{
	return canvas->rows;
}

int
ps_canvas_cols(const PsCanvas *canvas)
{
	return canvas->cols;
}

const PsCell *
ps_canvas_row(const PsCanvas *canvas, int row)
{
	return &canvas->cells[row * canvas->cols];
}

gboolean
ps_canvas_cursor(const PsCanvas *canvas, int *row, int *col, gboolean *shown)
{
	*row = canvas->cursor_row;
	*col = canvas->cursor_col;
	*shown = canvas->cursor_shown;
	return canvas->cursor_row >= 0;
}

char *
ps_canvas_dump(const PsCanvas *canvas)
{
	GString *text = g_string_new(NULL);

	for (int row = 0; row < canvas->rows; row++) {
		const PsCell *cells = ps_canvas_row(canvas, row);
		gsize start = text->len, end = start;
		for (int col = 0; col < canvas->cols; col++) {
			for (int i = 0; i < PS_CELL_CHARS && cells[col].chars[i]; i++)
				g_string_append_unichar(text, cells[col].chars[i]);
			if (cells[col].chars[0] && cells[col].chars[0] != ' ')
				end = text->len;
		}
		g_string_truncate(text, end);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

PsView
ps_canvas_view(PsCanvas *canvas)
{
	return (PsView){canvas, {0, 0, canvas->rows, canvas->cols}};
}

PsView
ps_view_part(PsView view, PsRect part)
{
	PsRect clipped = ps_rect_clip(view.area, part);

	clipped.row += view.area.row;
	clipped.col += view.area.col;
	return (PsView){view.canvas, clipped};
}

PsView
ps_view_below(PsView view, int rows)
{
	return ps_view_part(view, (PsRect){rows, 0, view.area.rows - rows, view.area.cols});
}

static PsCell *
cell_at(PsView view, int row, int col)
{
	if (row < 0 || col < 0 || row >= view.area.rows || col >= view.area.cols)
		return NULL;
	return &view.canvas->cells[(view.area.row + row) * view.canvas->cols + view.area.col + col];
}

/* Overwriting half of a wide character leaves a blank where its other half was. */
static void
split_wide(PsView view, int row, int col)
{
	PsView whole = ps_canvas_view(view.canvas);
	PsCell *left = cell_at(whole, view.area.row + row, view.area.col + col - 1);
	PsCell *here = cell_at(whole, view.area.row + row, view.area.col + col);

	if (here && here->cells == 0 && left && left->cells == 2) {
		left->chars[0] = ' ';
		left->chars[1] = 0;
		left->cells = 1;
		*here = (PsCell){.chars = {' '}, .style = left->style, .cells = 1};
	}
}

static void
put_base(PsView view, int row, int col, int cells, PsStyle style, gunichar c)
{
	PsCell *cell = cell_at(view, row, col);
	PsCell *right = cells == 2 ? cell_at(view, row, col + 1) : NULL;

	if (!cell)
		return;
	if (cells == 2 && !right) { /* would stand half outside */
		cells = 1;
		c = ' ';
	}
	split_wide(view, row, col);
	split_wide(view, row, col + cells);
	*cell = (PsCell){.chars = {c}, .style = style, .cells = (guint8)cells};
	if (right)
		*right = (PsCell){.style = style};
}

static void
put_combining(PsView view, int row, int col, gunichar c)
{
	PsCell *cell = cell_at(view, row, col - 1);

	if (cell && cell->cells == 0)
		cell = cell_at(view, row, col - 2);
	for (int i = 1; cell && i < PS_CELL_CHARS; i++)
		if (!cell->chars[i]) {
			cell->chars[i] = c;
			return;
		}
}

static gboolean
is_plain(const char *text)
{
	for (const char *p = text; *p; p++)
		if ((guchar)*p < 0x20 || (guchar)*p >= 0x7F)
			return FALSE;
	return TRUE;
}

int
ps_view_text(PsView view, int row, int col, PsStyle style, const char *text)
{
	g_autofree char *safe = NULL;

	if (!text)
		return col;
	if (!is_plain(text))
		text = safe = ps_safe_text(text, -1, PS_SAFE_LINE);
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		int cells = ps_char_cells(c);
		if (cells == 0)
			put_combining(view, row, col, c);
		else if (col < view.area.cols)
			put_base(view, row, col, cells, style, c);
		col += cells;
	}
	return col;
}

int
ps_view_format(PsView view, int row, int col, PsStyle style, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return ps_view_text(view, row, col, style, text);
}

int
ps_view_field(PsView view, int row, int col, int cells, PsStyle style, gboolean right,
	      const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);
	g_autofree char *fit = ps_text_fit(safe, cells);
	int width = ps_text_cells(fit), start = col + (right ? cells - width : 0);

	for (int i = col; i < col + cells; i++)
		put_base(view, row, i, 1, style, ' ');
	ps_view_text(view, row, start, style, fit);
	return col + cells;
}

int
ps_view_wrapped(PsView view, int row, PsStyle style, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	g_auto(GStrv) lines = ps_text_wrap(safe, view.area.cols);
	int count = 0;

	for (; lines[count]; count++)
		ps_view_text(view, row + count, 0, style, lines[count]);
	return count;
}

void
ps_view_fill_row(PsView view, int row, PsStyle style)
{
	for (int col = 0; col < view.area.cols; col++)
		put_base(view, row, col, 1, style, ' ');
}

void
ps_view_fill(PsView view, PsStyle style)
{
	for (int row = 0; row < view.area.rows; row++)
		ps_view_fill_row(view, row, style);
}

void
ps_view_restyle(PsView view, int row, int col, int cells, PsStyle style)
{
	for (int i = col; i < col + cells; i++) {
		PsCell *cell = cell_at(view, row, i);
		if (cell)
			cell->style = style;
	}
}

void
ps_view_rule(PsView view, int row, PsStyle style, const char *title)
{
	for (int col = 0; col < view.area.cols; col++)
		put_base(view, row, col, 1, style, 0x2500); /* ─ */
	if (title && *title)
		ps_view_format(view, row, 1, style, " %s ", title);
}

PsView
ps_view_frame(PsView view, PsStyle style, const char *title)
{
	int last_row = view.area.rows - 1, last_col = view.area.cols - 1;

	ps_view_fill(view, PS_ROLE_NORMAL);
	ps_view_rule(view, 0, style, NULL);
	ps_view_rule(view, last_row, style, NULL);
	for (int row = 1; row < last_row; row++) {
		put_base(view, row, 0, 1, style, 0x2502); /* │ */
		put_base(view, row, last_col, 1, style, 0x2502);
	}
	put_base(view, 0, 0, 1, style, 0x250C); /* ┌ ┐ └ ┘ */
	put_base(view, 0, last_col, 1, style, 0x2510);
	put_base(view, last_row, 0, 1, style, 0x2514);
	put_base(view, last_row, last_col, 1, style, 0x2518);
	if (title) {
		g_autofree char *safe = ps_safe_text(title, -1, PS_SAFE_LINE);
		g_autofree char *fit = ps_text_fit(safe, MAX(last_col - 5, 0));
		ps_view_format(view, 0, 2, PS_ROLE_HEADING, " %s ", fit);
	}
	return ps_view_part(view, (PsRect){1, 2, view.area.rows - 2, view.area.cols - 4});
}

void
ps_view_cursor(PsView view, int row, int col, gboolean shown)
{
	if (!cell_at(view, row, col))
		return;
	view.canvas->cursor_row = view.area.row + row;
	view.canvas->cursor_col = view.area.col + col;
	view.canvas->cursor_shown = shown;
}
