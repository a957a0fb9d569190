#ifndef PS_UI_PANES_ADVISORY_EDITOR_LAYOUT_H
#define PS_UI_PANES_ADVISORY_EDITOR_LAYOUT_H

/* Where the three regions of the advisory editor go: a pure function from sizes to places.
 *
 * From PS_EDITOR_BESIDE cells on, tree and fields stand side by side; else they share a place, and
 * the one that was worked in last is shown. The findings lie below, and grow while they have the
 * focus. Where not even two regions have room, the one with the focus has all. */

#include "ui/layout.h"

typedef enum {
	PS_EDITOR_TREE,
	PS_EDITOR_FIELDS,
	PS_EDITOR_FINDINGS,
	PS_EDITOR_REGIONS,
} PsEditorRegion;

#define PS_EDITOR_BESIDE 120

/* Each place begins with the line of its title. A region that is not shown has no rows. */
typedef struct {
	PsRect places[PS_EDITOR_REGIONS];
} PsEditorLayout;

/* `shared`: which of tree and fields is shown where only one of them is. */
PsEditorLayout ps_editor_layout(int rows, int cols, PsEditorRegion focus, PsEditorRegion shared);

#endif
