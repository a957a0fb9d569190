#ifndef PS_COMMANDS_SSVC_H
#define PS_COMMANDS_SSVC_H

#include "commands/command.h"

/* “case ssvc”: the sub-command that stores a walk. */
int ps_ssvc_of_case(PsCli *cli, int argc, char **argv, GError **error);

#endif
