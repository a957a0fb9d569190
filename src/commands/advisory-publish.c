#include "config.h"

/* advisory publish, disarm, due, withdraw, supersede: what leaves, and how it ends. */

#include "commands/advisory-cli.h"

#include "advisory/arm.h"
#include "advisory/ending.h"
#include "advisory/publish.h"
#include "base/i18n.h"
#include "base/utc.h"

static void
print_published(PsCli *cli, const PsPublished *published)
{
	if (!cli->json) {
		ps_cli_line(cli, "%s", published->file);
		if (published->unchanged)
			ps_cli_note(cli, _("Nothing changed since version %s was published."),
				    published->version);
		return;
	}
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "version", published->version);
	cJSON_AddStringToObject(object, "path", published->path);
	cJSON_AddStringToObject(object, "file", published->file);
	cJSON_AddStringToObject(object, "sha256", published->sha256);
	cJSON_AddStringToObject(object, "signer", published->signer);
	cJSON_AddBoolToObject(object, "unchanged", published->unchanged);
	ps_cli_print_json(cli, object);
}

static int
arm(PsCli *cli, const char *id, const PsPublishOptions *options, GError **error)
{
	if (!ps_advisory_arm(cli->store, id, options, error))
		return 2;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, id, error);
	if (!advisory)
		return 2;
	g_autofree char *sentence = ps_armed_sentence(cli->store, advisory, ps_now_ms(), NULL);
	if (sentence && !cli->json)
		ps_cli_note(cli,
			    _("%s It is published by the running workstation, or by “psirtdesk "
			      "advisory due”; “psirtdesk advisory disarm %s” cancels it."),
			    sentence, id);
	return ps_cli_advisory_answer(cli, id, error);
}

int
ps_cli_advisory_publish(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *at = NULL, *lift = NULL, *summary = NULL;
	gboolean interim = FALSE;
	const GOptionEntry entries[] = {
		{"at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL},
		{"lift", 0, 0, G_OPTION_ARG_STRING, &lift, NULL, NULL},
		{"summary", 0, 0, G_OPTION_ARG_STRING, &summary, NULL, NULL},
		{"interim", 0, 0, G_OPTION_ARG_NONE, &interim, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	PsPublishOptions options = {.at = PS_NO_TIME};
	PsPublished published = {0};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, 1, error))
		return 64;
	if ((at && !ps_utc_parse(at, &options.at, error)) || !ps_cli_unlocked(cli, error))
		return 2;
	options.lift_reason = lift;
	options.summary = summary;
	options.interim = interim;
	if (options.at != PS_NO_TIME && options.at > ps_now_ms())
		return arm(cli, argv[1], &options, error);
	if (!ps_advisory_publish(cli->store, ps_cli_openpgp(cli), argv[1], &options, cli->progress,
				 &published, error))
		return 2;
	print_published(cli, &published);
	ps_published_clear(&published);
	return 0;
}

int
ps_cli_advisory_disarm(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 1, 1, error))
		return 64;
	if (!ps_cli_unlocked(cli, error) || !ps_advisory_disarm(cli->store, argv[1], error))
		return 2;
	return ps_cli_advisory_answer(cli, argv[1], error);
}

/* ---- due ---- */

typedef struct {
	PsCli *cli;
	int status;
} Due;

static void
tell(gpointer user, const PsArmed *armed, const PsPublished *published, const GError *problem)
{
	Due *due = user;
	PsCli *cli = due->cli;

	if (problem)
		due->status = ps_exit_worst(due->status, ps_error_exit_status(problem));
	if (!cli->json) {
		ps_cli_row(cli, armed->tracking_id, problem ? "error" : "published",
			   problem ? problem->message : published->file, NULL);
		return;
	}
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "advisory", armed->tracking_id);
	cJSON_AddItemToObject(object, "version",
			      problem ? cJSON_CreateNull()
				      : cJSON_CreateString(published->version));
	cJSON_AddItemToObject(object, "file",
			      problem ? cJSON_CreateNull() : cJSON_CreateString(published->file));
	cJSON_AddItemToObject(object, "error",
			      problem ? cJSON_CreateString(problem->message) : cJSON_CreateNull());
	ps_cli_print_json(cli, object);
}

static int
list_armed(PsCli *cli, GError **error)
{
	g_autoptr(GPtrArray) list = ps_armed(cli->store, error);

	if (!list)
		return 2;
	for (guint i = 0; i < list->len; i++) {
		const PsArmed *armed = list->pdata[i];
		g_autofree char *at = ps_utc_format(armed->at);
		if (!cli->json) {
			ps_cli_row(cli, at, armed->tracking_id, armed->by, NULL);
			continue;
		}
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "armed_at", at);
		cJSON_AddStringToObject(object, "advisory", armed->tracking_id);
		cJSON_AddStringToObject(object, "armed_by", armed->by);
		ps_cli_print_json(cli, object);
	}
	return 0;
}

int
ps_cli_advisory_due(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean list = FALSE;
	const GOptionEntry entries[] = {
		{"list", 0, 0, G_OPTION_ARG_NONE, &list, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	Due due = {cli, 0};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 0, 0, error))
		return 64;
	if (!ps_cli_store(cli, error))
		return 2;
	if (list)
		return list_armed(cli, error);
	/* Each minute of a timer: nothing is asked of the key while nothing is due. */
	if (!ps_armed_is_due(cli->store, ps_now_ms()))
		return 0;
	if (!ps_cli_unlocked(cli, error) ||
	    !ps_publish_due(cli->store, ps_cli_openpgp(cli), cli->progress, tell, &due, error))
		return 2;
	return due.status;
}

/* ---- the end ---- */

static void
tell_next(PsCli *cli, const char *id)
{
	if (!cli->json)
		ps_cli_note(cli,
			    _("The next version says so. It goes out like any other: “psirtdesk "
			      "advisory approve %s”, then “psirtdesk advisory publish %s”. What "
			      "was published before stays as it is."),
			    id, id);
}

int
ps_cli_advisory_withdraw(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *reason = NULL;
	gboolean cancel = FALSE, at_once = FALSE;
	const GOptionEntry entries[] = {
		{"reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL},
		{"cancel", 0, 0, G_OPTION_ARG_NONE, &cancel, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 1, 1, error))
		return 64;
	if (cancel && reason)
		return ps_cli_usage(cli, error,
				    _("--cancel takes the end back; it wants no "
				      "--reason."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	if (cancel ? !ps_advisory_keep_alive(cli->store, argv[1], error)
		   : !ps_advisory_withdraw(cli->store, argv[1], reason, &at_once, error))
		return 2;
	if (!cancel && !at_once && !reason)
		ps_cli_note(cli, "%s",
			    _("No reason was given, so its readers are told none; take it "
			      "back (--cancel) and give one (--reason TEXT)."));
	if (!cancel && !at_once)
		tell_next(cli, argv[1]);
	return ps_cli_advisory_answer(cli, argv[1], error);
}

int
ps_cli_advisory_supersede(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *reason = NULL;
	const GOptionEntry entries[] = {
		{"reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error) ||
	    !ps_cli_advisory_operands(cli, argc, argv, 2, 2, error))
		return 64;
	if (!ps_cli_unlocked(cli, error) ||
	    !ps_advisory_supersede(cli->store, argv[1], argv[2], reason, error))
		return 2;
	tell_next(cli, argv[1]);
	return ps_cli_advisory_answer(cli, argv[1], error);
}
