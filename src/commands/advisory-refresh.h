#ifndef PS_COMMANDS_ADVISORY_REFRESH_H
#define PS_COMMANDS_ADVISORY_REFRESH_H

/* "advisory refresh": what changed in the case, and what is taken of it. */

#include "commands/command.h"

int ps_cli_advisory_refresh(PsCli *cli, int argc, char **argv, GError **error);

#endif
