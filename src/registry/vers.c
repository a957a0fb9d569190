#include "config.h"

#include "registry/vers.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "registry/vers-internal.h"

#define SCHEME "vers:"
/* Constraints of one range; more is no range that somebody wrote. */
#define CONSTRAINTS_MAX 10000

static const char *const comparator_words[] = {"=", "!=", "<", "<=", ">", ">="};

#define FAIL(...) g_set_error(error, PS_ERROR, PS_ERROR_INPUT, __VA_ARGS__)

static void
constraint_free(gpointer data)
{
	PsVersConstraint *constraint = data;

	g_free(constraint->version);
	g_free(constraint);
}

void
ps_vers_free(PsVers *vers)
{
	if (!vers)
		return;
	g_free(vers->type);
	g_ptr_array_unref(vers->constraints);
	g_array_unref(vers->intervals);
	g_ptr_array_unref(vers->excluded);
	g_free(vers);
}

/* ---- texts ---- */

gboolean
ps_vers_is_meant(const char *text)
{
	return g_ascii_strncasecmp(text, SCHEME, strlen(SCHEME)) == 0;
}

char *
ps_vers_type_of(const char *text)
{
	if (!ps_vers_is_meant(text))
		return NULL;
	const char *type = text + strlen(SCHEME);
	const char *slash = strchr(type, '/');
	return slash && slash > type ? g_ascii_strdown(type, slash - type) : NULL;
}

static gboolean
check_characters(const char *text, GError **error)
{
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (c > 0x20 && c < 0x7f)
			continue;
		if (g_unichar_isspace(c))
			FAIL(_("“%s” holds white space, which a version range may not."), text);
		else
			FAIL(_("“%s” holds a character that is not printable ASCII; write it "
			       "percent-encoded."),
			     text);
		return FALSE;
	}
	return TRUE;
}

/* ---- percent-encoding ---- */

/* What must not be encoded, so that there is one form only. */
static gboolean
is_plain(char c, const char *type)
{
	return g_ascii_isalnum(c) || strchr("-._~", c) ||
	       (c == ':' && g_strcmp0(type, "datetime") == 0);
}

static char *
decode(const char *text, gsize length, const char *type, GError **error)
{
	GString *decoded = g_string_sized_new(length);
	g_autofree char *version = g_strndup(text, length);

	for (const char *at = version; *at; at++) {
		if (*at != '%') {
			g_string_append_c(decoded, *at);
			continue;
		}
		int high = g_ascii_xdigit_value(at[1]);
		int low = high < 0 ? -1 : g_ascii_xdigit_value(at[2]);
		char c = (char)(high * 16 + low);
		if (low < 0 || c == '\0' || g_ascii_islower(at[1]) || g_ascii_islower(at[2])) {
			FAIL(_("In the version “%s” a “%%” is not followed by two hexadecimal "
			       "digits in capitals; a “%%” itself is written “%%25”."),
			     version);
			g_string_free(decoded, TRUE);
			return NULL;
		}
		if (!(c & 0x80) && is_plain(c, type)) {
			FAIL(_("In the version “%s” the encoding “%.3s” is needless; write “%c”."),
			     version, at, c);
			g_string_free(decoded, TRUE);
			return NULL;
		}
		g_string_append_c(decoded, c);
		at += 2;
	}
	if (!g_utf8_validate(decoded->str, (gssize)decoded->len, NULL)) {
		FAIL(_("The version “%s” is not UTF-8 when it is decoded."), version);
		g_string_free(decoded, TRUE);
		return NULL;
	}
	return g_string_free(decoded, FALSE);
}

/* ---- constraints ---- */

static PsVersComparator
take_comparator(const char **at, const char *end)
{
	static const PsVersComparator longest_first[] = {PS_VERS_NOT_EQUAL, PS_VERS_LESS_EQUAL,
							 PS_VERS_GREATER_EQUAL, PS_VERS_LESS,
							 PS_VERS_GREATER};

	for (gsize i = 0; i < G_N_ELEMENTS(longest_first); i++) {
		const char *word = comparator_words[longest_first[i]];
		gsize length = strlen(word);
		if ((gsize)(end - *at) < length || strncmp(*at, word, length) != 0)
			continue;
		*at += length;
		return longest_first[i];
	}
	return PS_VERS_EQUAL;
}

