#ifndef PS_CASES_TIMELINE_H
#define PS_CASES_TIMELINE_H

/* The timeline of a case: marks and bars on a time axis, for a pane and for text. The model is a
 * pure function of facts; scale and layout are pure too, so that a pane only draws. */

#include "cases/clock.h"
#include "store/store.h"

typedef enum {
	PS_LANE_FACTS,   /* received, acknowledged, validated, fixed, published, closed */
	PS_LANE_EMBARGO, /* from receipt to its end */
	PS_LANE_CLOCKS,  /* each clock from start to due */
	PS_LANE_TASKS,
	PS_LANE_LOG, /* what happened */
	PS_N_LANES,
} PsLane;
const char *ps_lane_label(PsLane lane); /* translated */

typedef enum {
	PS_MARK_DONE,
	PS_MARK_DONE_LATE,
	PS_MARK_OPEN, /* planned or running */
	PS_MARK_OVERDUE,
	PS_MARK_MISSING, /* not known yet: no place on the axis */
} PsMarkState;

typedef struct {
	PsLane lane;
	PsMarkState state;
	gint64 from, to;   /* to = PS_NO_TIME: a mark, else a bar; both PS_NO_TIME: MISSING */
	char *label;       /* safe text */
	char *text;        /* one sentence: rule, slip, or why it is missing */
	const char *kind;  /* what an edit would change: "case", "task", "event"; static */
	char *record;      /* its id */
	const char *field; /* its field, static; NULL: not to be edited */
} PsMark;

typedef struct {
	gint64 from, to, now; /* the span of all marks, now included */
	GPtrArray *marks;     /* PsMark*, by lane, then by time */
} PsTimeline;
void ps_timeline_free(PsTimeline *timeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsTimeline, ps_timeline_free)

/* What it is made of; lent records. */
typedef struct {
	const PsRecord *case_record;
	const PsClockFacts *facts;
	const PsClockPolicy *policy;
	GPtrArray *tasks;  /* PsRecord* */
	GPtrArray *events; /* PsRecord* */
	gint64 now;
} PsTimelineFacts;
PsTimeline *ps_timeline_build(const PsTimelineFacts *facts); /* pure */
PsTimeline *ps_timeline_load(PsStore *store, const char *case_id, GError **error);

/* ---- scale ---- */

typedef struct {
	gint64 from; /* time at the left edge of cell 0 */
	gint64 step; /* ms a cell, a round figure */
	int cells;
} PsScale;
/* The whole timeline in `cells` cells; `zoom` > 0 halves the step each time around `centre`,
 * < 0 doubles it. */
PsScale ps_scale_fit(const PsTimeline *timeline, int cells, int zoom, gint64 centre);
/* Cell of an instant: may be < 0 or >= cells (off the axis). */
int ps_scale_cell(const PsScale *scale, gint64 at);
/* Ticks of the axis: where a label ("21 Nov", "09:00") starts. Array of PsTick, ascending, labels
 * do not touch each other. Local time. */
typedef struct {
	int cell;
	char label[16];
} PsTick;
GArray *ps_scale_ticks(const PsScale *scale);

/* For a terminal without the pane, mail and tests: one line a mark with axis, at most `cells` wide.
 */
char *ps_timeline_text(const PsTimeline *timeline, int cells);

#endif
