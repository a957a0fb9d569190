#ifndef PS_UI_PANES_CASE_COMMON_H
#define PS_UI_PANES_CASE_COMMON_H

/* What the panes of a case share. */

#include "store/store.h"
#include "ui/pane.h"

/* The record's text for a person: "(sealed)" where it is locked, "" where there is none. Lent. */
const char *ps_shown_text(const PsRecord *record, const char *field);

/* A pane on one case takes its id (number, UUID or prefix) as argument: resolves it. */
char *ps_pane_case(PsPane *pane, const char *argument, GError **error);
/* "PSIRT-2026-0007 Title", for the head line. */
char *ps_pane_case_subject(PsPane *pane, const char *case_id);

/* How a vulnerability is called: its CVE, else its title, else "vulnerability 2" by its place. */
char *ps_vulnerability_label(const PsRecord *vulnerability, guint place);

/* Asks for one of a case's vulnerabilities: its id; "" for every one, where `all` offers that;
 * NULL: cancelled. */
char *ps_ask_vulnerability(PsApp *app, GPtrArray *vulnerabilities, const char *title,
			   const char *initial, gboolean all);

/* Text from the editor that stays in the pane until it is saved: `*text` gets it, without blanks at
 * its ends; NULL for an empty one. */
gboolean ps_pane_edit(PsApp *app, char **text, GError **error);

/* Short distance to or from now with its sign in words: "in 3 d 4 h", "2 h ago". */
char *ps_distance_text(gint64 at);
/* The role of a due time: overdue BAD, within a day WARN. */
PsStyle ps_due_style(gint64 due, gboolean overdue);

/* The children of a case; an empty array where that fails (the error is shown). */
GPtrArray *ps_pane_children(PsPane *pane, const char *kind, const char *case_id);

#endif