/* An "=" is left out in VERS; a bare list may have it. */
static gboolean
take_equals(PsVers *vers, const char **at, const char *end, GError **error)
{
	if (*at == end || **at != '=')
		return TRUE;
	if (vers->type) {
		FAIL(_("“%.*s” has an “=”, which the canonical form of VERS leaves out; write the "
		       "version alone."),
		     (int)MIN(end - *at, 200), *at);
		return FALSE;
	}
	(*at)++;
	return TRUE;
}

static gboolean
check_version(const PsVersConstraint *constraint, const char *raw, gsize length, const char *type,
	      GError **error)
{
	gsize bad = strcspn(raw, "<>=!*");

	if (length == 0) {
		FAIL(_("The comparator “%s” has no version behind it."),
		     comparator_words[constraint->comparator]);
		return FALSE;
	}
	if (bad < length) {
		FAIL(_("“%c” stands within the version “%.*s”; it must be percent-encoded there, "
		       "or is a comparator without “|” before it."),
		     raw[bad], (int)MIN(length, 200), raw);
		return FALSE;
	}
	if (g_strcmp0(type, "datetime") == 0 && memchr(raw, 't', length)) {
		FAIL(_("The time “%.*s” needs a capital “T”."), (int)MIN(length, 200), raw);
		return FALSE;
	}
	if (g_strcmp0(type, "datetime") == 0 && raw[length - 1] == 'z') {
		FAIL(_("The time “%.*s” needs a capital “Z”."), (int)MIN(length, 200), raw);
		return FALSE;
	}
	return TRUE;
}

static gboolean
add_constraint(PsVers *vers, const char *at, gsize length, GError **error)
{
	const char *end = at + length;
	PsVersConstraint *constraint = g_new0(PsVersConstraint, 1);

	g_ptr_array_add(vers->constraints, constraint);
	constraint->comparator = take_comparator(&at, end);
	if (constraint->comparator == PS_VERS_EQUAL && !take_equals(vers, &at, end, error))
		return FALSE;
	length = (gsize)(end - at);
	if (!check_version(constraint, at, length, vers->type, error))
		return FALSE;
	constraint->version = decode(at, length, vers->type, error);
	return constraint->version != NULL;
}

static gboolean
read_star(PsVers *vers, const char *text, GError **error)
{
	gboolean special = vers->order && (g_str_equal(vers->order->name, "all") ||
					   g_str_equal(vers->order->name, "none"));

	vers->star = g_str_equal(text, "*");
	if (special && !vers->star) {
		FAIL(_("The type “%s” stands only before “*”: “vers:%s/*”."), vers->type,
		     vers->type);
		return FALSE;
	}
	if (vers->star && !vers->type) {
		FAIL("%s", _("“*” alone is no version range; all versions are “vers:all/*”."));
		return FALSE;
	}
	if (vers->star && !special) {
		FAIL(_("“vers:%s/*” means all versions, for which the standard wants "
		       "“vers:all/*”."),
		     vers->type);
		return FALSE;
	}
	return TRUE;
}

static gboolean
read_constraints(PsVers *vers, const char *text, GError **error)
{
	if (!*text) {
		FAIL("%s", _("The version range has no constraints."));
		return FALSE;
	}
	if (!read_star(vers, text, error))
		return FALSE;
	while (!vers->star) {
		gsize length = strcspn(text, "|");
		if (length == 0) {
			FAIL("%s", _("A “|” stands only between two constraints: one is empty."));
			return FALSE;
		}
		if (vers->constraints->len == CONSTRAINTS_MAX) {
			FAIL(_("The version range has more than %d constraints."), CONSTRAINTS_MAX);
			return FALSE;
		}
		if (!add_constraint(vers, text, length, error))
			return FALSE;
		if (!text[length])
			break;
		text += length + 1;
	}
	return TRUE;
}

