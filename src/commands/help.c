#include "config.h"

#include "commands/command-table.h"

#include "base/i18n.h"

static void
print_actions(FILE *out, const PsWorkstation *workstation)
{
	workstation->print_actions_man(out);
}

static void
print_commands(FILE *out, const PsWorkstation *workstation)
{
	(void)workstation;
	ps_help_manual(out);
}

static void
print_settings(FILE *out, const PsWorkstation *workstation)
{
	(void)workstation;
	ps_help_settings(out);
}

/* Sections of the manual that are printed from tables. */
static const struct {
	const char *name;
	void (*print)(FILE *out, const PsWorkstation *workstation);
} sections[] = {
	{"commands", print_commands},
	{"actions", print_actions},
	{"settings", print_settings},
};

static int
print_section(PsCli *cli, const char *name, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
		if (!g_str_equal(sections[i].name, name))
			continue;
		sections[i].print(cli->out, cli->workstation);
		return 0;
	}
	return ps_cli_usage(cli, error, _("The manual has no generated section “%s”."), name);
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *section = NULL;
	gboolean completion = FALSE;
	const GOptionEntry entries[] = {
		{"manual", 0, 0, G_OPTION_ARG_STRING, &section, NULL, NULL},
		{"completion", 0, 0, G_OPTION_ARG_NONE, &completion, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc > 2)
		return ps_cli_usage(cli, error, _("“help” takes one command's name."));
	if (section)
		return print_section(cli, section, error);
	if (completion)
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
	.usage = "[COMMAND]\n--manual SECTION\n--completion",
	.summary = N_("What the commands do."),
	.details = N_("--manual prints a section of the manual page from the program's tables "
		      "(commands, actions, settings), --completion a completion script for bash."),
	.example = "help init",
	.run = run,
};
