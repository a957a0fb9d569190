#ifndef PS_COMMANDS_REPLY_H
#define PS_COMMANDS_REPLY_H

/* "inbox reply", and sending again for "outbox send". */

#include "commands/command.h"
#include "mail/compose.h"

int ps_cli_reply(PsCli *cli, int argc, char **argv, GError **error);
/* Sends a draft and says what became of it. */
int ps_cli_send(PsCli *cli, PsDraft *draft, const PsSendOptions *options, GError **error);

#endif
