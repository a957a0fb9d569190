#include "config.h"

/* Every field of one record, as a form. Argument: KIND/ID. An edit carries what it saw; when
 * somebody else changed the field meanwhile, both values are shown and the person decides. */

#include "ui/ask.h"
#include "ui/form.h"
#include "ui/pane.h"
#include "ui/panes/cwe-picker.h"
#include "ui/panes/pane-table.h"
#include "ui/panes/record-text.h"

#include "base/i18n.h"
#include "base/utc.h"

typedef struct {
	PsPane pane;
	PsForm *form;
	const PsKind *kind;
	char *id;
	char *caption;
} RecordPane;

/* ---- what the form asks ---- */

static gboolean
check(gpointer user, const char *id, const char *value, GError **error)
{
	RecordPane *self = user;
	const PsField *field = ps_kind_field(self->kind, id);

	if (!*value) {
		if (!(field->flags & PS_FIELD_REQUIRED))
			return TRUE;
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("“%s” must not be empty."),
			    _(field->label));
		return FALSE;
	}
	g_autofree char *stored = ps_field_to_stored(field, value, error);
	return stored != NULL;
}

static gboolean
settle_conflict(RecordPane *self, const char *field, const char *value, const GError *conflict,
		GError **error)
{
	g_autofree char *question =
		g_strdup_printf(_("%s o: overwrite it with mine."), conflict->message);

	if (ps_ask_key(self->pane.app, question, "o") != 0) {
		g_set_error_literal(
			error, PS_ERROR, PS_ERROR_CANCELLED,
			_("Nothing was changed; the value of the other edit is shown."));
		return FALSE;
	}
	return ps_app_set_seen(self->pane.app, "record.set", self->kind->name, self->id, field,
			       value, PS_ANY, error);
}

static gboolean
commit(gpointer user, const char *id, const char *value, GError **error)
{
	RecordPane *self = user;
	g_autoptr(GError) problem = NULL;
	gboolean done = ps_app_set_seen(self->pane.app, "record.set", self->kind->name, self->id,
					id, value, ps_form_get(self->form, id), &problem);

	if (g_error_matches(problem, PS_ERROR, PS_ERROR_CONFLICT))
		return settle_conflict(self, id, value, problem, error);
	if (problem)
		g_propagate_error(error, g_steal_pointer(&problem));
	return done;
}

static GPtrArray *
options(gpointer user, const char *id)
{
	RecordPane *self = user;
	PsStore *store = self->pane.app->store;
	const PsField *field = ps_kind_field(self->kind, id);
	GPtrArray *array = g_ptr_array_new_with_free_func((GDestroyNotify)ps_form_option_free);

	if (field->type == PS_TYPE_BOOLEAN) {
		g_ptr_array_add(array, ps_form_option_new("yes", _("yes"), NULL));
		g_ptr_array_add(array, ps_form_option_new("no", _("no"), NULL));
		return array;
	}
	g_autoptr(GPtrArray) records =
		ps_store_list(store, &(PsQuery){.kind = field->refers_to}, NULL);
	for (guint i = 0; records && i < records->len; i++) {
		const PsRecord *record = g_ptr_array_index(records, i);
		g_autofree char *caption = ps_record_caption(store, record);
		g_ptr_array_add(array, ps_form_option_new(ps_record_id(record), caption, NULL));
	}
	return array;
}

/* The one field that has a picker of its own. */
static gboolean
is_weakness(const PsKind *kind, const PsField *field)
{
	return g_str_equal(kind->name, "vulnerability") && g_str_equal(field->name, "cwe");
}

static char *
pick(gpointer user, PsApp *app, const char *id, const char *value)
{
	(void)user;
	(void)id;
	return ps_ask_cwe(app, value, TRUE);
}

static const PsFormModel model = {commit, check, options, pick};

/* ---- pane ---- */

static PsFormType
form_type(const PsKind *kind, const PsField *field)
{
	if (is_weakness(kind, field))
		return PS_FORM_PICK;
	if (field->flags & PS_FIELD_FIXED)
		return PS_FORM_FIXED;
	switch (field->type) {
	case PS_TYPE_TIME:
		return PS_FORM_TIME;
	case PS_TYPE_LONGTEXT:
		return PS_FORM_LONGTEXT;
	case PS_TYPE_CHOICE:
	case PS_TYPE_BOOLEAN:
	case PS_TYPE_REF:
		return PS_FORM_CHOICE;
	default:
		return PS_FORM_TEXT;
	}
}

static void
add_fields(RecordPane *self)
{
	for (gsize i = 0; i < self->kind->n_fields; i++) {
		const PsField *field = &self->kind->fields[i];
		PsFormField form_field = {.id = field->name,
					  .label = _(field->label),
					  .type = form_type(self->kind, field),
					  .required = (field->flags & PS_FIELD_REQUIRED) != 0,
					  .choices = field->choices,
					  .help = field->help ? _(field->help) : NULL};
		ps_form_add(self->form, &form_field, NULL);
	}
}

