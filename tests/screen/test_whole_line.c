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

#include "base/file.h"
#include "tests/screen/pty.h"

#define NOW "2026-11-21T10:00:00Z"
#define NUMBER "PSIRT-2026-0008" /* the demo has seven cases */
#define ADVISORY "provider/white/2026/psirt-2026-0008.json"

typedef struct {
	char *root, *workspace, *gnupg, *editor;
} Desk;

/* ---- the place ---- */

static void
run(const char *const *argv)
{
	g_autofree char *err = NULL;
	int status = -1;

	g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
		     NULL, NULL, NULL, &err, &status, NULL);
	if (status != 0)
		fail_msg("%s %s: %s", argv[0], argv[1], err);
}

static Desk *
desk_new(void)
{
	Desk *desk = g_new0(Desk, 1);

	desk->root = g_strdup("/tmp/psXXXXXX");
	assert_non_null(g_mkdtemp(desk->root));
	desk->workspace = g_build_filename(desk->root, "w", NULL);
	desk->gnupg = g_build_filename(desk->workspace, "gnupg", NULL);
	desk->editor = g_build_filename(desk->root, "editor", NULL);
	assert_true(
		ps_file_write(desk->editor,
			      "#!/bin/sh\necho 'The broker trusts a key that is in every image.' "
			      ">\"$1\"\n",
			      -1, 0700, NULL));
	g_setenv("PSIRTDESK_NOW", NOW, TRUE);
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, "init", "--demo", NULL};
	run(argv);
	return desk;
}

static void
desk_free(Desk *desk)
{
	const char *argv[] = {"gpgconf", "--homedir", desk->gnupg, "--kill", "all", NULL};

	run(argv);
	ps_dir_remove(desk->root, NULL);
	g_free(desk->root);
	g_free(desk->workspace);
	g_free(desk->gnupg);
	g_free(desk->editor);
	g_free(desk);
}

/* ---- the day ---- */

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

static const Step reading[] = {
	{"", "Acknowledge the report"}, {"2", "Another one, please see"},  {"j", "2/20"},
	{"\r", "factory.key"},          {"", "good signature, known key"}, {NULL, NULL},
};

static const Step opening[] = {
	{"c", "Title of the new case"},
	{"\025Broker trusts the factory key\r", NUMBER " is open"},
	{"\r", "Will be encrypted and signed"},
	{"s", "This can't be"},
	{"y", "Sent, and filed."},
	{NULL, NULL},
};

static const Step judging[] = {
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

static const Step deciding[] = {
	{"t", "Acknowledged"},
	{"d", "What do we do?"},
	{"\r", "Why"},
	{"The key is no secret\r", "Which release has the fix?"},
	{"\r", "What users should do"},
	{"Install 4.2.2\r", "Decided: fix"},
	{"q", "The key is no secret"},
	{NULL, NULL},
};

static const Step publishing[] = {
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
assert_published(const Desk *desk)
{
	g_autofree char *json = g_build_filename(desk->workspace, ADVISORY, NULL);
	g_autofree char *asc = g_strconcat(json, ".asc", NULL);
	g_autofree char *folder = g_path_get_dirname(json);
	g_autofree char *check =
		g_strdup_printf("cd %s && sha256sum -c *.json.sha256 && sha512sum -c *.json.sha512",
				folder);
	const char *verify[] = {"gpg", "--homedir", desk->gnupg, "--verify", asc, json, NULL};
	const char *hashes[] = {"sh", "-c", check, NULL};
	const char *whole[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, "verify", NULL};

	run(verify);
	run(hashes);
	run(whole);
}

static void
play_a_day(int rows, int cols, const char *colours)
{
	Desk *desk = desk_new();
	g_autofree char *editor = g_strconcat("EDITOR=", desk->editor, NULL);
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", desk->workspace, NULL};
	const char *environment[] = {editor, "VISUAL=", colours, NULL};
	PsTerm *term = ps_term_open(rows, cols, argv, environment);

	play(term, reading);
	ps_term_expect_gone(term, "locked");
	play(term, opening);
	ps_term_resize(term, 30, 100);
	play(term, judging);
	ps_term_resize(term, rows, cols);
	play(term, deciding);
	play(term, publishing);
	assert_int_equal(ps_term_close(term), 0);
	assert_published(desk);
	desk_free(desk);
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
