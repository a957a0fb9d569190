#include "config.h"

/* Questions on the bottom line, and in place in a form. Choosing from a list: chooser.c. */

#include "ui/ask.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "base/utc.h"
#include "ui/overlay.h"

/* ---- a line ---- */

typedef struct {
	PsOverlay overlay;
	const PsAskLine *ask;
	PsLine *line;
	PsHistory *history;
	gsize back; /* how far back in the history; 0: what is typed */
	char *typed;
	char *problem;
	char *shown;    /* of a time: the short form of `initial`; else NULL */
	gboolean fresh; /* nothing was done yet: what is typed replaces the text */
	gboolean answered;
} LineQuestion;

static char *
shown_text(const LineQuestion *question, int cells, int *column)
{
	char *text = ps_line_window(question->line, cells, column);

	if (!question->ask->secret)
		return text;
	glong length = g_utf8_strlen(text, -1);
	ps_text_wipe(text);
	return g_strnfill((gsize)length, '*');
}

static void
draw_input(LineQuestion *question, PsView row, int col)
{
	int column, cells = row.area.cols - col;
	g_autofree char *text = shown_text(question, MAX(cells, 1), &column);

	ps_view_field(row, 0, col, cells, PS_ROLE_INPUT, FALSE, text);
	if (question->fresh)
		ps_view_text(row, 0, col, PS_ROLE_SELECTED, text);
	ps_view_cursor(row, 0, col + column, TRUE);
}

/* A sentence that ends at `last_row`, over what stands there. */
static void
draw_sentence(PsView screen, int last_row, PsStyle style, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);
	g_auto(GStrv) lines = ps_text_wrap(safe, screen.area.cols - 2);
	int count = (int)g_strv_length(lines);

	for (int i = 0; i < count; i++) {
		PsView row = ps_view_part(screen, (PsRect){last_row - count + 1 + i, 0, 1,
							   screen.area.cols});
		ps_view_fill(row, PS_ROLE_NORMAL);
		int col = ps_view_text(row, 0, 1, style, lines[i]);
		ps_view_cursor(row, 0, MIN(col + 1, row.area.cols - 1), TRUE);
	}
}

/* On the bottom line; a label that would leave little room to type stands above it. */
static void
draw_at_bottom(LineQuestion *question, PsView screen, PsRect place)
{
	PsView row = ps_view_part(screen, place);
	const char *label = question->ask->label;
	gboolean above = label && ps_text_cells(label) > place.cols / 2;
	int col = 1;

	if (question->problem)
		draw_sentence(screen, place.row - 1, PS_ROLE_BAD, question->problem);
	else if (above)
		draw_sentence(screen, place.row - 1, PS_ROLE_STRONG, label);
	ps_view_fill(row, PS_ROLE_NORMAL);
	if (label && !above)
		col = ps_view_format(row, 0, 1, PS_ROLE_STRONG, "%s: ", label);
	draw_input(question, row, col);
}

static void
draw_line(PsOverlay *overlay, PsApp *app, PsView screen)
{
	LineQuestion *question = (LineQuestion *)overlay;
	PsRect bottom = ps_layout_screen(screen.area.rows, screen.area.cols).message;
	const PsRect *place = question->ask->place;

	(void)app;
	if (!place || place->rows == 0) {
		draw_at_bottom(question, screen, bottom);
		return;
	}
	if (question->problem)
		draw_sentence(screen, bottom.row, PS_ROLE_BAD, question->problem);
	draw_input(question, ps_view_part(screen, *place), 0);
}

static void
text_changed(LineQuestion *question)
{
	g_clear_pointer(&question->problem, g_free);
	if (question->ask->changed)
		question->ask->changed(question->ask->user, question->line->text->str);
}

static void
leaf_history(LineQuestion *question, gboolean older)
{
	gsize back = question->back + (older ? 1 : (gsize)-1);

	if (!question->history || (!older && question->back == 0))
		return;
	if (question->back == 0) {
		g_free(question->typed);
		question->typed = g_strdup(question->line->text->str);
	}
	const char *text = back == 0 ? question->typed : ps_history_get(question->history, back);
	if (!text)
		return;
	question->back = back;
	ps_line_set(question->line, text);
	text_changed(question);
}

static void
accept(LineQuestion *question)
{
	g_autoptr(GError) error = NULL;

	if (question->ask->check &&
	    !question->ask->check(question->ask->user, question->line->text->str, &error)) {
		g_free(question->problem);
		question->problem = g_strdup(error ? error->message : _("That can't be taken."));
		return;
	}
	question->answered = question->overlay.done = TRUE;
}

/* What comes is typed over what was proposed, or changes it. */
static void
touch(LineQuestion *question, gboolean typed)
{
	if (question->fresh && typed)
		ps_line_set(question->line, "");
	question->fresh = FALSE;
}

