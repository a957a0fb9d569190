#include "config.h"

#include "commands/command-table.h"

#include "base/i18n.h"

static const char *const type_names[] = {
	[PS_TYPE_TEXT] = "text",       [PS_TYPE_LONGTEXT] = "longtext",
	[PS_TYPE_INTEGER] = "integer", [PS_TYPE_BOOLEAN] = "boolean",
	[PS_TYPE_TIME] = "time",       [PS_TYPE_DATE] = "date",
	[PS_TYPE_CHOICE] = "choice",   [PS_TYPE_REF] = "reference",
};

static void
add_text(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static cJSON *
field_json(const PsField *field)
{
	cJSON *object = cJSON_CreateObject();

	add_text(object, "name", field->name);
	add_text(object, "label", _(field->label));
	add_text(object, "type", type_names[field->type]);
	cJSON_AddBoolToObject(object, "required", (field->flags & PS_FIELD_REQUIRED) != 0);
	cJSON_AddBoolToObject(object, "sealed", (field->flags & PS_FIELD_SEALED) != 0);
	cJSON_AddBoolToObject(object, "fixed", (field->flags & PS_FIELD_FIXED) != 0);
	if (field->choices) {
		cJSON *choices = cJSON_AddArrayToObject(object, "choices");
		for (const char *const *c = field->choices; *c; c++)
			cJSON_AddItemToArray(choices, cJSON_CreateString(*c));
	}
	if (field->refers_to)
		add_text(object, "refers_to", field->refers_to);
	add_text(object, "help", _(field->help));
	return object;
}

static cJSON *
kind_json(const PsKind *kind)
{
	cJSON *object = cJSON_CreateObject();

	add_text(object, "kind", kind->name);
	add_text(object, "label", _(kind->label));
	add_text(object, "plural", _(kind->plural));
	add_text(object, "number_prefix", kind->number_prefix);
	add_text(object, "parent", kind->parent_field);
	cJSON_AddBoolToObject(object, "bulk", (kind->flags & PS_KIND_BULK) != 0);
	add_text(object, "help", _(kind->help));
	cJSON *fields = cJSON_AddArrayToObject(object, "fields");
	for (gsize i = 0; i < kind->n_fields; i++)
		cJSON_AddItemToArray(fields, field_json(&kind->fields[i]));
	return object;
}

static int
list_kinds(PsCli *cli)
{
	gsize count;
	const PsKind *kinds = ps_kinds(&count);
	g_autoptr(cJSON) array = cJSON_CreateArray();

	for (gsize i = 0; i < count; i++) {
		if (cli->json)
			cJSON_AddItemToArray(array, kind_json(&kinds[i]));
		else
			ps_cli_row(cli, kinds[i].name, _(kinds[i].help), NULL);
	}
	if (cli->json)
		ps_cli_print_json(cli, array);
	return 0;
}

static char *
marks_of(const PsField *field)
{
	g_autoptr(GString) marks = g_string_new(NULL);

	if (field->flags & PS_FIELD_REQUIRED)
		g_string_append(marks, "required ");
	if (field->flags & PS_FIELD_SEALED)
		g_string_append(marks, "sealed ");
	if (field->flags & PS_FIELD_FIXED)
		g_string_append(marks, "fixed ");
	if (field->refers_to)
		g_string_append_printf(marks, "%s ", field->refers_to);
	if (field->choices) {
		g_autofree char *choices = g_strjoinv("|", (char **)field->choices);
		g_string_append_printf(marks, "%s ", choices);
	}
	return g_strdup(g_strchomp(marks->str));
}

static int
show_kind(PsCli *cli, const PsKind *kind)
{
	if (cli->json) {
		g_autoptr(cJSON) object = kind_json(kind);
		ps_cli_print_json(cli, object);
		return 0;
	}
	for (gsize i = 0; i < kind->n_fields; i++) {
		const PsField *field = &kind->fields[i];
		g_autofree char *marks = marks_of(field);
		ps_cli_row(cli, field->name, type_names[field->type], marks, _(field->help), NULL);
	}
	return 0;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc == 1)
		return list_kinds(cli);
	if (argc > 2)
		return ps_cli_usage(cli, error, _("“kinds” takes one kind's name."));
	const PsKind *kind = ps_kind_find(argv[1]);
	if (kind)
		return show_kind(cli, kind);
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("There is no kind of record “%s”; “psirtdesk kinds” lists them."), argv[1]);
	return 1;
}

const PsCommand ps_command_kinds = {
	.name = "kinds",
	.usage = "[KIND]",
	.summary = N_("The kinds of records and their fields."),
	.details = N_(
		"With a kind, a line for each field: name, type, marks (required, sealed, fixed: "
		"set by its own command only, the kind that it refers to, choices) and help, "
		"parted by TAB. With --json: an array of kinds, or one kind."),
	.example = "kinds case --json",
	.run = run,
};
