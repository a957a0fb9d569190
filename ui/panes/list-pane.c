#include "config.h"

/* The records of one kind, whichever it is. Argument: the kind's name, and after a blank a filter
 * "FIELD=VALUE". */

#include "ui/ask.h"
#include "ui/pane.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/record-text.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/edit.h"
#include "base/safe-text.h"

/* Number, title and so many further fields. */
#define MORE_FIELDS 4
#define NUMBER_CELLS 15
#define LABEL_CELLS 18

typedef struct {
	PsPane pane;
	PsList *list;
	const PsKind *kind;
	char *filters[3];
	char *words;
	PsColumn columns[2 + MORE_FIELDS];
	const PsField *fields[2 + MORE_FIELDS]; /* NULL: the number */
	int n_columns;
} ListPane;

/* A row as it is shown. */
typedef struct {
	char *id;
	char *texts[2 + MORE_FIELDS];
} Row;

static void
free_row(gpointer data)
{
	Row *row = data;

	for (int i = 0; i < 2 + MORE_FIELDS; i++)
		g_free(row->texts[i]);
	g_free(row->id);
	g_free(row);
}

static PsQuery
query(ListPane *self)
{
	return (PsQuery){.kind = self->kind->name,
			 .words = self->words && *self->words ? self->words : NULL,
			 .filters = self->filters[0] ? (const char *const *)self->filters : NULL};
}

/* ---- model ---- */

static gint64
count(gpointer user)
{
	ListPane *self = user;
	PsQuery q = query(self);

	return ps_store_count(self->pane.app->store, &q, NULL);
}

static Row *
make_row(ListPane *self, const PsRecord *record)
{
	Row *row = g_new0(Row, 1);

	row->id = g_strdup(ps_record_id(record));
	for (int i = 0; i < self->n_columns; i++)
		row->texts[i] = self->fields[i] ? ps_field_brief(self->pane.app->store, record,
								 self->fields[i])
						: g_strdup(ps_record_number(record));
	return row;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	ListPane *self = user;
	PsQuery q = query(self);
	g_autoptr(GError) error = NULL;

	q.offset = first;
	q.limit = limit;
	g_autoptr(GPtrArray) records = ps_store_list(self->pane.app->store, &q, &error);
	if (!records) {
		ps_app_error(self->pane.app, error);
		return NULL;
	}
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
	for (guint i = 0; i < records->len; i++)
		g_ptr_array_add(rows, make_row(self, g_ptr_array_index(records, i)));
	return rows;
}

static const char *
row_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const Row *)row)->id;
}

static PsStyle
style_of(const PsField *field, const char *text)
{
	return field && g_str_equal(field->name, "severity") ? ps_role_of_severity(text)
							     : PS_ROLE_NORMAL;
}

static void
draw_row(gpointer user, gconstpointer data, PsCells *cells)
{
	ListPane *self = user;
	const Row *row = data;

	for (int i = 0; i < self->n_columns; i++)
		ps_cell(cells, i, style_of(self->fields[i], row->texts[i]), row->texts[i]);
}

static void
filter(gpointer user, const char *text)
{
	ListPane *self = user;

	g_free(self->words);
	self->words = g_strdup(text);
}

static const PsListModel model = {count, load, row_id, draw_row, filter, NULL};

/* ---- columns from the kind ---- */

static void
add_column(ListPane *self, const PsField *field, const char *label, int width, int weight, int drop)
{
	self->columns[self->n_columns] = (PsColumn){label, width, weight, drop, FALSE};
	self->fields[self->n_columns++] = field;
}

static gboolean
is_telling(const PsField *field)
{
	return field->type == PS_TYPE_CHOICE || field->type == PS_TYPE_TIME ||
	       field->type == PS_TYPE_DATE || field->type == PS_TYPE_REF ||
	       (field->type == PS_TYPE_TEXT && field->flags & PS_FIELD_REQUIRED);
}

#define CHOICE_CELLS 24

