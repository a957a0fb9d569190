#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/screen/pty.h"

#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT_MS 60000

static void
write_back(const char *bytes, size_t length, void *user)
{
	PsTerm *term = user;

	if (write(term->fd, bytes, length) < 0)
		term->gone = TRUE;
}

static int
on_cursor(VTermPos position, VTermPos before, int visible, void *user)
{
	PsTerm *term = user;

	(void)before;
	(void)visible;
	term->cursor = position;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.movecursor = on_cursor};

static void
run_child(const char *const *argv, const char *const *environment)
{
	g_setenv("TERM", "xterm-256color", TRUE);
	g_unsetenv("LINES");
	g_unsetenv("COLUMNS");
	g_unsetenv("NO_COLOR");
	g_unsetenv("COLORFGBG");
	for (int i = 0; environment && environment[i]; i++) {
		g_auto(GStrv) pair = g_strsplit(environment[i], "=", 2);
		g_setenv(pair[0], pair[1], TRUE);
	}
	execvp(argv[0], (char *const *)argv);
	_exit(127);
}

PsTerm *
ps_term_open(int rows, int cols, const char *const *argv, const char *const *environment)
{
	PsTerm *term = g_new0(PsTerm, 1);
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	term->rows = rows;
	term->cols = cols;
	term->raw = g_string_new(NULL);
	term->vterm = vterm_new(rows, cols);
	vterm_set_utf8(term->vterm, 1);
	term->screen = vterm_obtain_screen(term->vterm);
	vterm_screen_enable_altscreen(term->screen, 1);
	vterm_screen_set_callbacks(term->screen, &callbacks, term);
	vterm_screen_reset(term->screen, 1);
	term->pid = forkpty(&term->fd, NULL, NULL, &size);
	assert_true(term->pid >= 0);
	if (term->pid == 0)
		run_child(argv, environment);
	vterm_output_set_callback(term->vterm, write_back, term);
	return term;
}

static gboolean
read_some(PsTerm *term, int wait_ms)
{
	struct pollfd wait = {.fd = term->fd, .events = POLLIN};
	char bytes[4096];

	if (term->gone || poll(&wait, 1, wait_ms) <= 0)
		return FALSE;
	ssize_t length = read(term->fd, bytes, sizeof bytes);
	if (length <= 0) {
		term->gone = TRUE;
		return FALSE;
	}
	g_string_append_len(term->raw, bytes, length);
	vterm_input_write(term->vterm, bytes, (size_t)length);
	return TRUE;
}

void
ps_term_quiet(PsTerm *term, int ms)
{
	while (read_some(term, ms))
		;
}

