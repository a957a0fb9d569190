#include "config.h"

#include "ui/screen.h"

#include <curses.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "base/error.h"
#include "base/i18n.h"

#define ESCAPE_DELAY_MS 25
#define PASTE_LIMIT (1024 * 1024)

/* Codes of our own for what terminals send around a pasted text; above every code of curses. */
enum { CODE_PASTE_BEGIN = KEY_MAX + 4001, CODE_PASTE_END };

struct PsScreen {
	gboolean unicode; /* the locale shows more than ASCII */
	gboolean released;
	int colors;
	const PsTheme *theme;
	attr_t attributes[PS_ROLE_COUNT];
	short pairs[PS_ROLE_COUNT];
	/* What was given to curses last, to leave rows alone that did not change. */
	PsCell *shown;
	int rows, cols;
	GString *paste; /* being received */
	GQueue pushed;  /* keys read ahead */
};

static void
enter_modes(void)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	meta(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	/* Lets the terminal scroll a list itself. */
	idlok(stdscr, TRUE);
	putp("\033[?2004h");
}

PsScreen *
ps_screen_new(GError **error)
{
	const char *term = g_getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		g_set_error_literal(error, PS_ERROR, PS_ERROR_INPUT,
				    _("The workstation needs a terminal. Run it in one, or use a "
				      "command (psirtdesk --help lists them)."));
		return NULL;
	}
	set_escdelay(ESCAPE_DELAY_MS);
	SCREEN *terminal = newterm(NULL, stdout, stdin);
	if (!terminal || !cursor_address) {
		if (terminal)
			endwin();
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("The terminal type “%s” can't show the workstation. Set TERM to "
			      "what your terminal is, as xterm-256color."),
			    term ? term : "");
		return NULL;
	}
	PsScreen *screen = g_new0(PsScreen, 1);
	screen->unicode = g_str_equal(nl_langinfo(CODESET), "UTF-8");
	if (has_colors()) {
		start_color();
		use_default_colors();
		screen->colors = COLORS;
	}
	define_key("\033[200~", CODE_PASTE_BEGIN);
	define_key("\033[201~", CODE_PASTE_END);
	enter_modes();
	return screen;
}

void
ps_screen_free(PsScreen *screen)
{
	if (!screen)
		return;
	if (!screen->released) {
		putp("\033[?2004l");
		curs_set(1);
		endwin();
	}
	if (screen->paste)
		g_string_free(screen->paste, TRUE);
	g_queue_clear(&screen->pushed);
	g_free(screen->shown);
	g_free(screen);
}

int
ps_screen_colors(const PsScreen *screen)
{
	return screen->colors;
}

static attr_t
curses_attributes(PsStyle style)
{
	attr_t attributes = 0;

	if (style & PS_STYLE_BOLD)
		attributes |= A_BOLD;
	if (style & PS_STYLE_UNDERLINE)
		attributes |= A_UNDERLINE;
	if (style & PS_STYLE_REVERSE)
		attributes |= A_REVERSE;
	if (style & PS_STYLE_DIM)
		attributes |= A_DIM;
	if (style & PS_STYLE_ITALIC)
		attributes |= A_ITALIC;
	return attributes;
}

/* One pair a look; roles that look alike share one, for terminals with few pairs. */
static short
pair_for(const PsTheme *theme, int role, const short *pairs, short *used)
{
	const PsLook *look = &theme->looks[role];

	if (theme->colors == 0 || (look->foreground < 0 && look->background < 0))
		return 0;
	for (int i = 0; i < role; i++)
		if (theme->looks[i].foreground == look->foreground &&
		    theme->looks[i].background == look->background)
			return pairs[i];
	if (*used + 1 >= COLOR_PAIRS)
		return 0;
	init_pair(++*used, (short)look->foreground, (short)look->background);
	return *used;
}

void
ps_screen_set_theme(PsScreen *screen, const PsTheme *theme)
{
	short used = 0;

	screen->theme = theme;
	for (int i = 0; i < PS_ROLE_COUNT; i++) {
		screen->pairs[i] = pair_for(theme, i, screen->pairs, &used);
		screen->attributes[i] = curses_attributes(theme->looks[i].attributes);
	}
	ps_screen_repaint(screen);
}

void
ps_screen_resize(PsScreen *screen, int *rows, int *cols)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
		*rows = size.ws_row;
		*cols = size.ws_col;
	} else {
		getmaxyx(stdscr, *rows, *cols);
	}
	if (!screen->released && (*rows != LINES || *cols != COLS))
		resizeterm(*rows, *cols);
}

