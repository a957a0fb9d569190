#include "config.h"

#include "base/json-keys.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/json-print.h"

/* Up to here a key is compared with each one before it; larger objects are sorted at their end, so
 * that no choice of keys makes the check quadratic. */
#define FEW_KEYS 16

static int
compare_keys(gconstpointer a, gconstpointer b)
{
	const PsJsonKey *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order != 0)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->column < y->column ? -1 : x->column > y->column;
}

static gboolean
fail_duplicate(PsJsonParser *parser, const PsJsonKey *key)
{
	g_autofree char *shown = ps_json_escape(key->key);
	g_autofree char *problem =
		g_strdup_printf(_("the key “%s” is there twice in one object"), shown);

	parser->lexer.line = key->line;
	parser->lexer.column = key->column;
	ps_json_level(parser)->key = key->key;
	return ps_json_fail(parser, PS_ERROR_INPUT, problem);
}

/* Large objects: their keys, collected from the first one, sorted when the object ends. */
static gboolean
check_many_keys(PsJsonParser *parser, GArray *keys)
{
	g_array_sort(keys, compare_keys);
	for (guint i = 1; i < keys->len; i++) {
		const PsJsonKey *key = &g_array_index(keys, PsJsonKey, i);
		if (strcmp(g_array_index(keys, PsJsonKey, i - 1).key, key->key) == 0)
			return fail_duplicate(parser, key);
	}
	return TRUE;
}

void
ps_json_keys_clear(PsJsonKeys *keys)
{
	g_clear_pointer(&keys->many, g_array_unref);
}

/* Byte by byte, since keys mostly differ in their first letters; strcmp() would load the NUL of a
 * key that was written just now, and wait for it. */
static inline gboolean
is_behind(const PsJsonKey *key, const PsJsonKey *before)
{
	gsize least = MIN(key->length, before->length), at = 0;

	while (at < least && key->key[at] == before->key[at])
		at++;
	if (at == least)
		return key->length > before->length;
	return (guchar)key->key[at] > (guchar)before->key[at];
}

static inline gboolean
is_same(const cJSON *item, const PsJsonKey *key)
{
	return *item->string == *key->key && strcmp(item->string, key->key) == 0;
}

gboolean
ps_json_keys_add(PsJsonParser *parser, const cJSON *object, const PsJsonKey *key, PsJsonKeys *keys)
{
	gsize count = keys->count++;

	/* sorted keys differ */
	if (!keys->mixed && (count == 0 || is_behind(key, &keys->last))) {
		keys->last = *key;
		return TRUE;
	}
	keys->mixed = TRUE;
	if (count < FEW_KEYS) {
		for (const cJSON *item = object->child; item; item = item->next)
			if (is_same(item, key))
				return fail_duplicate(parser, key);
		return TRUE;
	}
	if (!keys->many) {
		keys->many = g_array_new(FALSE, FALSE, sizeof(PsJsonKey));
		for (const cJSON *item = object->child; item; item = item->next) {
			PsJsonKey earlier = {item->string, strlen(item->string), 0, 0};
			g_array_append_val(keys->many, earlier);
		}
	}
	g_array_append_vals(keys->many, key, 1);
	return TRUE;
}

gboolean
ps_json_keys_end(PsJsonParser *parser, PsJsonKeys *keys)
{
	return !keys->many || check_many_keys(parser, keys->many);
}
