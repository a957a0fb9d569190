#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/layout.h"
#include "ui/tabs.h"

static void
layout__screen__gives_up_rows_before_it_is_too_small(void **state)
{
	(void)state;
	PsScreenLayout normal = ps_layout_screen(24, 80);
	assert_int_equal(normal.body.row, 2);
	assert_int_equal(normal.body.rows, 20);
	assert_int_equal(normal.message.row, 22);
	assert_int_equal(normal.footer.row, 23);
	/* Messages share the footer's row. */
	PsScreenLayout low = ps_layout_screen(12, 60);
	assert_int_equal(low.body.rows, 9);
	assert_int_equal(low.message.row, low.footer.row);
	assert_false(low.too_small);
	assert_true(ps_layout_screen(9, 80).too_small);
	assert_true(ps_layout_screen(24, 39).too_small);
}

static void
layout__split__second_part_only_where_both_have_room(void **state)
{
	PsRect first, second, area = {2, 0, 20, 100};

	(void)state;
	ps_layout_split(area, TRUE, 40, 40, 20, &first, &second);
	assert_int_equal(first.cols + 1 + second.cols, 100);
	assert_int_equal(second.col, 60);
	ps_layout_split(area, TRUE, 40, 90, 20, &first, &second);
	assert_int_equal(first.cols, 100);
	assert_int_equal(second.cols, 0);
	ps_layout_split(area, FALSE, 50, 5, 5, &first, &second);
	assert_int_equal(first.rows + 1 + second.rows, 20);
	assert_int_equal(second.row, 12);
}

static void
layout__columns__fixed_stay_stretching_share_droppable_go(void **state)
{
	static const PsColumn columns[] = {{"a", 10, 0, 0, FALSE},
					   {"b", 10, 1, 0, FALSE},
					   {"c", 8, 0, 1, FALSE},
					   {"d", 8, 0, 2, FALSE}};
	int widths[4];

	(void)state;
	ps_layout_columns(columns, 4, 80, widths);
	assert_int_equal(widths[0], 10);
	assert_int_equal(widths[1], 80 - 10 - 8 - 8 - 3 * PS_COLUMN_GAP);
	assert_int_equal(widths[3], 8);
	ps_layout_columns(columns, 4, 40, widths);
	assert_int_equal(widths[3], 0);
	assert_int_equal(widths[2], 8);
	ps_layout_columns(columns, 4, 25, widths);
	assert_int_equal(widths[2], 0);
	assert_int_equal(widths[1], 13);
	/* What may not go stays, though it overflows. */
	ps_layout_columns(columns, 4, 5, widths);
	assert_int_equal(widths[0], 10);
	assert_int_equal(widths[1], 10);
}

static void
layout__scroll__keeps_the_selected_row_in_sight(void **state)
{
	(void)state;
	assert_int_equal(ps_layout_scroll(0, 5, 100, 10), 0);
	assert_int_equal(ps_layout_scroll(0, 10, 100, 10), 1); /* one row, not a page */
	assert_int_equal(ps_layout_scroll(5, 4, 100, 10), 4);
	assert_int_equal(ps_layout_scroll(0, 50, 100, 10), 45); /* a jump lands in the middle */
	assert_int_equal(ps_layout_scroll(0, 99, 100, 10), 90);
	assert_int_equal(ps_layout_scroll(95, 3, 4, 10), 0); /* the list became short */
	assert_int_equal(ps_layout_scroll(3, 3, 10, 0), 0);
}

static void
layout__box__never_leaves_its_area(void **state)
{
	(void)state;
	PsRect box = ps_layout_box((PsRect){0, 0, 10, 40}, 99, 20);
	assert_int_equal(box.rows, 10);
	assert_int_equal(box.col, 10);
	PsRect part = ps_rect_clip((PsRect){5, 5, 10, 10}, (PsRect){-2, 8, 5, 10});
	assert_int_equal(part.row, 0);
	assert_int_equal(part.rows, 3);
	assert_int_equal(part.cols, 2);
}

static void
tabs__first__the_open_one_is_complete(void **state)
{
	static const int widths[] = {10, 10, 10, 10};

	(void)state;
	assert_int_equal(ps_tabs_first(widths, 4, 0, 80), 0);
	assert_int_equal(ps_tabs_first(widths, 4, 3, 80), 0);
	assert_int_equal(ps_tabs_first(widths, 4, 3, 25), 2);
	assert_int_equal(ps_tabs_first(widths, 4, 3, 5), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout__screen__gives_up_rows_before_it_is_too_small),
		cmocka_unit_test(layout__split__second_part_only_where_both_have_room),
		cmocka_unit_test(layout__columns__fixed_stay_stretching_share_droppable_go),
		cmocka_unit_test(layout__scroll__keeps_the_selected_row_in_sight),
		cmocka_unit_test(layout__box__never_leaves_its_area),
		cmocka_unit_test(tabs__first__the_open_one_is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
