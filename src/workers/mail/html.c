#include "config.h"

#include "workers/mail/html.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/i18n.h"

#define DEPTH_MAX 200
#define LINKS_MAX 500
#define QUOTES_MAX 8
#define HTML_MAX ((gsize)8 << 20)

typedef struct {
	GString *text;
	gsize limit;
	gboolean cut;
	PsHtmlFlags flags;
	int newlines;      /* wanted before the next visible character */
	gboolean blank;    /* a blank is wanted before it */
	gboolean begun;    /* something visible was written */
	int preformatted;  /* depth of <pre> */
	int quotes;        /* depth of <blockquote> */
	int row_cells;     /* cells seen in this table row */
	GPtrArray *links;  /* addresses, in order */
	GHashTable *known; /* address -> its number */
} Out;

static void
put(Out *out, const char *bytes, gsize length)
{
	if (out->text->len + length > out->limit) {
		out->cut = TRUE;
		return;
	}
	g_string_append_len(out->text, bytes, (gssize)length);
}

static void
start_line(Out *out)
{
	for (int i = 0; i < MIN(out->quotes, QUOTES_MAX); i++)
		put(out, "> ", 2);
}

/* Writes the line breaks or the blank that are due. */
static void
before_text(Out *out)
{
	if (!out->begun) {
		start_line(out);
	} else if (out->newlines > 0) {
		for (int i = 0; i < out->newlines; i++) {
			put(out, "\n", 1);
			if (i + 1 < out->newlines && out->quotes > 0)
				put(out, ">", 1);
		}
		start_line(out);
	} else if (out->blank) {
		put(out, " ", 1);
	}
	out->begun = TRUE;
	out->newlines = 0;
	out->blank = FALSE;
}

static void
want_lines(Out *out, int lines)
{
	out->newlines = MAX(out->newlines, lines);
	out->blank = FALSE;
}

static gboolean
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void
put_words(Out *out, const char *text)
{
	while (*text && !out->cut) {
		gsize n = 0;
		while (is_space(*text)) {
			out->blank = TRUE;
			text++;
		}
		while (text[n] && !is_space(text[n]))
			n++;
		if (n == 0)
			continue;
		before_text(out);
		put(out, text, n);
		text += n;
	}
}

static void
put_preformatted(Out *out, const char *text)
{
	while (*text && !out->cut) {
		gsize n = strcspn(text, "\n");
		if (n > 0) {
			before_text(out);
			put(out, text, n);
		}
		text += n;
		if (*text) {
			out->newlines++;
			out->newlines = MIN(out->newlines, 50);
			text++;
		}
	}
}

/* ---- links ---- */

/* The host of an address, or of a text that looks like one; NULL: none. Lower case. */
static char *
host_of(const char *address, gboolean needs_scheme)
{
	const char *start = strstr(address, "://");

	if (start)
		start += 3;
	else if (needs_scheme)
		return NULL;
	else
		start = address;
	while (is_space(*start))
		start++;
	gsize n = strcspn(start, "/?# \t\r\n\"<>\\");
	g_autofree char *authority = g_strndup(start, n);
	char *at = strrchr(authority, '@');
	char *host = at ? at + 1 : authority;
	char *colon = strchr(host, ':');
	if (colon)
		*colon = '\0';
	if (!strchr(host, '.') || strlen(host) < 4)
		return NULL;
	for (const char *c = host; *c; c++)
		if (!g_ascii_isalnum(*c) && *c != '.' && *c != '-' && !(*c & 0x80))
			return NULL;
	return g_ascii_strdown(host, -1);
}

static gboolean
same_site(const char *a, const char *b)
{
	if (g_str_has_prefix(a, "www."))
		a += 4;
	if (g_str_has_prefix(b, "www."))
		b += 4;
	return g_str_equal(a, b);
}

static int
link_number(Out *out, const char *address)
{
	gpointer known = g_hash_table_lookup(out->known, address);

	if (known)
		return GPOINTER_TO_INT(known);
	if (out->links->len >= LINKS_MAX)
		return 0;
	char *copy = g_strdup(address);
	g_ptr_array_add(out->links, copy);
	g_hash_table_insert(out->known, copy, GINT_TO_POINTER((int)out->links->len));
	return (int)out->links->len;
}

