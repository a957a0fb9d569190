#include "config.h"

#include "base/json-print.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/words.h"

/* Controls, format characters (bidi, zero-width, tags), private use and the like: valid in JSON,
 * but able to lie on a terminal. */
static gboolean
needs_escape(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return TRUE;
	default:
		return c == 0x34f || (c >= 0x180b && c <= 0x180f) || (c >= 0xfe00 && c <= 0xfe0f) ||
		       (c >= 0xe0100 && c <= 0xe01ef);
	}
}

static void
append_escape(GString *out, gunichar c)
{
	if (c < 0x10000) {
		g_string_append_printf(out, "\\u%04x", c);
		return;
	}
	c -= 0x10000;
	g_string_append_printf(out, "\\u%04x\\u%04x", 0xd800 + (c >> 10), 0xdc00 + (c & 0x3ff));
}

static void
append_ascii(GString *out, char c)
{
	static const char plain[] = "\"\\\b\f\n\r\t", letter[] = "\"\\bfnrt";
	const char *found = c ? strchr(plain, c) : NULL;

	if (found) {
		g_string_append_c(out, '\\');
		g_string_append_c(out, letter[found - plain]);
	} else if ((guchar)c < 0x20 || c == 0x7f) {
		append_escape(out, (guchar)c);
	} else {
		g_string_append_c(out, c);
	}
}

/* What leaves as it is: the run of most texts is all of them. */
static gsize
unescaped_run(const char *text, gsize size)
{
	gsize run = ps_plain_run(text, size), quote;

	while ((quote = ps_quote_here(text + run, size - run)) > 0) {
		run += quote;
		run += ps_plain_run(text + run, size - run);
	}
	return run;
}

gboolean
ps_json_is_plain(const char *text, gsize length)
{
	return unescaped_run(text, length) == length;
}

void
ps_json_escape_append(GString *out, const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		gsize plain = unescaped_run(text, (gsize)(end - text));
		ps_append(out, text, plain);
		text += plain;
		if (text == end)
			return;
		if ((guchar)*text < 0x80) {
			append_ascii(out, *text++);
			continue;
		}
		gunichar c = g_utf8_get_char_validated(text, end - text);
		if (c >= 0x110000) { /* not UTF-8: never made by the reader */
			append_escape(out, 0xfffd);
			text++;
			continue;
		}
		const char *behind = g_utf8_next_char(text);
		if (needs_escape(c))
			append_escape(out, c);
		else
			g_string_append_len(out, text, behind - text);
		text = behind;
	}
}

char *
ps_json_escape(const char *text)
{
	GString *out = g_string_new(NULL);

	ps_json_escape_append(out, text);
	return g_string_free(out, FALSE);
}

static void
append_quoted(GString *out, const char *text)
{
	g_string_append_c(out, '"');
	ps_json_escape_append(out, text ? text : "");
	g_string_append_c(out, '"');
}

/* The shortest text that reads back as the same number. */
static void
append_number(GString *out, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	if (!isfinite(value)) {
		g_string_append(out, "null");
		return;
	}
	if (value == floor(value) && fabs(value) < 0x1p53) {
		g_string_append_printf(out, "%" PRId64, (gint64)value);
		return;
	}
	g_ascii_formatd(text, sizeof text, "%.15g", value);
	if (g_ascii_strtod(text, NULL) != value)
		g_ascii_formatd(text, sizeof text, "%.17g", value);
	g_string_append(out, text);
}

/* indent -1: everything on one line. */
static void
append_line(GString *out, int indent)
{
	if (indent < 0)
		return;
	g_string_append_c(out, '\n');
	for (int i = 0; i < indent; i++)
		g_string_append(out, "  ");
}

static void append_value(GString *out, const cJSON *value, int indent);

static void
append_container(GString *out, const cJSON *value, int indent, const char *brackets)
{
	int inner = indent < 0 ? -1 : indent + 1;

	g_string_append_c(out, brackets[0]);
	for (const cJSON *item = value->child; item; item = item->next) {
		if (item != value->child)
			g_string_append_c(out, ',');
		append_line(out, inner);
		if (cJSON_IsObject(value)) {
			append_quoted(out, item->string);
			g_string_append(out, indent < 0 ? ":" : ": ");
		}
		append_value(out, item, inner);
	}
	if (value->child)
		append_line(out, indent);
	g_string_append_c(out, brackets[1]);
}

