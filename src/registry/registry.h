#ifndef PS_REGISTRY_REGISTRY_H
#define PS_REGISTRY_REGISTRY_H

/* The registry of what we make: labels, finding and support state. Reading only; records are made
 * and changed through the store.
 *
 * Texts are as stored (a person or an imported document wrote them): pass ps_safe_text() before a
 * terminal sees them. */

#include <glib.h>

#include "store/store.h"

/* "Vendor Product Version"; "Vendor Product" for a product's id. New string. */
char *ps_release_label(PsStore *store, const char *release_id, GError **error);
char *ps_product_label(PsStore *store, const char *product_id, GError **error);

/* What a list shows for any record: its title field, where that is a reference the title of what it
 * refers to, for a release its label; "(sealed)" where it is locked, the id where there is nothing.
 * New string, never NULL. */
char *ps_record_title(PsStore *store, const PsRecord *record);

/* ---- finding ---- */

typedef enum {
	PS_FIND_PRODUCTS = 1 << 0,
	PS_FIND_RELEASES = 1 << 1,
	PS_FIND_COMPONENTS = 1 << 2,
	PS_FIND_PARTS = 1 << 3,
} PsFindKinds;

typedef struct {
	const char *kind;  /* "release": static */
	char *id;          /* of the record */
	char *label;       /* "Vendor Product Version", "openssl 3.0.11", … */
	char *detail;      /* what tells it from others: purl, maker and part number, family; "" */
	char *release_id;  /* the release that contains it, itself for a release; NULL: product */
	char *where;       /* label of that release; "" for products and releases */
	char *support_end; /* YYYY-MM-DD that holds (release's, else product's); NULL: unknown */
} PsFound;
void ps_found_free(PsFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PsFound, ps_found_free)

/* Filter as you type: every word (at most 8) must fit, in any order and case. In products and
 * releases it may stand anywhere; in the long inventories of components and parts at the beginning
 * of a word of name, version, purl, supplier, part number … Products first, then releases,
 * components, parts; each sorted by label. Archived products are left out. `limit` rows from
 * `offset`. PsFound* array. */
GPtrArray *ps_registry_find(PsStore *store, PsFindKinds kinds, const char *words, gint64 offset,
			    int limit, GError **error);

/* ---- support ---- */

typedef enum {
	PS_SUPPORT_UNKNOWN,     /* no end is recorded */
	PS_SUPPORT_NOT_STARTED, /* before the first day */
	PS_SUPPORTED,
	PS_SUPPORT_ENDED, /* after the last day */
} PsSupport;

/* Pure. Dates are YYYY-MM-DD or NULL; a release's own end wins over the product's; the last day
 * still counts. */
PsSupport ps_support_state(const char *product_start, const char *product_end,
			   const char *release_end, const char *day);
/* "supported until 2027-03-31", "support ended on …", "no end of support is recorded"; translated,
 * new string. */
char *ps_support_text(PsSupport state, const char *start, const char *end);
/* For a release of the store; `end` (may be NULL) gets the date that holds, or NULL. */
gboolean ps_release_support(PsStore *store, const char *release_id, const char *day,
			    PsSupport *state, char **end, GError **error);

#endif
