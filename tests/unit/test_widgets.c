#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The canvas and the widgets, drawn without a terminal. */

#include "ui/list.h"
#include "ui/pager.h"
#include "ui/tree.h"

#include <stdio.h>
#include <string.h>

static void
assert_screen(PsCanvas *canvas, const char *expected)
{
	g_autofree char *text = ps_canvas_dump(canvas);

	assert_string_equal(text, expected);
}

static char *
drawn(PsWidget *widget, int rows, int cols)
{
	g_autoptr(PsCanvas) canvas = ps_canvas_new(rows, cols);

	ps_widget_draw(widget, ps_canvas_view(canvas));
	return ps_canvas_dump(canvas);
}

static void
assert_drawn(PsWidget *widget, int rows, int cols, const char *expected)
{
	g_autofree char *text = drawn(widget, rows, cols);

	assert_string_equal(text, expected);
}

/* ---- canvas ---- */

static void
canvas__text__is_clipped_cleaned_and_never_halved(void **state)
{
	g_autoptr(PsCanvas) canvas = ps_canvas_new(3, 6);
	PsView view = ps_canvas_view(canvas);

	(void)state;
	ps_view_text(view, 0, 0, 0, "abcdefgh");
	ps_view_text(view, 1, 0, 0, "日本語日");
	ps_view_text(view, 2, 1, 0, "日本語");
	assert_screen(canvas, "abcdef\n日本語\n 日本\n");
	/* Overwriting half of a wide character leaves a blank. */
	ps_view_text(view, 1, 1, 0, "x");
	ps_view_text(view, 0, 0, 0, "\033[1m\n");
	ps_view_text(view, 7, 0, 0, "outside");
	ps_view_text(view, -1, 0, 0, "outside");
	assert_screen(canvas, "�[1m f\n x本語\n 日本\n");
}

static void
canvas__views__are_relative_and_clipped(void **state)
{
	g_autoptr(PsCanvas) canvas = ps_canvas_new(3, 10);
	PsView part = ps_view_part(ps_canvas_view(canvas), (PsRect){1, 2, 5, 4});
	int row, col;
	gboolean shown;

	(void)state;
	assert_int_equal(part.area.rows, 2);
	ps_view_text(part, 0, 0, 0, "abcdef");
	ps_view_field(part, 1, 0, 4, 0, TRUE, "12");
	assert_screen(canvas, "\n  abcd\n    12\n");
	assert_false(ps_canvas_cursor(canvas, &row, &col, &shown));
	ps_view_cursor(part, 1, 1, FALSE);
	assert_true(ps_canvas_cursor(canvas, &row, &col, &shown));
	assert_int_equal(row, 2);
	assert_int_equal(col, 3);
}

/* ---- list ---- */

typedef struct {
	GPtrArray *names, *shown;
	int loads;
} Names;

static gint64
names_count(gpointer user)
{
	return ((Names *)user)->shown->len;
}

static GPtrArray *
names_load(gpointer user, gint64 first, gint64 limit)
{
	((Names *)user)->loads++;
	return ps_list_part(((Names *)user)->shown, first, limit);
}

static const char *
names_id(gpointer user, gconstpointer row)
{
	(void)user;
	return row;
}

static void
names_draw(gpointer user, gconstpointer row, PsCells *cells)
{
	(void)user;
	ps_cell(cells, 0, PS_ROLE_NORMAL, row);
	ps_cell_format(cells, 1, PS_ROLE_DIM, "%zu", strlen(row));
}

static void
names_filter(gpointer user, const char *text)
{
	Names *names = user;

	g_ptr_array_set_size(names->shown, 0);
	for (guint i = 0; i < names->names->len; i++)
		if (strstr(g_ptr_array_index(names->names, i), text))
			g_ptr_array_add(names->shown, g_ptr_array_index(names->names, i));
}

static const PsListModel names_model = {names_count, names_load,   names_id,
					names_draw,  names_filter, NULL};
