#ifndef PS_UI_ACTION_H
#define PS_UI_ACTION_H

/* Actions: everything that a person can do. One row each; keymap, footer, "?" help, ":" palette,
 * `psirtdesk actions` and the manual are printed from the rows. The general ones stand in
 * action-table.c; a pane's own in its file, named by its class.
 *
 * A key is looked up among the pane's actions first, then among the general ones; keys.ini of the
 * workspace, then of the user, changes keys by action id.
 *
 * An action never draws: it returns what it changed. It may ask (ui/ask.h); a question that is
 * cancelled gives PS_CHANGED_NOTHING. */

#include <glib.h>
#include <stdio.h>

typedef struct PsApp PsApp;
typedef struct PsPane PsPane;

typedef enum {
	PS_CHANGED_NOTHING = 0,
	PS_CHANGED_VIEW = 1 << 0, /* draw again */
	PS_CHANGED_DATA = 1 << 1, /* every open pane reads its data again */
} PsChanged;

/* What must hold before an action runs. Each has its sentence; it is shown when the action is asked
 * for and in help. */
typedef enum {
	PS_NEEDS_WORKSPACE = 1 << 0, /* one is open */
	PS_NEEDS_WRITABLE = 1 << 1,  /* implies a workspace */
	PS_NEEDS_UNLOCKED = 1 << 2,  /* implies a workspace */
	PS_NEEDS_RECORD = 1 << 3,    /* the pane has a record under its cursor */
	PS_NEEDS_ROW = 1 << 4,       /* its widget is not empty */
	PS_NEEDS_FIND = 1 << 5,      /* something that filters or searches */
	PS_NEEDS_JOB = 1 << 6,       /* a job is running */
} PsNeeds;

typedef enum {
	PS_ACTION_HINT = 1 << 0,         /* in the footer, in the order of the rows */
	PS_ACTION_IRREVERSIBLE = 1 << 1, /* asks with a key of its own; never undone */
	PS_ACTION_ARGUMENT = 1 << 2,     /* takes text after its id in the palette */
	PS_ACTION_HIDDEN = 1 << 3,       /* plain movement: not in the palette's first lines */
	PS_ACTION_STEADY = 1 << 4,       /* its hint stays on rows that refuse it: a footer that
					    changes with each row costs bytes and unrest */
	PS_ACTION_FITTING = 1 << 5,      /* its hint shows only when it can run: the first step */
} PsActionFlags;

typedef struct {
	const char *id;    /* "case.open" */
	const char *title; /* N_() what it does, as in "Open a case from this message" */
	const char *hint;  /* N_() one word for the footer, NULL: none */
	const char *keys;  /* default keys, separated by blanks; NULL: palette only */
	PsNeeds needs;
	PsActionFlags flags;
	/* A pane's own condition: NULL, or the sentence why it can't be done now (lent,
	 * translated). May be NULL. */
	const char *(*refuse)(PsApp *app, PsPane *pane);
	/* `argument`: what stood behind the id in the palette or script; else NULL. */
	PsChanged (*run)(PsApp *app, PsPane *pane, const char *argument, GError **error);
} PsAction;

/* The general actions (action-table.c). */
extern const PsAction ps_general_actions[];
extern const gsize ps_general_actions_length;

/* By id, among the general ones and those of every pane class; `pane_class`: NULL, or gets the
 * class's name (NULL for general). NULL when there is none. */
const PsAction *ps_action_find(const char *id, const char **pane_class);

/* Which of its needs is not met: NULL when all are. Lent. */
const char *ps_action_lack(PsApp *app, PsPane *pane, const PsAction *action);
/* Why it can't run now, by its needs or by its own condition: NULL when it can. Lent. */
const char *ps_action_refusal(PsApp *app, PsPane *pane, const PsAction *action);

/* Every action with its keys, general ones first; `json`: one array. */
void ps_ui_print_actions(FILE *out, gboolean json);
/* The same as the section KEYS of the manual page (man macros). */
void ps_ui_print_actions_man(FILE *out);

#endif
