#include "config.h"

#include "ui/line-editor.h"

#include <string.h>

#include "base/safe-text.h"

#define HISTORY_LIMIT 100

PsLine *
ps_line_new(const char *text)
{
	PsLine *line = g_new0(PsLine, 1);

	line->text = g_string_new(NULL);
	ps_line_set(line, text);
	return line;
}

static void
wipe(GString *text)
{
	/* explicit_bzero() is not optimized away. */
	explicit_bzero(text->str, text->allocated_len);
	text->len = 0;
}

void
ps_line_free(PsLine *line)
{
	if (!line)
		return;
	wipe(line->text);
	g_string_free(line->text, TRUE);
	g_free(line);
}

void
ps_line_set(PsLine *line, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);

	g_string_assign(line->text, safe);
	line->position = line->text->len;
}

void
ps_line_insert(PsLine *line, const char *text)
{
	/* Made safe as a whole: a combining mark that is typed belongs to what stands before it. */
	g_autofree char *head = g_strndup(line->text->str, line->position);
	g_autofree char *joined = g_strconcat(head, text, NULL);
	g_autofree char *safe_head = ps_safe_text(joined, -1, PS_SAFE_LINE);
	g_autofree char *whole = g_strconcat(safe_head, line->text->str + line->position, NULL);

	g_string_assign(line->text, whole);
	line->position = strlen(safe_head);
}

static gboolean
starts_character(const char *p)
{
	return *p == '\0' || ps_char_cells(g_utf8_get_char(p)) > 0;
}

static gsize
position_before(const PsLine *line, gsize position)
{
	const char *start = line->text->str, *p = start + position;

	while (p > start) {
		p = g_utf8_prev_char(p);
		if (starts_character(p))
			break;
	}
	return (gsize)(p - start);
}

static gsize
position_after(const PsLine *line, gsize position)
{
	const char *p = line->text->str + position;

	if (!*p)
		return position;
	do
		p = g_utf8_next_char(p);
	while (!starts_character(p));
	return (gsize)(p - line->text->str);
}

static gsize
word_before(const PsLine *line)
{
	gsize at = line->position;

	while (at > 0 && line->text->str[position_before(line, at)] == ' ')
		at = position_before(line, at);
	while (at > 0 && line->text->str[position_before(line, at)] != ' ')
		at = position_before(line, at);
	return at;
}

static void
erase(PsLine *line, gsize from, gsize to)
{
	g_string_erase(line->text, (gssize)from, (gssize)(to - from));
	line->position = from;
}

static gboolean
move_key(PsLine *line, PsKeyCode key)
{
	switch (key) {
	case PS_KEY_LEFT:
	case PS_KEY_CTRL('B'):
		line->position = position_before(line, line->position);
		return TRUE;
	case PS_KEY_RIGHT:
	case PS_KEY_CTRL('F'):
		line->position = position_after(line, line->position);
		return TRUE;
	case PS_KEY_HOME:
	case PS_KEY_CTRL('A'):
		line->position = 0;
		return TRUE;
	case PS_KEY_END:
	case PS_KEY_CTRL('E'):
		line->position = line->text->len;
		return TRUE;
	default:
		return FALSE;
	}
}

static gboolean
erase_key(PsLine *line, PsKeyCode key)
{
	gsize at = line->position;

	switch (key) {
	case PS_KEY_BACKSPACE:
		erase(line, position_before(line, at), at);
		return TRUE;
	case PS_KEY_DELETE:
	case PS_KEY_CTRL('D'):
		erase(line, at, position_after(line, at));
		return TRUE;
	case PS_KEY_CTRL('W'):
		erase(line, word_before(line), at);
		return TRUE;
	case PS_KEY_CTRL('U'):
		erase(line, 0, at);
		return TRUE;
	case PS_KEY_CTRL('K'):
		erase(line, at, line->text->len);
		return TRUE;
	default:
		return FALSE;
	}
}

gboolean
ps_line_key(PsLine *line, PsKeyCode key)
{
	char text[7] = "";

	if (move_key(line, key) || erase_key(line, key))
		return TRUE;
	if (!ps_keycode_is_text(key))
		return FALSE;
	g_unichar_to_utf8(key, text);
	ps_line_insert(line, text);
	return TRUE;
}

char *
ps_line_window(const PsLine *line, int cells, int *column)
{
	const char *start = line->text->str, *at = start + line->position;
	g_autofree char *head = g_strndup(start, line->position);
	int before = ps_text_cells(head);

	/* The position itself needs a cell, at the end too. */
	while (before >= cells && start < at) {
		before -= ps_char_cells(g_utf8_get_char(start));
		start = g_utf8_next_char(start);
	}
	while (start < at && !starts_character(start))
		start = g_utf8_next_char(start);
	*column = before;
	const char *end = start;
	for (int used = 0; *end; end = g_utf8_next_char(end)) {
		used += ps_char_cells(g_utf8_get_char(end));
		if (used > cells)
			break;
	}
	return g_strndup(start, (gsize)(end - start));
}

struct PsHistory {
	GPtrArray *lines;
};

PsHistory *
ps_history_new(void)
{
	PsHistory *history = g_new0(PsHistory, 1);

	history->lines = g_ptr_array_new_with_free_func(g_free);
	return history;
}

void
ps_history_free(PsHistory *history)
{
	if (!history)
		return;
	g_ptr_array_unref(history->lines);
	g_free(history);
}

gsize
ps_history_length(const PsHistory *history)
{
	return history->lines->len;
}

const char *
ps_history_get(const PsHistory *history, gsize back)
{
	if (back == 0 || back > history->lines->len)
		return NULL;
	return g_ptr_array_index(history->lines, history->lines->len - back);
}

void
ps_history_add(PsHistory *history, const char *text)
{
	const char *newest = ps_history_get(history, 1);

	if (!text || !*text || (newest && g_str_equal(newest, text)))
		return;
	g_ptr_array_add(history->lines, g_strdup(text));
	if (history->lines->len > HISTORY_LIMIT)
		g_ptr_array_remove_index(history->lines, 0);
}
