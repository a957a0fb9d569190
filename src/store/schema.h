#ifndef PS_STORE_SCHEMA_H
#define PS_STORE_SCHEMA_H

/* The generator (schema.c) and what puts its work into databases (migrate.c); see internal.h. */

#include "store/internal.h"

/* INTEGER, TEXT or BLOB. */
const char *ps_schema_column_type(const PsField *field);

#endif
