#ifndef PS_ADVISORY_CSAF_FORMAT_H
#define PS_ADVISORY_CSAF_FORMAT_H

/* Forms of texts in CSAF documents. Hand-written matchers instead of the schema's regular
 * expressions: linear in the text's length whatever it holds, and they agree with the expressions
 * (tests/conformance compares). */

#include "advisory/csaf-node.h"

/* PS_CSAF_ANY is always right. */
gboolean ps_csaf_format_matches(PsCsafFormat format, const char *text);
/* "a web address such as https://example.com", translated. */
const char *ps_csaf_format_text(PsCsafFormat format);

/* RFC 3339; leap seconds are taken. `nanoseconds` behind `seconds` since 1970; both may be NULL. */
gboolean ps_csaf_time(const char *text, gint64 *seconds, int *nanoseconds);
/* RFC 3986 URI with a scheme. */
gboolean ps_csaf_is_uri(const char *text);
/* CSAF 2.0 section 5.1: file name of a tracking id. New string. */
char *ps_csaf_filename(const char *tracking_id);

/* ---- versions (section 3.1.11) ---- */
typedef struct {
	gboolean semantic; /* else a whole number, kept in `part[0]` */
	const char *part[3];
	gsize part_length[3];
	const char *pre; /* pre-release part without "-", NULL: none */
	gsize pre_length;
	const char *build; /* build metadata with "+", NULL: none */
} PsCsafVersion;
/* Slices of `text`, which must outlive it. */
gboolean ps_csaf_version_parse(const char *text, PsCsafVersion *version);
/* Precedence: -1, 0, 1; build metadata never counts, the pre-release part only when asked. */
int ps_csaf_version_compare(const PsCsafVersion *a, const PsCsafVersion *b, gboolean pre);
/* First number, saturating. */
guint64 ps_csaf_version_major(const PsCsafVersion *version);

#endif
