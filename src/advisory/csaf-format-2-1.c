#include "config.h"

#include "advisory/csaf-format-2-1.h"

#include <string.h>

#include "advisory/csaf-format.h"
#include "advisory/language.h"
#include "scoring/cvss.h"

#define DIGITS "0123456789"
#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SMALL_HEX DIGITS "abcdef"
#define LABEL_MAX 63 /* of a host name */

gboolean
ps_csaf_is_vector_4(const char *text)
{
	PsCvss cvss;
	PsCvssProblem problem;

	return ps_cvss_parse(text, strlen(text), 0, &cvss, &problem) && cvss.version == PS_CVSS_4_0;
}

gboolean
ps_csaf_is_purl_small(const char *text)
{
	if (!g_str_has_prefix(text, "pkg:") || !g_ascii_islower(text[4]))
		return FALSE;
	gsize type = strspn(text + 4, SMALL DIGITS ".-");
	return text[4 + type] == '/' && text[5 + type] && ps_csaf_is_uri(text);
}

gboolean
ps_csaf_is_hash_small(const char *text)
{
	gsize digits = strspn(text, SMALL_HEX);

	return digits >= 32 && text[digits] == '\0';
}

gboolean
ps_csaf_is_algorithm(const char *text)
{
	return *text && *text != '-' && text[strspn(text, SMALL DIGITS "-")] == '\0';
}

gboolean
ps_csaf_is_uuid(const char *text)
{
	static const int groups[] = {8, 4, 4, 4, 12};
	const char *at = text;

	for (gsize i = 0; i < G_N_ELEMENTS(groups); i++) {
		if (i > 0 && *at++ != '-')
			return FALSE;
		if (strspn(at, SMALL_HEX) != (gsize)groups[i])
			return FALSE;
		at += groups[i];
	}
	return *at == '\0' &&
	       (text[14] == '4' || strspn(text, "0-") == 36 || strspn(text, "f-") == 36);
}

/* A number without leading zeros at the start of `text`; its length, 0: none. */
static gsize
number(const char *text)
{
	return *text == '0' ? 1 : strspn(text, DIGITS);
}

gboolean
ps_csaf_is_cwe_version(const char *text)
{
	gsize major = *text == '0' ? 0 : number(text);

	if (major == 0 || text[major] != '.')
		return FALSE;
	text += major + 1;
	gsize minor = number(text);
	if (minor == 0)
		return FALSE;
	text += minor;
	if (*text != '.')
		return *text == '\0';
	gsize patch = strspn(text + 1, DIGITS);
	return patch > 0 && text[1 + patch] == '\0';
}

/* 0.… or 1.0… */
gboolean
ps_csaf_is_probability(const char *text)
{
	if ((*text != '0' && *text != '1') || text[1] != '.')
		return FALSE;
	gsize digits = strspn(text + 2, *text == '0' ? DIGITS : "0");
	return digits > 0 && text[2 + digits] == '\0';
}

gboolean
ps_csaf_is_ssvc_key(const char *text)
{
	gsize length = strspn(text, SMALL CAPITALS DIGITS "_");

	if (g_str_equal(text, "T*"))
		return TRUE;
	return length > 0 && text[length] == '\0' && *text != '_' && text[length - 1] != '_';
}

/* ---- host names ---- */

/* A label at the start of `text`: small letters, digits, dashes inside. Its length, 0: none. */
static gsize
label(const char *text)
{
	gsize length = strspn(text, SMALL DIGITS "-");

	if (length == 0 || length > LABEL_MAX || *text == '-' || text[length - 1] == '-')
		return 0;
	return length;
}

/* Two labels or more with points between them; 0: none. */
static gsize
host(const char *text)
{
	gsize length = label(text), next;
	int labels = length > 0;

	while (length > 0 && text[length] == '.' && (next = label(text + length + 1)) > 0) {
		length += 1 + next;
		labels++;
	}
	return labels >= 2 ? length : 0;
}

/* ---- namespaces of SSVC ---- */

/* Small letters and digits, with single points or dashes between; 0: none. */
static gsize
words(const char *text)
{
	gsize length = strspn(text, SMALL DIGITS), next;

	while (length > 0 && (text[length] == '.' || text[length] == '-') &&
	       (next = strspn(text + length + 1, SMALL DIGITS)) > 0)
		length += 1 + next;
	return length;
}

