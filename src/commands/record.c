#include "config.h"

/* new, show, set, delete: one record of any kind. */

#include "commands/command-table.h"

#include <string.h>

#include "base/i18n.h"
#include "cases/edit.h"
#include "registry/registry.h"

/* Operands KIND ID; NULL after telling what is wrong. */
static const PsKind *
kind_operand(PsCli *cli, int argc, char **argv, int least, GError **error)
{
	if (argc < least) {
		ps_cli_usage(cli, error, _("“%s” needs more than that."), argv[0]);
		return NULL;
	}
	return ps_cli_kind(cli, argv[1], error);
}

/* ---- new ---- */

static int
run_new(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	const PsKind *kind = kind_operand(cli, argc, argv, 2, error);
	if (!kind)
		return 64;
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 2, argv + 2, error);
	if (!pairs || !ps_cli_unlocked(cli, error))
		return 2;
	g_autoptr(PsTxn) txn = ps_txn_begin(cli->store, "record.new", error);
	g_autofree char *id = txn ? ps_edit_new(txn, kind->name, pairs, error) : NULL;
	if (!id || !ps_txn_commit(txn, error))
		return 2;
	g_clear_pointer(&txn, ps_txn_free);
	return ps_cli_print_record(cli, kind->name, id, error);
}

const PsCommand ps_command_new = {
	.name = "new",
	.usage = "KIND FIELD=VALUE…",
	.summary = N_("Makes a record and prints its short number or id."),
	.details =
		N_("FIELD=@FILE reads the value from a file, FIELD=@- from standard input. “kinds "
		   "KIND” tells which fields there are. With --json: the whole record."),
	.example = "new product vendor=\"Example Works\" name=\"Gateway 200\"",
	.run = run_new,
};

/* ---- show ---- */

static char *
shown_value(PsCli *cli, const PsRecord *record, const PsField *field)
{
	const char *text = ps_record_text(record, field->name);

	if (!text)
		return g_strdup(ps_record_is_sealed(record, field->name) ? _("(sealed)") : NULL);
	if (field->type != PS_TYPE_REF)
		return g_strdup(text);
	g_autoptr(PsRecord) target = ps_store_get(cli->store, field->refers_to, text, NULL);
	if (!target)
		return g_strdup(text);
	g_autofree char *title = ps_record_title(cli->store, target);
	return g_strdup_printf("%s  %s", ps_record_name(target), title);
}

static void
show_text(PsCli *cli, const PsRecord *record)
{
	const PsKind *kind = ps_record_kind(record);

	ps_cli_line(cli, "%s %s", _(kind->label), ps_record_name(record));
	for (gsize i = 0; i < kind->n_fields; i++) {
		g_autofree char *value = shown_value(cli, record, &kind->fields[i]);
		if (!value)
			continue;
		if (strchr(value, '\n')) {
			ps_cli_line(cli, "  %s:", _(kind->fields[i].label));
			ps_cli_text(cli, value);
		} else {
			ps_cli_line(cli, "  %s: %s", _(kind->fields[i].label), value);
		}
	}
}

static int
run_show(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	const PsKind *kind = kind_operand(cli, argc, argv, 3, error);
	if (!kind)
		return 64;
	if (argc > 3)
		return ps_cli_usage(cli, error, _("“show” takes a kind and an id."));
	if (!ps_cli_readable(cli, kind, error))
		return 2;
	if (cli->json)
		return ps_cli_print_record(cli, kind->name, argv[2], error);
	g_autoptr(PsRecord) record = ps_store_get(cli->store, kind->name, argv[2], error);
	if (!record)
		return 1;
	show_text(cli, record);
	return 0;
}

const PsCommand ps_command_show = {
	.name = "show",
	.usage = "KIND ID",
	.summary = N_("Shows a record."),
	.details =
		N_("ID is a short number, an id, or at least 8 characters of one. With --json: an "
		   "object; absent fields are null, and “sealed” names those that the locked "
		   "workspace can't show."),
	.example = "show case PSIRT-2026-0001",
	.run = run_show,
};

