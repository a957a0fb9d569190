#include "config.h"

#include "advisory/csaf-format.h"

#include <string.h>

#include "advisory/csaf-format-2-1.h"
#include "advisory/language.h"
#include "base/i18n.h"
#include "scoring/cvss.h"

/* Bytes of a class at the start of `text`. */
static gsize
run(const char *text, gboolean (*is)(char c))
{
	gsize length = 0;

	while (text[length] && is(text[length]))
		length++;
	return length;
}

static gboolean
is_digit(char c)
{
	return g_ascii_isdigit(c);
}

static gboolean
is_hex(char c)
{
	return g_ascii_isxdigit(c);
}

/* White space as ECMA-262 has it in \s. */
static gboolean
is_space(gunichar c)
{
	return (c >= 0x9 && c <= 0xd) || c == 0x20 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f || c == 0x3000 || c == 0xfeff;
}

/* What "." does not match. */
static gboolean
has_line_end(const char *text)
{
	return strpbrk(text, "\n\r") || strstr(text, "\xe2\x80\xa8") ||
	       strstr(text, "\xe2\x80\xa9");
}

/* Neither the first nor the last character is white space or one of `others`. */
static gboolean
is_trimmed(const char *text, const char *others)
{
	if (!*text || has_line_end(text))
		return FALSE;
	gunichar first = g_utf8_get_char(text);
	gunichar last = g_utf8_get_char(g_utf8_prev_char(text + strlen(text)));
	return !is_space(first) && !is_space(last) &&
	       !(first < 0x80 && strchr(others, (int)first)) &&
	       !(last < 0x80 && strchr(others, (int)last));
}

static gboolean
is_category(const char *text)
{
	return is_trimmed(text, "-_.");
}

static gboolean
is_tracking_id(const char *text)
{
	return is_trimmed(text, "");
}

static gboolean
is_cve(const char *text)
{
	if (!g_str_has_prefix(text, "CVE-") || run(text + 4, is_digit) != 4 || text[8] != '-')
		return FALSE;
	gsize digits = run(text + 9, is_digit);
	return digits >= 4 && text[9 + digits] == '\0';
}

static gboolean
is_cwe(const char *text)
{
	if (!g_str_has_prefix(text, "CWE-") || text[4] == '0')
		return FALSE;
	gsize digits = run(text + 4, is_digit);
	return digits >= 1 && digits <= 6 && text[4 + digits] == '\0';
}

static gboolean
is_hash(const char *text)
{
	gsize digits = run(text, is_hex);

	return digits >= 32 && text[digits] == '\0';
}

static gboolean
is_fingerprint(const char *text)
{
	return is_hash(text) && strlen(text) >= 40;
}

static gboolean
is_url_of_json(const char *text)
{
	return ps_csaf_is_uri(text) && g_str_has_suffix(text, ".json");
}

static gboolean
is_url_of_provider(const char *text)
{
	return ps_csaf_is_uri(text) && g_str_has_suffix(text, "/provider-metadata.json");
}

static gboolean
is_url_of_aggregator(const char *text)
{
	return ps_csaf_is_uri(text) && g_str_has_suffix(text, "/aggregator.json");
}

static gboolean
is_purl_start(char c)
{
	return g_ascii_isalpha(c) || c == '.' || c == '-' || c == '+';
}

static gboolean
is_purl_type(char c)
{
	return is_purl_start(c) || g_ascii_isdigit(c);
}

/* ^pkg:[A-Za-z.+-][A-Za-z0-9.+-]*[/].+ : the form only; test 6.1.13 reads it. */
static gboolean
is_purl(const char *text)
{
	if (!g_str_has_prefix(text, "pkg:") || !is_purl_start(text[4]))
		return FALSE;
	gsize type = run(text + 4, is_purl_type);
	return text[4 + type] == '/' && text[5 + type] && text[5 + type] != '\n' &&
	       text[5 + type] != '\r' && ps_csaf_is_uri(text);
}

/* ---- CPE ---- */

/* One character of a CPE 2.3 component; a backslash quotes punctuation. */
static gsize
cpe_unit(const char *text)
{
	if (*text && (g_ascii_isalnum(*text) || strchr("-._", *text)))
		return 1;
	if (*text == '\\' && text[1] && strchr("\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~", text[1]))
		return 2;
	return 0;
}

