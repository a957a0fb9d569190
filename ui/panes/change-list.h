#ifndef PS_UI_PANES_CHANGE_LIST_H
#define PS_UI_PANES_CHANGE_LIST_H

/* A list of changes, each a place with its text before and after, the one under the cursor in full
 * below; or that one alone on the whole screen, to read a long text. Rows can be marked. */

#include "ui/list.h"

typedef struct {
	char *id;
	const char *word; /* translated: "changed" */
	PsStyle style;
	char *label;
	char *before, *after; /* may be NULL or "": nothing there; of several lines */
	const char *note;     /* translated sentence, or NULL */
} PsChangeRow;
PsChangeRow *ps_change_row_new(const char *id, const char *word, PsStyle style);

typedef struct PsChangeList PsChangeList;

/* `empty`: N_() sentence, lent. */
PsChangeList *ps_change_list_new(const char *empty);
PsWidget *ps_change_list_widget(PsChangeList *changes);
/* Takes the array (PsChangeRow*). */
void ps_change_list_set(PsChangeList *changes, GPtrArray *rows);
GPtrArray *ps_change_list_rows_new(void);
/* Another sentence for an empty list (why nothing could be read, say); lent. */
void ps_change_list_set_empty(PsChangeList *changes, const char *sentence);
guint ps_change_list_length(const PsChangeList *changes);
/* Ids of the marked rows, or of the one under the cursor. */
GPtrArray *ps_change_list_targets(PsChangeList *changes);
void ps_change_list_unmark(PsChangeList *changes);
/* Shows the change under the cursor alone, or the list again. */
void ps_change_list_toggle_whole(PsChangeList *changes);

#endif
