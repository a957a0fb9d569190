#ifndef PS_ADVISORY_CSAF_CONVERT_INTERNAL_H
#define PS_ADVISORY_CSAF_CONVERT_INTERNAL_H

/* What the files of csaf-convert.h share: one step of the conversion a function, applied in the
 * order of csaf-convert.c. Each changes `root` in place. */

#include "advisory/csaf-convert.h"
#include "advisory/csaf-place.h"
#include "advisory/csaf-range.h"
#include "base/table-file.h"

typedef struct {
	const cJSON *source; /* the document as it was given */
	cJSON *root;         /* becomes the new one */
	const PsConvertOptions *options;
	gint64 now; /* UTC ms */
	GPtrArray *notes;
	guint errors;
	const PsTableFile *systems; /* of ids; while vulnerabilities are converted */
} PsConvert;

/* A note at a place of the document that was given. */
void ps_convert_warn(PsConvert *convert, const char *pointer, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
void ps_convert_warn_at(PsConvert *convert, const PsPlace *place, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
void ps_convert_fail(PsConvert *convert, const char *pointer, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

/* Replaces the text of a member, or of a value in its place. */
void ps_convert_set(cJSON *object, const char *member, const char *text);
void ps_convert_rename(cJSON *object, const char *member, const char *name);
/* Drops items that are equal to one before them. */
void ps_convert_unique(cJSON *list);
/* Takes the member away when it is a list or object that holds nothing. */
void ps_convert_drop_empty(cJSON *object, const char *member);
/* "a, b and c" of a list of texts; new string. */
char *ps_convert_join(const cJSON *list);

/* ---- the steps ---- */
void ps_convert_times(PsConvert *convert);
void ps_convert_branches(PsConvert *convert);
void ps_convert_products(PsConvert *convert);
void ps_convert_paths(PsConvert *convert);
void ps_convert_document(PsConvert *convert);
gboolean ps_convert_licence(PsConvert *convert, GError **error);
void ps_convert_notes(PsConvert *convert);
gboolean ps_convert_vulnerabilities(PsConvert *convert, GError **error);
void ps_convert_remediations(PsConvert *convert);
void ps_convert_ids(PsConvert *convert, cJSON *vulnerability, const PsPlace *place);
void ps_convert_ssvc(PsConvert *convert, cJSON *vulnerability, const PsPlace *place);
void ps_convert_profile(PsConvert *convert);

#endif
