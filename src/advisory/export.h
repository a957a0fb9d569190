#ifndef PS_ADVISORY_EXPORT_H
#define PS_ADVISORY_EXPORT_H

/* The forms in which an advisory leaves: one table, which the command and the workstation read. The
 * same records give the same bytes, on any machine, in any locale, at any time. */

#include "advisory/advisory.h"

typedef struct {
	const char *format;    /* word of --format: "csaf", "html", "cve", … */
	const char *csaf;      /* CSAF version; NULL: the format has none */
	const char *extension; /* of the file's name: ".json", "-2.1.json", ".vex.json" */
	const char *title;     /* N_() for a list */
} PsExportForm;
/* In the order of a list; the first is the default. */
const PsExportForm *ps_export_forms(gsize *count);
/* `csaf` NULL: 2.0. NULL (PS_ERROR_USAGE): no such form; the sentence names those that there are.
 */
const PsExportForm *ps_export_form_find(const char *format, const char *csaf, GError **error);

typedef struct {
	int width;       /* cells of a line of text; 0: the default */
	const char *cve; /* which vulnerability a CVE record is of; NULL: the only one */
} PsExportOptions;

/* New string, UTF-8, newline at the end. `notes` (ps_convert_notes_new(), or NULL) gets what the
 * conversion to CSAF 2.1 had to say. `options` may be NULL. */
char *ps_advisory_export(PsStore *store, const PsAdvisory *advisory, const PsExportForm *form,
			 const PsExportOptions *options, GPtrArray *notes, GError **error);
/* A name for the file: that of the CSAF document with the form's extension; of a CVE record the
 * CVE id. New string. */
char *ps_export_filename(const PsAdvisory *advisory, const PsExportForm *form, const char *cve);

#endif
