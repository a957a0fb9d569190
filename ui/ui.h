#ifndef PS_UI_UI_H
#define PS_UI_UI_H

/* The workstation: opens the screen on a workspace and stays until the user leaves. Options:
 * --readonly, --script FILE. Returns the exit status. */

#include "commands/command.h"

int ps_ui_main(PsCli *cli, int argc, char **argv);

#endif
