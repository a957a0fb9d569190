#include "config.h"

/* Fixes of weaknesses, ids and branches. */

#include "advisory/csaf-fix-internal.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "base/i18n.h"
#include "scoring/cwe.h"

/* ---- weaknesses ---- */

/* The name of a weakness in a release; NULL version: in the newest. New string. */
static char *
name_of(const char *version, const char *id)
{
	g_autoptr(PsCwe) cwe = ps_cwe_open(NULL);
	g_auto(PsCweEntry) entry = {NULL, FALSE, PS_CWE_NOT_STATED};

	if (!cwe)
		return NULL;
	if (ps_cwe_lookup(cwe, version ? version : ps_cwe_newest(cwe), id, &entry) != PS_CWE_FOUND)
		return NULL;
	return g_steal_pointer(&entry.name);
}

/* 6.1.11 */
gboolean
ps_csaf_fix_cwe_name(PsCsafFixer *fixer)
{
	const char *id = ps_csaf_string(fixer->holder, "id");
	const char *version = ps_csaf_string(fixer->holder, "version");
	g_autofree char *name = NULL;

	if (id && g_str_equal(fixer->name, "name"))
		name = name_of(fixer->is_2_1 ? version : NULL, id);
	if (!name || g_strcmp0(name, ps_csaf_string(fixer->holder, "name")) == 0)
		return FALSE;
	ps_csaf_fix_here(fixer, cJSON_CreateString(name));
	return ps_csaf_fix_title(fixer, _("Write the name of %s: %s"), id, name);
}

/* 6.2.24: the release that was the newest at the newest revision. */
gboolean
ps_csaf_fix_cwe_version(PsCsafFixer *fixer)
{
	const char *id = ps_csaf_string(fixer->holder, "id");
	g_autoptr(PsCwe) cwe = ps_cwe_open(NULL);
	gint64 seconds;

	if (!id || !cwe || !ps_csaf_fix_newest(fixer, &seconds))
		return FALSE;
	const char *version = ps_cwe_release_at(cwe, seconds);
	g_autofree char *name = version ? name_of(version, id) : NULL;
	if (!name || g_strcmp0(version, ps_csaf_string(fixer->holder, "version")) == 0)
		return FALSE;
	if (g_strcmp0(name, ps_csaf_string(fixer->holder, "name")) != 0)
		ps_csaf_fix_beside(fixer, "name", cJSON_CreateString(name));
	ps_csaf_fix_beside(fixer, "version", cJSON_CreateString(version));
	return ps_csaf_fix_title(fixer, _("State it as of CWE %s"), version);
}

/* ---- ids ---- */

static gboolean
is_cve_elsewhere(const PsCsafFixer *fixer, const cJSON *here, const char *cve)
{
	for (const cJSON *item = ps_csaf_items(fixer->document, "vulnerabilities"); item;
	     item = item->next)
		if (item != here && g_strcmp0(ps_csaf_string(item, "cve"), cve) == 0)
			return TRUE;
	return FALSE;
}

/* 6.2.17: /vulnerabilities/N/ids/M/text */
gboolean
ps_csaf_fix_cve_in_ids(PsCsafFixer *fixer)
{
	const cJSON *vulnerability = fixer->n_steps == 5 ? ps_csaf_fix_at(fixer, 2) : NULL;
	const cJSON *ids = fixer->n_steps == 5 ? ps_csaf_fix_at(fixer, 3) : NULL;
	const char *present = ps_csaf_string(vulnerability, "cve");

	if (!cJSON_IsString(fixer->value) || !cJSON_IsArray(ids))
		return FALSE;
	const char *cve = fixer->value->valuestring;
	if (present ? !g_str_equal(present, cve) : is_cve_elsewhere(fixer, vulnerability, cve))
		return FALSE;
	/* an empty list is not allowed */
	g_autofree char *place = ps_csaf_fix_pointer(fixer, ids->child->next ? 4 : 3);
	ps_csaf_fix_edit(fixer, place, NULL);
	if (present)
		return ps_csaf_fix_title(fixer, _("Remove %s here: it is in “cve” already"), cve);
	g_autofree char *above = ps_csaf_fix_pointer(fixer, 2);
	g_autofree char *target = g_strconcat(above, "/cve", NULL);
	ps_csaf_fix_edit(fixer, target, cJSON_CreateString(cve));
	return ps_csaf_fix_title(fixer, _("Move %s to “cve”"), cve);
}

/* ---- branches ---- */

/* 6.1.31 */
gboolean
ps_csaf_fix_version_range(PsCsafFixer *fixer)
{
	if (!ps_csaf_string(fixer->holder, "category"))
		return FALSE;
	ps_csaf_fix_beside(fixer, "category", cJSON_CreateString("product_version_range"));
	return ps_csaf_fix_title(fixer, "%s", _("Make the branch a range of versions"));
}

/* 6.3.11 */
gboolean
ps_csaf_fix_version_v(PsCsafFixer *fixer)
{
	const char *name = ps_csaf_string(fixer->holder, "name");

	if (!name || !*name || !strchr("vV", *name) || !g_ascii_isdigit(name[1]))
		return FALSE;
	ps_csaf_fix_beside(fixer, "name", cJSON_CreateString(name + 1));
	return ps_csaf_fix_title(fixer, _("Write the version as “%s”"), name + 1);
}
