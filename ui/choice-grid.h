#ifndef PS_UI_CHOICE_GRID_H
#define PS_UI_CHOICE_GRID_H

/* Rows of choices, each on one line, as a scoring form has them:
 *
 *	  Attack vector        [N Network]  A Adjacent   L Local   P Physical
 *	› Attack complexity     L Low       [H High]
 *
 * Up and Down go between rows, Left and Right choose; a letter chooses the value that begins with
 * it (ps_choice_grid_key()). The meaning of the row and of the value under the cursor is shown
 * below. Rows may be parted by heads. Tables are lent and must outlive the grid. */

#include "ui/widget.h"

typedef struct PsChoiceGrid PsChoiceGrid;

typedef struct {
	const char *token; /* "N": what is stored and typed */
	const char *label; /* translated: "Network" */
	const char *help;  /* translated sentence, or NULL */
} PsChoice;

typedef struct {
	const char *id;      /* "AV" */
	const char *label;   /* translated: "Attack vector" */
	const char *help;    /* translated, or NULL */
	const char *section; /* head above this row, or NULL */
	const PsChoice *choices;
	int n_choices;
} PsChoiceRow;

/* `changed` runs after each change; read the choices then. */
PsChoiceGrid *ps_choice_grid_new(const PsChoiceRow *rows, int n_rows,
				 void (*changed)(gpointer user, int row, int choice),
				 gpointer user);
PsWidget *ps_choice_grid_widget(PsChoiceGrid *grid);
void ps_choice_grid_free(PsChoiceGrid *grid);
/* -1: nothing chosen. Setting does not call `changed`. */
int ps_choice_grid_get(const PsChoiceGrid *grid, int row);
void ps_choice_grid_set(PsChoiceGrid *grid, int row, int choice);
int ps_choice_grid_row(const PsChoiceGrid *grid);
/* Nothing may be changed (a score that is only shown). */
void ps_choice_grid_set_readonly(PsChoiceGrid *grid, gboolean readonly);
/* A letter or digit that begins a token of the row chooses it; again: the next one that does.
 * FALSE: none does. */
gboolean ps_choice_grid_key(PsChoiceGrid *grid, PsKeyCode key);

#endif
