#include "config.h"

#include "advisory/overlay.h"

#include <string.h>

#include "advisory/base.h"
#include "advisory/csaf-node.h"
#include "advisory/item.h"

/* The place that a field names: what holds it, and its last step. */
typedef struct {
	cJSON *parent;
	const PsCsafNode *node; /* of the parent; NULL where the standard knows none */
} Place;

/* Into a member that may have to be made first. */
static gboolean
step_into(Place *place, const char *step, gboolean make)
{
	cJSON *child = ps_child(place->parent, step, NULL);
	const PsCsafNode *node = place->node ? ps_csaf_member(place->node, step) : NULL;

	if (!child) {
		if (!make || !cJSON_IsObject(place->parent) || !node ||
		    (node->type != PS_CSAF_OBJECT && node->type != PS_CSAF_LIST))
			return FALSE;
		child = ps_need(place->parent, step, node->type == PS_CSAF_LIST);
	}
	place->parent = child;
	place->node = node;
	return cJSON_IsObject(child) || cJSON_IsArray(child);
}

static void
replace(cJSON *parent, cJSON *old, cJSON *value)
{
	ps_item_rekey(value, old->string);
	cJSON_ReplaceItemViaPointer(parent, old, value);
}

static gboolean
put_last(cJSON *parent, const char *step, cJSON *value, gboolean restore)
{
	cJSON *old = ps_child(parent, step, NULL);

	if (old && value)
		replace(parent, old, value);
	else if (old)
		cJSON_Delete(cJSON_DetachItemViaPointer(parent, old));
	else if (!value)
		return TRUE; /* gone already: as it was wished */
	else if (cJSON_IsObject(parent))
		cJSON_AddItemToObject(parent, step, value);
	else if (restore || g_str_has_prefix(step, PS_ADDED_PREFIX))
		ps_item_add(parent, step, value);
	else
		return FALSE;
	return TRUE;
}

static gboolean
lay(cJSON *document, const char *field, cJSON *value, gboolean restore)
{
	g_auto(GStrv) steps = ps_pointer_split(field);
	Place place = {document, ps_csaf_root_of(document)};
	gboolean found = steps && *steps;

	if (value)
		ps_key_items(value);
	for (char **step = steps; found && step[1]; step++)
		found = step_into(&place, *step, value != NULL);
	if (found)
		found = put_last(place.parent, steps[g_strv_length(steps) - 1], value, restore);
	else if (!value)
		return TRUE;
	if (!found)
		cJSON_Delete(value);
	return found;
}

gboolean
ps_overlay_put(cJSON *document, const char *field, cJSON *value)
{
	return lay(document, field, value, FALSE);
}

gboolean
ps_overlay_restore(cJSON *document, const char *field, cJSON *value)
{
	return lay(document, field, value, TRUE);
}

gboolean
ps_overlay_value(const PsRecord *item, cJSON **value)
{
	const char *text = ps_record_text(item, "value");

	if (ps_record_flag(item, "pin"))
		*value = ps_base_parse(text);
	else
		*value = text && *text ? ps_json_parse(text, strlen(text), NULL, NULL) : NULL;
	return *value || !text || !*text;
}

static int
depth_of(const PsRecord *item)
{
	const char *field = ps_record_text(item, "pointer");
	int depth = 0;

	for (; field && *field; field++)
		depth += *field == '/';
	return depth;
}

static int
compare_items(gconstpointer a, gconstpointer b)
{
	const PsRecord *one = *(PsRecord *const *)a, *other = *(PsRecord *const *)b;
	int order = depth_of(one) - depth_of(other);

	return order ? order : strcmp(ps_record_id(one), ps_record_id(other));
}

void
ps_overlay_apply(cJSON *document, GPtrArray *items, GPtrArray *lost)
{
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();

	for (guint i = 0; i < items->len; i++)
		g_ptr_array_add(sorted, items->pdata[i]);
	g_ptr_array_sort(sorted, compare_items);
	for (guint i = 0; i < sorted->len; i++) {
		const PsRecord *item = sorted->pdata[i];
		const char *field = ps_record_text(item, "pointer");
		cJSON *value;
		gboolean laid =
			field && ps_overlay_value(item, &value) &&
			(ps_record_flag(item, "pin") ? ps_overlay_restore
						     : ps_overlay_put)(document, field, value);
		if (!laid)
			g_ptr_array_add(lost, (gpointer)item);
	}
}
