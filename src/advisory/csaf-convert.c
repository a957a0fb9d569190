#include "config.h"

/* The order of the conversion, what belongs to no part of the document alone, and the notes. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "advisory/csaf-format.h"
#include "advisory/csaf-node.h"
#include "advisory/item.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/json-print.h"
#include "base/safe-text.h"
#include "base/utc.h"

#define SCHEMA_2_1 "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"

/* ---- notes ---- */

static void
free_note(gpointer data)
{
	PsConvertNote *note = data;

	g_free(note->pointer);
	g_free(note->sentence);
	g_free(note);
}

GPtrArray *
ps_convert_notes_new(void)
{
	return g_ptr_array_new_with_free_func(free_note);
}

static void add_note(PsConvert *convert, gboolean error, const char *pointer, const char *format,
		     va_list arguments) G_GNUC_PRINTF(4, 0);

static void
add_note(PsConvert *convert, gboolean error, const char *pointer, const char *format,
	 va_list arguments)
{
	g_autofree char *sentence = g_strdup_vprintf(format, arguments);
	PsConvertNote *note;

	convert->errors += error ? 1 : 0;
	if (!convert->notes)
		return;
	note = g_new0(PsConvertNote, 1);
	note->error = error;
	note->pointer = g_strdup(pointer);
	note->sentence = ps_safe_text(sentence, -1, PS_SAFE_LINE);
	g_ptr_array_add(convert->notes, note);
}

void
ps_convert_warn(PsConvert *convert, const char *pointer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_note(convert, FALSE, pointer, format, arguments);
	va_end(arguments);
}

void
ps_convert_warn_at(PsConvert *convert, const PsPlace *place, const char *format, ...)
{
	g_autofree char *pointer = ps_place_pointer(place);
	va_list arguments;

	va_start(arguments, format);
	add_note(convert, FALSE, pointer, format, arguments);
	va_end(arguments);
}

void
ps_convert_fail(PsConvert *convert, const char *pointer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	add_note(convert, TRUE, pointer, format, arguments);
	va_end(arguments);
}

/* ---- small changes ---- */

void
ps_convert_set(cJSON *object, const char *member, const char *text)
{
	cJSON *old = cJSON_GetObjectItemCaseSensitive(object, member);

	if (cJSON_IsString(old))
		cJSON_SetValuestring(old, text);
	else
		cJSON_AddStringToObject(object, member, text);
}

void
ps_convert_rename(cJSON *object, const char *member, const char *name)
{
	cJSON *value = cJSON_GetObjectItemCaseSensitive(object, member);

	if (value)
		ps_item_rekey(value, name);
}

void
ps_convert_unique(cJSON *list)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (cJSON *item = list ? list->child : NULL, *next; item; item = next) {
		next = item->next;
		if (!g_hash_table_add(seen, ps_json_print(item)))
			cJSON_Delete(cJSON_DetachItemViaPointer(list, item));
	}
}

void
ps_convert_drop_empty(cJSON *object, const char *member)
{
	cJSON *value = cJSON_GetObjectItemCaseSensitive(object, member);

	if (value && !value->child && (cJSON_IsArray(value) || cJSON_IsObject(value)))
		cJSON_DeleteItemFromObjectCaseSensitive(object, member);
}

char *
ps_convert_join(const cJSON *list)
{
	GString *text = g_string_new(NULL);
	const cJSON *item;

	cJSON_ArrayForEach (item, list)
		g_string_append_printf(text, "%s%s", text->len ? ", " : "",
				       cJSON_IsString(item) ? item->valuestring : "?");
	return g_string_free(text, FALSE);
}

/* ---- members that the standard does not know ---- */

typedef struct {
	PsConvert *convert;
	GString *pointer;
} Walk;

static void
drop_unknown(Walk *walk, const PsCsafNode *node, cJSON *value)
{
	gsize length = walk->pointer->len;
	int index = 0;

	for (cJSON *child = value->child, *next; child; child = next) {
		next = child->next;
		const PsCsafNode *inner =
			cJSON_IsArray(value) ? node->members : ps_csaf_member(node, child->string);
		if (cJSON_IsArray(value))
			g_string_append_printf(walk->pointer, "/%d", index++);
		else
			ps_json_pointer_add(walk->pointer, child->string);
		if (!inner) {
			g_autofree char *text = ps_json_print(child);
			ps_convert_warn(walk->convert, walk->pointer->str,
					_("The additional property “%s” was detected and not "
					  "converted: CSAF has no such property; its value was "
					  "%.200s."),
					child->string, text);
			cJSON_Delete(cJSON_DetachItemViaPointer(value, child));
		} else if (child->child && (cJSON_IsObject(child) || cJSON_IsArray(child))) {
			drop_unknown(walk, inner, child);
			/* It held nothing else. */
			if (!child->child)
				cJSON_Delete(cJSON_DetachItemViaPointer(value, child));
		}
		g_string_truncate(walk->pointer, length);
	}
}