/* "#fragment" at the start of `text`; 0: none. */
static gsize
fragment(const char *text)
{
	gsize length = *text == '#' ? words(text + 1) : 0;

	return length > 0 ? 1 + length : 0;
}

static gboolean
is_base(const char *text)
{
	gsize length;

	if (g_str_has_prefix(text, "x_")) {
		length = 2 + host(text + 2);
		gsize rest = length > 2 ? fragment(text + length) : 0;
		return rest > 0 && text[length + rest] == '\0';
	}
	length = words(text);
	if (!g_ascii_islower(*text) || length < 3 || strspn(text, SMALL DIGITS) < 2)
		return FALSE;
	length += fragment(text + length);
	return text[length] == '\0';
}

/* Private parts have two characters or more here, and the old tags are written small. */
static gboolean
is_language(const char *text)
{
	if (g_str_equal(text, "i-default") || g_str_equal(text, "i-mingo"))
		return TRUE;
	if (!ps_language_is_well_formed(text) || g_ascii_strncasecmp(text, "i-", 2) == 0)
		return FALSE;
	g_auto(GStrv) parts = g_strsplit(text, "-", -1);
	gboolean private = FALSE;
	for (char **part = parts; *part; part++) {
		if (private && strlen(*part) < 2)
			return FALSE;
		private |= g_ascii_strcasecmp(*part, "x") == 0;
	}
	return TRUE;
}

/* A language, or a point with a host, a fragment, and a language behind "$" (it may be left out
 * where there is a fragment). */
static gboolean
is_segment(const char *text)
{
	if (*text != '.')
		return is_language(text);
	gsize length = host(text + 1);
	if (length == 0)
		return FALSE;
	text += 1 + length;
	gsize rest = fragment(text);
	text += rest;
	return *text == '$' ? is_language(text + 1) : rest > 0 && *text == '\0';
}

gboolean
ps_csaf_is_ssvc_namespace(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "/", -1);

	if (!parts[0] || !is_base(parts[0]))
		return FALSE;
	if (!parts[1])
		return TRUE;
	if (*parts[1] && !is_language(parts[1]))
		return FALSE;
	for (char **part = parts + 2; *part; part++)
		if (!is_segment(*part))
			return FALSE;
	return TRUE;
}

/* ---- addresses of extensions ---- */

#define EXTENSION_BASE "https://docs.oasis-open.org/csaf/csaf/v2.1/"
#define EXTENSION_OWN "schema/extension-content.json"

/* The schema of the content, in the folder of this version of the standard or below. */
static gboolean
is_content_schema(const char *text)
{
	if (!g_str_has_prefix(text, EXTENSION_BASE))
		return FALSE;
	const char *at = text + strlen(EXTENSION_BASE) - 1;
	while ((at = strstr(at, "/" EXTENSION_OWN))) {
		gsize before = (gsize)(at - text) + 1;
		if (!g_strstr_len(text + strlen(EXTENSION_BASE) - 1,
				  (gssize)(before - strlen(EXTENSION_BASE) + 1), "//"))
			return TRUE;
		at++;
	}
	return FALSE;
}

static gboolean
ends_in_version(const char *name)
{
	const char *mark = name;

	if (!g_str_has_suffix(name, ".json"))
		return FALSE;
	while ((mark = strchr(mark, '_'))) {
		gsize length = strlen(++mark) - strlen(".json");
		g_autofree char *version = g_strndup(mark, length);
		if (mark - name > 1 && ps_csaf_format_matches(PS_CSAF_SEMVER, version))
			return TRUE;
	}
	return FALSE;
}

gboolean
ps_csaf_is_extension_url(const char *text)
{
	if (!g_str_has_prefix(text, "https://") || !ps_csaf_is_uri(text) || is_content_schema(text))
		return FALSE;
	gsize length = host(text + strlen("https://"));
	const char *path = text + strlen("https://") + length;
	if (length == 0 || *path != '/' || strstr(path, "//"))
		return FALSE;
	return ends_in_version(strrchr(path, '/') + 1);
}
