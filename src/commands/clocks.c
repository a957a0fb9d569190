#include "config.h"

#include "commands/command-table.h"

#include "base/i18n.h"
#include "base/utc.h"
#include "cases/desk.h"

static void
add_text(cJSON *object, const char *name, const char *text)
{
	cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

static cJSON *
line_json(const PsDeskLine *line)
{
	cJSON *object = cJSON_CreateObject();
	g_autofree char *due = ps_utc_format(line->due_at);

	add_text(object, "due", due);
	add_text(object, "state", ps_clock_state_token(line->state));
	add_text(object, "clock", line->token);
	add_text(object, "what", line->what);
	add_text(object, "kind", line->kind);
	add_text(object, "id", line->record);
	add_text(object, "case", line->case_number);
	add_text(object, "title", line->title);
	add_text(object, "owner", line->owner);
	add_text(object, "reason", line->reason);
	return object;
}

/* "late by 2 d", "in 3 h", "not started" */
static char *
distance_text(const PsDeskLine *line, gint64 now)
{
	if (line->due_at == PS_NO_TIME)
		return g_strdup(ps_clock_state_text(line->state));
	g_autofree char *distance = ps_duration_text(line->due_at - now);
	return g_strdup_printf(line->due_at < now ? _("late by %s") : _("in %s"), distance);
}

static void
print_line(PsCli *cli, const PsDeskLine *line, gint64 now)
{
	g_autofree char *due = ps_utc_format(line->due_at);
	g_autofree char *distance = distance_text(line, now);

	ps_cli_row(cli, due ? due : "-", distance, line->case_number ? line->case_number : "-",
		   line->what, line->title, line->owner ? line->owner : "-", line->reason, NULL);
}

static void
print_lines(PsCli *cli, GPtrArray *lines, gint64 now)
{
	if (cli->json)
		ps_cli_array_begin(cli);
	for (guint i = 0; i < lines->len; i++) {
		if (cli->json) {
			g_autoptr(cJSON) object = line_json(lines->pdata[i]);
			ps_cli_array_add(cli, object);
		} else {
			print_line(cli, lines->pdata[i], now);
		}
	}
	if (cli->json)
		ps_cli_array_end(cli);
}

static gboolean
some_overdue(GPtrArray *lines)
{
	for (guint i = 0; i < lines->len; i++)
		if (((PsDeskLine *)lines->pdata[i])->state == PS_CLOCK_OVERDUE)
			return TRUE;
	return FALSE;
}

static int
run(PsCli *cli, int argc, char **argv, GError **error)
{
	g_autofree char *due = NULL;
	gboolean calendar = FALSE, all = FALSE;
	const GOptionEntry entries[] = {
		{"due", 0, 0, G_OPTION_ARG_STRING, &due, NULL, NULL},
		{"ics", 0, 0, G_OPTION_ARG_NONE, &calendar, NULL, NULL},
		{"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	gint64 now = ps_now_ms(), duration;
	PsDeskQuery query = {.due_before = PS_NO_TIME, .not_started = all};

	if (!ps_cli_options(cli, entries, &argc, &argv, error))
		return 64;
	if (argc > 1)
		return ps_cli_usage(cli, error, _("“clocks” takes no operands."));
	if (due) {
		if (!ps_duration_parse(due, &duration, error))
			return 2;
		query.due_before = now + duration;
	}
	/* A calendar shows no titles, so that nothing has to be unlocked for it. */
	if (calendar ? !ps_cli_store(cli, error) : !ps_cli_readable(cli, NULL, error))
		return 2;
	g_autoptr(GPtrArray) lines = ps_desk_lines(cli->store, &query, error);
	if (!lines)
		return 2;
	if (calendar) {
		g_autofree char *text = ps_desk_calendar(lines, now);
		fputs(text, cli->out);
	} else {
		print_lines(cli, lines, now);
	}
	return some_overdue(lines) ? 1 : 0;
}

const PsCommand ps_command_clocks = {
	.name = "clocks",
	.usage = "[--due DURATION] [--all] [--ics]",
	.summary = N_("What is due, soonest first; exit status 1 when something is overdue."),
	.details =
		N_("--due shows only what is due within a duration (90m, 36h, 3d, 2w), --all also "
		   "the clocks that wait for a fact, with the reason. Columns, parted by TAB: due "
		   "time, distance, case, what, title, owner, rule. --ics prints a calendar (RFC "
		   "5545) without titles. With --json: an array.\n\n"
		   "Nothing has to be unlocked: on a locked workspace titles are “(sealed)”."),
	.example = "clocks --due 24h",
	.run = run,
};
