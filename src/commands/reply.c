#include "config.h"

#include "commands/reply.h"

#include <string.h>

#include "base/i18n.h"

static const char *const fields[] = {"to", "cc", "subject", "body", NULL};

static int
print_templates(PsCli *cli, GError **error)
{
	g_autoptr(GPtrArray) templates = ps_templates(error);

	for (guint i = 0; templates && i < templates->len; i++) {
		const PsTemplate *template = templates->pdata[i];
		ps_cli_row(cli, template->name, template->title, NULL);
	}
	return templates ? 0 : 2;
}

/* As if the text had been edited. */
static gboolean
apply_pairs(PsCli *cli, PsDraft *draft, char *const *pairs, GError **error)
{
	g_autofree char *to = ps_mailboxes_text(draft->to), *cc = ps_mailboxes_text(draft->cc);
	const char *values[] = {ps_pairs_get(pairs, "to"), ps_pairs_get(pairs, "cc"),
				ps_pairs_get(pairs, "subject"), ps_pairs_get(pairs, "body")};

	if (!pairs[0])
		return TRUE;
	g_autofree char *text =
		g_strdup_printf("To: %s\nCc: %s\nSubject: %s\n\n%s", values[0] ? values[0] : to,
				values[1] ? values[1] : cc, values[2] ? values[2] : draft->subject,
				values[3] ? values[3] : draft->body);
	return ps_draft_edit(cli->store, ps_cli_openpgp(cli), draft, text, error);
}

static void
print_record(PsCli *cli, const PsRecord *record)
{
	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(record);
		ps_cli_print_json(cli, object);
		return;
	}
	const char *encryption = ps_record_text(record, "encryption"),
		   *to = ps_record_text(record, "to");
	ps_cli_row(cli, ps_record_id(record), ps_record_text(record, "state"), to ? to : "",
		   encryption ? encryption : "", NULL);
}

static int
print_outcome(PsCli *cli, const PsDraft *draft, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(cli->store, "message", draft->id, error);

	for (guint i = 0; i < draft->warnings->len; i++)
		ps_cli_note(cli, "%s", (char *)draft->warnings->pdata[i]);
	if (!record)
		return 2;
	print_record(cli, record);
	return 0;
}

int
ps_cli_send(PsCli *cli, PsDraft *draft, const PsSendOptions *options, GError **error)
{
	if (!ps_draft_send(cli->store, ps_cli_openpgp(cli), draft, options, cli->progress, error)) {
		ps_cli_note(cli, _("It is kept as message %s."), draft->id);
		return 2;
	}
	return print_outcome(cli, draft, error);
}

int
ps_cli_reply(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *template = NULL, *case_id = NULL;
	gboolean only_draft = FALSE, clear = FALSE;
	const GOptionEntry entries[] = {
		{"template", 0, 0, G_OPTION_ARG_STRING, &template, NULL, NULL},
		{"case", 0, 0, G_OPTION_ARG_STRING, &case_id, NULL, NULL},
		{"draft", 0, 0, G_OPTION_ARG_NONE, &only_draft, NULL, NULL},
		{"clear", 0, 0, G_OPTION_ARG_NONE, &clear, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (g_strcmp0(template, "help") == 0)
		return print_templates(cli, error);
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“inbox reply” needs a message."));
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 2, argv + 2, error);
	if (!pairs || !ps_cli_pairs_known(cli, pairs, fields, error))
		return 64;
	if (!template && !ps_pairs_get(pairs, "body"))
		return ps_cli_usage(cli, error, _("“inbox reply” needs a template, or a body."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(PsDraft) draft = ps_reply_draft(cli->store, ps_cli_openpgp(cli), argv[1],
						  template, case_id, cli->progress, error);
	if (!draft || !apply_pairs(cli, draft, pairs, error))
		return 2;
	if (only_draft)
		return print_outcome(cli, draft, error);
	const PsSendOptions options = {.clear = clear};
	return ps_cli_send(cli, draft, &options, error);
}
