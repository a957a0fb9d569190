#include "config.h"

/* inbox: mail. */

#include "commands/command-table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/case.h"
#include "commands/reply.h"
#include "mail/inbox.h"

#define PAGE 500

/* ---- sync, import ---- */

static int
sync_inbox(PsCli *cli, int argc, char **argv, GError **error)
{
	PsInboxSync result;

	(void)argv;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“inbox sync” takes no operands."));
	if (!ps_cli_store(cli, error) ||
	    !ps_inbox_sync(cli->store, ps_cli_openpgp(cli), cli->progress, &result, error))
		return 2;
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddNumberToObject(object, "added", (double)result.added);
		cJSON_AddNumberToObject(object, "changed", (double)result.changed);
		cJSON_AddNumberToObject(object, "removed", (double)result.removed);
		cJSON_AddNumberToObject(object, "total", (double)result.total);
		cJSON_AddBoolToObject(object, "full", result.full);
		ps_cli_print_json(cli, object);
		return 0;
	}
	ps_cli_line(cli,
		    _("%" PRId64 " new, %" PRId64 " changed, %" PRId64 " removed; %" PRId64
		      " messages"),
		    result.added, result.changed, result.removed, result.total);
	return 0;
}

static void
complain(gpointer user, const char *sentence)
{
	ps_cli_note(user, "%s", sentence);
}

static int
import_mail(PsCli *cli, int argc, char **argv, GError **error)
{
	PsInboxImport all = {0};

	if (argc < 2)
		return ps_cli_usage(cli, error, _("“inbox import” needs a file or directory."));
	if (!ps_cli_store(cli, error))
		return 2;
	for (int i = 1; i < argc; i++) {
		PsInboxImport one;
		if (!ps_inbox_import(cli->store, ps_cli_openpgp(cli), argv[i], cli->progress,
				     complain, cli, &one, error))
			return 2;
		all.found += one.found;
		all.added += one.added;
		all.known += one.known;
		all.refused += one.refused;
	}
	if (cli->json) {
		g_autoptr(cJSON) object = cJSON_CreateObject();
		cJSON_AddNumberToObject(object, "found", (double)all.found);
		cJSON_AddNumberToObject(object, "added", (double)all.added);
		cJSON_AddNumberToObject(object, "known", (double)all.known);
		cJSON_AddNumberToObject(object, "refused", (double)all.refused);
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_line(cli,
			    _("%" PRId64 " found: %" PRId64 " added, %" PRId64
			      " known already, %" PRId64 " refused"),
			    all.found, all.added, all.known, all.refused);
	}
	return all.refused > 0 || all.found == 0 ? 2 : 0;
}

/* ---- list ---- */

static char *
marks_text(const PsMailRow *row)
{
	return g_strdup_printf("%c%c%c%c", row->marks & PS_MAIL_UNREAD ? 'N' : '-',
			       row->encryption != PS_ENCRYPTION_NONE ? 'E' : '-',
			       row->marks & PS_MAIL_SIGNED ? 'S' : '-',
			       row->marks & PS_MAIL_ATTACHMENT ? 'A' : '-');
}

static void
add_text(cJSON *object, const char *name, const char *text)
{
	if (text)
		cJSON_AddStringToObject(object, name, text);
	else
		cJSON_AddNullToObject(object, name);
}

static cJSON *
row_json(const PsMailRow *row)
{
	cJSON *object = cJSON_CreateObject();
	g_autofree char *at = ps_utc_format(row->at);

	add_text(object, "id", row->id);
	add_text(object, "message_id", row->message_id);
	add_text(object, "thread", row->thread);
	add_text(object, "at", at);
	add_text(object, "from", row->from);
	add_text(object, "subject", row->subject);
	cJSON_AddNumberToObject(object, "size", (double)row->size);
	cJSON_AddBoolToObject(object, "unread", (row->marks & PS_MAIL_UNREAD) != 0);
	add_text(object, "encryption", ps_encryption_token(row->encryption));
	cJSON_AddBoolToObject(object, "signed", (row->marks & PS_MAIL_SIGNED) != 0);
	cJSON_AddBoolToObject(object, "attachment", (row->marks & PS_MAIL_ATTACHMENT) != 0);
	add_text(object, "verdict", row->opened ? ps_verdict_token(row->verdict) : NULL);
	add_text(object, "case", row->case_number);
	add_text(object, "tags", row->tags);
	return object;
}

