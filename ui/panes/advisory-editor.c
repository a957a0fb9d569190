#include "config.h"

#include "ui/panes/advisory-editor.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/panes/advisory-editor-fields.h"
#include "ui/panes/advisory-editor-tree.h"

/* Lines of help below the fields, with their rule, by the rows that there are. */
#define NOTE_ROWS_SMALL 4
#define NOTE_ROWS_TREE 3
#define NOTE_ROWS 7

struct PsEditor {
	PsWidget widget;
	PsEditorNote note;
	gpointer user;
	PsEditorModel *model; /* NULL: nothing to show */
	PsEditorFindings *findings;
	PsTree *tree;
	PsEditorFields *fields;
	PsList *list;
	PsEditorRegion focus, shared;
	char *filter;
	char *problem;
	gboolean unfolded; /* the tree was shown once */
	gboolean checking;
	gboolean beside; /* tree and fields are on the screen side by side */
};

static const PsWidgetClass editor_class;

/* ---- life ---- */

PsEditor *
ps_editor_new(PsEditorNote note, gpointer user)
{
	PsEditor *editor = g_new0(PsEditor, 1);

	editor->widget.class = &editor_class;
	editor->note = note;
	editor->user = user;
	editor->tree = ps_editor_tree_new(&editor->model);
	editor->fields = ps_editor_fields_new();
	editor->list = ps_editor_findings_list(&editor->findings);
	editor->filter = g_strdup("");
	ps_editor_set_focus(editor, PS_EDITOR_TREE);
	return editor;
}

PsWidget *
ps_editor_widget(PsEditor *editor)
{
	return &editor->widget;
}

void
ps_editor_free(PsEditor *editor)
{
	if (!editor)
		return;
	ps_tree_free(editor->tree);
	ps_editor_fields_free(editor->fields);
	ps_list_free(editor->list);
	ps_editor_model_free(editor->model);
	ps_editor_findings_free(editor->findings);
	g_free(editor->filter);
	g_free(editor->problem);
	g_free(editor);
}

static void
free_widget(PsWidget *widget)
{
	ps_editor_free((PsEditor *)widget);
}

/* ---- what is shown ---- */

static void
show_fields(PsEditor *editor)
{
	ps_editor_fields_show(editor->fields, editor->model, ps_editor_node(editor));
}

static void
count_findings(PsEditor *editor)
{
	const GPtrArray *findings = editor->findings ? editor->findings->findings : NULL;

	if (!editor->model)
		return;
	ps_editor_model_clear_findings(editor->model);
	for (guint i = 0; findings && i < findings->len; i++) {
		const PsEditorFinding *finding = findings->pdata[i];
		ps_editor_model_add_finding(editor->model, finding->pointer, finding->level);
	}
}

/* Some branches open at first, so that there is something to see. */
#define FIRST_DEPTH 2

static void
refresh_tree(PsEditor *editor)
{
	if (editor->model && !editor->unfolded) {
		editor->unfolded = TRUE;
		ps_tree_open_depth(editor->tree, FIRST_DEPTH);
	} else {
		ps_tree_refresh(editor->tree);
	}
	show_fields(editor);
}

void
ps_editor_set_model(PsEditor *editor, PsEditorModel *model)
{
	/* The tree may look at the old one until its own refresh is over. */
	PsEditorModel *old = editor->model;

	editor->model = model;
	if (model) {
		ps_editor_model_filter(model, editor->filter);
		count_findings(editor);
	}
	refresh_tree(editor);
	ps_editor_model_free(old);
}

void
ps_editor_set_findings(PsEditor *editor, PsEditorFindings *findings)
{
	PsEditorFindings *old = editor->findings;
	/* Nobody went through them yet: the gravest stays under the cursor. */
	gboolean untouched =
		editor->focus != PS_EDITOR_FINDINGS && ps_list_index(editor->list) <= 0;

	editor->findings = findings;
	ps_list_refresh(editor->list);
	if (untouched)
		ps_widget_go(ps_list_widget(editor->list), 1);
	count_findings(editor);
	ps_editor_findings_free(old);
}

void
ps_editor_set_checking(PsEditor *editor, gboolean checking)
{
	editor->checking = checking;
}

void
ps_editor_set_problem(PsEditor *editor, const char *sentence)
{
	g_free(editor->problem);
	editor->problem = g_strdup(sentence);
}

