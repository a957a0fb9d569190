#ifndef PS_UI_PANES_ADVISORY_EDITOR_FIELDS_H
#define PS_UI_PANES_ADVISORY_EDITOR_FIELDS_H

/* The fields of one node of the advisory editor: a row each with its label, a mark (a finding, an
 * edit by hand, missing, unknown to the standard) and its value; of a list its items. While it has
 * the focus it also shows what the standard would allow here and is not filled in. Part of the
 * editor only. */

#include "ui/panes/advisory-editor-model.h"
#include "ui/widget.h"

typedef struct PsEditorFields PsEditorFields;

PsEditorFields *ps_editor_fields_new(void);
PsWidget *ps_editor_fields_widget(PsEditorFields *fields);
void ps_editor_fields_free(PsEditorFields *fields);

/* Shows a node (NULL: nothing); the same node in a new model keeps the cursor. */
void ps_editor_fields_show(PsEditorFields *fields, PsEditorModel *model, PsEditorNode *node);
void ps_editor_fields_set_focus(PsEditorFields *fields, gboolean focus);
gboolean ps_editor_fields_select(PsEditorFields *fields, const char *field);
PsEditorNode *ps_editor_fields_node(PsEditorFields *fields); /* under the cursor, or NULL */
/* Of the value under the cursor on the screen, when it was last drawn. */
const PsRect *ps_editor_fields_place(const PsEditorFields *fields);

/* "!" "?" "i" and their styles. */
const char *ps_editor_grade_mark(PsEditorGrade grade);
PsStyle ps_editor_grade_style(PsEditorGrade grade);
/* The gravest finding at a node or below; PS_EDITOR_GRADES: none. */
PsEditorGrade ps_editor_node_grade(const PsEditorNode *node);
/* "edited", "missing", …; NULL: nothing to say of it. */
const char *ps_editor_node_word(const PsEditorNode *node, PsStyle *style);

#endif