/* A choice fits, unless it is very long. */
static int
cells_of(const PsField *field)
{
	int cells = MAX(MIN(ps_text_cells(_(field->label)), LABEL_CELLS), 12);

	for (const char *const *choice = field->choices; choice && *choice; choice++)
		cells = MAX(cells, MIN(ps_text_cells(*choice), CHOICE_CELLS));
	return cells;
}

static void
choose_columns(ListPane *self)
{
	const PsKind *kind = self->kind;
	const PsField *title = ps_kind_field(kind, kind->title_field);
	int more = 0;

	if (kind->number_prefix)
		add_column(self, NULL, N_("Number"), NUMBER_CELLS, 0, 0);
	add_column(self, title, title->label, 20, 3, 0);
	for (gsize i = 0; i < kind->n_fields && more < MORE_FIELDS; i++) {
		const PsField *field = &kind->fields[i];
		if (!is_telling(field) || field == title)
			continue;
		gboolean wide = field->type == PS_TYPE_REF || field->type == PS_TYPE_TEXT;
		add_column(self, field, field->label, cells_of(field), wide ? 1 : 0, 1 + more++);
	}
}

/* ---- pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	ListPane *self = (ListPane *)pane;
	g_auto(GStrv) words = g_strsplit(argument ? argument : "", " ", 2);

	self->kind = words[0] ? ps_kind_find(words[0]) : NULL;
	if (!self->kind || !pane->app->store) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("There is no kind of record “%s”."), words[0] ? words[0] : "");
		return FALSE;
	}
	const char *equals = words[1] ? strchr(words[1], '=') : NULL;
	if (equals) {
		self->filters[0] = g_strndup(words[1], (gsize)(equals - words[1]));
		self->filters[1] = g_strdup(equals + 1);
	}
	choose_columns(self);
	self->list = ps_list_new(self->columns, self->n_columns, &model, self);
	ps_list_set_empty(self->list, N_("None yet. n makes one."));
	pane->widget = ps_list_widget(self->list);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	ListPane *self = (ListPane *)pane;

	g_free(self->words);
	g_free(self->filters[0]);
	g_free(self->filters[1]);
}

static void
refresh(PsPane *pane)
{
	ps_list_refresh(((ListPane *)pane)->list);
}

static char *
heading(PsPane *pane)
{
	return g_strdup(_(((ListPane *)pane)->kind->plural));
}

static const char *
record(PsPane *pane, const char **kind)
{
	ListPane *self = (ListPane *)pane;

	*kind = self->kind->name;
	return ps_list_id(self->list);
}

/* ---- actions ---- */

static PsChanged
open_record(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ListPane *self = (ListPane *)pane;
	g_autofree char *address =
		g_strdup_printf("%s/%s", self->kind->name, ps_list_id(self->list));

	(void)argument;
	ps_app_open(app, "record", address, error);
	return PS_CHANGED_VIEW;
}

static gboolean
check_value(gpointer user, const char *text, GError **error)
{
	g_autofree char *stored = ps_field_to_stored(user, text, error);

	return stored != NULL;
}

static char *
ask_choice_value(PsApp *app, const PsField *field)
{
	g_autoptr(GArray) options = g_array_new(FALSE, FALSE, sizeof(PsOption));
	g_autoptr(GPtrArray) captions = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) records = NULL;

	for (int i = 0; field->choices && field->choices[i]; i++) {
		PsOption option = {field->choices[i], NULL, NULL, NULL};
		g_array_append_val(options, option);
	}
	if (field->type == PS_TYPE_REF)
		records = ps_store_list(app->store, &(PsQuery){.kind = field->refers_to}, NULL);
	for (guint i = 0; records && i < records->len; i++) {
		const PsRecord *referred = g_ptr_array_index(records, i);
		char *caption = ps_record_caption(app->store, referred);
		PsOption option = {ps_record_id(referred), caption, NULL, NULL};
		g_ptr_array_add(captions, caption);
		g_array_append_val(options, option);
	}
	PsAskChoice ask = {.title = _(field->label),
			   .options = (const PsOption *)options->data,
			   .n_options = options->len};
	return ps_ask_choice(app, &ask);
}

