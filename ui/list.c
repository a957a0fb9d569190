#include "config.h"

#include "ui/list.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"

/* Rows read at once: a few screens around the cursor. */
#define WINDOW 256
#define PREFIX_CELLS 2

struct PsCells {
	int count;
	struct {
		GString *text;
		PsStyle style;
	} cells[PS_COLUMNS_MAX];
};

struct PsList {
	PsWidget widget;
	const PsColumn *columns;
	int n_columns;
	const PsListModel *model;
	gpointer user;
	const char *empty;
	gint64 count, selected, first; /* first: top row of the screen */
	int rows;                      /* on the screen, when it was last drawn */
	GPtrArray *window;             /* rows from window_first on */
	gint64 window_first;
	char *selected_id;
	GHashTable *marks;  /* ids */
	gint64 range_start; /* -1: no range */
	char *filter;
	gboolean aside; /* has not the focus */
	PsCells cells;
};

void
ps_cell(PsCells *cells, int column, PsStyle style, const char *text)
{
	g_return_if_fail(column >= 0 && column < cells->count);
	cells->cells[column].style = style;
	g_string_assign(cells->cells[column].text, text ? text : "");
}

void
ps_cell_format(PsCells *cells, int column, PsStyle style, const char *format, ...)
{
	va_list arguments;

	g_return_if_fail(column >= 0 && column < cells->count);
	va_start(arguments, format);
	g_string_vprintf(cells->cells[column].text, format, arguments);
	va_end(arguments);
	cells->cells[column].style = style;
}

void
ps_cell_prepend(PsCells *cells, int column, const char *text)
{
	g_return_if_fail(column >= 0 && column < cells->count);
	g_string_prepend(cells->cells[column].text, text);
}

/* ---- rows ---- */

static void
load_window(PsList *list, gint64 index)
{
	gint64 first = CLAMP(index - WINDOW / 2, 0, MAX(list->count - WINDOW, 0));

	g_clear_pointer(&list->window, g_ptr_array_unref);
	list->window = list->model->load(list->user, first, WINDOW);
	if (!list->window)
		list->window = g_ptr_array_new();
	list->window_first = first;
}

static gboolean
in_window(const PsList *list, gint64 index)
{
	return list->window && index >= list->window_first &&
	       index < list->window_first + (gint64)list->window->len;
}

static gconstpointer
row_at(PsList *list, gint64 index)
{
	if (index < 0 || index >= list->count)
		return NULL;
	if (!in_window(list, index))
		load_window(list, index);
	/* The data may have shrunk since it was counted. */
	if (!in_window(list, index))
		return NULL;
	return g_ptr_array_index(list->window, index - list->window_first);
}

static const char *
id_at(PsList *list, gint64 index)
{
	gconstpointer row = row_at(list, index);

	return row ? list->model->id(list->user, row) : NULL;
}

static void
select_index(PsList *list, gint64 index)
{
	list->selected = list->count > 0 ? CLAMP(index, 0, list->count - 1) : 0;
	g_free(list->selected_id);
	list->selected_id = g_strdup(id_at(list, list->selected));
}

static gint64
find_id(PsList *list, const char *id)
{
	if (list->model->index)
		return list->model->index(list->user, id);
	for (guint i = 0; list->window && i < list->window->len; i++)
		if (g_strcmp0(list->model->id(list->user, g_ptr_array_index(list->window, i)),
			      id) == 0)
			return list->window_first + i;
	return -1;
}

void
ps_list_refresh(PsList *list)
{
	g_autofree char *id = g_steal_pointer(&list->selected_id);
	gint64 found = -1;

	list->count = MAX(list->model->count(list->user), 0);
	load_window(list, list->selected);
	if (id)
		found = find_id(list, id);
	select_index(list, found >= 0 ? found : list->selected);
	list->range_start = -1;
}

/* ---- life ---- */

static const PsWidgetClass list_class, filter_list_class;

PsList *
ps_list_new(const PsColumn *columns, int n_columns, const PsListModel *model, gpointer user)
{
	PsList *list = g_new0(PsList, 1);

	g_assert(n_columns <= PS_COLUMNS_MAX);
	list->widget.class = model->filter ? &filter_list_class : &list_class;
	list->columns = columns;
	list->n_columns = n_columns;
	list->model = model;
	list->user = user;
	list->empty = N_("Nothing here.");
	list->marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	list->range_start = -1;
	list->filter = g_strdup("");
	list->rows = 1;
	list->cells.count = n_columns;
	for (int i = 0; i < n_columns; i++)
		list->cells.cells[i].text = g_string_new(NULL);
	return list;
}

void
ps_list_free(PsList *list)
{
	if (!list)
		return;
	for (int i = 0; i < list->n_columns; i++)
		g_string_free(list->cells.cells[i].text, TRUE);
	g_clear_pointer(&list->window, g_ptr_array_unref);
	g_hash_table_unref(list->marks);
	g_free(list->selected_id);
	g_free(list->filter);
	g_free(list);
}

