#include "config.h"

/* The licence of a document, from its legal notes: the only SPDX licence expression in them
 * becomes /document/license_expression. */

#include "advisory/csaf-convert-internal.h"

#include <string.h>

#include "advisory/licence.h"
#include "base/i18n.h"

typedef struct {
	PsConvert *convert;
	PsTableFile *list;
	GPtrArray *expressions, *places; /* char*, of the same length */
} Licences;

/* Ids without a digit or a dash are words of other languages too; these are met. */
static const char *const plain_ids[] = {"MIT", "ISC", "NCSA", "Unlicense", "Zlib", "WTFPL", NULL};

/* In the spelling of the list: a text is no expression by accident. */
static gboolean
is_listed(const Licences *licences, const char *id, PsLicenceRole role)
{
	g_autofree char *small = g_ascii_strdown(id, -1);
	g_auto(GStrv) cells = ps_table_file_find(licences->list, small);
	const char *spelling = cells && cells[0] && cells[1] && *cells[1] ? cells[1] : small;
	PsLicenceState state = ps_licence_state(licences->list, id, role);

	if (g_str_has_prefix(id, "LicenseRef-scancode-"))
		return state == PS_LICENCE_KNOWN || state == PS_LICENCE_DEPRECATED;
	return cells && g_str_equal(spelling, id) &&
	       (state == PS_LICENCE_KNOWN || state == PS_LICENCE_DEPRECATED);
}

static gboolean
is_telling(const char *id)
{
	return strpbrk(id, "-0123456789") || g_strv_contains(plain_ids, id);
}

typedef struct {
	const Licences *licences;
	gboolean known;
} Whole;

static void
check_id(gpointer user, const char *id, PsLicenceRole role)
{
	Whole *whole = user;

	whole->known = whole->known && is_listed(whole->licences, id, role);
}

static gboolean
is_expression(const Licences *licences, const char *text)
{
	Whole whole = {licences, TRUE};

	return ps_licence_parse(text, check_id, &whole, NULL) && whole.known;
}

static void
add_expression(Licences *licences, const char *expression, const char *place)
{
	if (g_ptr_array_find_with_equal_func(licences->expressions, expression, g_str_equal, NULL))
		return;
	g_ptr_array_add(licences->expressions, g_strdup(expression));
	g_ptr_array_add(licences->places, g_strdup(place));
}

/* ---- expressions in a sentence ---- */

static gboolean
is_operator(const char *word)
{
	return g_str_equal(word, "AND") || g_str_equal(word, "OR") || g_str_equal(word, "WITH");
}

/* The length of a sign of the sentence at the beginning or the end of a word; 0: none. */
static gsize
sign_at(const char *word, gboolean at_end)
{
	static const char *const signs[] = {"“", "”",  "„", "‚", "‘", "’", "«", "»",
					    "…", "\"", "'", "(", ")", "[", "]", "<",
					    ">", ".",  ",", ";", ":", "!", "?"};

	for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
		if (at_end ? g_str_has_suffix(word, signs[i]) : g_str_has_prefix(word, signs[i]))
			return strlen(signs[i]);
	return 0;
}

/* The word without the signs around it that belong to the sentence. New string. */
static char *
bare_word(const char *word)
{
	gsize sign;

	while ((sign = sign_at(word, FALSE)))
		word += sign;
	char *bare = g_strdup(word);
	while ((sign = sign_at(bare, TRUE)))
		bare[strlen(bare) - sign] = '\0';
	return bare;
}

static gboolean
is_operand(const Licences *licences, const char *word)
{
	g_autofree char *id = g_strdup(word);

	if (g_str_has_suffix(id, "+"))
		id[strlen(id) - 1] = '\0';
	return *id && is_telling(id) &&
	       (is_listed(licences, id, PS_LICENCE_ID) ||
		is_listed(licences, id, PS_LICENCE_EXCEPTION));
}

static void
end_run(Licences *licences, GString *run, const char *place)
{
	/* What ends in an operator was a sentence going on. */
	while (run->len) {
		const char *last = strrchr(run->str, ' ');
		if (!is_operator(last ? last + 1 : run->str))
			break;
		g_string_truncate(run, last ? (gsize)(last - run->str) : 0);
	}
	if (run->len && is_expression(licences, run->str))
		add_expression(licences, run->str, place);
	g_string_truncate(run, 0);
}

static void
search_text(Licences *licences, const char *text, const char *place)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
	g_autoptr(GString) run = g_string_new(NULL);
	gboolean operand = FALSE; /* the last word of the run is one */

	for (char **at = words; *at; at++) {
		g_autofree char *word = bare_word(*at);
		if (!*word)
			continue;
		gboolean fits = operand ? is_operator(word) : is_operand(licences, word);
		if (!fits)
			end_run(licences, run, place);
		if (!fits && !is_operand(licences, word)) {
			operand = FALSE;
			continue;
		}
		g_string_append_printf(run, "%s%s", run->len ? " " : "", word);
		operand = !is_operator(word);
	}
	end_run(licences, run, place);
}

static void
search_note(Licences *licences, const cJSON *note, const char *place)
{
	const char *text = ps_json_text(note, "text");

	if (g_strcmp0(ps_json_text(note, "category"), "legal_disclaimer") != 0 || !text)
		return;
	g_autofree char *whole = g_strdup(text);
	if (is_expression(licences, g_strstrip(whole)))
		add_expression(licences, whole, place);
	else
		search_text(licences, text, place);
}

/* ---- the document ---- */

static void
set_licence(Licences *licences, cJSON *document)
{
	g_autoptr(GString) all = g_string_new(NULL);

	if (licences->expressions->len == 1) {
		ps_convert_set(document, "license_expression", licences->expressions->pdata[0]);
		ps_convert_warn(
			licences->convert, licences->places->pdata[0],
			_("An SPDX license expression was found and set as document license "
			  "expression: “%s”."),
			(const char *)licences->expressions->pdata[0]);
		return;
	}
	for (guint i = 0; i < licences->expressions->len; i++)
		g_string_append_printf(all, "%s“%s” (%s)", i ? ", " : "",
				       (const char *)licences->expressions->pdata[i],
				       (const char *)licences->places->pdata[i]);
	if (all->len)
		ps_convert_warn(licences->convert, "/document/notes",
				_("Multiple SPDX license expressions were found and therefore no "
				  "document license expression could be determined: %s."),
				all->str);
}

gboolean
ps_convert_licence(PsConvert *convert, GError **error)
{
	cJSON *document = cJSON_GetObjectItemCaseSensitive(convert->root, "document");
	g_autoptr(PsTableFile) list = ps_table_file_open("licences.tsv", error);
	g_autoptr(GPtrArray) expressions = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
	Licences licences = {convert, list, expressions, places};
	const cJSON *note;
	int index = 0;

	if (!list)
		return FALSE;
	cJSON_ArrayForEach (note, cJSON_GetObjectItemCaseSensitive(document, "notes")) {
		g_autofree char *place = g_strdup_printf("/document/notes/%d", index++);
		search_note(&licences, note, place);
	}
	set_licence(&licences, document);
	return TRUE;
}
