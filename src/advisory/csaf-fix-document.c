#include "config.h"

/* Fixes of the document's form, category, languages, references and distribution. */

#include "advisory/csaf-fix-internal.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "advisory/item.h"
#include "advisory/language.h"
#include "advisory/phrase.h"
#include "base/i18n.h"

/* 6.2.13 */
gboolean
ps_csaf_fix_sort(PsCsafFixer *fixer)
{
	fixer->fix->sort_keys = TRUE;
	return ps_csaf_fix_title(fixer, "%s", _("Sort the keys of all objects"));
}

/* ---- what is there twice ---- */

/* Items that are compared with one; a list of a hostile document may hold millions. */
#define COPIES_MAX 10000

static gboolean same_value(const cJSON *a, const cJSON *b);

/* Equal texts of a numbered tree are the same one. */
static gboolean
same_text(const char *a, const char *b)
{
	return a == b || (a && b && *a == *b && strcmp(a, b) == 0);
}

static gboolean
same_members(const cJSON *a, const cJSON *b)
{
	const cJSON *x = a->child, *y = b->child;

	for (; x && y && same_text(x->string, y->string); x = x->next, y = y->next)
		if (!same_value(x, y))
			return FALSE;
	if (!x || !y)
		return !x && !y;
	/* another order of keys is the same object */
	g_autoptr(cJSON) one = cJSON_Duplicate(a, TRUE);
	g_autoptr(cJSON) other = cJSON_Duplicate(b, TRUE);
	ps_sort_members(one);
	ps_sort_members(other);
	g_autofree char *left = ps_json_print(one), *right = ps_json_print(other);
	return g_str_equal(left, right);
}

static gboolean
same_items(const cJSON *a, const cJSON *b)
{
	const cJSON *x = a->child, *y = b->child;

	for (; x && y; x = x->next, y = y->next)
		if (!same_value(x, y))
			return FALSE;
	return !x && !y;
}

static gboolean
same_value(const cJSON *a, const cJSON *b)
{
	int type = a->type & 0xff;

	if (type != (b->type & 0xff))
		return FALSE;
	if (type == cJSON_Object)
		return same_members(a, b);
	if (a->valuestring || b->valuestring)
		return same_text(a->valuestring, b->valuestring);
	return type == cJSON_Number ? a->valuedouble == b->valuedouble : same_items(a, b);
}

/* The item that holds the place is an exact copy of one before it: the first one stays. */
gboolean
ps_csaf_fix_copy(PsCsafFixer *fixer)
{
	guint n = fixer->n_steps, looked_at = 0;

	while (n > 0 && !cJSON_IsArray(ps_csaf_fix_at(fixer, n - 1)))
		n--;
	const cJSON *item = n > 0 ? ps_csaf_fix_at(fixer, n) : NULL;
	const cJSON *list = n > 0 ? ps_csaf_fix_at(fixer, n - 1) : NULL;
	for (const cJSON *other = list ? list->child : NULL;
	     item && other && other != item && looked_at++ < COPIES_MAX; other = other->next) {
		if (!same_value(item, other))
			continue;
		g_autofree char *pointer = ps_csaf_fix_pointer(fixer, n);
		ps_csaf_fix_edit(fixer, pointer, NULL);
		return ps_csaf_fix_title(fixer, "%s", _("Remove the exact copy"));
	}
	return FALSE;
}

/* ---- 6.2.20 ---- */

gboolean
ps_csaf_fix_same_letters(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a && !g_ascii_isalnum(*a))
			a++;
		while (*b && !g_ascii_isalnum(*b))
			b++;
		if (g_ascii_tolower(*a) != g_ascii_tolower(*b))
			return FALSE;
		if (!*a)
			return TRUE;
	}
}

/* A known member of the object that differs in case and dashes only, and is not there. */
static const char *
meant_member(const PsCsafFixer *fixer, const PsCsafNode *node)
{
	for (int i = 0; node && node->type == PS_CSAF_OBJECT && i < node->n_members; i++)
		if (ps_csaf_fix_same_letters(node->members[i].name, fixer->name) &&
		    !cJSON_GetObjectItemCaseSensitive(fixer->holder, node->members[i].name))
			return node->members[i].name;
	return NULL;
}

