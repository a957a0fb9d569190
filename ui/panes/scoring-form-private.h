#ifndef PS_UI_PANES_SCORING_FORM_PRIVATE_H
#define PS_UI_PANES_SCORING_FORM_PRIVATE_H

/* Shared by scoring-form.c (values, rows, moves) and scoring-form-draw.c. */

#include "ui/panes/scoring-form.h"

typedef enum { PS_FOLD_AUTO, PS_FOLD_OPEN, PS_FOLD_CLOSED } PsScoringFold;

/* A row is the position of its metric, or the head of a group. */
#define PS_SCORING_HEAD(group) (-1 - (int)(group))
#define PS_SCORING_GROUP(head) ((PsCvssGroup)(-1 - (head)))
#define PS_SCORING_ROWS (PS_CVSS_METRICS + PS_CVSS_GROUPS)

/* One version's part. */
typedef struct {
	PsCvss cvss;
	PsScoringFold folds[PS_CVSS_GROUPS];
	int cursor; /* a row */
} PsScoringSheet;

struct PsScoringForm {
	PsWidget widget;
	PsCvssVersion version;
	PsScoringSheet sheets[PS_CVSS_VERSIONS];
	gint64 first; /* top row of the screen */
	int rows;     /* on the screen, when it was last drawn */
	int room;     /* that it might take */
	gboolean locked;
	PsScoringNote note;
	gpointer note_user;
};

/* The rows that can be seen, top to bottom; returns their number. */
int ps_scoring_rows(const PsScoringForm *form, int rows[PS_SCORING_ROWS]);
/* Which of them has the cursor. */
int ps_scoring_cursor(const PsScoringForm *form, const int *rows, int count);
int ps_scoring_row(const PsScoringForm *form); /* the row that has it */
gboolean ps_scoring_is_open(const PsScoringForm *form, PsCvssGroup group);
/* How many of a group's metrics have a value. */
int ps_scoring_set_count(const PsCvss *cvss, PsCvssGroup group);
/* The value that counts: what is not chosen is "not defined" where there is such a value. */
int ps_scoring_value(const PsCvss *cvss, int metric);
/* The person's own note on a metric; NULL: none. Lent. */
const char *ps_scoring_note_of(const PsScoringForm *form, int metric);
const PsCvssMetric *ps_scoring_metric(const PsScoringForm *form, int metric);

void ps_scoring_form_draw(PsWidget *widget, PsView view);

#endif
