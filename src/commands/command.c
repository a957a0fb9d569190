#include "config.h"

/* The frame around every headless command: global options before and after the command's name, the
 * look-up in the table, messages and exit status.
 *
 * Arguments are read in two steps, both with GOption: here the global options are taken out
 * wherever they stand (but not behind a "--"), then the command takes its own with
 * ps_cli_options(). */

#include "commands/command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

typedef struct {
	gboolean help, version;
} Globals;

/* ---- options ---- */

static GOptionContext *
quiet_context(const GOptionEntry *entries)
{
	GOptionContext *context = g_option_context_new(NULL);

	g_option_context_set_help_enabled(context, FALSE);
	if (entries)
		g_option_context_add_main_entries(context, entries, NULL);
	return context;
}

static int
index_of_dashes(int argc, char **argv)
{
	int i = 1;

	while (i < argc && !g_str_equal(argv[i], "--"))
		i++;
	return i;
}

/* Parses argv[1] up to the first "--"; what is not taken stays, and so does everything behind. */
static gboolean
parse_before_dashes(GOptionContext *context, int *argc, char **argv, GError **error)
{
	int dashes = index_of_dashes(*argc, argv), left = dashes;
	char *behind = argv[dashes];

	argv[dashes] = NULL;
	gboolean done = g_option_context_parse(context, &left, &argv, error);
	argv[dashes] = behind;
	if (!done)
		return FALSE;
	memmove(argv + left, argv + dashes, (gsize)(*argc - dashes + 1) * sizeof *argv);
	*argc = left + *argc - dashes;
	return TRUE;
}