static void
line_key(PsOverlay *overlay, PsApp *app, PsKeyCode key)
{
	LineQuestion *question = (LineQuestion *)overlay;

	(void)app;
	if (key != PS_KEY_ENTER)
		touch(question, ps_keycode_is_text(key));
	if (key == PS_KEY_ENTER)
		accept(question);
	else if (key == PS_KEY_ESC || key == PS_KEY_CTRL('C'))
		overlay->done = TRUE;
	else if (key == PS_KEY_UP || key == PS_KEY_DOWN)
		leaf_history(question, key == PS_KEY_UP);
	else if (ps_line_key(question->line, key))
		text_changed(question);
}

static void
line_paste(PsOverlay *overlay, PsApp *app, const char *text)
{
	LineQuestion *question = (LineQuestion *)overlay;

	(void)app;
	touch(question, TRUE);
	ps_line_insert(question->line, text);
	text_changed(question);
}

static char *
short_time(const PsAskLine *ask)
{
	gint64 at;

	/* "now" and "+90d" say it shorter. */
	if (!ask->time || !ask->initial || !g_ascii_isdigit(*ask->initial) ||
	    !ps_utc_parse(ask->initial, &at, NULL))
		return NULL;
	return ps_utc_short(at);
}

/* The short form knows no seconds: what was not touched stays exact. */
static char *
answer_of(const LineQuestion *question)
{
	const char *text = question->line->text->str;

	return g_strdup(g_strcmp0(text, question->shown) == 0 ? question->ask->initial : text);
}

char *
ps_ask_line(PsApp *app, const PsAskLine *ask)
{
	LineQuestion question = {.overlay = {draw_line, line_key, line_paste, FALSE}, .ask = ask};
	char *answer = NULL;

	question.shown = short_time(ask);
	question.line = ps_line_new(question.shown ? question.shown : ask->initial);
	question.fresh = question.line->text->len > 0 && !ask->begun;
	question.history = ask->history ? ps_app_history(app, ask->history) : NULL;
	ps_overlay_run(app, &question.overlay);
	if (question.answered && !app->leaving) {
		answer = answer_of(&question);
		if (question.history && !ask->secret)
			ps_history_add(question.history, question.line->text->str);
	}
	ps_line_free(question.line);
	g_free(question.typed);
	g_free(question.problem);
	g_free(question.shown);
	return answer;
}

/* ---- one key ---- */

typedef struct {
	PsOverlay overlay;
	const char *question;
	const char *keys;
	char *hint;
	int answer;
} KeyQuestion;

static void
draw_key_question(PsOverlay *overlay, PsApp *app, PsView screen)
{
	KeyQuestion *question = (KeyQuestion *)overlay;
	PsRect place = ps_layout_screen(screen.area.rows, screen.area.cols).message;
	g_autofree char *text = g_strdup_printf("%s %s", question->question, question->hint);

	(void)app;
	draw_sentence(screen, place.row, PS_ROLE_WARN, text);
}

static void
key_question_key(PsOverlay *overlay, PsApp *app, PsKeyCode key)
{
	KeyQuestion *question = (KeyQuestion *)overlay;
	const char *found = key < 0x80 && key ? strchr(question->keys, (int)key) : NULL;

	(void)app;
	question->answer = found ? (int)(found - question->keys) : -1;
	overlay->done = TRUE;
}

int
ps_ask_key(PsApp *app, const char *question, const char *keys)
{
	g_autofree char *sentence = ps_utc_shorten(question);
	GString *hint = g_string_new("[");
	for (const char *key = keys; *key; key++)
		g_string_append_printf(hint, key == keys ? "%c" : "/%c", *key);
	g_string_append_printf(hint, "] %s", _("(any other key: no)"));
	KeyQuestion asked = {.overlay = {draw_key_question, key_question_key, NULL, FALSE},
			     .question = sentence,
			     .keys = keys,
			     .hint = g_string_free(hint, FALSE),
			     .answer = -1};

	ps_overlay_run(app, &asked.overlay);
	g_free(asked.hint);
	return app->leaving ? -1 : asked.answer;
}

gboolean
ps_ask_yes(PsApp *app, const char *question)
{
	/* Never the key that asked: a key held too long must not answer. */
	return ps_ask_key(app, question, app->last_key == 'y' ? "Y" : "y") == 0;
}

/* ---- a word to type ---- */

static gboolean
is_the_word(gpointer user, const char *text, GError **error)
{
	const char *word = user;
	g_autofree char *trimmed = g_strstrip(g_strdup(text));

	if (g_ascii_strcasecmp(trimmed, word) == 0)
		return TRUE;
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("Type “%s” to do it; Esc leaves it."), word);
	return FALSE;
}

gboolean
ps_ask_typed(PsApp *app, const char *question, const char *word)
{
	g_autofree char *sentence = ps_utc_shorten(question);
	g_autofree char *label = g_strdup_printf(_("%s Type %s to confirm"), sentence, word);
	PsAskLine ask = {.label = label, .check = is_the_word, .user = (gpointer)word};
	g_autofree char *answer = ps_ask_line(app, &ask);

	return answer != NULL;
}
