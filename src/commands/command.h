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
#include "openpgp/openpgp.h"
#include "store/store.h"

typedef struct PsCli PsCli;
typedef struct PsCommand PsCommand;

/* What the program with a screen offers; the engine itself knows of none. */
typedef struct {
	int (*run)(PsCli *cli, int argc, char **argv); /* cli->readonly and cli->script are set */
	void (*print_actions)(FILE *out, gboolean json);
	void (*print_actions_man)(FILE *out); /* for the manual page */
} PsWorkstation;

struct PsCli {
	char *workspace; /* directory, resolved from -w, $PSIRTDESK_WORKSPACE, XDG */
	gboolean json;
	gboolean readonly;
	char *script; /* --script FILE of the workstation, or NULL */
	FILE *out, *err;
	PsStore *store;       /* opened on first ps_cli_store() */
	PsProgress *progress; /* NULL: nobody watches */
	PsOpenpgp *openpgp;   /* made on first ps_cli_openpgp() */
	PsKeyOps key_ops;
	gboolean array_has_items;
	const PsCommand *command;
	const char *subcommand; /* that was found by ps_cli_dispatch(), or NULL; lent */
	const PsWorkstation *workstation;
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
/* PS_ERROR_USAGE: the sentence and the usage of the running command, or of its subcommand. Always
 * returns 64. */
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
/* The same, for reading records of `kind` (NULL: of any): unlocked where that is possible, else a
 * note says that sealed texts are not shown. */
PsStore *ps_cli_readable(PsCli *cli, const PsKind *kind, GError **error);
/* OpenPGP with the workspace's GnuPG home (setting gnupg.home). Lent. */
PsOpenpgp *ps_cli_openpgp(PsCli *cli);
/* For ps_store_create() and ps_store_open(): OpenPGP at its first use. Lives as long as `cli`. */
const PsKeyOps *ps_cli_key_ops(PsCli *cli);
void ps_cli_close(PsCli *cli);

/* A kind by its name; NULL: PS_ERROR_USAGE. */
const PsKind *ps_cli_kind(PsCli *cli, const char *name, GError **error);
/* A record of any kind by number, id or prefix; gives its id. The store must be open. */
char *ps_cli_find_record(PsCli *cli, const char *id, const PsKind **kind, GError **error);
/* A record as JSON: kind, id, number, then every field (absent: null); "sealed" lists what is there
 * but locked. */
cJSON *ps_cli_record_json(const PsRecord *record);
/* What a command that made or changed a record prints: its number or id, with --json the record.
 * Gives the exit status. */
int ps_cli_print_record(PsCli *cli, const char *kind, const char *id, GError **error);

/* ---- output (command-output.c) ---- */

/* One line of JSON, flushed. Characters that could mislead a terminal are written as \u escapes:
 * the value is the same. */
void ps_cli_print_json(PsCli *cli, const cJSON *value);
/* One JSON array, printed item by item (an item a line), so that it may be long. */
void ps_cli_array_begin(PsCli *cli);
void ps_cli_array_add(PsCli *cli, const cJSON *item);
void ps_cli_array_end(PsCli *cli);
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

/* ---- what takes long (command-watch.c) ---- */

/* Until ps_cli_watch_end() cli->progress is shown on a terminal, and SIGINT and SIGTERM cancel it
 * instead of ending the program, so that what lies aside is tidied away. */
typedef struct PsCliWatch PsCliWatch;
PsCliWatch *ps_cli_watch_begin(PsCli *cli);
void ps_cli_watch_end(PsCliWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCliWatch, ps_cli_watch_end)

/* ---- help (command-help.c) ---- */
/* The forms of a command's usage, at least one (""); free with g_strfreev(). */
char **ps_help_forms(const PsCommand *command);
void ps_help_overview(FILE *out);
void ps_help_command(FILE *out, const PsCommand *command);
void ps_help_settings(FILE *out);   /* the SETTINGS section */
void ps_help_manual(FILE *out);     /* the COMMANDS section of psirtdesk(1), in man macros */
void ps_help_completion(FILE *out); /* for bash */

/* The whole program without the workstation: global options, the command, messages, exit status.
 * The workstation runs when there is no command. */
int ps_cli_main(int argc, char **argv, const PsWorkstation *workstation);

#endif