static void
free_widget(PsWidget *widget)
{
	ps_list_free((PsList *)widget);
}

PsWidget *
ps_list_widget(PsList *list)
{
	return &list->widget;
}

void
ps_list_set_empty(PsList *list, const char *sentence)
{
	list->empty = sentence;
}

void
ps_list_set_focus(PsList *list, gboolean focus)
{
	list->aside = !focus;
}

gint64
ps_list_count(const PsList *list)
{
	return list->count;
}

gint64
ps_list_index(const PsList *list)
{
	return list->count > 0 ? list->selected : -1;
}

gconstpointer
ps_list_row(PsList *list)
{
	return row_at(list, list->selected);
}

const char *
ps_list_id(PsList *list)
{
	return id_at(list, list->selected);
}

gboolean
ps_list_select(PsList *list, const char *id)
{
	gint64 index = find_id(list, id);

	if (index >= 0)
		select_index(list, index);
	return index >= 0;
}

const char *
ps_list_filter(const PsList *list)
{
	return list->filter;
}

GPtrArray *
ps_list_part(GPtrArray *rows, gint64 first, gint64 limit)
{
	GPtrArray *part = g_ptr_array_new();

	for (gint64 i = first; i < (gint64)rows->len && i < first + limit; i++)
		g_ptr_array_add(part, g_ptr_array_index(rows, i));
	return part;
}

/* ---- marks ---- */

guint
ps_list_marked(const PsList *list)
{
	return g_hash_table_size(list->marks);
}

gboolean
ps_list_is_marked(const PsList *list, const char *id)
{
	return id && g_hash_table_contains(list->marks, id);
}

void
ps_list_unmark(PsList *list)
{
	g_hash_table_remove_all(list->marks);
	list->range_start = -1;
}

GPtrArray *
ps_list_targets(PsList *list)
{
	GPtrArray *targets = g_ptr_array_new_with_free_func(g_free);
	GHashTableIter iter;
	gpointer id;

	g_hash_table_iter_init(&iter, list->marks);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		g_ptr_array_add(targets, g_strdup(id));
	if (targets->len == 0 && ps_list_id(list))
		g_ptr_array_add(targets, g_strdup(ps_list_id(list)));
	return targets;
}

static void
toggle_mark(PsList *list)
{
	const char *id = ps_list_id(list);

	if (!id)
		return;
	if (!g_hash_table_remove(list->marks, id))
		g_hash_table_add(list->marks, g_strdup(id));
	select_index(list, list->selected + 1);
}

static gboolean
in_range(const PsList *list, gint64 index)
{
	return list->range_start >= 0 && index >= MIN(list->range_start, list->selected) &&
	       index <= MAX(list->range_start, list->selected);
}

static void
toggle_range(PsList *list)
{
	gint64 selected = list->selected;

	if (list->range_start < 0) {
		list->range_start = selected;
		return;
	}
	gint64 last = MAX(list->range_start, selected);
	for (gint64 i = MIN(list->range_start, selected); i <= last; i++)
		if (id_at(list, i))
			g_hash_table_add(list->marks, g_strdup(id_at(list, i)));
	list->range_start = -1;
}

/* ---- drawing ---- */

static void
draw_heads(PsList *list, PsView view, const int *widths)
{
	int col = PREFIX_CELLS;

	for (int i = 0; i < list->n_columns; i++) {
		const char *label = list->columns[i].label;
		if (widths[i] == 0)
			continue;
		ps_view_field(view, 0, col, widths[i], PS_ROLE_HEADING, list->columns[i].right,
			      label && *label ? _(label) : "");
		col += widths[i] + PS_COLUMN_GAP;
	}
}

/* Columns without any label have no heads. */
static int
heads_rows(const PsList *list)
{
	for (int i = 0; i < list->n_columns; i++)
		if (list->columns[i].label && *list->columns[i].label)
			return 1;
	return 0;
}

static void
draw_prefix(PsList *list, PsView view, int row, gint64 index, PsStyle style)
{
	gboolean selected = index == list->selected;
	gboolean marked = ps_list_is_marked(list, id_at(list, index)) || in_range(list, index);

	ps_view_text(view, row, 0, style, !selected ? " " : list->aside ? "·" : "›");
	if (marked)
		ps_view_text(view, row, 1, selected ? style : PS_ROLE_MARK, "*");
}

/* The bar of the selected row reaches over the columns up to the first that stretches: what stands
 * behind it keeps its colours, and moving the cursor does not send it again. */
static int
bar_columns(const PsList *list)
{
	for (int i = 0; i < list->n_columns; i++)
		if (list->columns[i].weight > 0)
			return i + 1;
	return list->n_columns;
}

