#include "config.h"

/* Finding tables, points and values by what a person types, and walking. */

#include "scoring/ssvc.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"
#include "base/safe-text.h"
#include "scoring/ssvc-private.h"

/* A point that is a part of a part, and so on: files that refer to each other end here. */
#define DEPTH_MAX 4

/* ---- names ---- */

/* "Public PoC", "public-poc" and "PUBLIC_POC" are the same. */
static char *
plain_name(const char *text)
{
	GString *plain = g_string_new(NULL);

	for (; *text; text++)
		if (!strchr(" -_", *text))
			g_string_append_c(plain, g_ascii_tolower(*text));
	return g_string_free(plain, FALSE);
}

static gboolean
same_name(const char *a, const char *b)
{
	g_autofree char *left = plain_name(a), *right = plain_name(b);

	return g_str_equal(left, right);
}

guint
ps_ssvc_count(const PsSsvcTables *tables)
{
	return tables->list->len;
}

const PsSsvcTable *
ps_ssvc_table(const PsSsvcTables *tables, guint index)
{
	return tables->list->pdata[index];
}

static gboolean
table_is_called(const PsSsvcTable *table, const char *name)
{
	g_autofree char *full = g_strjoin(":", table->space, table->key, NULL);

	return same_name(table->word, name) || g_ascii_strcasecmp(table->key, name) == 0 ||
	       g_ascii_strcasecmp(full, name) == 0 || same_name(table->name, name);
}

const PsSsvcTable *
ps_ssvc_find(const PsSsvcTables *tables, const char *name, GError **error)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (guint i = 0; i < tables->list->len; i++) {
		const PsSsvcTable *table = tables->list->pdata[i];
		if (table_is_called(table, name))
			return table;
		g_string_append_printf(words, "%s%s", words->len ? ", " : "", table->word);
	}
	g_autofree char *safe = ps_safe_text(name, -1, PS_SAFE_LINE);
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("There is no SSVC decision table “%s”. There are: %s."), safe, words->str);
	return NULL;
}

const PsSsvcTable *
ps_ssvc_part(const PsSsvcTables *tables, const PsSsvcPoint *point)
{
	for (guint i = 0; i < tables->list->len; i++) {
		const PsSsvcTable *table = tables->list->pdata[i];
		if (g_str_equal(table->outcome->id, point->id) &&
		    table->outcome->values->len == point->values->len)
			return table;
	}
	return NULL;
}

const PsSsvcValue *
ps_ssvc_value(const PsSsvcPoint *point, int value)
{
	return point->values->pdata[value];
}

int
ps_ssvc_value_find(const PsSsvcPoint *point, const char *text)
{
	for (guint i = 0; i < point->values->len; i++)
		if (g_ascii_strcasecmp(ps_ssvc_value(point, (int)i)->key, text) == 0)
			return (int)i;
	for (guint i = 0; i < point->values->len; i++)
		if (same_name(ps_ssvc_value(point, (int)i)->name, text))
			return (int)i;
	return -1;
}

/* ---- a walk ---- */

static void
add_steps(PsSsvcWalk *walk, const PsSsvcTables *tables, const PsSsvcTable *table, int parent,
	  int depth)
{
	for (guint i = 0; i < table->points->len; i++) {
		const PsSsvcPoint *point = table->points->pdata[i];
		const PsSsvcTable *part = depth < DEPTH_MAX ? ps_ssvc_part(tables, point) : NULL;
		PsSsvcStep step = {point, part, parent, depth, (int)i, -1};
		g_array_append_val(walk->steps, step);
		if (part)
			add_steps(walk, tables, part, (int)walk->steps->len - 1, depth + 1);
	}
}

PsSsvcWalk *
ps_ssvc_walk_new(const PsSsvcTables *tables, const PsSsvcTable *table)
{
	PsSsvcWalk *walk = g_new0(PsSsvcWalk, 1);

	walk->table = table;
	walk->steps = g_array_new(FALSE, TRUE, sizeof(PsSsvcStep));
	add_steps(walk, tables, table, -1, 0);
	return walk;
}

void
ps_ssvc_walk_free(PsSsvcWalk *walk)
{
	if (!walk)
		return;
	g_array_unref(walk->steps);
	g_free(walk);
}

