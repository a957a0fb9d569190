#include "config.h"

/* Changing the fields of an advisory. What an action needs of the editor is copied before it asks
 * or writes: the document may be read anew meanwhile. */

#include "ui/panes/advisory-pane.h"

#include <string.h>

#include "advisory/item.h"
#include "base/error.h"
#include "base/i18n.h"
#include "scoring/cwe-list.h"
#include "ui/ask.h"
#include "ui/panes/advisory-ask.h"

/* ---- refusals ---- */

const char *
advisory_refuse_place(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return advisory_refuse_none(app, pane);
	if (self->view == VIEW_TEXT)
		return _("The text is only read here; Tab goes to the fields.");
	return advisory_pane_place(self) || ps_editor_finding(self->editor)
		       ? NULL
		       : _("There is nothing under the cursor.");
}

/* The finding under the cursor, or the first at or below the cursor's place that has a fix. */
static const PsEditorFinding *
finding_to_fix(AdvisoryPane *self)
{
	const PsEditorFindings *all = ps_editor_findings(self->editor);
	const PsEditorNode *place = advisory_pane_place(self);

	if (ps_editor_focus(self->editor) == PS_EDITOR_FINDINGS)
		return ps_editor_finding(self->editor);
	for (guint i = 0; all && place && i < all->findings->len; i++) {
		const PsEditorFinding *finding = all->findings->pdata[i];
		const PsEditorNode *at = ps_editor_model_at_pointer(ps_editor_model(self->editor),
								    finding->pointer, TRUE);
		for (; at && finding->fix_title; at = at->parent)
			if (at == place)
				return finding;
	}
	return NULL;
}

const char *
advisory_refuse_fix(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const char *refusal = advisory_refuse_place(app, pane);

	if (refusal)
		return refusal;
	const PsEditorFinding *finding = finding_to_fix(self);
	if (!finding)
		return _("No finding here has a fix that the program could make.");
	return finding->fix_title
		       ? NULL
		       : _("This finding has no mechanical fix: Enter goes to its place.");
}

/* ---- writing ---- */

typedef struct {
	const char *id, *field, *value, *seen;
	char *const *pairs;
} Change;

static gboolean
write_change(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;

	return change->pairs ? ps_advisory_set(store, change->id, change->pairs, error)
			     : ps_advisory_edit(store, change->id, change->field, change->value,
						change->seen, error);
}

static gboolean
write_reset(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;

	return ps_advisory_reset(store, change->id, change->field, error);
}

static PsChanged
commit(AdvisoryPane *self, PsWriteFunc func, Change *change, GError **error)
{
	g_autofree char *id = g_strdup(ps_advisory_id(self->advisory));

	change->id = id;
	return ps_app_write(self->pane.app, func, change, error) ? PS_CHANGED_DATA
								 : PS_CHANGED_NOTHING;
}

/* "" and NULL remove. */
static PsChanged
store_value(AdvisoryPane *self, const char *field, const cJSON *value, const char *seen,
	    GError **error)
{
	const char *text = cJSON_GetStringValue(value);
	g_autofree char *json = !value || (text && !*text) ? NULL : ps_json_print(value);
	Change change = {.field = field, .value = json, .seen = seen};

	/* Read anew between two questions, it may have been locked. */
	if (!self->advisory)
		return PS_CHANGED_NOTHING;
	return commit(self, write_change, &change, error);
}

/* The name of a weakness follows from its id: both are written. */
static PsChanged
store_weakness(AdvisoryPane *self, const char *field, const cJSON *value, GError **error)
{
	const char *id = cJSON_GetStringValue(value);
	g_autoptr(PsCweList) list = *id ? ps_cwe_list_open(error) : NULL;
	const PsCweItem *item = list ? ps_cwe_list_find(list, id) : NULL;

	if (!item)
		return *id && !list ? PS_CHANGED_NOTHING
				    : store_value(self, field, value, PS_ANY, error);
	g_autofree char *name_field =
		g_strdup_printf("%.*s/name", (int)(strrchr(field, '/') - field), field);
	const char *pairs[] = {field, id, name_field, item->name, NULL};
	Change change = {.pairs = (char *const *)pairs};
	return self->advisory ? commit(self, write_change, &change, error) : PS_CHANGED_NOTHING;
}

/* ---- one value ---- */

static gboolean
is_list(const PsEditorNode *node)
{
	return node && node->node && node->node->type == PS_CSAF_LIST;
}

