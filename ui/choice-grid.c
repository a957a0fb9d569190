#include "config.h"

#include "ui/choice-grid.h"

#include "base/safe-text.h"

#define PREFIX_CELLS 2
#define HELP_ROWS 3

struct PsChoiceGrid {
	PsWidget widget;
	const PsChoiceRow *rows;
	int n_rows;
	int *chosen;
	int row;
	gint64 first; /* top line of the screen */
	int page;
	gboolean readonly;
	void (*changed)(gpointer user, int row, int choice);
	gpointer user;
};

static const PsWidgetClass grid_class;

PsChoiceGrid *
ps_choice_grid_new(const PsChoiceRow *rows, int n_rows,
		   void (*changed)(gpointer user, int row, int choice), gpointer user)
{
	PsChoiceGrid *grid = g_new0(PsChoiceGrid, 1);

	grid->widget.class = &grid_class;
	grid->rows = rows;
	grid->n_rows = n_rows;
	grid->changed = changed;
	grid->user = user;
	grid->page = 1;
	grid->chosen = g_new0(int, n_rows);
	for (int i = 0; i < n_rows; i++)
		grid->chosen[i] = -1;
	return grid;
}

PsWidget *
ps_choice_grid_widget(PsChoiceGrid *grid)
{
	return &grid->widget;
}

void
ps_choice_grid_free(PsChoiceGrid *grid)
{
	if (!grid)
		return;
	g_free(grid->chosen);
	g_free(grid);
}

static void
free_widget(PsWidget *widget)
{
	ps_choice_grid_free((PsChoiceGrid *)widget);
}

int
ps_choice_grid_get(const PsChoiceGrid *grid, int row)
{
	return row >= 0 && row < grid->n_rows ? grid->chosen[row] : -1;
}

void
ps_choice_grid_set(PsChoiceGrid *grid, int row, int choice)
{
	if (row >= 0 && row < grid->n_rows && choice >= -1 && choice < grid->rows[row].n_choices)
		grid->chosen[row] = choice;
}

int
ps_choice_grid_row(const PsChoiceGrid *grid)
{
	return grid->row;
}

void
ps_choice_grid_set_readonly(PsChoiceGrid *grid, gboolean readonly)
{
	grid->readonly = readonly;
}

/* ---- choosing ---- */

static gboolean
choose(PsChoiceGrid *grid, int choice)
{
	const PsChoiceRow *row = &grid->rows[grid->row];

	if (grid->readonly || row->n_choices == 0)
		return FALSE;
	choice = CLAMP(choice, 0, row->n_choices - 1);
	if (choice == grid->chosen[grid->row])
		return TRUE;
	grid->chosen[grid->row] = choice;
	if (grid->changed)
		grid->changed(grid->user, grid->row, choice);
	return TRUE;
}

static gboolean
token_begins(const PsChoice *choice, PsKeyCode key)
{
	return g_unichar_tolower(g_utf8_get_char(choice->token)) == g_unichar_tolower(key);
}

gboolean
ps_choice_grid_key(PsChoiceGrid *grid, PsKeyCode key)
{
	const PsChoiceRow *row = grid->n_rows > 0 ? &grid->rows[grid->row] : NULL;

	for (int i = 1; row && ps_keycode_is_text(key) && i <= row->n_choices; i++) {
		int at = (grid->chosen[grid->row] + i) % row->n_choices;
		if (token_begins(&row->choices[MAX(at, 0)], key))
			return choose(grid, MAX(at, 0));
	}
	return FALSE;
}

/* ---- drawing: one line a row, one more for each head ---- */

static int
line_of_row(const PsChoiceGrid *grid, int row)
{
	int line = 0;

	for (int i = 0; i <= row; i++)
		line += grid->rows[i].section ? 2 : 1;
	return line - 1;
}

static int
label_cells(const PsChoiceGrid *grid, int cols)
{
	int cells = 0;

	for (int i = 0; i < grid->n_rows; i++)
		cells = MAX(cells, ps_text_cells(grid->rows[i].label));
	return MIN(cells, cols / 3);
}

static int
choice_cells(const PsChoice *choice, gboolean with_label)
{
	int cells = ps_text_cells(choice->token) + 2;

	return with_label ? cells + 1 + ps_text_cells(choice->label) : cells;
}

/* Where the words do not fit, the tokens stand alone and the help below names them. */
static gboolean
labels_fit(const PsChoiceRow *row, int cells)
{
	int needed = 0;

	for (int i = 0; i < row->n_choices; i++)
		needed += choice_cells(&row->choices[i], TRUE) + 1;
	return needed <= cells;
}

