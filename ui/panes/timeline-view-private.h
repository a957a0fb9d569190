#ifndef PS_UI_PANES_TIMELINE_VIEW_PRIVATE_H
#define PS_UI_PANES_TIMELINE_VIEW_PRIVATE_H

/* Shared by timeline-view.c (rows, moves, zoom) and timeline-draw.c. */

#include "ui/panes/timeline-view.h"

struct PsTimelineView {
	PsWidget widget;
	PsTimeline *timeline;
	gboolean passive;
	GPtrArray *rows;  /* PsMark*, lent: lanes first, then the log, newest first */
	guint n_lanes;    /* how many rows are of lanes; the others are the log */
	guint cursor;     /* in rows */
	char *cursor_key; /* what the cursor is on, over a set */
	int zoom;         /* 0: everything */
	gint64 centre;    /* of the axis while it is zoomed */
	PsScale scale;    /* as it was drawn */
	gint64 first_lane, first_entry;
};

void ps_timeline_view_draw(PsWidget *widget, PsView view);

#endif