static gboolean
open_pane(PsPane *pane, const char *argument, GError **error)
{
	RecordPane *self = (RecordPane *)pane;

	if (!pane->app->store || !ps_record_address(argument, &self->kind, &self->id)) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND, _("There is no record “%s”."),
			    argument ? argument : "");
		return FALSE;
	}
	g_autofree char *resolved =
		ps_store_resolve(pane->app->store, self->kind->name, self->id, error);
	if (!resolved)
		return FALSE;
	g_free(self->id);
	self->id = g_steal_pointer(&resolved);
	self->form = ps_form_new(&model, self);
	pane->widget = ps_form_widget(self->form);
	add_fields(self);
	return TRUE;
}

static void
close_pane(PsPane *pane)
{
	RecordPane *self = (RecordPane *)pane;

	g_free(self->id);
	g_free(self->caption);
}

static void
show_field(RecordPane *self, const PsRecord *record, const PsField *field)
{
	const char *text = ps_record_text(record, field->name);
	gboolean sealed = ps_record_is_sealed(record, field->name);
	g_autofree char *shown = NULL;

	if (text && field->type == PS_TYPE_REF)
		shown = ps_ref_caption(self->pane.app->store, field->refers_to, text);
	if (text && field->type == PS_TYPE_TIME)
		shown = ps_utc_short(ps_record_time(record, field->name));
	ps_form_set(self->form, field->name, text, shown);
	ps_form_set_placeholder(self->form, field->name,
				sealed ? _("(sealed; unlock to read it)") : NULL);
}

static void
refresh(PsPane *pane)
{
	RecordPane *self = (RecordPane *)pane;
	g_autoptr(GError) error = NULL;
	g_autoptr(PsRecord) record =
		ps_store_get(pane->app->store, self->kind->name, self->id, &error);

	if (!record) {
		ps_app_error(pane->app, error);
		return;
	}
	g_free(self->caption);
	self->caption = ps_record_caption(pane->app->store, record);
	for (gsize i = 0; i < self->kind->n_fields; i++)
		show_field(self, record, &self->kind->fields[i]);
}

static char *
subject(PsPane *pane)
{
	RecordPane *self = (RecordPane *)pane;

	return g_strdup_printf("%s %s", _(self->kind->label), self->caption ? self->caption : "");
}

static const char *
record(PsPane *pane, const char **kind)
{
	RecordPane *self = (RecordPane *)pane;

	*kind = self->kind->name;
	return self->id;
}

/* ---- actions ---- */

static PsChanged
edit_field(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	(void)argument;
	ps_form_edit(((RecordPane *)pane)->form, app, error);
	/* Also after a conflict: the other value is shown. */
	return PS_CHANGED_DATA;
}

static PsChanged
clear_field(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	RecordPane *self = (RecordPane *)pane;
	const char *id = ps_form_field(self->form);

	(void)app;
	(void)argument;
	if (check(self, id, "", error))
		commit(self, id, "", error);
	return PS_CHANGED_DATA;
}

static PsChanged
follow_reference(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	RecordPane *self = (RecordPane *)pane;
	const PsField *field = ps_kind_field(self->kind, ps_form_field(self->form));
	const char *id = ps_form_get(self->form, field->name);

	(void)argument;
	if (field->type != PS_TYPE_REF || !*id) {
		ps_app_say(app, PS_SAY_NOTE, _("“%s” refers to no record."), _(field->label));
		return PS_CHANGED_VIEW;
	}
	g_autofree char *address = g_strdup_printf("%s/%s", field->refers_to, id);
	ps_app_open(app, "record", address, error);
	return PS_CHANGED_VIEW;
}

static const PsAction actions[] = {
	{"record.edit", N_("Edit the field"), N_("edit"), "Enter e", PS_NEEDS_WRITABLE,
	 PS_ACTION_HINT, NULL, edit_field},
	{"record.clear", N_("Empty the field"), N_("empty"), "x", PS_NEEDS_WRITABLE, PS_ACTION_HINT,
	 NULL, clear_field},
	{"record.follow", N_("Open the record that the field refers to"), N_("follow"), "o", 0,
	 PS_ACTION_HINT, NULL, follow_reference},
};

const PsPaneClass ps_record_pane = {
	.name = "record",
	.title = N_("Fields"),
	.size = sizeof(RecordPane),
	.open = open_pane,
	.close = close_pane,
	.refresh = refresh,
	.subject = subject,
	.record = record,
	.actions = actions,
	.n_actions = G_N_ELEMENTS(actions),
};
