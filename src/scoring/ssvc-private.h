#ifndef PS_SCORING_SSVC_PRIVATE_H
#define PS_SCORING_SSVC_PRIVATE_H

/* Shared by ssvc-read.c and ssvc.c. */

#include "scoring/ssvc.h"

struct PsSsvcTables {
	GPtrArray *list; /* PsSsvcTable, owned */
};

#endif