int
ps_term_wait_exit(PsTerm *term)
{
	gint64 end = g_get_monotonic_time() + LIMIT_MS * 1000;
	int status = 0;

	while (waitpid(term->pid, &status, WNOHANG) == 0) {
		if (g_get_monotonic_time() > end) {
			kill(term->pid, SIGKILL);
			waitpid(term->pid, &status, 0);
			break;
		}
		read_some(term, 10);
	}
	term->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
ps_term_close(PsTerm *term)
{
	int status = 0;

	if (term->pid > 0) {
		kill(term->pid, SIGHUP);
		status = ps_term_wait_exit(term);
	}
	close(term->fd);
	vterm_free(term->vterm);
	g_string_free(term->raw, TRUE);
	g_free(term);
	return status;
}

void
ps_term_send(PsTerm *term, const char *bytes)
{
	assert_int_equal(write(term->fd, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

void
ps_term_resize(PsTerm *term, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	term->rows = rows;
	term->cols = cols;
	vterm_set_size(term->vterm, rows, cols);
	ioctl(term->fd, TIOCSWINSZ, &size);
}

void
ps_term_forget(PsTerm *term)
{
	g_string_truncate(term->raw, 0);
}

VTermScreenCell
ps_term_cell(PsTerm *term, int row, int col)
{
	VTermScreenCell cell;

	memset(&cell, 0, sizeof cell);
	vterm_screen_get_cell(term->screen, (VTermPos){.row = row, .col = col}, &cell);
	return cell;
}

char *
ps_term_row(PsTerm *term, int row)
{
	GString *text = g_string_new(NULL);

	for (int col = 0; col < term->cols;) {
		VTermScreenCell cell = ps_term_cell(term, row, col);
		if (!cell.chars[0])
			g_string_append_c(text, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			g_string_append_unichar(text, cell.chars[i]);
		col += MAX(cell.width, 1);
	}
	return g_strchomp(g_string_free(text, FALSE));
}

char *
ps_term_text(PsTerm *term)
{
	GString *text = g_string_new(NULL);

	for (int row = 0; row < term->rows; row++) {
		g_autofree char *line = ps_term_row(term, row);
		g_string_append_printf(text, "%s\n", line);
	}
	return g_string_free(text, FALSE);
}

gboolean
ps_term_shows(PsTerm *term, const char *text)
{
	g_autofree char *screen = ps_term_text(term);

	return strstr(screen, text) != NULL;
}

static void
print_screen(PsTerm *term, const char *what)
{
	printf("# waited in vain: %s (cursor %d,%d%s)\n", what, term->cursor.row, term->cursor.col,
	       term->gone ? ", the program is gone" : "");
	for (int row = 0; row < term->rows; row++) {
		g_autofree char *line = ps_term_row(term, row);
		printf("# |%s\n", line);
	}
}

gboolean
ps_term_until(PsTerm *term, PsTermCondition holds, gconstpointer user, const char *what)
{
	gint64 end = g_get_monotonic_time() + LIMIT_MS * 1000;

	while (!holds(term, user)) {
		gint64 left = (end - g_get_monotonic_time()) / 1000;
		if (left > 0 && read_some(term, (int)left))
			continue;
		if (left > 0 && !term->gone)
			continue;
		if (holds(term, user))
			return TRUE;
		print_screen(term, what);
		return FALSE;
	}
	return TRUE;
}

static gboolean
shows(PsTerm *term, gconstpointer user)
{
	return ps_term_shows(term, user);
}

static gboolean
lacks(PsTerm *term, gconstpointer user)
{
	return !ps_term_shows(term, user);
}

static gboolean
has_mark(PsTerm *term, int row)
{
	guint32 c = ps_term_cell(term, row, 0).chars[0];

	return c == 0x203A || c == '>';
}

/* The cursor passes other rows while they are drawn: it has come to rest on the only row that is
 * marked as selected. */
static gboolean
cursor_is_at(PsTerm *term, gconstpointer user)
{
	int wanted = GPOINTER_TO_INT(user);

	for (int row = 0; row < term->rows; row++)
		if (has_mark(term, row) != (row == wanted))
			return FALSE;
	return term->cursor.row == wanted && term->cursor.col == 0;
}

void
ps_term_expect(PsTerm *term, const char *text)
{
	if (!ps_term_until(term, shows, text, text))
		fail_msg("the screen never showed: %s", text);
}

void
ps_term_expect_gone(PsTerm *term, const char *text)
{
	if (!ps_term_until(term, lacks, text, text))
		fail_msg("the screen never lost: %s", text);
}

typedef struct {
	int row;
	const char *text;
} RowText;

static gboolean
row_holds(PsTerm *term, gconstpointer user)
{
	const RowText *wanted = user;
	g_autofree char *line = ps_term_row(term, wanted->row);

	return strstr(line, wanted->text) != NULL;
}

void
ps_term_expect_row(PsTerm *term, int row, const char *text)
{
	RowText wanted = {row, text};

	if (!ps_term_until(term, row_holds, &wanted, text))
		fail_msg("row %d never showed: %s", row, text);
}

void
ps_term_expect_cursor(PsTerm *term, int row)
{
	if (!ps_term_until(term, cursor_is_at, GINT_TO_POINTER(row), "cursor"))
		fail_msg("the cursor never came to row %d", row);
}

void
ps_term_play(PsTerm *term, const PsTermStep *steps)
{
	for (; steps->shows; steps++) {
		ps_term_send(term, steps->keys);
		if (*steps->shows == '-')
			ps_term_expect_gone(term, steps->shows + 1);
		else
			ps_term_expect(term, steps->shows);
	}
}
