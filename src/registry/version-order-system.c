#include "config.h"

/* Orders of operating systems' packages: Debian, RPM, Arch, Alpine, Gentoo. */

#include <string.h>

#include "registry/version-order-internal.h"

/* ---- Debian policy 5.6.12 ---- */

static int
deb_weight(char c)
{
	if (c == '~')
		return -1;
	if (c == '\0' || g_ascii_isdigit(c))
		return 0;
	return g_ascii_isalpha(c) ? (guchar)c : (guchar)c + 256;
}

static char
char_at(PsSlice slice, gsize index)
{
	return index < slice.length ? slice.text[index] : '\0';
}

/* Texts and numbers in turn. */
static int
compare_deb_part(PsSlice a, PsSlice b)
{
	gsize i = 0, k = 0;

	while (i < a.length || k < b.length) {
		while ((i < a.length && !g_ascii_isdigit(a.text[i])) ||
		       (k < b.length && !g_ascii_isdigit(b.text[k]))) {
			int order = deb_weight(char_at(a, i)) - deb_weight(char_at(b, k));
			if (order)
				return ps_order_sign(order);
			i++;
			k++;
		}
		gsize x = i, y = k;
		while (i < a.length && g_ascii_isdigit(a.text[i]))
			i++;
		while (k < b.length && g_ascii_isdigit(b.text[k]))
			k++;
		int order = ps_order_digits(a.text + x, i - x, b.text + y, k - y);
		if (order)
			return order;
	}
	return 0;
}

int
ps_order_deb(const char *a, const char *b)
{
	PsSlice x = ps_order_epoch(&a), y = ps_order_epoch(&b);
	int order = ps_order_digits(x.text, x.length, y.text, y.length);
	const char *a_dash = strrchr(a, '-'), *b_dash = strrchr(b, '-');

	if (order)
		return order;
	x = (PsSlice){a, a_dash ? (gsize)(a_dash - a) : strlen(a)};
	y = (PsSlice){b, b_dash ? (gsize)(b_dash - b) : strlen(b)};
	order = compare_deb_part(x, y);
	if (order)
		return order;
	/* no revision is as good as 0 */
	x = a_dash ? (PsSlice){a_dash + 1, strlen(a_dash + 1)} : (PsSlice){"0", 1};
	y = b_dash ? (PsSlice){b_dash + 1, strlen(b_dash + 1)} : (PsSlice){"0", 1};
	return compare_deb_part(x, y);
}

/* ---- RPM ---- */

static gsize
rpm_skip(PsSlice slice, gsize i, const char *marks)
{
	while (i < slice.length && !g_ascii_isalnum(slice.text[i]) && !strchr(marks, slice.text[i]))
		i++;
	return i;
}

/* "~" stands before the end, "^" behind it but before all else. 2: neither has one. */
static int
rpm_marks(PsSlice a, PsSlice b, gsize *i, gsize *k)
{
	char x = char_at(a, *i), y = char_at(b, *k);

	if (x == '~' || y == '~') {
		if (x != y)
			return x == '~' ? -1 : 1;
	} else if (x == '^' || y == '^') {
		if (x != y)
			return x == '^' ? (y ? -1 : 1) : (x ? 1 : -1);
	} else {
		return 2;
	}
	(*i)++;
	(*k)++;
	return 0;
}

static gsize
rpm_run(PsSlice slice, gsize i, gboolean digits)
{
	while (i < slice.length &&
	       (digits ? g_ascii_isdigit(slice.text[i]) : g_ascii_isalpha(slice.text[i])))
		i++;
	return i;
}

static int
compare_rpm_part(PsSlice a, PsSlice b)
{
	gsize i = 0, k = 0;

	for (;;) {
		i = rpm_skip(a, i, "~^");
		k = rpm_skip(b, k, "~^");
		int mark = rpm_marks(a, b, &i, &k);
		if (mark == 0)
			continue;
		if (mark != 2)
			return mark;
		if (i >= a.length || k >= b.length)
			return (i < a.length) - (k < b.length);
		gboolean digits = g_ascii_isdigit(a.text[i]);
		gsize x = rpm_run(a, i, digits), y = rpm_run(b, k, digits);
		if (y == k)
			return digits ? 1 : -1;
		int order = digits ? ps_order_digits(a.text + i, x - i, b.text + k, y - k)
				   : ps_order_slices((PsSlice){a.text + i, x - i},
						     (PsSlice){b.text + k, y - k});
		if (order)
			return order;
		i = x;
		k = y;
	}
}

