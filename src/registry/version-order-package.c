#include "config.h"

/* Orders of languages' packages that are no Semantic Versioning: RubyGems, Composer, CPAN, Conan,
 * OpenSSL. */

#include <string.h>

#include "registry/version-order-internal.h"

/* ---- RubyGems: numbers and words; a word makes a pre-release ---- */

/* Zeros before the first word do not count: "3.0.pre" is "3.pre". */
static gboolean
gem_only_zeros(const char *text)
{
	text += strspn(text, "0.");
	return !g_ascii_isdigit(*text);
}

/* "-" counts as ".pre."; points and transitions part the pieces. */
static gboolean
gem_next(const char **at, gboolean *pre, PsSlice *piece)
{
	while (!*pre && **at && !g_ascii_isalnum(**at)) {
		*pre = **at == '-';
		(*at)++;
	}
	if (*pre) {
		*pre = FALSE;
		*piece = (PsSlice){"pre", 3};
		return TRUE;
	}
	gsize digits = ps_order_digits_at(*at);
	*piece = (PsSlice){*at, digits ? digits : ps_order_letters_at(*at)};
	*at += piece->length;
	return piece->length > 0;
}

/* `numbers`: no word came yet. */
static void
gem_skip_zeros(const char **at, gboolean *numbers)
{
	*numbers = *numbers && !g_ascii_isalpha(**at) && **at != '-';
	if (*numbers && gem_only_zeros(*at))
		*at += strspn(*at, "0.");
}

int
ps_order_gem(const char *a, const char *b)
{
	gboolean a_pre = FALSE, b_pre = FALSE, a_numbers = TRUE, b_numbers = TRUE;

	for (;;) {
		gem_skip_zeros(&a, &a_numbers);
		gem_skip_zeros(&b, &b_numbers);
		PsSlice x = {"0", 1}, y = {"0", 1};
		gboolean more_a = gem_next(&a, &a_pre, &x), more_b = gem_next(&b, &b_pre, &y);
		if (!more_a && !more_b)
			return 0;
		/* a piece that is missing counts as 0 */
		x = more_a ? x : (PsSlice){"0", 1};
		y = more_b ? y : (PsSlice){"0", 1};
		gboolean x_digits = ps_slice_is_digits(x), y_digits = ps_slice_is_digits(y);
		if (x_digits != y_digits)
			return x_digits ? 1 : -1;
		int order = x_digits ? ps_order_digits(x.text, x.length, y.text, y.length)
				     : ps_order_slices(x, y);
		if (order)
			return order;
	}
}

/* ---- Composer: as PHP's version_compare ---- */

static PsSlice
composer_next(const char **at)
{
	while (**at && !g_ascii_isalnum(**at))
		(*at)++;
	gsize digits = ps_order_digits_at(*at);
	PsSlice piece = {*at, digits ? digits : ps_order_letters_at(*at)};
	*at += piece.length;
	return piece;
}

/* Words in their order; the release itself stands between "rc" and "pl". */
static int
composer_rank(PsSlice word)
{
	static const struct {
		const char *word;
		int rank;
	} ranks[] = {{"dev", -5}, {"alpha", -4}, {"a", -4}, {"beta", -3}, {"b", -3},  {"rc", -2},
		     {"c", -2},   {"pl", 1},     {"p", 1},  {"patch", 1}, {"post", 1}};

	if (word.length == 0)
		return 0;
	for (gsize i = 0; i < G_N_ELEMENTS(ranks); i++)
		if (ps_slice_is(word, ranks[i].word))
			return ranks[i].rank;
	return -6;
}

int
ps_order_composer(const char *a, const char *b)
{
	a += (*a == 'v' || *a == 'V') && g_ascii_isdigit(a[1]);
	b += (*b == 'v' || *b == 'V') && g_ascii_isdigit(b[1]);
	for (;;) {
		PsSlice x = composer_next(&a), y = composer_next(&b);
		gboolean x_digits = ps_slice_is_digits(x), y_digits = ps_slice_is_digits(y);
		if (x.length == 0 && y.length == 0)
			return 0;
		if (x_digits && y_digits) {
			int order = ps_order_digits(x.text, x.length, y.text, y.length);
			if (order)
				return order;
			continue;
		}
		/* one more number is newer than the end */
		if (x.length == 0 && y_digits)
			return -1;
		if (y.length == 0 && x_digits)
			return 1;
		int order = (x_digits ? 0 : composer_rank(x)) - (y_digits ? 0 : composer_rank(y));
		if (order)
			return ps_order_sign(order);
	}
}

