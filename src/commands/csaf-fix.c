#include "config.h"

/* csaf fix: applies quick fixes to a document. */

#include "commands/csaf.h"

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "advisory/csaf-mend.h"
#include "advisory/csaf-recognise.h"
#include "base/file.h"
#include "base/i18n.h"

typedef struct {
	char **tests;
	char *output, *base_url, *language;
	gboolean in_place;
} Options;

static void
options_clear(Options *options)
{
	g_strfreev(options->tests);
	g_free(options->output);
	g_free(options->base_url);
	g_free(options->language);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

/* A file keeps its permissions. */
static int
mode_of(const char *path)
{
	GStatBuf about;

	return g_stat(path, &about) == 0 ? (int)(about.st_mode & 0777) : 0644;
}

static gboolean
was_mended(const PsCsafMending *mending)
{
	for (guint i = 0; i < mending->mended->len; i++)
		if (((PsCsafMended *)mending->mended->pdata[i])->kept)
			return TRUE;
	return FALSE;
}

static gboolean
give(PsCli *cli, const PsCsafMending *mending, const char *path, GError **error)
{
	if (!path && cli->json) {
		ps_cli_print_json(cli, mending->document);
		return TRUE;
	}
	g_autofree char *text = ps_json_print_pretty(mending->document);
	if (!path)
		fputs(text, cli->out);
	return !path || ps_file_write(path, text, -1, mode_of(path), error);
}

static void
tell(PsCli *cli, const PsCsafMending *mending)
{
	for (guint i = 0; i < mending->mended->len; i++) {
		const PsCsafMended *mended = mending->mended->pdata[i];
		const char *place = *mended->pointer ? mended->pointer : "/";
		if (mended->kept)
			ps_cli_note(cli, "%s %s: %s.", mended->test, place, mended->title);
		else
			ps_cli_note(cli, _("%s %s: not done, it would bring other errors: %s."),
				    mended->test, place, mended->title);
	}
	if (!was_mended(mending))
		ps_cli_note(cli, "%s", _("Nothing was mended."));
	if (mending->choices > 0)
		ps_cli_note(cli,
			    ngettext("%u more finding has a fix that is yours to choose; name its "
				     "test with --test (“csaf check” lists them).",
				     "%u more findings have fixes that are yours to choose; name "
				     "their tests with --test (“csaf check” lists them).",
				     mending->choices),
			    mending->choices);
	if (!ps_csaf_report_is_valid(mending->report))
		ps_cli_note(cli, "%s",
			    _("The document is still invalid; “csaf check” says where."));
}

static gboolean
is_test(const char *id)
{
	static const char *const versions[] = {"2.0", "2.1"};
	const PsCsafTestInfo *info;

	if (g_str_equal(id, "schema"))
		return TRUE;
	for (gsize v = 0; v < G_N_ELEMENTS(versions); v++)
		for (gsize i = 0; (info = ps_csaf_test_info(versions[v], i)); i++)
			if (g_str_equal(info->id, id))
				return TRUE;
	return FALSE;
}

static gboolean
options_are_good(PsCli *cli, const Options *options, int argc, char **argv, GError **error)
{
	if (argc != 2)
		ps_cli_usage(cli, error, _("“csaf fix” needs one file, or “-”."));
	else if (options->in_place && (options->output || g_str_equal(argv[1], "-")))
		ps_cli_usage(cli, error,
			     _("--in-place changes the file itself; it goes neither with --output "
			       "nor with “-”."));
	else if (options->base_url && !g_str_has_prefix(options->base_url, "https://"))
		ps_cli_usage(cli, error,
			     _("“%s” can't be the place of a CSAF document: it must begin with "
			       "https://."),
			     options->base_url);
	else {
		for (char **test = options->tests; test && *test; test++)
			if (!is_test(*test)) {
				ps_cli_usage(cli, error, _("There is no test “%s”."), *test);
				return FALSE;
			}
		return TRUE;
	}
	return FALSE;
}

static int
mend(PsCli *cli, const Options *options, const char *path, GError **error)
{
	const PsCsafFixOptions how = {options->base_url, options->language};
	g_autoptr(cJSON) document = ps_json_read_file(path, &ps_csaf_limits, error);

	if (!document)
		return 2;
	if (!ps_csaf_recognise(document, error)) {
		g_prefix_error(error, "%s: ", path);
		return 2;
	}
	g_autoptr(PsCsafMending) mending =
		ps_csaf_mend(document, (const char *const *)options->tests, &how, NULL, error);
	if (!mending)
		return 2;
	/* a file that needs nothing is not written anew */
	if (!(options->in_place && !was_mended(mending)) &&
	    !give(cli, mending, options->in_place ? path : options->output, error))
		return 2;
	tell(cli, mending);
	return ps_csaf_report_is_valid(mending->report) ? 0 : 1;
}

int
ps_csaf_fix_command(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {NULL, NULL, NULL, NULL, FALSE};
	const GOptionEntry entries[] = {
		{"test", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.tests, NULL, NULL},
		{"output", 0, 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL},
		{"in-place", 0, 0, G_OPTION_ARG_NONE, &options.in_place, NULL, NULL},
		{"base-url", 0, 0, G_OPTION_ARG_STRING, &options.base_url, NULL, NULL},
		{"lang", 0, 0, G_OPTION_ARG_STRING, &options.language, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !options_are_good(cli, &options, argc, argv, error))
		return 64;
	return mend(cli, &options, argv[1], error);
}
