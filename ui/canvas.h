#ifndef PS_UI_CANVAS_H
#define PS_UI_CANVAS_H

/* What the screen shows, as a grid of cells: everything is drawn here, screen.c carries it to the
 * terminal, and tests, scripts and “save-screen” read it without one.
 *
 * Every text that is drawn passes safe text first, so callers need not care where it came from. A
 * character takes the cells that ps_char_cells() says; a wide one never stands half in a view.
 *
 * A view is a rectangle of the canvas: drawing is relative to it and clipped to it. Views are
 * passed by value and own nothing. */

#include <glib.h>

#include "ui/layout.h"
#include "ui/theme.h"

/* A base and four combining marks, as curses takes them. */
#define PS_CELL_CHARS 5

typedef struct {
	gunichar chars[PS_CELL_CHARS]; /* 0-terminated where shorter */
	PsStyle style;
	guint8 cells; /* 1, 2, or 0: right half of a wide one */
} PsCell;

typedef struct PsCanvas PsCanvas;

PsCanvas *ps_canvas_new(int rows, int cols);
void ps_canvas_free(PsCanvas *canvas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCanvas, ps_canvas_free)
/* Blank, without a cursor. */
void ps_canvas_erase(PsCanvas *canvas);
/* Also erases. */
void ps_canvas_resize(PsCanvas *canvas, int rows, int cols);
int ps_canvas_rows(const PsCanvas *canvas);
int ps_canvas_cols(const PsCanvas *canvas);
const PsCell *ps_canvas_row(const PsCanvas *canvas, int row);
/* Where the hardware cursor goes; FALSE when nobody set it. `shown`: it blinks in an input line. */
gboolean ps_canvas_cursor(const PsCanvas *canvas, int *row, int *col, gboolean *shown);
/* The whole as plain UTF-8, lines without trailing blanks. */
char *ps_canvas_dump(const PsCanvas *canvas);

typedef struct {
	PsCanvas *canvas;
	PsRect area;
} PsView;

PsView ps_canvas_view(PsCanvas *canvas);
/* A part, in coordinates of `view`. */
PsView ps_view_part(PsView view, PsRect part);
/* The rest below the first `rows` rows. */
PsView ps_view_below(PsView view, int rows);

/* Draws one line of text; returns the column behind it. Newlines become blanks. */
int ps_view_text(PsView view, int row, int col, PsStyle style, const char *text);
int ps_view_format(PsView view, int row, int col, PsStyle style, const char *format, ...)
	G_GNUC_PRINTF(5, 6);
/* Draws in exactly `cells` cells: cut with "…", or filled with blanks; `right` sets it flush
 * right. Returns col + cells. */
int ps_view_field(PsView view, int row, int col, int cells, PsStyle style, gboolean right,
		  const char *text);
/* Wrapped; returns the number of rows that it took (or would take). */
int ps_view_wrapped(PsView view, int row, PsStyle style, const char *text);
void ps_view_fill(PsView view, PsStyle style);
void ps_view_fill_row(PsView view, int row, PsStyle style);
/* Changes the style of what stands there. */
void ps_view_restyle(PsView view, int row, int col, int cells, PsStyle style);
/* A frame at the border of the view, with a title in it; returns the view inside. */
PsView ps_view_frame(PsView view, PsStyle style, const char *title);
void ps_view_rule(PsView view, int row, PsStyle style, const char *title);
/* Puts the hardware cursor: on the selected row, or (shown) in a line that is typed. */
void ps_view_cursor(PsView view, int row, int col, gboolean shown);

#endif