typedef struct {
	PsSlice epoch, version, release;
	gboolean has_release;
} Evr;

static Evr
read_evr(const char *text)
{
	Evr evr = {ps_order_epoch(&text), {NULL, 0}, {"", 0}, FALSE};
	const char *dash = strrchr(text, '-');

	evr.version = (PsSlice){text, dash ? (gsize)(dash - text) : strlen(text)};
	evr.has_release = dash != NULL;
	if (dash)
		evr.release = (PsSlice){dash + 1, strlen(dash + 1)};
	return evr;
}

static int
compare_epoch_and_version(const Evr *x, const Evr *y, int (*part)(PsSlice a, PsSlice b))
{
	int order = ps_order_digits(x->epoch.text, x->epoch.length, y->epoch.text, y->epoch.length);

	return order ? order : part(x->version, y->version);
}

int
ps_order_rpm(const char *a, const char *b)
{
	Evr x = read_evr(a), y = read_evr(b);
	int order = compare_epoch_and_version(&x, &y, compare_rpm_part);

	if (order || x.has_release != y.has_release)
		return order ? order : x.has_release - y.has_release;
	return compare_rpm_part(x.release, y.release);
}

/* ---- Arch: an older RPM order ---- */

/* What follows the shorter text: letters make it older, all else newer. */
static int
alpm_rest(PsSlice rest)
{
	return g_ascii_isalpha(char_at(rest, 0)) ? -1 : 1;
}

static int
compare_alpm_part(PsSlice a, PsSlice b)
{
	gsize i = 0, k = 0;

	while (i < a.length && k < b.length) {
		gsize x = rpm_skip(a, i, ""), y = rpm_skip(b, k, "");
		if (x >= a.length || y >= b.length) {
			i = x;
			k = y;
			break;
		}
		if (x - i != y - k)
			return x - i < y - k ? -1 : 1;
		gboolean digits = g_ascii_isdigit(a.text[x]);
		i = rpm_run(a, x, digits);
		k = rpm_run(b, y, digits);
		if (k == y)
			return digits ? 1 : -1;
		int order = digits ? ps_order_digits(a.text + x, i - x, b.text + y, k - y)
				   : ps_order_slices((PsSlice){a.text + x, i - x},
						     (PsSlice){b.text + y, k - y});
		if (order)
			return order;
	}
	if (i >= a.length && k >= b.length)
		return 0;
	return i < a.length ? alpm_rest((PsSlice){a.text + i, a.length - i})
			    : -alpm_rest((PsSlice){b.text + k, b.length - k});
}

int
ps_order_alpm(const char *a, const char *b)
{
	Evr x = read_evr(a), y = read_evr(b);
	int order = compare_epoch_and_version(&x, &y, compare_alpm_part);

	if (order || !x.has_release || !y.has_release)
		return order;
	return compare_alpm_part(x.release, y.release);
}

/* ---- Alpine and Gentoo: numbers, a letter, suffixes, a revision ---- */

typedef struct {
	PsSlice numbers; /* "1.2.03" */
	char letter;
	PsSlice behind;       /* digits directly behind the letter */
	const char *suffixes; /* at the first "_" */
	PsSlice revision;     /* what follows is not looked at */
} Ebuild;

/* Behind the suffixes at `text`. */
static const char *
skip_suffixes(const char *text)
{
	while (*text == '_') {
		text += 1 + ps_order_letters_at(text + 1);
		text += ps_order_digits_at(text);
	}
	return text;
}

