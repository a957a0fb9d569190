#include "config.h"

/* The fields of an advisory for an editor: document and generated document walked side by side. */

#include "advisory/advisory.h"

#include <string.h>

#include "advisory/csaf-node.h"
#include "advisory/internal.h"
#include "advisory/item.h"
#include "base/i18n.h"
#include "base/safe-text.h"

typedef struct {
	const PsAdvisory *advisory;
	GHashTable *edits;  /* field -> PsRecord* */
	GHashTable *orders; /* fields of lists */
	GHashTable *above; /* what holds one of these, and themselves; NULL: everything is walked */
	GString *field, *pointer; /* of the spot that is walked */
	GPtrArray *fields;
} Walk;

/* One place in both documents. `now` or `from_case` may be NULL, not both. */
typedef struct {
	const cJSON *now, *from_case;
	const PsCsafNode *node; /* NULL: the standard does not know it */
	const char *name;       /* of a member; NULL for an item */
	int place;              /* of an item, from 1 */
	int depth;
	PsOrigin around; /* of what holds it */
} Spot;

const char *
ps_origin_text(PsOrigin origin)
{
	static const char *const texts[] = {
		[PS_ORIGIN_CASE] = N_("from the case"),   [PS_ORIGIN_EDITED] = N_("edited"),
		[PS_ORIGIN_ADDED] = N_("added"),          [PS_ORIGIN_REMOVED] = N_("removed"),
		[PS_ORIGIN_LOST] = N_("without a place"),
	};

	return _(texts[origin]);
}

static void
field_free(gpointer data)
{
	PsAdvisoryField *field = data;

	g_free(field->field);
	g_free(field->pointer);
	g_free(field->label);
	g_free(field->value);
	g_free(field->case_value);
	g_free(field);
}

/* ---- words ---- */

/* What tells an object from its brothers. */
static const char *
name_of_object(const cJSON *object)
{
	static const char *const members[] = {"cve",     "title",    "name",  "summary",
					      "label",   "category", "names", "number",
					      "details", "text",     "id",    "url"};

	for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
		const char *text = ps_json_text(object, members[i]);
		if (text && *text)
			return text;
	}
	return NULL;
}

static char *
value_text(const cJSON *value)
{
	if (!value)
		return g_strdup("");
	if (cJSON_IsString(value))
		return ps_safe_text(value->valuestring, -1, PS_SAFE_LINES);
	if (cJSON_IsArray(value)) {
		int count = cJSON_GetArraySize(value);
		return g_strdup_printf(ngettext("%d entry", "%d entries", (gulong)count), count);
	}
	if (cJSON_IsObject(value)) {
		const char *name = name_of_object(value);
		return name ? ps_safe_text(name, -1, PS_SAFE_LINE) : g_strdup("");
	}
	return ps_json_print(value);
}

static char *
label_of(const Spot *spot)
{
	const char *label = spot->node ? _(spot->node->label) : NULL;

	if (spot->name)
		return label ? g_strdup(label) : ps_safe_text(spot->name, -1, PS_SAFE_LINE);
	return g_strdup_printf("%s %d", label ? label : _("Entry"), spot->place);
}

/* ---- marks ---- */

static PsOrigin
origin_of(const Walk *walk, const Spot *spot)
{
	const char *record_field = NULL;

	if (!spot->now)
		return PS_ORIGIN_REMOVED;
	if (g_hash_table_contains(walk->edits, walk->field->str))
		return spot->from_case ? PS_ORIGIN_EDITED : PS_ORIGIN_ADDED;
	if (spot->around != PS_ORIGIN_CASE)
		return spot->around;
	if (ps_advisory_keep(walk->field->str, &record_field) == PS_KEEP_RECORD &&
	    g_str_equal(record_field, "title") &&
	    ps_record_text(ps_advisory_record(walk->advisory), "title"))
		return PS_ORIGIN_EDITED;
	return spot->from_case ? PS_ORIGIN_CASE : PS_ORIGIN_ADDED;
}

