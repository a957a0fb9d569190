#ifndef PS_ADVISORY_CSAF_CHECK_H
#define PS_ADVISORY_CSAF_CHECK_H

/* The numbered tests of CSAF 2.0 and 2.1 (section 6 of both) over a document from anywhere: the
 * schema by the table of nodes, the tests by a table of functions. Nothing is changed, no network
 * is used.
 *
 * Every finding says what is wrong with which value and what to do. A test that could not be run
 * (no network, no word list, not built yet) is in `not_run`, never among the passed ones. */

#include "advisory/csaf-tables.h"
#include "base/job.h"
#include "base/json-tree.h"

typedef enum {
	PS_CSAF_SCHEMA = 1 << 0,
	PS_CSAF_MANDATORY = 1 << 1,   /* error: the document is invalid */
	PS_CSAF_OPTIONAL = 1 << 2,    /* warning */
	PS_CSAF_INFORMATIVE = 1 << 3, /* information */
	PS_CSAF_ALL = (1 << 4) - 1,
} PsCsafLevel;

/* Named sets of tests (CSAF 2.1 section 6.4.3), to be joined with levels. */
typedef enum {
	PS_CSAF_REVISIONS = 1 << 4, /* consistent-revision-history */
	PS_CSAF_TIMES = 1 << 5,     /* consistent-date-times */
	PS_CSAF_SSVC = 1 << 6,
	PS_CSAF_EXTENSIONS = 1 << 7,
	PS_CSAF_EXTENSIONS_EXIST = 1 << 8,
} PsCsafPreset;

/* One block with its texts. */
typedef struct {
	PsCsafLevel level;
	const char *test; /* "6.1.16"; "schema" */
	char *pointer;    /* JSON pointer into the document */
	char *message;    /* a sentence, safe to show */
	gboolean plain;   /* the sentence is as it stands in JSON; FALSE: not known */
} PsCsafFinding;

typedef struct {
	const char *id; /* "6.1.16" */
	PsCsafLevel level;
	const char *title; /* N_() */
} PsCsafTestInfo;
/* The tests of a version ("2.0", "2.1") in the standard's order, from 0; NULL behind the last. */
const PsCsafTestInfo *ps_csaf_test_info(const char *version, gsize index);

/* Of one test, or of the schema, a report keeps so many (a hostile document could hold millions);
 * the last then says that there is more. */
#define PS_CSAF_FINDINGS_MAX 1000
typedef struct {
	char *version;       /* "2.0", "2.1": whose tests were run */
	GPtrArray *findings; /* PsCsafFinding*, by level, then in the order of tests and document */
	GPtrArray *not_run;  /* const char*: ids of the tests that were asked for but not run */
} PsCsafReport;
void ps_csaf_report_free(PsCsafReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsCsafReport, ps_csaf_report_free)

/* `levels` (PsCsafLevel and PsCsafPreset bits) ask for the test. */
gboolean ps_csaf_is_asked(const PsCsafTestInfo *info, int levels);

/* For reading a document: as ever, but deep enough that test 6.1.34 of CSAF 2.1 (branches nested
 * too deep) has something to say. */
extern const PsJsonLimits ps_csaf_limits;

/* `levels`: PsCsafLevel and PsCsafPreset bits. document.csaf_version says which version's tests are
 * run; what names none that we know is judged as 2.0. NULL: our own tables could not be read
 * (PS_ERROR_IO), or it was cancelled. */
PsCsafReport *ps_csaf_check(const cJSON *document, int levels, PsProgress *progress,
			    GError **error);
/* The same for many documents: their checks share `tables` and may run on several threads. */
PsCsafReport *ps_csaf_check_with(PsCsafTables *tables, const PsJsonTree *document, int levels,
				 PsProgress *progress, GError **error);
guint ps_csaf_report_count(const PsCsafReport *report, int levels);
/* Nothing is wrong with schema and mandatory tests. */
gboolean ps_csaf_report_is_valid(const PsCsafReport *report);
/* "error", "warning", "information"; not translated. */
const char *ps_csaf_level_word(PsCsafLevel level);

#endif