/* ---- CPAN: decimal versions are groups of three digits ("1.002003" is v1.2.3) ---- */

/* The next number; `decimal`: three digits, filled up with zeros, of a fraction. */
static guint
cpan_next(const char **at, gboolean decimal)
{
	guint value = 0;

	for (int i = 0; decimal ? i < 3 : g_ascii_isdigit(**at); i++) {
		gboolean digit = g_ascii_isdigit(**at);
		value = MIN(value * 10 + (digit ? (guint)(**at - '0') : 0), G_MAXUINT / 20);
		*at += digit || **at == '_';
	}
	if (!decimal && **at == '.')
		(*at)++;
	return value;
}

static gboolean
cpan_is_decimal(const char *text)
{
	const char *point = strchr(text, '.');

	return *text != 'v' && (!point || !strchr(point + 1, '.'));
}

int
ps_order_cpan(const char *a, const char *b)
{
	gboolean a_decimal = cpan_is_decimal(a), b_decimal = cpan_is_decimal(b);

	a += *a == 'v';
	b += *b == 'v';
	for (gboolean first = TRUE; *a || *b; first = FALSE) {
		const char *a_before = a, *b_before = b;
		guint x = cpan_next(&a, a_decimal && !first);
		guint y = cpan_next(&b, b_decimal && !first);
		if (x != y)
			return x < y ? -1 : 1;
		if (a == a_before && b == b_before)
			return ps_order_sign(strcmp(a, b));
	}
	return 0;
}

/* ---- Conan 2: numbers or words between points; then pre-release and build ---- */

static int
compare_conan_items(PsSlice a, PsSlice b)
{
	const char *a_at = a.text, *b_at = b.text;

	while (a_at || b_at) {
		PsSlice x = {"0", 1}, y = {"0", 1};
		ps_slice_next(&a_at, a.text + a.length, ".", &x);
		ps_slice_next(&b_at, b.text + b.length, ".", &y);
		int order = ps_slice_is_digits(x) && ps_slice_is_digits(y)
				    ? ps_order_digits(x.text, x.length, y.text, y.length)
				    : ps_order_slices(x, y);
		if (order)
			return order;
	}
	return 0;
}

typedef struct {
	PsSlice main, pre, build;
} Conan;

static Conan
read_conan(const char *text)
{
	gsize end = strcspn(text, "+"), main = strcspn(text, "+-");
	Conan version = {{text, main}, {"", 0}, {"", 0}};

	if (text[main] == '-')
		version.pre = (PsSlice){text + main + 1, end - main - 1};
	if (text[end])
		version.build = (PsSlice){text + end + 1, strlen(text + end + 1)};
	return version;
}

int
ps_order_conan(const char *a, const char *b)
{
	Conan x = read_conan(a), y = read_conan(b);
	int order = compare_conan_items(x.main, y.main);

	if (!order && (x.pre.length == 0) != (y.pre.length == 0))
		order = x.pre.length == 0 ? 1 : -1;
	if (!order)
		order = compare_conan_items(x.pre, y.pre);
	if (!order && (x.build.length == 0) != (y.build.length == 0))
		order = x.build.length == 0 ? -1 : 1;
	return order ? order : compare_conan_items(x.build, y.build);
}

/* ---- OpenSSL: letters behind the third number until 1.1.1 ---- */

int
ps_order_openssl(const char *a, const char *b)
{
	const char *x = a + strspn(a, "0123456789."), *y = b + strspn(b, "0123456789.");
	int order = ps_order_intdot(a, b);

	if (order)
		return order;
	/* "-beta1" stands before the release, letters behind it */
	if ((*x == '-') != (*y == '-'))
		return *x == '-' ? -1 : 1;
	return ps_order_sign(strcmp(x, y));
}
