#ifndef PS_UI_PANES_CASE_PANE_H
#define PS_UI_PANES_CASE_PANE_H

/* Shared by case-pane.c (the overview of a case) and case-actions.c. */

#include "ui/pane.h"
#include "ui/panes/case-nodes.h"
#include "ui/panes/timeline-view.h"
#include "ui/tree.h"

typedef struct {
	PsPane pane;
	PsTree *tree;
	PsTimelineView *timeline; /* in a corner of wide screens */
	char *case_id;
	PsCaseNodes *nodes; /* NULL: could not be read */
} PsCasePane;

/* The node under the cursor; NULL: the overview is empty. */
const PsCaseNode *ps_case_pane_node(PsCasePane *self);
/* The action that does a step ("score": "case.scoring"); NULL: none does. */
const char *ps_case_step_action(const char *token);

#define PS_CASE_ACTIONS 29
extern const PsAction ps_case_actions[PS_CASE_ACTIONS];

#endif