static void
end_link(Out *out, xmlNode *node, gsize text_from)
{
	xmlChar *href = xmlGetProp(node, BAD_CAST "href");

	if (!href)
		return;
	g_autofree char *address = g_strstrip(g_strdup((const char *)href));
	xmlFree(href);
	if (!*address || *address == '#')
		return;
	int number = link_number(out, address);
	g_autofree char *shown = g_strdup(out->text->str + MIN(text_from, out->text->len));
	g_autofree char *text_host = host_of(g_strstrip(shown), FALSE);
	g_autofree char *real_host = host_of(address, TRUE);
	g_autofree char *mark = text_host && real_host && !same_site(text_host, real_host)
					? g_strdup_printf(_("[%d: leads to %s]"), number, real_host)
					: g_strdup_printf("[%d]", number);
	before_text(out);
	put(out, mark, strlen(mark));
}

static void
put_links(Out *out)
{
	if (out->links->len == 0)
		return;
	out->quotes = 0;
	want_lines(out, 2);
	put_words(out, _("Links:"));
	for (guint i = 0; i < out->links->len; i++) {
		g_autofree char *line = g_strdup_printf("[%u] ", i + 1);
		want_lines(out, 1);
		before_text(out);
		put(out, line, strlen(line));
		put(out, out->links->pdata[i], strlen(out->links->pdata[i]));
	}
}

/* ---- elements ---- */

typedef enum {
	ELEMENT_SKIP = 1 << 0,
	ELEMENT_LINE = 1 << 1,      /* stands on lines of its own */
	ELEMENT_PARAGRAPH = 1 << 2, /* with an empty line around it */
	ELEMENT_QUOTE = 1 << 3,
	ELEMENT_PRE = 1 << 4,
	ELEMENT_ROW = 1 << 5,
	ELEMENT_CELL = 1 << 6,
	ELEMENT_ITEM = 1 << 7,
	ELEMENT_LINK = 1 << 8,
	ELEMENT_IMAGE = 1 << 9,
	ELEMENT_BREAK = 1 << 10,
	ELEMENT_RULE = 1 << 11,
} ElementFlags;

static const struct {
	const char *name;
	ElementFlags flags;
} elements[] = {
	{"a", ELEMENT_LINK},
	{"address", ELEMENT_LINE},
	{"article", ELEMENT_LINE},
	{"blockquote", ELEMENT_PARAGRAPH | ELEMENT_QUOTE},
	{"br", ELEMENT_BREAK},
	{"center", ELEMENT_LINE},
	{"dd", ELEMENT_LINE},
	{"div", ELEMENT_LINE},
	{"dl", ELEMENT_PARAGRAPH},
	{"dt", ELEMENT_LINE},
	{"fieldset", ELEMENT_LINE},
	{"footer", ELEMENT_LINE},
	{"form", ELEMENT_LINE},
	{"h1", ELEMENT_PARAGRAPH},
	{"h2", ELEMENT_PARAGRAPH},
	{"h3", ELEMENT_PARAGRAPH},
	{"h4", ELEMENT_PARAGRAPH},
	{"h5", ELEMENT_PARAGRAPH},
	{"h6", ELEMENT_PARAGRAPH},
	{"head", ELEMENT_SKIP},
	{"header", ELEMENT_LINE},
	{"hr", ELEMENT_RULE},
	{"img", ELEMENT_IMAGE},
	{"li", ELEMENT_LINE | ELEMENT_ITEM},
	{"main", ELEMENT_LINE},
	{"nav", ELEMENT_LINE},
	{"noscript", ELEMENT_LINE},
	{"object", ELEMENT_LINE},
	{"ol", ELEMENT_LINE},
	{"p", ELEMENT_PARAGRAPH},
	{"pre", ELEMENT_PARAGRAPH | ELEMENT_PRE},
	{"script", ELEMENT_SKIP},
	{"section", ELEMENT_LINE},
	{"style", ELEMENT_SKIP},
	{"table", ELEMENT_LINE},
	{"tbody", ELEMENT_LINE},
	{"td", ELEMENT_CELL},
	{"template", ELEMENT_SKIP},
	{"textarea", ELEMENT_LINE},
	{"th", ELEMENT_CELL},
	{"title", ELEMENT_SKIP},
	{"tr", ELEMENT_LINE | ELEMENT_ROW},
	{"ul", ELEMENT_LINE},
};

