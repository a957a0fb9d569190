#ifndef PS_UI_PANES_ADVISORY_EDITOR_FINDINGS_H
#define PS_UI_PANES_ADVISORY_EDITOR_FINDINGS_H

/* What stands in the way of an advisory: what the draft lacks and what the tests find, as one list.
 * Each knows its place and, where the repair is mechanical, its fix. */

#include "ui/list.h"
#include "ui/panes/advisory-editor-check.h"
#include "ui/panes/advisory-editor-model.h"
#include "advisory/advisory.h"

typedef struct {
	char *id;          /* what and where: stays the same as long as it is found */
	const char *word;  /* translated: "error" */
	PsCsafLevel level; /* of a test's finding; what is missing counts as an error or a note */
	char *pointer, *sentence;
	const char *place; /* class of the pane of the case where it is filled; NULL: here */
	char *record;      /* KIND/ID of the record that fills it; NULL */
	char *remedy;      /* a command line; NULL */
	/* NULL: none */
	char *fix_title;
	char **fix_pairs; /* as ps_advisory_set() takes them */
	gboolean fix_is_choice;
} PsEditorFinding;

typedef struct {
	GPtrArray *findings; /* PsEditorFinding* */
	guint counts[PS_EDITOR_GRADES];
} PsEditorFindings;

/* `missing`: PsAdvisoryMissing*, or NULL; `checked` NULL: not checked yet. */
PsEditorFindings *ps_editor_findings_new(const GPtrArray *missing, const PsEditorChecked *checked);
void ps_editor_findings_free(PsEditorFindings *findings);
/* "2 errors · 1 warning"; new string. */
char *ps_editor_findings_count(const PsEditorFindings *findings);

/* A list of them; `*findings` is lent and may be changed before a refresh. */
PsList *ps_editor_findings_list(PsEditorFindings **findings);

#endif
