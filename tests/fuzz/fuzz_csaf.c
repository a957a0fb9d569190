#include "config.h"

/* Schema check, all tests and the editor's rows over any JSON: no finding without a place and a
 * sentence that is safe to show. */

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "advisory/csaf-tree.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(cJSON) document = ps_json_parse((const char *)data, size, &ps_csaf_limits, NULL);
	g_autoptr(PsCsafReport) report =
		document ? ps_csaf_check(document, PS_CSAF_ALL, NULL, NULL) : NULL;

	if (!report)
		return 0;
	for (guint i = 0; i < report->findings->len; i++) {
		const PsCsafFinding *finding = report->findings->pdata[i];
		if (!*finding->message || !g_utf8_validate(finding->message, -1, NULL) ||
		    (*finding->pointer && *finding->pointer != '/'))
			abort();
	}
	g_autoptr(GPtrArray) rows = ps_csaf_tree(document, report, PS_CSAF_TREE_ABSENT);
	if (rows->len == 0)
		abort();
	return 0;
}