/* A component of CPE 2.3 at the start of `text`: length of the longest, 0: none. */
static gsize
cpe_component(const char *text)
{
	gsize length = 0, unit, units = 0;

	if (*text == '*' && !cpe_unit(text + 1))
		return 1;
	length += *text == '*' ? 1 : strspn(text, "?");
	while ((unit = cpe_unit(text + length))) {
		length += unit;
		units++;
	}
	if (units == 0)
		return 0;
	return length + (text[length] == '*' ? 1 : strspn(text + length, "?"));
}

/* A language component: letters, with a region, or "*", "-". */
static gsize
cpe_language(const char *text)
{
	gsize letters = 0, region = 0;

	if (*text == '*' || *text == '-')
		return 1;
	while (g_ascii_isalpha(text[letters]) && letters < 4)
		letters++;
	if (letters < 2 || letters > 3)
		return 0;
	if (text[letters] != '-')
		return letters;
	while (g_ascii_isalpha(text[letters + 1 + region]) && region < 2)
		region++;
	if (region == 2)
		return letters + 3;
	return run(text + letters + 1, is_digit) == 3 ? letters + 4 : 0;
}

/* The schema's expression has no end anchor for 2.3 (known erratum): the last component need only
 * begin well. */
static gboolean
cpe_23_length(const char *start, gsize *end)
{
	const char *text = start + 9;

	if (!g_str_has_prefix(start, "cpe:2.3:") || !start[8] || !strchr("aho*-", start[8]))
		return FALSE;
	for (int component = 0; component < 10; component++) {
		if (*text++ != ':')
			return FALSE;
		gsize length = component == 5 ? cpe_language(text) : cpe_component(text);
		if (length == 0)
			return FALSE;
		text += length;
	}
	*end = (gsize)(text - start);
	return TRUE;
}

static gboolean
is_cpe_23(const char *text)
{
	gsize end;

	return cpe_23_length(text, &end);
}

