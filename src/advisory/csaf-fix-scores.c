#include "config.h"

/* Fixes of CVSS objects: the vector is what counts, the rest follows from it. */

#include "advisory/csaf-fix-internal.h"

#include <string.h>

#include "advisory/csaf-context.h"
#include "advisory/cvss-object.h"
#include "base/i18n.h"

/* The object that holds the place, read from its vector; FALSE: there is no readable one. */
static gboolean
read_object(const PsCsafFixer *fixer, PsCvss *cvss)
{
	const char *vector = ps_csaf_string(fixer->holder, "vectorString");
	PsCvssProblem problem;

	return vector && ps_cvss_parse(vector, strlen(vector), 0, cvss, &problem);
}

/* Tenths of "baseScore", "temporalSeverity", …; -1: the version has no such score. */
static int
tenths_of(const PsCvss *cvss, const char *member)
{
	PsCvssScores scores;

	if (!ps_cvss_score(cvss, &scores))
		return -1;
	if (g_str_has_prefix(member, "base"))
		return scores.base;
	if (g_str_has_prefix(member, "temporal"))
		return scores.temporal;
	return g_str_has_prefix(member, "environmental") ? scores.environmental : -1;
}

/* 6.1.9 */
gboolean
ps_csaf_fix_cvss_score(PsCsafFixer *fixer)
{
	PsCvss cvss;
	char text[PS_CVSS_TENTHS_MAX];

	if (!read_object(fixer, &cvss))
		return FALSE;
	int tenths = tenths_of(&cvss, fixer->name);
	if (tenths < 0)
		return FALSE;
	if (g_str_has_suffix(fixer->name, "Score")) {
		ps_csaf_fix_here(fixer, cJSON_CreateNumber(tenths / 10.0));
		return ps_csaf_fix_title(fixer, _("Compute “%s” from the vector: %s"), fixer->name,
					 ps_cvss_tenths(tenths, text));
	}
	if (!g_str_has_suffix(fixer->name, "Severity"))
		return FALSE;
	g_autofree char *word = g_ascii_strup(ps_cvss_severity(cvss.version, tenths), -1);
	ps_csaf_fix_here(fixer, cJSON_CreateString(word));
	return ps_csaf_fix_title(fixer, _("Compute “%s” from the vector: %s"), fixer->name, word);
}

/* 6.1.10 */
gboolean
ps_csaf_fix_cvss_property(PsCsafFixer *fixer)
{
	PsCvss cvss;

	if (!read_object(fixer, &cvss))
		return FALSE;
	g_autoptr(cJSON) right = ps_cvss_object(&cvss);
	const char *word = ps_json_text(right, fixer->name);
	ps_csaf_fix_here(fixer, word ? cJSON_CreateString(word) : NULL);
	return word ? ps_csaf_fix_title(fixer, _("Set “%s” to what the vector says: %s"),
					fixer->name, word)
		    : ps_csaf_fix_title(fixer, _("Remove “%s”, which the vector does not give"),
					fixer->name);
}
