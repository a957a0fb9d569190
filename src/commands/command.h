#ifndef PS_COMMANDS_COMMAND_H
#define PS_COMMANDS_COMMAND_H

/* Headless commands: one file a command. The file defines `const PsCommand ps_command_NAME` with
 * its usage, help and example; command-table.c lists them. `psirtdesk COMMAND --help`, the manual
 * page and completion are printed from these rows.
 *
 * A command reads its options with ps_cli_options(), calls the engine function that the workstation
 * calls too, and prints text or JSON. It never prints anything from outside without ps_safe_text():
 * the ps_cli_* printers below see to that. */

#include <glib.h>
#include <stdio.h>

#include "base/error.h"
#include "base/job.h"
#include "base/json.h"
#include "store/store.h"

typedef struct PsCli PsCli;
typedef struct PsCommand PsCommand;

struct PsCli {
	char *workspace; /* directory, resolved from -w, $PSIRTDESK_WORKSPACE, XDG */
	gboolean json;
	gboolean readonly;
	char *script; /* --script FILE of the workstation, or NULL */
	FILE *out, *err;
	PsStore *store;       /* opened on first ps_cli_store() */
	PsProgress *progress; /* NULL: nobody watches */
	const PsCommand *command;
};

struct PsCommand {
	const char *name;
	/* Arguments after the name, one line per form. Words in capitals are placeholders, words
	 * in small letters are typed as they stand; "--option" words are completed. */
	const char *usage;
	const char *summary; /* N_() one sentence */
	const char *details; /* N_() more, or NULL; paragraphs parted by an empty line */
	const char *example; /* command lines without "psirtdesk ", one a line */
	/* argv[0] is the command's name; global options are taken out already. Returns the exit
	 * status; an error that is set is printed by the caller and decides the status. */
	int (*run)(PsCli *cli, int argc, char **argv, GError **error);
};

const PsCommand *const *ps_commands(gsize *count); /* in the order of the manual */
const PsCommand *ps_command_find(const char *name);
/* The command whose name is nearest to a mistyped one, or NULL. */
const PsCommand *ps_command_near(const char *name);

/* Every command calls this first. Takes the command's own options (NULL: it has none) out of argv,
 * refuses others, and drops a "--" (what follows it is never an option). Afterwards argv[1] to
 * argv[argc - 1] are the operands. FALSE: PS_ERROR_USAGE. */
gboolean ps_cli_options(PsCli *cli, const GOptionEntry *entries, int *argc, char ***argv,
			GError **error);
/* PS_ERROR_USAGE: the sentence and the running command's usage. Always returns 64. */
int ps_cli_usage(PsCli *cli, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* A command with sub-commands ("case open"): a row each. argv[0] of `run` is the sub-command. */
typedef struct {
	const char *name;
	int (*run)(PsCli *cli, int argc, char **argv, GError **error);
} PsSubcommand;
int ps_cli_dispatch(PsCli *cli, const PsSubcommand *table, gsize count, int argc, char **argv,
		    GError **error);

/* Reads FIELD=VALUE words, FIELD=@FILE and FIELD=@- (standard input) resolved; "FIELD=" gives an
 * empty value. Result: NULL-terminated pairs name, value. NULL: PS_ERROR_USAGE or the file's
 * error. */
char **ps_cli_pairs(PsCli *cli, int count, char **words, GError **error);
/* The value of `name` in such pairs; NULL where it is absent. */
const char *ps_pairs_get(char *const *pairs, const char *name);
/* Refuses a name that is not in the NULL-terminated list. */
gboolean ps_cli_pairs_known(PsCli *cli, char *const *pairs, const char *const *names,
			    GError **error);

/* ---- the workspace (command-store.c) ---- */

/* The workspace's store, open; NULL with an error that says how to make one. */
PsStore *ps_cli_store(PsCli *cli, GError **error);
/* The same, unlocked. */
PsStore *ps_cli_unlocked(PsCli *cli, GError **error);

/* ---- output (command-output.c) ---- */

/* One line of JSON, flushed. Characters that could mislead a terminal are written as \u escapes:
 * the value is the same. */
void ps_cli_print_json(PsCli *cli, const cJSON *value);
/* A safe line of text. */
void ps_cli_line(PsCli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Safe text of several lines; ends with a newline. */
void ps_cli_text(PsCli *cli, const char *text);
/* Safe cells parted by TAB, for other programs to cut. NULL-terminated; an absent cell is "". */
void ps_cli_row(PsCli *cli, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* "psirtdesk: …" on standard error. */
void ps_cli_complain(PsCli *cli, const GError *error);
void ps_cli_note(PsCli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The reader of standard output went away (head): a long list may stop. */
gboolean ps_cli_reader_gone(PsCli *cli);

/* ---- help (command-help.c) ---- */
void ps_help_overview(FILE *out);
void ps_help_command(FILE *out, const PsCommand *command);
void ps_help_manual(FILE *out);     /* the COMMANDS section of psirtdesk(1), in man macros */
void ps_help_completion(FILE *out); /* for bash */

/* The whole program without the workstation: global options, the command, messages, exit status.
 * `workstation` is called when there is no command (cli->readonly and cli->script are set). */
int ps_cli_main(int argc, char **argv, int (*workstation)(PsCli *cli, int argc, char **argv));

#endif
