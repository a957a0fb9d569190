#ifndef PS_ADVISORY_RENDER_INTERNAL_H
#define PS_ADVISORY_RENDER_INTERNAL_H

/* The printers behind render.h. New strings. */

#include "advisory/outline.h"
#include "advisory/render.h"

GPtrArray *ps_render_text_lines(const PsOutline *outline, int width);
char *ps_render_markdown(const PsOutline *outline);
char *ps_render_html(const PsOutline *outline);

/* "9.8 (Critical)", in the outline's language. */
char *ps_render_score(const PsOutline *outline, const PsBlock *block);

#endif
