#ifndef PS_UI_PANES_SSVC_PANE_H
#define PS_UI_PANES_SSVC_PANE_H

/* Shared by ssvc-pane.c (the walk and the pane), ssvc-draw.c and ssvc-actions.c. */

#include "cases/ssvc.h"
#include "ui/pane.h"

typedef struct {
	PsWidget widget; /* first: moves go between values and steps */
	PsPane *pane;
} PsSsvcWidget;

typedef struct {
	PsPane pane;
	PsSsvcWidget walker;
	char *case_id;
	char *vulnerability;                  /* id; NULL: the case has one or none */
	GPtrArray *vulnerabilities, *earlier; /* PsRecord; newest walk first */
	GPtrArray *labels;                    /* texts of the earlier walks */
	PsSsvcTables *tables;
	PsSsvcWalk *walk;
	GArray *trail;       /* int: steps that were asked, in their order */
	int at;              /* the step that is asked; -1: the decision is reached */
	int value;           /* the value under the cursor */
	int suggested;       /* what the case says already; -1: nothing */
	const char *why;     /* lent; NULL: nothing */
	GHashTable *reasons; /* point: text */
	char *reason;        /* of the whole; NULL: none */
	gboolean saved;      /* the decision that is shown is stored */
	int path_rows;       /* as it was drawn */
} PsSsvcPane;

/* ---- walking (ssvc-pane.c) ---- */

/* Begins anew with a table (NULL: the one that is open). */
void ps_ssvc_pane_begin(PsSsvcPane *self, const PsSsvcTable *table);
/* Takes a value of the point that is asked, and goes on to the next open one. */
void ps_ssvc_pane_choose(PsSsvcPane *self, int value);
/* Asks for the parts of the point instead. FALSE: it has none. */
gboolean ps_ssvc_pane_by_parts(PsSsvcPane *self);
/* Back to the question before, whose answer is taken back. FALSE: this is the first. */
gboolean ps_ssvc_pane_step_back(PsSsvcPane *self);
/* The values of a stored walk, as far as the open tables have them. */
gboolean ps_ssvc_pane_take(PsSsvcPane *self, const PsRecord *record, GError **error);
gboolean ps_ssvc_pane_is_changed(const PsSsvcPane *self);
void ps_ssvc_pane_read(PsSsvcPane *self);

/* ---- drawing (ssvc-draw.c) ---- */
void ps_ssvc_pane_draw(PsSsvcPane *self, PsView view);

#define PS_SSVC_ACTIONS 11
extern const PsAction ps_ssvc_actions[PS_SSVC_ACTIONS];

#endif
