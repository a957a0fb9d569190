#include "config.h"

/* Editing fields of an advisory. Only what the standard allows can be chosen: choices come from the
 * table of the document, texts are checked by it while they are typed. */

#include "ui/panes/advisory-pane.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/ask.h"

const char *
advisory_refuse_field(PsApp *app, PsPane *pane)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;

	if (!self->advisory)
		return advisory_refuse_none(app, pane);
	return advisory_pane_field(self)
		       ? NULL
		       : _("Fields are edited in the tree of fields: press f, then choose one.");
}

const char *
advisory_refuse_place(PsApp *app, PsPane *pane)
{
	return advisory_pane_finding((AdvisoryPane *)pane) ? NULL
							   : advisory_refuse_field(app, pane);
}

typedef struct {
	const char *id, *field;
	char *value; /* NULL: remove */
} Change;

static gboolean
write_change(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;
	char *pairs[] = {(char *)change->field, change->value ? change->value : (char *)"", NULL};

	return ps_advisory_set(store, change->id, pairs, error);
}

static gboolean
store_value(AdvisoryPane *self, const char *field, const char *value, GError **error)
{
	Change change = {ps_advisory_id(self->advisory), field, (char *)value};

	return ps_app_write(self->pane.app, write_change, &change, error);
}

/* ---- one value ---- */

static gboolean
check_text(gpointer user, const char *text, GError **error)
{
	const PsCsafNode *node = user;
	g_autofree char *sentence = node && *text ? ps_csaf_check_text(node, text) : NULL;

	if (sentence)
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, sentence);
	return sentence == NULL;
}

static char *
ask_choice(PsApp *app, const PsCsafNode *node, const char *title, const char *initial)
{
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));

	for (const char *const *choice = node->choices; *choice; choice++) {
		PsOption option = {.value = *choice};
		g_array_append_val(options, option);
	}
	PsAskChoice ask = {
		.title = title,
		.options = (const PsOption *)(void *)options->data,
		.n_options = options->len,
		.initial = initial,
	};
	return ps_ask_choice(app, &ask);
}

typedef struct {
	AdvisoryPane *self;
	const char *field;
} Edited;

static gboolean
store_edited(PsApp *app, const char *text, gpointer user, GError **error)
{
	Edited *edited = user;
	g_autofree char *value = g_strdup(text);

	(void)app;
	g_strchomp(value);
	return store_value(edited->self, edited->field, value, error);
}

static PsChanged
edit_in_editor(AdvisoryPane *self, const char *field, const char *suffix, const char *initial,
	       GError **error)
{
	Edited edited = {self, field};

	return ps_app_edit(self->pane.app, suffix, initial, store_edited, &edited, error)
		       ? PS_CHANGED_DATA
		       : PS_CHANGED_NOTHING;
}

static PsChanged
edit_value(AdvisoryPane *self, const char *field, const PsCsafNode *node, const char *label,
	   const char *initial, GError **error)
{
	g_autofree char *value = NULL;

	if (node && (node->flags & PS_CSAF_LONG))
		return edit_in_editor(self, field, ".txt", initial, error);
	if (node && node->choices) {
		value = ask_choice(self->pane.app, node, label, initial);
	} else {
		PsAskLine ask = {.label = label,
				 .initial = initial,
				 .check = check_text,
				 .user = (gpointer)node};
		value = ps_ask_line(self->pane.app, &ask);
	}
	if (!value || (initial && g_str_equal(value, initial)))
		return PS_CHANGED_NOTHING;
	return store_value(self, field, value, error) ? PS_CHANGED_DATA : PS_CHANGED_NOTHING;
}

/* From a finding to where it is mended: the pane of the case that fills it, or its field in the
 * tree, where the next Enter edits. */
static PsChanged
go_to_finding(AdvisoryPane *self, GError **error)
{
	const AdvisoryFinding *finding = advisory_pane_finding(self);
	const PsAdvisoryField *field = advisory_pane_field(self);

	if (finding->record) {
		ps_app_open(self->pane.app, "record", finding->record, error);
		return PS_CHANGED_VIEW;
	}
	if (finding->place && !g_str_equal(finding->place, self->pane.class->name)) {
		ps_app_open(self->pane.app, finding->place, self->case_id, error);
		return PS_CHANGED_VIEW;
	}
	if (!field) {
		ps_app_say(self->pane.app, PS_SAY_NOTE, "%s", finding->sentence);
		return PS_CHANGED_NOTHING;
	}
	for (char *slash = field->field; (slash = strchr(slash + 1, '/'));) {
		g_autofree char *above = g_strndup(field->field, (gsize)(slash - field->field));
		ps_tree_open(self->tree, above, TRUE);
	}
	ps_tree_select(self->tree, field->field);
	advisory_pane_show(self, VIEW_FIELDS);
	return PS_CHANGED_VIEW;
}