static PsOrigin
add_field(Walk *walk, const Spot *spot)
{
	PsAdvisoryField *field = g_new0(PsAdvisoryField, 1);
	const cJSON *shown = spot->now ? spot->now : spot->from_case;

	field->field = g_strdup(walk->field->str);
	field->pointer = g_strdup(spot->now ? walk->pointer->str : "");
	field->label = label_of(spot);
	field->depth = spot->depth;
	field->container = cJSON_IsObject(shown) || cJSON_IsArray(shown);
	field->value = value_text(spot->now);
	field->origin = origin_of(walk, spot);
	if (spot->from_case &&
	    (field->origin == PS_ORIGIN_EDITED || field->origin == PS_ORIGIN_REMOVED))
		field->case_value = value_text(spot->from_case);
	field->reordered = g_hash_table_contains(walk->orders, walk->field->str);
	field->kept = ps_advisory_keep(walk->field->str, NULL) == PS_KEEP_FIXED;
	g_ptr_array_add(walk->fields, field);
	return field->origin;
}

/* ---- the walk ---- */

static void walk_spot(Walk *walk, const Spot *spot);

static void
walk_child(Walk *walk, const Spot *parent, PsOrigin around, const char *step, const cJSON *now,
	   const cJSON *from_case, int place)
{
	gsize field = walk->field->len, pointer = walk->pointer->len;
	gboolean item = place > 0;

	ps_pointer_append(walk->field, step);
	if (item)
		g_string_append_printf(walk->pointer, "/%d", place - 1);
	else
		ps_pointer_append(walk->pointer, step);
	const Spot spot = {.now = now,
			   .from_case = from_case,
			   .node = parent->node ? ps_csaf_member(parent->node, step) : NULL,
			   .name = item ? NULL : step,
			   .place = place,
			   .depth = parent->depth + 1,
			   .around = around};
	walk_spot(walk, &spot);
	g_string_truncate(walk->field, field);
	g_string_truncate(walk->pointer, pointer);
}

/* Both sides are sorted by name: a merge. */
static void
walk_members(Walk *walk, const Spot *spot, PsOrigin around)
{
	const cJSON *now = spot->now ? spot->now->child : NULL;
	const cJSON *from_case = cJSON_IsObject(spot->from_case) ? spot->from_case->child : NULL;

	while (now || from_case) {
		int order = !now ? 1 : !from_case ? -1 : strcmp(now->string, from_case->string);
		const cJSON *one = order <= 0 ? now : NULL;
		const cJSON *other = order >= 0 ? from_case : NULL;
		walk_child(walk, spot, around, one ? one->string : other->string, one, other, 0);
		now = one ? now->next : now;
		from_case = other ? from_case->next : from_case;
	}
}

static GHashTable *
items_by_key(const cJSON *list)
{
	GHashTable *items = g_hash_table_new(g_str_hash, g_str_equal);
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		g_hash_table_insert(items, item->string, (gpointer)item);
	return items;
}

/* Those of the case that were removed, from one on to the next that is there. */
static void
walk_removed(Walk *walk, const Spot *spot, PsOrigin around, const cJSON *from_case,
	     GHashTable *there, int place)
{
	for (; from_case && !g_hash_table_contains(there, from_case->string);
	     from_case = from_case->next)
		walk_child(walk, spot, around, from_case->string, NULL, from_case, place);
}

/* In the document's order; what was removed behind what stands before it in the case. */
static void
walk_items(Walk *walk, const Spot *spot, PsOrigin around)
{
	const cJSON *list = cJSON_IsArray(spot->from_case) ? spot->from_case : NULL;
	g_autoptr(GHashTable) there = items_by_key(spot->now);
	g_autoptr(GHashTable) given = items_by_key(list);
	const cJSON *now = spot->now ? spot->now->child : NULL;
	int place = 1;

	walk_removed(walk, spot, around, list ? list->child : NULL, there, place);
	for (; now; now = now->next, place++) {
		const cJSON *from_case = g_hash_table_lookup(given, now->string);
		walk_child(walk, spot, around, now->string, now, from_case, place);
		if (from_case)
			walk_removed(walk, spot, around, from_case->next, there, place + 1);
	}
}

