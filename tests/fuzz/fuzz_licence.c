#include "config.h"

/* Licence expressions: what is taken consists of ids, what is refused has a sentence. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/licence.h"

static void
check_id(gpointer user, const char *id, PsLicenceRole role)
{
	guint *count = user;

	(void)role;
	(*count)++;
	if (!*id || strpbrk(id, " ()"))
		abort();
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *text = size ? g_strndup((const char *)data, size) : g_strdup("");
	g_autoptr(GError) error = NULL;
	guint count = 0;

	if (!g_utf8_validate(text, -1, NULL))
		return 0;
	if (ps_licence_parse(text, check_id, &count, &error)) {
		if (error || count == 0)
			abort();
	} else if (!error || !*error->message || !g_utf8_validate(error->message, -1, NULL)) {
		abort();
	}
	return 0;
}