PsChanged
advisory_run_edit(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsAdvisoryField *field = advisory_pane_field(self);

	(void)argument;
	if (self->view == VIEW_FINDINGS)
		return go_to_finding(self, error);
	if (field->container) {
		ps_widget_move(pane->widget, PS_MOVE_TOGGLE);
		return PS_CHANGED_VIEW;
	}
	if (field->kept) {
		ps_app_say(
			app, PS_SAY_WARN,
			_("“%s” is kept by the program: it follows from versions and publishing."),
			field->label);
		return PS_CHANGED_NOTHING;
	}
	return edit_value(self, field->field, advisory_pane_node(field), field->label, field->value,
			  error);
}

/* ---- adding ---- */

static gboolean
has_member(AdvisoryPane *self, const char *field, const char *name)
{
	g_autofree char *place = g_strconcat(field, "/", name, NULL);

	for (guint i = 0; i < self->fields->len; i++) {
		const PsAdvisoryField *other = self->fields->pdata[i];
		if (g_str_equal(other->field, place) && other->origin != PS_ORIGIN_REMOVED)
			return TRUE;
	}
	return FALSE;
}

/* Which member of an object: those that the standard knows and that are not there yet. */
static const PsCsafNode *
ask_member(AdvisoryPane *self, const PsAdvisoryField *field, const PsCsafNode *node)
{
	g_autoptr(GArray) options = g_array_new(FALSE, TRUE, sizeof(PsOption));

	for (int i = 0; i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		PsOption option = {member->name, _(member->label), _(member->help), NULL};
		if (!has_member(self, field->field, member->name))
			g_array_append_val(options, option);
	}
	if (!options->len) {
		ps_app_say(self->pane.app, PS_SAY_NOTE,
			   _("Every member that the standard knows is there."));
		return NULL;
	}
	PsAskChoice ask = {
		.title = _("Add which member?"),
		.options = (const PsOption *)(void *)options->data,
		.n_options = options->len,
	};
	g_autofree char *name = ps_ask_choice(self->pane.app, &ask);
	return name ? ps_csaf_member(node, name) : NULL;
}

/* Objects and lists begin as a skeleton of what the standard requires, filled in the editor. */
static PsChanged
add_value(AdvisoryPane *self, const char *place, const PsCsafNode *node, GError **error)
{
	if (node->type == PS_CSAF_TEXT)
		return edit_value(self, place, node, _(node->label), NULL, error);
	g_autoptr(cJSON) skeleton = ps_csaf_skeleton(node);
	g_autofree char *text = ps_json_print_pretty(skeleton);
	return edit_in_editor(self, place, ".json", text, error);
}

PsChanged
advisory_run_add(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsAdvisoryField *field = advisory_pane_field(self);
	const PsCsafNode *node = advisory_pane_node(field);

	(void)argument;
	if (!node || !field->container) {
		ps_app_say(app, PS_SAY_WARN,
			   _("Move to an object or a list to add something to it."));
		return PS_CHANGED_NOTHING;
	}
	if (node->type == PS_CSAF_LIST) {
		g_autofree char *place = g_strconcat(field->field, "/-", NULL);
		return add_value(self, place, ps_csaf_member(node, ""), error);
	}
	const PsCsafNode *member = ask_member(self, field, node);
	if (!member)
		return PS_CHANGED_NOTHING;
	g_autofree char *place = g_strconcat(field->field, "/", member->name, NULL);
	return add_value(self, place, member, error);
}

/* ---- removing and taking back ---- */

PsChanged
advisory_run_remove(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsAdvisoryField *field = advisory_pane_field(self);

	(void)argument;
	if (!store_value(self, field->field, NULL, error))
		return PS_CHANGED_NOTHING;
	g_autofree char *key = ps_app_key_of(app, "advisory.reset");
	ps_app_say(app, PS_SAY_NOTE, _("“%s” is removed from the advisory; %s brings it back."),
		   field->label, key);
	return PS_CHANGED_DATA;
}

static gboolean
write_reset(PsStore *store, gpointer data, GError **error)
{
	Change *change = data;

	return ps_advisory_reset(store, change->id, change->field, error);
}

PsChanged
advisory_run_reset(PsApp *app, PsPane *pane, const char *argument, GError **error)
{
	AdvisoryPane *self = (AdvisoryPane *)pane;
	const PsAdvisoryField *field = advisory_pane_field(self);
	Change change = {ps_advisory_id(self->advisory), field->field, NULL};

	(void)argument;
	if (!ps_app_write(app, write_reset, &change, error))
		return PS_CHANGED_NOTHING;
	ps_app_say(app, PS_SAY_NOTE, _("What the case gives shows again."));
	return PS_CHANGED_DATA;
}
