#ifndef PS_ADVISORY_RENDER_H
#define PS_ADVISORY_RENDER_H

/* A CSAF 2.0 document for people: text, Markdown, HTML. Pure functions of the document, which may
 * come from anywhere: a document that is incomplete, or holds other types than the standard's, is
 * shown as far as it can be read.
 *
 * Nothing of the document's text gets out as markup, terminal control or invisible character: it
 * passes ps_safe_text(), and each form escapes what it would take as its own syntax. Links are made
 * of http, https and mailto addresses only.
 *
 * One walk over the document (outline.h) feeds all three, so they say the same. Headings and fixed
 * words are in the document's language where we have it (English, German), else in English. */

#include "base/json.h"

typedef enum {
	PS_RENDER_TEXT,
	PS_RENDER_MARKDOWN,
	PS_RENDER_HTML, /* one self-contained page: no script, nothing loaded, prints well */
	PS_RENDER_CSAF, /* the document itself, as published */
} PsRenderFormat;

#define PS_RENDER_WIDTH 78

/* "text", "md", "html", "csaf"; FALSE for another word. */
gboolean ps_render_format_find(const char *name, PsRenderFormat *format);

/* `width`: cells of a line of text, at least 20; 0: PS_RENDER_WIDTH (other forms do not wrap). New
 * string, UTF-8, newline at the end. */
char *ps_render(const cJSON *document, PsRenderFormat format, int width);

/* For a pane: the text as lines with their sense, NULL-free. */
typedef enum {
	PS_LINE_PLAIN,
	PS_LINE_TITLE,
	PS_LINE_HEADING,
	PS_LINE_LABEL, /* "Label: value"; the label's length in bytes is `label` */
	PS_LINE_LINK,  /* holds a web address */
} PsRenderLineSense;
typedef struct {
	char *text; /* safe, at most `width` cells */
	PsRenderLineSense sense;
	int label;
} PsRenderLine;
/* PsRenderLine* array. */
GPtrArray *ps_render_lines(const cJSON *document, int width);

#endif