static const PsColumn name_columns[] = {{"Name", 5, 1, 0, FALSE}, {"N", 3, 0, 1, TRUE}};

static Names
make_names(int count)
{
	Names names = {g_ptr_array_new_with_free_func(g_free), g_ptr_array_new(), 0};

	for (int i = 0; i < count; i++)
		g_ptr_array_add(names.names, g_strdup_printf("row%d", i));
	names_filter(&names, "");
	return names;
}

static void
free_names(Names *names)
{
	g_ptr_array_unref(names->shown);
	g_ptr_array_unref(names->names);
}

static PsList *
make_list(Names *names)
{
	PsList *list = ps_list_new(name_columns, 2, &names_model, names);

	ps_list_refresh(list);
	return list;
}

static void
list__draw__mark_heads_and_columns(void **state)
{
	Names names = make_names(3);
	PsList *list = make_list(&names);
	PsWidget *widget = ps_list_widget(list);

	(void)state;
	assert_drawn(widget, 5, 20,
		     "  Name             N\n› row0             4\n  row1             4\n"
		     "  row2             4\n\n");
	ps_widget_move(widget, PS_MOVE_DOWN);
	ps_widget_move(widget, PS_MOVE_TOGGLE);
	/* A column that may go is left away. */
	assert_drawn(widget, 4, 9, "  Name\n  row0\n *row1\n› row2\n");
	ps_list_free(list);
	free_names(&names);
}

static void
list__refresh__keeps_the_selection_by_id(void **state)
{
	Names names = make_names(6);
	PsList *list = make_list(&names);
	PsWidget *widget = ps_list_widget(list);

	(void)state;
	ps_widget_go(widget, 4);
	assert_string_equal(ps_list_id(list), "row3");
	g_ptr_array_remove_index(names.shown, 0);
	g_ptr_array_insert(names.shown, 0, (gpointer) "new");
	g_ptr_array_insert(names.shown, 0, (gpointer) "newer");
	ps_list_refresh(list);
	assert_string_equal(ps_list_id(list), "row3");
	assert_int_equal(ps_list_index(list), 4);
	/* Gone: the place stays. */
	g_ptr_array_remove_index(names.shown, 4);
	ps_list_refresh(list);
	assert_string_equal(ps_list_id(list), "row4");
	g_ptr_array_set_size(names.shown, 0);
	ps_list_refresh(list);
	assert_null(ps_list_id(list));
	assert_int_equal(ps_list_index(list), -1);
	assert_true(ps_widget_is_empty(widget));
	ps_list_free(list);
	free_names(&names);
}

static void
list__marks_and_ranges__make_the_targets(void **state)
{
	Names names = make_names(10);
	PsList *list = make_list(&names);
	PsWidget *widget = ps_list_widget(list);

	(void)state;
	g_autoptr(GPtrArray) one = ps_list_targets(list);
	assert_int_equal(one->len, 1);
	assert_string_equal(g_ptr_array_index(one, 0), "row0");
	ps_widget_move(widget, PS_MOVE_TOGGLE);
	ps_widget_go(widget, 4);
	ps_widget_move(widget, PS_MOVE_RANGE);
	ps_widget_go(widget, 7);
	ps_widget_move(widget, PS_MOVE_RANGE);
	g_autoptr(GPtrArray) five = ps_list_targets(list);
	assert_int_equal(five->len, 5);
	g_autofree char *chip = ps_widget_chip(widget);
	assert_string_equal(chip, "5 marked");
	assert_true(ps_widget_move(widget, PS_MOVE_CLEAR));
	assert_int_equal(ps_list_marked(list), 0);
	assert_false(ps_widget_move(widget, PS_MOVE_CLEAR));
	ps_list_free(list);
	free_names(&names);
}

