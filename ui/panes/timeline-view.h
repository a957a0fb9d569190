#ifndef PS_UI_PANES_TIMELINE_VIEW_H
#define PS_UI_PANES_TIMELINE_VIEW_H

/* The timeline of a case as a widget: an axis, a row for each mark of the lanes, all log entries in
 * one strip, the sentence of the row under the cursor, and the log as a list. The cursor goes from
 * the marks down into the log. It knows no store.
 *
 * Left and Right scroll the axis, once it is zoomed in. */

#include "cases/timeline.h"
#include "ui/widget.h"

typedef struct PsTimelineView PsTimelineView;

PsTimelineView *ps_timeline_view_new(void);
PsWidget *ps_timeline_view_widget(PsTimelineView *view);
void ps_timeline_view_free(PsTimelineView *view);

/* Only to be looked at, in a corner of something else: without a cursor. */
void ps_timeline_view_set_passive(PsTimelineView *view);
/* Takes the timeline (NULL: there is none); cursor, zoom and place are kept. */
void ps_timeline_view_set(PsTimelineView *view, PsTimeline *timeline);
/* The mark under the cursor; NULL: there is none. Lent until the next set. */
const PsMark *ps_timeline_view_mark(const PsTimelineView *view);
/* > 0 closer, < 0 wider, 0: everything again. FALSE: no further. */
gboolean ps_timeline_view_zoom(PsTimelineView *view, int by);

#endif