static gboolean
take_globals(PsCli *cli, Globals *globals, int *argc, char **argv, GError **error)
{
	g_autofree char *workspace = NULL;
	const GOptionEntry entries[] = {
		{"workspace", 'w', 0, G_OPTION_ARG_FILENAME, &workspace, NULL, NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, NULL, NULL},
		{"readonly", 0, 0, G_OPTION_ARG_NONE, &cli->readonly, NULL, NULL},
		{"script", 0, 0, G_OPTION_ARG_FILENAME, &cli->script, NULL, NULL},
		{"help", 'h', 0, G_OPTION_ARG_NONE, &globals->help, NULL, NULL},
		{"version", 0, 0, G_OPTION_ARG_NONE, &globals->version, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	g_autoptr(GOptionContext) context = quiet_context(entries);

	g_option_context_set_ignore_unknown_options(context, TRUE);
	gboolean done = parse_before_dashes(context, argc, argv, error);
	if (workspace) {
		g_free(cli->workspace);
		cli->workspace = g_steal_pointer(&workspace);
	}
	return done;
}

gboolean
ps_cli_options(PsCli *cli, const GOptionEntry *entries, int *argc, char ***argv, GError **error)
{
	g_autoptr(GOptionContext) context = quiet_context(entries);
	g_autoptr(GError) wrong = NULL;

	if (!parse_before_dashes(context, argc, *argv, &wrong)) {
		ps_cli_usage(cli, error, "%s.", wrong->message);
		return FALSE;
	}
	int dashes = index_of_dashes(*argc, *argv);
	if (dashes < *argc) {
		memmove(*argv + dashes, *argv + dashes + 1,
			(gsize)(*argc - dashes) * sizeof **argv);
		--*argc;
	}
	return TRUE;
}

static gboolean
is_form_of(const char *form, const char *subcommand)
{
	gsize n = strlen(subcommand);

	return strncmp(form, subcommand, n) == 0 && (form[n] == '\0' || form[n] == ' ');
}

/* The forms of a subcommand (NULL: all); FALSE: there is none. */
static gboolean
add_usage(GString *text, const PsCommand *command, const char *subcommand)
{
	g_auto(GStrv) forms = ps_help_forms(command);
	gboolean any = FALSE;

	for (char **form = forms; *form; form++) {
		if (subcommand && !is_form_of(*form, subcommand))
			continue;
		g_string_append_printf(text, "\n%s psirtdesk %s%s%s", any ? "      " : _("Usage:"),
				       command->name, **form ? " " : "", *form);
		any = TRUE;
	}
	return any;
}

int
ps_cli_usage(PsCli *cli, GError **error, const char *format, ...)
{
	GString *text = g_string_new(NULL);
	va_list arguments;

	va_start(arguments, format);
	g_string_append_vprintf(text, format, arguments);
	va_end(arguments);
	if (cli->command && !add_usage(text, cli->command, cli->subcommand))
		add_usage(text, cli->command, NULL);
	g_set_error_literal(error, PS_ERROR, PS_ERROR_USAGE, text->str);
	g_string_free(text, TRUE);
	return 64;
}

int
ps_cli_dispatch(PsCli *cli, const PsSubcommand *table, gsize count, int argc, char **argv,
		GError **error)
{
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“psirtdesk %s” needs to know what to do."),
				    cli->command->name);
	for (gsize i = 0; i < count; i++)
		if (g_str_equal(table[i].name, argv[1])) {
			cli->subcommand = table[i].name;
			return table[i].run(cli, argc - 1, argv + 1, error);
		}
	return ps_cli_usage(cli, error, _("“psirtdesk %s” has no “%s”."), cli->command->name,
			    argv[1]);
}

/* ---- running ---- */

static int
finish(PsCli *cli, int status)
{
	g_autoptr(GError) error = NULL;

	if (fflush(cli->out) == 0 && !ferror(cli->out))
		return status;
	if (ps_cli_reader_gone(cli))
		return status;
	g_set_error(
		&error, PS_ERROR, PS_ERROR_IO,
		_("Standard output could not be written: %s. What was printed is not complete."),
		g_strerror(errno));
	ps_cli_complain(cli, error);
	return ps_exit_worst(status, 2);
}

static int
run_command(PsCli *cli, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	int status = cli->command->run(cli, argc, argv, &error);

	if (!error)
		return status;
	/* What was printed so far stands before the message. */
	fflush(cli->out);
	ps_cli_complain(cli, error);
	return ps_error_exit_status(error);
}

static int
unknown_command(PsCli *cli, const char *name)
{
	const PsCommand *near = ps_command_near(name);
	g_autoptr(GError) error = NULL;

	if (near)
		g_set_error(&error, PS_ERROR, PS_ERROR_USAGE,
			    _("There is no command “%s”. Did you mean “%s”? “psirtdesk help” "
			      "lists all."),
			    name, near->name);
	else
		g_set_error(&error, PS_ERROR, PS_ERROR_USAGE,
			    _("There is no command “%s”. “psirtdesk help” lists all."), name);
	ps_cli_complain(cli, error);
	return ps_error_exit_status(error);
}

static int
run(PsCli *cli, const Globals *globals, int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : NULL;

	if (globals->version) {
		fprintf(cli->out, "psirtdesk %s\n", PACKAGE_VERSION);
		return 0;
	}
	if (name && *name != '-') {
		cli->command = ps_command_find(name);
		if (!cli->command)
			return unknown_command(cli, name);
	}
	if (globals->help) {
		if (cli->command)
			ps_help_command(cli->out, cli->command);
		else
			ps_help_overview(cli->out);
		return 0;
	}
	g_autoptr(GError) error = NULL;
	if (name && !cli->command)
		ps_cli_usage(cli, &error,
			     _("There is no option “%s”. “psirtdesk --help” lists all."), name);
	else if (cli->command && cli->script)
		ps_cli_usage(cli, &error, _("--script is for the workstation only."));
	if (error) {
		ps_cli_complain(cli, error);
		return 64;
	}
	return cli->command ? run_command(cli, argc - 1, argv + 1)
			    : cli->workstation->run(cli, argc, argv);
}

static char *
default_workspace(void)
{
	const char *named = g_getenv("PSIRTDESK_WORKSPACE");

	if (named && *named)
		return g_strdup(named);
	return g_build_filename(g_get_user_data_dir(), "psirtdesk", NULL);
}

int
ps_cli_main(int argc, char **argv, const PsWorkstation *workstation)
{
	PsCli cli = {.out = stdout, .err = stderr, .workstation = workstation};
	Globals globals = {FALSE, FALSE};
	g_autoptr(GError) error = NULL;
	int status;

	/* A closed pipe is an error of write(), so that an open transaction ends in order. */
	signal(SIGPIPE, SIG_IGN);
	g_set_prgname("psirtdesk");
	cli.workspace = default_workspace();
	if (take_globals(&cli, &globals, &argc, argv, &error)) {
		status = finish(&cli, run(&cli, &globals, argc, argv));
	} else {
		g_autoptr(GError) wrong = NULL;
		ps_cli_usage(&cli, &wrong, "%s.", error->message);
		ps_cli_complain(&cli, wrong);
		status = 64;
	}
	ps_cli_close(&cli);
	g_free(cli.workspace);
	g_free(cli.script);
	return status;
}
