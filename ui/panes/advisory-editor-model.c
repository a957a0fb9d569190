#include "config.h"

#include "ui/panes/advisory-editor-model.h"

#include <string.h>

#include "advisory/csaf-tree.h"
#include "advisory/item.h"
#include "base/i18n.h"
#include "base/safe-text.h"

/* No pointer of a document begins like this. */
#define LOST_FIELD "#lost"

struct PsEditorModel {
	GPtrArray *nodes; /* PsEditorNode*: all of them, owned */
	GPtrArray *none;  /* what texts and numbers hold; nothing is ever added */
	PsEditorNode *root;
	GHashTable *names[2];              /* of products, of groups: id -> name */
	GHashTable *by_field, *by_pointer; /* lent texts -> PsEditorNode */
};

/* ---- nodes ---- */

static void
node_free(gpointer data)
{
	PsEditorNode *node = data;

	g_ptr_array_unref(node->children);
	g_ptr_array_unref(node->fields);
	g_free(node->field);
	g_free(node->pointer);
	g_free(node->label);
	ps_text_wipe(node->value);
	ps_text_wipe(node->case_value);
	g_free(node);
}

/* Takes the texts. */
static PsEditorNode *
node_take(PsEditorModel *model, PsEditorNode *parent, gboolean container, char *field, char *label,
	  char *value)
{
	PsEditorNode *node = g_new0(PsEditorNode, 1);

	node->parent = parent;
	node->container = container;
	node->children = container ? g_ptr_array_new() : g_ptr_array_ref(model->none);
	node->fields = container ? g_ptr_array_new() : g_ptr_array_ref(model->none);
	node->field = field;
	node->label = label;
	node->value = value;
	g_ptr_array_add(model->nodes, node);
	return node;
}

static PsEditorNode *
node_new(PsEditorModel *model, PsEditorNode *parent, gboolean container, const char *field,
	 const char *label, const char *value)
{
	PsEditorNode *node = node_take(model, parent, container, g_strdup(field), g_strdup(label),
				       g_strdup(value ? value : ""));

	node->pointer = g_strdup("");
	return node;
}

static GPtrArray *
place_in(const PsEditorNode *parent, gboolean container)
{
	return container ? parent->children : parent->fields;
}

static char *
member_field(const PsEditorNode *parent, const char *name)
{
	g_autoptr(GString) field = g_string_new(parent->field);

	ps_pointer_append(field, name);
	return g_string_free(g_steal_pointer(&field), FALSE);
}

/* ---- from the document ---- */

static void
lay_over(PsEditorNode *node, const PsAdvisoryField *field)
{
	g_free(node->field);
	node->field = g_strdup(field->field);
	node->origin = field->origin;
	node->kept = field->kept;
	node->reordered = field->reordered;
	node->case_value = g_strdup(field->case_value);
	if (!node->container) {
		ps_text_wipe(node->value);
		node->value = g_strdup(field->value);
	}
}

/* Ids say little to people: what they refer to is told with them. */
static void
tell_name(PsEditorModel *model, PsEditorNode *node)
{
	PsCsafRole role = node->node ? node->node->role : PS_CSAF_PLAIN;

	if (role != PS_CSAF_PRODUCT_REF && role != PS_CSAF_GROUP_REF)
		return;
	const char *name =
		g_hash_table_lookup(model->names[role == PS_CSAF_GROUP_REF ? 1 : 0], node->value);
	if (!name || !*name)
		return;
	g_autofree char *id = g_steal_pointer(&node->value);
	node->value = g_strdup_printf("%s · %s", name, id);
}

static GHashTable *
names_of(const cJSON *document, PsCsafRole role)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GPtrArray) references = ps_editor_references(document, role);

	for (guint i = 0; i < references->len; i++) {
		const PsEditorReference *reference = references->pdata[i];
		g_hash_table_insert(names, g_strdup(reference->id), g_strdup(reference->name));
	}
	return names;
}

static const char *
last_step(const char *pointer)
{
	const char *slash = strrchr(pointer, '/');

	return slash ? slash + 1 : pointer;
}

static char *
field_of_row(const PsEditorNode *parent, const PsCsafTreeRow *row)
{
	if (!parent)
		return g_strdup("");
	return row->key ? member_field(parent, row->key)
			: g_strconcat(parent->field, "/", last_step(row->pointer), (char *)NULL);
}