static void
print_row(PsCli *cli, const PsMailRow *row)
{
	if (cli->json) {
		g_autoptr(cJSON) object = row_json(row);
		ps_cli_array_add(cli, object);
		return;
	}
	g_autofree char *at = ps_utc_format(row->at), *marks = marks_text(row);
	ps_cli_row(cli, row->id, at, marks, row->from, row->subject,
		   row->case_number ? row->case_number : "",
		   row->opened ? ps_verdict_token(row->verdict) : "", NULL);
}

static gboolean
print_pages(PsCli *cli, gint64 left, GError **error)
{
	PsMailCursor cursor = {G_MAXINT64, G_MAXINT64, FALSE};

	while (left > 0) {
		int limit = (int)MIN(left, PAGE);
		g_autoptr(GPtrArray) rows =
			ps_inbox_messages(cli->store, PS_INBOX_ALL, &cursor, limit, error);
		if (!rows)
			return FALSE;
		for (guint i = 0; i < rows->len && !ps_cli_reader_gone(cli); i++)
			print_row(cli, rows->pdata[i]);
		if (rows->len < (guint)limit || ps_cli_reader_gone(cli))
			return TRUE;
		const PsMailRow *last = rows->pdata[rows->len - 1];
		cursor.at = last->at;
		cursor.row = last->row;
		left -= rows->len;
	}
	return TRUE;
}

static gboolean
print_found(PsCli *cli, const char *query, int limit, GError **error)
{
	g_autoptr(GPtrArray) rows = ps_inbox_search(cli->store, ps_cli_openpgp(cli), query, limit,
						    cli->progress, error);

	for (guint i = 0; rows && i < rows->len && !ps_cli_reader_gone(cli); i++)
		print_row(cli, rows->pdata[i]);
	return rows != NULL;
}

