#include "config.h"

/* A record as JSON. */

#include "commands/command.h"

#include <stdlib.h>

static cJSON *
field_json(const PsRecord *record, const PsField *field)
{
	const char *text = ps_record_text(record, field->name);

	if (!text)
		return cJSON_CreateNull();
	switch (field->type) {
	case PS_TYPE_INTEGER:
		/* Raw: a double would lose digits above 2^53. */
		return cJSON_CreateRaw(text);
	case PS_TYPE_BOOLEAN:
		return cJSON_CreateBool(ps_record_flag(record, field->name));
	default:
		return cJSON_CreateString(text);
	}
}

cJSON *
ps_cli_record_json(const PsRecord *record)
{
	const PsKind *kind = ps_record_kind(record);
	cJSON *object = cJSON_CreateObject(), *sealed = NULL;

	cJSON_AddStringToObject(object, "kind", kind->name);
	cJSON_AddStringToObject(object, "id", ps_record_id(record));
	if (kind->number_prefix)
		cJSON_AddStringToObject(object, "number", ps_record_number(record));
	for (gsize i = 0; i < kind->n_fields; i++) {
		const char *name = kind->fields[i].name;
		cJSON_AddItemToObject(object, name, field_json(record, &kind->fields[i]));
		if (!ps_record_is_sealed(record, name))
			continue;
		if (!sealed)
			sealed = cJSON_AddArrayToObject(object, "sealed");
		cJSON_AddItemToArray(sealed, cJSON_CreateString(name));
	}
	return object;
}

int
ps_cli_print_record(PsCli *cli, const char *kind, const char *id, GError **error)
{
	g_autoptr(PsRecord) record = ps_store_get(cli->store, kind, id, error);

	if (!record)
		return 2;
	if (cli->json) {
		g_autoptr(cJSON) object = ps_cli_record_json(record);
		ps_cli_print_json(cli, object);
	} else {
		ps_cli_line(cli, "%s", ps_record_name(record));
	}
	return 0;
}
