#ifndef PS_COMMANDS_CSAF_CONVERT_H
#define PS_COMMANDS_CSAF_CONVERT_H

/* The sub-commands of “csaf” that turn a document into something else; rows of csaf.c. */

#include "commands/command.h"

int ps_csaf_run_convert(PsCli *cli, int argc, char **argv, GError **error);
int ps_csaf_run_render(PsCli *cli, int argc, char **argv, GError **error);

#endif
