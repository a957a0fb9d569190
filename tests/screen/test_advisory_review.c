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

#include "tests/screen/demo.h"

#define BEFORE "2026-11-21T09:00:00Z"
#define CASE "PSIRT-2026-0001" /* published in the demo */

/* ---- the place ---- */

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
sit_down(const PsTestDemo *desk, const char *name)
{
	g_autofree char *people = ps_test_demo_command(desk, "list", "person", NULL);
	g_autofree char *person = id_of(people, name);

	g_free(ps_test_demo_command(desk, "config", "user.person", person, NULL));
}

static PsTestDemo *
desk_new(void)
{
	PsTestDemo *desk = ps_test_demo_new(NULL);

	g_free(ps_test_demo_command(desk, "config", "advisory.second_person", "yes", NULL));
	g_autofree char *flaws =
		ps_test_demo_command(desk, "list", "vulnerability", "case=" CASE, NULL);
	g_autofree char *flaw = g_strndup(flaws, strcspn(flaws, "\t"));
	g_free(ps_test_demo_command(desk, "set", "vulnerability", flaw,
				    "description=Anybody can compute the cookie.", NULL));
	return desk;
}

static PsTerm *
open_advisory(const PsTestDemo *desk, int rows, int cols)
{
	PsTerm *term = ps_test_demo_open(desk, rows, cols, "NO_COLOR=1");

	ps_term_expect(term, "Acknowledge the report");
	ps_term_send(term, ":pane.open advisory " CASE "\r");
	ps_term_expect(term, "Identifier: " CASE);
	return term;
}

/* ---- two people ---- */

static const PsTermStep asking[] = {
	{"v", "The review is asked for"},
	{"A", "somebody else has to approve it"},
	{"V", "Where it stands"},
	{"", "asked for the review of version 2"},
	{"q", "Identifier"},
	{NULL, NULL},
};

static const PsTermStep sending_back[] = {
	{"B", "What has to change?"},
	{"Name the products.\r", "The draft is sent back."},
	{"V", "1 comment is open."},
	{"q", "Identifier"},
	{NULL, NULL},
};

static const PsTermStep approving[] = {
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

static const PsTermStep ending[] = {
	{":advisory.withdraw The flaw does not exist.\r", "The next version withdraws it"},
	{"", "Withdrawn: "},
	{":advisory.keep\r", "Called off"},
	{NULL, NULL},
};

static void
play_review(int rows, int cols)
{
	PsTestDemo *desk = desk_new();
	PsTerm *term = open_advisory(desk, rows, cols);

	ps_term_play(term, asking);
	assert_int_equal(ps_term_close(term), 0);
	sit_down(desk, "Jonas");
	term = open_advisory(desk, rows, cols);
	ps_term_play(term, sending_back);
	ps_term_play(term, approving);
	ps_term_play(term, ending);
	assert_int_equal(ps_term_close(term), 0);
	g_autofree char *versions = ps_test_demo_command(desk, "advisory", "versions", CASE, NULL);
	assert_non_null(strstr(versions, "Jonas"));
	g_free(ps_test_demo_command(desk, "verify", NULL));
	ps_test_demo_free(desk);
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
	PsTestDemo *desk = desk_new();

	(void)state;
	g_free(ps_test_demo_command(desk, "config", "advisory.second_person", "no", NULL));
	g_setenv("PSIRTDESK_NOW", BEFORE, TRUE);
	g_free(ps_test_demo_command(desk, "advisory", "publish", CASE, "--at",
				    "2026-11-21T09:30:00Z", NULL));
	g_setenv("PSIRTDESK_NOW", PS_TEST_DEMO_NOW, TRUE);
	PsTerm *term = ps_test_demo_open(desk, 24, 80, "NO_COLOR=1");
	ps_term_expect(term, "is published as armed, version 2");
	assert_int_equal(ps_term_close(term), 0);
	ps_test_demo_free(desk);
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