PsEditorModel *
ps_editor_model(PsEditor *editor)
{
	return editor->model;
}

const PsEditorFindings *
ps_editor_findings(const PsEditor *editor)
{
	return editor->findings;
}

/* ---- focus ---- */

PsEditorRegion
ps_editor_focus(const PsEditor *editor)
{
	return editor->focus;
}

void
ps_editor_set_focus(PsEditor *editor, PsEditorRegion region)
{
	editor->focus = region;
	if (region != PS_EDITOR_FINDINGS)
		editor->shared = region;
	ps_tree_set_focus(editor->tree, region == PS_EDITOR_TREE);
	ps_editor_fields_set_focus(editor->fields, region == PS_EDITOR_FIELDS);
	ps_list_set_focus(editor->list, region == PS_EDITOR_FINDINGS);
}

PsEditorNode *
ps_editor_node(PsEditor *editor)
{
	return editor->model ? ps_tree_node(editor->tree) : NULL;
}

PsEditorNode *
ps_editor_field(PsEditor *editor)
{
	return editor->model ? ps_editor_fields_node(editor->fields) : NULL;
}

const PsEditorFinding *
ps_editor_finding(PsEditor *editor)
{
	return ps_list_row(editor->list);
}

PsEditorNode *
ps_editor_place(PsEditor *editor)
{
	if (editor->focus == PS_EDITOR_TREE)
		return ps_editor_node(editor);
	if (editor->focus == PS_EDITOR_FIELDS)
		return ps_editor_field(editor);
	const PsEditorFinding *finding = ps_editor_finding(editor);
	return finding && editor->model
		       ? ps_editor_model_at_pointer(editor->model, finding->pointer, TRUE)
		       : NULL;
}

const PsRect *
ps_editor_value_place(PsEditor *editor)
{
	return ps_editor_fields_place(editor->fields);
}

/* ---- jumping ---- */

static void
filter(PsEditor *editor, const char *text)
{
	g_free(editor->filter);
	editor->filter = g_strdup(text ? text : "");
	if (editor->model)
		ps_editor_model_filter(editor->model, editor->filter);
	ps_tree_show_all(editor->tree, *editor->filter != '\0');
	ps_tree_set_empty(editor->tree, N_("Nothing matches. Esc shows everything again."));
	refresh_tree(editor);
	PsEditorNode *match = editor->model && *editor->filter
				      ? ps_editor_model_match(editor->model, editor->filter)
				      : NULL;
	if (!match)
		return;
	ps_tree_select(editor->tree, (match->container ? match : match->parent)->field);
	show_fields(editor);
	ps_editor_fields_select(editor->fields, match->field);
}

static void
show_container(PsEditor *editor, const PsEditorNode *container)
{
	if (container->hidden)
		filter(editor, NULL);
	for (const PsEditorNode *above = container->parent; above; above = above->parent)
		ps_tree_open(editor->tree, above->field, TRUE);
	ps_tree_select(editor->tree, container->field);
	show_fields(editor);
}

static void
jump_to(PsEditor *editor, const PsEditorNode *node, const char *field)
{
	show_container(editor, node->container ? node : node->parent);
	ps_editor_set_focus(editor, PS_EDITOR_FIELDS);
	if (!ps_editor_fields_select(editor->fields, field) && node->container)
		ps_editor_set_focus(editor, PS_EDITOR_TREE);
}

gboolean
ps_editor_jump(PsEditor *editor, const char *pointer)
{
	PsEditorNode *node =
		editor->model ? ps_editor_model_at_pointer(editor->model, pointer, TRUE) : NULL;

	if (!node)
		return FALSE;
	jump_to(editor, node, node->field);
	return TRUE;
}

gboolean
ps_editor_jump_to_field(PsEditor *editor, const char *field)
{
	PsEditorNode *node =
		editor->model ? ps_editor_model_at_field(editor->model, field, FALSE) : NULL;

	if (node)
		jump_to(editor, node, field);
	return node != NULL;
}

void
ps_editor_enter(PsEditor *editor, const PsEditorNode *container)
{
	show_container(editor, container);
	ps_editor_set_focus(editor, PS_EDITOR_FIELDS);
}