static char *
ask_value(PsApp *app, const PsField *field)
{
	if (field->type == PS_TYPE_CHOICE || field->type == PS_TYPE_REF)
		return ask_choice_value(app, field);
	PsAskLine ask = {.label = _(field->label),
			 .initial = field->type == PS_TYPE_TIME ? "now" : NULL,
			 .time = field->type == PS_TYPE_TIME,
			 .check = check_value,
			 .user = (gpointer)field};
	return ps_ask_line(app, &ask);
}

/* Field and value of each required field; NULL: the person stopped. */
static GPtrArray *
ask_required(PsApp *app, ListPane *self)
{
	GPtrArray *pairs = g_ptr_array_new_with_free_func(g_free);

	for (gsize i = 0; i < self->kind->n_fields; i++) {
		const PsField *field = &self->kind->fields[i];
		if (!(field->flags & PS_FIELD_REQUIRED))
			continue;
		char *value = g_strcmp0(self->filters[0], field->name) == 0
				      ? g_strdup(self->filters[1])
				      : ask_value(app, field);
		if (!value) {
			g_ptr_array_unref(pairs);
			return NULL;
		}
		g_ptr_array_add(pairs, g_strdup(field->name));
		g_ptr_array_add(pairs, value);
	}
	g_ptr_array_add(pairs, NULL);
	return pairs;
}

/* Asks for the required fields only; the others are filled in the record's form. */
static PsChanged
new_record(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ListPane *self = (ListPane *)pane;
	g_autoptr(GPtrArray) pairs = ask_required(app, self);

	(void)argument;
	if (!pairs)
		return PS_CHANGED_NOTHING;
	g_autofree char *id = ps_app_create(app, "record.new", self->kind->name,
					    (const char *const *)pairs->pdata, error);
	if (!id)
		return PS_CHANGED_NOTHING;
	g_autofree char *address = g_strdup_printf("%s/%s", self->kind->name, id);
	ps_app_open(app, "record", address, error);
	return PS_CHANGED_DATA;
}

typedef struct {
	const char *kind;
	GPtrArray *ids;
} Deletion;

static gboolean
write_deletion(PsStore *store, gpointer data, GError **error)
{
	const Deletion *deletion = data;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "record.delete", error);

	if (!txn)
		return FALSE;
	for (guint i = 0; i < deletion->ids->len; i++)
		if (!ps_edit_delete(txn, deletion->kind, g_ptr_array_index(deletion->ids, i),
				    error))
			return FALSE;
	return ps_txn_commit(txn, error);
}

static PsChanged
delete_records(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	ListPane *self = (ListPane *)pane;
	g_autoptr(GPtrArray) ids = ps_list_targets(self->list);
	Deletion deletion = {self->kind->name, ids};

	(void)argument;
	if (!ps_app_write(app, write_deletion, &deletion, error))
		return PS_CHANGED_NOTHING;
	ps_list_unmark(self->list);
	g_autofree char *key = ps_app_key_of(app, "edit.undo");
	ps_app_say(app, PS_SAY_GOOD,
		   ngettext("%u record deleted; %s takes it back.",
			    "%u records deleted; %s takes them back.", ids->len),
		   ids->len, key);
	return PS_CHANGED_DATA;
}

static const PsAction actions[] = {
	{"list.open", N_("Open the record"), N_("open"), "Enter", PS_NEEDS_ROW, PS_ACTION_HINT,
	 NULL, open_record},
	{"record.new", N_("Make a new record"), N_("new"), "n", PS_NEEDS_WRITABLE, PS_ACTION_HINT,
	 NULL, new_record},
	{"record.delete", N_("Delete the records"), N_("delete"), "D",
	 PS_NEEDS_WRITABLE | PS_NEEDS_ROW, PS_ACTION_HINT, NULL, delete_records},
};

const PsPaneClass ps_list_pane = {
	.name = "list",
	.title = N_("List"),
	.size = sizeof(ListPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.heading = heading,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
