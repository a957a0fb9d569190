#ifndef PS_UI_PANES_ADVISORY_EDITOR_CHECK_H
#define PS_UI_PANES_ADVISORY_EDITOR_CHECK_H

/* Checking a document beside the screen's thread, as often as one types: one check runs at a time;
 * what is newer stops it and is checked instead. A key costs the screen's thread no walk of the
 * document, however large it is: only the field that changed is handed over. */

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
/* Checks the document that was given last with another value (taken; NULL: without) at one field.
 * The patch of one field is complete before that of another one is given: the value that it had
 * comes back as a patch, or a new document does. */
void ps_editor_check_patch(PsEditorCheck *check, const char *field, cJSON *value);
/* What is running or waits is not wanted any more. */
void ps_editor_check_forget(PsEditorCheck *check);

#endif
