#include "config.h"

/* provider: the public directory. */

#include "commands/command-table.h"

#include <string.h>

#include "advisory/provider.h"
#include "advisory/push.h"
#include "base/i18n.h"

static void
add_paths(cJSON *object, const char *name, const GPtrArray *paths)
{
	cJSON *list = cJSON_AddArrayToObject(object, name);

	for (guint i = 0; i < paths->len; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(paths->pdata[i]));
}

static void
print_told(PsCli *cli, const char *dir, const PsProviderTold *told)
{
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "directory", dir);
		cJSON_AddNumberToObject(object, "changed", told->changed);
		add_paths(object, "mended", told->mended);
		add_paths(object, "strangers", told->strangers);
		ps_cli_print_json(cli, object);
		return;
	}
	ps_cli_line(cli, "%s", dir);
	for (guint i = 0; i < told->mended->len; i++)
		ps_cli_note(cli, _("“%s” had been changed by somebody; it is again as published."),
			    (const char *)told->mended->pdata[i]);
	for (guint i = 0; i < told->strangers->len; i++)
		ps_cli_note(cli, _("“%s” was not published by this workspace; it was left there."),
			    (const char *)told->strangers->pdata[i]);
	if (told->changed == 0)
		ps_cli_note(cli, "%s", _("Everything was there already."));
}

static int
init(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(PsProviderTold) told = {0};

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 1)
		return ps_cli_usage(cli, error, _("“provider init” takes nothing more."));
	if (!ps_cli_unlocked(cli, error) ||
	    !ps_provider_sync_told(cli->store, ps_cli_openpgp(cli), cli->progress, &told, error))
		return 2;
	g_autofree char *dir = ps_provider_dir(cli->store);
	print_told(cli, dir, &told);
	return 0;
}

/* ---- check ---- */

static const char *
state_token(PsRequirementState state)
{
	static const char *const tokens[] = {[PS_REQUIREMENT_MET] = "met",
					     [PS_REQUIREMENT_WARNED] = "warning",
					     [PS_REQUIREMENT_FAILED] = "failed",
					     [PS_REQUIREMENT_UNKNOWN] = "unknown",
					     [PS_REQUIREMENT_UNUSED] = "unused"};

	return tokens[state];
}

static void
add_text(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static const char *
advice_for(const PsRequirement *requirement)
{
	gboolean wanted = requirement->state == PS_REQUIREMENT_FAILED ||
			  requirement->state == PS_REQUIREMENT_WARNED;

	return wanted && requirement->advice ? _(requirement->advice) : NULL;
}

static cJSON *
requirement_json(const PsRequirement *requirement)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddNumberToObject(object, "number", requirement->number);
	cJSON_AddStringToObject(object, "title", requirement->title);
	cJSON_AddStringToObject(object, "state", state_token(requirement->state));
	add_text(object, "looked_at", requirement->looked);
	add_text(object, "advice", advice_for(requirement));
	cJSON *findings = cJSON_AddArrayToObject(object, "findings");
	for (guint i = 0; i < requirement->findings->len; i++)
		cJSON_AddItemToArray(findings, cJSON_CreateString(requirement->findings->pdata[i]));
	return object;
}

static void
print_requirement(PsCli *cli, const PsRequirement *requirement)
{
	g_autofree char *number = g_strdup_printf("%d", requirement->number);
	const char *advice = advice_for(requirement);

	ps_cli_row(cli, number, state_token(requirement->state), _(requirement->title), NULL);
	if (requirement->looked && (requirement->state == PS_REQUIREMENT_MET || advice)) {
		g_autofree char *looked = g_strdup_printf(_("looked at: %s"), requirement->looked);
		ps_cli_row(cli, "", "", looked, NULL);
	}
	for (guint i = 0; i < requirement->findings->len; i++)
		ps_cli_row(cli, "", "", requirement->findings->pdata[i], NULL);
	if (advice) {
		g_autofree char *line = g_strdup_printf(_("to do: %s"), advice);
		ps_cli_row(cli, "", "", line, NULL);
	}
}

static void
print_summary(PsCli *cli, const PsProviderReport *report)
{
	const char *role = report->role ? report->role : "none";
	g_autofree char *documents = g_strdup_printf("%u", report->documents);

	if (report->listed > report->documents) {
		g_autofree char *sample = g_strdup_printf(
			_("%u of the %u that the lists name (--all fetches every one)"),
			report->documents, report->listed);
		ps_cli_row(cli, "documents", sample, NULL);
	} else {
		ps_cli_row(cli, "documents", documents, NULL);
	}
	if (report->claimed && g_strcmp0(report->claimed, role) != 0) {
		g_autofree char *claim =
			g_strdup_printf(_("%s (the metadata say %s)"), role, report->claimed);
		ps_cli_row(cli, "role", claim, NULL);
	} else {
		ps_cli_row(cli, "role", role, NULL);
	}
}

static void
print_report_json(PsCli *cli, const PsProviderReport *report)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(object, "requirements");

	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++)
		cJSON_AddItemToArray(list, requirement_json(&report->requirement[i]));
	cJSON_AddNumberToObject(object, "documents", report->documents);
	if (report->listed > 0)
		cJSON_AddNumberToObject(object, "listed", report->listed);
	add_text(object, "version", report->version);
	add_text(object, "role", report->role);
	add_text(object, "claimed_role", report->claimed);
	ps_cli_print_json(cli, object);
}

static int
print_report(PsCli *cli, const PsProviderReport *report)
{
	int status = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++) {
		if (report->requirement[i].state == PS_REQUIREMENT_FAILED)
			status = 1;
		if (!cli->json)
			print_requirement(cli, &report->requirement[i]);
	}
	if (cli->json)
		print_report_json(cli, report);
	else
		print_summary(cli, report);
	return status;
}

