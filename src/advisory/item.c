#include "config.h"

#include "advisory/item.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/advisory.h"
#include "base/utc.h"

/* ---- building ---- */

void
ps_put_text(cJSON *object, const char *name, const char *text)
{
	if (text && *text)
		cJSON_AddStringToObject(object, name, text);
}

void
ps_put_tenths(cJSON *object, const char *name, int tenths)
{
	cJSON_AddNumberToObject(object, name, tenths / 10.0);
}

void
ps_put_time(cJSON *object, const char *name, gint64 ms)
{
	g_autofree char *text = ms == PS_NO_TIME ? NULL : ps_utc_format(ms);

	ps_put_text(object, name, text);
}

void
ps_put(cJSON *object, const char *name, cJSON *value)
{
	if (value && value->child)
		cJSON_AddItemToObject(object, name, value);
	else
		cJSON_Delete(value);
}

/* As cJSON itself allocates it, for cJSON_Delete() frees it. */
void
ps_item_rekey(cJSON *item, const char *key)
{
	gsize size = strlen(key) + 1;

	cJSON_free(item->string);
	item->string = cJSON_malloc(size);
	memcpy(item->string, key, size);
}

void
ps_item_add(cJSON *list, const char *key, cJSON *item)
{
	ps_item_rekey(item, key);
	cJSON_AddItemToArray(list, item);
}

cJSON *
ps_item_new(cJSON *list, const char *key)
{
	cJSON *item = cJSON_CreateObject();

	ps_item_add(list, key, item);
	return item;
}

void
ps_item_text(cJSON *list, const char *key, const char *text)
{
	ps_item_add(list, key ? key : text, cJSON_CreateString(text));
}

cJSON *
ps_need(cJSON *object, const char *name, gboolean list)
{
	cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!member)
		member = list ? cJSON_AddArrayToObject(object, name)
			      : cJSON_AddObjectToObject(object, name);
	return member;
}

/* ---- whole documents ---- */

static int
compare_members(gconstpointer a, gconstpointer b)
{
	const cJSON *const *one = a, *const *other = b;

	return strcmp((*one)->string, (*other)->string);
}

/* cJSON's list: `next` ends in NULL, the first one's `prev` is the last. */
void
ps_relink(cJSON *parent, GPtrArray *members)
{
	cJSON *last = NULL;

	for (guint i = 0; i < members->len; i++) {
		cJSON *member = members->pdata[i];
		member->prev = last;
		member->next = NULL;
		if (last)
			last->next = member;
		last = member;
	}
	parent->child = members->pdata[0];
	parent->child->prev = last;
}

void
ps_sort_members(cJSON *value)
{
	cJSON *child;

	cJSON_ArrayForEach (child, value)
		ps_sort_members(child);
	if (!cJSON_IsObject(value) || !value->child)
		return;
	g_autoptr(GPtrArray) members = g_ptr_array_new();
	cJSON_ArrayForEach (child, value)
		g_ptr_array_add(members, child);
	g_ptr_array_sort(members, compare_members);
	ps_relink(value, members);
}

void
ps_prune_empty(cJSON *value)
{
	cJSON *next;

	for (cJSON *child = value->child; child; child = next) {
		next = child->next;
		if (!cJSON_IsObject(child) && !cJSON_IsArray(child))
			continue;
		ps_prune_empty(child);
		if (!child->child)
			cJSON_Delete(cJSON_DetachItemViaPointer(value, child));
	}
}

void
ps_key_items(cJSON *value)
{
	cJSON *child;
	int place = 0;

	cJSON_ArrayForEach (child, value) {
		place++;
		if (cJSON_IsArray(value) && !child->string) {
			char key[16];
			g_snprintf(key, sizeof key, "#%d", place);
			ps_item_rekey(child, key);
		}
		ps_key_items(child);
	}
}

static char *
print_without_generator(const cJSON *document)
{
	g_autoptr(cJSON) copy = cJSON_Duplicate(document, TRUE);
	cJSON *tracking = ps_json_at(copy, "/document/tracking");

	if (tracking)
		cJSON_DeleteItemFromObjectCaseSensitive(tracking, "generator");
	ps_sort_members(copy);
	return ps_json_print(copy);
}

gboolean
ps_same_content(const cJSON *a, const cJSON *b)
{
	g_autofree char *one = print_without_generator(a), *other = print_without_generator(b);

	return g_str_equal(one, other);
}

