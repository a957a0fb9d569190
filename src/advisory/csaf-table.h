#ifndef PS_ADVISORY_CSAF_TABLE_H
#define PS_ADVISORY_CSAF_TABLE_H

/* One table a version; read through ps_csaf_root(). */

#include "advisory/csaf-node.h"

extern const PsCsafNode ps_csaf_root_2_0, ps_csaf_root_2_1;

#endif
