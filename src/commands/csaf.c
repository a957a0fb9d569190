#include "config.h"

/* csaf check: the numbered tests over files, ours or anybody's. */

#include "commands/command-table.h"
#include "commands/csaf-convert.h"

#include <string.h>

#include "advisory/csaf-check.h"
#include "base/i18n.h"

static const struct {
	const char *word;
	int levels;
} choices[] = {
	{"mandatory", PS_CSAF_SCHEMA | PS_CSAF_MANDATORY},
	{"optional", PS_CSAF_SCHEMA | PS_CSAF_MANDATORY | PS_CSAF_OPTIONAL},
	{"informative", PS_CSAF_SCHEMA | PS_CSAF_MANDATORY | PS_CSAF_INFORMATIVE},
	{"all", PS_CSAF_ALL},
};

static const struct {
	PsCsafLevel level;
	const char *member;
} members[] = {
	{PS_CSAF_SCHEMA, "schema"},
	{PS_CSAF_MANDATORY, "mandatory"},
	{PS_CSAF_OPTIONAL, "optional"},
	{PS_CSAF_INFORMATIVE, "informative"},
};

static cJSON *
finding_json(const PsCsafFinding *finding)
{
	cJSON *object = cJSON_CreateObject();

	if (finding->level != PS_CSAF_SCHEMA)
		cJSON_AddStringToObject(object, "id", finding->test);
	cJSON_AddStringToObject(object, "path", finding->pointer);
	cJSON_AddStringToObject(object, "message", finding->message);
	return object;
}

/* Every test without a verdict: not asked for, or not to be run here. */
static cJSON *
not_run_json(const PsCsafReport *report, int levels)
{
	cJSON *list = cJSON_CreateArray();
	const PsCsafTestInfo *info;

	for (gsize i = 0; (info = ps_csaf_test_info(report->version, i)); i++)
		if (!(info->level & (guint)levels) ||
		    g_ptr_array_find(report->not_run, info->id, NULL))
			cJSON_AddItemToArray(list, cJSON_CreateString(info->id));
	return list;
}

static void
print_json(PsCli *cli, const char *file, const PsCsafReport *report, int levels)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON *lists[G_N_ELEMENTS(members)];

	cJSON_AddStringToObject(object, "file", file);
	cJSON_AddStringToObject(object, "version", report->version);
	for (gsize m = 0; m < G_N_ELEMENTS(members); m++)
		lists[m] = cJSON_AddArrayToObject(object, members[m].member);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		for (gsize m = 0; m < G_N_ELEMENTS(members); m++)
			if (members[m].level == finding->level)
				cJSON_AddItemToArray(lists[m], finding_json(finding));
	}
	cJSON_AddItemToObject(object, "not_run", not_run_json(report, levels));
	ps_cli_print_json(cli, object);
}

static void
print_lines(PsCli *cli, const char *file, const PsCsafReport *report)
{
	if (report->findings->len == 0)
		ps_cli_line(cli, "%s: ok", file);
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		ps_cli_line(cli, "%s: %s %s %s %s", file, finding->test,
			    ps_csaf_level_word(finding->level),
			    *finding->pointer ? finding->pointer : "/", finding->message);
	}
}

static int
fail_file(PsCli *cli, const char *file, const GError *error)
{
	g_autoptr(cJSON) object = NULL;

	if (!cli->json) {
		ps_cli_complain(cli, error);
		return 2;
	}
	object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "file", file);
	cJSON_AddStringToObject(object, "error", error->message);
	ps_cli_print_json(cli, object);
	return 2;
}

static int
check_file(PsCli *cli, const char *file, int levels)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(cJSON) document = ps_json_read_file(file, &ps_csaf_limits, &error);
	g_autoptr(PsCsafReport) report = NULL;

	if (!document)
		return fail_file(cli, file, error);
	report = ps_csaf_check(document, levels, cli->progress, &error);
	if (!report) {
		g_prefix_error(&error, "%s: ", file);
		return fail_file(cli, file, error);
	}
	if (cli->json)
		print_json(cli, file, report, levels);
	else
		print_lines(cli, file, report);
	return ps_csaf_report_is_valid(report) ? 0 : 1;
}

