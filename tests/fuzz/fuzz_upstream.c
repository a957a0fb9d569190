#include "config.h"

/* Reading a document of somebody else: whatever it holds, its products have a name and an id, and
 * what becomes a field of one line is one line of valid UTF-8. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "advisory/upstream-internal.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(PsUpstream) upstream = ps_upstream_read(bytes, "fuzz", NULL);

	ps_upstream_is_likely((const char *)data, size);
	for (guint i = 0; upstream && i < upstream->products->len; i++) {
		const PsUpstreamProduct *product = upstream->products->pdata[i];
		g_autofree char *line = ps_upstream_line(product->name);
		if (!*product->product_id || !*product->name ||
		    (line && (strchr(line, '\n') || !g_utf8_validate(line, -1, NULL))))
			abort();
	}
	return 0;
}
