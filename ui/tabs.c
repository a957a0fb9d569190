#include "config.h"

#include "ui/tabs.h"

#include "base/safe-text.h"

#define GAP 1
/* Blank or bracket on both sides. */
#define SIDES 2

int
ps_tabs_first(const int *widths, int count, int open, int cells)
{
	int first = 0, needed = 0;

	for (int i = 0; i <= open && i < count; i++)
		needed += widths[i] + GAP;
	while (first < open && needed > cells)
		needed -= widths[first++] + GAP;
	return first;
}

void
ps_tabs_draw(PsView view, const char *const *labels, int count, int open)
{
	g_autofree int *widths = g_new0(int, count + 1);
	int col = 0;

	for (int i = 0; i < count; i++)
		widths[i] = ps_text_cells(labels[i]) + SIDES;
	ps_view_fill_row(view, 0, PS_ROLE_NORMAL);
	for (int i = ps_tabs_first(widths, count, open, view.area.cols); i < count; i++) {
		PsStyle style = i == open ? PS_ROLE_TAB_ACTIVE : PS_ROLE_DIM;
		col = ps_view_format(view, 0, col, style, i == open ? "[%s]" : " %s ", labels[i]) +
		      GAP;
	}
}