gboolean
ps_editor_step_finding(PsEditor *editor, gboolean forward)
{
	gint64 count = ps_list_count(editor->list), index = ps_list_index(editor->list);
	PsWidget *list = ps_list_widget(editor->list);

	if (count == 0 || !editor->model)
		return FALSE;
	/* From the tree, the first step shows the finding that is selected. */
	const PsEditorFinding *here = ps_editor_finding(editor);
	const PsEditorNode *place = ps_editor_place(editor);
	gboolean shown = editor->focus == PS_EDITOR_FINDINGS ||
			 place == ps_editor_model_at_pointer(editor->model, here->pointer, TRUE);
	if (shown)
		ps_widget_go(list, (index + (forward ? 1 : count - 1)) % count + 1);
	return ps_editor_jump(editor, ps_editor_finding(editor)->pointer);
}

void
ps_editor_select_finding(PsEditor *editor, const char *id)
{
	ps_list_select(editor->list, id);
}

/* ---- drawing ---- */

static char *
title_of(PsEditor *editor, PsEditorRegion region, int cells)
{
	const PsEditorNode *node = ps_editor_node(editor);

	if (region == PS_EDITOR_TREE)
		return g_strdup(_("Document   ! error  ? warning  i note  ± by hand  c comment"));
	if (region == PS_EDITOR_FIELDS) {
		const char *head = _("Fields");
		g_autofree char *path =
			node ? ps_editor_node_path(node, MAX(cells - ps_text_cells(head) - 2, 1))
			     : NULL;
		return g_strdup_printf("%s%s%s", head, path ? ": " : "", path ? path : "");
	}
	g_autofree char *count =
		editor->findings ? ps_editor_findings_count(editor->findings) : NULL;
	return g_strdup_printf("%s: %s%s", _("Findings"), count ? count : "–",
			       editor->checking ? _(" · checking…") : "");
}

static PsView
draw_title(PsEditor *editor, PsView view, PsEditorRegion region)
{
	int cells = MAX(view.area.cols - 4, 0);
	g_autofree char *title = title_of(editor, region, cells);
	g_autofree char *fit = ps_text_fit(title, cells);

	ps_view_rule(view, 0, PS_ROLE_BORDER, NULL);
	ps_view_format(view, 0, 1, region == editor->focus ? PS_ROLE_TAB_ACTIVE : PS_ROLE_HEADING,
		       " %s ", fit);
	return ps_view_below(view, 1);
}

/* Below a region: what stands beside its cursor. Returns what is left above. */
static PsView
draw_note(PsEditor *editor, PsView view, PsEditorRegion region, int rows)
{
	int top = view.area.rows - rows;
	PsView below = ps_view_part(view, (PsRect){top, 0, rows, view.area.cols});
	PsView inside = ps_view_part(below, (PsRect){1, 2, rows - 1, view.area.cols - 3});
	g_autofree char *text = editor->note(editor->user, region);
	int row = 0;

	ps_view_rule(below, 0, PS_ROLE_BORDER, NULL);
	if (editor->problem && region == PS_EDITOR_FIELDS)
		row = ps_view_wrapped(inside, 0, PS_ROLE_BAD, editor->problem);
	if (text && row < inside.area.rows)
		ps_view_wrapped(ps_view_below(inside, row), 0, PS_ROLE_NORMAL, text);
	return ps_view_part(view, (PsRect){0, 0, top, view.area.cols});
}

/* Where the fields are not to be seen, neither is the help beside them. */
static void
draw_tree(PsEditor *editor, PsView view)
{
	if (!editor->beside && view.area.rows >= 2 * NOTE_ROWS_SMALL)
		view = draw_note(editor, view, PS_EDITOR_TREE, NOTE_ROWS_TREE);
	ps_widget_draw(ps_tree_widget(editor->tree), view);
}

static void
draw_fields(PsEditor *editor, PsView view)
{
	PsEditorRegion region = editor->focus == PS_EDITOR_TREE ? PS_EDITOR_TREE : PS_EDITOR_FIELDS;
	int rows = view.area.rows;

	if (rows >= 2 * NOTE_ROWS_SMALL)
		view = draw_note(editor, view, region, CLAMP(rows / 3, NOTE_ROWS_SMALL, NOTE_ROWS));
	ps_widget_draw(ps_editor_fields_widget(editor->fields), view);
}

