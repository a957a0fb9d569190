#include "config.h"

/* Version ranges and the orders of versions: what is taken has a canonical form, overlaps with
 * itself unless it is empty, and holds its single version; each order is the same both ways round.
 * A text of two lines is two versions or ranges. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "registry/vers.h"

static void
check_range(const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsVers) vers = ps_vers_parse(text, &error);
	g_autoptr(PsVers) loose = ps_vers_parse_loose(text);
	g_autofree char *canonical = ps_vers_canonical(text);

	if (!vers) {
		if (!error || !*error->message || !g_utf8_validate(error->message, -1, NULL))
			abort();
		return;
	}
	if (!loose || !canonical)
		abort();
	/* more may be encoded than has to be; once only */
	g_autofree char *again = ps_vers_canonical(canonical);
	if (g_strcmp0(again, canonical) != 0 ||
	    (vers->type && !strchr(text, '%') && !g_str_equal(canonical, text)))
		abort();
	if (vers->order && vers->order->exact && vers->excluded->len == 0 &&
	    !g_str_equal(vers->order->name, "none") && !ps_vers_overlap(vers, vers))
		abort();
	if (ps_vers_single(vers) && vers->excluded->len == 0 &&
	    !ps_vers_contains(vers, ps_vers_single(vers)))
		abort();
}

static void
check_orders(const char *a, const char *b)
{
	const PsVersionType *type;

	for (gsize i = 0; (type = ps_version_type_at(i)); i++) {
		int order = type->compare(a, b), back = type->compare(b, a);
		if ((order > 0) - (order < 0) != (back < 0) - (back > 0) ||
		    type->compare(a, a) != 0)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *text = size ? g_strndup((const char *)data, size) : g_strdup("");
	char *second = strchr(text, '\n');

	if (!g_utf8_validate(text, -1, NULL))
		return 0;
	if (second)
		*second++ = '\0';
	check_range(text);
	if (second) {
		g_autoptr(PsVers) a = ps_vers_parse_loose(text);
		g_autoptr(PsVers) b = ps_vers_parse_loose(second);
		if (a && b && ps_vers_overlap(a, b) != ps_vers_overlap(b, a))
			abort();
		check_orders(text, second);
	}
	return 0;
}