/* ---- set ---- */

/* A --if without a FIELD=VALUE of the same name checks a field that is not changed. */
static gboolean
check_seen(const PsRecord *record, const PsKind *kind, char *const *seen, GError **error)
{
	for (; *seen; seen += 2) {
		if (!ps_kind_field(kind, seen[0])) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT, _("“%s” has no field “%s”."),
				    kind->name, seen[0]);
			return FALSE;
		}
		const char *is = ps_record_text(record, seen[0]);
		if (g_str_equal(is ? is : "", seen[1]))
			continue;
		g_set_error(error, PS_ERROR, PS_ERROR_CONFLICT,
			    _("“%s” was changed: it is “%s” now, not “%s”. Nothing was set."),
			    seen[0], is ? is : "", seen[1]);
		return FALSE;
	}
	return TRUE;
}

static gboolean
set_fields(PsCli *cli, const PsKind *kind, const char *id, char *const *pairs, char *const *seen,
	   GError **error)
{
	g_autoptr(PsTxn) txn = ps_txn_begin(cli->store, "record.set", error);
	g_autoptr(PsRecord) record = txn ? ps_store_get(cli->store, kind->name, id, error) : NULL;

	if (!record || !check_seen(record, kind, seen, error))
		return FALSE;
	for (; *pairs; pairs += 2) {
		const char *was = ps_pairs_get(seen, pairs[0]);
		if (!ps_edit_set(txn, kind->name, ps_record_id(record), pairs[0], pairs[1],
				 was ? was : PS_ANY, error))
			return FALSE;
	}
	return ps_txn_commit(txn, error);
}

static int
run_set(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(GStrv) conditions = NULL;
	const GOptionEntry entries[] = {
		{"if", 0, 0, G_OPTION_ARG_STRING_ARRAY, &conditions, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	const PsKind *kind = kind_operand(cli, argc, argv, 4, error);
	if (!kind)
		return 64;
	g_auto(GStrv) pairs = ps_cli_pairs(cli, argc - 3, argv + 3, error);
	if (!pairs)
		return 2;
	g_auto(GStrv) seen = ps_cli_pairs(cli, conditions ? (int)g_strv_length(conditions) : 0,
					  conditions, error);
	if (!seen || !ps_cli_unlocked(cli, error) ||
	    !set_fields(cli, kind, argv[2], pairs, seen, error))
		return 2;
	return cli->json ? ps_cli_print_record(cli, kind->name, argv[2], error) : 0;
}

const PsCommand ps_command_set = {
	.name = "set",
	.usage = "KIND ID FIELD=VALUE… [--if FIELD=OLD]…",
	.summary = N_("Changes fields of a record."),
	.details = N_("“FIELD=” clears a field, FIELD=@FILE reads a file. With --if nothing is set "
		      "unless the field still has the value OLD: the exit status is then 1 and the "
		      "message names both values. All fields are set together or not at all."),
	.example = "set case PSIRT-2026-0001 tlp=GREEN --if tlp=AMBER",
	.run = run_set,
};

/* ---- delete ---- */

static int
run_delete(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	const PsKind *kind = kind_operand(cli, argc, argv, 3, error);
	if (!kind)
		return 64;
	if (argc > 3)
		return ps_cli_usage(cli, error, _("“delete” takes a kind and an id."));
	if (!ps_cli_store(cli, error))
		return 2;
	g_autoptr(PsTxn) txn = ps_txn_begin(cli->store, "record.delete", error);
	g_autofree char *id = txn ? ps_store_resolve(cli->store, kind->name, argv[2], error) : NULL;
	if (!id || !ps_edit_delete(txn, kind->name, id, error) || !ps_txn_commit(txn, error))
		return 2;
	return 0;
}

const PsCommand ps_command_delete = {
	.name = "delete",
	.usage = "KIND ID",
	.summary = N_("Deletes a record; “undo” brings it back."),
	.details = N_("The change log keeps what it was. To remove its words for good: “erase”."),
	.example = "delete reference 0192f1aa",
	.run = run_delete,
};