static int
compare_element(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static ElementFlags
element_flags(const xmlNode *node)
{
	typeof(elements[0]) *row = bsearch(node->name, elements, G_N_ELEMENTS(elements),
					   sizeof elements[0], compare_element);

	return row ? row->flags : 0;
}

static gboolean
is_legacy_display(xmlNode *node)
{
	xmlChar *class = xmlGetProp(node, BAD_CAST "class");
	gboolean is = class && strstr((const char *)class, "header-protection-legacy-display");

	xmlFree(class);
	return is;
}

static void
put_image(Out *out, xmlNode *node)
{
	xmlChar *alt = xmlGetProp(node, BAD_CAST "alt");

	if (alt && *alt) {
		g_autofree char *text = g_strdup_printf(_("[image: %s]"), (const char *)alt);
		put_words(out, text);
	}
	xmlFree(alt);
}

static void
put_item(Out *out, const xmlNode *node)
{
	int number = 1;
	const xmlNode *list = node->parent;

	want_lines(out, 1);
	before_text(out);
	if (!list || !list->name || strcmp((const char *)list->name, "ol") != 0) {
		put(out, "• ", strlen("• "));
		return;
	}
	for (const xmlNode *n = node->prev; n && number < 10000; n = n->prev)
		if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "li") == 0)
			number++;
	g_autofree char *mark = g_strdup_printf("%d. ", number);
	put(out, mark, strlen(mark));
}

static void
open_element(Out *out, xmlNode *node, ElementFlags flags)
{
	if (flags & ELEMENT_PARAGRAPH)
		want_lines(out, 2);
	else if (flags & ELEMENT_LINE)
		want_lines(out, 1);
	if (flags & ELEMENT_QUOTE)
		out->quotes++;
	if (flags & ELEMENT_PRE)
		out->preformatted++;
	if (flags & ELEMENT_ROW)
		out->row_cells = 0;
	if ((flags & ELEMENT_CELL) && out->row_cells++ > 0 && out->newlines == 0 && out->begun)
		put(out, " |", 2);
	if (flags & ELEMENT_CELL)
		out->blank = out->row_cells > 1;
	if (flags & ELEMENT_ITEM)
		put_item(out, node);
	if (flags & ELEMENT_IMAGE)
		put_image(out, node);
	if (flags & ELEMENT_BREAK) {
		out->newlines = MIN(out->newlines + 1, 3);
		out->blank = FALSE;
	}
	if (flags & ELEMENT_RULE) {
		want_lines(out, 1);
		put_words(out, "--------");
		want_lines(out, 1);
	}
}

static void
close_element(Out *out, xmlNode *node, ElementFlags flags, gsize text_from)
{
	if (flags & ELEMENT_LINK)
		end_link(out, node, text_from);
	if (flags & ELEMENT_PRE)
		out->preformatted--;
	if (flags & ELEMENT_PARAGRAPH)
		want_lines(out, 2);
	else if (flags & ELEMENT_LINE)
		want_lines(out, 1);
	if (flags & ELEMENT_QUOTE)
		out->quotes--;
}

static void
walk(Out *out, xmlNode *first, int depth)
{
	for (xmlNode *node = first; node && !out->cut; node = node->next) {
		if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
			if (!node->content)
				continue;
			if (out->preformatted)
				put_preformatted(out, (const char *)node->content);
			else
				put_words(out, (const char *)node->content);
			continue;
		}
		if (node->type != XML_ELEMENT_NODE)
			continue;
		ElementFlags flags = element_flags(node);
		if ((flags & ELEMENT_SKIP) ||
		    ((out->flags & PS_HTML_NO_LEGACY_DISPLAY) && is_legacy_display(node)))
			continue;
		gsize text_from = out->text->len;
		open_element(out, node, flags);
		if (depth < DEPTH_MAX)
			walk(out, node->children, depth + 1);
		else
			out->cut = TRUE;
		close_element(out, node, flags, text_from);
	}
}

char *
ps_html_text(const char *html, gsize length, gsize limit, PsHtmlFlags flags, gboolean *cut)
{
	Out out = {.text = g_string_new(NULL), .limit = limit, .flags = flags};
	gboolean longer = length > HTML_MAX;
	xmlDoc *document =
		length > 0 ? htmlReadMemory(html, (int)MIN(length, HTML_MAX), NULL, "UTF-8",
					    HTML_PARSE_NONET | HTML_PARSE_NOERROR |
						    HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER)
			   : NULL;

	out.links = g_ptr_array_new_with_free_func(g_free);
	out.known = g_hash_table_new(g_str_hash, g_str_equal);
	if (document) {
		walk(&out, xmlDocGetRootElement(document), 0);
		put_links(&out);
		xmlFreeDoc(document);
	}
	g_hash_table_unref(out.known);
	g_ptr_array_unref(out.links);
	if (out.begun)
		g_string_append_c(out.text, '\n');
	*cut = out.cut || longer;
	return g_string_free(out.text, FALSE);
}
