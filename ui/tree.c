#include "config.h"

#include "ui/tree.h"

/* "Open all" stops here. */
#define DEEPEST 16

typedef struct {
	gpointer node;
	int depth;
	gboolean branch;
	char *id;
} Row;

/* The visible rows, top to bottom, shown through a list. */
struct PsTree {
	PsWidget widget;
	PsList *list;
	const PsTreeModel *model;
	gpointer user;
	GPtrArray *rows;
	GHashTable *open; /* ids */
	gboolean all;     /* every branch is shown open */
};

static void
free_row(gpointer data)
{
	Row *row = data;

	g_free(row->id);
	g_free(row);
}

static gboolean
is_open(const PsTree *tree, const char *id)
{
	return tree->all || g_hash_table_contains(tree->open, id);
}

static void
add_children(PsTree *tree, gpointer node, int depth)
{
	g_autoptr(GPtrArray) children = tree->model->children(tree->user, node);

	for (guint i = 0; children && i < children->len; i++) {
		Row *row = g_new0(Row, 1);
		row->node = g_ptr_array_index(children, i);
		row->depth = depth;
		row->branch = tree->model->has_children(tree->user, row->node);
		row->id = g_strdup(tree->model->id(tree->user, row->node));
		g_ptr_array_add(tree->rows, row);
		if (row->branch && is_open(tree, row->id))
			add_children(tree, row->node, depth + 1);
	}
}

/* ---- the list's model ---- */

static gint64
count(gpointer user)
{
	return ((PsTree *)user)->rows->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((PsTree *)user)->rows, first, limit);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const Row *)row)->id;
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	PsTree *tree = user;
	const Row *row = data;
	const char *mark = !row->branch ? " " : is_open(tree, row->id) ? "▾" : "▸";

	tree->model->draw(tree->user, row->node, cells);
	g_autofree char *indent = g_strnfill((gsize)row->depth * 2, ' ');
	g_autofree char *prefix = g_strdup_printf("%s%s ", indent, mark);
	ps_cell_prepend(cells, 0, prefix);
}

static gint64
index_of(gpointer user, const char *id)
{
	PsTree *tree = user;

	for (guint i = 0; i < tree->rows->len; i++)
		if (g_str_equal(((Row *)g_ptr_array_index(tree->rows, i))->id, id))
			return i;
	return -1;
}

static const PsListModel list_model = {count, load, row_id, draw_row, NULL, index_of};

/* ---- the tree ---- */

static const PsWidgetClass tree_class;

PsTree *
ps_tree_new(const PsColumn *columns, int n_columns, const PsTreeModel *model, gpointer user)
{
	PsTree *tree = g_new0(PsTree, 1);

	tree->widget.class = &tree_class;
	tree->model = model;
	tree->user = user;
	tree->rows = g_ptr_array_new_with_free_func(free_row);
	tree->open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	tree->list = ps_list_new(columns, n_columns, &list_model, tree);
	return tree;
}

PsWidget *
ps_tree_widget(PsTree *tree)
{
	return &tree->widget;
}

void
ps_tree_free(PsTree *tree)
{
	if (!tree)
		return;
	ps_list_free(tree->list);
	g_ptr_array_unref(tree->rows);
	g_hash_table_unref(tree->open);
	g_free(tree);
}

static void
free_widget(PsWidget *widget)
{
	ps_tree_free((PsTree *)widget);
}

void
ps_tree_refresh(PsTree *tree)
{
	/* The list's window points to rows: it is read again before anybody looks. */
	g_ptr_array_set_size(tree->rows, 0);
	add_children(tree, NULL, 0);
	ps_list_refresh(tree->list);
}

static Row *
current(PsTree *tree)
{
	return (Row *)ps_list_row(tree->list);
}

gpointer
ps_tree_node(PsTree *tree)
{
	Row *row = current(tree);

	return row ? row->node : NULL;
}

gboolean
ps_tree_select(PsTree *tree, const char *id)
{
	return ps_list_select(tree->list, id);
}

static void
set_open(PsTree *tree, const char *id, gboolean open)
{
	if (open)
		g_hash_table_add(tree->open, g_strdup(id));
	else
		g_hash_table_remove(tree->open, id);
}

void
ps_tree_open(PsTree *tree, const char *id, gboolean open)
{
	set_open(tree, id, open);
	ps_tree_refresh(tree);
}

void
ps_tree_open_depth(PsTree *tree, int depth)
{
	g_hash_table_remove_all(tree->open);
	ps_tree_refresh(tree);
	for (int level = 0; level < depth; level++) {
		for (guint i = 0; i < tree->rows->len; i++) {
			Row *row = g_ptr_array_index(tree->rows, i);
			if (row->branch && row->depth == level)
				set_open(tree, row->id, TRUE);
		}
		ps_tree_refresh(tree);
	}
}

void
ps_tree_show_all(PsTree *tree, gboolean on)
{
	tree->all = on;
}

void
ps_tree_set_focus(PsTree *tree, gboolean focus)
{
	ps_list_set_focus(tree->list, focus);
}

void
ps_tree_set_empty(PsTree *tree, const char *sentence)
{
	ps_list_set_empty(tree->list, sentence);
}

static gboolean
open_or_enter(PsTree *tree, Row *row)
{
	if (!row || !row->branch)
		return FALSE;
	if (is_open(tree, row->id))
		return ps_widget_move(ps_list_widget(tree->list), PS_MOVE_DOWN);
	g_autofree char *id = g_strdup(row->id);
	ps_tree_open(tree, id, TRUE);
	return TRUE;
}

static gboolean
close_or_leave(PsTree *tree, Row *row)
{
	if (!row)
		return FALSE;
	if (row->branch && is_open(tree, row->id)) {
		g_autofree char *id = g_strdup(row->id);
		ps_tree_open(tree, id, FALSE);
		return TRUE;
	}
	for (gint64 i = ps_list_index(tree->list); i >= 0; i--) {
		Row *above = g_ptr_array_index(tree->rows, (guint)i);
		if (above->depth < row->depth)
			return ps_list_select(tree->list, above->id);
	}
	return FALSE;
}

static gboolean
toggle(PsTree *tree, Row *row)
{
	if (!row || !row->branch)
		return FALSE;
	g_autofree char *id = g_strdup(row->id);
	ps_tree_open(tree, id, !is_open(tree, id));
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsTree *tree = (PsTree *)widget;

	switch (what) {
	case PS_MOVE_RIGHT:
		return open_or_enter(tree, current(tree));
	case PS_MOVE_LEFT:
		return close_or_leave(tree, current(tree));
	case PS_MOVE_TOGGLE:
		return toggle(tree, current(tree));
	case PS_MOVE_FOLD:
		ps_tree_open_depth(tree, g_hash_table_size(tree->open) ? 0 : DEEPEST);
		return TRUE;
	case PS_MOVE_RANGE:
		return FALSE;
	default:
		return ps_widget_move(ps_list_widget(tree->list), what);
	}
}

static void
draw(PsWidget *widget, PsView view)
{
	ps_widget_draw(ps_list_widget(((PsTree *)widget)->list), view);
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	return ps_widget_go(ps_list_widget(((PsTree *)widget)->list), number);
}

static char *
place(PsWidget *widget)
{
	return ps_widget_place(ps_list_widget(((PsTree *)widget)->list));
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsTree *)widget)->rows->len == 0;
}

static const PsWidgetClass tree_class = {draw, move, NULL, go, NULL, place, is_empty, free_widget};
