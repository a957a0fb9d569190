#include "config.h"

/* Fixes of what the schema does not allow: what is empty or missing but known, values in another
 * form than the standard's. */

#include "advisory/csaf-fix-internal.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "base/i18n.h"

/* ---- other forms of a text; each gives a new string or NULL ---- */

static char *
trimmed(const char *text)
{
	return g_strstrip(g_strdup(text));
}

static char *
upper(const char *text)
{
	g_autofree char *bare = trimmed(text);

	return g_ascii_strup(bare, -1);
}

static char *
lower(const char *text)
{
	g_autofree char *bare = trimmed(text);

	return g_ascii_strdown(bare, -1);
}

/* The type of a package URL: "pkg:NPM/x" */
static char *
small_type(const char *text)
{
	char *form = trimmed(text);

	for (char *at = form; *at && *at != '/'; at++)
		*at = g_ascii_tolower(*at);
	return form;
}

static char *
with_dashes(const char *text)
{
	return g_strdelimit(trimmed(text), "_", '-');
}

/* "2026-01-02 03:04:05z" */
static char *
time_form(const char *text)
{
	char *form = upper(text);

	if (strlen(form) > 10 && form[10] == ' ')
		form[10] = 'T';
	return form;
}

static char *
without_v(const char *text)
{
	return *text && strchr("vV", *text) ? g_strdup(text + 1) : NULL;
}

static char *
with_cwe(const char *text)
{
	return g_ascii_isdigit(*text) ? g_strconcat("CWE-", text, NULL) : NULL;
}

/* Characters that a web address can't hold, as "%20"; names of hosts are left alone. */
static char *
percent_form(const char *text)
{
	g_autofree char *bare = trimmed(text);
	const char *host = strstr(bare, "://");
	const char *path = host ? strchr(host + 3, '/') : NULL;

	if (!path || strchr(bare, '%'))
		return NULL;
	g_autofree char *start = g_strndup(bare, (gsize)(path - bare));
	g_autofree char *rest = g_uri_escape_string(path, "/:?#@!$&'()*+,;=", FALSE);
	return g_strconcat(start, rest, NULL);
}

static char *
bare_words(const char *text)
{
	gsize start = strspn(text, " \t-_.");
	char *bare = g_strdup(text + start);

	for (gsize end = strlen(bare); end > 0 && strchr(" \t-_.", bare[end - 1]); end--)
		bare[end - 1] = '\0';
	return bare;
}

static const struct {
	PsCsafFormat format; /* PS_CSAF_ANY: of every text */
	char *(*form)(const char *text);
} forms[] = {
	{PS_CSAF_ANY, trimmed},
	{PS_CSAF_TIME, time_form},
	{PS_CSAF_LANG, with_dashes},
	{PS_CSAF_VERSION, without_v},
	{PS_CSAF_CVE, upper},
	{PS_CSAF_CWE, upper},
	{PS_CSAF_CWE, with_cwe},
	{PS_CSAF_URI, percent_form},
	{PS_CSAF_CATEGORY, bare_words},
	{PS_CSAF_HASH_SMALL, lower},
	{PS_CSAF_ALGORITHM, lower},
	{PS_CSAF_UUID, lower},
	{PS_CSAF_PURL_SMALL, small_type},
};

static gboolean
set_text(PsCsafFixer *fixer, const char *text)
{
	ps_csaf_fix_here(fixer, cJSON_CreateString(text));
	return ps_csaf_fix_title(fixer, _("Write it as “%s”"), text);
}

static gboolean
another_form(PsCsafFixer *fixer, const PsCsafNode *node)
{
	const char *text = fixer->value->valuestring;

	for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
		if (forms[i].format != PS_CSAF_ANY && forms[i].format != node->format)
			continue;
		g_autofree char *form = forms[i].form(text);
		g_autofree char *wrong = form ? ps_csaf_check_text(node, form) : NULL;
		if (form && !wrong && !g_str_equal(form, text))
			return set_text(fixer, form);
	}
	return FALSE;
}

/* Words that one version of the standard has for another's. */
static const struct {
	const char *given, *meant;
} synonyms[] = {
	{"WHITE", "CLEAR"},     {"CLEAR", "WHITE"},
	{"TLP:WHITE", "WHITE"}, {"TLP:WHITE", "CLEAR"},
	{"TLP:CLEAR", "CLEAR"}, {"TLP:CLEAR", "WHITE"},
	{"TLP:GREEN", "GREEN"}, {"TLP:AMBER", "AMBER"},
	{"TLP:RED", "RED"},     {"TLP:AMBER+STRICT", "AMBER+STRICT"},
};

static const char *
synonym(const char *text, const char *const *choices)
{
	for (gsize i = 0; i < G_N_ELEMENTS(synonyms); i++)
		if (g_ascii_strcasecmp(synonyms[i].given, text) == 0 &&
		    g_strv_contains(choices, synonyms[i].meant))
			return synonyms[i].meant;
	return NULL;
}

/* "Vendor" for "vendor". */
static gboolean
meant_choice(PsCsafFixer *fixer, const PsCsafNode *node)
{
	const char *text = fixer->value->valuestring;
	const char *found = synonym(text, node->choices);

	for (const char *const *choice = node->choices; *choice && !found; choice++)
		if (ps_csaf_fix_same_letters(*choice, text))
			found = *choice;
	return found && !g_str_equal(found, text) && set_text(fixer, found);
}

/* ---- what is empty or not there ---- */

