#include "config.h"

#include "advisory/diff.h"

#include <string.h>

#include "advisory/csaf-node.h"
#include "advisory/csaf-tree.h"
#include "advisory/diff-match.h"
#include "advisory/item.h"
#include "advisory/outline.h"
#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"

/* Characters of a whole object as text; beyond it "…". */
#define TEXT_MAX 4000

typedef struct {
	PsDiffFlags flags;
	GPtrArray *changes;
	GHashTable *old_names, *new_names; /* of products by id */
} Walk;

/* One place in both documents. What removed items stand for has its pointer in the old one. */
typedef struct Spot Spot;
struct Spot {
	const Spot *up;
	const PsCsafNode *node; /* NULL: unknown to the standard */
	const char *name;       /* of a member; NULL: an item */
	const cJSON *before, *after;
	guint index; /* of an item */
};

/* ---- places ---- */

static void
add_pointer(GString *pointer, const Spot *spot, gboolean keys)
{
	const cJSON *value = spot->after ? spot->after : spot->before;

	if (!spot->up)
		return;
	add_pointer(pointer, spot->up, keys);
	if (spot->name)
		ps_json_pointer_add(pointer, spot->name);
	else if (keys && value->string && *value->string)
		ps_json_pointer_add(pointer, value->string);
	else
		g_string_append_printf(pointer, "/%u", spot->index);
}

static char *
item_label(const Spot *spot)
{
	const cJSON *value = spot->after ? spot->after : spot->before;
	const char *what = spot->node ? _(spot->node->label) : _("Item");
	g_autofree char *own = cJSON_IsObject(value) ? ps_csaf_item_name(value) : NULL;

	return own ? g_strdup_printf("%s %s", what, own)
		   : g_strdup_printf("%s %u", what, spot->index + 1);
}

/* "Fixed" says more than the number of a product in its list. */
static const char *
list_label(const Spot *spot)
{
	const cJSON *value = spot->after ? spot->after : spot->before;
	gboolean text = !spot->name && cJSON_IsString(value);

	return text && spot->up->node && spot->up->name ? _(spot->up->node->label) : NULL;
}

/* From outside in. A list goes without a name of its own where an item of it follows, and so does
 * the document's outermost object. */
static void
add_label(GString *label, const Spot *spot, gboolean last)
{
	const cJSON *value = spot->after ? spot->after : spot->before;

	if (!spot->up)
		return;
	add_label(label, spot->up, FALSE);
	if (!last && spot->name && (cJSON_IsArray(value) || !spot->up->up))
		return;
	const char *list = list_label(spot);
	g_autofree char *own = list          ? g_strdup(list)
			       : !spot->name ? item_label(spot)
			       : spot->node  ? g_strdup(_(spot->node->label))
					     : ps_safe_text(spot->name, -1, PS_SAFE_LINE);
	g_string_append_printf(label, "%s%s", label->len ? " › " : "", own);
}

static void
step_into(Spot *spot, const Spot *up, const char *step)
{
	int index = -1;
	const cJSON *value = up->after ? ps_child(up->after, step, &index) : NULL;
	gboolean item = value && index >= 0;

	*spot = (Spot){.up = up,
		       .node = up->node ? ps_csaf_member(up->node, item ? "" : step) : NULL,
		       .name = item ? NULL : step,
		       .after = value,
		       .index = item ? (guint)index : 0};
}

char *
ps_place_label(const cJSON *document, const char *pointer)
{
	g_auto(GStrv) steps = ps_pointer_split(pointer);
	guint count = steps ? g_strv_length(steps) : 0;
	g_autofree Spot *spots = g_new0(Spot, count + 1);
	g_autoptr(GString) label = g_string_new(NULL);

	if (count == 0)
		return g_strdup(_("Whole document"));
	spots[0].node = ps_csaf_root_of(document);
	spots[0].after = document;
	for (guint i = 0; i < count; i++)
		step_into(&spots[i + 1], &spots[i], steps[i]);
	add_label(label, &spots[count], TRUE);
	return g_string_free(g_steal_pointer(&label), FALSE);
}

/* ---- values as text ---- */

/* What a text stands for: a product is told by its name. */
static const char *
meant_by(const PsCsafNode *node, const char *text, GHashTable *names)
{
	gboolean refers =
		node && (node->role == PS_CSAF_PRODUCT_REF || node->role == PS_CSAF_GROUP_REF);
	const char *name = refers ? g_hash_table_lookup(names, text) : NULL;

	return name ? name : text;
}

