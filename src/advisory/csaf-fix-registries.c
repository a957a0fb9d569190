#include "config.h"

/* Fixes of version ranges, SSVC selections and systems of ids. */

#include "advisory/csaf-fix-internal.h"

#include <string.h>

#include "advisory/csaf-test.h"
#include "base/i18n.h"
#include "base/table-file.h"
#include "registry/vers.h"
#include "scoring/ssvc-registry.h"

/* ---- ranges: PATH/name of a branch ---- */

/* 6.1.50: what is only written wrongly. */
gboolean
ps_csaf_fix_range_form(PsCsafFixer *fixer)
{
	const char *name = ps_csaf_string(fixer->holder, "name");
	g_autofree char *canonical = name ? ps_vers_canonical(name) : NULL;

	if (!canonical || g_str_equal(canonical, name))
		return FALSE;
	ps_csaf_fix_beside(fixer, "name", cJSON_CreateString(canonical));
	return ps_csaf_fix_title(fixer, _("Write the range as “%s”"), canonical);
}

/* 6.1.59 */
gboolean
ps_csaf_fix_range_single(PsCsafFixer *fixer)
{
	const char *name = ps_csaf_string(fixer->holder, "name");
	g_autoptr(PsVers) vers = name ? ps_vers_parse_loose(name) : NULL;
	const char *single = vers ? ps_vers_single(vers) : NULL;

	if (!single)
		return FALSE;
	ps_csaf_fix_beside(fixer, "category", cJSON_CreateString("product_version"));
	ps_csaf_fix_beside(fixer, "name", cJSON_CreateString(single));
	return ps_csaf_fix_title(fixer, _("Make the branch the version “%s”"), single);
}

/* ---- SSVC ---- */

/* 6.1.47: PATH/target_ids/N; an empty list is not allowed. */
gboolean
ps_csaf_fix_ssvc_target(PsCsafFixer *fixer)
{
	const cJSON *list = fixer->n_steps > 1 ? ps_csaf_fix_at(fixer, fixer->n_steps - 1) : NULL;

	if (!cJSON_IsArray(list) || !cJSON_IsString(fixer->value))
		return FALSE;
	g_autofree char *place =
		ps_csaf_fix_pointer(fixer,
				    fixer->n_steps - (list->child && list->child->next ? 0 : 1));
	ps_csaf_fix_edit(fixer, place, NULL);
	return ps_csaf_fix_title(fixer, _("Remove the target “%s”"), fixer->value->valuestring);
}

/* Place of a value in the definition; -1: it is not there. */
static int
place_of(char *const *point, const cJSON *value)
{
	const char *key = ps_csaf_string(value, "key");

	for (int i = 1; key && point[i]; i++) {
		gsize length = strcspn(point[i], "=");
		if (strlen(key) == length && strncmp(point[i], key, length) == 0)
			return i;
	}
	return -1;
}

/* Every value once, in the order of the definition; NULL: some are not there. */
static cJSON *
sort_values(char *const *point, const cJSON *values)
{
	g_autoptr(cJSON) sorted = cJSON_CreateArray();

	for (int i = 1; point[i]; i++)
		for (const cJSON *value = values->child; value; value = value->next)
			if (place_of(point, value) == i) {
				cJSON_AddItemToArray(sorted, cJSON_Duplicate(value, TRUE));
				break;
			}
	for (const cJSON *value = values->child; value; value = value->next)
		if (place_of(point, value) < 0)
			return NULL;
	return g_steal_pointer(&sorted);
}

/* 6.1.48: PATH/selections/N/values/M */
gboolean
ps_csaf_fix_ssvc_order(PsCsafFixer *fixer)
{
	guint n = fixer->n_steps;
	const cJSON *selection = n > 2 ? ps_csaf_fix_at(fixer, n - 2) : NULL;
	const cJSON *values = n > 2 ? ps_csaf_fix_at(fixer, n - 1) : NULL;
	const char *space = ps_csaf_string(selection, "namespace");
	const char *key = ps_csaf_string(selection, "key");
	const char *version = ps_csaf_string(selection, "version");
	g_autoptr(PsSsvcRegistry) registry = ps_ssvc_registry_open(NULL);

	if (!registry || !space || !key || !version || !cJSON_IsArray(values))
		return FALSE;
	g_autofree char *base = g_strndup(space, strcspn(space, "/"));
	g_auto(GStrv) point = ps_ssvc_registry_point(registry, base, key, version);
	cJSON *sorted = point ? sort_values(point, values) : NULL;
	if (!sorted || cJSON_Compare(sorted, values, TRUE)) {
		cJSON_Delete(sorted);
		return FALSE;
	}
	g_autofree char *place = ps_csaf_fix_pointer(fixer, n - 1);
	ps_csaf_fix_edit(fixer, place, sorted);
	return ps_csaf_fix_title(fixer, _("Sort the values of “%s” as it defines them"), key);
}

/* ---- 6.3.20 ---- */

typedef struct {
	const char *given;
	char *registered;
} Lookup;

static gboolean
has_name(gpointer user, const char *key, char *const *cells)
{
	Lookup *lookup = user;

	if (g_ascii_strcasecmp(cells[0], lookup->given) == 0)
		lookup->registered = g_strdup(key);
	return lookup->registered == NULL;
}

/* The name that a system is registered by, where its other name was given. */
gboolean
ps_csaf_fix_id_system(PsCsafFixer *fixer)
{
	Lookup lookup = {ps_csaf_string(fixer->holder, "system_name"), NULL};
	g_autoptr(PsTableFile) systems = ps_table_file_open("id-systems.tsv", NULL);

	if (!lookup.given || !systems)
		return FALSE;
	ps_table_file_each(systems, has_name, &lookup);
	g_autofree char *registered = lookup.registered;
	if (!registered)
		return FALSE;
	ps_csaf_fix_beside(fixer, "system_name", cJSON_CreateString(registered));
	return ps_csaf_fix_title(fixer, _("Name the system “%s”"), registered);
}
