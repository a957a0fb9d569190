#ifndef PS_UI_PANES_AFFECTED_PANE_H
#define PS_UI_PANES_AFFECTED_PANE_H

/* Shared by affected-pane.c (the pane) and affected-actions.c. */

#include "ui/pane.h"

typedef struct {
	char *id; /* of the release */
	char *label;
	char *support_end;     /* NULL: not known */
	char *contains;        /* the components or parts that were searched for; NULL: none */
	const PsRecord *entry; /* what the case says of it for the pane's vulnerability, else for
				  all of them; NULL: nothing */
	guint others;          /* further entries, for other vulnerabilities */
} PsAffectedRow;

typedef struct {
	PsPane pane;
	PsList *list;
	char *case_id;
	char *words;
	char *vulnerability; /* id; NULL: every one of the case */
	char *today;
	char *vendor;                         /* that every label begins with; NULL: they differ */
	GPtrArray *entries, *vulnerabilities; /* PsRecord* */
	GPtrArray *rows;                      /* PsAffectedRow*, those of the case first */
	guint judged;                         /* releases that have an entry */
	gboolean more;                        /* the registry has more than is listed */
} PsAffected;

const PsAffectedRow *ps_affected_row(const PsAffected *self, const char *release_id);

#define PS_AFFECTED_ACTIONS 10
extern const PsAction ps_affected_actions[PS_AFFECTED_ACTIONS];

#endif
