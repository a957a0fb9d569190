#include "config.h"

#include "advisory/base.h"

#include <string.h>

#include "advisory/item.h"

#define LIST_MARK "#"

/* ---- with keys ---- */

static cJSON *
encode(const cJSON *value)
{
	const cJSON *child;

	if (!cJSON_IsArray(value) && !cJSON_IsObject(value))
		return cJSON_Duplicate(value, FALSE);
	cJSON *object = cJSON_CreateObject();
	cJSON *list = cJSON_IsArray(value) ? cJSON_AddArrayToObject(object, LIST_MARK) : NULL;
	cJSON_ArrayForEach (child, value) {
		if (!list) {
			cJSON_AddItemToObject(object, child->string, encode(child));
			continue;
		}
		cJSON *pair = cJSON_CreateArray();
		cJSON_AddItemToArray(pair, cJSON_CreateString(child->string ? child->string : ""));
		cJSON_AddItemToArray(pair, encode(child));
		cJSON_AddItemToArray(list, pair);
	}
	return object;
}

static cJSON *decode(const cJSON *value);

static cJSON *
decode_list(const cJSON *pairs)
{
	cJSON *list = cJSON_CreateArray();
	const cJSON *pair;

	cJSON_ArrayForEach (pair, pairs) {
		const cJSON *key = pair->child, *item = key ? key->next : NULL;
		if (cJSON_IsString(key) && item)
			ps_item_add(list, key->valuestring, decode(item));
	}
	return list;
}

static cJSON *
decode(const cJSON *value)
{
	const cJSON *child;

	if (!cJSON_IsObject(value))
		return cJSON_Duplicate(value, TRUE);
	child = value->child;
	if (child && !child->next && g_str_equal(child->string, LIST_MARK))
		return decode_list(child);
	cJSON *object = cJSON_CreateObject();
	cJSON_ArrayForEach (child, value)
		cJSON_AddItemToObject(object, child->string, decode(child));
	return object;
}

char *
ps_base_print(const cJSON *document)
{
	g_autoptr(cJSON) encoded = encode(document);

	return ps_json_print(encoded);
}

cJSON *
ps_base_parse(const char *text)
{
	g_autoptr(cJSON) encoded = text ? ps_json_parse(text, strlen(text), NULL, NULL) : NULL;

	return encoded ? decode(encoded) : NULL;
}

/* ---- what belongs to the advisory itself ---- */

static const char *const own[] = {
	"/document/category", "/document/csaf_version",    "/document/distribution/tlp",
	"/document/lang",     "/document/references/self", "/document/tracking",
};

static const char *const flaws[] = {"/document/aggregate_severity", "/vulnerabilities"};

gboolean
ps_base_is_without_flaws(const cJSON *document)
{
	return g_strcmp0(ps_json_text(ps_child(document, "document", NULL), "category"),
			 "csaf_informational_advisory") == 0;
}

gboolean
ps_base_is_own(const char *field, gboolean without_flaws)
{
	for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
		if (ps_pointer_within(field, own[i]))
			return TRUE;
	for (gsize i = 0; without_flaws && i < G_N_ELEMENTS(flaws); i++)
		if (ps_pointer_within(field, flaws[i]))
			return TRUE;
	return FALSE;
}

void
ps_base_put_own(cJSON *document, const cJSON *fresh)
{
	gboolean without_flaws =
		ps_base_is_without_flaws(document) || ps_base_is_without_flaws(fresh);

	for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
		ps_base_adopt(document, fresh, own[i]);
	for (gsize i = 0; without_flaws && i < G_N_ELEMENTS(flaws); i++)
		ps_base_adopt(document, fresh, flaws[i]);
}

/* ---- one field from another document ---- */

/* The last step is cut off `field`; what held it. */
static cJSON *
holder(const cJSON *document, char *field)
{
	char *slash = strrchr(field, '/');

	*slash = '\0';
	cJSON *found = ps_field_at(document, field);
	*slash = '/';
	return found;
}

static void
put_in_place(cJSON *list, const cJSON *source, cJSON *copy)
{
	int index = -1;

	/* behind the nearest brother before it that is there; the first has the last as `prev` */
	for (const cJSON *before = source->prev; index < 0 && before && before->next;
	     before = before->prev)
		if (before->string)
			ps_child(list, before->string, &index);
	if (index + 1 >= cJSON_GetArraySize(list)) {
		cJSON_AddItemToArray(list, copy);
	} else {
		/* cJSON 1.7.16 and 1.7.17 refuse one whose `prev` is NULL in the middle of a list
		 */
		copy->prev = copy;
		cJSON_InsertItemInArray(list, index + 1, copy);
	}
}

void
ps_base_adopt(cJSON *document, const cJSON *fresh, const char *field)
{
	g_autofree char *path = g_strdup(field);
	cJSON *parent = *path ? holder(document, path) : NULL;
	const cJSON *source = ps_field_at(fresh, field);
	cJSON *there = ps_field_at(document, field);

	if (!parent)
		return;
	cJSON *copy = source ? cJSON_Duplicate(source, TRUE) : NULL;
	if (there && copy)
		cJSON_ReplaceItemViaPointer(parent, there, copy);
	else if (there)
		cJSON_Delete(cJSON_DetachItemViaPointer(parent, there));
	else if (copy && cJSON_IsArray(parent))
		put_in_place(parent, source, copy);
	else if (copy)
		cJSON_AddItemToObject(parent, source->string, copy);
}
