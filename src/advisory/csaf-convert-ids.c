#include "config.h"

/* Ids of vulnerabilities by the registry of id systems and its mapping (CSAF 2.1, RVISC and
 * RVISC-M; test 6.2.53). */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "base/i18n.h"

/* "Issue 0210", "issues #210" and "210" are all "#210". */
static char *
issue_number(const char *text)
{
	if (!g_regex_match_simple("^([Ii][Ss]{2}[Uu][Ee][Ss]?\\s#?)?\\d+$", text,
				  G_REGEX_DOLLAR_ENDONLY, 0))
		return NULL;
	const char *digits = text + strcspn(text, "0123456789");
	digits += strspn(digits, "0");
	return g_strconcat("#", digits, NULL);
}

/* Names that are met for registered systems. */
static const struct {
	const char *name, *system;
	char *(*convert)(const char *text);
} mapped[] = {
	{"OASIS Open CSAF TC GitHub Issues", "https://github.com/oasis-tcs/csaf", issue_number},
};

/* The form of the ids of a registered system; NULL: it is not registered. New string. */
static char *
pattern_of(const PsConvert *convert, const char *system)
{
	g_auto(GStrv) cells = ps_table_file_find(convert->systems, system);

	return cells && cells[0] && cells[1] ? g_strdup(cells[1]) : NULL;
}

static int
mapping_of(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(mapped); i++)
		if (g_str_equal(mapped[i].name, name))
			return (int)i;
	return -1;
}

static gboolean
fits(const PsConvert *convert, const char *system, const char *text)
{
	g_autofree char *pattern = pattern_of(convert, system);

	return pattern && g_regex_match_simple(pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
convert_mapped(PsConvert *convert, cJSON *item, const PsPlace *place, gsize at)
{
	const char *name = ps_json_text(item, "system_name"), *text = ps_json_text(item, "text");
	g_autofree char *result = mapped[at].convert(text);

	if (!result || !fits(convert, mapped[at].system, result)) {
		ps_convert_warn_at(convert, place,
				   _("An ID from a vulnerability system with a known mapping was "
				     "detected but could not be converted automatically: “%s” of "
				     "“%s” has no form that the mapping to “%s” knows."),
				   text, name, mapped[at].system);
		return;
	}
	ps_convert_warn_at(convert, place,
			   _("An ID from a vulnerability system with a known mapping was detected "
			     "and converted: “%s” of “%s” became “%s” of “%s”."),
			   text, name, result, mapped[at].system);
	ps_convert_set(item, "system_name", mapped[at].system);
	ps_convert_set(item, "text", result);
}

static void
convert_id(PsConvert *convert, cJSON *item, const PsPlace *place)
{
	const char *name = ps_json_text(item, "system_name"), *text = ps_json_text(item, "text");
	g_autofree char *pattern = name ? pattern_of(convert, name) : NULL;
	int at = name && text ? mapping_of(name) : -1;

	if (!name || !text)
		return;
	if (at >= 0)
		convert_mapped(convert, item, place, (gsize)at);
	else if (!pattern)
		ps_convert_warn_at(convert, place,
				   _("An ID from a potentially unregistered vulnerability system "
				     "was detected and no change occurred: “%s” of “%s”."),
				   text, name);
	else if (!fits(convert, name, text))
		ps_convert_warn_at(
			convert, place,
			_("An ID from a registered vulnerability system was detected but "
			  "could not be converted automatically: “%s” has not the form "
			  "of ids of “%s”, and no mapping says how it gets it."),
			text, name);
}

void
ps_convert_ids(PsConvert *convert, cJSON *vulnerability, const PsPlace *above)
{
	PsPlace list = {above, "ids", 0}, place = {&list, NULL, 0};
	cJSON *item, *ids = cJSON_GetObjectItemCaseSensitive(vulnerability, "ids");

	cJSON_ArrayForEach (item, ids) {
		convert_id(convert, item, &place);
		place.index++;
	}
	ps_convert_unique(ids);
}
