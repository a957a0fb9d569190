#include "config.h"

/* The change log: of one record (argument KIND/ID) or of the whole workspace (no argument), newest
 * first. */

#include "ui/pane.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/record-text.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/edit.h"

/* Of the whole workspace; the log of one record is shown whole. */
#define NEWEST 2000

typedef struct {
	PsPane pane;
	PsList *list;
	const PsKind *kind;
	char *record_id; /* NULL: everything */
	char *caption;
	char *filter;
	GPtrArray *entries, *shown; /* Entry; shown lends */
	GHashTable *people;         /* id: name */
	const PsRecord *part;       /* whose log is read beside the record's own; NULL: none */
} HistoryPane;

typedef struct {
	char *id;
	gint64 at;
	char *person, *action, *where, *change;
	char *kind, *record;
} Entry;

enum { COLUMN_AT, COLUMN_PERSON, COLUMN_ACTION, COLUMN_WHERE, COLUMN_CHANGE };

static const PsColumn columns[] = {
	[COLUMN_AT] = {N_("When"), 12, 0, 0, FALSE},
	[COLUMN_PERSON] = {N_("Who"), 10, 1, 2, FALSE},
	[COLUMN_ACTION] = {N_("Action"), 14, 0, 1, FALSE},
	[COLUMN_WHERE] = {N_("Field"), 14, 1, 0, FALSE},
	[COLUMN_CHANGE] = {N_("Change"), 18, 3, 0, FALSE},
};

static void
free_entry(gpointer data)
{
	Entry *entry = data;

	g_free(entry->id);
	g_free(entry->person);
	g_free(entry->action);
	g_free(entry->where);
	g_free(entry->change);
	g_free(entry->kind);
	g_free(entry->record);
	g_free(entry);
}

/* ---- model ---- */

static gint64
count(gpointer user)
{
	return ((HistoryPane *)user)->shown->len;
}

static GPtrArray *
load(gpointer user, gint64 first, gint64 limit)
{
	return ps_list_part(((HistoryPane *)user)->shown, first, limit);
}

static const char *
entry_id(gpointer user, gconstpointer row)
{
	(void)user;
	return ((const Entry *)row)->id;
}

static void
draw_entry(gpointer user, gconstpointer row, PsCells *cells)
{
	const Entry *entry = row;
	g_autofree char *at = ps_utc_brief(entry->at);

	(void)user;
	ps_cell(cells, COLUMN_AT, PS_ROLE_NORMAL, at);
	ps_cell(cells, COLUMN_PERSON, PS_ROLE_NORMAL, entry->person);
	ps_cell(cells, COLUMN_ACTION, PS_ROLE_LABEL, entry->action);
	ps_cell(cells, COLUMN_WHERE, PS_ROLE_NORMAL, entry->where);
	ps_cell(cells, COLUMN_CHANGE, PS_ROLE_NORMAL, entry->change);
}

static gboolean
passes(const Entry *entry, const char *folded)
{
	g_autofree char *text =
		g_strjoin(" ", entry->person, entry->action, entry->where, entry->change, NULL);
	g_autofree char *haystack = g_utf8_casefold(text, -1);

	return strstr(haystack, folded) != NULL;
}

static void
apply_filter(HistoryPane *self)
{
	g_autofree char *folded = g_utf8_casefold(self->filter ? self->filter : "", -1);

	g_ptr_array_set_size(self->shown, 0);
	for (guint i = 0; i < self->entries->len; i++)
		if (passes(g_ptr_array_index(self->entries, i), folded))
			g_ptr_array_add(self->shown, g_ptr_array_index(self->entries, i));
}

static void
filter(gpointer user, const char *text)
{
	HistoryPane *self = user;

	g_free(self->filter);
	self->filter = g_strdup(text);
	apply_filter(self);
}

static const PsListModel model = {count, load, entry_id, draw_entry, filter, NULL};

/* ---- reading ---- */

static const char *
person_name(HistoryPane *self, const char *id)
{
	if (!id)
		return "";
	char *name = g_hash_table_lookup(self->people, id);
	if (!name) {
		name = ps_ref_caption(self->pane.app->store, "person", id);
		g_hash_table_insert(self->people, g_strdup(id), name);
	}
	return name;
}

static char *
value_text(const PsField *field, const char *text)
{
	if (!text)
		return g_strdup("–");
	if (field && field->type == PS_TYPE_LONGTEXT)
		return g_strdup_printf(_("(%ld characters)"), g_utf8_strlen(text, -1));
	return g_strdup(text);
}

static char *
change_text(const PsLogEntry *log, const PsField *field)
{
	if (log->state)
		return g_strdup_printf("(%s)", g_str_equal(log->state, "erased") ? _("erased")
										 : _("sealed"));
	if (!log->field)
		return g_strdup(log->new_text ? _("made") : log->old_text ? _("deleted") : "");
	g_autofree char *before = value_text(field, log->old_text);
	g_autofree char *after = value_text(field, log->new_text);
	return g_strdup_printf("%s → %s", before, after);
}

