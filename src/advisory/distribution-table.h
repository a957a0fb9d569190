#ifndef PS_ADVISORY_DISTRIBUTION_TABLE_H
#define PS_ADVISORY_DISTRIBUTION_TABLE_H

/* What may stand in provider-metadata.json and aggregator.json, as tables of nodes; read with
 * ps_csaf_check_value(). CSAF 2.0 and 2.1, sections 7.1.7 and 7.1.21 with their JSON schemas
 * (provider, aggregator). */

#include "advisory/csaf-node.h"

/* `version`: what metadata_version or aggregator_version says, or NULL. NULL for an unknown one. */
const PsCsafNode *ps_distribution_provider(const char *version);
const PsCsafNode *ps_distribution_aggregator(const char *version);

#endif