static void
draw_findings(PsEditor *editor, PsView view)
{
	if (editor->focus == PS_EDITOR_FINDINGS && view.area.rows >= 2 * NOTE_ROWS_SMALL)
		view = draw_note(editor, view, PS_EDITOR_FINDINGS, NOTE_ROWS_SMALL);
	ps_widget_draw(ps_list_widget(editor->list), view);
}

static void
draw(PsWidget *widget, PsView view)
{
	static void (*const draws[])(PsEditor *, PsView) = {
		[PS_EDITOR_TREE] = draw_tree,
		[PS_EDITOR_FIELDS] = draw_fields,
		[PS_EDITOR_FINDINGS] = draw_findings,
	};
	PsEditor *editor = (PsEditor *)widget;
	PsEditorLayout layout =
		ps_editor_layout(view.area.rows, view.area.cols, editor->focus, editor->shared);

	editor->beside =
		layout.places[PS_EDITOR_FIELDS].rows > 0 && layout.places[PS_EDITOR_TREE].rows > 0;
	for (PsEditorRegion region = 0; region < PS_EDITOR_REGIONS; region++) {
		if (layout.places[region].rows == 0)
			continue;
		PsView place = ps_view_part(view, layout.places[region]);
		draws[region](editor, draw_title(editor, place, region));
	}
}

/* ---- moving ---- */

static gboolean
clear(PsEditor *editor)
{
	if (editor->focus != PS_EDITOR_TREE) {
		ps_editor_set_focus(editor, PS_EDITOR_TREE);
		return TRUE;
	}
	if (!*editor->filter)
		return FALSE;
	/* What was found stays under the cursor. */
	const PsEditorNode *node = ps_editor_node(editor);
	filter(editor, NULL);
	if (node)
		show_container(editor, node);
	return TRUE;
}

static gboolean
move_tree(PsEditor *editor, PsMove what)
{
	gboolean moved = ps_widget_move(ps_tree_widget(editor->tree), what);
	const PsEditorNode *node = ps_editor_node(editor);

	if (moved)
		show_fields(editor);
	else if (what == PS_MOVE_RIGHT && node)
		ps_editor_set_focus(editor, PS_EDITOR_FIELDS);
	else
		return FALSE;
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsEditor *editor = (PsEditor *)widget;

	if (what == PS_MOVE_CLEAR)
		return clear(editor);
	if (what == PS_MOVE_FOLD || editor->focus == PS_EDITOR_TREE)
		return move_tree(editor, what);
	if (what == PS_MOVE_LEFT) {
		ps_editor_set_focus(editor, PS_EDITOR_TREE);
		return TRUE;
	}
	if (editor->focus == PS_EDITOR_FIELDS)
		return ps_widget_move(ps_editor_fields_widget(editor->fields), what);
	/* Findings are worked on one by one. */
	if (what == PS_MOVE_TOGGLE || what == PS_MOVE_RANGE)
		return FALSE;
	return ps_widget_move(ps_list_widget(editor->list), what);
}

static gboolean
find(PsWidget *widget, const char *text)
{
	PsEditor *editor = (PsEditor *)widget;

	ps_editor_set_focus(editor, PS_EDITOR_TREE);
	filter(editor, text);
	return !ps_widget_is_empty(ps_tree_widget(editor->tree));
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	PsEditor *editor = (PsEditor *)widget;

	if (editor->focus == PS_EDITOR_FINDINGS)
		return ps_widget_go(ps_list_widget(editor->list), number);
	gboolean there = ps_widget_go(ps_tree_widget(editor->tree), number);
	show_fields(editor);
	return there;
}

static char *
chip(PsWidget *widget)
{
	PsEditor *editor = (PsEditor *)widget;

	return *editor->filter ? g_strdup_printf("/%s", editor->filter) : NULL;
}

static char *
place(PsWidget *widget)
{
	PsEditor *editor = (PsEditor *)widget;

	if (editor->focus == PS_EDITOR_FIELDS)
		return ps_widget_place(ps_editor_fields_widget(editor->fields));
	if (editor->focus == PS_EDITOR_FINDINGS)
		return ps_widget_place(ps_list_widget(editor->list));
	return ps_widget_place(ps_tree_widget(editor->tree));
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsEditor *)widget)->model == NULL;
}

static const PsWidgetClass editor_class = {draw, move,  find,     go,
					   chip, place, is_empty, free_widget};