char *
ps_advisory_print(const cJSON *document)
{
	g_autoptr(cJSON) sorted = cJSON_Duplicate(document, TRUE);

	ps_sort_members(sorted);
	return ps_json_print_pretty(sorted);
}

/* ---- pointers ---- */

static gboolean
unescape(char *step)
{
	char *out = step;

	for (const char *in = step; *in; in++) {
		if (*in != '~') {
			*out++ = *in;
			continue;
		}
		in++;
		if (*in != '0' && *in != '1')
			return FALSE;
		*out++ = *in == '0' ? '~' : '/';
	}
	*out = '\0';
	return TRUE;
}

char **
ps_pointer_split(const char *pointer)
{
	if (*pointer == '\0')
		return g_new0(char *, 1);
	if (*pointer != '/')
		return NULL;
	char **steps = g_strsplit(pointer + 1, "/", -1);
	/* g_strsplit("") gives no step, but "/" has one: the empty name. */
	if (!*steps) {
		g_free(steps);
		steps = g_new0(char *, 2);
		steps[0] = g_strdup("");
	}
	for (char **step = steps; *step; step++)
		if (!unescape(*step)) {
			g_strfreev(steps);
			return NULL;
		}
	return steps;
}

void
ps_pointer_append(GString *pointer, const char *step)
{
	g_string_append_c(pointer, '/');
	for (; *step; step++) {
		if (*step == '~')
			g_string_append(pointer, "~0");
		else if (*step == '/')
			g_string_append(pointer, "~1");
		else
			g_string_append_c(pointer, *step);
	}
}

gboolean
ps_pointer_within(const char *pointer, const char *top)
{
	gsize length = strlen(top);

	return strncmp(pointer, top, length) == 0 &&
	       (pointer[length] == '\0' || pointer[length] == '/');
}

/* RFC 6901 section 4: no leading zeros. */
static gboolean
read_index(const char *step, int *index)
{
	char *end;

	if (!g_ascii_isdigit(*step) || (step[0] == '0' && step[1]))
		return FALSE;
	guint64 value = g_ascii_strtoull(step, &end, 10);
	if (*end || value > G_MAXINT)
		return FALSE;
	*index = (int)value;
	return TRUE;
}

static cJSON *
list_child(const cJSON *list, const char *step, int *place)
{
	int wanted = -1, at = 0;
	cJSON *child, *by_index = NULL;

	read_index(step, &wanted);
	cJSON_ArrayForEach (child, list) {
		*place = at;
		if (child->string && g_str_equal(child->string, step))
			return child;
		if (at++ == wanted)
			by_index = child;
	}
	*place = wanted;
	return by_index;
}

cJSON *
ps_child(const cJSON *value, const char *step, int *index)
{
	int place = -1;
	cJSON *child = NULL;

	if (cJSON_IsArray(value))
		child = list_child(value, step, &place);
	else if (cJSON_IsObject(value))
		child = cJSON_GetObjectItemCaseSensitive(value, step);
	if (index)
		*index = child ? place : -1;
	return child;
}

cJSON *
ps_field_at(const cJSON *document, const char *field)
{
	g_auto(GStrv) steps = ps_pointer_split(field);
	const cJSON *at = steps ? document : NULL;

	for (char **step = steps; at && *step; step++)
		at = ps_child(at, *step, NULL);
	return (cJSON *)at;
}

/* Walks as far as the document goes; what lies beyond it is taken as it stands. */
static char *
translate(const cJSON *document, const char *pointer, gboolean to_index)
{
	g_auto(GStrv) steps = ps_pointer_split(pointer);
	g_autoptr(GString) result = g_string_new(NULL);
	const cJSON *at = document;

	if (!steps)
		return NULL;
	for (char **step = steps; *step; step++) {
		int index;
		const cJSON *child = at ? ps_child(at, *step, &index) : NULL;
		gboolean in_list = cJSON_IsArray(at);
		if (in_list && !child && (to_index || !g_str_equal(*step, "-")))
			return NULL;
		if (in_list && child && to_index)
			g_string_append_printf(result, "/%d", index);
		else
			ps_pointer_append(result, in_list && child && child->string ? child->string
										    : *step);
		at = child;
	}
	return g_string_free(g_steal_pointer(&result), FALSE);
}

char *
ps_pointer_to_field(const cJSON *document, const char *pointer)
{
	return translate(document, pointer, FALSE);
}

char *
ps_field_to_pointer(const cJSON *document, const char *field)
{
	return translate(document, field, TRUE);
}
