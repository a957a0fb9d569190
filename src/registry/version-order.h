#ifndef PS_REGISTRY_VERSION_ORDER_H
#define PS_REGISTRY_VERSION_ORDER_H

/* Order of versions, by the type of version (VERS types, which are also those of package URLs).
 * Every two texts have an order, whether or not the type's own tools would take them as versions:
 * feeds and advisories hold both. No limit of digits or length; nothing is allocated but for types
 * that say so in their code. */

#include <glib.h>

typedef struct {
	const char *name;    /* "deb", "npm"; small letters */
	gboolean registered; /* in the VERS specification's list of types */
	gboolean exact;      /* the type defines the order fully, so that it may be insisted on */
	/* below 0, 0, above 0 */
	int (*compare)(const char *a, const char *b);
} PsVersionType;

/* NULL: a type that is not known here. `name` in small letters. */
const PsVersionType *ps_version_type(const char *name);
/* From 0; NULL behind the last. */
const PsVersionType *ps_version_type_at(gsize index);
/* Where nothing is known about the type: pieces of digits and letters; words such as "alpha" and
 * "rc" stand before the release. A guess, as good as it can be. */
const PsVersionType *ps_version_type_unknown(void);

#endif
