#include "config.h"

#include "commands/advisory-refresh.h"

#include "advisory/refresh.h"
#include "base/i18n.h"

typedef struct {
	char **accept, **keep;
	gboolean accept_all, keep_all;
} Answers;

static const char *
kind_token(PsChangeKind kind)
{
	static const char *const tokens[] = {
		[PS_CHANGE_CHANGED] = "changed",
		[PS_CHANGE_ADDED] = "added",
		[PS_CHANGE_REMOVED] = "removed",
	};

	return tokens[kind];
}

static cJSON *
change_json(const PsAdvisoryChange *change)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddStringToObject(object, "field", change->field);
	cJSON_AddStringToObject(object, "pointer", change->pointer);
	cJSON_AddStringToObject(object, "label", change->label);
	cJSON_AddStringToObject(object, "change", kind_token(change->kind));
	cJSON_AddStringToObject(object, "old", change->old_text);
	cJSON_AddStringToObject(object, "new", change->new_text);
	cJSON_AddBoolToObject(object, "shown", change->shown);
	cJSON_AddBoolToObject(object, "edited", change->edited);
	return object;
}

/* Lines that begin with a sign, as in every diff. */
static void
print_lines(PsCli *cli, const char *sign, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *text && *line; line++)
		ps_cli_line(cli, "  %s %s", sign, *line);
}

static void
print_change(PsCli *cli, const PsAdvisoryChange *change)
{
	if (cli->json) {
		ps_cli_array_add(cli, change_json(change));
		return;
	}
	ps_cli_line(cli, "%s (%s)%s", change->label, ps_change_text(change->kind),
		    change->edited ? _(", edited by hand here: your edit stays") : "");
	ps_cli_line(cli, "  %s", change->field);
	print_lines(cli, "-", change->old_text);
	print_lines(cli, "+", change->new_text);
}

static int
print_changes(PsCli *cli, const char *id, GError **error)
{
	g_autoptr(PsAdvisory) advisory = ps_advisory_load(cli->store, id, error);

	if (!advisory)
		return 2;
	g_autoptr(GPtrArray) changes = ps_advisory_changes(advisory);
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < changes->len; i++)
		print_change(cli, changes->pdata[i]);
	if (cli->json)
		ps_cli_array_end(cli);
	else if (changes->len == 0)
		ps_cli_note(cli, "%s",
			    _("Nothing changed in the case since its changes were last accepted."));
	return 0;
}

static gboolean
answer(PsCli *cli, const char *id, const Answers *answers, GError **error)
{
	static const char *const all[] = {"", NULL};
	guint count = 0;

	if (!ps_advisory_answer(cli->store, id,
				answers->accept_all ? all : (const char *const *)answers->accept,
				answers->keep_all ? all : (const char *const *)answers->keep,
				&count, error))
		return FALSE;
	ps_cli_note(cli, ngettext("%u change was answered.", "%u changes were answered.", count),
		    count);
	return TRUE;
}

int
ps_cli_advisory_refresh(PsCli *cli, int argc, char **argv, GError **error)
{
	g_auto(GStrv) accept = NULL, keep = NULL;
	Answers answers = {NULL, NULL, FALSE, FALSE};
	const GOptionEntry entries[] = {
		{"accept", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accept, NULL, NULL},
		{"accept-all", 0, 0, G_OPTION_ARG_NONE, &answers.accept_all, NULL, NULL},
		{"keep", 0, 0, G_OPTION_ARG_STRING_ARRAY, &keep, NULL, NULL},
		{"keep-all", 0, 0, G_OPTION_ARG_NONE, &answers.keep_all, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc != 2)
		return ps_cli_usage(cli, error, _("Name one advisory, or its case."));
	answers.accept = accept;
	answers.keep = keep;
	if (!ps_cli_unlocked(cli, error))
		return 2;
	if ((accept || keep || answers.accept_all || answers.keep_all) &&
	    !answer(cli, argv[1], &answers, error))
		return g_error_matches(*error, PS_ERROR, PS_ERROR_NOT_FOUND) ? 1 : 2;
	return print_changes(cli, argv[1], error);
}
