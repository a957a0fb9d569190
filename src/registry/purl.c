#include "config.h"

/* Reading follows the order of the specification: from the right (subpath, qualifiers), then scheme
 * and type from the left, then version, name and namespace from the right. */

#include "registry/purl.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/words.h"

typedef enum { OPEN, REQUIRED, PROHIBITED } Rule;

/* What the registered types say of the namespace; types not listed leave it open. Sorted. */
static const struct {
	const char *type;
	Rule rule;
} namespaces[] = {
	{"alpm", REQUIRED},
	{"apk", REQUIRED},
	{"bazel", PROHIBITED},
	{"bitbucket", REQUIRED},
	{"bitnami", PROHIBITED},
	{"cargo", PROHIBITED},
	{"chrome-extension", PROHIBITED},
	{"cocoapods", PROHIBITED},
	{"composer", REQUIRED},
	{"conda", PROHIBITED},
	{"cran", PROHIBITED},
	{"deb", REQUIRED},
	{"gem", PROHIBITED},
	{"git", REQUIRED},
	{"github", REQUIRED},
	{"golang", REQUIRED},
	{"hackage", PROHIBITED},
	{"huggingface", REQUIRED},
	{"julia", PROHIBITED},
	{"maven", REQUIRED},
	{"mlflow", PROHIBITED},
	{"nuget", PROHIBITED},
	{"oci", PROHIBITED},
	{"opam", PROHIBITED},
	{"otp", PROHIBITED},
	{"pub", PROHIBITED},
	{"pypi", PROHIBITED},
	{"qpkg", REQUIRED},
	{"rpm", REQUIRED},
	{"swift", REQUIRED},
	{"vcpkg", PROHIBITED},
	{"vscode-extension", REQUIRED},
};

/* Qualifiers without which a purl of the type says nothing. */
static const struct {
	const char *type, *key;
} required_keys[] = {{"julia", "uuid"}, {"swid", "tag_id"}};

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean
fail(GError **error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT, message);
	return FALSE;
}

/* Percent-decoded, valid UTF-8 without NUL; `what` (N_()) names the part for the error. */
static char *
decode(const char *text, const char *what, GError **error)
{
	gsize length = strlen(text);

	if (ps_plain_run(text, length) == length && !memchr(text, '%', length))
		return g_strndup(text, length);
	char *decoded = g_uri_unescape_string(text, NULL);

	if (decoded && g_utf8_validate(decoded, -1, NULL))
		return decoded;
	g_free(decoded);
	fail(error, _("the %s has a broken percent escape."), _(what));
	return NULL;
}

/* The text up to the mark, which is cut there; `*text` becomes what is behind it, NULL at the end.
 */
static char *
cut_at(char **text, char mark)
{
	char *part = *text, *at = strchr(part, mark);

	if (at)
		*at++ = '\0';
	*text = at;
	return part;
}

/* Segments decoded one by one; empty ones and, in a subpath, "." and ".." are left out. */
static char *
decode_path(char *text, gboolean subpath, const char *what, GError **error)
{
	GString *path = g_string_new(NULL);

	while (text) {
		g_autofree char *one = decode(cut_at(&text, '/'), what, error);
		if (!one || strchr(one, '/')) {
			if (one)
				fail(error, _("a segment of the %s holds an encoded “/”."),
				     _(what));
			g_string_free(path, TRUE);
			return NULL;
		}
		if (!*one || (subpath && (g_str_equal(one, ".") || g_str_equal(one, ".."))))
			continue;
		if (path->len > 0)
			g_string_append_c(path, '/');
		g_string_append(path, one);
	}
	return g_string_free(path, FALSE);
}

static gboolean
is_key(const char *key)
{
	if (!g_ascii_islower(*key))
		return FALSE;
	for (; *key; key++)
		if (!g_ascii_islower(*key) && !g_ascii_isdigit(*key) && !strchr(".-_", *key))
			return FALSE;
	return TRUE;
}

static gboolean
add_qualifier(GPtrArray *keys, GPtrArray *values, const char *pair, GError **error)
{
	const char *equals = strchr(pair, '=');

	if (!equals)
		return fail(error, _("the qualifier “%s” has no “=”."), pair);
	g_autofree char *key = g_ascii_strdown(pair, equals - pair);
	if (!is_key(key))
		return fail(error, _("“%s” can't be the name of a qualifier."), key);
	for (guint i = 0; i < keys->len; i++)
		if (g_str_equal(keys->pdata[i], key))
			return fail(error, _("the qualifier “%s” is there twice."), key);
	char *value = decode(equals + 1, N_("qualifiers"), error);
	if (!value)
		return FALSE;
	if (!*value) { /* the same as none */
		g_free(value);
		return TRUE;
	}
	g_ptr_array_add(keys, g_steal_pointer(&key));
	g_ptr_array_add(values, value);
	return TRUE;
}

