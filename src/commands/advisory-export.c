#include "config.h"

/* advisory export: an advisory in any of its forms to standard output. */

#include "commands/advisory-export.h"

#include "advisory/csaf-convert.h"
#include "advisory/export.h"
#include "base/i18n.h"

static void
print_notes(PsCli *cli, const GPtrArray *notes)
{
	for (guint i = 0; i < notes->len; i++) {
		const PsConvertNote *note = notes->pdata[i];
		ps_cli_note(cli, "%s %s", *note->pointer ? note->pointer : "/", note->sentence);
	}
}

int
ps_advisory_run_export(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *name = NULL, *csaf = NULL, *cve = NULL;
	PsExportOptions options = {0};
	const GOptionEntry entries[] = {
		{"format", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL},
		{"csaf-version", 0, 0, G_OPTION_ARG_STRING, &csaf, NULL, NULL},
		{"cve", 0, 0, G_OPTION_ARG_STRING, &cve, NULL, NULL},
		{"width", 0, 0, G_OPTION_ARG_INT, &options.width, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“advisory export” takes one advisory."));
	const PsExportForm *form = ps_export_form_find(name ? name : "csaf", csaf, error);
	if (!form)
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(cli->store, argv[1], error);
	if (!advisory)
		return 2;
	g_autoptr(GPtrArray) notes = ps_convert_notes_new();
	options.cve = cve;
	/* What comes out holds nothing that could harm a terminal. */
	g_autofree char *text =
		ps_advisory_export(cli->store, advisory, form, &options, notes, error);
	print_notes(cli, notes);
	if (!text)
		return 2;
	fputs(text, cli->out);
	return 0;
}
