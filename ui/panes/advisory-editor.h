#ifndef PS_UI_PANES_ADVISORY_EDITOR_H
#define PS_UI_PANES_ADVISORY_EDITOR_H

/* The editor of an advisory as one widget: the tree of the document, the fields of the node under
 * its cursor, the findings below. Moves go to the region that has the focus; Right from a leaf of
 * the tree goes on into its fields, Left and Esc come back. It knows neither store nor application:
 * the pane gives it documents and findings, and asks where the cursors are.
 *
 * Cursors, folds and the filter outlive a new document: places are known by their fields. */

#include "ui/panes/advisory-editor-findings.h"
#include "ui/panes/advisory-editor-layout.h"
#include "ui/panes/advisory-editor-model.h"
#include "ui/widget.h"

typedef struct PsEditor PsEditor;

/* What stands beside the cursor of a region: help for a field, a finding in full. New string or
 * NULL. */
typedef char *(*PsEditorNote)(gpointer user, PsEditorRegion region);

PsEditor *ps_editor_new(PsEditorNote note, gpointer user);
PsWidget *ps_editor_widget(PsEditor *editor);
void ps_editor_free(PsEditor *editor);

/* Takes the model (NULL: nothing to show). */
void ps_editor_set_model(PsEditor *editor, PsEditorModel *model);
/* Takes them (NULL: none). `slow`: checking takes long enough to say that it is going on. */
void ps_editor_set_findings(PsEditor *editor, PsEditorFindings *findings);
void ps_editor_set_checking(PsEditor *editor, gboolean checking);
/* What is wrong with a text while it is typed; NULL: nothing. */
void ps_editor_set_problem(PsEditor *editor, const char *sentence);
/* Counts the comments that the model was given again. */
PsEditorModel *ps_editor_model(PsEditor *editor);
const PsEditorFindings *ps_editor_findings(const PsEditor *editor);

PsEditorRegion ps_editor_focus(const PsEditor *editor);
void ps_editor_set_focus(PsEditor *editor, PsEditorRegion region);
/* Under the cursors, whatever has the focus; NULL: none. */
PsEditorNode *ps_editor_node(PsEditor *editor);
PsEditorNode *ps_editor_field(PsEditor *editor);
const PsEditorFinding *ps_editor_finding(PsEditor *editor);
/* Where the focus is: the field, the node, or what the finding points to. */
PsEditorNode *ps_editor_place(PsEditor *editor);
/* Of the field's value on the screen. */
const PsRect *ps_editor_value_place(PsEditor *editor);

/* Goes to a JSON pointer, or to what is nearest above it. FALSE: there is no document. */
gboolean ps_editor_jump(PsEditor *editor, const char *pointer);
/* The same by field, which must be there. */
gboolean ps_editor_jump_to_field(PsEditor *editor, const char *field);
/* Into an object or list: its fields. */
void ps_editor_enter(PsEditor *editor, const PsEditorNode *container);
/* To the next finding (or the one before) and its place. FALSE: there is none. */
gboolean ps_editor_step_finding(PsEditor *editor, gboolean forward);
void ps_editor_select_finding(PsEditor *editor, const char *id);

#endif
