#ifndef PS_ADVISORY_CSAF_CONVERT_INTERNAL_H
#define PS_ADVISORY_CSAF_CONVERT_INTERNAL_H

/* What the files of csaf-convert.h share: one step of the conversion a function, applied in the
 * order of csaf-convert.c. Each changes `root` in place. */

#include "advisory/csaf-convert.h"
#include "advisory/csaf-place.h"

typedef struct {
	const cJSON *source; /* the document as it was given */
	cJSON *root;         /* becomes the new one */
	const PsConvertOptions *options;
	gint64 now; /* UTC ms */
	GPtrArray *notes;
	guint errors;
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
void ps_convert_notes(PsConvert *convert);
gboolean ps_convert_vulnerabilities(PsConvert *convert, GError **error);
void ps_convert_remediations(PsConvert *convert);
void ps_convert_ids(PsConvert *convert, cJSON *vulnerability, const PsPlace *place);
void ps_convert_ssvc(PsConvert *convert, cJSON *vulnerability, const PsPlace *place);
void ps_convert_profile(PsConvert *convert);

/* ---- version ranges (csaf-convert-range.c) ---- */
typedef struct {
	char *comparator; /* "", "=", "!=", "<", "<=", ">", ">="; "*" alone */
	char *version;    /* decoded where the range is a vers */
	char *text;       /* as it stands */
} PsConstraint;
typedef struct {
	char *scheme; /* "vers:npm/", "" for a bare list of constraints */
	GPtrArray *constraints;
} PsRange;
PsRange *ps_range_parse(const char *text);
void ps_range_free(PsRange *range);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsRange, ps_range_free)

/* What is to become of the name of a product_version_range. */
typedef struct {
	enum {
		PS_RANGE_KEEP,
		PS_RANGE_OPEN,   /* has no upper end */
		PS_RANGE_SINGLE, /* is just one version */
		PS_RANGE_WORDS,  /* is in words that have a form in the standard */
		PS_RANGE_FREE,   /* is in words that have none */
	} found;
	char *category; /* NULL: it can't be resolved */
	char *name;
} PsRangeFate;
void ps_range_judge(const char *text, PsRangeFate *fate);
void ps_range_fate_clear(PsRangeFate *fate);
/* The version behind "<" of the last constraint; NULL: it ends otherwise. New string. */
char *ps_range_strict_end(const char *text);

#endif
