#ifndef PS_ADVISORY_CSAF_BRANCHES_H
#define PS_ADVISORY_CSAF_BRANCHES_H

/* The branches of a product tree, walked once and kept as a list: many tests look at all of them.
 */

#include "advisory/csaf-place.h"
#include "base/json.h"

/* Branches inside each other beyond this are not looked at. */
#define PS_CSAF_BRANCHES_MAX 128

typedef struct {
	const cJSON *branch;
	const cJSON *product; /* its full product name, an object; NULL: none */
	const char *category; /* "" where there is none */
	const char *name;     /* NULL where there is none */
	int depth;            /* 0: directly below the product tree */
	PsPlace place;
	PsPlace list; /* of the branches below it */
} PsCsafBranch;

typedef struct {
	PsCsafBranch *items; /* each before those below it, in the document's order */
	gsize n;
} PsCsafBranches;

/* `tree`: the product tree or NULL. Items and places are lent to each other: not to be moved. */
PsCsafBranches *ps_csaf_branches_new(const cJSON *tree);
void ps_csaf_branches_free(PsCsafBranches *branches);

#endif
