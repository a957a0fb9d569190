#ifndef PS_UI_PANES_INBOX_LIST_H
#define PS_UI_PANES_INBOX_LIST_H

/* The inbox as a widget: a list of threads in which Right opens a thread and Left closes it, with
 * chips for its filter and its search, both of which Escape takes away. */

#include "ui/list.h"
#include "ui/panes/inbox-rows.h"

typedef struct PsInboxList PsInboxList;

PsInboxList *ps_inbox_list_new(PsStore *store);
PsWidget *ps_inbox_list_widget(PsInboxList *inbox); /* frees it */
PsInboxRows *ps_inbox_list_rows(PsInboxList *inbox);
PsList *ps_inbox_list_list(PsInboxList *inbox);

void ps_inbox_list_refresh(PsInboxList *inbox);
void ps_inbox_list_set_empty(PsInboxList *inbox, const char *sentence);
void ps_inbox_list_set_filter(PsInboxList *inbox, PsInboxFilter filter);
/* Shows what a search found; `query` is its chip. */
void ps_inbox_list_set_found(PsInboxList *inbox, const char *query, GPtrArray *found);

/* The line under the cursor; NULL: none. Lent until the list moves or refreshes. */
const PsInboxRow *ps_inbox_list_row(PsInboxList *inbox);

#endif
