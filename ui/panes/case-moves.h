#ifndef PS_UI_PANES_CASE_MOVES_H
#define PS_UI_PANES_CASE_MOVES_H

/* What the panes of a case do to it: each asks what it needs, writes, and says what came of it.
 * `argument`: the answers as one text, for the palette and scripts; NULL: they are asked for. */

#include "ui/app.h"

/* "vendor_fix The reason". */
PsChanged ps_case_do_decide(PsApp *app, const char *case_id, const char *argument, GError **error);
/* A remedy that an upstream advisory proposes: accepted or declined. `decision` NULL: which one is
 * asked for. The argument is "accept" or "decline". */
PsChanged ps_case_do_proposal(PsApp *app, const char *case_id, const char *decision,
			      const char *argument, GError **error);
/* "Title" or "Title due=+3d". */
PsChanged ps_case_do_task(PsApp *app, const char *case_id, const char *argument, GError **error);
PsChanged ps_case_do_task_done(PsApp *app, const char *task_id, GError **error);
PsChanged ps_case_do_log(PsApp *app, const char *case_id, const char *argument, GError **error);
/* "vendor The text": who says so, then what. */
PsChanged ps_case_do_signal(PsApp *app, const char *case_id, const char *argument, GError **error);
/* A person's id or name; asks; NULL as argument and nobody else there: who acts. */
PsChanged ps_case_do_own(PsApp *app, const char *case_id, const char *argument, GError **error);
/* `machine`: rm, em or cs; the argument is the state to go to. */
PsChanged ps_case_do_move(PsApp *app, const char *case_id, const char *machine,
			  const char *argument, GError **error);
PsChanged ps_case_do_tlp(PsApp *app, const char *case_id, const char *argument, GError **error);

/* A time field of any record, typed; an edit in between is a conflict that names both values. */
PsChanged ps_case_do_time(PsApp *app, const char *kind, const char *id, const char *field,
			  const char *argument, GError **error);

/* A time as a person types it: check function of a line; the empty text is fine. */
gboolean ps_check_time(gpointer user, const char *text, GError **error);

#endif
