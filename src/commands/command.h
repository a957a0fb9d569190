#ifndef PS_COMMANDS_COMMAND_H
#define PS_COMMANDS_COMMAND_H

/* Headless commands: one file a command, one row in command-table.c. The row carries usage, help
 * and examples; `psirtdesk COMMAND --help`, the manual page and completion are printed from it.
 *
 * A command parses its arguments, calls the engine function that the workstation calls too, and
 * prints text or JSON. It never prints anything from outside without ps_safe_text(). */

#include <glib.h>
#include <stdio.h>

#include "base/error.h"
#include "base/job.h"
#include "base/json.h"
#include "store/store.h"

typedef struct PsCli PsCli;

struct PsCli {
	char *workspace; /* directory, resolved from -w, $PSIRTDESK_WORKSPACE, XDG */
	gboolean json;
	gboolean readonly;
	FILE *out, *err;
	PsStore *store; /* opened on first ps_cli_store() */
	PsProgress *progress;
};

typedef struct {
	const char *name;
	const char *usage;   /* arguments after the name, one line per form */
	const char *summary; /* N_() one sentence */
	const char *details; /* N_() more, or NULL */
	const char *example; /* one command line, or NULL */
	/* argv[0] is the command's name. Returns the exit status; an error that is set is printed
	 * by the caller and decides the status. */
	int (*run)(PsCli *cli, int argc, char **argv, GError **error);
} PsCommand;

const PsCommand *ps_commands(gsize *count);
const PsCommand *ps_command_find(const char *name);

/* The workspace's store, open; NULL with an error that says how to make one. */
PsStore *ps_cli_store(PsCli *cli, GError **error);
/* The same, unlocked. */
PsStore *ps_cli_unlocked(PsCli *cli, GError **error);
/* One line of JSON, flushed. */
void ps_cli_print_json(PsCli *cli, const cJSON *value);
/* A safe line of text. */
void ps_cli_line(PsCli *cli, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* "psirtdesk: …" on standard error. */
void ps_cli_complain(PsCli *cli, const GError *error);
/* PS_ERROR_USAGE with the command's usage. Always returns 64. */
int ps_cli_usage(const PsCommand *command, GError **error, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* The whole program without the workstation: global options, the command, messages, exit status.
 * `workstation` is called when there is no command. */
int ps_cli_main(int argc, char **argv, int (*workstation)(PsCli *cli, int argc, char **argv));

#endif
