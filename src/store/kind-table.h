#ifndef PS_STORE_KIND_TABLE_H
#define PS_STORE_KIND_TABLE_H

#include "store/kind.h"

/* Read through ps_kinds() and ps_kind_find(). */
extern const PsKind ps_kind_table[];
extern const gsize ps_kind_table_length;

#endif
