#include "config.h"

/* cwe: the list of weaknesses, searched. */

#include "commands/command-table.h"

#include "base/i18n.h"
#include "scoring/cwe-list.h"

static void
print_item(PsCli *cli, const PsCweItem *item)
{
	if (!cli->json) {
		ps_cli_row(cli, item->id, item->name,
			   item->deprecated ? item->status : ps_cwe_usage_word(item->usage), NULL);
		return;
	}
	g_autoptr(cJSON) object = cJSON_CreateObject();
	cJSON_AddStringToObject(object, "id", item->id);
	cJSON_AddStringToObject(object, "name", item->name);
	cJSON_AddStringToObject(object, "status", item->status);
	cJSON_AddBoolToObject(object, "deprecated", item->deprecated);
	cJSON_AddStringToObject(object, "usage", ps_cwe_usage_word(item->usage));
	ps_cli_print_json(cli, object);
}

static int
run_cwe(PsCli *cli, int argc, char **argv, GError **error)
{
	if (!ps_cli_options(cli, NULL, &argc, &argv, error))
		return 64;
	if (argc < 2)
		return ps_cli_usage(cli, error, _("“cwe” needs words or an id."));
	g_autoptr(PsCweList) list = ps_cwe_list_open(error);
	if (!list)
		return 2;
	g_autofree char *text = g_strjoinv(" ", argv + 1);
	const PsCweItem *exact = ps_cwe_list_find(list, text);
	if (exact) {
		print_item(cli, exact);
		if (ps_cwe_item_warning(exact))
			ps_cli_note(cli, "%s: %s", exact->id, ps_cwe_item_warning(exact));
		return 0;
	}
	g_autoptr(GArray) found = ps_cwe_list_search(list, text);
	for (guint i = 0; i < found->len && !ps_cli_reader_gone(cli); i++)
		print_item(cli, ps_cwe_list_item(list, g_array_index(found, guint, i)));
	if (found->len > 0)
		return 0;
	g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
		    _("No weakness of the CWE list fits “%s”: try fewer or other words."), text);
	return 1;
}

const PsCommand ps_command_cwe = {
	.name = "cwe",
	.usage = "WORDS…\nID",
	.summary = N_("Searches the list of weaknesses (CWE)."),
	.details = N_("Prints a line a weakness: id, name, and whether CWE allows it for "
		      "vulnerabilities (Allowed, Allowed-with-Review, Discouraged, Prohibited; "
		      "Deprecated). The best comes first. All words must be in the name; usual "
		      "short names as XSS or SSRF are words too. With --json every line is an "
		      "object."),
	.example = "cwe path traversal\ncwe CWE-79",
	.run = run_cwe,
};
