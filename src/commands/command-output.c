#include "config.h"

/* What headless commands print. Text passes ps_safe_text(); printed JSON is harmless as it is. */

#include "commands/command.h"

#include <errno.h>

#include "base/i18n.h"
#include "base/safe-text.h"

static void
print_json(PsCli *cli, const cJSON *value)
{
	g_autofree char *text = ps_json_print(value);

	fputs(text, cli->out);
}

void
ps_cli_print_json(PsCli *cli, const cJSON *value)
{
	print_json(cli, value);
	fputc('\n', cli->out);
	fflush(cli->out);
}

void
ps_cli_array_begin(PsCli *cli)
{
	fputc('[', cli->out);
	cli->array_has_items = FALSE;
}

void
ps_cli_array_add(PsCli *cli, const cJSON *item)
{
	fputs(cli->array_has_items ? ",\n" : "\n", cli->out);
	cli->array_has_items = TRUE;
	print_json(cli, item);
}

void
ps_cli_array_end(PsCli *cli)
{
	fputs(cli->array_has_items ? "\n]\n" : "]\n", cli->out);
	fflush(cli->out);
}

void
ps_cli_line(PsCli *cli, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);
	fprintf(cli->out, "%s\n", safe);
}

void
ps_cli_text(PsCli *cli, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);

	fputs(safe, cli->out);
	if (!g_str_has_suffix(safe, "\n"))
		fputc('\n', cli->out);
}

void
ps_cli_row(PsCli *cli, const char *first, ...)
{
	va_list cells;

	va_start(cells, first);
	for (const char *cell = first; cell; cell = va_arg(cells, const char *)) {
		g_autofree char *safe = ps_safe_text(cell, -1, PS_SAFE_LINE);
		if (cell != first)
			fputc('\t', cli->out);
		fputs(safe, cli->out);
	}
	va_end(cells);
	fputc('\n', cli->out);
}

static void
print_message(PsCli *cli, const char *text)
{
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINES);

	fprintf(cli->err, "psirtdesk: %s\n", safe);
}

void
ps_cli_complain(PsCli *cli, const GError *error)
{
	print_message(cli, error->message);
}

void
ps_cli_note(PsCli *cli, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	print_message(cli, text);
}

gboolean
ps_cli_reader_gone(PsCli *cli)
{
	return ferror(cli->out) && errno == EPIPE;
}