/* Elsewhere document and case are the same. */
static gboolean
has_marks_below(const Walk *walk)
{
	PsKeep keep = ps_advisory_keep(walk->field->str, NULL);

	return !walk->above || keep == PS_KEEP_FIXED || keep == PS_KEEP_PARTS ||
	       g_hash_table_contains(walk->above, walk->field->str);
}

static void
walk_spot(Walk *walk, const Spot *spot)
{
	const cJSON *shown = spot->now ? spot->now : spot->from_case;
	PsOrigin origin = add_field(walk, spot);
	gboolean replaced = spot->now && g_hash_table_contains(walk->edits, walk->field->str);
	/* What an edit replaced as a whole has nothing in common with the case's. */
	Spot inside = *spot;

	if (replaced)
		inside.from_case = NULL;
	PsOrigin around = replaced || origin == PS_ORIGIN_REMOVED ? origin : spot->around;
	if (origin == PS_ORIGIN_CASE && !has_marks_below(walk))
		return;
	if (cJSON_IsObject(shown))
		walk_members(walk, &inside, around);
	else if (cJSON_IsArray(shown))
		walk_items(walk, &inside, around);
}

static void
add_lost(Walk *walk)
{
	GPtrArray *lost = walk->advisory->lost;

	for (guint i = 0; i < lost->len; i++) {
		const char *text = ps_record_text(lost->pdata[i], "value");
		const char *pointer = ps_record_text(lost->pdata[i], "pointer");
		PsAdvisoryField *field = g_new0(PsAdvisoryField, 1);
		field->field = g_strdup(pointer ? pointer : "");
		field->pointer = g_strdup("");
		field->label = ps_safe_text(field->field, -1, PS_SAFE_LINE);
		field->value = ps_safe_text(text, -1, PS_SAFE_LINES);
		field->origin = PS_ORIGIN_LOST;
		g_ptr_array_add(walk->fields, field);
	}
}

/* A pointer and all that holds it. */
static void
add_above(GHashTable *above, const char *pointer)
{
	char *step = g_strdup(pointer);

	while (g_hash_table_add(above, step)) {
		char *slash = strrchr(step, '/');
		if (!slash)
			return;
		step = g_strndup(step, (gsize)(slash - step));
	}
}

static void
note_marks(const GPtrArray *records, GHashTable *marks, GHashTable *above)
{
	for (guint i = 0; i < records->len; i++) {
		const char *pointer = ps_record_text(records->pdata[i], "pointer");
		if (!pointer)
			continue;
		g_hash_table_insert(marks, (gpointer)pointer, records->pdata[i]);
		add_above(above, pointer);
	}
}

static GPtrArray *
walk_fields(const PsAdvisory *advisory, gboolean all)
{
	g_autoptr(GHashTable) edits = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) orders = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) above = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GString) field = g_string_new(NULL), pointer = g_string_new(NULL);
	Walk walk = {advisory,
		     edits,
		     orders,
		     all ? NULL : above,
		     field,
		     pointer,
		     g_ptr_array_new_with_free_func(field_free)};
	const Spot root = {.now = advisory->document,
			   .from_case = advisory->generated,
			   .node = ps_csaf_root_of(advisory->document),
			   .depth = -1};

	note_marks(advisory->facts->items, edits, above);
	note_marks(advisory->facts->orders, orders, above);
	walk_members(&walk, &root, PS_ORIGIN_CASE);
	add_lost(&walk);
	return walk.fields;
}

GPtrArray *
ps_advisory_fields(const PsAdvisory *advisory)
{
	return walk_fields(advisory, TRUE);
}

GPtrArray *
ps_advisory_marks(const PsAdvisory *advisory)
{
	/* What ends an advisory changes its document without an edit. */
	return walk_fields(advisory, ps_record_text(advisory->facts->advisory, "ending") != NULL);
}