typedef struct {
	AdvisoryPane *self;
	const char *field;
	const PsCsafNode *node;
	gboolean item;    /* of a list: it has no place any more when it is removed */
	gboolean touched; /* another value is shown than the document has */
} Typing;

static void
value_typed(gpointer user, const char *text)
{
	Typing *typing = user;
	AdvisoryPane *self = typing->self;
	g_autoptr(GError) problem = NULL;
	cJSON *value = advisory_read_value(typing->node, text, &problem);

	ps_editor_set_problem(self->editor, problem ? problem->message : NULL);
	typing->touched = TRUE;
	/* A wrong value is shown and checked too: that is what the findings are for. */
	if (!*text && !typing->item)
		g_clear_pointer(&value, cJSON_Delete);
	else if (!value)
		value = cJSON_CreateString(text);
	advisory_pane_type(self, typing->field, text, value);
	ps_app_redraw(self->pane.app);
}

/* Nothing was accepted: what the document has shows again. */
static void
show_again(const Typing *typing, const char *text)
{
	AdvisoryPane *self = typing->self;
	const cJSON *value =
		self->advisory ? ps_field_at(ps_advisory_document(self->advisory), typing->field)
			       : NULL;

	if (typing->touched)
		advisory_pane_type(self, typing->field, text,
				   value ? cJSON_Duplicate(value, TRUE) : NULL);
}

/* NULL: it can be edited. New string. */
static char *
refuse_edit(PsApp *app, const PsEditorNode *node)
{
	if (!app->writer)
		return g_strdup(_("The workspace is open for reading only."));
	if (node->kept)
		return g_strdup_printf(_("“%s” is kept by the program: it follows from versions "
					 "and publishing."),
				       node->label);
	if (node->origin == PS_ORIGIN_LOST)
		return g_strdup_printf(_("“%s” was edited, but what it belonged to is gone from "
					 "the case; take the edit back."),
				       node->label);
	if (!node->node)
		return g_strdup_printf(_("“%s” is unknown to the standard; it is kept as it is."),
				       node->label);
	return NULL;
}