static Ebuild
read_ebuild(const char *text)
{
	Ebuild version = {{text, 0}, 0, {"", 0}, "", {"", 0}};

	while (ps_order_digits_at(text) > 0) {
		text += ps_order_digits_at(text);
		version.numbers.length = (gsize)(text - version.numbers.text);
		if (*text != '.')
			break;
		text++;
	}
	if (g_ascii_isalpha(*text))
		version.letter = *text++;
	version.behind = (PsSlice){text, ps_order_digits_at(text)};
	text += version.behind.length;
	version.suffixes = text;
	text = skip_suffixes(text);
	if (*text == '~') /* a commit: Alpine does not order by it */
		text += 1 + strspn(text + 1, "0123456789abcdef");
	if (g_str_has_prefix(text, "-r"))
		version.revision = (PsSlice){text + 2, ps_order_digits_at(text + 2)};
	return version;
}

/* Rank of a suffix's word; nothing is 0, what is no suffix stands before all. */
static int
suffix_rank(PsSlice word)
{
	static const struct {
		const char *word;
		int rank;
	} ranks[] = {{"alpha", -4}, {"beta", -3}, {"pre", -2}, {"rc", -1}, {"cvs", 1},
		     {"svn", 2},    {"git", 3},   {"hg", 4},   {"p", 5}};

	for (gsize i = 0; i < G_N_ELEMENTS(ranks); i++)
		if (ps_slice_is(word, ranks[i].word))
			return ranks[i].rank;
	return word.length ? -5 : 0;
}

static int
compare_suffixes(const char *a, const char *b)
{
	while (*a == '_' || *b == '_') {
		gsize x = *a == '_' ? ps_order_letters_at(a + 1) : 0;
		gsize y = *b == '_' ? ps_order_letters_at(b + 1) : 0;
		int rank = suffix_rank((PsSlice){a + (*a == '_'), x}) -
			   suffix_rank((PsSlice){b + (*b == '_'), y});
		if (rank)
			return ps_order_sign(rank);
		a += *a == '_' ? x + 1 : 0;
		b += *b == '_' ? y + 1 : 0;
		x = ps_order_digits_at(a);
		y = ps_order_digits_at(b);
		int order = ps_order_digits(a, x, b, y);
		if (order)
			return order;
		a += x;
		b += y;
	}
	return 0;
}

static PsSlice
trimmed(PsSlice slice)
{
	while (slice.length > 0 && slice.text[slice.length - 1] == '0')
		slice.length--;
	return slice;
}

/* A number behind the first that begins with 0 counts as digits behind a decimal point. */
static int
compare_ebuild_numbers(PsSlice a, PsSlice b, gboolean trim)
{
	const char *a_at = a.text, *b_at = b.text;
	PsSlice x, y;

	for (gboolean first = TRUE;; first = FALSE) {
		gboolean more_a = ps_slice_next(&a_at, a.text + a.length, ".", &x);
		gboolean more_b = ps_slice_next(&b_at, b.text + b.length, ".", &y);
		if (!more_a || !more_b)
			return more_a - more_b;
		gboolean decimal = !first && (char_at(x, 0) == '0' || char_at(y, 0) == '0');
		int order = !decimal ? ps_order_digits(x.text, x.length, y.text, y.length)
			    : trim   ? ps_order_slices(trimmed(x), trimmed(y))
				     : ps_order_slices(x, y);
		if (order)
			return order;
	}
}

static int
compare_ebuilds(const char *a, const char *b, gboolean trim)
{
	Ebuild x = read_ebuild(a), y = read_ebuild(b);
	int order = compare_ebuild_numbers(x.numbers, y.numbers, trim);

	if (!order)
		order = ps_order_sign(x.letter - y.letter);
	if (!order)
		order = ps_order_digits(x.behind.text, x.behind.length, y.behind.text,
					y.behind.length);
	if (!order)
		order = compare_suffixes(x.suffixes, y.suffixes);
	if (!order)
		order = ps_order_digits(x.revision.text, x.revision.length, y.revision.text,
					y.revision.length);
	return order;
}

int
ps_order_apk(const char *a, const char *b)
{
	return compare_ebuilds(a, b, FALSE);
}

int
ps_order_gentoo(const char *a, const char *b)
{
	return compare_ebuilds(a, b, TRUE);
}
