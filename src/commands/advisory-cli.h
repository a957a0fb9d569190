#ifndef PS_COMMANDS_ADVISORY_CLI_H
#define PS_COMMANDS_ADVISORY_CLI_H

/* What the files of the command “advisory” share, and its sub-commands that stand in files of their
 * own. */

#include "advisory/advisory.h"
#include "commands/command.h"

/* `most` < 0: any number. FALSE: PS_ERROR_USAGE. */
gboolean ps_cli_advisory_operands(PsCli *cli, int argc, char **argv, int least, int most,
				  GError **error);
/* For sub-commands without options of their own. */
gboolean ps_cli_advisory_plain(PsCli *cli, int *argc, char ***argv, int least, int most,
			       GError **error);
PsAdvisory *ps_cli_advisory_load(PsCli *cli, const char *id, GError **error);
/* Moves without an answer of their own give the record where JSON is asked for. Exit status. */
int ps_cli_advisory_answer(PsCli *cli, const char *id, GError **error);

/* advisory-review.c */
int ps_cli_advisory_review(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_approve(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_reject(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_approval(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_comment(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_comments(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_resolve(PsCli *cli, int argc, char **argv, GError **error);

/* advisory-versions.c */
int ps_cli_advisory_versions(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_diff(PsCli *cli, int argc, char **argv, GError **error);

/* advisory-publish.c */
int ps_cli_advisory_publish(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_disarm(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_due(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_withdraw(PsCli *cli, int argc, char **argv, GError **error);
int ps_cli_advisory_supersede(PsCli *cli, int argc, char **argv, GError **error);

#endif
