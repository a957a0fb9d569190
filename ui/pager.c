#include "config.h"

#include "ui/pager.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"

typedef struct {
	char *label; /* of a pair, else NULL */
	char *text;
	PsStyle style;
	int indent; /* cells before continued lines, and before the value of a pair */
	int level;  /* of quoting */
	gboolean section, folded;
} Paragraph;

/* One line of the screen: a piece of a paragraph. */
typedef struct {
	guint paragraph;
	gboolean first;
	guint hidden; /* this line stands for so many folded paragraphs */
	char *text;
} Row;

struct PsPager {
	PsWidget widget;
	GPtrArray *paragraphs;
	GPtrArray *rows; /* NULL: to be wrapped again */
	int width, height;
	guint top;
	guint cursor; /* row of the hardware cursor */
	gboolean quotes_folded;
	char *search; /* folded case; NULL: none */
	char *search_shown;
};

static void
free_paragraph(gpointer data)
{
	Paragraph *paragraph = data;

	g_free(paragraph->label);
	ps_text_wipe(paragraph->text);
	g_free(paragraph);
}

static void
free_row(gpointer data)
{
	Row *row = data;

	ps_text_wipe(row->text);
	g_free(row);
}

static const PsWidgetClass pager_class;

PsPager *
ps_pager_new(void)
{
	PsPager *pager = g_new0(PsPager, 1);

	pager->widget.class = &pager_class;
	pager->paragraphs = g_ptr_array_new_with_free_func(free_paragraph);
	pager->height = 1;
	return pager;
}

PsWidget *
ps_pager_widget(PsPager *pager)
{
	return &pager->widget;
}

static void
forget_rows(PsPager *pager)
{
	g_clear_pointer(&pager->rows, g_ptr_array_unref);
}

void
ps_pager_free(PsPager *pager)
{
	if (!pager)
		return;
	forget_rows(pager);
	g_ptr_array_unref(pager->paragraphs);
	g_free(pager->search);
	g_free(pager->search_shown);
	g_free(pager);
}

static void
free_widget(PsWidget *widget)
{
	ps_pager_free((PsPager *)widget);
}

/* ---- content ---- */

void
ps_pager_clear(PsPager *pager)
{
	g_ptr_array_set_size(pager->paragraphs, 0);
	forget_rows(pager);
}

static Paragraph *
add_paragraph(PsPager *pager, PsStyle style, const char *text)
{
	Paragraph *paragraph = g_new0(Paragraph, 1);

	paragraph->text = ps_safe_text(text, -1, PS_SAFE_LINES);
	paragraph->style = style;
	g_ptr_array_add(pager->paragraphs, paragraph);
	forget_rows(pager);
	return paragraph;
}

void
ps_pager_add(PsPager *pager, PsStyle style, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	g_auto(GStrv) lines = g_strsplit(safe, "\n", -1);

	for (int i = 0; lines[i]; i++)
		if (lines[i + 1] || *lines[i] || i == 0)
			add_paragraph(pager, style, lines[i]);
}

void
ps_pager_format(PsPager *pager, PsStyle style, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	ps_pager_add(pager, style, text);
}

void
ps_pager_blank(PsPager *pager)
{
	add_paragraph(pager, PS_ROLE_NORMAL, "");
}

void
ps_pager_pair(PsPager *pager, const char *label, PsStyle style, const char *value, int label_cells)
{
	if (!value)
		return;
	Paragraph *paragraph = add_paragraph(pager, style, value);
	paragraph->label = ps_safe_text(label, -1, PS_SAFE_LINE);
	paragraph->indent = label_cells;
}

void
ps_pager_section(PsPager *pager, const char *title, gboolean folded)
{
	Paragraph *paragraph = add_paragraph(pager, PS_ROLE_HEADING, title);

	paragraph->section = TRUE;
	paragraph->folded = folded;
}

/* "> > text", ">> text" (RFC 3676 section 4.5) */
static int
quote_level(const char *line)
{
	int level = 0;

	for (; *line == '>' || (*line == ' ' && line[1] == '>'); line++)
		level += *line == '>';
	return level;
}

void
ps_pager_mail(PsPager *pager, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	g_auto(GStrv) lines = g_strsplit(safe, "\n", -1);

	for (int i = 0; lines[i]; i++) {
		int level = quote_level(lines[i]);
		PsStyle style = level == 0       ? PS_ROLE_NORMAL
				: level % 2 == 1 ? PS_ROLE_QUOTE
						 : PS_ROLE_QUOTE_DEEP;
		add_paragraph(pager, style, lines[i])->level = level;
	}
}

void
ps_pager_top(PsPager *pager)
{
	pager->top = pager->cursor = 0;
}

