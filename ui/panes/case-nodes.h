#ifndef PS_UI_PANES_CASE_NODES_H
#define PS_UI_PANES_CASE_NODES_H

/* What the overview of a case shows, read whole from the store: sections with a row for each of the
 * case's records, what is to be done next, and what the head says. */

#include "cases/desk.h"
#include "cases/steps.h"
#include "store/store.h"
#include "ui/theme.h"

typedef struct PsCaseNode PsCaseNode;
struct PsCaseNode {
	char *id;         /* unique in the overview: "head/task", "task/UUID", "step/3" */
	const char *kind; /* of its record, static; NULL: a section or a step */
	char *record;     /* id; NULL: none */
	const char *step; /* a step's token, static; NULL: no step */
	char *label, *text, *when;
	PsStyle label_style, text_style, when_style;
	char *brief;         /* what its section says of it while it is folded */
	char *detail;        /* all fields, a line each */
	char *message_id;    /* the mail that it came with, or NULL */
	GPtrArray *children; /* PsCaseNode*; NULL: no section */
};

typedef struct {
	PsRecord *record;
	GPtrArray *roots;                   /* PsCaseNode* */
	char *owner;                        /* name; NULL: nobody */
	char *score, *severity;             /* the worst of ours; NULL: not scored */
	PsDeskLine *next;                   /* the most urgent clock or task; NULL: none runs */
	GPtrArray *vulnerabilities, *tasks; /* PsRecord* */
} PsCaseNodes;

PsCaseNodes *ps_case_nodes_load(PsStore *store, const char *case_id, GError **error);
void ps_case_nodes_free(PsCaseNodes *nodes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCaseNodes, ps_case_nodes_free)

#endif
