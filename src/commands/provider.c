#include "config.h"

/* provider: the public directory. */

#include "commands/command-table.h"

#include "advisory/provider.h"
#include "advisory/push.h"
#include "base/i18n.h"

static int
init(PsCli *cli, int argc, char **argv, GError **error)
{
	guint changed = 0;

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 1)
		return ps_cli_usage(cli, error, _("“provider init” takes nothing more."));
	if (!ps_cli_unlocked(cli, error) ||
	    !ps_provider_sync(cli->store, ps_cli_openpgp(cli), cli->progress, &changed, error))
		return 2;
	g_autofree char *dir = ps_provider_dir(cli->store);
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "directory", dir);
		cJSON_AddNumberToObject(object, "changed", changed);
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_line(cli, "%s", dir);
		if (changed == 0)
			ps_cli_note(cli, "%s", _("Everything was there already."));
	}
	return 0;
}

/* ---- check ---- */

static const char *
state_token(PsRequirementState state)
{
	static const char *const tokens[] = {[PS_REQUIREMENT_MET] = "met",
					     [PS_REQUIREMENT_FAILED] = "failed",
					     [PS_REQUIREMENT_UNKNOWN] = "unknown",
					     [PS_REQUIREMENT_UNUSED] = "unused"};

	return tokens[state];
}

static cJSON *
requirement_json(const PsRequirement *requirement)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddNumberToObject(object, "number", requirement->number);
	cJSON_AddStringToObject(object, "title", requirement->title);
	cJSON_AddStringToObject(object, "state", state_token(requirement->state));
	cJSON *findings = cJSON_AddArrayToObject(object, "findings");
	for (guint i = 0; i < requirement->findings->len; i++)
		cJSON_AddItemToArray(findings, cJSON_CreateString(requirement->findings->pdata[i]));
	return object;
}

static void
print_requirement(PsCli *cli, const PsRequirement *requirement)
{
	g_autofree char *number = g_strdup_printf("%d", requirement->number);

	ps_cli_row(cli, number, state_token(requirement->state), _(requirement->title), NULL);
	for (guint i = 0; i < requirement->findings->len; i++)
		ps_cli_row(cli, "", "", requirement->findings->pdata[i], NULL);
}

static int
print_report(PsCli *cli, const PsProviderReport *report)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(object, "requirements");
	int status = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(report->requirement); i++) {
		const PsRequirement *requirement = &report->requirement[i];
		if (requirement->state == PS_REQUIREMENT_FAILED)
			status = 1;
		if (cli->json)
			cJSON_AddItemToArray(list, requirement_json(requirement));
		else
			print_requirement(cli, requirement);
	}
	if (cli->json) {
		cJSON_AddNumberToObject(object, "documents", report->documents);
		cJSON_AddItemToObject(object, "role",
				      report->role ? cJSON_CreateString(report->role)
						   : cJSON_CreateNull());
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_row(cli, "role", report->role ? report->role : "none", NULL);
	}
	return status;
}

static int
check(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“provider check” needs a directory."));
	g_autoptr(PsProviderReport) report = ps_provider_check(argv[1], cli->progress, error);
	return report ? print_report(cli, report) : 2;
}

/* ---- push ---- */

static void
add_paths(cJSON *object, const char *name, const GPtrArray *paths)
{
	cJSON *list = cJSON_AddArrayToObject(object, name);

	for (guint i = 0; i < paths->len; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(paths->pdata[i]));
}

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
		 "check DIR\n"
		 "push [--dry-run] [--all] [--restricted]",
	.summary = N_("The public directory of advisories."),
	.details = N_(
		"“init” makes the directory (setting provider.dir), or whatever of it is missing "
		"or differs from what was published: it can be repeated, and mends a directory "
		"after a power cut.\n\n"
		"“check” judges any directory, ours or not, against each requirement of CSAF 2.0 "
		"section 7.1 that can be judged from a directory: met, failed, unknown (only the "
		"web server shows it) or unused. Signatures are verified with the keys that lie in "
		"the directory. Exit status 1 when a requirement failed.\n\n"
		"“push” uploads over SFTP what changed since the last push to the same place "
		"(setting provider.push_target): signatures and hashes before their documents, "
		"these before the indexes, feeds and metadata; each file goes beside its place and "
		"is moved there when it is whole. The server's host key must be known "
		"(provider.push_known_hosts). “--dry-run” only tells; “--all” uploads unchanged "
		"files too; “--restricted” also the folders of TLP:GREEN and above, for a server "
		"that protects them."),
	.example = "config provider.url https://psirt.example.com/csaf/\n"
		   "provider init\n"
		   "provider check /srv/www/csaf",
	.run = run,
};
