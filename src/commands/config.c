#include "config.h"

#include "commands/command-table.h"

#include <string.h>

#include "base/i18n.h"

static const PsSetting *
find_setting(const char *key)
{
	gsize count;
	const PsSetting *settings = ps_settings(&count);

	for (gsize i = 0; i < count; i++)
		if (g_str_equal(settings[i].key, key))
			return &settings[i];
	return NULL;
}

static void
show_all(PsCli *cli, gboolean explain)
{
	gsize count;
	const PsSetting *settings = ps_settings(&count);
	g_autoptr(cJSON) object = cJSON_CreateObject();

	for (gsize i = 0; i < count; i++) {
		g_autofree char *value = ps_store_config(cli->store, settings[i].key);
		if (cli->json)
			cJSON_AddItemToObject(object, settings[i].key,
					      value ? cJSON_CreateString(value)
						    : cJSON_CreateNull());
		else if (explain)
			ps_cli_row(cli, settings[i].key, value ? value : "", _(settings[i].help),
				   NULL);
		else
			ps_cli_row(cli, settings[i].key, value ? value : "", NULL);
	}
	if (cli->json)
		ps_cli_print_json(cli, object);
}

static int
show_one(PsCli *cli, const char *key)
{
	g_autofree char *value = ps_store_config(cli->store, key);

	if (cli->json) {
		g_autoptr(cJSON) text = value ? cJSON_CreateString(value) : cJSON_CreateNull();
		ps_cli_print_json(cli, text);
	} else if (value) {
		ps_cli_line(cli, "%s", value);
	}
	return value ? 0 : 1;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	gboolean explain = FALSE;
	const GOptionEntry entries[] = {
		{"explain", 0, 0, G_OPTION_ARG_NONE, &explain, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc > 3)
		return ps_cli_usage(cli, error, _("“config” takes a key and a value."));
	if (!ps_cli_store(cli, error))
		return 2;
	if (argc == 1) {
		show_all(cli, explain);
		return 0;
	}
	if (!find_setting(argv[1])) {
		g_set_error(error, PS_ERROR, PS_ERROR_NOT_FOUND,
			    _("There is no setting “%s”; “psirtdesk config --explain” lists them."),
			    argv[1]);
		return 1;
	}
	if (argc == 2)
		return show_one(cli, argv[1]);
	return ps_setting_takes(argv[1], argv[2], error) &&
			       ps_store_set_config(cli->store, argv[1], argv[2], error)
		       ? 0
		       : 2;
}

const PsCommand ps_command_config = {
	.name = "config",
	.usage = "[--explain]\nKEY\nKEY VALUE",
	.summary = N_("Shows or sets the workspace's settings."),
	.details =
		N_("Without a key: every setting and its value, parted by TAB; --explain adds what "
		   "it is for. A key alone prints its value (exit status 1 when it has none); an "
		   "empty value (\"\") goes back to the default. With --json: an object, or the "
		   "value."),
	.example = "config mail.send_command \"msmtp -t\"",
	.run = run,
};
