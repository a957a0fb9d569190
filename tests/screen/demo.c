#include "config.h"

#include "tests/screen/demo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/file.h"

char *
ps_test_run(const char *const *argv)
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

char *
ps_test_demo_command(const PsTestDemo *demo, const char *first, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	va_list arguments;

	g_ptr_array_add(argv, (gpointer)g_getenv("PSIRTDESK"));
	g_ptr_array_add(argv, (gpointer) "-w");
	g_ptr_array_add(argv, demo->workspace);
	va_start(arguments, first);
	for (const char *word = first; word; word = va_arg(arguments, const char *))
		g_ptr_array_add(argv, (gpointer)word);
	va_end(arguments);
	g_ptr_array_add(argv, NULL);
	return ps_test_run((const char *const *)argv->pdata);
}

PsTestDemo *
ps_test_demo_new(const char *typed)
{
	PsTestDemo *demo = g_new0(PsTestDemo, 1);

	demo->root = g_strdup("/tmp/psXXXXXX");
	assert_non_null(g_mkdtemp(demo->root));
	demo->workspace = g_build_filename(demo->root, "w", NULL);
	demo->gnupg = g_build_filename(demo->workspace, "gnupg", NULL);
	g_autofree char *editor = g_build_filename(demo->root, "editor", NULL);
	if (typed) {
		g_autofree char *script = g_strdup_printf("#!/bin/sh\necho '%s' >\"$1\"\n", typed);
		assert_true(ps_file_write(editor, script, -1, 0700, NULL));
	}
	demo->editor = g_strconcat("EDITOR=", editor, NULL);
	g_setenv("PSIRTDESK_NOW", PS_TEST_DEMO_NOW, TRUE);
	g_free(ps_test_demo_command(demo, "init", "--demo", NULL));
	return demo;
}

void
ps_test_demo_free(PsTestDemo *demo)
{
	const char *argv[] = {"gpgconf", "--homedir", demo->gnupg, "--kill", "all", NULL};

	g_free(ps_test_run(argv));
	ps_dir_remove(demo->root, NULL);
	g_free(demo->root);
	g_free(demo->workspace);
	g_free(demo->gnupg);
	g_free(demo->editor);
	g_free(demo);
}

PsTerm *
ps_test_demo_open(const PsTestDemo *demo, int rows, int cols, const char *variable)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", demo->workspace, NULL};
	const char *environment[] = {demo->editor, "VISUAL=", variable, NULL};

	return ps_term_open(rows, cols, argv, environment);
}
