#ifndef PS_UI_PANES_RECORDS_PANE_H
#define PS_UI_PANES_RECORDS_PANE_H

/* What panes that are one list of the records of a kind have in common: counting, reading by
 * windows, the filter, the selected record. Such a pane's struct begins with a PsRecordsPane, so
 * that these functions stand in its class as they are. */

#include "store/store.h"
#include "ui/list.h"
#include "ui/pane.h"

typedef struct {
	PsPane pane;
	PsList *list;
	PsQuery query; /* kind, filters and order are lent; words are those of the filter */
	char *words;
	PsListModel model;
} PsRecordsPane;

/* Makes the list. `query` says kind, filters, order; everything is lent and must live as long as
 * the pane. `draw` gets the pane as its `user` and a PsRecord as the row. */
void ps_records_pane_open(PsRecordsPane *self, const PsQuery *query, const PsColumn *columns,
			  int n_columns,
			  void (*draw)(gpointer user, gconstpointer row, PsCells *cells),
			  const char *empty);
/* For the pane's class. */
void ps_records_pane_close(PsPane *pane);
void ps_records_pane_refresh(PsPane *pane);
const char *ps_records_pane_record(PsPane *pane, const char **kind);

/* The selected record and its id; as ps_list_row() and ps_list_id(). */
const PsRecord *ps_records_pane_row(PsPane *pane);
const char *ps_records_pane_id(PsPane *pane);

#endif
