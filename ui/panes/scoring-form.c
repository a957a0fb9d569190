#include "config.h"

#include "ui/panes/scoring-form-private.h"

#include "base/i18n.h"

#include <string.h>

static const PsWidgetClass form_class;

/* ---- life ---- */

PsScoringForm *
ps_scoring_form_new(PsCvssVersion version)
{
	PsScoringForm *form = g_new0(PsScoringForm, 1);

	form->widget.class = &form_class;
	form->version = version;
	for (int v = 0; v < PS_CVSS_VERSIONS; v++)
		ps_cvss_init(&form->sheets[v].cvss, (PsCvssVersion)v);
	return form;
}

void
ps_scoring_form_free(PsScoringForm *form)
{
	g_free(form);
}

static void
free_widget(PsWidget *widget)
{
	ps_scoring_form_free((PsScoringForm *)widget);
}

PsWidget *
ps_scoring_form_widget(PsScoringForm *form)
{
	return &form->widget;
}

/* ---- rows ---- */

static PsScoringSheet *
open_sheet(PsScoringForm *form)
{
	return &form->sheets[form->version];
}

static gboolean
group_exists(PsCvssVersion version, PsCvssGroup group)
{
	const PsCvssTable *table = ps_cvss_table(version);

	for (int i = 0; i < table->n_metrics; i++)
		if (table->metrics[i].group == group)
			return TRUE;
	return FALSE;
}

int
ps_scoring_set_count(const PsCvss *cvss, PsCvssGroup group)
{
	const PsCvssTable *table = ps_cvss_table(cvss->version);
	int count = 0;

	for (int i = 0; i < table->n_metrics; i++)
		count += table->metrics[i].group == group && ps_cvss_get(cvss, i) != PS_CVSS_UNSET;
	return count;
}

/* Everything unfolded has room? */
static gboolean
all_fits(const PsScoringForm *form)
{
	int rows = ps_cvss_table(form->version)->n_metrics;

	for (int group = 0; group < PS_CVSS_GROUPS; group++)
		rows += group_exists(form->version, (PsCvssGroup)group);
	return rows <= form->room;
}

gboolean
ps_scoring_is_open(const PsScoringForm *form, PsCvssGroup group)
{
	const PsScoringSheet *sheet = &form->sheets[form->version];

	if (sheet->folds[group] != PS_FOLD_AUTO)
		return sheet->folds[group] == PS_FOLD_OPEN;
	if (form->locked)
		return group == PS_CVSS_ENVIRONMENTAL;
	return group == PS_CVSS_BASE || all_fits(form) ||
	       ps_scoring_set_count(&sheet->cvss, group) > 0;
}

int
ps_scoring_rows(const PsScoringForm *form, int rows[PS_SCORING_ROWS])
{
	const PsCvssTable *table = ps_cvss_table(form->version);
	int count = 0;

	for (int group = 0; group < PS_CVSS_GROUPS; group++) {
		if (!group_exists(form->version, (PsCvssGroup)group))
			continue;
		rows[count++] = PS_SCORING_HEAD(group);
		for (int i = 0; i < table->n_metrics; i++)
			if ((int)table->metrics[i].group == group &&
			    ps_scoring_is_open(form, (PsCvssGroup)group))
				rows[count++] = i;
	}
	return count;
}

/* The cursor's row; where its group was folded, that of the head. */
int
ps_scoring_cursor(const PsScoringForm *form, const int *rows, int count)
{
	int cursor = form->sheets[form->version].cursor;

	for (int i = 0; i < count; i++)
		if (rows[i] == cursor)
			return i;
	if (cursor >= 0) {
		int head = PS_SCORING_HEAD(ps_cvss_table(form->version)->metrics[cursor].group);
		for (int i = 0; i < count; i++)
			if (rows[i] == head)
				return i;
	}
	return 0;
}

int
ps_scoring_row(const PsScoringForm *form)
{
	int rows[PS_SCORING_ROWS], count = ps_scoring_rows(form, rows);

	return rows[ps_scoring_cursor(form, rows, count)];
}

static gboolean
move_cursor(PsScoringForm *form, int by)
{
	int rows[PS_SCORING_ROWS], count = ps_scoring_rows(form, rows);
	int row = ps_scoring_cursor(form, rows, count), to = CLAMP(row + by, 0, count - 1);

	open_sheet(form)->cursor = rows[to];
	return to != row;
}

