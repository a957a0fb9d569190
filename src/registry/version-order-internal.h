#ifndef PS_REGISTRY_VERSION_ORDER_INTERNAL_H
#define PS_REGISTRY_VERSION_ORDER_INTERNAL_H

/* What the orders share; below 0, 0, above 0 everywhere. */

#include <glib.h>

typedef struct {
	const char *text;
	gsize length;
} PsSlice;

int ps_order_sign(gint64 difference);
/* As numbers of any size; leading zeros do not count. */
int ps_order_digits(const char *a, gsize a_length, const char *b, gsize b_length);
int ps_order_slices(PsSlice a, PsSlice b); /* by bytes, then by length */
int ps_order_slices_caseless(PsSlice a, PsSlice b);
gsize ps_order_digits_at(const char *text);
gsize ps_order_letters_at(const char *text);
gboolean ps_slice_is_digits(PsSlice slice);
gboolean ps_slice_is(PsSlice slice, const char *word);
/* The piece at the start of `*at` up to one of `separators` or `end`; `*at` moves behind the
 * separator. FALSE: nothing is left. */
gboolean ps_slice_next(const char **at, const char *end, const char *separators, PsSlice *piece);
/* Lists of pieces behind a "-": digits before words, fewer before more; an empty list counts as
 * behind all others when `release` is true. */
int ps_order_prerelease(PsSlice a, PsSlice b, gboolean caseless);
/* A number and what follows it, such as "3:"; the number's slice, empty when there is none. */
PsSlice ps_order_epoch(const char **version);

int ps_order_generic(const char *a, const char *b);
int ps_order_intdot(const char *a, const char *b);
int ps_order_semver(const char *a, const char *b);
int ps_order_pub(const char *a, const char *b);
int ps_order_nuget(const char *a, const char *b);
int ps_order_numbers(const char *a, const char *b);

int ps_order_deb(const char *a, const char *b);
int ps_order_rpm(const char *a, const char *b);
int ps_order_alpm(const char *a, const char *b);
int ps_order_apk(const char *a, const char *b);
int ps_order_gentoo(const char *a, const char *b);

int ps_order_pypi(const char *a, const char *b);
int ps_order_maven(const char *a, const char *b);
int ps_order_gem(const char *a, const char *b);
int ps_order_composer(const char *a, const char *b);
int ps_order_cpan(const char *a, const char *b);
int ps_order_conan(const char *a, const char *b);
int ps_order_openssl(const char *a, const char *b);

#endif
