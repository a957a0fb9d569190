#include "config.h"

#include "ui/panes/records-pane.h"

static gint64
count(gpointer user)
{
	PsRecordsPane *self = user;
	PsStore *store = self->pane.app->store;

	return store ? ps_store_count(store, &self->query, NULL) : 0;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	PsRecordsPane *self = user;
	PsQuery query = self->query;

	query.offset = first;
	query.limit = limit;
	return ps_store_list(self->pane.app->store, &query, NULL);
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ps_record_id(row);
}

static void
filter(gpointer user, const char *text)
{
	PsRecordsPane *self = user;

	g_free(self->words);
	self->words = *text ? g_strdup(text) : NULL;
	self->query.words = self->words;
}

void
ps_records_pane_open(PsRecordsPane *self, const PsQuery *query, const PsColumn *columns,
		     int n_columns, void (*draw)(gpointer user, gconstpointer row, PsCells *cells),
		     const char *empty)
{
	self->query = *query;
	self->model = (PsListModel){count, load, row_id, draw, filter, NULL};
	self->list = ps_list_new(columns, n_columns, &self->model, self);
	ps_list_set_empty(self->list, empty);
	self->pane.widget = ps_list_widget(self->list);
}

void
ps_records_pane_close(PsPane *pane)
{
	g_free(((PsRecordsPane *)pane)->words);
}

void
ps_records_pane_refresh(PsPane *pane)
{
	ps_list_refresh(((PsRecordsPane *)pane)->list);
}

const char *
ps_records_pane_record(PsPane *pane, const char **kind)
{
	*kind = ((PsRecordsPane *)pane)->query.kind;
	return ps_records_pane_id(pane);
}

const PsRecord *
ps_records_pane_row(PsPane *pane)
{
	return ps_list_row(((PsRecordsPane *)pane)->list);
}

const char *
ps_records_pane_id(PsPane *pane)
{
	return ps_list_id(((PsRecordsPane *)pane)->list);
}
