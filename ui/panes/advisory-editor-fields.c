#include "config.h"

#include "ui/panes/advisory-editor-fields.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"

#define PREFIX_CELLS 5 /* cursor, blank, finding, comment, blank */
#define GAP_CELLS 2
#define LABEL_MOST 26
/* Of the word of a mark; always there, so that nothing moves when a field is edited. */
#define WORD_LEAST 7
/* Lines of a long text that are shown. */
#define LONG_ROWS 3

struct PsEditorFields {
	PsWidget widget;
	PsEditorModel *model; /* lent */
	PsEditorNode *node;
	GPtrArray *rows; /* PsEditorNode*, lent */
	guint there;     /* rows that are not merely possible */
	guint row;
	char *selected; /* field of the cursor's row */
	char *addable;  /* objects and lists that could be added; NULL: none */
	gboolean focus;
	gint64 first; /* top line of the screen */
	int page;
	PsRect place;
};

static const PsWidgetClass fields_class;

PsEditorFields *
ps_editor_fields_new(void)
{
	PsEditorFields *fields = g_new0(PsEditorFields, 1);

	fields->widget.class = &fields_class;
	fields->rows = g_ptr_array_new();
	fields->page = 1;
	return fields;
}

PsWidget *
ps_editor_fields_widget(PsEditorFields *fields)
{
	return &fields->widget;
}

void
ps_editor_fields_free(PsEditorFields *fields)
{
	if (!fields)
		return;
	g_ptr_array_unref(fields->rows);
	g_free(fields->selected);
	g_free(fields->addable);
	g_free(fields);
}

static void
free_widget(PsWidget *widget)
{
	ps_editor_fields_free((PsEditorFields *)widget);
}

/* ---- rows ---- */

static char *
names_of_addable(const PsEditorNode *object)
{
	g_autoptr(GPtrArray) members = ps_editor_model_addable(object);
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < members->len; i++) {
		const PsCsafNode *member = members->pdata[i];
		if (member->type == PS_CSAF_OBJECT || member->type == PS_CSAF_LIST)
			g_string_append_printf(names, "%s%s", names->len ? ", " : "",
					       _(member->label));
	}
	return g_string_free(names, names->len == 0);
}

/* A list of objects shows those. */
static void
fill_rows(PsEditorFields *fields)
{
	g_ptr_array_set_size(fields->rows, 0);
	g_clear_pointer(&fields->addable, g_free);
	fields->there = 0;
	if (!fields->node)
		return;
	if (fields->node->fields->len == 0 && fields->node->node &&
	    fields->node->node->type == PS_CSAF_LIST) {
		g_ptr_array_extend(fields->rows, fields->node->children, NULL, NULL);
		fields->there = fields->rows->len;
		return;
	}
	g_ptr_array_extend(fields->rows, fields->node->fields, NULL, NULL);
	fields->there = fields->rows->len;
	if (!fields->focus)
		return;
	g_autoptr(GPtrArray) absent = ps_editor_model_absent(fields->model, fields->node);
	g_ptr_array_extend(fields->rows, absent, NULL, NULL);
	fields->addable = names_of_addable(fields->node);
}

static PsEditorNode *
row_at(const PsEditorFields *fields, guint index)
{
	return index < fields->rows->len ? fields->rows->pdata[index] : NULL;
}

static void
select_row(PsEditorFields *fields, gint64 row)
{
	fields->row = (guint)CLAMP(row, 0, MAX((gint64)fields->rows->len - 1, 0));
	PsEditorNode *node = row_at(fields, fields->row);
	g_free(fields->selected);
	fields->selected = node ? g_strdup(node->field) : NULL;
}

gboolean
ps_editor_fields_select(PsEditorFields *fields, const char *field)
{
	for (guint i = 0; field && i < fields->rows->len; i++)
		if (g_str_equal(row_at(fields, i)->field, field)) {
			select_row(fields, i);
			return TRUE;
		}
	return FALSE;
}

void
ps_editor_fields_show(PsEditorFields *fields, PsEditorModel *model, PsEditorNode *node)
{
	g_autofree char *selected = g_strdup(fields->selected);
	guint row = fields->row;

	fields->model = model;
	fields->node = node;
	fill_rows(fields);
	/* What was under the cursor is gone, but its brothers are there: stay near it. */
	gboolean near = node && selected && !g_str_equal(selected, node->field) &&
			ps_editor_model_at_field(model, selected, TRUE) == node;
	if (!ps_editor_fields_select(fields, selected))
		select_row(fields, near ? row : 0);
}

void
ps_editor_fields_set_focus(PsEditorFields *fields, gboolean focus)
{
	if (fields->focus == focus)
		return;
	fields->focus = focus;
	ps_editor_fields_show(fields, fields->model, fields->node);
}

PsEditorNode *
ps_editor_fields_node(PsEditorFields *fields)
{
	return row_at(fields, fields->row);
}

const PsRect *
ps_editor_fields_place(const PsEditorFields *fields)
{
	return &fields->place;
}

