#ifndef PS_UI_PANES_ADVISORY_PANE_H
#define PS_UI_PANES_ADVISORY_PANE_H

/* The advisory of a case: as its readers will see it, and in the editor (tree, fields, findings).
 * Shared by the files of this pane only: advisory-pane.c (views), advisory-edit.c (changing
 * fields), advisory-ask.c (asking for values), advisory-publish.c. */

#include "advisory/advisory.h"
#include "advisory/csaf-node.h"
#include "ui/pager.h"
#include "ui/pane.h"
#include "ui/panes/advisory-editor-check.h"
#include "ui/panes/advisory-editor.h"

typedef enum { VIEW_TEXT, VIEW_EDIT, N_VIEWS } AdvisoryView;

typedef struct {
	PsPane pane;
	AdvisoryView view;
	PsAdvisory *advisory; /* NULL: not drafted yet, or locked; `reason` says which */
	char *reason;
	char *case_id;
	GPtrArray *fields;   /* PsAdvisoryField*: ps_advisory_marks() */
	GPtrArray *missing;  /* PsAdvisoryMissing* */
	GPtrArray *comments; /* PsComment*; NULL: none could be read */
	PsEditor *editor;
	PsEditorCheck *check;
	guint changes;          /* of the case that nobody answered yet */
	gboolean slow;          /* the last check could be felt */
	gboolean checked;       /* the findings are of some check, be it an older one */
	char *added;            /* field of a list whose new last item is to be shown; NULL: none */
	char *review;           /* of the head line: what became void; NULL: nothing */
	gboolean second_person; /* has to approve */
	gboolean approved;      /* and that approval holds */
	GPtrArray *hints;       /* const char*: what advisory_hints() gave last */
	PsPager *pager;
	int text_cells; /* of a line of the text as it was written last */
} AdvisoryPane;

/* Shows another view. */
void advisory_pane_show(AdvisoryPane *self, AdvisoryView view);
/* Shows the findings of the editor. */
void advisory_pane_show_findings(AdvisoryPane *self);
/* Of a line of an advisory as its readers see it: as wide as it is printed, where the screen is. */
int advisory_text_cells(PsApp *app);
/* Puts lines of render.h into a pager. */
void advisory_add_lines(PsPager *pager, const GPtrArray *lines);
/* Shows and checks another value (taken; NULL: none) at a field, `text` for people, until the
 * document is read anew or the old value is shown again. */
void advisory_pane_type(AdvisoryPane *self, const char *field, const char *text, cJSON *value);
/* The editor's node of the present place, where the editor is shown; NULL: none. */
PsEditorNode *advisory_pane_place(AdvisoryPane *self);

/* For the class: what the footer offers first. */
const char *const *advisory_hints(PsPane *pane);

/* For ps_editor_new(). */
char *advisory_note(gpointer self, PsEditorRegion region);

/* ---- advisory-comments.c ---- */
void advisory_read_comments(AdvisoryPane *self);
/* Lays the marks of open comments over a model. */
void advisory_count_comments(AdvisoryPane *self, PsEditorModel *model);
/* The open comments on a node, a line each. */
void advisory_note_comments(AdvisoryPane *self, GString *text, const PsEditorNode *node);
PsChanged advisory_run_comment(PsApp *app, PsPane *pane, const char *argument, GError **error);

/* Actions; refusals are sentences, NULL: go ahead. */
const char *advisory_refuse_draft(PsApp *app, PsPane *pane);
const char *advisory_refuse_none(PsApp *app, PsPane *pane);
const char *advisory_refuse_place(PsApp *app, PsPane *pane); /* a node, field or finding */
const char *advisory_refuse_fix(PsApp *app, PsPane *pane);
PsChanged advisory_run_draft(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_edit(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_json(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_add(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_remove(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_reset(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_fix(PsApp *app, PsPane *pane, const char *argument, GError **error);
/* advisory-items.c */
const char *advisory_refuse_item(PsApp *app, PsPane *pane);
PsChanged advisory_run_move(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_move_up(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_copy(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_export(PsApp *app, PsPane *pane, const char *argument, GError **error);

#endif
