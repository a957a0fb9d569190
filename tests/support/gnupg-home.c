#include "config.h"

#include "gnupg-home.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "base/file.h"
#include "base/spawn.h"
#include "openpgp/generate.h"

static void
die(const char *what, const GError *error)
{
	printf("Bail out! %s: %s\n", what, error ? error->message : "?");
	exit(99);
}

static void
write_file(const char *dir, const char *name, const char *text, int mode)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	g_autoptr(GError) error = NULL;

	if (!ps_file_write(path, text, -1, mode, &error))
		die(path, error);
}

/* A pinentry without a person: it answers with the contents of the file "passphrase". */
static const char pinentry[] =
	"#!/bin/sh\n"
	"echo OK ready\n"
	"while read -r command rest; do\n"
	"	case $command in\n"
	"	GETPIN)\n"
	"		if [ -f %1$s/passphrase ]; then\n"
	"			printf 'D %%s\\nOK\\n' \"$(cat %1$s/passphrase)\"\n"
	"		else\n"
	"			echo 'ERR 83886179 Operation cancelled <Pinentry>'\n"
	"		fi ;;\n"
	"	BYE) echo OK; exit 0 ;;\n"
	"	*) echo OK ;;\n"
	"	esac\n"
	"done\n";

/* In memory where scripts may run there and there is room: real disks take their time to sync, and
 * every commit waits for them. */
static const char *
place(void)
{
	struct statvfs fs;

	if (statvfs("/dev/shm", &fs) == 0 && !(fs.f_flag & (ST_NOEXEC | ST_RDONLY)) &&
	    (guint64)fs.f_bavail * fs.f_frsize > (guint64)256 << 20 &&
	    access("/dev/shm", W_OK) == 0)
		return "/dev/shm/psXXXXXX";
	return "/tmp/psXXXXXX";
}

PsTestHome *
ps_test_home_new(void)
{
	PsTestHome *test = g_new0(PsTestHome, 1);
	g_autoptr(GError) error = NULL;

	test->dir = g_strdup(place());
	if (!g_mkdtemp_full(test->dir, 0700))
		die("mkdtemp", NULL);
	test->home = g_build_filename(test->dir, "g", NULL);
	if (!ps_dir_make(test->home, 0700, &error))
		die(test->home, error);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	g_autofree char *script = g_strdup_printf(pinentry, test->home);
#pragma GCC diagnostic pop
	g_autofree char *agent = g_strdup_printf("pinentry-program %s/pinentry\n"
						 "max-cache-ttl 600\n",
						 test->home);
	write_file(test->home, "pinentry", script, 0700);
	write_file(test->home, "gpg-agent.conf", agent, 0600);
	return test;
}

void
ps_test_home_free(PsTestHome *test)
{
	if (!test)
		return;
	ps_openpgp_kill_agents(test->home);
	ps_dir_remove(test->dir, NULL);
	g_free(test->dir);
	g_free(test->home);
	g_free(test);
}

static char *
generate(PsTestHome *test, const PsGenerate *options)
{
	g_autoptr(GError) error = NULL;
	char *fingerprint = ps_openpgp_generate(test->home, options, &error);

	if (!fingerprint)
		die(options->user_id, error);
	return fingerprint;
}

char *
ps_test_key(PsTestHome *test, const char *user_id)
{
	return generate(test, &(PsGenerate){.user_id = user_id});
}

char *
ps_test_key_with_passphrase(PsTestHome *test, const char *user_id, const char *passphrase)
{
	return generate(test, &(PsGenerate){.user_id = user_id, .passphrase = passphrase});
}

char *
ps_test_key_expired(PsTestHome *test, const char *user_id)
{
	return generate(test,
			&(PsGenerate){.user_id = user_id, .made_at = "20200101T000000", .days = 1});
}

void
ps_test_pinentry(PsTestHome *test, const char *passphrase)
{
	g_autofree char *path = g_build_filename(test->home, "passphrase", NULL);

	if (passphrase)
		write_file(test->home, "passphrase", passphrase, 0600);
	else
		g_unlink(path);
}

void
ps_test_forget_passphrases(PsTestHome *test)
{
	g_autoptr(GBytes) said =
		ps_test_run(test, NULL, "gpg-connect-agent", "RELOADAGENT", "/bye", NULL);
}

GBytes *
ps_test_run(PsTestHome *test, GBytes *input, const char *first, ...)
{
	g_autofree char *variable = g_strconcat("GNUPGHOME=", test->home, NULL);
	const char *environment[] = {variable, NULL};
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	PsSpawnResult result;
	va_list arguments;

	va_start(arguments, first);
	for (const char *a = first; a; a = va_arg(arguments, const char *))
		g_ptr_array_add(argv, (gpointer)a);
	va_end(arguments);
	g_ptr_array_add(argv, NULL);
	PsSpawn spawn = {.argv = (const char *const *)argv->pdata,
			 .environment = environment,
			 .input = input,
			 .output_limit = 64 << 20,
			 .timeout_seconds = 120};
	if (!ps_spawn_run(&spawn, &result, &error))
		die(first, error);
	if (result.status != 0) {
		printf("# %s: %s\n", first, result.errors);
		die(first, NULL);
	}
	GBytes *output = g_bytes_ref(result.output);
	ps_spawn_result_clear(&result);
	return output;
}

GBytes *
ps_test_text(const char *text)
{
	return g_bytes_new(text, strlen(text));
}