/* ---- marks ---- */

const char *
ps_editor_grade_mark(PsEditorGrade grade)
{
	static const char *const marks[] = {
		[PS_EDITOR_ERROR] = "!",
		[PS_EDITOR_WARNING] = "?",
		[PS_EDITOR_REMARK] = "i",
		[PS_EDITOR_GRADES] = " ",
	};

	return marks[grade];
}

PsStyle
ps_editor_grade_style(PsEditorGrade grade)
{
	static const PsStyle styles[] = {
		[PS_EDITOR_ERROR] = PS_ROLE_BAD,
		[PS_EDITOR_WARNING] = PS_ROLE_WARN,
		[PS_EDITOR_REMARK] = PS_ROLE_DIM,
		[PS_EDITOR_GRADES] = PS_ROLE_NORMAL,
	};

	return styles[grade];
}

PsEditorGrade
ps_editor_node_grade(const PsEditorNode *node)
{
	for (PsEditorGrade grade = 0; grade < PS_EDITOR_GRADES; grade++)
		if (node->counts[grade] > 0)
			return grade;
	return PS_EDITOR_GRADES;
}

const char *
ps_editor_node_word(const PsEditorNode *node, PsStyle *style)
{
	*style = PS_ROLE_MARK;
	if (node->origin == PS_ORIGIN_LOST || node->origin == PS_ORIGIN_REMOVED) {
		*style = PS_ROLE_WARN;
		return ps_origin_text(node->origin);
	}
	if (node->required && !node->present) {
		*style = PS_ROLE_BAD;
		return _("missing");
	}
	if (node->present && !node->node) {
		*style = PS_ROLE_WARN;
		return _("unknown");
	}
	if (node->origin != PS_ORIGIN_CASE)
		return ps_origin_text(node->origin);
	if (node->reordered)
		return _("order");
	*style = PS_ROLE_DIM;
	return node->kept ? _("kept") : NULL;
}

/* ---- drawing ---- */

typedef struct {
	int label, word, value, value_cells; /* widths; `value`: the column where it begins */
} Columns;

/* "Note 2: Summary" of a list: its name stands where fields have their values. */
static char *
row_label(const PsEditorNode *node)
{
	const char *name = node->container ? strstr(node->label, ": ") : NULL;

	return name ? g_strndup(node->label, (gsize)(name - node->label)) : g_strdup(node->label);
}

static const char *
row_value(const PsEditorNode *node)
{
	const char *name = node->container ? strstr(node->label, ": ") : NULL;

	if (name)
		return name + 2;
	if (*node->value)
		return node->value;
	return node->case_value ? node->case_value : node->container ? "" : "–";
}

static Columns
measure(const PsEditorFields *fields, int cols)
{
	Columns columns = {.word = WORD_LEAST};

	for (guint i = 0; i < fields->rows->len; i++) {
		const PsEditorNode *node = row_at(fields, i);
		PsStyle style;
		const char *word = ps_editor_node_word(node, &style);
		g_autofree char *label = row_label(node);
		columns.label = MAX(columns.label, ps_text_cells(label));
		columns.word = MAX(columns.word, word ? ps_text_cells(word) : 0);
	}
	columns.label = MIN(columns.label, MIN(LABEL_MOST, cols / 3));
	columns.value = PREFIX_CELLS + columns.label + columns.word + 2 * GAP_CELLS;
	columns.value_cells = MAX(cols - columns.value, 1);
	return columns;
}

static int
value_rows(const PsEditorNode *node, int cells)
{
	if (!node->node || !(node->node->flags & PS_CSAF_LONG) || !*node->value)
		return 1;
	g_auto(GStrv) lines = ps_text_wrap(node->value, cells);
	return (int)CLAMP(g_strv_length(lines), 1, LONG_ROWS);
}

/* The head of what is not filled in stands above its first row. */
static int
head_rows(const PsEditorFields *fields, guint index)
{
	if (index != fields->there || index >= fields->rows->len)
		return 0;
	return index > 0 ? 2 : 1;
}

static int
line_of(const PsEditorFields *fields, guint index, int cells)
{
	int line = 0;

	for (guint i = 0; i < index; i++)
		line += head_rows(fields, i) + value_rows(row_at(fields, i), cells);
	return line + head_rows(fields, index);
}

static void
draw_value(PsView view, const PsEditorNode *node, PsStyle style)
{
	int rows = view.area.rows;

	if (rows == 1 || !*node->value) {
		ps_view_field(view, 0, 0, view.area.cols, style, FALSE, row_value(node));
		return;
	}
	g_auto(GStrv) lines = ps_text_wrap(node->value, view.area.cols);
	gboolean more = (int)g_strv_length(lines) > rows;
	for (int i = 0; i < rows; i++)
		ps_view_field(view, i, 0, view.area.cols, style, FALSE,
			      more && i == rows - 1 ? "…" : lines[i]);
}