int
ps_scoring_form_rows(PsScoringForm *form, int room)
{
	int rows[PS_SCORING_ROWS];

	form->room = room;
	return MIN(ps_scoring_rows(form, rows), room);
}

int
ps_scoring_form_metric(const PsScoringForm *form)
{
	return MAX(ps_scoring_row(form), -1);
}

/* ---- values ---- */

PsCvssVersion
ps_scoring_form_version(const PsScoringForm *form)
{
	return form->version;
}

void
ps_scoring_form_set_version(PsScoringForm *form, PsCvssVersion version)
{
	form->version = version;
	form->first = 0;
}

const PsCvss *
ps_scoring_form_cvss(const PsScoringForm *form)
{
	return &form->sheets[form->version].cvss;
}

const PsCvssMetric *
ps_scoring_metric(const PsScoringForm *form, int metric)
{
	return &ps_cvss_table(form->version)->metrics[metric];
}

int
ps_scoring_value(const PsCvss *cvss, int metric)
{
	int value = ps_cvss_get(cvss, metric);

	return value != PS_CVSS_UNSET ? value
				      : ps_cvss_table(cvss->version)->metrics[metric].not_defined;
}

/* "Not defined" is never written into a vector. */
static void
set_value(PsScoringForm *form, int metric, int value)
{
	if (value == ps_scoring_metric(form, metric)->not_defined)
		value = PS_CVSS_UNSET;
	ps_cvss_set(&open_sheet(form)->cvss, metric, value);
}

void
ps_scoring_form_set(PsScoringForm *form, const PsCvss *cvss)
{
	if (cvss->version != form->version)
		ps_scoring_form_set_version(form, cvss->version);
	open_sheet(form)->cvss = *cvss;
	for (int i = 0; i < ps_cvss_table(form->version)->n_metrics; i++)
		set_value(form, i, ps_cvss_get(cvss, i));
}

/* ---- what may be changed ---- */

static gboolean
may_change(const PsScoringForm *form, int metric)
{
	return !form->locked || ps_scoring_metric(form, metric)->group == PS_CVSS_ENVIRONMENTAL;
}

gboolean
ps_scoring_form_may_change(PsScoringForm *form)
{
	int metric = ps_scoring_form_metric(form);

	return metric < 0 || may_change(form, metric);
}

void
ps_scoring_form_set_locked(PsScoringForm *form, gboolean locked)
{
	form->locked = locked;
	for (int v = 0; v < PS_CVSS_VERSIONS; v++) {
		PsScoringSheet *sheet = &form->sheets[v];
		memset(sheet->folds, 0, sizeof sheet->folds);
		sheet->cursor = locked ? PS_SCORING_HEAD(PS_CVSS_ENVIRONMENTAL) : 0;
	}
	form->first = 0;
}

void
ps_scoring_form_set_note(PsScoringForm *form, PsScoringNote note, gpointer user)
{
	form->note = note;
	form->note_user = user;
}

const char *
ps_scoring_note_of(const PsScoringForm *form, int metric)
{
	return form->note ? form->note(form->note_user, ps_scoring_metric(form, metric)->key)
			  : NULL;
}

void
ps_scoring_form_clear(PsScoringForm *form)
{
	for (int i = 0; i < ps_cvss_table(form->version)->n_metrics; i++)
		if (may_change(form, i))
			ps_cvss_set(&open_sheet(form)->cvss, i, PS_CVSS_UNSET);
}

static gboolean
step_value(PsScoringForm *form, int metric, int by, gboolean around)
{
	int count = ps_scoring_metric(form, metric)->n_values;
	int value = ps_scoring_value(&open_sheet(form)->cvss, metric), next = value + by;

	if (!may_change(form, metric))
		return FALSE;
	if (value == PS_CVSS_UNSET)
		next = by > 0 ? 0 : count - 1;
	if (around)
		next = next % count;
	next = CLAMP(next, 0, count - 1);
	if (next == value)
		return FALSE;
	set_value(form, metric, next);
	return TRUE;
}

