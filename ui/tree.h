#ifndef PS_UI_TREE_H
#define PS_UI_TREE_H

/* A tree whose branches open and close (Right/Left or Space). The model names children by pointers
 * of its own; only branches that are open are asked for theirs. Open branches and the cursor are
 * kept by id over a refresh. Rows have columns as a list; the first one is the tree. */

#include "ui/list.h"

typedef struct PsTree PsTree;

typedef struct {
	/* Children of `node` (NULL: the roots); new array, freed by the tree (g_ptr_array_unref).
	 */
	GPtrArray *(*children)(gpointer user, gpointer node);
	gboolean (*has_children)(gpointer user, gpointer node);
	/* Stable and unique in the whole tree (a JSON pointer, say). Lent; valid as long as the
	 * node. */
	const char *(*id)(gpointer user, gpointer node);
	/* The indentation is put before column 0. */
	void (*draw)(gpointer user, gpointer node, PsCells *cells);
} PsTreeModel;

PsTree *ps_tree_new(const PsColumn *columns, int n_columns, const PsTreeModel *model,
		    gpointer user);
PsWidget *ps_tree_widget(PsTree *tree);
void ps_tree_free(PsTree *tree);
/* The model's nodes have changed: old pointers are not used any more. */
void ps_tree_refresh(PsTree *tree);
gpointer ps_tree_node(PsTree *tree); /* of the cursor; NULL: empty */
gboolean ps_tree_select(PsTree *tree, const char *id);
void ps_tree_open(PsTree *tree, const char *id, gboolean open);
/* Opens branches down to a depth (roots are depth 0). */
void ps_tree_open_depth(PsTree *tree, int depth);
/* Shows every branch open as long as it is on (while a filter is typed, say); what was open before
 * is open again afterwards. Follow it with ps_tree_refresh(). */
void ps_tree_show_all(PsTree *tree, gboolean on);
/* As ps_list_set_focus(). */
void ps_tree_set_focus(PsTree *tree, gboolean focus);
/* The sentence shown when there is nothing. Lent. */
void ps_tree_set_empty(PsTree *tree, const char *sentence);

#endif
