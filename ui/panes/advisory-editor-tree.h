#ifndef PS_UI_PANES_ADVISORY_EDITOR_TREE_H
#define PS_UI_PANES_ADVISORY_EDITOR_TREE_H

/* The tree of the advisory editor: objects and lists, each with what there is to say of it: how
 * many findings, edits by hand and comments are at it and below. Part of the editor only. */

#include "ui/panes/advisory-editor-model.h"
#include "ui/tree.h"

/* `*model` is lent and may be changed (or NULL) before a refresh. */
PsTree *ps_editor_tree_new(PsEditorModel **model);

#endif
