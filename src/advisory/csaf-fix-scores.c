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

/* ---- 6.1.8, and what the schema says of CVSS objects ---- */

static gboolean
is_cvss_object(const PsCsafFixer *fixer)
{
	return fixer->n_steps >= 2 && cJSON_IsObject(fixer->holder) &&
	       g_str_has_prefix(fixer->steps[fixer->n_steps - 2], "cvss_v");
}

static gboolean
set_version(PsCsafFixer *fixer, PsCvssVersion version)
{
	const char *name = ps_cvss_table(version)->name;

	ps_csaf_fix_beside(fixer, "version", cJSON_CreateString(name));
	return ps_csaf_fix_title(fixer, _("Set the CVSS version to that of the vector: %s"), name);
}

/* A vector without the prefix of its version, in brackets, or in small letters. */
static gboolean
mend_vector(PsCsafFixer *fixer)
{
	const char *version_text = ps_csaf_string(fixer->holder, "version");
	const char *vector = ps_csaf_string(fixer->holder, "vectorString");
	PsCvssVersion version;
	PsCvssProblem problem;
	PsCvss cvss;

	if (!vector || !version_text || !ps_cvss_version_find(version_text, &version))
		return FALSE;
	g_autofree char *bare = g_strstrip(g_strdup(vector));
	gsize length = strlen(bare);
	if (length > 2 && *bare == '(' && bare[length - 1] == ')') {
		bare[length - 1] = '\0';
		memmove(bare, bare + 1, length - 1);
	}
	const char *prefix = ps_cvss_table(version)->prefix;
	g_autofree char *whole =
		g_str_has_prefix(bare, prefix) ? g_strdup(bare) : g_strconcat(prefix, bare, NULL);
	if (g_str_equal(whole, vector) ||
	    !ps_cvss_parse(whole, strlen(whole), 0, &cvss, &problem) || cvss.version != version)
		return FALSE;
	ps_csaf_fix_beside(fixer, "vectorString", cJSON_CreateString(whole));
	return ps_csaf_fix_title(fixer, _("Write the vector as “%s”"), whole);
}

gboolean
ps_csaf_fix_cvss_object(PsCsafFixer *fixer)
{
	PsCvss cvss;

	if (!is_cvss_object(fixer))
		return FALSE;
	if (!read_object(fixer, &cvss))
		return mend_vector(fixer);
	if (g_str_equal(fixer->name, "version") || g_str_equal(fixer->name, "vectorString"))
		return set_version(fixer, cvss.version);
	if (ps_csaf_fix_cvss_score(fixer))
		return TRUE;
	g_autoptr(cJSON) right = ps_cvss_object(&cvss);
	return ps_json_text(right, fixer->name) && ps_csaf_fix_cvss_property(fixer);
}

/* ---- 6.3.2 ---- */

static void
recompute(PsCsafFixer *fixer, const PsCvss *cvss)
{
	for (const cJSON *item = fixer->holder->child; item; item = item->next) {
		int tenths = tenths_of(cvss, item->string);
		if (tenths < 0)
			continue;
		g_autofree char *word = g_ascii_strup(ps_cvss_severity(cvss->version, tenths), -1);
		if (g_str_has_suffix(item->string, "Score"))
			ps_csaf_fix_beside(fixer, item->string, cJSON_CreateNumber(tenths / 10.0));
		else if (g_str_has_suffix(item->string, "Severity"))
			ps_csaf_fix_beside(fixer, item->string, cJSON_CreateString(word));
	}
}

/* The same metrics as CVSS 3.1. */
gboolean
ps_csaf_fix_cvss_3_0(PsCsafFixer *fixer)
{
	char vector[PS_CVSS_VECTOR_MAX];
	PsCvss cvss;

	if (!read_object(fixer, &cvss) || cvss.version != PS_CVSS_3_0)
		return FALSE;
	cvss.version = PS_CVSS_3_1;
	ps_cvss_format(&cvss, vector);
	ps_csaf_fix_beside(fixer, "vectorString", cJSON_CreateString(vector));
	ps_csaf_fix_beside(fixer, "version", cJSON_CreateString("3.1"));
	recompute(fixer, &cvss);
	return ps_csaf_fix_title(fixer, _("Score it with CVSS 3.1: %s"), vector);
}
