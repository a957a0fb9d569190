#include "config.h"

#include "advisory/render.h"

#include <string.h>

#include "advisory/advisory.h"
#include "advisory/phrase.h"
#include "advisory/render-internal.h"

#define NARROWEST 20

gboolean
ps_render_format_find(const char *name, PsRenderFormat *format)
{
	static const char *const names[] = {[PS_RENDER_TEXT] = "text",
					    [PS_RENDER_MARKDOWN] = "md",
					    [PS_RENDER_HTML] = "html",
					    [PS_RENDER_CSAF] = "csaf"};

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_equal(names[i], name)) {
			*format = (PsRenderFormat)i;
			return TRUE;
		}
	return FALSE;
}

char *
ps_render_score(const PsOutline *outline, const PsBlock *block)
{
	const char *severity = ps_phrase_token(outline->lang, block->severity);

	return g_strdup_printf("%d.%d%s%s%s", block->tenths / 10, block->tenths % 10,
			       severity ? " (" : "", severity ? severity : "", severity ? ")" : "");
}

GPtrArray *
ps_render_lines(const cJSON *document, int width)
{
	g_autoptr(PsOutline) outline = ps_outline_new(document);

	return ps_render_text_lines(outline, MAX(width, NARROWEST));
}

static char *
render_text(const cJSON *document, int width)
{
	g_autoptr(GPtrArray) lines = ps_render_lines(document, width);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < lines->len; i++) {
		const PsRenderLine *line = lines->pdata[i];
		g_string_append_printf(text, "%s\n", line->text);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
ps_render(const cJSON *document, PsRenderFormat format, int width)
{
	if (format == PS_RENDER_CSAF)
		return ps_advisory_print(document);
	if (format == PS_RENDER_TEXT)
		return render_text(document, width > 0 ? width : PS_RENDER_WIDTH);
	g_autoptr(PsOutline) outline = ps_outline_new(document);
	return format == PS_RENDER_HTML ? ps_render_html(outline) : ps_render_markdown(outline);
}
