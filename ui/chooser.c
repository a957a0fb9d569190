#include "config.h"

/* Choosing from a list in a box: typing filters, Up and Down move, Enter takes. Also the palette
 * and help, which are such lists of actions. */

#include "ui/ask.h"

#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"
#include "ui/overlay.h"

typedef struct {
	PsOverlay overlay;
	const PsAskChoice *ask;
	PsLine *line;
	char **keys;    /* folded text of each option, to filter */
	GArray *shown;  /* guint: options that pass the filter */
	guint selected; /* in shown */
	gint64 first;
	int rows;
	int label_cells, detail_cells; /* the widest */
	char *answer;
	const char *problem; /* why the option can't be taken */
} Chooser;

static char *
folded(const char *text)
{
	return g_utf8_casefold(text, -1);
}

static char *
option_key(const PsOption *option)
{
	g_autofree char *text = g_strjoin(" ", option->label ? option->label : option->value,
					  option->value, option->detail, NULL);
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);

	return folded(safe);
}

static gboolean
matches(const char *key, char **words)
{
	for (int i = 0; words[i]; i++)
		if (!strstr(key, words[i]))
			return FALSE;
	return TRUE;
}

static void
filter_by_words(Chooser *chooser)
{
	g_autofree char *text = folded(chooser->line->text->str);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	g_array_set_size(chooser->shown, 0);
	for (guint i = 0; i < chooser->ask->n_options; i++)
		if (matches(chooser->keys[i], words))
			g_array_append_val(chooser->shown, i);
}

static void
apply_filter(Chooser *chooser)
{
	const PsAskChoice *ask = chooser->ask;

	if (ask->search) {
		g_array_unref(chooser->shown);
		chooser->shown = ask->search(ask->user, chooser->line->text->str);
	} else {
		filter_by_words(chooser);
	}
	chooser->selected = 0;
	chooser->first = 0;
	chooser->problem = NULL;
}

static const PsOption *
current(const Chooser *chooser)
{
	if (chooser->selected >= chooser->shown->len)
		return NULL;
	guint index = g_array_index(chooser->shown, guint, chooser->selected);
	return &chooser->ask->options[index];
}

/* ---- drawing ---- */

static const char *
option_label(const PsOption *option)
{
	return option->label ? option->label : option->value;
}

static void
measure(Chooser *chooser)
{
	for (guint i = 0; i < chooser->ask->n_options; i++) {
		const PsOption *option = &chooser->ask->options[i];
		g_autofree char *label = ps_safe_text(option_label(option), -1, PS_SAFE_LINE);
		chooser->label_cells = MAX(chooser->label_cells, ps_text_cells(label));
		if (!option->detail)
			continue;
		g_autofree char *detail = ps_safe_text(option->detail, -1, PS_SAFE_LINE);
		chooser->detail_cells = MAX(chooser->detail_cells, ps_text_cells(detail));
	}
}

static void
draw_option(const Chooser *chooser, PsView view, int row, guint index, int label_cells)
{
	const PsOption *option =
		&chooser->ask->options[g_array_index(chooser->shown, guint, index)];
	gboolean selected = index == chooser->selected;
	PsStyle style = selected           ? PS_ROLE_SELECTED
			: option->disabled ? PS_ROLE_DIM
					   : PS_ROLE_NORMAL;
	PsStyle detail = selected ? PS_ROLE_SELECTED : PS_ROLE_DIM;
	int col;

	if (selected)
		ps_view_fill_row(view, row, style);
	ps_view_text(view, row, 0, style, selected ? "›" : " ");
	col = ps_view_field(view, row, 2, label_cells, style, FALSE, option_label(option));
	if (option->detail && view.area.cols - col - 2 > 3)
		ps_view_field(view, row, col + 2, view.area.cols - col - 2, detail, FALSE,
			      option->detail);
}

static void
draw_options(Chooser *chooser, PsView view, int label_cells)
{
	chooser->rows = MAX(view.area.rows, 1);
	chooser->first = ps_layout_scroll(chooser->first, chooser->selected, chooser->shown->len,
					  chooser->rows);
	for (int row = 0;
	     row < view.area.rows && chooser->first + row < (gint64)chooser->shown->len; row++)
		draw_option(chooser, view, row, (guint)chooser->first + (guint)row, label_cells);
	if (chooser->shown->len == 0)
		ps_view_text(view, 0, 2, PS_ROLE_DIM,
			     chooser->ask->free_text ? _("Enter takes what was typed.")
						     : _("Nothing matches."));
}

static void
draw_filter(Chooser *chooser, PsView view)
{
	int column, col = 2;
	g_autofree char *text =
		ps_line_window(chooser->line, MAX(view.area.cols - col, 1), &column);

	ps_view_text(view, 0, 0, PS_ROLE_KEY, chooser->ask->free_text ? ":" : "/");
	ps_view_field(view, 0, col, view.area.cols - col, PS_ROLE_INPUT, FALSE, text);
	ps_view_cursor(view, 0, col + column, TRUE);
}

/* Where details are cut, that of the current option is shown whole below the list. */
#define DETAIL_ROWS 2
/* A box with fewer keeps them for the list. */
#define FEW_ROWS 12