gboolean
ps_csaf_fix_unknown_property(PsCsafFixer *fixer)
{
	if (!fixer->value || !cJSON_IsObject(fixer->holder))
		return FALSE;
	g_autofree char *holder = ps_csaf_fix_pointer(fixer, fixer->n_steps - 1);
	const char *meant = meant_member(fixer, ps_csaf_node_at(fixer->root, holder));
	ps_csaf_fix_here(fixer, NULL);
	if (!meant)
		return ps_csaf_fix_title(fixer, _("Remove “%s”"), fixer->name);
	fixer->fix->choice = FALSE; /* nothing is lost */
	ps_csaf_fix_beside(fixer, meant, cJSON_Duplicate(fixer->value, TRUE));
	return ps_csaf_fix_title(fixer, _("Write “%s” as “%s”"), fixer->name, meant);
}

/* ---- languages ---- */

/* 6.1.12: "en_US" */
gboolean
ps_csaf_fix_language_form(PsCsafFixer *fixer)
{
	PsLanguage language;

	if (!cJSON_IsString(fixer->value))
		return FALSE;
	g_autofree char *tag = g_strstrip(g_strdup(fixer->value->valuestring));
	g_strdelimit(tag, "_", '-');
	if (g_str_equal(tag, fixer->value->valuestring) || !ps_language_parse(tag, &language))
		return FALSE;
	g_autoptr(PsTableFile) registry = ps_table_file_open("language-subtags.tsv", NULL);
	g_autofree char *unknown = registry ? ps_language_unknown(&language, registry) : NULL;
	if (!registry || unknown)
		return FALSE;
	ps_csaf_fix_here(fixer, cJSON_CreateString(tag));
	return ps_csaf_fix_title(fixer, _("Write the language as “%s”"), tag);
}

/* 6.2.12 */
gboolean
ps_csaf_fix_language_missing(PsCsafFixer *fixer)
{
	const char *language = fixer->options->language;

	fixer->fix->choice = language == NULL;
	language = language ? language : "en";
	ps_csaf_fix_edit(fixer, "/document/lang", cJSON_CreateString(language));
	return ps_csaf_fix_title(fixer, _("Say that the document is in the language “%s”"),
				 language);
}

/* 6.1.28: a translation must keep it (6.1.15). */
gboolean
ps_csaf_fix_source_language(PsCsafFixer *fixer)
{
	const cJSON *head = ps_csaf_object(fixer->document, "document");
	const char *category = ps_csaf_string(ps_csaf_object(head, "publisher"), "category");

	if (!ps_csaf_string(head, "source_lang") || g_strcmp0(category, "translator") == 0)
		return FALSE;
	ps_csaf_fix_edit(fixer, "/document/source_lang", NULL);
	return ps_csaf_fix_title(fixer, "%s",
				 _("Remove the source language: this is no translation"));
}

/* ---- 6.2.11 ---- */

/* The folder of a self reference that has another name. New string. */
static char *
present_folder(const cJSON *head)
{
	for (const cJSON *item = ps_csaf_items(head, "references"); item; item = item->next) {
		const char *url = ps_csaf_string(item, "url");
		if (!url || g_strcmp0(ps_csaf_string(item, "category"), "self") != 0 ||
		    !g_str_has_prefix(url, "https://") || !g_str_has_suffix(url, ".json"))
			continue;
		const char *slash = strrchr(url, '/');
		if (slash > url + strlen("https://"))
			return g_strndup(url, (gsize)(slash - url));
	}
	return NULL;
}