#define SAMPLE 20

/* A domain is taken as one only where no file has that name. */
static gboolean
is_address(const char *where)
{
	return strstr(where, "://") || (strchr(where, '.') && !strchr(where, '/') &&
					*where != '.' && !g_file_test(where, G_FILE_TEST_EXISTS));
}

/* The settings of the network are those of the workspace, if there is one. */
static PsProviderReport *
check_served(PsCli *cli, const char *where, gboolean all, gboolean online, GError **error)
{
	g_autoptr(GError) no_workspace = NULL;
	PsStore *store = ps_cli_store(cli, &no_workspace);
	g_autoptr(PsNet) net = ps_net_new(store), plain = ps_net_new(store);
	const PsServedTree tree = {.net = net,
				   .plain = plain,
				   .where = where,
				   .sample = all ? 0 : SAMPLE,
				   .others = online};

	ps_net_allow_http(plain);
	return ps_provider_check_served(&tree, cli->progress, error);
}

static int
check(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean all = FALSE, online = FALSE;
	const GOptionEntry options[] = {
		{"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
		{"online", 0, 0, G_OPTION_ARG_NONE, &online, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};

	if (!ps_cli_options(cli, options, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error,
				    _("“provider check” needs a directory or a web address."));
	PsCliWatch *watch = ps_cli_watch_begin(cli);
	g_autoptr(PsProviderReport) report =
		is_address(argv[1]) ? check_served(cli, argv[1], all, online, error)
				    : ps_provider_check(argv[1], cli->progress, error);
	ps_cli_watch_end(watch);
	return report ? print_report(cli, report) : 2;
}

/* ---- push ---- */

static void
print_pushed(PsCli *cli, const PsPushed *pushed)
{
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		add_paths(object, "placed", pushed->placed);
		add_paths(object, "removed", pushed->removed);
		cJSON_AddNumberToObject(object, "unchanged", pushed->unchanged);
		ps_cli_print_json(cli, object);
		return;
	}
	for (guint i = 0; i < pushed->placed->len; i++)
		ps_cli_row(cli, "placed", pushed->placed->pdata[i], NULL);
	for (guint i = 0; i < pushed->removed->len; i++)
		ps_cli_row(cli, "removed", pushed->removed->pdata[i], NULL);
	if (pushed->placed->len + pushed->removed->len == 0)
		ps_cli_note(cli, "%s", _("Everything stands there already."));
}

static int
push(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean everything = FALSE, restricted = FALSE, dry_run = FALSE;
	const GOptionEntry options[] = {
		{"all", 0, 0, G_OPTION_ARG_NONE, &everything, NULL, NULL},
		{"restricted", 0, 0, G_OPTION_ARG_NONE, &restricted, NULL, NULL},
		{"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	g_auto(PsPushed) pushed = {NULL, NULL, 0};

	if (!ps_cli_options(cli, options, &argc, &argv, error))
		return 64;
	if (argc != 1)
		return ps_cli_usage(cli, error, _("“provider push” takes only options."));
	if (!ps_cli_store(cli, error))
		return 2;
	PsPushOptions wanted = {everything, restricted, dry_run};
	gboolean done = ps_provider_push(cli->store, &wanted, cli->progress, &pushed, error);
	if (done || (pushed.placed && pushed.placed->len > 0))
		print_pushed(cli, &pushed);
	return done ? 0 : 2;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {{"init", init}, {"check", check}, {"push", push}};

	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_provider = {
	.name = "provider",
	.usage = "init\n"
		 "check DIR|ADDRESS [--all] [--online]\n"
		 "push [--dry-run] [--all] [--restricted]",
	.summary = N_("The public directory of advisories."),
	.details = N_(
		"“init” makes the directory (setting provider.dir), or whatever of it is missing "
		"or differs from what was published: it can be repeated, and mends a directory "
		"after a power cut. Published files that somebody changed are named and written "
		"anew; files of others are named and left.\n\n"
		"“check” judges any tree, ours or not, against each requirement of CSAF 2.0 and "
		"2.1 section 7.1: met, warning (met, but not as it should be), failed, unknown "
		"(cannot be judged from here) or unused. Each line says what was looked at, what "
		"was found and what to do. Signatures are verified with the keys that belong to "
		"the tree. Exit status 1 when a requirement failed.\n\n"
		"A directory is read as it lies there. With an address that begins with https:// "
		"(or a domain) the tree is asked for as a stranger's program would: the metadata "
		"at the well-known address, by security.txt and by the DNS path, then feeds, "
		"lists, keys and 20 documents spread over the lists (“--all”: every document) "
		"with hashes and signatures, without a login; so TLS, redirects, protection, "
		"User-Agent and Access-Control-Allow-Origin are judged too. Only the domain and "
		"hosts below it are asked; “--online” also asks other hosts that its files "
		"name.\n\n"
		"“push” uploads over SFTP what changed since the last push to the same place "
		"(setting provider.push_target): signatures and hashes before their documents, "
		"these before the indexes, feeds and metadata; each file goes beside its place and "
		"is moved there when it is whole. The server's host key must be known "
		"(provider.push_known_hosts). “--dry-run” only tells; “--all” uploads unchanged "
		"files too; “--restricted” also the folders of TLP:GREEN and above, for a server "
		"that protects them."),
	.example = "config provider.url https://psirt.example.com/csaf/\n"
		   "provider init\n"
		   "provider check /srv/www/csaf\n"
		   "provider check https://www.example.com/",
	.run = run,
};