static void
draw_choices(const PsChoiceGrid *grid, PsView view, int line, int index, int col)
{
	const PsChoiceRow *row = &grid->rows[index];
	gboolean with_label = labels_fit(row, view.area.cols - col);
	gboolean here = index == grid->row;

	for (int i = 0; i < row->n_choices; i++) {
		const PsChoice *choice = &row->choices[i];
		gboolean chosen = grid->chosen[index] == i;
		PsStyle style = !chosen ? PS_ROLE_DIM : here ? PS_ROLE_SELECTED : PS_ROLE_STRONG;
		col = ps_view_text(view, line, col, style, chosen ? "[" : " ");
		col = ps_view_text(view, line, col, style, choice->token);
		if (with_label)
			col = ps_view_format(view, line, col, style, " %s", choice->label);
		col = ps_view_text(view, line, col, style, chosen ? "]" : " ") + 1;
	}
}

static void
draw_row(const PsChoiceGrid *grid, PsView view, int line, int index, int cells)
{
	const PsChoiceRow *row = &grid->rows[index];
	gboolean here = index == grid->row;

	if (row->section)
		ps_view_text(view, line - 1, 0, PS_ROLE_HEADING, row->section);
	ps_view_text(view, line, 0, PS_ROLE_KEY, here ? "›" : " ");
	ps_view_field(view, line, PREFIX_CELLS, cells, here ? PS_ROLE_STRONG : PS_ROLE_LABEL, FALSE,
		      row->label);
	draw_choices(grid, view, line, index, PREFIX_CELLS + cells + 1);
	if (here)
		ps_view_cursor(view, line, 0, FALSE);
}

static void
draw_help(const PsChoiceGrid *grid, PsView view)
{
	const PsChoiceRow *row = &grid->rows[grid->row];
	int chosen = grid->chosen[grid->row], line = 1;

	ps_view_rule(view, 0, PS_ROLE_BORDER, NULL);
	if (chosen >= 0) {
		const PsChoice *choice = &row->choices[chosen];
		g_autofree char *text = g_strdup_printf("%s (%s): %s", choice->label, choice->token,
							choice->help ? choice->help
							: row->help  ? row->help
								     : "");
		line += ps_view_wrapped(ps_view_below(view, line), 0, PS_ROLE_NORMAL, text);
	} else if (row->help) {
		ps_view_wrapped(ps_view_below(view, line), 0, PS_ROLE_DIM, row->help);
	}
}

static void
draw(PsWidget *widget, PsView view)
{
	PsChoiceGrid *grid = (PsChoiceGrid *)widget;
	int help = view.area.rows > 3 * (HELP_ROWS + 1) ? HELP_ROWS + 1 : 0;
	PsView list = ps_view_part(view, (PsRect){0, 0, view.area.rows - help, view.area.cols});

	if (grid->n_rows == 0)
		return;
	int cells = label_cells(grid, view.area.cols), here = line_of_row(grid, grid->row);
	grid->page = MAX(list.area.rows, 1);
	/* The head above the first row belongs to it. */
	gint64 want = grid->rows[grid->row].section && grid->first >= here ? here - 1 : here;
	grid->first = ps_layout_scroll(grid->first, want, line_of_row(grid, grid->n_rows - 1) + 1,
				       list.area.rows);
	for (int i = 0; i < grid->n_rows; i++)
		draw_row(grid, list, line_of_row(grid, i) - (int)grid->first, i, cells);
	if (help)
		draw_help(grid, ps_view_below(view, view.area.rows - help));
}

/* ---- moving ---- */

static gboolean
step(PsChoiceGrid *grid, int rows)
{
	grid->row = CLAMP(grid->row + rows, 0, MAX(grid->n_rows - 1, 0));
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsChoiceGrid *grid = (PsChoiceGrid *)widget;
	int chosen = ps_choice_grid_get(grid, grid->row);

	switch (what) {
	case PS_MOVE_UP:
		return step(grid, -1);
	case PS_MOVE_DOWN:
		return step(grid, 1);
	case PS_MOVE_PAGE_UP:
		return step(grid, -grid->page);
	case PS_MOVE_PAGE_DOWN:
		return step(grid, grid->page);
	case PS_MOVE_HOME:
		return step(grid, -grid->n_rows);
	case PS_MOVE_END:
		return step(grid, grid->n_rows);
	case PS_MOVE_LEFT:
		return choose(grid, chosen - 1);
	case PS_MOVE_RIGHT:
		return choose(grid, chosen + 1);
	case PS_MOVE_TOGGLE:
		return choose(grid, grid->n_rows && grid->rows[grid->row].n_choices
					    ? (chosen + 1) % grid->rows[grid->row].n_choices
					    : 0);
	default:
		return FALSE;
	}
}

static gboolean
is_empty(PsWidget *widget)
{
	return ((PsChoiceGrid *)widget)->n_rows == 0;
}

static const PsWidgetClass grid_class = {draw, move, NULL, NULL, NULL, NULL, is_empty, free_widget};
