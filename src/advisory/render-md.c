#include "config.h"

/* Markdown (CommonMark with the tables of GitHub's dialect). Text from the document never becomes
 * markup: whatever could begin some is escaped. */

#include <string.h>

#include "advisory/render-internal.h"

/* Characters that mean something anywhere in a line. "@" and "www." make links in GitHub's
 * dialect, ":" in front of "//" too; "$" begins formulas. */
static gboolean
is_markup(const char *at, const char *start)
{
	if (strchr("\\`*_{}[]<>|~&@$^=", *at))
		return TRUE;
	if (*at == ':')
		return g_str_has_prefix(at, "://");
	return *at == '.' && at - start >= 3 && g_ascii_strncasecmp(at - 3, "www", 3) == 0;
}

/* What means something at the beginning of a line only: headings, lists, rules. */
static const char *
append_line_start(GString *out, const char *text)
{
	const char *digits = text;

	while (*text == ' ') /* four blanks would make a code block */
		text++;
	digits = text;
	while (g_ascii_isdigit(*digits))
		digits++;
	if (*text && strchr("#+-", *text)) {
		g_string_append_c(out, '\\');
		g_string_append_c(out, *text++);
	} else if (digits > text && (*digits == '.' || *digits == ')')) {
		g_string_append_len(out, text, digits - text);
		g_string_append_c(out, '\\');
		g_string_append_c(out, *digits);
		text = digits + 1;
	}
	return text;
}

static void
append_escaped(GString *out, const char *text)
{
	const char *start = text;

	text = append_line_start(out, text);
	for (; *text; text++) {
		if (*text == '\n') {
			/* A hard break; an empty line ends a paragraph by itself. */
			if (text > start && text[-1] != '\n' && text[1] != '\n')
				g_string_append_c(out, '\\');
			g_string_append_c(out, '\n');
			text = append_line_start(out, text + 1) - 1;
			continue;
		}
		if (is_markup(text, start))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
}

static void
append_inline(GString *out, const char *text)
{
	g_autofree char *line = g_strdelimit(g_strdup(text), "\n", ' ');

	append_escaped(out, line);
}

/* The address stands for itself between "<" and ">": ps_write_link() lets nothing through that
 * would end it. */
static void
append_target(GString *out, const PsBlock *block)
{
	if (block->url)
		g_string_append_printf(out, "<%s>", block->url);
	else
		append_inline(out, block->text);
}

static void
append_fact(GString *out, const PsBlock *block)
{
	g_string_append(out, "- **");
	append_inline(out, block->label ? block->label : "");
	g_string_append(out, ":** ");
	append_target(out, block);
	g_string_append_c(out, '\n');
}

static void
append_item(GString *out, const PsBlock *block)
{
	g_string_append(out, "- ");
	if (block->label) {
		append_inline(out, block->label);
		g_string_append(out, ": ");
	}
	append_target(out, block);
	g_string_append_c(out, '\n');
}

/* A vector is shown as code where it is plainly one. */
static gboolean
is_plain_vector(const char *text)
{
	for (; *text; text++)
		if (!g_ascii_isalnum(*text) && !strchr(":/.", *text))
			return FALSE;
	return TRUE;
}

static void
append_score(GString *out, const PsOutline *outline, const PsBlock *block)
{
	g_autofree char *score = ps_render_score(outline, block);

	g_string_append(out, "- **");
	append_inline(out, block->label);
	g_string_append_printf(out, ":** %s ", score);
	if (*block->text && is_plain_vector(block->text))
		g_string_append_printf(out, "`%s`", block->text);
	else
		append_inline(out, block->text);
	g_string_append_c(out, '\n');
}

static void
append_row(GString *out, char **row)
{
	for (; *row; row++) {
		g_string_append(out, "| ");
		append_inline(out, *row);
		g_string_append_c(out, ' ');
	}
	g_string_append(out, "|\n");
}

static void
append_table(GString *out, const PsBlock *block)
{
	char **head = block->rows->pdata[0];

	append_row(out, head);
	for (char **cell = head; *cell; cell++)
		g_string_append(out, "|---");
	g_string_append(out, "|\n");
	for (guint i = 1; i < block->rows->len; i++)
		append_row(out, block->rows->pdata[i]);
}

static void
append_block(GString *out, const PsOutline *outline, const PsBlock *block)
{
	switch (block->type) {
	case PS_BLOCK_TITLE:
	case PS_BLOCK_HEADING:
		g_string_append_printf(out, "%.*s ", block->level, "###");
		append_inline(out, block->text);
		g_string_append_c(out, '\n');
		break;
	case PS_BLOCK_PARAGRAPH:
	case PS_BLOCK_FOOT:
		append_escaped(out, block->text);
		g_string_append_c(out, '\n');
		break;
	case PS_BLOCK_FACT:
		append_fact(out, block);
		break;
	case PS_BLOCK_ITEM:
		append_item(out, block);
		break;
	case PS_BLOCK_SCORE:
		append_score(out, outline, block);
		break;
	case PS_BLOCK_TABLE:
		append_table(out, block);
		break;
	}
}

/* Facts, items and scores are all items of one list while nothing else comes between. */
static gboolean
is_item(const PsBlock *block)
{
	return block->type == PS_BLOCK_FACT || block->type == PS_BLOCK_ITEM ||
	       block->type == PS_BLOCK_SCORE;
}

char *
ps_render_markdown(const PsOutline *outline)
{
	g_autoptr(GString) out = g_string_new(NULL);

	for (guint i = 0; i < outline->blocks->len; i++) {
		const PsBlock *block = outline->blocks->pdata[i];
		if (i > 0 && !(is_item(block) && is_item(outline->blocks->pdata[i - 1])))
			g_string_append_c(out, '\n');
		append_block(out, outline, block);
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}
