#include "config.h"

#include "registry/version-order.h"

#include <string.h>

#include "base/utc.h"
#include "registry/version-order-internal.h"

/* ---- pieces ---- */

int
ps_order_sign(gint64 difference)
{
	return difference < 0 ? -1 : difference > 0;
}

int
ps_order_digits(const char *a, gsize a_length, const char *b, gsize b_length)
{
	for (; a_length > 0 && *a == '0'; a_length--)
		a++;
	for (; b_length > 0 && *b == '0'; b_length--)
		b++;
	if (a_length != b_length)
		return a_length < b_length ? -1 : 1;
	return ps_order_sign(memcmp(a, b, a_length));
}

int
ps_order_slices(PsSlice a, PsSlice b)
{
	int order = memcmp(a.text, b.text, MIN(a.length, b.length));

	return order ? ps_order_sign(order) : ps_order_sign((gint64)a.length - (gint64)b.length);
}

int
ps_order_slices_caseless(PsSlice a, PsSlice b)
{
	int order = g_ascii_strncasecmp(a.text, b.text, MIN(a.length, b.length));

	return order ? ps_order_sign(order) : ps_order_sign((gint64)a.length - (gint64)b.length);
}

gsize
ps_order_digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

gsize
ps_order_letters_at(const char *text)
{
	gsize length = 0;

	while (g_ascii_isalpha(text[length]))
		length++;
	return length;
}

gboolean
ps_slice_is_digits(PsSlice slice)
{
	for (gsize i = 0; i < slice.length; i++)
		if (!g_ascii_isdigit(slice.text[i]))
			return FALSE;
	return slice.length > 0;
}

gboolean
ps_slice_is(PsSlice slice, const char *word)
{
	return strlen(word) == slice.length &&
	       g_ascii_strncasecmp(slice.text, word, slice.length) == 0;
}

gboolean
ps_slice_next(const char **at, const char *end, const char *separators, PsSlice *piece)
{
	if (!*at)
		return FALSE;
	const char *stop = *at;
	while (stop < end && !strchr(separators, *stop))
		stop++;
	*piece = (PsSlice){*at, (gsize)(stop - *at)};
	*at = stop < end ? stop + 1 : NULL;
	return TRUE;
}

static int
compare_identifiers(PsSlice a, PsSlice b, gboolean caseless)
{
	gboolean a_digits = ps_slice_is_digits(a), b_digits = ps_slice_is_digits(b);

	if (a_digits != b_digits)
		return a_digits ? -1 : 1;
	if (a_digits)
		return ps_order_digits(a.text, a.length, b.text, b.length);
	return caseless ? ps_order_slices_caseless(a, b) : ps_order_slices(a, b);
}

int
ps_order_prerelease(PsSlice a, PsSlice b, gboolean caseless)
{
	const char *a_at = a.text, *b_at = b.text;
	PsSlice x, y;

	if (a.length == 0 || b.length == 0)
		return (a.length == 0) - (b.length == 0);
	for (;;) {
		gboolean more_a = ps_slice_next(&a_at, a.text + a.length, ".", &x);
		gboolean more_b = ps_slice_next(&b_at, b.text + b.length, ".", &y);
		if (!more_a || !more_b)
			return more_a - more_b;
		int order = compare_identifiers(x, y, caseless);
		if (order)
			return order;
	}
}

PsSlice
ps_order_epoch(const char **version)
{
	gsize digits = ps_order_digits_at(*version);
	PsSlice epoch = {*version, 0};

	if (digits > 0 && (*version)[digits] == ':') {
		epoch.length = digits;
		*version += digits + 1;
	}
	return epoch;
}

/* ---- numbers and points ---- */

/* Number at `*at`, which moves behind it and a separator; an empty slice (as good as 0) behind the
 * end. */
static PsSlice
next_number(const char **at, const char *separators)
{
	PsSlice number = {*at, ps_order_digits_at(*at)};

	*at += number.length;
	if (**at && strchr(separators, **at))
		(*at)++;
	return number;
}

int
ps_order_intdot(const char *a, const char *b)
{
	while (g_ascii_isdigit(*a) || g_ascii_isdigit(*b)) {
		PsSlice x = next_number(&a, "."), y = next_number(&b, ".");
		int order = ps_order_digits(x.text, x.length, y.text, y.length);
		if (order)
			return order;
	}
	return 0;
}

/* Hackage and CRAN: lists of numbers, the shorter first. */
int
ps_order_numbers(const char *a, const char *b)
{
	for (;;) {
		gboolean more_a = g_ascii_isdigit(*a), more_b = g_ascii_isdigit(*b);
		if (!more_a || !more_b)
			return more_a - more_b;
		PsSlice x = next_number(&a, ".-"), y = next_number(&b, ".-");
		int order = ps_order_digits(x.text, x.length, y.text, y.length);
		if (order)
			return order;
	}
}

