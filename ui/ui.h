#ifndef PS_UI_UI_H
#define PS_UI_UI_H

/* The workstation: opens the screen on a workspace and stays until the user leaves. */

#include "commands/command.h"

/* cli->readonly and cli->script are set. Returns the exit status. */
int ps_ui_main(PsCli *cli, int argc, char **argv);

#endif
