#ifndef PS_ADVISORY_JSON_SCHEMA_H
#define PS_ADVISORY_JSON_SCHEMA_H

/* JSON Schema 2020-12 for schemas that are data: those of CSAF extensions. (CSAF's own documents
 * are tables of nodes, csaf-node.h.)
 *
 * Known: type, enum, const; the bounds of numbers, texts, lists and objects; pattern, format uri
 * and date-time; properties, patternProperties, additionalProperties, propertyNames, required,
 * dependentRequired, unevaluatedProperties; items, prefixItems, contains, uniqueItems; allOf,
 * anyOf, oneOf, not, if/then/else; "$ref" into the same schema. Other keywords assert nothing. The
 * schema is trusted, the value is not. */

#include "base/json.h"

typedef void (*PsSchemaFound)(gpointer user, const char *pointer, const char *sentence);
/* A "$ref" to another schema. The number of findings, which go to `found` (may be NULL); what it
 * does not know has none. */
typedef guint (*PsSchemaOther)(const char *ref, const cJSON *value, PsSchemaFound found,
			       gpointer user);

/* Number of things in `value` that the schema forbids; pointers are below `value`. `other`, `found`
 * may be NULL. */
guint ps_schema_check(const cJSON *schema, const cJSON *value, PsSchemaOther other,
		      PsSchemaFound found, gpointer user);
/* Calls only for members that the schema does not know and forbids; what another schema says of
 * them is not asked. */
void ps_schema_unknown(const cJSON *schema, const cJSON *value, PsSchemaFound found, gpointer user);

#endif