char *
ps_pager_text(PsPager *pager)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < pager->paragraphs->len; i++) {
		const Paragraph *paragraph = g_ptr_array_index(pager->paragraphs, i);
		if (paragraph->label)
			g_string_append_printf(text, "%s: ", paragraph->label);
		g_string_append_printf(text, "%s\n", paragraph->text);
	}
	return g_string_free(text, FALSE);
}

/* ---- wrapping ---- */

static void
add_row(PsPager *pager, guint paragraph, gboolean first, guint hidden, char *text)
{
	Row *row = g_new0(Row, 1);

	row->paragraph = paragraph;
	row->first = first;
	row->hidden = hidden;
	row->text = text;
	g_ptr_array_add(pager->rows, row);
}

static void
wrap_paragraph(PsPager *pager, guint index)
{
	const Paragraph *paragraph = g_ptr_array_index(pager->paragraphs, index);
	int cells = MAX(pager->width - paragraph->indent - (paragraph->section ? 2 : 0), 10);
	g_auto(GStrv) lines = ps_text_wrap(paragraph->text, cells);

	for (int i = 0; lines[i]; i++)
		add_row(pager, index, i == 0, 0, g_steal_pointer(&lines[i]));
}

static const Paragraph *
paragraph_at(const PsPager *pager, guint index)
{
	return index < pager->paragraphs->len ? g_ptr_array_index(pager->paragraphs, index) : NULL;
}

/* Paragraphs from `index` on that a fold hides. */
static guint
hidden_from(const PsPager *pager, guint index)
{
	const Paragraph *paragraph = paragraph_at(pager, index);
	guint end = index;

	if (pager->quotes_folded && paragraph->level > 0) {
		while (paragraph_at(pager, end) && paragraph_at(pager, end)->level > 0)
			end++;
		return end - index;
	}
	if (index > 0 && paragraph_at(pager, index - 1)->section &&
	    paragraph_at(pager, index - 1)->folded)
		while (paragraph_at(pager, end) && !paragraph_at(pager, end)->section)
			end++;
	return end - index;
}

static void
wrap(PsPager *pager)
{
	if (pager->rows)
		return;
	pager->rows = g_ptr_array_new_with_free_func(free_row);
	for (guint i = 0; i < pager->paragraphs->len;) {
		guint hidden = hidden_from(pager, i);
		if (hidden > 0)
			add_row(pager, i, TRUE, hidden, NULL);
		else
			wrap_paragraph(pager, i);
		i += MAX(hidden, 1);
	}
}

static guint
last_top(const PsPager *pager)
{
	guint height = (guint)MAX(pager->height, 1);

	return pager->rows->len > height ? pager->rows->len - height : 0;
}

/* ---- search ---- */

static char *
folded_case(const char *text)
{
	g_autofree char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);

	return g_utf8_casefold(normal ? normal : text, -1);
}

static gboolean
row_matches(const PsPager *pager, const Row *row)
{
	if (!row->text)
		return FALSE;
	g_autofree char *folded = folded_case(row->text);
	gboolean found = strstr(folded, pager->search) != NULL;
	explicit_bzero(folded, strlen(folded));
	return found;
}

/* The next row that matches, `from` included, around the end. */
static gboolean
find_row(PsPager *pager, guint from, int step)
{
	guint count = pager->rows->len;

	for (guint i = 0; i < count; i++) {
		guint at = (guint)(((gint64)from + (gint64)i * step + (gint64)count * 2) % count);
		if (!row_matches(pager, g_ptr_array_index(pager->rows, at)))
			continue;
		pager->cursor = at;
		if (at < pager->top || at >= pager->top + (guint)pager->height)
			pager->top = MIN(at > 2 ? at - 2 : 0, last_top(pager));
		return TRUE;
	}
	return FALSE;
}

static gboolean
find(PsWidget *widget, const char *text)
{
	PsPager *pager = (PsPager *)widget;

	g_clear_pointer(&pager->search, g_free);
	g_clear_pointer(&pager->search_shown, g_free);
	wrap(pager);
	if (!text || !*text || pager->rows->len == 0)
		return TRUE;
	pager->search = folded_case(text);
	pager->search_shown = g_strdup(text);
	return find_row(pager, pager->cursor, 1);
}

static gboolean
find_next(PsPager *pager, int step)
{
	if (!pager->search || pager->rows->len == 0)
		return FALSE;
	return find_row(pager, pager->cursor + pager->rows->len + (guint)step, step);
}

/* ---- drawing ---- */

static void
draw_hidden(PsPager *pager, PsView view, int at, const Row *row)
{
	const Paragraph *paragraph = paragraph_at(pager, row->paragraph);
	g_autofree char *text =
		paragraph->level > 0 ? g_strdup_printf(_("▸ %u quoted lines"), row->hidden)
				     : g_strdup_printf(_("  %u lines are folded; Space shows them"),
						       row->hidden);

	ps_view_text(view, at, 0, PS_ROLE_DIM, text);
}

