#ifndef PS_COMMANDS_CSAF_H
#define PS_COMMANDS_CSAF_H

/* The sub-commands of “csaf”, a file each. */

#include "commands/command.h"

int ps_csaf_check_command(PsCli *cli, int argc, char **argv, GError **error);
int ps_csaf_fix_command(PsCli *cli, int argc, char **argv, GError **error);

#endif
