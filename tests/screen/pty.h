#ifndef PS_TESTS_PTY_H
#define PS_TESTS_PTY_H

/* A program in a terminal of our own: a pty whose other end is read through libvterm. Tests wait
 * for what they want to see, never for time; what does not come within the limit fails. */

#include <glib.h>
#include <vterm.h>

typedef struct {
	VTerm *vterm;
	VTermScreen *screen;
	int fd, pid;
	int rows, cols;
	VTermPos cursor;
	GString *raw; /* every byte that the program wrote since ps_term_forget() */
	gboolean gone;
} PsTerm;

/* `environment`: NULL-terminated NAME=VALUE, over ours; TERM is xterm-256color unless it says
 * otherwise; LINES and COLUMNS are unset. */
PsTerm *ps_term_open(int rows, int cols, const char *const *argv, const char *const *environment);
/* Hangs up, waits for the end; the exit status, 128 + signal when it was killed. */
int ps_term_close(PsTerm *term);
/* Waits for the end while the terminal stays open. */
int ps_term_wait_exit(PsTerm *term);

void ps_term_send(PsTerm *term, const char *bytes);
void ps_term_resize(PsTerm *term, int rows, int cols);
void ps_term_forget(PsTerm *term);

/* One row without trailing blanks; the whole screen, rows ended by newlines. New strings. */
char *ps_term_row(PsTerm *term, int row);
char *ps_term_text(PsTerm *term);
gboolean ps_term_shows(PsTerm *term, const char *text);
VTermScreenCell ps_term_cell(PsTerm *term, int row, int col);

/* Reads until nothing has come for `ms`: for benchmarks, which count bytes. */
void ps_term_quiet(PsTerm *term, int ms);

/* Reads until `holds` does; FALSE after a minute (the screen is printed as comments): a busy
 * machine may take its time. */
typedef gboolean (*PsTermCondition)(PsTerm *term, gconstpointer user);
gboolean ps_term_until(PsTerm *term, PsTermCondition holds, gconstpointer user, const char *what);
/* The usual conditions; they fail the test themselves. */
void ps_term_expect(PsTerm *term, const char *text);
void ps_term_expect_gone(PsTerm *term, const char *text);
void ps_term_expect_row(PsTerm *term, int row, const char *text);
/* The cursor rests at the begin of this row, which is the only one marked as selected. */
void ps_term_expect_cursor(PsTerm *term, int row);

/* Keys that are sent, and what the screen shows then; "-TEXT": shows no more. Ended by NULL. */
typedef struct {
	const char *keys, *shows;
} PsTermStep;
void ps_term_play(PsTerm *term, const PsTermStep *steps);

#endif
