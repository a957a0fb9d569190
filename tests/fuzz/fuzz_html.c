#include "config.h"

/* HTML to text: ends, stays within its limit, gives valid UTF-8. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/safe-text.h"
#include "workers/mail/html.h"

#define LIMIT 5000

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *html = g_utf8_make_valid(size ? (const char *)data : "", (gssize)size);
	gboolean cut = FALSE;

	for (int flags = 0; flags <= PS_HTML_NO_LEGACY_DISPLAY; flags++) {
		g_autofree char *text =
			ps_html_text(html, strlen(html), LIMIT, (PsHtmlFlags)flags, &cut);
		/* a newline ends it */
		if (strlen(text) > LIMIT + 1 || !g_utf8_validate(text, -1, NULL))
			abort();
		g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	}
	return 0;
}