gboolean
ps_scoring_form_pick(PsScoringForm *form, gunichar letter)
{
	int metric = ps_scoring_form_metric(form);

	if (metric < 0 || letter > 0x7F || !may_change(form, metric))
		return FALSE;
	const PsCvssMetric *row = ps_scoring_metric(form, metric);
	for (int i = 0; i < row->n_values; i++)
		if (*row->values[i].key == g_ascii_toupper((char)letter)) {
			set_value(form, metric, i);
			move_cursor(form, 1);
			return TRUE;
		}
	return FALSE;
}

void
ps_scoring_form_unset(PsScoringForm *form)
{
	int metric = ps_scoring_form_metric(form);

	if (metric >= 0 && may_change(form, metric))
		ps_cvss_set(&open_sheet(form)->cvss, metric, PS_CVSS_UNSET);
}

/* ---- moves ---- */

static void
set_fold(PsScoringForm *form, PsCvssGroup group, gboolean open)
{
	open_sheet(form)->folds[group] = open ? PS_FOLD_OPEN : PS_FOLD_CLOSED;
}

static gboolean
move_head(PsScoringForm *form, PsCvssGroup group, PsMove move)
{
	gboolean open = ps_scoring_is_open(form, group);
	gboolean wanted = move == PS_MOVE_TOGGLE ? !open : move == PS_MOVE_RIGHT;

	if (wanted == open)
		return FALSE;
	set_fold(form, group, wanted);
	return TRUE;
}

/* All folded but the base, or nothing folded. */
static gboolean
fold_all(PsScoringForm *form)
{
	gboolean any = FALSE;

	for (int group = PS_CVSS_BASE + 1; group < PS_CVSS_GROUPS; group++)
		any = any || (group_exists(form->version, (PsCvssGroup)group) &&
			      !ps_scoring_is_open(form, (PsCvssGroup)group));
	for (int group = PS_CVSS_BASE + 1; group < PS_CVSS_GROUPS; group++)
		set_fold(form, (PsCvssGroup)group, any);
	open_sheet(form)->cursor = ps_scoring_row(form);
	return TRUE;
}

/* To the next base metric without a value, from the cursor on and then from the top. */
static gboolean
to_missing(PsScoringForm *form)
{
	PsScoringSheet *sheet = open_sheet(form);
	int missing = ps_cvss_missing(&sheet->cvss, MAX(ps_scoring_row(form) + 1, 0));

	if (missing < 0)
		missing = ps_cvss_missing(&sheet->cvss, 0);
	if (missing < 0)
		return FALSE;
	set_fold(form, PS_CVSS_BASE, TRUE);
	sheet->cursor = missing;
	return TRUE;
}

static gboolean
move_value(PsScoringForm *form, PsMove move)
{
	int cursor = ps_scoring_row(form);

	open_sheet(form)->cursor = cursor;
	if (cursor < 0)
		return move_head(form, PS_SCORING_GROUP(cursor), move);
	return step_value(form, cursor, move == PS_MOVE_LEFT ? -1 : 1, move == PS_MOVE_TOGGLE);
}

static gboolean
move(PsWidget *widget, PsMove what)
{
	PsScoringForm *form = (PsScoringForm *)widget;

	switch (what) {
	case PS_MOVE_UP:
		return move_cursor(form, -1);
	case PS_MOVE_DOWN:
		return move_cursor(form, 1);
	case PS_MOVE_PAGE_UP:
		return move_cursor(form, -MAX(form->rows, 1));
	case PS_MOVE_PAGE_DOWN:
		return move_cursor(form, MAX(form->rows, 1));
	case PS_MOVE_HOME:
		return move_cursor(form, -PS_SCORING_ROWS);
	case PS_MOVE_END:
		return move_cursor(form, PS_SCORING_ROWS);
	case PS_MOVE_LEFT:
	case PS_MOVE_RIGHT:
	case PS_MOVE_TOGGLE:
		return move_value(form, what);
	case PS_MOVE_FOLD:
		return fold_all(form);
	case PS_MOVE_NEXT:
		return to_missing(form);
	default:
		return FALSE;
	}
}

static char *
place(PsWidget *widget)
{
	PsScoringForm *form = (PsScoringForm *)widget;

	return g_strdup_printf("CVSS %s", ps_cvss_table(form->version)->name);
}

static const PsWidgetClass form_class = {.draw = ps_scoring_form_draw,
					 .move = move,
					 .place = place,
					 .free = free_widget};
