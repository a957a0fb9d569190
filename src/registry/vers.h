#ifndef PS_REGISTRY_VERS_H
#define PS_REGISTRY_VERS_H

/* Version ranges: VERS ("vers:npm/>=1.0.0|<2.0.0", the VERS specification) and the bare list of
 * constraints that CSAF 2.1 calls vls (section 3.1.2.3.2, ">=1.0|<2.0"), whose order is not known.
 *
 * Only the canonical form of VERS is valid: small letters, sorted, no version twice, no comparator
 * that the others make needless, percent-encoding only where it must be. What the order of an
 * unknown type decides is not insisted on. A bare list is checked for what needs no order.
 *
 * Sets of versions are taken as dense: between two different versions there is always another. */

#include <glib.h>

#include "registry/version-order.h"

typedef enum {
	PS_VERS_EQUAL,
	PS_VERS_NOT_EQUAL,
	PS_VERS_LESS,
	PS_VERS_LESS_EQUAL,
	PS_VERS_GREATER,
	PS_VERS_GREATER_EQUAL,
} PsVersComparator;

typedef struct {
	PsVersComparator comparator;
	char *version; /* decoded */
} PsVersConstraint;

typedef struct {
	char *type;                 /* NULL: a bare list */
	const PsVersionType *order; /* NULL: a type that is not known here, or a bare list */
	gboolean star;              /* "*": all versions (none for the type "none") */
	GPtrArray *constraints;     /* PsVersConstraint*, as they were written */
	GArray *intervals;          /* private */
	GPtrArray *excluded;        /* private */
} PsVers;

/* It begins with "vers:", in whatever letters: meant as VERS, be it valid or not. */
gboolean ps_vers_is_meant(const char *text);
/* Its type, in small letters, if it can be told even where the rest is wrong. New string or NULL.
 */
char *ps_vers_type_of(const char *text);

/* VERS in canonical form, or a bare list. NULL: an error (PS_ERROR_INPUT) that says which rule it
 * breaks, where. */
PsVers *ps_vers_parse(const char *text, GError **error);
/* The same for texts that break rules of order and uniqueness only: they still mean something. */
PsVers *ps_vers_parse_loose(const char *text);
/* The canonical form of what breaks rules of writing only (blanks, capitals, order, a needless "="
 * or encoding); NULL: it can't be put right without changing what it means. New string. */
char *ps_vers_canonical(const char *text);
void ps_vers_free(PsVers *vers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsVers, ps_vers_free)

gboolean ps_vers_contains(const PsVers *vers, const char *version);
/* Some version is in both. FALSE too where two different types can't be compared. */
gboolean ps_vers_overlap(const PsVers *a, const PsVers *b);
/* How much work a range is: an overlap costs the product, a containment the sum. */
guint ps_vers_size(const PsVers *vers);
/* The only version that is in it; NULL: there are several or none. Lent. */
const char *ps_vers_single(const PsVers *vers);
/* Every later version is in it. */
gboolean ps_vers_is_open_at_top(const PsVers *vers);

#endif
