#ifndef PS_CASES_DESK_H
#define PS_CASES_DESK_H

/* The desk: what is due, most urgent first. Computed by SQL over open cases, loose reports and
 * tasks at each call; nothing is stored, so nothing can be stale. Works on a locked workspace:
 * states and times are readable, titles then say "(sealed)". */

#include "cases/clock.h"
#include "store/store.h"

typedef struct {
	char *kind, *record;         /* what it is about: report, case, task or advisory; its id */
	char *case_id, *case_number; /* NULL: in no case yet */
	char *title;                 /* safe text */
	char *what;                  /* "Acknowledge the report": translated */
	char *token;                 /* "acknowledge", "task", "armed", "review": for JSON */
	char *reason;                /* the rule, or why it has not started */
	char *owner;                 /* name of the person, or NULL */
	gint64 due_at;               /* PS_NO_TIME: not started */
	PsClockState state;          /* OVERDUE, RUNNING or NOT_STARTED */
} PsDeskLine;
void ps_desk_line_free(PsDeskLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsDeskLine, ps_desk_line_free)

typedef struct {
	gint64 due_before;    /* PS_NO_TIME: all */
	const char *owner;    /* person id; NULL: everybody's */
	const char *case_id;  /* NULL: all cases */
	gboolean not_started; /* clocks that wait for a fact come too, at the end */
	gint64 offset, limit; /* limit 0: all */
} PsDeskQuery;
/* PsDeskLine* array. */
GPtrArray *ps_desk_lines(PsStore *store, const PsDeskQuery *query, GError **error);

typedef struct {
	gint64 overdue, today, later; /* today: due within 24 h */
	gint64 not_acknowledged, open_cases, unowned;
	gint64 tightest; /* due time of the most urgent line; PS_NO_TIME: none */
} PsDeskCounts;
gboolean ps_desk_counts(PsStore *store, PsDeskCounts *counts, GError **error);

/* The same for a list that is looked at page by page: what is due is computed once, and only the
 * lines of a page are dressed with titles and names. It is a picture of one instant; offset and
 * limit of the query are not used. */
typedef struct PsDesk PsDesk;
PsDesk *ps_desk_new(PsStore *store, const PsDeskQuery *query, GError **error);
void ps_desk_free(PsDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsDesk, ps_desk_free)
gint64 ps_desk_length(const PsDesk *desk);
/* PsDeskLine* array of lines first … first+limit-1 (fewer at the end). */
GPtrArray *ps_desk_page(PsDesk *desk, gint64 first, gint64 limit);
/* Over its lines; lent. */
const PsDeskCounts *ps_desk_counted(const PsDesk *desk);

/* The team's policy from the settings clocks.*; a setting that is no duration is PS_ERROR_INPUT. */
gboolean ps_clock_policy_load(PsStore *store, PsClockPolicy *policy, GError **error);
/* The facts of one case. `rm` points into `*case_record`, which the caller frees. */
gboolean ps_clock_facts_load(PsStore *store, const char *case_id, PsClockFacts *facts,
			     PsRecord **case_record, GError **error);

/* RFC 5545 calendar of desk lines that have a due time; new string, CRLF. */
char *ps_desk_calendar(GPtrArray *lines, gint64 now);

#endif
