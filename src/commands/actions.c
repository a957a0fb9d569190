#include "config.h"

#include "commands/command-table.h"

#include <stdlib.h>

#include "base/i18n.h"

/* The table prints an object a line; here it becomes one value. */
static void
print_array(PsCli *cli)
{
	char *text = NULL;
	size_t length = 0;
	FILE *lines = open_memstream(&text, &length);

	if (!lines)
		return;
	cli->workstation->print_actions(lines, TRUE);
	fclose(lines);
	g_auto(GStrv) objects = g_strsplit(g_strchomp(text), "\n", -1);
	g_autofree char *joined = g_strjoinv(",\n", objects);
	fprintf(cli->out, "[\n%s\n]\n", joined);
	free(text);
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“actions” takes no operands."));
	if (cli->json)
		print_array(cli);
	else
		cli->workstation->print_actions(cli->out, FALSE);
	return 0;
}

const PsCommand ps_command_actions = {
	.name = "actions",
	.usage = "",
	.summary = N_("Every action of the workstation with its keys."),
	.details = N_("Columns, parted by TAB: action, keys, where it applies, what it does. With "
		      "--json: an array."),
	.example = "actions",
	.run = run,
};
