#include "config.h"

/* csaf convert, csaf render: a document, ours or anybody's, in another form. */

#include "commands/csaf-convert.h"

#include <string.h>

#include "advisory/advisory.h"
#include "advisory/csaf-check.h"
#include "advisory/csaf-convert.h"
#include "advisory/render.h"
#include "base/i18n.h"
#include "base/utc.h"

/* ---- convert ---- */

static void
print_notes(PsCli *cli, const char *file, const GPtrArray *notes)
{
	for (guint i = 0; i < notes->len; i++) {
		const PsConvertNote *note = notes->pdata[i];
		ps_cli_note(cli, "%s: %s %s %s", file, note->error ? "error" : "warning",
			    *note->pointer ? note->pointer : "/", note->sentence);
	}
}

/* What the result still falls short of, where its tests can be run. */
static void
print_shortcomings(PsCli *cli, const char *file, const cJSON *result)
{
	g_autoptr(PsCsafReport) report =
		ps_csaf_check(result, PS_CSAF_SCHEMA | PS_CSAF_MANDATORY, NULL, NULL);

	for (guint i = 0; report && i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		ps_cli_note(cli, _("%s: the result fails %s at %s: %s"), file, finding->test,
			    *finding->pointer ? finding->pointer : "/", finding->message);
	}
}

static int
convert_file(PsCli *cli, const char *file, const PsConvertOptions *options, GError **error)
{
	g_autoptr(GPtrArray) notes = ps_convert_notes_new();
	g_autoptr(cJSON) document = ps_json_read_file(file, &ps_csaf_limits, error);
	g_autoptr(cJSON) result =
		document ? ps_csaf_convert_with(document, options, notes, error) : NULL;

	print_notes(cli, file, notes);
	if (!result) {
		if (document)
			g_prefix_error(error, "%s: ", file);
		return 2;
	}
	g_autofree char *text = ps_advisory_print(result);
	fputs(text, cli->out);
	print_shortcomings(cli, file, result);
	return 0;
}

int
ps_csaf_run_convert(PsCli *cli, int argc, char **argv, GError **error)
{
	PsConvertOptions options = {.now = ps_now_ms()};
	g_autofree char *to = NULL;
	const GOptionEntry entries[] = {
		{"to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL},
		{"allow-invalid", 0, 0, G_OPTION_ARG_NONE, &options.allow_invalid, NULL, NULL},
		{"tlp-from-text", 0, 0, G_OPTION_ARG_NONE, &options.tlp_from_text, NULL, NULL},
		{"multiplier", 0, 0, G_OPTION_ARG_NONE, &options.multiplier, NULL, NULL},
		{"whole-numbers", 0, 0, G_OPTION_ARG_NONE, &options.whole_numbers, NULL, NULL},
		{"newest-cwe", 0, 0, G_OPTION_ARG_NONE, &options.newest_cwe, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“csaf convert” takes one file, or “-”."));
	if (!to || !g_str_equal(to, "2.1"))
		return ps_cli_usage(cli, error,
				    _("“csaf convert” converts to CSAF 2.1 only: write "
				      "“--to 2.1”."));
	int status = convert_file(cli, argv[1], &options, error);
	/* What can't become valid is no “no” to a question: nothing was converted. */
	if (status == 2 && error && g_error_matches(*error, PS_ERROR, PS_ERROR_INVALID))
		(*error)->code = PS_ERROR_INPUT;
	return status;
}

/* ---- render ---- */

int
ps_csaf_run_render(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *name = NULL;
	int width = 0;
	const GOptionEntry entries[] = {
		{"format", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL},
		{"width", 0, 0, G_OPTION_ARG_INT, &width, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	PsRenderFormat format = PS_RENDER_TEXT;

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“csaf render” takes one file, or “-”."));
	if (name && (!ps_render_format_find(name, &format) || format == PS_RENDER_CSAF))
		return ps_cli_usage(cli, error,
				    _("“%s” is no format; there are text, md and html."), name);
	g_autoptr(cJSON) document = ps_json_read_file(argv[1], &ps_csaf_limits, error);
	if (!document)
		return 2;
	if (!cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(document, "document"))) {
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("%s is no CSAF document: it has no object “document”."), argv[1]);
		return 2;
	}
	g_autofree char *text = ps_render(document, format, width);
	fputs(text, cli->out);
	return 0;
}
