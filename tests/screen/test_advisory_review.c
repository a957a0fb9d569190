#include "config.h"

/* Two people review an advisory by keyboard alone, in the real program on the demo workspace: one
 * asks, the other reads what changed, approves, arms, publishes and withdraws; and what is armed is
 * published by the workstation itself. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/screen/pty.h"

#define NOW "2026-11-21T10:00:00Z"
#define BEFORE "2026-11-21T09:00:00Z"
#define CASE "PSIRT-2026-0001" /* published in the demo */

typedef struct {
	char *root, *workspace, *gnupg;
} Desk;

/* ---- the place ---- */

static char *
run(const char *const *argv)
{
	g_autofree char *err = NULL;
	char *out = NULL;
	int status = -1;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err,
		     &status, NULL);
	if (status != 0)
		fail_msg("%s %s: %s", argv[0], argv[1], err);
	return out;
}

static char *
command(const Desk *desk, const char *first, const char *second, const char *third,
	const char *fourth, const char *fifth)
{
	const char *argv[] = {g_getenv("PSIRTDESK"),
			      "-w",
			      desk->workspace,
			      first,
			      second,
			      third,
			      fourth,
			      fifth,
			      NULL};

	return run(argv);
}

/* The id at the begin of the line that holds `part`. */
static char *
id_of(const char *list, const char *part)
{
	g_auto(GStrv) lines = g_strsplit(list, "\n", -1);

	for (char **line = lines; *line; line++)
		if (strstr(*line, part))
			return g_strndup(*line, strcspn(*line, "\t"));
	fail_msg("%s is not in: %s", part, list);
	return NULL;
}

static void
sit_down(const Desk *desk, const char *name)
{
	g_autofree char *people = command(desk, "list", "person", NULL, NULL, NULL);
	g_autofree char *person = id_of(people, name);

	g_free(command(desk, "config", "user.person", person, NULL, NULL));
}

static Desk *
desk_new(void)
{
	Desk *desk = g_new0(Desk, 1);

	desk->root = g_strdup("/tmp/psXXXXXX");
	assert_non_null(g_mkdtemp(desk->root));
	desk->workspace = g_build_filename(desk->root, "w", NULL);
	desk->gnupg = g_build_filename(desk->workspace, "gnupg", NULL);
	g_setenv("PSIRTDESK_NOW", NOW, TRUE);
	g_free(command(desk, "init", "--demo", NULL, NULL, NULL));
	g_free(command(desk, "config", "advisory.second_person", "yes", NULL, NULL));
	g_autofree char *flaws = command(desk, "list", "vulnerability", "case=" CASE, NULL, NULL);
	g_autofree char *flaw = g_strndup(flaws, strcspn(flaws, "\t"));
	g_free(command(desk, "set", "vulnerability", flaw,
		       "description=Anybody can compute the cookie.", NULL));
	return desk;
}

static void
desk_free(Desk *desk)
{
	const char *argv[] = {"gpgconf", "--homedir", desk->gnupg, "--kill", "all", NULL};

	g_free(run(argv));
	ps_dir_remove(desk->root, NULL);
	g_free(desk->root);
	g_free(desk->workspace);
	g_free(desk->gnupg);
	g_free(desk);
}

static PsTerm *
open_advisory(const Desk *desk, int rows, int cols)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, NULL};
	const char *environment[] = {"NO_COLOR=1", NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	ps_term_expect(term, "Acknowledge the report");
	ps_term_send(term, ":pane.open advisory " CASE "\r");
	ps_term_expect(term, "Identifier: " CASE);
	return term;
}

/* Keys that are sent, and what the screen shows then. */
typedef struct {
	const char *keys, *shows;
} Step;

static void
play(PsTerm *term, const Step *steps)
{
	for (; steps->shows; steps++) {
		ps_term_send(term, steps->keys);
		ps_term_expect(term, steps->shows);
	}
}

/* ---- two people ---- */

static const Step asking[] = {
	{"v", "The review is asked for"},
	{"A", "somebody else has to approve it"},
	{"V", "Where it stands"},
	{"", "asked for the review of version 2"},
	{"q", "Identifier"},
	{NULL, NULL},
};

static const Step sending_back[] = {
	{"B", "What has to change?"},
	{"Name the products.\r", "The draft is sent back."},
	{"V", "1 comment is open."},
	{"q", "Identifier"},
	{NULL, NULL},
};

static const Step approving[] = {
	{"V", "content changed"},
	{"j", "2/2"},
	{"t", "Version: 1 (final)"},
	{"q", "Where it stands"},
	{"k", "1/2"},
	{"\r", "Anybody can compute the cookie."},
	{"q", "Where it stands"},
	{"q", "Identifier"},
	{"A", "The advisory is approved. Jonas"},
	{"", "P publish  T arm"},
	{"T", "Publish at"},
	{"+2h\r", "i: interim, f:"},
	{"i", "armed: in 2 h"},
	{"q", "Armed publication"},
	{":pane.open advisory " CASE "\r", "armed: in 2 h"},
	{"T", "c: cancel it"},
	{"c", "Cancelled"},
	{"P", "What changed"},
	{"\r", "to confirm"},
	{CASE "\r", "Version 2 is published"},
	{"", "x export  W withdraw  S supersede"},
	{NULL, NULL},
};

static const Step ending[] = {
	{":advisory.withdraw The flaw does not exist.\r", "The next version withdraws it"},
	{"", "Withdrawn: "},
	{":advisory.keep\r", "Called off"},
	{NULL, NULL},
};

static void
play_review(int rows, int cols)
{
	Desk *desk = desk_new();
	PsTerm *term = open_advisory(desk, rows, cols);

	play(term, asking);
	assert_int_equal(ps_term_close(term), 0);
	sit_down(desk, "Jonas");
	term = open_advisory(desk, rows, cols);
	play(term, sending_back);
	play(term, approving);
	play(term, ending);
	assert_int_equal(ps_term_close(term), 0);
	g_autofree char *versions = command(desk, "advisory", "versions", CASE, NULL, NULL);
	assert_non_null(strstr(versions, "Jonas"));
	g_free(command(desk, "verify", NULL, NULL, NULL, NULL));
	desk_free(desk);
}

static void
review__on_80x24__two_people(void **state)
{
	(void)state;
	play_review(24, 80);
}

static void
review__on_160x50__two_people(void **state)
{
	(void)state;
	play_review(50, 160);
}

/* ---- by itself ---- */

static void
armed__due__is_published_by_the_workstation(void **state)
{
	Desk *desk = desk_new();

	(void)state;
	g_free(command(desk, "config", "advisory.second_person", "no", NULL, NULL));
	g_setenv("PSIRTDESK_NOW", BEFORE, TRUE);
	g_free(command(desk, "advisory", "publish", CASE, "--at", "2026-11-21T09:30:00Z"));
	g_setenv("PSIRTDESK_NOW", NOW, TRUE);
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, NULL};
	const char *environment[] = {"NO_COLOR=1", NULL};
	PsTerm *term = ps_term_open(24, 80, argv, environment);
	ps_term_expect(term, "is published as armed, version 2");
	assert_int_equal(ps_term_close(term), 0);
	desk_free(desk);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(review__on_80x24__two_people),
		cmocka_unit_test(review__on_160x50__two_people),
		cmocka_unit_test(armed__due__is_published_by_the_workstation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
