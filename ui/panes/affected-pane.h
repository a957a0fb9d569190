#ifndef PS_UI_PANES_AFFECTED_PANE_H
#define PS_UI_PANES_AFFECTED_PANE_H

/* Shared by affected-pane.c (the pane), affected-rows.c (what it lists) and affected-actions.c. */

#include "ui/pane.h"

typedef struct {
	char *id;      /* of the release or combination */
	char *release; /* id; of a combination: the release that is used with the other */
	const PsRecord *relationship; /* NULL: the release itself */
	gboolean below_other;         /* listed below what the release is used with */
	char *label;                  /* NULL: that of a combination is made when it is drawn */
	char *support_end;            /* NULL: not known */
	char *contains;        /* the components or parts that were searched for; NULL: none */
	const PsRecord *entry; /* what the case says of it for the pane's vulnerability, else for
				  all of them; NULL: nothing */
	guint others;          /* further entries, for other vulnerabilities */
	const PsRecord *inherited; /* of a combination without an entry: that of its release */
	guint place;               /* sorts: what the case judges, then the rest; kept together */
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
	GPtrArray *relationships;             /* PsRecord*, of the registry */
	GHashTable *entries_of;               /* product id: GPtrArray of PsRecord*, lent */
	GHashTable *used, *uses; /* release id: GPtrArray of relationship PsRecord*, lent: where
				    it is used, and what is used with it */
	GPtrArray *rows;         /* PsAffectedRow*, those of the case first */
	guint judged;            /* releases and combinations that have an entry */
	gboolean more;           /* the registry has more than is listed */
} PsAffected;

const PsAffectedRow *ps_affected_row(const PsAffected *self, const char *id);
/* What the row is called, whole. New string. */
char *ps_affected_label(const PsAffected *self, const PsAffectedRow *row);

/* ---- rows (affected-rows.c) ---- */

/* Reads what the case and the registry say; frees what was read before. */
void ps_affected_read(PsAffected *self);
/* Makes the rows anew, for the words that are typed. */
void ps_affected_read_rows(PsAffected *self);
void ps_affected_clear(PsAffected *self);

#define PS_AFFECTED_ACTIONS 10
extern const PsAction ps_affected_actions[PS_AFFECTED_ACTIONS];

#endif