/* ---- Semantic Versioning 2.0.0 and its relatives ---- */

typedef struct {
	PsSlice core, prerelease, build;
} Semver;

static Semver
read_semver(const char *text)
{
	Semver version = {{NULL, 0}, {"", 0}, {"", 0}};

	if ((*text == 'v' || *text == 'V') && g_ascii_isdigit(text[1]))
		text++;
	gsize end = strcspn(text, "+"), core = strcspn(text, "+-");
	version.core = (PsSlice){text, core};
	if (text[core] == '-')
		version.prerelease = (PsSlice){text + core + 1, end - core - 1};
	if (text[end])
		version.build = (PsSlice){text + end + 1, strlen(text + end + 1)};
	return version;
}

static int
compare_parts(PsSlice a, PsSlice b)
{
	if ((ps_slice_is_digits(a) || a.length == 0) && (ps_slice_is_digits(b) || b.length == 0))
		return ps_order_digits(a.text, a.length, b.text, b.length);
	return compare_identifiers(a, b, FALSE);
}

/* Parts that are missing count as 0. */
static int
compare_cores(PsSlice a, PsSlice b)
{
	const char *a_at = a.text, *b_at = b.text;

	while (a_at || b_at) {
		PsSlice x = {"", 0}, y = {"", 0};
		ps_slice_next(&a_at, a.text + a.length, ".", &x);
		ps_slice_next(&b_at, b.text + b.length, ".", &y);
		int order = compare_parts(x, y);
		if (order)
			return order;
	}
	return 0;
}

int
ps_order_semver(const char *a, const char *b)
{
	Semver x = read_semver(a), y = read_semver(b);
	int order = compare_cores(x.core, y.core);

	return order ? order : ps_order_prerelease(x.prerelease, y.prerelease, FALSE);
}

/* Dart orders by build as well; none comes first. */
int
ps_order_pub(const char *a, const char *b)
{
	Semver x = read_semver(a), y = read_semver(b);
	int order = ps_order_semver(a, b);

	if (order || x.build.length == 0 || y.build.length == 0)
		return order ? order : (y.build.length == 0) - (x.build.length == 0);
	return ps_order_prerelease(x.build, y.build, FALSE);
}

int
ps_order_nuget(const char *a, const char *b)
{
	Semver x = read_semver(a), y = read_semver(b);
	int order = compare_cores(x.core, y.core);

	return order ? order : ps_order_prerelease(x.prerelease, y.prerelease, TRUE);
}

/* ---- others without a package manager ---- */

static int
order_lexicographic(const char *a, const char *b)
{
	return ps_order_sign(strcmp(a, b));
}

/* RFC 3339 with any number of digits behind the point and leap seconds. */
static gboolean
read_time(const char *text, gint64 *ms, PsSlice *fraction)
{
	const char *point = strchr(text, '.');
	gsize whole = point ? (gsize)(point - text) : 19;

	*fraction = (PsSlice){point ? point + 1 : "", point ? ps_order_digits_at(point + 1) : 0};
	if (strlen(text) < whole || whole != 19)
		return FALSE;
	g_autofree char *plain = g_strconcat("", text, NULL);
	plain[19] = '\0';
	gboolean leap = g_str_has_suffix(plain, ":60");
	if (leap)
		memcpy(plain + 17, "59", 2);
	g_autofree char *instant =
		g_strconcat(plain, point ? fraction->text + fraction->length : text + 19, NULL);
	if (!ps_utc_parse(instant, ms, NULL))
		return FALSE;
	*ms += leap ? PS_SECOND_MS : 0;
	return TRUE;
}

static int
order_datetime(const char *a, const char *b)
{
	gint64 x, y;
	PsSlice p, q;

	if (!read_time(a, &x, &p) || !read_time(b, &y, &q))
		return order_lexicographic(a, b);
	if (x != y)
		return x < y ? -1 : 1;
	for (gsize i = 0; i < MAX(p.length, q.length); i++) {
		char c = i < p.length ? p.text[i] : '0', d = i < q.length ? q.text[i] : '0';
		if (c != d)
			return c < d ? -1 : 1;
	}
	return 0;
}

static int
order_none(const char *a, const char *b)
{
	return order_lexicographic(a, b);
}

/* Words that stand before the release, in their order. */
static int
rank_of_word(PsSlice word)
{
	static const char *const words[] = {"dev", "snapshot", "alpha", "beta",
					    "pre", "preview",  "cr",    "rc"};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (ps_slice_is(word, words[i]))
			return (int)i - (int)G_N_ELEMENTS(words);
	return 0;
}