static void
list__filter__is_a_chip_and_clears(void **state)
{
	Names names = make_names(30);
	PsList *list = make_list(&names);
	PsWidget *widget = ps_list_widget(list);

	(void)state;
	assert_true(ps_widget_find(widget, "row2"));
	assert_int_equal(ps_list_count(list), 11);
	g_autofree char *chip = ps_widget_chip(widget);
	assert_string_equal(chip, "/row2");
	assert_false(ps_widget_find(widget, "nothing"));
	g_autofree char *empty = drawn(widget, 4, 60);
	assert_non_null(strstr(empty, "Nothing matches “nothing”"));
	assert_true(ps_widget_move(widget, PS_MOVE_CLEAR));
	assert_int_equal(ps_list_count(list), 30);
	ps_list_free(list);
	free_names(&names);
}

static void
list__long__loads_windows_only(void **state)
{
	Names names = make_names(100000);
	PsList *list = make_list(&names);
	PsWidget *widget = ps_list_widget(list);

	(void)state;
	names.loads = 0;
	g_autofree char *first = drawn(widget, 24, 80);
	for (int i = 0; i < 100; i++)
		ps_widget_move(widget, PS_MOVE_DOWN);
	assert_int_equal(names.loads, 0);
	ps_widget_move(widget, PS_MOVE_END);
	assert_string_equal(ps_list_id(list), "row99999");
	g_autofree char *last = drawn(widget, 24, 80);
	assert_int_equal(names.loads, 1);
	assert_non_null(strstr(last, "› row99999"));
	ps_list_free(list);
	free_names(&names);
}

/* ---- pager ---- */

static void
pager__draw__wraps_pairs_and_quotes(void **state)
{
	PsPager *pager = ps_pager_new();
	PsWidget *widget = ps_pager_widget(pager);

	(void)state;
	ps_pager_pair(pager, "From", PS_ROLE_NORMAL, "somebody with a long name", 6);
	ps_pager_pair(pager, "To", PS_ROLE_NORMAL, NULL, 6);
	ps_pager_blank(pager);
	ps_pager_mail(pager, "Hello\n> quoted one\n> quoted two\nBye\033[0m");
	assert_drawn(widget, 8, 20,
		     "From  somebody with\n      a long name\n\nHello\n> quoted one\n> quoted "
		     "two\nBye�[0m\n\n");
	assert_true(ps_widget_move(widget, PS_MOVE_FOLD));
	assert_drawn(
		widget, 6, 20,
		"From  somebody with\n      a long name\n\nHello\n▸ 2 quoted lines\nBye�[0m\n");
	ps_pager_free(pager);
}

static void
pager__sections__fold_at_the_cursor(void **state)
{
	PsPager *pager = ps_pager_new();
	PsWidget *widget = ps_pager_widget(pager);

	(void)state;
	ps_pager_section(pager, "Headers", TRUE);
	ps_pager_add(pager, PS_ROLE_NORMAL, "a\nb");
	ps_pager_section(pager, "Body", FALSE);
	ps_pager_add(pager, PS_ROLE_NORMAL, "c");
	assert_drawn(widget, 4, 50,
		     "▸ Headers\n  2 lines are folded; Space shows them\n▾ Body\nc\n");
	ps_widget_move(widget, PS_MOVE_TOGGLE);
	assert_drawn(widget, 5, 50, "▾ Headers\na\nb\n▾ Body\nc\n");
	ps_pager_free(pager);
}

