#ifndef PS_UI_PANES_SCORING_FORM_H
#define PS_UI_PANES_SCORING_FORM_H

/* The form of a CVSS vector: a row a metric with its values beside it, in groups that fold. It
 * keeps one vector for each version of the standard, so that going from one to the other and back
 * loses nothing. It knows no store.
 *
 * Left and Right change the value of the row, Up and Down go to another row, Space takes the next
 * value (or folds a group), a letter picks a value and goes on to the next row.
 *
 * Groups that nobody has folded or unfolded open by themselves when they have room or values. */

#include "scoring/cvss.h"
#include "ui/widget.h"

typedef struct PsScoringForm PsScoringForm;

PsScoringForm *ps_scoring_form_new(PsCvssVersion version);
PsWidget *ps_scoring_form_widget(PsScoringForm *form);
void ps_scoring_form_free(PsScoringForm *form);

PsCvssVersion ps_scoring_form_version(const PsScoringForm *form);
void ps_scoring_form_set_version(PsScoringForm *form, PsCvssVersion version);
/* The vector of the version that is shown. */
const PsCvss *ps_scoring_form_cvss(const PsScoringForm *form);
/* Shows `cvss` in its own version. */
void ps_scoring_form_set(PsScoringForm *form, const PsCvss *cvss);
/* Takes back every value of the version that is shown. */
void ps_scoring_form_clear(PsScoringForm *form);

/* Only environmental metrics may be changed: the score of one release. They are unfolded, the
 * others folded. */
void ps_scoring_form_set_locked(PsScoringForm *form, gboolean locked);
/* May the metric under the cursor be changed? */
gboolean ps_scoring_form_may_change(PsScoringForm *form);
/* A note on a metric (key as "AV"), shown with its meaning and marked in its row; NULL: none. */
typedef const char *(*PsScoringNote)(gpointer user, const char *metric);
void ps_scoring_form_set_note(PsScoringForm *form, PsScoringNote note, gpointer user);

/* The metric under the cursor; -1: the head of a group. */
int ps_scoring_form_metric(const PsScoringForm *form);
/* The value whose key begins with `letter` (in any case) becomes that of the row, and the cursor
 * goes to the next row. FALSE: the metric has no such value, or it is a head. */
gboolean ps_scoring_form_pick(PsScoringForm *form, gunichar letter);
/* Takes the row's value back. */
void ps_scoring_form_unset(PsScoringForm *form);

/* The rows that the form would take of `room`: call it before drawing, with what there is at most.
 */
int ps_scoring_form_rows(PsScoringForm *form, int room);

/* ---- beside the rows ---- */

/* Score, severity, bar, what it was made of; the vector below. Returns the rows that it took. */
int ps_scoring_draw_result(PsView view, const PsCvss *cvss);
/* What the row asks and what its value says; where all of the row's values have room, what each of
 * them says. Returns the rows that it took. */
int ps_scoring_form_draw_meaning(PsScoringForm *form, PsView view);

#endif
