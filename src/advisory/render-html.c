#include "config.h"

/* One HTML page that stands alone: no script, nothing loaded (the page forbids it itself), headings
 * in order, tables with heads, colours never alone, prints well. */

#include <string.h>

#include "advisory/phrase.h"
#include "advisory/render-internal.h"

static const char page_head[] =
	"<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	"style-src 'unsafe-inline'\">\n"
	"<meta name=\"referrer\" content=\"no-referrer\">\n";

static const char page_style[] =
	"<style>\n"
	":root { color-scheme: light dark; }\n"
	"body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; "
	"padding: 0 1rem; }\n"
	"h1 { line-height: 1.2; }\n"
	"h2 { border-bottom: 1px solid; margin-top: 2rem; }\n"
	"dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }\n"
	"dt { font-weight: bold; }\n"
	"dd { margin: 0; overflow-wrap: anywhere; }\n"
	"table { border-collapse: collapse; margin: 1rem 0; }\n"
	/* said to who does not see it; the heading above has the same words */
	"caption { position: absolute; width: 1px; height: 1px; overflow: hidden; "
	"clip-path: inset(50%); white-space: nowrap; }\n"
	".wide { overflow-x: auto; }\n"
	"th, td { border: 1px solid; padding: .25rem .5rem; text-align: left; "
	"vertical-align: top; }\n"
	"tbody th { font-weight: normal; }\n"
	/* names, hashes and package URLs may be one long word */
	"tbody th, td:last-child { overflow-wrap: anywhere; min-width: 5rem; }\n"
	"p { overflow-wrap: anywhere; }\n"
	".bar { display: inline-block; width: 10rem; height: .7rem; border: 1px solid; "
	"margin-right: .5rem; }\n"
	".bar span { display: block; height: 100%; background: #767676; }\n"
	".low span { background: #8a6500; } .medium span { background: #b85200; }\n"
	".high span { background: #b3261e; } .critical span { background: #7b0a14; }\n"
	"nav ol { columns: 18rem; }\n"
	"footer { margin-top: 3rem; font-size: .85rem; }\n"
	"@media (max-width: 40rem) { dl { display: block; } }\n"
	"@media (prefers-color-scheme: dark) { .low span { background: #d9a900; } "
	".medium span { background: #ff9a4d; } .high span { background: #ff7a70; } "
	".critical span { background: #ff4d5e; } }\n"
	"@media print { body { max-width: none; margin: 0; } "
	".bar span { print-color-adjust: exact; -webkit-print-color-adjust: exact; } "
	"a { color: inherit; } a.named::after { content: \" (\" attr(href) \")\"; "
	"font-size: .85em; } .wide { overflow: visible; } thead { display: table-header-group; } "
	"h2, h3 { break-after: avoid; } table { break-inside: auto; } tr { break-inside: avoid; } "
	"}\n"
	"</style>\n";

/* Headings from which on a page has a list of them. */
#define CONTENTS_FROM 6

typedef struct {
	const PsOutline *outline;
	GString *out;
	const char *open; /* the element that blocks of one kind share, or NULL */
	guint sections;   /* headings of the second level so far */
} Html;

static void
append_escaped(GString *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			g_string_append(out, "&amp;");
			break;
		case '<':
			g_string_append(out, "&lt;");
			break;
		case '>':
			g_string_append(out, "&gt;");
			break;
		case '"':
			g_string_append(out, "&quot;");
			break;
		case '\'':
			g_string_append(out, "&#39;");
			break;
		default:
			g_string_append_c(out, *text);
		}
	}
}

static void
append_element(GString *out, const char *element, const char *text)
{
	g_string_append_printf(out, "<%s>", element);
	append_escaped(out, text);
	/* An element may come with attributes. */
	g_string_append_printf(out, "</%.*s>", (int)strcspn(element, " "), element);
}

static void
append_link(GString *out, const PsBlock *block, const char *shown)
{
	if (!block->url) {
		append_escaped(out, shown);
		return;
	}
	/* On paper a name alone leads nowhere. */
	g_string_append(out, g_str_equal(shown, block->text) ? "<a href=\""
							     : "<a class=\"named\" href=\"");
	append_escaped(out, block->url);
	g_string_append(out, "\">");
	append_escaped(out, shown);
	g_string_append(out, "</a>");
}

/* Paragraphs are parted by empty lines; other line ends are kept. */
static void
append_paragraphs(GString *out, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	gboolean inside = FALSE;

	for (char **line = lines; *line; line++) {
		if (**line == '\0') {
			g_string_append(out, inside ? "</p>\n" : "");
			inside = FALSE;
			continue;
		}
		g_string_append(out, inside ? "<br>\n" : "<p>");
		append_escaped(out, *line);
		inside = TRUE;
	}
	g_string_append(out, inside ? "</p>\n" : "");
}

static void
append_fact(GString *out, const PsBlock *block)
{
	append_element(out, "dt", block->label ? block->label : "");
	g_string_append(out, "<dd>");
	append_link(out, block, block->text);
	g_string_append(out, "</dd>\n");
}

static void
append_item(GString *out, const PsBlock *block)
{
	g_string_append(out, "<li>");
	append_link(out, block, block->label ? block->label : block->text);
	/* Where no link can be made, the address is there to read. */
	if (block->label && !block->url) {
		g_string_append(out, ": ");
		append_escaped(out, block->text);
	}
	g_string_append(out, "</li>\n");
}

