#include "config.h"

#include "commands/advisory-release.h"

#include "advisory/release.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/utc.h"

/* ---- the list ---- */

static cJSON *
step_json(const PsReleaseStep *step)
{
	cJSON *object = cJSON_CreateObject();
	g_autofree char *at = step->at != PS_NO_TIME ? ps_utc_format(step->at) : NULL;

	cJSON_AddStringToObject(object, "step", step->id);
	cJSON_AddStringToObject(object, "title", step->title);
	cJSON_AddStringToObject(object, "state", ps_release_state_word(step->state));
	if (at)
		cJSON_AddStringToObject(object, "at", at);
	if (step->proof)
		cJSON_AddStringToObject(object, "proof", step->proof);
	if (step->advice)
		cJSON_AddStringToObject(object, "advice", step->advice);
	return object;
}

static void
print_steps(PsCli *cli, const PsRelease *release)
{
	for (guint i = 0; i < release->steps->len; i++) {
		const PsReleaseStep *step = release->steps->pdata[i];
		g_autofree char *at =
			step->at != PS_NO_TIME ? ps_utc_format(step->at) : g_strdup("");
		ps_cli_row(cli, step->id, ps_release_state_word(step->state), at,
			   step->proof ? step->proof : "", step->advice ? step->advice : "", NULL);
	}
}

static int
print_release(PsCli *cli, const char *id, GError **error)
{
	g_autoptr(PsRelease) release = ps_release_load(cli->store, id, error);

	if (!release)
		return 2;
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddStringToObject(object, "version", release->version);
		cJSON_AddNumberToObject(object, "open", release->open);
		cJSON *list = cJSON_AddArrayToObject(object, "steps");
		for (guint i = 0; i < release->steps->len; i++)
			cJSON_AddItemToArray(list, step_json(release->steps->pdata[i]));
		ps_cli_print_json(cli, object);
	} else {
		print_steps(cli, release);
	}
	return release->open > 0 ? 1 : 0;
}

/* ---- moves ---- */

typedef struct {
	gboolean skipped, forget, online;
	char *message;
} Options;

static gboolean
prove(PsCli *cli, const char *id, const char *step, GError **error)
{
	g_autoptr(PsNet) net = ps_net_new(cli->store);
	g_autofree char *said = NULL;

	if (!ps_release_prove(cli->store, net, id, step, cli->progress, &said, error))
		return FALSE;
	ps_cli_note(cli, "%s", said);
	return TRUE;
}

/* `proof` NULL: none was given. */
static gboolean
move(PsCli *cli, const Options *options, const char *id, const char *step, const char *proof,
     GError **error)
{
	if (options->forget)
		return ps_release_forget(cli->store, id, step, error);
	if (options->message)
		return ps_release_note_message(cli->store, id, step, options->message, error);
	if (options->online)
		return prove(cli, id, step, error);
	return ps_release_note(cli->store, id, step, options->skipped, proof, error);
}

static gboolean
is_usage(const Options *options, int argc)
{
	int ways = options->forget + options->online + (options->message != NULL);

	if (argc == 2)
		return ways == 0 && !options->skipped;
	if (argc == 3)
		return ways == 1 && !options->skipped;
	return argc == 4 && ways == 0;
}

int
ps_cli_advisory_release(PsCli *cli, int argc, char **argv, GError **error)
{
	Options wanted = {FALSE, FALSE, FALSE, NULL};
	const GOptionEntry options[] = {
		{"not-needed", 0, 0, G_OPTION_ARG_NONE, &wanted.skipped, NULL, NULL},
		{"forget", 0, 0, G_OPTION_ARG_NONE, &wanted.forget, NULL, NULL},
		{"online", 0, 0, G_OPTION_ARG_NONE, &wanted.online, NULL, NULL},
		{"message", 0, 0, G_OPTION_ARG_STRING, &wanted.message, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	int status = 64;

	if (!ps_cli_options(cli, options, &argc, &argv, error))
		;
	else if (!is_usage(&wanted, argc))
		status = ps_cli_usage(cli, error,
				      _("“advisory release” needs an advisory; to note a step also "
					"that and its proof, --message, --online or --forget."));
	else if (!ps_cli_unlocked(cli, error))
		status = 2;
	else if (argc > 2 && !move(cli, &wanted, argv[1], argv[2], argv[3], error))
		status = ps_error_exit_status(*error);
	else
		status = print_release(cli, argv[1], error);
	/* a step was noted: that more of them are open is no failure of this */
	if (argc > 2 && status == 1 && !*error)
		status = 0;
	g_free(wanted.message);
	return status;
}

/* ---- receipts ---- */

static gboolean
print_receipt(PsCli *cli, const PsRecord *receipt, GError **error)
{
	const char *sha256 = ps_record_text(receipt, "sha256"),
		   *note = ps_record_text(receipt, "note");

	if (cli->json)
		return ps_cli_print_record(cli, "receipt", ps_record_id(receipt), error) == 0;
	ps_cli_row(cli, ps_record_text(receipt, "result"), ps_record_text(receipt, "url"),
		   sha256 ? sha256 : (note ? note : ""), NULL);
	return TRUE;
}

static gboolean
print_newest(PsCli *cli, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(cli->store, id, error);
	const char *filters[] = {"advisory", advisory ? ps_advisory_id(advisory) : "", NULL};
	const PsQuery query = {.kind = "receipt", .filters = filters};
	g_autoptr(GPtrArray) receipts = advisory ? ps_store_list(cli->store, &query, error) : NULL;

	if (!receipts)
		return FALSE;
	gint64 at = receipts->len ? ps_record_time(receipts->pdata[0], "fetched_at") : 0;
	for (guint i = receipts->len; i-- > 0;)
		if (ps_record_time(receipts->pdata[i], "fetched_at") == at &&
		    !print_receipt(cli, receipts->pdata[i], error))
			return FALSE;
	return TRUE;
}

int
ps_cli_advisory_receipt(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean same = FALSE;

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“advisory receipt” needs an advisory."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(PsNet) net = ps_net_new(cli->store);
	if (!ps_release_fetch_back(cli->store, net, argv[1], cli->progress, &same, error) ||
	    !print_newest(cli, argv[1], error))
		return 2;
	return same ? 0 : 1;
}