/* cpe:/a:vendor:product… ; nor has it a start anchor for 2.2. */
static gboolean
is_cpe_22(const char *text)
{
	for (; *text; text++) {
		if (*text != 'c' || g_ascii_strncasecmp(text, "cpe:/", 5) != 0)
			continue;
		const char *at = text + 5;
		if (*at && strchr("AHOaho", *at))
			at++;
		for (int component = 0; component < 6 && *at == ':'; component++)
			for (at++; *at && (g_ascii_isalnum(*at) || strchr("._-~%", *at));)
				at++;
		if (!*at)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_cpe(const char *text)
{
	return is_cpe_23(text) || is_cpe_22(text);
}

/* From start to end, as the expression of CSAF 2.1 has it. */
static gboolean
is_cpe_whole(const char *text)
{
	if (!g_str_has_prefix(text, "cpe:2.3:"))
		return *text == 'c' && g_ascii_strncasecmp(text, "cpe:/", 5) == 0 &&
		       is_cpe_22(text) && !strchr(text + 5, '/');
	gsize end = 0;
	return cpe_23_length(text, &end) && text[end] == '\0';
}

/* ---- CVSS vectors, as loosely as FIRST's schemas: known metrics and values ---- */

static gboolean
is_vector_piece(PsCvssVersion version, const char *text, gsize length)
{
	const char *colon = memchr(text, ':', length);
	PsCvss cvss;
	PsCvssProblem problem;
	g_autofree char *one = NULL;

	if (!colon)
		return FALSE;
	one = g_strdup_printf("%s%.*s", ps_cvss_table(version)->prefix, (int)length, text);
	return ps_cvss_parse(one, strlen(one), PS_CVSS_PARTIAL, &cvss, &problem) &&
	       cvss.version == version;
}

static gboolean
is_vector(PsCvssVersion version, const char *text)
{
	const char *prefix = ps_cvss_table(version)->prefix;
	PsCvss cvss;
	PsCvssProblem problem;

	if (!g_str_has_prefix(text, prefix))
		return FALSE;
	/* most are good vectors as a whole */
	if (ps_cvss_parse(text, strlen(text), 0, &cvss, &problem) && cvss.version == version)
		return TRUE;
	for (text += strlen(prefix);; text++) {
		gsize length = strcspn(text, "/");
		if (!is_vector_piece(version, text, length))
			return FALSE;
		text += length;
		if (!*text)
			return TRUE;
	}
}

static gboolean
is_vector_2(const char *text)
{
	return is_vector(PS_CVSS_2_0, text);
}

static gboolean
is_vector_3(const char *text)
{
	return is_vector(PS_CVSS_3_0, text) || is_vector(PS_CVSS_3_1, text);
}

/* ---- RFC 3986 ---- */

#define URI_CHARACTERS                                                                             \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;="

static gboolean
is_uri_character(char c)
{
	return g_ascii_isalnum(c) || strchr("-._~:/?#[]@!$&'()*+,;=", c);
}

/* Every character may stand in a URI, and each "%" has its two digits. */
static gboolean
has_uri_characters(const char *text)
{
	const char *hash = strchr(text, '#');

	if (text[strspn(text, URI_CHARACTERS "%")] || (hash && strchr(hash + 1, '#')))
		return FALSE;
	while ((text = strchr(text, '%'))) {
		if (!g_ascii_isxdigit(text[1]) || !g_ascii_isxdigit(text[2]))
			return FALSE;
		text += 3;
	}
	return TRUE;
}

static gboolean
is_literal_character(char c)
{
	return is_uri_character(c) && !strchr("/?#[]@", c);
}

/* What stands between brackets: an IPv6 address or, as in "v1.name", one of the future. */
static gboolean
is_ip_literal(const char *text, gsize length)
{
	g_autofree char *literal = g_strndup(text, length);

	if (g_ascii_tolower(*literal) != 'v')
		return strchr(literal, ':') && !strchr(literal, '%') &&
		       g_hostname_is_ip_address(literal);
	gsize version = run(literal + 1, is_hex);
	const char *rest = literal + 1 + version;
	return version > 0 && *rest == '.' && rest[1] &&
	       run(rest + 1, is_literal_character) == strlen(rest + 1);
}

/* Host and port, up to `end`; in front of an "@" stands the user. */
static gboolean
is_authority(const char *text, const char *end)
{
	const char *at = memchr(text, '@', (gsize)(end - text)), *port;

	if (at && strcspn(text, "[]") < (gsize)(at - text))
		return FALSE;
	text = at ? at + 1 : text;
	if (*text == '[') {
		const char *close = memchr(text, ']', (gsize)(end - text));
		if (!close || !is_ip_literal(text + 1, (gsize)(close - text - 1)))
			return FALSE;
		port = close + 1;
	} else {
		port = text + strcspn(text, ":/?#");
		if (strcspn(text, "[]@") < (gsize)(port - text))
			return FALSE;
	}
	return port == end || (*port == ':' && port + 1 + run(port + 1, is_digit) == end);
}

/* Behind the scheme: an authority, if there is one, and no brackets elsewhere. */
static gboolean
is_hierarchy(const char *rest)
{
	const char *end = rest;

	if (g_str_has_prefix(rest, "//")) {
		end = rest + 2 + strcspn(rest + 2, "/?#");
		if (!is_authority(rest + 2, end))
			return FALSE;
	}
	return !strpbrk(end, "[]");
}

gboolean
ps_csaf_is_uri(const char *text)
{
	gsize scheme = 0;

	if (!g_ascii_isalpha(*text))
		return FALSE;
	while (text[scheme] && (g_ascii_isalnum(text[scheme]) || strchr("+-.", text[scheme])))
		scheme++;
	if (text[scheme] != ':')
		return FALSE;
	const char *rest = text + scheme + 1;
	return *rest && has_uri_characters(rest) && is_hierarchy(rest);
}

/* ---- RFC 3339 ---- */

static gboolean
read_number(const char **text, int digits, int low, int high, int *value)
{
	*value = 0;
	for (int i = 0; i < digits; i++, (*text)++) {
		if (!g_ascii_isdigit(**text))
			return FALSE;
		*value = *value * 10 + (**text - '0');
	}
	return *value >= low && *value <= high;
}

static gboolean
read_char(const char **text, const char *one_of)
{
	if (!**text || !strchr(one_of, **text))
		return FALSE;
	(*text)++;
	return TRUE;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Days since 1970-01-01 in the Gregorian calendar, years from March. */
static gint64
days_since_epoch(int year, int month, int day)
{
	gint64 y = month <= 2 ? year - 1 : year;
	gint64 era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static gboolean
read_fraction(const char **text, int *nanoseconds)
{
	gsize digits = run(*text, is_digit);
	int value = 0;

	for (gsize i = 0; i < 9; i++)
		value = value * 10 + (i < digits ? (*text)[i] - '0' : 0);
	*text += digits;
	*nanoseconds = value;
	return digits > 0;
}

/* "Z" or an offset, in seconds. */
static gboolean
read_offset(const char **text, gint64 *offset)
{
	int hours, minutes, sign = **text == '-' ? -1 : 1;

	*offset = 0;
	if (read_char(text, "Zz"))
		return TRUE;
	if (!read_char(text, "+-") || !read_number(text, 2, 0, 23, &hours) ||
	    !read_char(text, ":") || !read_number(text, 2, 0, 59, &minutes))
		return FALSE;
	*offset = sign * (hours * 3600 + minutes * 60);
	return TRUE;
}

gboolean
ps_csaf_time(const char *text, gint64 *seconds, int *nanoseconds)
{
	int year, month, day, hour, minute, second, nanos = 0;
	gint64 offset;

	if (!read_number(&text, 4, 0, 9999, &year) || !read_char(&text, "-") ||
	    !read_number(&text, 2, 1, 12, &month) || !read_char(&text, "-") ||
	    !read_number(&text, 2, 1, days_in_month(year, month), &day) ||
	    !read_char(&text, "Tt") || !read_number(&text, 2, 0, 23, &hour) ||
	    !read_char(&text, ":") || !read_number(&text, 2, 0, 59, &minute) ||
	    !read_char(&text, ":") || !read_number(&text, 2, 0, 60, &second))
		return FALSE;
	if (*text == '.' && (text++, !read_fraction(&text, &nanos)))
		return FALSE;
	if (!read_offset(&text, &offset) || *text)
		return FALSE;
	gint64 of_day = hour * 3600 + minute * 60 - offset;
	/* a leap second is the last one of a UTC day */
	if (second == 60 && (of_day + 86400) % 86400 != 86340)
		return FALSE;
	if (seconds)
		*seconds = days_since_epoch(year, month, day) * 86400 + of_day + second;
	if (nanoseconds)
		*nanoseconds = nanos;
	return TRUE;
}

static gboolean
is_time(const char *text)
{
	return ps_csaf_time(text, NULL, NULL);
}

/* ---- versions ---- */

static gboolean
is_version(const char *text)
{
	PsCsafVersion version;

	return ps_csaf_version_parse(text, &version);
}

static gboolean
is_semantic(const char *text)
{
	PsCsafVersion version;

	return ps_csaf_version_parse(text, &version) && version.semantic;
}

/* ---- the table ---- */

static const struct {
	gboolean (*matches)(const char *text);
	const char *expected;
} formats[PS_CSAF_FORMATS] = {
	[PS_CSAF_ANY] = {NULL, N_("a text")},
	[PS_CSAF_URI] = {ps_csaf_is_uri,
			 N_("a whole web address such as https://example.com/page")},
	[PS_CSAF_TIME] = {is_time, N_("a date and time such as 2026-11-21T09:30:00Z")},
	[PS_CSAF_LANG] = {ps_language_is_well_formed, N_("a language tag such as en or de-AT")},
	[PS_CSAF_VERSION] = {is_version,
			     N_("a whole number such as 2, or a semantic version such as 1.2.0")},
	[PS_CSAF_CATEGORY] = {is_category,
			      N_("one line that neither begins nor ends with a blank, dash, "
				 "underscore or point")},
	[PS_CSAF_TRACKING_ID] = {is_tracking_id,
				 N_("one line without blanks at its beginning and end")},
	[PS_CSAF_CVE] = {is_cve, N_("a CVE id such as CVE-2026-12345")},
	[PS_CSAF_CWE] = {is_cwe, N_("a CWE id such as CWE-79")},
	[PS_CSAF_CPE] = {is_cpe, N_("a CPE name, 2.3 or 2.2")},
	[PS_CSAF_PURL] = {is_purl, N_("a package URL such as pkg:generic/openssl@3.0.15")},
	[PS_CSAF_HASH] = {is_hash, N_("32 or more hexadecimal digits")},
	[PS_CSAF_VECTOR_2] = {is_vector_2, N_("a CVSS 2.0 vector")},
	[PS_CSAF_VECTOR_3] = {is_vector_3, N_("a CVSS 3.0 or 3.1 vector")},
	[PS_CSAF_VECTOR_4] = {ps_csaf_is_vector_4, N_("a CVSS 4.0 vector")},
	[PS_CSAF_CPE_WHOLE] = {is_cpe_whole, N_("a CPE name, 2.3 or 2.2")},
	[PS_CSAF_PURL_SMALL] = {ps_csaf_is_purl_small,
				N_("a package URL such as pkg:generic/openssl@3.0.15")},
	[PS_CSAF_HASH_SMALL] = {ps_csaf_is_hash_small,
				N_("32 or more hexadecimal digits in small letters")},
	[PS_CSAF_ALGORITHM] = {ps_csaf_is_algorithm,
			       N_("small letters, digits and dashes, such as sha3-512")},
	[PS_CSAF_UUID] = {ps_csaf_is_uuid,
			  N_("a UUID of version 4 in small letters, the Nil or the Max UUID")},
	[PS_CSAF_CWE_VERSION] = {ps_csaf_is_cwe_version, N_("a version such as 4.18")},
	[PS_CSAF_PROBABILITY] = {ps_csaf_is_probability,
				 N_("a number from 0.0 to 1.0 with a point, such as 0.042")},
	[PS_CSAF_SEMVER] = {is_semantic, N_("a semantic version such as 1.2.0")},
	[PS_CSAF_SSVC_KEY] = {ps_csaf_is_ssvc_key, N_("letters, digits and underscores")},
	[PS_CSAF_SSVC_NAMESPACE] = {ps_csaf_is_ssvc_namespace,
				    N_("a namespace of SSVC, such as ssvc or x_example.com#team")},
	[PS_CSAF_EXTENSION_URL] = {ps_csaf_is_extension_url,
				   N_("the https address of an extension's schema, which ends in "
				      "_VERSION.json")},
	[PS_CSAF_URL_OF_JSON] = {is_url_of_json, N_("a whole web address that ends in .json")},
	[PS_CSAF_URL_OF_PROVIDER] = {is_url_of_provider, N_("a whole web address that ends in "
							    "/provider-metadata.json")},
	[PS_CSAF_URL_OF_AGGREGATOR] = {is_url_of_aggregator,
				       N_("a whole web address that ends in /aggregator.json")},
	[PS_CSAF_FINGERPRINT] = {is_fingerprint, N_("40 or more hexadecimal digits")},
};

gboolean
ps_csaf_format_matches(PsCsafFormat format, const char *text)
{
	return !formats[format].matches || formats[format].matches(text);
}

const char *
ps_csaf_format_text(PsCsafFormat format)
{
	return _(formats[format].expected);
}

static void
append_gap(GString *name)
{
	if (name->len == 0 || name->str[name->len - 1] != '_')
		g_string_append_c(name, '_');
}

/* Each run of other characters than "+", "-", a-z, 0-9 becomes one "_"; the lower case first, in no
 * locale's way: a Turkish one has another for "I". */
char *
ps_csaf_filename(const char *tracking_id)
{
	GString *name = g_string_new(NULL);

	for (const char *p = tracking_id; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p), lower = g_unichar_tolower(c);
		if (lower < 0x80 && (g_ascii_isalnum((char)lower) || lower == '+' || lower == '-'))
			g_string_append_c(name, (char)lower);
		else
			append_gap(name);
		if (c == 0x130) /* its lower case is an i and a dot above */
			append_gap(name);
	}
	g_string_append(name, ".json");
	return g_string_free(name, FALSE);
}