static PsChanged
edit_field(AdvisoryPane *self, const PsEditorNode *node, GError **error)
{
	g_autofree char *refusal = refuse_edit(self->pane.app, node);

	if (refusal) {
		ps_app_say(self->pane.app, PS_SAY_WARN, "%s", refusal);
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *field = g_strdup(node->field);
	g_autofree char *title = g_strdup(node->label);
	g_autofree char *initial = *node->value ? g_strdup(node->value) : NULL;
	g_autofree char *seen = ps_advisory_seen(self->advisory, field);
	const cJSON *stored = ps_json_at(ps_advisory_document(self->advisory), node->pointer);
	Typing typing = {self, field, node->node, is_list(node->parent), FALSE};
	AdvisoryQuestion question = {.node = node->node,
				     .title = title,
				     .initial = initial,
				     .optional = !node->required,
				     .place = ps_editor_value_place(self->editor),
				     .typed = value_typed,
				     .user = &typing};

	/* What is shown is safe text; what is edited is the text itself. */
	if (*node->pointer && cJSON_IsString(stored)) {
		g_free(initial);
		initial = g_strdup(stored->valuestring);
		question.initial = initial;
	}
	g_autoptr(cJSON) value = advisory_ask_value(self, &question, error);
	ps_editor_set_problem(self->editor, NULL);
	g_autofree char *json = value ? ps_json_print(value) : NULL;
	PsChanged changed = PS_CHANGED_NOTHING;
	/* Nothing is what was there, too. */
	gboolean same = !json || g_str_equal(json, *seen ? seen : "\"\"");
	if (!same)
		changed = question.node->format == PS_CSAF_CWE
				  ? store_weakness(self, field, value, error)
				  : store_value(self, field, value, seen, error);
	if (changed == PS_CHANGED_NOTHING)
		show_again(&typing, initial);
	return changed | PS_CHANGED_VIEW;
}

/* ---- as JSON ---- */

typedef struct {
	const char *id, *field, *seen;
} EditedJson;

static gboolean
store_json(PsApp *app, const char *text, gpointer user, GError **error)
{
	EditedJson *edited = user;
	g_autoptr(cJSON) value = ps_json_parse(text, strlen(text), NULL, error);
	g_autofree char *json = value ? ps_json_print(value) : NULL;
	Change change = {.id = edited->id,
			 .field = edited->field,
			 .value = json,
			 .seen = edited->seen};

	return json &&
	       (g_str_equal(json, edited->seen) || ps_app_write(app, write_change, &change, error));
}

PsChanged
advisory_run_json(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	PsEditorNode *place = advisory_pane_place(self);

	(void)argument;
	if (!place || !place->present) {
		ps_app_say(app, PS_SAY_NOTE, _("There is nothing in the document here."));
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *field = g_strdup(place->field);
	g_autofree char *seen = ps_advisory_seen(self->advisory, field);
	g_autofree char *text = ps_json_print_pretty(
		ps_json_at(ps_advisory_document(self->advisory), place->pointer));
	g_autofree char *id = g_strdup(ps_advisory_id(self->advisory));
	EditedJson edited = {id, field, seen};
	return ps_app_edit(app, ".json", text, store_json, &edited, error) ? PS_CHANGED_DATA
									   : PS_CHANGED_NOTHING;
}

/* ---- to where it is mended ---- */

/* The pane of the case that fills it, or its field, where the next Enter edits. */
static PsChanged
go_to_finding(AdvisoryPane *self, GError **error)
{
	const PsEditorFinding *finding = ps_editor_finding(self->editor);

	if (finding->record)
		ps_app_open(self->pane.app, "record", finding->record, error);
	else if (finding->place && !g_str_equal(finding->place, self->pane.class->name))
		ps_app_open(self->pane.app, finding->place, self->case_id, error);
	else
		ps_editor_jump(self->editor, finding->pointer);
	return PS_CHANGED_VIEW;
}

PsChanged
advisory_run_edit(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	PsEditorNode *place = advisory_pane_place(self);

	(void)argument;
	if (self->view == VIEW_TEXT) {
		advisory_pane_show(self, VIEW_EDIT);
		return PS_CHANGED_VIEW;
	}
	const char *refusal = advisory_refuse_place(app, pane);
	if (refusal) {
		ps_app_say(app, PS_SAY_NOTE, "%s", refusal);
		return PS_CHANGED_NOTHING;
	}
	if (ps_editor_focus(self->editor) == PS_EDITOR_FINDINGS)
		return go_to_finding(self, error);
	if (ps_editor_focus(self->editor) == PS_EDITOR_FIELDS && !place->container)
		return edit_field(self, place, error);
	if (ps_editor_focus(self->editor) == PS_EDITOR_FIELDS) {
		ps_editor_enter(self->editor, place);
		return PS_CHANGED_VIEW;
	}
	/* A node that only holds others opens; else its fields come next. */
	if (place->fields->len == 0 && place->children->len > 0)
		ps_widget_move(pane->widget, PS_MOVE_TOGGLE);
	else
		ps_editor_set_focus(self->editor, PS_EDITOR_FIELDS);
	return PS_CHANGED_VIEW;
}

/* ---- adding ---- */

#define ANOTHER "-"

/* The object or list that something is added to: of the focus, or what holds it. */
static PsEditorNode *
container_of(AdvisoryPane *self)
{
	PsEditorNode *place = advisory_pane_place(self);

	return place && !place->container ? place->parent : place;
}

/* Which member of an object: those that the standard knows and that are not there yet; of an item
 * also another one like it. NULL: none; ANOTHER for the latter. */
static char *
ask_member(AdvisoryPane *self, const PsEditorNode *object)
{
	g_autoptr(GPtrArray) members = ps_editor_model_addable(object);
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));
	g_autofree char *title = g_strdup_printf(_("Add to “%s”"), object->label);
	g_autofree char *another = NULL;

	for (guint i = 0; i < members->len; i++) {
		const PsCsafNode *member = members->pdata[i];
		PsOption option = {member->name, _(member->label), _(member->help), NULL};
		g_array_append_val(options, option);
	}
	if (is_list(object->parent)) {
		another = g_strdup_printf(_("Another %s"), _(object->node->label));
		PsOption option = {ANOTHER, another, _("A new item behind this one."), NULL};
		g_array_append_val(options, option);
	}
	PsAskChoice ask = {
		.title = title,
		.options = (const PsOption *)(void *)options->data,
		.n_options = options->len,
	};
	if (options->len > 0)
		return ps_ask_choice(self->pane.app, &ask);
	ps_app_say(self->pane.app, PS_SAY_NOTE,
		   _("Every member that the standard knows is there."));
	return NULL;
}

