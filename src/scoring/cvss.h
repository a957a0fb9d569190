#ifndef PS_SCORING_CVSS_H
#define PS_SCORING_CVSS_H

/* CVSS 2.0, 3.0, 3.1 and 4.0: vectors and scores. Pure functions over tables: no I/O, no
 * allocation, no state, safe from any thread.
 *
 * A PsCvss holds one choice per metric and may be incomplete: a form sets one metric after the
 * other and asks for the score each time. Scores are integers in tenths (98 is 9.8), computed with
 * exact arithmetic (2.0, 4.0) or with the standards' own rounding (3.x), so that they are the same
 * everywhere.
 *
 * Sources: CVSS v2.0 guide; v3.0 and v3.1 specification sections 7 and 8; v4.0 specification
 * sections 7 and 8. */

#include <glib.h>

typedef enum {
	PS_CVSS_2_0,
	PS_CVSS_3_0,
	PS_CVSS_3_1,
	PS_CVSS_4_0,
	PS_CVSS_VERSIONS,
} PsCvssVersion;

typedef enum {
	PS_CVSS_BASE,
	PS_CVSS_TEMPORAL, /* "Threat" in 4.0 */
	PS_CVSS_ENVIRONMENTAL,
	PS_CVSS_SUPPLEMENTAL, /* 4.0 only; never changes a score */
	PS_CVSS_GROUPS,
} PsCvssGroup;

#define PS_CVSS_METRICS 32     /* no version has more */
#define PS_CVSS_VECTOR_MAX 224 /* a canonical vector with its NUL is never longer */
#define PS_CVSS_UNSET (-1)

typedef struct {
	const char *key;     /* "N" */
	const char *name;    /* N_("Network") */
	const char *meaning; /* N_() what choosing it says, in our own words */
	int weight;          /* 2.0, 3.x: thousandths; 4.0: severity level, 0 the worst */
	int changed;         /* 3.x: weight with changed scope where it differs, else 0 */
} PsCvssValue;

typedef struct {
	const char *key;  /* "AV" */
	const char *name; /* N_("Attack Vector") */
	const char *help; /* N_() what the metric asks */
	PsCvssGroup group;
	const PsCvssValue *values;
	int n_values;
	int not_defined; /* position of X or ND; -1: a value must be chosen */
	char letters[8]; /* the values' keys where they are one letter, "?" for longer ones: found
			    without a loop when a million vectors are read */
} PsCvssMetric;

typedef struct {
	const char *name;   /* "3.1" */
	const char *prefix; /* "CVSS:3.1/", "" for 2.0 */
	gboolean ordered;   /* 2.0 and 4.0: metrics stand in the order of this table */
	const PsCvssMetric *metrics;
	int n_metrics;
} PsCvssTable;

typedef struct {
	PsCvssVersion version;
	gint8 value[PS_CVSS_METRICS]; /* position in the metric's values, or PS_CVSS_UNSET */
} PsCvss;

/* All in tenths; -1 where the version has no such score. */
typedef struct {
	int overall;                       /* of the most specific group that is given */
	int base, temporal, environmental; /* 4.0: CVSS-B, CVSS-BT, CVSS-BTE */
	/* sub-scores, rounded half up */
	int impact, exploitability, modified_impact;
	int macrovector;          /* 4.0: its six digits as a decimal number (001201: 1201) */
	const char *nomenclature; /* 4.0: "CVSS-B", "CVSS-BT", "CVSS-BE", "CVSS-BTE" */
	const char *severity;     /* of overall: "None" … "Critical" (2.0: "Low" … "High") */
} PsCvssScores;

/* ---- tables, for forms and texts ---- */
const PsCvssTable *ps_cvss_table(PsCvssVersion version);
/* "2.0" … "4.0"; FALSE for another text. */
gboolean ps_cvss_version_find(const char *name, PsCvssVersion *version);
/* N_(); "Threat" for 4.0's temporal group. */
const char *ps_cvss_group_name(PsCvssVersion version, PsCvssGroup group);
/* Position of a metric in the table; -1 where there is none. */
int ps_cvss_metric_find(PsCvssVersion version, const char *key);

/* ---- one vector ---- */
void ps_cvss_init(PsCvss *cvss, PsCvssVersion version);
/* `value`: position, or PS_CVSS_UNSET to take the choice back. */
void ps_cvss_set(PsCvss *cvss, int metric, int value);
int ps_cvss_get(const PsCvss *cvss, int metric);
/* The key of the chosen value ("N"); NULL where nothing is chosen. */
const char *ps_cvss_value_key(const PsCvss *cvss, const char *metric);
/* The first base metric without a value, counting from `from`; -1 when the base is complete. */
int ps_cvss_missing(const PsCvss *cvss, int from);
/* Some metric of the group is there, be it as X or ND. */
gboolean ps_cvss_has_group(const PsCvss *cvss, PsCvssGroup group);

/* FALSE while a base metric is missing. */
gboolean ps_cvss_score(const PsCvss *cvss, PsCvssScores *scores);
/* Only the overall score, for long lists; -1 while a base metric is missing. */
int ps_cvss_overall(const PsCvss *cvss);
const char *ps_cvss_severity(PsCvssVersion version, int tenths);
/* "9.8" */
#define PS_CVSS_TENTHS_MAX 6
char *ps_cvss_tenths(int tenths, char text[PS_CVSS_TENTHS_MAX]);

/* Canonical text: the standard's order, metrics that are not defined left out. Works for a partial
 * vector too. Gives its length. */
gsize ps_cvss_format(const PsCvss *cvss, char text[PS_CVSS_VECTOR_MAX]);

/* ---- reading ---- */
typedef enum {
	PS_CVSS_PARTIAL = 1 << 0, /* base metrics may be missing: a vector that is being typed */
} PsCvssParseFlags;

/* What is wrong with a text, kept without allocation. */
typedef struct {
	int kind;         /* private */
	gsize at, length; /* the piece of the text that is wrong; `at` counts bytes from 0 */
	PsCvssVersion version;
	int metric, other; /* positions in the table or -1 */
} PsCvssProblem;

/* Strict: the version's prefix, known metrics and values, no metric twice, 2.0 and 4.0 in their
 * order, every base metric there. */
gboolean ps_cvss_parse(const char *text, gsize length, PsCvssParseFlags flags, PsCvss *cvss,
		       PsCvssProblem *problem);
/* The problem as a sentence that names the metric and the place. New string, safe to show. */
char *ps_cvss_problem_text(const PsCvssProblem *problem, const char *text);
/* The same for a C string, with PS_ERROR_INPUT. */
gboolean ps_cvss_parse_text(const char *text, PsCvss *cvss, GError **error);

#endif