static void
append_score(Html *html, const PsBlock *block)
{
	g_autofree char *score = ps_render_score(html->outline, block);
	g_autofree char *class = g_ascii_strdown(block->severity, -1);

	append_element(html->out, "dt", block->label);
	g_string_append_printf(
		html->out,
		"<dd><span class=\"bar %s\" aria-hidden=\"true\"><span style=\"width: %d%%\">"
		"</span></span>",
		class, block->tenths);
	append_element(html->out, "strong", score);
	g_string_append(html->out, "<br>");
	append_element(html->out, "code", block->text);
	g_string_append(html->out, "</dd>\n");
}

static void
append_table(GString *out, const PsBlock *block)
{
	/* Wide tables scroll by themselves, by keyboard too. */
	g_string_append(out, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
	append_escaped(out, block->label);
	g_string_append(out, "\">\n<table>\n");
	append_element(out, "caption", block->label);
	g_string_append(out, "\n<thead><tr>");
	for (char **cell = block->rows->pdata[0]; *cell; cell++)
		append_element(out, "th scope=\"col\"", *cell);
	g_string_append(out, "</tr></thead>\n<tbody>\n");
	for (guint i = 1; i < block->rows->len; i++) {
		g_string_append(out, "<tr>");
		char **cells = block->rows->pdata[i];
		for (int c = 0; cells[c]; c++)
			append_element(out, c == block->level ? "th scope=\"row\"" : "td",
				       cells[c]);
		g_string_append(out, "</tr>\n");
	}
	g_string_append(out, "</tbody>\n</table>\n</div>\n");
}

static const char *
element_around(PsBlockType type)
{
	switch (type) {
	case PS_BLOCK_FACT:
	case PS_BLOCK_SCORE:
		return "dl";
	case PS_BLOCK_ITEM:
		return "ul";
	default:
		return NULL;
	}
}

static void
open_element(Html *html, const char *element)
{
	if (g_strcmp0(html->open, element) == 0)
		return;
	if (html->open)
		g_string_append_printf(html->out, "</%s>\n", html->open);
	if (element)
		g_string_append_printf(html->out, "<%s>\n", element);
	html->open = element;
}

static gboolean
is_section(const PsBlock *block)
{
	return block->type == PS_BLOCK_HEADING && block->level == 2;
}

/* What the sections are, with links to them, before the first. */
static void
append_contents(Html *html)
{
	const GPtrArray *blocks = html->outline->blocks;
	const char *title = ps_phrase(html->outline->lang, PS_PHRASE_CONTENTS);
	guint count = 0, number = 0;

	for (guint i = 0; i < blocks->len; i++)
		count += is_section(blocks->pdata[i]);
	if (count < CONTENTS_FROM)
		return;
	g_string_append(html->out, "<nav aria-label=\"");
	append_escaped(html->out, title);
	g_string_append(html->out, "\">\n<ol>\n");
	for (guint i = 0; i < blocks->len; i++) {
		const PsBlock *block = blocks->pdata[i];
		if (!is_section(block))
			continue;
		g_string_append_printf(html->out, "<li><a href=\"#s%u\">", ++number);
		append_escaped(html->out, block->text);
		g_string_append(html->out, "</a></li>\n");
	}
	g_string_append(html->out, "</ol>\n</nav>\n");
}

static void
append_heading(Html *html, const PsBlock *block)
{
	static const char *const headings[] = {"h1", "h2", "h3"};
	const char *element = headings[CLAMP(block->level, 1, 3) - 1];

	if (is_section(block)) {
		if (html->sections++ == 0)
			append_contents(html);
		g_string_append_printf(html->out, "<h2 id=\"s%u\">", html->sections);
		append_escaped(html->out, block->text);
		g_string_append(html->out, "</h2>\n");
		return;
	}
	append_element(html->out, element, block->text);
	g_string_append_c(html->out, '\n');
}

static void
append_block(Html *html, const PsBlock *block)
{

	open_element(html, element_around(block->type));
	switch (block->type) {
	case PS_BLOCK_TITLE:
	case PS_BLOCK_HEADING:
		append_heading(html, block);
		break;
	case PS_BLOCK_PARAGRAPH:
		append_paragraphs(html->out, block->text);
		break;
	case PS_BLOCK_FACT:
		append_fact(html->out, block);
		break;
	case PS_BLOCK_ITEM:
		append_item(html->out, block);
		break;
	case PS_BLOCK_SCORE:
		append_score(html, block);
		break;
	case PS_BLOCK_TABLE:
		append_table(html->out, block);
		break;
	case PS_BLOCK_FOOT:
		g_string_append(html->out, "<footer>\n");
		append_paragraphs(html->out, block->text);
		g_string_append(html->out, "</footer>\n");
		break;
	}
}

static const char *
title_of(const PsOutline *outline)
{
	const PsBlock *first = outline->blocks->len ? outline->blocks->pdata[0] : NULL;

	return first && first->type == PS_BLOCK_TITLE ? first->text : "";
}

char *
ps_render_html(const PsOutline *outline)
{
	g_autoptr(GString) out = g_string_new("<!DOCTYPE html>\n");
	Html html = {outline, out, NULL, 0};

	g_string_append_printf(out, "<html lang=\"%s\">\n<head>\n%s", outline->lang, page_head);
	append_element(out, "title", title_of(outline));
	g_string_append_printf(out, "\n%s</head>\n<body>\n<main>\n", page_style);
	for (guint i = 0; i < outline->blocks->len; i++)
		append_block(&html, outline->blocks->pdata[i]);
	open_element(&html, NULL);
	g_string_append(out, "</main>\n</body>\n</html>\n");
	return g_string_free(g_steal_pointer(&out), FALSE);
}
