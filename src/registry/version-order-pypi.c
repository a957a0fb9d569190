#include "config.h"

/* Python's order (PEP 440), and before all of that the order of versions that are none. */

#include <string.h>

#include "registry/version-order-internal.h"

typedef struct {
	PsSlice epoch, release;
	int pre; /* 'a' 'b' 'r'; 0: none */
	PsSlice pre_number;
	gboolean post, dev, has_local;
	PsSlice post_number, dev_number, local;
} Pep440;

static void
skip_separator(const char **at)
{
	if (**at && strchr(".-_", **at))
		(*at)++;
}

/* One of `words` at `at`, with separators around it, and its number; `at` moves behind it. */
static const char *
take_word(const char **at, const char *const *words, PsSlice *number)
{
	const char *text = *at;

	skip_separator(&text);
	for (; *words; words++) {
		gsize length = strlen(*words);
		if (g_ascii_strncasecmp(text, *words, length) != 0 || g_ascii_isalpha(text[length]))
			continue;
		text += length;
		const char *behind = text;
		skip_separator(&text);
		number->text = text;
		number->length = ps_order_digits_at(text);
		*at = number->length ? text + number->length : behind;
		return *words;
	}
	return NULL;
}

static void
take_pre(const char **at, Pep440 *version)
{
	static const char *const words[] = {"alpha", "beta", "preview", "pre", "rc",
					    "a",     "b",    "c",       NULL};
	const char *word = take_word(at, words, &version->pre_number);

	if (word)
		version->pre = *word == 'a' || *word == 'b' ? *word : 'r';
}

static void
take_post(const char **at, Pep440 *version)
{
	static const char *const words[] = {"post", "rev", "r", NULL};

	if (**at == '-' && ps_order_digits_at(*at + 1) > 0) {
		version->post = TRUE;
		version->post_number = (PsSlice){*at + 1, ps_order_digits_at(*at + 1)};
		*at += 1 + version->post_number.length;
		return;
	}
	version->post = take_word(at, words, &version->post_number) != NULL;
}

static gboolean
take_release(const char **at, PsSlice *release)
{
	release->text = *at;
	while (ps_order_digits_at(*at) > 0) {
		*at += ps_order_digits_at(*at);
		release->length = (gsize)(*at - release->text);
		if (**at != '.' || !g_ascii_isdigit((*at)[1]))
			break;
		(*at)++;
	}
	return release->length > 0;
}

static gboolean
take_local(const char **at, Pep440 *version)
{
	if (**at != '+')
		return TRUE;
	const char *text = *at + 1;
	gsize length = 0;
	while (text[length] && (g_ascii_isalnum(text[length]) || strchr(".-_", text[length])))
		length++;
	version->has_local = TRUE;
	version->local = (PsSlice){text, length};
	*at = text + length;
	return length > 0;
}

static gboolean
read_pep440(const char *text, Pep440 *version)
{
	static const char *const dev[] = {"dev", NULL};
	static const PsSlice none = {"", 0};

	*version = (Pep440){.epoch = none,
			    .release = none,
			    .pre_number = none,
			    .post_number = none,
			    .dev_number = none,
			    .local = none};
	text += strspn(text, " \t\n\r\f\v");
	if (*text == 'v' || *text == 'V')
		text++;
	gsize digits = ps_order_digits_at(text);
	if (digits > 0 && text[digits] == '!') {
		version->epoch = (PsSlice){text, digits};
		text += digits + 1;
	}
	if (!take_release(&text, &version->release))
		return FALSE;
	take_pre(&text, version);
	take_post(&text, version);
	version->dev = take_word(&text, dev, &version->dev_number) != NULL;
	if (!take_local(&text, version))
		return FALSE;
	return text[strspn(text, " \t\n\r\f\v")] == '\0';
}

static int
compare_releases(PsSlice a, PsSlice b)
{
	const char *a_at = a.text, *b_at = b.text;

	while (a_at || b_at) {
		PsSlice x = {"", 0}, y = {"", 0};
		ps_slice_next(&a_at, a.text + a.length, ".", &x);
		ps_slice_next(&b_at, b.text + b.length, ".", &y);
		int order = ps_order_digits(x.text, x.length, y.text, y.length);
		if (order)
			return order;
	}
	return 0;
}