static gboolean
is_empty(const cJSON *value)
{
	if (cJSON_IsString(value))
		return value->valuestring[strspn(value->valuestring, " \t\r\n")] == '\0';
	return cJSON_IsNull(value) ||
	       ((cJSON_IsArray(value) || cJSON_IsObject(value)) && !value->child);
}

/* What must be there is not removed, nor the last item of a list. */
static gboolean
remove_empty(PsCsafFixer *fixer, const PsCsafNode *node)
{
	gboolean item = cJSON_IsArray(fixer->holder);

	if (item ? !fixer->holder->child->next : node->flags & PS_CSAF_REQUIRED)
		return FALSE;
	ps_csaf_fix_here(fixer, NULL);
	return item ? ps_csaf_fix_title(fixer, "%s", _("Remove the empty item"))
		    : ps_csaf_fix_title(fixer, _("Remove “%s”, which is empty"), fixer->name);
}

static gboolean
in_tracking(const PsCsafFixer *fixer, const char *member)
{
	return fixer->holder == fixer->tracking && g_str_equal(fixer->name, member);
}

static gboolean
add_missing(PsCsafFixer *fixer, const PsCsafNode *node)
{
	if (!cJSON_IsObject(fixer->holder))
		return FALSE;
	if (in_tracking(fixer, "version"))
		return ps_csaf_fix_latest_version(fixer);
	if (in_tracking(fixer, "initial_release_date"))
		return ps_csaf_fix_initial_release(fixer);
	if (in_tracking(fixer, "current_release_date"))
		return ps_csaf_fix_current_release(fixer);
	if (node->role == PS_CSAF_CWE_NAME)
		return ps_csaf_fix_cwe_name(fixer);
	if (!node->choices || node->choices[1])
		return FALSE;
	ps_csaf_fix_here(fixer, cJSON_CreateString(node->choices[0]));
	return ps_csaf_fix_title(fixer, _("Add “%s”: %s"), fixer->name, node->choices[0]);
}

/* ---- values of another type ---- */

static gboolean
number_from_text(PsCsafFixer *fixer, const PsCsafNode *node)
{
	const char *text = fixer->value->valuestring;
	char *end;
	double number = g_ascii_strtod(text, &end);

	if (end == text || *end || number < node->min || (node->max && number > node->max))
		return FALSE;
	ps_csaf_fix_here(fixer, cJSON_CreateNumber(number));
	return ps_csaf_fix_title(fixer, "%s", _("Write it as a number"));
}

static gboolean
text_from_number(PsCsafFixer *fixer, const PsCsafNode *node)
{
	g_autofree char *text = ps_json_print(fixer->value);
	g_autofree char *wrong = ps_csaf_check_text(node, text);

	if (wrong)
		return FALSE;
	ps_csaf_fix_here(fixer, cJSON_CreateString(text));
	return ps_csaf_fix_title(fixer, "%s", _("Write it as a text"));
}

/* One thing where a list of such is wanted. */
static gboolean
list_of_one(PsCsafFixer *fixer, const PsCsafNode *node)
{
	if (!node->members || ps_csaf_check_value(&node->members[0], fixer->value, NULL, NULL) > 0)
		return FALSE;
	cJSON *list = cJSON_CreateArray();
	cJSON *item = cJSON_Duplicate(fixer->value, TRUE);
	cJSON_AddItemToArray(list, item);
	ps_csaf_fix_here(fixer, list);
	return ps_csaf_fix_title(fixer, "%s", _("Put it into a list"));
}

static gboolean
another_type(PsCsafFixer *fixer, const PsCsafNode *node)
{
	const cJSON *value = fixer->value;

	switch (node->type) {
	case PS_CSAF_NUMBER:
		return cJSON_IsString(value) && number_from_text(fixer, node);
	case PS_CSAF_TEXT:
		return (cJSON_IsNumber(value) || cJSON_IsRaw(value)) &&
		       text_from_number(fixer, node);
	case PS_CSAF_LIST:
		return !cJSON_IsArray(value) && list_of_one(fixer, node);
	default:
		return FALSE;
	}
}

/* ---- the makers ---- */

/* Anything that the schema says. */
gboolean
ps_csaf_fix_schema(PsCsafFixer *fixer)
{
	const PsCsafNode *node =
		fixer->root ? ps_csaf_node_at(fixer->root, fixer->finding->pointer) : NULL;
	const cJSON *value = fixer->value;

	if (fixer->n_steps == 0 || !fixer->holder)
		return FALSE;
	if (ps_csaf_fix_cvss_object(fixer))
		return TRUE;
	if (!node) {
		fixer->fix->choice = TRUE;
		return ps_csaf_fix_unknown_property(fixer);
	}
	if (!value)
		return add_missing(fixer, node);
	if (is_empty(value))
		return remove_empty(fixer, node);
	if (cJSON_IsArray(fixer->holder) && ps_csaf_fix_copy(fixer))
		return TRUE;
	if (node->type != PS_CSAF_TEXT || !cJSON_IsString(value))
		return another_type(fixer, node);
	return node->choices ? meant_choice(fixer, node) : another_form(fixer, node);
}

/* CSAF 2.1, 6.1.37 */
gboolean
ps_csaf_fix_time_form(PsCsafFixer *fixer)
{
	if (!cJSON_IsString(fixer->value))
		return FALSE;
	g_autofree char *form = time_form(fixer->value->valuestring);
	return ps_csaf_time(form, NULL, NULL) && !g_str_equal(form, fixer->value->valuestring) &&
	       set_text(fixer, form);
}
