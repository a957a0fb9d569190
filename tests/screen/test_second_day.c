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

#include "tests/screen/demo.h"

#define LATER "2026-11-22T10:00:00Z"
#define CASE "PSIRT-2026-0002"

static const PsTermStep judging[] = {
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

static const PsTermStep mending[] = {
	{"v", "n draft"},
	{"", "Advisory › " CASE},
	{"n", "drafted from the case"},
	{"\t", "Document"},
	{"m", "wants to be named"},
	{"\r", "Participant Tomasz Wrona"},
	{"q", "open the record that lacks it"},
	{NULL, NULL},
};

static const PsTermStep publishing[] = {
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

static const PsTermStep proving[] = {
	{"D", "Release day › " CASE " version 1"},
	{"", "5 open"},
	{"\r", "What shows it"},
	{"Download page\r", "4 open"},
	{"j\r", "nothing is left to do here"},
	{"q", "Version: 1 (final)"},
	{NULL, NULL},
};

static const PsTermStep following[] = {
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
change_case(const PsTestDemo *desk)
{
	g_free(ps_test_demo_command(desk, "case", "affect", CASE, "C5 2.8.0", "fixed", NULL));
}

static void
assert_published(const PsTestDemo *desk)
{
	g_autofree char *provider = g_build_filename(desk->workspace, "provider", NULL);

	g_free(ps_test_demo_command(desk, "provider", "check", provider, NULL));
	g_autofree char *vex =
		ps_test_demo_command(desk, "advisory", "export", CASE, "--format", "openvex", NULL);
	assert_non_null(strstr(vex, "CVE-2026-91000"));
}

static void
play_the_day(int rows, int cols)
{
	PsTestDemo *desk = ps_test_demo_new(NULL);
	PsTerm *term = ps_test_demo_open(desk, rows, cols, "NO_COLOR=1");

	ps_term_play(term, judging);
	ps_term_play(term, mending);
	ps_term_play(term, publishing);
	ps_term_play(term, proving);
	assert_int_equal(ps_term_close(term), 0);
	g_setenv("PSIRTDESK_NOW", LATER, TRUE);
	change_case(desk);
	term = ps_test_demo_open(desk, rows, cols, "NO_COLOR=1");
	ps_term_expect(term, "Acknowledge the report");
	ps_term_play(term, following);
	assert_int_equal(ps_term_close(term), 0);
	assert_published(desk);
	ps_test_demo_free(desk);
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
