#ifndef PS_COMMANDS_ADVISORY_EXPORT_H
#define PS_COMMANDS_ADVISORY_EXPORT_H

/* advisory export; a row of advisory.c. */

#include "commands/command.h"

int ps_advisory_run_export(PsCli *cli, int argc, char **argv, GError **error);

#endif
