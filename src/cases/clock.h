#ifndef PS_CASES_CLOCK_H
#define PS_CASES_CLOCK_H

/* Clocks: pure functions of facts and policy. Nothing here reads the store or the time.
 *
 * A deadline is never stored. A fact that is not known gives a clock that has not started, with the
 * reason. The policy is the team's own (settings clocks.*); legal clocks are further rows of the
 * same table with a fixed policy. Units: UTC ms. */

#include <glib.h>

typedef enum {
	PS_CLOCK_ACKNOWLEDGE, /* answer the reporter */
	PS_CLOCK_VALIDATE,    /* confirm or reject the report */
	PS_CLOCK_FIX,         /* have a fix or mitigation */
	PS_CLOCK_EMBARGO,     /* the embargo ends: be ready to publish */
	PS_CLOCK_PUBLISH,     /* tell the users once a fix is there */
	PS_CLOCK_FOLLOW_UP,   /* write to the reporter again */
	PS_N_CLOCKS,
} PsClockId;

typedef enum {
	PS_CLOCK_NOT_STARTED, /* ps_clock_reason() says why */
	PS_CLOCK_RUNNING,
	PS_CLOCK_OVERDUE,
	PS_CLOCK_MET, /* in time */
	PS_CLOCK_MET_LATE,
	PS_CLOCK_NOT_OWED, /* the same: anonymous report, case closed */
} PsClockState;

typedef enum {
	PS_SEVERITY_UNKNOWN,
	PS_SEVERITY_NONE,
	PS_SEVERITY_LOW,
	PS_SEVERITY_MEDIUM,
	PS_SEVERITY_HIGH,
	PS_SEVERITY_CRITICAL,
	PS_N_SEVERITIES,
} PsSeverity;
/* "High" to PS_SEVERITY_HIGH; NULL and rubbish: unknown. */
PsSeverity ps_severity_from_token(const char *token);

/* PS_NO_TIME: not known. */
typedef struct {
	gint64 received_at, acknowledged_at, validated_at, fix_due_at, fixed_at, embargo_until,
		published_at, closed_at;
	gint64 last_contact_at; /* with the reporter */
	gboolean anonymous;     /* no reply is owed */
	gboolean from_outside;  /* somebody waits for an answer */
	gboolean embargo_over;  /* EM is EXITED or NONE */
	gboolean public_aware;  /* CS has P */
	PsSeverity severity;    /* worst of our scores */
	const char *rm;         /* report management state */
} PsClockFacts;

typedef struct {
	gint64 acknowledge, validate, publish, follow_up; /* durations in ms; 0: no such clock */
	gint64 fix[PS_N_SEVERITIES];
} PsClockPolicy;

/* A plain value: nothing in it is to be freed. */
typedef struct {
	PsClockId id;
	PsClockState state;
	gint64 started_at, due_at, met_at; /* PS_NO_TIME where there is none */
	const char *rule;                  /* private: see ps_clock_reason() */
	gint64 duration;
} PsClock;
/* The rule, or why it has not started or is not owed: one translated sentence, new string. */
char *ps_clock_reason(const PsClock *clock);

void ps_clock_compute(PsClockId id, const PsClockFacts *facts, const PsClockPolicy *policy,
		      gint64 now, PsClock *clock);

const char *ps_clock_token(PsClockId id); /* "acknowledge": for JSON */
const char *ps_clock_label(PsClockId id); /* translated: "Acknowledge the report" */
const char *ps_clock_state_token(PsClockState state);
const char *ps_clock_state_text(PsClockState state); /* translated: "overdue" */

#endif