static void
append_value(GString *out, const cJSON *value, int indent)
{
	switch (value->type & 0xff) {
	case cJSON_Object:
		append_container(out, value, indent, "{}");
		break;
	case cJSON_Array:
		append_container(out, value, indent, "[]");
		break;
	case cJSON_String:
		append_quoted(out, value->valuestring);
		break;
	case cJSON_Number:
		append_number(out, value->valuedouble);
		break;
	case cJSON_Raw:
		g_string_append(out, value->valuestring);
		break;
	case cJSON_True:
		g_string_append(out, "true");
		break;
	case cJSON_False:
		g_string_append(out, "false");
		break;
	default:
		g_string_append(out, "null");
	}
}

char *
ps_json_print(const cJSON *value)
{
	GString *out = g_string_new(NULL);

	append_value(out, value, -1);
	return g_string_free(out, FALSE);
}

char *
ps_json_print_pretty(const cJSON *value)
{
	GString *out = g_string_new(NULL);

	append_value(out, value, 0);
	g_string_append_c(out, '\n');
	return g_string_free(out, FALSE);
}

/* ---- pointers and members ---- */

void
ps_json_pointer_add(GString *pointer, const char *key)
{
	g_string_append_c(pointer, '/');
	gsize plain = 0;
	while (key[plain] && key[plain] != '~' && key[plain] != '/')
		plain++;
	g_string_append_len(pointer, key, (gssize)plain);
	for (key += plain; *key; key++) {
		if (*key == '~')
			g_string_append(pointer, "~0");
		else if (*key == '/')
			g_string_append(pointer, "~1");
		else
			g_string_append_c(pointer, *key);
	}
}

/* Ends the key at `from`, undoes its escapes, gives what is behind the slash; NULL: it was the
 * last. */
static char *
take_key(char *from)
{
	char *to = from;

	for (; *from && *from != '/'; from++) {
		if (*from == '~' && (from[1] == '0' || from[1] == '1'))
			*to++ = *++from == '0' ? '~' : '/';
		else
			*to++ = *from;
	}
	gboolean last = *from == '\0';
	*to = '\0';
	return last ? NULL : from + 1;
}

char **
ps_json_pointer_split(const char *pointer)
{
	gsize length = strlen(pointer), n = 0;

	if (*pointer != '/')
		return g_new0(char *, 1);
	for (gsize i = 0; i < length; i++)
		n += pointer[i] == '/';
	char **keys = g_malloc((n + 1) * sizeof *keys + length);
	char *at = memcpy(keys + n + 1, pointer + 1, length);
	for (gsize i = 0; i < n; i++) {
		keys[i] = at;
		at = take_key(at);
	}
	keys[n] = NULL;
	return keys;
}

static cJSON *
array_item(const cJSON *array, const char *index)
{
	guint64 wanted;

	if (!g_ascii_string_to_unsigned(index, 10, 0, G_MAXINT, &wanted, NULL) ||
	    (index[0] == '0' && index[1]))
		return NULL;
	cJSON *item = array->child;
	while (item && wanted-- > 0)
		item = item->next;
	return item;
}

cJSON *
ps_json_member(const cJSON *object, const char *member)
{
	cJSON *item = object ? object->child : NULL;

	/* the first letter spares most calls; items of a list have no name */
	while (item && item->string &&
	       (*item->string != *member || strcmp(item->string, member) != 0))
		item = item->next;
	return item && item->string ? item : NULL;
}

cJSON *
ps_json_step(const cJSON *value, const char *key)
{
	return cJSON_IsArray(value) ? array_item(value, key) : ps_json_member(value, key);
}

cJSON *
ps_json_at(const cJSON *root, const char *pointer)
{
	g_autofree char **parts = ps_json_pointer_split(pointer);
	cJSON *at = (cJSON *)root;

	if (*pointer && *pointer != '/')
		return NULL;
	for (char **part = parts; *part && at; part++)
		at = ps_json_step(at, *part);
	return at;
}

const char *
ps_json_text(const cJSON *object, const char *member)
{
	return cJSON_GetStringValue(ps_json_member(object, member));
}

double
ps_json_number(const cJSON *object, const char *member, double fallback)
{
	const cJSON *item = ps_json_member(object, member);

	if (cJSON_IsNumber(item))
		return item->valuedouble;
	return cJSON_IsRaw(item) ? g_ascii_strtod(item->valuestring, NULL) : fallback;
}

gint64
ps_json_integer(const cJSON *object, const char *member, gint64 fallback)
{
	static const double limit = 9007199254740992.0;
	double value = ps_json_number(object, member, (double)fallback);

	if (value > limit)
		return (gint64)limit;
	if (value < -limit)
		return (gint64)-limit;
	/* a NaN compares with nothing */
	return value >= -limit ? (gint64)value : fallback;
}

gboolean
ps_json_flag(const cJSON *object, const char *member)
{
	return cJSON_IsTrue(ps_json_member(object, member));
}
