#include "config.h"

/* init: makes a workspace. */

#include "commands/command-table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cases/edit.h"
#include "commands/demo.h"

typedef struct {
	char **recipients;
	char *group, *person, *email, *gnupg_home;
	gboolean demo;
} Options;

static void
options_clear(Options *options)
{
	g_strfreev(options->recipients);
	g_free(options->group);
	g_free(options->person);
	g_free(options->email);
	g_free(options->gnupg_home);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* ---- recipients ---- */

static char *
read_line(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length = getline(&line, &size, stdin);

	if (length < 0) {
		free(line);
		return NULL;
	}
	char *answer = g_strstrip(g_strdup(line));
	free(line);
	return answer;
}

/* On a terminal only: one key a line, an empty line ends. */
static char **
ask_recipients(PsCli *cli)
{
	GStrvBuilder *builder = g_strv_builder_new();

	fputs(_("Who may open this workspace? Name OpenPGP keys by address or fingerprint, one a "
		"line;\nat least two, so that a lost key does not lose everything. An empty line "
		"ends.\n"),
	      cli->err);
	for (;;) {
		fputs("> ", cli->err);
		g_autofree char *line = read_line();
		if (!line || !*line)
			break;
		g_strv_builder_add(builder, line);
	}
	char **recipients = g_strv_builder_end(builder);
	g_strv_builder_unref(builder);
	return recipients;
}

static gboolean
find_keys(PsCli *cli, char *const *recipients, GPtrArray *keys, GError **error)
{
	for (; *recipients; recipients++) {
		g_autoptr(PsKey) key = ps_openpgp_find_key(cli->openpgp, *recipients, error);
		g_autofree char *problem = key ? ps_key_problem(key) : NULL;
		gboolean known = FALSE;
		if (!key)
			return FALSE;
		if (problem) {
			g_set_error_literal(error, PS_ERROR, PS_ERROR_NO_KEY, problem);
			return FALSE;
		}
		for (guint i = 0; i < keys->len; i++)
			known = known || g_str_equal(((PsKey *)keys->pdata[i])->fingerprint,
						     key->fingerprint);
		if (!known)
			g_ptr_array_add(keys, g_steal_pointer(&key));
	}
	return TRUE;
}

/* The key of who sits here: the first whose secret part is at hand. */
static const PsKey *
own_key(GPtrArray *keys)
{
	for (guint i = 0; i < keys->len; i++)
		if (((PsKey *)keys->pdata[i])->secret)
			return keys->pdata[i];
	return NULL;
}

static void
tell_risks(PsCli *cli, GPtrArray *keys)
{
	if (keys->len == 1)
		ps_cli_note(cli,
			    _("Only one key opens this workspace. If it is lost, everything that "
			      "is sealed in it is lost: add a second one (“psirtdesk person keys "
			      "KEY KEY”), or keep a copy of the secret key in a safe place."));
	if (!own_key(keys))
		ps_cli_note(cli, _("The secret part of none of these keys is here: you can't open "
				   "this workspace on this machine."));
}

/* ---- making ---- */

static gboolean
add_person(PsCli *cli, const Options *options, const PsKey *key, GError **error)
{
	const char *name = options->person     ? options->person
			   : key && *key->name ? key->name
					       : g_get_real_name();
	const char *email = options->email ? options->email : key ? key->address : NULL;
	const char *pairs[] = {"name",        name,
			       "email",       email ? email : "",
			       "account",     g_get_user_name(),
			       "fingerprint", key ? key->fingerprint : "",
			       "role",        "administrator",
			       NULL};
	g_autoptr(PsTxn) txn = ps_txn_begin(cli->store, "person.add", error);
	g_autofree char *id = txn ? ps_edit_new(txn, "person", (char *const *)pairs, error) : NULL;

	if (!id || !ps_txn_commit(txn, error))
		return FALSE;
	ps_store_set_person(cli->store, id);
	return TRUE;
}

static gboolean
make_workspace(PsCli *cli, const Options *options, GPtrArray *keys, GError **error)
{
	g_autoptr(GPtrArray) fingerprints = g_ptr_array_new();
	const PsKey *own = own_key(keys);

	for (guint i = 0; i < keys->len; i++)
		g_ptr_array_add(fingerprints, ((PsKey *)keys->pdata[i])->fingerprint);
	g_ptr_array_add(fingerprints, NULL);
	cli->store = ps_store_create(cli->workspace, (const char *const *)fingerprints->pdata,
				     options->group, ps_cli_key_ops(cli), error);
	if (!cli->store)
		return FALSE;
	if (options->gnupg_home &&
	    !ps_store_set_config(cli->store, "gnupg.home", options->gnupg_home, error))
		return FALSE;
	return add_person(cli, options, own, error);
}

static int
make_real(PsCli *cli, Options *options, GError **error)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func((GDestroyNotify)ps_key_free);

	if (!options->recipients && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		options->recipients = ask_recipients(cli);
	if (!options->recipients || !*options->recipients)
		return ps_cli_usage(
			cli, error,
			_("Nothing was made: say with --recipient whose OpenPGP keys open "
			  "the workspace, at least two, so that a lost key does not lose "
			  "everything."));
	if (options->gnupg_home) {
		char *absolute = g_canonicalize_filename(options->gnupg_home, NULL);
		g_free(options->gnupg_home);
		options->gnupg_home = absolute;
	}
	if (!ps_openpgp_check_home(options->gnupg_home, error))
		return 2;
	cli->openpgp = ps_openpgp_new(options->gnupg_home);
	if (!find_keys(cli, options->recipients, keys, error) ||
	    !make_workspace(cli, options, keys, error))
		return 2;
	tell_risks(cli, keys);
	ps_cli_line(cli, "%s", cli->workspace);
	return 0;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {0};
	const GOptionEntry entries[] = {
		{"demo", 0, 0, G_OPTION_ARG_NONE, &options.demo, NULL, NULL},
		{"group", 0, 0, G_OPTION_ARG_STRING, &options.group, NULL, NULL},
		{"recipient", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.recipients, NULL, NULL},
		{"person", 0, 0, G_OPTION_ARG_STRING, &options.person, NULL, NULL},
		{"email", 0, 0, G_OPTION_ARG_STRING, &options.email, NULL, NULL},
		{"gnupg-home", 0, 0, G_OPTION_ARG_FILENAME, &options.gnupg_home, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“init” takes no operands: say where with -w."));
	if (!options.demo)
		return make_real(cli, &options, error);
	if (options.recipients || options.person || options.gnupg_home || options.group)
		return ps_cli_usage(
			cli, error,
			_("The demo has people and keys of its own: --demo goes alone."));
	if (!ps_demo_make(cli, error))
		return 2;
	ps_cli_line(cli, "%s", cli->workspace);
	return 0;
}

const PsCommand ps_command_init = {
	.name = "init",
	.usage = "--recipient KEY… [--person NAME] [--email ADDRESS] [--gnupg-home DIR] [--group "
		 "GROUP]\n"
		 "--demo",
	.summary = N_("Makes a workspace."),
	.details = N_(
		"Each --recipient names an OpenPGP key (address or fingerprint) that opens the "
		"workspace; name at least two, so that a lost key does not lose everything. On a "
		"terminal they are asked for. --person is your name (else that of the first key "
		"whose secret part is here), --gnupg-home another GnuPG home than yours, --group "
		"a group of accounts that share the workspace.\n\n"
		"--demo makes a fictional manufacturer with products, keys, mail and cases, to "
		"look around and to practise. It uses a GnuPG home of its own and no network."),
	.example = "-w ~/psirt init --recipient ada@example.com --recipient safe@example.com",
	.run = run,
};
