#include "config.h"

#include <inttypes.h>

/* log, verify, checkpoint, undo, backup, restore, erase: what happened, and that it stays true. */

#include "commands/command-table.h"

#include "base/i18n.h"
#include "base/utc.h"

/* ---- log ---- */

typedef struct {
	PsCli *cli;
	char *person_id, *person_name; /* the last one looked up */
} LogPrinter;

static const char *
person_name(LogPrinter *printer, const char *id)
{
	if (!id)
		return "";
	if (g_strcmp0(id, printer->person_id) != 0) {
		g_autoptr(PsRecord) person = ps_store_get(printer->cli->store, "person", id, NULL);
		const char *name = person ? ps_record_text(person, "name") : NULL;
		g_free(printer->person_id);
		g_free(printer->person_name);
		printer->person_id = g_strdup(id);
		printer->person_name = g_strdup(name ? name : id);
	}
	return printer->person_name;
}

static void
add_text(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static cJSON *
entry_json(const PsLogEntry *entry)
{
	cJSON *object = cJSON_CreateObject();
	g_autofree char *at = ps_utc_format(entry->at);

	cJSON_AddNumberToObject(object, "sequence", (double)entry->sequence);
	add_text(object, "at", at);
	add_text(object, "transaction", entry->transaction);
	add_text(object, "action", entry->action);
	add_text(object, "person", entry->person);
	add_text(object, "kind", entry->kind);
	add_text(object, "record", entry->record);
	add_text(object, "field", entry->field);
	add_text(object, "old", entry->old_text);
	add_text(object, "new", entry->new_text);
	add_text(object, "state", entry->state);
	return object;
}

static gboolean
print_entry(gpointer user, const PsLogEntry *entry)
{
	LogPrinter *printer = user;
	PsCli *cli = printer->cli;
	g_autofree char *at = ps_utc_format(entry->at);
	g_autofree char *sequence = g_strdup_printf("%" PRId64, entry->sequence);

	if (cli->json) {
		g_autoptr(cJSON) object = entry_json(entry);
		ps_cli_array_add(cli, object);
	} else {
		const char *state = entry->state ? entry->state : "";
		ps_cli_row(cli, sequence, at, person_name(printer, entry->person), entry->action,
			   entry->kind, entry->record, entry->field ? entry->field : "*",
			   entry->old_text ? entry->old_text : state,
			   entry->new_text ? entry->new_text : state, NULL);
	}
	return !ps_cli_reader_gone(cli);
}

static int
run_log(PsCli *cli, int argc, char **argv, GError **error)
{
	gint64 limit = 0;
	const GOptionEntry entries[] = {
		{"limit", 0, 0, G_OPTION_ARG_INT64, &limit, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	LogPrinter printer = {.cli = cli};
	g_autofree char *record = NULL;

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc > 2 || limit < 0)
		return ps_cli_usage(cli, error, _("“log” takes one record."));
	if (!ps_cli_readable(cli, NULL, error))
		return 2;
	if (argc == 2 && !(record = ps_cli_find_record(cli, argv[1], NULL, error)))
		return 1;
	if (cli->json)
		ps_cli_array_begin(cli);
	gboolean done = ps_store_log(cli->store, record, limit, print_entry, &printer, error);
	if (cli->json)
		ps_cli_array_end(cli);
	g_free(printer.person_id);
	g_free(printer.person_name);
	return done ? 0 : 2;
}

const PsCommand ps_command_log = {
	.name = "log",
	.usage = "[RECORD] [--limit N]",
	.summary = N_("The change log, newest first."),
	.details = N_(
		"Columns, parted by TAB: sequence, time, person, action, kind, record, field (* "
		"for "
		"the whole record), old value, new value; “sealed” and “erased” stand for values "
		"that can't be shown. With --json: an array."),
	.example = "log PSIRT-2026-0001",
	.run = run_log,
};

/* ---- verify, checkpoint ---- */

typedef struct {
	PsCli *cli;
	cJSON *sentences;
} VerifyPrinter;

static void
print_sentence(gpointer user, const char *sentence)
{
	VerifyPrinter *printer = user;

	if (printer->cli->json)
		cJSON_AddItemToArray(printer->sentences, cJSON_CreateString(sentence));
	else
		ps_cli_line(printer->cli, "%s", sentence);
}

static int
run_verify(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autoptr(cJSON) object = cJSON_CreateObject();
	VerifyPrinter findings = {cli, cJSON_AddArrayToObject(object, "findings")};
	VerifyPrinter erasures = {cli, cJSON_AddArrayToObject(object, "erasures")};

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“verify” takes no operands."));
	if (!ps_cli_readable(cli, NULL, error))
		return 2;
	int count = ps_store_verify(cli->store, print_sentence, &findings, error);
	if (count < 0 || ps_store_erasures(cli->store, print_sentence, &erasures, error) < 0)
		return 2;
	if (cli->json) {
		cJSON_AddBoolToObject(object, "ok", count == 0);
		ps_cli_print_json(cli, object);
	} else if (count == 0) {
		ps_cli_line(cli, "%s",
			    _("The workspace is whole: the log agrees with its chain and "
			      "with the records."));
	}
	return count ? 1 : 0;
}

const PsCommand ps_command_verify = {
	.name = "verify",
	.usage = "",
	.summary = N_("Checks the change log, its chain and the records against each other."),
	.details =
		N_("A line for each thing that is wrong, exit status 1 when there is any, and one "
		   "for each text that was erased on purpose. With --json: {findings, erasures, "
		   "ok}."),
	.example = "verify",
	.run = run_verify,
};

static int
run_checkpoint(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“checkpoint” takes no operands."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	return ps_store_checkpoint(cli->store, error) ? 0 : 2;
}

const PsCommand ps_command_checkpoint = {
	.name = "checkpoint",
	.usage = "",
	.summary = N_("Signs the end of the change log with your OpenPGP key."),
	.details = N_("From then on nobody without that key can change the log before it unseen."),
	.example = "checkpoint",
	.run = run_checkpoint,
};

/* ---- undo ---- */

static int
run_undo(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *what = NULL;

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“undo” takes no operands."));
	if (!ps_cli_unlocked(cli, error) || !ps_store_undo(cli->store, &what, error))
		return 2;
	ps_cli_line(cli, "%s", what);
	return 0;
}

const PsCommand ps_command_undo = {
	.name = "undo",
	.usage = "",
	.summary = N_("Undoes your last change and prints which it was."),
	.details = N_("Again: the change before it. Refused when somebody touched the same records "
		      "since, and for what was sent, published or filed."),
	.example = "undo",
	.run = run_undo,
};

/* ---- backup, restore ---- */

static int
run_backup(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“backup” needs the file to write."));
	if (!ps_cli_store(cli, error))
		return 2;
	return ps_store_backup(cli->store, argv[1], error) ? 0 : 2;
}

const PsCommand ps_command_backup = {
	.name = "backup",
	.usage = "FILE",
	.summary = N_("Writes the whole workspace to one file while others go on working."),
	.details =
		N_("Database, settings and provider directory. Sealed texts stay sealed in it; the "
		   "same OpenPGP keys open it. The mail store and the keys are not in it."),
	.example = "backup /mnt/backup/psirtdesk-$(date +%F).db",
	.run = run_backup,
};

static int
run_restore(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("“restore” needs the backup's file."));
	return ps_store_recover(cli->workspace, argv[1], ps_cli_key_ops(cli), error) ? 0 : 2;
}

const PsCommand ps_command_restore = {
	.name = "restore",
	.usage = "FILE",
	.summary = N_("Puts the content of a backup in place of the workspace."),
	.details = N_(
		"The change log goes on in a new epoch, so that it shows that it was restored. A "
		"database that is damaged is kept beside it as psirtdesk.db.damaged."),
	.example = "restore /mnt/backup/psirtdesk-2026-11-21.db",
	.run = run_restore,
};

/* ---- erase ---- */

static int
run_erase(PsCli *cli, int argc, char **argv, GError **error)
{
	static const char *const names[] = {"reason", NULL};
	const PsKind *kind;

	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc < 3 || argc > 4)
		return ps_cli_usage(cli, error, _("“erase” needs a record and a reason."));
	const char *field = argc == 4 ? argv[2] : NULL;
	g_auto(GStrv) pairs = ps_cli_pairs(cli, 1, argv + argc - 1, error);
	if (!pairs || !ps_cli_pairs_known(cli, pairs, names, error))
		return 64;
	if (!*pairs[1])
		return ps_cli_usage(cli, error, _("The reason is empty: say why it is erased."));
	if (!ps_cli_unlocked(cli, error))
		return 2;
	g_autofree char *id = ps_cli_find_record(cli, argv[1], &kind, error);
	if (!id)
		return 1;
	if (field && !ps_kind_field(kind, field))
		return ps_cli_usage(cli, error, _("“%s” has no field “%s”."), kind->name, field);
	return ps_store_erase(cli->store, kind->name, id, field, pairs[1], error) ? 0 : 2;
}

const PsCommand ps_command_erase = {
	.name = "erase",
	.usage = "RECORD [FIELD] reason=TEXT",
	.summary = N_("Erases a field, or all sealed text of a record, for good, in the log too."),
	.details = N_("Can't be undone. The log still verifies and names the gap with its reason."),
	.example = "erase RPT-2026-0003 reporter_name reason=\"asked for by the reporter\"",
	.run = run_erase,
};