static void
draw_chooser(PsOverlay *overlay, PsApp *app, PsView screen)
{
	Chooser *chooser = (Chooser *)overlay;

	(void)app;
	int most = MAX(screen.area.cols - 4, 20);
	int cols = CLAMP(chooser->label_cells + chooser->detail_cells + 10, 44, most);
	/* Inside: frame, label and what is around the details. */
	gboolean cut = chooser->label_cells + chooser->detail_cells + 8 > cols;
	int needed = (int)MAX(chooser->ask->n_options, 1) + 5, most_rows = screen.area.rows - 3;
	int below = cut && most_rows >= FEW_ROWS ? DETAIL_ROWS : 0;
	int rows = MIN(needed + below, most_rows);
	PsView box = ps_view_part(screen, ps_layout_box(screen.area, rows, cols));
	PsView inside = ps_view_frame(box, PS_ROLE_BORDER, chooser->ask->title);
	int label_cells = MIN(chooser->label_cells, inside.area.cols - 2);

	draw_filter(chooser, inside);
	PsView list = ps_view_part(inside,
				   (PsRect){1, 0, inside.area.rows - 2 - below, inside.area.cols});
	draw_options(chooser, list, label_cells);
	const PsOption *option = current(chooser);
	if (below > 0 && option && option->detail)
		ps_view_wrapped(ps_view_part(inside, (PsRect){inside.area.rows - 1 - below, 0,
							      below, inside.area.cols}),
				0, PS_ROLE_NORMAL, option->detail);
	const char *note = chooser->problem             ? chooser->problem
			   : option && option->disabled ? option->disabled
							: NULL;
	if (note)
		ps_view_field(inside, inside.area.rows - 1, 0, inside.area.cols, PS_ROLE_WARN,
			      FALSE, note);
	else
		ps_view_text(inside, inside.area.rows - 1, 0, PS_ROLE_DIM,
			     chooser->ask->optional ? _("Enter takes · Delete empties · Esc leaves")
						    : _("Enter takes · Esc leaves"));
}

/* ---- keys ---- */

static void
step(Chooser *chooser, gint64 rows)
{
	gint64 last = (gint64)chooser->shown->len - 1;

	chooser->selected = (guint)CLAMP((gint64)chooser->selected + rows, 0, MAX(last, 0));
	chooser->problem = NULL;
}

static void
finish(Chooser *chooser, const char *answer)
{
	chooser->answer = g_strdup(answer);
	chooser->overlay.done = TRUE;
}

/* "ID argument": what was typed, not the option that it happens to match. */
static gboolean
names_a_value(const Chooser *chooser, const char *typed)
{
	const char *blank = strchr(typed, ' ');

	for (guint i = 0; blank && i < chooser->ask->n_options; i++) {
		const char *value = chooser->ask->options[i].value;
		if (strlen(value) == (gsize)(blank - typed) &&
		    strncmp(value, typed, strlen(value)) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
accept(Chooser *chooser)
{
	const PsOption *option = current(chooser);
	const char *typed = chooser->line->text->str;

	if (chooser->ask->free_text && *typed && (!option || names_a_value(chooser, typed)))
		finish(chooser, typed);
	else if (option && option->disabled)
		chooser->problem = option->disabled;
	else if (option)
		finish(chooser, option->value);
}

static gboolean
move_key(Chooser *chooser, PsKeyCode key)
{
	switch (key) {
	case PS_KEY_UP:
	case PS_KEY_CTRL('P'):
	case PS_KEY_SHIFT_TAB:
		step(chooser, -1);
		return TRUE;
	case PS_KEY_DOWN:
	case PS_KEY_CTRL('N'):
		step(chooser, 1);
		return TRUE;
	case PS_KEY_PAGE_UP:
		step(chooser, -chooser->rows);
		return TRUE;
	case PS_KEY_PAGE_DOWN:
		step(chooser, chooser->rows);
		return TRUE;
	default:
		return FALSE;
	}
}

/* Tab writes the option's value into the line, so that an argument can follow. */
static void
complete(Chooser *chooser)
{
	const PsOption *option = current(chooser);

	if (!chooser->ask->free_text || !option) {
		step(chooser, 1);
		return;
	}
	ps_line_set(chooser->line, option->value);
	ps_line_insert(chooser->line, " ");
}

static void
chooser_key(PsOverlay *overlay, PsApp *app, PsKeyCode key)
{
	Chooser *chooser = (Chooser *)overlay;

	(void)app;
	if (key == PS_KEY_ENTER)
		accept(chooser);
	else if (key == PS_KEY_ESC || key == PS_KEY_CTRL('C'))
		overlay->done = TRUE;
	else if (key == PS_KEY_DELETE && chooser->ask->optional)
		finish(chooser, "");
	else if (key == PS_KEY_TAB)
		complete(chooser);
	else if (!move_key(chooser, key) && ps_line_key(chooser->line, key))
		apply_filter(chooser);
}

static void
chooser_paste(PsOverlay *overlay, PsApp *app, const char *text)
{
	Chooser *chooser = (Chooser *)overlay;

	(void)app;
	ps_line_insert(chooser->line, text);
	apply_filter(chooser);
}

static void
select_initial(Chooser *chooser)
{
	for (guint i = 0; chooser->ask->initial && i < chooser->ask->n_options; i++)
		if (g_strcmp0(chooser->ask->options[i].value, chooser->ask->initial) == 0)
			chooser->selected = i;
}

char *
ps_ask_choice(PsApp *app, const PsAskChoice *ask)
{
	Chooser chooser = {.overlay = {draw_chooser, chooser_key, chooser_paste, FALSE},
			   .ask = ask};

	chooser.line = ps_line_new("");
	chooser.keys = g_new0(char *, ask->n_options + 1);
	for (gsize i = 0; i < ask->n_options; i++)
		chooser.keys[i] = option_key(&ask->options[i]);
	chooser.shown = g_array_new(FALSE, FALSE, sizeof(guint));
	apply_filter(&chooser);
	select_initial(&chooser);
	measure(&chooser);
	ps_overlay_run(app, &chooser.overlay);
	ps_line_free(chooser.line);
	g_strfreev(chooser.keys);
	g_array_unref(chooser.shown);
	if (app->leaving)
		g_clear_pointer(&chooser.answer, g_free);
	return chooser.answer;
}
