#include "config.h"

/* The workstation on a large workspace: time and memory to the first complete screen, time and
 * bytes of a key in a list. Makes everything that it measures with; prints each figure beside its
 * bound.
 *
 * PSIRTDESK_BENCH_MAILS (100000) and PSIRTDESK_BENCH_CASES (10000) change the sizes. Indexing the
 * mail takes notmuch minutes; that is its time, not ours. */

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mail/inbox.h"
#include "tests/bench/big-mail.h"
#include "tests/bench/big-workspace.h"
#include "tests/screen/pty.h"
#include "tests/support/mail-workspace.h"

#define RUNS 9
#define KEYS 100

/* Bytes a key at 80x24: what two well-made list programs need, measured on the same kind of list.
 */
#define PEER_CURSOR_BYTES 198
#define PEER_SCROLL_BYTES 302

static int
size_of(const char *variable, int fallback)
{
	const char *text = g_getenv(variable);

	return text && atoi(text) > 0 ? atoi(text) : fallback;
}

static void
print_figure(const char *what, double value, const char *unit, double bound)
{
	printf("%-44s %10.2f %-5s  bound %8.2f  ratio %5.2f\n", what, value, unit, bound,
	       value / bound);
	fflush(stdout);
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return values[count / 2];
}

static double
now_ms(void)
{
	return (double)g_get_monotonic_time() / 1000.0;
}

/* Peak resident memory of a process in MB. */
static double
peak_memory(int pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/status", pid);
	g_autofree char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return 0;
	const char *line = strstr(text, "VmHWM:");
	return line ? (double)g_ascii_strtoll(line + 6, NULL, 10) / 1024.0 : 0;
}

/* ---- the first screen ---- */

/* Complete: a list with its selected row, and the footer, which is drawn last. */
static gboolean
is_complete(PsTerm *term, gconstpointer user)
{
	g_autofree char *footer = ps_term_row(term, term->rows - 1);
	g_autofree char *selected = ps_term_row(term, 3);

	(void)user;
	return strstr(footer, "? help") && g_str_has_prefix(selected, "›");
}

static gboolean
shows_tab(PsTerm *term, gconstpointer name)
{
	g_autofree char *head = ps_term_row(term, 1);

	return strstr(head, name) && is_complete(term, NULL);
}

static PsTerm *
start(PsTestMail *mail, const char *tab, const char *name, double *elapsed)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", mail->dir, NULL};
	double begin = now_ms();
	g_autofree char *gnupg = g_strconcat("GNUPGHOME=", mail->home->home, NULL);
	const char *environment[] = {gnupg, NULL};
	PsTerm *term = ps_term_open(24, 80, argv, environment);

	if (!ps_term_until(term, is_complete, NULL, "the first complete screen"))
		exit(1);
	*elapsed = now_ms() - begin;
	if (tab)
		ps_term_send(term, tab);
	if (tab && !ps_term_until(term, shows_tab, name, "the tab"))
		exit(1);
	/* What still comes by itself (the inbox looks for new mail) is not a key's. */
	ps_term_quiet(term, 500);
	return term;
}

static void
measure_start(PsTestMail *mail)
{
	double times[RUNS], memory[RUNS], unlocking[RUNS];

	for (int i = 0; i < RUNS; i++) {
		PsTerm *term = start(mail, NULL, NULL, &times[i]);
		memory[i] = peak_memory(term->pid);
		ps_term_close(term);
		const char *argv[] = {g_getenv("PSIRTDESK"), "-w", mail->dir, "unlock", NULL};
		double begin = now_ms();
		g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
			     NULL, NULL, NULL, NULL);
		unlocking[i] = now_ms() - begin;
	}
	double unlock = median(unlocking, RUNS), total = median(times, RUNS);
	print_figure("first complete screen, unlocking included", total, "ms", 50 + unlock);
	print_figure("  of it: start, OpenPGP, unlocking (alone)", unlock, "ms", unlock);
	print_figure("peak memory at the first screen", median(memory, RUNS), "MB", 30);
}

