#ifndef PS_SCORING_SSVC_H
#define PS_SCORING_SSVC_H

/* SSVC: decision tables and walks through them.
 *
 * A table is a file in the JSON shape of the SSVC project (schema 2.0.0): decision points with
 * their values, an outcome that is a point too, and a mapping with one row for every combination.
 * Ours are in the data directory below ssvc/; a workspace may have files of its own in its ssvc/
 * directory, which take the place of ours with the same name or come beside them. A file that is
 * incomplete or contradicts itself is refused with a sentence.
 *
 * A point may be the outcome of another table (Utility follows from Automatable and Value Density):
 * then its value is chosen itself or follows from those parts, its steps of the walk.
 *
 * Source: github.com/CERTCC/SSVC, schema v2; names and keys are theirs, what they mean is told in
 * our own words. */

#include <glib.h>

#define PS_SSVC_VALUES 32 /* of a point */
#define PS_SSVC_POINTS 16 /* of a table */

typedef struct {
	char *key, *name, *meaning; /* "A", "Active", a sentence */
} PsSsvcValue;

typedef struct {
	char *space, *key, *version; /* "ssvc", "E", "1.1.0" */
	char *id;                    /* the three with colons */
	char *name, *question;
	GPtrArray *values; /* PsSsvcValue, in their order */
} PsSsvcPoint;

typedef struct {
	char *word; /* "supplier": how it is called here, the name of its file */
	char *space, *key, *version, *name, *meaning;
	char *file;        /* where it was read */
	GPtrArray *points; /* PsSsvcPoint, in the order of the walk */
	PsSsvcPoint *outcome;
	/* A value of the outcome for every combination; the last point counts fastest. */
	guint8 *decisions;
	gsize n_rows;
} PsSsvcTable;

typedef struct PsSsvcTables PsSsvcTables;

/* ---- reading (ssvc-read.c) ---- */

/* `own_dir`: the workspace's directory of tables, which need not exist; NULL: none. */
PsSsvcTables *ps_ssvc_tables_read(const char *own_dir, GError **error);
void ps_ssvc_tables_free(PsSsvcTables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsSsvcTables, ps_ssvc_tables_free)
/* One file; `word` is how it will be called. */
PsSsvcTable *ps_ssvc_table_read(const char *file, const char *word, GError **error);
/* The same from memory. */
PsSsvcTable *ps_ssvc_table_parse(const char *text, gsize length, const char *word, GError **error);
void ps_ssvc_table_free(PsSsvcTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsSsvcTable, ps_ssvc_table_free)

/* In the order in which they are offered: whole decisions, then those that give parts. */
guint ps_ssvc_count(const PsSsvcTables *tables);
const PsSsvcTable *ps_ssvc_table(const PsSsvcTables *tables, guint index);
/* By word, key, name or "namespace:key", in any case; NULL with a sentence that names them all. */
const PsSsvcTable *ps_ssvc_find(const PsSsvcTables *tables, const char *name, GError **error);
/* The table whose outcome is this point; NULL: none. */
const PsSsvcTable *ps_ssvc_part(const PsSsvcTables *tables, const PsSsvcPoint *point);

const PsSsvcValue *ps_ssvc_value(const PsSsvcPoint *point, int value);
/* By key or name, in any case, blanks and dashes aside; -1: none. */
int ps_ssvc_value_find(const PsSsvcPoint *point, const char *text);

/* ---- walks (ssvc.c) ---- */

/* A question of a walk. Parts follow the point that they give. */
typedef struct {
	const PsSsvcPoint *point;
	const PsSsvcTable *part; /* gives the value by its own points; NULL: none does */
	int parent;              /* the step that this one is a part of; -1: of the table itself */
	int depth;               /* 0: a point of the table */
	int place;               /* among the points of its table */
	int chosen;              /* position of the value; -1: none was chosen */
} PsSsvcStep;

typedef struct {
	const PsSsvcTable *table;
	GArray *steps; /* PsSsvcStep */
} PsSsvcWalk;

/* The tables must outlive the walk. */
PsSsvcWalk *ps_ssvc_walk_new(const PsSsvcTables *tables, const PsSsvcTable *table);
void ps_ssvc_walk_free(PsSsvcWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsSsvcWalk, ps_ssvc_walk_free)

const PsSsvcStep *ps_ssvc_step(const PsSsvcWalk *walk, int step);
/* The step of a point by its id or key; -1: none. */
int ps_ssvc_step_find(const PsSsvcWalk *walk, const char *point);
/* value -1 takes the choice back. What contradicts it (the parts of the point, or the point that it
 * is a part of) is taken back too. */
void ps_ssvc_choose(PsSsvcWalk *walk, int step, int value);
/* "E=A" or "exploitation=active": PS_ERROR_INPUT names what would be right. */
gboolean ps_ssvc_set(PsSsvcWalk *walk, const char *point, const char *value, GError **error);
/* FALSE: a point was given together with parts that say something else. */
gboolean ps_ssvc_agrees(const PsSsvcWalk *walk, GError **error);

/* What holds for a step: chosen, or following from its parts; -1: open. */
int ps_ssvc_step_value(const PsSsvcWalk *walk, int step);
/* The first point of the table that is open, from `from` on; -1: none. */
int ps_ssvc_next(const PsSsvcWalk *walk, int from);
/* The outcome's value; -1 while a point is open. */
int ps_ssvc_decision(const PsSsvcWalk *walk);
/* Which outcomes can still come: sets a bit for each; `rows`: how many rows of the table, may be
 * NULL. Returns how many outcomes. */
int ps_ssvc_possible(const PsSsvcWalk *walk, guint32 *outcomes, gsize *rows);

#endif