static int
compare_numbers(PsSlice a, PsSlice b)
{
	return ps_order_digits(a.text, a.length, b.text, b.length);
}

/* A development release of the release itself stands before its pre-releases. */
static int
pre_rank(const Pep440 *version)
{
	if (version->pre)
		return version->pre;
	return version->dev && !version->post ? 0 : 256;
}

static int
compare_local(const Pep440 *a, const Pep440 *b)
{
	const char *a_at = a->has_local ? a->local.text : NULL;
	const char *b_at = b->has_local ? b->local.text : NULL;
	PsSlice x, y;

	for (;;) {
		gboolean more_a = ps_slice_next(&a_at, a->local.text + a->local.length, ".-_", &x);
		gboolean more_b = ps_slice_next(&b_at, b->local.text + b->local.length, ".-_", &y);
		if (!more_a || !more_b)
			return more_a - more_b;
		gboolean x_digits = ps_slice_is_digits(x), y_digits = ps_slice_is_digits(y);
		if (x_digits != y_digits)
			return x_digits ? 1 : -1;
		int order = x_digits ? compare_numbers(x, y) : ps_order_slices_caseless(x, y);
		if (order)
			return order;
	}
}

static int
compare_pep440(const Pep440 *a, const Pep440 *b)
{
	int order = compare_numbers(a->epoch, b->epoch);

	if (!order)
		order = compare_releases(a->release, b->release);
	if (!order)
		order = ps_order_sign(pre_rank(a) - pre_rank(b));
	if (!order)
		order = compare_numbers(a->pre_number, b->pre_number);
	if (!order)
		order = a->post - b->post;
	if (!order)
		order = compare_numbers(a->post_number, b->post_number);
	if (!order) /* none stands behind any */
		order = b->dev - a->dev;
	if (!order)
		order = compare_numbers(a->dev_number, b->dev_number);
	return order ? order : compare_local(a, b);
}

/* ---- what is no version of PEP 440: as older tools took it ---- */

static void
drop_last(GPtrArray *parts, const char *part)
{
	while (parts->len > 0 && g_str_equal(parts->pdata[parts->len - 1], part))
		g_ptr_array_set_size(parts, (int)parts->len - 1);
}

static void
add_legacy(GPtrArray *parts, const char *part)
{
	if (*part == '*') {
		if (strcmp(part, "*final") < 0)
			drop_last(parts, "*final-");
		drop_last(parts, "00000000");
	}
	g_ptr_array_add(parts, g_strdup(part));
}

static char *
legacy_part(PsSlice piece)
{
	static const char *const words[][2] = {
		{"pre", "c"}, {"preview", "c"}, {"-", "final-"}, {"rc", "c"}, {"dev", "@"}};
	g_autofree char *text = g_ascii_strdown(piece.text, (gssize)piece.length);
	const char *part = text;

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_equal(text, words[i][0]))
			part = words[i][1];
	if (ps_slice_is_digits(piece))
		return g_strdup_printf("%.*s%s", (int)(8 - MIN(piece.length, 8)), "00000000", text);
	return g_strconcat("*", part, NULL);
}

static GPtrArray *
read_legacy(const char *text)
{
	GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);

	while (*text) {
		gsize digits = ps_order_digits_at(text), letters = ps_order_letters_at(text);
		PsSlice piece = {text, digits ? digits : letters ? letters : 1};
		text += piece.length;
		if (ps_slice_is(piece, "."))
			continue;
		g_autofree char *part = legacy_part(piece);
		add_legacy(parts, part);
	}
	add_legacy(parts, "*final");
	return parts;
}

static int
compare_legacy(const char *a, const char *b)
{
	g_autoptr(GPtrArray) x = read_legacy(a);
	g_autoptr(GPtrArray) y = read_legacy(b);

	for (guint i = 0; i < MIN(x->len, y->len); i++) {
		int order = strcmp(x->pdata[i], y->pdata[i]);
		if (order)
			return ps_order_sign(order);
	}
	return (x->len > y->len) - (x->len < y->len);
}

int
ps_order_pypi(const char *a, const char *b)
{
	Pep440 x, y;
	gboolean a_good = read_pep440(a, &x), b_good = read_pep440(b, &y);

	if (a_good && b_good)
		return compare_pep440(&x, &y);
	return a_good != b_good ? a_good - b_good : compare_legacy(a, b);
}
