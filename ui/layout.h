#ifndef PS_UI_LAYOUT_H
#define PS_UI_LAYOUT_H

/* Where things go: pure functions from sizes to places. Rows and columns count cells from 0; a
 * rectangle may be empty but is never negative. */

#include <glib.h>

typedef struct {
	int row, col, rows, cols;
} PsRect;

/* The part of `inner` (in coordinates of `outer`) that lies in `outer`, in outer's coordinates. */
PsRect ps_rect_clip(PsRect outer, PsRect inner);

/* The workstation's screen. Parts without rows are left away when it is small. */
typedef struct {
	PsRect title, /* workspace, tabs */
		head, /* where we are, counts, chips */
		body, message, footer;
	gboolean too_small; /* below 40x10: one sentence only, in body */
} PsScreenLayout;

PsScreenLayout ps_layout_screen(int rows, int cols);

/* A list with something beside it (cols) or below it; the share goes to the second, which is empty
 * when either would be below its minimum. */
void ps_layout_split(PsRect area, gboolean beside, int percent, int minimum_first,
		     int minimum_second, PsRect *first, PsRect *second);

/* A box in the middle of an area. */
PsRect ps_layout_box(PsRect area, int rows, int cols);

/* A column of a list. */
typedef struct {
	const char *label; /* N_() */
	int width;         /* cells; of a stretching column its minimum */
	int weight;        /* 0: fixed, else its share of what is left */
	int drop;          /* highest goes first where there is no room; 0: never */
	gboolean right;    /* numbers */
} PsColumn;

#define PS_COLUMN_GAP 2
#define PS_COLUMNS_MAX 16

/* Gives each column its cells (0: left away). At most PS_COLUMNS_MAX columns. */
void ps_layout_columns(const PsColumn *columns, int count, int cells, int *widths);

/* First row to show so that `selected` is visible, scrolling as little as possible, and by half a
 * page when it left the window (fewer redraws). */
gint64 ps_layout_scroll(gint64 first, gint64 selected, gint64 count, int rows);

#endif
