#include "config.h"

/* The whole line by keyboard, in the real program on the demo workspace: from the encrypted report
 * to the signed advisory, on small and large screens, with and without colours, and with a resize
 * in the middle of it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "tests/screen/demo.h"

#define NUMBER "PSIRT-2026-0008" /* the demo has seven cases */
#define ADVISORY "provider/white/2026/psirt-2026-0008.json"

/* ---- the day ---- */

static const PsTermStep reading[] = {
	{"", "Acknowledge the report"}, {"2", "Another one, please see"},  {"j", "2/20"},
	{"\r", "factory.key"},          {"", "good signature, known key"}, {NULL, NULL},
};

static const PsTermStep opening[] = {
	{"c", "Title of the new case"},
	{"\025Broker trusts the factory key\r", NUMBER " is open"},
	{"\r", "Will be encrypted and signed"},
	{"s", "This can't be"},
	{"y", "Sent, and filed."},
	{NULL, NULL},
};

static const PsTermStep judging[] = {
	{"3", "Broker trusts"},
	{"\r", "Judge the report"},
	{"R", "The report is right"},
	{"\r", "valid, to be prioritised"},
	{"a", "0 judged"},
	{"a", "1 judged"},
	{"q", "1 affected"},
	{"s", "missing: AV AC PR UI S C I A"},
	{"\033[200~CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:N\033[201~", "8.2 High"},
	{"\033OB\033OC", "6.5 Medium"},
	{"\033OD", "8.2 High"},
	{"s", "Saved: 8.2 High"},
	{"q", "ours 3.1: 8.2 High"},
	{NULL, NULL},
};

static const PsTermStep deciding[] = {
	{"t", "Acknowledged"},
	{"d", "What do we do?"},
	{"\r", "Why"},
	{"The key is no secret\r", "Which release has the fix?"},
	{"\r", "What users should do"},
	{"Install 4.2.2\r", "Decided: fix"},
	{"q", "The key is no secret"},
	{NULL, NULL},
};

static const PsTermStep publishing[] = {
	{"v", "no advisory yet"},
	{"n", "drafted from the case"},
	{"m", "is not described"},
	{"\r", "Description"},
	{"jjjj\r", "every image"},
	{"q", "no CVE id"},
	{"t", "Identifier: PSIRT-"},
	{"\006", "every image"},
	{"A", "approved version 1"},
	{"P", "to confirm"},
	{NUMBER "\r", "Version 1 is published"},
	{NULL, NULL},
};

static void
assert_published(const PsTestDemo *desk)
{
	g_autofree char *json = g_build_filename(desk->workspace, ADVISORY, NULL);
	g_autofree char *asc = g_strconcat(json, ".asc", NULL);
	g_autofree char *folder = g_path_get_dirname(json);
	g_autofree char *check =
		g_strdup_printf("cd %s && sha256sum -c *.json.sha256 && sha512sum -c *.json.sha512",
				folder);
	const char *verify[] = {"gpg", "--homedir", desk->gnupg, "--verify", asc, json, NULL};
	const char *hashes[] = {"sh", "-c", check, NULL};

	g_free(ps_test_run(verify));
	g_free(ps_test_run(hashes));
	g_free(ps_test_demo_command(desk, "verify", NULL));
}

static void
play_a_day(int rows, int cols, const char *colours)
{
	PsTestDemo *desk = ps_test_demo_new("The broker trusts a key that is in every image.");
	PsTerm *term = ps_test_demo_open(desk, rows, cols, colours);

	ps_term_play(term, reading);
	ps_term_expect_gone(term, "locked");
	ps_term_play(term, opening);
	ps_term_resize(term, 30, 100);
	ps_term_play(term, judging);
	ps_term_resize(term, rows, cols);
	ps_term_play(term, deciding);
	ps_term_play(term, publishing);
	assert_int_equal(ps_term_close(term), 0);
	assert_published(desk);
	ps_test_demo_free(desk);
}

static void
whole_line__on_80x24_without_colours(void **state)
{
	(void)state;
	play_a_day(24, 80, "NO_COLOR=1");
}

static void
whole_line__on_80x24_with_256_colours(void **state)
{
	(void)state;
	play_a_day(24, 80, "NO_COLOR=");
}

static void
whole_line__on_160x50_without_colours(void **state)
{
	(void)state;
	play_a_day(50, 160, "NO_COLOR=1");
}

static void
whole_line__on_160x50_with_256_colours(void **state)
{
	(void)state;
	play_a_day(50, 160, "NO_COLOR=");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_line__on_80x24_without_colours),
		cmocka_unit_test(whole_line__on_80x24_with_256_colours),
		cmocka_unit_test(whole_line__on_160x50_without_colours),
		cmocka_unit_test(whole_line__on_160x50_with_256_colours),
	};

	if (!g_getenv("PSIRTDESK")) {
		puts("1..0 # SKIP PSIRTDESK does not name the program");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
