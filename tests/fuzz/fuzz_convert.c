#include "config.h"

/* Conversion to CSAF 2.1, OpenVEX and the renderers over any JSON: what is converted without an
 * error fits the schema of 2.1, every note has a place and a sentence, and nothing else happens. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "advisory/csaf-check.h"
#include "advisory/csaf-convert.h"
#include "advisory/csaf-node.h"
#include "advisory/openvex.h"
#include "advisory/render.h"
#include "base/safe-text.h"
#include "base/utc.h"

static void
check_notes(const GPtrArray *notes)
{
	for (guint i = 0; i < notes->len; i++) {
		const PsConvertNote *note = notes->pdata[i];
		g_autofree char *safe = ps_safe_text(note->sentence, -1, PS_SAFE_LINE);
		if (!*note->sentence || !g_str_equal(safe, note->sentence) ||
		    (*note->pointer && *note->pointer != '/'))
			abort();
	}
}

static void
check_conversion(const cJSON *document, gboolean allow_invalid)
{
	const PsConvertOptions options = {.now = PS_NO_TIME, .allow_invalid = allow_invalid};
	g_autoptr(GPtrArray) notes = ps_convert_notes_new();
	g_autoptr(cJSON) result = ps_csaf_convert_with(document, &options, notes, NULL);

	check_notes(notes);
	if (result && !allow_invalid &&
	    ps_csaf_check_value(ps_csaf_root("2.1"), result, NULL, NULL) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(cJSON) document = ps_json_parse((const char *)data, size, &ps_csaf_limits, NULL);

	if (!document)
		return 0;
	check_conversion(document, FALSE);
	check_conversion(document, TRUE);
	g_autoptr(cJSON) vex = ps_openvex(document, NULL);
	for (int format = PS_RENDER_TEXT; format <= PS_RENDER_HTML; format++) {
		g_autofree char *text = ps_render(document, (PsRenderFormat)format, 40);
		if (!g_utf8_validate(text, -1, NULL))
			abort();
	}
	return 0;
}
