#ifndef PS_COMMANDS_COMMAND_TABLE_H
#define PS_COMMANDS_COMMAND_TABLE_H

/* The commands' rows; each is defined in the command's own file. Sorted. */

#include "commands/command.h"

extern const PsCommand ps_command_help;

#endif