static int
levels_of(const char *word)
{
	for (gsize i = 0; i < G_N_ELEMENTS(choices); i++)
		if (g_str_equal(choices[i].word, word))
			return choices[i].levels;
	return 0;
}

static int
run_check(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *tests = NULL;
	gboolean online = FALSE;
	const GOptionEntry entries[] = {
		{"tests", 0, 0, G_OPTION_ARG_STRING, &tests, NULL, NULL},
		{"online", 0, 0, G_OPTION_ARG_NONE, &online, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int status = 0;

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	int levels = levels_of(tests ? tests : "all");
	if (levels == 0)
		return ps_cli_usage(cli, error,
				    _("“%s” is no choice of tests; use mandatory, optional, "
				      "informative or all."),
				    tests);
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“csaf check” needs a file, or “-”."));
	for (int i = 1; i < argc && !ps_cli_reader_gone(cli); i++)
		status = ps_exit_worst(status, check_file(cli, argv[i], levels));
	if (online)
		ps_cli_note(
			cli, "%s",
			_("Tests over the network (6.3.6, 6.3.7) can't be done yet; they count as "
			  "not run."));
	else if (levels & PS_CSAF_INFORMATIVE && !cli->json)
		ps_cli_note(cli, "%s", _("Not run: 6.3.6, 6.3.7 (network), 6.3.8 (spelling)."));
	return status;
}

static const PsSubcommand subcommands[] = {
	{"check", run_check},
	{"convert", ps_csaf_run_convert},
	{"render", ps_csaf_run_render},
};

static int
run_csaf(PsCli *cli, int argc, char **argv, GError **error)
{
	return ps_cli_dispatch(cli, subcommands, G_N_ELEMENTS(subcommands), argc, argv, error);
}

const PsCommand ps_command_csaf = {
	.name = "csaf",
	.usage = "check FILE... [--tests mandatory|optional|informative|all] [--online]\n"
		 "convert FILE --to 2.1 [--tlp-from-text] [--multiplier] [--whole-numbers] "
		 "[--newest-cwe] [--allow-invalid]\n"
		 "render FILE [--format text|md|html] [--width CELLS]",
	.summary = N_("Checks CSAF documents, converts them to CSAF 2.1, prints them for people."),
	.details = N_(
		"Prints a line a finding: the file, the number of the test, its level (error, "
		"warning, information), the place as a JSON pointer, what is wrong and what to "
		"do. The exit status is 0 when the schema and every mandatory test pass.\n\n"
		"With --json every file gets one object; tests without a verdict are listed in "
		"“not_run” and never count as passed. Schema and mandatory tests are always "
		"run; --tests adds others (default: all).\n\n"
		"“convert” writes a CSAF 2.0 document as CSAF 2.1 to standard output; standard "
		"error gets a line for whatever was changed in more than its place or could not "
		"be carried, with the place in the original. Nothing is written when the result "
		"could not be valid; --allow-invalid writes it all the same. --tlp-from-text "
		"takes a TLP 2.0 label from the distribution text, --multiplier makes publishers "
		"of category “other” multipliers, --whole-numbers adds no star to model numbers, "
		"serial numbers and SKUs, --newest-cwe names the newest release of CWE that "
		"fits.\n\n"
		"“render” prints any CSAF document for people: text (default), Markdown, or one "
		"self-contained HTML page."),
	.example = "csaf check advisory.json\ncsaf check --tests mandatory --json *.json\n"
		   "csaf convert advisory.json --to 2.1 >advisory-2.1.json\n"
		   "csaf render advisory.json --format html >advisory.html",
	.run = run_csaf,
};