gboolean
ps_csaf_fix_self_reference(PsCsafFixer *fixer)
{
	const cJSON *head = ps_csaf_object(fixer->document, "document");
	const char *id = ps_csaf_string(fixer->tracking, "id");
	g_autofree char *base = fixer->options->base_url ? g_strdup(fixer->options->base_url)
							 : present_folder(head);

	if (!id || !base || !g_str_has_prefix(base, "https://"))
		return FALSE;
	while (g_str_has_suffix(base, "/"))
		base[strlen(base) - 1] = '\0';
	g_autofree char *name = ps_csaf_filename(id);
	g_autofree char *url = g_strconcat(base, "/", name, NULL);
	cJSON *item = cJSON_CreateObject();
	cJSON_AddStringToObject(item, "category", "self");
	cJSON_AddStringToObject(item, "summary",
				ps_phrase(ps_csaf_string(head, "lang"), PS_PHRASE_SELF_REFERENCE));
	cJSON_AddStringToObject(item, "url", url);
	ps_csaf_fix_edit(fixer, "/document/references/-", item);
	return ps_csaf_fix_title(fixer, _("Add the reference to this document itself: %s"), url);
}

/* ---- 6.1.26 ---- */

static const char *const profiles[] = {"csaf_base",
				       "csaf_deprecated_security_advisory",
				       "csaf_informational_advisory",
				       "csaf_security_advisory",
				       "csaf_security_incident_response",
				       "csaf_superseded",
				       "csaf_vex",
				       "csaf_withdrawn"};

/* The profile that a category imitates. */
gboolean
ps_csaf_fix_category(PsCsafFixer *fixer)
{
	const char *given = ps_csaf_string(fixer->holder, "category");

	for (gsize i = 0; given && i < G_N_ELEMENTS(profiles); i++) {
		const char *profile = profiles[i];
		if (!ps_csaf_fix_same_letters(given, profile) &&
		    !ps_csaf_fix_same_letters(given, profile + strlen("csaf_")))
			continue;
		ps_csaf_fix_beside(fixer, "category", cJSON_CreateString(profile));
		return ps_csaf_fix_title(fixer, _("Choose the profile “%s”"), profile);
	}
	return FALSE;
}

/* ---- sharing groups (CSAF 2.1 section 3.2.2.6.1) ---- */

#define SHARING_GROUP "/document/distribution/sharing_group"

static const struct {
	const char *id, *name;
} sharing_names[] = {
	{"ffffffff-ffff-ffff-ffff-ffffffffffff", "Public"},
	{"00000000-0000-0000-0000-000000000000", "No sharing allowed"},
};

/* 6.1.40, 6.1.41: only two ids have fixed names, and only they. */
gboolean
ps_csaf_fix_sharing_name(PsCsafFixer *fixer)
{
	const cJSON *group = ps_json_at(fixer->document, SHARING_GROUP);
	const char *id = ps_csaf_string(group, "id"), *name = ps_csaf_string(group, "name");

	if (!id || !name)
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(sharing_names); i++) {
		if (g_ascii_strcasecmp(sharing_names[i].id, id) != 0)
			continue;
		ps_csaf_fix_edit(fixer, SHARING_GROUP "/name",
				 cJSON_CreateString(sharing_names[i].name));
		return ps_csaf_fix_title(fixer, _("Name the sharing group “%s”"),
					 sharing_names[i].name);
	}
	fixer->fix->choice = TRUE;
	ps_csaf_fix_edit(fixer, SHARING_GROUP "/name", NULL);
	return ps_csaf_fix_title(fixer, _("Remove the name “%s” of the sharing group"), name);
}

/* 6.2.28, 6.2.30: what everybody may read needs no group. */
gboolean
ps_csaf_fix_sharing_group(PsCsafFixer *fixer)
{
	const cJSON *group = ps_json_at(fixer->document, SHARING_GROUP);
	const char *id = ps_csaf_string(group, "id");

	if (!group || !ps_json_at(fixer->document, "/document/distribution/tlp"))
		return FALSE;
	fixer->fix->choice = !id || g_ascii_strcasecmp(id, sharing_names[0].id) != 0;
	ps_csaf_fix_edit(fixer, SHARING_GROUP, NULL);
	return ps_csaf_fix_title(fixer, "%s", _("Remove the sharing group"));
}
