#ifndef PS_ADVISORY_CSAF_RANGE_H
#define PS_ADVISORY_CSAF_RANGE_H

/* Names of branches of category product_version_range as texts: what the standards of CSAF, and
 * those who wrote before there was one, put there. Nothing is ordered or compared here; that is
 * registry/vers.h. */

#include <glib.h>

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
