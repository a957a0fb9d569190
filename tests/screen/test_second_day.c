#include "config.h"

/* An advisory's second day by keyboard, in the real program on the demo workspace: judged, with a
 * CVE id of the register, drafted, mended in the editor, approved, published, proved on the release
 * day, exported; then the case changes, and a second version follows. */

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
#define LATER "2026-11-22T10:00:00Z"
#define CASE "PSIRT-2026-0002"

typedef struct {
	char *root, *workspace, *gnupg;
} Desk;

/* Standard output; new string. */
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

static Desk *
desk_new(void)
{
	Desk *desk = g_new0(Desk, 1);

	desk->root = g_strdup("/tmp/psXXXXXX");
	assert_non_null(g_mkdtemp(desk->root));
	desk->workspace = g_build_filename(desk->root, "w", NULL);
	desk->gnupg = g_build_filename(desk->workspace, "gnupg", NULL);
	g_setenv("PSIRTDESK_NOW", NOW, TRUE);
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, "init", "--demo", NULL};
	g_free(run(argv));
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

/* Keys that are sent, and what the screen shows then; "-…": shows no more. */
typedef struct {
	const char *keys, *shows;
} Step;

static void
play(PsTerm *term, const Step *steps)
{
	for (; steps->shows; steps++) {
		ps_term_send(term, steps->keys);
		if (*steps->shows == '-')
			ps_term_expect_gone(term, steps->shows + 1);
		else
			ps_term_expect(term, steps->shows);
	}
}

static const Step judging[] = {
	{"", "Acknowledge the report"},
	{"3", "Skarv C5"},
	{"/memory corruption\r", "1/1"},
	{"\r", "Draft the advisory."},
	{"V", "No CVE id is known yet."},
	{"R", "Ids that the CNA gave"},
	{"\025CVE-2026-91000..91001\r", "CVE-2026-91001"},
	{"a", "Case whose vulnerability gets it"},
	{"\r", "belongs to the vulnerability of " CASE},
	{"q", "CVE-2026-91000 CWE-121"},
	{"I", "Involvements"},
	{"q", "CVE-2026-91000 CWE-121"},
	{NULL, NULL},
};

static const Step mending[] = {
	{"v", "n draft"},
	{"", "Advisory › " CASE},
	{"n", "drafted from the case"},
	{"\t", "Document"},
	{"m", "wants to be named"},
	{"\r", "Participant Tomasz Wrona"},
	{"q", "open the record that lacks it"},
	{NULL, NULL},
};

static const Step publishing[] = {
	{"t", "Identifier: " CASE},
	{"A", "no second person looked at it"},
	{"T", "21 Dec 10:00"}, /* when the embargo ends */
	{"\r", "i: interim, f:"},
	{"f", "armed: in"},
	{"T", "c: cancel it"},
	{"c", "Cancelled"},
	{"P", "Publish all the same?"},
	{"y", "Reason for lifting it"},
	{"Agreed with the reporter.\r", "to confirm"},
	{CASE "\r", "Version 1 is published"},
	{NULL, NULL},
};

static const Step proving[] = {
	{"D", "Release day › " CASE " version 1"},
	{"", "5 open"},
	{"\r", "What shows it"},
	{"Download page\r", "4 open"},
	{"j\r", "nothing is left to do here"},
	{"q", "Version: 1 (final)"},
	{NULL, NULL},
};

static const Step following[] = {
	{":pane.open advisory " CASE "\r", "case: "},
	{"R", "… › Product status › "},
	{"A", "Nothing changed in the case"},
	{"q", "-case: "},
	{"V", "The next version is 2"},
	{"\r", "Product status › Fixed"},
	{"", "Now: Brannvik Systems Skarv Cam C5 2.8.0"},
	{"q", "The next version is 2"},
	{"q", "Version: 2 (draft)"},
	{"A", "approved version 2"},
	{"P", "i: interim"},
	{"i", "What changed"},
	{"\r", "to confirm"},
	{CASE "\r", "Version 2 is published"},
	{"V", "interim"},
	{NULL, NULL},
};

/* Somebody changes the case elsewhere. */
static void
change_case(const Desk *desk)
{
	const char *argv[] = {g_getenv("PSIRTDESK"),
			      "-w",
			      desk->workspace,
			      "case",
			      "affect",
			      CASE,
			      "C5 2.8.0",
			      "fixed",
			      NULL};

	g_free(run(argv));
}

static void
assert_published(const Desk *desk)
{
	const char *check[] = {
		g_getenv("PSIRTDESK"), "-w", desk->workspace, "provider", "check", NULL, NULL};
	g_autofree char *provider = g_build_filename(desk->workspace, "provider", NULL);
	const char *export[] = {g_getenv("PSIRTDESK"),
				"-w",
				desk->workspace,
				"advisory",
				"export",
				CASE,
				"--format",
				"openvex",
				NULL};

	check[5] = provider;
	g_free(run(check));
	g_autofree char *vex = run(export);
	assert_non_null(strstr(vex, "CVE-2026-91000"));
}

static void
play_the_day(int rows, int cols)
{
	Desk *desk = desk_new();
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, NULL};
	const char *environment[] = {"NO_COLOR=1", NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	play(term, judging);
	play(term, mending);
	play(term, publishing);
	play(term, proving);
	assert_int_equal(ps_term_close(term), 0);
	g_setenv("PSIRTDESK_NOW", LATER, TRUE);
	change_case(desk);
	term = ps_term_open(rows, cols, argv, environment);
	ps_term_expect(term, "Acknowledge the report");
	play(term, following);
	assert_int_equal(ps_term_close(term), 0);
	assert_published(desk);
	desk_free(desk);
}

static void
second_day__on_80x24(void **state)
{
	(void)state;
	play_the_day(24, 80);
}

static void
second_day__on_160x50(void **state)
{
	(void)state;
	play_the_day(50, 160);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(second_day__on_80x24),
		cmocka_unit_test(second_day__on_160x50),
	};

	if (!g_getenv("PSIRTDESK")) {
		puts("1..0 # SKIP PSIRTDESK does not name the program");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
