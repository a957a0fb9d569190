#ifndef PS_ADVISORY_CSAF_BATCH_H
#define PS_ADVISORY_CSAF_BATCH_H

/* Checking many CSAF documents: files, "-" (standard input) and directories (every *.json below
 * them, by name; links to directories are not followed). Several at a time, outcomes in the order
 * of the inputs, in bounded memory whatever their number: large documents wait for each other. */

#include "advisory/csaf-check.h"

typedef struct {
	const char *path;           /* as it was given, or found */
	const cJSON *document;      /* NULL: could not be read */
	const PsCsafReport *report; /* NULL: could not be checked */
	const GError *error;        /* then why: a sentence that names the path */
	gboolean skipped;           /* below a directory: a provider's other file, no error */
} PsCsafOutcome;

typedef struct {
	const char *path;
	const char *text; /* what `render` made */
	int status;       /* 0: valid or skipped, 1: invalid, 2: no verdict */
	gboolean error;   /* no verdict, or skipped: `text` is about an error */
} PsCsafPrinted;

typedef struct {
	char *const *paths; /* NULL-terminated */
	int levels;         /* PsCsafLevel bits */
	PsCsafTables *tables;
	/* Adds to the report what the tests themselves do not know; may be NULL. Any thread. */
	void (*add)(gpointer user, const cJSON *document, PsCsafReport *report);
	/* Makes of an outcome what is to be printed; the document is freed afterwards. May be NULL
	 * for "nothing". Any thread, several at once. */
	char *(*render)(gpointer user, const PsCsafOutcome *outcome);
	/* In order, in the calling thread. FALSE stops. */
	gboolean (*print)(gpointer user, const PsCsafPrinted *printed);
	/* About ten times a second while nothing is ready; may be NULL. FALSE stops. */
	gboolean (*tick)(gpointer user);
	gpointer user;
	PsProgress *progress; /* cancelling it ends what is under way; may be NULL */
} PsCsafBatch;

/* The exit status, worst of all that was printed. `progress` was cancelled: PS_ERROR_CANCELLED. */
int ps_csaf_batch_run(const PsCsafBatch *batch, GError **error);

#endif
