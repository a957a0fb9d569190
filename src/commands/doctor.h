#ifndef PS_COMMANDS_DOCTOR_H
#define PS_COMMANDS_DOCTOR_H

/* What the checks of `doctor` share. */

#include "commands/command.h"

typedef enum {
	PS_HEALTH_GOOD,
	PS_HEALTH_WARNING,
	PS_HEALTH_BAD,
} PsHealth;

typedef struct {
	PsCli *cli;
	PsStore *store;           /* NULL: it does not open */
	const char *why_no_store; /* then */
} PsDoctor;

/* ---- disk and swap (doctor-disk.c) ---- */
PsHealth ps_doctor_check_disk(PsDoctor *doctor, char **sentence);
PsHealth ps_doctor_check_swap(PsDoctor *doctor, char **sentence);

#endif