/* Takes the row's texts. */
static PsEditorNode *
add_row(PsEditorModel *model, PsEditorNode *parent, PsCsafTreeRow *row, GHashTable *edited)
{
	const PsAdvisoryField *field = g_hash_table_lookup(edited, row->pointer);
	PsEditorNode *node = node_take(model, parent, row->container, field_of_row(parent, row),
				       g_steal_pointer(&row->label), g_steal_pointer(&row->value));

	node->node = row->node;
	node->present = row->present;
	node->required = row->required;
	if (field && row->present)
		lay_over(node, field);
	node->pointer = row->present ? g_strdup(row->pointer) : g_strdup("");
	if (row->present)
		tell_name(model, node);
	if (parent)
		g_ptr_array_add(place_in(parent, node->container), node);
	g_hash_table_insert(model->by_pointer, g_steal_pointer(&row->pointer), node);
	return node;
}

static void
add_document(PsEditorModel *model, const cJSON *document, GHashTable *edited)
{
	g_autoptr(GPtrArray) rows = ps_csaf_tree(document, NULL, PS_CSAF_TREE_LINES);
	g_autoptr(GPtrArray) above = g_ptr_array_new();

	for (guint i = 0; i < rows->len; i++) {
		PsCsafTreeRow *row = rows->pdata[i];
		PsEditorNode *parent = row->depth > 0 ? above->pdata[row->depth - 1] : NULL;
		guint depth = (guint)row->depth;
		PsEditorNode *node = add_row(model, parent, row, edited);
		g_ptr_array_set_size(above, (gint)depth + 1);
		above->pdata[depth] = node;
	}
	model->root = above->pdata[0];
}

/* ---- what is not in it any more ---- */

static void
index_fields(PsEditorModel *model)
{
	for (guint i = 0; i < model->nodes->len; i++) {
		PsEditorNode *node = model->nodes->pdata[i];
		g_hash_table_insert(model->by_field, node->field, node);
	}
}

static PsEditorNode *
add_gone(PsEditorModel *model, PsEditorNode *parent, const PsAdvisoryField *field)
{
	PsEditorNode *node =
		node_new(model, parent, field->container, field->field, field->label, field->value);

	node->origin = field->origin;
	node->case_value = g_strdup(field->case_value);
	if (parent->node && field->origin == PS_ORIGIN_REMOVED)
		node->node = ps_csaf_member(parent->node, last_step(field->field));
	g_hash_table_insert(model->by_field, node->field, node);
	return node;
}

/* Behind the brother that stood before it, or first. */
static void
insert_gone(PsEditorNode *node, const PsEditorNode *brother)
{
	GPtrArray *place = place_in(node->parent, node->container);
	guint index = 0;

	if (brother && brother->parent == node->parent && g_ptr_array_find(place, brother, &index))
		index++;
	g_ptr_array_insert(place, (gint)index, node);
}

static void
add_removed(PsEditorModel *model, const PsAdvisoryField *field, const PsEditorNode *brother)
{
	g_autofree char *above =
		g_strndup(field->field, (gsize)(strrchr(field->field, '/') - field->field));
	PsEditorNode *parent = g_hash_table_lookup(model->by_field, above);
	PsEditorNode *there = g_hash_table_lookup(model->by_field, field->field);

	if (!parent)
		return;
	/* The standard asks for it, so its place is there already, as missing. */
	if (there) {
		there->origin = field->origin;
		there->case_value = g_strdup(field->case_value);
		return;
	}
	insert_gone(add_gone(model, parent, field), brother);
}

static void
add_lost(PsEditorModel *model, const PsAdvisoryField *field)
{
	PsEditorNode *lost = g_hash_table_lookup(model->by_field, LOST_FIELD);

	if (!lost) {
		lost = node_new(model, model->root, TRUE, LOST_FIELD, _("Edits without a place"),
				NULL);
		g_ptr_array_add(model->root->children, lost);
		g_hash_table_insert(model->by_field, lost->field, lost);
	}
	g_ptr_array_add(lost->fields, add_gone(model, lost, field));
}

static void
add_gone_fields(PsEditorModel *model, const GPtrArray *fields)
{
	/* By container and text: where the last of them stood. */
	g_autoptr(GHashTable) last = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < fields->len; i++) {
		const PsAdvisoryField *field = fields->pdata[i];
		if (field->origin == PS_ORIGIN_LOST) {
			add_lost(model, field);
			continue;
		}
		const char *slash = strrchr(field->field, '/');
		char *above =
			g_strdup_printf("%d%.*s", field->container ? 1 : 0,
					slash ? (int)(slash - field->field) : 0, field->field);
		if (field->origin == PS_ORIGIN_REMOVED && slash)
			add_removed(model, field, g_hash_table_lookup(last, above));
		g_hash_table_insert(last, above,
				    g_hash_table_lookup(model->by_field, field->field));
	}
}

/* Only where an edit begins: what stands in something added is not counted again. */
static void
count_edits(PsEditorModel *model)
{
	for (guint i = 0; i < model->nodes->len; i++) {
		PsEditorNode *node = model->nodes->pdata[i];
		gboolean inside = node->parent && node->parent->origin != PS_ORIGIN_CASE;
		if ((node->origin == PS_ORIGIN_CASE && !node->reordered) || inside)
			continue;
		for (; node; node = node->parent)
			node->edits++;
	}
}

