#include "config.h"

#include <inttypes.h>

/* outbox: what waits to be sent, and how it leaves a machine without network. */

#include "commands/command-table.h"

#include "base/i18n.h"
#include "commands/reply.h"
#include "mail/compose.h"

static void
print_message(PsCli *cli, const PsRecord *record)
{
	static const char *const columns[] = {"state", "at", "to", "subject"};
	const char *cells[G_N_ELEMENTS(columns)];

	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(record);
		ps_cli_array_add(cli, object);
		return;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
		cells[i] = ps_record_text(record, columns[i]);
		if (!cells[i])
			cells[i] = "";
	}
	ps_cli_row(cli, ps_record_id(record), cells[0], cells[1], cells[2], cells[3], NULL);
}

static int
list_outbox(PsCli *cli, int argc, char **argv, GError **error)
{
	(void)argv;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“outbox list” takes no operands."));
	if (!ps_cli_readable(cli, ps_kind_find("message"), error))
		return 2;
	g_autoptr(GPtrArray) messages = ps_outbox_list(cli->store, error);
	if (!messages)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < messages->len; i++)
		print_message(cli, messages->pdata[i]);
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

static int
export_outbox(PsCli *cli, int argc, char **argv, GError **error)
{
	gint64 count = 0;

	if (argc != 2)
		return ps_cli_usage(cli, error, _("“outbox export” needs a directory."));
	if (!ps_cli_unlocked(cli, error) ||
	    !ps_outbox_export(cli->store, ps_cli_openpgp(cli), argv[1], &count, cli->progress,
			      error))
		return 2;
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddNumberToObject(object, "written", (double)count);
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_line(cli, _("%" PRId64 " messages written"), count);
	}
	return 0;
}

/* Each file gets its line; the worst decides the status. */
static int
mark_sent(PsCli *cli, int argc, char **argv, GError **error)
{
	int status = 0;

	if (argc < 2)
		return ps_cli_usage(cli, error, _("“outbox sent” needs the files that were sent."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	for (int i = 1; i < argc; i++) {
		g_autoptr(GError) failure = NULL;
		g_autofree char *id =
			ps_outbox_sent(cli->store, ps_cli_openpgp(cli), argv[i], &failure);
		if (id)
			ps_cli_row(cli, argv[i], id, "sent", NULL);
		else
			ps_cli_complain(cli, failure);
		status = ps_exit_worst(status, ps_error_exit_status(failure));
	}
	return status;
}

static int
send_again(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean clear = FALSE;
	const GOptionEntry entries[] = {
		{"clear", 0, 0, G_OPTION_ARG_NONE, &clear, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“outbox send” needs one message."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(PsDraft) draft = ps_draft_load(cli->store, ps_cli_openpgp(cli), argv[1], error);
	const PsSendOptions options = {.clear = clear};
	return draft ? ps_cli_send(cli, draft, &options, error) : 2;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {
		{"export", export_outbox},
		{"list", list_outbox},
		{"send", send_again},
		{"sent", mark_sent},
	};

	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_outbox = {
	.name = "outbox",
	.usage = "list\nexport DIR\nsent FILE…\nsend ID [--clear]",
	.summary = N_("What waits to be sent."),
	.details =
		N_("“export” writes each waiting message to DIR as ID.eml, to be carried to a "
		   "machine that sends it; “sent” takes such files back and marks their messages "
		   "as sent, with what follows for the case. “send” tries a draft or failed "
		   "message again."),
	.example = "outbox export /media/stick/out",
	.run = run,
};
