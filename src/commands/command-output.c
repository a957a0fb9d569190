#include "config.h"

/* What headless commands print. Text passes ps_safe_text(); JSON keeps its values and writes what
 * could mislead a terminal as \u escapes. */

#include "commands/command.h"

#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "base/safe-text.h"

/* Harmless on a terminal as it stands? */
static gboolean
is_plain(gunichar c)
{
	if (c < 0x80)
		return c >= 0x20 && c != 0x7f;
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
		return FALSE;
	default:
		/* Variation selectors and the grapheme joiner are marks, but show nothing. */
		return c != 0x34f && !(c >= 0xfe00 && c <= 0xfe0f) && c < 0xe0000;
	}
}

static void
append_escape(GString *out, gunichar c)
{
	if (c > 0xffff) {
		g_string_append_printf(out, "\\u%04x", 0xd800 + ((c - 0x10000) >> 10));
		c = 0xdc00 + ((c - 0x10000) & 0x3ff);
	}
	g_string_append_printf(out, "\\u%04x", c);
}

static void
print_json(PsCli *cli, const cJSON *value)
{
	g_autofree char *text = ps_json_print(value);
	g_autoptr(GString) line = g_string_sized_new(strlen(text) + 1);

	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (is_plain(c))
			g_string_append_unichar(line, c);
		else
			append_escape(line, c);
	}
	fwrite(line->str, 1, line->len, cli->out);
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
