#ifndef PS_UI_PANES_MAIL_KIT_H
#define PS_UI_PANES_MAIL_KIT_H

/* What the panes of the mail side share: work off the screen's thread whose result comes back to a
 * pane that may be gone meanwhile, and work that an action waits for.
 *
 * A job of ours (PsMailWork) has a connection of its own to the database and OpenPGP; its results
 * stay in it, so that they are freed however the job ends. */

#include "openpgp/openpgp.h"
#include "ui/app.h"
#include "ui/pane.h"

/* OpenPGP of the workstation; main thread only, lent. */
PsOpenpgp *ps_pane_openpgp(PsApp *app);

/* ---- a pane that may be gone ---- */

/* Refers to a pane without keeping it: `pane` becomes NULL when it closes. Main thread only. */
typedef struct {
	PsPane *pane;
} PsPaneLink;
PsPaneLink *ps_pane_link_new(PsPane *pane);
PsPaneLink *ps_pane_link_ref(PsPaneLink *link);
void ps_pane_link_unref(PsPaneLink *link);
/* The pane closes: forgets it and gives up its own reference. NULL is fine. */
void ps_pane_link_break(PsPaneLink *link);

/* TRUE once when the workspace was locked since the last call: what a pane holds decrypted goes.
 * `unlocked` is the pane's own, FALSE at first. */
gboolean ps_pane_was_locked(PsApp *app, gboolean *unlocked);

/* ---- work ---- */

/* Begins every job's data of ours. */
typedef struct {
	PsApp *app;
	PsStore *store; /* the job's own connection */
	PsOpenpgp *openpgp;
	PsPaneLink *link; /* whom the result is for; NULL: nobody */
} PsMailWork;

/* FALSE: no workspace, or no further connection to it. */
gboolean ps_mail_work_init(PsMailWork *work, PsApp *app, PsPaneLink *link, GError **error);
void ps_mail_work_clear(PsMailWork *work);

/* Runs `func` on a thread and waits for it in a box (“Opening the message…”) that takes every key;
 * Esc stops the work. For actions that go on with its result. Gives what `func` gave. */
gpointer ps_mail_wait(PsApp *app, const char *title, PsJobFunc func, gpointer data, GError **error);

#endif
