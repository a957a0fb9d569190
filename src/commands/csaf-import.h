#ifndef PS_COMMANDS_CSAF_IMPORT_H
#define PS_COMMANDS_CSAF_IMPORT_H

/* "csaf import", "csaf case", "csaf match": documents that come in. */

#include "commands/command.h"

int ps_csaf_run_import(PsCli *cli, int argc, char **argv, GError **error);
int ps_csaf_run_case(PsCli *cli, int argc, char **argv, GError **error);
int ps_csaf_run_match(PsCli *cli, int argc, char **argv, GError **error);

#endif
