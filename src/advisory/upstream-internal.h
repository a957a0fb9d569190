#ifndef PS_ADVISORY_UPSTREAM_INTERNAL_H
#define PS_ADVISORY_UPSTREAM_INTERNAL_H

/* What the files of upstream.h share. */

#include "advisory/upstream.h"

/* The products of a document's tree; PsUpstreamProduct* array. */
GPtrArray *ps_upstream_products(const cJSON *document);
PsUpstreamProduct *ps_upstream_product_find(const PsUpstream *upstream, const char *product_id);
/* The value behind "type " of an identifier of that type, or NULL. */
const char *ps_upstream_identifier(const char *identifier, const char *type);
/* `relationship` NULL: the release itself. Takes `reason`. */
void ps_upstream_add_match(PsUpstreamProduct *product, const char *release,
			   const char *relationship, const char *confidence, char *reason);
/* 0 (possible) to 3 (analyst). */
int ps_upstream_confidence_rank(const char *confidence);

/* Text for a field of one line: line breaks become blanks; at most 500 bytes. NULL for nothing. */
char *ps_upstream_line(const char *text);

#endif
