#ifndef PS_UI_WIDGET_H
#define PS_UI_WIDGET_H

/* A widget shows something and lets a person move in it; it knows no data, no store and no
 * application. The pane that owns it gives it a model of callbacks.
 *
 * Movement comes as moves, not as keys: the action table maps keys to moves, so that every widget
 * follows the user's own keys. */

#include "ui/canvas.h"
#include "ui/key.h"

typedef enum {
	PS_MOVE_UP,
	PS_MOVE_DOWN,
	PS_MOVE_LEFT, /* fold, previous choice */
	PS_MOVE_RIGHT,
	PS_MOVE_PAGE_UP,
	PS_MOVE_PAGE_DOWN,
	PS_MOVE_HOME,
	PS_MOVE_END,
	PS_MOVE_TOGGLE, /* mark, fold, switch: what Space does */
	PS_MOVE_RANGE,  /* start or end a range */
	PS_MOVE_FOLD,   /* all quoted text, all branches */
	PS_MOVE_NEXT,   /* next match */
	PS_MOVE_PREVIOUS,
	PS_MOVE_CLEAR, /* filter, search, marks, range: FALSE when there was nothing to clear */
} PsMove;

typedef struct PsWidget PsWidget;

typedef struct {
	void (*draw)(PsWidget *widget, PsView view);
	/* FALSE: this widget does nothing there. */
	gboolean (*move)(PsWidget *widget, PsMove move);
	/* Filters or searches while it is typed; NULL or "" shows all again. FALSE: nothing found.
	 */
	gboolean (*find)(PsWidget *widget, const char *text);
	/* Line or row number, from 1 (":120"). */
	gboolean (*go)(PsWidget *widget, gint64 number);
	/* What is active for the head line: "/heap", "3 marked"; NULL: nothing. New string. */
	char *(*chip)(PsWidget *widget);
	/* "12/340", new string or NULL. */
	char *(*place)(PsWidget *widget);
	/* Optional: nothing under the cursor. */
	gboolean (*is_empty)(PsWidget *widget);
	void (*free)(PsWidget *widget);
} PsWidgetClass;

struct PsWidget {
	const PsWidgetClass *class;
};

/* Safe with NULL widgets and with operations that a widget lacks. */
void ps_widget_draw(PsWidget *widget, PsView view);
gboolean ps_widget_move(PsWidget *widget, PsMove move);
gboolean ps_widget_find(PsWidget *widget, const char *text);
gboolean ps_widget_can_find(PsWidget *widget);
gboolean ps_widget_go(PsWidget *widget, gint64 number);
char *ps_widget_chip(PsWidget *widget);
char *ps_widget_place(PsWidget *widget);
gboolean ps_widget_is_empty(PsWidget *widget);
void ps_widget_free(PsWidget *widget);

#endif