static gboolean
read_type(PsVers *vers, const char *text, GError **error)
{
	const char *slash = strchr(text, '/');
	gsize length = slash ? (gsize)(slash - text) : 0;

	if (length == 0) {
		FAIL(_("“vers:%s” lacks the type of versions; write “vers:TYPE/CONSTRAINTS”."),
		     text);
		return FALSE;
	}
	for (gsize i = 0; i < length; i++) {
		gboolean letter = g_ascii_islower(text[i]);
		if (letter || (i > 0 && (g_ascii_isdigit(text[i]) || strchr(".-", text[i]))))
			continue;
		FAIL(_("The type “%.*s” is not written right: small letters, then also digits, "
		       "“.” and “-”."),
		     (int)MIN(length, 200), text);
		return FALSE;
	}
	vers->type = g_strndup(text, length);
	vers->order = ps_version_type(vers->type);
	return TRUE;
}

/* ---- canonical order ---- */

const PsVersConstraint *
ps_vers_constraint(const PsVers *vers, guint index)
{
	return vers->constraints->pdata[index];
}

/* A type whose order is not defined is insisted on only for plain numbers. */
static gboolean
order_counts(const PsVers *vers)
{
	if (!vers->order || vers->order->exact)
		return vers->order != NULL;
	for (guint i = 0; i < vers->constraints->len; i++) {
		const char *version = ps_vers_constraint(vers, i)->version;
		if (version[strspn(version, "0123456789.")])
			return FALSE;
	}
	return TRUE;
}

static gboolean
check_sorted(const PsVers *vers, GError **error)
{
	for (guint i = 1; i < vers->constraints->len && order_counts(vers); i++) {
		const PsVersConstraint *a = ps_vers_constraint(vers, i - 1);
		const PsVersConstraint *b = ps_vers_constraint(vers, i);
		int order = vers->order->compare(a->version, b->version);
		if (order == 0)
			FAIL(_("The versions “%s” and “%s” are the same; a version stands only "
			       "once in a range."),
			     a->version, b->version);
		else if (order > 0)
			FAIL(_("The constraints are not sorted: “%s” comes behind “%s”, but is "
			       "the earlier version."),
			     b->version, a->version);
		if (order >= 0)
			return FALSE;
	}
	return TRUE;
}

static gboolean
check_unique(const PsVers *vers, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; vers->type && i < vers->constraints->len; i++) {
		char *version = ps_vers_constraint(vers, i)->version;
		if (!g_hash_table_add(seen, version)) {
			FAIL(_("The version “%s” stands twice in the range; leave one out."),
			     version);
			return FALSE;
		}
	}
	return TRUE;
}

gboolean
ps_vers_is_upward(PsVersComparator comparator)
{
	return comparator >= PS_VERS_GREATER;
}

/* Two constraints side by side, "!=" left out, of which one says nothing. */
static gboolean
is_redundant(PsVersComparator a, PsVersComparator b)
{
	if (ps_vers_is_upward(a))
		return b == PS_VERS_EQUAL || ps_vers_is_upward(b);
	return b == PS_VERS_LESS || b == PS_VERS_LESS_EQUAL;
}

static gboolean
check_sequence(const PsVers *vers, GError **error)
{
	const PsVersConstraint *last = NULL;

	for (guint i = 0; i < vers->constraints->len; i++) {
		const PsVersConstraint *constraint = ps_vers_constraint(vers, i);
		if (constraint->comparator == PS_VERS_NOT_EQUAL)
			continue;
		if (last && is_redundant(last->comparator, constraint->comparator)) {
			FAIL(_("“%s%s” can't follow “%s%s”: one of them says nothing. Leave it "
			       "out, or write two ranges."),
			     comparator_words[constraint->comparator], constraint->version,
			     comparator_words[last->comparator], last->version);
			return FALSE;
		}
		last = constraint;
	}
	return TRUE;
}