static PsChanged
add_value(AdvisoryPane *self, const char *holder, const char *step, const PsCsafNode *node,
	  GError **error)
{
	g_autofree char *field = g_strconcat(holder, "/", step, (char *)NULL);
	g_autofree char *pointer = ps_advisory_pointer_of(self->advisory, holder);
	g_autoptr(cJSON) taken =
		pointer ? cJSON_Duplicate(ps_json_at(ps_advisory_document(self->advisory), pointer),
					  TRUE)
			: NULL;
	AdvisoryQuestion question = {.node = node, .title = _(node->label), .taken = taken};
	g_autoptr(cJSON) value = advisory_ask_value(self, &question, error);

	if (!value)
		return PS_CHANGED_NOTHING;
	/* The new item is shown when it is there; its key is not known before. */
	g_free(self->added);
	self->added = g_strdup(g_str_equal(step, ANOTHER) ? holder : field);
	return store_value(self, field, value, PS_ANY, error);
}

PsChanged
advisory_run_add(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsEditorNode *node = container_of(self);

	if (!node || !node->node) {
		ps_app_say(app, PS_SAY_WARN,
			   _("Nothing can be added here: the standard does not "
			     "know this place."));
		return PS_CHANGED_NOTHING;
	}
	g_autofree char *field = g_strdup(node->field);
	const PsCsafNode *of = node->node;
	if (of->type == PS_CSAF_LIST)
		return add_value(self, field, ANOTHER, &of->members[0], error);
	g_autofree char *above = node->parent ? g_strdup(node->parent->field) : NULL;
	g_autofree char *name = argument ? g_strdup(argument) : ask_member(self, node);
	if (!name)
		return PS_CHANGED_NOTHING;
	if (g_str_equal(name, ANOTHER) && above)
		return add_value(self, above, ANOTHER, of, error);
	const PsCsafNode *member = ps_csaf_member(of, name);
	if (member)
		return add_value(self, field, name, member, error);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("The standard knows no member “%s” here."),
		    name);
	return PS_CHANGED_NOTHING;
}

/* ---- removing and taking back ---- */

/* The place under the cursor of tree or fields; NULL, and said why, where there is none. */
static char *
field_of_place(AdvisoryPane *self, char **label)
{
	const PsEditorNode *place = advisory_pane_place(self);

	if (!place || ps_editor_focus(self->editor) == PS_EDITOR_FINDINGS) {
		ps_app_say(self->pane.app, PS_SAY_WARN,
			   _("Go to the place first: Enter on a finding does."));
		return NULL;
	}
	*label = g_strdup(place->label);
	return g_strdup(place->field);
}

PsChanged
advisory_run_remove(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsEditorNode *place = advisory_pane_place(self);
	g_autofree char *label = NULL;
	g_autofree char *field = field_of_place(self, &label);

	(void)argument;
	if (!field)
		return PS_CHANGED_NOTHING;
	if (!place->present) {
		ps_app_say(app, PS_SAY_NOTE, _("“%s” is not in the document."), label);
		return PS_CHANGED_NOTHING;
	}
	if (store_value(self, field, NULL, PS_ANY, error) == PS_CHANGED_NOTHING)
		return PS_CHANGED_NOTHING;
	g_autofree char *key = ps_app_key_of(app, "edit.undo");
	ps_app_say(app, PS_SAY_NOTE, _("“%s” is removed from the advisory; %s brings it back."),
		   label, key);
	return PS_CHANGED_DATA;
}

PsChanged
advisory_run_reset(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	g_autofree char *label = NULL;
	g_autofree char *field = field_of_place(self, &label);
	Change change = {.field = field};

	(void)argument;
	if (!field || commit(self, write_reset, &change, error) == PS_CHANGED_NOTHING)
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_NOTE, _("“%s” is again what the case gives."), label);
	return PS_CHANGED_DATA;
}

/* ---- fixes ---- */

PsChanged
advisory_run_fix(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsEditorFinding *finding = finding_to_fix(self);
	g_autofree char *title = g_strdup(finding->fix_title);
	g_auto(GStrv) pairs = g_strdupv(finding->fix_pairs);
	Change change = {.pairs = pairs};

	(void)argument;
	if (finding->fix_is_choice) {
		g_autofree char *question =
			g_strdup_printf(_("%s: other repairs would be right too. Do it?"), title);
		if (!ps_ask_yes(app, question))
			return PS_CHANGED_NOTHING;
	}
	if (!self->advisory || commit(self, write_change, &change, error) == PS_CHANGED_NOTHING)
		return PS_CHANGED_NOTHING;
	g_autofree char *key = ps_app_key_of(app, "edit.undo");
	ps_app_say(app, PS_SAY_GOOD, _("Done: %s. %s takes it back."), title, key);
	return PS_CHANGED_DATA;
}
