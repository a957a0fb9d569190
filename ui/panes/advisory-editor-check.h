#ifndef PS_UI_PANES_ADVISORY_EDITOR_CHECK_H
#define PS_UI_PANES_ADVISORY_EDITOR_CHECK_H

/* Checking a document beside the screen's thread, as often as one types: one check runs at a time,
 * and while it does only the newest document waits. Results come in order; one that is older than
 * what waits is thrown away. */

#include "advisory/csaf-check.h"
#include "advisory/csaf-fix.h"
#include "ui/app.h"

typedef struct {
	PsCsafReport *report; /* NULL: it could not be checked */
	GPtrArray *fixes;     /* PsCsafFix* or NULL, beside report->findings; may be shorter */
	GError *error;        /* why there is no report */
	gint64 microseconds;  /* that it took */
} PsEditorChecked;

/* `checked`: owned by the caller of it. Runs on the main thread, also while a question is open. */
typedef void (*PsEditorCheckDone)(gpointer user, const PsEditorChecked *checked);

typedef struct PsEditorCheck PsEditorCheck;
PsEditorCheck *ps_editor_check_new(PsApp *app, PsEditorCheckDone done, gpointer user);
/* `done` is not called any more. */
void ps_editor_check_free(PsEditorCheck *check);
/* Takes `document`. */
void ps_editor_check_run(PsEditorCheck *check, cJSON *document);
/* What is running or waits is not wanted any more. */
void ps_editor_check_forget(PsEditorCheck *check);

#endif