static int
list_mail(PsCli *cli, int argc, char **argv, GError **error)
{
	int limit = 0;
	const GOptionEntry entries[] = {
		{"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (limit < 0)
		return ps_cli_usage(cli, error, _("--limit can't be negative."));
	if (!ps_cli_readable(cli, ps_kind_find("mail"), error))
		return 2;
	g_autofree char *query = argc > 1 ? g_strjoinv(" ", argv + 1) : NULL;
	if (cli->json)
		ps_cli_array_begin(cli);
	gboolean done = query ? print_found(cli, query, limit, error)
			      : print_pages(cli, limit ? limit : G_MAXINT64, error);
	if (cli->json)
		ps_cli_array_end(cli);
	return done ? 0 : 2;
}

/* ---- show ---- */

static void
print_sentences(PsCli *cli, const char *mark, const GPtrArray *sentences)
{
	for (guint i = 0; i < sentences->len; i++)
		ps_cli_line(cli, "%s %s", mark, (char *)sentences->pdata[i]);
}

static void
print_header(PsCli *cli, const PsMessageHeader *header)
{
	if (header->differs) {
		ps_cli_line(cli, _("%s: %s (outside the protection: %s)"), header->name,
			    header->inner, header->outer);
		return;
	}
	ps_cli_line(cli, "%s: %s", header->name, header->inner ? header->inner : header->outer);
}

static void
print_parts(PsCli *cli, const PsMessage *message)
{
	if (message->parts->len < 2)
		return;
	ps_cli_line(cli, "%s", _("Parts:"));
	for (guint i = 0; i < message->parts->len; i++) {
		const PsPart *part = message->parts->pdata[i];
		g_autofree char *size =
			part->size >= 0 ? g_strdup_printf(", %" PRId64, part->size) : g_strdup("");
		ps_cli_line(cli, "  %*s%d %s%s%s%s%s%s%s", MIN(part->depth, 10) * 2, "",
			    part->number, part->type, size, part->filename ? " “" : "",
			    part->filename ? part->filename : "", part->filename ? "”" : "",
			    part->remark ? ": " : "", part->remark ? part->remark : "");
	}
}

static void
print_message(PsCli *cli, const PsMessage *message)
{
	g_autofree char *encryption = ps_message_encryption_line(message),
			*signature = ps_message_signature_line(message),
			*text = ps_message_text(message);

	for (guint i = 0; i < message->headers->len; i++)
		print_header(cli, message->headers->pdata[i]);
	ps_cli_line(cli, _("Encryption: %s"), encryption);
	ps_cli_line(cli, _("Signature: %s"), signature);
	print_sentences(cli, "!", message->problems);
	print_sentences(cli, "·", message->notes);
	print_parts(cli, message);
	ps_cli_line(cli, "%s", "");
	if (*text)
		ps_cli_text(cli, text);
}

/* Bytes as they are: for a file or another program. A terminal gets them only as safe text. */
static int
print_bytes(PsCli *cli, GBytes *bytes)
{
	gsize length = 0;
	const char *data = g_bytes_get_data(bytes, &length);

	if (isatty(fileno(cli->out))) {
		g_autofree char *text = g_strndup(data ? data : "", length);
		ps_cli_text(cli, text);
		return 0;
	}
	return fwrite(data ? data : "", 1, length, cli->out) == length && fflush(cli->out) == 0 ? 0
												: 2;
}

static int
show_mail(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean raw = FALSE;
	int part = 0;
	const GOptionEntry entries[] = {
		{"raw", 0, 0, G_OPTION_ARG_NONE, &raw, NULL, NULL},
		{"part", 0, 0, G_OPTION_ARG_INT, &part, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc != 2 || part < 0 || (raw && part))
		return ps_cli_usage(cli, error, _("“inbox show” needs one message."));
	if (!ps_cli_readable(cli, ps_kind_find("mail"), error))
		return 2;
	PsOpenpgp *openpgp = ps_cli_openpgp(cli);
	if (raw || part) {
		g_autoptr(GBytes) bytes = raw ? ps_message_raw(cli->store, openpgp, argv[1], error)
					      : ps_message_part_bytes(cli->store, openpgp, argv[1],
								      part, cli->progress, error);
		return bytes ? print_bytes(cli, bytes) : 2;
	}
	g_autoptr(PsMessage) message =
		ps_message_open(cli->store, openpgp, argv[1], cli->progress, error);
	if (!message)
		return 2;
	if (cli->json) {
		g_autoptr(cJSON) object = ps_message_json(message);
		ps_cli_print_json(cli, object);
	} else {
		print_message(cli, message);
	}
	return 0;
}

/* ---- case ---- */

static int
open_case(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"title", NULL};

	if (argc < 2)
		return ps_cli_usage(cli, error, _("“inbox case” needs a message."));
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 2, argv + 2, error);
	if (!pairs || !ps_cli_pairs_known(cli, pairs, names, error))
		return 64;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	PsOpenpgp *openpgp = ps_cli_openpgp(cli);
	g_autoptr(PsMessage) message =
		ps_message_open(cli->store, openpgp, argv[1], cli->progress, error);
	g_autoptr(PsReporter) reporter = message ? ps_mail_reporter(openpgp, message, error) : NULL;
	if (!reporter)
		return 2;
	g_autofree char *id = ps_case_open_from_mail(cli->store, message->id, message, reporter,
						     ps_pairs_get(pairs, "title"), error);
	return id ? ps_cli_print_record(cli, "case", id, error) : 2;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	static const PsSubcommand table[] = {
		{"case", open_case},     {"import", import_mail}, {"list", list_mail},
		{"reply", ps_cli_reply}, {"show", show_mail},     {"sync", sync_inbox},
	};

	return ps_cli_dispatch(cli, table, G_N_ELEMENTS(table), argc, argv, error);
}

const PsCommand ps_command_inbox = {
	.name = "inbox",
	.usage = "sync\nimport PATH…\nlist [QUERY] [--limit N]\nshow ID [--raw] [--part N]\n"
		 "reply ID --template T [--case CASE] [--draft] [--clear] [FIELD=VALUE…]\n"
		 "case ID [title=TITLE]",
	.summary = N_("Mail: brings the list up to date, searches, shows, answers, opens cases."),
	.details = N_(
		"ID is the message's id or a unique prefix of 8 characters, or its Message-ID. "
		"QUERY "
		"is notmuch's own language. “list” prints, parted by TAB: id, time, marks (N new, "
		"E "
		"encrypted, S signed, A attachment), sender, subject, case, verdict once opened. "
		"“import” takes .eml files, mbox files and Maildirs, each message once. “show "
		"--raw” "
		"gives the source, “--part N” the bytes of one part.\n\n"
		"“reply” fills a template with the case's facts, encrypts and signs where keys are "
		"known, and hands the message to the send command; --draft only stores it, --clear "
		"sends it unencrypted although it answers an encrypted one. FIELD is to, cc, "
		"subject "
		"or body. “psirtdesk inbox reply ID --template help” lists the templates."),
	.example = "inbox list tag:unread and tag:encrypted\ninbox reply 3f2a81c0 --template "
		   "acknowledgement",
	.run = run,
};
