#include "config.h"

/* Dates with time: CSAF 2.1 has no leap seconds (test 6.1.37). */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/csaf-node.h"
#include "base/i18n.h"
#include "base/json-print.h"

/* Days that ended in a leap second (IERS Bulletin C); none was announced since. */
static const char *const leap_days[] = {
	"1972-06-30", "1972-12-31", "1973-12-31", "1974-12-31", "1975-12-31", "1976-12-31",
	"1977-12-31", "1978-12-31", "1979-12-31", "1981-06-30", "1982-06-30", "1983-06-30",
	"1985-06-30", "1987-12-31", "1989-12-31", "1990-12-31", "1992-06-30", "1993-06-30",
	"1994-06-30", "1995-12-31", "1997-06-30", "1998-12-31", "2005-12-31", "2008-12-31",
	"2012-06-30", "2015-06-30", "2016-12-31",
};

#define SECONDS_AT 17 /* of "2016-12-31T23:59:60Z" */

static gboolean
has_leap_second(const char *text)
{
	return strlen(text) > SECONDS_AT + 2 && text[SECONDS_AT - 1] == ':' &&
	       text[SECONDS_AT] == '6' && text[SECONDS_AT + 1] == '0';
}

/* The second before it is the last one of such a day, in UTC. */
static gboolean
was_leap_second(const char *text)
{
	gint64 seconds;

	if (!ps_csaf_time(text, &seconds, NULL))
		return FALSE;
	g_autoptr(GDateTime) before = g_date_time_new_from_unix_utc(seconds - 1);
	g_autofree char *day = before ? g_date_time_format(before, "%Y-%m-%d") : NULL;
	for (gsize i = 0; day && i < G_N_ELEMENTS(leap_days); i++)
		if (g_str_equal(day, leap_days[i]))
			return TRUE;
	return FALSE;
}

static void
replace_leap_second(PsConvert *convert, cJSON *value, const char *pointer)
{
	const char *text = value->valuestring, *rest = text + SECONDS_AT + 2;
	gboolean valid = was_leap_second(text);

	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	g_autofree char *replaced = g_strdup_printf("%.*s59.999999%s", SECONDS_AT, text, rest);
	ps_convert_warn(convert, pointer,
			valid ? _("“%s” is a valid leap second; leap seconds are prohibited in "
				  "CSAF 2.1: the value was replaced with “%s”.")
			      : _("“%s” looks like a leap second but is no valid leap second; they "
				  "are prohibited in CSAF 2.1: the value was replaced with “%s”."),
			text, replaced);
	cJSON_SetValuestring(value, replaced);
}

static void
convert_time(PsConvert *convert, cJSON *value, const char *pointer)
{
	if (has_leap_second(value->valuestring))
		replace_leap_second(convert, value, pointer);
	for (char *at = value->valuestring; *at; at++)
		if (*at == 't' || *at == 'z')
			*at = g_ascii_toupper(*at);
}

static void
walk(PsConvert *convert, const PsCsafNode *node, cJSON *value, GString *pointer)
{
	gsize length = pointer->len;
	cJSON *child;
	int index = 0;

	if (node->type == PS_CSAF_TEXT && node->format == PS_CSAF_TIME && cJSON_IsString(value))
		convert_time(convert, value, pointer->str);
	if (node->type != PS_CSAF_OBJECT && node->type != PS_CSAF_LIST)
		return;
	cJSON_ArrayForEach (child, value) {
		if (cJSON_IsArray(value))
			g_string_append_printf(pointer, "/%d", index++);
		else
			ps_json_pointer_add(pointer, child->string);
		const PsCsafNode *inner = cJSON_IsArray(value) == (node->type == PS_CSAF_LIST)
						  ? ps_csaf_member(node, child->string)
						  : NULL;
		if (inner)
			walk(convert, inner, child, pointer);
		g_string_truncate(pointer, length);
	}
}

void
ps_convert_times(PsConvert *convert)
{
	g_autoptr(GString) pointer = g_string_new(NULL);

	walk(convert, ps_csaf_root("2.0"), convert->root, pointer);
}
