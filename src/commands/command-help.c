#include "config.h"

/* Help, manual and completion, all printed from the command table. */

#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"

/* Room for "  COMMAND" in the overview. */
#define NAME_CELLS 12

typedef struct {
	const char *name, *argument, *help;
} Global;

static const Global globals[] = {
	{"-w, --workspace", "DIR",
	 N_("The workspace: else $PSIRTDESK_WORKSPACE, else "
	    "$XDG_DATA_HOME/psirtdesk.")},
	{"--json", NULL, N_("One JSON value, or one object a line where the command says so.")},
	{"--readonly", NULL, N_("Change nothing.")},
	{"--script", "FILE", N_("The workstation plays the actions and keys of a file.")},
	{"-h, --help", NULL, N_("Help for the program or for the command.")},
	{"--version", NULL, N_("The program's version.")},
};

char **
ps_help_forms(const PsCommand *command)
{
	/* g_strsplit() makes nothing of an empty text. */
	return *command->usage ? g_strsplit(command->usage, "\n", -1)
			       : g_strdupv((char *[]){(char *)"", NULL});
}

static void
print_globals(FILE *out)
{
	for (gsize i = 0; i < G_N_ELEMENTS(globals); i++) {
		g_autofree char *option =
			g_strjoin(" ", globals[i].name, globals[i].argument, NULL);
		fprintf(out, "  %-20s %s\n", option, _(globals[i].help));
	}
}

void
ps_help_overview(FILE *out)
{
	gsize count;
	const PsCommand *const *commands = ps_commands(&count);

	fprintf(out, _("Usage: psirtdesk [OPTION…] [COMMAND …]\n"
		       "Without a command the full-screen workstation opens.\n\nOptions:\n"));
	print_globals(out);
	fprintf(out, _("\nCommands:\n"));
	for (gsize i = 0; i < count; i++)
		fprintf(out, "  %-*s %s\n", NAME_CELLS, commands[i]->name, _(commands[i]->summary));
	fprintf(out,
		_("\n“psirtdesk COMMAND --help” tells more. Exit status: 0 done, 1 the answer is "
		  "“no”,\n2 could not be done, 64 wrong usage.\n"));
}

void
ps_help_command(FILE *out, const PsCommand *command)
{
	g_auto(GStrv) forms = ps_help_forms(command);

	for (char **form = forms; *form; form++)
		fprintf(out, "%s psirtdesk %s%s%s\n", form == forms ? _("Usage:") : "      ",
			command->name, **form ? " " : "", *form);
	fprintf(out, "\n%s\n", _(command->summary));
	if (command->details)
		fprintf(out, "\n%s\n", _(command->details));
	if (command->example) {
		g_auto(GStrv) lines = g_strsplit(command->example, "\n", -1);
		fprintf(out, "\n%s\n", _("Example:"));
		for (char **line = lines; *line; line++)
			fprintf(out, "  psirtdesk %s\n", *line);
	}
}

/* ---- manual page (man macros) ---- */

static void
print_roff(FILE *out, const char *text)
{
	gboolean start = TRUE;

	for (const char *p = text; *p; p++) {
		if (start && (*p == '.' || *p == '\''))
			fputs("\\&", out);
		start = *p == '\n';
		if (*p == '\\')
			fputs("\\e", out);
		else if (*p == '-')
			fputs("\\-", out);
		else
			fputc(*p, out);
	}
}

static void
print_paragraphs(FILE *out, const char *text)
{
	g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);

	for (char **paragraph = paragraphs; *paragraph; paragraph++) {
		fputs(".IP\n", out);
		print_roff(out, *paragraph);
		fputc('\n', out);
	}
}

static void
print_manual_entry(FILE *out, const PsCommand *command)
{
	g_auto(GStrv) forms = ps_help_forms(command);

	for (char **form = forms; *form; form++) {
		fputs(form == forms ? ".TP\n\\fB" : ".TQ\n\\fB", out);
		print_roff(out, command->name);
		fputs("\\fP", out);
		if (**form)
			fputc(' ', out);
		print_roff(out, *form);
		fputc('\n', out);
	}
	print_roff(out, command->summary);
	fputc('\n', out);
	if (command->details)
		print_paragraphs(out, command->details);
	if (!command->example)
		return;
	g_auto(GStrv) lines = g_strsplit(command->example, "\n", -1);
	fputs(".IP\n.EX\n", out);
	for (char **line = lines; *line; line++) {
		fputs("psirtdesk ", out);
		print_roff(out, *line);
		fputc('\n', out);
	}
	fputs(".EE\n", out);
}

