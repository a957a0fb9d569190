#ifndef PS_CASES_CASE_LIST_H
#define PS_CASES_CASE_LIST_H

/* The list of cases with what a person sorts them by: states, severity, the next clock, the owner.
 * One pass over the cases gives light entries; only the lines of a page are dressed with titles and
 * names. A picture of one instant. Works on a locked workspace: titles then say "(sealed)". */

#include "cases/clock.h"
#include "store/store.h"

typedef enum {
	PS_CASES_OPEN,
	PS_CASES_MINE, /* open, of the person who acts */
	PS_CASES_ALL,
	PS_N_CASE_SCOPES,
} PsCaseScope;

typedef struct {
	PsCaseScope scope;
	gboolean by_urgency; /* else newest first */
	const char *words;   /* as ps_case_list_filter(); NULL: all */
} PsCaseListQuery;

typedef struct PsCaseList PsCaseList;
PsCaseList *ps_case_list_new(PsStore *store, const PsCaseListQuery *query, GError **error);
void ps_case_list_free(PsCaseList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCaseList, ps_case_list_free)
/* Only cases that have every word in one of their texts, in any case; NULL or "": all again. The
 * first call reads the texts, so that further ones (a filter that is typed) are quick; they are
 * wiped with the list. */
gboolean ps_case_list_filter(PsCaseList *list, const char *words, GError **error);
gint64 ps_case_list_length(const PsCaseList *list);
gint64 ps_case_list_index(const PsCaseList *list, const char *id); /* -1: not in it */

typedef struct {
	char *id, *number, *rm, *em, *cs;
	char *title;         /* as stored: safe text is the caller's */
	char *owner;         /* name, or NULL */
	PsSeverity severity; /* worst of ours */
	char *what;          /* the next clock, translated, or "Task"; NULL: nothing is due */
	gint64 due_at;       /* PS_NO_TIME: nothing is due */
	gboolean overdue;
} PsCaseLine;
void ps_case_line_free(PsCaseLine *line);
/* PsCaseLine* array of lines first … first+limit-1 (fewer at the end). */
GPtrArray *ps_case_list_page(PsCaseList *list, gint64 first, gint64 limit);

#endif
