#ifndef PS_UI_LIST_H
#define PS_UI_LIST_H

/* A list of any length. It asks its model for windows of rows and keeps only the one around the
 * screen, so that 100,000 mails cost as much as 100. The selection is kept by id over a refresh;
 * marks are ids too.
 *
 *	static const PsColumn columns[] = {
 *		{N_("Number"), 15, 0, 0, FALSE}, {N_("Title"), 20, 1, 0, FALSE}, …
 *	};
 *	static const PsListModel model = {count, load, id, draw, filter, NULL};
 *	PsList *list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, pane);
 *
 * A row's first two cells show the cursor and its mark. */

#include "ui/widget.h"

typedef struct PsList PsList;

/* The cells of one row while it is drawn; texts are copied and made safe. */
typedef struct PsCells PsCells;
void ps_cell(PsCells *cells, int column, PsStyle style, const char *text);
void ps_cell_format(PsCells *cells, int column, PsStyle style, const char *format, ...)
	G_GNUC_PRINTF(4, 5);
void ps_cell_prepend(PsCells *cells, int column, const char *text);

typedef struct {
	gint64 (*count)(gpointer user);
	/* Rows first … first+limit-1 (fewer at the end) as an array that the list owns; give it a
	 * free function when the rows are its own. NULL counts as empty. */
	GPtrArray *(*load)(gpointer user, gint64 first, gint64 limit);
	const char *(*id)(gpointer user, gconstpointer row);
	void (*draw)(gpointer user, gconstpointer row, PsCells *cells);
	/* Optional: takes the filter's text ("" : none); the list then refreshes itself. */
	void (*filter)(gpointer user, const char *text);
	/* Optional: index of an id anywhere in the list, -1 when it is not there. Without it only
	 * the neighbourhood of the old place is looked through. */
	gint64 (*index)(gpointer user, const char *id);
} PsListModel;

/* Everything is lent and must outlive the list. */
PsList *ps_list_new(const PsColumn *columns, int n_columns, const PsListModel *model,
		    gpointer user);
PsWidget *ps_list_widget(PsList *list);
/* Freed with ps_widget_free() or with this. */
void ps_list_free(PsList *list);

/* The sentence shown when there is nothing; with a filter a general one is shown. Lent. */
void ps_list_set_empty(PsList *list, const char *sentence);
/* A list beside others on the screen: without the focus its row has a small mark, neither the bar
 * nor the hardware cursor. It has the focus at first. */
void ps_list_set_focus(PsList *list, gboolean focus);
/* Reads the rows again. */
void ps_list_refresh(PsList *list);
gint64 ps_list_count(const PsList *list);
gint64 ps_list_index(const PsList *list); /* -1: the list is empty */
/* The row of the cursor and its id; NULL when the list is empty. Owned by the list, valid until it
 * refreshes or moves. */
gconstpointer ps_list_row(PsList *list);
const char *ps_list_id(PsList *list);
gboolean ps_list_select(PsList *list, const char *id);
const char *ps_list_filter(const PsList *list); /* "" when none */

/* What an action works on: the marked rows, or the row of the cursor when none is marked. New array
 * of new strings; empty when the list is. */
GPtrArray *ps_list_targets(PsList *list);
guint ps_list_marked(const PsList *list);
gboolean ps_list_is_marked(const PsList *list, const char *id);
void ps_list_unmark(PsList *list);

/* For load(): a part of an array that is in memory whole (rows stay the array's own). */
GPtrArray *ps_list_part(GPtrArray *rows, gint64 first, gint64 limit);

#endif
