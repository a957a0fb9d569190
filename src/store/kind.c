#include "config.h"

#include "store/kind.h"

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"
#include "store/internal.h"
#include "store/kind-table.h"

#define TEXT_LIMIT (64 * 1024)
#define LONGTEXT_LIMIT (16 * 1024 * 1024)

const PsKind *
ps_kinds(gsize *count)
{
	*count = ps_kind_table_length;
	return ps_kind_table;
}

static const PsKind *
find_in(const PsKind *kinds, gsize count, const char *name)
{
	for (gsize i = 0; i < count; i++)
		if (g_str_equal(kinds[i].name, name))
			return &kinds[i];
	return NULL;
}

const PsKind *
ps_kind_find(const char *name)
{
	return name ? find_in(ps_kind_table, ps_kind_table_length, name) : NULL;
}

const PsKind *
ps_kind_any(const char *name)
{
	gsize count;
	const PsKind *internal = ps_kinds_internal(&count);
	const PsKind *kind = ps_kind_find(name);

	return kind || !name ? kind : find_in(internal, count, name);
}

const PsKind *
ps_kind_need(const char *name, GError **error)
{
	const PsKind *kind = ps_kind_find(name);

	if (kind)
		return kind;
	g_autoptr(GString) names = g_string_new(NULL);
	for (gsize i = 0; i < ps_kind_table_length; i++)
		g_string_append_printf(names, "%s%s", i ? ", " : "", ps_kind_table[i].name);
	g_set_error(error, PS_ERROR, PS_ERROR_USAGE, _("“%s” is no kind of record. There are: %s."),
		    name ? name : "", names->str);
	return NULL;
}

int
ps_kind_field_index(const PsKind *kind, const char *name)
{
	for (gsize i = 0; i < kind->n_fields; i++)
		if (g_str_equal(kind->fields[i].name, name))
			return (int)i;
	return -1;
}

const PsField *
ps_kind_field(const PsKind *kind, const char *name)
{
	int index = ps_kind_field_index(kind, name);

	return index < 0 ? NULL : &kind->fields[index];
}

const PsField *
ps_kind_need_field(const PsKind *kind, const char *name, int *index, GError **error)
{
	int found = ps_kind_field_index(kind, name);

	if (index)
		*index = found;
	if (found >= 0)
		return &kind->fields[found];
	g_autoptr(GString) names = g_string_new(NULL);
	for (gsize i = 0; i < kind->n_fields; i++)
		g_string_append_printf(names, "%s%s", i ? ", " : "", kind->fields[i].name);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("A record of kind “%s” has no field “%s”. It has: %s."), kind->name, name,
		    names->str);
	return NULL;
}

gboolean
ps_kind_has_sealed(const PsKind *kind)
{
	for (gsize i = 0; i < kind->n_fields; i++)
		if (kind->fields[i].flags & PS_FIELD_SEALED)
			return TRUE;
	return FALSE;
}

gboolean
ps_kind_is_staged(const PsKind *kind)
{
	return (kind->flags & PS_KIND_BULK) && !(kind->flags & PS_KIND_LIST);
}

char *
ps_kind_storage(const PsKind *kind)
{
	return ps_kind_is_staged(kind) ? g_strconcat(kind->name, "_stored", NULL)
				       : g_strdup(kind->name);
}

gboolean
ps_field_is_number(const PsField *field)
{
	return !(field->flags & PS_FIELD_SEALED) &&
	       (field->type == PS_TYPE_INTEGER || field->type == PS_TYPE_BOOLEAN ||
		field->type == PS_TYPE_TIME);
}

gboolean
ps_field_is_text(const PsField *field)
{
	return field->type == PS_TYPE_TEXT || field->type == PS_TYPE_LONGTEXT;
}

/* ---- outside form to stored form ---- */

