#include "config.h"

#include "ui/panes/advisory-editor-tree.h"

#include "base/i18n.h"
#include "ui/panes/advisory-editor-fields.h"

enum { COLUMN_NAME, COLUMN_MARKS };

static const PsColumn columns[] = {
	[COLUMN_NAME] = {NULL, 24, 1, 0, FALSE},
	[COLUMN_MARKS] = {NULL, 14, 0, 0, FALSE},
};

static GPtrArray *
children(gpointer user, gpointer data)
{
	PsEditorModel *model = *(PsEditorModel **)user;
	GPtrArray *shown = g_ptr_array_new();
	PsEditorNode *node = data;

	if (!model)
		return shown;
	if (!node) {
		PsEditorNode *root = ps_editor_model_root(model);
		if (!root->hidden)
			g_ptr_array_add(shown, root);
		return shown;
	}
	for (guint i = 0; i < node->children->len; i++) {
		PsEditorNode *child = node->children->pdata[i];
		if (!child->hidden)
			g_ptr_array_add(shown, child);
	}
	return shown;
}

static gboolean
has_children(gpointer user, gpointer node)
{
	(void)user;
	return ((PsEditorNode *)node)->children->len > 0;
}

static const char *
node_id(gpointer user, gpointer node)
{
	(void)user;
	return ((PsEditorNode *)node)->field;
}

/* "!1 i3 ±1 c2". */
static char *
marks_of(const PsEditorNode *node)
{
	GString *text = g_string_new(NULL);

	for (PsEditorGrade grade = 0; grade < PS_EDITOR_GRADES; grade++)
		if (node->counts[grade] > 0)
			g_string_append_printf(text, "%s%u ", ps_editor_grade_mark(grade),
					       node->counts[grade]);
	if (node->edits > 0)
		g_string_append_printf(text, "±%u ", node->edits);
	if (node->comments > 0)
		g_string_append_printf(text, "c%u", node->comments);
	return g_string_free(text, FALSE);
}

/* Those that were removed stand in the tree too. */
static guint
items_of(const PsEditorNode *list)
{
	const GPtrArray *items = list->children->len > 0 ? list->children : list->fields;
	guint count = 0;

	for (guint i = 0; i < items->len; i++)
		count += ((const PsEditorNode *)items->pdata[i])->present ? 1 : 0;
	return count;
}

static gboolean
is_gone(const PsEditorNode *node)
{
	return node->origin == PS_ORIGIN_REMOVED || node->origin == PS_ORIGIN_LOST;
}

static void
draw(gpointer user, gpointer data, PsCells *cells)
{
	const PsEditorNode *node = data;
	gboolean list = node->node && node->node->type == PS_CSAF_LIST && node->present;
	PsStyle style;
	const char *word = ps_editor_node_word(node, &style);

	(void)user;
	if (list)
		ps_cell_format(cells, COLUMN_NAME, PS_ROLE_NORMAL, "%s (%u)", node->label,
			       items_of(node));
	else
		ps_cell(cells, COLUMN_NAME, is_gone(node) ? PS_ROLE_DIM : PS_ROLE_NORMAL,
			node->label);
	if (word && (is_gone(node) || !node->present || !node->node)) {
		ps_cell(cells, COLUMN_MARKS, style, word);
		return;
	}
	g_autofree char *marks = marks_of(node);
	PsEditorGrade grade = ps_editor_node_grade(node);
	ps_cell(cells, COLUMN_MARKS,
		grade < PS_EDITOR_GRADES ? ps_editor_grade_style(grade) : PS_ROLE_MARK, marks);
}

static const PsTreeModel tree_model = {children, has_children, node_id, draw};

PsTree *
ps_editor_tree_new(PsEditorModel **model)
{
	PsTree *tree = ps_tree_new(columns, G_N_ELEMENTS(columns), &tree_model, model);

	ps_tree_set_empty(tree, N_("There is no document."));
	return tree;
}
