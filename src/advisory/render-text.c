#include "config.h"

/* Plain text of a given width. Every line knows what it is, so that a pane can give it a look. */

#include <string.h>

#include "advisory/render-internal.h"
#include "base/safe-text.h"

/* What a column or the text beside a label must have to be worth it. */
#define LEAST_TEXT 24
#define GAP 2

typedef struct {
	const PsOutline *outline;
	GPtrArray *lines;
	int width;
} Page;

static void
line_free(gpointer data)
{
	PsRenderLine *line = data;

	g_free(line->text);
	g_free(line);
}

static void
put_line(Page *page, PsRenderLineSense sense, int label, const char *text)
{
	PsRenderLine *line = g_new0(PsRenderLine, 1);

	line->text = g_strchomp(g_strdup(text));
	line->sense = sense;
	line->label = label;
	g_ptr_array_add(page->lines, line);
}

static void
put_blank(Page *page)
{
	const PsRenderLine *last =
		page->lines->len ? page->lines->pdata[page->lines->len - 1] : NULL;

	if (last && *last->text)
		put_line(page, PS_LINE_PLAIN, 0, "");
}

/* `lead` stands on the first line; the others are moved in by as many cells. */
static void
put_wrapped(Page *page, PsRenderLineSense sense, const char *lead, const char *text)
{
	int indent = ps_text_cells(lead);
	g_autofree char *blanks = g_strnfill((gsize)indent, ' ');
	g_auto(GStrv) rows = ps_text_wrap(text, MAX(page->width - indent, 1));

	for (char **row = rows; *row; row++) {
		gboolean first = row == rows;
		g_autofree char *line = g_strconcat(first ? lead : blanks, *row, NULL);
		put_line(page, sense, first && sense == PS_LINE_LABEL ? (int)strlen(lead) : 0,
			 line);
	}
}

static void
put_heading(Page *page, const PsBlock *block)
{
	PsRenderLineSense sense = block->type == PS_BLOCK_TITLE ? PS_LINE_TITLE : PS_LINE_HEADING;
	int cells = 0;

	put_blank(page);
	guint from = page->lines->len;
	put_wrapped(page, sense, "", block->text);
	for (guint i = from; i < page->lines->len; i++) {
		const PsRenderLine *line = page->lines->pdata[i];
		cells = MAX(cells, ps_text_cells(line->text));
	}
	if (block->level == 3)
		return;
	g_autofree char *rule = g_strnfill((gsize)cells, block->level == 1 ? '=' : '-');
	put_line(page, sense, 0, rule);
	if (block->type == PS_BLOCK_TITLE)
		put_blank(page);
}

static void
put_fact(Page *page, const char *label, const char *text)
{
	g_autofree char *lead = g_strdup_printf("%s: ", label);

	if (page->width - ps_text_cells(lead) >= LEAST_TEXT) {
		put_wrapped(page, PS_LINE_LABEL, lead, text);
		return;
	}
	g_autofree char *alone = g_strdup_printf("%s:", label);
	put_wrapped(page, PS_LINE_PLAIN, "", alone);
	put_wrapped(page, PS_LINE_PLAIN, "  ", text);
}

static void
put_item(Page *page, const PsBlock *block)
{
	put_wrapped(page, PS_LINE_PLAIN, "- ", block->label ? block->label : block->text);
	if (block->label)
		put_wrapped(page, PS_LINE_LINK, "  ", block->text);
}

static void
put_score(Page *page, const PsBlock *block)
{
	g_autofree char *score = ps_render_score(page->outline, block);

	put_fact(page, block->label, score);
	put_wrapped(page, PS_LINE_PLAIN, "  ", block->text);
}

/* ---- tables ---- */

/* All columns but the last are as wide as their widest cell. */
static void
measure_columns(const GPtrArray *rows, guint columns, int *cells)
{
	for (guint i = 0; i < rows->len; i++) {
		char **row = rows->pdata[i];
		for (guint c = 0; c < columns; c++)
			cells[c] = MAX(cells[c], ps_text_cells(row[c]));
	}
}

static void
put_row_in_columns(Page *page, const int *cells, char **row, gboolean head)
{
	g_autoptr(GString) lead = g_string_new(NULL);
	guint last = g_strv_length(row) - 1;

	for (guint i = 0; i < last; i++)
		g_string_append_printf(lead, "%s%*s", row[i],
				       cells[i] - ps_text_cells(row[i]) + GAP, "");
	put_wrapped(page, head ? PS_LINE_HEADING : PS_LINE_PLAIN, lead->str, row[last]);
}

static void
put_row_below(Page *page, char **row)
{
	for (guint i = 0; row[i]; i++)
		if (*row[i] || i == 0)
			put_wrapped(page, PS_LINE_PLAIN, i == 0 ? "- " : "  ", row[i]);
}

static void
put_table(Page *page, const PsBlock *block)
{
	char **head = block->rows->pdata[0];
	guint last = g_strv_length(head) - 1;
	g_autofree int *cells = g_new0(int, last + 1);
	int left = page->width;

	measure_columns(block->rows, last, cells);
	for (guint i = 0; i < last; i++)
		left -= cells[i] + GAP;
	for (guint i = 0; i < block->rows->len; i++) {
		if (left >= LEAST_TEXT)
			put_row_in_columns(page, cells, block->rows->pdata[i], i == 0);
		else if (i > 0)
			put_row_below(page, block->rows->pdata[i]);
	}
}

/* ---- blocks ---- */

static void
put_block(Page *page, const PsBlock *block)
{
	switch (block->type) {
	case PS_BLOCK_TITLE:
	case PS_BLOCK_HEADING:
		put_heading(page, block);
		break;
	case PS_BLOCK_PARAGRAPH:
		put_wrapped(page, PS_LINE_PLAIN, "", block->text);
		break;
	case PS_BLOCK_FOOT:
		put_blank(page);
		put_wrapped(page, PS_LINE_PLAIN, "", block->text);
		break;
	case PS_BLOCK_FACT:
		put_fact(page, block->label ? block->label : "", block->text);
		break;
	case PS_BLOCK_ITEM:
		put_item(page, block);
		break;
	case PS_BLOCK_SCORE:
		put_score(page, block);
		break;
	case PS_BLOCK_TABLE:
		put_table(page, block);
		break;
	}
}

/* Blocks of one kind stand together; a paragraph has air around it. */
static gboolean
needs_air(const PsBlock *before, const PsBlock *block)
{
	if (!before || before->type == PS_BLOCK_HEADING || before->type == PS_BLOCK_TITLE)
		return FALSE;
	if (before->type == PS_BLOCK_PARAGRAPH)
		return block->type == PS_BLOCK_PARAGRAPH;
	return before->type != block->type || block->type == PS_BLOCK_PARAGRAPH;
}

GPtrArray *
ps_render_text_lines(const PsOutline *outline, int width)
{
	Page page = {outline, g_ptr_array_new_with_free_func(line_free), width};
	const PsBlock *before = NULL;

	for (guint i = 0; i < outline->blocks->len; i++) {
		const PsBlock *block = outline->blocks->pdata[i];
		if (needs_air(before, block))
			put_blank(&page);
		put_block(&page, block);
		before = block;
	}
	return page.lines;
}
