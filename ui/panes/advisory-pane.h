#ifndef PS_UI_PANES_ADVISORY_PANE_H
#define PS_UI_PANES_ADVISORY_PANE_H

/* The advisory of a case: as text, as a tree of fields, and what stands in the way. Shared by the
 * files of this pane only: advisory.c (views), advisory-edit.c (fields), advisory-publish.c. */

#include "advisory/advisory.h"
#include "advisory/csaf-node.h"
#include "ui/list.h"
#include "ui/pager.h"
#include "ui/pane.h"
#include "ui/tree.h"

typedef enum { VIEW_TEXT, VIEW_FIELDS, VIEW_FINDINGS, N_VIEWS } AdvisoryView;

/* A line of the findings: what is missing, or what a test says. */
typedef struct {
	char *id; /* level and place: unique */
	const char *word;
	PsStyle style;
	char *pointer, *sentence;
	const char *place; /* class of the pane where it is filled; NULL: the tree of fields */
	char *record;      /* KIND/ID of the record that fills it; NULL */
	char *remedy;      /* a command line; NULL */
} AdvisoryFinding;

typedef struct {
	PsPane pane;
	AdvisoryView view;
	PsAdvisory *advisory; /* NULL: not drafted yet, or locked; `reason` says which */
	char *reason;
	char *case_id;
	GPtrArray *fields;   /* PsAdvisoryField*, in order */
	GHashTable *places;  /* field: its index in `fields` */
	GPtrArray *findings; /* AdvisoryFinding* */
	guint blocking;      /* findings that stand in the way of publishing */
	gboolean unfolded;   /* the tree was shown once */
	PsPager *pager;
	PsTree *tree;
	PsList *list;
} AdvisoryPane;

/* Shows another view. */
void advisory_pane_show(AdvisoryPane *self, AdvisoryView view);
/* The field under the cursor of the fields view, or the one that the finding under the cursor
 * points to; NULL: none. */
const PsAdvisoryField *advisory_pane_field(AdvisoryPane *self);
/* The finding under the cursor of the findings view; NULL: none. */
const AdvisoryFinding *advisory_pane_finding(AdvisoryPane *self);
/* The table's description of a field; NULL for unknown ones. */
const PsCsafNode *advisory_pane_node(const PsAdvisoryField *field);

/* Actions; refusals are sentences, NULL: go ahead. */
const char *advisory_refuse_draft(PsApp *app, PsPane *pane);
const char *advisory_refuse_none(PsApp *app, PsPane *pane);
const char *advisory_refuse_field(PsApp *app, PsPane *pane);
const char *advisory_refuse_place(PsApp *app, PsPane *pane); /* a field or a finding */
PsChanged advisory_run_edit(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_add(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_remove(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_reset(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_approve(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_publish(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_withdraw(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_export(PsApp *app, PsPane *pane, const char *argument, GError **error);

#endif