static void
pager__search__ignores_case_and_goes_around(void **state)
{
	PsPager *pager = ps_pager_new();
	PsWidget *widget = ps_pager_widget(pager);

	(void)state;
	for (int i = 0; i < 50; i++)
		ps_pager_format(pager, PS_ROLE_NORMAL, i % 20 == 5 ? "Needle %d" : "hay %d", i);
	g_autofree char *first = drawn(widget, 5, 20);
	assert_true(ps_widget_find(widget, "nEEdle"));
	g_autofree char *found = drawn(widget, 5, 20);
	assert_non_null(strstr(found, "Needle 5\n"));
	assert_true(ps_widget_move(widget, PS_MOVE_NEXT));
	g_autofree char *next = drawn(widget, 5, 20);
	assert_non_null(strstr(next, "Needle 25\n"));
	assert_true(ps_widget_move(widget, PS_MOVE_NEXT));
	assert_true(ps_widget_move(widget, PS_MOVE_NEXT));
	g_autofree char *around = drawn(widget, 5, 20);
	assert_non_null(strstr(around, "Needle 5\n"));
	assert_false(ps_widget_find(widget, "absent"));
	assert_true(ps_widget_move(widget, PS_MOVE_CLEAR));
	assert_false(ps_widget_move(widget, PS_MOVE_NEXT));
	ps_pager_free(pager);
}

/* ---- tree: nodes are texts, children have one more letter ---- */

static GPtrArray *
tree_children(gpointer user, gpointer node)
{
	static const char *const roots[] = {"a", "b"};
	static const char *const below[] = {"a1", "a2"};
	GPtrArray *children = g_ptr_array_new();

	(void)user;
	for (int i = 0; i < 2; i++)
		if (!node)
			g_ptr_array_add(children, (gpointer)roots[i]);
		else if (g_str_equal(node, "a"))
			g_ptr_array_add(children, (gpointer)below[i]);
	return children;
}

static gboolean
tree_has_children(gpointer user, gpointer node)
{
	(void)user;
	return g_str_equal(node, "a");
}

static const char *
tree_id(gpointer user, gpointer node)
{
	(void)user;
	return node;
}

static void
tree_draw(gpointer user, gpointer node, PsCells *cells)
{
	(void)user;
	ps_cell(cells, 0, PS_ROLE_NORMAL, node);
}

static void
tree__branches__open_close_and_keep_the_cursor(void **state)
{
	static const PsTreeModel model = {tree_children, tree_has_children, tree_id, tree_draw};
	static const PsColumn columns[] = {{"Tree", 10, 1, 0, FALSE}};
	PsTree *tree = ps_tree_new(columns, 1, &model, NULL);
	PsWidget *widget = ps_tree_widget(tree);

	(void)state;
	ps_tree_refresh(tree);
	assert_drawn(widget, 3, 14, "  Tree\n› ▸ a\n    b\n");
	ps_widget_move(widget, PS_MOVE_RIGHT);
	assert_drawn(widget, 5, 14, "  Tree\n› ▾ a\n      a1\n      a2\n    b\n");
	ps_widget_move(widget, PS_MOVE_RIGHT);
	ps_widget_move(widget, PS_MOVE_DOWN);
	assert_string_equal(ps_tree_node(tree), "a2");
	ps_tree_refresh(tree);
	assert_string_equal(ps_tree_node(tree), "a2");
	ps_widget_move(widget, PS_MOVE_LEFT);
	assert_string_equal(ps_tree_node(tree), "a");
	ps_widget_move(widget, PS_MOVE_LEFT);
	assert_drawn(widget, 3, 14, "  Tree\n› ▸ a\n    b\n");
	ps_tree_free(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canvas__text__is_clipped_cleaned_and_never_halved),
		cmocka_unit_test(canvas__views__are_relative_and_clipped),
		cmocka_unit_test(list__draw__mark_heads_and_columns),
		cmocka_unit_test(list__refresh__keeps_the_selection_by_id),
		cmocka_unit_test(list__marks_and_ranges__make_the_targets),
		cmocka_unit_test(list__filter__is_a_chip_and_clears),
		cmocka_unit_test(list__long__loads_windows_only),
		cmocka_unit_test(pager__draw__wraps_pairs_and_quotes),
		cmocka_unit_test(pager__sections__fold_at_the_cursor),
		cmocka_unit_test(pager__search__ignores_case_and_goes_around),
		cmocka_unit_test(tree__branches__open_close_and_keep_the_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