static PsSsvcStep *
step_at(const PsSsvcWalk *walk, int step)
{
	return &g_array_index(walk->steps, PsSsvcStep, step);
}

const PsSsvcStep *
ps_ssvc_step(const PsSsvcWalk *walk, int step)
{
	return step_at(walk, step);
}

static gboolean
point_is_called(const PsSsvcPoint *point, const char *name)
{
	g_autofree char *short_id = g_strjoin(":", point->space, point->key, NULL);

	return g_ascii_strcasecmp(point->key, name) == 0 || same_name(point->name, name) ||
	       g_ascii_strcasecmp(point->id, name) == 0 || g_ascii_strcasecmp(short_id, name) == 0;
}

int
ps_ssvc_step_find(const PsSsvcWalk *walk, const char *point)
{
	for (guint i = 0; i < walk->steps->len; i++)
		if (point_is_called(step_at(walk, (int)i)->point, point))
			return (int)i;
	return -1;
}

static gboolean
is_below(const PsSsvcWalk *walk, int step, int above)
{
	for (int at = step_at(walk, step)->parent; at >= 0; at = step_at(walk, at)->parent)
		if (at == above)
			return TRUE;
	return FALSE;
}

void
ps_ssvc_choose(PsSsvcWalk *walk, int step, int value)
{
	step_at(walk, step)->chosen = value;
	for (int i = 0; i < (int)walk->steps->len; i++)
		if (is_below(walk, i, step) || is_below(walk, step, i))
			step_at(walk, i)->chosen = -1;
}

/* ---- by name ---- */

static void
refuse_point(const PsSsvcWalk *walk, const char *name, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);
	g_autofree char *safe = ps_safe_text(name, -1, PS_SAFE_LINE);

	for (guint i = 0; i < walk->steps->len; i++) {
		const PsSsvcPoint *point = step_at(walk, (int)i)->point;
		g_string_append_printf(known, "%s%s (%s)", known->len ? ", " : "", point->key,
				       point->name);
	}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("“%s” is no decision point of “%s”. Its points are %s."), safe,
		    walk->table->word, known->str);
}

static void
refuse_value(const PsSsvcPoint *point, const char *text, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);
	g_autofree char *safe = ps_safe_text(text, -1, PS_SAFE_LINE);

	for (guint i = 0; i < point->values->len; i++) {
		const PsSsvcValue *value = ps_ssvc_value(point, (int)i);
		g_string_append_printf(known, "%s%s (%s)", known->len ? ", " : "", value->key,
				       value->name);
	}
	g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
		    _("%s (%s) has no value “%s”. Its values are %s."), point->name, point->key,
		    safe, known->str);
}

gboolean
ps_ssvc_set(PsSsvcWalk *walk, const char *point, const char *value, GError **error)
{
	int step = ps_ssvc_step_find(walk, point);

	if (step < 0) {
		refuse_point(walk, point, error);
		return FALSE;
	}
	const PsSsvcPoint *asked = step_at(walk, step)->point;
	int found = ps_ssvc_value_find(asked, value);
	if (found < 0) {
		refuse_value(asked, value, error);
		return FALSE;
	}
	/* A point may be a part of several others. */
	for (guint i = 0; i < walk->steps->len; i++) {
		PsSsvcStep *same = step_at(walk, (int)i);
		if (!g_str_equal(same->point->id, asked->id))
			continue;
		if (same->chosen >= 0 && same->chosen != found) {
			g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
				    _("%s (%s) is given twice, as %s and as %s."), asked->name,
				    asked->key, ps_ssvc_value(asked, same->chosen)->key,
				    ps_ssvc_value(asked, found)->key);
			return FALSE;
		}
		same->chosen = found;
	}
	return TRUE;
}

/* ---- what follows ---- */

/* Values that the rows of `table` still give, where its points may have those of the masks. */
static guint32
outcomes_of(const PsSsvcTable *table, const guint32 *masks, gsize *rows)
{
	guint32 outcomes = 0;
	gsize count = 0;

	for (gsize row = 0; row < table->n_rows; row++) {
		gsize rest = row;
		gboolean open = TRUE;
		for (guint i = table->points->len; open && i-- > 0;) {
			gsize n = ((const PsSsvcPoint *)table->points->pdata[i])->values->len;
			open = (masks[i] >> (rest % n)) & 1;
			rest /= n;
		}
		if (!open)
			continue;
		outcomes |= 1U << table->decisions[row];
		count++;
	}
	if (rows)
		*rows = count;
	return outcomes;
}