static char *
where_text(const HistoryPane *self, const PsLogEntry *log, const PsKind *kind, const PsField *field)
{
	const char *label = field ? _(field->label) : log->field;
	const char *kind_label = kind ? _(kind->label) : log->kind;

	if (self->part)
		return g_strdup_printf("%s: %s", ps_record_text(self->part, kind->title_field),
				       kind_label);
	if (self->record_id)
		return g_strdup(label ? label : kind_label);
	return label ? g_strdup_printf("%s: %s", kind_label, label) : g_strdup(kind_label);
}

static gboolean
take_entry(gpointer user, const PsLogEntry *log)
{
	HistoryPane *self = user;
	const PsKind *kind = ps_kind_find(log->kind);
	const PsField *field = kind && log->field ? ps_kind_field(kind, log->field) : NULL;
	Entry *entry = g_new0(Entry, 1);

	entry->id = g_strdup_printf("%" PRId64 "/%s", log->sequence,
				    log->transaction ? log->transaction : "");
	entry->at = log->at;
	entry->person = g_strdup(person_name(self, log->person));
	entry->action = g_strdup(log->action);
	entry->where = where_text(self, log, kind, field);
	entry->change = change_text(log, field);
	entry->kind = g_strdup(log->kind);
	entry->record = g_strdup(log->record);
	g_ptr_array_add(self->entries, entry);
	return TRUE;
}

static int
newest_first(gconstpointer a, gconstpointer b)
{
	const Entry *left = *(Entry *const *)a, *right = *(Entry *const *)b;

	return left->at > right->at ? -1 : left->at < right->at;
}

/* Records that belong to this one, as the reasons of a score. */
static void
read_parts(HistoryPane *self)
{
	const char *kind = self->kind ? ps_edit_part_kind(self->kind->name) : NULL;
	PsStore *store = self->pane.app->store;
	g_autoptr(GPtrArray) parts =
		kind ? ps_store_children(store, kind, self->record_id, NULL) : NULL;

	for (guint i = 0; parts && i < parts->len; i++) {
		self->part = parts->pdata[i];
		ps_store_log(store, ps_record_id(self->part), 0, take_entry, self, NULL);
	}
	self->part = NULL;
	if (parts && parts->len > 0)
		g_ptr_array_sort(self->entries, newest_first);
}

static void
refresh(PsPane *pane)
{
	HistoryPane *self = (HistoryPane *)pane;
	g_autoptr(GError) error = NULL;

	g_ptr_array_set_size(self->shown, 0);
	g_ptr_array_set_size(self->entries, 0);
	if (!ps_store_log(pane->app->store, self->record_id, self->record_id ? 0 : NEWEST,
			  take_entry, self, &error))
		ps_app_error(pane->app, error);
	read_parts(self);
	apply_filter(self);
	ps_list_refresh(self->list);
}

/* ---- pane ---- */

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	HistoryPane *self = (HistoryPane *)pane;

	self->entries = g_ptr_array_new_with_free_func(free_entry);
	self->shown = g_ptr_array_new();
	self->people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	self->list = ps_list_new(columns, G_N_ELEMENTS(columns), &model, self);
	ps_list_set_empty(self->list, N_("Nothing has been changed yet."));
	pane->widget = ps_list_widget(self->list);
	if (argument && !ps_record_address(argument, &self->kind, &self->record_id)) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no record “%s”."),
			    argument);
		return FALSE;
	}
	if (self->record_id)
		self->caption = ps_ref_caption(pane->app->store, self->kind->name, self->record_id);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	HistoryPane *self = (HistoryPane *)pane;

	g_ptr_array_unref(self->shown);
	g_ptr_array_unref(self->entries);
	g_hash_table_unref(self->people);
	g_free(self->record_id);
	g_free(self->caption);
	g_free(self->filter);
}

static char *
subject(PsPane *pane)
{
	HistoryPane *self = (HistoryPane *)pane;

	return g_strdup(self->caption ? self->caption : _("the whole workspace"));
}

static const char *
record(PsPane *pane, const char **kind)
{
	const Entry *entry = ps_list_row(((HistoryPane *)pane)->list);

	if (!entry || !ps_kind_find(entry->kind))
		return NULL;
	*kind = entry->kind;
	return entry->record;
}

static PsChanged
open_record(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	const char *kind = NULL;
	const char *id = record(pane, &kind);
	g_autofree char *address = g_strdup_printf("%s/%s", kind, id);

	(void)argument;
	ps_app_open(app, "record", address, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"history.open", N_("Open the record that was changed"), N_("open"), "Enter",
	 PS_NEEDS_RECORD, PS_ACTION_HINT, NULL, open_record},
};

const PsPaneClass ps_history_pane = {
	.name = "history",
	.title = N_("Changes"),
	.size = sizeof(HistoryPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
