#include "config.h"

/* advisory versions, diff: what was published, and what changed. */

#include "commands/advisory-cli.h"

#include <string.h>

#include "advisory/diff.h"
#include "advisory/history.h"
#include "base/i18n.h"
#include "base/utc.h"

#define LINE_CELLS 400

/* ---- versions ---- */

static void
print_version(PsCli *cli, const PsEditionEntry *entry)
{
	g_autofree char *at = ps_utc_format(entry->at);

	if (!cli->json) {
		ps_cli_row(cli, entry->version, entry->status, at ? at : "", entry->approval,
			   entry->summary, NULL);
		return;
	}
	cJSON *object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "version", entry->version);
	cJSON_AddStringToObject(object, "status", entry->status);
	cJSON_AddBoolToObject(object, "published", entry->published);
	cJSON_AddItemToObject(object, "at", at ? cJSON_CreateString(at) : cJSON_CreateNull());
	cJSON_AddStringToObject(object, "approval", entry->approval);
	cJSON_AddStringToObject(object, "summary", entry->summary);
	cJSON_AddStringToObject(object, "step", entry->step);
	cJSON_AddItemToObject(object, "sha256",
			      entry->sha256 ? cJSON_CreateString(entry->sha256)
					    : cJSON_CreateNull());
	ps_cli_array_add(cli, object);
}

static void
tell_hints(PsCli *cli, const PsAdvisory *advisory)
{
	g_autofree char *hint = ps_history_hint(cli->store, advisory, ps_now_ms());

	if (hint && !cli->json)
		ps_cli_note(cli, "%s", hint);
}

/* As it was published, byte for byte; the draft as it would be. */
static int
print_document(PsCli *cli, const PsAdvisory *advisory, const char *version, GError **error)
{
	g_autoptr(GBytes) bytes = ps_history_bytes(cli->store, advisory, version, error);

	if (!bytes)
		return 2;
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	fwrite(text, 1, length, cli->out);
	return 0;
}

int
ps_cli_advisory_versions(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 1, 2, error))
		return 64;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[1], error);
	if (!advisory)
		return 2;
	if (argc > 2)
		return print_document(cli, advisory, argv[2], error);
	g_autoptr(GPtrArray) entries = ps_history(cli->store, advisory, error);
	if (!entries)
		return 2;
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < entries->len; i++)
		print_version(cli, entries->pdata[i]);
	if (cli->json)
		ps_cli_array_end(cli);
	tell_hints(cli, advisory);
	return 0;
}

/* ---- diff ---- */

static void
print_changes(PsCli *cli, GPtrArray *changes)
{
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < changes->len; i++) {
		g_autofree char *line = ps_diff_line(changes->pdata[i], LINE_CELLS);
		if (cli->json)
			ps_cli_array_add(cli, ps_diff_json(changes->pdata[i]));
		else
			ps_cli_line(cli, "%s", line);
	}
	if (cli->json)
		ps_cli_array_end(cli);
}

/* Without versions: from the last published one to the draft. */
int
ps_cli_advisory_diff(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_advisory_plain(cli, &argc, &argv, 1, 3, error))
		return 64;
	g_autoptr(PsAdvisory) advisory = ps_cli_advisory_load(cli, argv[1], error);
	if (!advisory)
		return 2;
	const char *from = argc > 2 ? argv[2] : PS_HISTORY_PUBLISHED;
	const char *to = argc > 3 ? argv[3] : PS_HISTORY_DRAFT;
	g_autoptr(cJSON) before = ps_history_document(cli->store, advisory, from, error);
	g_autoptr(cJSON) after =
		before ? ps_history_document(cli->store, advisory, to, error) : NULL;
	if (!after)
		return 2;
	g_autoptr(GPtrArray) changes = ps_diff(before, after, PS_DIFF_CONTENT);
	print_changes(cli, changes);
	if (changes->len == 0 && !cli->json)
		ps_cli_note(cli, "%s", _("The contents are the same."));
	return 0;
}
