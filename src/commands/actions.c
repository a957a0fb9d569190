#include "config.h"

#include "commands/command-table.h"

#include "base/i18n.h"

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“actions” takes no operands."));
	cli->workstation->print_actions(cli->out, cli->json);
	return 0;
}

const PsCommand ps_command_actions = {
	.name = "actions",
	.usage = "",
	.summary = N_("Every action of the workstation with its keys."),
	.details = N_("Columns, parted by TAB: action, keys, where it applies, what it does. With "
		      "--json: an object a line."),
	.example = "actions",
	.run = run,
};