typedef struct {
	PsSlice text;
	int rank; /* below 0 before the end; 0 the end; 1 letters; 2 digits */
} Piece;

static Piece
next_piece(const char **at)
{
	while (**at && !g_ascii_isalnum(**at) && !((guchar) * *at & 0x80))
		(*at)++;
	Piece piece = {{*at, ps_order_digits_at(*at)}, 2};
	if (piece.text.length == 0) {
		while (g_ascii_isalpha((*at)[piece.text.length]) ||
		       ((guchar)(*at)[piece.text.length] & 0x80))
			piece.text.length++;
		piece.rank = piece.text.length ? 1 : 0;
		if (piece.rank && rank_of_word(piece.text) < 0)
			piece.rank = rank_of_word(piece.text);
	}
	*at += piece.text.length;
	return piece;
}

static const char *
skip_v(const char *text)
{
	return (*text == 'v' || *text == 'V') && g_ascii_isdigit(text[1]) ? text + 1 : text;
}

/* A "0" is as good as nothing. */
static gboolean
is_zero(const Piece *piece)
{
	return piece->rank == 2 && strspn(piece->text.text, "0") >= piece->text.length;
}

int
ps_order_generic(const char *a, const char *b)
{
	a = skip_v(a);
	b = skip_v(b);
	for (;;) {
		Piece x = next_piece(&a), y = next_piece(&b);
		if (x.rank == 0 && y.rank == 0)
			return 0;
		if ((x.rank == 0 && is_zero(&y)) || (y.rank == 0 && is_zero(&x)))
			continue;
		if (x.rank != y.rank)
			return x.rank < y.rank ? -1 : 1;
		int order = x.rank == 2 ? ps_order_digits(x.text.text, x.text.length, y.text.text,
							  y.text.length)
					: ps_order_slices_caseless(x.text, y.text);
		if (order)
			return order;
	}
}

/* ---- the table ---- */

static const PsVersionType types[] = {
	/* the specification's list: packages */
	{"alpm", TRUE, TRUE, ps_order_alpm},
	{"apk", TRUE, TRUE, ps_order_apk},
	{"cargo", TRUE, TRUE, ps_order_semver},
	{"composer", TRUE, TRUE, ps_order_composer},
	{"cpan", TRUE, TRUE, ps_order_cpan},
	{"dart", TRUE, TRUE, ps_order_pub},
	{"deb", TRUE, TRUE, ps_order_deb},
	{"gem", TRUE, TRUE, ps_order_gem},
	{"golang", TRUE, TRUE, ps_order_semver},
	{"hackage", TRUE, TRUE, ps_order_numbers},
	{"maven", TRUE, TRUE, ps_order_maven},
	{"npm", TRUE, TRUE, ps_order_semver},
	{"nuget", TRUE, TRUE, ps_order_nuget},
	{"pypi", TRUE, TRUE, ps_order_pypi},
	{"rpm", TRUE, TRUE, ps_order_rpm},
	/* and special ones; for "generic" it defines no order yet */
	{"all", TRUE, TRUE, order_none},
	{"datetime", TRUE, TRUE, order_datetime},
	{"generic", TRUE, FALSE, ps_order_generic},
	{"intdot", TRUE, TRUE, ps_order_intdot},
	{"lexicographic", TRUE, TRUE, order_lexicographic},
	{"none", TRUE, TRUE, order_none},
	{"semver", TRUE, TRUE, ps_order_semver},
	/* known without being in that list */
	{"conan", FALSE, TRUE, ps_order_conan},
	{"cran", FALSE, TRUE, ps_order_numbers},
	{"ebuild", FALSE, TRUE, ps_order_gentoo},
	{"gentoo", FALSE, TRUE, ps_order_gentoo},
	{"github", FALSE, FALSE, ps_order_generic},
	{"hex", FALSE, TRUE, ps_order_semver},
	{"nginx", FALSE, TRUE, ps_order_semver},
	{"openssl", FALSE, TRUE, ps_order_openssl},
	{"pub", FALSE, TRUE, ps_order_pub},
	{"swift", FALSE, TRUE, ps_order_semver},
};

const PsVersionType *
ps_version_type(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
		if (g_str_equal(types[i].name, name))
			return &types[i];
	return NULL;
}

const PsVersionType *
ps_version_type_at(gsize index)
{
	return index < G_N_ELEMENTS(types) ? &types[index] : NULL;
}

const PsVersionType *
ps_version_type_unknown(void)
{
	return ps_version_type("generic");
}
