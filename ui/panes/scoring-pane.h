#ifndef PS_UI_PANES_SCORING_PANE_H
#define PS_UI_PANES_SCORING_PANE_H

/* Shared by scoring-pane.c (the pane), scoring-saved.c (what is saved and what is not) and
 * scoring-actions.c. */

#include "ui/pane.h"
#include "ui/panes/scoring-form.h"

/* What the form was filled from; absent: there was no such score. `start` is what it showed then:
 * of a release without a score of its own, that of the vulnerability. */
typedef struct {
	char *vector, *reason, *start;
	GHashTable *reasons; /* metric: text */
} PsScoringSeen;

typedef struct {
	PsPane pane;
	PsScoringForm *form;
	char *case_id;
	char *vulnerability; /* id; NULL: the case has one or none */
	char *release;       /* id of a release or combination; NULL: of the vulnerability itself */
	const char *source;
	GPtrArray *scores, *vulnerabilities; /* PsRecord* */
	char *reasons[PS_CVSS_VERSIONS];
	GHashTable *metric_reasons[PS_CVSS_VERSIONS]; /* metric: text */
	PsScoringSeen seen[PS_CVSS_VERSIONS];
} PsScoring;

/* "ours" where a score has none. */
const char *ps_score_source(const PsRecord *score);
/* The case's score with this version and the pane's source, vulnerability and release; NULL: none.
 */
const PsRecord *ps_scoring_saved(const PsScoring *self, PsCvssVersion version);
/* The same of the vulnerability itself, where a release is scored. */
const PsRecord *ps_scoring_base(const PsScoring *self, PsCvssVersion version);
void ps_scoring_clear(PsScoring *self);
/* Does the form differ from what it was filled from (in the version that is shown)? */
gboolean ps_scoring_is_changed(const PsScoring *self);
/* Fills one version from the case, dropping what was changed. */
void ps_scoring_take(PsScoring *self, PsCvssVersion version);
/* The same for every version without changes; with `changes_too` for all. */
void ps_scoring_take_all(PsScoring *self, gboolean changes_too);
/* The source was changed: what is changed stays, to be saved under it. */
void ps_scoring_take_source(PsScoring *self);
/* Stores the form as the case's score; `force`: whatever is stored meanwhile. */
gboolean ps_scoring_save(PsScoring *self, gboolean force, GError **error);

/* Writes the vector that is shown into the case's log, as not saved. */
void ps_scoring_note(PsScoring *self);

/* Reads the scores and vulnerabilities of the case. */
void ps_scoring_read(PsScoring *self);
const PsRecord *ps_record_with_id(GPtrArray *records, const char *id);

/* The vector in a text that may hold more; a partial one is fine. */
gboolean ps_scoring_take_vector(PsScoring *self, const char *text, GError **error);

/* ---- whose score, of what (scoring-target.c); as PsAction has them ---- */
PsChanged ps_scoring_choose_source(PsApp *app, PsPane *pane, const char *argument, GError **error);
PsChanged ps_scoring_choose_vulnerability(PsApp *app, PsPane *pane, const char *argument,
					  GError **error);
PsChanged ps_scoring_choose_release(PsApp *app, PsPane *pane, const char *argument, GError **error);
/* Why no release can be scored with this version. */
void ps_scoring_refuse_release(PsCvssVersion version, GError **error);
PsChanged ps_scoring_because(PsApp *app, PsPane *pane, const char *argument, GError **error);

#define PS_SCORING_ACTIONS 17
extern const PsAction ps_scoring_actions[PS_SCORING_ACTIONS];

#endif