static gboolean
read_qualifiers(PsPurl *purl, char *text, GError **error)
{
	GPtrArray *keys = g_ptr_array_new(), *values = g_ptr_array_new();
	gboolean good = TRUE;

	while (text && good) {
		const char *pair = cut_at(&text, '&');
		good = !*pair || add_qualifier(keys, values, pair, error);
	}
	g_ptr_array_add(keys, NULL);
	g_ptr_array_add(values, NULL);
	purl->keys = (char **)g_ptr_array_free(keys, FALSE);
	purl->values = (char **)g_ptr_array_free(values, FALSE);
	return good;
}

static gboolean
read_type(PsPurl *purl, const char *text, gsize length, GError **error)
{
	purl->type = g_ascii_strdown(text, (gssize)length);
	if (length == 0)
		return fail(error, _("the type is missing."));
	if (!g_ascii_isalpha(*purl->type))
		return fail(error, _("the type “%s” does not begin with a letter."), purl->type);
	for (const char *at = purl->type; *at; at++)
		if (!g_ascii_isalnum(*at) && !strchr(".-", *at))
			return fail(error, _("the type “%s” holds “%c”."), purl->type, *at);
	return TRUE;
}

/* namespace/name */
static gboolean
read_names(PsPurl *purl, char *text, GError **error)
{
	char *slash = strrchr(text, '/');

	purl->name = decode(slash ? slash + 1 : text, N_("name"), error);
	if (!purl->name)
		return FALSE;
	if (!*purl->name)
		return fail(error, _("the name is missing."));
	if (!slash)
		return TRUE;
	*slash = '\0';
	purl->namespace = decode_path(text, FALSE, N_("namespace"), error);
	if (!purl->namespace)
		return FALSE;
	if (!*purl->namespace)
		g_clear_pointer(&purl->namespace, g_free);
	return TRUE;
}

static Rule
rule_of(const char *type, gsize length)
{
	for (gsize i = 0; i < G_N_ELEMENTS(namespaces) && *namespaces[i].type <= *type; i++)
		if (*namespaces[i].type == *type &&
		    strncmp(namespaces[i].type, type, length) == 0 && !namespaces[i].type[length])
			return namespaces[i].rule;
	return OPEN;
}

static gboolean
follows_type(const PsPurl *purl, GError **error)
{
	Rule rule = rule_of(purl->type, strlen(purl->type));

	if (rule == REQUIRED && !purl->namespace)
		return fail(error, _("the type “%s” needs a namespace."), purl->type);
	if (rule == PROHIBITED && purl->namespace)
		return fail(error, _("the type “%s” has no namespace."), purl->type);
	if (g_str_equal(purl->type, "cpan") && strstr(purl->name, "::"))
		return fail(error, _("the type “%s” names a distribution, not a module."),
			    purl->type);
	for (gsize i = 0; i < G_N_ELEMENTS(required_keys); i++)
		if (g_str_equal(required_keys[i].type, purl->type) &&
		    !g_strv_contains((const char *const *)purl->keys, required_keys[i].key))
			return fail(error, _("the type “%s” needs the qualifier “%s”."), purl->type,
				    required_keys[i].key);
	return TRUE;
}

/* Cuts the text behind the last `mark`; NULL: there is none. */
static char *
cut_behind(char *text, char mark)
{
	char *at = strrchr(text, mark);

	if (!at)
		return NULL;
	*at = '\0';
	return at + 1;
}

static gboolean
read_purl(PsPurl *purl, char *text, GError **error)
{
	char *subpath = strchr(text, '#'), *qualifiers, *version;

	if (subpath)
		*subpath++ = '\0';
	qualifiers = strchr(text, '?');
	if (qualifiers)
		*qualifiers++ = '\0';
	if (subpath) {
		purl->subpath = decode_path(subpath, TRUE, N_("subpath"), error);
		if (!purl->subpath)
			return FALSE;
		if (!*purl->subpath)
			g_clear_pointer(&purl->subpath, g_free);
	}
	if (!read_qualifiers(purl, qualifiers, error))
		return FALSE;
	if (g_ascii_strncasecmp(text, "pkg:", 4) != 0)
		return fail(error, _("it does not begin with “pkg:”."));
	text += 4;
	text += strspn(text, "/");
	gsize type = strcspn(text, "/");
	if (!read_type(purl, text, type, error))
		return FALSE;
	text += type;
	text += strspn(text, "/");
	/* an "@" of a namespace such as npm's is encoded, or stands before a slash */
	char *slash = strrchr(text, '/');
	version = cut_behind(slash ? slash : text, '@');
	if (version) {
		purl->version = decode(version, N_("version"), error);
		if (!purl->version)
			return FALSE;
		if (!*purl->version)
			g_clear_pointer(&purl->version, g_free);
	}
	return read_names(purl, text, error) && follows_type(purl, error);
}