static void
draw_row(PsPager *pager, PsView view, int at, const Row *row)
{
	const Paragraph *paragraph = paragraph_at(pager, row->paragraph);
	PsStyle style = paragraph->style;
	int col = paragraph->indent;

	if (row->hidden > 0) {
		draw_hidden(pager, view, at, row);
		return;
	}
	if (paragraph->label && row->first)
		ps_view_text(view, at, 0, PS_ROLE_LABEL, paragraph->label);
	if (paragraph->section) {
		if (row->first)
			ps_view_text(view, at, 0, style, paragraph->folded ? "▸" : "▾");
		col = 2;
	}
	if (pager->search && row_matches(pager, row))
		style = PS_ROLE_MATCH;
	ps_view_text(view, at, col, style, row->text);
}

static void
draw(PsWidget *widget, PsView view)
{
	PsPager *pager = (PsPager *)widget;

	if (pager->width != view.area.cols) {
		pager->width = view.area.cols;
		forget_rows(pager);
	}
	pager->height = MAX(view.area.rows, 1);
	wrap(pager);
	pager->top = MIN(pager->top, last_top(pager));
	pager->cursor =
		CLAMP(pager->cursor, pager->top, pager->top + (guint)MAX(pager->height - 1, 0));
	for (int i = 0; i < view.area.rows && pager->top + (guint)i < pager->rows->len; i++)
		draw_row(pager, view, i, g_ptr_array_index(pager->rows, pager->top + (guint)i));
	ps_view_cursor(view, (int)(pager->cursor - pager->top), 0, FALSE);
}

/* ---- moving ---- */

static void
scroll(PsPager *pager, gint64 rows)
{
	gint64 top = (gint64)pager->top + rows;

	pager->top = (guint)CLAMP(top, 0, (gint64)last_top(pager));
	pager->cursor = pager->top;
}

/* The section around the top row, else the next one on the screen. */
static Paragraph *
section_here(PsPager *pager)
{
	guint end = MIN(pager->top + (guint)pager->height, pager->rows->len);

	for (guint i = pager->cursor; i < end; i++) {
		const Row *row = g_ptr_array_index(pager->rows, i);
		Paragraph *paragraph = g_ptr_array_index(pager->paragraphs, row->paragraph);
		if (paragraph->section)
			return paragraph;
	}
	return NULL;
}

static gboolean
toggle(PsPager *pager)
{
	Paragraph *section = section_here(pager);

	if (section)
		section->folded = !section->folded;
	else
		pager->quotes_folded = !pager->quotes_folded;
	forget_rows(pager);
	wrap(pager);
	return TRUE;
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsPager *pager = (PsPager *)widget;
	int page = MAX(pager->height - 2, 1);

	wrap(pager);
	switch (what) {
	case PS_MOVE_UP:
		scroll(pager, -1);
		return TRUE;
	case PS_MOVE_DOWN:
		scroll(pager, 1);
		return TRUE;
	case PS_MOVE_PAGE_UP:
		scroll(pager, -page);
		return TRUE;
	case PS_MOVE_PAGE_DOWN:
		scroll(pager, page);
		return TRUE;
	case PS_MOVE_HOME:
		scroll(pager, -(gint64)pager->rows->len);
		return TRUE;
	case PS_MOVE_END:
		scroll(pager, pager->rows->len);
		return TRUE;
	case PS_MOVE_TOGGLE:
		return toggle(pager);
	case PS_MOVE_FOLD:
		pager->quotes_folded = !pager->quotes_folded;
		forget_rows(pager);
		return TRUE;
	case PS_MOVE_NEXT:
		return find_next(pager, 1);
	case PS_MOVE_PREVIOUS:
		return find_next(pager, -1);
	case PS_MOVE_CLEAR:
		if (!pager->search)
			return FALSE;
		find(widget, NULL);
		return TRUE;
	default:
		return FALSE;
	}
}

static gboolean
go(PsWidget *widget, gint64 number)
{
	PsPager *pager = (PsPager *)widget;

	wrap(pager);
	scroll(pager, number - 1 - (gint64)pager->top);
	return TRUE;
}

static char *
chip(PsWidget *widget)
{
	PsPager *pager = (PsPager *)widget;

	return pager->search_shown ? g_strdup_printf("/%s", pager->search_shown) : NULL;
}

static char *
place(PsWidget *widget)
{
	PsPager *pager = (PsPager *)widget;

	if (!pager->rows || pager->rows->len <= (guint)pager->height)
		return NULL;
	guint bottom = MIN(pager->top + (guint)pager->height, pager->rows->len);
	return g_strdup_printf("%u%%", bottom * 100 / pager->rows->len);
}

static const PsWidgetClass pager_class = {draw, move, find, go, chip, place, NULL, free_widget};