static void
add_text(GString *text, const PsCsafNode *node, const char *name, const cJSON *value, int depth,
	 GHashTable *names)
{
	if (text->len > TEXT_MAX)
		return;
	if (cJSON_IsObject(value) || cJSON_IsArray(value)) {
		for (const cJSON *child = value->child; child; child = child->next) {
			const char *member = cJSON_IsObject(value) ? child->string : NULL;
			const PsCsafNode *inner =
				node ? ps_csaf_member(node, member ? member : "") : NULL;
			add_text(text, inner,
				 member      ? member
				 : depth > 0 ? name
					     : NULL,
				 child, depth + 1, names);
		}
		return;
	}
	g_autofree char *printed = cJSON_IsString(value) ? NULL : ps_json_print(value);
	g_autofree char *safe =
		ps_safe_text(printed ? printed : meant_by(node, value->valuestring, names), -1,
			     PS_SAFE_LINES);
	if (text->len)
		g_string_append_c(text, '\n');
	if (depth > 0 && name)
		g_string_append_printf(text, "%s: ", node ? _(node->label) : name);
	g_string_append(text, safe);
}

static char *
value_text(const Spot *spot, const cJSON *value, GHashTable *names)
{
	g_autoptr(GString) text = g_string_new(NULL);

	if (!value)
		return NULL;
	add_text(text, spot->node, spot->name, value, 0, names);
	if (text->len > TEXT_MAX) {
		g_autofree char *cut =
			g_utf8_substring(text->str, 0, MIN(TEXT_MAX, g_utf8_strlen(text->str, -1)));
		return g_strconcat(cut, "…", NULL);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- changes ---- */

static void
change_free(gpointer data)
{
	PsDiffChange *change = data;

	g_free(change->pointer);
	g_free(change->field);
	g_free(change->label);
	g_free(change->before);
	g_free(change->after);
	g_free(change);
}

static void
add_change(Walk *walk, PsDiffKind kind, const Spot *spot)
{
	PsDiffChange *change = g_new0(PsDiffChange, 1);
	GString *pointer = g_string_new(NULL), *field = g_string_new(NULL),
		*label = g_string_new(NULL);

	add_pointer(pointer, spot, FALSE);
	add_pointer(field, spot, TRUE);
	add_label(label, spot, TRUE);
	change->kind = kind;
	change->pointer = g_string_free(pointer, FALSE);
	change->field = g_string_free(field, FALSE);
	change->label = g_string_free(label, FALSE);
	change->old_value = spot->before;
	change->new_value = spot->after;
	if (kind != PS_DIFF_ORDER) {
		change->before = value_text(spot, spot->before, walk->old_names);
		change->after = value_text(spot, spot->after, walk->new_names);
	}
	g_ptr_array_add(walk->changes, change);
}

/* ---- the walk ---- */

static void walk_spot(Walk *walk, const Spot *spot);

/* What a new version changes by itself. */
static gboolean
is_left_out(const Walk *walk, const char *name, const Spot *up)
{
	static const char *const tracking[] = {
		"current_release_date", "generator", "revision_history", "status", "version", NULL};
	static const char *const document[] = {"csaf_version", NULL};
	static const char *const root[] = {"$schema", NULL};
	const char *const *names;

	if (!(walk->flags & PS_DIFF_CONTENT))
		return FALSE;
	if (!up->up)
		names = root;
	else if (!up->up->up)
		names = g_strcmp0(up->name, "document") == 0 ? document : NULL;
	else
		names = !up->up->up->up && g_strcmp0(up->name, "tracking") == 0 ? tracking : NULL;
	return names && g_strv_contains(names, name);
}

static void
walk_member(Walk *walk, const Spot *up, const char *name, const cJSON *before, const cJSON *after)
{
	const Spot spot = {.up = up,
			   .node = up->node ? ps_csaf_member(up->node, name) : NULL,
			   .name = name,
			   .before = before,
			   .after = after};

	if (!is_left_out(walk, name, up))
		walk_spot(walk, &spot);
}

/* Members by name: objects of hostile documents may have very many. */
static GHashTable *
members_of(const cJSON *object)
{
	GHashTable *members = g_hash_table_new(g_str_hash, g_str_equal);

	for (const cJSON *child = cJSON_IsObject(object) ? object->child : NULL; child;
	     child = child->next)
		g_hash_table_insert(members, child->string, (gpointer)child);
	return members;
}

static void
walk_object(Walk *walk, const Spot *spot)
{
	g_autoptr(GHashTable) old = members_of(spot->before);
	g_autoptr(GHashTable) new = members_of(spot->after);
	const cJSON *child;

	for (child = spot->after ? spot->after->child : NULL; child; child = child->next)
		walk_member(walk, spot, child->string, g_hash_table_lookup(old, child->string),
			    child);
	for (child = spot->before ? spot->before->child : NULL; child; child = child->next)
		if (!g_hash_table_contains(new, child->string))
			walk_member(walk, spot, child->string, child, NULL);
}

static void
walk_item(Walk *walk, const Spot *list, guint index, const cJSON *before, const cJSON *after)
{
	const Spot spot = {.up = list,
			   .node = list->node ? ps_csaf_member(list->node, "") : NULL,
			   .before = before,
			   .after = after,
			   .index = index};

	walk_spot(walk, &spot);
}

static void
walk_list(Walk *walk, const Spot *spot)
{
	g_autoptr(PsDiffPairs) pairs =
		ps_diff_pair(spot->name ? spot->name : "", spot->before, spot->after);

	if (ps_diff_pairs_moved(pairs))
		add_change(walk, PS_DIFF_ORDER, spot);
	for (guint i = 0; i < pairs->after->len; i++) {
		const PsDiffItem *item = &g_array_index(pairs->after, PsDiffItem, i);
		const cJSON *partner =
			item->partner < 0
				? NULL
				: g_array_index(pairs->before, PsDiffItem, item->partner).value;
		walk_item(walk, spot, i, partner, item->value);
	}
	for (guint i = 0; i < pairs->before->len; i++) {
		const PsDiffItem *item = &g_array_index(pairs->before, PsDiffItem, i);
		if (item->partner < 0)
			walk_item(walk, spot, i, item->value, NULL);
	}
}

static gboolean
same_scalar(const cJSON *a, const cJSON *b)
{
	if (cJSON_IsString(a) && cJSON_IsString(b))
		return g_str_equal(a->valuestring, b->valuestring);
	g_autofree char *one = ps_json_print(a), *other = ps_json_print(b);
	return g_str_equal(one, other);
}

/* Objects on both sides; of the document's outermost ones, one that is absent counts as empty. */
static gboolean
both_objects(const Spot *spot)
{
	gboolean outer = spot->up && !spot->up->up;

	return (spot->before ? cJSON_IsObject(spot->before) : outer) &&
	       (spot->after ? cJSON_IsObject(spot->after) : outer);
}

/* A list that is on one side only is walked too: its items are what was added or removed. */
static gboolean
both_lists(const Spot *spot)
{
	return (!spot->before || cJSON_IsArray(spot->before)) &&
	       (!spot->after || cJSON_IsArray(spot->after));
}

static gboolean
is_scalar(const cJSON *value)
{
	return !cJSON_IsObject(value) && !cJSON_IsArray(value);
}

static void
walk_spot(Walk *walk, const Spot *spot)
{
	if (both_lists(spot))
		walk_list(walk, spot);
	else if (both_objects(spot))
		walk_object(walk, spot);
	else if (!spot->before)
		add_change(walk, PS_DIFF_ADDED, spot);
	else if (!spot->after)
		add_change(walk, PS_DIFF_REMOVED, spot);
	else if (!is_scalar(spot->before) || !is_scalar(spot->after) ||
		 !same_scalar(spot->before, spot->after))
		add_change(walk, PS_DIFF_CHANGED, spot);
}

GPtrArray *
ps_diff(const cJSON *before, const cJSON *after, PsDiffFlags flags)
{
	g_autoptr(GHashTable) old_names = ps_product_names(before);
	g_autoptr(GHashTable) new_names = ps_product_names(after);
	Walk walk = {flags, g_ptr_array_new_with_free_func(change_free), old_names, new_names};
	const Spot spot = {.node = ps_csaf_root_of(after ? after : before),
			   .name = "",
			   .before = before,
			   .after = after};

	if (before || after)
		walk_object(&walk, &spot);
	return walk.changes;
}

/* ---- for people and programs ---- */

const char *
ps_diff_word(PsDiffKind kind)
{
	static const char *const words[] = {
		[PS_DIFF_ADDED] = N_("added"),
		[PS_DIFF_REMOVED] = N_("removed"),
		[PS_DIFF_CHANGED] = N_("changed"),
		[PS_DIFF_ORDER] = N_("reordered"),
	};

	return _(words[kind]);
}

const char *
ps_diff_token(PsDiffKind kind)
{
	static const char *const tokens[] = {
		[PS_DIFF_ADDED] = "added",
		[PS_DIFF_REMOVED] = "removed",
		[PS_DIFF_CHANGED] = "changed",
		[PS_DIFF_ORDER] = "reordered",
	};

	return tokens[kind];
}

char *
ps_diff_line(const PsDiffChange *change, int cells)
{
	g_autoptr(GString) line = g_string_new(NULL);

	g_string_append_printf(line, "%s: %s", ps_diff_word(change->kind), change->label);
	if (change->before && change->after)
		g_string_append_printf(line, ": “%s” → “%s”", change->before, change->after);
	else if (change->before || change->after)
		g_string_append_printf(line, ": “%s”",
				       change->before ? change->before : change->after);
	g_autofree char *safe = ps_safe_text(line->str, -1, PS_SAFE_LINE);
	return cells > 0 ? ps_text_fit(safe, cells) : g_steal_pointer(&safe);
}

static void
add_json(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

cJSON *
ps_diff_json(const PsDiffChange *change)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "kind", ps_diff_token(change->kind));
	cJSON_AddStringToObject(object, "pointer", change->pointer);
	cJSON_AddStringToObject(object, "label", change->label);
	add_json(object, "before", change->before);
	add_json(object, "after", change->after);
	return object;
}