static int
draw_row(PsEditorFields *fields, PsView view, int line, guint index, const Columns *columns)
{
	const PsEditorNode *node = row_at(fields, index);
	gboolean here = index == fields->row && fields->focus;
	int rows = value_rows(node, columns->value_cells);
	PsStyle style;
	const char *word = ps_editor_node_word(node, &style);

	/* A part may not begin above the view. */
	if (line < 0)
		return line + rows;
	ps_view_text(view, line, 0, PS_ROLE_KEY, here ? "›" : " ");
	PsEditorGrade grade = ps_editor_node_grade(node);
	ps_view_text(view, line, 2, ps_editor_grade_style(grade), ps_editor_grade_mark(grade));
	ps_view_text(view, line, 3, PS_ROLE_MARK, node->comments > 0 ? "c" : " ");
	g_autofree char *label = row_label(node);
	ps_view_field(view, line, PREFIX_CELLS, columns->label,
		      here ? PS_ROLE_STRONG : PS_ROLE_LABEL, FALSE, label);
	if (word)
		ps_view_field(view, line, columns->value - columns->word - GAP_CELLS, columns->word,
			      style, FALSE, word);
	PsView value = ps_view_part(view, (PsRect){line, columns->value, rows,
						   view.area.cols - columns->value});
	draw_value(value, node,
		   here                                            ? PS_ROLE_SELECTED
		   : node->kept || !node->present || !*node->value ? PS_ROLE_DIM
								   : PS_ROLE_VALUE);
	if (here) {
		ps_view_cursor(view, line, 0, FALSE);
		fields->place = value.area;
		fields->place.rows = MIN(fields->place.rows, 1);
	}
	return line + rows;
}

static void
draw_empty(const PsEditorFields *fields, PsView view)
{
	const char *text = !fields->node ? "" : _("No texts here: what it holds is in the tree.");

	ps_view_wrapped(ps_view_part(view, (PsRect){0, PREFIX_CELLS, view.area.rows,
						    view.area.cols - PREFIX_CELLS}),
			0, PS_ROLE_DIM, text);
	if (fields->focus)
		ps_view_cursor(view, 0, 0, FALSE);
}

static void
draw_addable(const PsEditorFields *fields, PsView view, int line)
{
	g_autofree char *text = g_strdup_printf(_("Can be added: %s"), fields->addable);

	ps_view_wrapped(ps_view_part(view, (PsRect){line, PREFIX_CELLS, view.area.rows - line,
						    view.area.cols - PREFIX_CELLS - 1}),
			0, PS_ROLE_DIM, text);
}

static void
draw(PsWidget *widget, PsView view)
{
	PsEditorFields *fields = (PsEditorFields *)widget;
	Columns columns = measure(fields, view.area.cols);
	int cells = columns.value_cells;

	fields->page = MAX(view.area.rows, 1);
	fields->place.rows = 0;
	if (fields->rows->len == 0) {
		draw_empty(fields, view);
		return;
	}
	int here = line_of(fields, fields->row, cells);
	int end = here + value_rows(row_at(fields, fields->row), cells) - 1;
	int total = line_of(fields, fields->rows->len, cells);
	fields->first = ps_layout_scroll(fields->first, end, total, view.area.rows);
	fields->first = MIN(fields->first, here);
	int line = -(int)fields->first;
	for (guint i = 0; i < fields->rows->len && line < view.area.rows; i++) {
		line += head_rows(fields, i);
		if (head_rows(fields, i) && line > 0)
			ps_view_text(view, line - 1, PREFIX_CELLS, PS_ROLE_DIM, _("Not filled in"));
		line = draw_row(fields, view, line, i, &columns);
	}
	if (fields->addable && line >= 0 && line + 1 < view.area.rows)
		draw_addable(fields, view, line + 1);
}

/* ---- moving ---- */

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsEditorFields *fields = (PsEditorFields *)widget;
	gint64 row = fields->row, length = fields->rows->len;

	switch (what) {
	case PS_MOVE_UP:
		select_row(fields, row - 1);
		return TRUE;
	case PS_MOVE_DOWN:
		select_row(fields, row + 1);
		return TRUE;
	case PS_MOVE_PAGE_UP:
		select_row(fields, row - fields->page);
		return TRUE;
	case PS_MOVE_PAGE_DOWN:
		select_row(fields, row + fields->page);
		return TRUE;
	case PS_MOVE_HOME:
		select_row(fields, 0);
		return TRUE;
	case PS_MOVE_END:
		select_row(fields, length - 1);
		return TRUE;
	default:
		return FALSE;
	}
}

static char *
place(PsWidget *widget)
{
	PsEditorFields *fields = (PsEditorFields *)widget;

	return fields->rows->len == 0
		       ? NULL
		       : g_strdup_printf("%u/%u", fields->row + 1, fields->rows->len);
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsEditorFields *)widget)->rows->len == 0;
}

static const PsWidgetClass fields_class = {
	.draw = draw, .move = move, .place = place, .is_empty = is_empty, .free = free_widget};
