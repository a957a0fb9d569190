#include "config.h"

/* Decision tables: what is taken gives a decision for every combination; what is refused has a
 * sentence that is safe to show. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "scoring/ssvc.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(PsSsvcTable) table =
		ps_ssvc_table_parse((const char *)data, size, "table", &error);

	if (!table) {
		if (!error || !g_utf8_validate(error->message, -1, NULL))
			abort();
		return 0;
	}
	for (gsize row = 0; row < table->n_rows; row++)
		if (table->decisions[row] >= table->outcome->values->len)
			abort();
	return 0;
}
