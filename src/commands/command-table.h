#ifndef PS_COMMANDS_COMMAND_TABLE_H
#define PS_COMMANDS_COMMAND_TABLE_H

/* The commands' rows; each is defined in the command's own file. Sorted. */

#include "commands/command.h"

extern const PsCommand ps_command_actions;
extern const PsCommand ps_command_advisory;
extern const PsCommand ps_command_backup;
extern const PsCommand ps_command_case;
extern const PsCommand ps_command_checkpoint;
extern const PsCommand ps_command_clocks;
extern const PsCommand ps_command_config;
extern const PsCommand ps_command_csaf;
extern const PsCommand ps_command_cve;
extern const PsCommand ps_command_cvss;
extern const PsCommand ps_command_cwe;
extern const PsCommand ps_command_delete;
extern const PsCommand ps_command_doctor;
extern const PsCommand ps_command_erase;
extern const PsCommand ps_command_help;
extern const PsCommand ps_command_inbox;
extern const PsCommand ps_command_init;
extern const PsCommand ps_command_kinds;
extern const PsCommand ps_command_list;
extern const PsCommand ps_command_lock;
extern const PsCommand ps_command_log;
extern const PsCommand ps_command_new;
extern const PsCommand ps_command_outbox;
extern const PsCommand ps_command_person;
extern const PsCommand ps_command_provider;
extern const PsCommand ps_command_restore;
extern const PsCommand ps_command_search;
extern const PsCommand ps_command_set;
extern const PsCommand ps_command_show;
extern const PsCommand ps_command_ssvc;
extern const PsCommand ps_command_undo;
extern const PsCommand ps_command_unlock;
extern const PsCommand ps_command_verify;

#endif