static guint32
all_values(const PsSsvcPoint *point)
{
	return point->values->len >= 32 ? ~0U : (1U << point->values->len) - 1;
}

static void masks_below(const PsSsvcWalk *walk, int parent, guint32 *masks);

/* What the parts of a step say; every value where they say nothing yet. */
static guint32
mask_of_parts(const PsSsvcWalk *walk, int step)
{
	const PsSsvcStep *at = step_at(walk, step);
	guint32 masks[PS_SSVC_POINTS];

	if (!at->part)
		return all_values(at->point);
	masks_below(walk, step, masks);
	return outcomes_of(at->part, masks, NULL);
}

static guint32
mask_of(const PsSsvcWalk *walk, int step)
{
	const PsSsvcStep *at = step_at(walk, step);

	return at->chosen >= 0 ? 1U << at->chosen : mask_of_parts(walk, step);
}

/* The masks of all points of one table: that of `parent`, or the walk's own (-1). */
static void
masks_below(const PsSsvcWalk *walk, int parent, guint32 *masks)
{
	for (int i = 0; i < (int)walk->steps->len; i++)
		if (step_at(walk, i)->parent == parent)
			masks[step_at(walk, i)->place] = mask_of(walk, i);
}

/* The only value of a mask; -1: there are several. */
static int
only_value(guint32 mask)
{
	return mask && !(mask & (mask - 1)) ? g_bit_nth_lsf(mask, -1) : -1;
}

/* Have all points of the table below `parent` a value? */
static gboolean
all_known(const PsSsvcWalk *walk, int parent)
{
	for (int i = 0; i < (int)walk->steps->len; i++)
		if (step_at(walk, i)->parent == parent && ps_ssvc_step_value(walk, i) < 0)
			return FALSE;
	return TRUE;
}

int
ps_ssvc_step_value(const PsSsvcWalk *walk, int step)
{
	const PsSsvcStep *at = step_at(walk, step);

	if (at->chosen >= 0)
		return at->chosen;
	return at->part && all_known(walk, step) ? only_value(mask_of_parts(walk, step)) : -1;
}

/* "Automatable, Value Density". New string. */
static char *
names_of_points(const PsSsvcTable *table)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < table->points->len; i++) {
		const PsSsvcPoint *point = table->points->pdata[i];
		g_string_append_printf(names, "%s%s", i ? ", " : "", point->name);
	}
	return g_string_free(names, FALSE);
}

gboolean
ps_ssvc_agrees(const PsSsvcWalk *walk, GError **error)
{
	for (int i = 0; i < (int)walk->steps->len; i++) {
		const PsSsvcStep *at = step_at(walk, i);
		guint32 parts = at->chosen >= 0 ? mask_of_parts(walk, i) : ~0U;
		if (at->chosen < 0 || (parts >> at->chosen) & 1)
			continue;
		g_autofree char *names = names_of_points(at->part);
		g_set_error(error, PS_ERROR, PS_ERROR_INPUT,
			    _("%s (%s) is given as %s, but its parts (%s) say something else: "
			      "leave one of them out."),
			    at->point->name, at->point->key,
			    ps_ssvc_value(at->point, at->chosen)->name, names);
		return FALSE;
	}
	return TRUE;
}

int
ps_ssvc_next(const PsSsvcWalk *walk, int from)
{
	for (int i = MAX(from, 0); i < (int)walk->steps->len; i++)
		if (step_at(walk, i)->depth == 0 && ps_ssvc_step_value(walk, i) < 0)
			return i;
	return -1;
}

int
ps_ssvc_decision(const PsSsvcWalk *walk)
{
	guint32 outcomes;

	if (!all_known(walk, -1))
		return -1;
	ps_ssvc_possible(walk, &outcomes, NULL);
	return only_value(outcomes);
}

int
ps_ssvc_possible(const PsSsvcWalk *walk, guint32 *outcomes, gsize *rows)
{
	guint32 masks[PS_SSVC_POINTS];
	int count = 0;

	masks_below(walk, -1, masks);
	*outcomes = outcomes_of(walk->table, masks, rows);
	for (guint32 rest = *outcomes; rest; rest &= rest - 1)
		count++;
	return count;
}
