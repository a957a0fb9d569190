#include "config.h"

#include "commands/command-table.h"

#include "base/i18n.h"

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean manual = FALSE, completion = FALSE;
	const GOptionEntry entries[] = {
		{"manual", 0, 0, G_OPTION_ARG_NONE, &manual, NULL, NULL},
		{"completion", 0, 0, G_OPTION_ARG_NONE, &completion, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc > 2)
		return ps_cli_usage(cli, error, _("“help” takes one command's name."));
	if (manual)
		ps_help_manual(cli->out);
	else if (completion)
		ps_help_completion(cli->out);
	else if (argc == 1)
		ps_help_overview(cli->out);
	else if (ps_command_find(argv[1]))
		ps_help_command(cli->out, ps_command_find(argv[1]));
	else
		return ps_cli_usage(cli, error, _("There is no command “%s”."), argv[1]);
	return 0;
}

const PsCommand ps_command_help = {
	.name = "help",
	.usage = "[COMMAND]\n--manual\n--completion",
	.summary = N_("What the commands do."),
	.details = N_("--manual prints the COMMANDS section of the manual page, --completion a "
		      "completion script for bash."),
	.example = "help init",
	.run = run,
};
