#include "config.h"

#include "ui/panes/advisory-editor-layout.h"

/* A title and two rows for each of two regions. */
#define LEAST_ROWS 8
#define LEAST_TREE 44
/* Findings without the focus: their title and some lines of them. */
#define FINDINGS_SHARE 4
#define FINDINGS_LEAST 3
#define FINDINGS_MOST 12

static int
findings_rows(int rows, gboolean focus)
{
	int most = rows - LEAST_ROWS / 2;

	if (focus)
		return CLAMP(rows / 2, FINDINGS_LEAST, most);
	return CLAMP(rows / FINDINGS_SHARE, FINDINGS_LEAST, MIN(FINDINGS_MOST, most));
}

PsEditorLayout
ps_editor_layout(int rows, int cols, PsEditorRegion focus, PsEditorRegion shared)
{
	PsEditorLayout layout = {0};
	gboolean beside = cols >= PS_EDITOR_BESIDE;

	rows = MAX(rows, 0);
	cols = MAX(cols, 0);
	if (rows < LEAST_ROWS) {
		layout.places[focus] = (PsRect){0, 0, rows, cols};
		return layout;
	}
	int below = findings_rows(rows, focus == PS_EDITOR_FINDINGS), above = rows - below;
	layout.places[PS_EDITOR_FINDINGS] = (PsRect){above, 0, below, cols};
	if (beside) {
		int tree = MAX(cols * 2 / 5, LEAST_TREE);
		layout.places[PS_EDITOR_TREE] = (PsRect){0, 0, above, tree};
		layout.places[PS_EDITOR_FIELDS] = (PsRect){0, tree + 1, above, cols - tree - 1};
	} else {
		PsEditorRegion shown = focus == PS_EDITOR_FINDINGS ? shared : focus;
		layout.places[shown] = (PsRect){0, 0, above, cols};
	}
	return layout;
}