PsPurl *
ps_purl_parse(const char *text, GError **error)
{
	g_autoptr(PsPurl) purl = g_new0(PsPurl, 1);
	g_autofree char *copy = g_strdup(text);

	return read_purl(purl, copy, error) ? g_steal_pointer(&purl) : NULL;
}

void
ps_purl_free(PsPurl *purl)
{
	if (!purl)
		return;
	g_free(purl->type);
	g_free(purl->namespace);
	g_free(purl->name);
	g_free(purl->version);
	g_strfreev(purl->keys);
	g_strfreev(purl->values);
	g_free(purl->subpath);
	g_free(purl);
}

/* ---- ordinary ones ---- */

/* Most package URLs are plain: small letters where these are usual, no subpath, no type with rules
 * of its own. They are seen to be good without taking them apart; FALSE says nothing. */

#define KEYS_MAX 8

/* Escapes of ASCII only; none of a slash before `path_end`. */
static gboolean
are_escapes_plain(const char *text, const char *end, const char *path_end)
{
	while ((text = memchr(text, '%', (gsize)(end - text)))) {
		if (end - text < 3 || text[1] < '2' || text[1] > '7' || !g_ascii_isxdigit(text[2]))
			return FALSE;
		if (text < path_end && text[1] == '2' && (text[2] | 0x20) == 'f')
			return FALSE;
		text += 3;
	}
	return TRUE;
}

static gsize
key_length(const char *text)
{
	const char *at = text;

	if (!g_ascii_islower(*at))
		return 0;
	while (g_ascii_islower(*at) || g_ascii_isdigit(*at) || *at == '_' || *at == '-' ||
	       *at == '.')
		at++;
	return *at == '=' ? (gsize)(at - text) : 0;
}

static gboolean
are_qualifiers_plain(const char *text)
{
	const char *keys[KEYS_MAX];

	for (int n = 0; text; n++) {
		gsize length = key_length(text);
		if (n == KEYS_MAX || length == 0)
			return FALSE;
		for (int i = 0; i < n; i++)
			if (strncmp(keys[i], text, length + 1) == 0)
				return FALSE;
		keys[n] = text;
		text = strchr(text + length, '&');
		text = text ? text + 1 : NULL;
	}
	return TRUE;
}

static gboolean
is_type_plain(const char *type, gsize length, gboolean has_namespace)
{
	static const char *const special[] = {"cpan/", "julia/", "swid/"};
	Rule rule = rule_of(type, length);

	if (!g_ascii_islower(*type))
		return FALSE;
	for (gsize i = 1; i < length; i++)
		if (!g_ascii_islower(type[i]) && !g_ascii_isdigit(type[i]) && type[i] != '-' &&
		    type[i] != '.')
			return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(special); i++)
		if (*type == *special[i] && g_str_has_prefix(type, special[i]))
			return FALSE;
	return rule == OPEN || (rule == REQUIRED) == has_namespace;
}

static gboolean
is_ordinary(const char *text)
{
	gsize length = strlen(text);
	const char *end = text + length, *type = text + 4;

	if (strncmp(text, "pkg:", 4) != 0 || ps_plain_run(text, length) != length ||
	    memchr(text, '#', length))
		return FALSE;
	const char *qualifiers = memchr(text, '?', length);
	const char *names_end = qualifiers ? qualifiers : end;
	const char *slash = memchr(type, '/', (gsize)(names_end - type));
	const char *names = slash ? slash + 1 : names_end;
	const char *last = memrchr(names, '/', (gsize)(names_end - names));
	const char *name = last ? last + 1 : names;
	if (name == names_end || *name == '@' || *names == '/')
		return FALSE;
	return is_type_plain(type, (gsize)(slash - type), last != NULL) &&
	       are_escapes_plain(names, end, name) &&
	       (!qualifiers || are_qualifiers_plain(qualifiers + 1));
}

gboolean
ps_purl_check(const char *text, GError **error)
{
	if (is_ordinary(text))
		return TRUE;
	g_autoptr(PsPurl) purl = ps_purl_parse(text, error);

	return purl != NULL;
}
