#include "config.h"

/* list and search: many records, a line each. */

#include "commands/command-table.h"

#include <string.h>

#include "base/i18n.h"
#include "registry/registry.h"

/* Rows are fetched in pages, so that memory does not grow with the list. */
#define PAGE 500

/* Small plain fields that tell a row from others. */
static char *
remarks_of(const PsRecord *record)
{
	const PsKind *kind = ps_record_kind(record);
	g_autoptr(GString) remarks = g_string_new(NULL);

	for (gsize i = 0; i < kind->n_fields; i++) {
		const PsField *field = &kind->fields[i];
		gboolean small = field->type == PS_TYPE_CHOICE || field->type == PS_TYPE_TIME ||
				 field->type == PS_TYPE_DATE ||
				 (field->type == PS_TYPE_TEXT && !(field->flags & PS_FIELD_SEALED));
		const char *text = ps_record_text(record, field->name);
		if (small && text && !g_str_equal(field->name, kind->title_field))
			g_string_append_printf(remarks, "%s%s=%s", remarks->len ? " " : "",
					       field->name, text);
	}
	return g_string_free(g_steal_pointer(&remarks), FALSE);
}

static void
print_row(PsCli *cli, const PsRecord *record)
{
	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(record);
		ps_cli_print_json(cli, object);
		return;
	}
	g_autofree char *title = ps_record_title(cli->store, record);
	g_autofree char *remarks = remarks_of(record);
	ps_cli_row(cli, ps_record_name(record), title, remarks, NULL);
}

static gboolean
print_pages(PsCli *cli, PsQuery query, GError **error)
{
	gint64 left = query.limit;

	for (;;) {
		query.limit = left && left < PAGE ? left : PAGE;
		g_autoptr(GPtrArray) records = ps_store_list(cli->store, &query, error);
		if (!records)
			return FALSE;
		for (guint i = 0; i < records->len && !ps_cli_reader_gone(cli); i++)
			print_row(cli, records->pdata[i]);
		if (left && (left -= records->len) <= 0)
			return TRUE;
		if (records->len < query.limit || ps_cli_reader_gone(cli))
			return TRUE;
		query.offset += records->len;
	}
}

/* FIELD=VALUE of a field that the kind has is a filter, anything else a word. */
static void
sort_operands(const PsKind *kind, int count, char **operands, GPtrArray *filters, GString *words)
{
	for (int i = 0; i < count; i++) {
		const char *sign = strchr(operands[i], '=');
		g_autofree char *name =
			sign ? g_strndup(operands[i], (gsize)(sign - operands[i])) : NULL;
		if (name && ps_kind_field(kind, name)) {
			g_ptr_array_add(filters, g_steal_pointer(&name));
			g_ptr_array_add(filters, g_strdup(sign + 1));
		} else {
			g_string_append_printf(words, "%s%s", words->len ? " " : "", operands[i]);
		}
	}
	g_ptr_array_add(filters, NULL);
}

/* A reference may be given as a short number. */
static gboolean
resolve_filters(PsCli *cli, const PsKind *kind, GPtrArray *filters, GError **error)
{
	for (guint i = 0; i + 1 < filters->len; i += 2) {
		const PsField *field = ps_kind_field(kind, filters->pdata[i]);
		const char *value = filters->pdata[i + 1];
		if (field->type != PS_TYPE_REF || !*value)
			continue;
		char *id = ps_store_resolve(cli->store, field->refers_to, value, error);
		if (!id)
			return FALSE;
		g_free(filters->pdata[i + 1]);
		filters->pdata[i + 1] = id;
	}
	return TRUE;
}

static gboolean
order_known(PsCli *cli, const PsKind *kind, const char *order, GError **error)
{
	const PsField *field = order ? ps_kind_field(kind, order) : NULL;

	if (order && (!field || (field->flags & PS_FIELD_SEALED))) {
		ps_cli_usage(cli, error, _("“%s” can't be sorted by “%s”."), kind->name, order);
		return FALSE;
	}
	return TRUE;
}

static int
run_list(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *order = NULL;
	gint64 limit = 0, offset = 0;
	gboolean reverse = FALSE;
	const GOptionEntry entries[] = {
		{"order", 0, 0, G_OPTION_ARG_STRING, &order, NULL, NULL},
		{"reverse", 0, 0, G_OPTION_ARG_NONE, &reverse, NULL, NULL},
		{"limit", 0, 0, G_OPTION_ARG_INT64, &limit, NULL, NULL},
		{"offset", 0, 0, G_OPTION_ARG_INT64, &offset, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“list” needs a kind."));
	const PsKind *kind = ps_cli_kind(cli, argv[1], error);
	if (!kind || !order_known(cli, kind, order, error))
		return 64;
	if (limit < 0 || offset < 0)
		return ps_cli_usage(cli, error, _("--limit and --offset can't be negative."));
	if (!ps_cli_readable(cli, kind, error))
		return 2;
	g_autoptr(GPtrArray) filters = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) words = g_string_new(NULL);
	sort_operands(kind, argc - 2, argv + 2, filters, words);
	if (!resolve_filters(cli, kind, filters, error))
		return 2;
	const PsQuery query = {
		.kind = kind->name,
		.words = words->len ? words->str : NULL,
		.filters = (const char *const *)filters->pdata,
		.order_by = order,
		.descending = reverse,
		.limit = limit,
		.offset = offset,
	};
	return print_pages(cli, query, error) ? 0 : 2;
}

const PsCommand ps_command_list = {
	.name = "list",
	.usage = "KIND [WORDS] [FIELD=VALUE…] [--order FIELD] [--reverse] [--limit N] [--offset N]",
	.summary = N_("Lists records of a kind, newest first."),
	.details =
		N_("Every word must be in some text of the record; “FIELD=” finds records without "
		   "it. Columns, parted by TAB: number or id, title, further fields. With --json: "
		   "an object a line."),
	.example = "list case rm=ACCEPTED",
	.run = run_list,
};

/* ---- search ---- */

static void
print_found(PsCli *cli, const PsRecord *record)
{
	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(record);
		ps_cli_array_add(cli, object);
		return;
	}
	g_autofree char *title = ps_record_title(cli->store, record);
	ps_cli_row(cli, ps_record_kind(record)->name, ps_record_name(record), title, NULL);
}

static int
run_search(PsCli *cli, int argc, char **argv, GError **error)
{
	gint64 limit = 0;
	const GOptionEntry entries[] = {
		{"limit", 0, 0, G_OPTION_ARG_INT64, &limit, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc < 2 || limit < 0)
		return ps_cli_usage(cli, error, _("“search” needs a word to look for."));
	if (!ps_cli_readable(cli, NULL, error))
		return 2;
	g_autofree char *words = g_strjoinv(" ", argv + 1);
	g_autoptr(GPtrArray) found = ps_store_search(cli->store, words, limit, error);
	if (!found)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < found->len && !ps_cli_reader_gone(cli); i++)
		print_found(cli, found->pdata[i]);
	if (cli->json)
		ps_cli_array_end(cli);
	return 0;
}

const PsCommand ps_command_search = {
	.name = "search",
	.usage = "WORDS [--limit N]",
	.summary = N_("Searches all records that you may read."),
	.details = N_(
		"Every word must be in some text of a record; sealed texts are searched when the "
		"workspace can be unlocked. Columns, parted by TAB: kind, number or id, title. "
		"--limit holds for each kind. With --json: an array of records."),
	.example = "search openssl",
	.run = run_search,
};