/* ---- reading ---- */

static PsVers *
parse(const char *text, gboolean canonical, GError **error)
{
	g_autoptr(PsVers) vers = g_new0(PsVers, 1);

	vers->constraints = g_ptr_array_new_with_free_func(constraint_free);
	vers->intervals = g_array_new(FALSE, FALSE, sizeof(PsVersInterval));
	vers->excluded = g_ptr_array_new();
	if (!check_characters(text, error))
		return NULL;
	if (ps_vers_is_meant(text)) {
		if (!g_str_has_prefix(text, SCHEME)) {
			FAIL(_("“%.5s” must be in small letters."), text);
			return NULL;
		}
		text += strlen(SCHEME);
		if (!read_type(vers, text, error))
			return NULL;
		text += strlen(vers->type) + 1;
	}
	if (!read_constraints(vers, text, error))
		return NULL;
	if (canonical && (!check_unique(vers, error) || !check_sorted(vers, error) ||
			  !check_sequence(vers, error)))
		return NULL;
	ps_vers_make_set(vers);
	return g_steal_pointer(&vers);
}

PsVers *
ps_vers_parse(const char *text, GError **error)
{
	return parse(text, TRUE, error);
}

PsVers *
ps_vers_parse_loose(const char *text)
{
	return parse(text, FALSE, NULL);
}

/* ---- the canonical form ---- */

static void
append_version(GString *text, const char *version)
{
	for (; *version; version++) {
		if (strchr("<>=!*|%", *version) || (guchar)*version <= 0x20 ||
		    (guchar)*version >= 0x7f)
			g_string_append_printf(text, "%%%02X", (guchar)*version);
		else
			g_string_append_c(text, *version);
	}
}

/* The text without blanks, scheme and type in small letters, no "=" before a version. */
static char *
tidy(const char *text)
{
	g_autoptr(GString) plain = g_string_new(NULL);

	for (; *text; text = g_utf8_next_char(text))
		if (!g_unichar_isspace(g_utf8_get_char(text)))
			g_string_append_len(plain, text, g_utf8_next_char(text) - text);
	char *slash = ps_vers_is_meant(plain->str) ? strchr(plain->str, '/') : NULL;
	for (char *at = plain->str; slash && at < slash; at++)
		*at = g_ascii_tolower(*at);
	if (slash && g_str_equal(slash, "/*"))
		return g_strdup(g_str_equal(plain->str, "vers:none/*") ? "vers:none/*"
								       : "vers:all/*");
	if (!slash)
		return g_strdup(plain->str);
	g_string_replace(plain, "/=", "/", 1);
	g_string_replace(plain, "|=", "|", 0);
	return g_strdup(plain->str);
}

char *
ps_vers_canonical(const char *text)
{
	g_autofree char *plain = tidy(text);
	g_autoptr(PsVers) vers = ps_vers_parse_loose(plain);
	g_autoptr(GString) canonical = g_string_new(NULL);

	if (!vers || vers->star || !vers->type) {
		g_autoptr(PsVers) good = ps_vers_parse(plain, NULL);
		return good ? g_strdup(plain) : NULL;
	}
	if (order_counts(vers))
		g_ptr_array_sort_with_data(vers->constraints, ps_vers_compare_constraints,
					   (gpointer)vers->order);
	g_string_printf(canonical, SCHEME "%s/", vers->type);
	for (guint i = 0; i < vers->constraints->len; i++) {
		const PsVersConstraint *constraint = ps_vers_constraint(vers, i);
		const char *word = comparator_words[constraint->comparator];
		g_string_append(canonical, i > 0 ? "|" : "");
		g_string_append(canonical, constraint->comparator == PS_VERS_EQUAL ? "" : word);
		append_version(canonical, constraint->version);
	}
	g_autoptr(PsVers) good = ps_vers_parse(canonical->str, NULL);
	return good ? g_strdup(canonical->str) : NULL;
}