static void
draw_row(PsList *list, PsView view, int row, gint64 index, const int *widths)
{
	gboolean selected = index == list->selected;
	gconstpointer data = row_at(list, index);
	gboolean here = selected && !list->aside;
	int bar = here ? bar_columns(list) : 0, col = PREFIX_CELLS;

	if (!data)
		return;
	for (int i = 0; i < list->n_columns; i++)
		ps_cell(&list->cells, i, PS_ROLE_NORMAL, NULL);
	list->model->draw(list->user, data, &list->cells);
	for (int i = 0; i < list->n_columns; i++) {
		if (widths[i] == 0)
			continue;
		ps_view_field(view, row, col, widths[i], list->cells.cells[i].style,
			      list->columns[i].right, list->cells.cells[i].text->str);
		col += widths[i] + PS_COLUMN_GAP;
		if (i < bar)
			ps_view_restyle(view, row, 0, col - PS_COLUMN_GAP, PS_ROLE_SELECTED);
	}
	draw_prefix(list, view, row, index, here ? PS_ROLE_SELECTED : PS_ROLE_NORMAL);
	if (here)
		ps_view_cursor(view, row, 0, FALSE);
}

static void
draw_empty(PsList *list, PsView view)
{
	PsView inside = ps_view_part(view, (PsRect){1, PREFIX_CELLS, view.area.rows - 1,
						    view.area.cols - 4});

	if (*list->filter) {
		g_autofree char *text =
			g_strdup_printf(_("Nothing matches “%s”. Esc shows everything again."),
					list->filter);
		ps_view_wrapped(inside, 0, PS_ROLE_DIM, text);
	} else {
		ps_view_wrapped(inside, 0, PS_ROLE_DIM, _(list->empty));
	}
	if (!list->aside)
		ps_view_cursor(view, 1, 0, FALSE);
}

static void
draw(PsWidget *widget, PsView view)
{
	PsList *list = (PsList *)widget;
	int widths[PS_COLUMNS_MAX];

	ps_layout_columns(list->columns, list->n_columns, view.area.cols - PREFIX_CELLS, widths);
	int heads = heads_rows(list);
	if (heads > 0)
		draw_heads(list, view, widths);
	list->rows = MAX(view.area.rows - heads, 1);
	list->first = ps_layout_scroll(list->first, list->selected, list->count, list->rows);
	for (int row = 0; row < list->rows && list->first + row < list->count; row++)
		draw_row(list, view, row + heads, list->first + row, widths);
	if (list->count == 0)
		draw_empty(list, view);
}

/* ---- moving ---- */

static gboolean
clear(PsList *list)
{
	if (list->range_start >= 0) {
		list->range_start = -1;
		return TRUE;
	}
	if (ps_list_marked(list) > 0) {
		ps_list_unmark(list);
		return TRUE;
	}
	if (*list->filter)
		return ps_widget_find(&list->widget, ""), TRUE;
	return FALSE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsList *list = (PsList *)widget;

	switch (what) {
	case PS_MOVE_UP:
		select_index(list, list->selected - 1);
		return TRUE;
	case PS_MOVE_DOWN:
		select_index(list, list->selected + 1);
		return TRUE;
	case PS_MOVE_PAGE_UP:
		select_index(list, list->selected - list->rows);
		return TRUE;
	case PS_MOVE_PAGE_DOWN:
		select_index(list, list->selected + list->rows);
		return TRUE;
	case PS_MOVE_HOME:
		select_index(list, 0);
		return TRUE;
	case PS_MOVE_END:
		select_index(list, list->count - 1);
		return TRUE;
	case PS_MOVE_TOGGLE:
		toggle_mark(list);
		return TRUE;
	case PS_MOVE_RANGE:
		toggle_range(list);
		return TRUE;
	case PS_MOVE_CLEAR:
		return clear(list);
	default:
		return FALSE;
	}
}

static gboolean
find(PsWidget *widget, const char *text)
{
	PsList *list = (PsList *)widget;

	if (!g_str_equal(list->filter, text ? text : "")) {
		g_free(list->filter);
		list->filter = g_strdup(text ? text : "");
		list->model->filter(list->user, list->filter);
		ps_list_refresh(list);
	}
	return list->count > 0;
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	PsList *list = (PsList *)widget;

	select_index(list, number - 1);
	return number >= 1 && number <= list->count;
}

static char *
chip(PsWidget *widget)
{
	PsList *list = (PsList *)widget;
	GString *text = g_string_new(NULL);

	if (*list->filter)
		g_string_append_printf(text, "/%s", list->filter);
	if (ps_list_marked(list) > 0)
		g_string_append_printf(text, text->len ? "  %u %s" : "%u %s", ps_list_marked(list),
				       _("marked"));
	if (list->range_start >= 0)
		g_string_append_printf(text, text->len ? "  %s" : "%s", _("range"));
	return g_string_free(text, text->len == 0);
}

static char *
place(PsWidget *widget)
{
	PsList *list = (PsList *)widget;

	return g_strdup_printf("%" PRId64 "/%" PRId64, ps_list_index(list) + 1, list->count);
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsList *)widget)->count == 0;
}

static const PsWidgetClass list_class = {draw, move, NULL, go, chip, place, is_empty, free_widget};
static const PsWidgetClass filter_list_class = {draw, move,  find,     go,
						chip, place, is_empty, free_widget};
