#ifndef PS_ADVISORY_CSAF_CONVERT_H
#define PS_ADVISORY_CSAF_CONVERT_H

/* A CSAF 2.0 document as CSAF 2.1: the conversion that the standard describes for its conformance
 * target "CSAF 2.0 to CSAF 2.1 Converter" (CSAF 2.1 section 9.1.18). Whatever is changed in more
 * than its place, or can't be carried, is told in a note.
 *
 * The input must fit the schema of CSAF 2.0; what it leaves open may hold anything. The same input,
 * options and instant give the same bytes. Nothing is fetched. */

#include "base/json.h"

typedef struct {
	gboolean error; /* it stands in the way of a valid document; else a warning */
	char *pointer;  /* JSON pointer into the document that was given */
	char *sentence; /* what was found, with the value, and what was done about it; safe text */
} PsConvertNote;
/* Makes the array that takes the notes. */
GPtrArray *ps_convert_notes_new(void);

typedef struct {
	/* When remedies that are dated count as available; PS_NO_TIME: at the document's current
	 * release date, so that no clock is read. */
	gint64 now;
	/* What has no valid form is written all the same, to be repaired by hand. */
	gboolean allow_invalid;
	/* A TLP 2.0 label in the distribution text goes before the label itself. */
	gboolean tlp_from_text;
	/* Publishers of category "other" become "multiplier". */
	gboolean multiplier;
	/* Model and serial numbers and SKUs are whole: no star is added. */
	gboolean whole_numbers;
	/* The newest release of CWE that fits, not that of the document's time. */
	gboolean newest_cwe;
} PsConvertOptions;

/* The new document, sorted; the caller's. NULL: no CSAF 2.0 (PS_ERROR_INPUT), or it can't become
 * valid (PS_ERROR_INVALID; a note that is an error says why), or our own tables can't be read.
 * `notes` may be NULL. Times are judged now. */
cJSON *ps_csaf_convert(const cJSON *document, GPtrArray *notes, GError **error);
cJSON *ps_csaf_convert_with(const cJSON *document, const PsConvertOptions *options,
			    GPtrArray *notes, GError **error);

#endif
