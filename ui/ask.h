#ifndef PS_UI_ASK_H
#define PS_UI_ASK_H

/* Questions. Each function returns when it was answered; Esc or Ctrl-C cancels. While a question is
 * open the screen lives on (clocks, jobs), but no pane is refreshed or closed. */

#include "ui/app.h"
#include "ui/line-editor.h"

typedef struct {
	const char *label;   /* translated: "Title" */
	const char *initial; /* NULL: empty. The first character that is typed replaces it; a key
				that moves or erases keeps it for editing */
	gboolean begun;      /* `initial` is the beginning of the answer: it is never replaced */
	gboolean time;       /* a point in time: `initial`, if it is RFC 3339, is shown as lists
				show it; left as it is, it is the answer again */
	const char *history; /* name of a history that Up and Down leaf through; NULL: none */
	gboolean secret;     /* shown as dots, wiped, kept nowhere */
	const PsRect *place; /* where on the screen, read at each drawing; NULL: the bottom */
	/* Optional: each time the text changes. */
	void (*changed)(gpointer user, const char *text);
	/* Optional: FALSE keeps the question open and shows the sentence. */
	gboolean (*check)(gpointer user, const char *text, GError **error);
	gpointer user;
} PsAskLine;

/* New string; NULL: cancelled. */
char *ps_ask_line(PsApp *app, const PsAskLine *ask);

/* "y" says yes ("Y" when the action itself was run by "y"), every other key no. For what can't be
 * undone. A whole sentence with a question mark. */
gboolean ps_ask_yes(PsApp *app, const char *question);
/* Types `word` (a case number) to confirm: for publishing and filing. */
gboolean ps_ask_typed(PsApp *app, const char *question, const char *word);

/* One of several keys, as "a/b": returns the index of the key in `keys`, -1 cancelled. */
int ps_ask_key(PsApp *app, const char *question, const char *keys);

typedef struct {
	const char *value;    /* what is returned */
	const char *label;    /* what is shown; NULL: the value */
	const char *detail;   /* second column, or NULL */
	const char *disabled; /* sentence why it can't be chosen, or NULL */
} PsOption;

typedef struct {
	const char *title;
	const PsOption *options;
	gsize n_options;
	const char *initial; /* value under the cursor at first */
	gboolean free_text;  /* what was typed is an answer too */
	gboolean optional;   /* offers an empty answer: "" */
	const char *history;
	/* Optional: indexes (guint) of the options that fit what was typed, in the order in which
	 * they are shown; new array. Without it every word must be in label, value or detail. */
	GArray *(*search)(gpointer user, const char *typed);
	gpointer user;
} PsAskChoice;

/* A list in a box; typing filters it. Gives the value (new string); NULL: cancelled. */
char *ps_ask_choice(PsApp *app, const PsAskChoice *ask);

#endif