static char *
text_to_stored(const PsField *field, const char *text, GError **error)
{
	gsize limit = field->type == PS_TYPE_LONGTEXT ? LONGTEXT_LIMIT : TEXT_LIMIT;
	gsize length = strlen(text);

	if (length > limit) {
		g_set_error(error, PS_ERROR, PS_ERROR_LIMIT,
			    _("The text for “%s” has %zu"
			      " bytes; at most %zu"
			      " are kept. Shorten it, or file it as "
			      "a document."),
			    field->name, length, limit);
		return NULL;
	}
	if (!g_utf8_validate(text, (gssize)length, NULL)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The text for “%s” is not valid UTF-8: convert it first."),
			    field->name);
		return NULL;
	}
	if (field->type == PS_TYPE_TEXT && strpbrk(text, "\r\n")) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” is one line: take the line breaks out."), field->name);
		return NULL;
	}
	return g_strdup(text);
}

static char *
integer_to_stored(const PsField *field, const char *text, GError **error)
{
	gint64 value;

	if (!g_ascii_string_to_signed(text, 10, G_MININT64 + 1, G_MAXINT64, &value, NULL)) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("“%s” for “%s” is no whole number: write digits only, as 42."), text,
			    field->name);
		return NULL;
	}
	return g_strdup_printf("%" PRId64, value);
}

static char *
boolean_to_stored(const PsField *field, const char *text, GError **error)
{
	static const char *const words[][2] = {
		{"yes", "1"}, {"no", "0"}, {"true", "1"}, {"false", "0"}, {"1", "1"}, {"0", "0"},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_ascii_strcasecmp(text, words[i][0]) == 0)
			return g_strdup(words[i][1]);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("“%s” for “%s” is neither yes nor no."),
		    text, field->name);
	return NULL;
}

static char *
time_to_stored(const PsField *field, const char *text, GError **error)
{
	gint64 ms;

	if (!ps_utc_parse(text, &ms, error)) {
		g_prefix_error(error, "%s: ", field->name);
		return NULL;
	}
	return g_strdup_printf("%" PRId64, ms);
}

static char *
date_to_stored(const PsField *field, const char *text, GError **error)
{
	char *date = ps_date_parse(text, error);

	if (!date)
		g_prefix_error(error, "%s: ", field->name);
	return date;
}

/* Letters may be typed in either case; the standard's own spelling is stored. */
static char *
choice_to_stored(const PsField *field, const char *text, GError **error)
{
	for (gsize i = 0; field->choices[i]; i++)
		if (g_ascii_strcasecmp(field->choices[i], text) == 0)
			return g_strdup(field->choices[i]);
	g_autofree char *choices = g_strjoinv(", ", (char **)field->choices);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no value of “%s”. It takes one of: %s."), text, field->name,
		    choices);
	return NULL;
}

static char *
reference_to_stored(const PsField *field, const char *text, GError **error)
{
	if (*text && strlen(text) <= 256 && g_utf8_validate(text, -1, NULL))
		return g_strdup(text);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” takes the number or id of a record of kind “%s”."), field->name,
		    field->refers_to);
	return NULL;
}

char *
ps_field_to_stored(const PsField *field, const char *text, GError **error)
{
	static char *(*const readers[])(const PsField *, const char *, GError **) = {
		[PS_TYPE_TEXT] = text_to_stored,       [PS_TYPE_LONGTEXT] = text_to_stored,
		[PS_TYPE_INTEGER] = integer_to_stored, [PS_TYPE_BOOLEAN] = boolean_to_stored,
		[PS_TYPE_TIME] = time_to_stored,       [PS_TYPE_DATE] = date_to_stored,
		[PS_TYPE_CHOICE] = choice_to_stored,   [PS_TYPE_REF] = reference_to_stored,
	};

	return readers[field->type](field, text, error);
}

char *
ps_field_to_text(const PsField *field, const char *stored)
{
	if (!stored)
		return NULL;
	if (field->type == PS_TYPE_BOOLEAN)
		return g_strdup(g_str_equal(stored, "0") ? "no" : "yes");
	if (field->type == PS_TYPE_TIME)
		return ps_utc_format(g_ascii_strtoll(stored, NULL, 10));
	return g_strdup(stored);
}
