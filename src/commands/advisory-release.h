#ifndef PS_COMMANDS_ADVISORY_RELEASE_H
#define PS_COMMANDS_ADVISORY_RELEASE_H

/* "advisory release" and "advisory receipt": the release day, and fetching back. */

#include "commands/command.h"

int ps_cli_advisory_release(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_receipt(PsCli *cli, int argc, char **argv, GError **error);

#endif