PsEditorModel *
ps_editor_model_new(const cJSON *document, const GPtrArray *fields)
{
	PsEditorModel *model = g_new0(PsEditorModel, 1);
	g_autoptr(GHashTable) edited = g_hash_table_new(g_str_hash, g_str_equal);

	model->nodes = g_ptr_array_new_with_free_func(node_free);
	model->none = g_ptr_array_new();
	model->by_field = g_hash_table_new(g_str_hash, g_str_equal);
	model->by_pointer = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; fields && i < fields->len; i++) {
		PsAdvisoryField *field = fields->pdata[i];
		if (*field->pointer)
			g_hash_table_insert(edited, field->pointer, field);
	}
	model->names[0] = names_of(document, PS_CSAF_PRODUCT_REF);
	model->names[1] = names_of(document, PS_CSAF_GROUP_REF);
	add_document(model, document, edited);
	index_fields(model);
	if (fields)
		add_gone_fields(model, fields);
	count_edits(model);
	return model;
}

void
ps_editor_model_free(PsEditorModel *model)
{
	if (!model)
		return;
	g_hash_table_unref(model->by_field);
	g_hash_table_unref(model->by_pointer);
	g_hash_table_unref(model->names[0]);
	g_hash_table_unref(model->names[1]);
	g_ptr_array_unref(model->nodes);
	g_ptr_array_unref(model->none);
	g_free(model);
}

/* ---- finding nodes ---- */

PsEditorNode *
ps_editor_model_root(PsEditorModel *model)
{
	return model->root;
}

static PsEditorNode *
look_up(GHashTable *table, const char *key, gboolean nearest)
{
	PsEditorNode *node = g_hash_table_lookup(table, key);
	g_autofree char *above = g_strdup(key);

	for (char *slash; !node && nearest && (slash = strrchr(above, '/'));) {
		*slash = '\0';
		node = g_hash_table_lookup(table, above);
	}
	return node;
}

PsEditorNode *
ps_editor_model_at_field(PsEditorModel *model, const char *field, gboolean nearest)
{
	return look_up(model->by_field, field, nearest);
}

/* A text that an object could have: the last step of a pointer below it. */
static PsEditorNode *
absent_at(PsEditorModel *model, PsEditorNode *object, const char *step)
{
	if (!object->present || *step != '/' || strchr(step + 1, '/'))
		return NULL;
	g_ptr_array_unref(ps_editor_model_absent(model, object)); /* the model knows them now */
	g_autofree char *field = g_strconcat(object->field, step, (char *)NULL);
	return g_hash_table_lookup(model->by_field, field);
}

PsEditorNode *
ps_editor_model_at_pointer(PsEditorModel *model, const char *pointer, gboolean nearest)
{
	PsEditorNode *node = look_up(model->by_pointer, pointer, nearest);

	if (!nearest || !node || !node->container || g_str_equal(node->pointer, pointer))
		return node;
	PsEditorNode *absent =
		absent_at(model, node, pointer + MIN(strlen(node->pointer), strlen(pointer)));
	return absent ? absent : node;
}

/* ---- typing ---- */

/* "Note 2: Summary" is called by one of its texts: the same that named it before. */
static void
rename_item(PsEditorNode *item, const char *before, const char *now)
{
	const char *name = strstr(item->label, ": ");

	if (!*before || !name || !g_str_equal(name + 2, before))
		return;
	char *label = g_strdup_printf("%.*s%s", (int)(name + 2 - item->label), item->label, now);
	g_free(item->label);
	item->label = label;
}

void
ps_editor_model_type(PsEditorModel *model, const char *field, const char *text)
{
	PsEditorNode *node = ps_editor_model_at_field(model, field, FALSE);
	gboolean lines = node && node->node && node->node->flags & PS_CSAF_LONG;

	if (!node || node->container)
		return;
	g_autofree char *before = g_steal_pointer(&node->value);
	node->value = ps_safe_text(text ? text : "", -1, lines ? PS_SAFE_LINES : PS_SAFE_LINE);
	if (node->parent)
		rename_item(node->parent, before, node->value);
	tell_name(model, node);
}

/* ---- findings ---- */

void
ps_editor_model_clear_findings(PsEditorModel *model)
{
	for (guint i = 0; i < model->nodes->len; i++) {
		PsEditorNode *node = model->nodes->pdata[i];
		node->findings = 0;
		memset(node->counts, 0, sizeof node->counts);
	}
}

PsEditorGrade
ps_editor_grade(PsCsafLevel level)
{
	if (level & (PS_CSAF_SCHEMA | PS_CSAF_MANDATORY))
		return PS_EDITOR_ERROR;
	return level == PS_CSAF_OPTIONAL ? PS_EDITOR_WARNING : PS_EDITOR_REMARK;
}

