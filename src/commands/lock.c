#include "config.h"

/* unlock, lock: each command opens the workspace for itself; no key outlives it. */

#include "commands/command-table.h"

#include "base/i18n.h"

static int
run_unlock(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“unlock” takes no operands."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	ps_cli_line(cli, "%s",
		    _("The workspace can be unlocked with a key of yours. The GnuPG agent "
		      "may keep its passphrase for a while; this program keeps nothing."));
	return 0;
}

const PsCommand ps_command_unlock = {
	.name = "unlock",
	.usage = "",
	.summary =
		N_("Tests that you can unlock the workspace; asks for the passphrase if needed."),
	.details =
		N_("Afterwards other commands need no passphrase as long as the GnuPG agent keeps "
		   "it."),
	.example = "unlock",
	.run = run_unlock,
};

static int
run_lock(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“lock” takes no operands."));
	if (!ps_cli_store(cli, error))
		return 2;
	ps_store_lock(cli->store);
	/* The agent is what remembers. Reloading it drops its cached passphrases. */
	g_autofree char *home = ps_store_config(cli->store, "gnupg.home");
	g_auto(GStrv) environment = g_get_environ();
	if (home && *home)
		environment = g_environ_setenv(environment, "GNUPGHOME", home, TRUE);
	char *command[] = {(char *)"gpgconf", (char *)"--reload", (char *)"gpg-agent", NULL};
	g_autoptr(GError) wrong = NULL;
	int status = 0;
	if (!g_spawn_sync(NULL, command, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
			  &status, &wrong) ||
	    !g_spawn_check_wait_status(status, &wrong)) {
		g_set_error(
			error, PS_ERROR, PS_ERROR_IO,
			_("The GnuPG agent could not be told to forget its passphrases: %s. Run "
			  "“gpgconf --reload gpg-agent”."),
			wrong->message);
		return 2;
	}
	return 0;
}

const PsCommand ps_command_lock = {
	.name = "lock",
	.usage = "",
	.summary = N_("Makes the GnuPG agent forget the passphrases that it keeps."),
	.details =
		N_("This program keeps no key between two commands; the next one that needs sealed "
		   "text asks again, if the key has a passphrase."),
	.example = "lock",
	.run = run_lock,
};