/* Drawing characters of ours for terminals without Unicode; anything else becomes "?". */
static wchar_t
ascii_for(gunichar c)
{
	static const struct {
		gunichar from;
		wchar_t to;
	} table[] = {
		{0x00B7, '.'}, {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''},
		{0x201C, '"'}, {0x201D, '"'}, {0x2022, '*'}, {0x2026, '~'},  {0x203A, '>'},
		{0x2190, '<'}, {0x2191, '^'}, {0x2192, '>'}, {0x2193, 'v'},  {0x2500, '-'},
		{0x2502, '|'}, {0x250C, '+'}, {0x2510, '+'}, {0x2514, '+'},  {0x2518, '+'},
		{0x251C, '+'}, {0x2588, '#'}, {0x2591, '.'}, {0x25B8, '+'},  {0x25BE, '-'},
		{0x25CB, 'o'}, {0x25CF, '*'}, {0x2713, 'x'}, {0x2717, '!'},  {0x2039, '<'},
		{0x2501, '='}, {0x250A, '|'}, {0x254C, '-'}, {0x25BC, 'v'},  {0x25C6, '+'},
		{0x2605, '*'},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (table[i].from == c)
			return table[i].to;
	return '?';
}

static void
put_wide_char(PsScreen *screen, const PsCell *cell, const wchar_t *text)
{
	cchar_t out;
	PsRole role = PS_STYLE_ROLE(cell->style);
	attr_t attributes = screen->attributes[role] | curses_attributes(cell->style);

	setcchar(&out, text, attributes, screen->pairs[role], NULL);
	add_wch(&out);
}

/* The C library's idea of a width rules what curses does: where it differs from ours, the character
 * is replaced, so that what stands behind it never moves. */
static void
put_cell(PsScreen *screen, const PsCell *cell)
{
	wchar_t text[PS_CELL_CHARS + 1] = {0};

	for (int i = 0; i < PS_CELL_CHARS; i++)
		text[i] = (wchar_t)cell->chars[i];
	if (!screen->unicode && text[0] >= 0x80) {
		text[0] = ascii_for(cell->chars[0]);
		text[1] = 0;
	} else if (wcwidth(text[0]) != cell->cells) {
		text[0] = 0xFFFD;
		text[1] = 0;
	} else {
		put_wide_char(screen, cell, text);
		return;
	}
	put_wide_char(screen, cell, text);
	if (cell->cells == 2)
		put_wide_char(screen, cell, L" ");
}

static void
show_row(PsScreen *screen, const PsCell *cells, int row)
{
	gsize bytes = sizeof(PsCell) * (gsize)screen->cols;
	PsCell *before = screen->shown + row * screen->cols;

	if (memcmp(before, cells, bytes) == 0)
		return;
	memcpy(before, cells, bytes);
	move(row, 0);
	for (int col = 0; col < screen->cols; col++)
		if (cells[col].cells > 0)
			put_cell(screen, &cells[col]);
}

static void
show_cursor(const PsCanvas *canvas)
{
	int row, col;
	gboolean shown;

	if (!ps_canvas_cursor(canvas, &row, &col, &shown)) {
		row = ps_canvas_rows(canvas) - 1;
		col = 0;
	}
	move(row, col);
}

static void
fit_to(PsScreen *screen, const PsCanvas *canvas)
{
	if (screen->rows == ps_canvas_rows(canvas) && screen->cols == ps_canvas_cols(canvas) &&
	    screen->shown)
		return;
	screen->rows = ps_canvas_rows(canvas);
	screen->cols = ps_canvas_cols(canvas);
	g_free(screen->shown);
	screen->shown = g_new0(PsCell, (gsize)screen->rows * (gsize)screen->cols);
}

void
ps_screen_show(PsScreen *screen, const PsCanvas *canvas)
{
	if (screen->released)
		return;
	fit_to(screen, canvas);
	for (int row = 0; row < MIN(screen->rows, LINES); row++)
		show_row(screen, ps_canvas_row(canvas, row), row);
	show_cursor(canvas);
	refresh();
}

void
ps_screen_repaint(PsScreen *screen)
{
	g_clear_pointer(&screen->shown, g_free);
	if (!screen->released)
		clearok(curscr, TRUE);
}

void
ps_screen_copy(PsScreen *screen, const char *text)
{
	g_autofree char *encoded = g_base64_encode((const guchar *)text, strlen(text));

	if (screen->released)
		return;
	printf("\033]52;c;%s\a", encoded);
	fflush(stdout);
}

void
ps_screen_release(PsScreen *screen)
{
	if (screen->released)
		return;
	putp("\033[?2004l");
	def_prog_mode();
	curs_set(1);
	endwin();
	screen->released = TRUE;
}

void
ps_screen_reclaim(PsScreen *screen)
{
	int rows, cols;

	if (!screen->released)
		return;
	screen->released = FALSE;
	reset_prog_mode();
	enter_modes();
	ps_screen_resize(screen, &rows, &cols);
	ps_screen_repaint(screen);
}

gboolean
ps_screen_is_released(const PsScreen *screen)
{
	return screen->released;
}

static PsKeyCode
key_of_code(wint_t code)
{
	static const struct {
		wint_t code;
		PsKeyCode key;
	} table[] = {
		{KEY_UP, PS_KEY_UP},          {KEY_DOWN, PS_KEY_DOWN},
		{KEY_LEFT, PS_KEY_LEFT},      {KEY_RIGHT, PS_KEY_RIGHT},
		{KEY_PPAGE, PS_KEY_PAGE_UP},  {KEY_NPAGE, PS_KEY_PAGE_DOWN},
		{KEY_HOME, PS_KEY_HOME},      {KEY_FIND, PS_KEY_HOME},
		{KEY_END, PS_KEY_END},        {KEY_SELECT, PS_KEY_END},
		{KEY_IC, PS_KEY_INSERT},      {KEY_DC, PS_KEY_DELETE},
		{KEY_BTAB, PS_KEY_SHIFT_TAB}, {KEY_BACKSPACE, PS_KEY_BACKSPACE},
		{KEY_ENTER, PS_KEY_ENTER},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++)
		if (table[i].code == code)
			return table[i].key;
	if (code > (wint_t)KEY_F(0) && code <= (wint_t)KEY_F(12))
		return PS_KEY_F0 + (PsKeyCode)(code - (wint_t)KEY_F(0));
	return PS_KEY_NONE;
}

static PsKeyCode
key_of_char(wint_t c)
{
	if (c == '\n')
		return PS_KEY_ENTER;
	if (c == '\b')
		return PS_KEY_BACKSPACE;
	return c == 0 ? PS_KEY_NONE : (PsKeyCode)c;
}

/* The rest of a sequence, up to its final byte (ECMA-48 section 5.4). */
static void
skip_parameters(void)
{
	wint_t c;

	while (get_wch(&c) == OK && c < 0x40)
		;
}

/* An escape sequence that curses doesn't know (a mouse, a modified key) would else run as Escape
 * and a row of letters. Sequences come in one piece; a person is slower. */
static gboolean
skip_unknown_sequence(PsScreen *screen)
{
	wint_t c;

	if (get_wch(&c) != OK)
		return FALSE;
	if (c != '[' && c != 'O') {
		g_queue_push_tail(&screen->pushed, GUINT_TO_POINTER(key_of_char(c)));
		return FALSE;
	}
	skip_parameters();
	return TRUE;
}

static gboolean
take_char(PsScreen *screen, wint_t c, PsInput *input)
{
	if (screen->paste) {
		if (c && screen->paste->len < PASTE_LIMIT)
			g_string_append_unichar(screen->paste, c == '\r' ? '\n' : c);
		return FALSE;
	}
	if (c == PS_KEY_ESC && skip_unknown_sequence(screen))
		return FALSE;
	input->key = key_of_char(c);
	return input->key != PS_KEY_NONE;
}

static gboolean
take_code(PsScreen *screen, wint_t code, PsInput *input)
{
	if (code == CODE_PASTE_BEGIN && !screen->paste)
		screen->paste = g_string_new(NULL);
	if (code == CODE_PASTE_END && screen->paste) {
		input->paste = g_string_free(screen->paste, FALSE);
		screen->paste = NULL;
		return TRUE;
	}
	if (screen->paste)
		return FALSE;
	/* Curses knows only how a mouse report begins; its numbers would run as keys. */
	if (code == KEY_MOUSE)
		skip_parameters();
	input->key = key_of_code(code);
	return input->key != PS_KEY_NONE;
}

gboolean
ps_screen_read(PsScreen *screen, PsInput *input)
{
	wint_t c;
	int kind;

	*input = (PsInput){0};
	if (screen->released)
		return FALSE;
	if (!g_queue_is_empty(&screen->pushed)) {
		input->key = GPOINTER_TO_UINT(g_queue_pop_head(&screen->pushed));
		return TRUE;
	}
	while ((kind = get_wch(&c)) != ERR)
		if (kind == KEY_CODE_YES ? take_code(screen, c, input)
					 : take_char(screen, c, input))
			return TRUE;
	return FALSE;
}
