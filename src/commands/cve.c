#include "config.h"

/* cve: the register of CVE ids. */

#include "commands/command-table.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/cve.h"

typedef struct {
	char *cna, *case_id, *note, *request, *vulnerability, *cve;
} Options;

static void
clear_options(Options *options)
{
	g_free(options->cna);
	g_free(options->case_id);
	g_free(options->note);
	g_free(options->request);
	g_free(options->vulnerability);
	g_free(options->cve);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, clear_options)

/* Takes the options out, and opens the workspace. 0, or the exit status. */
static int
begin(PsCli *cli, Options *options, int *argc, char ***argv, int least, int most, GError **error)
{
	const GOptionEntry entries[] = {
		{"cna", 0, 0, G_OPTION_ARG_STRING, &options->cna, NULL, NULL},
		{"case", 0, 0, G_OPTION_ARG_STRING, &options->case_id, NULL, NULL},
		{"note", 0, 0, G_OPTION_ARG_STRING, &options->note, NULL, NULL},
		{"request", 0, 0, G_OPTION_ARG_STRING, &options->request, NULL, NULL},
		{"vulnerability", 0, 0, G_OPTION_ARG_STRING, &options->vulnerability, NULL, NULL},
		{"cve", 0, 0, G_OPTION_ARG_STRING, &options->cve, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, argc, argv, error))
		return 64;
	if (*argc - 1 < least || (most >= 0 && *argc - 1 > most))
		return ps_cli_usage(cli, error, _("“cve %s” is used in another way."), (*argv)[0]);
	return ps_cli_unlocked(cli, error) ? 0 : 2;
}

static PsCveOptions
register_options(const Options *options)
{
	const PsCveOptions result = {options->cna, options->case_id, options->note};

	return result;
}

static int
request(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {0};
	int status = begin(cli, &options, &argc, &argv, 0, 0, error);
	const PsCveOptions what = register_options(&options);

	if (status)
		return status;
	g_autofree char *id = ps_cve_request(cli->store, &what, error);
	return id ? ps_cli_print_record(cli, "cve_id", id, error) : 2;
}

/* Operands may be single ids and blocks. */
static char **
expand(int count, char **words, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);

	for (int i = 0; i < count; i++) {
		g_auto(GStrv) ids = ps_cve_expand(words[i], error);
		if (!ids)
			return NULL;
		for (char **id = ids; *id; id++)
			g_ptr_array_add(all, g_strdup(*id));
	}
	g_ptr_array_add(all, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&all), FALSE);
}

static int
reserve(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {0};
	int status = begin(cli, &options, &argc, &argv, 1, -1, error);
	const PsCveOptions what = register_options(&options);

	if (status)
		return status;
	g_auto(GStrv) cves = expand(argc - 1, argv + 1, error);
	g_auto(GStrv) ids =
		cves ? ps_cve_reserve(cli->store, cves, options.request, &what, error) : NULL;
	if (!ids)
		return 2;
	for (char **cve = cves; *cve && !cli->json; cve++)
		ps_cli_line(cli, "%s", *cve);
	for (char **id = ids; *id && cli->json; id++)
		ps_cli_print_record(cli, "cve_id", *id, error);
	return 0;
}

static int
use(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {0};
	int status = begin(cli, &options, &argc, &argv, 1, 1, error);
	const PsCveOptions what = register_options(&options);

	if (status)
		return status;
	return ps_cve_use(cli->store, argv[1], &what, error) ? 0 : 2;
}

static int
reject(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {0};
	int status = begin(cli, &options, &argc, &argv, 1, 1, error);

	if (status)
		return status;
	return ps_cve_reject(cli->store, argv[1], options.note, error) ? 0 : 2;
}

static int
assign(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(Options) options = {0};
	int status = begin(cli, &options, &argc, &argv, 1, 1, error);

	if (status)
		return status;
	g_autofree char *cve =
		ps_cve_assign(cli->store, argv[1], options.vulnerability, options.cve, error);
	if (!cve)
		return 2;
	ps_cli_line(cli, "%s", cve);
	return 0;
}

/* ---- list ---- */

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

static void
print_row(PsCli *cli, const PsRecord *record)
{
	const char *cve = ps_record_text(record, "cve"), *of = ps_record_text(record, "case");
	const char *state = ps_record_text(record, "state");
	g_autofree char *field = g_strconcat(state, "_at", NULL), *shown = NULL;
	g_autoptr(PsRecord) the_case = of ? ps_store_get(cli->store, "case", of, NULL) : NULL;

	shown = g_strndup(ps_record_id(record), 13);
	ps_cli_row(cli, cve ? cve : shown, state, or_empty(ps_record_text(record, "cna")),
		   or_empty(ps_record_text(record, field)),
		   the_case ? ps_record_name(the_case) : "",
		   or_empty(ps_record_text(record, "note")), NULL);
}

static int
list(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const states[] = {"requested", "reserved", "used", "rejected", NULL};

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 2 || (argc == 2 && !g_strv_contains(states, argv[1])))
		return ps_cli_usage(cli, error, "%s",
				    _("“cve list” takes one state: requested, reserved, used or "
				      "rejected."));
	if (!ps_cli_readable(cli, ps_kind_find("cve_id"), error))
		return 2;
	const char *filters[] = {"state", argv[1], NULL};
	const PsQuery query = {.kind = "cve_id",
			       .filters = argc == 2 ? filters : NULL,
			       .order_by = "cve"};
	g_autoptr(GPtrArray) records = ps_store_list(cli->store, &query, error);
	if (!records)
		return 2;
	for (guint i = 0; i < records->len && !ps_cli_reader_gone(cli); i++) {
		if (!cli->json) {
			print_row(cli, records->pdata[i]);
			continue;
		}
		g_autoptr(cJSON) object = ps_cli_record_json(records->pdata[i]);
		ps_cli_print_json(cli, object);
	}
	return 0;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {
		{"request", request}, {"reserve", reserve}, {"assign", assign},
		{"use", use},         {"reject", reject},   {"list", list},
	};

	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_cve = {
	.name = "cve",
	.usage = "request [--case CASE] [--cna CNA] [--note TEXT]\n"
		 "reserve CVE... [--request ID] [--case CASE] [--cna CNA] [--note TEXT]\n"
		 "assign CASE [--vulnerability ID] [--cve CVE]\n"
		 "use CVE [--case CASE] [--note TEXT]\n"
		 "reject CVE [--note TEXT]\n"
		 "list [requested|reserved|used|rejected]",
	.summary = N_("The register of CVE ids: which were asked for, are held, used, given up."),
	.details = N_(
		"“request” notes that the CNA was asked for an id. “reserve” enters ids that it "
		"gave, one or several; CVE-2026-1000..1009 is a block of ten. With --request the "
		"id answers that request. “assign” gives the case's vulnerability the reserved id "
		"that is kept for the case, else the lowest one that is free, and marks it as "
		"used; "
		"setting a vulnerability's field “cve” by hand does the same. “use” marks an id "
		"that "
		"somebody else publishes, “reject” one that is given up: it is never used "
		"again.\n\n"
		"An id that is taken from a vulnerability before an advisory named it is reserved "
		"again. The CNA is that of the setting cve.cna unless --cna says otherwise."),
	.example = "cve reserve CVE-2026-1000..1009 --cna \"Example CNA\"\n"
		   "cve assign PSIRT-2026-0001\ncve list reserved",
	.run = run,
};