void
ps_help_manual(FILE *out)
{
	gsize count;
	const PsCommand *const *commands = ps_commands(&count);

	for (gsize i = 0; i < count; i++)
		print_manual_entry(out, commands[i]);
}

void
ps_help_settings(FILE *out)
{
	gsize count;
	const PsSetting *settings = ps_settings(&count);

	for (gsize i = 0; i < count; i++) {
		fputs(".TP\n\\fB", out);
		print_roff(out, settings[i].key);
		fputs("\\fP", out);
		if (settings[i].fallback) {
			fputs(" (", out);
			print_roff(out, settings[i].fallback);
			fputc(')', out);
		}
		fputc('\n', out);
		print_roff(out, settings[i].help);
		fputc('\n', out);
	}
}

/* ---- completion ---- */

/* What of a usage word can be typed as it stands: "--option", "open" as the first word, "title=".
 */
static char *
completion_of(const char *word, gboolean first)
{
	gsize n = strspn(word, "abcdefghijklmnopqrstuvwxyz_-");

	if (n == 0)
		return NULL;
	if (g_str_has_prefix(word, "--"))
		return n > 2 ? g_strndup(word, n) : NULL;
	if (word[n] == '=')
		return g_strndup(word, n + 1);
	return first && word[n] == '\0' && *word != '-' ? g_strdup(word) : NULL;
}

static char *
completions(const PsCommand *command)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) forms = ps_help_forms(command);

	for (char **form = forms; *form; form++) {
		g_auto(GStrv) parts = g_strsplit_set(*form, " []|", -1);
		for (char **part = parts; *part; part++) {
			g_autofree char *word = completion_of(*part, part == parts);
			if (word &&
			    !g_ptr_array_find_with_equal_func(words, word, g_str_equal, NULL))
				g_ptr_array_add(words, g_steal_pointer(&word));
		}
	}
	g_ptr_array_add(words, NULL);
	return g_strjoinv(" ", (char **)words->pdata);
}

static const char completion_head[] =
	"# bash completion for psirtdesk; printed by \"psirtdesk help --completion\".\n"
	"_psirtdesk()\n"
	"{\n"
	"\tlocal current=${COMP_WORDS[COMP_CWORD]} command= words i\n"
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	"\t\tcase ${COMP_WORDS[i]} in\n"
	"\t\t-w | --workspace) ((i++)) ;;\n"
	"\t\t-*) ;;\n"
	"\t\t*)\n"
	"\t\t\tcommand=${COMP_WORDS[i]}\n"
	"\t\t\tbreak\n"
	"\t\t\t;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\tcase $command in\n";

static const char completion_tail[] =
	"\t*) words= ;;\n"
	"\tesac\n"
	"\t[[ $current == -* ]] && words+=\" --workspace --json --readonly --help\"\n"
	"\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
	"\tif [[ ${COMPREPLY[0]} == *= ]]; then\n"
	"\t\tcompopt -o nospace\n"
	"\tfi\n"
	"}\n"
	"complete -o default -F _psirtdesk psirtdesk\n";

void
ps_help_completion(FILE *out)
{
	gsize count;
	const PsCommand *const *commands = ps_commands(&count);

	fputs(completion_head, out);
	fputs("\t\"\") words=\"", out);
	for (gsize i = 0; i < count; i++)
		fprintf(out, "%s%s", i ? " " : "", commands[i]->name);
	fputs("\" ;;\n", out);
	for (gsize i = 0; i < count; i++) {
		g_autofree char *words = completions(commands[i]);
		if (*words)
			fprintf(out, "\t%s) words=\"%s\" ;;\n", commands[i]->name, words);
	}
	fputs(completion_tail, out);
}