/* ---- keys ---- */

/* The row of the cursor carries the list's mark, and is another one than before: the whole of it
 * has arrived, since the terminal's cursor is put there last. */
static gboolean
has_moved(PsTerm *term, gconstpointer before)
{
	g_autofree char *text = ps_term_row(term, term->cursor.row);

	return g_str_has_prefix(text, "›") && !g_str_equal(text, before);
}

static double
press_down(PsTerm *term)
{
	g_autofree char *before = ps_term_row(term, term->cursor.row);
	double begin = now_ms();

	ps_term_send(term, "j");
	if (!ps_term_until(term, has_moved, before, "the cursor to move"))
		exit(1);
	return now_ms() - begin;
}

static void
measure_keys(PsTestMail *mail, const char *tab, const char *name)
{
	double elapsed, times[KEYS];
	PsTerm *term = start(mail, tab, name, &elapsed);
	g_autofree char *cursor = g_strdup_printf("%s: a cursor key, time", name);
	g_autofree char *cursor_bytes = g_strdup_printf("%s: a cursor key, bytes", name);
	g_autofree char *scroll = g_strdup_printf("%s: scrolling by a line, time", name);
	g_autofree char *scroll_bytes = g_strdup_printf("%s: scrolling by a line, bytes", name);
	int moves = 15;

	ps_term_forget(term);
	for (int i = 0; i < moves; i++)
		times[i] = press_down(term);
	print_figure(cursor, median(times, moves), "ms", 1);
	ps_term_quiet(term, 100);
	print_figure(cursor_bytes, (double)term->raw->len / moves, "B", PEER_CURSOR_BYTES);
	for (int i = 0; i < 10; i++)
		press_down(term);
	ps_term_quiet(term, 100);
	ps_term_forget(term);
	for (int i = 0; i < KEYS; i++)
		times[i] = press_down(term);
	print_figure(scroll, median(times, KEYS), "ms", 1);
	ps_term_quiet(term, 100);
	print_figure(scroll_bytes, (double)term->raw->len / KEYS, "B", PEER_SCROLL_BYTES);
	ps_term_close(term);
}

/* ---- making it ---- */

static void
index_mail(PsTestMail *mail)
{
	g_autofree char *config = g_strdup_printf("--config=%s/notmuch-config", mail->dir);
	const char *argv[] = {"notmuch", config, "new", "--quiet", NULL};
	double begin = now_ms();

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
		     NULL);
	printf("indexed by notmuch in %.1f s\n", (now_ms() - begin) / 1000);
}

static void
fill(PsTestMail *mail, int mails, int cases)
{
	g_autoptr(GError) error = NULL;
	double begin = now_ms();

	/* The first sync writes notmuch's configuration. */
	ps_test_sync(mail);
	if (!bench_make_cases(mail->store, cases, &error) ||
	    !bench_make_maildir(mail->root, mails, &error)) {
		fprintf(stderr, "%s\n", error->message);
		exit(1);
	}
	printf("%d cases and %d mails made in %.1f s\n", cases, mails, (now_ms() - begin) / 1000);
	index_mail(mail);
	begin = now_ms();
	ps_test_sync(mail);
	print_figure("first fill of the inbox list", now_ms() - begin, "ms", 20000);
	begin = now_ms();
	ps_test_sync(mail);
	print_figure("sync with nothing new", now_ms() - begin, "ms", 300);
}

int
main(void)
{
	PsTestMail *mail = ps_test_mail_new();

	g_setenv("GNUPGHOME", mail->home->home, TRUE);
	fill(mail, size_of("PSIRTDESK_BENCH_MAILS", 100000),
	     size_of("PSIRTDESK_BENCH_CASES", 10000));
	measure_start(mail);
	measure_keys(mail, "1", "Desk");
	measure_keys(mail, "2", "Inbox");
	measure_keys(mail, "3", "Cases");
	ps_test_mail_free(mail);
	return 0;
}
