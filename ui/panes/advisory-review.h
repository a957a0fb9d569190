#ifndef PS_UI_PANES_ADVISORY_REVIEW_H
#define PS_UI_PANES_ADVISORY_REVIEW_H

/* Review, publication and end of an advisory: actions of its pane (advisory-review.c,
 * advisory-publish.c). */

#include "ui/panes/advisory-pane.h"

PsChanged advisory_run_review(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_approve(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_reject(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_publish(PsApp *app, PsPane *pane, const char *argument, GError **error);
const char *advisory_refuse_arm(PsApp *app, PsPane *pane);
PsChanged advisory_run_arm(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_withdraw(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_supersede(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged advisory_run_keep(PsApp *app, PsPane *pane, const char *argument, GError **error);

/* Where the standard suggests a status (or `always`), the person chooses it; else it is final.
 * FALSE: given up. (advisory-publish.c) */
gboolean advisory_ask_status(AdvisoryPane *self, gint64 at, gboolean always, gboolean *interim);

/* Reads what became void since it was approved or armed: part of refreshing. */
void advisory_read_review(AdvisoryPane *self);
/* What the head line says of review and arming: " · armed: in 2 h"; "" nothing. New string. */
char *advisory_review_status(const AdvisoryPane *self);

#define ADVISORY_WRITES (PS_NEEDS_WRITABLE | PS_NEEDS_UNLOCKED)

/* Rows for the pane's table of actions. */
/* clang-format off */
#define ADVISORY_REVIEW_ACTIONS \
	{"advisory.review", N_("Ask somebody else to review the draft"), N_("review"), "v", \
	 ADVISORY_WRITES, 0, advisory_refuse_none, advisory_run_review}, \
	{"advisory.approve", N_("Approve the advisory for publishing, with a signature"), \
	 N_("approve"), "A", ADVISORY_WRITES, PS_ACTION_HINT, advisory_refuse_none, \
	 advisory_run_approve}, \
	{"advisory.reject", N_("Send the draft back, with a comment"), N_("send back"), "B", \
	 ADVISORY_WRITES, PS_ACTION_ARGUMENT, advisory_refuse_none, advisory_run_reject}, \
	{"advisory.publish", N_("Publish the advisory, signed"), N_("publish"), "P", \
	 ADVISORY_WRITES, PS_ACTION_HINT | PS_ACTION_IRREVERSIBLE, advisory_refuse_none, \
	 advisory_run_publish}, \
	{"advisory.arm", N_("Publish at a later minute by itself (arm it), or cancel that"), \
	 N_("arm"), "T", ADVISORY_WRITES, PS_ACTION_ARGUMENT, advisory_refuse_arm, \
	 advisory_run_arm}, \
	{"advisory.withdraw", N_("Withdraw the advisory: its next version says so"), \
	 N_("withdraw"), "W", ADVISORY_WRITES, PS_ACTION_ARGUMENT, advisory_refuse_none, \
	 advisory_run_withdraw}, \
	{"advisory.supersede", \
	 N_("Supersede the advisory: its next version refers to another one"), N_("supersede"), \
	 "S", \
	 ADVISORY_WRITES, PS_ACTION_ARGUMENT, advisory_refuse_none, \
	 advisory_run_supersede}, \
	{"advisory.keep", N_("Call off a withdrawal or supersession"), NULL, "K", \
	 ADVISORY_WRITES, 0, advisory_refuse_none, advisory_run_keep}
/* clang-format on */

#endif