void
ps_editor_model_add_finding(PsEditorModel *model, const char *pointer, PsCsafLevel level)
{
	PsEditorNode *node = ps_editor_model_at_pointer(model, pointer, TRUE);

	if (node)
		node->findings++;
	for (; node; node = node->parent)
		node->counts[ps_editor_grade(level)]++;
}

void
ps_editor_model_add_comment(PsEditorModel *model, const char *field)
{
	PsEditorNode *node = ps_editor_model_at_field(model, field, TRUE);

	for (; node; node = node->parent)
		node->comments++;
}

/* ---- filter ---- */

static gboolean
holds(const char *text, const char *folded)
{
	g_autofree char *own = g_utf8_casefold(text, -1);

	return strstr(own, folded) != NULL;
}

static gboolean
matches(const PsEditorNode *node, const char *folded)
{
	return holds(node->label, folded) || holds(node->value, folded);
}

static gboolean
filter_node(PsEditorNode *node, const char *folded)
{
	gboolean shown = !folded || matches(node, folded);

	for (guint i = 0; !shown && i < node->fields->len; i++)
		shown = matches(node->fields->pdata[i], folded);
	for (guint i = 0; i < node->children->len; i++)
		shown = filter_node(node->children->pdata[i], folded) || shown;
	node->hidden = !shown;
	return shown;
}

gboolean
ps_editor_model_filter(PsEditorModel *model, const char *text)
{
	g_autofree char *folded = text && *text ? g_utf8_casefold(text, -1) : NULL;

	return filter_node(model->root, folded);
}

static PsEditorNode *
first_match(PsEditorNode *node, const char *folded)
{
	if (matches(node, folded))
		return node;
	for (guint i = 0; i < node->fields->len; i++)
		if (matches(node->fields->pdata[i], folded))
			return node->fields->pdata[i];
	for (guint i = 0; i < node->children->len; i++) {
		PsEditorNode *match = first_match(node->children->pdata[i], folded);
		if (match)
			return match;
	}
	return NULL;
}

PsEditorNode *
ps_editor_model_match(PsEditorModel *model, const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);

	return first_match(model->root, folded);
}

/* ---- what could be added ---- */

static gboolean
is_container(const PsCsafNode *node)
{
	return node->type == PS_CSAF_OBJECT || node->type == PS_CSAF_LIST;
}

/* Also one that was removed or is missing has its row, unless only what is there counts. */
static gboolean
has_member(const PsEditorNode *object, const PsCsafNode *member, gboolean present)
{
	GPtrArray *there = place_in(object, is_container(member));

	for (guint i = 0; i < there->len; i++) {
		const PsEditorNode *node = there->pdata[i];
		if (node->node == member && (node->present || !present))
			return TRUE;
	}
	return FALSE;
}

GPtrArray *
ps_editor_model_absent(PsEditorModel *model, PsEditorNode *object)
{
	GPtrArray *absent = g_ptr_array_new();
	const PsCsafNode *node = object->node;

	for (int i = 0; node && node->type == PS_CSAF_OBJECT && i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		if (is_container(member) || has_member(object, member, FALSE))
			continue;
		g_autofree char *field = member_field(object, member->name);
		PsEditorNode *row = g_hash_table_lookup(model->by_field, field);
		if (!row) {
			row = node_new(model, object, FALSE, field, _(member->label), NULL);
			row->node = member;
			g_hash_table_insert(model->by_field, row->field, row);
		}
		g_ptr_array_add(absent, row);
	}
	return absent;
}

GPtrArray *
ps_editor_model_addable(const PsEditorNode *object)
{
	GPtrArray *members = g_ptr_array_new();
	const PsCsafNode *node = object->node;

	for (int i = 0; node && node->type == PS_CSAF_OBJECT && i < node->n_members; i++) {
		const PsCsafNode *member = &node->members[i];
		if (!has_member(object, member, TRUE))
			g_ptr_array_add(members, (gpointer)member);
	}
	return members;
}

#define STEP " › "
#define CUT "… › "

char *
ps_editor_node_path(const PsEditorNode *node, int cells)
{
	GString *path = g_string_new(node->label);

	/* The document itself goes without saying. */
	for (node = node->parent; node && node->parent; node = node->parent) {
		int needed = ps_text_cells(path->str) + ps_text_cells(STEP) +
			     ps_text_cells(node->label) + ps_text_cells(CUT);
		if (cells > 0 && needed > cells) {
			g_string_prepend(path, CUT);
			break;
		}
		g_string_prepend(path, STEP);
		g_string_prepend(path, node->label);
	}
	return g_string_free(path, FALSE);
}
