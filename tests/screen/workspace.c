#include "config.h"

#include "tests/screen/workspace.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/spawn.h"
#include "openpgp/openpgp.h"
#include "store/store.h"

const char ps_test_hostile_title[] = "Evil \033]0;pwned\a\033[2J\u202Egnp.exe \302\233"
				     "31m zero\u200Bwidth";

static void
die(const GError *error)
{
	printf("Bail out! %s\n", error ? error->message : "?");
	exit(99);
}

static void
fill(PsStore *store, int cases)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsTxn) txn = ps_txn_begin(store, "test.fill", &error);
	g_autofree char *person = txn ? ps_txn_newv(txn, "person", &error, "name", "Ada Test",
						    "email", "ada@example.com", NULL)
				      : NULL;
	if (!person)
		die(error);
	ps_store_set_person(store, person);
	for (int i = 1; i <= cases; i++) {
		g_autofree char *plain = g_strdup_printf("Overflow %d in the parser", i);
		g_autofree char *id =
			ps_txn_newv(txn, "case", &error, "title",
				    i == cases ? ps_test_hostile_title : plain, "rm", "RECEIVED",
				    "em", "NONE", "cs", "Vfdpxa", "tlp", "AMBER", "received_at",
				    "2026-11-20T08:00:00Z", NULL);
		if (!id)
			die(error);
	}
	for (int i = 1; i <= 2; i++) {
		g_autofree char *name = g_strdup_printf("Gateway %d", i);
		g_autofree char *id = ps_txn_newv(txn, "product", &error, "name", name, "vendor",
						  "Example Works", NULL);
		if (!id)
			die(error);
	}
	if (!ps_txn_commit(txn, &error))
		die(error);
}

PsTestWorkspace *
ps_test_workspace_new(int cases, const char *passphrase)
{
	PsTestWorkspace *workspace = g_new0(PsTestWorkspace, 1);
	g_autoptr(GError) error = NULL;

	workspace->home = ps_test_home_new();
	workspace->dir = g_build_filename(workspace->home->dir, "desk", NULL);
	workspace->gnupg_variable = g_strconcat("GNUPGHOME=", workspace->home->home, NULL);
	const char *user = "Ada Test <ada@example.com>";
	g_autofree char *key =
		passphrase ? ps_test_key_with_passphrase(workspace->home, user, passphrase)
			   : ps_test_key(workspace->home, user);
	g_autoptr(PsOpenpgp) openpgp = ps_openpgp_new(workspace->home->home);
	const char *const keys[] = {key, NULL};
	g_autoptr(PsStore) store =
		ps_store_create(workspace->dir, keys, NULL, ps_openpgp_key_ops(openpgp), &error);
	if (!store)
		die(error);
	if (!ps_store_set_config(store, "gnupg.home", workspace->home->home, &error))
		die(error);
	fill(store, cases);
	return workspace;
}

void
ps_test_workspace_free(PsTestWorkspace *workspace)
{
	ps_test_home_free(workspace->home);
	g_free(workspace->dir);
	g_free(workspace->gnupg_variable);
	g_free(workspace);
}

char *
ps_test_command(PsTestWorkspace *workspace, int *status, const char *first, ...)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	const char *const environment[] = {workspace->gnupg_variable, NULL};
	g_autoptr(GError) error = NULL;
	va_list arguments;

	g_ptr_array_add(argv, (gpointer)g_getenv("PSIRTDESK"));
	g_ptr_array_add(argv, (gpointer) "-w");
	g_ptr_array_add(argv, workspace->dir);
	va_start(arguments, first);
	for (const char *word = first; word; word = va_arg(arguments, const char *))
		g_ptr_array_add(argv, (gpointer)word);
	va_end(arguments);
	g_ptr_array_add(argv, NULL);
	PsSpawn spawn = {.argv = (const char *const *)argv->pdata,
			 .environment = environment,
			 .timeout_seconds = 120};
	PsSpawnResult result = {0};
	if (!ps_spawn_run(&spawn, &result, &error))
		die(error);
	g_auto(GStrv) lines = g_strsplit(result.errors ? result.errors : "", "\n", -1);
	for (int i = 0; lines[i]; i++)
		printf("# %s\n", lines[i]);
	*status = result.status;
	gsize size;
	const char *data = g_bytes_get_data(result.output, &size);
	char *text = g_strndup(data ? data : "", size);
	ps_spawn_result_clear(&result);
	return text;
}

PsTerm *
ps_test_workspace_open(const PsTestWorkspace *workspace, int rows, int cols, const char *variable)
{
	const char *argv[] = {g_getenv("PSIRTDESK"), "-w", workspace->dir, NULL};
	const char *environment[] = {workspace->gnupg_variable,
				     "PSIRTDESK_NOW=2026-11-21T10:00:00Z", variable, NULL};

	return ps_term_open(rows, cols, argv, environment);
}
