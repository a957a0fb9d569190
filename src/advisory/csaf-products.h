#ifndef PS_ADVISORY_CSAF_PRODUCTS_H
#define PS_ADVISORY_CSAF_PRODUCTS_H

/* The full product names of a document, read once and kept as a list: many tests look at all of
 * them. Those of the branches come first, then full_product_names, then those that relationships
 * or product paths make. */

#include "advisory/csaf-branches.h"
#include "advisory/csaf-ids.h"

typedef struct {
	const cJSON *product; /* an object */
	const char *id;       /* NULL: none */
	int number;           /* of the id; -1: none */
	/* its product_identification_helper: whatever it is, and when it is an object */
	const cJSON *any_helper, *helper;
	const cJSON *hashes; /* first item of the helper's; NULL: none */
	/* categories of the branches above it, outermost first; none outside the branches */
	const char *const *branches;
	int n_branches;
	PsPlace holder; /* outside the branches: what holds it */
	PsPlace place;
} PsCsafProduct;

typedef struct {
	PsCsafProduct *items;
	gsize n, n_single;       /* single: those before what relations make */
	const char **categories; /* of all paths of branches */
	PsPlace names, relations;
	gboolean has_extensions; /* some product has x_extensions */
} PsCsafProducts;

/* `tree`: the product tree or NULL; `relations`: the member that makes products of others; ids are
 * marked as defined. The branches are lent. Items and places are lent to each other: not to be
 * moved. */
PsCsafProducts *ps_csaf_products_new(const cJSON *tree, const PsCsafBranches *branches,
				     const char *relations, PsCsafIds *ids);
void ps_csaf_products_free(PsCsafProducts *products);

#endif