static void
drop_additional(PsConvert *convert)
{
	g_autoptr(GString) pointer = g_string_new(NULL);
	Walk walk = {convert, pointer};

	drop_unknown(&walk, ps_csaf_root("2.0"), convert->root);
}

/* ---- the whole ---- */

/* What must be known before anything is touched. */
static gboolean
is_csaf_2_0(const cJSON *document, GError **error)
{
	const cJSON *head = cJSON_GetObjectItemCaseSensitive(document, "document");
	const char *version = ps_json_text(head, "csaf_version");

	if (version && g_str_equal(version, "2.1"))
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, "%s",
			    _("This is CSAF 2.1 already: there is nothing to convert."));
	else if (!version || !g_str_equal(version, "2.0"))
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT, "%s",
			    _("This is no CSAF 2.0 document: /document/csaf_version is not “2.0”. "
			      "Only CSAF 2.0 can be converted."));
	else
		return TRUE;
	return FALSE;
}

typedef struct {
	char *place, *sentence;
} First;

static void
keep_first(gpointer user, const char *place, const char *sentence)
{
	First *first = user;

	if (first->place)
		return;
	first->place = g_strdup(place);
	first->sentence = g_strdup(sentence);
}

static gboolean
fits_schema(const cJSON *document, GError **error)
{
	First first = {0};

	if (ps_csaf_check_value(ps_csaf_root("2.0"), document, keep_first, &first) == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("Only a document that fits the schema of CSAF 2.0 can be converted; %s: %s "
		      "“psirtdesk csaf check” lists all that is wrong."),
		    *first.place ? first.place : "/", first.sentence);
	g_free(first.place);
	g_free(first.sentence);
	return FALSE;
}

static gint64
release_time(const cJSON *root)
{
	const cJSON *date = ps_json_at(root, "/document/tracking/current_release_date");
	gint64 seconds = 0;

	if (cJSON_IsString(date))
		ps_csaf_time(date->valuestring, &seconds, NULL);
	return seconds * PS_SECOND_MS;
}

/* What the rules do not foresee must not leave unseen. */
static void
check_result(PsConvert *convert)
{
	First first = {0};

	if (ps_csaf_check_value(ps_csaf_root("2.1"), convert->root, keep_first, &first) > 0)
		ps_convert_fail(convert, first.place,
				_("The result would not fit the schema of CSAF 2.1: %s"),
				first.sentence);
	g_free(first.place);
	g_free(first.sentence);
}

static gboolean
run(PsConvert *convert, GError **error)
{
	drop_additional(convert);
	ps_convert_products(convert);
	ps_convert_notes(convert);
	ps_convert_branches(convert);
	ps_convert_paths(convert);
	ps_convert_document(convert);
	if (!ps_convert_licence(convert, error) || !ps_convert_vulnerabilities(convert, error))
		return FALSE;
	ps_convert_remediations(convert);
	ps_convert_profile(convert);
	ps_convert_set(convert->root, "$schema", SCHEMA_2_1);
	if (!convert->options->allow_invalid)
		check_result(convert);
	if (convert->errors == 0 || convert->options->allow_invalid)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INVALID,
		    ngettext("The document was not converted: %u error stands in the way. Repair "
			     "it in the original, or take --allow-invalid and repair the result.",
			     "The document was not converted: %u errors stand in the way. Repair "
			     "them in the original, or take --allow-invalid and repair the result.",
			     convert->errors),
		    convert->errors);
	return FALSE;
}

cJSON *
ps_csaf_convert_with(const cJSON *document, const PsConvertOptions *options, GPtrArray *notes,
		     GError **error)
{
	PsConvert convert = {.source = document, .options = options, .notes = notes};

	if (!is_csaf_2_0(document, error))
		return NULL;
	g_autoptr(cJSON) root = cJSON_Duplicate(document, TRUE);
	convert.root = root;
	ps_convert_times(&convert); /* first: a 60th second may be none that the schema takes */
	if (!fits_schema(root, error))
		return NULL;
	convert.now = options->now == PS_NO_TIME ? release_time(document) : options->now;
	if (!run(&convert, error))
		return NULL;
	ps_sort_members(root);
	return g_steal_pointer(&root);
}

cJSON *
ps_csaf_convert(const cJSON *document, GPtrArray *notes, GError **error)
{
	const PsConvertOptions options = {.now = ps_now_ms()};

	return ps_csaf_convert_with(document, &options, notes, error);
}
